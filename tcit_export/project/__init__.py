"""The world of one project: its root, its settings, its documents, bibliographies and images.

This room alone reads the disk (packages aside), and only below the root.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tcit_export import limits
from tcit_export.config import SETTINGS_FILE, Config, read_config
from tcit_export.diagnostic import Diagnostic, Kind, Parsed, Severity
from tcit_export.model.document import Resource
from tcit_export.project.files import (
    OUTSIDE_PROJECT,
    Refused,
    inside,
    read_bytes,
    read_source,
    shown,
)
from tcit_export.project.images import load_image, load_images
from tcit_export.source import Source
from tcit_export.templates import Templates

__all__ = [
    "CONTENT",
    "NoProject",
    "Project",
    "Refused",
    "find_root",
    "load_images",
    "open_project",
]

CONTENT: Final = "content"

EMPTY_PROJECT = Kind(
    "P005",
    "empty-project",
    Severity.ERROR,
    "The folder `content` holds no Markdown file, so there is nothing to build.",
)


class NoProject(Exception):  # noqa: N818 - says what is wrong
    """The folder is no project (wrong usage, not a mistake in a text)."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder. `root` is absolute and free of symbolic links."""

    root: Path
    config: Config = field(default_factory=Config)
    bare: bool = False
    """A folder that is no project: it has neither settings nor templates of its own."""

    @property
    def templates(self) -> Templates:
        """The project's templates before the package's; a folder elsewhere is not read."""
        if self.bare:
            return Templates.of()
        folder = self.root / "templates"
        return Templates.of(folder if folder.resolve().is_relative_to(self.root) else None)

    def documents(self) -> tuple[str, ...]:
        """The paths of all documents, relative to the root, sorted."""
        return tuple(self._content(".md"))

    def bibliographies(self) -> tuple[str, ...]:
        """The paths of all bibliographies in the content folder, relative to the root, sorted."""
        return tuple(self._content(".bib"))

    def _content(self, suffix: str) -> Iterator[str]:
        folder = self.root / CONTENT
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name.endswith(suffix) and not entry.name.startswith("."):
                yield f"{CONTENT}/{entry.name}"

    def path(self, path: Path) -> str:
        """A path of the caller's as one relative to the root. Raises Refused outside of it."""
        absolute = Path(os.path.abspath(path))
        inside(self.root, absolute)
        parent = absolute.parent.resolve()
        if not parent.is_relative_to(self.root):
            raise Refused(OUTSIDE_PROJECT, f"`{path}` lies outside the project")
        return (parent / absolute.name).relative_to(self.root).as_posix()

    def markdown(self, path: str) -> Parsed[Source | None]:
        """The text of a document."""
        return read_source(self.root, self.root / path, limits.MARKDOWN_BYTES)

    def bibtex(self, document: str, names: Sequence[str]) -> Parsed[tuple[Source, ...]]:
        """The bibliographies a document names (relative to itself), or else all of them.

        A diagnostic of a file that cannot be had stands at line 1 of that file.
        """
        folder = (self.root / document).parent
        wanted = [folder / name for name in names] or [self.root / p for p in self.bibliographies()]
        sources: list[Source] = []
        diagnostics: list[Diagnostic] = []
        for path in wanted:
            parsed = read_source(self.root, path, limits.BIBTEX_BYTES)
            diagnostics += parsed.diagnostics
            if parsed.value is not None and parsed.value not in sources:
                sources.append(parsed.value)
        return Parsed(tuple(sources), tuple(diagnostics))

    def docx_template(self) -> Parsed[bytes | None]:
        """The Word template that the settings name, if they do."""
        if not self.config.docx_template:
            return Parsed(None)
        path = self.root / self.config.docx_template
        try:
            return Parsed(read_bytes(self.root, path, limits.DOCX_TEMPLATE_BYTES))
        except Refused as refused:
            place = self.config.location("docx-template", shown(self.root, path))
            return Parsed(None, (refused.at(place),))

    def logo(self) -> Parsed[Resource | None]:
        """The picture that the settings name as the organisation's, if they do."""
        if not self.config.logo:
            return Parsed(None)
        try:
            return Parsed(load_image(self.root, SETTINGS_FILE, self.config.logo))
        except Refused as refused:
            return Parsed(None, (refused.at(self.config.location("logo", self.config.logo)),))


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds `content/`. Raises NoProject."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONTENT).is_dir():
            return folder
    raise NoProject(f"no folder `{CONTENT}` here or above; `tcit-export init DIR` makes a project")


def open_project(root: Path) -> Parsed[Project]:
    """The project in a folder, with its settings. Raises NoProject if it has no `content/`."""
    root = root.resolve()
    if not (root / CONTENT).is_dir():
        raise NoProject(f"`{root.name or root}` is no project: it holds no folder `{CONTENT}`")
    if not (root / CONTENT).resolve().is_relative_to(root):
        raise NoProject(f"the folder `{CONTENT}` is a link that leads out of the project")
    if not os.path.lexists(root / SETTINGS_FILE):
        return Parsed(Project(root))
    settings = read_source(root, root / SETTINGS_FILE, limits.SETTINGS_BYTES)
    if settings.value is None:
        return Parsed(Project(root), settings.diagnostics)
    config = read_config(settings.value)
    return Parsed(Project(root, config.value), config.diagnostics)
