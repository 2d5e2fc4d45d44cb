"""What a check is, and what it is given to look at.

A rule's module has a docstring that says What it checks / Why / Example / Instead; that text is
also what `explain` prints for the rule's code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tcit_export.bibliography.library import Entry, Field, Library
from tcit_export.diagnostic import Diagnostic, Kind, Location, Related
from tcit_export.model.nodes import Block, Cite, CiteItem, Document, Inline
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

    def used_entries(self) -> list[Entry]:
        """The works of the reference list, each once, in the order they are first named."""
        metadata = self.document.metadata
        everything = list(self.library) if "*" in metadata.nocite else []
        keys = [*(item.key for item in self.cite_items()), *metadata.reviewed, *metadata.nocite]
        named = [entry for key in keys if (entry := self.library.get(key)) is not None]
        return list({entry.key: entry for entry in (*named, *everything)}.values())


@dataclass(frozen=True, slots=True)
class Rule:
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
