"""Editions of the PDF: each from the same document, each with what it promises."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tcit_export.model.document import Metadata, ResolvedDocument
from tcit_export.model.nodes import Str
from tcit_export.model.options import Edition, Emphasis, Options, Paper, Theme
from tcit_export.templates import Templates
from tcit_export.writers import pdf
from tcit_export.writers.pdf_booklet import saddle_order
from tcit_export.writers.rendered import Rendered
from tests.writers import samples
from tests.writers.test_pdf import elements, tagged

TEMPLATES = Templates.of()
ADDRESS = "https://example.org/reviews/therapists-crying-in-therapy"


def review() -> ResolvedDocument:
    document = samples.review()
    publication = replace(document.metadata.publication, url=ADDRESS)
    return replace(document, metadata=replace(document.metadata, publication=publication))


def write(**options: Any) -> Rendered:
    return pdf.write(review(), Options(**options), TEMPLATES)


def opened(rendered: Rendered) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(rendered.data))


def font_sizes(page: pikepdf.Page) -> set[float]:
    """The sizes of type on a page, in points."""
    sizes: set[float] = set()
    scale, size, height, stack = 1.0, 0.0, 1.0, []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(scale)
            case "Q":
                scale = stack.pop()
            case "cm":
                scale *= abs(float(operands[3]))
            case "Tf":
                size = float(operands[1])
            case "Tm":
                height = abs(float(operands[3]))
            case "Tj" | "TJ":
                sizes.add(round(size * height * scale, 1))
    return sizes


def fonts(file: pikepdf.Pdf) -> set[str]:
    return {
        str(font.BaseFont).partition("+")[2]
        for page in file.pages
        for font in page.Resources.Font.values()
    }


@pytest.mark.parametrize(
    ("emphasis", "paper"), [(Emphasis.BOLD, Paper.LETTER), (Emphasis.UNDERLINE, Paper.A4)]
)
def test_large_print_has_no_italics_and_nothing_below_18_points(
    emphasis: Emphasis, paper: Paper
) -> None:
    rendered = write(edition=Edition.LARGE_PRINT, emphasis=emphasis, paper=paper)
    file = opened(rendered)
    assert rendered.suffix == "-large-print.pdf"
    assert not any("Italic" in name or "It" in name.split("-") for name in fonts(file))
    assert min(min(font_sizes(page)) for page in file.pages) >= 18


def test_the_handout_has_its_italics_and_small_references() -> None:
    file = opened(write())
    assert any("Italic" in name for name in fonts(file))
    assert {9.5, 11.0, 26.0} <= set().union(*(font_sizes(page) for page in file.pages))


def test_a_fact_sheet_is_one_page_in_the_largest_type_that_fits() -> None:
    rendered = write(edition=Edition.FACT_SHEET)
    assert (rendered.pages, rendered.problems, rendered.suffix) == (1, (), "-fact-sheet.pdf")


def test_a_text_too_long_for_a_fact_sheet_is_a_problem() -> None:
    words = samples.para("Many words that go on and on. " * 600)
    document = ResolvedDocument(Metadata(title=(Str("T"),)), (words,))
    options = Options(edition=Edition.FACT_SHEET, text_size=9)
    rendered = pdf.write(document, options, TEMPLATES)
    assert rendered.pages is not None
    assert rendered.pages > 1
    assert f"{rendered.pages} pages at 9 points" in rendered.problems[0]


@pytest.mark.parametrize(
    ("pages", "sides"),
    [
        (1, [(0, 1), (0, 0)]),
        (4, [(4, 1), (2, 3)]),
        (6, [(0, 1), (2, 0), (6, 3), (4, 5)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
    ],
)
def test_pages_of_a_booklet_follow_each_other_when_folded(
    pages: int, sides: list[tuple[int, int]]
) -> None:
    assert saddle_order(pages) == sides


@pytest.mark.parametrize("pages", range(1, 41))
def test_each_page_is_in_the_booklet_once_and_leaves_face_each_other(pages: int) -> None:
    sides = saddle_order(pages)
    assert sorted(n for side in sides for n in side if n) == list(range(1, pages + 1))
    assert len(sides) % 2 == 0
    total = 2 * len(sides)
    for index, (left, right) in enumerate(sides):
        first, last = (left, right) if index % 2 else (right, left)
        assert first in (index + 1, 0)
        assert last in (total - index, 0)


def test_a_booklet_says_that_it_is_for_printing_and_fills_whole_sheets() -> None:
    rendered = write(edition=Edition.BOOKLET)
    file = opened(rendered)
    assert rendered.suffix == "-booklet.pdf"
    assert "booklet, for printing only" in str(file.docinfo.Title)
    assert "/StructTreeRoot" not in file.Root
    assert [round(float(x)) for x in file.pages[0].mediabox[2:]] == [792, 612]
    assert len(file.pages) % 2 == 0


def test_a_cover_stands_alone() -> None:
    plain, covered = opened(write()), opened(write(cover=True))
    assert len(covered.pages) == len(plain.pages) + 1
    assert 33.8 in font_sizes(covered.pages[0])
    assert 11.0 not in font_sizes(covered.pages[0])


def test_a_watermark_is_no_content() -> None:
    plain, marked = opened(write()), opened(write(watermark="DRAFT & <more>"))
    assert [str(e.S) for e in elements(marked)] == [str(e.S) for e in elements(plain)]
    assert write(watermark="DRAFT").data != write().data


def test_the_code_of_the_document_says_its_address_and_shows_it() -> None:
    file = opened(write(qr=True))
    (figure,) = tagged(file, "Figure")
    assert str(figure.Alt) == f"QR code: {ADDRESS}"
    links = [note for note in file.pages[0].Annots if "/A" in note]
    assert ADDRESS in [str(link.A.URI) for link in links]


def test_a_document_without_address_has_no_code() -> None:
    rendered = pdf.write(samples.reading_list(), Options(qr=True), TEMPLATES)
    assert not tagged(opened(rendered), "Figure")


def test_references_with_a_doi_have_their_code() -> None:
    file = opened(write(qr_references=True))
    figures = tagged(file, "Figure")
    assert [str(figure.Alt) for figure in figures] == ["QR code: https://doi.org/10.1037/a0031384"]


def test_a_logo_has_the_organisation_as_its_words() -> None:
    logo = samples.picture("anything.png")
    file = opened(write(logo=logo, organisation="A Society"))
    figures = tagged(file, "Figure")
    assert [str(figure.Alt) for figure in figures] == ["A Society"]


def test_both_sides_have_a_wider_inner_margin() -> None:
    def left_edge(page: pikepdf.Page) -> float:
        places, left = [0.0], []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "Tm":
                    left.append(float(operands[4]))
        return min(left) if left else min(places)

    single, double = opened(write()), opened(write(duplex=True))
    assert left_edge(double.pages[0]) > left_edge(single.pages[0])
    assert left_edge(double.pages[1]) < left_edge(single.pages[1])


def test_themes_and_accents_differ() -> None:
    assert any("Serif" in name for name in fonts(opened(write())))
    assert not any("Serif" in name for name in fonts(opened(write(theme=Theme.SANS))))
    assert write(accent="#7a1f3d").data != write().data
    with pytest.raises(ValueError, match="no colour"):
        write(accent="red; } @import url(x)")


def test_every_option_at_once_gives_the_same_bytes_twice() -> None:
    options: dict[str, Any] = {
        "watermark": "DRAFT",
        "qr": True,
        "qr_references": True,
        "cover": True,
        "duplex": True,
        "logo": samples.picture("logo"),
    }
    assert write(**options).data == write(**options).data
    booklet = {**options, "edition": Edition.BOOKLET}
    assert write(**booklet).data == write(**booklet).data
