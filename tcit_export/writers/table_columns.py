"""How the columns of a table are set: to which side, and numbers by their decimal points.

A number with fewer decimals gets room after it, as wide as the figures that it lacks in the type of
our tables; its text stays as it is.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Final, NamedTuple

from tcit_export.model.nodes import Alignment, Table
from tcit_export.model.walk import plain_text
from tcit_export.patterns import late

_NUMBER: Final = late(r"[-−+±<>=≈~]*\s*(?:\d[\d.,\s]*|[.,]\d+)")
_NUMBER_OR_SHARE: Final = late(r"[-−+±<>=≈~]*\s*[.\d][\d.,\s]*%?")
_POINT: Final = 0.249
"""Ems of a point or a comma; figures have a unit of CSS of their own."""


class Decimals(NamedTuple):
    """The most figures that stand after the `point` (`.` or `,`) in a column."""

    point: str
    most: int

    @classmethod
    def of(cls, column: tuple[str, ...]) -> Decimals | None:
        """None for a column that has no decimals, or of which it is not sure what they are."""
        numbers = [text.strip() for text in column if any(map(str.isdigit, text))]
        if not all(_NUMBER.fullmatch(number) for number in numbers):
            return None
        for point in (".", ","):
            found = [number.rpartition(point)[2] for number in numbers if point in number]
            if found and _is_sure(point, numbers, found):
                return cls(point, max(map(len, found)))
        return None

    def room_after(self, text: str) -> str:
        """The room that a number needs as a length of CSS, or nothing."""
        text = text.strip()
        if not text or not text[-1].isdigit():
            return ""
        has = len(text.rpartition(self.point)[2]) if self.point in text else 0
        lacking = self.most - has
        if not lacking:
            return ""
        return f"{lacking}ch" if has else f"calc({lacking}ch + {_POINT}em)"


def alignments(table: Table) -> tuple[Alignment, ...]:
    """Of each column; columns of numbers stand on the right if the author did not say."""
    return tuple(
        _alignment(table, column)
        for column in range(max((len(row) for row in (table.head, *table.rows)), default=0))
    )


def _alignment(table: Table, column: int) -> Alignment:
    given = table.alignments[column] if column < len(table.alignments) else Alignment.DEFAULT
    if given is not Alignment.DEFAULT:
        return given
    said = [plain_text(row[column].content) for row in table.rows if column < len(row)]
    numbers = [words.strip() for words in said if words.strip()]
    is_numeric = numbers and all(map(_NUMBER_OR_SHARE.fullmatch, numbers))
    return Alignment.RIGHT if is_numeric else Alignment.DEFAULT


def decimals(table: Table, aligned: tuple[Alignment, ...]) -> tuple[Decimals | None, ...]:
    """Of each column of numbers, which stand on the right: what they have after the point."""
    columns = zip_longest(*([plain_text(cell.content) for cell in row] for row in table.rows))
    return tuple(
        Decimals.of(tuple(filter(None, column))) if alignment is Alignment.RIGHT else None
        for alignment, column in zip(aligned, columns, strict=False)
    )


def _is_sure(point: str, numbers: list[str], found: list[str]) -> bool:
    """Three figures after each sign may be thousands; two signs in a number are."""
    last = all(number.count(point) <= 1 for number in numbers) and all(map(str.isdigit, found))
    zero = any(number.lstrip("-−+±<>=≈~ ").startswith(("0" + point, point)) for number in numbers)
    return last and (zero or any(len(figures) != 3 for figures in found))
