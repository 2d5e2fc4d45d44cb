"""Where pages break, and what stays together: notes and their calls, the words of a line."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from pypdf import PdfReader

from tcit_export.model.document import Metadata, ResolvedDocument
from tcit_export.model.nodes import (
    Block,
    Cell,
    Cite,
    CiteItem,
    CodeBlock,
    Emph,
    Note,
    OrderedList,
    Paragraph,
    Str,
    Table,
)
from tcit_export.model.options import Edition, Options, Paper
from tcit_export.source import Span
from tcit_export.templates import Templates
from tcit_export.writers import pdf
from tests.writers import samples
from tests.writers.test_pdf import elements, kids

TEMPLATES = Templates.of()
WORDS = "Words that fill the lines of a page, one after another, as words of a review do. "


def write(*blocks: Block, **options: object) -> bytes:
    document = ResolvedDocument(Metadata(title=(Str("Title"),)), blocks)
    return pdf.write(document, Options(**options), TEMPLATES).data  # type: ignore[arg-type]


def noted(number: int) -> Paragraph:
    """A paragraph of some lines with a note in the middle."""
    note = Note((samples.para(f"Note number {number}. {WORDS * (number % 3 + 1)}"),))
    words = WORDS * (number % 4 + 1)
    return Paragraph((Str(words), note, Str(words)))


def pages_of_notes(file: pikepdf.Pdf) -> list[tuple[int, int]]:
    """(page of the call, page of the note) of each note."""
    numbers = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
    found = []
    for element in elements(file):
        siblings = [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary)]
        for call, note in pairwise(siblings):
            if call.get("/S") == "/Reference":
                assert note.S == "/Note"
                found.append((numbers[call.Pg.objgen], numbers[note.Pg.objgen]))
    return found


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("edition", [Edition.HANDOUT, Edition.LARGE_PRINT])
@pytest.mark.parametrize("size", [0, 10.3, 12.7])
def test_each_note_stands_on_the_page_of_its_call(
    paper: Paper, edition: Edition, size: float
) -> None:
    """Also on pages of such heights that WeasyPrint by itself would send notes away."""
    blocks = (samples.heading(1, "Heading", "heading"), *map(noted, range(24)))
    options = {"paper": paper, "edition": edition, "text_size": size, "contents": True}
    places = pages_of_notes(pikepdf.open(BytesIO(write(*blocks, **options))))
    assert len(places) == 24
    assert all(call == note for call, note in places)


def test_a_note_longer_than_a_page_stops_the_pdf() -> None:
    long = Note((samples.para(WORDS * 150),))
    with pytest.raises(pdf.PdfIncomplete, match="note 2 is longer than a page") as stopped:
        write(noted(1), Paragraph((Str("Text"), replace(long, span=Span(5, 6)))))
    assert list(stopped.value.places.values()) == [Span(5, 6)]


def test_notes_of_one_row_that_are_longer_than_a_page_stop_the_pdf() -> None:
    half = Note((samples.para(WORDS * 60),))
    row = (Cell((Str("a"), half)), Cell((Str("b"), half)))
    with pytest.raises(pdf.PdfIncomplete, match="notes 2 to 3 belong on one page"):
        write(noted(1), Table((Cell((Str("h"),)),) * 2, (row,), ()))


@pytest.mark.parametrize("start", range(4, 24, 2))
def test_nothing_is_cut_within_a_citation_where_a_line_ends(start: int) -> None:
    """Where a citation begins a line, WeasyPrint by itself cuts `(3)` after its bracket."""
    volume = (Emph((Str("12"),)), Str("(3), 1–9. Of some examples, "))
    content = (Str("(Lee, 2020, in a study of examples, "), *volume * 12, Str("x)"))
    cited = Cite((CiteItem("k1"),), content)
    (page,) = PdfReader(BytesIO(write(samples.para("x" * start, " ", cited)))).pages
    assert page.extract_text().count("12(3)") == 12


def test_a_word_longer_than_the_line_is_cut_all_the_same() -> None:
    (page,) = PdfReader(BytesIO(write(samples.para("Donau" * 60)))).pages
    lines = page.extract_text().split()
    assert max(map(len, lines)) < 120
    assert "".join(lines).count("Donau") == 60


def test_no_word_stands_alone_where_only_the_space_after_a_text_does_not_fit() -> None:
    """By itself WeasyPrint ends the line after the first word of such a text."""
    name = Emph((Str("Journal"),))
    texts = (f"{'so it goes ' * 6}{'i' * width} " for width in range(1, 40))
    data = write(*(samples.para(text, name, " and more.") for text in texts))
    lines = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).splitlines()
    assert not {"so", "it", "goes"} & {line.strip() for line in lines}


def test_a_last_page_of_a_few_lines_is_saved_where_tightening_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def pages(paragraphs: int, tighten: int) -> int:
        monkeypatch.setattr(pdf, "FEW_LINES", tighten)
        blocks = [samples.para(f"{WORDS * 3}{n}") for n in range(paragraphs)]
        return len(PdfReader(BytesIO(write(*blocks))).pages)

    counts = [(pages(n, 0), pages(n, 3)) for n in range(6, 34)]
    assert all(saved <= plain <= saved + 1 for plain, saved in counts)
    assert any(saved < plain for plain, saved in counts)


def test_another_version_of_weasyprint_lays_out_in_its_own_way_and_is_told() -> None:
    """In a process of its own, where functions that are wrapped have other parameters."""
    program = """
from weasyprint.layout import LayoutContext
from weasyprint.pdf import tags
own = tags._build_box_tree
tags._build_box_tree = lambda *args, **more: own(*args, **more)
update = LayoutContext._update_footnote_area
LayoutContext._update_footnote_area = lambda self, more=None: update(self)
from tests.writers.test_pdf_layout import TEMPLATES, noted
from tcit_export.model.document import (Metadata, ResolvedDocument)
from tcit_export.model.nodes import (Str)
from tcit_export.model.options import Options
from tcit_export.writers import pdf
document = ResolvedDocument(Metadata(title=(Str("Title"),)), tuple(map(noted, range(9))))
print(pdf.write(document, Options(), TEMPLATES).problems)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "this version of WeasyPrint is not known" in done.stdout, done.stderr


def test_line_separators_of_word_processors_are_spaces() -> None:
    (page,) = PdfReader(BytesIO(write(samples.para("a\u2028 ", "x" * 150, "\u2029b")))).pages
    text = page.extract_text()
    assert not {"\u2028", "\u2029"} & set(text)
    assert "xb" not in text


def test_code_may_end_its_lines_in_spaces() -> None:
    """Where such a line fills the measure, WeasyPrint by itself fails."""
    for words in range(10, 30):
        write(CodeBlock("\n".join(["word " * words + " \t "] * 3)))


def test_items_in_a_note_stand_beside_their_bullets_line_by_line() -> None:
    items = tuple((samples.para(f"item{n}"),) for n in range(3))
    note = Note((samples.para("before"), OrderedList(items, tight=False), samples.para("after")))
    (page,) = PdfReader(BytesIO(write(samples.para("x", note)))).pages
    heights: dict[str, float] = {}

    def visit(text: str, _: object, matrix: list[float], *__: object) -> None:
        heights.setdefault(text.strip(), matrix[5])

    page.extract_text(visitor_text=visit)
    lines = [heights[word] for word in ("before", "item0", "item1", "item2", "after")]
    assert all(10 < below - above < 30 for above, below in pairwise(lines))  # CSS pixels
    assert all(abs(heights[f"{n + 1}."] - heights[f"item{n}"]) < 1 for n in range(3))
