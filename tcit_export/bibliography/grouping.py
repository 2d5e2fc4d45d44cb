"""Works under headings: by week, topic, year, type, importance, language or author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tcit_export.bibliography.group_words import KINDS, LANGUAGE_NAMES, GroupWords
from tcit_export.bibliography.holdings import (
    KIND_OF,
    Listing,
    Place,
    authors,
    full_name,
    kind_of,
    natural,
    topics,
    word_list,
    years,
)
from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.reading import weeks_of
from tcit_export.csl.sort import collate
from tcit_export.query.syntax import Grouping, SortKey


class Group(NamedTuple):
    """Works under one heading. `key` tells groups apart; that of what is left over is empty."""

    key: str
    heading: str
    entries: tuple[Entry, ...]


class _Label(NamedTuple):
    """A group that an entry stands in: its key, its heading, its place among the others."""

    key: str
    heading: str
    place: Place


def groups(
    entries: Iterable[Entry],
    grouping: Grouping,
    listed: Listing,
    words: GroupWords,
    sort: Sequence[SortKey] = (),
) -> tuple[Group, ...]:
    """The entries, in their order, in each group that they belong to.

    Groups come in natural order (turned round if `sort` turns the same field round), or in that of
    the grouping. An order without `*` leaves the other groups out; what is then in none comes last,
    as does what never was in one, under `words.rest` (without a date: `words.undated`).
    """
    members: dict[str, list[Entry]] = {}
    labels: dict[str, _Label] = {}
    held: list[tuple[Entry, list[str]]] = []
    for entry in entries:
        keys = []
        for label in _labels(grouping.name, entry, listed, words):
            labels.setdefault(label.key, label)
            keys.append(label.key)
        held.append((entry, list(dict.fromkeys(keys))))
    order = _ordered(grouping, labels, listed, sort)
    left: list[Entry] = []
    for entry, keys in held:
        shown = [key for key in keys if key in order]
        for key in shown:
            members.setdefault(key, []).append(entry)
        if not shown:
            left.append(entry)
    found = [Group(key, labels[key].heading, tuple(members[key])) for key in order]
    dated = grouping.name in ("year", "decade") and not grouping.order
    rest = Group("", words.undated if dated else words.rest, tuple(left))
    return (*found, rest) if left else tuple(found)


def _ordered(
    grouping: Grouping, labels: Mapping[str, _Label], listed: Listing, sort: Sequence[SortKey]
) -> dict[str, None]:
    """The keys of the groups that are shown, in order."""
    turned = any(key.descending and _SORTED_BY.get(grouping.name) == key.name for key in sort)
    usual = sorted(labels, key=lambda key: labels[key].place, reverse=turned)
    if not grouping.order:
        return dict.fromkeys(usual)
    headings = {key: label.heading for key, label in labels.items()}
    named = {name: named_groups(grouping.name, name, headings, listed) for name in grouping.order}
    taken = {key for keys in named.values() for key in keys}
    order: list[str] = []
    for name in grouping.order:
        order.extend(named[name] if name != "*" else [key for key in usual if key not in taken])
    return dict.fromkeys(order)


_SORTED_BY: Final = {
    "week": "week", "year": "year", "decade": "year", "type": "type", "importance": "importance",
    "author": "author",
}  # fmt: skip


def named_groups(
    field_name: str, name: str, headings: Mapping[str, str], listed: Listing
) -> list[str]:
    """The keys of the groups that a word of an explicit order means."""
    if name == "*":
        return []
    if field_name == "importance":
        found = listed.vocabulary.find(name)
        return [str(found.rank)] if found and str(found.rank) in headings else []
    wanted = {_folded(name)}
    if field_name == "type":
        wanted.add(KINDS[KIND_OF[name.casefold()]] if name.casefold() in KIND_OF else "")
        wanted.add(_singular(name))
    return [
        key
        for key, heading in headings.items()
        if key in wanted or _folded(key) in wanted or _folded(heading) in wanted
    ]


def _singular(name: str) -> str:
    """`Books` -> book, `theses` -> thesis: the names of kinds as people write them in an order."""
    folded = name.casefold()
    return {"theses": "thesis", "conferences": "conference"}.get(folded, folded.removesuffix("s"))


def group_names(
    name: str, entries: Iterable[Entry], listed: Listing, words: GroupWords
) -> dict[str, str]:
    """The groups that there are: key and heading."""
    return {
        label.key: label.heading
        for entry in entries
        for label in _labels(name, entry, listed, words)
    }


def _labels(name: str, entry: Entry, listed: Listing, words: GroupWords) -> Iterator[_Label]:
    """The groups of an entry; none where it lacks what the grouping asks for."""
    match name:
        case "week":
            for week in weeks_of(entry, listed.works.get(entry.key)):
                heading = words.week.format(number=week) if week.isdecimal() else week
                yield _Label(week.casefold(), heading, natural(week))
        case "topic":
            for topic in topics(entry, listed):
                yield _Label(_folded(topic), _as_heading(topic), natural(topic))
        case "year":
            for first, _ in years(entry):
                yield _Label(str(first), str(first), (first,))
        case "decade":
            for year, _ in years(entry):
                first = year // 10 * 10
                heading = words.decade.format(year=first, last=first + 9)
                yield _Label(str(first), heading, (first,))
        case "type":
            kind = kind_of(entry)
            yield _Label(KINDS[kind], words.kinds[kind], (kind,))
        case "importance":
            found = listed.importance(entry)
            if found is not None:
                yield _Label(str(found.rank), found.name, (found.rank,))
        case "language":
            tag = entry.item.fields.get("language", "").split("-", maxsplit=1)[0].lower()
            if tag:
                heading = LANGUAGE_NAMES.get(tag, tag)
                yield _Label(tag, heading, collate(heading))
        case "author":
            for author in authors(entry):
                full = full_name(author)
                yield _Label(_folded(full), full, collate(full))
        case _:
            raise ValueError(f"`{name}` is nothing to group by")


def _as_heading(keyword: str) -> str:
    """A keyword with a capital at its beginning, unless its first word has one inside (`mRNA`)."""
    first = keyword.partition(" ")[0]
    return keyword[:1].upper() + keyword[1:] if first.islower() else keyword


def _folded(text: str) -> str:
    return " ".join(word_list(text)) or text.casefold()
