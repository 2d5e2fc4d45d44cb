"""The document model: what a text says, in pandoc's words, before any format is chosen.

A reader makes a `Document`; `resolve` fills in what only the library and the citation style know
and gives a `ResolvedDocument`; writers take that and nothing else.  All nodes are frozen; children
are tuples; `span` tells where a node came from and never counts in `==`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias, Union

from tcit_export.query.syntax import Grouping, Query, SortKey
from tcit_export.source import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that stands in a document."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Attributes:
    """`{#id .class key="value"}`. `lang` and `dir` are ordinary keys that every writer honours."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """The value of a key, the last one winning."""
        return dict(self.pairs).get(key, default)

    def __bool__(self) -> bool:
        return bool(self.id or self.classes or self.pairs)


PLAIN = Attributes()


# ── inlines ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Str(Node):
    """Text, spaces included."""

    text: str


@dataclass(frozen=True, slots=True)
class SoftBreak(Node):
    """A line end in the source: a space in every output."""


@dataclass(frozen=True, slots=True)
class LineBreak(Node):
    """A forced new line."""


@dataclass(frozen=True, slots=True)
class Emph(Node):
    """Emphasis: italics, mostly."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong(Node):
    """Strong emphasis: bold."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Underline(Node):
    """Underlined text."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strikeout(Node):
    """Text that is struck out."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript(Node):
    """Raised text."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Subscript(Node):
    """Lowered text."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SmallCaps(Node):
    """Text in small capitals."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code(Node):
    """Words of a program, in their own type."""

    text: str


@dataclass(frozen=True, slots=True)
class Url:
    """An address outside the document: http, https or mailto."""

    address: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the document; each writer spells it in its own way."""

    name: str


Target: TypeAlias = Union[Url, Anchor]


@dataclass(frozen=True, slots=True)
class Link(Node):
    """A link. `description` says in words where it leads ("DOI of ...") when `content` does not."""

    target: Target
    content: tuple[Inline, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Image(Node):
    """A picture. `source` names a `Resource` of the resolved document; no alt text is `""`.

    `source` is percent-encoded, as Markdown makes addresses: whoever opens the file decodes once.

    `attributes` may hold `width`/`height` as typed (`50%`, `6cm`, `2in`, `200px`).
    """

    source: str
    alt: str
    title: str = ""
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Inlines(Node):
    """A span of inlines with attributes: `[text]{lang=de}`."""

    content: tuple[Inline, ...]
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Note(Node):
    """A footnote; where it stands is where its mark goes."""

    content: tuple[Block, ...]


class CiteMode(Enum):
    """How one work of a citation is shown."""

    NORMAL = "normal"
    AUTHOR_IN_TEXT = "author-in-text"
    SUPPRESS_AUTHOR = "suppress-author"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside a work. `label` is CSL's word (page, chapter, section, paragraph, ...)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CiteItem:
    """One work as the author cited it. `possessive`: `@kahn2001's` (shown as "Kahn's (2001)")."""

    key: str
    mode: CiteMode = CiteMode.NORMAL
    prefix: tuple[Inline, ...] = ()
    suffix: tuple[Inline, ...] = ()
    locator: Locator | None = None
    possessive: bool = False
    key_span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Cite(Node):
    """A citation: what was typed (`items`) and what it became (`content`, filled by resolve)."""

    items: tuple[CiteItem, ...]
    content: tuple[Inline, ...] = ()


Inline: TypeAlias = Union[
    Str,
    SoftBreak,
    LineBreak,
    Emph,
    Strong,
    Underline,
    Strikeout,
    Superscript,
    Subscript,
    SmallCaps,
    Code,
    Link,
    Image,
    Inlines,
    Note,
    Cite,
]


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    """A paragraph."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading(Node):
    """`level` 1-6 as typed; `attributes.id` is always set by the reader and unique."""

    level: int
    content: tuple[Inline, ...]
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class BulletList(Node):
    """`tight`: no blank lines between the items."""

    items: tuple[tuple[Block, ...], ...]
    tight: bool = True


class NumberStyle(Enum):
    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"


@dataclass(frozen=True, slots=True)
class OrderedList(Node):
    """A numbered list; each item is a sequence of blocks."""

    items: tuple[tuple[Block, ...], ...]
    start: int = 1
    style: NumberStyle = NumberStyle.DECIMAL
    tight: bool = True


@dataclass(frozen=True, slots=True)
class DefinitionList(Node):
    """Terms, each with its definitions."""

    items: tuple[tuple[tuple[Inline, ...], tuple[tuple[Block, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class BlockQuote(Node):
    """A quotation set as a block."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock(Node):
    """Lines of a program."""

    text: str
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class ThematicBreak(Node):
    """A pause between paragraphs."""


class Alignment(Enum):
    DEFAULT = "default"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """One cell of a table."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A pipe table: one header row, body rows, one alignment a column, an optional caption."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Alignment, ...]
    caption: tuple[Inline, ...] = ()
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Figure(Node):
    """An image alone in its paragraph, with its caption (the image's title, else none)."""

    image: Image
    caption: tuple[Inline, ...] = ()
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Div(Node):
    """`::: {.class}` … `:::`."""

    content: tuple[Block, ...]
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Importance:
    """How important a reading is: `rank` 1 is the most important; `name` as readers see it."""

    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading list tells of a work besides its reference.

    `pointer` is what to read of it ("pp. 117-120", "Chapter 2"); `pages` and `minutes` are
    estimates, 0 where unknown; `library` leads to the reader's library.
    """

    importance: Importance | None = None
    pointer: tuple[Inline, ...] = ()
    note: tuple[Block, ...] = ()
    pages: int = 0
    minutes: int = 0
    library: Url | None = None


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One formatted reference.

    `anchor` is what citations link to. `label` is the number or tag in the margin of numeric
    styles. `data` is the work as a CSL-JSON object, for writers that hand it on (Word sources,
    JSON-LD, downloads). `annotation` is a paragraph or more about the work (APA 9.51).
    """

    key: str
    anchor: Anchor
    content: tuple[Inline, ...]
    label: tuple[Inline, ...] = ()
    annotation: tuple[Block, ...] = ()
    reading: Reading | None = None
    data: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReferenceLayout:
    """How the style sets its list (CSL 1.0.2, "Bibliography-specific options")."""

    hanging_indent: bool = True
    second_field_align: bool = False
    entry_spacing: int = 1
    line_spacing: int = 1


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A work that a list names itself, in its own words.

        - [@alden2001, pp. 117-120]{importance=essential minutes=20} A note to students.

          A further paragraph is the annotation.

    Each value goes before what the work's entry says; empty ones leave it that.
    """

    key: str
    importance: str = ""
    pointer: Locator | None = None
    note: tuple[Block, ...] = ()
    annotation: tuple[Block, ...] = ()
    pages: int = 0
    minutes: int = 0
    weeks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    key_span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)
    importance_span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)


class Density(Enum):
    """How closely the entries of a list stand."""

    ROOMY = "roomy"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class ListLook:
    """How a list is shown. `None`: as the document says, and there: as the project says."""

    annotations: bool | None = None
    """Whether annotations (or, without, abstracts) are shown."""
    totals: bool | None = None
    """Whether each group tells how many readings and pages it has."""
    ticks: bool | None = None
    """Whether each entry has a box for the reader to tick."""
    qr: bool | None = None
    """Whether each entry with a DOI or an address has a QR code on paper."""
    columns: int | None = None
    """1 or 2, on paper and on wide screens."""
    density: Density | None = None

    def over(self, other: ListLook) -> ListLook:
        """This look; what it leaves open is as in the other."""
        return ListLook(
            self.annotations if self.annotations is not None else other.annotations,
            self.totals if self.totals is not None else other.totals,
            self.ticks if self.ticks is not None else other.ticks,
            self.qr if self.qr is not None else other.qr,
            self.columns if self.columns is not None else other.columns,
            self.density if self.density is not None else other.density,
        )


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What the author asks of a list. The default asks for everything that is cited.

    `works` are those that the list names itself; without `select` they are the whole list, in
    their own order unless `sort` says else. `emphasise` is a person's name ("Slavin-Mulford, J.")
    that is set in bold wherever it stands in the list.
    """

    select: Query | None = None
    sort: tuple[SortKey, ...] = ()
    group: Grouping | None = None
    works: tuple[ListedWork, ...] = ()
    emphasise: str = ""
    look: ListLook = ListLook()


@dataclass(frozen=True, slots=True)
class ReferenceList(Node):
    """Where a list of references stands, and, once resolved, the list.

    A grouped list becomes several when it is resolved, each under its own heading. `total` says
    what the list adds up to ("3 readings, 74 pages").
    """

    attributes: Attributes = PLAIN
    entries: tuple[ReferenceEntry, ...] = ()
    layout: ReferenceLayout = ReferenceLayout()
    spec: ListSpec = ListSpec()
    total: tuple[Inline, ...] = ()


Block: TypeAlias = Union[
    Paragraph,
    Heading,
    BulletList,
    OrderedList,
    DefinitionList,
    BlockQuote,
    CodeBlock,
    ThematicBreak,
    Table,
    Figure,
    Div,
    ReferenceList,
]
