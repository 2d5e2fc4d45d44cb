"""Our rules for markdown-it: fenced divs, table captions, citations, spans, notes, attributes.

A rule looks at the place the parser has reached and either makes tokens and moves on, or says no.
Rules report nothing: what is wrong they leave in `Token.meta` for `markdown_nodes`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from tcit_export.model.nodes import Attributes
from tcit_export.readers.attributes import parse_attributes, trailing_attributes
from tcit_export.readers.citation_syntax import Scanned, scan_bracketed, scan_narrative

if TYPE_CHECKING:
    from tcit_export.readers.markdown_parser import PlacedState

ATTRIBUTES: Final = "attributes"
RAW: Final = "raw"
"""Key of an inline token's meta: its text before attributes or a caption's label were taken off."""
SKIPPED: Final = "skipped"
"""Key of an inline token's meta: how many characters were taken off its front."""

# ── blocks ───────────────────────────────────────────────────────────────────────────────────────

_DIV_OPEN: Final = re.compile(
    r":{3,}[ \t]*(?:(?P<braces>\{.*\})|(?P<name>[^\s{}:]+))[ \t]*:*[ \t]*$"
)
_DIV_CLOSE: Final = re.compile(r":{3,}[ \t]*$")
_CODE_FENCE: Final = re.compile(r"(`{3,})[^`]*$|(~{3,})")


def div(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`::: {.name}` … `:::`, nested at will: a fence with attributes opens, a bare one closes."""
    opening = _DIV_OPEN.match(_line(state, start_line))
    if opening is None or state.is_code_block(start_line):
        return False
    attributes = _div_attributes(opening)
    if attributes is None:
        return False
    if silent:
        return True
    last = _div_end(state, start_line, end_line)
    close = end_line if last is None else last
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "div", close
    token = state.push("div_open", "div", 1)
    token.meta = {ATTRIBUTES: attributes, "unclosed": last is None}
    token.map = [start_line, close + (last is not None)]
    state.md.block.tokenize(state, start_line + 1, close)
    state.push("div_close", "div", -1)
    state.parentType, state.lineMax = parent, line_max
    state.line = close + (last is not None)
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _div_attributes(opening: re.Match[str]) -> Attributes | None:
    if opening["name"]:
        return Attributes(classes=(opening["name"],))
    found = parse_attributes(opening["braces"], 0)
    return found[1] if found is not None and found[0] == len(opening["braces"]) else None


def _div_end(state: StateBlock, start_line: int, end_line: int) -> int | None:
    """The line of the fence that closes the div opened on `start_line`; None if there is none."""
    depth = 1
    fence = ""
    for line in range(start_line + 1, end_line):
        text = _line(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return None
        if fence:
            if text.startswith(fence) and not text.strip(fence[0] + " \t"):
                fence = ""
        elif code := _CODE_FENCE.match(text):
            fence = code[1] or code[2]
        elif text.startswith(":::") and state.sCount[line] - state.blkIndent < 4:
            if _DIV_CLOSE.match(text):
                depth -= 1
            elif _DIV_OPEN.match(text):
                depth += 1
            if depth == 0:
                return line
    return None


_CAPTION: Final = re.compile(r"(?:[Tt]able)?:[ \t]+")


def captions(state: StateCore) -> None:
    """Turn a paragraph `Table: …` or `: …` beside a table into its caption."""
    tokens = _with_caption_rows_apart(state.tokens, state.src)
    state.tokens = tokens
    captioned: set[int] = set()
    opened: list[int] = []
    ends: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            opened.append(index)
        elif token.type == "table_close":
            ends[index] = opened.pop()
    for index in range(len(tokens) - 2):
        if tokens[index].type != "paragraph_open" or tokens[index + 1].type != "inline":
            continue
        label = _CAPTION.match(tokens[index + 1].content)
        if label is None:
            continue
        before = ends.get(index - 1)
        after = index + 3
        if before is not None and before not in captioned:
            captioned.add(before)
        elif after < len(tokens) and tokens[after].type == "table_open":
            captioned.add(after)
        else:
            continue
        _make_caption(tokens[index : index + 3], label.end())


def _with_caption_rows_apart(tokens: list[Token], text: str) -> list[Token]:
    """A last row `Table: …` that has no bar is a paragraph after its table."""
    if not any(token.type == "table_close" for token in tokens):
        return tokens
    lines = text.split("\n")
    result: list[Token] = []
    row = 0
    for token in tokens:
        if token.type == "tr_open":
            row = len(result)
        result.append(token)
        if token.type != "table_close":
            continue
        cells = [cell for cell in result[row:] if cell.type == "inline"]
        line = (cells[0].map or [0])[0] if cells else 0
        if not cells or "|" in lines[line] or not _CAPTION.match(cells[0].content):
            continue
        del result[row:-1]
        level = token.level
        opening = Token("paragraph_open", "p", 1, level=level, block=True, map=[line, line + 1])
        closing = Token("paragraph_close", "p", -1, level=level, block=True)
        result += [opening, cells[0], closing]
    return result


def _make_caption(paragraph: list[Token], skipped: int) -> None:
    opening, inline, closing = paragraph
    opening.type, closing.type = "caption_open", "caption_close"
    raw = inline.content
    inline.content = raw[skipped:]
    inline.meta = {RAW: raw, SKIPPED: skipped}
    if found := trailing_attributes(inline.content):
        inline.content, opening.meta = found[0], {ATTRIBUTES: found[1]}


def heading_attributes(state: StateCore) -> None:
    """Take `{#id .class}` off the end of headings."""
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            inline = state.tokens[index + 1]
            if found := trailing_attributes(inline.content):
                inline.meta = {RAW: inline.content}
                inline.content, token.meta = found[0], {ATTRIBUTES: found[1]}


# ── inlines ──────────────────────────────────────────────────────────────────────────────────────


def _placed(state: StateInline) -> PlacedState:
    from tcit_export.readers.markdown_parser import PlacedState

    assert isinstance(state, PlacedState)
    return state


def _inside(state: StateInline, start: int, end: int) -> None:
    """Parse a range of the text as inlines, between tokens already pushed."""
    pos_max = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end, pos_max


def _wrapped(state: StateInline, name: str, start: int, end: int) -> Token:
    """Push `name_open`, the inlines of a range, `name_close`; the opening token."""
    opening = state.push(f"{name}_open", "", 1)
    _inside(state, start, end)
    state.push(f"{name}_close", "", -1)
    return opening


_HTML_NAMES: Final = frozenset(
    """a abbr address area article aside audio b base bdi bdo big blink blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl
    dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head
    header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee
    math menu meta meter nav noframes noscript object ol optgroup option output p param picture
    plaintext pre progress q rp rt ruby s samp script search section select slot small source span
    strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
    title tr track tt u ul var video wbr xmp""".split()
)
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,12})(?=[\s/>]|$)(?:[^<>]{0,1000}>)?"
)
_LONGEST_COMMENT: Final = 5_000
_COMMENT: Final = re.compile(r"<!(?:--|\[CDATA\[|[A-Za-z])|<\?")


def raw_html(state: StateInline, silent: bool) -> bool:
    """What looks like an HTML tag: text, with a note of the element's name."""
    if state.src[state.pos] != "<":
        return False
    tag = _TAG.match(state.src, state.pos, state.posMax)
    if tag is not None and tag["name"].lower() in _HTML_NAMES:
        name, end = "" if tag["end"] else tag["name"].lower(), tag.end()
    elif tag := _COMMENT.match(state.src, state.pos, state.posMax):
        name = tag[0]
        close = state.src.find("-->", tag.end(), min(tag.end() + _LONGEST_COMMENT, state.posMax))
        end = close + 3 if name == "<!--" and close >= 0 else tag.end()
    else:
        return False
    if not silent:
        token = state.push("raw_html", "", 0)
        token.content, token.meta = state.src[state.pos : end], {"name": name}
    state.pos = end
    return True


_MARK: Final = re.compile(r"\[\^([^\s\]]{1,200})\]")


def footnote_mark(state: StateInline, silent: bool) -> bool:
    """`[^name]`, whether its text exists or not."""
    mark = _MARK.match(state.src, state.pos, state.posMax)
    if mark is None:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.content, token.meta = mark[0], {"label": mark[1]}
    state.pos = mark.end()
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """`^[A footnote's text.]`."""
    start = state.pos
    if not state.src.startswith("^[", start):
        return False
    close = _placed(state).outline.brackets.get(start + 1)
    if close is None or close >= state.posMax:
        return False
    if not silent:
        _wrapped(state, "note", start + 2, close)
    state.pos = close + 1
    return True


def citation(state: StateInline, silent: bool) -> bool:
    """`[see @a, p. 3; @b]`, with `{.full}` and other attributes after it."""
    start = state.pos
    if state.src[start] != "[":
        return False
    found = scan_bracketed(state.src, start, _placed(state).outline)
    if found is None or found.end > state.posMax:
        return False
    attributes = parse_attributes(state.src, found.end)
    end = found.end if attributes is None else attributes[0]
    if not silent:
        _push_citation(state, found, Attributes() if attributes is None else attributes[1])
    state.pos = end
    return True


def narrative_citation(state: StateInline, silent: bool) -> bool:
    """`@a`, `-@a`, `@a [p. 3; @b]`."""
    start = state.pos
    if state.src[start] != "@" and not state.src.startswith("-@", start):
        return False
    found = scan_narrative(state.src, start, state.posMax, _placed(state).outline)
    if found is None:
        return False
    if not silent:
        _push_citation(state, found, Attributes())
    state.pos = found.end
    return True


def _push_citation(state: StateInline, found: Scanned, attributes: Attributes) -> None:
    opening = state.push("citation_open", "", 1)
    opening.meta = {"scanned": found, ATTRIBUTES: attributes}
    for item in found.items:
        for start, end in (item.prefix, item.suffix):
            _wrapped(state, "affix", start, end)
    state.push("citation_close", "", -1)


def bracketed_span(state: StateInline, silent: bool) -> bool:
    """`[text]{lang=de}`."""
    start = state.pos
    if state.src[start] != "[":
        return False
    close = _placed(state).outline.brackets.get(start)
    if close is None or close + 1 >= state.posMax:
        return False
    found = parse_attributes(state.src, close + 1)
    if found is None or found[0] > state.posMax:
        return False
    if not silent:
        _wrapped(state, "span", start + 1, close).meta = {ATTRIBUTES: found[1]}
    state.pos = found[0]
    return True


def attributes(state: StateInline, silent: bool) -> bool:
    """`{…}` right after a link, an image or code: attributes of it."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    last = state.tokens[-1]
    if last.type not in ("link_close", "image", "code_inline") or ATTRIBUTES in last.meta:
        return False
    found = parse_attributes(state.src, state.pos)
    if found is None or found[0] > state.posMax:
        return False
    if not silent:
        last.meta = {**last.meta, ATTRIBUTES: found[1]}
        if last.map is not None:
            last.map[1] = found[0]
    state.pos = found[0]
    return True


_SUPERSCRIPT: Final = re.compile(r"\^((?:[^\s^\\\[]|\\.){1,200})\^")
_SUBSCRIPT: Final = re.compile(r"~((?:[^\s~\\]|\\.){1,200})~(?!~)")


def superscript(state: StateInline, silent: bool) -> bool:
    """`x^2^`: no spaces inside, except after a backslash."""
    return _raised(state, silent, "superscript", _SUPERSCRIPT)


def subscript(state: StateInline, silent: bool) -> bool:
    """`H~2~O`: no spaces inside, except after a backslash."""
    return _raised(state, silent, "subscript", _SUBSCRIPT)


def _raised(state: StateInline, silent: bool, name: str, shape: re.Pattern[str]) -> bool:
    found = shape.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        _wrapped(state, name, found.start(1), found.end(1))
    state.pos = found.end()
    return True
