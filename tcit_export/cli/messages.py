"""Diagnostics on standard error, as `report` words them."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tcit_export.diagnostic import Diagnostic, in_order


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """In the order users read them, each once."""
    for d in in_order(diagnostics):
        place = f"{d.location.path}:{d.location.line}:{d.location.column}"
        print(f"{place}: {d.severity.value}[{d.code}] {d.message}", file=sys.stderr)
