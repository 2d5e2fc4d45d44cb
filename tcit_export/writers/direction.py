"""Left to right or right to left: of a language, and of one reference in a list of several.

A list of references mixes scripts: in a Hebrew text an English reference still runs from left to
right, or its commas and brackets land on the wrong side of the names.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final
from unicodedata import bidirectional

from tcit_export.model.nodes import Inline
from tcit_export.model.walk import plain_text

_RIGHT_TO_LEFT: Final = frozenset("ar arc dv fa he ks ku-arab ps sd syr ug ur yi".split())
_STRONG: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return tag.split("-")[0].lower() in _RIGHT_TO_LEFT


def own_direction(content: Sequence[Inline], lang: str) -> str:
    """`ltr` or `rtl` if a text begins with a letter of the other direction than `lang`'s, else ""
    (Unicode Standard Annex #9, rules P2 and P3)."""
    usual = "rtl" if is_right_to_left(lang) else "ltr"
    for character in chain.from_iterable(plain_text([inline]) for inline in content):
        first = _STRONG.get(bidirectional(character), "")
        if first:
            return "" if first == usual else first
    return ""
