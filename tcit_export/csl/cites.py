"""Cites within citations: positions, grouping, collapsing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tcit_export.csl.citation import Place
from tcit_export.csl.context import IBID, IBID_WITH_LOCATOR, SUBSEQUENT
from tcit_export.csl.style import Citation
from tcit_export.csl.tree import Box, Node, find, plain

# ------------------------------------------------------------------ positions


class Mention(NamedTuple):
    """What positions need to know of a cite."""

    id: str
    locator: str = ""
    label: str = "page"


def positions(
    citations: Sequence[tuple[int, Sequence[Mention]]], near_distance: int
) -> list[list[Place]]:
    """The place of each cite; a citation is (note number, or 0 in running text; its cites)."""
    per_note: dict[int, int] = {}
    first_note: dict[str, int] = {}
    last_note: dict[str, int] = {}
    result: list[list[Place]] = []
    previous: tuple[int, Sequence[Mention]] | None = None
    for note, mentions in citations:
        places: list[Place] = []
        for number, mention in enumerate(mentions):
            places.append(
                _place(note, mentions, number, previous, per_note, first_note, last_note,
                       near_distance)
            )  # fmt: skip
            first_note.setdefault(mention.id, note)
            last_note[mention.id] = note
        result.append(places)
        previous = (note, mentions)
        per_note[note] = per_note.get(note, 0) + 1
    return result


def _place(
    note: int,
    mentions: Sequence[Mention],
    number: int,
    previous: tuple[int, Sequence[Mention]] | None,
    per_note: dict[int, int],
    first_note: dict[str, int],
    last_note: dict[str, int],
    near_distance: int,
) -> Place:
    mention = mentions[number]
    if mention.id not in first_note:
        return Place()
    before = _cite_before(note, mentions, number, previous, per_note)
    position = SUBSEQUENT
    if before is not None and before.id == mention.id:
        position = _ibid(before, mention)
    near = note > 0 and last_note[mention.id] > 0 and note - last_note[mention.id] <= near_distance
    first = first_note[mention.id]
    return Place(position, near, first if first != note else 0)


def _cite_before(
    note: int,
    mentions: Sequence[Mention],
    number: int,
    previous: tuple[int, Sequence[Mention]] | None,
    per_note: dict[int, int],
) -> Mention | None:
    """The cite that "ibid." would refer to; None where it would not be clear.

    That is the cite before in the same citation or note, or the only one of the citation
    before, if that is alone in the note before or in running text.
    """
    if number:
        return mentions[number - 1]
    if previous is None:
        return None
    note_before, cites_before = previous
    if not cites_before:
        return None
    if note and note_before == note:
        return cites_before[-1]
    if len(cites_before) > 1 or note_before < note - 1:
        return None
    if note_before and per_note[note_before] > 1:
        return None
    return cites_before[0]


def _ibid(before: Mention, mention: Mention) -> int:
    """Position of a cite right after one of the same item, by their locators (Choose)."""
    if not before.locator:
        return IBID_WITH_LOCATOR if mention.locator else IBID
    if not mention.locator:
        return SUBSEQUENT
    same = before.locator == mention.locator and before.label == mention.label
    return IBID if same else IBID_WITH_LOCATOR


# ------------------------------------------------------------------ grouping and collapsing


@dataclass(slots=True)
class Cite:
    """A rendered cite. `again` renders it once more, without names or year on demand."""

    id: str
    nodes: list[Node]
    names: Box | None
    again: Callable[[], list[Node]]
    number: int = 0
    year_suffix: str = ""
    locator: str = ""
    prefix: Sequence[Node] = ()
    suffix: Sequence[Node] = ()
    before: str | None = None
    """The delimiter before this cite, once known."""
    last: Cite | None = field(default=None)
    """The last cite of a range that starts here."""

    @property
    def names_text(self) -> str:
        return plain((self.names,)) if self.names is not None else ""


def arrange(cites: list[Cite], options: Citation, class_: str) -> list[Cite]:
    """Group and collapse cites that are sorted already; sets the delimiters between them.

    As in the reference implementation, cites move to their group only if the citation has
    a cs:sort; `_within_groups` and `_between_groups` say which delimiter goes where.
    """
    grouping = options.cite_group_delimiter is not None or options.collapse.startswith("year")
    if options.collapse == "citation-number":
        return _collapse_numbers(cites, options)
    if not grouping:
        return cites
    delimiter = _within_groups(options, class_)
    result: list[Cite] = []
    collapsed = False
    for group in _groups(cites) if options.sort else _runs(cites, options.collapse != ""):
        group[0].before = _between_groups(options, collapsed)
        collapsed = len(group) > 1
        if collapsed:
            group = _collapse_group(group, options, delimiter)
        result.extend(group)
    return result


def _within_groups(options: Citation, class_: str) -> str:
    """cite-group-delimiter; by default ", " in in-text styles that name no other delimiter."""
    if options.cite_group_delimiter is not None:
        return options.cite_group_delimiter
    if class_ == "in-text" and options.after_collapse_delimiter is None:
        return ", "
    return options.layout.delimiter


def _between_groups(options: Citation, collapsed: bool) -> str | None:
    """after-collapse-delimiter: with collapse="year" after every group, else after collapsed."""
    if collapsed or options.collapse == "year":
        return options.after_collapse_delimiter
    return None


def _runs(cites: Sequence[Cite], nameless: bool) -> list[list[Cite]]:
    """Neighbouring cites with the same names, and those without any if `nameless`."""
    runs: list[list[Cite]] = []
    for cite in cites:
        text = cite.names_text
        if runs and (text or nameless) and runs[-1][0].names_text == text:
            runs[-1].append(cite)
        else:
            runs.append([cite])
    return runs


def _groups(cites: Sequence[Cite]) -> list[list[Cite]]:
    """Cites with the same names together, at the place of the first of them (Cite Grouping)."""
    groups: dict[object, list[Cite]] = {}
    for number, cite in enumerate(cites):
        text = cite.names_text
        groups.setdefault(text or number, []).append(cite)
    return list(groups.values())


def _collapse_group(group: list[Cite], options: Citation, delimiter: str) -> list[Cite]:
    result = [group[0]]
    for cite in group[1:]:
        before = result[-1]
        cite.before = delimiter
        located = before.locator and options.collapse == "year"
        if located and options.after_collapse_delimiter is not None:
            cite.before = options.after_collapse_delimiter
        if options.collapse:
            cite.nodes = cite.again()
        result.append(cite)
    if options.collapse in ("year-suffix", "year-suffix-ranged"):
        return _collapse_suffixes(result, options)
    return result


def _collapse_suffixes(group: list[Cite], options: Citation) -> list[Cite]:
    """Years that repeat within a group give way to their letters (collapse="year-suffix")."""
    if not options.disambiguate_add_year_suffix:
        return group
    delimiter = options.layout.delimiter
    for choice in (options.cite_group_delimiter, options.year_suffix_delimiter):
        delimiter = delimiter if choice is None else choice
    result: list[Cite] = []
    for cite in group:
        before = result[-1] if result else None
        if before is not None and _same_year(before, cite):
            cite.before = delimiter
            letter = find(cite.nodes, "year-suffix")
            cite.nodes = [letter or Box((cite.year_suffix,), kind="year-suffix")]
        result.append(cite)
    if options.collapse == "year-suffix-ranged":
        return _ranges(result, _next_letter)
    return result


def _same_year(before: Cite, cite: Cite) -> bool:
    if not cite.year_suffix or not before.year_suffix:
        return False
    if cite.locator or before.locator or cite.prefix or before.suffix:
        return False
    return _year_text(before) == _year_text(cite)


def _year_text(cite: Cite) -> str:
    """What the cite says besides its names and its letter."""
    return plain(_without_suffix(cite.again()))


def _without_suffix(nodes: Sequence[Node]) -> list[Node]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(node)
        elif node.kind != "year-suffix":
            result.append(node.with_kids(_without_suffix(node.kids)))
    return result


def _next_letter(before: Cite, cite: Cite) -> bool:
    if len(cite.nodes) != 1 or not isinstance(cite.nodes[0], Box):
        return False
    if cite.nodes[0].kind != "year-suffix":
        return False
    return _rank(cite.year_suffix) == _rank(before.year_suffix) + 1


def _rank(letters: str) -> int:
    rank = 0
    for letter in letters:
        rank = rank * 26 + ord(letter) - ord("a") + 1
    return rank


def _collapse_numbers(cites: list[Cite], options: Citation) -> list[Cite]:
    """Rising runs of citation numbers become ranges (collapse="citation-number")."""
    result = _ranges(cites, _next_number)
    if options.after_collapse_delimiter is not None:
        for before, cite in pairwise(result):
            if before.last is not None:
                cite.before = options.after_collapse_delimiter
    return result


def _next_number(before: Cite, cite: Cite) -> bool:
    if before.locator or before.suffix or cite.locator or cite.prefix or cite.suffix:
        return False
    return before.number > 0 and cite.number == before.number + 1


def _ranges(cites: list[Cite], follows: Callable[[Cite, Cite], bool]) -> list[Cite]:
    """Runs of three and more keep their first and last member."""
    result: list[Cite] = []
    start = 0
    while start < len(cites):
        stop = start + 1
        while stop < len(cites) and follows(cites[stop - 1], cites[stop]):
            stop += 1
        if stop - start >= 3:
            cites[start].last = cites[stop - 1]
            result.append(cites[start])
        else:
            result.extend(cites[start:stop])
        start = stop
    return result


_PUNCTUATION = frozenset(".,;:!?")


def joined(cites: Sequence[Cite], delimiter: str) -> list[Node]:
    """Cites with the delimiters between them; a range with an en dash.

    A suffix that ends a sentence needs no delimiter after it.
    """
    nodes: list[Node] = []
    stopped = False
    for cite in cites:
        body = _dressed(cite)
        if not body:
            continue
        if nodes and plain(cite.prefix)[:1] not in _PUNCTUATION:
            between = delimiter if cite.before is None else cite.before
            nodes.append(" " if stopped and between.strip() else between)
        stopped = plain(cite.suffix).endswith(".")
        nodes.extend(body)
        if cite.last is not None:
            nodes.append("–")
            nodes.extend(_dressed(cite.last))
    return nodes


def _dressed(cite: Cite) -> list[Node]:
    if not cite.nodes:
        return []
    return [*cite.prefix, Box(cite.nodes, kind="cite", value=cite.id), *cite.suffix]
