"""Finding and reading the files of a project, and refusing all others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tcit_export.project import NoProject, Project, Refused, find_root, open_project
from tcit_export.project.files import read_bytes, read_source


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "p" / "content").mkdir(parents=True)
    (tmp_path / "p" / "content" / "b.md").write_text("B")
    (tmp_path / "p" / "content" / "a.md").write_text("A")
    (tmp_path / "p" / "content" / ".hidden.md").write_text("no")
    (tmp_path / "p" / "content" / "works.bib").write_text("@misc{a}")
    (tmp_path / "secret.bib").write_text("@misc{secret}")
    return open_project(tmp_path / "p").value


def test_the_root_is_found_from_below(project: Project) -> None:
    assert find_root(project.root / "content") == project.root


def test_no_root_is_a_calm_exception(tmp_path: Path) -> None:
    with pytest.raises(NoProject):
        find_root(tmp_path)
    with pytest.raises(NoProject):
        open_project(tmp_path)


def test_documents_and_bibliographies_are_listed_in_order(project: Project) -> None:
    assert project.documents() == ("content/a.md", "content/b.md")
    assert project.bibliographies() == ("content/works.bib",)


def test_every_bibliography_is_the_default(project: Project) -> None:
    sources = project.bibtex("content/a.md", ()).value
    assert [source.path for source in sources] == ["content/works.bib"]


def test_a_missing_bibliography_is_named(project: Project) -> None:
    (found,) = project.bibtex("content/a.md", ("wroks.bib",)).diagnostics
    assert (found.code, found.location.path) == ("P001", "content/wroks.bib")


@pytest.mark.parametrize("name", ["../../secret.bib", "link.bib", "/etc/passwd"])
def test_nothing_outside_the_root_is_read(project: Project, name: str) -> None:
    (project.root / "content" / "link.bib").symlink_to(project.root.parent / "secret.bib")
    parsed = project.bibtex("content/a.md", (name,))
    assert parsed.value == ()
    assert [d.code for d in parsed.diagnostics] == ["P002"]


def test_a_link_within_the_project_is_followed(project: Project) -> None:
    (project.root / "shared.bib").write_text("@misc{shared}")
    (project.root / "content" / "link.bib").symlink_to("../shared.bib")
    assert [s.text for s in project.bibtex("content/a.md", ("link.bib",)).value] == [
        "@misc{shared}"
    ]


def test_a_content_folder_outside_the_root_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "content").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NoProject):
        open_project(tmp_path / "p")


def test_a_pipe_is_refused_without_waiting(project: Project) -> None:
    os.mkfifo(project.root / "content" / "pipe.md")
    with pytest.raises(Refused, match="is not a file"):
        read_bytes(project.root, project.root / "content" / "pipe.md", 10)


def test_a_folder_is_refused(project: Project) -> None:
    with pytest.raises(Refused):
        read_bytes(project.root, project.root / "content", 10)


def test_no_more_than_the_limit_is_read(project: Project) -> None:
    path = project.root / "content" / "a.md"
    path.write_bytes(b"x" * 11)
    with pytest.raises(Refused, match="larger than 10 bytes"):
        read_bytes(project.root, path, 10)


def test_other_encodings_are_told_by_line_and_column(project: Project) -> None:
    (project.root / "content" / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo M\xfcller\r\n")
    (found,) = project.markdown("content/a.md").diagnostics
    assert (found.code, found.location.line, found.location.column) == ("P003", 2, 6)
    assert found.location.source.line_text(2) == "two M\ufffdller"


def test_line_ends_and_byte_order_marks_are_normalised(project: Project) -> None:
    path = project.root / "content" / "a.md"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    source = read_source(project.root, path, 100).value
    assert source is not None
    assert source.text == "one\ntwo\nthree"


def test_a_document_may_be_named_from_anywhere_inside(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root / "content")
    assert project.path(Path("a.md")) == "content/a.md"
    assert project.path(project.root / "content" / ".." / "content" / "a.md") == "content/a.md"
    with pytest.raises(Refused):
        project.path(Path("../../secret.bib"))
