"""Texts that users wrote, and places in them.

A `Source` is one file after decoding: Unicode text with `\\n` line ends only, no byte order mark.
A `Span` is a half-open range of character offsets into it.  Every mistake that the program reports
ends as a line and a column made here and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, NamedTuple


class Span(NamedTuple):
    """Characters `start` (included) to `end` (excluded) of a source's text.

    A tuple, as more of them are made than of anything else.
    """

    start: int
    end: int

    def shifted(self, offset: int) -> Span:
        """The same range, `offset` characters later."""
        return Span(self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. `path` is relative to the project root, with `/` (or `<stdin>`)."""

    path: str
    text: str = field(repr=False)
    _line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        find = self.text.find
        position = find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = find("\n", position + 1)
        object.__setattr__(self, "_line_starts", tuple(starts))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1, in Unicode characters."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The character at a line and a column (both from 1), kept inside the text."""
        line = max(1, min(line, len(self._line_starts)))
        return min(self._line_starts[line - 1] + max(column, 1) - 1, len(self.text))

    def line_text(self, line: int) -> str:
        """The text of one line (from 1), without its line end."""
        start = self._line_starts[line - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


def normalise(text: str) -> str:
    """Line ends as `\\n`, no byte order mark: what every `Source` holds."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


_UNPRINTABLE: Final = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff\\u202a-\\u202e\\u2066-\\u2069]"
)
REPLACEMENT: Final = "\ufffd"


def clean_text(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with what no output can hold replaced by U+FFFD, and the places of it.

    Control characters and half surrogates cannot stand in XML; invisible direction overrides make
    a text read otherwise than it is stored. Offsets stay as they are.
    """
    places = tuple(match.start() for match in _UNPRINTABLE.finditer(text))
    return (_UNPRINTABLE.sub(REPLACEMENT, text), places) if places else (text, ())
