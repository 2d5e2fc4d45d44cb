"""Block tokens -> Blocks of the model, with spans, identifiers and footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from markdown_it.token import Token

from tcit_export import limits
from tcit_export.model.nodes import (
    PLAIN,
    Alignment,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    DefinitionList,
    Div,
    Figure,
    Heading,
    Image,
    Inline,
    OrderedList,
    Paragraph,
    Str,
    Table,
    ThematicBreak,
)
from tcit_export.readers import kinds
from tcit_export.readers.attributes import fence_attributes
from tcit_export.readers.lists import reference_list
from tcit_export.readers.markdown_inlines import InlineBuilder, Reading
from tcit_export.readers.markdown_parser import parser
from tcit_export.readers.markdown_rules import ATTRIBUTES, RAW, SKIPPED
from tcit_export.readers.places import Places, cell_places, line_places, shifted
from tcit_export.source import Span

_ALIGNMENTS: Final = {
    "text-align:left": Alignment.LEFT,
    "text-align:center": Alignment.CENTER,
    "text-align:right": Alignment.RIGHT,
}


class BlockBuilder:
    """Builds the blocks of one text (a document's body, or a block of its front matter).

    `places` leads from the text to the source.
    """

    def __init__(
        self, reading: Reading, text: str, places: Places, tokens: Sequence[Token]
    ) -> None:
        self.reading = reading
        self.places = places
        self.tokens = tokens
        self.lines = _lines(text)
        self.index = 0
        self.repeated = 0
        self.inlines_of: dict[str, tuple[Block, ...]] = {}

    def build(self, *, define_notes: bool = True) -> tuple[Block, ...]:
        """All blocks; footnotes are defined first, for their marks may stand before them."""
        if define_notes:
            self._define_notes()
        self.index = 0
        return self._until("")

    # ── footnotes ────────────────────────────────────────────────────────────────────────────

    def _define_notes(self) -> None:
        for index, token in enumerate(self.tokens):
            if token.type != "footnote_reference_open":
                continue
            label = token.meta["label"]
            if label in self.reading.notes:
                self.reading.report(
                    kinds.DUPLICATE_IDENTIFIER,
                    self._lines_span(token),
                    f"the footnote `{label}` is written twice; the first text is used",
                )
                continue
            self.reading.notes[label] = _NoteText(self, label, index + 1, token)

    def report_unused_notes(self) -> None:
        """Tell of footnotes that no mark asks for."""
        for token in self.tokens:
            if token.type == "footnote_reference_open":
                label = token.meta["label"]
                if label not in self.reading.used_notes:
                    self.reading.report(
                        kinds.UNUSED_FOOTNOTE,
                        self._lines_span(token),
                        f"no `[^{label}]` marks this footnote",
                    )

    def report_too_deep(self, line: int) -> None:
        """Tell that blocks from `line` (from 0) on were left out."""
        self.reading.report(
            kinds.TOO_DEEP,
            self._line_span(line),
            f"lists, quotes or divs are nested more than {limits.MARKDOWN_NESTING} deep",
        )

    def note_blocks(self, start: int) -> tuple[Block, ...]:
        """The blocks of the footnote whose tokens begin at `start`."""
        before, self.index = self.index, start
        self.reading.in_note = True
        blocks = self._until("footnote_reference_close")
        self.reading.in_note = False
        self.index = before
        return blocks

    # ── blocks ───────────────────────────────────────────────────────────────────────────────

    def _next(self) -> Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def _until(self, closing: str) -> tuple[Block, ...]:
        """The blocks up to a closing token, which is passed, or to the end."""
        blocks: list[Block] = []
        while self.index < len(self.tokens):
            token = self._next()
            if token.type == closing:
                break
            blocks.extend(self._block(token))
        return tuple(blocks)

    def _block(self, token: Token) -> tuple[Block, ...]:
        match token.type:
            case "paragraph_open":
                return self._paragraph()
            case "heading_open":
                return (self._heading(token),)
            case "bullet_list_open":
                items, tight = self._items("bullet_list_close")
                return (BulletList(items, tight, span=self._span(token, items)),)
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                items, tight = self._items("ordered_list_close")
                return (OrderedList(items, start, tight=tight, span=self._span(token, items)),)
            case "blockquote_open":
                content = self._until("blockquote_close")
                return (BlockQuote(content, span=self._span(token, [content])),)
            case "div_open":
                return self._div(token)
            case "dl_open":
                return (self._definitions(token),)
            case "table_open":
                return (self._table(token, ()),)
            case "caption_open":
                return self._captioned(token)
            case "fence" | "code_block":
                return (self._code(token),)
            case "hr":
                return (ThematicBreak(span=self._lines_span(token)),)
            case "footnote_reference_open":
                self._skip("footnote_reference_close")
                return ()
            case _:
                return ()

    def _skip(self, closing: str) -> None:
        depth = 1
        opening = closing.replace("_close", "_open")
        while depth and self.index < len(self.tokens):
            kind = self._next().type
            depth += (kind == opening) - (kind == closing)

    def _paragraph(self) -> tuple[Block, ...]:
        inline = self._next()
        self._next()
        content = self._inlines(inline)
        if not content:
            return ()
        span = Span(_start(content), _end(content))
        if len(content) == 1 and isinstance(content[0], Image):
            return (self._figure(content[0], span),)
        if len(content) == 1 and isinstance(content[0], Str) and _is_fence(content[0].text):
            self.reading.report(
                kinds.STRAY_FENCE, span, f"`{content[0].text.strip()}` closes nothing"
            )
            return ()
        return (Paragraph(content, span=span),)

    def _figure(self, image: Image, span: Span) -> Figure:
        caption: tuple[Inline, ...] = ()
        if image.title:  # Markdown too: captions say where a picture is from
            tokens = parser().parseInline(image.title, {})
            builder = InlineBuilder(self.reading, Places((), span, fixed=True))
            caption = builder.build(tokens[0].children or [] if tokens else [])
        attributes = Attributes(id=image.attributes.id)
        inner = replace(image, attributes=replace(image.attributes, id=""))
        return Figure(inner, caption, attributes, span=span)

    def _heading(self, token: Token) -> Heading:
        inline = self._next()
        self._next()
        attributes = token.meta.get(ATTRIBUTES, PLAIN)
        span = self._lines_span(token)
        return Heading(int(token.tag[1:]), self._inlines(inline), attributes, span=span)

    def _items(self, closing: str) -> tuple[tuple[tuple[Block, ...], ...], bool]:
        """The items of a list, and whether it is tight."""
        items: list[tuple[Block, ...]] = []
        first = self.index
        while self._next().type != closing:
            items.append(self._until("list_item_close"))
        return tuple(items), self._is_tight(first, self.index)

    def _is_tight(self, first: int, last: int) -> bool:
        """Whether the paragraphs directly in a list's items are set without space."""
        level = self.tokens[first].level + 1
        return all(
            token.hidden
            for token in self.tokens[first:last]
            if token.type == "paragraph_open" and token.level == level
        )

    def _div(self, token: Token) -> tuple[Block, ...]:
        attributes: Attributes = token.meta[ATTRIBUTES]
        content = self._until("div_close")
        span = self._span(token, [content])
        if token.meta["unclosed"]:
            line = self._line_span((token.map or [0])[0])
            self.reading.report(
                kinds.UNCLOSED_DIV, line, "this block is never closed", "end it with a line `:::`"
            )
        InlineBuilder(self.reading, self.places).check_attributes(attributes, span)
        if "references" in attributes.classes or attributes.id == "refs":
            fence = self._fence((token.map or [0])[0])
            return reference_list(self.reading, attributes, fence, content, span)
        return (Div(content, attributes, span=span),)

    def _fence(self, number: int) -> tuple[str, Places]:
        """A line, and where its characters stand in the source."""
        start, line = self.lines[number]
        places = Places(((0, start),), Span(start, start + len(line)))
        return line, self._outer(places)

    def _definitions(self, token: Token) -> DefinitionList:
        items: list[tuple[tuple[Inline, ...], tuple[tuple[Block, ...], ...]]] = []
        term: tuple[Inline, ...] = ()
        definitions: list[tuple[Block, ...]] = []
        parts: list[tuple[Block, ...]] = []
        while (part := self._next()).type != "dl_close":
            if part.type == "dt_open":
                if term or definitions:
                    items.append((term, tuple(definitions)))
                term, definitions = self._inlines(self._next()), []
                self._next()
            elif part.type == "dd_open":
                definitions.append(self._until("dd_close"))
                parts.append(definitions[-1])
        items.append((term, tuple(definitions)))
        return DefinitionList(tuple(items), span=self._span(token, parts))

    def _code(self, token: Token) -> CodeBlock:
        attributes = fence_attributes(token.info) if token.type == "fence" else PLAIN
        return CodeBlock(token.content.removesuffix("\n"), attributes, span=self._lines_span(token))

    # ── tables ───────────────────────────────────────────────────────────────────────────────

    def _captioned(self, token: Token) -> tuple[Block, ...]:
        """A caption that stands before its table."""
        caption = self._inlines(self._next())
        self._next()
        return (self._table(self._next(), caption, token.meta.get(ATTRIBUTES, PLAIN)),)

    def _table(
        self, token: Token, caption: tuple[Inline, ...], attributes: Attributes = PLAIN
    ) -> Table:
        rows: list[tuple[Cell, ...]] = []
        alignments: list[Alignment] = []
        while (part := self._next()).type != "table_close":
            if part.type == "tr_open":
                rows.append(self._row(part, alignments if not rows else []))
        following = self.tokens[self.index] if self.index < len(self.tokens) else None
        if not caption and following is not None and following.type == "caption_open":
            self._next()
            caption, attributes = self._inlines(self._next()), following.meta.get(ATTRIBUTES, PLAIN)
            self._next()
        span = _joined_span(self._lines_span(token), [caption])
        return Table(rows[0], tuple(rows[1:]), tuple(alignments), caption, attributes, span=span)

    def _row(self, opening: Token, alignments: list[Alignment]) -> tuple[Cell, ...]:
        number = (opening.map or [0])[0]
        line_start, line = self.lines[number]
        cursor = line.find("|") + 1 if line.lstrip(" \t>").startswith("|") else 0
        cells: list[Cell] = []
        while (part := self._next()).type != "tr_close":
            if part.type in ("td_open", "th_open"):
                style = str(part.attrs.get("style", ""))
                alignments.append(_ALIGNMENTS.get(style, Alignment.DEFAULT))
                inline = self._next()
                places, cursor = cell_places(inline.content, line_start, line, cursor)
                content = self._build(inline, self._outer(places))
                cells.append(Cell(content, span=self._outer(places).within))
                self._next()
        self._report_lost(line[cursor:], line_start + cursor, number)
        return tuple(cells)

    def _report_lost(self, rest: str, start: int, line: int) -> None:
        """What stands in a row after the last column is in no cell (GFM leaves it out)."""
        lost = rest.strip(" \t|")
        if lost:
            first = start + rest.index(lost)
            span = self.places.span(first, first + len(lost))
            message = f"`{lost}` is in no column of the table: it has fewer than this row"
            self.reading.report(kinds.LOST_CELL, span, message, "give the head as many cells")

    # ── inlines and places ───────────────────────────────────────────────────────────────────

    def _inlines(self, inline: Token) -> tuple[Inline, ...]:
        first, last = inline.map or [0, 1]
        text = inline.meta.get(RAW, inline.content)
        lines = self.lines[first : max(last, first + 1)]
        whole = Span(lines[0][0], lines[-1][0] + len(lines[-1][1])) if lines else Span(0, 0)
        places = line_places(text, lines, whole)
        return self._build(inline, self._outer(shifted(places, inline.meta.get(SKIPPED, 0))))

    def _build(self, inline: Token, places: Places) -> tuple[Inline, ...]:
        return InlineBuilder(self.reading, places).build(inline.children or [])

    def _outer(self, places: Places) -> Places:
        """Places in this text as places in the source."""
        within = self.places.span(places.within.start, places.within.end)
        pieces = tuple((offset, self.places.at(place)) for offset, place in places.pieces)
        return Places(pieces, within, self.places.fixed)

    def _line_span(self, number: int) -> Span:
        start, line = self.lines[min(number, len(self.lines) - 1)]
        lead = len(line) - len(line.lstrip())
        return self.places.span(start + lead, start + len(line.rstrip()))

    def _lines_span(self, token: Token) -> Span:
        """The lines of a token, without the space around them."""
        first, last = token.map or [0, 1]
        last = min(max(last, first + 1), len(self.lines))
        while last > first + 1 and not self.lines[last - 1][1].strip(" \t>"):
            last -= 1
        start, end = self._line_span(first), self._line_span(last - 1)
        return Span(start.start, max(end.end, start.end))

    def _span(self, token: Token, parts: Sequence[Sequence[Block]]) -> Span:
        return _joined_span(self._lines_span(token), parts)


class _NoteText:
    """Makes a footnote's blocks when first asked; keeps count of text set again and again."""

    def __init__(self, builder: BlockBuilder, label: str, start: int, opening: Token) -> None:
        self.builder = builder
        self.label = label
        self.start = start
        self.opening = opening
        self.blocks: tuple[Block, ...] | None = None

    def __call__(self) -> tuple[Block, ...]:
        if self.blocks is None:
            self.blocks = self.builder.note_blocks(self.start)
            return self.blocks
        span = self.builder._lines_span(self.opening)
        before = self.builder.repeated
        self.builder.repeated += span.end - span.start
        if self.builder.repeated <= limits.MARKDOWN_BYTES:
            return self.blocks
        if before <= limits.MARKDOWN_BYTES:
            self.builder.reading.report(
                kinds.REPEATED_FOOTNOTE, span, f"the footnote `{self.label}` is repeated too often"
            )
        return ()


def _lines(text: str) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _is_fence(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) >= 3 and not stripped.strip(":")


def _start(content: Sequence[Inline | Block]) -> int:
    span = content[0].span
    return span.start if span is not None else 0


def _end(content: Sequence[Inline | Block]) -> int:
    span = content[-1].span
    return span.end if span is not None else 0


def _joined_span(span: Span, parts: Sequence[Sequence[Inline | Block]]) -> Span:
    """A span that holds all of its parts."""
    spans = [node.span for part in parts for node in part if node.span is not None]
    return Span(
        min([span.start, *(inner.start for inner in spans)]),
        max([span.end, *(inner.end for inner in spans)]),
    )
