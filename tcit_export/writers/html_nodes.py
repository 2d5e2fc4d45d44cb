"""Nodes -> HTML, for the page and for the PDF alike; one `match` over blocks, one over inlines.

All text is escaped on the way in; raw HTML does not exist here.  Names of our own are prefixed
`tcit-`, so a page can be pasted into another one.  What the two media need differently (notes,
pictures, back links) hangs on `Medium`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, repeat
from typing import Final, NamedTuple, TypeAlias, assert_never
from urllib.parse import quote

from markupsafe import Markup, escape

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import (
    Alignment,
    Anchor,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Cite,
    Code,
    CodeBlock,
    DefinitionList,
    Div,
    Emph,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    NumberStyle,
    OrderedList,
    Paragraph,
    ReferenceList,
    SmallCaps,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    ThematicBreak,
    Underline,
    Url,
)
from tcit_export.model.walk import plain_text
from tcit_export.patterns import late
from tcit_export.source import Span
from tcit_export.writers.column_runs import column_runs
from tcit_export.writers.html_markup import EMPTY, element, followable, language, together
from tcit_export.writers.html_places import Places, html_id
from tcit_export.writers.table_columns import Decimals, alignments, decimals
from tcit_export.writers.typography import pieces
from tcit_export.writers.work_names import described

IMAGE_SCHEME: Final = "tcit:image/"
_CLASS: Final = late(r"[A-Za-z_][\w-]*", re.ASCII)
_LENGTH: Final = late(r"(\d{1,4}(?:\.\d{1,3})?)(%|px|cm|mm|in|pt|em)?")
_ORDER: Final = {
    NumberStyle.DECIMAL: "1",
    NumberStyle.LOWER_ALPHA: "a",
    NumberStyle.UPPER_ALPHA: "A",
    NumberStyle.LOWER_ROMAN: "i",
    NumberStyle.UPPER_ROMAN: "I",
}
ReferenceListTemplate: TypeAlias = Callable[["HtmlNodes", ReferenceList], Markup]
"""The partial `reference_list.html.j2`, given the writer of what stands in the entries."""


class Medium(Enum):
    """Where the HTML goes: to a browser, or through WeasyPrint to paper."""

    SCREEN = "screen"
    PRINT = "print"


class Footnote(NamedTuple):
    """A note set aside: `id` of the note, `call` of its mark in the text, `span` where typed."""

    number: int
    id: str
    call: str
    content: Markup
    span: Span | None = None


class Section(NamedTuple):
    """A heading as the table of contents needs it."""

    level: int
    id: str
    title: str
    lang: str = ""
    """The title's language, where it is not the document's."""


@dataclass(slots=True)
class HtmlNodes:
    """Writes the nodes of one document; gathers notes, headings and problems on its way."""

    document: ResolvedDocument
    medium: Medium
    places: Places
    reference_list: ReferenceListTemplate
    after_cite_this: Markup = EMPTY
    """What the page adds to the panel "Cite this article"."""
    notes: list[Footnote] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    """CSS declaration -> class name, for what the author typed (sizes, first numbers)."""
    problems: list[str] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    """Keys of the works that a list has had."""
    _named: set[str] = field(default_factory=set)
    _levels: list[int] = field(default_factory=list)
    _claimed: set[str] = field(default_factory=set)
    _captions: dict[str, int] = field(default_factory=dict)
    _citations: int = 0
    _in_note: bool = False

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """All of them, in order; on paper, lists in columns that follow one another are one."""
        if self.medium is not Medium.PRINT:
            return self._run(blocks)
        runs = ((run, self._run(run.blocks)) for run in column_runs(blocks))
        parts = (
            element("div", lines, class_="tcit-flow") if run.columns > 1 else lines
            for run, lines in runs
        )
        return together(parts, "\n")

    def _run(self, blocks: Iterable[Block]) -> Markup:
        """Blocks in order; a list of references is one section with its heading."""
        written: list[Markup] = []
        heading: Heading | None = None
        for block in blocks:
            if heading is not None and not isinstance(block, ReferenceList):
                written.append(self.heading(heading))
            if isinstance(block, ReferenceList):
                written.append(self.references(block, heading))
            elif not isinstance(block, Heading):
                written.append(self.block(block))
            heading = block if isinstance(block, Heading) else None
        if heading is not None:
            written.append(self.heading(heading))
        return together(written, "\n")

    def block(self, block: Block) -> Markup:
        """One block."""
        match block:
            case Paragraph():
                return element("p", self.inlines(block.content))
            case Heading():
                return self.heading(block)
            case BulletList():
                return element("ul", self._items(block), class_=_tight(block))
            case OrderedList():
                return self._ordered(block)
            case DefinitionList():
                return element("dl", self._definitions(block))
            case BlockQuote():
                return element("blockquote", self._lines(block.content))
            case CodeBlock():
                code = element("code", self._lines_of_code(block.text))
                return element("pre", code, **language(block.attributes))
            case ThematicBreak():
                return element("hr", None)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Div():
                return self._div(block)
            case ReferenceList():
                return self.references(block, None)
            case _:
                assert_never(block)

    def _lines(self, blocks: Iterable[Block]) -> Markup:
        return _on_lines([self.blocks(blocks)])

    def heading(self, heading: Heading) -> Markup:
        """A heading, one level below the title at least and never a level skipped."""
        while self._levels and self._levels[-1] >= heading.level:
            self._levels.pop()
        self._levels.append(heading.level)
        level = min(len(self._levels) + 1, 6)
        attributes = heading.attributes
        name = self.claim(attributes.id)
        lang = language(attributes).get("lang", "")
        self.sections.append(Section(level, name or "", plain_text(heading.content), lang))
        classes = self._classes(attributes)
        content = self.inlines(heading.content)
        return element(f"h{level}", content, id=name, class_=classes, **language(attributes))

    def _items(self, block: BulletList | OrderedList) -> Markup:
        items = (element("li", self._item(item, block.tight)) for item in block.items)
        return _on_lines(items)

    def _item(self, blocks: tuple[Block, ...], tight: bool) -> Markup:
        """A tight item's paragraphs need no element of their own."""
        if tight and blocks and isinstance(blocks[0], Paragraph):
            first = self.inlines(blocks[0].content)
            return first + self._lines(blocks[1:]) if blocks[1:] else first
        return self._lines(blocks)

    def _ordered(self, block: OrderedList) -> Markup:
        start = block.start if block.start != 1 else None
        kind = None if block.style is NumberStyle.DECIMAL else block.style
        if self.medium is Medium.SCREEN:
            order = _ORDER[kind] if kind else None
            return element("ol", self._items(block), start=start, type_=order, class_=_tight(block))
        # WeasyPrint numbers by style alone.
        classes = [_tight(block), f"tcit-{kind.value}" if kind else None]
        if start is not None:
            classes.append(self._rule(f"counter-reset:list-item {start - 1}"))
        return element("ol", self._items(block), class_=" ".join(filter(None, classes)) or None)

    def _lines_of_code(self, text: str) -> str:
        """On paper without tabs and spaces at the ends of lines: WeasyPrint fails at some."""
        if self.medium is Medium.SCREEN:
            return text
        return "\n".join(line.expandtabs().rstrip() for line in text.split("\n"))

    def _definitions(self, block: DefinitionList) -> Markup:
        lines: list[Markup] = []
        for term, definitions in block.items:
            lines.append(element("dt", self.inlines(term)))
            lines.extend(
                element("dd", self._item(blocks, tight=len(blocks) == 1)) for blocks in definitions
            )
        return _on_lines(lines)

    def _div(self, block: Div) -> Markup:
        attributes = block.attributes
        titled = bool(block.content) and isinstance(block.content[0], Heading)
        name = self.claim(attributes.id)
        label: str | None = None
        if titled and isinstance(block.content[0], Heading):
            label = html_id(block.content[0].attributes.id) or None
        classes = self._classes(attributes)
        content = self._lines(block.content)
        own = "cite-this" in attributes.classes
        if own and self.medium is Medium.SCREEN:
            content += self.after_cite_this
        return element(
            "section" if label else "div",
            content,
            id=name,
            class_=classes,
            aria_labelledby=label,
            data_struct_id="cite-this" if own and self.medium is Medium.PRINT else None,
            **language(attributes),
        )

    def references(self, block: ReferenceList, heading: Heading | None) -> Markup:
        """A list of references with its heading, as one landmark."""
        title = self.heading(heading) if heading is not None else EMPTY
        own = [html_id(heading.attributes.id)] if heading is not None else []
        above = own or [section.id for section in self.sections[-1:]]
        label = next((name for name in above if name), "")
        # Two landmarks of one name tell a reader nothing: the second list there is none.
        words = plain_text(heading.content) if heading is not None else ""
        names = {label, words} - {""} or {""}
        is_landmark = not names & self._named
        self._named |= names
        entries = self.reference_list(self, block) if block.entries else EMPTY
        return element(
            "section" if heading is not None else "div",
            _on_lines((title, entries)),
            id=self.claim(block.attributes.id),
            class_=self._classes(block.attributes, *_list_section(block)),
            role="doc-bibliography" if is_landmark else None,
            aria_labelledby=label or None if is_landmark else None,
            aria_label=None if label or not is_landmark else self.document.labels.references,
            **language(block.attributes),
        )

    # ── tables and figures ───────────────────────────────────────────────────────────────────────

    def _table(self, block: Table) -> Markup:
        aligned = alignments(block)
        name = self.claim(block.attributes.id)
        caption = EMPTY
        if block.caption:
            caption = self._caption("caption", self.document.labels.table, block.caption)
        head = EMPTY
        if any(cell.content for cell in block.head):
            head = element("thead", self._row(block.head, aligned, head=True))
        # A screen's own type may have figures of any width.
        figures = decimals(block, aligned) if self.medium is Medium.PRINT else ()
        rows = (self._row(row, aligned, head=False, decimals=figures) for row in block.rows)
        body = element("tbody", together(rows, "\n"))
        parts = _on_lines(part for part in (caption, head, body) if part)
        table = element("table", parts, id=name, **language(block.attributes))
        if self.medium is Medium.PRINT:
            return table
        # A wide table scrolls in its own box, which the keyboard must be able to reach; a group,
        # as a region is a landmark, and landmarks of one name are none.
        label = plain_text(block.caption) or self.document.labels.table
        return element(
            "div", table, class_="tcit-table", role="group", aria_label=label, tabindex=0
        )

    def _row(
        self,
        cells: tuple[Cell, ...],
        aligned: tuple[Alignment, ...],
        head: bool,
        decimals: tuple[Decimals | None, ...] = (),
    ) -> Markup:
        written: list[Markup] = []
        columns = chain(decimals, repeat(None))
        for cell, alignment, column in zip(cells, aligned, columns, strict=False):
            # An empty header cell would be announced as a header without words.
            is_head = head and bool(cell.content)
            content = self.inlines(cell.content)
            if column is not None and (room := column.room_after(plain_text(cell.content))):
                content = element("span", content, class_=self._rule(f"padding-right:{room}"))
            tag, scope = ("th", "col") if is_head else ("td", None)
            side = None if alignment is Alignment.DEFAULT else f"tcit-{alignment.value}"
            written.append(element(tag, content, scope=scope, class_=side))
        return element("tr", together(written))

    def _caption(self, tag: str, word: str, content: tuple[Inline, ...]) -> Markup:
        """ "Table 2. What people said": tables and figures are counted each on their own."""
        self._captions[word] = number = self._captions.get(word, 0) + 1
        lang = self.document.labels.lang or None
        words = f"{word} {number}."
        label = element("span", words, class_="tcit-caption-label", lang=lang)
        return element(tag, Markup("{} {}").format(label, self.inlines(content)))

    def _figure(self, block: Figure) -> Markup:
        picture = self._image(block.image)
        caption = EMPTY
        if block.caption:
            caption = self._caption("figcaption", self.document.labels.figure, block.caption)
        return element(
            "figure",
            together((part for part in (picture, caption) if part), "\n"),
            id=self.claim(block.attributes.id),
            class_=self._classes(block.attributes),
            **language(block.attributes),
        )

    def _image(self, image: Image) -> Markup:
        resource = self.document.resources.get(image.source)
        if resource is None:
            self.problems.append(f"the image `{image.source}` is not among the resources")
            return element("span", image.alt or image.source, class_="tcit-missing")
        if self.medium is Medium.PRINT:
            source = print_address(image.source)
        else:
            source = f"data:{resource.media_type};base64,{b64encode(resource.data).decode()}"
        # alt="" is said, not left out: it means that the picture is decoration.
        return element(
            "img",
            None,
            src=source,
            alt=image.alt,
            title=image.title or None,
            width=resource.width or None,
            height=resource.height or None,
            class_=self._size(image),
        )

    def _size(self, image: Image) -> str | None:
        """A class for the size that the author typed: style attributes are not allowed here."""
        declarations = [
            f"{name}:{match[1]}{match[2] or 'px'}"
            for name in ("width", "height")
            if (match := _LENGTH.fullmatch(image.attributes.get(name).replace(" ", "")))
        ]
        if not declarations:
            return None
        return self._rule(";".join(declarations))

    def _rule(self, declarations: str) -> str:
        """The class of a rule of this document's own."""
        return self.rules.setdefault(declarations, f"tcit-own-{len(self.rules) + 1}")

    # ── inlines ──────────────────────────────────────────────────────────────────────────────────

    def inlines(self, inlines: Iterable[Inline]) -> Markup:
        """A run of inlines."""
        return together([self.inline(inline) for inline in inlines])

    def inline(self, inline: Inline) -> Markup:
        """One inline."""
        match inline:
            case Str():
                return self._text(inline.text)
            case SoftBreak():
                return Markup(" ")
            case LineBreak():
                return element("br", None)
            case Emph():
                return element("em", self.inlines(inline.content))
            case Strong():
                return element("strong", self.inlines(inline.content))
            case Underline():
                return element("u", self.inlines(inline.content))
            case Strikeout():
                return element("s", self.inlines(inline.content))
            case Superscript():
                return element("sup", self.inlines(inline.content))
            case Subscript():
                return element("sub", self.inlines(inline.content))
            case SmallCaps():
                return element("span", self.inlines(inline.content), class_="tcit-small-caps")
            case Code():
                return element("code", inline.text)
            case Link():
                return self._link(inline)
            case Image():
                return self._image(inline)
            case Inlines():
                return self._span(inline)
            case Note():
                return self._note(inline)
            case Cite():
                return self._cite(inline)
            case _:
                assert_never(inline)

    def _text(self, text: str) -> Markup:
        if self.medium is Medium.SCREEN:
            return escape(text)
        return together(
            element("span", piece, class_="tcit-unbroken") if unbroken else escape(piece)
            for piece, unbroken in pieces(text)
        )

    def _span(self, inline: Inlines) -> Markup:
        attributes = inline.attributes
        content = self.inlines(inline.content)
        name, classes = self.claim(attributes.id), self._classes(attributes)
        return element("span", content, id=name, class_=classes, **language(attributes))

    def _link(self, link: Link, role: str | None = None) -> Markup:
        content = self.inlines(link.content)
        match link.target:
            case Url(typed):
                address = followable(typed)
                if address is None:
                    return content
                contents = described(link) if self.medium is Medium.PRINT else None
                return element("a", content, href=address, data_contents=contents)
            case Anchor(name):
                return self._inner_link(html_id(name), link, content, role)
            case _:
                assert_never(link.target)

    def _inner_link(self, name: str, link: Link, content: Markup, role: str | None) -> Markup:
        if not name or name not in self.places.ids:
            return content
        contents: str | None = None
        if self.medium is Medium.PRINT:
            work = self.places.entries.get(name)
            contents = described(link, self.document.labels, work)
        return element("a", content, role=role, href=f"#{name}", data_contents=contents)

    def _cite(self, cite: Cite) -> Markup:
        self._citations += 1
        name = self.citation_id(self._citations)
        keys = " ".join(quote(item.key, errors="replace") for item in cite.items)
        content = together(
            self._link(inline, "doc-biblioref")
            if isinstance(inline, Link) and isinstance(inline.target, Anchor)
            else self.inline(inline)
            for inline in cite.content
        )
        where = {"id": name} if self.medium is Medium.SCREEN else {"data_struct_id": name}
        return element("span", content, **where, class_="tcit-citation", data_cite=keys)

    def citation_id(self, number: int) -> str:
        """The id of the n-th citation."""
        return self.places.own_id(f"cite-{number}")

    def _note(self, note: Note) -> Markup:
        if self._in_note and self.medium is Medium.PRINT:
            return self._note_in_note(note)
        number = len(self.notes) + 1
        name = self.places.own_id(f"note-{number}")
        call = self.places.own_id(f"noteref-{number}")
        # Notes in notes get later numbers: hold the place before writing what is inside.
        self.notes.append(Footnote(number, name, call, EMPTY))
        outer, self._in_note = self._in_note, True
        self.notes[number - 1] = Footnote(number, name, call, self.blocks(note.content), note.span)
        self._in_note = outer
        if self.medium is Medium.PRINT:
            return element("span", "", class_="tcit-footnote", id=name)
        mark = element("a", str(number), role="doc-noteref", id=call, href=f"#{name}")
        return element("sup", mark)

    def _note_in_note(self, note: Note) -> Markup:
        """In brackets: on paper no note can stand at the foot of a note (WeasyPrint never ends)."""
        parts = (
            self.inlines(block.content)
            if isinstance(block, Paragraph)
            else escape(plain_text([block]))
            for block in note.content
        )
        return Markup(" [{}]").format(Markup(" ").join(parts))

    # ── attributes ───────────────────────────────────────────────────────────────────────────────

    def claim(self, name: str) -> str | None:
        """The id for an author's name, the first time it is used."""
        name = html_id(name)
        if not name or name in self._claimed:
            return None
        self._claimed.add(name)
        return name

    def _classes(self, attributes: Attributes, *own: str) -> str | None:
        typed = (name for name in attributes.classes if _CLASS.fullmatch(name))
        return " ".join(dict.fromkeys((*own, *typed))) or None


def print_address(source: str) -> str:
    """By what name the PDF's layout asks for a picture."""
    return IMAGE_SCHEME + quote(source, errors="replace")


def _on_lines(parts: Iterable[Markup]) -> Markup:
    """Each on a line of its own."""
    return together((EMPTY, *parts, EMPTY), "\n")


def _list_section(block: ReferenceList) -> tuple[str, ...]:
    wide = (block.spec.look.columns or 1) > 1
    return ("tcit-references", "tcit-wide") if wide else ("tcit-references",)


def _tight(block: BulletList | OrderedList) -> str | None:
    return None if block.tight else "tcit-loose"
