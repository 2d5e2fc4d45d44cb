"""Projects of strangers, mistaken or hostile: each is told where, none takes the machine, the
terminal or a file from elsewhere along."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.projects import BIBLIOGRAPHY, REVIEW, command_here, make_project, outputs

GOOD = {"content/good.md": REVIEW, "content/works.bib": BIBLIOGRAPHY}
HEAD = "---\ntitle: T\nbibliography: works.bib\n---\n\n"
STYLED = "---\ntitle: T\nstyle: content/my.csl\nbibliography: works.bib\n---\n\n[@lee2020]\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info>'
    "<title>x</title><id>x</id><updated>2020-01-01T00:00:00Z</updated></info>"
    '{}<citation><layout><text macro="m9"/></layout></citation></style>'
)


def _macros(calls: int) -> str:
    """Ten macros, each of which calls the one before so often."""
    first = '<macro name="m0"><text variable="title"/></macro>'
    return first + "".join(
        f'<macro name="m{n}">' + f'<text macro="m{n - 1}"/>' * calls + "</macro>"
        for n in range(1, 10)
    )


# What is wrong, the files, the exit code, and what the messages begin with.
PROJECTS: list[tuple[str, Mapping[str, str | bytes], int, str]] = [
    (
        "a row wider than its table",
        {"content/bad.md": HEAD + "| a | b |\n|---|---|\n| 1 | 2 | three |\n"},
        1,
        "content/bad.md:8:11: error[M017] `three` is in no column",
    ),
    (
        "a character that turns the text, as an entity",
        {"content/bad.md": HEAD + "abc &#x202e; def\n"},
        0,
        "content/bad.md:6:5: warning[M003] the character U+202E",
    ),
    (
        "a control character, as an escape in front matter",
        {"content/bad.md": '---\ntitle: "a\\x1b[31mb"\n---\n\nText.\n'},
        0,
        "content/bad.md:2:8: warning[M003] the character U+001B",
    ),
    (
        "a character that turns the text, in a bibliography",
        {
            "content/bad.md": HEAD.replace("works", "bad") + "[@a]\n",
            "content/bad.bib": "@book{a, author={A, B}, title={T\u202ex}, year=2000}",
        },
        0,
        "content/bad.bib:1:33: warning[B020]",
    ),
    (
        "an address that is a script, in a bibliography",
        {
            "content/bad.md": HEAD.replace("works", "bad") + "[@a]\n",
            "content/bad.bib": "@book{a, author={A, B}, title={T}, url={javascript:alert(1)}}",
        },
        0,
        "content/bad.bib:1:40: warning[B042] `javascript:alert(1)` is no address",
    ),
    (
        "the second of two bibliographies that is not there",
        {"content/bad.md": "---\ntitle: T\nbibliography:\n  - works.bib\n  - no.bib\n---\n"},
        1,
        "content/bad.md:5:5: error[P001] `content/no.bib` does not exist",
    ),
    (
        "a bibliography from outside",
        {"content/bad.md": "---\ntitle: T\nbibliography: ../../secret.bib\n---\n"},
        1,
        "content/bad.md:3:15: error[P002] `../secret.bib` leads out of the project",
    ),
    (
        "a drawing that changes an address into a script",
        {
            "content/bad.md": HEAD + "![x](a.svg)\n",
            "content/a.svg": SVG.format(
                '<a><set attributeName="href" to="javascript:alert(1)"/><text>x</text></a>'
            ),
        },
        1,
        "content/bad.md:6:1: error[I005]",
    ),
    (
        "a drawing that reaches outside by an image set",
        {
            "content/bad.md": HEAD + "![x](a.svg)\n",
            "content/a.svg": SVG.format(
                "<rect style='background:image-set(\"http://127.0.0.1:9/c\" 1x)'/>"
            ),
        },
        1,
        "content/bad.md:6:1: error[I005]",
    ),
    (
        "a drawing that hides an address behind an escape",
        {
            "content/bad.md": HEAD + "![x](a.svg)\n",
            "content/a.svg": SVG.format("<rect style='fill:u\\72l(http://127.0.0.1:9/c)'/>"),
        },
        1,
        "content/bad.md:6:1: error[I005]",
    ),
    (
        "a style whose macros stand for thousands of millions",
        {"content/bad.md": STYLED, "content/my.csl": STYLE.format(_macros(10))},
        1,
        "content/bad.md:3:8: error[S002]",
    ),
    (
        "a style larger than any",
        {"content/bad.md": STYLED, "content/my.csl": STYLE.format(_macros(1)) + " " * 2_000_000},
        1,
        "content/bad.md:3:8: error[S002]",
    ),
    (
        "a setting with a control character",
        {"tcit.toml": 'organisation = "\\u001b[31m"'},
        1,
        "tcit.toml:1:1: error[P012] `organisation` holds the character U+001B",
    ),
    (
        "a template with wrong syntax",
        {"templates/handout.html.j2": "<p>\n{% if %}"},
        1,
        "templates/handout.html.j2:2:1: error[W005]",
    ),
    (
        "a template that names what is not there",
        {"templates/handout.html.j2": "<p>\n\n{{ nothing.here }}"},
        1,
        "templates/handout.html.j2:3:1: error[W005]",
    ),
    (
        "a template that reaches for the program",
        {"templates/handout.html.j2": "{{ ''.__class__.__mro__ }}"},
        1,
        "templates/handout.html.j2:1:1: error[W005]",
    ),
    (
        "a template that includes a file from outside",
        {"templates/handout.html.j2": "{% include '../../secret.txt' %}"},
        1,
        "templates/handout.html.j2:1:1: error[W005]",
    ),
    (
        "a template in another encoding",
        {"templates/handout.html.j2": b"<p>\ncaf\xe9"},
        1,
        "templates/handout.html.j2:2:1: error[W005]",
    ),
    (
        "a template of the list of all documents with wrong syntax",
        {"templates/index.html.j2": "{{", "content/other.md": REVIEW},
        1,
        "templates/index.html.j2:1:1: error[W005]",
    ),
]


@pytest.mark.parametrize(
    ("files", "code", "where"), [p[1:] for p in PROJECTS], ids=[p[0] for p in PROJECTS]
)
def test_it_is_told_and_nothing_else_happens(
    tmp_path: Path, files: Mapping[str, str | bytes], code: int, where: str
) -> None:
    root = make_project(tmp_path / "project", {**GOOD, **files, "output/bad.html": "old"})
    (tmp_path / "secret.txt").write_text("SECRET")
    (tmp_path / "secret.bib").write_text("@book{a, title={SECRET}}")
    done = command_here("build", "--format", "html", "--jobs", "1", cwd=root)
    assert done.returncode == code, done.stderr
    assert any(line.startswith(where) for line in done.stderr.splitlines()), done.stderr
    assert str(tmp_path) not in done.stderr
    assert "SECRET" not in done.stderr
    built = outputs(root)
    assert (built["bad.html"] == b"old") is (code == 1 or "content/bad.md" not in files)
    for data in built.values():
        assert b"SECRET" not in data
        assert b'="javascript:' not in data
        assert not any(character in data.decode() for character in "\x1b\u202e")


def test_a_folder_of_templates_elsewhere_is_not_read(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", GOOD)
    make_project(tmp_path / "elsewhere", {"handout.html.j2": "SECRET"})
    (root / "templates").symlink_to(tmp_path / "elsewhere")
    done = command_here("build", "--format", "html", "--jobs", "1", cwd=root)
    assert done.returncode == 0
    assert b"SECRET" not in outputs(root)["good.html"]


def test_of_a_very_long_word_the_beginning_is_told(tmp_path: Path) -> None:
    root = make_project(tmp_path, {**GOOD, "content/good.md": HEAD + "@" + "k" * 50_000 + "\n"})
    done = command_here("check", cwd=root)
    assert done.returncode == 1
    assert f"`{'k' * 120}…`" in done.stderr
    assert max(map(len, done.stderr.splitlines())) < 300


def _zipped(document: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", document)
    return data.getvalue()


# What is wrong with a file, its name, its bytes, what is said of it.
DAMAGED = [
    ("XML of millions of elements", "a.docx", _zipped(b"<a>" + b"<b/>" * 2_100_000), "larger or"),
    ("XML nested without end", "a.docx", _zipped(b"<a>" * 100_000), "larger or deeper"),
    ("a Word file of something else", "a.docx", _zipped(b"<a/>"), "it holds no text"),
    ("a PDF that is none", "a.pdf", b"hello", "unable to find trailer"),
    ("a page in another encoding", "a.html", b"caf\xe9", "not UTF-8 (byte 3)"),
]


@pytest.mark.parametrize(
    ("name", "data", "said"), [d[1:] for d in DAMAGED], ids=[d[0] for d in DAMAGED]
)
def test_verify_says_what_is_wrong_with_a_file(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    done = command_here("verify", name, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"verify: {name}: ")
    assert said in done.stderr
    assert " at 0x" not in done.stderr


# Wrong usage: words that hold what steers terminals, and names that no file can have.
@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "a\x1b[31m.md"),
        ("build", "x" * 5000),
        ("build", "content/works.bib"),
        ("build", "--fa\x1b[31mst"),
        ("build", "--project", "\x1b]0;x\x07"),
        ("build", "--output", ""),
        ("build", "--project", ""),
        ("explain", "\x1b[31m"),
        ("references", "content/works.bib", "--key", "\x1b[31m"),
        ("references", "content/works.bib", "--style", "a\x1b]0;x\x07"),
    ],
    ids=lambda arguments: ascii(" ".join(arguments))[:40],
)
def test_wrong_usage_is_told_without_steering_the_terminal(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = command_here(*arguments, cwd=make_project(tmp_path))
    assert done.returncode == 2
    assert "tcit-export" in done.stderr
    assert not any(character in done.stderr for character in "\x1b\x07")


@pytest.mark.skipif(os.name != "posix", reason="closed streams are POSIX's")
def test_a_closed_error_stream_changes_no_exit_code(tmp_path: Path) -> None:
    root = make_project(tmp_path, {**GOOD, "content/good.md": HEAD + "[@khan2001]\n"})
    line = f'"{sys.executable}" -m tcit_export check 2>&-'
    done = subprocess.run(line, shell=True, cwd=root, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's device without room")
def test_no_room_for_what_is_printed_is_told(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    line = f'"{sys.executable}" -m tcit_export references content/works.bib >/dev/full'
    done = subprocess.run(line, shell=True, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "tcit-export: it cannot be written: no space left on device\n"


def test_a_reader_that_stops_reading_is_no_mistake(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    entry = "@book{{k{0}, author={{A, B}}, title={{T{0}}}, publisher={{P}}, year=2000}}\n"
    (root / "content/works.bib").write_text("".join(entry.format(n) for n in range(400)))
    line = f'"{sys.executable}" -m tcit_export references content/works.bib | head -n 1'
    done = subprocess.run(line, shell=True, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
