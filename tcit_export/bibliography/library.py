"""A bibliography in memory: entries as they were typed, with places, beside what they mean.

`Entry.fields` keep the raw BibTeX values (after `@string` and `#`), each with its span, for the
checks; `Entry.item` is the same work as plain CSL-JSON, for the citation engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tcit_export.csl.item import Item
from tcit_export.diagnostic import Location
from tcit_export.source import Source, Span


@dataclass(frozen=True, slots=True)
class Field:
    """One field as typed. `inherited`: came through crossref or xdata from another entry."""

    name: str
    value: str
    name_span: Span = field(compare=False)
    value_span: Span = field(compare=False)
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One alteration of a typed value on its way into the record (sentence case above all)."""

    field: str
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Field names and the type are lower case; `raw` is its own source text."""

    key: str
    type: str
    fields: Mapping[str, Field]
    source: Source = field(repr=False, compare=False)
    span: Span = field(compare=False)
    key_span: Span = field(compare=False)
    item: Item = field(repr=False)
    changes: tuple[Change, ...] = ()

    @property
    def raw(self) -> str:
        return self.source.text[self.span.start : self.span.end]

    def location(self, span: Span | None = None) -> Location:
        """Where the entry's key (or another of its spans) stands."""
        return Location(self.source, span or self.key_span)


@dataclass(frozen=True, slots=True)
class Library:
    """All entries of one or more .bib files by key, in file order."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Entry:
        return self.entries[key]

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, key: str) -> Entry | None:
        """The entry of a key, if there is one."""
        return self.entries.get(key)
