"""Walks over the model: every node, in reading order; and rebuilding with other inlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar, assert_never

from tcit_export.model.nodes import (
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Cite,
    Code,
    CodeBlock,
    DefinitionList,
    Div,
    Emph,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Node,
    Note,
    OrderedList,
    Paragraph,
    ReferenceEntry,
    ReferenceList,
    SmallCaps,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    ThematicBreak,
    Underline,
)

InlineMap = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]
InlineChange = Callable[[Inline], tuple[Inline, ...]]
BlocksMap = Callable[[tuple[Block, ...]], tuple[Block, ...]]
BlockChange = Callable[[ReferenceList], tuple[Block, ...]]
NodeT = TypeVar("NodeT", bound=Node)


def children(node: Block | Inline | Cell) -> Iterable[Block | Inline]:
    """The nodes directly below one, in reading order; of a cite, its typed affixes come first."""
    match node:
        case (
            Emph()
            | Strong()
            | Underline()
            | Strikeout()
            | Superscript()
            | Subscript()
            | SmallCaps()
            | Link()
            | Inlines()
            | Note()
            | Paragraph()
            | Heading()
            | BlockQuote()
            | Div()
            | Cell()
        ):
            return node.content
        case Str() | SoftBreak() | LineBreak() | Code() | Image() | CodeBlock() | ThematicBreak():
            return ()
        case _:
            return _children(node)


def _children(
    node: Cite | BulletList | OrderedList | DefinitionList | Table | Figure | ReferenceList,
) -> Iterator[Block | Inline]:
    """Those of a node that has not just a content."""
    match node:
        case Cite():
            for item in node.items:
                yield from item.prefix
                yield from item.suffix
            yield from node.content
        case BulletList() | OrderedList():
            for blocks in node.items:
                yield from blocks
        case DefinitionList():
            for term, definitions in node.items:
                yield from term
                for blocks in definitions:
                    yield from blocks
        case Table():
            yield from node.caption
            for cell in (*node.head, *(cell for row in node.rows for cell in row)):
                yield from cell.content
        case Figure():
            yield node.image
            yield from node.caption
        case ReferenceList():
            for work in node.spec.works:
                yield from work.note
                yield from work.annotation
            yield from node.total
            for entry in node.entries:
                yield from entry.label
                yield from entry.content
                if entry.reading is not None:
                    yield from entry.reading.pointer
                    yield from entry.reading.note
                yield from entry.annotation
        case _:
            assert_never(node)


def shown_children(node: Block | Inline) -> Iterable[Block | Inline]:
    """The same, as outputs show them: of a cite, what it became and nothing that was typed."""
    return node.content if isinstance(node, Cite) else children(node)


def walk(
    nodes: Iterable[Block | Inline],
    below: Callable[[Block | Inline], Iterable[Block | Inline]] = children,
) -> Iterator[Block | Inline]:
    """Every node in and below `nodes`, each before its children."""
    waiting = [*nodes]
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Str):  # most nodes are texts
            found = [*below(node)]
            found.reverse()
            waiting += found


def find(nodes: Iterable[Block | Inline], kind: type[NodeT]) -> Iterator[NodeT]:
    """All nodes of one type, in reading order."""
    return (node for node in walk(nodes) if isinstance(node, kind))


def reference_lists(nodes: Iterable[Block | Inline]) -> Iterator[ReferenceList]:
    """The lists of references, in reading order; one in another is left out, as it has no entries.

    Half of what `find` would walk over is what the entries of lists say.
    """
    for node in nodes:
        if isinstance(node, ReferenceList):
            yield node
        else:
            yield from reference_lists(children(node))


def plain_text(nodes: Iterable[Block | Inline]) -> str:
    """The text alone: breaks as spaces, images as their alt text, footnotes left out."""
    parts: list[str] = []
    _add_plain_text(nodes, parts)
    return "".join(parts)


def _add_plain_text(nodes: Iterable[Block | Inline], parts: list[str]) -> None:
    for node in nodes:
        match node:
            case Str() | Code() | CodeBlock():
                parts.append(node.text)
            case SoftBreak() | LineBreak():
                parts.append(" ")
            case Image():
                parts.append(node.alt)
            case Note():
                pass
            case Cite():
                _add_plain_text(node.content, parts)
            case _:
                _add_plain_text(children(node), parts)


def map_inlines(block: Block, change: InlineMap) -> Block:
    """The block with `change` applied to each run of inlines in it, innermost blocks first."""

    def over(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map_inlines(child, change) for child in blocks)

    match block:
        case Paragraph() | Heading():
            return replace(block, content=change(block.content))
        case BlockQuote() | Div():
            return replace(block, content=over(block.content))
        case BulletList() | OrderedList():
            return replace(block, items=tuple(over(item) for item in block.items))
        case DefinitionList():
            items = tuple(
                (change(term), tuple(over(definition) for definition in definitions))
                for term, definitions in block.items
            )
            return replace(block, items=items)
        case Table():
            return replace(
                block,
                caption=change(block.caption),
                head=tuple(replace(cell, content=change(cell.content)) for cell in block.head),
                rows=tuple(
                    tuple(replace(cell, content=change(cell.content)) for cell in row)
                    for row in block.rows
                ),
            )
        case Figure():
            return replace(block, caption=change(block.caption))
        case ReferenceList():
            return _map_list(block, over)
        case CodeBlock() | ThematicBreak():
            return block
        case _:
            assert_never(block)


def _map_list(block: ReferenceList, over: BlocksMap) -> ReferenceList:
    """What an author wrote about works; references themselves are the style's."""
    works = tuple(
        replace(work, note=over(work.note), annotation=over(work.annotation))
        for work in block.spec.works
    )
    entries = tuple(_map_entry(entry, over) for entry in block.entries)
    return replace(block, spec=replace(block.spec, works=works), entries=entries)


def _map_entry(entry: ReferenceEntry, over: BlocksMap) -> ReferenceEntry:
    reading = entry.reading
    if reading is not None and reading.note:
        reading = replace(reading, note=over(reading.note))
    elif not entry.annotation:  # as of most works: nothing was written about them
        return entry
    return replace(entry, reading=reading, annotation=over(entry.annotation))


def expand(blocks: tuple[Block, ...], change: BlockChange) -> tuple[Block, ...]:
    """The blocks with each list of references in them, at any depth, given to `change`."""

    def over(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return expand(blocks, change)

    result: list[Block] = []
    for block in blocks:
        match block:
            case ReferenceList():
                result.extend(change(block))
            case BlockQuote() | Div():
                result.append(replace(block, content=over(block.content)))
            case BulletList() | OrderedList():
                result.append(replace(block, items=tuple(over(item) for item in block.items)))
            case DefinitionList():
                items = tuple(
                    (term, tuple(over(definition) for definition in definitions))
                    for term, definitions in block.items
                )
                result.append(replace(block, items=items))
            case _:
                result.append(block)
    return tuple(result)


def map_content(content: tuple[Inline, ...], change: InlineChange) -> tuple[Inline, ...]:
    """The inlines with each one, innermost first and in reading order, given to `change`."""
    return tuple(new for node in content for new in change(_with_changed_children(node, change)))


def map_each_inline(block: Block, change: InlineChange) -> Block:
    """The block with each inline in it, at any depth and in its footnotes, given to `change`."""
    return map_inlines(block, lambda content: map_content(content, change))


def _with_changed_children(node: Inline, change: InlineChange) -> Inline:
    match node:
        case (
            Emph()
            | Strong()
            | Underline()
            | Strikeout()
            | Superscript()
            | Subscript()
            | SmallCaps()
            | Link()
            | Inlines()
        ):
            return replace(node, content=map_content(node.content, change))
        case Note():
            return replace(
                node, content=tuple(map_each_inline(block, change) for block in node.content)
            )
        case Str() | SoftBreak() | LineBreak() | Code() | Image() | Cite():
            return node
        case _:
            assert_never(node)
