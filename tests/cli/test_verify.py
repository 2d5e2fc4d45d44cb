"""`verify` on the command line: what it takes, what it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import command
from tests.verify import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = files.html()
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(files.pdf(text))
    (tmp_path / "a.docx").write_bytes(files.docx())
    return tmp_path


def test_files_that_agree(folder: Path) -> None:
    done = command("verify", ".", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 references identical in PDF, DOCX and HTML\n"


def test_some_of_the_files(folder: Path) -> None:
    done = command("verify", "a.docx", "a.html", cwd=folder)
    assert done.stdout == "2 references identical in DOCX and HTML\n"


def test_a_difference_shows_both_texts(folder: Path) -> None:
    (folder / "a.docx").write_bytes(files.docx(lee="Leigh (2002)"))
    done = command("verify", ".", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == "not identical: a\n"
    assert "citation 3 differs" in done.stderr
    assert "a.docx: Leigh (2002) -> entry 2" in done.stderr
    assert "a.html: Lee (2002) -> entry 2" in done.stderr


def test_a_torn_file(folder: Path) -> None:
    (folder / "a.pdf").write_bytes((folder / "a.pdf").read_bytes()[:500])
    done = command("verify", ".", cwd=folder)
    assert done.returncode == 1
    assert "a.pdf: it is no whole PDF" in done.stderr
