"""BibTeX source -> raw entries with places.

pybtex's parser (see `bibtex_scanner`) reads names, values and strings; this file puts them together
to entries and goes on after mistakes.  An entry is never read past the next line that begins one,
so a missing brace costs one entry at most; inside an entry, reading goes on at the next field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any, Final

from tcit_export import limits
from tcit_export.bibliography import mistakes
from tcit_export.bibliography.bibtex_scanner import (
    BadSyntax,
    EntryEndsEarly,
    Scanner,
    months,
    plain_words,
)
from tcit_export.bibliography.inherit import inherit
from tcit_export.bibliography.library import Field, RawEntry
from tcit_export.bibliography.mistakes import short
from tcit_export.diagnostic import Diagnostic, Location, Parsed, Related
from tcit_export.patterns import late
from tcit_export.source import Source, Span

_COMMAND: Final = re.compile(
    r"(?:(?:^|(?<=[})]))[ \t]*|(?<=\s)(?=@[A-Za-z]+\s*[{(]\s*[^\s,{}()]+\s*,))"
    r"(?P<at>@)[ \t]*(?P<name>[A-Za-z][\w:.+/-]*)\s*(?P<open>[{(]?)",
    re.M,
)
"""At the beginning of a line, behind another entry, or wherever a key and a comma follow."""
_COMMENT_LINE: Final = re.compile(r"[ \t]*%")
_NEXT_ENTRY: Final = re.compile(
    r"\n[ \t]*@[ \t]*(?:(?:string|preamble|comment)\s*[{(]"
    r"|[A-Za-z][\w:.+/-]*\s*[{(][^\n{}=]*(?:,|$))",
    re.M | re.I,
)
_FIELD_LINE: Final = late(
    r"^[ \t]*,?[ \t]*(?P<name>[A-Za-z][\w:+.-]*)[ \t]*=[ \t]*(?=[{\"\w\n])", re.M
)
_NEXT_FIELD: Final = late(
    r"[,;]\s*(?=[A-Za-z][\w:+.-]*\s*=)|^[ \t]*(?=[A-Za-z][\w:+.-]*\s*=)", re.M
)
_USUAL_FIELD: Final = late(r"(?P<name>[A-Za-z][\w:+-]*)\s*=\s*")
"""How nearly all fields begin; pybtex's own tokens, which allow more, cost more time."""
_PLAIN_FIELD: Final = re.compile(
    r"(?P<name>[A-Za-z](?:[\w:+-]*[\w+-])?)\s*=\s*"
    r"\{(?P<value>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*(?:,\s*|(?=\}))"
)
"""The whole of a field in braces, with single words in braces of their own, as nearly all are."""
_ASSIGNMENT: Final = late(r"\s*[A-Za-z][\w:+.-]*\s*=")
_LOST_TEXT: Final = re.compile(r"[{}]|[\w+-]+[ \t]*=[ \t]*[{\"\d]")
_BLANKS: Final = re.compile(r"[ \t\n]+")
_PARAGRAPH: Final = late(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")
_KEY: Final = re.compile(r"[^,{}()=\n\"]*(?:\([^,{}()=\n]*\)[^,{}()=\n]*)*")
_KEY_AND_NAME: Final = late(r"(?P<key>\S+?);?\s+(?P<name>[A-Za-z][\w:+.-]*)")
_BAD_IN_KEY: Final = re.compile(r"[\s{}=\"#%\\~<>@]")
_BARE_VALUE: Final = re.compile(r"[^,{}\n]*")
_KNOWN_COMMANDS: Final = frozenset(
    """article book booklet inbook incollection inproceedings conference manual mastersthesis
    phdthesis thesis misc proceedings techreport unpublished online electronic www report collection
    reference inreference periodical patent dataset software video audio image string preamble
    comment xdata set mvbook mvcollection bookinbook suppbook artwork jurisdiction legislation
    """.split()
)
_PARAGRAPHS_KEPT: Final = frozenset(["abstract", "annotation", "annote", "readnote"])


def parse(sources: Sequence[Source]) -> Parsed[tuple[RawEntry, ...]]:
    """All entries of the sources, in order, with the fields that they inherit.

    Never raises on what the sources hold: every mistake is a diagnostic, and everything that can
    be read around it is.  `@string`s are shared by all sources, those of earlier ones first.  Of
    several entries with one key the first is kept.
    """
    macros = months()
    diagnostics: list[Diagnostic] = []
    entries: list[RawEntry] = []
    for number, source in enumerate(sources):
        reader = _Reader(source, macros, later=sources[number + 1 :])
        reader.read()
        entries.extend(reader.entries)
        diagnostics.extend(reader.diagnostics)
    unique = _unique(entries, diagnostics)
    inherited = inherit(unique)
    return Parsed(inherited.value, (*diagnostics, *inherited.diagnostics))


def _unique(entries: Sequence[RawEntry], diagnostics: list[Diagnostic]) -> list[RawEntry]:
    """The entries without those whose key an earlier one has."""
    by_key: dict[str, RawEntry] = {}
    by_folded: dict[str, RawEntry] = {}
    for entry in entries:
        first = by_key.setdefault(entry.key, entry)
        if first is not entry:
            same = _content(first) == _content(entry)
            kind = mistakes.REPEATED_ENTRY if same else mistakes.DUPLICATE_KEY
            diagnostics.append(
                kind.at(
                    entry.location(),
                    f"`{short(entry.key)}` is the key of an earlier entry too",
                    hints=["take one of them out" if same else "give one of them another key"],
                    related=[Related("the first one", first.location())],
                )
            )
            continue
        twin = by_folded.setdefault(entry.key.casefold(), entry)
        if twin is not entry:
            other = short(twin.key)
            diagnostics.append(
                mistakes.KEYS_DIFFER_BY_CASE.at(
                    entry.location(),
                    f"`{short(entry.key)}` differs from `{other}` only in capital letters",
                    related=[Related(f"`{other}`", twin.location())],
                )
            )
    return list(by_key.values())


def _content(entry: RawEntry) -> tuple[str, dict[str, str]]:
    """What an entry says, wherever it stands."""
    return entry.type, {name: field.value for name, field in entry.fields.items()}


class _Reader(Scanner):
    """Reads the entries of one source, and goes on after every mistake."""

    def __init__(
        self, source: Source, macros: MutableMapping[str, str], later: Sequence[Source] = ()
    ) -> None:
        super().__init__(source, macros)
        self.entries: list[RawEntry] = []
        self.later = later
        self.later_macros: MutableMapping[str, str] | None = None

    # ------------------------------------------------------------ the file

    def read(self) -> None:
        """All commands of the file, in order."""
        if len(self.text) > limits.BIBTEX_BYTES:
            message = f"the file has {len(self.text):,} characters"
            self.report(mistakes.TOO_LARGE, Span(0, 1), message)
            return
        read_to, last_key, following = 0, "", 0
        file_end = len(self.text)
        for command in self._commands():
            self._check_between(read_to, command.start("at"), last_key)
            if not command["open"]:
                self._missing_brace(command)
                read_to, last_key = command.end(), ""
                continue
            if following < command.end():
                found = _NEXT_ENTRY.search(self.text, command.end())
                following = found.start() + 1 if found else file_end
            self.end_pos, self.pos = following, command.end()
            last_key = self._read_command(command)
            read_to = self.pos = max(self.pos, command.end())
            self.end_pos = file_end
        self._check_between(read_to, file_end, last_key)

    def _commands(self) -> Iterator[re.Match[str]]:
        """The commands of the file, each searched behind what the one before it has taken."""
        self.pos = line = searched = 0
        while command := _COMMAND.search(self.text, self.pos):
            at, self.pos = command.start("at"), command.end()
            line = max(line, self.text.rfind("\n", searched, at) + 1)
            searched = at
            if not _COMMENT_LINE.match(self.text, line):
                yield command

    def read_strings(self) -> None:
        """Only the `@string`s: what another file may need that is read before this one."""
        for command in self._commands():
            if command["open"] and command["name"].lower() == "string":
                self._read_command(command)

    def _read_command(self, command: re.Match[str]) -> str:
        """One `@...{...}` from behind its opening delimiter. Returns the key of an entry."""
        name = command["name"].lower()
        self.command_start = command.start("at")
        body_end = self.RBRACE if command["open"] == "{" else self.RPAREN
        try:
            match name:
                case "comment":
                    self._skip_comment(command)
                case "string" | "preamble":
                    self._read_definition(name, body_end)
                case _:
                    return self._read_entry(name, body_end, command)
        except (BadSyntax, EntryEndsEarly) as error:
            self._unreadable(name, error)
        return ""

    def _skip_comment(self, command: re.Match[str]) -> None:
        """`@comment{...}` with all that it holds; where it is not closed, the word alone."""
        end = self.partner(command.end() - 1) if command["open"] == "{" else -1
        self.pos = end + 1 if end >= 0 else command.end()

    def _read_definition(self, name: str, body_end: Any) -> None:
        """`@string{name = value}` or `@preamble{value}`."""
        if name == "preamble":
            self.parse_value()
        else:
            before = self.pos
            self.parse_string_body(body_end)
            value = self.limited(self.current_field_name, Span(before, self.value_end))
            self.macros[self.current_field_name] = value
        self.required([body_end])

    def _unreadable(self, name: str, error: Exception) -> None:
        span = Span(self.command_start, self.line_end(self.command_start))
        if name == "string":
            message = "this `@string` cannot be read"
            self.report(mistakes.INVALID_STRING, span, message, plain_words(error))
        else:
            message = f"this `@{name}` cannot be read"
            self.report(mistakes.UNREADABLE_ENTRY, span, message, plain_words(error))
        self.pos = self.end_pos

    def _missing_brace(self, command: re.Match[str]) -> None:
        if command["name"].lower() in _KNOWN_COMMANDS:
            self.report(
                mistakes.MISSING_BRACE,
                Span(command.start("at"), command.end("name")),
                f"no `{{` follows `@{command['name']}`",
                f"write `@{command['name']}{{key,`",
            )

    def _check_between(self, start: int, end: int, last_key: str) -> None:
        """Text between entries is a comment, unless it looks like something lost."""
        position = start
        while lost := _LOST_TEXT.search(self.text, position, end):
            line = max(start, self.text.rfind("\n", 0, lost.start()) + 1)
            position = min(end, self.line_end(lost.start()))
            typed = self.text[line:position].strip(" \t,")
            if typed.startswith("%"):
                continue
            first = self.text.index(typed, line)
            hint = (
                "a `}` too many may have closed the entry early"
                if last_key
                else "put `%` in front of a comment, or `@comment{...}` around it"
            )
            message = f"`{typed[:40]}` is not read" + (
                f" after the entry `{short(last_key)}`" if last_key else ""
            )
            span = Span(first, first + len(typed))
            self.report(mistakes.TEXT_AFTER_ENTRY, span, message, hint)
            return

    def string_of_later_file(self, name: str) -> str | None:
        """A string that a file read after this one defines."""
        if self.later_macros is None:
            self.later_macros = months()
            for source in self.later:
                _Reader(source, self.later_macros).read_strings()
        return self.later_macros.get(name)

    # ------------------------------------------------------------ one entry

    def _read_entry(self, kind: str, body_end: Any, command: re.Match[str]) -> str:
        """An entry from behind its opening brace; it is kept if it has a key."""
        key_span = self._read_key(command)
        key = self.text[key_span.start : key_span.end]
        fields: dict[str, Field] = {}
        self._read_fields(key, body_end, fields)
        if key:
            span = Span(self.command_start, self.pos)
            self.entries.append(RawEntry(key, kind, fields, self.source, span, key_span))
        return key

    def _read_key(self, command: re.Match[str]) -> Span:
        """The key and the comma behind it. The span is empty where the key is missing."""
        self.eat_whitespace()
        start = self.pos
        found = _KEY.match(self.text, start, self.end_pos)
        end = found.end() if found else start
        follows = self.text[end : end + 1] if end < self.end_pos else ""
        typed = self.text[start:end].rstrip()
        if follows == "=" and (glued := _KEY_AND_NAME.fullmatch(typed)):
            # `@book{key title = ...`: the last word is the first field's name.
            typed, end, follows = glued["key"], start + glued.start("name"), ""
            self._missing_comma(start + len(typed), f"the key `{short(typed)}`")
        if follows == "=" or not typed:
            return self._no_key(command, start)
        span = Span(start, start + len(typed))
        if bad := _BAD_IN_KEY.search(typed):
            shown = "a blank" if bad[0].isspace() else f"`{bad[0]}`"
            message = f"the key `{short(typed)}` has {shown} in it"
            self.report(mistakes.INVALID_KEY, span, message, "use letters, digits, `-`, `_`, `:`")
        self.pos = end
        if follows == ",":
            self.pos += 1
        elif follows == "\n" and _ASSIGNMENT.match(self.text, end, self.end_pos):
            self._missing_comma(span.end, f"the key `{short(typed)}`")
        return span

    def _no_key(self, command: re.Match[str], start: int) -> Span:
        span = Span(command.start("at"), command.end("name"))
        message = f"this `@{command['name']}` has no key"
        self.report(mistakes.MISSING_KEY, span, message, f"write `@{command['name']}{{key,`")
        self.pos = start
        if self.text.startswith(",", start):
            self.pos += 1
        return Span(start, start)

    def _read_fields(self, key: str, body_end: Any, fields: dict[str, Field]) -> None:
        """Fields up to the closing delimiter, which is taken too."""
        closing = "}" if body_end is self.RBRACE else ")"
        while True:
            self.eat_whitespace()
            self._read_plain_fields(fields)
            if self.pos >= self.end_pos:
                self._unclosed_entry(key)
                return
            character = self.text[self.pos]
            if character == closing:
                self.pos += 1
                return
            if character == ",":
                self.pos += 1
                continue
            if character == "%":
                self._comment()
                continue
            if not self._read_field(closing, fields) and not self._resume():
                return

    def _comment(self) -> None:
        """A line that someone has taken out with `%`."""
        end = min(self.line_end(self.pos), self.end_pos)
        message = f"`{self.text[self.pos : min(end, self.pos + 40)]}` is left out"
        self.report(mistakes.COMMENT_IN_ENTRY, Span(self.pos, end), message, "take the line out")
        self.pos = end

    def _read_plain_fields(self, fields: dict[str, Field]) -> None:
        """Each `name = {value},` of the plainest form, at one look, up to one of another."""
        while found := _PLAIN_FIELD.match(self.text, self.pos, self.end_pos):
            start, end = found.span("value")
            span = Span(start - 1, end + 1)
            self.current_value = [found["value"]]
            value = self.limited(found["name"], span)
            self._add(fields, Span(*found.span("name")), span, value)
            self.pos = found.end()

    def _read_field(self, closing: str, fields: dict[str, Field]) -> bool:
        """One `name = value`. False where the reader does not know how to go on."""
        start = self.pos
        usual = _USUAL_FIELD.match(self.text, start, self.end_pos)
        name = usual["name"] if usual else self.field_name()
        if not name:
            self._unexpected(start)
            return False
        name = name.rstrip(":")  # `title: {...}`
        name_span = Span(start, start + len(name))
        try:
            self.current_field_name = name
            if usual:
                self.pos = usual.end()
            elif not self._read_equals(name_span):
                return False
            self.eat_whitespace()
            value_start = self.pos
            self.parse_value()
        except EntryEndsEarly:
            return self._unclosed_value(name_span, fields)
        except BadSyntax:
            return self._bad_value(name_span)
        span = Span(value_start, self.value_end)
        self._add(fields, name_span, span, self.limited(name, span))
        return self._after_value(name_span, span, closing, fields)

    def _read_equals(self, name: Span) -> bool:
        """The equals sign; a value that follows without one is read all the same."""
        if self.optional([self.EQUALS]):
            return True
        word = short(self.text[name.start : name.end])
        self.report(
            mistakes.MISSING_EQUALS,
            name,
            f"no `=` follows the field name `{word}`",
            f"write `{word} = {{...}}`",
        )
        return self.text[self.pos : self.pos + 1] in ("{", '"')

    def _bad_value(self, name: Span) -> bool:
        """What stands where a value should is none."""
        word = short(self.text[name.start : name.end])
        if self.too_deep:
            self.too_deep = False
            message = f"the braces of `{word}` are nested more than {limits.BIBTEX_BRACES} deep"
            self.report(mistakes.TOO_DEEP, name, message)
        else:
            message = f"the field `{word}` has no value"
            self.report(mistakes.MISSING_VALUE, name, message, f"write `{word} = {{...}}`")
        return self.text[self.pos : self.pos + 1] in (",", "}", ")")

    def _after_value(self, name: Span, value: Span, closing: str, fields: dict[str, Field]) -> bool:
        """What follows a value: a comma or the end, or a mistake."""
        self.eat_whitespace()
        if self.pos >= self.end_pos:
            # The value may have taken the fields after it, and the entry's own brace.
            return self._swallowed(name, value, fields)
        if self.text[self.pos] in (",", closing):
            return True
        word = short(self.text[name.start : name.end])
        if self.text[self.pos] == "}":
            self._unexpected(self.pos)
            return False
        if _ASSIGNMENT.match(self.text, self.pos, self.end_pos) and not self._same_token(value):
            self._missing_comma(value.end, f"the field `{word}`")
            return True
        if self.bare:
            return self._bare_value(name, value, fields)
        if _FIELD_LINE.search(self.text, value.start + 1, value.end + 1):
            return self._swallowed(name, value, fields)
        self._unexpected(self.pos)
        return False

    def _same_token(self, value: Span) -> bool:
        return self.bare and self.pos == value.end

    def _bare_value(self, name: Span, value: Span, fields: dict[str, Field]) -> bool:
        """`pages = 12--15`: a value that should be in braces."""
        found = _BARE_VALUE.match(self.text, value.start, self.end_pos)
        typed = found[0].rstrip() if found else ""
        span = Span(value.start, value.start + len(typed))
        word = short(self.text[name.start : name.end])
        self.report(
            mistakes.UNQUOTED_VALUE,
            span,
            f"the value of `{word}` is not in braces",
            f"write `{word} = {{{short(typed)}}}`",
        )
        self.pos = max(span.end, value.end)
        lower = self.text[name.start : name.end].lower()
        fields[lower] = Field(lower, typed, name, span)
        return True

    def _add(self, fields: dict[str, Field], name: Span, span: Span, value: str) -> None:
        """Keep a field, unless the entry has one of that name already."""
        word = self.text[name.start : name.end]
        lower = word.lower()
        field = Field(lower, _folded(lower, value), name, span)
        first = fields.setdefault(lower, field)
        if first is not field:
            same = first.value == field.value
            self.diagnostics.append(
                (mistakes.REPEATED_FIELD if same else mistakes.DUPLICATE_FIELD).at(
                    Location(self.source, name),
                    f"the field `{short(word)}` stands in this entry twice",
                    hints=["take one of them out"],
                    related=[Related("the first one", Location(self.source, first.name_span))],
                )
            )

    # ------------------------------------------------------------ going on after a mistake

    def _resume(self) -> bool:
        """Go to the next field of the entry. False where there is none: to the entry's end."""
        found = _NEXT_FIELD.search(self.text, self.pos, self.end_pos)
        if found:
            self.pos = max(found.end(), self.pos)
            return True
        closing = self.text.rfind("}", self.pos, self.end_pos)
        self.pos = closing + 1 if closing >= 0 else self.end_pos
        return False

    def _unclosed_value(self, name: Span, fields: dict[str, Field]) -> bool:
        """A value whose `{` or `"` is still open at the end of the entry's text, or is missing."""
        if self.string_start < name.end:
            self.pos = self.end_pos
            return True  # the entry itself is not closed; _read_fields says so
        return self._cut_value(name, Span(self.string_start, self.end_pos), fields)

    def _swallowed(self, name: Span, value: Span, fields: dict[str, Field]) -> bool:
        """The entry ends with a value: did that take the fields that follow it?"""
        if not _FIELD_LINE.search(self.text, value.start + 1, value.end + 1):
            return True  # the entry itself is not closed; _read_fields says so
        fields.pop(self.text[name.start : name.end].lower(), None)
        return self._cut_value(name, value, fields)

    def _cut_value(self, name: Span, value: Span, fields: dict[str, Field]) -> bool:
        """End an unclosed value before the next line that looks like a field."""
        word = short(self.text[name.start : name.end])
        mark = self.text[value.start]
        self.report(
            mistakes.UNCLOSED_VALUE,
            Span(value.start, value.start + 1),
            f"the `{mark}` of the field `{word}` is not closed",
            f"put `{'}' if mark == '{' else mark}` at the end of the value",
        )
        found = _FIELD_LINE.search(self.text, value.start + 1, value.end + 1)
        if found:
            end, self.pos = found.start(), found.start("name")
        else:
            closing = self.text.rfind("}", value.start, self.end_pos)
            end = self.pos = closing if closing >= 0 else self.end_pos
        typed = self.text[value.start + 1 : end].rstrip(" \t\n,")
        self._add(fields, name, Span(value.start, value.start + 1 + len(typed)), typed)
        return True

    def _unclosed_entry(self, key: str) -> None:
        span = Span(self.command_start, self.line_end(self.command_start))
        message = f"the entry `{short(key)}` is not closed" if key else "this entry is not closed"
        self.report(mistakes.UNCLOSED_ENTRY, span, message, "put `}` at its end")

    def _missing_comma(self, position: int, after: str) -> None:
        span = Span(max(0, position - 1), position)
        message = f"a comma is missing after {after}"
        self.report(mistakes.MISSING_COMMA, span, message, "put `,` here")

    def _unexpected(self, position: int) -> None:
        end = min(self.line_end(position), self.end_pos)
        word = self.text[position : min(end, position + 40)].rstrip()
        span = Span(position, max(position + 1, position + len(word)))
        message = f"`{word}` is neither a field nor the end of the entry"
        self.report(mistakes.UNEXPECTED_TEXT, span, message)
        self.pos = max(self.pos, position)


def _folded(name: str, value: str) -> str:
    """White space as BibTeX takes it: single blanks. Annotations keep their paragraphs."""
    if "\n" not in value and "\t" not in value and "  " not in value:
        return value.strip(" ")
    if name in _PARAGRAPHS_KEPT and "\n" in value:
        return "\n\n".join(
            _BLANKS.sub(" ", part).strip() for part in _PARAGRAPH.split(value.strip())
        )
    return _BLANKS.sub(" ", value).strip(" ")
