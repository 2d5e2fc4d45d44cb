"""`build`: documents to files, a table of what was made, and whether the files say the same."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tcit_export.builder import (
    BuildReport,
    Choices,
    Job,
    Plan,
    prepare,
    run_jobs,
    source_date,
    worker_pool,
)
from tcit_export.builder.restraint import own_process
from tcit_export.cli.messages import print_diagnostics
from tcit_export.cli.usage import Usage, chosen_documents, open_here
from tcit_export.cli.verify import print_differences, summary
from tcit_export.diagnostic import has_errors
from tcit_export.model.options import Citations, Edition, Paper, Theme
from tcit_export.project.files import shown


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if there were errors, or if the files do not say the same."""
    opened = open_here(arguments)
    project = opened.value
    paths = chosen_documents(project, arguments.paths)
    plan = prepare(opened, paths, choices(arguments), arguments.output)
    if not plan.jobs:
        raise Usage("there is nothing to build: `content` holds no .md file")
    return carry_out(plan, arguments)


def carry_out(plan: Plan, arguments: argparse.Namespace) -> int:
    """Build what is planned and print what came of it; the exit code."""
    report = _run(plan, arguments)
    diagnostics = (*plan.diagnostics, *report.diagnostics)
    if arguments.strict:
        diagnostics = tuple(diagnostic.as_error() for diagnostic in diagnostics)
    print_diagnostics(diagnostics)
    for verification in report.verifications:
        print_differences(verification)
    if not arguments.quiet and report.files:
        print_table(report, plan.jobs[0].project.root)
        print(summary(report.verifications))
    return 1 if has_errors(diagnostics) or not report.ok else 0


def choices(arguments: argparse.Namespace) -> Choices:
    """What the command line asks of the outputs. Raises Usage."""
    try:
        date = source_date()
    except ValueError as error:
        raise Usage(str(error)) from None
    return Choices(
        arguments.format,
        arguments.style or "",
        _settings(arguments),
        date,
        arguments.keep_going,
        arguments.strict,
    )


def _settings(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line says over tcit.toml, by the names of Config. Raises Usage."""
    chosen = {name: getattr(arguments, name) for name in _SETTINGS}
    settings = {name: value for name, value in chosen.items() if value is not None}
    for name, words in (("paper", Paper), ("theme", Theme), ("citations", Citations)):
        if name in settings:
            settings[name] = words(settings[name])
    if "editions" in settings:
        settings["editions"] = tuple(Edition(name) for name in settings["editions"])
        made = {name for edition in settings["editions"] for name in edition.formats}
        if not made & set(arguments.format):
            raise Usage(f"this edition is made as {', '.join(sorted(made))} alone")
    return settings


_SETTINGS = (
    "citations", "contents", "cover", "docx_template", "duplex", "editions", "paper", "qr",
    "qr_references", "theme", "watermark",
)  # fmt: skip


def _run(plan: Plan, arguments: argparse.Namespace) -> BuildReport:
    """In worker processes where a PDF or many documents are made, else here."""
    workers = min(arguments.jobs or _workers(len(plan.jobs), arguments.format), len(plan.jobs))
    index = arguments.index and not arguments.paths and "html" in arguments.format
    with progress_bar(len(plan.jobs), arguments.quiet) as progress:
        if "pdf" not in arguments.format and workers == 1:
            with own_process():
                return run_jobs(plan.jobs, plan.folder, progress=progress, index=index)
        with worker_pool(workers) as pool:
            return run_jobs(
                plan.jobs, plan.folder, pool, pool=worker_pool, progress=progress, index=index
            )


def _workers(jobs: int, formats: Collection[str]) -> int:
    """One for each core; fewer where their start would take longer than what they make."""
    return _cores() if "pdf" in formats else min(_cores(), -(-jobs // WORTH_A_WORKER))


WORTH_A_WORKER: Final = 8
"""Documents, as HTML and Word, that take about as long as the start of one more process."""


def _cores() -> int:
    """The processors that this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def progress_bar(total: int, quiet: bool) -> Iterator[Callable[[Job], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda job: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("building", total=total)

        def advance(job: Job) -> None:
            bar.update(task, advance=1, description=Path(job.path).name)

        yield advance


def print_table(report: BuildReport, root: Path) -> None:
    """One line for each file: path, pages, references, seconds."""
    rows = [("file", "pages", "references", "seconds")]
    for file in report.files:
        pages = str(file.pages) if file.pages is not None else "–"
        rows.append((shown(root, file.path), pages, str(file.references), f"{file.seconds:.2f}"))
    if report.index is not None:
        rows.append((shown(root, report.index), "", "", ""))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for name, *figures in rows:
        cells = (figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True))
        print(f"{name.ljust(widths[0])}  {'  '.join(cells)}".rstrip())
