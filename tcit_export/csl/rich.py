"""The small markup of CSL-JSON texts: fonts, no-case spans, quotes and apostrophes.

`<i> <b> <sup> <sub> <sc>`, `<span style="font-variant:small-caps;">`, `<span class="nocase">`
and `<span class="nodecor">` become boxes; quotation marks that come in pairs become boxes
too, so that they can alternate with the quotes around them; a lone single quote is an
apostrophe. What does not match stays text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tcit_export.csl.style import Formatting
from tcit_export.csl.tree import Box, Node

_SMALL_CAPS = Formatting(font_variant="small-caps")
_OPEN_TAGS: dict[str, tuple[str, str, Formatting | None]] = {
    "<i>": ("</i>", "markup", Formatting(font_style="italic")),
    "<b>": ("</b>", "markup", Formatting(font_weight="bold")),
    "<sup>": ("</sup>", "markup", Formatting(vertical_align="sup")),
    "<sub>": ("</sub>", "markup", Formatting(vertical_align="sub")),
    "<sc>": ("</sc>", "markup", _SMALL_CAPS),
    "<span small-caps>": ("</span>", "markup", _SMALL_CAPS),
    "<span nocase>": ("</span>", "nocase", None),
    "<span nodecor>": ("</span>", "nodecor", None),
}
_TOKEN = re.compile(
    r"</?(?:i|b|sup|sub|sc)>|</span>"
    r"|<span\s+class=\"(?P<cls>nocase|nodecor)\"\s*>"
    r"|<span\s+style=\"\s*font-variant:\s*(?P<sc>small-caps)\s*;?\s*\"\s*>"
    r"|[\"'“”‘’]"
)
_SPECIAL = re.compile(r"[<\"'“”‘’«»]")
_GUILLEMETS = re.compile(r"(?<=«) | (?=»)")
_NARROW_BLANK = "\u202f"
"""French quotation marks keep their blanks, which must not break."""
_CLOSERS = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_OPENING = frozenset(" \u00a0\t\n([{-–—/:;,«\u202f")
"""Characters a quotation may open after, besides the start of a text, tag or quotation."""


_DEEPEST = 24
"""Tags and quotations open at the same time; what would go deeper stays text."""


class _Frame:
    """An opener that waits for its closer, and what came since."""

    __slots__ = ("closer", "formatting", "kids", "kind", "mark")

    def __init__(self, mark: str, closer: str, kind: str, formatting: Formatting | None) -> None:
        self.mark = mark
        self.closer = closer
        self.kind = kind
        self.formatting = formatting
        self.kids: list[Node] = []


_FRENCH = re.compile(r"(?<=\S) (?=[;:!?](?:\s|$))")


def parse_french(text: str) -> tuple[Node, ...]:
    """As `parse_markup`; blanks before tall punctuation are narrow and do not break."""
    return parse_markup(_FRENCH.sub(_NARROW_BLANK, text) if " " in text else text)


def parse_markup(text: str) -> tuple[Node, ...]:
    """A text as nodes; one plain string where nothing in it is special."""
    return (text,) if _SPECIAL.search(text) is None else _parse(text)


@lru_cache(maxsize=16384)
def _parse(text: str) -> tuple[Node, ...]:
    text = _GUILLEMETS.sub(_NARROW_BLANK, text)
    stack = [_Frame("", "", "", None)]
    pos = 0
    before = ""
    for match in _TOKEN.finditer(text):
        between = text[pos : match.start()]
        _add(stack[-1].kids, between)
        before = between[-1:] or before
        pos = match.end()
        mark = match.group()
        depth = len(stack)
        if mark[0] == "<":
            _tag(stack, _normal_tag(match))
        else:
            _quote(stack, mark, before, _after(text, pos))
        before = "" if len(stack) > depth else mark[-1]
    _add(stack[-1].kids, text[pos:])
    _dissolve(stack, 1)
    return tuple(stack[0].kids)


def _after(text: str, pos: int) -> str:
    """The next character that is not part of a tag; "" at the end."""
    match = _TOKEN.match(text, pos)
    while match is not None and match.group()[0] == "<":
        pos = match.end()
        match = _TOKEN.match(text, pos)
    return text[pos : pos + 1]


def _normal_tag(match: re.Match[str]) -> str:
    if match["cls"]:
        return f"<span {match['cls']}>"
    return "<span small-caps>" if match["sc"] else match.group()


def _add(kids: list[Node], text: str) -> None:
    if not text:
        return
    last = kids[-1] if kids else ""
    if isinstance(last, str) and kids:
        kids[-1] = last + text
    elif isinstance(last, Box) and last.kind == "quote" and text[0] in ".,;:!?":
        kids.append(Box((text,), kind="verbatim"))
    else:
        kids.append(text)


def _tag(stack: list[_Frame], mark: str) -> None:
    opening = _OPEN_TAGS.get(mark)
    if opening is not None and len(stack) < _DEEPEST:
        stack.append(_Frame(mark, *opening))
        return
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].closer == mark:
            _dissolve(stack, depth + 1)
            _close(stack)
            return
    _add(stack[-1].kids, mark)


def _quote(stack: list[_Frame], mark: str, before: str, after: str) -> None:
    """An opening or closing mark by what stands around it, else an apostrophe or itself."""
    may_close = before != "" and not before.isspace() and not after.isalnum()
    if mark in "\"'”’" and may_close and _close_quote(stack, mark):
        return
    starts = before == "" or before in _OPENING
    opens = mark in "“‘" or (mark in "\"'" and starts and after != "" and not after.isspace())
    if opens and len(stack) < _DEEPEST:
        stack.append(_Frame(mark, _CLOSERS[mark], "quote", None))
        return
    # Without a partner, a single quote is an apostrophe.
    _add(stack[-1].kids, "’" if mark == "'" else mark)


def _close_quote(stack: list[_Frame], mark: str) -> bool:
    """Close the innermost quotation that fits, but never across an open tag."""
    for depth in range(len(stack) - 1, 0, -1):
        frame = stack[depth]
        if frame.kind != "quote":
            return False
        if frame.closer == mark:
            _dissolve(stack, depth + 1)
            _close(stack)
            return True
    return False


def _close(stack: list[_Frame]) -> None:
    frame = stack.pop()
    box = Box(frame.kids, kind=frame.kind, value=frame.mark, formatting=frame.formatting)
    stack[-1].kids.append(box)


_SPELLED = {
    "<span small-caps>": '<span style="font-variant:small-caps;">',
    "<span nocase>": '<span class="nocase">',
    "<span nodecor>": '<span class="nodecor">',
    "'": "’",
}


def _dissolve(stack: list[_Frame], depth: int) -> None:
    """Openers above `depth` have no closer: they are text."""
    while len(stack) > depth:
        frame = stack.pop()
        _add(stack[-1].kids, _SPELLED.get(frame.mark, frame.mark))
        for kid in frame.kids:
            if isinstance(kid, str):
                _add(stack[-1].kids, kid)
            else:
                stack[-1].kids.append(kid)


def strip_markup(text: str) -> str:
    """A text without tags, as sort keys need it; quotes stay."""
    if "<" not in text:
        return text
    return _TOKEN.sub(lambda m: "" if m.group()[0] == "<" else m.group(), text)
