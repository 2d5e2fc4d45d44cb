"""YAML with places and without surprises: texts, lists and mappings, nothing else.

Built on PyYAML's event stream.  Every scalar is the text that was typed (`no` is not false, `2018`
is not a number); anchors, aliases and tags are refused while reading, so nothing can be expanded;
depth is limited; a key given twice is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias, Union

import yaml

from tcit_export import limits
from tcit_export.readers import kinds
from tcit_export.readers.markdown_inlines import Reading
from tcit_export.readers.places import Places, line_places
from tcit_export.source import Span, clean_text


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `places` leads from it to the source; `quoted`: it stood in quotation marks."""

    text: str
    span: Span
    places: Places
    quoted: bool = False

    @property
    def empty(self) -> bool:
        return not self.quoted and self.text.strip() in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields in order; `keys` has the place of each name."""

    fields: dict[str, Value]
    keys: dict[str, Span]
    span: Span


Value: TypeAlias = Union[Scalar, Sequence, Mapping]


@dataclass(slots=True)
class _Open:
    """A list or mapping being read."""

    start: int
    mapping: bool
    values: list[Value] = field(default_factory=list)


class _RefusedError(Exception):
    """Reading ends here; the reason has been reported."""


def read_yaml(text: str, offset: int, reading: Reading) -> Value | None:
    """The value of a YAML text that stands at `offset` of the source; None if it is empty.

    Mistakes are reported; after one that makes the rest unreadable the result is None too.
    """
    composer = _Composer(text, offset, reading)
    try:
        return composer.compose(iter(yaml.parse(text, Loader=yaml.SafeLoader)))
    except _RefusedError:
        return None
    except yaml.MarkedYAMLError as error:
        _report(error, text, offset, reading)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        span = Span(offset, offset + len(text))
        reading.report(kinds.BAD_YAML, span, f"this is no YAML: {str(error).splitlines()[0]}")
    return None


def _report(error: yaml.MarkedYAMLError, text: str, offset: int, reading: Reading) -> None:
    mark = error.problem_mark or error.context_mark
    place = min(mark.index, max(len(text.rstrip()) - 1, 0)) if mark else 0
    problem = error.problem or "cannot be read"
    hints = []
    if "mapping values are not allowed" in problem:
        problem = "a second `: ` stands in this value"
        hints.append('put the value in quotation marks: title: "Part one: Part two"')
    elif "found character" in problem and "cannot start any token" in problem:
        problem = f"a value cannot begin with `{text[place : place + 1]}`"
        hints.append("put the value in quotation marks; indent with spaces, not tabs")
    reading.report(kinds.BAD_YAML, Span(offset + place, offset + place + 1), problem, *hints)


def _range(event: yaml.Event) -> tuple[int, int]:
    """Where an event begins and ends in the YAML text."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)


class _Composer:
    """Builds values from the parser's events."""

    def __init__(self, text: str, offset: int, reading: Reading) -> None:
        self.text = text
        self.offset = offset
        self.reading = reading

    def compose(self, events: Iterator[yaml.Event]) -> Value | None:
        """Build values from events with a stack of our own: no depth can exhaust Python's."""
        stack: list[_Open] = []
        root: Value | None = None
        for event in events:
            value: Value | None = None
            self._refuse_features(event)
            match event:
                case yaml.ScalarEvent():
                    value = self._scalar(event)
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self._check_depth(event, len(stack))
                    mapping = isinstance(event, yaml.MappingStartEvent)
                    stack.append(_Open(_range(event)[0], mapping))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    value = self._close(stack.pop(), _range(event)[1])
                case _:
                    pass
            if value is None:
                continue
            if stack:
                stack[-1].values.append(value)
            elif root is None:
                root = value
        return root

    def _first(self, event: yaml.Event) -> Span:
        start, _ = _range(event)
        return self._span(start, start + 1)

    def _span(self, start: int, end: int) -> Span:
        return Span(self.offset + start, self.offset + max(start, end))

    def _refuse_features(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if not anchor and not tag:
            return
        if isinstance(event, yaml.AliasEvent):
            message = f"`*{anchor}` is an alias"
        else:
            message = f"`&{anchor}` is an anchor" if anchor else f"`{tag}` is a tag"
        self.reading.report(kinds.YAML_FEATURE, self._first(event), message)
        raise _RefusedError

    def _check_depth(self, event: yaml.Event, depth: int) -> None:
        if depth >= limits.YAML_NESTING:
            self.reading.report(
                kinds.FRONT_MATTER_TOO_LARGE,
                self._first(event),
                f"values are nested more than {limits.YAML_NESTING} deep",
            )
            raise _RefusedError

    def _close(self, opened: _Open, end: int) -> Value:
        while end > opened.start and self.text[end - 1 : end].isspace():
            end -= 1
        span = self._span(opened.start, end)
        if not opened.mapping:
            return Sequence(tuple(opened.values), span)
        fields: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        for key, value in zip(opened.values[::2], opened.values[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.reading.report(kinds.WRONG_TYPE, key.span, "a field's name must be a text")
            elif key.text in fields:
                self.reading.report(kinds.DUPLICATE_FIELD, key.span, f"`{key.text}` is given twice")
            else:
                fields[key.text], keys[key.text] = value, key.span
        return Mapping(fields, keys, span)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = _range(event)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        text, replaced = clean_text(event.value)
        span = self._span(start, end)
        if replaced:
            number = ord(event.value[replaced[0]])
            message = f"the character U+{number:04X} cannot be printed"
            self.reading.report(kinds.CONTROL_CHARACTER, span, message)
        return Scalar(text, span, self._places(event, text, span), event.style in ("'", '"'))

    def _places(self, event: yaml.ScalarEvent, text: str, span: Span) -> Places:
        """Where the characters of a scalar stand: exact where YAML changed none of them."""
        typed = self.text[span.start - self.offset : span.end - self.offset]
        quote = 1 if event.style in ("'", '"') else 0
        if typed[quote : len(typed) - quote] == text:
            return Places(((0, span.start + quote),), span)
        if event.style == "|":
            lines, place = [], span.start
            for line in typed.split("\n"):
                lines.append((place, line))
                place += len(line) + 1
            first = next((i for i, (_, line) in enumerate(lines[1:], 1) if line.strip()), 1)
            return line_places(text, lines[min(first, len(lines)) :] or lines, span)
        return Places((), span, fixed=True)


_HEAD_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


def head_end(text: str, start: int) -> re.Match[str] | None:
    """The line that closes front matter which begins at `start`."""
    return _HEAD_END.search(text, start)
