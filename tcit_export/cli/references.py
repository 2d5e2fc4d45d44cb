"""`references`: the formatted list of a .bib file."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tcit_export import limits
from tcit_export.bibliography.library import Library
from tcit_export.bibliography.load import load_library
from tcit_export.cli.messages import print_diagnostics
from tcit_export.cli.usage import Usage, root_here
from tcit_export.diagnostic import has_errors, nearest
from tcit_export.project.files import Refused, decoded, read_bytes
from tcit_export.references import FormattedReference, format_references
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style
from tcit_export.templates import Templates


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if the file has errors; what could be read is printed all the same."""
    source = read_bibliography(arguments.bibliography)
    if source is None:
        return 1
    root = root_here()
    templates = Templates.of(root / "templates" if root else None)
    style = load_style(arguments.style, templates=templates, root=root or Path.cwd())
    if style.value is None:
        raise Usage(style.diagnostics[0].message)
    locale = load_locale(style.value, arguments.locale)
    library = load_library((source,))
    diagnostics = (*style.diagnostics, *locale.diagnostics, *library.diagnostics)
    print_diagnostics(diagnostics)
    keys = _keys(library.value, arguments.key)
    found = format_references(library.value, keys, style.value, locale.value)
    if arguments.format != "text" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    for line in lines(found, arguments.format):
        print(line)
    if arguments.changes:
        _print_changes(library.value, keys)
    return 1 if has_errors(diagnostics) else 0


def read_bibliography(name: str) -> Source | None:
    """The bibliography, from a file or from standard input. Raises Usage if it cannot be had."""
    if name == "-":
        data = sys.stdin.buffer.read(limits.BIBTEX_BYTES + 1)
        if len(data) > limits.BIBTEX_BYTES:
            raise Usage(f"standard input is larger than {limits.BIBTEX_BYTES:,} bytes")
        shown = "<stdin>"
    else:
        path = Path(os.path.abspath(name))
        try:
            # The caller named this one file: its own folder is the root of what is read.
            data = read_bytes(path.resolve().parent, path.resolve(), limits.BIBTEX_BYTES)
        except Refused as refused:
            raise Usage(refused.reason) from None
        shown = Path(name).as_posix()
    parsed = decoded(shown, data)
    print_diagnostics(parsed.diagnostics)
    return parsed.value


def _keys(library: Library, wanted: Sequence[str] | None) -> Sequence[str] | None:
    for key in wanted or ():
        if key not in library:
            near = nearest(key, library.entries)
            raise Usage(
                f"there is no entry `{key}`" + (f"; did you mean `{near}`?" if near else "")
            )
    return wanted


def lines(references: Sequence[FormattedReference], form: str) -> list[str]:
    """One line a reference: plain text, HTML, or a JSON object."""
    match form:
        case "jsonl":
            return [
                json.dumps(
                    {
                        "id": reference.key,
                        "text": reference.text,
                        "html": reference.html,
                        "cite_parenthetical": reference.cite_parenthetical,
                        "cite_narrative": reference.cite_narrative,
                    },
                    ensure_ascii=False,
                )
                for reference in references
            ]
        case "html":
            return [reference.html for reference in references if reference.html]
        case _:
            return [reference.text for reference in references if reference.text]


def _print_changes(library: Library, keys: Sequence[str] | None) -> None:
    """What was changed on the way, to standard error: field, before, after, why."""
    for entry in library if keys is None else [library[key] for key in keys]:
        for change in entry.changes:
            what = f"{entry.key}: {change.field} ({change.rule})"
            print(f"{what}: {change.before} -> {change.after}", file=sys.stderr)
