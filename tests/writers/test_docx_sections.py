"""Lists in two columns in Word files: sections that begin where the text is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import Heading, ListLook, ReferenceList
from tcit_export.model.options import Citations, Options
from tcit_export.templates import Templates
from tcit_export.writers.docx import write
from tcit_export.writers.ooxml import Element, qn
from tests.writers import docx_letterheads
from tests.writers.docx_reading import WordFile, faults
from tests.writers.reading_samples import LOOK, reading_list, week_one
from tests.writers.samples import para, review, text

TWO = ListLook(columns=2)


def written(document: ResolvedDocument, options: Options | None = None) -> WordFile:
    data = write(document, options or Options(), Templates.of()).data
    assert [f for f in faults(data) if "wrong order" not in f] == []
    return WordFile(data)


def told(section: Element) -> str:
    """`continuous 2 first page` with its heads and feet: how a section begins and what it has."""
    kind = section.find(qn("w:type"))
    columns = section.find(qn("w:cols"))
    names = [str(e.tag).rpartition("}")[2] for e in section]
    parts = [
        "" if kind is None else str(kind.get(qn("w:val"))),
        "1" if columns is None else str(columns.get(qn("w:num")) or 1),
        "first page" if "titlePg" in names else "",
        f"{sum(name in ('headerReference', 'footerReference') for name in names)} lines",
    ]
    return " ".join(part for part in parts if part)


def sections(word: WordFile) -> list[str]:
    return [told(section) for section in word.body.iter(qn("w:sectPr"))]


def with_columns(document: ResolvedDocument) -> ResolvedDocument:
    """All lists of a document in two columns."""
    blocks = tuple(
        replace(b, spec=replace(b.spec, look=TWO)) if isinstance(b, ReferenceList) else b
        for b in document.blocks
    )
    return replace(document, blocks=blocks)


def test_each_list_of_several_works_is_a_section_and_heads_and_feet_are_the_firsts() -> None:
    word = written(reading_list(replace(LOOK, columns=2)))
    continued = ["continuous 2 0 lines", "continuous 1 0 lines"]
    assert sections(word) == ["1 first page 4 lines", *continued * 2]
    paper = {tuple(e.attrib.values()) for e in word.body.iter(qn("w:pgSz"), qn("w:pgMar"))}
    assert len(paper) == 2  # one paper, one set of margins


def test_lists_one_behind_the_other_are_one_section_with_their_headings() -> None:
    document = with_columns(review())
    shown = next(b for b in document.blocks if isinstance(b, ReferenceList))
    headed = (Heading(2, text("Week 1")), shown, Heading(2, text("Week 2")), shown)
    word = written(replace(document, blocks=(para("Before."), *headed)))
    assert sections(word) == [
        "1 first page 4 lines",
        "continuous 2 0 lines",
        "continuous 1 0 lines",
    ]
    ends = [p for p in word.body.iter(qn("w:p")) if p.find(f".//{qn('w:sectPr')}") is not None]
    assert "Before." in "".join(ends[0].itertext())


def test_a_list_in_one_column_needs_no_section() -> None:
    assert len(sections(written(reading_list()))) == 1


def test_the_heading_stands_above_the_columns() -> None:
    word = written(with_columns(review()))
    first = next(p for p in word.body.iter(qn("w:p")) if p.find(f".//{qn('w:sectPr')}") is not None)
    assert "References" in "".join(first.itertext())


def test_columns_at_the_end_are_as_long_as_each_other() -> None:
    """Word fills the first column of a last section first; so an empty paragraph is the last."""
    document = with_columns(review())
    last = next(n for n, b in enumerate(document.blocks) if isinstance(b, ReferenceList))
    word = written(replace(document, blocks=document.blocks[: last + 1]))
    assert sections(word)[-2:] == ["continuous 2 0 lines", "continuous 1 0 lines"]
    assert word.lines()[-1] == "Table Spacer: "


@pytest.mark.parametrize("citations", [Citations.WORD, Citations.ZOTERO])
def test_a_field_is_whole_within_its_section(citations: Citations) -> None:
    document = with_columns(review())
    word = written(document, Options(citations=citations))
    assert sections(word)[1:3] == ["continuous 2 0 lines", "continuous 1 0 lines"]
    end = [p for p in word.body.iter(qn("w:p")) if p.find(f".//{qn('w:sectPr')}") is not None][1]
    assert end.find(f".//{qn('w:t')}") is None


def test_a_letterhead_keeps_its_header_on_every_page() -> None:
    options = Options(docx_template=docx_letterheads.letterhead())
    word = written(with_columns(review()), options)
    assert sections(word) == ["1 1 lines", "continuous 2 0 lines", "continuous 1 0 lines"]
    assert {e.get(qn("w:left")) for e in word.body.iter(qn("w:pgMar"))} == {"2268"}


def test_pages_are_not_counted_anew() -> None:
    template = docx_letterheads.changed(
        docx_letterheads.letterhead(),
        "word/document.xml",
        b"<w:cols ",
        b'<w:pgNumType w:start="5"/><w:cols ',
    )
    word = written(with_columns(review()), Options(docx_template=template))
    starts = [e.get(qn("w:start")) for e in word.body.iter(qn("w:pgNumType"))]
    assert starts == ["5", None, None]


def test_a_page_with_columns_of_its_own_has_enough() -> None:
    template = docx_letterheads.changed(
        docx_letterheads.letterhead(), "word/document.xml", b"<w:cols ", b'<w:cols w:num="2" '
    )
    assert len(sections(written(with_columns(review()), Options(docx_template=template)))) == 1


def test_columns_go_from_right_to_left_where_the_text_does() -> None:
    document = with_columns(review())
    word = written(replace(document, metadata=replace(document.metadata, lang="he")))
    found = [s.find(qn("w:bidi")) is not None for s in word.body.iter(qn("w:sectPr"))]
    assert found == [False, True, True]


def test_what_is_told_of_a_work_stays_with_its_reference() -> None:
    blocks = (
        Heading(2, para("Readings").content),
        ReferenceList(entries=week_one()),
    )
    word = written(replace(reading_list(), blocks=blocks))
    styles = {e.get(qn("w:styleId")): e for e in word.xml["word/styles.xml"].iter(qn("w:style"))}
    kept = {
        word.styles[str(key)]
        for key, style in styles.items()
        if style.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    }
    lines = [line.partition(":")[0] for line in word.lines()]
    told = [name for name in lines if name.startswith(("Bibliography", "Reading", "Annotation"))]
    assert told[:4] == [
        "Bibliography Reading", "Reading Details Kept", "Reading Note Kept", "Annotation",
    ]  # fmt: skip
    assert set(told[:3]) <= kept
    assert not {"Annotation", "Reading Details"} & kept
