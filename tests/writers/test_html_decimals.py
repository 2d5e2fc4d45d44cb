"""Numbers below each other by their decimal points."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tcit_export.model.document import Metadata, ResolvedDocument
from tcit_export.model.nodes import Cell, Str, Table
from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers import pdf
from tcit_export.writers.html_decimals import Decimals

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


def test_points_stand_below_each_other_and_the_text_is_as_typed() -> None:
    rows = tuple((Cell((Str("x"),)), Cell((Str(text),))) for text in ("1.5", "10.25", "100"))
    table = Table((Cell((Str("a"),)), Cell((Str("b"),))), rows, ())
    document = ResolvedDocument(Metadata(title=(Str("Title"),)), (table,))
    data = pdf.write(document, Options(), Templates.of()).data
    left: dict[str, float] = {}

    def visit(text: str, _: object, matrix: list[float], *__: object) -> None:
        left.setdefault(text.strip(), matrix[4])

    PdfReader(BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    figure = left["1.5"] - left["10.25"]
    assert 3 < figure < 8
    assert left["100"] == pytest.approx(left["10.25"] - figure, abs=0.02)
