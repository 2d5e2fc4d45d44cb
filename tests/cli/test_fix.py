"""`check --fix`: what it changes, and that it changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcit_export.bibliography.fixes import edits
from tcit_export.bibliography.load import load_library
from tcit_export.cli.fix import edited
from tcit_export.source import Source, normalise
from tests.projects import command_here, make_project

ENTRY = "@article{{a,\n  title = {{T}},\n  {0},\n  year = {{2001}}\n}}\n"
MENDED = [
    ("doi = {https://doi.org/10.1000/182}", "doi = {10.1000/182}"),
    ("doi = {doi: 10.1000/182}", "doi = {10.1000/182}"),
    ('DOI="http://dx.doi.org/10.1000/182"', 'DOI="10.1000/182"'),
    ("url = {https://doi.org/10.1000/182}", "doi = {10.1000/182}"),
    ("pages = {95-103}", "pages = {95--103}"),
    ("pages = {95 – 103, 110}", "pages = {95--103, 110}"),
    ("journal = {Theory &amp; Practice}", "journal = {Theory \\& Practice}"),
]
KEPT = [
    "doi = {10.1000/182}",
    "doi = {see https://doi.org/10.1000/182}",
    "doi = {10.1000/182}, url = {https://doi.org/10.1000/182}",
    "url = {https://example.org/10.1000/182}",
    "pages = {95--103}",
    "pages = {S5-S9}",
    "pages = {12-3}",
    "pages = 5",
    "note = {95-103 &amp; more}",
    'pages = "95-" # "103"',
]


def fixed(text: str) -> str:
    changes = edits(load_library((Source("a.bib", normalise(text)),)).value)
    return edited(text.encode(), changes).decode()


@pytest.mark.parametrize(("typed", "wanted"), MENDED)
def test_what_is_typed_wrong_is_put_right_once(typed: str, wanted: str) -> None:
    assert fixed(ENTRY.format(typed)) == ENTRY.format(wanted)
    assert fixed(ENTRY.format(wanted)) == ENTRY.format(wanted)


@pytest.mark.parametrize("typed", KEPT)
def test_what_may_be_meant_is_kept(typed: str) -> None:
    assert fixed(ENTRY.format(typed)) == ENTRY.format(typed)


@given(st.lists(st.sampled_from([row[0] for row in MENDED] + KEPT[:1]), max_size=6), st.data())
def test_line_ends_and_all_else_stay_byte_for_byte(typed: list[str], data: st.DataObject) -> None:
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    mark = data.draw(st.sampled_from(["", "\ufeff"]))
    text = "% Müller\n" + "".join(
        ENTRY.format(row).replace("{a,", f"{{a{n},") for n, row in enumerate(typed)
    )
    as_typed = mark + text.replace("\n", end)
    assert fixed(as_typed) == mark + fixed(text).replace("\n", end)


FILES = {
    "content/review.md": "---\ntitle: T\nbibliography: mine.bib\n---\n\n[@a]\n",
    "content/mine.bib": "@book{a, author = {Lee, Ann}, title = {T}, publisher = {P},\r\n"
    "  year = 2001, doi = {https://doi.org/10.1000/182}}\r\n",
    "content/other.bib": "@book{b, doi = {https://doi.org/10.1000/182}}\n",
}


def test_the_command_mends_the_files_that_documents_use_and_says_so(tmp_path: Path) -> None:
    make_project(tmp_path, FILES)
    mine = tmp_path / "content" / "mine.bib"
    mine.chmod(0o640)
    dry = command_here("check", "--fix", "--diff", cwd=tmp_path)
    assert dry.returncode == 0
    assert "+  year = 2001, doi = {10.1000/182}}" in dry.stdout
    assert mine.read_bytes() == FILES["content/mine.bib"].encode()
    done = command_here("check", "--fix", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("content/mine.bib:2:23: fixed: ")
    wanted = FILES["content/mine.bib"].replace("https://doi.org/", "")
    assert mine.read_bytes() == wanted.encode()
    assert mine.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "content" / "other.bib").read_text() == FILES["content/other.bib"]
    assert command_here("check", "--fix", cwd=tmp_path).stderr == ""


def test_a_diff_without_a_fix_is_wrong_usage(tmp_path: Path) -> None:
    assert command_here("check", "--diff", cwd=make_project(tmp_path)).returncode == 2
