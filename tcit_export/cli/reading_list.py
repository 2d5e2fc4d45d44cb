"""`reading-list`: a list of any .bib file as PDF, Word and HTML, without a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from tcit_export.builder import Given, prepare, prepare_given, slug_of
from tcit_export.cli.build import carry_out, choices
from tcit_export.cli.messages import print_diagnostics
from tcit_export.cli.references import read_bibliography
from tcit_export.cli.usage import Usage, root_here
from tcit_export.collector import nothing_collected
from tcit_export.diagnostic import Parsed
from tcit_export.model.document import PartialDate
from tcit_export.model.nodes import Density, ListLook
from tcit_export.project import Project, open_project
from tcit_export.readers.author_and_date import date_from_text
from tcit_export.readers.reading_list import ListRequest, read_list

_UNNAMED = "reading-list"
"""The name of what came through standard input."""


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if the file has errors: then nothing is made, and what was there stays."""
    source = read_bibliography(arguments.bibliography)
    if source is None:
        return 1
    stem = Path(arguments.bibliography).stem if arguments.bibliography != "-" else _UNNAMED
    asked = read_list(_request(arguments, stem))
    if asked.diagnostics:
        print_diagnostics(asked.diagnostics)
        raise Usage("the list cannot be made as it is asked for")
    opened = _opened()
    given, slug = Given(asked.value, source), slug_of(stem) or _UNNAMED
    if arguments.output is None:
        _refuse_taken(opened, slug)
    plan = prepare_given(opened, given, slug, choices(arguments), arguments.output)
    with nothing_collected(stays=True):
        return carry_out(plan, arguments)


def _opened() -> Parsed[Project]:
    """The project around the current folder, for its settings; else the folder alone."""
    root = root_here()
    return open_project(root) if root else Parsed(Project(Path.cwd().resolve(), bare=True))


def _refuse_taken(opened: Parsed[Project], slug: str) -> None:
    """Raises Usage if a document of the project has these output names."""
    if opened.value.bare:
        return
    taken = [job.path for job in prepare(opened).jobs if job.slug == slug]
    if taken:
        raise Usage(f"`{slug}` is the output name of {taken[0]}; choose another folder by --output")


def _request(arguments: argparse.Namespace, stem: str) -> ListRequest:
    look = ListLook(
        annotations=arguments.annotations,
        totals=arguments.totals,
        ticks=arguments.ticks,
        columns=arguments.columns,
        density=Density.COMPACT if arguments.compact else None,
    )
    return ListRequest(
        title=arguments.title or title_of(stem),
        authors=tuple(arguments.author),
        date=_date(arguments.date),
        lang=arguments.lang,
        select=arguments.select or "",
        sort=arguments.sort or "",
        group_by=arguments.group_by or "",
        emphasise=arguments.emphasise or "",
        library=arguments.library or "",
        look=look,
    )


def _date(text: str) -> PartialDate | None:
    """Raises Usage if there is no such day."""
    date = date_from_text(text)
    if date is None and text:
        raise Usage(f"`{text}` is no date: write 2018, 2018-01 or 2018-01-15")
    return date


def title_of(stem: str) -> str:
    """`week-3_tears` -> `Week 3 tears`."""
    words = stem.replace("-", " ").replace("_", " ").split()
    title = " ".join(words)
    return title[:1].upper() + title[1:]
