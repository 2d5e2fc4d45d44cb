"""`styles`: the names of citation styles."""

from __future__ import annotations

import argparse
from pathlib import Path

from tcit_export.cli.messages import say
from tcit_export.cli.usage import root_here
from tcit_export.styles import style_names
from tcit_export.templates import Templates


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if no style matches."""
    words = [word.casefold() for word in arguments.words]
    root = Path(arguments.project).absolute() if arguments.project else root_here()
    names = style_names(Templates.of(root / "templates" if root else None))
    found = [name for name in names if all(word in name.casefold() for word in words)]
    for name in found:
        print(name)
    if not found:
        say(f"tcit-export: no style matches `{' '.join(arguments.words)}`")
    return 0 if found else 1
