"""Citations put back where they stood, and links that lead nowhere taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from tcit_export.model.document import Metadata
from tcit_export.model.nodes import (
    Anchor,
    Block,
    Cite,
    Inline,
    Link,
    Note,
    Paragraph,
    ReferenceList,
)
from tcit_export.model.walk import find, map_content, map_each_inline, map_inlines
from tcit_export.resolve.anchors import identifiers
from tcit_export.resolve.citing import moved_behind_punctuation

Content: TypeAlias = tuple[Inline, ...]


def filled(
    blocks: tuple[Block, ...], contents: Iterator[Content], *, notes: bool
) -> tuple[Block, ...]:
    """The blocks with the content of each citation, in the order they were gathered."""

    def fill(node: Inline) -> tuple[Inline, ...]:
        if isinstance(node, Cite):
            content = next(contents)
            names, rest = content[:-1], content[-1:]
            if notes and rest and isinstance(rest[0], Note) and names:
                return (*names, replace(node, content=rest))
            return (replace(node, content=content),)
        if isinstance(node, Link):
            return (replace(node, content=_unlinked(node.content)),)
        return (node,)

    filled = tuple(map_each_inline(block, fill) for block in blocks)
    if not notes:
        return filled
    return tuple(map_inlines(block, moved_behind_punctuation) for block in filled)


def filled_metadata(metadata: Metadata, contents: Iterator[Content], *, notes: bool) -> Metadata:
    """The title, subtitle and abstract with their citations; titles have no links."""
    titles = [
        filled((Paragraph(content),), contents, notes=False)
        for content in (metadata.title, metadata.subtitle)
    ]
    title, subtitle = (
        _unlinked(block.content) for (block,) in titles if isinstance(block, Paragraph)
    )
    abstract = filled(metadata.abstract, contents, notes=notes)
    return replace(metadata, title=title, subtitle=subtitle, abstract=abstract)


def _unlinked(content: Content) -> Content:
    """Links cannot stand in links: a citation in one shows its text alone."""

    def text_alone(node: Inline) -> tuple[Inline, ...]:
        if isinstance(node, Cite):
            return (replace(node, content=map_content(node.content, text_alone)),)
        return node.content if isinstance(node, Link) else (node,)

    return map_content(content, text_alone)


def without_lost_links(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The author's links to `#ref-…` that no reference has, as text."""
    wanted = {link.target for link in find(blocks, Link) if isinstance(link.target, Anchor)}
    lost = {target for target in wanted if target.name.startswith("ref-")}
    if not lost:
        return blocks
    known = identifiers(blocks)
    for block in find(blocks, ReferenceList):
        known.update(entry.anchor.name for entry in block.entries)
    lost = {target for target in lost if target.name not in known}
    if not lost:
        return blocks

    def kept(node: Inline) -> tuple[Inline, ...]:
        return node.content if isinstance(node, Link) and node.target in lost else (node,)

    return tuple(map_each_inline(block, kept) for block in blocks)
