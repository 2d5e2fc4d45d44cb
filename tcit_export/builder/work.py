"""One document, from its file to the bytes of its outputs: what a worker does.

Nothing is written here; the builder alone writes, so a worker may die at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from time import perf_counter
from typing import Final, NamedTuple, TypeVar

from tcit_export import limits, lint
from tcit_export.bibliography.library import Library
from tcit_export.bibliography.load import load_library
from tcit_export.builder.job import Job, Made, Outcome
from tcit_export.builder.restraint import LimitExceeded, restrained
from tcit_export.collector import nothing_collected
from tcit_export.config import SETTINGS_FILE
from tcit_export.csl.style import Locale, Style
from tcit_export.diagnostic import Diagnostic, Kind, Location, Parsed, Severity, has_errors
from tcit_export.model.document import Document, Metadata, ResolvedDocument, Resource
from tcit_export.model.options import Options
from tcit_export.model.walk import reference_lists
from tcit_export.project import Project, load_images
from tcit_export.project.files import shown
from tcit_export.resolve import resolve
from tcit_export.source import Source, Span, normalise
from tcit_export.styles import DEFAULT_STYLE, load_locale, load_style
from tcit_export.writers import writer
from tcit_export.writers.index_entry import entry
from tcit_export.writers.places import longest_part
from tcit_export.writers.rendered import PdfIncomplete, PdfUnavailable, Rendered

T = TypeVar("T")

PDF_UNAVAILABLE = Kind(
    "W001",
    "pdf-unavailable",
    Severity.ERROR,
    "The libraries that draw PDF pages are not on this machine. Word and HTML are made without.",
)
OUTPUT_INCOMPLETE = Kind(
    "W002",
    "output-incomplete",
    Severity.ERROR,
    "An output would lack something that the document has, so it was not made.",
)
TAKES_TOO_LONG = Kind(
    "W003",
    "takes-too-long",
    Severity.ERROR,
    "Making an output took more time or memory than any honest handout needs.",
)
NOT_SHOWN = Kind(
    "W004",
    "not-shown",
    Severity.WARNING,
    "A format cannot hold something of the document, so its output goes without.",
)


BROKEN_TEMPLATE = Kind(
    "W005",
    "broken-template",
    Severity.ERROR,
    "A template of the project cannot be used: its syntax is wrong, or it names something that\n"
    "the page does not have. Without it the package's own template takes its place.",
)


def broken_template(error: Exception, project: Project) -> Diagnostic:
    """The mistake in a template of the project that an error tells; any other error is raised."""
    from tcit_export.writers.template_mistakes import template_mistake  # needs Jinja2

    mistake = template_mistake(error, project.templates)
    if mistake is None:
        raise error
    text = mistake.path.read_bytes().decode("utf-8", "replace")
    source = Source(shown(project.root, mistake.path), normalise(text))
    start = source.offset(mistake.line)
    place = Location(source, Span(start, start + len(source.line_text(mistake.line))))
    return BROKEN_TEMPLATE.at(place, f"the template cannot be used: {mistake.reason}")


_ONE_PDF: Final = Lock()
"""Held while a PDF is made: Pango and its fonts are shared by threads and bear one at a time."""


def make(job: Job) -> Outcome:
    """Read, lint, resolve and render one document; nothing is rendered of one with errors."""
    with nothing_collected():
        return _make(job)


def _make(job: Job) -> Outcome:
    work = _Work(job, diagnostics=[*job.problems])
    document = work.read()
    resolved = work.in_time(work.resolved, document) if document is not None else None
    if job.strict:
        work.diagnostics = [diagnostic.as_error() for diagnostic in work.diagnostics]
    if resolved is None or (work.has_errors() and not job.keep_going):
        listed = entry(resolved) if resolved is not None else None
        return Outcome((), tuple(work.diagnostics), entry=listed)
    made = tuple(work.rendered(resolved))
    lists = reference_lists(resolved.blocks)
    own = resolved.cite_this is not None
    references = sum(len(part.entries) for part in lists) + own
    return Outcome(made, tuple(work.diagnostics), references, entry(resolved))


def inspect(job: Job) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with one document, without making anything of it."""
    work = _Work(job, diagnostics=[*job.problems])
    document = work.read()
    if document is not None:
        work.in_time(work.examined, document)
    return tuple(work.diagnostics)


class _Found(NamedTuple):
    """What a document needs from its project. `style` is None if it cannot be read."""

    library: Library
    images: Mapping[str, Resource]
    style: Style | None
    locale: Locale | None


@dataclass(slots=True)
class _Work:
    """One document on its way."""

    job: Job
    source: Source = field(default_factory=lambda: Source("", ""))
    diagnostics: list[Diagnostic] = field(default_factory=list)
    foreign: frozenset[str] = frozenset()
    """Paths of bibliographies that nothing is taken from: their mistakes are not the document's."""

    def has_errors(self) -> bool:
        """Whether the document must not be built."""
        return has_errors(d for d in self.diagnostics if d.location.path not in self.foreign)

    def take(self, parsed: Parsed[T]) -> T:
        """The value; its diagnostics are noted."""
        self.diagnostics += parsed.diagnostics
        return parsed.value

    def at(self, name: str, metadata: Metadata) -> Location:
        """Where a field of the front matter has its value."""
        return Location(self.source, metadata.spans.get(name, Span(0, 0)))

    def read(self) -> Document | None:
        """The document, or None if its file cannot be read."""
        if self.job.given is not None:
            self.source = Source(self.job.path, "")
            return self._with_defaults(self.job.given.document)
        source = self.take(self.job.project.markdown(self.job.path))
        if source is None:
            return None
        self.source = source
        from tcit_export.readers import markdown  # heavy; a list of a .bib needs none of it

        document = self.take(markdown.read(source))
        # By this name the document is taken along, and a fragment's ids kept apart.
        named = document.metadata.slug or self.job.slug
        document = replace(document, metadata=replace(document.metadata, slug=named))
        return self._with_defaults(document)

    def _with_defaults(self, document: Document) -> Document:
        """What the document leaves open of its lists is as the settings say."""
        lists = document.metadata.lists.over(self.job.project.config.lists)
        return replace(document, metadata=replace(document.metadata, lists=lists))

    def in_time(self, step: Callable[[Document], T], document: Document) -> T | None:
        """A step's result; None and a diagnostic if it takes more than any honest document."""
        seconds = max(limits.PDF_SECONDS, self.job.project.config.pdf_seconds)
        try:
            with restrained(seconds):
                return step(document)
        except LimitExceeded:
            reason = f"it took more than {seconds} s of processor time"
        except (MemoryError, RecursionError):
            reason = "it took too much memory"
        self.note(TAKES_TOO_LONG, f"the document was not made: {reason}", "split the document")
        return None

    def resolved(self, document: Document) -> ResolvedDocument | None:
        """Citations and lists written out, everything that can be wrong noted."""
        found = self.examined(document)
        if found.style is None or found.locale is None:
            return None
        return resolve(
            document,
            found.library,
            found.style,
            found.locale,
            resources=found.images,
            describe_links=any(name != "html" for name in self.job.formats),
        )

    def examined(self, document: Document) -> _Found:
        """What the document needs from the project, everything that can be wrong noted."""
        library = self.library(document.metadata)
        self.foreign = frozenset(self._foreign(document, library))
        images = self.take(load_images(self.job.project.root, self.source, document))
        self.diagnostics += lint.run(self.source, document, library)
        style = self.style(document.metadata)
        locale = self.locale(document.metadata, style) if style is not None else None
        return _Found(library, images, style, locale)

    def library(self, metadata: Metadata) -> Library:
        """The works of the document's bibliographies.

        A file that the front matter names and that cannot be read is told where it is named.
        """
        if self.job.given is not None:
            return self.take(_library((self.job.given.bibliography,)))
        project = self.job.project
        parsed = project.bibtex(self.job.path, metadata.bibliography)
        folder = (project.root / self.job.path).parent
        places = {
            shown(project.root, folder / name): self.at(
                f"bibliography.{number}"
                if f"bibliography.{number}" in metadata.spans
                else "bibliography",
                metadata,
            )
            for number, name in enumerate(metadata.bibliography)
        }
        for diagnostic in parsed.diagnostics:
            named = None if diagnostic.location.source.text else diagnostic.location.path
            place = places.get(named or "", diagnostic.location)
            self.diagnostics.append(replace(diagnostic, location=place))
        return self.take(_library(parsed.value))

    def _foreign(self, document: Document, library: Library) -> set[str]:
        """Of the project's bibliographies, those that the document neither names nor uses."""
        if document.metadata.bibliography or self.job.given is not None:
            return set()
        entries = lint.Context(self.source, document, library).used_entries()
        fields = (typed for entry in entries for typed in entry.fields.values())
        used = {entry.source.path for entry in entries}
        used |= {typed.source.path for typed in fields if typed.source is not None}
        return set(self.job.project.bibliographies()) - used

    def style(self, metadata: Metadata) -> Style | None:
        """The style: the command line's, the document's, the settings', or the default."""
        project = self.job.project
        name = self.job.style or metadata.style or project.config.style or DEFAULT_STYLE
        place = None
        if not self.job.style and metadata.style:
            place = self.at("style", metadata)
        elif not self.job.style and project.config.style:
            place = project.config.location("style", name)
        return self.take(
            load_style(
                name,
                templates=project.templates,
                root=project.root,
                at=place,
            )
        )

    def locale(self, metadata: Metadata, style: Style) -> Locale:
        """The terms: in the language that is chosen for citations, else in the document's."""
        config = self.job.project.config
        place = self.at("locale" if metadata.locale else "lang", metadata)
        if config.locale and not metadata.locale:
            place = config.location("locale", config.locale)
        chosen = metadata.locale or config.locale or metadata.lang
        return self.take(load_locale(style, chosen, at=place))

    def rendered(self, document: ResolvedDocument) -> Iterator[Made]:
        """The outputs, one after another; one that fails does not keep the others from being."""
        for name, options in self.job.outputs():
            start = perf_counter()
            rendered = self.render(name, options, document)
            if rendered is not None:
                yield Made(name, rendered, perf_counter() - start)

    def render(self, name: str, options: Options, document: ResolvedDocument) -> Rendered | None:
        """One output, or None and a diagnostic."""
        seconds = self.seconds(document)
        try:
            with restrained(seconds), _ONE_PDF if name == "pdf" else nullcontext():
                write = writer(name)
                rendered = write(document, options, self.job.project.templates)
        except PdfUnavailable as error:
            self.note(PDF_UNAVAILABLE, str(error))
        except PdfIncomplete as error:
            for missing in error.missing:
                place = error.places.get(missing)
                self.note(OUTPUT_INCOMPLETE, f"no {name} was made: {missing}", place=place)
        except LimitExceeded:
            self.note(
                TAKES_TOO_LONG,
                f"no {name} was made: it took more than {seconds} s of processor time",
                "its longest part begins here: split it, or split the document",
                f"or allow more in {SETTINGS_FILE}: pdf-seconds = {10 * seconds}",
                place=longest_part(document.blocks),
            )
        except (MemoryError, RecursionError):
            self.note(
                TAKES_TOO_LONG,
                f"no {name} was made: it took too much memory",
                "its longest part begins here: split it, or split the document",
                place=longest_part(document.blocks),
            )
        except Exception as error:
            self.diagnostics.append(broken_template(error, self.job.project))
        else:
            for problem in rendered.problems:
                self.note(NOT_SHOWN, f"{name}: {problem}", place=rendered.places.get(problem))
            return rendered
        return None

    def note(self, kind: Kind, message: str, *hints: str, place: Span | None = None) -> None:
        """A diagnostic about a place of the document, or about it as a whole."""
        location = Location(self.source, place or Span(0, 0))
        self.diagnostics.append(kind.at(location, message, hints=hints))

    def seconds(self, document: ResolvedDocument) -> int:
        """Processor time that one output of a document may take."""
        if self.job.project.config.pdf_seconds:
            return self.job.project.config.pdf_seconds
        references = sum(len(part.entries) for part in reference_lists(document.blocks))
        return limits.PDF_SECONDS + references // limits.REFERENCES_A_SECOND


@lru_cache(maxsize=4)
def _library(sources: tuple[Source, ...]) -> Parsed[Library]:
    """Documents of one project mostly share their bibliographies: read them once a process."""
    return load_library(sources)
