"""From the tree of requests to the final output: quotes, punctuation, fonts.

One walk over the leaves. Where two pieces meet, doubled blanks and clashing punctuation
merge, looking through fonts and closing quotes; where the locale wants it, full stops
and commas move inside the quotes. Inside a field nothing is touched. Then fonts are
settled: italics within italics of the same field become upright.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tcit_export.csl.output import (
    Block,
    Content,
    Formatted,
    Linked,
    Opaque,
    Output,
    Tagged,
    Text,
)
from tcit_export.csl.style import Formatting, Locale
from tcit_export.csl.tree import Box, Node

_MARKS = frozenset(".,:;!?")
_MERGING = _MARKS | {" "}
_MOVABLE = frozenset(".,!?")
_KEEP_FIRST = frozenset(
    [":" ":", ":" ".", "." ".", ";" ":", ";" ".", ";" ";",
     "!" ":", "!" ".", "!" "!", "?" ":", "?" ".", "?" "?", "," ","]
)  # fmt: skip
_KEEP_SECOND = frozenset([":!", ":?", ";!", ";?"])
"""Pairs of marks that merge into the first or the second; all other pairs stay."""


class Quotes(NamedTuple):
    """The quotation marks of a locale and where commas go."""

    open: str = "“"
    close: str = "”"
    open_inner: str = "‘"
    close_inner: str = "’"
    punctuation_inside: bool = False


def quotes_of(locale: Locale) -> Quotes:
    """The marks a locale defines; straight ones where it defines none."""

    def term(name: str, default: str) -> str:
        found = locale.term(name)
        return default if found is None else found

    return Quotes(
        term("open-quote", "“"),
        term("close-quote", "”"),
        term("open-inner-quote", "‘"),
        term("close-inner-quote", "’"),
        bool(locale.punctuation_in_quote),
    )


class _Mark:
    """The edge of something that is not text: a font, a link, a tag, a display block."""

    __slots__ = ("box", "opens")

    def __init__(self, box: Box, opens: bool) -> None:
        self.box = box
        self.opens = opens


class _Sign:
    """A quotation mark. It is text in the end, but punctuation can look past a closing one."""

    __slots__ = ("closes", "text")

    def __init__(self, text: str, closes: bool) -> None:
        self.text = text
        self.closes = closes


class _Foreign:
    """An opaque leaf, with what was cut off its edges."""

    __slots__ = ("cut_end", "cut_start", "payload", "text")

    def __init__(self, payload: object, text: str) -> None:
        self.payload = payload
        self.text = text
        self.cut_start = 0
        self.cut_end = 0


_Event = str | _Mark | _Sign | _Foreign

_NO_FONT = Formatting()
"""What changes nothing: always this object, so that it can be told at once."""


class _Flow:
    """The leaves in reading order, merging at each seam as they come."""

    def __init__(self, quotes: Quotes, blocks: bool) -> None:
        self.quotes = quotes
        self.blocks = blocks
        self.events: list[_Event] = []
        self.last = -1
        """Index of the last event with characters, -1 at the start of a block."""
        self.block_end = -1
        """The last event with characters in the last display block."""
        self.after_quote = False
        """Whether a closing quote stands between that event and here."""
        self.margin_ended = False
        self.inline_opens = False
        """Whether a right-inline block begins here, right after a left-margin block."""
        self.depth: list[bool] = []
        """For each quotation open here: whether it has outer marks."""

    # -------------------------------------------------------------- text

    def text(self, text: str, foreign: _Foreign | None = None) -> None:
        """Add characters after merging their start with what precedes."""
        start = self._merged(text) if text[0] in _MERGING else 0
        self.inline_opens = False
        if start == len(text):
            return
        self.last = len(self.events)
        self.after_quote = False
        if foreign is None:
            self.events.append(text[start:] if start else text)
        else:
            foreign.text = text[start:]
            foreign.cut_start = start
            self.events.append(foreign)

    def _merged(self, text: str) -> int:
        """How many characters at its start are already there or moved to the left."""
        if self.last < 0:
            return self._to_margin(text) if self.inline_opens and text[0] in _MARKS else 0
        count = 0
        while count < len(text) and self._absorb(text[count]):
            count += 1
        return count

    def _to_margin(self, text: str) -> int:
        """Marks that begin a right-inline block belong to the margin before; how many."""
        count = 0
        self.last = self.block_end
        if self.last >= 0 and self._last_char() == " ":
            self.last = -1
        while self.last >= 0 and count < len(text) and text[count] in _MARKS:
            if not self._absorb(text[count]):
                self._extend(text[count])
            count += 1
        self.last = -1
        return count

    def _absorb(self, char: str) -> bool:
        """Whether the coming `char` is already there or moved to the left."""
        if char == " ":
            return not self.after_quote and self._last_char() == " "
        if char not in _MARKS:
            return False
        before = self._last_char()
        if before == " " and not self.after_quote:
            return self._repeats(char)
        if before in _MARKS:
            if before + char in _KEEP_FIRST:
                return True
            if before + char in _KEEP_SECOND:
                self._chop()
                return self._absorb(char) if self.last >= 0 else False
        if self.after_quote and self.quotes.punctuation_inside and char in _MOVABLE:
            self._extend(char)
            return True
        return False

    def _repeats(self, char: str) -> bool:
        """Whether the text before ends with the same mark and a blank: `Title. ` and `. `."""
        event = self.events[self.last]
        return isinstance(event, str) and event[-2:-1] == char and char in ".,;:"

    def _last_char(self) -> str:
        event = self.events[self.last]
        return (event if isinstance(event, str) else event.text)[-1]  # type: ignore[union-attr]

    def _extend(self, char: str) -> None:
        event = self.events[self.last]
        if isinstance(event, str):
            self.events[self.last] = event + char
        else:
            self.events.insert(self.last + 1, char)
            self.last += 1

    def _chop(self) -> None:
        """Take the last character away; find the one before it if that was all there was."""
        event = self.events[self.last]
        if isinstance(event, str):
            self.events[self.last] = event[:-1]
        elif isinstance(event, _Foreign):
            event.text = event.text[:-1]
            event.cut_end += 1
        self._settle()

    def _settle(self) -> None:
        """Let `last` point to the last event that has characters."""
        index = self.last
        while index >= 0:
            event = self.events[index]
            if isinstance(event, _Sign) and event.closes:
                self.after_quote = True
            elif isinstance(event, _Mark):
                if event.box.display and event.opens:
                    break
            elif (isinstance(event, str) and event) or (isinstance(event, _Foreign) and event.text):
                self.last = index
                return
            index -= 1
        self.last = -1

    # -------------------------------------------------------------- nodes

    def nodes(self, nodes: Iterable[Node], delimiter: str = "") -> None:
        """Add nodes with `delimiter` between those that have output."""
        between = ""
        for node in nodes:
            if type(node) is str:
                if node:
                    if between:
                        self.text(between)
                    self.text(node)
                    between = delimiter
            elif has_output(node):
                if between:
                    self.text(between)
                self.box(node)  # type: ignore[arg-type]
                between = delimiter

    def box(self, box: Box) -> None:
        if box.display and self.blocks:
            self._block_edge(box, True)
        if box.prefix:
            self.text(box.prefix)
        if box.quotes or box.kind == "quote":
            self._quoted(box)
        elif box.formatting is None and box.kind not in _OWN:
            self.nodes(box.kids, box.delimiter)
        else:
            self._inner(box)
        if box.suffix:
            self.text(box.suffix)
        if box.display and self.blocks:
            self._block_edge(box, False)

    def _inner(self, box: Box) -> None:
        """The children in their font; quotes and affixes stand outside of it."""
        kind = box.kind
        marked = box.formatting is not None or kind in _MARKED
        mark = box
        if marked:
            if box.display:
                mark = Box((), kind=kind, value=box.value, formatting=box.formatting)
            self._open(mark)
        if kind == "verbatim":
            self._verbatim(str(box.kids[0]))
        elif kind == "opaque":
            text = str(box.kids[0])
            self.text(text, _Foreign(box.value, text))
        else:
            self.nodes(box.kids, box.delimiter)
        if marked:
            self.events.append(_Mark(mark, False))

    def _verbatim(self, text: str) -> None:
        """Text that belongs to what stands before it: nothing merges."""
        self.last = len(self.events)
        self.after_quote = False
        self.events.append(text)

    def _open(self, box: Box) -> None:
        mark = _Mark(box, True)
        if box.kind == "link":
            base = self._uri_base()
            if base:
                self.events[self.last] = str(self.events[self.last])[: -len(base)]
                self.events.append(mark)
                self.last = len(self.events)
                self.events.append(base)
                return
        self.events.append(mark)

    def _uri_base(self) -> str:
        """The start of a URI just before a link: it belongs to the link (Appendix VI)."""
        if self.last != len(self.events) - 1 or self.last < 0 or self.after_quote:
            return ""
        event = self.events[self.last]
        found = _URI_BASE.search(event) if isinstance(event, str) else None
        return found.group() if found else ""

    def trim(self) -> None:
        """Take blanks off the end."""
        if self.last < 0:
            self.last = self.block_end
        while self.last >= 0 and self._last_char() == " " and not self.after_quote:
            self._chop()

    def _block_edge(self, box: Box, opens: bool) -> None:
        """No punctuation merges across the edge of a display block."""
        self.events.append(_Mark(Box((), display=box.display), opens))
        self.inline_opens = opens and box.display == "right-inline" and self.margin_ended
        self.margin_ended = not opens and box.display == "left-margin"
        if not opens:
            self.block_end = self.last
        self.last = -1
        self.after_quote = False

    def _quoted(self, box: Box) -> None:
        """Quotes alternate by depth; at the top, marks typed as inner ones stay such.

        Curly marks that are not the locale's own are text.
        """
        typed = str(box.value) if box.kind == "quote" else ""
        if typed in _CURLY and typed not in (self.quotes.open, self.quotes.open_inner):
            self.text(typed)
            self.nodes(box.kids)
            self.text(_CURLY[typed])
            return
        outer = not self.depth[-1] if self.depth else typed != self.quotes.open_inner
        quotes = self.quotes
        self.events.append(_Sign(quotes.open if outer else quotes.open_inner, False))
        before = len(self.events)
        seam, self.last = self.last, -1
        self.depth.append(outer)
        self._inner(box)
        self.depth.pop()
        if self.last < 0 and len(self.events) == before:
            self.last = seam
        self.events.append(_Sign(quotes.close if outer else quotes.close_inner, True))
        self.after_quote = True


_CURLY = {"“": "”", "‘": "’"}
_MARKED = frozenset(("markup", "nodecor", "link", "cite"))
_OWN = _MARKED | {"verbatim", "opaque"}
_URI_BASE = re.compile(r"https?://\S*$")


def has_output(node: Node) -> bool:
    """Whether there is at least one character in it (affixes and delimiters aside)."""
    if type(node) is str:
        return node != ""
    for kid in node.kids:  # type: ignore[union-attr]
        if type(kid) is str:
            if kid:
                return True
        elif has_output(kid):
            return True
    return False


# ------------------------------------------------------------------ fonts, output


class _Open:
    """A container being filled."""

    __slots__ = ("box", "children", "font", "state")

    def __init__(self, box: Box | None, font: Formatting, state: Formatting) -> None:
        self.box = box
        self.font = font
        self.state = state
        self.children: list[Output] = []


def typeset(nodes: Iterable[Node], quotes: Quotes, *, blocks: bool = True) -> Content:
    """The final output of a tree; without `blocks` display attributes count for nothing."""
    flow = _Flow(quotes, blocks)
    flow.nodes(nodes)
    flow.trim()
    return _build(flow.events)


def _build(events: Sequence[_Event]) -> Content:
    stack = [_Open(None, _NO_FONT, _NO_FONT)]
    run: list[str] = []
    for event in events:
        if type(event) is str:
            run.append(event)
        elif type(event) is _Sign:
            run.append(event.text)
        else:
            if run:
                _add_text(stack[-1], "".join(run))
                run = []
            if type(event) is _Foreign:
                stack[-1].children.append(
                    Opaque(event.payload, event.text, event.cut_start, event.cut_end)
                )
            elif type(event) is _Mark and event.opens:
                stack.append(_opened(event.box, stack[-1].state))
            else:
                _close(stack)
    if run:
        _add_text(stack[-1], "".join(run))
    return tuple(stack[0].children)


def _add_text(container: _Open, text: str) -> None:
    if not text:
        return
    children = container.children
    if children and type(children[-1]) is Text:
        children[-1] = Text(children[-1].text + text)
    else:
        children.append(Text(text))


def _opened(box: Box, state: Formatting) -> _Open:
    if box.kind == "nodecor":
        return _Open(box, _undecorated(state), _NO_FONT)
    if box.formatting is None:
        return _Open(box, _NO_FONT, state)
    font = _change(state, box.formatting, flips=box.kind == "markup")
    return _Open(box, font, _applied(state, font))


def _close(stack: list[_Open]) -> None:
    done = stack.pop()
    children: Content = tuple(done.children)
    box = done.box
    assert box is not None
    if not children:
        return
    if done.font is not _NO_FONT:
        children = (_formatted(children, done.font),)
    if box.kind == "link":
        children = (Linked(str(box.value), children),)
    elif box.kind == "cite":
        children = (Tagged(str(box.value), children),)
    elif box.display:
        children = (Block(box.display, children),)  # type: ignore[arg-type]
    outer = stack[-1].children
    if outer and type(children[0]) is Text and type(outer[-1]) is Text:
        outer[-1] = Text(outer[-1].text + children[0].text)
        children = children[1:]
    outer.extend(children)


def _formatted(children: Content, font: Formatting) -> Formatted:
    return Formatted(
        children,
        font.font_style,  # type: ignore[arg-type]
        font.font_variant,  # type: ignore[arg-type]
        font.font_weight,  # type: ignore[arg-type]
        font.text_decoration,  # type: ignore[arg-type]
        font.vertical_align,  # type: ignore[arg-type]
    )


_PROPERTIES = (
    ("font_style", "normal"),
    ("font_variant", "normal"),
    ("font_weight", "normal"),
    ("text_decoration", "none"),
    ("vertical_align", "baseline"),
)


def _change(state: Formatting, wanted: Formatting, *, flips: bool) -> Formatting:
    """What has to be written so that `wanted` shows inside `state`."""
    if state is _NO_FONT and wanted in _PLAINLY_NEW:
        return wanted
    values: list[str] = []
    for name, normal in _PROPERTIES:
        here, there = getattr(state, name) or normal, getattr(wanted, name)
        if not there or there == here == normal:
            values.append("")
        elif there == here and flips:
            values.append(normal)
        else:
            values.append(there)
    return Formatting(*values) if any(values) else _NO_FONT


_PLAINLY_NEW = frozenset(
    (
        Formatting(font_style="italic"),
        Formatting(font_weight="bold"),
        Formatting(vertical_align="sup"),
        Formatting(font_variant="small-caps"),
    )
)


def _applied(state: Formatting, font: Formatting) -> Formatting:
    if state is _NO_FONT:
        return font
    return Formatting(*(getattr(font, name) or getattr(state, name) for name, _ in _PROPERTIES))


def _undecorated(state: Formatting) -> Formatting:
    values = [
        normal if getattr(state, name) not in ("", normal) else "" for name, normal in _PROPERTIES
    ]
    return Formatting(*values) if any(values) else _NO_FONT
