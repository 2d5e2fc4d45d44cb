"""Inline tokens -> Inlines of the model, with spans, typography and the judgement of links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, TypeAlias

from markdown_it.token import Token

from tcit_export import limits
from tcit_export.diagnostic import Diagnostic, Kind, Location
from tcit_export.model.nodes import (
    PLAIN,
    Attributes,
    Block,
    Cite,
    CiteItem,
    CiteMode,
    Code,
    Emph,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Paragraph,
    SmallCaps,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Target,
    Underline,
)
from tcit_export.model.walk import find, map_content
from tcit_export.readers import kinds
from tcit_export.readers.citation_syntax import Scanned, ScannedItem
from tcit_export.readers.links import LinkProblem, link_target, scheme_of
from tcit_export.readers.markdown_rules import ATTRIBUTES
from tcit_export.readers.places import Places
from tcit_export.readers.typography import Quotes, smarten
from tcit_export.source import Source, Span, clean_text

Content: TypeAlias = tuple[Inline, ...]
MOST_OF_A_KIND: Final = 100


@dataclass(slots=True)
class Reading:
    """What is known while one document is read: its source, its mistakes, its footnotes."""

    source: Source
    quotes: Quotes
    diagnostics: list[Diagnostic] = field(default_factory=list)
    notes: dict[str, Callable[[], tuple[Block, ...]]] = field(default_factory=dict)
    used_notes: set[str] = field(default_factory=set)
    in_note: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    def report(self, kind: Kind, span: Span, message: str, *hints: str) -> None:
        """Note a mistake; of many of one kind the first hundred, and that there are more."""
        number = self.counts[kind.code] = self.counts.get(kind.code, 0) + 1
        if number > MOST_OF_A_KIND:
            if number > MOST_OF_A_KIND + 1:
                return
            message, hints = f"{message}; further mistakes of this kind are not shown", ()
        self.diagnostics.append(kind.at(Location(self.source, span), message, hints=hints))


@dataclass(slots=True)
class _Frame:
    """An element that is open: its tokens' name, its content so far, where it began."""

    opening: Token | None
    content: list[Inline] = field(default_factory=list)
    affixes: list[Content] = field(default_factory=list)


class InlineBuilder:
    """Builds the inlines of one inline text."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self.reading = reading
        self.places = places
        self.frames = [_Frame(None)]
        self.deep = False

    def build(self, tokens: Sequence[Token]) -> Content:
        """The inlines of the tokens."""
        for token, text in zip(tokens, _printed(tokens, self.reading.quotes), strict=True):
            if token.meta.get("too_deep"):
                self._too_deep(token)
            self._take(token, text)
        while len(self.frames) > 1:
            self._close(None)
        return _joined(self.frames[0].content)

    # ── one token ────────────────────────────────────────────────────────────────────────────

    def _take(self, token: Token, text: str) -> None:
        if token.nesting > 0:
            self._open(token)
            return
        if token.nesting < 0:
            self._close(token)
            return
        node = self._leaf(token, text)
        if node is not None:
            self.frames[-1].content.append(node)

    def _leaf(self, token: Token, text: str) -> Inline | None:
        span = self._span(token)
        match token.type:
            case "softbreak":
                return SoftBreak(span=span)
            case "hardbreak":
                return LineBreak(span=span)
            case "code_inline":
                return self._code(token, span)
            case "image":
                return self._image(token, span)
            case "footnote_mark":
                return self._mark(token, span)
            case "raw_html":
                self._html(token, span)
                return Str(text, span=span)
            case _:
                return self._text(text, span) if text else None

    def _text(self, text: str, span: Span) -> Str:
        """A text; entities can name characters that no output can hold."""
        cleaned, replaced = clean_text(text)
        if replaced:
            message = f"the character U+{ord(text[replaced[0]]):04X} cannot be printed"
            self.reading.report(kinds.CONTROL_CHARACTER, span, message)
        return Str(cleaned, span=span)

    def _open(self, token: Token) -> None:
        if len(self.frames) > limits.MARKDOWN_NESTING and not self.deep:
            self._too_deep(token)
        self.frames.append(_Frame(token))

    def _too_deep(self, token: Token) -> None:
        if not self.deep:
            self.deep = True
            self.reading.report(
                kinds.TOO_DEEP,
                self._span(token),
                f"inline markup is nested more than {limits.MARKDOWN_NESTING} deep",
            )

    def _close(self, closing: Token | None) -> None:
        frame = self.frames.pop()
        opening = frame.opening
        assert opening is not None
        content = _joined(frame.content)
        outer = self.frames[-1]
        if opening.type == "affix_open":
            outer.affixes.append(content)
            return
        span = _around(self._span(opening), self._span(closing) if closing else None)
        if len(self.frames) > limits.MARKDOWN_NESTING:
            outer.content.extend(content)
            return
        outer.content.extend(self._element(opening, frame, content, span))

    def _element(
        self, opening: Token, frame: _Frame, content: Content, span: Span
    ) -> Iterable[Inline]:
        match opening.type:
            case "em_open":
                return (Emph(content, span=span),)
            case "strong_open":
                return (Strong(content, span=Span(max(span.start - 1, 0), span.end + 1)),)
            case "s_open":
                return (Strikeout(content, span=span),)
            case "superscript_open":
                return (Superscript(content, span=span),)
            case "subscript_open":
                return (Subscript(content, span=span),)
            case "span_open":
                return (self._with_attributes(content, opening.meta[ATTRIBUTES], span),)
            case "link_open":
                return self._link(opening, content, span)
            case "note_open":
                return self._inline_note(content, span)
            case "citation_open":
                return (self._citation(opening, frame.affixes, span),)
            case _:
                return content

    # ── elements ─────────────────────────────────────────────────────────────────────────────

    def _code(self, token: Token, span: Span) -> Inline:
        code = Code(token.content, span=span)
        attributes = token.meta.get(ATTRIBUTES)
        return Inlines((code,), attributes, span=span) if attributes else code

    def _with_attributes(self, content: Content, attributes: Attributes, span: Span) -> Inline:
        self.check_attributes(attributes, span)
        rest = [name for name in attributes.classes if name not in _CLASS_NODES]
        wanted = [name for name in attributes.classes if name in _CLASS_NODES]
        node: Content = content
        for name in reversed(wanted):
            node = (_CLASS_NODES[name](node, span=span),)
        if not rest and not attributes.id and not attributes.pairs and len(node) == 1 and wanted:
            return node[0]
        return Inlines(node, replace(attributes, classes=tuple(rest)), span=span)

    def check_attributes(self, attributes: Attributes, span: Span) -> None:
        """Report values that no output can honour."""
        for key, value in attributes.pairs:
            shape = _VALUES.get(key)
            if shape is not None and not shape.fullmatch(value):
                self.reading.report(kinds.BAD_ATTRIBUTE, span, f"`{value}` is no value of `{key}`")

    def _html(self, token: Token, span: Span) -> None:
        name = token.meta["name"]
        if name:
            shown = name if name.startswith("<") else f"<{name}>"
            what = "an HTML comment" if name == "<!--" else f"HTML (`{shown}`)"
            self.reading.report(kinds.RAW_HTML, span, f"{what} is shown as text")

    def _image(self, token: Token, span: Span) -> Inline:
        address = str(token.attrs.get("src", ""))
        alt = _text_of(token.children or ())
        attributes = token.meta.get(ATTRIBUTES, PLAIN)
        self.check_attributes(attributes, span)
        scheme = scheme_of(address)
        if scheme or address.startswith("//"):
            shown = f"{scheme}:…" if scheme == "data" else address
            self.reading.report(
                kinds.REMOTE_IMAGE,
                span,
                f"the image `{shown}` is not in the project",
                "save it under content/ and name the file",
            )
            return Str(alt or shown, span=span)
        title = str(token.attrs.get("title", ""))
        return Image(address, alt, title, attributes, span=span)

    def _link(self, opening: Token, content: Content, span: Span) -> Iterable[Inline]:
        target = self._target(str(opening.attrs.get("href", "")), span)
        if target is None:
            return content
        return (Link(target, content, str(opening.attrs.get("title", "")), span=span),)

    def _target(self, address: str, span: Span) -> Target | None:
        """Where a link leads; None, and a report, for places that outputs must not lead to."""
        found = link_target(address)
        if isinstance(found, LinkProblem):
            self.reading.report(found.kind, span, found.message)
            return None
        return found

    # ── footnotes and citations ──────────────────────────────────────────────────────────────

    def _inline_note(self, content: Content, span: Span) -> Iterable[Inline]:
        if self.reading.in_note:
            self._nested_note(span)
            return content
        content = map_content(content, self._without_note)
        return (Note((Paragraph(content, span=span),), span=span),)

    def _without_note(self, node: Inline) -> Content:
        """The text alone of a note written inside a note."""
        if not isinstance(node, Note):
            return (node,)
        self._nested_note(node.span or Span(0, 0))
        inner = (block.content for block in node.content if isinstance(block, Paragraph))
        return tuple(chain.from_iterable(inner))

    def _nested_note(self, span: Span) -> None:
        self.reading.report(kinds.NESTED_FOOTNOTE, span, "a footnote stands inside a footnote")

    def _mark(self, token: Token, span: Span) -> Inline:
        label = token.meta["label"]
        make = self.reading.notes.get(label)
        if make is None:
            self.reading.report(
                kinds.UNDEFINED_FOOTNOTE,
                span,
                f"the footnote `{label}` has no text",
                f"write it anywhere: [^{label}]: …",
            )
            return Str(token.content, span=span)
        self.reading.used_notes.add(label)
        if self.reading.in_note:
            self.reading.report(
                kinds.NESTED_FOOTNOTE, span, f"`{token.content}` stands inside a footnote"
            )
            return Str(token.content, span=span)
        return Note(make(), span=span)

    def _citation(self, opening: Token, affixes: list[Content], span: Span) -> Inline:
        scanned: Scanned = opening.meta["scanned"]
        attributes: Attributes = opening.meta[ATTRIBUTES]
        full = "full" in attributes.classes
        items = tuple(
            self._cite_item(item, scanned.narrative and not index, full, *affixes[2 * index :][:2])
            for index, item in enumerate(scanned.items)
        )
        for item in scanned.joined:
            self.reading.report(
                kinds.SEVERAL_KEYS,
                self.places.span(item.key_range[0] - 1, item.key_range[1]),
                f"`@{item.key}` follows another key without a semicolon",
                "separate works with `;`",
            )
        for inner in find((node for affix in affixes for node in affix), Cite):
            self.reading.report(
                kinds.NESTED_CITATION, inner.span or span, "a citation stands inside a citation"
            )
        cite = Cite(items, span=span)
        classes = tuple(name for name in attributes.classes if name != "full")
        rest = replace(attributes, classes=classes)
        return Inlines((cite,), rest, span=span) if rest else cite

    def _cite_item(
        self, item: ScannedItem, narrative: bool, full: bool, prefix: Content, suffix: Content
    ) -> CiteItem:
        mode = CiteMode.AUTHOR_IN_TEXT if narrative else CiteMode.NORMAL
        if item.suppress_author:
            mode = CiteMode.SUPPRESS_AUTHOR
        return CiteItem(
            item.key,
            CiteMode.FULL if full else mode,
            prefix,
            suffix,
            item.locator,
            item.possessive,
            key_span=self.places.span(*item.key_range),
        )

    def _span(self, token: Token) -> Span:
        start, end = token.map or (0, 0)
        return self.places.span(start, end)


_CLASS_NODES: Final[dict[str, type[Underline] | type[SmallCaps]]] = {
    "underline": Underline,
    "ul": Underline,
    "smallcaps": SmallCaps,
    "sc": SmallCaps,
}
_LENGTH: Final = re.compile(r"\d{1,5}(?:\.\d{1,4})?(?:%|px|cm|mm|in|pt|em)?")
_VALUES: Final = {
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "dir": re.compile(r"ltr|rtl"),
    "width": _LENGTH,
    "height": _LENGTH,
}


def _around(first: Span, last: Span | None) -> Span:
    return first if last is None else Span(min(first.start, last.start), max(first.end, last.end))


def _text_of(tokens: Iterable[Token]) -> str:
    """The plain text of an image's description."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_text_of(token.children or ()))
        elif token.type == "citation_open":
            parts.extend(f"@{item.key}" for item in token.meta["scanned"].items)
        else:
            parts.append(token.content)
    return "".join(parts).strip()


_TRANSPARENT: Final = frozenset(
    "em_open em_close strong_open strong_close s_open s_close link_open link_close span_open "
    "span_close".split()
)


def _printed(tokens: Sequence[Token], quotes: Quotes) -> list[str]:
    """The text of each token after typography; tokens that are no text count as a letter."""
    pieces: list[tuple[str, bool]] = []
    for token in tokens:
        if token.type == "text":
            pieces.append((token.content, True))
        elif token.type in ("text_special", "raw_html"):
            pieces.append((token.content, False))
        elif token.type in _TRANSPARENT:
            pieces.append(("", False))
        elif token.type in ("softbreak", "hardbreak", "affix_open", "affix_close"):
            pieces.append((" ", False))
        else:
            pieces.append(("x", False))
    return smarten(pieces, quotes)


def _joined(content: Sequence[Inline]) -> Content:
    """Neighbouring texts as one."""
    result: list[Inline] = []
    run: list[Str] = []
    for node in (*content, None):
        if isinstance(node, Str):
            run.append(node)
            continue
        if run:
            result.append(_one(run))
            run = []
        if node is not None:
            result.append(node)
    return tuple(result)


def _one(run: list[Str]) -> Str:
    if len(run) == 1:
        return run[0]
    first, last = run[0].span, run[-1].span
    span = _around(first, last) if first is not None else last
    return Str("".join(node.text for node in run), span=span)
