"""Editions: which files they give, and that they say what the handout says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import command, make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def outputs(project: Path) -> list[str]:
    folder = project / "output"
    return sorted(path.name for path in folder.iterdir() if path.name[0] != ".")


def test_each_edition_is_a_file_named_after_it(project: Path) -> None:
    done = command("build", "--edition", "handout,large-print,booklet,fragment", cwd=project)
    assert done.returncode == 0, done.stderr
    assert outputs(project) == [
        "review-booklet.pdf",
        "review-fragment.html",
        "review-large-print.pdf",
        "review.docx",
        "review.html",
        "review.pdf",
    ]
    assert "identical in PDF, DOCX and HTML" in done.stdout


def test_verify_compares_an_edition_with_its_handout(project: Path) -> None:
    command("build", "--edition", "handout,fragment", "--format", "html", cwd=project)
    fragment = project / "output" / "review-fragment.html"
    fragment.write_text(fragment.read_text().replace("Changes in the therapist", "Changes"))
    done = command("verify", cwd=project)
    assert done.returncode == 1
    assert "reference 2 differs" in done.stderr


def test_an_edition_without_the_wanted_format_is_wrong_usage(project: Path) -> None:
    done = command("build", "--edition", "booklet", "--format", "docx", cwd=project)
    assert done.returncode == 2
    assert "made as pdf alone" in done.stderr


def test_the_command_line_goes_over_the_settings(project: Path) -> None:
    (project / "tcit.toml").write_text('editions = ["fragment"]\n')
    command("build", "--format", "html", cwd=project)
    assert outputs(project) == ["review-fragment.html"]
    command("build", "--format", "html", "--edition", "handout", cwd=project)
    assert outputs(project) == ["review-fragment.html", "review.html"]


@pytest.mark.parametrize(
    ("setting", "place"),
    [
        ('\nlogo = "logo.png"', "tcit.toml:2:1: error[I001]"),
        ('docx-template = "none.docx"', "tcit.toml:1:1: error[P001]"),
        ('logo = "../secret.png"', "tcit.toml:1:1: error[P00"),
    ],
)
def test_a_file_that_a_setting_names_is_missed_where_it_is_named(
    project: Path, setting: str, place: str
) -> None:
    (project / "tcit.toml").write_text(setting + "\n")
    done = command("build", "--format", "html", cwd=project)
    assert done.returncode == 1
    assert place in done.stderr
