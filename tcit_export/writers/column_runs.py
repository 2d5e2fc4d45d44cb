"""Lists in columns that follow one another: they flow on in the same columns, headings and all.

A list of its own has its heading above the columns. Of several, each in columns of its own, a page
would hold less, and what is at its foot would stay white.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tcit_export.model.nodes import Block, Heading, ReferenceList


class Run(NamedTuple):
    """Blocks that stand together, across the page (`columns` 1) or in columns."""

    blocks: tuple[Block, ...]
    columns: int = 1


def column_runs(blocks: Iterable[Block]) -> Iterator[Run]:
    """The blocks in order; in columns are two lists and more with nothing but a heading between."""
    whole = tuple(blocks)
    start = place = 0
    while place < len(whole):
        end = _end_of_flow(whole, place)
        if end == place:
            place += 1
            continue
        if place > start:
            yield Run(whole[start:place])
        yield Run(whole[place:end], _columns(whole[end - 1]))
        start = place = end
    if place > start:
        yield Run(whole[start:])


def _end_of_flow(blocks: Sequence[Block], start: int) -> int:
    """Where lists in as many columns end that begin at `start`; there, if they are not several."""
    place, lists, columns = start, 0, 0
    while place < len(blocks):
        headed = isinstance(blocks[place], Heading) and place + 1 < len(blocks)
        own = _columns(blocks[place + headed])
        if own < 2 or own != (columns or own):
            break
        columns, lists, place = own, lists + 1, place + headed + 1
    return place if lists > 1 else start


def _columns(block: Block) -> int:
    """How many columns a block asks for; only lists do."""
    match block:
        case ReferenceList(entries=entries, spec=spec) if entries:
            return spec.look.columns or 1
        case _:
            return 1
