"""What a check is, and what it is given to look at.

A rule's module has a docstring that says What it checks / Why / Example / Instead; that text is
also what `explain` prints for the rule's code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tcit_export.bibliography.library import Entry, Field, Library
from tcit_export.bibliography.reading import Vocabulary, vocabulary
from tcit_export.bibliography.selection import Listing, matches
from tcit_export.diagnostic import Diagnostic, Kind, Location, Related
from tcit_export.model.document import Document, DocumentKind
from tcit_export.model.list_labels import list_labels
from tcit_export.model.nodes import Block, Cite, CiteItem, Inline, ListSpec, ReferenceList
from tcit_export.model.walk import walk
from tcit_export.source import Source, Span


@dataclass(frozen=True, slots=True)
class Context:
    """One document with the library it cites from."""

    source: Source
    document: Document
    library: Library
    nodes: tuple[Block | Inline, ...] = field(init=False, repr=False)
    """Every node of the title, the abstract and the text, in reading order."""
    _used: list[Entry] = field(init=False, repr=False, default_factory=list)
    """What `used_entries` has found: asked by many rules, dear in large libraries."""

    def __post_init__(self) -> None:
        metadata = self.document.metadata
        head = (*metadata.title, *metadata.subtitle, *metadata.abstract)
        object.__setattr__(self, "nodes", tuple(walk((*head, *self.document.blocks))))

    def place(self, span: Span | None) -> Location:
        """A place in the document; its beginning for what has none."""
        return Location(self.source, span or Span(0, 0))

    def cite_items(self) -> Iterator[CiteItem]:
        """Every work of every citation, in reading order."""
        for node in self.nodes:
            if isinstance(node, Cite):
                yield from node.items

    def lists(self) -> Iterator[ReferenceList]:
        """The lists of references, in reading order."""
        for node in self.nodes:
            if isinstance(node, ReferenceList):
                yield node

    def named_keys(self) -> Iterator[tuple[str, Span | None]]:
        """Every key of a citation, or of an item of a list, with its place, in reading order."""
        for node in self.nodes:
            if isinstance(node, Cite):
                yield from ((item.key, item.key_span) for item in node.items)
            elif isinstance(node, ReferenceList):
                yield from ((work.key, work.key_span) for work in node.spec.works)

    def pool(self) -> list[Entry]:
        """The works that the document's lists may choose from.

        Of a reading list those of the library, else those that the document cites or names.
        """
        metadata = self.document.metadata
        reads = metadata.kind is DocumentKind.READING_LIST
        everything = list(self.library) if reads or "*" in metadata.nocite else []
        keys = [*(key for key, _ in self.named_keys()), *metadata.reviewed, *metadata.nocite]
        named = [entry for key in keys if (entry := self.library.get(key)) is not None]
        return list({entry.key: entry for entry in (*named, *everything)}.values())

    def used_entries(self) -> list[Entry]:
        """The works of the reference lists, each once, in the order they are first named."""
        if not self._used:
            self._used.extend(self._find_used())
        return list(self._used)

    def _find_used(self) -> list[Entry]:
        pool = self.pool()
        if self.document.metadata.kind is not DocumentKind.READING_LIST:
            return pool
        specs = [node.spec for node in self.lists()]
        if all(spec.select is None and not spec.works for spec in specs):
            return pool
        named = {key for key, _ in self.named_keys()} | {*self.document.metadata.nocite}
        keys = {entry.key for key in named if (entry := self.library.get(key)) is not None}
        for spec in specs:
            if spec.select is not None:
                listing = self.listing(spec)
                keys |= {entry.key for entry in pool if matches(spec.select, entry, listing)}
        return [entry for entry in pool if entry.key in keys or "*" in named]

    def vocabulary(self) -> Vocabulary:
        """The words of importance that the document understands."""
        metadata = self.document.metadata
        return vocabulary(metadata.lists, list_labels(metadata.lang))

    def listing(self, spec: ListSpec) -> Listing:
        """What the document says of works, for one of its lists."""
        works = {
            entry.key: work
            for work in reversed(spec.works)
            if (entry := self.library.get(work.key)) is not None
        }
        cited = dict.fromkeys(
            entry.key
            for item in self.cite_items()
            if (entry := self.library.get(item.key)) is not None
        )
        places = {key: number for number, key in enumerate(cited)}
        return Listing(works, places, self.vocabulary())


class Rule(NamedTuple):
    """A check: the sort of mistake it finds, and how."""

    kind: Kind
    check: Callable[[Context], Iterator[Diagnostic]]


def run(source: Source, document: Document, library: Library) -> tuple[Diagnostic, ...]:
    """What all rules find in a document."""
    from tcit_export.lint.rules import RULES

    context = Context(source, document, library)
    return tuple(diagnostic for rule in RULES for diagnostic in rule.check(context))


def field_place(entry: Entry, found: Field) -> Location:
    """Where a field's value stands, in whichever entry it was typed."""
    return Location(found.source or entry.source, found.value_span)


def related_entry(entry: Entry, message: str) -> Related:
    """An entry as the other place of a mistake."""
    return Related(message, entry.location())
