"""`reading-list`: a list of any .bib file, and what may go wrong on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import BIBLIOGRAPHY, REVIEW, command, command_here, make_project

HTML = ("--format", "html")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is no project, with one bibliography."""
    return make_project(tmp_path, {"week-3_tears.bib": BIBLIOGRAPHY})


def page(folder: Path, name: str = "week-3_tears") -> str:
    return (folder / "output" / f"{name}.html").read_text(encoding="utf-8")


def test_a_bibliography_becomes_three_files_that_say_the_same(folder: Path) -> None:
    done = command("reading-list", "week-3_tears.bib", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in (folder / "output").iterdir())
    assert names == ["week-3_tears.docx", "week-3_tears.html", "week-3_tears.pdf"]
    assert done.stdout.endswith("2 references identical in PDF, DOCX and HTML\n")


def test_the_title_is_made_of_the_files_name_or_given(folder: Path) -> None:
    command_here("reading-list", "week-3_tears.bib", *HTML, cwd=folder)
    assert "<title>Week 3 tears</title>" in page(folder)
    title = 'Rogers\' "tears" & <b>mine</b>'
    command_here("reading-list", "week-3_tears.bib", *HTML, "--title", title, cwd=folder)
    assert "<title>Rogers’ “tears” &amp; &lt;b&gt;mine&lt;/b&gt;</title>" in page(folder)


def test_a_list_has_the_authors_and_the_date_that_it_is_given(folder: Path) -> None:
    names = ("--author", "Ann Example", "--author", "Bo Berg", "--date", "2024-05")
    command_here("reading-list", "week-3_tears.bib", *HTML, *names, cwd=folder)
    assert 'name="citation_publication_date" content="2024' in page(folder)
    assert page(folder).count('name="citation_author"') == 2
    assert "Ann Example and Bo Berg" in page(folder)
    done = command("reading-list", "week-3_tears.bib", *HTML, "--date", "2024-15", cwd=folder)
    assert (done.returncode, "`2024-15` is no date" in done.stderr) == (2, True)


def test_standard_input_is_a_bibliography(tmp_path: Path) -> None:
    done = command("reading-list", "-", *HTML, cwd=tmp_path, stdin=BIBLIOGRAPHY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Changes in the therapist" in page(tmp_path, "reading-list")


def test_what_is_selected_stands_in_the_list_and_nothing_else(folder: Path) -> None:
    select = ("--select", "year>=2010 and author:lee")
    done = command_here("reading-list", "week-3_tears.bib", *HTML, *select, cwd=folder)
    assert done.returncode == 0
    assert "What tears say" in page(folder)
    assert "Changes in the therapist" not in page(folder)


def test_groups_have_headings(folder: Path) -> None:
    grouped = ("--group-by", "year", "--sort", "-year")
    done = command_here("reading-list", "week-3_tears.bib", *HTML, *grouped, cwd=folder)
    assert done.returncode == 0
    headings = [part.partition("</h")[0] for part in page(folder).split("<h2")[1:]]
    assert [heading[-4:] for heading in headings if heading[-4:].isdigit()] == ["2020", "2001"]


@pytest.mark.parametrize(
    ("option", "text", "place"),
    [
        ("--select", "yaer>=2000", "--select:1:1: error[Q001]"),
        ("--select", "year>=2000 and", "--select:1:15: error[Q002]"),
        ("--sort", "author, size", "--sort:1:9: error[Q006]"),
        ("--group-by", "colour", "--group-by:1:1: error[Q007]"),
    ],
)
def test_a_mistake_in_a_query_is_shown_where_it_stands(
    folder: Path, option: str, text: str, place: str
) -> None:
    done = command_here("reading-list", "week-3_tears.bib", option, text, cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith(place)
    assert not (folder / "output").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere.bib",),
        ("week-3_tears.bib", "--format", "epub"),
        ("week-3_tears.bib", "--lang", "?"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(folder: Path, arguments: tuple[str, ...]) -> None:
    done = command_here("reading-list", *arguments, cwd=folder)
    assert done.returncode == 2
    assert "tcit-export" in done.stderr


def test_an_error_in_the_bibliography_keeps_the_old_files(folder: Path) -> None:
    command_here("reading-list", "week-3_tears.bib", *HTML, cwd=folder)
    before = page(folder)
    (folder / "week-3_tears.bib").write_text("@book{a, title = {One}\n\n@book{b, title = {Two}}\n")
    done = command_here("reading-list", "week-3_tears.bib", *HTML, cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith("week-3_tears.bib:1:1: error[B002]")
    assert page(folder) == before
    going_on = command_here("reading-list", "week-3_tears.bib", *HTML, "--keep-going", cwd=folder)
    assert going_on.returncode == 1
    assert "Two" in page(folder)


def test_other_encodings_are_told_and_not_guessed(folder: Path) -> None:
    (folder / "old.bib").write_bytes("@book{a, author = {Müller}}".encode("latin-1"))
    done = command_here("reading-list", "old.bib", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith("old.bib:1:21: error[P003]")


def test_a_folder_that_is_no_project_gives_no_templates(folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates" / "handout.html.j2").write_text("MINE")
    assert command_here("reading-list", "week-3_tears.bib", *HTML, cwd=folder).returncode == 0
    assert "MINE" not in page(folder)


def test_in_a_project_its_settings_hold_and_its_documents_stay(tmp_path: Path) -> None:
    files = {"content/review.md": REVIEW, "content/works.bib": BIBLIOGRAPHY}
    make_project(tmp_path, {**files, "tcit.toml": 'output = "made"\norganisation = "TCIT"\n'})
    (tmp_path / "review.bib").write_text(BIBLIOGRAPHY)
    inside = tmp_path / "content"
    assert command_here("reading-list", "works.bib", *HTML, cwd=inside).returncode == 0
    assert "TCIT" in (tmp_path / "made" / "works.html").read_text(encoding="utf-8")
    taken = command_here("reading-list", "review.bib", *HTML, cwd=tmp_path)
    assert taken.returncode == 2
    assert "content/review.md" in taken.stderr
    elsewhere = ("--output", "lists")
    assert (
        command_here("reading-list", "review.bib", *HTML, *elsewhere, cwd=tmp_path).returncode == 0
    )
    assert (tmp_path / "lists" / "review.html").is_file()


def test_the_same_bibliography_gives_the_same_bytes(folder: Path) -> None:
    for name in ("one", "two"):
        options = ("--format", "html,docx", "--output", name)
        assert (
            command_here("reading-list", "week-3_tears.bib", *options, cwd=folder).returncode == 0
        )
    for form in ("html", "docx"):
        first, second = (folder / name / f"week-3_tears.{form}" for name in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()
