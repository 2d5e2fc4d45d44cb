"""Numbers below each other by their decimal points."""

from __future__ import annotations

from io import BytesIO

import docx as python_docx
import pytest
from pypdf import PdfReader

from tcit_export.model.document import Metadata, ResolvedDocument
from tcit_export.model.nodes import Alignment, Cell, Str, Table
from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers import docx, html, pdf
from tcit_export.writers.table_columns import Decimals, alignments

# A column, the sign that stands before its decimals, and how many there are at most.
COLUMNS = [
    (("1.5", "10.25", "100"), (".", 2)),
    (("1,5", "10,25", "100"), (",", 2)),
    (("1,000.5", "2.25", "-3"), (".", 2)),
    (("1.000,5", "2,25"), (",", 2)),
    (("< .001", "0.05", "–"), (".", 3)),
    (("0.125", "2"), (".", 3)),
    (("1,000", "2,500", "300"), None),
    (("1.000", "2"), None),
    (("1", "20"), None),
    (("12", "May 2.5"), None),
    (("1.5 kg", "2.25 kg"), None),
    (("–", ""), None),
    ((), None),
]


@pytest.mark.parametrize(("column", "expected"), COLUMNS, ids=lambda value: str(value))
def test_what_the_decimals_of_a_column_are(
    column: tuple[str, ...], expected: tuple[str, int] | None
) -> None:
    assert Decimals.of(column) == (Decimals(*expected) if expected else None)


@pytest.mark.parametrize(
    ("number", "room"),
    [
        ("1.25", ""),
        ("1.5", "1ch"),
        ("1", "calc(2ch + 0.249em)"),
        ("–", ""),
        (" ", ""),
        ("1,000", "calc(2ch + 0.249em)"),
    ],
)
def test_the_room_after_a_number(number: str, room: str) -> None:
    assert Decimals(".", 2).room_after(number) == room


def table_of(*columns: tuple[str, ...], aligned: tuple[Alignment, ...] = ()) -> Table:
    rows = tuple(tuple(Cell((Str(text),)) for text in row) for row in zip(*columns, strict=True))
    return Table(tuple(Cell((Str("x"),)) for _ in columns), rows, aligned)


def document_of(table: Table) -> ResolvedDocument:
    return ResolvedDocument(Metadata(title=(Str("Title"),)), (table,))


@pytest.mark.parametrize(
    ("column", "typed", "expected"),
    [
        (("1", "20"), Alignment.DEFAULT, Alignment.RIGHT),
        (("< .001", "12 %"), Alignment.DEFAULT, Alignment.RIGHT),
        (("1", "twenty"), Alignment.DEFAULT, Alignment.DEFAULT),
        (("", " "), Alignment.DEFAULT, Alignment.DEFAULT),
        (("1", "20"), Alignment.LEFT, Alignment.LEFT),
        (("one", "two"), Alignment.CENTER, Alignment.CENTER),
    ],
    ids=lambda value: str(value),
)
def test_columns_of_numbers_stand_on_the_right_unless_the_author_says_so(
    column: tuple[str, ...], typed: Alignment, expected: Alignment
) -> None:
    table = table_of(("a", "b"), column, aligned=(Alignment.DEFAULT, typed))
    assert alignments(table) == (Alignment.DEFAULT, expected)


def test_they_do_so_in_every_format() -> None:
    document = document_of(table_of(("a", "b"), ("1", "20")))
    page = html.write(document, Options(), Templates.of()).data.decode()
    assert '<td class="tcit-right">20</td>' in page
    data = docx.write(document, Options(), Templates.of()).data
    (table,) = python_docx.Document(BytesIO(data)).tables
    styles = [cell.paragraphs[0].style for cell in table.rows[-1].cells]
    assert [style.name for style in styles if style] == ["Table Text", "Table Text Right"]


def test_points_stand_below_each_other_and_the_text_is_as_typed() -> None:
    document = document_of(table_of(("x", "x", "x"), ("1.5", "10.25", "100")))
    data = pdf.write(document, Options(), Templates.of()).data
    left: dict[str, float] = {}

    def visit(text: str, _: object, matrix: list[float], *__: object) -> None:
        left.setdefault(text.strip(), matrix[4])

    PdfReader(BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    figure = left["1.5"] - left["10.25"]
    assert 3 < figure < 8
    assert left["100"] == pytest.approx(left["10.25"] - figure, abs=0.02)
