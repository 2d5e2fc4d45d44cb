"""Running jobs: in any executor, with dying workers, and with limits."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import tcit_export
from tcit_export.builder import Choices, Job, prepare, run_jobs, worker_pool
from tcit_export.builder import work as building
from tcit_export.builder.job import Outcome
from tcit_export.builder.restraint import LimitExceeded
from tcit_export.project import open_project
from tcit_export.writers.rendered import Rendered
from tests.projects import BIBLIOGRAPHY, REVIEW, make_project, outputs

FILES = {
    "content/one.md": REVIEW,
    "content/two.md": REVIEW,
    "content/bad.md": REVIEW.replace("@kahn2001", "@khan2001"),
    "content/works.bib": BIBLIOGRAPHY,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path, FILES)


def jobs(root: Path, *formats: str) -> tuple[Job, ...]:
    return prepare(open_project(root), choices=Choices(formats)).jobs


def built(report: tcit_export.BuildReport) -> list[str]:
    return [file.path.name for file in report.files]


# ── executors ────────────────────────────────────────────────────────────────────────────────────


def test_jobs_and_outcomes_can_travel(root: Path) -> None:
    for job in jobs(root, "docx", "html"):
        outcome = building.make(pickle.loads(pickle.dumps(job)))
        assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_threads(root: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        report = tcit_export.build(root, formats=["html", "docx"], executor=threads)
    assert built(report) == ["one.docx", "one.html", "two.docx", "two.html"]
    assert [d.code for d in report.diagnostics if d.is_error] == ["C001"]
    assert not report.ok


def test_threads_make_one_pdf_at_a_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once end in a crash or a deadlock inside Pango."""
    at_work: list[int] = []
    most: list[int] = []

    def write(*_: object) -> Rendered:
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.05)
        at_work.pop()
        return Rendered(b"%PDF", ".pdf", "application/pdf", 1)

    monkeypatch.setattr(building, "writer", lambda name: write)
    with ThreadPoolExecutor(4) as threads:
        report = tcit_export.build(root, formats=["pdf"], executor=threads)
    assert built(report) == ["one.pdf", "two.pdf"]
    assert max(most) == 1


def test_worker_processes_make_what_we_make_here(root: Path) -> None:
    tcit_export.build(root, formats=["html"])
    here = outputs(root)
    for path in (root / "output").iterdir():
        path.unlink()
    with worker_pool(2) as processes:
        tcit_export.build(root, formats=["html"], executor=processes)
    assert outputs(root) == here


def test_a_dask_cluster(root: Path) -> None:
    """On the loopback interface alone; its executor is one as any other."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, protocol="tcp://",
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):  # fmt: skip
        report = tcit_export.build(root, executor=executor)
    assert len(built(report)) == 6
    assert all(verification.ok for verification in report.verifications)
    assert [d.code for d in report.diagnostics if d.is_error] == ["C001"]


# ── workers that die, layouts that never end ─────────────────────────────────────────────────────


class Dying(Executor):
    """Runs jobs here, but dies of those that `kills` says, as a process pool does."""

    def __init__(self, kills: Callable[[Job], bool]) -> None:
        self.kills = kills
        self.dead = False

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.dead:
            raise BrokenExecutor
        if isinstance(arguments[0], Job) and self.kills(arguments[0]):
            self.dead = True
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(function(*arguments))
        return future


def test_a_dying_worker_costs_its_pdf_and_nothing_else(root: Path) -> None:
    def kills(job: Job) -> bool:
        return job.slug == "one" and "docx" in job.formats

    @contextmanager
    def pool(_: int) -> Iterator[Executor]:
        yield Dying(kills)

    # The word "pdf" stands for any format that a job goes without at last.
    work = jobs(root, "docx", "html")
    report = run_jobs(work, root / "output", Dying(kills), pool=pool)
    assert built(report) == ["two.docx", "two.html"]
    told = [(d.code, d.location.path) for d in report.diagnostics if d.is_error]
    assert told == [("C001", "content/bad.md"), ("P023", "content/one.md")]


def test_a_worker_that_dies_of_the_pdf_leaves_the_other_formats(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kills(job: Job) -> bool:
        return job.slug == "one" and "pdf" in job.formats

    @contextmanager
    def pool(_: int) -> Iterator[Executor]:
        yield Dying(kills)

    work = tuple(job for job in jobs(root, "pdf", "html") if job.slug == "one")
    report = run_jobs(work, root / "output", Dying(kills), pool=pool)
    assert built(report) == ["one.html"]
    assert [d.code for d in report.diagnostics] == ["P023"]


def die(_: object) -> Outcome:
    os._exit(9)


def test_a_process_that_really_dies_is_noticed(root: Path) -> None:
    with worker_pool(1) as pool, pytest.raises(BrokenExecutor):
        pool.submit(die, None).result()


def spin(seconds: int) -> str:
    from tcit_export.builder.restraint import restrained

    try:
        with restrained(seconds):
            while True:
                pass
    except LimitExceeded:
        return "stopped"


def hoard(_: object) -> str:
    try:
        return str(len(bytearray(1 << 40)))
    except MemoryError:
        return "no memory"


def test_a_worker_stops_what_never_ends_and_what_takes_all_memory() -> None:
    with worker_pool(1) as pool:
        assert pool.submit(spin, 1).result(30) == "stopped"
        assert pool.submit(hoard, None).result(30) == "no memory"


@pytest.mark.parametrize("stop", [LimitExceeded, MemoryError, RecursionError])
def test_a_format_that_is_stopped_leaves_the_others(
    root: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    def write(*_: object) -> None:
        raise stop

    def writer(name: str) -> Any:
        return write if name == "docx" else building_writer(name)

    building_writer = building.writer
    monkeypatch.setattr(building, "writer", writer)
    report = tcit_export.build(root, paths=["content/one.md"], formats=["docx", "html"])
    assert built(report) == ["one.html"]
    assert [d.code for d in report.diagnostics] == ["W003"]


# ── what is planned ──────────────────────────────────────────────────────────────────────────────


def test_output_names(tmp_path: Path) -> None:
    make_project(
        tmp_path,
        {
            "content/Über uns (2).md": REVIEW,
            "content/slug.md": REVIEW.replace("title:", "slug: other-name\ntitle:"),
            "content/論文.md": REVIEW,
        },
    )
    named = {job.path: (job.slug, [d.code for d in job.problems]) for job in jobs(tmp_path, "html")}
    assert named == {
        "content/Über uns (2).md": ("uber-uns-2", []),
        "content/slug.md": ("other-name", []),
        "content/論文.md": ("", ["P021"]),
    }


def test_a_document_named_alone_clashes_with_one_that_is_not_built(tmp_path: Path) -> None:
    root = make_project(
        tmp_path,
        {"content/a.md": REVIEW, "content/b.md": REVIEW.replace("title:", "slug: a\ntitle:")},
    )
    (job,) = prepare(open_project(root), ["content/a.md"]).jobs
    assert job.formats == ()
    assert [d.code for d in job.problems] == ["P020"]
