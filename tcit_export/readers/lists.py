"""`::: {.references ...}`: what its attributes and its items ask of a list -> ListSpec.

    ::: {.references sort="importance" annotations=true}
    - [@kahn2001, pp. 117-120]{importance=essential minutes=20} A note to the reader.

      A further paragraph is the annotation.
    :::

A list whose items begin with citations names the works; anything else in the div stays before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from tcit_export.bibliography.reading import page_count, weeks
from tcit_export.diagnostic import Parsed, nearest
from tcit_export.model.nodes import (
    PLAIN,
    Attributes,
    Block,
    BulletList,
    Cite,
    Density,
    Inline,
    Inlines,
    ListedWork,
    ListLook,
    ListSpec,
    OrderedList,
    Paragraph,
    ReferenceList,
    SoftBreak,
    Str,
)
from tcit_export.query.parse import parse_grouping, parse_query, parse_sort
from tcit_export.readers import kinds
from tcit_export.readers.attributes import PlacedPair, placed_pairs
from tcit_export.readers.markdown_inlines import Reading
from tcit_export.readers.places import Places
from tcit_export.source import Source, Span

T = TypeVar("T")
Content = tuple[Inline, ...]

FLAGS: Final = ("annotations", "totals", "ticks", "qr")
LIST_ATTRIBUTES: Final = (
    "select", "sort", "group", "emphasise", "columns", "density", *FLAGS,
)  # fmt: skip
ITEM_ATTRIBUTES: Final = ("importance", "week", "topic", "pages", "minutes")
_ALSO: Final = {"emphasize": "emphasise", "weeks": "week", "topics": "topic"}
_EVERYWHERE: Final = ("lang", "dir")
_TRUTH: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


# ── values, of attributes and of front matter ────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that cannot be, and what may stand in its place."""

    wanted: str


def truth(text: str) -> bool | Wrong:
    """`true` or `false`, or another word for it."""
    return _TRUTH.get(text.strip().casefold(), Wrong("true or false"))


def columns(text: str) -> int | Wrong:
    """One column or two."""
    return int(text) if text.strip() in ("1", "2") else Wrong("1 or 2")


def density(text: str) -> Density | Wrong:
    """How closely entries stand."""
    known = {each.value: each for each in Density}
    return known.get(text.strip().casefold(), Wrong(" or ".join(known)))


def number(text: str) -> int | Wrong:
    """A number of pages or minutes."""
    found = re.fullmatch(r"[1-9]\d{0,3}", text.strip())
    return int(found[0]) if found else Wrong("a number from 1 to 9999")


def _pages(text: str) -> int | Wrong:
    """A number of pages, or the pages themselves."""
    count = page_count(text) if not text.strip().isdecimal() else 0
    return count or number(text)


# ── one block of attributes ──────────────────────────────────────────────────────────────────────


class _Pairs:
    """The pairs of one `{...}`, each taken by its name, with mistakes told at their places."""

    def __init__(
        self, reading: Reading, places: Places, pairs: Sequence[PlacedPair], known: Sequence[str]
    ) -> None:
        self.reading = reading
        self.places = places
        self.known = known
        self.pairs = {_ALSO.get(pair.key, pair.key): pair for pair in pairs}

    def take(self, name: str, read: Callable[[str], T | Wrong], default: T) -> T:
        """A value; the default where there is none or a wrong one."""
        pair = self.pairs.get(name)
        if pair is None:
            return default
        value = read(pair.value)
        if not isinstance(value, Wrong):
            return value
        message = f"`{name}` cannot be `{pair.value}`"
        span = self.span(pair.value_start, pair.value_start + len(pair.value))
        self.reading.report(kinds.BAD_LIST_VALUE, span, message, f"write {value.wanted}")
        return default

    def queried(self, name: str, read: Callable[[str, Source, int], Parsed[T]], default: T) -> T:
        """A value of the query language."""
        pair = self.pairs.get(name)
        if pair is None:
            return default
        start = self.places.at(pair.value_start)
        parsed = read(pair.value, self.reading.source, start)
        for told in parsed.diagnostics:
            span = told.location.span.shifted(pair.value_start - start)
            self.reading.report(
                told.kind, self.span(span.start, span.end), told.message, *told.hints
            )
        return parsed.value

    def report_unknown(self) -> None:
        """Tell of names that mean nothing here."""
        for name, pair in self.pairs.items():
            if name in self.known or name in _EVERYWHERE:
                continue
            near = nearest(name, self.known)
            hint = f"did you mean `{near}`?" if near else f"known are {', '.join(self.known)}"
            span = self.span(pair.key_start, pair.key_start + len(pair.key))
            message = f"`{pair.key}` says nothing to a list of references"
            self.reading.report(kinds.UNKNOWN_LIST_ATTRIBUTE, span, message, hint)

    def span(self, start: int, end: int) -> Span:
        return self.places.span(start, end)


# ── the list ─────────────────────────────────────────────────────────────────────────────────────


def reference_list(
    reading: Reading,
    attributes: Attributes,
    fence: tuple[str, Places],
    content: Sequence[Block],
    span: Span,
) -> tuple[Block, ...]:
    """The blocks of the div that stay, and the list. `fence` is the div's first line."""
    line, places = fence
    found = placed_pairs(line, line.index("{")) if "{" in line else ()
    pairs = _Pairs(reading, places, found, LIST_ATTRIBUTES)
    pairs.report_unknown()
    before: list[Block] = []
    works: list[ListedWork] = []
    for block in content:
        if isinstance(block, (BulletList, OrderedList)) and any(map(_cited, block.items)):
            works.extend(_works(reading, block))
        else:
            before.append(block)
    rest = tuple(
        (key, value)
        for key, value in attributes.pairs
        if _ALSO.get(key, key) not in LIST_ATTRIBUTES
    )
    spec = replace(_spec(pairs), works=tuple(works))
    return (*before, ReferenceList(replace(attributes, pairs=rest), spec=spec, span=span))


def _spec(pairs: _Pairs) -> ListSpec:
    """What the attributes ask for."""
    look = ListLook(
        annotations=pairs.take("annotations", truth, None),
        totals=pairs.take("totals", truth, None),
        ticks=pairs.take("ticks", truth, None),
        qr=pairs.take("qr", truth, None),
        columns=pairs.take("columns", columns, None),
        density=pairs.take("density", density, None),
    )
    return ListSpec(
        select=pairs.queried("select", parse_query, None),
        sort=pairs.queried("sort", parse_sort, ()),
        group=pairs.queried("group", parse_grouping, None),
        emphasise=pairs.take("emphasise", lambda text: " ".join(text.split()), ""),
        look=look,
    )


# ── works that the list names ────────────────────────────────────────────────────────────────────


def _cited(item: tuple[Block, ...]) -> tuple[Cite, Attributes, Span | None] | None:
    """The citation that an item begins with, and its attributes."""
    first = item[0] if item else None
    if not isinstance(first, Paragraph) or not first.content:
        return None
    opening = first.content[0]
    if isinstance(opening, Cite):
        return opening, PLAIN, opening.span
    if isinstance(opening, Inlines) and len(opening.content) == 1:
        inner = opening.content[0]
        if isinstance(inner, Cite):
            return inner, opening.attributes, opening.span
    return None


def _works(reading: Reading, block: BulletList | OrderedList) -> Iterator[ListedWork]:
    for item in block.items:
        found = _cited(item)
        if found is None:
            span = (item[0].span if item else None) or block.span or Span(0, 0)
            hint = "begin it with a citation: - [@key] …"
            message = "this item of the list names no work"
            reading.report(kinds.ITEM_WITHOUT_WORK, span, message, hint)
            continue
        cite, attributes, place = found
        if len(cite.items) > 1:
            second = cite.items[1]
            reading.report(
                kinds.ITEM_WITHOUT_WORK,
                second.key_span or cite.span or Span(0, 0),
                f"`{second.key}` is a second work in one item",
                "give it an item of its own",
            )
        yield _work(reading, item, cite, attributes, place or Span(0, 0))


def _work(
    reading: Reading, item: tuple[Block, ...], cite: Cite, attributes: Attributes, span: Span
) -> ListedWork:
    """One item as a work."""
    typed = reading.source.text[span.start : span.end]
    start = typed.rfind("]{") + 1
    found = placed_pairs(typed, start) if attributes and start else ()
    places = Places(((0, span.start),), span)
    if {pair.key for pair in found} != {key for key, _ in attributes.pairs}:
        found = tuple(PlacedPair(key, value, 0, 0) for key, value in attributes.pairs)
        places = Places((), span, fixed=True)
    pairs = _Pairs(reading, places, found, ITEM_ATTRIBUTES)
    pairs.report_unknown()
    for name in attributes.classes:
        message = f"`.{name}` says nothing to a list of references"
        hint = f"write importance={name}"
        reading.report(kinds.UNKNOWN_LIST_ATTRIBUTE, span, message, hint)
    importance = pairs.pairs.get("importance")
    first = cite.items[0]
    return ListedWork(
        first.key,
        importance=importance.value if importance else "",
        pointer=first.locator,
        note=_note(item, first.prefix, first.suffix),
        annotation=item[1:],
        pages=pairs.take("pages", _pages, 0),
        minutes=pairs.take("minutes", number, 0),
        weeks=pairs.take("week", weeks, ()),
        topics=pairs.take("topic", _listed_words, ()),
        key_span=first.key_span,
        importance_span=places.span(
            importance.value_start, importance.value_start + len(importance.value)
        )
        if importance
        else None,
    )


def _listed_words(text: str) -> tuple[str, ...]:
    """Words between commas."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;]", text))
    return tuple(part for part in parts if part)


_LEAD: Final = re.compile(r"^\s*(?:[:,.;–—]\s+|[:,.;–—]$)?\s*")


def _note(item: tuple[Block, ...], prefix: Content, suffix: Content) -> tuple[Block, ...]:
    """What stands with the citation in its paragraph, and what stood in its brackets."""
    first = item[0]
    assert isinstance(first, Paragraph)
    content: Content = ()
    for part in (prefix, suffix, first.content[1:]):
        led = _led(part)
        content = _side_by_side(content, led) if content and led else content or led
    return (replace(first, content=content),) if content else ()


def _side_by_side(content: Content, more: Content) -> Content:
    """Two texts with one blank between them."""
    last, first = content[-1], more[0]
    if isinstance(last, Str):
        content = (*content[:-1], replace(last, text=last.text.rstrip()))
        if isinstance(first, Str):
            joined = replace(last, text=f"{last.text.rstrip()} {first.text}")
            return (*content[:-1], joined, *more[1:])
    return (*content, Str(" "), *more)


def _led(content: Content) -> Content:
    """Without the blank, colon or dash that leads from the citation to the note."""
    while content and isinstance(content[0], SoftBreak):
        content = content[1:]
    if content and isinstance(content[0], Str):
        text = _LEAD.sub("", content[0].text, count=1)
        content = (replace(content[0], text=text), *content[1:]) if text else _led(content[1:])
    return content
