"""A document as a whole: its front matter, its blocks, and what resolving adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from tcit_export.model.list_labels import ListLabels
from tcit_export.model.nodes import (
    Block,
    Inline,
    ListLook,
    ReferenceEntry,
)
from tcit_export.source import Span


class DocumentKind(Enum):
    REVIEW = "review"
    READING_LIST = "reading-list"


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or a group (`literal`)."""

    given: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""
    affiliation: str = ""
    orcid: str = ""

    @property
    def display(self) -> str:
        """The name as one reads it: "Jenelle Slavin-Mulford", or the group's name."""
        name = self.literal or " ".join(part for part in (self.given, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix and not self.literal else name


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month (1-12, or 0) and a day (1-31, or 0)."""

    year: int
    month: int = 0
    day: int = 0

    def isoformat(self) -> str:
        """`2018`, `2018-01` or `2018-01-15`."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Publication:
    """Where the document itself is published: what "Cite this article" is made of."""

    container: str = ""
    publisher: str = ""
    url: str = ""
    doi: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class ListDefaults:
    """What holds for every list of a document (front matter `lists:`) or project (`[lists]`).

    `importance` are the words of the vocabulary, the most important first; empty for the
    language's own (Essential, Recommended, Further). `library` is an address with `{doi}`,
    `{isbn}`, `{title}` or `{key}` in it, or empty. `pages_per_hour` turns pages into minutes.
    """

    importance: tuple[str, ...] = ()
    library: str = ""
    pages_per_hour: int = 0
    look: ListLook = field(default_factory=ListLook)

    def over(self, other: ListDefaults) -> ListDefaults:
        """What a document says, and where it says nothing, what its project says."""
        return ListDefaults(
            self.importance or other.importance,
            self.library or other.library,
            self.pages_per_hour or other.pages_per_hour,
            self.look.over(other.look),
        )


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter. `spans` says where the value of each field stands, for messages."""

    title: tuple[Inline, ...] = ()
    subtitle: tuple[Inline, ...] = ()
    abstract: tuple[Block, ...] = ()
    keywords: tuple[str, ...] = ()
    lang: str = "en-US"
    authors: tuple[Author, ...] = ()
    date: PartialDate | None = None
    kind: DocumentKind = DocumentKind.REVIEW
    reviewed: tuple[str, ...] = ()
    bibliography: tuple[str, ...] = ()
    style: str = ""
    locale: str = ""
    nocite: tuple[str, ...] = ()
    publication: Publication = Publication()
    slug: str = ""
    lists: ListDefaults = ListDefaults()
    spans: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader made of one text."""

    metadata: Metadata
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """An image's bytes, checked before (`media_type` sniffed; `width`, `height` in pixels)."""

    name: str
    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that the handout itself adds, in the document's language."""

    review: str = "Article review"
    reading_list: str = "Reading list"
    reviewed_work: str = "Reviewed article"
    read_original: str = "Read the original article"
    cite_this: str = "Cite this article"
    references: str = "References"
    abstract: str = "Abstract"
    keywords: str = "Keywords"
    contents: str = "Contents"
    page: str = "Page"
    of: str = "of"
    skip_to_content: str = "Skip to the text"
    notes: str = "Notes"
    web_article: str = "Web article"
    """What a review that appears on a web page alone is, in "Cite this article"."""
    join: str = "and"
    """Between two authors."""
    last_join: str = ", and "
    """Between the last two of three or more."""
    colon: str = ":"
    """After a label before its content."""
    lang: str = ""
    """The language of these words, if it is not the document's."""
    table: str = "Table"
    figure: str = "Figure"
    note: str = "Note {number}"
    back_to_note: str = "Back to note {number} in the text"
    in_the_list: str = "{work}, in the reference list"
    doi_of: str = "DOI of {work}"
    address_of: str = "Address of {work}"
    cited_in: str = "Cited in"
    back_to_citation: str = "Back to citation {number} of {work}"
    qr_code: str = "QR code: {address}"
    copy: str = "Copy"
    copy_reference: str = "Copy the reference {work}"
    copied: str = "Copied"
    not_copied: str = "This browser did not allow copying"
    show_in_list: str = "Show in the list"
    download: str = "Download"
    download_references: str = "Download these references"
    lists: ListLabels = field(default_factory=ListLabels)
    """The words of reading lists."""


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """A document in which every citation and every list is written out. Only `resolve` makes one.

    Order of a handout: kind, title, authors, date; `reviewed` (full references, each with its
    link); `blocks` (with at least one `ReferenceList`, preceded by its heading, which stands
    last unless the author placed it); `cite_this` goes between the text and that heading:
    resolve has put it into `blocks` as a `Div` of class `cite-this`, heading included.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    reviewed: tuple[ReferenceEntry, ...] = ()
    cite_this: ReferenceEntry | None = None
    labels: Labels = Labels()
    date_text: str = ""
    """The date as the reader sees it: "January 2018"."""
    resources: Mapping[str, Resource] = field(default_factory=dict, repr=False)
    bibtex: str = field(default="", repr=False)
    """The entries used, as BibTeX, in list order: what PDF attaches and HTML offers."""
    style_id: str = ""
    """The CSL style's URI."""
