"""`output/index.html`: when it is written, and what it lists."""

from __future__ import annotations

from pathlib import Path

import pytest

import tcit_export

BIB = "@book{kahn2001, author={Kahn, M.}, title={A book}, year={2001}, publisher={P}}\n"


def document(title: str, text: str = "See [@kahn2001].", more: str = "") -> str:
    return f"---\ntitle: {title}\nauthors: [A. Author]\ndate: 2018-01\n{more}---\n\n{text}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    content.mkdir()
    (content / "references.bib").write_text(BIB)
    (content / "first.md").write_text(document("The first"))
    (content / "second.md").write_text(document("The second"))
    return tmp_path


def listed(project: Path) -> str:
    return (project / "output" / "index.html").read_text("utf-8")


def test_a_build_of_all_writes_an_index_with_the_sizes_of_the_files(project: Path) -> None:
    report = tcit_export.build(project, formats=("html", "docx"))
    assert report.index == project / "output" / "index.html"
    size = round((project / "output" / "first.html").stat().st_size / 1000)
    assert f"<span>{size}\N{NO-BREAK SPACE}kB</span>" in listed(project)
    assert 'href="second.docx"' in listed(project)


def test_the_same_bytes_twice(project: Path) -> None:
    tcit_export.build(project, formats=("html",))
    first = listed(project)
    tcit_export.build(project, formats=("html",))
    assert listed(project) == first


def test_a_build_of_one_document_leaves_the_index_alone(project: Path) -> None:
    report = tcit_export.build(project, paths=[project / "content" / "first.md"], formats=("html",))
    assert report.index is None
    assert not (project / "output" / "index.html").exists()


def test_a_build_without_html_writes_none(project: Path) -> None:
    assert tcit_export.build(project, formats=("docx",)).index is None


def test_a_document_with_errors_is_listed_as_long_as_its_old_page_stands(project: Path) -> None:
    tcit_export.build(project, formats=("html",))
    (project / "content" / "first.md").write_text(document("The first", "See [@nobody]."))
    assert not tcit_export.build(project, formats=("html",)).ok
    assert "The first" in listed(project)
    (project / "output" / "first.html").unlink()
    tcit_export.build(project, formats=("html",))
    assert "The first" not in listed(project)
    assert "The second" in listed(project)


def test_a_document_called_index_keeps_its_place(project: Path) -> None:
    (project / "content" / "first.md").write_text(document("The first", more="slug: index\n"))
    report = tcit_export.build(project, formats=("html",))
    assert report.index is None
    assert "P025" in {d.code for d in report.diagnostics}
    assert "doc-bibliography" in listed(project)


def test_verify_takes_the_index_for_no_document(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tcit_export.cli import main

    tcit_export.build(project, formats=("html", "docx"))
    assert main(["verify", str(project / "output")]) == 0
    assert "(2 documents)" in capsys.readouterr().out


def test_other_editions_for_readers_are_listed_too(project: Path) -> None:
    tcit_export.build(project, formats=("html",))
    (project / "tcit.toml").write_text('editions = ["handout", "large-print", "fragment"]\n')
    (project / "output" / "first-large-print.pdf").write_bytes(b"%PDF-" + bytes(20_000))
    tcit_export.build(project, formats=("html",))
    assert 'href="first-large-print.pdf"' in listed(project)
    assert "Large-print PDF" in listed(project)
    assert "fragment" not in listed(project)
