"""Reading lists say the same in PDF, DOCX and HTML, whatever they tell."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import (
    Anchor,
    Block,
    BulletList,
    Density,
    Importance,
    ListLook,
    Reading,
    ReferenceEntry,
    ReferenceList,
)
from tcit_export.model.options import Edition, Options
from tcit_export.templates import Templates
from tcit_export.verify.compare import differences
from tcit_export.verify.extract import Extract, extract
from tcit_export.verify.read_docx import read_docx
from tcit_export.verify.read_html import read_html
from tcit_export.verify.read_pdf import read_pdf
from tcit_export.writers import writer
from tests.inside import downloaded
from tests.writers.reading_samples import LOOK, library, listed, reading_list
from tests.writers.samples import LIST, heading, para, review, text

READERS = {"pdf": read_pdf, "docx": read_docx, "html": read_html}


def said(document: ResolvedDocument, name: str, edition: Edition = Edition.HANDOUT) -> Extract:
    rendered = writer(name)(document, Options(edition=edition), Templates.of())
    return extract(READERS[name](rendered.data))


def check_alike(document: ResolvedDocument) -> Extract:
    page = said(document, "html")
    for name in ("docx", "pdf"):
        assert list(differences(said(document, name), page)) == []
    return page


def test_a_reading_list_is_the_same_everywhere() -> None:
    page = check_alike(reading_list())
    assert [entry.list for entry in page.references] == [1, 1, 2, 2, 2, 2, 3]
    first = page.references[0].text
    assert "Essential · pp. 117–120 · 4 pages, about 10 minutes · Find in the library" in first
    assert (
        first.index("Find in the library") < first.index("Read this before") < first.index("A th")
    )
    assert [link.text for link in page.references[0].links] == [
        "Find in the library",
        "Kahn & Fromm, 2001",
    ]


@pytest.mark.parametrize("edition", [Edition.LARGE_PRINT, Edition.FRAGMENT])
def test_editions_say_the_same(edition: Edition) -> None:
    name = edition.formats[0]
    assert (
        list(differences(said(reading_list(), name, edition), said(reading_list(), "html"))) == []
    )


def test_an_entry_in_another_list_is_found() -> None:
    """The heading and the words between two lists are gone, the entries all there."""
    whole = reading_list()
    merged = replace(whole, blocks=tuple(b for b in whole.blocks if b not in whole.blocks[3:5]))
    merged = replace(merged, blocks=tuple(_without_total(block) for block in merged.blocks))
    found = [
        difference.what for difference in differences(said(merged, "html"), said(whole, "docx"))
    ]
    assert "reference 3, the list of" in found
    assert not any(what == "reference 3" for what in found)


def _without_total(block: Block) -> Block:
    return replace(block, total=()) if isinstance(block, ReferenceList) else block


words = st.sampled_from(["One *word*.", "Two words & more.", "A longer note, in *two* parts."])
blocks = st.one_of(
    words.map(para),
    st.tuples(words, words).map(lambda pair: BulletList(((para(pair[0]),), (para(pair[1]),)))),
)
notes: st.SearchStrategy[tuple[Block, ...]] = st.lists(blocks, max_size=2).map(tuple)
readings = st.builds(
    Reading,
    st.sampled_from([None, Importance(1, "Essential"), Importance(5, "Last")]),
    st.sampled_from([(), text("Chapter 2")]),
    notes,
    st.sampled_from([0, 1, 12]),
    st.sampled_from([0, 7, 150]),
    st.sampled_from([None, library("x")]),
)
looks = st.builds(
    ListLook,
    st.just(True),
    st.just(True),
    st.booleans(),
    st.booleans(),
    st.sampled_from([1, 2]),
    st.sampled_from(list(Density)),
)


@st.composite
def documents(draw: st.DrawFn) -> ResolvedDocument:
    made: list[Block] = []
    anchors = 0
    for number in range(draw(st.integers(1, 3))):
        entries: list[ReferenceEntry] = []
        for entry in draw(st.lists(st.sampled_from(LIST), min_size=1, max_size=3, unique=True)):
            anchors += 1
            anchor = Anchor(f"ref-{entry.key}-{anchors}")
            reading = draw(st.none() | readings)
            entries.append(replace(entry, anchor=anchor, reading=reading, annotation=draw(notes)))
        made.append(heading(2, f"Week {number}", f"week-{number}"))
        total = "2 readings" if draw(st.booleans()) else ""
        made.append(listed(tuple(entries), draw(looks), total))
    return replace(review(), blocks=tuple(made), cite_this=None)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(documents())
def test_any_reading_list_is_the_same_everywhere(document: ResolvedDocument) -> None:
    check_alike(document)


@pytest.mark.parametrize("name", ["pdf", "docx", "html"])
def test_boxes_to_tick_are_no_text(name: str) -> None:
    bare = reading_list(replace(LOOK, ticks=False))
    assert list(differences(said(reading_list(), name), said(bare, name))) == []


def test_a_pdf_has_boxes_and_no_form() -> None:
    """PDF/A-3a knows no form that WeasyPrint could make: what is drawn is for the pencil."""
    bare = reading_list(replace(LOOK, ticks=False))
    drawn, without = (writer("pdf")(d, Options(), Templates.of()) for d in (reading_list(), bare))
    assert _curves(drawn.data) >= _curves(without.data) + 7 * 4  # four round corners each
    with pikepdf.open(io.BytesIO(drawn.data)) as pdf:
        assert "/AcroForm" not in pdf.Root


def _curves(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [page.Contents.read_bytes() for page in pdf.pages]
    return sum(len(re.findall(rb" c$", stream, re.MULTILINE)) for stream in streams)


def test_a_page_has_boxes_with_names_and_a_word_file_has_check_boxes() -> None:
    page = writer("html")(reading_list(), Options(), Templates.of()).data.decode()
    assert page.count('type="checkbox"') == 7
    assert 'aria-label="I have read Alden, 2001"' in page
    word = writer("docx")(reading_list(), Options(), Templates.of()).data
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        text = file.read("word/document.xml").decode()
    assert text.count("<w14:checkbox") == 7
    assert '<w:alias w:val="I have read Alden, 2001"/>' in text


def test_each_work_is_handed_on_once() -> None:
    page = writer("html")(reading_list(), Options(), Templates.of()).data.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert len(json.loads(data)["citation"]) == 6
    assert page.count('class="Z3988"') == 8  # seven entries and the page itself
    (address,) = re.findall(r'download="references.json" href="([^"]*)"', page)
    keys = [record["id"] for record in json.loads(downloaded(address))]
    assert len(keys) == len(set(keys)) == 6
