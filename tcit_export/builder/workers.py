"""Jobs handed to workers: their outcomes, what is done about a worker that dies, and `verify`.

A room of its own, as what is built in the caller's process needs no executors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from tcit_export.builder.job import Job, Outcome
from tcit_export.builder.restraint import interrupts_held
from tcit_export.diagnostic import Diagnostic, Kind, Location, Severity
from tcit_export.source import Source, Span
from tcit_export.verify import Verification, verify

WORKER_ENDED = Kind(
    "P023",
    "worker-ended",
    Severity.ERROR,
    "The process that made an output ended in the middle, mostly because a picture or a table\n"
    "took all the memory it may use.",
)

PoolMaker: TypeAlias = Callable[[int], AbstractContextManager[Executor]]


def outcomes(
    jobs: Sequence[Job], executor: Executor, pool: PoolMaker | None
) -> Iterator[tuple[Job, Outcome]]:
    """What came of each job, as they are done. Jobs whose worker died are made again in `pool`."""
    futures: dict[Future[Outcome], Job] = {}
    broken: list[Job] = []
    with interrupts_held():
        for job in jobs:
            try:
                futures[executor.submit(_make, job)] = job
            except BrokenExecutor:
                broken.append(job)
    for future in as_completed(futures):
        try:
            yield futures[future], future.result()
        except BrokenExecutor:
            broken.append(futures[future])
    for job in sorted(broken, key=jobs.index):
        yield job, _again(job, pool)


def _again(job: Job, pool: PoolMaker | None) -> Outcome:
    """A job whose worker died, or whose neighbour's did: alone, then without its PDF."""
    without = replace(job, formats=tuple(name for name in job.formats if name != "pdf"))
    for attempt in (job, without):
        if pool is None or not attempt.formats:
            continue
        try:
            with pool(1) as executor:
                with interrupts_held():
                    future = executor.submit(_make, attempt)
                outcome = future.result()
        except BrokenExecutor:
            continue
        problem = () if attempt is job else (_ended(job),)
        return outcome._replace(diagnostics=(*outcome.diagnostics, *problem))
    return Outcome(diagnostics=(_ended(job),))


def verified(groups: Sequence[list[Path]], executor: Executor) -> Iterator[Verification]:
    """Each document's files, read back; here, should the workers be gone."""
    try:
        futures = [executor.submit(verify, group) for group in groups]
        yield from [future.result() for future in futures]
    except BrokenExecutor:
        yield from map(verify, groups)


def _make(job: Job) -> Outcome:
    """`work.make`, whose imports are heavy: who hands jobs to workers needs none of them."""
    from tcit_export.builder.work import make

    return make(job)


def _ended(job: Job) -> Diagnostic:
    return WORKER_ENDED.at(
        Location(Source(job.path, ""), Span(0, 0)),
        "the process that made the outputs ended in the middle",
        hints=["look for a very large picture or table"],
    )
