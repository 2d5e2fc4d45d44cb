"""Markdown text -> tokens: markdown-it set up for handouts, with the places it does not record.

CommonMark without raw HTML, with pipe tables, strikethrough, definition lists, footnotes, and our
own rules (`markdown_rules`).  Two of the library's classes are refined: the inline parser notes in
`Token.map` where in the inline text each token begins and ends, and the block parser notes where
nesting went too deep (the library drops such text silently).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from types import SimpleNamespace
from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.link import link
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from tcit_export import limits
from tcit_export.readers import markdown_rules as rules
from tcit_export.readers.citation_syntax import Outline, outline

TOO_DEEP: Final = "too_deep"
"""Key of the parse environment: the lines (from 0) where blocks were nested too deep."""


_IMAGES: Final = "images"
_IMAGE_NESTING: Final = 2


class PlacedState(StateInline):
    """The state of one inline text, knowing where pending text began and how brackets match."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.pending_start = 0
        self.too_deep = False
        self.outline: Outline = outline(src)
        self._links: dict[int, bool] | None = None

    def push_pending(self) -> Token:
        """Flush the pending text as a token that knows its place."""
        length = len(self.pending)
        token = super().pushPending()
        token.map = [self.pending_start, self.pending_start + length]
        return token

    def pushPending(self) -> Token:  # noqa: N802  (the library's name)
        return self.push_pending()

    def holds_link(self, start: int, end: int) -> bool:
        """Whether a link or a citation stands between two places: links cannot hold links."""
        if self._links is None:
            self._links = _find_links(self)
        return any(self._links.get(place, False) for place in _inner(self.outline, start, end))


def _inner(found: Outline, start: int, end: int) -> list[int]:
    """The outermost brackets that open between two places."""
    result = []
    index = bisect_left(found.signs, start)
    while index < len(found.signs) and found.signs[index] < end:
        place = found.signs[index]
        index += 1
        close = found.brackets.get(place)
        if close is not None:
            result.append(place)
            index = bisect_left(found.signs, close, index)
    return result


def _find_links(state: PlacedState) -> dict[int, bool]:
    """For each bracket, inner ones first, whether it is a link or holds one."""
    known: dict[int, bool] = {}
    state._links = known
    before = state.pos, state.posMax
    state.posMax = len(state.src)
    for start, close in state.outline.brackets.items():
        held = any(known.get(place, False) for place in _inner(state.outline, start + 1, close))
        if not held and not state.src.startswith("!", start - 1):
            state.pos = start
            held = _link(state, True)
        known[start] = held
    state.pos, state.posMax = before
    return known


_LONGEST_LABEL: Final = 999
"""CommonMark 0.31, link labels: more characters make no label."""


def _link(state: StateInline, silent: bool) -> bool:
    """The library's rule, asked only where it has a chance: it copies the label to look it up."""
    if state.src[state.pos] != "[":
        return False
    assert isinstance(state, PlacedState)
    close = state.outline.brackets.get(state.pos)
    if close is None or state.src.startswith("^", state.pos + 1):
        return False
    follows = state.src[close + 1 : close + 2]
    if follows not in ("(", "[") and close - state.pos > _LONGEST_LABEL:
        return False
    return link(state, silent)


def _link_label(state: StateInline, start: int, disable_nested: bool = False) -> int:
    """The `]` of the bracket at `start`, or -1: looked up, where the library searches."""
    assert isinstance(state, PlacedState)
    close = state.outline.brackets.get(start, -1)
    if close >= state.posMax:
        return -1
    if close >= 0 and disable_nested and state.holds_link(start + 1, close):
        return -1
    return close


class PlacedInline(ParserInline):
    """The inline parser, writing into each token's `map` its range in the inline text."""

    def tokenize(self, state: StateInline) -> None:
        assert isinstance(state, PlacedState)
        active = self.ruler.getRules("")
        end = state.posMax
        while state.pos < end:
            start = state.pos
            if not state.pending:
                state.pending_start = start
            first = len(state.tokens)
            if state.level >= limits.MARKDOWN_NESTING:
                state.too_deep = True
            elif any(rule(state, False) for rule in active):
                _place(state.tokens, first, start, state.pos)
                continue
            state.append_pending(state.src[state.pos])
            state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        depth = env.get(_IMAGES, 0)
        if depth > _IMAGE_NESTING:  # the library reads descriptions of images by recursion
            tokens.append(Token("text", "", 0, map=[0, len(src)], content=src))
            return tokens
        env[_IMAGES] = depth + 1
        state = PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        if "~~~" in src:
            _place_anew(state.tokens)
        env[_IMAGES] = depth
        if state.too_deep and state.tokens:
            state.tokens[0].meta = {**state.tokens[0].meta, TOO_DEEP: True}
        return state.tokens


def _place(tokens: list[Token], first: int, start: int, end: int) -> None:
    """Give the tokens that one rule made their place: delimiters each their own."""
    new = [token for token in tokens[first:] if token.map is None]
    length = sum(len(token.content) for token in new)
    if all(token.type == "text" for token in new) and length == end - start:
        for token in new:
            token.map = [start, start + len(token.content)]
            start += len(token.content)
        return
    for token in new:
        token.map = [start, end]


def _place_anew(tokens: list[Token]) -> None:
    """Places in the order of the tokens, where the library has moved a lone `~` behind tags.

    `~~a~~~` is a struck out `a` and a `~`, but of the three it is the first that is moved.
    """
    for last, lone in enumerate(tokens):
        first = last
        while (
            first and tokens[first - 1].type == "s_close" and _goes_before(lone, tokens[first - 1])
        ):
            first -= 1
        place = (lone.map or [0])[0]
        for token in tokens[first : last + 1] if first < last else ():
            length = len(token.markup or token.content)
            token.map = [place, place + length]
            place += length


def _goes_before(token: Token, other: Token) -> bool:
    return token.type == "text" and (token.map or [0]) < (other.map or [0])


class WatchedBlock(ParserBlock):
    """The block parser, noting the lines whose text it dropped because it was too deep."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        if state.level >= limits.MARKDOWN_NESTING and startLine < endLine:
            state.env.setdefault(TOO_DEEP, []).append(startLine)
        super().tokenize(state, startLine, endLine)


@cache
def parser() -> MarkdownIt:
    """The parser. It holds no state between texts."""
    md = MarkdownIt("zero")
    md.inline, md.block = PlacedInline(), WatchedBlock()
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=_link_label,
        parseLinkDestination=parseLinkDestination,
        parseLinkTitle=parseLinkTitle,
    )
    md.configure("commonmark", {"html": False, "maxNesting": limits.MARKDOWN_NESTING})
    md.enable(["table", "strikethrough"])
    md.disable(["html_block", "html_inline", "text_join", "fragments_join"])
    md.validateLink = _accept  # type: ignore[method-assign, assignment]  # judged, and reported, by us
    deflist_plugin(md)
    footnote_plugin(md, inline=False, move_to_end=False)
    md.disable("footnote_ref")
    _add_rules(md)
    return md


def _accept(_address: str) -> Literal[True]:
    return True


def _text(state: StateInline, silent: bool) -> bool:
    """Characters that start nothing. (The library's rule runs past the end of a range.)"""
    sign = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    end = sign.start() if sign else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _reference(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803
    """A link's definition. `[@key]: a note` is none: it would vanish from the page."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    if state.src.startswith("[@", start):
        return False
    return reference(state, startLine, endLine, silent)


def _add_rules(md: MarkdownIt) -> None:
    md.inline.ruler.at("text", _text)
    md.block.ruler.at("reference", _reference)
    md.inline.ruler.at("link", _link)
    md.block.ruler.before(
        "fence", "div", rules.div, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.core.ruler.before("inline", "captions", rules.captions)
    md.core.ruler.before("inline", "heading_attributes", rules.heading_attributes)
    for name, rule in (
        ("raw_html", rules.raw_html),
        ("footnote_mark", rules.footnote_mark),
        ("inline_note", rules.inline_note),
        ("citation", rules.citation),
        ("narrative_citation", rules.narrative_citation),
        ("bracketed_span", rules.bracketed_span),
        ("attributes", rules.attributes),
        ("superscript", rules.superscript),
        ("subscript", rules.subscript),
    ):
        md.inline.ruler.push(name, rule)
