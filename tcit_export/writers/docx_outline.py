"""Headings as Word nests them: from 1, without gaps, whatever levels were typed.

A reader of a screen counts on Heading 3 standing under a Heading 2. Authors begin with `##`, or
jump from `#` to `###` for its size; the outline keeps who stands under whom and closes the gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tcit_export.model.nodes import (
    Block,
    BlockQuote,
    BulletList,
    DefinitionList,
    Div,
    Heading,
    OrderedList,
    ReferenceList,
)

PANEL: str = "cite-this"
"""The class of the `Div` that is set as a panel; its heading is no chapter of the text."""


def nesting(open_levels: list[int], level: int) -> int:
    """The depth, from 1, of a heading of `level`; `open_levels` is kept up to date."""
    while open_levels and open_levels[-1] >= level:
        open_levels.pop()
    open_levels.append(level)
    return len(open_levels)


def outline(blocks: Iterable[Block]) -> list[tuple[int, Heading]]:
    """The headings of the text with their depths, in reading order."""
    open_levels: list[int] = []
    return [(nesting(open_levels, heading.level), heading) for heading in _headings(blocks)]


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Div() if PANEL in block.attributes.classes:
                pass
            case Div() | BlockQuote():
                yield from _headings(block.content)
            case BulletList() | OrderedList():
                for item in block.items:
                    yield from _headings(item)
            case DefinitionList():
                for _, definitions in block.items:
                    for definition in definitions:
                        yield from _headings(definition)
            case ReferenceList():
                for entry in block.entries:
                    yield from _headings(entry.annotation)
            case _:
                pass
