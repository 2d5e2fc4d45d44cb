"""`explain`: what a diagnostic's code means."""

from __future__ import annotations

import argparse
import pkgutil
import textwrap
from collections.abc import Iterator
from importlib import import_module

import tcit_export
from tcit_export.cli.usage import Usage
from tcit_export.diagnostic import Kind, nearest


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation. Raises Usage for an unknown code."""
    known = all_kinds()
    wanted = arguments.code.strip().upper()
    kind = known.get(wanted)
    if kind is None:
        by_name = {kind.name: kind for kind in known.values()}
        kind = by_name.get(arguments.code.strip().lower())
    if kind is None:
        near = nearest(wanted, known)
        hint = f"; did you mean `{near}`?" if near else ""
        raise Usage(f"there is no code `{arguments.code}`{hint}")
    print(f"{kind.code} {kind.name} ({kind.severity.value})\n")
    print(textwrap.dedent(kind.explanation).strip())
    return 0


def all_kinds() -> dict[str, Kind]:
    """Every sort of mistake that the program knows, by code, in the codes' order."""
    kinds = {kind.code: kind for module in _modules() for kind in _kinds(module)}
    return dict(sorted(kinds.items()))


def _modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(tcit_export.__path__, "tcit_export."):
        if ".cli" in found.name or "__main__" in found.name or ".writers." in found.name:
            continue
        yield import_module(found.name)


def _kinds(module: object) -> Iterator[Kind]:
    return (value for value in vars(module).values() if isinstance(value, Kind))
