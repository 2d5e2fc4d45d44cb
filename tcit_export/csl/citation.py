"""What the caller asks for and gets back: citations and their cites, entries and their layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tcit_export.csl.output import Content, Opaque

Mode: TypeAlias = Literal["normal", "suppress-author", "author-only", "author-in-text"]
Affix: TypeAlias = str | Opaque | tuple[str | Opaque, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cite stands in the document: `position` 0 first, 1 subsequent, 2 ibid,
    3 ibid-with-locator; `first_note` is the note that cited the item first, 0 if none."""

    position: int = 0
    near_note: bool = False
    first_note: int = 0


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One cite. `label` is a locator type of the specification ("page", "chapter", …).

    A `str` prefix or suffix may carry CSL-JSON markup; foreign markup comes as `Opaque`.
    `possessive` asks for "Kahn and Fromm's (2001)" with `author-in-text`.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: Affix = ""
    suffix: Affix = ""
    mode: Mode = "normal"
    possessive: bool = False
    variables: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Texts known in this cite alone (as its locator is); they come before the item's."""
    place: Place | None = None
    """The position, where the caller knows it; normally worked out from the document."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in the document. `note_index` is 0 in running text, else the note's number."""

    items: tuple[CitationItem, ...]
    note_index: int = 0


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """One entry. With display blocks, `left_margin` and `right_inline` are split off too."""

    id: str
    output: Content
    left_margin: Content | None = None
    right_inline: Content | None = None


@dataclass(frozen=True, slots=True)
class BibliographyOptions:
    """How entries are laid out; spacings in line heights (CSL 1.0.2, Whitespace)."""

    hanging_indent: bool = False
    second_field_align: Literal["", "flush", "margin"] = ""
    line_spacing: int = 1
    entry_spacing: int = 1
