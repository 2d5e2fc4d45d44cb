"""Roman numerals: of pages in front matter, of volumes, of editions."""

from __future__ import annotations

import re
from typing import Final

_ROMAN: Final = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.I)
_DIGITS: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def from_roman(text: str) -> int:
    """The number, up to 3999, that small or large letters write; 0 for what is none."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    values = [_DIGITS[letter] for letter in text.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
