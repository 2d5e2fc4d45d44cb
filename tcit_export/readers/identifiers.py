"""Identifiers of headings and other places: made, kept unique, and looked up by links.

Headings without an identifier get pandoc's (manual, "Extension: auto_identifiers").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tcit_export.model.nodes import (
    Anchor,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    DefinitionList,
    Div,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Link,
    OrderedList,
    ReferenceList,
    Table,
)
from tcit_export.model.walk import find, map_each_inline, plain_text
from tcit_export.readers import kinds
from tcit_export.readers.markdown_inlines import Reading
from tcit_export.source import Span


def automatic_identifier(text: str) -> str:
    """Pandoc's identifier for a heading's text."""
    kept = "".join(c for c in text if c.isalnum() or c in "_-." or c.isspace())
    joined = "-".join(kept.split()).lower()
    start = next((index for index, c in enumerate(joined) if c.isalpha()), len(joined))
    return joined[start:] or "section"


class Identifiers:
    """The identifiers taken so far in one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.taken: set[str] = set()
        self.counts: dict[str, int] = {}

    def unique(self, wanted: str) -> str:
        """`wanted`, or with the first free number."""
        name = wanted
        while name in self.taken:
            self.counts[wanted] = self.counts.get(wanted, 0) + 1
            name = f"{wanted}-{self.counts[wanted]}"
        self.taken.add(name)
        return name

    def explicit(self, wanted: str, span: Span | None) -> str:
        """An identifier that the author gave."""
        name = self.unique(wanted)
        if name != wanted and span is not None:
            self.reading.report(
                kinds.DUPLICATE_IDENTIFIER,
                span,
                f"`#{wanted}` is used twice; this one is `#{name}`",
            )
        return name

    def attributes(self, attributes: Attributes, span: Span | None) -> Attributes:
        """The attributes with a unique identifier, if they have one."""
        if not attributes.id:
            return attributes
        return replace(attributes, id=self.explicit(attributes.id, span))


def identified(blocks: tuple[Block, ...], reading: Reading) -> tuple[Block, ...]:
    """The blocks with unique identifiers on all headings, and links that lead nowhere as text."""
    identifiers = Identifiers(reading)
    with_explicit = tuple(
        map_each_inline(block, lambda node: _explicit_inline(node, identifiers))
        for block in _map_blocks(blocks, lambda block: _explicit(block, identifiers))
    )
    with_all = _map_blocks(with_explicit, lambda block: _automatic(block, identifiers))
    lost = set(_link_targets(with_all)) - identifiers.taken
    if not lost:
        return with_all
    return tuple(
        map_each_inline(block, lambda node: _unlinked(node, lost, reading)) for block in with_all
    )


def _link_targets(blocks: Iterable[Block]) -> Iterator[str]:
    """Places that links lead to; those of references are made later."""
    for link in find(blocks, Link):
        if isinstance(link.target, Anchor) and not link.target.name.startswith("ref-"):
            yield link.target.name


def _unlinked(node: Inline, lost: set[str], reading: Reading) -> tuple[Inline, ...]:
    if not (isinstance(node, Link) and isinstance(node.target, Anchor)):
        return (node,)
    if node.target.name not in lost:
        return (node,)
    reading.report(
        kinds.UNKNOWN_ANCHOR, node.span or Span(0, 0), f"there is no place `#{node.target.name}`"
    )
    return node.content


def _explicit(block: Block, identifiers: Identifiers) -> Block:
    match block:
        case Heading() | Div() | Table() | Figure() | CodeBlock() | ReferenceList():
            return replace(block, attributes=identifiers.attributes(block.attributes, block.span))
        case _:
            return block


def _explicit_inline(node: Inline, identifiers: Identifiers) -> tuple[Inline, ...]:
    if isinstance(node, (Inlines, Image)) and node.attributes.id:
        return (replace(node, attributes=identifiers.attributes(node.attributes, node.span)),)
    return (node,)


def _automatic(block: Block, identifiers: Identifiers) -> Block:
    if not isinstance(block, Heading) or block.attributes.id:
        return block
    name = identifiers.unique(automatic_identifier(plain_text(block.content)))
    return replace(block, attributes=replace(block.attributes, id=name))


def _map_blocks(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    """All blocks changed, outer ones first, in reading order."""
    return tuple(_inner(change(block), change) for block in blocks)


def _inner(block: Block, change: Callable[[Block], Block]) -> Block:
    match block:
        case BlockQuote() | Div():
            return replace(block, content=_map_blocks(block.content, change))
        case BulletList() | OrderedList():
            return replace(block, items=tuple(_map_blocks(item, change) for item in block.items))
        case DefinitionList():
            items = tuple(
                (term, tuple(_map_blocks(part, change) for part in parts))
                for term, parts in block.items
            )
            return replace(block, items=items)
        case ReferenceList():
            works = tuple(
                replace(
                    work,
                    note=_map_blocks(work.note, change),
                    annotation=_map_blocks(work.annotation, change),
                )
                for work in block.spec.works
            )
            return replace(block, spec=replace(block.spec, works=works))
        case _:
            return block
