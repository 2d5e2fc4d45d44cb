"""What a document is made of, so that a change rebuilds what it touches and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tcit_export.builder.job import Job, Outcome
from tcit_export.builder.work import make
from tcit_export.config import SETTINGS_FILE
from tcit_export.model.nodes import Image
from tcit_export.model.options import Edition
from tcit_export.model.walk import find
from tcit_export.project import CONTENT, Project
from tcit_export.readers import markdown
from tcit_export.writers.page_frame import environment

TEMPLATES: Final = "templates"
_generation = 0


@dataclass(frozen=True, slots=True)
class Uses:
    """Absolute paths of the files a document needs, links resolved and not.

    With `every_bib` it needs all bibliographies of the content folder, those to come included.
    """

    files: frozenset[Path]
    every_bib: bool = False


NOTHING: Final = Uses(frozenset())


@dataclass(frozen=True, slots=True)
class Built:
    """What a worker hands back: the outcome, and what it was made of."""

    outcome: Outcome
    uses: Uses


def build(job: Job, generation: int) -> Built:
    """Make a document's page and tell what it depends on. Runs in a worker."""
    _forget_templates(generation)
    outcome = make(replace(job, editions=(Edition.HANDOUT,)))
    return Built(outcome, uses_of(job.project, job.path))


def build_for_good(job: Job, format: str, edition: Edition, generation: int) -> Outcome:
    """One output to hand out, so nothing is made of a document with errors. Runs in a worker."""
    _forget_templates(generation)
    return make(replace(job, formats=(format,), editions=(edition,), keep_going=False))


def _forget_templates(generation: int) -> None:
    """Read templates anew if they changed since this process read them."""
    global _generation
    if generation != _generation:
        environment.cache_clear()
        _generation = generation


def uses_of(project: Project, path: str) -> Uses:
    """The files of a document: itself, its bibliographies, its pictures."""
    document = project.root / path
    source = project.markdown(path).value
    if source is None:
        return Uses(both_names([document]))
    read = markdown.read(source).value
    named = read.metadata.bibliography
    pictures = (image.source for image in find(read.blocks, Image))
    needed = (document, *(document.parent / name for name in (*named, *pictures)))
    return Uses(both_names(needed), not named)


def both_names(paths: Iterable[Path]) -> frozenset[Path]:
    """Each path as it is written and as it is without links."""
    return frozenset(name for path in paths for name in _names(path))


def _names(path: Path) -> Iterator[Path]:
    try:
        yield Path(os.path.normpath(path))
        yield Path(os.path.realpath(path))
    except (OSError, ValueError):
        return


def touches(project: Project, uses: Uses, changed: frozenset[Path]) -> bool:
    """Whether a change of these paths can change the document."""
    if uses.files & changed:
        return True
    content = project.root / CONTENT
    folders = both_names([content])
    return uses.every_bib and any(p.suffix == ".bib" and p.parent in folders for p in changed)


def touches_all(project: Project, changed: frozenset[Path]) -> bool:
    """Whether the settings, a template or a style is among the paths."""
    template = both_names([project.root / project.config.docx_template])
    folders = both_names([project.root / TEMPLATES])
    return any(
        path.name == SETTINGS_FILE
        or path.suffix == ".csl"
        or path in template
        or any(path.is_relative_to(folder) for folder in folders)
        for path in changed
    )
