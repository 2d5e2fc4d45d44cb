"""Wrong usage, and the project that a command works on."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcit_export.diagnostic import Parsed
    from tcit_export.project import Project


class Usage(Exception):  # noqa: N818 - says what is wrong
    """A command that cannot be understood or carried out as given: exit code 2."""


def open_here(arguments: argparse.Namespace) -> Parsed[Project]:
    """The project that --project names, or the one around the current folder. Raises Usage."""
    from tcit_export.project import NoProject, find_root, open_project

    try:
        if arguments.project is not None:
            return open_project(Path(arguments.project))
        return open_project(find_root(Path.cwd()))
    except NoProject as error:
        raise Usage(str(error)) from None
    except OSError as error:
        raise Usage(
            f"the project cannot be read: {(error.strerror or str(error)).lower()}"
        ) from None


def root_here() -> Path | None:
    """The root of the project around the current folder, if there is one."""
    from tcit_export.project import NoProject, find_root

    try:
        return find_root(Path.cwd())
    except (NoProject, OSError):
        return None


def chosen_documents(project: Project, names: Sequence[str]) -> tuple[str, ...] | None:
    """The documents that the command line names, relative to the root; None if it names none.

    A folder stands for the Markdown files in it. Raises Usage.
    """
    from tcit_export.diagnostic import nearest
    from tcit_export.project import Refused

    chosen: list[str] = []
    for name in names:
        path = Path(name)
        if not os.path.lexists(path) and os.path.lexists(project.root / name):
            path = project.root / name
        if os.path.isdir(path) and path.suffix != ".md":
            files = sorted(p for p in path.glob("*.md") if not p.name.startswith("."))
        elif os.path.lexists(path) and path.suffix == ".md":
            files = [path]
        elif os.path.lexists(path):
            raise Usage(f"`{name}` is no document: their names end in .md")
        else:
            near = nearest(path.name, (Path(known).name for known in project.documents()))
            raise Usage(f"`{name}` does not exist" + (f"; did you mean `{near}`?" if near else ""))
        for file in files:
            try:
                chosen.append(project.path(file))
            except Refused as refused:
                raise Usage(refused.reason) from None
    return tuple(chosen) if names else None
