"""The text that a PDF page paints, by marked content: which characters, and where lines end.

The content stream is read as it is, not guessed from positions: blanks are the ones that were
painted, characters are what the font's ToUnicode map says.  Positions serve for one thing only, to
see that a new line begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from unicodedata import bidirectional

import pikepdf

from tcit_export.verify.extract import DIRECTION_MARKS

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_UNKNOWN: Final = "\ufffd"


@dataclass(slots=True)
class Run:
    """Characters painted at one go. `x`, `y` and `size` are in points, `y` upwards.

    A blank that is only said (by /ActualText), not painted, has size 0 and no place.
    """

    text: str
    x: float
    y: float
    size: float


@dataclass(slots=True)
class _State:
    ctm: Matrix = _IDENTITY
    font: str = ""
    size: float = 1.0


def page_runs(page: pikepdf.Page) -> Mapping[int, list[Run]]:
    """Marked-content id -> what is painted under it, in order."""
    return _Interpreter(_fonts(page)).run(page)


def _multiply(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


@dataclass(slots=True)
class _Interpreter:
    """Follows the operators that move or show text (PDF 1.7, 9.4)."""

    fonts: Mapping[str, Mapping[int, str]]
    state: _State = field(default_factory=_State)
    saved: list[_State] = field(default_factory=list)
    text: Matrix = _IDENTITY
    line: Matrix = _IDENTITY
    leading: float = 0.0
    marks: list[int] = field(default_factory=list)
    found: dict[int, list[Run]] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)

    def run(self, page: pikepdf.Page) -> Mapping[int, list[Run]]:
        for instruction in pikepdf.parse_content_stream(page):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                continue
            self.step(str(instruction.operator), list(instruction.operands))
        self.hear()
        return self.found

    def step(self, operator: str, operands: list[Any]) -> None:
        match operator:
            case "q":
                self.saved.append(_State(self.state.ctm, self.state.font, self.state.size))
            case "Q":
                self.state = self.saved.pop() if self.saved else _State()
            case "cm":
                self.state.ctm = _multiply(_matrix(operands), self.state.ctm)
            case "BT":
                self.text = self.line = _IDENTITY
            case "Tf":
                self.state.font, self.state.size = str(operands[0]), float(operands[1])
            case "Tm":
                self.text = self.line = _matrix(operands)
            case "TL":
                self.leading = float(operands[0])
            case "Td" | "TD":
                self.move(float(operands[0]), float(operands[1]))
                self.leading = -float(operands[1]) if operator == "TD" else self.leading
            case "T*":
                self.move(0, -self.leading)
            case "Tj":
                self.show([operands[0]])
            case "TJ":
                self.show(list(operands[0]))
            case "'" | '"':
                self.move(0, -self.leading)
                self.show([operands[-1]])
            case "BDC" | "BMC":
                self.mark(operands)
            case "EMC":
                del self.marks[-1:]
            case _:
                pass

    def mark(self, operands: list[Any]) -> None:
        properties = operands[1] if len(operands) == 2 else None
        if not isinstance(properties, pikepdf.Dictionary) or "/MCID" not in properties:
            self.marks.append(-1)
            return
        self.marks.append(int(properties.MCID))
        if "/ActualText" in properties:
            self.said[self.marks[-1]] = str(properties.ActualText)

    def hear(self) -> None:
        """Take from /ActualText what paint cannot tell, and nothing else.

        That is the blank at the end of a line, and the order of text that runs from right to left:
        its characters are painted from left to right.
        """
        for mark, said in self.said.items():
            runs = self.found.setdefault(mark, [])
            painted = "".join(run.text for run in runs)
            if runs and said.rstrip() != painted and _same_in_other_order(said, painted):
                runs[0].text = said.rstrip()
                del runs[1:]
            elif said.rstrip() != painted:
                continue
            if said[-1:].isspace():
                runs.append(Run(" ", 0.0, 0.0, 0.0))

    def move(self, x: float, y: float) -> None:
        self.text = self.line = _multiply((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def show(self, pieces: list[Any]) -> None:
        mark = next((mark for mark in reversed(self.marks) if mark >= 0), -1)
        if mark < 0:
            return
        characters = self.fonts.get(self.state.font, {})
        text = "".join(
            _decoded(bytes(piece), characters)
            for piece in pieces
            if isinstance(piece, pikepdf.String)
        )
        place = _multiply(self.text, self.state.ctm)
        size = self.state.size * max(abs(place[3]), abs(place[1]))
        self.found.setdefault(mark, []).append(Run(text, place[4], place[5], size))


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return (a, b, c, d, e, f)


_MIRRORED: Final = str.maketrans(")]}>»", "([{<«")
_WORDS: Final = re.compile(r"\w+")


def _same_in_other_order(said: str, painted: str) -> bool:
    """Whether the text has just the characters that were painted, brackets mirrored.

    Letters and digits change places only in right-to-left text; in a line that runs from right to
    left, the signs between other words do. Marks of direction are never painted.
    """
    said, painted = said.translate(DIRECTION_MARKS), painted.translate(DIRECTION_MARKS)
    right_to_left = any(bidirectional(character) in ("R", "AL") for character in painted)
    if not right_to_left and _WORDS.findall(said) != _WORDS.findall(painted):
        return False
    first, second = (sorted("".join(text.split()).translate(_MIRRORED)) for text in (said, painted))
    return first == second


# ── fonts ────────────────────────────────────────────────────────────────────────────────────────

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _fonts(page: pikepdf.Page) -> dict[str, Mapping[int, str]]:
    """Font name -> glyph code (two bytes) -> characters."""
    fonts = page.resources.get("/Font", pikepdf.Dictionary())
    return {
        name: dict(_mappings(font.ToUnicode.read_bytes())) if "/ToUnicode" in font else {}
        for name, font in fonts.items()
    }


def _decoded(data: bytes, characters: Mapping[int, str]) -> str:
    codes = (data[at] << 8 | data[at + 1] for at in range(0, len(data) - 1, 2))
    return "".join(characters.get(code, _UNKNOWN) for code in codes)


def _mappings(cmap: bytes) -> Iterator[tuple[int, str]]:
    """The pairs of a ToUnicode CMap (PDF 1.7, 9.10.3)."""
    for kind, body in _SECTION.findall(cmap):
        tokens = [bytes(h) if not (o or c) else (o or c) for h, o, c in _TOKEN.findall(body)]
        yield from _chars(tokens) if kind == b"bfchar" else _ranges(tokens)


def _chars(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    for code, text in zip(tokens[::2], tokens[1::2], strict=False):
        yield int(code, 16), _utf16(text)


def _ranges(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    position = 0
    while position + 2 < len(tokens):
        first, last, start = (
            int(tokens[position], 16),
            int(tokens[position + 1], 16),
            tokens[position + 2],
        )
        position += 3
        if start == b"[":
            end = tokens.index(b"]", position)
            yield from zip(range(first, last + 1), map(_utf16, tokens[position:end]), strict=False)
            position = end + 1
        else:
            text = _utf16(start)
            for code in range(first, min(last, first + 0xFFFF) + 1):
                yield code, text[:-1] + chr(ord(text[-1]) + code - first)


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
