"""Which works stand in which list of a document, before and after the style has put them in order.

A list that selects (`select`) picks from the whole library in a reading list, and from what is
cited, reviewed or named by `nocite` in a review, as pandoc's users expect. A list that names works
itself has those. A plain list has what the text cites:

- the only one has all of it, with what is reviewed and `nocite`; in a reading list also what the
  other lists have, so that a last plain list is the list of everything;
- of several, each has what is cited since the one before (the references of a chapter), and the
  last one also what is cited after it, what is reviewed, and `nocite`;
- in a reading list where nothing is cited and no other list stands, it has the whole library.

What is cited but stands in no list gets a list at the end: no citation may lead nowhere. So does a
document without any list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tcit_export.bibliography.group_words import GroupWords
from tcit_export.bibliography.library import Entry, Library
from tcit_export.bibliography.reading import Vocabulary
from tcit_export.bibliography.selection import Listing, groups, matches, sorted_entries
from tcit_export.model.document import DocumentKind, Metadata
from tcit_export.model.nodes import (
    Block,
    BlockQuote,
    BulletList,
    Cite,
    DefinitionList,
    Div,
    ListedWork,
    ListSpec,
    OrderedList,
    ReferenceList,
)
from tcit_export.model.walk import walk
from tcit_export.resolve.looks import is_plain

Entries = dict[str, Entry]
"""Entries by key, in order."""


class Portion(NamedTuple):
    """Works under one heading; no heading where the list is not grouped."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PlannedList:
    """A list and its works. `added`: it is ours, the author placed none."""

    spec: ListSpec
    entries: tuple[Entry, ...]
    listing: Listing
    added: bool = False

    def portions(self, rank: Mapping[str, int], words: GroupWords) -> tuple[Portion, ...]:
        """The works in order, under their headings; `rank` is the style's order, by key."""
        spec = self.spec
        named = spec.select is None and bool(spec.works)
        entries = self.entries
        if not named:
            entries = tuple(sorted(entries, key=lambda entry: rank.get(entry.key, 0)))
        if spec.sort:
            entries = sorted_entries(entries, spec.sort, self.listing)
        if spec.group is None or spec.group.name == "none":
            return (Portion("", entries),)
        found = groups(entries, spec.group, self.listing, words, spec.sort)
        return tuple(Portion(group.heading, group.entries) for group in found)


@dataclass(frozen=True, slots=True)
class Plan:
    """All lists of a document, in reading order, those that were added last."""

    lists: tuple[PlannedList, ...]
    others: tuple[Entry, ...] = ()
    """Cited or reviewed works, listed or not."""

    def works(self, words: GroupWords) -> list[Entry]:
        """Every work once, in the order in which a reader meets them."""
        found: Entries = {entry.key: entry for entry in self.others}
        for planned in self.lists:
            for portion in planned.portions({}, words):
                found.update((e.key, e) for e in portion.entries if e.key not in found)
        return list(found.values())


@dataclass(slots=True)
class _Cited:
    """What the text cites, in order, and of several plain lists what each of them closes."""

    entries: Entries = field(default_factory=dict)
    stretches: list[Entries] = field(default_factory=lambda: [{}])

    def add(self, entry: Entry) -> None:
        self.entries.setdefault(entry.key, entry)
        self.stretches[-1].setdefault(entry.key, entry)


def plan(
    metadata: Metadata,
    blocks: Sequence[Block],
    library: Library,
    reviewed: Iterable[Entry],
    vocabulary: Vocabulary,
) -> Plan:
    """The lists of a document: those in `blocks`, and one at the end if it needs one."""
    cited = _cited(metadata, blocks, library)
    specs = [block.spec for block in placed_lists(blocks)]
    asked = _by_key([*cited.entries.values(), *reviewed])
    nocited = _by_key(_nocited(metadata, library))
    reads = metadata.kind is DocumentKind.READING_LIST
    pool = _by_key(library) if reads else {**asked, **nocited}
    places = {key: number for number, key in enumerate(cited.entries)}

    def planned(spec: ListSpec, entries: Entries, added: bool = False) -> PlannedList:
        listing = Listing(_named(spec.works, library), places, vocabulary)
        return PlannedList(spec, tuple(entries.values()), listing, added)

    chosen = {
        number: _chosen(planned(spec, pool), library)
        for number, spec in enumerate(specs)
        if not is_plain(spec)
    }
    everything = {**asked, **nocited}
    if reads:
        for entries in chosen.values():
            everything.update(entries)
        everything = everything or pool
    shares = iter(_shares(cited, everything, len(specs) - len(chosen)))
    lists = [
        planned(spec, chosen[number] if number in chosen else next(shares))
        for number, spec in enumerate(specs)
    ]
    shown = {key for each in chosen.values() for key in each}
    if not specs:
        lists.append(planned(ListSpec(), everything, added=True))
    elif len(chosen) == len(specs) and (lost := _without(cited.entries, shown)):
        lists.append(planned(ListSpec(), lost, added=True))
    return Plan(tuple(lists), tuple(asked.values()))


def placed_lists(blocks: Iterable[Block]) -> Iterator[ReferenceList]:
    """The lists that stand in the text, also in divisions, quotes and items; not in notes."""
    for block in blocks:
        match block:
            case ReferenceList():
                yield block
            case BlockQuote() | Div():
                yield from placed_lists(block.content)
            case BulletList() | OrderedList():
                for item in block.items:
                    yield from placed_lists(item)
            case DefinitionList():
                for _, definitions in block.items:
                    for definition in definitions:
                        yield from placed_lists(definition)
            case _:
                pass


def _cited(metadata: Metadata, blocks: Sequence[Block], library: Library) -> _Cited:
    """Citations in reading order; a plain list ends a stretch of them."""
    cited = _Cited()
    plain = {id(block) for block in placed_lists(blocks) if is_plain(block.spec)}
    head = (*metadata.title, *metadata.subtitle, *metadata.abstract)
    for node in walk((*head, *blocks)):
        if isinstance(node, Cite):
            for item in node.items:
                if (entry := library.get(item.key)) is not None:
                    cited.add(entry)
        elif id(node) in plain:
            cited.stretches.append({})
    return cited


def _shares(cited: _Cited, everything: Entries, count: int) -> Iterator[Entries]:
    """What each of the plain lists has."""
    if count == 1:
        yield everything
        return
    *closed, after = cited.stretches
    rest = _without(everything, set(cited.entries))
    for number, stretch in enumerate(closed, start=1):
        yield stretch if number < count else {**stretch, **after, **rest}


def _chosen(planned: PlannedList, library: Library) -> Entries:
    """The works that a list names itself, and those that it selects."""
    spec = planned.spec
    found = {key: library[key] for key in planned.listing.works}
    if spec.select is not None:
        for entry in planned.entries:
            if matches(spec.select, entry, planned.listing):
                found.setdefault(entry.key, entry)
    return found


def _named(works: Iterable[ListedWork], library: Library) -> dict[str, ListedWork]:
    """What a list says of its works, by the entry's own key; the first word counts."""
    found: dict[str, ListedWork] = {}
    for work in works:
        if (entry := library.get(work.key)) is not None:
            found.setdefault(entry.key, work)
    return found


def _nocited(metadata: Metadata, library: Library) -> Iterator[Entry]:
    for key in metadata.nocite:
        if key == "*":
            yield from library
        elif (entry := library.get(key)) is not None:
            yield entry


def _by_key(entries: Iterable[Entry]) -> Entries:
    found: Entries = {}
    for entry in entries:
        found.setdefault(entry.key, entry)
    return found


def _without(entries: Entries, keys: set[str]) -> Entries:
    return {key: entry for key, entry in entries.items() if key not in keys}
