"""What goes to standard error: diagnostics, as `report` words them, and single lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from tcit_export.source import clean_text

if TYPE_CHECKING:
    from tcit_export.diagnostic import Diagnostic


def say(message: str) -> None:
    """One message; words of the user's cannot steer the terminal, nor can a closed pipe end us."""
    with suppress(BrokenPipeError):
        print(clean_text(message)[0], file=sys.stderr)


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """With source lines on a terminal, one line each in a pipe."""
    found = tuple(diagnostics)
    if not found:
        return
    from tcit_export import report

    with suppress(BrokenPipeError):
        if sys.stderr.isatty():
            colour = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
            sys.stderr.write(report.as_terminal_text(found, colour=colour))
        else:
            sys.stderr.write(report.as_lines(found))
