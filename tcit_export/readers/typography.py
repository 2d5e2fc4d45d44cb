"""Typed signs to printed ones: curly quotation marks, dashes, ellipses.

The rules are pandoc's "smart" extension: `"` and `'` curl by the characters around them, an
opening mark without its partner is an apostrophe, `--` is an en dash, `---` an em dash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tcit_export.patterns import late


class Quotes(NamedTuple):
    """Opening and closing marks, double and single."""

    open_double: str
    close_double: str
    open_single: str
    close_single: str


_ENGLISH: Final = Quotes("“", "”", "‘", "’")
_QUOTES: Final = {
    "en": _ENGLISH,
    "de": Quotes("„", "“", "‚", "‘"),
    "de-ch": Quotes("«", "»", "‹", "›"),
    "fr": Quotes("«\u202f", "\u202f»", "“", "”"),
    "es": Quotes("«", "»", "“", "”"),
    "it": Quotes("«", "»", "“", "”"),
    "pt": Quotes("«", "»", "“", "”"),
    "pt-br": _ENGLISH,
    "nl": _ENGLISH,
    "da": Quotes("»", "«", "›", "‹"),
    "nb": Quotes("«", "»", "‘", "’"),
    "nn": Quotes("«", "»", "‘", "’"),
    "no": Quotes("«", "»", "‘", "’"),
    "sv": Quotes("”", "”", "’", "’"),
    "fi": Quotes("”", "”", "’", "’"),
    "pl": Quotes("„", "”", "«", "»"),
    "cs": Quotes("„", "“", "‚", "‘"),
    "ru": Quotes("«", "»", "„", "“"),
}
_SIGN: Final = re.compile(r"""["']|(?<!-)-{2,3}(?!-)|\.{3}""")
_FRENCH_SPACE: Final = late(r"(?<=[«‹]) (?=\S)|(?<=\S) (?=[»›?!;:](?:\W|$))")
"""A typed space that keeps a mark on the line of its word, after or before it."""
_APOSTROPHE: Final = "’"
_ELISION: Final = late(r"'(?:\d\ds?|tis|twas|em|til|cause|bout|round|n'?)\b", re.I)
"""Words that begin with an apostrophe: '90s, 'tis."""
_DASHES: Final = {"--": "–", "---": "—", "...": "…"}


def quotes_of(lang: str) -> Quotes:
    """The quotation marks of a language tag; English ones where it is not known."""
    folded = lang.lower()
    return _QUOTES.get(folded) or _QUOTES.get(folded.split("-", maxsplit=1)[0], _ENGLISH)


@dataclass(slots=True)
class _Pairing:
    """Which typed marks open and close: openers wait on one stack a kind until a closer comes."""

    quotes: Quotes
    shown: dict[int, str] = field(default_factory=dict)
    doubles: list[int] = field(default_factory=list)
    singles: list[int] = field(default_factory=list)

    def add(self, text: str, pos: int) -> None:
        before = text[pos - 1] if pos else " "
        after = text[pos + 1] if pos + 1 < len(text) else " "
        opens = _may_open(before, after) and not _ELISION.match(text, pos)
        closes = not before.isspace()
        if text[pos] == '"':
            self._double(pos, opens, closes)
        else:
            self._single(pos, opens, closes, before.isalnum() and after.isalnum())

    def _double(self, pos: int, opens: bool, closes: bool) -> None:
        if self.doubles and closes:
            start = self.doubles.pop()
            while self.singles and self.singles[-1] > start:
                self.singles.pop()
            self.shown[start] = self.quotes.open_double
            self.shown[pos] = self.quotes.close_double
        elif opens:
            self.doubles.append(pos)
            self.shown[pos] = self.quotes.open_double
        else:
            self.shown[pos] = self.quotes.close_double

    def _single(self, pos: int, opens: bool, closes: bool, inside_word: bool) -> None:
        if not inside_word and self.singles and closes:
            self.shown[self.singles.pop()] = self.quotes.open_single
            self.shown[pos] = self.quotes.close_single
            return
        if opens and not inside_word:
            self.singles.append(pos)
        self.shown[pos] = _APOSTROPHE


def _may_open(before: str, after: str) -> bool:
    """An opening mark follows a space, a bracket or a dash, and leans on what comes after."""
    if after.isspace():
        return False
    if before.isspace() or before in "\"'/":
        return True
    return unicodedata.category(before) in ("Ps", "Pi", "Pd")


def smarten(pieces: Sequence[tuple[str, bool]], quotes: Quotes) -> list[str]:
    """The printed form of consecutive pieces of one paragraph.

    `pieces` are (text, whether it may change): code, escaped signs and the like keep their text
    but count as neighbours. Linear in the length of the text.
    """
    if quotes.open_double == _QUOTES["fr"].open_double:
        pieces = [(_french(piece) if may else piece, may) for piece, may in pieces]
    if not any(may_change and _SIGN.search(piece) for piece, may_change in pieces):
        return [piece for piece, _ in pieces]
    text = "".join(piece for piece, _ in pieces)
    pairing = _Pairing(quotes)
    result: list[str] = []
    start = 0
    changes: list[list[tuple[int, int]]] = []
    for piece, may_change in pieces:
        found = [match.span() for match in _SIGN.finditer(piece)] if may_change else []
        placed = [(start + first, start + last) for first, last in found]
        for first, _ in placed:
            if text[first] in "\"'":
                pairing.add(text, first)
        changes.append(placed)
        start += len(piece)
    start = 0
    for (piece, _), placed in zip(pieces, changes, strict=True):
        result.append(_rewritten(text, start, start + len(piece), placed, pairing.shown))
        start += len(piece)
    return result


def _french(text: str) -> str:
    """Spaces within guillemets and before high marks are narrow and do not break; before a colon
    they are wide.
    """
    return _FRENCH_SPACE.sub(
        lambda found: "\u00a0" if text[found.end() : found.end() + 1] == ":" else "\u202f", text
    )


def _rewritten(
    text: str, start: int, end: int, signs: list[tuple[int, int]], shown: dict[int, str]
) -> str:
    parts: list[str] = []
    for first, last in signs:
        parts.append(text[start:first])
        parts.append(shown[first] if first in shown else _DASHES[text[first:last]])
        start = last
    parts.append(text[start:end])
    return "".join(parts)
