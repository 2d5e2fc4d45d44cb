"""The processor: style, locale, items and citations in; output trees out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tcit_export.csl.citation import (
    Affix,
    BibliographyEntry,
    BibliographyOptions,
    Citation,
    CitationItem,
    Mode,
    Place,
)
from tcit_export.csl.compiled import CompiledStyle, compiled
from tcit_export.csl.item import Item, Name
from tcit_export.csl.output import Content
from tcit_export.csl.session import Session
from tcit_export.csl.style import Locale, Style

__all__ = [
    "Affix",
    "BibliographyEntry",
    "BibliographyOptions",
    "Citation",
    "CitationItem",
    "CompiledStyle",
    "Mode",
    "Place",
    "Result",
    "Session",
    "compiled",
    "format_citations",
    "process",
]


@dataclass(frozen=True, slots=True)
class Result:
    """Everything rendered. Several bibliographies are filters over `bibliography`."""

    citations: tuple[Content, ...]
    bibliography: tuple[BibliographyEntry, ...]
    bibliography_options: BibliographyOptions
    session: Session = field(repr=False, compare=False)

    def cite(self, item: str | CitationItem, mode: Mode = "normal") -> Content:
        """That item cited alone, with the names and letters of this processing.

        Raises KeyError for an id that was not among the items.
        """
        cited = CitationItem(item, mode=mode) if isinstance(item, str) else item
        if cited.id not in self.session.items:
            raise KeyError(cited.id)
        return self.session.citation(Citation((cited,)), [Place()])

    def listed(
        self, keys: Sequence[str], emphasised: frozenset[Name] = frozenset()
    ) -> tuple[BibliographyEntry, ...]:
        """A list of some items in an order of the caller's, with the letters and numbers of all.

        Names that repeat those of the entry before are replaced within this list alone. Persons
        of `emphasised` are set in bold where they stand as names.
        """
        return self.session.bibliography(keys, emphasised)


# ------------------------------------------------------------------ the steps, in order


def process(
    style: Style,
    locale: Locale,
    items: Sequence[Item],
    citations: Sequence[Citation] = (),
    *,
    bibliography: bool = True,
) -> Result:
    """Render `citations` in document order, and the bibliography of all `items`.

    Items that no citation names are listed too (nocite). An unknown id in a citation
    is shown as `(id?)` in bold: it is the caller's to report. With `bibliography` false,
    only the order of the bibliography is worked out, and none is rendered.
    """
    session = Session(compiled(style, locale), items)
    session.order(citations)
    session.disambiguate()
    citations = [session.sorted(citation) for citation in citations]
    places = session.places(citations)
    rendered = tuple(
        session.citation(citation, place) for citation, place in zip(citations, places, strict=True)
    )
    entries = session.bibliography() if bibliography else ()
    return Result(rendered, entries, session.style.bibliography_options, session)


def format_citations(
    style: Style, locale: Locale, items: Sequence[Item], citations: Sequence[Citation]
) -> tuple[Content, ...]:
    """Render the citations of one document without its bibliography."""
    return process(style, locale, items, citations, bibliography=False).citations
