"""Where in the author's text something stands that an output cannot hold.

Lists of references are the style's words, not the author's: of them, only the list has a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import Block, Code, CodeBlock, Image, Inline, ReferenceList, Str
from tcit_export.model.walk import children, plain_text
from tcit_export.source import Span

Placed: TypeAlias = tuple[Block | Inline, Span | None]


def placed(nodes: Iterable[Block | Inline], outer: Span | None = None) -> Iterator[Placed]:
    """Every node in reading order, with its span or that of what it stands in."""
    stack = [(outer, iter(nodes))]
    while stack:
        around, siblings = stack[-1]
        node = next(siblings, None)
        if node is None:
            stack.pop()
            continue
        span = node.span or around
        yield node, span
        if not isinstance(node, ReferenceList):
            stack.append((span, iter(children(node))))


def place_of_character(document: ResolvedDocument, character: str) -> Span | None:
    """Where a character is typed first."""
    metadata = document.metadata
    for name, inlines in (("title", metadata.title), ("subtitle", metadata.subtitle)):
        if character in plain_text(inlines):
            return metadata.spans.get(name)
    for node, span in placed((*metadata.abstract, *document.blocks)):
        if isinstance(node, (Str, Code, CodeBlock)) and character in node.text:
            return _within(span, node.text, character)
        if isinstance(node, ReferenceList) and character in plain_text([node]):
            return span
    return None


def _within(span: Span | None, text: str, character: str) -> Span | None:
    """The character's own place, where the text stands in the source as it is."""
    if span is None or span.end - span.start != len(text):
        return span
    start = span.start + text.index(character)
    return Span(start, start + 1)


def place_of_picture(document: ResolvedDocument, source: str) -> Span | None:
    """Where a picture is first shown."""
    nodes = placed((*document.metadata.abstract, *document.blocks))
    found = (span for node, span in nodes if isinstance(node, Image) and node.source == source)
    return next(found, None)


def longest_part(blocks: Sequence[Block]) -> Span | None:
    """The block (paragraph, table, …) with the most text, for what is too long as a whole."""
    longest = max(blocks, key=lambda block: len(plain_text([block])), default=None)
    return longest.span if longest is not None else None
