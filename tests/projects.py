"""Small projects on disk, and the real command run in them."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

BIBLIOGRAPHY = """\
@book{kahn2001,
  editor    = {Kahn, Shulamit and Fromm, Erika},
  title     = {Changes in the therapist},
  publisher = {Erlbaum},
  year      = {2001},
}

@article{lee2020,
  author  = {Lee, Ann and Müller, Jörg},
  title   = {What tears say},
  journal = {Journal of Practice},
  year    = {2020},
  volume  = {12},
  number  = {3},
  pages   = {1--9},
  doi     = {10.1000/xyz.123},
}
"""

REVIEW = """\
---
title: A short review
authors: [Given Family]
date: 2018-01
reviewed: lee2020
publication: {publisher: A Society}
---

What a therapist feels is *part of the work* [see @kahn2001, p. 12; @lee2020].

- @lee2020 asked more.
"""

FILES = {"content/review.md": REVIEW, "content/works.bib": BIBLIOGRAPHY}


def make_project(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A folder with these files; by default one review and its bibliography."""
    for name, text in (FILES if files is None else files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def command(
    *arguments: str, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`tcit-export` as a user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "tcit_export", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        timeout=300,
        check=False,
    )


def command_here(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The same in this process: for what needs no process of its own, at a tenth of the time."""
    from tcit_export.cli import main

    out, err, before = io.StringIO(), io.StringIO(), Path.cwd()
    os.chdir(cwd)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main(arguments)
            except SystemExit as stopped:
                code = int(stopped.code or 0)
    finally:
        os.chdir(before)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def outputs(root: Path) -> dict[str, bytes]:
    """Names and bytes of everything in the output folder, but for a list of all documents."""
    files = sorted(path for path in (root / "output").iterdir() if path.name != "index.html")
    return {path.name: path.read_bytes() for path in files}
