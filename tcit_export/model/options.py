"""What a user may choose about the outputs: settings and command-line options."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tcit_export.model.document import Resource


class Paper(Enum):
    LETTER = "letter"
    A4 = "a4"


class Citations(Enum):
    """How citations stand in a Word file: links, Word's own sources, or live Zotero fields."""

    LINKS = "links"
    WORD = "word"
    ZOTERO = "zotero"


class Edition(Enum):
    """For whom, or for what paper, a document is set."""

    HANDOUT = "handout"
    LARGE_PRINT = "large-print"
    BOOKLET = "booklet"
    FACT_SHEET = "fact-sheet"
    FRAGMENT = "fragment"
    """The HTML alone, without head and script, to paste into another page."""

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that have this edition."""
        match self:
            case Edition.HANDOUT:
                return ("pdf", "docx", "html")
            case Edition.LARGE_PRINT | Edition.BOOKLET | Edition.FACT_SHEET:
                return ("pdf",)
            case Edition.FRAGMENT:
                return ("html",)


class Theme(Enum):
    SERIF = "serif"
    SANS = "sans"


class Emphasis(Enum):
    """What stands for italics in large print."""

    BOLD = "bold"
    UNDERLINE = "underline"


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
    edition: Edition = Edition.HANDOUT
    theme: Theme = Theme.SERIF
    emphasis: Emphasis = Emphasis.BOLD
    accent: str = ""
    """`#rrggbb`, for the theme's own."""
    text_size: float = 0
    """Points, for the theme's or edition's own."""
    logo: Resource | None = None
    """The organisation's, at the head of the first page; its alternative text is the name."""
    duplex: bool = False
    """Printed on both sides: a wider inner margin for punching."""
    cover: bool = False
    watermark: str = ""
    """A word behind the text of every page: DRAFT."""
    qr: bool = False
    """A QR code of the document's own address on the first page."""
    qr_references: bool = False
    """A QR code beside each reference that has a DOI."""
