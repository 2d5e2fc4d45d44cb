"""Diagnostics on standard error, as `report` words them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from tcit_export import report
from tcit_export.diagnostic import Diagnostic


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """With source lines on a terminal, one line each in a pipe."""
    if sys.stderr.isatty():
        colour = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        sys.stderr.write(report.as_terminal_text(diagnostics, colour=colour))
    else:
        sys.stderr.write(report.as_lines(diagnostics))
