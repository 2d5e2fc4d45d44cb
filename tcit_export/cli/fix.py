"""`check --fix`: put right what can be in the .bib files that documents use, or show it.

Line ends, encoding and every character that is no mistake stay as they were; a file is replaced
whole or not at all.
"""

from __future__ import annotations

import difflib
import re
import stat
import sys
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from tcit_export import limits
from tcit_export.bibliography.fixes import Edit, applied, edits
from tcit_export.bibliography.load import load_library
from tcit_export.builder import Job
from tcit_export.builder.store import NotWritten, write_file
from tcit_export.cli.messages import say
from tcit_export.cli.usage import Usage
from tcit_export.project import Project, Refused
from tcit_export.project.files import inside, read_bytes
from tcit_export.readers import markdown
from tcit_export.source import Source, Span


def fix(project: Project, jobs: Sequence[Job], *, dry: bool) -> None:
    """Carry the edits out and say so on standard error; if `dry`, print them as a diff."""
    for source in _bibliographies(project, jobs):
        changes = edits(load_library((source,)).value)
        if not changes:
            continue
        if dry:
            sys.stdout.writelines(_diff(source, changes))
            continue
        _write(project.root, source, changes)
        for edit in changes:
            line, column = source.line_column(edit.span.start)
            say(f"{source.path}:{line}:{column}: fixed: {edit.why}")


def _bibliographies(project: Project, jobs: Sequence[Job]) -> list[Source]:
    """The .bib files of these documents, each once; `check` tells which cannot be read."""
    found: dict[str, Source] = {}
    for job in jobs:
        document = project.markdown(job.path).value
        if document is not None:
            names = markdown.read(document).value.metadata.bibliography
            found |= {source.path: source for source in project.bibtex(job.path, names).value}
    return [found[path] for path in sorted(found)]


def _diff(source: Source, changes: tuple[Edit, ...]) -> list[str]:
    before = source.text.splitlines(keepends=True)
    after = applied(source.text, changes).splitlines(keepends=True)
    names = (f"a/{source.path}", f"b/{source.path}")
    lines = difflib.unified_diff(before, after, *names)
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _write(root: Path, source: Source, changes: tuple[Edit, ...]) -> None:
    """The edits in the file's own bytes. Raises Usage if they cannot be written."""
    path = root / source.path
    try:
        target = inside(root, path)
        data = read_bytes(root, path, limits.BIBTEX_BYTES)
        mode = stat.S_IMODE(target.stat().st_mode)
        write_file(target, edited(data, changes))
        target.chmod(mode)
    except (NotWritten, Refused, OSError) as error:
        raise Usage(f"`{source.path}` was not mended: {error}") from None


def edited(data: bytes, changes: tuple[Edit, ...]) -> bytes:
    """A file's bytes with edits whose spans count in the text as it is read: line ends as `\\n`."""
    text = data.decode("utf-8")
    start = 1 if text.startswith("\ufeff") else 0
    # Where the text as it is read has a line end of two characters in the file.
    places = [
        found.start() - start - number for number, found in enumerate(re.finditer("\r\n", text))
    ]

    def typed(offset: int) -> int:
        return start + offset + bisect_left(places, offset)

    moved = tuple(
        Edit(edit.source, Span(typed(edit.span.start), typed(edit.span.end)), edit.text, edit.why)
        for edit in changes
    )
    return applied(text, moved).encode("utf-8")
