"""The model's constructs in Word, the head of a handout, and what surrounds the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcit_export.model.document import (
    Author,
    Labels,
    Metadata,
    PartialDate,
    Publication,
    ResolvedDocument,
)
from tcit_export.model.nodes import (
    Alignment,
    Block,
    BulletList,
    Cell,
    Div,
    Link,
    Note,
    Str,
    Table,
    Url,
)
from tcit_export.model.options import Options, Paper
from tcit_export.templates import Templates
from tcit_export.writers.docx import write
from tcit_export.writers.docx_template import NAME, template
from tcit_export.writers.ooxml import qn
from tests.writers.docx_cases import CASES, NOTES
from tests.writers.docx_reading import WordFile, faults
from tests.writers.samples import heading, para, picture, reading_list, review, text, torture

TEMPLATES = Templates.of()
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"


def document(*blocks: Block, **metadata: object) -> ResolvedDocument:
    fields = {"title": text("T"), **metadata}
    return ResolvedDocument(
        Metadata(**fields),  # type: ignore[arg-type]
        blocks,
        resources={"bars.png": picture("bars.png")},
    )


def written(resolved: ResolvedDocument, **options: object) -> WordFile:
    data = write(resolved, Options(**options), TEMPLATES).data  # type: ignore[arg-type]
    assert faults(data) == []
    return WordFile(data)


def problems(*blocks: Block) -> str:
    return "\n".join(write(document(*blocks), Options(), TEMPLATES).problems)


@pytest.mark.parametrize(("blocks", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_construct(blocks: tuple[Block, ...], expected: list[str]) -> None:
    assert written(document(*blocks)).lines()[2:] == expected


@pytest.mark.parametrize(("note", "expected"), [n[1:] for n in NOTES], ids=[n[0] for n in NOTES])
def test_footnote(note: Note, expected: list[str]) -> None:
    word = written(document(para("see", note)))
    assert word.lines()[2:] == ["Body Text: see^1"]
    assert word.lines("word/footnotes.xml") == expected


def test_the_head_stands_in_the_order_of_a_handout() -> None:
    word = written(replace(torture(), blocks=()))
    styles = [line.partition(":")[0] for line in word.lines()]
    assert styles == [
        *("Kind", "Title", "Subtitle", "Author", "Author", "Author", "Date"),
        *("Panel Heading", "Panel", "Panel", "Panel Last"),
        *("Abstract Heading", "Abstract", "Abstract", "Keywords"),
    ]
    assert word.lines()[3] == "Author: Ana María García Márquez, University of <Somewhere>"
    assert word.lines()[4].startswith("Author: Li Wei, Jr., [<Hyperlink:https://orcid.org/0000-")
    assert word.lines()[9] == (
        "Panel: [<Hyperlink:Read the original article>](https://doi.org/10.1037/a0031384)"
    )


def test_a_reading_list_says_so() -> None:
    assert written(reading_list()).lines()[0] == "Kind: Reading list"


def test_a_logo_and_a_code_stand_in_the_head() -> None:
    publication = Publication(url="https://example.org/r", publisher="P")
    resolved = document(authors=(Author("A", "B"),), publication=publication)
    lines = written(resolved, qr=True, logo=picture("logo", 600, 100), organisation="O").lines()
    assert lines == [
        "Logo: ![O 61x10mm]",
        "Kind: Article review",
        "Title: T",
        "Author: A B",
        "QR Code: ![QR code: https://example.org/r 20x20mm]\\t"
        "[<Hyperlink:https://example.org/r>](https://example.org/r)",
    ]
    assert "QR" not in "".join(written(document(), qr=True).lines())


def test_contents_are_a_field_with_its_text() -> None:
    blocks = (heading(1, "A *b*", "a"), heading(3, "C", "c"))
    assert written(document(*blocks), contents=True).lines()[2:-2] == [
        "⟦Table of Contents",
        "TOC Heading: Contents",
        'toc 1: « TOC \\o "1-3" \\h \\z |[A b](#a)',
        "toc 2: [C](#c)",
        "Table Spacer: »",
        "⟧",
    ]
    assert "Contents" not in "".join(written(document(para("a")), contents=True).lines())


def test_the_running_foot_has_the_title_and_page_fields() -> None:
    word = written(review(), organisation="A Society")
    feet = [word.lines(name) for name in word.names if name.startswith("word/footer")]
    assert (
        feet
        == [
            [
                "footer: The role of therapists crying in therapy: An article review\\t"
                "Page « PAGE |1» of « NUMPAGES |1»"
            ]
        ]
        * 2
    )
    heads = [word.lines(name) for name in word.names if name.startswith("word/header")]
    assert sorted(heads) == [["header: "], ["header: \\tA Society"]]


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.LETTER, ("12240", "15840")), (Paper.A4, ("11906", "16838"))]
)
def test_paper(paper: Paper, size: tuple[str, str]) -> None:
    section = written(review(), paper=paper).body[-1]
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    assert (page.get(qn("w:w")), page.get(qn("w:h"))) == size
    sides = sum(int(margins.get(qn(f"w:{side}"))) for side in ("left", "right"))
    assert int(size[0]) - sides == 7632


def test_core_properties_are_complete() -> None:
    core = written(review()).xml["docProps/core.xml"]
    found = {str(e.tag).rpartition("}")[2]: e.text for e in core}
    assert found == {
        "title": "The role of therapists crying in therapy: An article review",
        "creator": "T. Rodriguez; Jenelle Slavin-Mulford",
        "keywords": "therapist tears, crying, therapeutic relationship",
        "category": "Article review",
        "language": "en-US",
        "lastModifiedBy": "T. Rodriguez; Jenelle Slavin-Mulford",
        "revision": "1",
        "created": "2018-01-01T00:00:00Z",
        "modified": "2018-01-01T00:00:00Z",
    }


@pytest.mark.parametrize(
    ("date", "source_date", "expected"),
    [
        (PartialDate(2018, 3, 4), None, "2018-03-04T00:00:00Z"),
        (PartialDate(2018, 3, 4), 86_400, "1970-01-02T00:00:00Z"),
        (PartialDate(2018, 2, 30), None, None),
        (PartialDate(1200), None, None),
        (None, None, None),
        (None, 2**62, None),
    ],
)
def test_dates_come_from_the_content(
    date: PartialDate | None, source_date: int | None, expected: str | None
) -> None:
    word = written(document(date=date), source_date=source_date)
    assert word.xml["docProps/core.xml"].findtext(f"{TERMS}created") == expected


def test_long_properties_are_cut_and_reported() -> None:
    resolved = document(title=text("word " * 80), keywords=("key",) * 100)
    rendered = write(resolved, Options(), TEMPLATES)
    core = WordFile(rendered.data).xml["docProps/core.xml"]
    assert len(core.findtext(f"{DC}title") or "") == 255
    assert [p for p in rendered.problems if "`title`" in p or "`keywords`" in p] == [
        "the property `title` was cut: Word holds 255 characters",
        "the property `keywords` was cut: Word holds 255 characters",
    ]


def test_the_language_is_the_documents() -> None:
    word = written(document(lang="he"))
    language = word.xml["word/styles.xml"].find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:bidi")) == "he-IL"
    assert word.lines()[1] == "Title rtl: T"


def test_columns_keep_their_sides_from_right_to_left() -> None:
    """Word takes `right` in such a paragraph for its end, which is left (17.18.44)."""
    sides = (Alignment.DEFAULT, Alignment.LEFT, Alignment.CENTER, Alignment.RIGHT)
    cells = tuple(Cell(text(name)) for name in "abcd")
    for lang, styles in (
        ("en", ["Table Text", "Table Text", "Table Text Center", "Table Text Right"]),
        ("he", ["Table Text", "Table Text Right", "Table Text Center", "Table Text"]),
    ):
        word = written(replace(document(Table(cells, (), sides)), metadata=Metadata(lang=lang)))
        names = [e.get(qn("w:val")) for e in word.body.find(qn("w:tbl")).iter(qn("w:pStyle"))]
        assert [word.styles[name] for name in names] == styles


def test_a_running_foot_of_another_direction_ends_as_it_reads() -> None:
    metadata = Metadata(title=text("שלום"), lang="he")
    word = written(replace(review(), metadata=metadata, labels=Labels(lang="en")))
    (foot, _) = [word.lines(name) for name in word.names if name.startswith("word/footer")]
    assert foot == [
        "footer rtl: <rtl:שלום\\t><en-US:Page >« PAGE |1»<en-US: of >« NUMPAGES |1»\u200e"
    ]
    assert word.lines()[0] == "Kind rtl: <en-US:Article review>"


def test_word_sees_a_current_document() -> None:
    settings = written(review()).xml["word/settings.xml"]
    modes = {e.get(qn("w:name")): e.get(qn("w:val")) for e in settings.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"
    assert settings.find(qn("w:updateFields")) is None


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (para("a\x07b"), "control characters"),
        (para(Link(Url("https://a.org/" + "x" * 2100), (Str("x"),))), "cannot hold the address"),
        (Table(tuple(Cell(text(str(n))) for n in range(70)), (), ()), "63 columns"),
        (
            Div((para(Note((para("a", Note((para("b"),))),))),)),
            "no footnotes in footnotes",
        ),
    ],
    ids=["control characters", "long link", "wide table", "note in note"],
)
def test_limits_are_reported(block: Block, message: str) -> None:
    assert message in problems(block)


@pytest.mark.parametrize(
    ("rows", "kept"), [(1, [True, False]), (8, [True] * 8 + [False]), (9, [True] + [False] * 9)]
)
def test_a_short_table_stays_whole_and_a_header_with_its_table(rows: int, kept: list[bool]) -> None:
    table = Table((Cell(text("h")),), tuple((Cell(text("c")),) for _ in range(rows)), ())
    word = written(document(table))
    styles = {e.get(qn("w:styleId")): e for e in word.xml["word/styles.xml"].iter(qn("w:style"))}
    used = [styles[e.get(qn("w:val"))] for e in word.body[-3].iter(qn("w:pStyle"))]
    assert [style.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for style in used] == kept


def test_a_wide_table_goes_on_in_a_second_one_with_its_first_column() -> None:
    table = Table(tuple(Cell(text(f"c{n}")) for n in range(70)), (), ())
    first, spacer, second, _ = written(document(table)).lines()[2:]
    assert first.startswith("|| c0 | c1 |")
    assert spacer == "Table Spacer: "
    assert second == "|| c0 | " + " | ".join(f"c{n}" for n in range(63, 70)) + " ||"


def test_lists_nest_nine_deep() -> None:
    block: Block = para("end")
    for _ in range(11):
        block = BulletList(((para("item"), block),))
    lines = written(document(block)).lines()[2:]
    assert lines[4:6] == ["List Bullet 5: item", "List Bullet 5 Level 6(bullet/5): item"]
    assert lines[10] == "List Bullet 5 Level 9(bullet/8): item"
    assert "nests lists 9 deep" in problems(block)


def test_a_publisher_stands_in_for_the_organisation() -> None:
    word = written(document(publication=Publication(publisher="P")))
    heads = [word.lines(name) for name in word.names if name.startswith("word/header")]
    assert ["header: \\tP"] in heads


@pytest.mark.parametrize("make", [review, torture, reading_list])
def test_samples_are_sound_and_the_same_twice(make: object) -> None:
    resolved = make()  # type: ignore[operator]
    first = write(resolved, Options(), TEMPLATES)
    assert faults(first.data) == []
    assert first.data == write(make(), Options(), TEMPLATES).data  # type: ignore[operator]
    assert (first.suffix, first.pages) == (".docx", None)


def test_our_template_is_what_its_command_makes() -> None:
    assert TEMPLATES.bytes(NAME) == template()
