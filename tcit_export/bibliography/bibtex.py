"""BibTeX source -> raw entries with places. The only file that knows pybtex."""

from __future__ import annotations

from collections.abc import Sequence

from tcit_export.bibliography.library import RawEntry
from tcit_export.diagnostic import Parsed
from tcit_export.source import Source


def parse(sources: Sequence[Source]) -> Parsed[tuple[RawEntry, ...]]:
    """All entries of the sources, in order, with what they inherit; every mistake a diagnostic."""
    raise NotImplementedError
