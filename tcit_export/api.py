"""What the public functions of the package do, with everything they need imported."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TypeVar

from tcit_export import references
from tcit_export.bibliography.library import Library
from tcit_export.bibliography.load import load_library
from tcit_export.builder import (
    FORMATS,
    BuildReport,
    Choices,
    Given,
    prepare,
    prepare_given,
    run_jobs,
    source_date,
)
from tcit_export.builder.work import make
from tcit_export.csl.processor import Citation
from tcit_export.csl.style import Locale, Style
from tcit_export.diagnostic import Diagnostic, Parsed, has_errors, in_order
from tcit_export.project import NoProject, Project, Refused, open_project
from tcit_export.readers.markdown import read_citation
from tcit_export.readers.reading_list import ListRequest, read_list
from tcit_export.references import FormattedReference, FormattedText
from tcit_export.resolve.citing import Place, citation
from tcit_export.source import Source, normalise
from tcit_export.styles import load_locale, load_style

T = TypeVar("T")


class ContentError(ValueError):
    """Errors in a text that was handed over; `diagnostics` holds all that is wrong with it."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        errors = [d for d in self.diagnostics if d.is_error]
        super().__init__(
            "; ".join(
                f"{d.location.path}:{d.location.line}:{d.location.column}: {d.message}"
                for d in errors
            )
        )


def format_references(
    bibtex: str, keys: Sequence[str] | None, style: str, locale: str | None
) -> list[FormattedReference]:
    """See `tcit_export.format_references`."""
    return references.format_references(_library(bibtex), keys, *_style(style, locale))


def format_citations(
    bibtex: str, citations: Sequence[str], style: str, locale: str | None
) -> list[FormattedText]:
    """See `tcit_export.format_citations`."""
    library = _library(bibtex)
    chosen = _style(style, locale)
    typed = [_citation(text, library, *chosen) for text in citations]
    missing = [cite.id for one in typed for cite in one.items if cite.id not in library]
    if missing:
        raise KeyError(missing[0])
    return references.format_citations(library, typed, *chosen)


def _citation(text: str, library: Library, style: Style, locale: Locale) -> Citation:
    notes = style.class_ == "note"
    place = Place(read_citation(text), int(notes), notes)
    return citation(place, library, locale, notes=notes)


def _library(bibtex: str) -> Library:
    return _valid(load_library((Source("<bibtex>", bibtex.replace("\r\n", "\n")),)))


def _style(name: str, locale: str | None) -> tuple[Style, Locale]:
    style = _valid(load_style(name))
    assert style is not None  # no style without an error
    return style, _valid(load_locale(style, locale))


def _valid(parsed: Parsed[T]) -> T:
    if has_errors(parsed.diagnostics):
        raise ContentError(parsed.diagnostics)
    return parsed.value


def reading_list(bibtex: str, request: ListRequest, form: str, style: str) -> bytes:
    """See `tcit_export.reading_list`."""
    if form not in FORMATS:
        raise ValueError(f"{form!r} is none of {', '.join(FORMATS)}")
    given = Given(_valid(read_list(request)), Source("<bibtex>", normalise(bibtex)))
    opened = Parsed(Project(Path.cwd(), bare=True))
    (job,) = prepare_given(opened, given, "reading-list", Choices((form,), style)).jobs
    outcome = make(job)
    made = _valid(Parsed(outcome.made, outcome.diagnostics))
    return made[0].rendered.data


def build(
    root: str | PathLike[str],
    paths: Sequence[str | PathLike[str]] | None,
    formats: Sequence[str],
    output: str | PathLike[str] | None,
    style: str | None,
    executor: Executor | None,
) -> BuildReport:
    """See `tcit_export.build`."""
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is none of {', '.join(FORMATS)}")
    try:
        opened = open_project(Path(root))
        documents = None if paths is None else [_document(opened.value, path) for path in paths]
    except (NoProject, Refused) as error:
        raise FileNotFoundError(str(error)) from None
    chosen = tuple(name for name in FORMATS if name in formats)
    choices = Choices(chosen, style or "", source_date=source_date())
    plan = prepare(opened, documents, choices, output)
    index = paths is None and "html" in formats
    report = run_jobs(plan.jobs, plan.folder, executor, index=index)
    return replace(report, diagnostics=in_order((*plan.diagnostics, *report.diagnostics)))


def _document(project: Project, path: str | PathLike[str]) -> str:
    absolute = project.root / os.fspath(path)
    if not absolute.is_file():
        raise FileNotFoundError(os.fspath(path))
    return project.path(absolute)
