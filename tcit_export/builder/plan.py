"""Which documents become which files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

from tcit_export import limits
from tcit_export.builder.job import Given, Job
from tcit_export.diagnostic import (
    Diagnostic,
    Kind,
    Location,
    Parsed,
    Related,
    Severity,
    has_errors,
)
from tcit_export.model.options import Options
from tcit_export.project import Project, Refused
from tcit_export.project.files import inside, read_bytes
from tcit_export.source import Source, Span
from tcit_export.templates import package_folder

FORMATS: Final = ("pdf", "docx", "html")

DUPLICATE_OUTPUT = Kind(
    "P020",
    "duplicate-output",
    Severity.ERROR,
    "Two documents would be written to the same files. Give one of them another `slug`.",
)
NO_OUTPUT_NAME = Kind(
    "P021",
    "no-output-name",
    Severity.ERROR,
    "No output name can be made of the document's file name, as it holds no letter or digit of\n"
    "the Latin alphabet. Name the outputs by `slug` in its front matter.",
)
UNUSABLE_WORD_TEMPLATE = Kind(
    "W006",
    "unusable-word-template",
    Severity.ERROR,
    "The file that should be the template of Word documents cannot serve as one: it is no .docx\n"
    "or .dotx, it is damaged, or it may hold macros. Nothing is built on another in its place.",
)
_WORD_TEMPLATE: Final = "handout.docx"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller chose. `settings` replace those of the project, by their names in Config."""

    formats: tuple[str, ...] = FORMATS
    style: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    source_date: int | None = None
    keep_going: bool = False
    strict: bool = False


class _Named(NamedTuple):
    """A document and the name of its outputs, with the place that gives the name."""

    path: str
    slug: str
    location: Location
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: the jobs, the folder for their files, and what is wrong before they begin."""

    jobs: tuple[Job, ...]
    folder: Path
    diagnostics: tuple[Diagnostic, ...]


def prepare(
    opened: Parsed[Project],
    paths: Sequence[str] | None = None,
    choices: Choices | None = None,
    output: str | PathLike[str] | None = None,
) -> Plan:
    """One job for each document (of `paths`, relative to the root, or all).

    What must not be built still gets a job, without formats, so that all of its mistakes are told:
    every document if the project's settings have errors, and those that share an output name.
    """
    settled = _settled(opened, choices or Choices(), output)
    wanted = settled.project.documents() if paths is None else paths
    jobs = tuple(_jobs(settled.project, wanted, settled.options, settled.choices))
    return Plan(jobs, settled.folder, settled.diagnostics)


def prepare_given(
    opened: Parsed[Project],
    given: Given,
    slug: str,
    choices: Choices,
    output: str | PathLike[str] | None = None,
) -> Plan:
    """The one job of a document that no file holds; nothing of it is made if settings are wrong."""
    settled = _settled(opened, choices, output)
    job = Job(
        settled.project,
        given.bibliography.path,
        slug,
        settled.choices.formats,
        settled.options,
        settled.project.config.editions,
        choices.style,
        keep_going=choices.keep_going,
        strict=choices.strict,
        given=given,
    )
    return Plan((job,), settled.folder, settled.diagnostics)


class _Settled(NamedTuple):
    """What holds for all jobs; `choices` has no formats where nothing may be built."""

    project: Project
    options: Options
    choices: Choices
    folder: Path
    diagnostics: tuple[Diagnostic, ...]


def _settled(
    opened: Parsed[Project], choices: Choices, output: str | PathLike[str] | None
) -> _Settled:
    """The settings of project and caller as one, with what is wrong with them."""
    project = replace(opened.value, config=opened.value.config.over(choices.settings))
    folder = output_folder(project, output)
    options = _options(project, choices.source_date)
    diagnostics = (*opened.diagnostics, *folder.diagnostics, *options.diagnostics)
    if choices.strict:
        diagnostics = tuple(diagnostic.as_error() for diagnostic in diagnostics)
    if folder.diagnostics or (has_errors(diagnostics) and not choices.keep_going):
        choices = replace(choices, formats=())
    return _Settled(project, options.value, choices, folder.value, diagnostics)


def _options(project: Project, source_date: int | None) -> Parsed[Options]:
    """The settings as the writers need them, with the files that they name."""
    config = project.config
    template, logo = _docx_template(project), project.logo()
    options = Options(
        paper=config.paper,
        citations=config.citations,
        contents=config.contents,
        organisation=config.organisation,
        docx_template=template.value,
        source_date=source_date,
        theme=config.theme,
        emphasis=config.emphasis,
        accent=config.accent,
        text_size=config.text_size,
        logo=logo.value,
        duplex=config.duplex,
        cover=config.cover,
        watermark=config.watermark,
        qr=config.qr,
        qr_references=config.qr_references,
    )
    return Parsed(options, (*template.diagnostics, *logo.diagnostics))


def _docx_template(project: Project) -> Parsed[bytes | None]:
    """The letterhead that the settings name; told if it, or the project's own template, is none."""
    asked = project.docx_template()
    if asked.value is not None:
        place = project.config.location("docx-template", project.config.docx_template)
        return Parsed(asked.value, (*asked.diagnostics, *_unusable(asked.value, place)))
    own = project.templates.find(_WORD_TEMPLATE)
    if own is None or own.is_relative_to(package_folder().resolve()):
        return asked
    name = own.relative_to(project.root).as_posix()
    place = Location(Source(name, ""), Span(0, 0))
    try:
        data = read_bytes(project.root, own, limits.DOCX_TEMPLATE_BYTES)
    except Refused as refused:
        return Parsed(None, (*asked.diagnostics, refused.at(place)))
    return Parsed(None, (*asked.diagnostics, *_unusable(data, place)))


def _unusable(template: bytes, place: Location) -> list[Diagnostic]:
    """What keeps a file from being a template of Word documents."""
    from tcit_export.writers.docx_package import DocxTemplateError, check_template

    try:
        check_template(template)
    except DocxTemplateError as error:
        return [UNUSABLE_WORD_TEMPLATE.at(place, f"the Word template cannot be used: {error}")]
    return []


def output_folder(project: Project, chosen: str | PathLike[str] | None) -> Parsed[Path]:
    """Where outputs go: a folder that the caller chose (any), or the one of the settings.

    A project may come from a stranger, so its own folder must not lead out of it.
    """
    if chosen is not None:
        return Parsed(Path(chosen).absolute())
    name = project.config.output
    try:
        return Parsed(inside(project.root, project.root / name))
    except Refused as refused:
        return Parsed(project.root, (refused.at(Location(Source(name, ""), Span(0, 0))),))


def _jobs(
    project: Project, wanted: Iterable[str], options: Options, choices: Choices
) -> Iterator[Job]:
    paths = dict.fromkeys(wanted)
    everything = dict.fromkeys((*project.documents(), *paths))
    named = {path: _name(project, path) for path in everything}
    for path in paths:
        problems = (*named[path].diagnostics, *_clash(named[path], named.values()))
        yield Job(
            project,
            path,
            named[path].slug,
            () if problems else choices.formats,
            options,
            project.config.editions,
            choices.style,
            problems,
            choices.keep_going,
            choices.strict,
        )


def _name(project: Project, path: str) -> _Named:
    """The output name: the front matter's slug, or one made of the file's name.

    What is wrong with the document itself is told when it is built.
    """
    from tcit_export.readers import markdown  # heavy; a list of a .bib needs none of it

    source = project.markdown(path).value
    nowhere = Location(source or Source(path, ""), Span(0, 0))
    if source is not None:
        metadata = markdown.read(_head(source)).value.metadata
        if metadata.slug:
            place = metadata.spans.get("slug", Span(0, 0))
            return _Named(path, metadata.slug, nowhere._replace(span=place))
    slug = slug_of(PurePosixPath(path).stem)
    if slug:
        return _Named(path, slug, nowhere)
    found = NO_OUTPUT_NAME.at(
        nowhere,
        f"`{PurePosixPath(path).name}` gives no output name",
        hints=["add `slug: my-review`"],
    )
    return _Named(path, "", nowhere, (found,))


def _head(source: Source) -> Source:
    """The front matter alone, every character where it was."""
    from tcit_export.readers.yaml_values import head_end

    first, newline, _ = source.text.partition("\n")
    if first.rstrip() != "---":
        return Source(source.path, "")
    end = head_end(source.text, len(first) + len(newline))
    return Source(source.path, source.text[: end.end()] if end else "")


def slug_of(name: str) -> str:
    """`Über uns (2)` -> `uber-uns-2`: at most 100 of `a-z 0-9 . _ -`, no leading mark."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")[:100].strip("-._")


def _clash(name: _Named, others: Iterable[_Named]) -> list[Diagnostic]:
    same = [other for other in others if other.slug == name.slug and other.path != name.path]
    if not name.slug or not same:
        return []
    return [
        DUPLICATE_OUTPUT.at(
            name.location,
            f"`{name.slug}` is also the output name of {same[0].path}",
            hints=["give one of them another `slug`"],
            related=[Related("the other document", same[0].location)],
        )
    ]
