"""The processor: style, locale, items and citations in; output trees out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tcit_export.csl.item import Item
from tcit_export.csl.output import Content, Opaque
from tcit_export.csl.style import Locale, Style

Mode: TypeAlias = Literal["normal", "suppress-author", "author-only", "author-in-text"]
Affix: TypeAlias = str | Opaque | tuple[str | Opaque, ...]


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


@dataclass(frozen=True, slots=True)
class Result:
    """Everything rendered. Several bibliographies are filters over `bibliography`."""

    citations: tuple[Content, ...]
    bibliography: tuple[BibliographyEntry, ...]
    bibliography_options: BibliographyOptions

    def cite(self, item: str | CitationItem, mode: Mode = "normal") -> Content:
        """That item cited alone, with the names and letters of this processing.

        Raises KeyError for an id that was not among the items.
        """
        raise NotImplementedError


def process(
    style: Style,
    locale: Locale,
    items: Sequence[Item],
    citations: Sequence[Citation] = (),
) -> Result:
    """Render `citations` in document order, and the bibliography of all `items`.

    Items that no citation names are listed too (nocite). An unknown id in a citation
    is shown as `(id?)` in bold: it is the caller's to report.
    """
    raise NotImplementedError


def format_citations(
    style: Style, locale: Locale, items: Sequence[Item], citations: Sequence[Citation]
) -> tuple[Content, ...]:
    """Render the citations of one document without its bibliography."""
    raise NotImplementedError
