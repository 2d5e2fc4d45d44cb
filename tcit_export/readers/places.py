"""Where pieces of a text stand in their source.

Block structure takes things off a paragraph's lines (indents, `>`, table bars), so the inline text
that is parsed is not a slice of the source.  `Places` leads from one back to the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tcit_export.source import Span

Piece: TypeAlias = tuple[int, int]
"""(offset in the inline text, offset in the source) from which on both run in step."""


@dataclass(frozen=True, slots=True)
class Places:
    """Offsets of an inline text -> offsets of the source, kept inside `within`."""

    pieces: tuple[Piece, ...]
    within: Span
    fixed: bool = False
    """Every place is the whole range: for texts that were rewritten on the way (YAML escapes)."""

    def at(self, offset: int) -> int:
        """The source's character for a character of the text."""
        index = max(0, bisect_right(self.pieces, (offset, 1 << 60)) - 1)
        start, place = self.pieces[index] if self.pieces else (0, self.within.start)
        return min(max(place + offset - start, self.within.start), self.within.end)

    def span(self, start: int, end: int) -> Span:
        """The source's range for a range of the text."""
        if self.fixed:
            return self.within
        if end <= start:
            return Span(self.at(start), self.at(start))
        return Span(self.at(start), self.at(end - 1) + 1)


def shifted(places: Places, skipped: int) -> Places:
    """The places of the text without its first `skipped` characters."""
    moved = tuple((start - skipped, place) for start, place in places.pieces)
    return Places(moved, places.within, places.fixed)


def line_places(text: str, lines: Sequence[tuple[int, str]], whole: Span) -> Places:
    """Places of a text each line of which ends (spaces and `#` aside) one line of the source.

    `lines` are the source's lines as (offset, text).
    """
    pieces: list[Piece] = []
    offset = 0
    for content, (start, line) in zip(text.split("\n"), lines, strict=False):
        stripped = content.strip(" \t")
        column = _column(line, stripped)
        lead = len(content) - len(content.lstrip(" \t"))
        pieces.append((offset + lead if stripped else offset, start + column))
        offset += len(content) + 1
    return Places(tuple(pieces), whole)


def _column(line: str, content: str) -> int:
    """Where `content` stands at the end of `line`."""
    trimmed = line.rstrip(" \t")
    if not content:
        return len(trimmed)
    if not trimmed.endswith(content):
        trimmed = trimmed.rstrip("#").rstrip(" \t")
    return len(trimmed) - len(content) if trimmed.endswith(content) else max(line.rfind(content), 0)


def cell_places(cell: str, line_start: int, line: str, cursor: int) -> tuple[Places, int]:
    """Places of a table cell's text, looked for from column `cursor` on; and the next column.

    In the source `|` inside a cell is written `\\|`.
    """
    raw = cell.replace("|", "\\|")
    column = line.find(raw, cursor)
    if column < 0 or not cell:
        here = Span(line_start + min(cursor, len(line)), line_start + min(cursor, len(line)))
        return Places(((0, here.start),), here), _next_cell(line, cursor)
    pieces: list[Piece] = [(0, line_start + column)]
    for offset, character in enumerate(cell):
        if character == "|":
            pieces.append((offset, line_start + column + offset + len(pieces)))
    whole = Span(line_start + column, line_start + column + len(raw))
    return Places(tuple(pieces), whole), _next_cell(line, column + len(raw))


def _next_cell(line: str, cursor: int) -> int:
    bar = line.find("|", cursor)
    return len(line) if bar < 0 else bar + 1
