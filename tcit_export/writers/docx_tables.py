"""Tables: a caption with a number of its own, a header row that repeats, rows that stay whole.

What a screen reader needs is `w:tblHeader` on the first row, `w:tblCaption` and `w:tblDescription`
(17.4.62, added by Office 2010). Alignment is a paragraph style of the cell, never of the paragraph.
Word opens no table of more than 63 columns; a wider one is continued in a second table, which
repeats the first column.
"""

from __future__ import annotations

from typing import Final, TypeVar

from tcit_export.model.nodes import Alignment, Cell, Table
from tcit_export.model.walk import plain_text
from tcit_export.writers.docx_build import Build, Story
from tcit_export.writers.docx_inlines import Look, write_inlines, write_text
from tcit_export.writers.docx_style_table import STEP
from tcit_export.writers.ooxml import (
    Element,
    append_field_code,
    append_field_end,
    append_paragraph,
    child,
    value,
    writable,
)
from tcit_export.writers.table_columns import alignments

_Item = TypeVar("_Item")
COLUMNS: Final = 63
_SHORT: Final = 8
"""Rows of a table that is not broken between pages."""
_LOOK: Final = {
    "w:val": "0620", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "0",
    "w:lastColumn": "0", "w:noHBand": "1", "w:noVBand": "1",
}  # fmt: skip
_STYLES: Final = {
    Alignment.DEFAULT: "Table Text",
    Alignment.LEFT: "Table Text",
    Alignment.CENTER: "Table Text Center",
    Alignment.RIGHT: "Table Text Right",
}
_MIRRORED: Final = {
    Alignment.DEFAULT: "Table Text",
    Alignment.LEFT: "Table Text Right",
    Alignment.CENTER: "Table Text Center",
    Alignment.RIGHT: "Table Text",
}
"""The same from right to left: there Word takes `right` for the paragraph's end (17.18.44)."""


def write_table(
    build: Build, story: Story, parent: Element, table: Table, look: Look, level: int
) -> None:
    """Caption and table, `level` steps in."""
    columns = max([len(table.head), len(table.alignments), *(len(row) for row in table.rows)])
    if table.caption:
        build.tables += 1
        paragraph = append_paragraph(parent, build.styles.nested("Table Caption", level))
        if look.right_to_left:
            child(paragraph[0], "w:bidi")
        number = build.mark(paragraph, table.attributes.id)
        write_label(build, paragraph, build.document.labels.table, "Table", build.tables, look)
        write_inlines(build, story, paragraph, table.caption, look)
        build.unmark(paragraph, number)
    else:
        build.spot(parent, table.attributes.id)
    if not columns:
        return
    if columns > COLUMNS:
        build.problem(f"Word has tables of {COLUMNS} columns at most; a wider one is in parts")
    for number, chosen in enumerate(_groups(columns)):
        if number:
            append_paragraph(parent, build.styles.id("Table Spacer"))
        _write_part(build, story, parent, table, chosen, look, level)


def write_label(
    build: Build, paragraph: Element, word: str, sequence: str, number: int, look: Look
) -> None:
    """ "Table 2. ", the number a field, so that Word counts on when tables are moved."""
    bold = Look(("Caption Label",), look.lang, look.right_to_left)
    bold = bold.spoken(build.document.labels.lang)
    write_text(build, paragraph, f"{word} ", bold)
    code = f" SEQ {sequence} \\* ARABIC "
    append_field_code(paragraph, code, build.styles.id("Caption Label"))
    write_text(build, paragraph, str(number), bold)
    append_field_end(paragraph)
    write_text(build, paragraph, ". ", bold)


def _groups(columns: int) -> list[list[int]]:
    """Which columns stand in which table."""
    if columns <= COLUMNS:
        return [list(range(columns))]
    first = [list(range(COLUMNS))]
    step = COLUMNS - 1
    return first + [
        [0, *range(start, min(start + step, columns))] for start in range(COLUMNS, columns, step)
    ]


def _write_part(
    build: Build,
    story: Story,
    parent: Element,
    table: Table,
    columns: list[int],
    look: Look,
    level: int,
) -> None:
    element = child(parent, "w:tbl")
    room = max(build.text_width - level * STEP, 1440)
    _append_properties(build, element, table, look, room, level)
    widths = _widths(table, columns, room)
    aligned = alignments(table)
    grid = child(element, "w:tblGrid")
    for width in widths:
        child(grid, "w:gridCol", {"w:w": str(width)})
    for number, cells in enumerate((table.head, *table.rows)):
        row = child(element, "w:tr")
        properties = child(row, "w:trPr")
        child(properties, "w:cantSplit")
        if number == 0:
            child(properties, "w:tblHeader")
        for column, width in zip(columns, widths, strict=True):
            alignment = _at(aligned, column, Alignment.DEFAULT)
            cell = _at(cells, column, Cell(()))
            style = _cell_style(build, alignment, look, with_next=_stays(number, len(table.rows)))
            _write_cell(build, story, row, cell, style, look, width)


def _append_properties(
    build: Build, element: Element, table: Table, look: Look, room: int, level: int
) -> None:
    """In the order of the schema (17.4.59)."""
    properties = child(element, "w:tblPr")
    value(properties, "w:tblStyle", build.styles.id("Handout Table"))
    if look.right_to_left:
        child(properties, "w:bidiVisual")
    child(properties, "w:tblW", {"w:w": str(room), "w:type": "dxa"})
    if level:
        child(properties, "w:tblInd", {"w:w": str(level * STEP), "w:type": "dxa"})
    child(properties, "w:tblLayout", {"w:type": "fixed"})
    child(properties, "w:tblLook", _LOOK)
    heads = "; ".join(filter(None, (plain_text(cell.content).strip() for cell in table.head)))
    caption = plain_text(table.caption).strip() or build.document.labels.table
    value(properties, "w:tblCaption", writable(caption))
    value(properties, "w:tblDescription", writable(heads or caption))


def _widths(table: Table, columns: list[int], room: int) -> list[int]:
    """The room shared by need: the longest word must fit, long texts get more than short ones."""
    needs = []
    for column in columns:
        texts = [
            plain_text(_at(row, column, Cell(())).content) for row in (table.head, *table.rows)
        ]
        word = max((len(word) for text in texts for word in text.split()), default=1)
        longest = max((len(text) for text in texts), default=1)
        needs.append(max(min(word, 24), min(longest, 40) * 0.6, 4) + 2.5)
    widths = [max(int(room * need / sum(needs)), 100) for need in needs]
    widths[-1] += max(room - sum(widths), 0)
    return widths


def _at(cells: tuple[_Item, ...], place: int, missing: _Item) -> _Item:
    return cells[place] if place < len(cells) else missing


def _stays(row: int, rows: int) -> bool:
    """Whether a row stays with the next: the header always, each but the last of a short table."""
    return row < rows and (row == 0 or rows <= _SHORT)


def _cell_style(build: Build, alignment: Alignment, look: Look, with_next: bool) -> str:
    styles = _MIRRORED if look.right_to_left else _STYLES
    style = build.styles.id(styles[alignment])
    return build.styles.variant(style, "With Next", "<w:keepNext/>") if with_next else style


def _write_cell(
    build: Build,
    story: Story,
    row: Element,
    cell: Cell,
    style: str,
    look: Look,
    width: int,
) -> None:
    element = child(row, "w:tc")
    child(child(element, "w:tcPr"), "w:tcW", {"w:w": str(width), "w:type": "dxa"})
    paragraph = append_paragraph(element, style)
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    inside = Look(look.styles, look.lang, look.right_to_left, width=max(width - 200, 300))
    write_inlines(build, story, paragraph, cell.content, inside)
