"""Honest failure: every mistake told with its place, exit code 1, the good documents built, old
outputs as they were, nothing half done."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.projects import BIBLIOGRAPHY, REVIEW, command, command_here, make_project, outputs

GOOD = {"content/good.md": REVIEW, "content/works.bib": BIBLIOGRAPHY}
HEAD = "---\ntitle: T\nbibliography: works.bib\n---\n\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

# What is wrong, the files, and where it must be told: path:line:column and code.
MISTAKES: list[tuple[str, Mapping[str, str | bytes], str]] = [
    (
        "an unknown key",
        {"content/bad.md": HEAD + "As argued [@khan2001, p. 12].\n"},
        "content/bad.md:6:13: error[C001]",
    ),
    (
        "a bibliography that is not there",
        {"content/bad.md": "---\ntitle: T\nbibliography: wroks.bib\n---\n\n[@kahn2001]\n"},
        "content/bad.md:3:15: error[P001]",
    ),
    (
        "a bibliography that cannot be understood",
        {
            "content/bad.md": "---\ntitle: T\nbibliography: bad.bib\n---\n\n[@b]\n",
            "content/bad.bib": "@book{a, title={One}\n\n@book{b,\n  title={Two},\n  year=2001}\n",
        },
        "content/bad.bib:1:1: error[B002]",
    ),
    (
        "YAML that cannot be understood",
        {"content/bad.md": "---\ntitle: T\nkeywords: [a, b\n---\n\nText.\n"},
        "content/bad.md:",
    ),
    (
        "no title",
        {"content/bad.md": "---\nlang: en-US\n---\n\nText.\n"},
        "content/bad.md:",
    ),
    (
        "an image that is not there",
        {"content/bad.md": HEAD + "See:\n\n![A chart](chart.png)\n"},
        "content/bad.md:8:1: error[I001]",
    ),
    (
        "an image that is damaged",
        {"content/bad.md": HEAD + "![A chart](chart.png)\n", "content/chart.png": PNG[:40]},
        "content/bad.md:6:1: error[I003]",
    ),
    (
        "an image from outside",
        {"content/bad.md": HEAD + "![A chart](../../chart.png)\n"},
        "content/bad.md:6:1: error[P002]",
    ),
    (
        "an image from the network",
        {"content/bad.md": HEAD + "![A chart](http://127.0.0.1:9/chart.png)\n"},
        "content/bad.md:6:",
    ),
    (
        "another encoding",
        {"content/bad.md": HEAD.encode() + b"caf\xe9\n"},
        "content/bad.md:6:4: error[P003]",
    ),
    (
        "a bibliography in another encoding",
        {
            "content/bad.md": HEAD.replace("works.bib", "bad.bib") + "[@a]\n",
            "content/bad.bib": b"@book{a,\n  author={M\xfcller}}",
        },
        "content/bad.bib:2:12: error[P003]",
    ),
    (
        "an unknown style",
        {"content/bad.md": "---\ntitle: T\nstyle: appa\n---\n\nText.\n"},
        "content/bad.md:3:8: error[S001]",
    ),
    (
        "a style that is none",
        {
            "content/bad.md": "---\ntitle: T\nstyle: content/my.csl\n---\n\nText.\n",
            "content/my.csl": "<style>",
        },
        "content/bad.md:3:8: error[S002]",
    ),
    (
        "an output name with a path in it",
        {"content/bad.md": "---\ntitle: T\nslug: ../../bad\n---\n\nText.\n"},
        "content/bad.md:3:7: error[",
    ),
    (
        "an output name that a document has already",
        {"content/bad.md": "---\ntitle: T\nslug: other\n---\n", "content/other.md": REVIEW},
        "content/bad.md:3:7: error[P020]",
    ),
]


@pytest.mark.parametrize(
    ("files", "where"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_a_mistake_is_told_and_the_good_document_built(
    tmp_path: Path, files: Mapping[str, str | bytes], where: str
) -> None:
    make_project(tmp_path, {**GOOD, **files, "output/bad.html": "old"})
    done = command_here("build", "--jobs", "1", "--format", "html", cwd=tmp_path)
    assert done.returncode == 1
    assert any(line.startswith(where) for line in done.stderr.splitlines()), done.stderr
    for line in done.stderr.splitlines():
        assert re.match(r"[^:]+:\d+:\d+: (error|warning)\[[A-Z]\d{3}\] .", line), line
    assert outputs(tmp_path)["bad.html"] == b"old"
    assert {name for name in outputs(tmp_path) if "other" not in name} == {"bad.html", "good.html"}


def test_all_mistakes_of_all_documents_in_one_run(tmp_path: Path) -> None:
    make_project(
        tmp_path,
        {
            **GOOD,
            "content/one.md": HEAD + "[@khan2001]\n\n![A](a.png)\n\n[@leee2020]\n",
            "content/two.md": "---\ntitle: T\nslug: Über\nstyle: appa\n---\n\n[@nobody]\n",
        },
    )
    done = command_here("build", "--jobs", "1", "--format", "docx,html", cwd=tmp_path)
    told = [re.match(r"[^ ]+: error\[\w+\]", line) for line in done.stderr.splitlines()]
    assert [found[0] for found in told if found] == [
        "content/one.md:6:3: error[C001]",
        "content/one.md:8:1: error[I001]",
        "content/one.md:10:3: error[C001]",
        "content/two.md:3:7: error[F011]",
        "content/two.md:4:8: error[S001]",
        "content/two.md:7:3: error[C001]",
    ]
    assert done.returncode == 1
    assert sorted(outputs(tmp_path)) == ["good.docx", "good.html"]
    assert "good.html" in done.stdout


def test_an_unknown_field_is_a_warning_with_the_nearest_name(tmp_path: Path) -> None:
    text = REVIEW.replace("authors:", "autors:")
    make_project(tmp_path, {**GOOD, "content/good.md": text})
    done = command_here("build", "--jobs", "1", "--format", "html", cwd=tmp_path)
    assert done.returncode == 0
    assert "content/good.md:3:1: warning[" in done.stderr
    assert "`authors`" in done.stderr
    strict = command_here("build", "--jobs", "1", "--format", "html", "--strict", cwd=tmp_path)
    assert strict.returncode == 1
    assert "content/good.md:3:1: error[" in strict.stderr


def test_strict_leaves_old_outputs(tmp_path: Path) -> None:
    text = REVIEW.replace("authors:", "autors:")
    make_project(tmp_path, {**GOOD, "content/good.md": text, "output/good.html": "old"})
    assert (
        command_here(
            "build", "--jobs", "1", "--format", "html", "--strict", cwd=tmp_path
        ).returncode
        == 1
    )
    assert outputs(tmp_path) == {"good.html": b"old"}


def test_keep_going_builds_in_spite_of_errors(tmp_path: Path) -> None:
    make_project(tmp_path, {**GOOD, "content/good.md": REVIEW.replace("@kahn2001", "@khan2001")})
    done = command_here("build", "--jobs", "1", "--format", "html", "--keep-going", cwd=tmp_path)
    assert done.returncode == 1
    assert b"khan2001" in outputs(tmp_path)["good.html"]


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ('paper = "a5"', "tcit.toml:1:1: error[P012]"),
        ("paper = ", "tcit.toml:1:9: error[P010]"),
        ('output = "../elsewhere"', "../elsewhere:1:1: error[P002]"),
        ('docx-template = "nowhere.docx"', "tcit.toml:1:1: error[P001]"),
    ],
)
def test_settings_that_are_wrong_keep_everything_as_it_was(
    tmp_path: Path, settings: str, where: str
) -> None:
    root = make_project(tmp_path / "p", {**GOOD, "tcit.toml": settings, "output/good.html": "old"})
    done = command_here("build", "--jobs", "1", "--format", "html", cwd=root)
    assert done.returncode == 1
    assert where in done.stderr
    assert outputs(root) == {"good.html": b"old"}
    assert not (tmp_path / "elsewhere").exists()


def test_an_unknown_setting_is_a_warning(tmp_path: Path) -> None:
    make_project(tmp_path, {**GOOD, "tcit.toml": 'papper = "a4"'})
    done = command_here("build", "--jobs", "1", "--format", "html", cwd=tmp_path)
    assert done.returncode == 0
    assert (
        "tcit.toml:1:1: warning[P011] `papper` is no setting (did you mean `paper`?)" in done.stderr
    )


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", GOOD)
    (tmp_path / "secret.md").write_text(HEAD + "SECRET")
    (root / "content" / "link.md").symlink_to(tmp_path / "secret.md")
    done = command_here("build", "--jobs", "1", "--format", "html", cwd=root)
    assert done.returncode == 1
    assert "content/link.md:1:1: error[P002]" in done.stderr
    assert list(outputs(root)) == ["good.html"]
    assert "SECRET" not in done.stderr


def test_a_link_in_the_place_of_an_output_is_not_followed(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", {**GOOD, "output/.keep": ""})
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    (root / "output" / "good.html").symlink_to(mine)
    done = command_here("build", "--jobs", "1", "--format", "docx,html", cwd=root)
    assert done.returncode == 1
    assert (
        "output/good.html:1:1: error[P022] `good.html` was not written: a symbolic" in done.stderr
    )
    assert mine.read_text() == "mine"
    assert (root / "output" / "good.docx").is_file()


def test_an_output_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    root = make_project(tmp_path, {**GOOD, "output/good.html": "old"})
    monkeypatch.setattr("tcit_export.builder.store.os.replace", refuse)
    done = command_here("build", "--jobs", "1", "--format", "html", cwd=root)
    assert done.returncode == 1
    assert "the folder cannot be written to" in done.stderr
    assert outputs(root) == {"good.html": b"old"}


def test_a_file_in_the_place_of_the_output_folder(tmp_path: Path) -> None:
    make_project(tmp_path, {**GOOD, "output": "a file"})
    done = command_here("build", "--jobs", "1", "--format", "html", cwd=tmp_path)
    assert done.returncode == 1
    assert "output/good.html:1:1: error[P022]" in done.stderr
    assert (tmp_path / "output").read_text() == "a file"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """RLIMIT_FSIZE stands for the disk: every write beyond it fails."""
    import subprocess
    import sys

    make_project(tmp_path, {**GOOD, "output/good.html": "old"})
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from tcit_export.cli import main; sys.exit(main(['build', '--format', 'html']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "was not written: the file would be larger than allowed" in done.stderr
    assert outputs(tmp_path) == {"good.html": b"old"}


def test_without_pango_word_and_html_are_made(tmp_path: Path) -> None:
    """A package of that name that cannot be imported stands before the real one."""
    make_project(tmp_path, GOOD)
    fake = make_project(tmp_path / "fake", {"weasyprint/__init__.py": "raise OSError('no pango')"})
    done = command("build", cwd=tmp_path, env={"PYTHONPATH": str(fake)})
    assert done.returncode == 1
    assert "error[W001] no PDF can be made here (no pango)" in done.stderr
    assert "apt-get install" in done.stderr
    assert sorted(outputs(tmp_path)) == ["good.docx", "good.html"]
    assert "identical in DOCX and HTML" in done.stdout
