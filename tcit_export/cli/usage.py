"""Wrong usage, and the project that a command works on."""

from __future__ import annotations

import argparse
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
