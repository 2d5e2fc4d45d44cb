"""`init`: a new project folder, with a review that builds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from tcit_export.builder.store import NotWritten, write_file
from tcit_export.cli.usage import Usage

REVIEW: Final = """\
---
title: "{title}"
authors:
  - Given Family
date: 2026-01
reviewed: darwin1877
publication:
  publisher: The society that prints it
---

## What the authors asked

Begin with the question. @darwin1877 watched one child closely and wrote down what he saw.

## What they found

- Findings are best told in a list.
- A place in a work goes with its citation [@darwin1877, p. 285].

## What it means for practice

Close with what a reader can do tomorrow.
"""

BIBLIOGRAPHY: Final = """\
@article{darwin1877,
  author  = {Darwin, Charles},
  title   = {A Biographical Sketch of an Infant},
  journal = {Mind},
  year    = {1877},
  volume  = {2},
  number  = {7},
  pages   = {285--294},
  doi     = {10.1093/mind/os-2.7.285},
}
"""

SETTINGS: Final = """\
# Everything here may be left out.
paper = "letter"        # or "a4"
# style = "apa"         # any style that `tcit-export styles` lists
# organisation = "..."  # in the running head
"""

FILES: Final = {
    "content/my-review.md": REVIEW.format(title="A review of one article"),
    "content/references.bib": BIBLIOGRAPHY,
    "tcit.toml": SETTINGS,
    ".gitignore": "/output/\n",
}


def run(arguments: argparse.Namespace) -> int:
    """Make the folder. Raises Usage if there is something in it."""
    folder = Path(arguments.folder)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Usage(f"`{arguments.folder}` exists and is not empty")
        for name, text in FILES.items():
            write_file(folder / name, text.encode())
    except (NotWritten, OSError) as error:
        raise Usage(f"`{arguments.folder}` cannot be made: {error}") from None
    print(f"made {arguments.folder}; next: tcit-export build --project {arguments.folder}")
    return 0
