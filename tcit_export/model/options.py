"""What a user may choose about the outputs: settings and command-line options."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Paper(Enum):
    LETTER = "letter"
    A4 = "a4"


class Citations(Enum):
    """How citations stand in a Word file: links, Word's own sources, or live Zotero fields."""

    LINKS = "links"
    WORD = "word"
    ZOTERO = "zotero"


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the writers. Frozen and picklable: they travel to worker processes."""

    paper: Paper = Paper.LETTER
    citations: Citations = Citations.LINKS
    contents: bool = False
    """Whether a table of contents is wanted."""
    organisation: str = ""
    docx_template: bytes | None = None
    """A user's own .docx or .dotx letterhead."""
    source_date: int | None = None
    """SOURCE_DATE_EPOCH, seconds since 1970 UTC, if given; else dates come from the document."""
