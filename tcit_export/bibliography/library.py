"""A bibliography in memory: entries as they were typed, with places, beside what they mean.

`Entry.fields` keep the raw BibTeX values (after `@string` and `#`), each with its span, for the
checks; `Entry.item` is the same work as plain CSL-JSON, for the citation engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tcit_export.csl.item import Item
from tcit_export.diagnostic import Diagnostic, Kind, Location
from tcit_export.source import Source, Span


class Field(NamedTuple):
    """One field as typed. `inherited`: came through crossref or xdata from another entry.

    `value` is BibTeX's: strings replaced, parts joined, outer delimiters gone, white space
    folded to single blanks (paragraphs of annotations are kept). LaTeX is not yet decoded.
    `value_span` covers the typed value with its delimiters; `source` is set where the field
    stands in another file or entry than its owner. A tuple, for the many that there are.
    """

    name: str
    value: str
    name_span: Span
    value_span: Span
    inherited: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as BibTeX reads it. Field names and the type are lower case."""

    key: str
    type: str
    fields: Mapping[str, Field]
    source: Source = field(repr=False, compare=False)
    span: Span = field(compare=False)
    key_span: Span = field(compare=False)

    @property
    def raw(self) -> str:
        return self.source.text[self.span.start : self.span.end]

    def get(self, name: str) -> str:
        """The value of a field, or an empty string."""
        found = self.fields.get(name)
        return found.value if found else ""

    def location(self, name: str | None = None) -> Location:
        """Where a field's value stands; without a name (or the field) where the key stands."""
        found = self.fields.get(name) if name else None
        if found is None:
            return Location(self.source, self.key_span)
        return Location(found.source or self.source, found.value_span)


@dataclass(frozen=True, slots=True)
class Remark:
    """A mistake inside a field's value, found where its place in a file is not known."""

    kind: Kind
    message: str
    hints: tuple[str, ...] = ()

    def at(self, location: Location) -> Diagnostic:
        """The same mistake at a place."""
        return self.kind.at(location, self.message, hints=self.hints)


class Change(NamedTuple):
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
    """All entries of one or more .bib files by key, in file order.

    `aliases` are other keys of an entry (biblatex's `ids`), each with the entry's own key.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Entry:
        return self.entries[self.aliases.get(key, key)]

    def __contains__(self, key: object) -> bool:
        return key in self.entries or key in self.aliases

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, key: str) -> Entry | None:
        """The entry of a key or alias, if there is one."""
        return self.entries.get(self.aliases.get(key, key))
