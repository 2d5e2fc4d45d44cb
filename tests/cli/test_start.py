"""What a command loads: only what its job needs, as loading is most of what a short list takes.

No clock is read; each command runs in an interpreter of its own, which tells what it has loaded.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.projects import BIBLIOGRAPHY

MARKDOWN = ["markdown_it", "yaml", "tcit_export.readers.markdown_inlines"]
QUERIES = ["tcit_export.query.parse"]
WORKERS = ["concurrent.futures", "multiprocessing", "tcit_export.builder.workers"]
INDEX = ["tcit_export.writers.index", "tcit_export.builder.listing"]
MESSAGES = ["tcit_export.report", "difflib", "rich"]
HTML = ["jinja2", "markupsafe", "tcit_export.writers.html"]
WORD = ["docx", "lxml", "tcit_export.writers.docx"]
PDF = ["weasyprint", "pikepdf", "tcit_export.writers.pdf"]
PICTURES = ["PIL", "resvg_py", "tcit_export.writers.docx_images"]
NETWORK = ["urllib.request", "http.client", "ssl"]
PREVIEW = ["starlette", "uvicorn", "watchfiles", "tcit_export.preview"]
BUILDER = ["tcit_export.builder", "tcit_export.verify", "tcit_export.lint"]
BIBLIOGRAPHY_READER = ["pybtex", "tcit_export.bibliography"]
ENGINE = ["tcit_export.csl", "tcit_export.resolve", "tcit_export.model"]


class Case(NamedTuple):
    """A command, and what it must not load."""

    command: list[str]
    unneeded: list[list[str]]


QUICK = ["reading-list", "works.bib", "--quiet", "--format"]
ALWAYS = [MARKDOWN, QUERIES, WORKERS, INDEX, MESSAGES, PDF, PICTURES, NETWORK, PREVIEW]
CASES = [
    Case(["--help"], [*ALWAYS, HTML, WORD, BUILDER, BIBLIOGRAPHY_READER, ENGINE]),
    Case([*QUICK, "html"], [*ALWAYS, WORD]),
    Case([*QUICK, "docx"], [*ALWAYS, ["jinja2", "tcit_export.writers.html"]]),
    Case(["references", "works.bib"], [*ALWAYS, HTML, WORD, BUILDER]),
]
LOADED = (
    "import sys, json\n"
    "from tcit_export.cli import main\n"
    "try: code = main(sys.argv[1:])\n"
    "except SystemExit as end: code = end.code\n"
    "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)\n"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case.command))
def test_a_command_loads_only_what_it_needs(case: Case, tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *case.command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    code, loaded = json.loads(done.stderr)
    assert not code
    unneeded = {name for names in case.unneeded for name in names}
    assert unneeded.isdisjoint(loaded), sorted(unneeded & set(loaded))


def test_all_that_is_named_here_can_be_loaded() -> None:
    """A module that was renamed would be unneeded for ever."""
    from importlib.util import find_spec

    named = {name for case in CASES for names in case.unneeded for name in names}
    assert not [name for name in sorted(named) if find_spec(name) is None]
