"""What is to be built, and what came of it: the values that travel to workers and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tcit_export.diagnostic import Diagnostic, has_errors
from tcit_export.model.document import Document
from tcit_export.model.options import Edition, Options
from tcit_export.project import Project
from tcit_export.source import Source

if TYPE_CHECKING:
    from tcit_export.verify import Verification
    from tcit_export.writers.index_entry import IndexEntry
    from tcit_export.writers.rendered import Rendered


class Given(NamedTuple):
    """A document that no file holds, and the bibliography that it is about."""

    document: Document
    bibliography: Source


@dataclass(frozen=True, slots=True)
class Job:
    """One document and the outputs wanted of it, each format in each edition that it has.

    `path` is relative to the project's root; with a `given` document it is the bibliography's.

    `style` is what the command line asked for, before the document and the settings; `problems` are
    what was already found wrong with the document.
    """

    project: Project
    path: str
    slug: str
    formats: tuple[str, ...]
    options: Options
    editions: tuple[Edition, ...] = (Edition.HANDOUT,)
    style: str = ""
    problems: tuple[Diagnostic, ...] = ()
    keep_going: bool = False
    strict: bool = False
    given: Given | None = None

    def outputs(self) -> Iterator[tuple[str, Options]]:
        """The format and the options of each output."""
        for edition in self.editions:
            for name in self.formats:
                if name in edition.formats:
                    yield name, replace(self.options, edition=edition)


class Made(NamedTuple):
    """One output in memory. `seconds` of wall time it took."""

    format: str
    rendered: Rendered
    seconds: float


class Outcome(NamedTuple):
    """What a worker made of a job. `entry` is for an index; None if the document was not read."""

    made: tuple[Made, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    references: int = 0
    entry: IndexEntry | None = None


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file that was written."""

    path: Path
    document: str
    format: str
    pages: int | None
    references: int
    seconds: float


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the files it wrote, all problems, and what `verify` found in the files.

    `index` is the list of all documents, if one was written.
    """

    files: tuple[BuiltFile, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    verifications: tuple[Verification, ...] = ()
    index: Path | None = None

    @property
    def ok(self) -> bool:
        """No errors, and the files say the same."""
        return not has_errors(self.diagnostics) and all(v.ok for v in self.verifications)
