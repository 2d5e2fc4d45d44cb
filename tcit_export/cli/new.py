"""`new`: a new review in the project's content folder."""

from __future__ import annotations

import argparse
import os

from tcit_export.builder.plan import slug_of
from tcit_export.builder.store import NotWritten, write_file
from tcit_export.cli.init import REVIEW
from tcit_export.cli.usage import Usage, open_here


def run(arguments: argparse.Namespace) -> int:
    """Write `content/NAME.md`. Raises Usage if it is there already."""
    project = open_here(arguments).value
    name = slug_of(arguments.name.removesuffix(".md"))
    if not name:
        raise Usage(f"`{arguments.name}` gives no file name: use letters and digits")
    path = project.root / "content" / f"{name}.md"
    if os.path.lexists(path):
        raise Usage(f"`content/{name}.md` is there already")
    title = name.replace("-", " ").capitalize()
    text = REVIEW.format(title=title).replace("darwin1877", "key2026")
    try:
        write_file(path, text.encode())
    except NotWritten as error:
        raise Usage(f"`content/{name}.md` cannot be written: {error}") from None
    print(f"made content/{name}.md; name the reviewed work's key in it")
    return 0
