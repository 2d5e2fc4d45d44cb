"""`output/index.html`: what stands in the output folder, for readers who come to the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tcit_export.builder.job import Job
from tcit_export.builder.store import write_file
from tcit_export.diagnostic import Diagnostic, Kind, Location, Severity
from tcit_export.source import Source, Span
from tcit_export.writers import index
from tcit_export.writers.index import Index, IndexFile
from tcit_export.writers.index_entry import IndexEntry

NAME: Final = "index"
_FORMATS: Final = ("html", "pdf", "docx")

NAME_TAKEN = Kind(
    "P025",
    "index-name-taken",
    Severity.WARNING,
    "A document has the output name `index`, so no list of all documents is written: it would\n"
    "stand in the document's place. Give the document another `slug`.",
)


def name_taken(jobs: Sequence[Job]) -> tuple[Diagnostic, ...]:
    """A warning for a document whose page is called as the index."""
    return tuple(
        NAME_TAKEN.at(
            Location(Source(job.path, ""), Span(0, 0)),
            "no index was written, as this document's output name is `index`",
            hints=["give it another `slug`"],
        )
        for job in jobs
        if job.slug == NAME
    )


def write_index(
    jobs: Sequence[Job], entries: Mapping[str, IndexEntry], folder: Path
) -> Path | None:
    """List every job's document of which a page stands in `folder`; None if there is none.

    `entries` are by document path. Formats and sizes are those of the files that stand there, be
    they of this build or of one before. Raises NotWritten.
    """
    listed = tuple(_listed(jobs, entries, folder))
    if not listed:
        return None
    project = jobs[0].project
    page = Index(listed, project.config.organisation, project.config.locale)
    path = folder / f"{NAME}.html"
    write_file(path, index.write(page, project.templates).data)
    return path


def _listed(
    jobs: Sequence[Job], entries: Mapping[str, IndexEntry], folder: Path
) -> Iterator[IndexEntry]:
    for job in jobs:
        files = tuple(_files(job, folder))
        if job.path in entries and files:
            yield entries[job.path]._replace(href=files[0].href, files=files)


def _files(job: Job, folder: Path) -> Iterator[IndexFile]:
    """What readers are offered: the handout, and the PDFs of other editions; no fragments."""
    named = [(name, f"{job.slug}.{name}") for name in _FORMATS]
    papers = [edition.value for edition in job.editions if edition.formats == ("pdf",)]
    named += [(name, f"{job.slug}-{name}.pdf") for name in papers]
    for name, file in named:
        path = folder / file
        if path.is_file() and not path.is_symlink():
            yield IndexFile(name, file, path.stat().st_size)
