"""Text -> queries, sort keys and groupings, with a diagnostic for each mistake.

    query     = alternative { "or" alternative }
    alternative = condition { "and" condition }
    condition = "not" condition | "(" query ")" | flag | field operator values
    operator  = ":" | "=" | "!=" | "<" | "<=" | ">" | ">="
    values    = value | "(" value { "," value } ")"
    value     = word | quoted words | number "-" number

Letters may be small or large. Nothing raises: what cannot be understood is told and left out.
`source` and `start` say where the text stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tcit_export import limits
from tcit_export.diagnostic import Diagnostic, Kind, Location, Parsed, nearest
from tcit_export.query import mistakes
from tcit_export.query.fields import (
    FIELDS,
    GROUP_FIELDS,
    OPERATORS,
    SORT_FIELDS,
    Shape,
    group_field,
    query_field,
    sort_field,
)
from tcit_export.query.syntax import And, Grouping, Not, Operator, Or, Query, SortKey, Term
from tcit_export.source import Source, Span

_BLANK: Final = re.compile(r"\s*")
_OPERATOR: Final = re.compile(r"!=|<=|>=|[:=<>]")
_FIELD: Final = re.compile(r"""[^\s()"'“”,:=<>!]+""")
_VALUE: Final = re.compile(r"""[^\s()"“”,]+""")
_QUOTED: Final = re.compile(r""""(?P<double>[^"]*)"|'(?P<single>[^']*)'|“(?P<curly>[^”]*)”""")
_QUOTES: Final = "\"'“"
_JOINING: Final = ("and", "or", "not")
_NUMBER: Final = re.compile(r"-?\d{1,4}")
_RANGE: Final = re.compile(r"(\d{1,4})\s*(?:-{1,3}|–|—)\s*(\d{1,4})")


def parse_query(text: str, source: Source, start: int = 0) -> Parsed[Query | None]:
    """What `select` says; None where nothing of it can be understood."""
    parser = _Parser(text, source, start)
    return Parsed(parser.whole(), tuple(parser.diagnostics))


def parse_sort(text: str, source: Source, start: int = 0) -> Parsed[tuple[SortKey, ...]]:
    """What `sort` says: `importance, -year`."""
    parser = _Parser(text, source, start)
    return Parsed(parser.sort_keys(), tuple(parser.diagnostics))


def parse_grouping(text: str, source: Source, start: int = 0) -> Parsed[Grouping | None]:
    """What `group` says: `week`, or `topic: Tears, Empathy, *`; None for `none` and mistakes."""
    parser = _Parser(text, source, start)
    return Parsed(parser.grouping(), tuple(parser.diagnostics))


def number_range(value: str) -> tuple[int, int] | None:
    """The first and the last number of `1990-1999` or `2001`; None where it is neither."""
    value = value.strip()
    if _NUMBER.fullmatch(value):
        return int(value), int(value)
    found = _RANGE.fullmatch(value)
    return (int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class _Value:
    """One value, with its place in the text."""

    text: str
    start: int
    end: int


class _Parser:
    """A scanner over one text. Methods take what they name from `pos` on."""

    def __init__(self, text: str, source: Source, start: int) -> None:
        self.text = text
        self.source = source
        self.start = start
        self.pos = 0
        self.depth = 0
        self.open_told = False
        self.diagnostics: list[Diagnostic] = []

    # ── places and mistakes ──────────────────────────────────────────────────────────────────

    def report(self, kind: Kind, start: int, end: int, message: str, *hints: str) -> None:
        span = Span(start, max(start, end)).shifted(self.start)
        self.diagnostics.append(kind.at(Location(self.source, span), message, hints=hints))

    def blank(self) -> int:
        """Pass white space; the place behind it."""
        found = _BLANK.match(self.text, self.pos)
        self.pos = found.end() if found else self.pos
        return self.pos

    def at_end(self) -> bool:
        return self.blank() >= len(self.text)

    def too_long(self) -> bool:
        if len(self.text) <= limits.QUERY_CHARACTERS:
            return False
        message = f"this has {len(self.text):,} characters; {limits.QUERY_CHARACTERS:,} are allowed"
        self.report(mistakes.QUERY_TOO_LARGE, 0, 1, message)
        return True

    def empty(self, what: str, hint: str) -> bool:
        if self.text.strip():
            return False
        self.report(mistakes.MALFORMED_QUERY, 0, len(self.text), f"{what} is empty", hint)
        return True

    def joining(self, *words: str) -> str:
        """`and`, `or` or `not`, if one of these stands here; it is taken."""
        self.blank()
        found = _FIELD.match(self.text, self.pos)
        if found is None or found[0].casefold() not in words or not self.is_joining(found):
            return ""
        self.pos = found.end()
        return found[0].casefold()

    def is_joining(self, word: re.Match[str]) -> bool:
        """Whether a word is `and`, `or` or `not`, and no field's name before an operator."""
        follows = _OPERATOR.match(self.text, word.end())
        return word[0].casefold() in _JOINING and follows is None

    # ── queries ──────────────────────────────────────────────────────────────────────────────

    def whole(self) -> Query | None:
        """The query that is the whole text."""
        if self.too_long() or self.empty("the query", "for example: keyword:crying"):
            return None
        queries = [self.alternatives()]
        while not self.at_end():
            if self.text[self.pos] == ")":
                message = "this `)` closes nothing"
                self.report(mistakes.MALFORMED_QUERY, self.pos, self.pos + 1, message)
                self.pos += 1
                if self.at_end():
                    break
                self.joining("and", "or")
            before = self.pos
            queries.append(self.alternatives())
            self.pos = max(self.pos, before + 1)
        return _together(And, queries)

    def alternatives(self) -> Query | None:
        """Conditions joined by `or`."""
        queries = [self.conditions()]
        while self.joining("or"):
            queries.append(self.conditions())
        return _together(Or, queries)

    def conditions(self) -> Query | None:
        """Conditions joined by `and`; where the word is missing, it is told and supposed."""
        queries = [self.condition()]
        while not self.at_end() and self.text[self.pos] != ")":
            before = self.pos
            if self.joining("or"):
                self.pos = before
                break
            if not self.joining("and") and not self.not_joined():
                continue
            queries.append(self.condition())
            self.pos = max(self.pos, before + 1)  # whatever happens, each round takes something
        return _together(And, queries)

    def not_joined(self) -> bool:
        """Two conditions side by side. False where the second is no condition, and passed."""
        word = _FIELD.match(self.text, self.pos)
        if word is not None and (
            word[0].casefold() == "not" or self.names_field(word[0], word.end())
        ):
            hint = f"write `and` or `or` before `{word[0]}`"
            self.report(
                mistakes.MALFORMED_QUERY,
                word.start(),
                word.end(),
                f"`{word[0]}` follows a condition without `and` or `or`",
                hint,
            )
            return True
        if self.text[self.pos] == "(":
            message = "a `(` follows a condition without `and` or `or`"
            self.report(mistakes.MALFORMED_QUERY, self.pos, self.pos + 1, message)
            return True
        value = self.value(in_list=False)
        end = value.end if value else self.pos + 1
        typed = self.text[self.pos : end] if value is None else self.text[value.start : end]
        begin = self.pos if value is None else value.start
        hints = ['put several words in quotation marks: title:"two words"']
        self.report(
            mistakes.MALFORMED_QUERY, begin, end, f"`{typed}` belongs to no condition", *hints
        )
        self.pos = max(end, self.pos)
        return False

    def names_field(self, word: str, end: int) -> bool:
        """Whether a word begins a condition."""
        name = query_field(word)
        follows = _BLANK.match(self.text, end)
        operator = _OPERATOR.match(self.text, follows.end() if follows else end)
        return operator is not None or (name is not None and FIELDS[name] is Shape.FLAG)

    def condition(self) -> Query | None:
        """A condition, with the `not`s before it."""
        nots = 0
        while self.joining("not"):
            nots += 1
        query = self.group() if not self.at_end() and self.text[self.pos] == "(" else self.term()
        return Not(query) if query is not None and nots % 2 else query

    def group(self) -> Query | None:
        """`( ... )`."""
        opened = self.pos
        self.pos += 1
        self.depth += 1
        if self.depth > limits.QUERY_NESTING:
            message = f"parentheses are nested more than {limits.QUERY_NESTING} deep"
            self.report(mistakes.QUERY_TOO_LARGE, opened, opened + 1, message)
            self.open_told = True
            self.pos = len(self.text)
            self.depth -= 1
            return None
        query = self.alternatives()
        self.depth -= 1
        if self.at_end():
            self.unclosed(opened)
        else:
            self.pos += 1
        return query

    def unclosed(self, opened: int) -> None:
        """Tell of the innermost parenthesis alone; a text given up in the middle has told why."""
        if not self.open_told:
            self.open_told = True
            message = "this `(` is never closed"
            self.report(mistakes.MALFORMED_QUERY, opened, opened + 1, message, "add a `)`")

    def term(self) -> Query | None:
        """`field operator values`, or a flag."""
        start = self.blank()
        word = _FIELD.match(self.text, start)
        if word is None or self.is_joining(word):
            self.missing_condition(start, word)
            return None
        self.pos = word.end()
        name = query_field(word[0])
        self.blank()
        operator = _OPERATOR.match(self.text, self.pos)
        if operator is None:
            self.pos = word.end()
            return self.without_operator(word, name)
        self.pos = operator.end()
        values = self.values()
        if name is None:
            self.unknown_field(word)
            return None
        if not values:
            where = operator.start(), operator.end()
            message = f"no value follows `{word[0]}{operator[0]}`"
            self.report(mistakes.MALFORMED_QUERY, *where, message, f"write {_example(name)}")
            return None
        return self.checked(name, operator, values, start)

    def checked(
        self, name: str, operator: re.Match[str], values: Sequence[_Value], start: int
    ) -> Query | None:
        """A term, if its operator and its values fit its field."""
        kind, shape = Operator(operator[0]), FIELDS[name]
        if kind not in OPERATORS[shape]:
            message = f"`{operator[0]}` does not fit `{name}`"
            hint = f"write {_example(name)}"
            self.report(mistakes.MISFIT_OPERATOR, operator.start(), operator.end(), message, hint)
            return None
        comparing = kind not in OPERATORS[Shape.WORDS]
        if comparing and len(values) > 1:
            message = f"`{operator[0]}` compares with one number"
            self.report(mistakes.NUMBER_EXPECTED, values[1].start, values[1].end, message)
            return None
        if shape is Shape.NUMBER:
            values = [value for value in values if self.is_number(name, value, comparing)]
        texts = tuple(dict.fromkeys(value.text for value in values))
        span = Span(start, self.pos).shifted(self.start)
        return Term(name, kind, texts, span) if texts else None

    def is_number(self, name: str, value: _Value, comparing: bool) -> bool:
        """Whether a value is a number, or a range of numbers where one may stand."""
        found = number_range(value.text)
        if found is None or (comparing and found[0] != found[1]):
            message = f"`{value.text}` is no number" + ("" if found is None else ", but a range")
            hint = f"write {_example(name)}"
            self.report(mistakes.NUMBER_EXPECTED, value.start, value.end, message, hint)
            return False
        if found[0] > found[1]:
            message = f"the range `{value.text}` ends before it begins"
            hint = f"write {name}:{found[1]}-{found[0]}"
            self.report(mistakes.NUMBER_EXPECTED, value.start, value.end, message, hint)
            return False
        return True

    def missing_condition(self, start: int, word: re.Match[str] | None) -> None:
        """Where a condition should stand, there is none."""
        if word is not None or start >= len(self.text) or self.text[start] == ")":
            end = word.end() if word else min(start + 1, len(self.text))
            typed = self.text[start:end]
            where = f"before `{typed}`" if typed else "at the end"
            self.report(mistakes.MALFORMED_QUERY, start, end, f"a condition is missing {where}")
            return
        if self.text[start] in _QUOTES:
            value = self.value(in_list=False)
            if value is not None:
                message = f"`{value.text}` is looked for in no field"
                hint = f'write title:"{value.text}" or keyword:"{value.text}"'
                self.report(mistakes.UNKNOWN_QUERY_FIELD, value.start, value.end, message, hint)
            return
        operator = _OPERATOR.match(self.text, start)
        self.pos = operator.end() if operator else start + 1
        typed = self.text[start : self.pos]
        self.report(mistakes.MALFORMED_QUERY, start, self.pos, f"no field stands before `{typed}`")
        if operator:
            self.values()

    def without_operator(self, word: re.Match[str], name: str | None) -> Query | None:
        """A word alone: a flag, or a mistake."""
        if name is not None and FIELDS[name] is Shape.FLAG:
            return Term(name, Operator.HAS, (), Span(*word.span()).shifted(self.start))
        if name is not None:
            self.report(
                mistakes.MALFORMED_QUERY,
                word.start(),
                word.end(),
                f"no value follows `{word[0]}`",
                f"write {_example(name)}",
            )
            return None
        near = nearest(word[0], [name for name, shape in FIELDS.items() if shape is Shape.FLAG])
        hint = f"did you mean `{near}`?" if near else f"write keyword:{word[0]} or title:{word[0]}"
        message = f"`{word[0]}` is looked for in no field"
        self.report(mistakes.UNKNOWN_QUERY_FIELD, word.start(), word.end(), message, hint)
        return None

    def unknown_field(self, word: re.Match[str]) -> None:
        near = nearest(word[0], FIELDS)
        hint = f"did you mean `{near}`?" if near else f"known are {', '.join(FIELDS)}"
        message = f"works cannot be selected by `{word[0]}`"
        self.report(mistakes.UNKNOWN_QUERY_FIELD, word.start(), word.end(), message, hint)

    # ── values ───────────────────────────────────────────────────────────────────────────────

    def values(self) -> list[_Value]:
        """One value, or several in parentheses. Empty where none stands here."""
        if self.at_end():
            return []
        if self.text[self.pos] == "(":
            return self.value_list()
        before = self.pos
        value = self.value(in_list=False)
        if value is not None and value.text.casefold() in _JOINING and value.end - value.start < 4:
            self.pos = before
            return []
        return [value] if value and value.text.strip() else []

    def value_list(self) -> list[_Value]:
        """`(a, two words, "c")`."""
        opened = self.pos
        self.pos += 1
        values: list[_Value] = []
        while not self.at_end() and self.text[self.pos] != ")":
            if self.text[self.pos] == ",":
                self.pos += 1
                continue
            if self.text[self.pos] == "(":
                message = "a `(` stands in a list of values"
                self.report(mistakes.MALFORMED_QUERY, self.pos, self.pos + 1, message)
                self.pos += 1
                continue
            value = self.value(in_list=True)
            if value is not None and value.text.strip():
                values.append(value)
        if self.at_end():
            self.unclosed(opened)
        else:
            self.pos += 1
        return values

    def value(self, *, in_list: bool) -> _Value | None:
        """A quoted value, a word, or in a list the words up to a comma."""
        start = self.blank()
        quoted = _QUOTED.match(self.text, start)
        if quoted is not None:
            self.pos = quoted.end()
            text = quoted[quoted.lastgroup or 0]
            return _Value(" ".join(text.split()), start, quoted.end())
        if self.text[start : start + 1] in ('"', "“"):
            message = "this quotation mark is never closed"
            self.report(mistakes.MALFORMED_QUERY, start, start + 1, message)
            self.pos = len(self.text)
            return _Value(" ".join(self.text[start + 1 :].split()), start, self.pos)
        end = start
        while word := _VALUE.match(self.text, end):
            self.pos = word.end()
            blank = _BLANK.match(self.text, self.pos)
            if not in_list or blank is None:
                break
            end = blank.end()
        if self.pos == start:
            self.pos = min(start + 1, len(self.text)) if in_list else start
            return None
        return _Value(" ".join(self.text[start : self.pos].split()), start, self.pos)

    # ── sort and group ───────────────────────────────────────────────────────────────────────

    def sort_keys(self) -> tuple[SortKey, ...]:
        """`importance, -year`."""
        if self.too_long() or self.empty("`sort`", 'for example: sort="author, -year"'):
            return ()
        keys: dict[str, SortKey] = {}
        for word in re.finditer(r"[^\s,;]+", self.text):
            typed = word[0].lstrip("-+")
            name = sort_field(typed)
            if name is None:
                near = nearest(typed, SORT_FIELDS)
                hint = f"did you mean `{near}`?" if near else f"known are {', '.join(SORT_FIELDS)}"
                message = f"lists cannot be sorted by `{typed or word[0]}`"
                start = word.end() - len(typed) if typed else word.start()
                self.report(mistakes.UNKNOWN_SORT_FIELD, start, word.end(), message, hint)
            else:
                keys.setdefault(name, SortKey(name, word[0].startswith("-")))
        return tuple(keys.values())

    def grouping(self) -> Grouping | None:
        """`week`, or `topic: Tears, Empathy, *`."""
        if self.too_long() or self.empty("`group`", 'for example: group="week"'):
            return None
        typed, colon, _ = self.text.partition(":")
        word = typed.strip()
        start = len(typed) - len(typed.lstrip())
        name = group_field(word)
        if name is None:
            near = nearest(word, GROUP_FIELDS)
            hint = f"did you mean `{near}`?" if near else f"known are {', '.join(GROUP_FIELDS)}"
            message = f"lists cannot be grouped by `{word}`"
            self.report(mistakes.UNKNOWN_GROUP_FIELD, start, start + len(word), message, hint)
            return None
        order: list[str] = []
        if colon:
            self.pos = len(typed) + 1
            order = self.order()
            if not order:
                message = f"no order follows `{word}:`"
                hint = f"for example: {word}: first, second, *"
                self.report(mistakes.MALFORMED_QUERY, len(typed), len(typed) + 1, message, hint)
        return None if name == "none" else Grouping(name, tuple(order))

    def order(self) -> list[str]:
        """Names of groups, up to the end."""
        names: dict[str, str] = {}
        while not self.at_end():
            if self.text[self.pos] in ",()":
                self.pos += 1
                continue
            value = self.value(in_list=True)
            if value is not None and value.text:
                names.setdefault(value.text.casefold(), value.text)
        return list(names.values())


def _together(kind: type[And] | type[Or], queries: Sequence[Query | None]) -> Query | None:
    """Queries as one; those that could not be understood are left out."""
    found = tuple(query for query in queries if query is not None)
    if len(found) < 2:
        return found[0] if found else None
    return kind(found)


def _example(name: str) -> str:
    """How a condition on a field is written."""
    match FIELDS[name]:
        case Shape.FLAG:
            return f"`{name}` or `not {name}`"
        case Shape.NUMBER if name == "year":
            return "`year:1990-1999`, `year:2001` or `year>=2000`"
        case Shape.NUMBER:
            return f"`{name}:3` or `{name}:(1, 3)`"
        case Shape.WORDS:
            return f'`{name}:word` or `{name}:"two words"`'
