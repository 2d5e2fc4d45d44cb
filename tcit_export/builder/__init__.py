"""From a project to its files. (Named so because `tcit_export.build` is the public function.)

The steps: `prepare` (which documents, which files), `make` in workers (read, lint, resolve, render
in memory), `write_file` here and only here, `verify` on what was written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tcit_export.builder.job import BuildReport, BuiltFile, Given, Job, Outcome
from tcit_export.builder.plan import FORMATS, Choices, Plan, prepare, prepare_given, slug_of
from tcit_export.builder.restraint import worker_pool
from tcit_export.builder.store import NotWritten, write_file
from tcit_export.diagnostic import Diagnostic, Kind, Location, Severity, in_order
from tcit_export.project.files import shown
from tcit_export.source import Source, Span
from tcit_export.verify import Verification, comparable, verify

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from tcit_export.builder.workers import PoolMaker
    from tcit_export.writers.index_entry import IndexEntry

__all__ = [
    "FORMATS",
    "BuildReport",
    "BuiltFile",
    "Choices",
    "Given",
    "Job",
    "Plan",
    "prepare",
    "prepare_given",
    "run_jobs",
    "slug_of",
    "source_date",
    "worker_pool",
]

NOT_WRITTEN = Kind(
    "P022",
    "output-not-written",
    Severity.ERROR,
    "An output could not be written. What stood in its place before still stands there, whole.",
)

Progress: TypeAlias = Callable[[Job], None]


def source_date() -> int | None:
    """SOURCE_DATE_EPOCH (seconds since 1970, UTC), if it is set. Raises ValueError."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not text:
        return None
    # The year 9999 is the last that the dates in PDF and Word files can say.
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text) < 253402300800):
        raise ValueError("SOURCE_DATE_EPOCH is no number of seconds since 1970")
    return int(text)


def run_jobs(
    jobs: Sequence[Job],
    folder: Path,
    executor: Executor | None = None,
    *,
    pool: PoolMaker | None = None,
    progress: Progress = lambda job: None,
    index: bool = False,
) -> BuildReport:
    """Build all jobs into `folder`, in `executor` or, without one, here.

    With `pool`, a job whose worker died is tried again alone, and at last without its PDF.
    `progress` is called after each job. With `index`, a list of all documents is written too,
    where there are several.
    """
    builder = _Builder(folder, executor, pool)
    for job, outcome in builder.outcomes(jobs):
        builder.store(job, outcome)
        progress(job)
    listed = builder.indexed(jobs) if index and len(jobs) > 1 else None
    order = {job.path: number for number, job in enumerate(jobs)}
    files = sorted(builder.files, key=lambda f: (order[f.document], FORMATS.index(f.format)))
    verified = tuple(builder.verified(jobs))
    return BuildReport(tuple(files), in_order(builder.diagnostics), verified, listed)


@dataclass(slots=True)
class _Builder:
    """One run: what was written and said so far."""

    folder: Path
    executor: Executor | None
    pool: PoolMaker | None
    files: list[BuiltFile] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    entries: dict[str, IndexEntry] = field(default_factory=dict)

    def outcomes(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome]]:
        """What came of each job, as they are done."""
        if self.executor is not None:
            from tcit_export.builder.workers import outcomes

            yield from outcomes(jobs, self.executor, self.pool)
        elif jobs:
            from tcit_export.builder.work import make  # heavy, and workers import it themselves

            yield from ((job, make(job)) for job in jobs)

    def store(self, job: Job, outcome: Outcome) -> None:
        """Write what was made, each file whole or not at all."""
        self.diagnostics += outcome.diagnostics
        if outcome.entry is not None:
            self.entries[job.path] = outcome.entry
        for made in outcome.made:
            path = self.folder / f"{job.slug}{made.rendered.suffix}"
            try:
                write_file(path, made.rendered.data)
            except NotWritten as error:
                self.diagnostics.append(_not_written(job, path, error))
                continue
            self.files.append(
                BuiltFile(
                    path,
                    job.path,
                    made.format,
                    made.rendered.pages,
                    outcome.references,
                    made.seconds,
                )
            )

    def indexed(self, jobs: Sequence[Job]) -> Path | None:
        """The list of all documents, written unless a document has its name."""
        from tcit_export.builder.listing import NAME, name_taken, write_index

        if taken := name_taken(jobs):
            self.diagnostics += taken
            return None
        try:
            return write_index(jobs, self.entries, self.folder)
        except NotWritten as error:
            path = self.folder / f"{NAME}.html"
            self.diagnostics.append(_not_written(jobs[0], path, error))
        except Exception as error:
            from tcit_export.builder.work import broken_template

            self.diagnostics.append(broken_template(error, jobs[0].project))
        return None

    def verified(self, jobs: Sequence[Job]) -> Iterator[Verification]:
        """Each document's new files, read back."""
        read_back = [file for file in self.files if comparable(file.path)]
        groups = [[file.path for file in read_back if file.document == job.path] for job in jobs]
        groups = [group for group in groups if group]
        if self.executor is None:
            yield from map(verify, groups)
        else:
            from tcit_export.builder.workers import verified

            yield from verified(groups, self.executor)


def _not_written(job: Job, path: Path, error: NotWritten) -> Diagnostic:
    root = job.project.root
    place = Location(Source(shown(root, path), ""), Span(0, 0))
    return NOT_WRITTEN.at(place, f"`{path.name}` was not written: {error}")
