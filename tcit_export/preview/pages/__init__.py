"""What stands around the documents: the bar with its buttons, the list, the problems.

All text of users is escaped by Jinja2; the templates lie beside this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from tcit_export.diagnostic import Diagnostic, Location, has_errors, in_order
from tcit_export.preview.live import live, policy, version
from tcit_export.preview.session import Session, Sheet, not_built
from tcit_export.project import CONTENT
from tcit_export.report import counted
from tcit_export.source import clean_text
from tcit_export.templates import Templates
from tcit_export.writers import index
from tcit_export.writers.index import Index, IndexFile, IndexLabels
from tcit_export.writers.index_entry import IndexEntry
from tcit_export.writers.page_frame import environment

FOLDER: Final = Path(__file__).parent
_LONGEST_LINE: Final = 300
"""Characters of a source line that are shown, half of them before the mistake."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: `path:line:column`, and the line in three parts if there is one."""

    path: str
    line: int
    column: int
    before: str = ""
    marked: str = ""
    after: str = ""
    has_text: bool = False

    @classmethod
    def of(cls, location: Location) -> Place:
        source, span = location.source, location.span
        plain = cls(location.path, location.line, location.column)
        if not source.text:
            return plain
        line = clean_text(source.line_text(location.line))[0]
        start = location.column - 1
        end = min(start + max(span.end - span.start, 1), len(line))
        first, last = max(0, start - _LONGEST_LINE // 2), start + _LONGEST_LINE // 2
        return replace(
            plain,
            before=("…" if first else "") + line[first:start],
            marked=line[start : min(end, last)],
            after=line[end:last] + ("…" if last < len(line) else ""),
            has_text=True,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake as the page shows it."""

    severity: str
    code: str
    name: str
    message: str
    explanation: str
    place: Place
    hints: tuple[str, ...]
    related: tuple[tuple[str, Place], ...]

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Problem:
        return cls(
            diagnostic.severity.value,
            diagnostic.code,
            diagnostic.kind.name.replace("-", " "),
            diagnostic.message,
            diagnostic.kind.explanation,
            Place.of(diagnostic.location),
            diagnostic.hints,
            tuple((other.message, Place.of(other.location)) for other in diagnostic.related),
        )


@lru_cache(maxsize=1)
def _templates() -> Templates:
    return Templates((FOLDER,))


def problems(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of mistakes, errors first, as HTML to put into a page; empty if there are none."""
    ordered = sorted(in_order(diagnostics), key=lambda diagnostic: not diagnostic.is_error)
    if not ordered:
        return ""
    template = environment(_templates()).get_template("problems.html.j2")
    return template.render(problems=[Problem.of(diagnostic) for diagnostic in ordered])


def problem_page(title: str, diagnostics: Iterable[Diagnostic]) -> str:
    """A whole page in the place of an output that cannot be made."""
    found = tuple(diagnostics)
    template = environment(_templates()).get_template("problem_page.html.j2")
    return template.render(title=title, count=counted(found), panel=Markup(problems(found)))  # noqa: S704


@dataclass(frozen=True, slots=True)
class State:
    """What a page shows, and by what the script knows that it is old.

    `page` is the built page or what stands for it; `listed` are the problems in the panel above the
    bar. `slug` is empty where there are no outputs. `editions` are those besides the handout.
    """

    title: str
    page: str
    listed: tuple[Diagnostic, ...] = ()
    document: str = ""
    slug: str = ""
    editions: tuple[IndexFile, ...] = ()
    build: int = 0
    home: bool = False

    @property
    def version(self) -> str:
        return version(self.page, problems(self.listed))

    @property
    def address(self) -> str:
        return "/" if self.home else f"/{self.slug}.html" if self.slug else ""

    @property
    def policy(self) -> str:
        return policy(self.page)

    def html(self) -> str:
        """The page with the preview's bar."""
        panel = problems(self.listed)
        bar = (
            environment(_templates())
            .get_template("bar.html.j2")
            .render(
                document=self.document,
                slug=self.slug,
                editions=self.editions,
                labels=IndexLabels(),
                build=self.build,
                home=self.home,
                version=self.version,
                panel=Markup(panel),  # noqa: S704  (escaped by its template)
                count=counted(self.listed),
                errors=has_errors(self.listed),
            )
        )
        return live(self.page, bar)


def of_document(session: Session, sheet: Sheet) -> State:
    """A document's page; where there is none, its problems are the page."""
    found = in_order((*session.diagnostics, *sheet.diagnostics))
    name = document_name(sheet.job.path)
    title = sheet.entry.title if sheet.entry and sheet.entry.title else name
    slug = session.slug(sheet.job.path)
    if sheet.page is None or not slug:
        page = problem_page(f"There is no page of {name} yet", found)
        return State(title, page, (), name, slug, build=sheet.build)
    others = tuple(_editions(session, sheet))
    return State(title, sheet.page.decode("utf-8"), found, name, slug, others, sheet.build)


def of_home(session: Session, sheets: Iterable[Sheet]) -> State:
    """The list of all documents."""
    try:
        page = home(session, sheets)
    except Exception as error:  # a mistake in a template of the project's
        found = (*session.diagnostics, not_built("templates/index.html.j2", error))
        return State("All documents", problem_page("There is no list yet", found), home=True)
    return State("All documents", page, session.diagnostics, home=True)


def home(session: Session, sheets: Iterable[Sheet]) -> str:
    """The list of all documents, as the index of a build, with what is wrong with each."""
    entries = tuple(_entries(session, sheets))
    config = session.project.config
    page = Index(entries, config.organisation, config.locale)
    return index.write(page, session.project.templates).data.decode("utf-8")


def _entries(session: Session, sheets: Iterable[Sheet]) -> Iterator[IndexEntry]:
    for sheet in sheets:
        name, slug = document_name(sheet.job.path), session.slug(sheet.job.path)
        entry = sheet.entry or IndexEntry(name)
        own = (IndexFile("pdf", f"/{slug}.pdf"), IndexFile("docx", f"/{slug}.docx"))
        files = (*own, *_editions(session, sheet))
        yield entry._replace(
            title=entry.title or name,
            href=f"/{slug}.html" if slug else view_address(sheet.job.path),
            files=files if slug and not sheet.has_errors else (),
            note=counted(sheet.diagnostics) if sheet.diagnostics else "",
        )


def _editions(session: Session, sheet: Sheet) -> Iterator[IndexFile]:
    """The editions besides the handout, under the names that `build` gives them."""
    slug = session.slug(sheet.job.path)
    for edition in session.editions(sheet.job.path):
        for format in edition.formats:
            yield IndexFile(edition.value, f"/{slug}-{edition.value}.{format}")


def document_name(path: str) -> str:
    """`content/a.md` -> `a.md`."""
    return path.removeprefix(f"{CONTENT}/")


def view_address(path: str) -> str:
    """Where the preview shows a document that has no outputs of its own."""
    return f"/view/{quote(document_name(path))}"


def plain(page: str) -> str:
    """A page of our own without the bar: it stands in a frame, or instead of a download."""
    return live(page, "")
