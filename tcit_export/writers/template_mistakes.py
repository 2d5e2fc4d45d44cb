"""Mistakes in templates of users: which file, which line, and why.

Jinja2 raises whatever the template's expressions raise, so the place is looked up in the traceback:
`page_frame.environment` names each template's code by its file's path.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError

from tcit_export.templates import NotText, Templates


@dataclass(frozen=True, slots=True)
class TemplateMistake:
    """A template that cannot be used; the line counts from 1."""

    path: Path
    line: int
    reason: str


def template_mistake(error: Exception, templates: Templates) -> TemplateMistake | None:
    """What is wrong with a user's own template; None if `error` came from anywhere else."""
    place = _place(error)
    if place is None or not any(place[0].is_relative_to(f) for f in templates.own_folders()):
        return None
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return TemplateMistake(*place, reason)


def _place(error: Exception) -> tuple[Path, int] | None:
    match error:
        case NotText():
            return error.path, error.line
        case TemplateSyntaxError(filename=str(name)):
            return Path(name), error.lineno
        case _:
            frames = traceback.walk_tb(error.__traceback__)
            places = [(Path(frame.f_code.co_filename), line) for frame, line in frames]
            return next((p for p in reversed(places) if p[0].suffix == ".j2"), None)
