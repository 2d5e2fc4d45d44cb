"""The same document read back from HTML, PDF and DOCX gives the same extract."""

from __future__ import annotations

from pathlib import Path

import pytest

import tcit_export
from tcit_export.verify import Unreadable, read, verify
from tcit_export.verify.compare import differences
from tcit_export.verify.extract import Citation, Extract, Link, extract
from tcit_export.verify.read_docx import read_docx
from tcit_export.verify.read_html import read_html
from tcit_export.verify.read_pdf import read_pdf
from tests.projects import FILES, make_project

from . import files


@pytest.fixture(scope="module")
def page() -> Extract:
    return extract(read_html(files.html().encode()))


def test_a_page_is_read(page: Extract) -> None:
    assert [entry.text for entry in page.references] == [
        f"Kahn, M., & Müller, J. (2001). The office of UNESCO affairs. {files.DOI}",
        "Lee, C. (2002). H2O and x2. Publisher.",
    ]
    assert page.references[0].links == (Link(files.DOI, files.DOI),)
    assert [citation.link for citation in page.citations] == [
        Link("Kahn & Müller, 2001, pp. 12–14", "entry 1"),
        Link("Lee, 2002", "entry 2"),
        Link("Lee (2002)", "entry 2"),
        Link("Kahn and Müller (2001)", "entry 1"),
    ]
    assert page.citations[2] == Citation(Link("Lee (2002)", "entry 2"), "A point of ", ".")
    assert page.citations[0].before == "What a therapist feels is part of the work, as (see "
    assert page.citations[1].before == "; "
    assert page.citations[1].after == "), and more of it."


def test_a_word_file_says_the_same(page: Extract) -> None:
    assert list(differences(page, extract(read_docx(files.docx())))) == []


@pytest.mark.parametrize("words", range(0, 90, 9))
def test_a_pdf_says_the_same_wherever_lines_and_pages_end(words: int) -> None:
    text = files.html("word and so on " * words)
    found = extract(read_pdf(files.pdf(text)))
    expected = extract(read_html(text.encode()))
    assert list(differences(expected, found)) == []
    assert len(found.citations) == 4


def test_marks_of_direction_say_nothing(tmp_path: Path) -> None:
    """They are never painted, and steer how Hebrew and Latin words stand in a line."""
    entry = "@book{{{}, author={{Lee, Ann}}, title={{{}}}, publisher={{Press}}, year=2001}}\n"
    titles = (
        "\u05e1\u05e4\u05e8 \u200f(1990)\u200f ABC \u05e9\u05dc\u05d5\u05dd",
        "A \u200f\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd\u200f title\u200e: One",
    )
    bibliography = "".join(entry.format(f"k{n}", title) for n, title in enumerate(titles))
    root = make_project(tmp_path, {**FILES, "content/works.bib": bibliography})
    text = "---\ntitle: A review\nlang: {}\n---\n\nWords [@k0; @k1].\n"
    for lang in ("en", "he"):
        (root / "content/review.md").write_text(text.format(lang), encoding="utf-8")
        report = tcit_export.build(root)
        assert [v.ok for v in report.verifications] == [True]


def test_an_entry_that_a_page_end_cuts_is_one_entry() -> None:
    long = "A very long title of a work that goes on and on. " * 30
    entries = tuple((f"ref-{n}", f"Author {n}. {long} <i>End</i>.") for n in range(4))
    text = files.html("word " * 40, entries)
    found = extract(read_pdf(files.pdf(text)))
    assert list(differences(extract(read_html(text.encode())), found)) == []
    assert len(found.references) == 4


@pytest.mark.parametrize(
    ("read_format", "data"),
    [
        (read_pdf, b"%PDF-1.7 torn"),
        (read_pdf, b""),
        (read_docx, b"PK\x03\x04 torn"),
        (read_docx, files.docx()[:-200]),
        (read_html, b"\xff\xfe"),
        (read_html, b""),
    ],
)
def test_a_damaged_file_is_told_calmly(read_format: object, data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_format(data)  # type: ignore[operator]


def test_entities_in_a_word_file_are_refused() -> None:
    with pytest.raises(Unreadable, match="document type"):
        read_docx(_with_entities())


def _with_entities() -> bytes:
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return file.getvalue()


def test_files_of_one_document_are_compared_in_pairs(tmp_path: Path) -> None:
    text = files.html()
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(files.pdf(text))
    (tmp_path / "a.docx").write_bytes(files.docx())
    found = verify(tmp_path.iterdir())
    assert found.ok
    assert (found.compared, found.references, found.citations) == (("pdf", "docx", "html"), 2, 4)


def test_another_kind_of_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path / "a.txt")
