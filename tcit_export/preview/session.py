"""What the preview knows: the documents, what is built of them, and who is looking.

Everything here runs in the event loop; only the building itself happens in worker processes.  A
document is built when somebody looks at it.  After a change, what it touches is stale; what is on a
screen is built again at once, the rest when it is asked for.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from tcit_export.builder import Choices, Job, Plan, prepare, source_date
from tcit_export.builder.job import Outcome
from tcit_export.builder.restraint import interrupts_held
from tcit_export.diagnostic import Diagnostic, Kind, Location, Severity, has_errors, in_order
from tcit_export.model.options import Edition
from tcit_export.preview.uses import (
    NOTHING,
    Uses,
    both_names,
    build,
    build_for_good,
    touches,
    touches_all,
)
from tcit_export.project import Project, open_project
from tcit_export.source import Source, Span
from tcit_export.writers.index_entry import IndexEntry
from tcit_export.writers.page_frame import environment
from tcit_export.writers.rendered import Rendered

T = TypeVar("T")

HOME: Final = ""
"""The key of the list of all documents, where documents have their paths."""

WORKER_ENDED = Kind(
    "P030",
    "preview-worker-ended",
    Severity.ERROR,
    "The process that built a document for the preview ended in the middle, mostly because a\n"
    "picture or a table took all the memory it may use. Save the document again to try again.",
)
NOT_BUILT = Kind(
    "P032",
    "preview-not-built",
    Severity.ERROR,
    "A document could not be built for the preview, mostly because of a mistake in a template.",
)
PROJECT_GONE = Kind(
    "P031",
    "project-gone",
    Severity.ERROR,
    "The project's folder can no longer be read, so the preview shows what it last was.",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as it was last built. `page` is None if no page could be made of it.

    `build` counts how often it was.
    """

    job: Job
    page: bytes | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    entry: IndexEntry | None = None
    uses: Uses = NOTHING
    build: int = 0

    @property
    def has_errors(self) -> bool:
        return has_errors(self.diagnostics)


@dataclass(slots=True)
class Session:
    """One project under preview. `pool` starts an executor of worker processes."""

    root: Path
    pool: Callable[[], Executor]
    plan: Plan = field(init=False)
    project: Project = field(init=False)
    jobs: dict[str, Job] = field(default_factory=dict)
    closed: bool = False
    _generation: int = 0
    _executor: Executor | None = None
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _outputs: dict[tuple[str, str, Edition], tuple[int, Outcome]] = field(default_factory=dict)
    _stale: set[str] = field(default_factory=set)
    _locks: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _viewers: Counter[str] = field(default_factory=Counter)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Plan the project. Raises NoProject, OSError."""
        self._take(self._planned())

    # ── what there is ────────────────────────────────────────────────────────────────────────────

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the project as a whole."""
        return self.plan.diagnostics

    def by_slug(self, slug: str) -> str | None:
        """The document that has this output name, if exactly one has."""
        found = [path for path, job in self.jobs.items() if job.slug == slug and job.formats]
        return found[0] if len(found) == 1 else None

    def slug(self, path: str) -> str:
        """The name of a document's outputs; empty if it has none or another claims it too."""
        job = self.jobs.get(path)
        return job.slug if job and self.by_slug(job.slug) == path else ""

    def editions(self, path: str) -> tuple[Edition, ...]:
        """Those that the settings ask for, besides the handout, which is always there."""
        job = self.jobs.get(path)
        return tuple(e for e in job.editions if e is not Edition.HANDOUT) if job else ()

    def files(self) -> frozenset[Path]:
        """Every file that a document is known to need."""
        return frozenset().union(*(sheet.uses.files for sheet in self._sheets.values()))

    async def sheet(self, path: str) -> Sheet | None:
        """A document, built anew if it is stale; None if there is no such document (any more)."""
        async with self._locks[path]:
            while path in self._stale and path in self.jobs:
                self._stale.discard(path)
                await self._rebuild(path)
        return self._sheets.get(path) if path in self.jobs else None

    async def sheets(self) -> list[Sheet]:
        """All documents, built as far as they are stale."""
        found = await asyncio.gather(*(self.sheet(path) for path in list(self.jobs)))
        return [sheet for sheet in found if sheet is not None]

    async def output(
        self, path: str, format: str, edition: Edition = Edition.HANDOUT
    ) -> tuple[Rendered | None, Sheet | None]:
        """An output that is made when it is asked for; without it, the sheet says why."""
        sheet = await self.sheet(path)
        if sheet is None or has_errors(self.diagnostics):
            return None, sheet
        async with self._locks[f"{path}:{format}:{edition.value}"]:
            known = self._outputs.get((path, format, edition))
            if known is None or known[0] != sheet.build:
                made = await self._work(sheet.job, build_for_good, sheet.job, format, edition)
                known = sheet.build, made if isinstance(made, Outcome) else Outcome((), (made,))
                self._outputs[path, format, edition] = known
        outcome = known[1]
        rendered = outcome.made[0].rendered if outcome.made else None
        return rendered, replace(sheet, diagnostics=in_order(outcome.diagnostics))

    # ── who looks ────────────────────────────────────────────────────────────────────────────────

    async def news(self, path: str, pause: float) -> AsyncIterator[None]:
        """Something for each change (of anything) and each `pause` seconds, until the end."""
        self._viewers[path] += 1
        try:
            while not self.closed:
                event = self._news
                yield
                try:
                    await asyncio.wait_for(event.wait(), pause)
                except TimeoutError:
                    continue
        finally:
            self._viewers[path] -= 1

    def close(self) -> None:
        """End all streams of news."""
        self.closed = True
        self._tell()

    def _tell(self) -> None:
        event, self._news = self._news, asyncio.Event()
        event.set()

    # ── changes ──────────────────────────────────────────────────────────────────────────────────

    async def change(self, paths: frozenset[Path]) -> None:
        """Files were changed, made or removed: build what is on a screen and touched by it."""
        changed = both_names(paths)
        if touches_all(self.project, changed):
            await self._replan()
            self._stale |= self.jobs.keys()
            self._outputs.clear()
            self._generation += 1
            environment.cache_clear()
        else:
            self._stale |= {
                path
                for path, sheet in self._sheets.items()
                if touches(self.project, sheet.uses, changed)
            }
        if any(path.suffix == ".md" for path in changed):
            # At once, as it is rare that a save makes, names or removes a document.
            await asyncio.gather(self._freshen(), self._replan())
        await self._freshen()
        self._tell()

    async def _freshen(self) -> None:
        """Build the stale documents that somebody looks at; the list of all shows every one."""
        wanted = self._stale if self._viewers[HOME] else self._stale & (+self._viewers).keys()
        await asyncio.gather(*(self.sheet(path) for path in sorted(wanted)))

    async def _replan(self) -> None:
        """Read again which documents there are, under which names, with which settings."""
        try:
            self._take(await asyncio.to_thread(self._planned))
        except Exception as error:  # whatever it is: the next save may mend it
            self.plan = replace(self.plan, diagnostics=(_gone(error),))

    def _planned(self) -> tuple[Project, Plan]:
        opened = open_project(self.root)
        choices = Choices(formats=("html",), source_date=source_date(), keep_going=True)
        return opened.value, prepare(opened, None, choices)

    def _take(self, planned: tuple[Project, Plan]) -> None:
        self.project, self.plan = planned
        jobs = {job.path: job for job in self.plan.jobs}
        self._stale |= {path for path, job in jobs.items() if self.jobs.get(path) != job}
        self._stale &= jobs.keys()
        for path in self._sheets.keys() - jobs.keys():
            del self._sheets[path]
        self.jobs = jobs

    # ── building ─────────────────────────────────────────────────────────────────────────────────

    async def _rebuild(self, path: str) -> None:
        job, before = self.jobs[path], self._sheets.get(path)
        built = await self._work(job, build, job)
        number = before.build + 1 if before else 1
        if isinstance(built, Diagnostic):
            known = before or Sheet(job, uses=Uses(both_names([self.root / path])))
            self._sheets[path] = replace(known, job=job, diagnostics=(built,), build=number)
        else:
            outcome = built.outcome
            page = outcome.made[0].rendered.data if outcome.made else None
            problems = in_order(outcome.diagnostics)
            self._sheets[path] = Sheet(job, page, problems, outcome.entry, built.uses, number)

    async def _work(
        self, job: Job, function: Callable[..., T], *arguments: object
    ) -> T | Diagnostic:
        """What a function gives in a worker; a diagnostic if it raised or the worker died."""
        for _ in range(2):
            # A worker that another document killed takes its neighbours along: once more then.
            executor = self._executor = self._executor or self.pool()
            try:
                with interrupts_held():
                    future = executor.submit(function, *arguments, self._generation)
                return await asyncio.wrap_future(future)
            except BrokenExecutor:
                if self._executor is executor:
                    self._executor = None
            except Exception as error:  # a template with a mistake, or one of our own
                return not_built(job.path, error)
        return _ended(job)


def _ended(job: Job) -> Diagnostic:
    return WORKER_ENDED.at(
        Location(Source(job.path, ""), Span(0, 0)),
        "the process that built this document ended in the middle",
        hints=["look for a very large picture or table"],
    )


def not_built(path: str, error: Exception) -> Diagnostic:
    """A mistake in a template has a file and a line of its own, but of no `Source` of ours."""
    first = (str(error).splitlines() or [""])[0][:300]
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    where = f" (`{name}`, line {line})" if name and line else ""
    message = f"it could not be built: {type(error).__name__}: {first}{where}"
    return NOT_BUILT.at(Location(Source(path, ""), Span(0, 0)), message)


def _gone(error: Exception) -> Diagnostic:
    place = Location(Source("content", ""), Span(0, 0))
    return PROJECT_GONE.at(place, f"the project cannot be read: {error}")
