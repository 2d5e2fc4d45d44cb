"""pybtex's low-level BibTeX parser, made to record places. The only file that knows pybtex.

pybtex gives its patterns, its tokens, its `@string`s and months, and its values joined with `#`.
Added are the place of each value, limits on length and depth, and an end (`end_pos`) past which an
entry is never read.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any, Final

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError, Token
from pybtex.utils import CaseInsensitiveDict

from tcit_export import limits
from tcit_export.bibliography import mistakes
from tcit_export.bibliography.mistakes import short
from tcit_export.diagnostic import Diagnostic, Kind, Location, nearest
from tcit_export.source import Source, Span

BadSyntax: Final = PybtexSyntaxError
_CONTROL_CHARACTER: Final = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
# Twice, for `re` looks for a class much faster than for a repeated one.
_CONTROL: Final = re.compile(f"{_CONTROL_CHARACTER}{_CONTROL_CHARACTER}*")
_BRACES: Final = re.compile(r"[{}]")
_BRACES_AND_QUOTE: Final = re.compile(r'[{}"]')
_CONTROLS_REPORTED: Final = 20
_HINTED: Final = 20
"""Mistakes of a file for which the nearest known name is looked up, which costs time."""


def months() -> MutableMapping[str, str]:
    """The strings that every file knows: the months, by their English abbreviations."""
    macros: MutableMapping[str, str] = CaseInsensitiveDict(month_names)
    return macros


class EntryEndsEarly(Exception):  # noqa: N818 - a signal between two files, never an error
    """The text that an entry may take is used up before its closing brace."""


class Scanner(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """pybtex's parser over one source. `end_pos` is where the entry at hand must end."""

    text: str
    pos: int
    end_pos: int

    def __init__(self, source: Source, macros: MutableMapping[str, str]) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.expanded = 0
        self.value_end = 0
        self.string_start = 0
        self.bare = False
        self.too_deep = False
        self._doubt = False
        self._partners: dict[int, int] | None = None
        super().__init__(self._readable(source.text), macros=macros, filename=source.path)

    def _readable(self, text: str) -> str:
        """The text with a blank for each control character, so that all places stay."""
        if not _CONTROL.search(text):
            return text
        for found in list(_CONTROL.finditer(text))[:_CONTROLS_REPORTED]:
            codes = ", ".join(f"U+{ord(character):04X}" for character in found[0][:3])
            self.report(
                mistakes.CONTROL_CHARACTER, Span(*found.span()), f"`{codes}` cannot be shown"
            )
        return _CONTROL.sub(lambda found: " " * len(found[0]), text)

    # ------------------------------------------------------------ pybtex's steps, with places

    def update_lineno(self, value: str) -> None:
        """Lines are counted by `Source`, only where something is reported."""

    def eat_whitespace(self) -> None:
        if self.pos < self.end_pos and "!" <= self.text[self.pos] <= "~":
            return
        found = self.WHITESPACE.match(self.text, self.pos, self.end_pos)
        if found:
            self.pos = found.end()

    def get_token(self, patterns: Sequence[Any], allow_eof: bool = False) -> Token | None:
        """The next token if it fits one of the patterns, inside the entry's text."""
        self.eat_whitespace()
        if self.pos >= self.end_pos:
            raise EntryEndsEarly
        for pattern in patterns:
            found = pattern.match(self.text, self.pos, self.end_pos)
            if found:
                self.pos = found.end()
                return Token(found[0], pattern)
        return None

    def field_name(self) -> str:
        """A field's name, by pybtex's rule of what may be in one; empty if there is none."""
        name = self.optional([self.NAME])
        return str(name.value) if name else ""

    def parse_value(self) -> None:
        """Parts joined with `#`; `value_end` is where the last one ends."""
        parts = [self.parse_value_part()]
        while True:
            self.eat_whitespace()
            if not self.text.startswith("#", self.pos) or self.pos >= self.end_pos:
                break
            self.pos += 1
            parts.append(self.parse_value_part())
        self.current_value = parts

    def parse_value_part(self) -> str:
        """A number, a string's name, or text in braces or quotation marks."""
        self.eat_whitespace()
        mark = self.text[self.pos : self.pos + 1] if self.pos < self.end_pos else ""
        self.bare = mark not in ("{", '"')
        if self.bare:
            part: str = super().parse_value_part()
        else:
            self.string_start = self.pos
            self.pos += 1
            part = self._delimited(mark)
        self.value_end = self.pos
        return part

    def _delimited(self, mark: str) -> str:
        """Text up to its closing brace or quotation mark, without it."""
        start, text = self.pos, self.text
        self.too_deep = False
        if mark == "{":
            self._check_partner(start - 1)
            end = text.find("}", start, self.end_pos)
            if end >= 0 and text.find("{", start, end) < 0:
                self.pos = end + 1
                return text[start:end]
        depth = 0
        marks = _BRACES if mark == "{" else _BRACES_AND_QUOTE
        for found in marks.finditer(text, start, self.end_pos):
            character = found[0]
            if character == "{":
                if depth == 0:
                    self._check_partner(found.start())
                depth += 1
                self.too_deep = self.too_deep or depth > limits.BIBTEX_BRACES
            elif depth == 0:
                if character == "}" and mark == '"':
                    break
                return self._delimited_end(start, found.end())
            elif character == "}":
                depth -= 1
        self._doubt = True
        raise EntryEndsEarly

    def _check_partner(self, brace: int) -> None:
        """Give up at once on a brace that is never closed, after one has been met in the file.

        Without this, each of many unclosed braces would be looked for up to the end.
        """
        if self._doubt and self.partner(brace) < 0:
            raise EntryEndsEarly

    def partner(self, brace: int) -> int:
        """The place of the `}` that closes a `{`; -1 if there is none. All are paired at once."""
        if self._partners is None:
            self._partners = {}
            waiting: list[int] = []
            for found in _BRACES.finditer(self.text):
                if found[0] == "{":
                    waiting.append(found.start())
                elif waiting:
                    self._partners[waiting.pop()] = found.start()
        return self._partners.get(brace, -1)

    def _delimited_end(self, start: int, end: int) -> str:
        self.pos = end
        if self.too_deep:
            raise PybtexSyntaxError("too many nested braces", self)
        return self.text[start : end - 1]

    def substitute_macro(self, name: str) -> str:
        """A `@string`'s text; an unknown name stands for itself, and is reported."""
        try:
            return str(self.macros[name])
        except KeyError:
            pass
        found = self.string_of_later_file(name)
        if found is not None:
            return found
        near = nearest(name, self.macros) if len(self.diagnostics) < _HINTED else None
        self.report(
            mistakes.UNDEFINED_STRING,
            Span(self.pos - len(name), self.pos),
            f"`{short(name)}` is not the name of a `@string`",
            f"did you mean `{near}`?" if near else f"put it into braces: `{{{short(name)}}}`",
        )
        return name

    def string_of_later_file(self, name: str) -> str | None:
        """A string that only another file defines; the reader of files knows."""
        return None

    def limited(self, name: str, span: Span) -> str:
        """The current value in one piece, or nothing where it is too long."""
        parts = self.current_value
        length = sum(map(len, parts))
        self.expanded += length
        if length <= limits.BIBTEX_VALUE and self.expanded <= limits.BIBTEX_BYTES:
            return parts[0] if len(parts) == 1 else "".join(parts)
        if length > limits.BIBTEX_VALUE:
            message = f"the value of `{short(name)}` has {length:,} characters"
            self.report(mistakes.VALUE_TOO_LONG, span, message)
        elif self.expanded - length <= limits.BIBTEX_BYTES:
            message = f"with its `@string`s the file passes {limits.BIBTEX_BYTES:,} characters"
            self.report(mistakes.TOO_LARGE, span, message)
        return ""

    # ------------------------------------------------------------ reporting

    def handle_error(self, error: Exception) -> None:
        """pybtex's way to report; all that it finds is found here before."""
        raise error

    def report(self, kind: Kind, span: Span, message: str, *hints: str) -> None:
        self.diagnostics.append(
            kind.at(Location(self.source, span), message, hints=[hint for hint in hints if hint])
        )

    def line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end


def plain_words(error: Exception) -> str:
    """pybtex's message as a hint."""
    if isinstance(error, EntryEndsEarly):
        return "its closing delimiter is missing"
    return str(error).split(": ", 1)[-1]
