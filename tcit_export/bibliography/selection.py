"""What queries, sort keys and groupings mean for the entries of a library.

How words match: letter case, accents and punctuation count for nothing.  `:` looks for whole words
in their order (`title:"emotional expression"`), a `*` at the end for words that begin so; `=`
compares with the whole (of a keyword, of a family or full name, of a title).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, assert_never

from tcit_export.bibliography.grouping import Group, groups
from tcit_export.bibliography.holdings import (
    Listing,
    Place,
    kind_of,
    natural,
    texts,
    values_of,
    word_list,
    years,
)
from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.reading import abstract_of, annotation_of, pages_of, weeks_of
from tcit_export.csl.sort import collate
from tcit_export.query.syntax import And, Not, Operator, Or, Query, SortKey, Term

__all__ = ["Group", "Listing", "groups", "matches", "sorted_entries"]

# ── select ───────────────────────────────────────────────────────────────────────────────────────


def matches(query: Query, entry: Entry, listed: Listing) -> bool:
    """Whether a query selects an entry."""
    match query:
        case Term():
            return _term(query, entry, listed)
        case Not(inner):
            return not matches(inner, entry, listed)
        case And(queries):
            return all(matches(each, entry, listed) for each in queries)
        case Or(queries):
            return any(matches(each, entry, listed) for each in queries)
        case _:
            assert_never(query)


def _term(term: Term, entry: Entry, listed: Listing) -> bool:
    match term.name:
        case "year":
            return _numbers(term, years(entry))
        case "week":
            weeks = weeks_of(entry, listed.works.get(entry.key))
            numbers = (int(number) for week in weeks for number in re.findall(r"\d{1,4}", week)[:1])
            return _numbers(term, tuple((number, number) for number in numbers))
        case "has-doi":
            return bool(entry.item.fields.get("DOI"))
        case "has-url":
            return bool(entry.item.fields.get("URL"))
        case "has-abstract":
            return bool(abstract_of(entry))
        case "has-annotation":
            return bool(annotation_of(entry, listed.works.get(entry.key)))
        case "cited":
            return entry.key in listed.cited
        case "importance":
            found = listed.importance(entry)
            wanted = {known.rank for word in term.values if (known := listed.vocabulary.find(word))}
            return (found is not None and found.rank in wanted) is (term.operator is not _IS_NOT)
        case _:
            return _words(term, values_of(term.name, entry, listed))


_IS_NOT: Final = Operator.IS_NOT


def _words(term: Term, held: Iterable[str]) -> bool:
    """Whether one of the values is held."""
    test = _test(term.name, term.operator)
    found = any(test(value, text) for text in held for value in term.values)
    return found is not (term.operator is _IS_NOT)


def _test(name: str, operator: Operator) -> Callable[[str, str], bool]:
    match name:
        case "key" | "type":
            return _is
        case "language":
            return _is_language
        case _ if operator is Operator.HAS:
            return _has
        case "author" | "editor":
            return _is_name
        case _:
            return _is


def _is(value: str, text: str) -> bool:
    """The whole text, or with a `*` its beginning."""
    if value.endswith("*"):
        return text.casefold().startswith(value[:-1].casefold())
    return value.casefold() == text.casefold() or (
        bool(word_list(value)) and word_list(value) == word_list(text)
    )


def _is_name(value: str, text: str) -> bool:
    """A family name, or the whole name in either order (names are held as `Family, Given`)."""
    family, _, given = text.partition(",")
    return any(_is(value, each) for each in (family, text, f"{given.strip()} {family}".strip()))


def _is_language(value: str, text: str) -> bool:
    return _is(value, text) or text.casefold().startswith(value.casefold() + "-")


def _has(value: str, text: str) -> bool:
    """Whether a text holds the words of a value, in their order."""
    wanted, held = word_list(value), word_list(text)
    if not wanted:
        return value.strip("* ").casefold() in text.casefold()
    last = wanted[-1]
    begins = value.endswith("*")
    for start in range(len(held) - len(wanted) + 1):
        *before, end = held[start : start + len(wanted)]
        if before == list(wanted[:-1]) and (end.startswith(last) if begins else end == last):
            return True
    return False


def _numbers(term: Term, held: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the ranges held fits a number, or meets a range, of the term."""
    from tcit_export.query.parse import number_range  # most lists ask for no numbers

    ranges = [found for value in term.values if (found := number_range(value)) is not None]
    match term.operator:
        case Operator.HAS | Operator.IS:
            return _meet(held, ranges)
        case Operator.IS_NOT:
            return not _meet(held, ranges)
        case Operator.BEFORE:
            return any(first < number for first, _ in held for number, _ in ranges)
        case Operator.UP_TO:
            return any(first <= number for first, _ in held for number, _ in ranges)
        case Operator.AFTER:
            return any(last > number for _, last in held for number, _ in ranges)
        case Operator.FROM:
            return any(last >= number for _, last in held for number, _ in ranges)
        case _:
            assert_never(term.operator)


def _meet(held: Iterable[tuple[int, int]], ranges: Sequence[tuple[int, int]]) -> bool:
    return any(
        first <= other_last and other_first <= last
        for first, last in held
        for other_first, other_last in ranges
    )


# ── sort ─────────────────────────────────────────────────────────────────────────────────────────


def sorted_entries(
    entries: Iterable[Entry], sort: Sequence[SortKey], listed: Listing
) -> tuple[Entry, ...]:
    """The entries in order. What lacks a value goes last, whatever the direction.

    Equal ones stay as they came.
    """
    ordered = list(entries)
    for key in reversed(sort):
        if key.name == "order":
            places = _order(ordered, listed)
        else:
            places = {entry.key: _place(key.name, entry, listed) for entry in ordered}
        known = [entry for entry in ordered if places[entry.key] is not None]
        unknown = [entry for entry in ordered if places[entry.key] is None]
        known.sort(key=lambda entry: places[entry.key] or (), reverse=key.descending)
        ordered = known + unknown
    return tuple(ordered)


def _place(name: str, entry: Entry, listed: Listing) -> Place | None:
    """What an entry is sorted by; None where it lacks that."""
    match name:
        case "author":
            return _text_place(entry.item.fields.get("tcit-sort-author", ""))
        case "year":
            issued = entry.item.dates.get("issued")
            return tuple(issued.date_parts[0]) if issued and issued.date_parts else None
        case "title":
            return _text_place(entry.item.fields.get("tcit-sort-title", ""))
        case "key":
            return natural(entry.key)
        case "type":
            return (kind_of(entry),)
        case "journal":
            return _text_place(*texts(entry, "container-title"))
        case "importance":
            found = listed.importance(entry)
            return (found.rank,) if found else None
        case "week":
            weeks = weeks_of(entry, listed.works.get(entry.key))
            return min(map(natural, weeks)) if weeks else None
        case "pages":
            pages = pages_of(entry, listed.works.get(entry.key))
            return (pages,) if pages else None
        case "cited":
            return (listed.cited[entry.key],) if entry.key in listed.cited else None
        case _:
            raise ValueError(f"`{name}` is nothing to sort by")


def _text_place(*texts: str) -> Place | None:
    return collate(texts[0]) if texts and texts[0] else None


def _order(entries: Iterable[Entry], listed: Listing) -> dict[str, Place | None]:
    """The works that the list names in its order, then the others as they stand in their files."""
    named = {key: number for number, key in enumerate(listed.works)}
    return {
        entry.key: (0, "", named[entry.key])
        if entry.key in named
        else (1, entry.source.path, entry.span.start)
        for entry in entries
    }
