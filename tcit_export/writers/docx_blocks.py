"""Blocks -> paragraphs, lists and tables of WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, assert_never

from tcit_export.model.nodes import (
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    DefinitionList,
    Div,
    Figure,
    Heading,
    Inline,
    ListLook,
    OrderedList,
    Paragraph,
    ReferenceEntry,
    ReferenceList,
    Table,
    ThematicBreak,
)
from tcit_export.model.options import Citations
from tcit_export.model.walk import plain_text
from tcit_export.writers.column_runs import column_runs
from tcit_export.writers.direction import own_direction
from tcit_export.writers.docx_build import Build, Story
from tcit_export.writers.docx_citations import word_bibliography_code, zotero_bibliography_code
from tcit_export.writers.docx_codes import code_address, has_codes, write_code
from tcit_export.writers.docx_inlines import Look, write_inline, write_inlines, write_text
from tcit_export.writers.docx_numbering import HIGHEST_START
from tcit_export.writers.docx_outline import PANEL, nesting
from tcit_export.writers.docx_readings import DETAILS, NOTE, write_details, write_tick, write_total
from tcit_export.writers.docx_sections import columns_of, may_have_columns, section_of
from tcit_export.writers.docx_style_table import HANGING, HEADINGS, LIST_LEVELS, LIST_STYLES, STEP
from tcit_export.writers.docx_tables import write_label, write_table
from tcit_export.writers.ooxml import (
    Element,
    append_control,
    append_field_code,
    append_field_end,
    append_gallery,
    append_paragraph,
    child,
    qn,
    value,
)

_KEPT: Final = "<w:keepNext/>"
_AFTER_TABLE: Final = '<w:spacing w:before="240"/>'


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: the style of plain paragraphs there, and how far in everything is.

    `steps` is how many steps of indentation `text` has beyond its own; `depth` is how many the
    lists, quotes and code inside have.
    """

    look: Look
    text: str = "Body Text"
    steps: int = 0
    depth: int = 0

    @property
    def in_note(self) -> bool:
        return self.text == "footnote text"

    def inside(self, text: str) -> Place:
        """One level further in, with another style of plain paragraphs."""
        return replace(self, text=text, steps=self.depth, depth=self.depth + 1)


def write_blocks(
    build: Build, story: Story, parent: Element, blocks: Iterable[Block], place: Place
) -> None:
    """Append blocks to a body, a note, or a content control; lists in columns share them."""
    for run in column_runs(blocks):
        if run.columns > 1 and may_have_columns(build):
            with section_of(build, parent, run.columns):
                _write_run(build, story, parent, run.blocks, place, flows=True)
        else:
            _write_run(build, story, parent, run.blocks, place)


def _write_run(
    build: Build, story: Story, parent: Element, blocks: Iterable[Block], place: Place,
    *, flows: bool = False,
) -> None:  # fmt: skip
    """Blocks in order. `flows`: they stand in columns already."""
    previous: Block | None = None
    for block in blocks:
        if isinstance(block, ReferenceList):
            _write_references(build, story, parent, block, previous, place, flows=flows)
        else:
            write_block(build, story, parent, block, place)
        previous = block


def write_block(build: Build, story: Story, parent: Element, block: Block, place: Place) -> None:
    match block:
        case Paragraph(content):
            write_paragraph(build, story, parent, content, text_style(build, place), place.look)
        case Heading():
            _write_heading(build, story, parent, block, place)
        case BulletList():
            _write_list(build, story, parent, block, place)
        case OrderedList():
            _write_list(build, story, parent, block, place)
        case DefinitionList():
            _write_definitions(build, story, parent, block, place)
        case BlockQuote(content):
            write_blocks(build, story, parent, content, place.inside("Quote"))
        case CodeBlock():
            build.spot(parent, block.attributes.id)
            style = build.styles.nested("Source Code", place.depth)
            paragraph = append_paragraph(parent, _below(build, parent, style))
            write_text(build, paragraph, block.text.rstrip("\n"), Look())
        case ThematicBreak():
            append_paragraph(parent, build.styles.id("Thematic Break"))
        case Table():
            _part_tables(build, parent, block)
            write_table(build, story, parent, block, place.look, place.depth)
        case Figure():
            _write_figure(build, story, parent, block, place)
        case Div():
            _write_div(build, story, parent, block, place)
        case ReferenceList():
            _write_references(build, story, parent, block, None, place)
        case _:
            assert_never(block)


def text_style(build: Build, place: Place) -> str:
    """The id of the style of plain paragraphs."""
    if place.text == "List Continue":
        return _numbered(build, "List Continue", place.steps)
    return build.styles.nested(place.text, place.steps)


def _below(build: Build, parent: Element, style: str) -> str:
    """The style, or below a table a variant of it with room above: tables of Word's have none."""
    last = _last_element(parent)
    if last is None or last.tag != qn("w:tbl"):
        return style
    return build.styles.variant(style, "After Table", _AFTER_TABLE)


def write_paragraph(
    build: Build,
    story: Story,
    parent: Element,
    content: Iterable[Inline],
    style: str,
    look: Look,
) -> Element:
    """A paragraph of inlines in a style (by its id)."""
    paragraph = append_paragraph(parent, _below(build, parent, style))
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    write_inlines(build, story, paragraph, content, look)
    return paragraph


# ── headings and divisions ───────────────────────────────────────────────────────────────────────


def _write_heading(
    build: Build, story: Story, parent: Element, heading: Heading, place: Place
) -> None:
    """In a note, which has no chapters, a heading is a strong paragraph."""
    look = place.look.attributed(build, heading.attributes)
    if place.in_note:
        style, look = build.styles.id("footnote text"), look.styled("Strong")
    elif place.text == "Panel":
        style = build.styles.id("Panel Heading")
    else:
        depth = min(nesting(build.headings, heading.level), HEADINGS)
        style = build.styles.id(f"heading {depth}")
    paragraph = append_paragraph(parent, style)
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    number = build.mark(paragraph, heading.attributes.id)
    write_inlines(build, story, paragraph, heading.content, look)
    build.unmark(paragraph, number)


def _write_div(build: Build, story: Story, parent: Element, div: Div, place: Place) -> None:
    build.spot(parent, div.attributes.id)
    inner = replace(place, look=place.look.attributed(build, div.attributes))
    if PANEL in div.attributes.classes and not place.in_note:
        inner = replace(inner, text="Panel", steps=0)
    start = len(parent)
    write_blocks(build, story, parent, div.content, inner)
    if inner.text == "Panel":
        close_panel(build, parent, start)


def close_panel(build: Build, parent: Element, start: int) -> None:
    """Room below a panel: its last paragraph, if it is one of its own, has it in its style."""
    last = parent[-1] if len(parent) > start else None
    style = None if last is None else last.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if style is not None and style.get(qn("w:val")) == build.styles.id("Panel"):
        style.set(qn("w:val"), build.styles.id("Panel Last"))


# ── lists ────────────────────────────────────────────────────────────────────────────────────────


def _numbered(build: Build, name: str, level: int) -> str:
    """The id of `List Bullet`, `List Bullet 2` and so on; Word has five, then we go on."""
    last = LIST_STYLES - 1
    if level <= last:
        return build.styles.id(f"{name} {level + 1}" if level else name)
    indent = f'<w:ind w:left="{STEP * (level + 1)}"/>'
    return build.styles.derived(f"{name} {LIST_STYLES}", f"Level {level + 1}", indent)


def _write_list(
    build: Build, story: Story, parent: Element, block: BulletList | OrderedList, place: Place
) -> None:
    """An item begins with a numbered paragraph; what else it holds is indented alike."""
    level = min(place.depth, LIST_LEVELS - 1)
    if place.depth > level:
        build.problem(f"Word nests lists {LIST_LEVELS} deep at most; deeper ones stand at the last")
    number = 0
    if isinstance(block, OrderedList):
        if not 0 <= block.start <= HIGHEST_START:
            build.problem(
                f"Word starts lists between 0 and {HIGHEST_START:,}, not at {block.start}"
            )
        number = build.numbering.ordered(block.style, level, block.start, len(block.items))
    inside = place.inside(place.text if place.in_note else "List Continue")
    inside = replace(inside, steps=0 if place.in_note else level)
    for item in block.items:
        first, rest = (
            (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (None, item)
        )
        paragraph = _list_paragraph(build, parent, place, level, number)
        if first is not None:
            write_inlines(build, story, paragraph, first.content, place.look)
        write_blocks(build, story, parent, rest, inside)


def _list_paragraph(
    build: Build, parent: Element, place: Place, level: int, number: int
) -> Element:
    """`number` is the instance of an ordered list, 0 for bullets.

    The styles bring their bullets along, ours and a letterhead's own; a number always names its
    list, and so does a bullet where the style has none.
    """
    name = "List Number" if number else "List Bullet"
    if place.in_note:
        style, has_own = build.styles.id("footnote text"), False
    else:
        style = _numbered(build, name, level)
        last = f"{name} {level + 1}" if level else name
        has_own = level < LIST_STYLES and build.styles.has_numbering(last)
    below = _below(build, parent, style)
    style, has_own = below, has_own and below == style
    paragraph = append_paragraph(parent, style)
    if number or not has_own:
        numbering = child(paragraph[0], "w:numPr")
        value(numbering, "w:ilvl", level)
        value(numbering, "w:numId", number or build.numbering.shared(None))
    if place.look.right_to_left:
        child(paragraph[0], "w:bidi")
    return paragraph


def _write_definitions(
    build: Build, story: Story, parent: Element, block: DefinitionList, place: Place
) -> None:
    for term, definitions in block.items:
        style = build.styles.nested("Definition Term", place.depth)
        if place.in_note:
            style = build.styles.id("footnote text")
        write_paragraph(build, story, parent, term, style, place.look)
        inside = place.inside("footnote text" if place.in_note else "Definition")
        for definition in definitions:
            write_blocks(build, story, parent, definition, inside)


# ── figures and tables ───────────────────────────────────────────────────────────────────────────


def _write_figure(
    build: Build, story: Story, parent: Element, figure: Figure, place: Place
) -> None:
    build.spot(parent, figure.attributes.id)
    width = max(build.text_width - place.depth * STEP, STEP)
    words = plain_text(figure.caption)
    look = place.look._replace(width=width, caption=words)
    paragraph = append_paragraph(parent, build.styles.nested("Figure", place.depth))
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    write_inline(build, story, paragraph, figure.image, look)
    if figure.caption:
        build.figures += 1
        caption = append_paragraph(parent, build.styles.nested("caption", place.depth))
        if look.right_to_left:
            child(caption[0], "w:bidi")
        label = build.document.labels.figure
        write_label(build, caption, label, "Figure", build.figures, place.look)
        write_inlines(build, story, caption, figure.caption, place.look)


def _part_tables(build: Build, parent: Element, table: Table) -> None:
    """Word joins tables that touch."""
    before = _last_element(parent)
    if before is not None and before.tag == qn("w:tbl") and not table.caption:
        append_paragraph(parent, build.styles.id("Table Spacer"))


def end_with_paragraph(build: Build, parent: Element) -> None:
    """A story may not end in a table."""
    last = _last_element(parent)
    if last is None or last.tag == qn("w:tbl"):
        append_paragraph(parent, build.styles.id("Table Spacer"))


def _last_element(parent: Element) -> Element | None:
    """The last one that is no mark of a place."""
    marks = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
    return next((e for e in parent.iterchildren(reversed=True) if e.tag not in marks), None)


# ── references ───────────────────────────────────────────────────────────────────────────────────


def _write_references(
    build: Build,
    story: Story,
    parent: Element,
    block: ReferenceList,
    previous: Block | None,
    place: Place,
    *,
    flows: bool = False,
) -> None:
    """The list; in the modes with fields it is one, if the document has a single list."""
    build.spot(parent, block.attributes.id)
    if block.total:
        write_total(build, story, parent, block.total, place.look)
    columns = 1 if flows else columns_of(build, block)
    if columns == 1:
        headed = isinstance(previous, Heading)
        _write_entries(build, story, parent, block, place, headed=headed)
        return
    with section_of(build, parent, columns):
        _write_entries(build, story, parent, block, place, apart=True)


def _write_entries(
    build: Build, story: Story, parent: Element, block: ReferenceList, place: Place,
    *, headed: bool = False, apart: bool = False,
) -> None:  # fmt: skip
    """`headed`: a heading above is the list's. `apart`: the list is a section of its own.

    A field ends apart there: LibreOffice would leave the last entry out of what is one for it.
    """
    code = "" if place.in_note else _bibliography_code(build, block)
    holder = parent
    if code and build.options.citations is Citations.WORD:
        holder = _bibliography_control(build, parent, headed)
    for number, entry in enumerate(block.entries):
        begin = code if number == 0 else ""
        paragraph = _write_entry(build, story, holder, entry, block, place, begin)
        if code and number == len(block.entries) - 1:
            spacer = build.styles.id("Table Spacer")
            append_field_end(append_paragraph(holder, spacer) if apart else paragraph)


def _tells_more(entry: ReferenceEntry, look: ListLook) -> bool:
    """Whether an entry is more than its reference."""
    return bool(look.ticks or entry.reading or entry.annotation)


def _bibliography_code(build: Build, block: ReferenceList) -> str:
    if not block.entries or not build.single_list:
        return ""
    look = block.spec.look
    if any(_tells_more(entry, look) for entry in block.entries) or has_codes(block, build.options):
        return ""  # Word and Zotero write lists anew, without notes, boxes and codes
    match build.options.citations:
        case Citations.LINKS:
            return ""
        case Citations.WORD:
            return word_bibliography_code(build.document.metadata.lang)
        case Citations.ZOTERO:
            keys = dict.fromkeys(entry.key for entry in block.entries)
            return zotero_bibliography_code(
                build.uris[key] for key in keys if key not in build.cited
            )
        case _:
            assert_never(build.options.citations)


def _bibliography_control(build: Build, parent: Element, headed: bool) -> Element:
    """Word keeps the heading and the list together in a building block of its gallery."""
    heading = parent[-1] if headed and len(parent) and parent[-1].tag == qn("w:p") else None
    outer = parent
    if heading is not None:
        outer = append_gallery(parent, next(build.control_numbers), "Bibliographies")
        outer.append(heading)
    return append_control(outer, next(build.control_numbers), "bibliography")


def _write_entry(
    build: Build,
    story: Story,
    parent: Element,
    entry: ReferenceEntry,
    block: ReferenceList,
    place: Place,
    field_code: str,
) -> Element:
    """The reference, and below it what is told of the work; one bookmark holds them together.

    The label of numeric styles hangs in the indent, and so does a box to tick.
    """
    layout = block.layout
    hanging = layout.hanging_indent or layout.second_field_align or bool(entry.label)
    ticks = bool(block.spec.look.ticks) and not place.in_note
    more = _tells_more(entry, block.spec.look) or bool(code_address(entry, block, build.options))
    more = more and not place.in_note
    name = "Bibliography" if hanging or ticks else "Bibliography Block"
    name = "Bibliography Reading" if more and name == "Bibliography" else name
    style = build.styles.id(name)
    if place.depth:
        left = place.depth * STEP + (HANGING if hanging else 0)
        style = build.styles.derived(name, f"Level {place.depth + 1}", f'<w:ind w:left="{left}"/>')
    paragraph = append_paragraph(parent, style)
    look = place.look
    if direction := own_direction(entry.content, build.document.metadata.lang):
        look = look._replace(right_to_left=direction == "rtl")
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    if field_code:
        append_field_code(paragraph, field_code)
    number = build.mark(paragraph, entry.anchor.name)
    if ticks:
        write_tick(build, paragraph, entry, look)
    if entry.label:
        write_inlines(build, story, paragraph, entry.label, look)
        write_text(build, paragraph, "\t", look)
    write_inlines(build, story, paragraph, entry.content, look)
    _write_told(build, story, parent, entry, place)
    if not place.in_note:
        write_code(build, story, parent, entry, block, place.look)
    build.unmark(parent[-1] if parent[-1].tag == qn("w:p") else parent, number)
    return paragraph


def _write_told(
    build: Build, story: Story, parent: Element, entry: ReferenceEntry, place: Place
) -> None:
    """The line of details, the note to students, the annotation (APA 7, 9.51)."""
    if place.in_note:
        write_blocks(build, story, parent, entry.annotation, place)
        return
    style = build.styles.nested(DETAILS, place.depth)
    told = entry.reading.note if entry.reading is not None else ()
    if told or entry.annotation:
        style = build.styles.variant(style, "Kept", _KEPT)
    write_details(build, story, parent, entry, style, place.look)
    note = build.styles.nested(NOTE, place.depth)
    if not told and not entry.annotation:
        return
    inside = replace(place, steps=place.depth, depth=place.depth + 2)
    write_blocks(build, story, parent, told, replace(inside, text=NOTE))
    if entry.annotation:
        _keep_last(build, parent, note)
    first, rest = entry.annotation[:1], entry.annotation[1:]
    write_blocks(build, story, parent, first, replace(inside, text="Annotation"))
    write_blocks(build, story, parent, rest, replace(inside, text="Annotation Continued"))


def _keep_last(build: Build, parent: Element, style: str) -> None:
    """Keep the last paragraph, if it is of a style, with what follows."""
    named = parent[-1].find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if named is not None and named.get(qn("w:val")) == style:
        named.set(qn("w:val"), build.styles.variant(style, "Kept", _KEPT))
