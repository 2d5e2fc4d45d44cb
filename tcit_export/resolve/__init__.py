"""Document + Library + Style -> ResolvedDocument: the only place that knows all three.

The steps: gather the citations in reading order; plan which works stand in which list; have all of
them formatted together, so that letters and numbers hold for the whole document; put each citation
back, its links leading to its references; add "Cite this article"; write out the lists.
A key that no library has is shown as `(key?)`; telling of it is the linter's task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from tcit_export.bibliography import reading
from tcit_export.bibliography.group_words import GroupWords, group_words
from tcit_export.bibliography.library import Entry, Library
from tcit_export.bibliography.record_words import localised
from tcit_export.csl.item import Item
from tcit_export.csl.processor import Result, process
from tcit_export.csl.style import Locale, Style
from tcit_export.intext import prepared
from tcit_export.model.document import (
    Document,
    DocumentKind,
    Labels,
    Metadata,
    Publication,
    ResolvedDocument,
    Resource,
)
from tcit_export.model.labels import labels_for
from tcit_export.model.nodes import Anchor, Paragraph, ReferenceEntry
from tcit_export.resolve.anchors import free_name, identifiers, reference_anchors
from tcit_export.resolve.citing import Place, citation, places_of_citations
from tcit_export.resolve.filling import filled, filled_metadata, without_lost_links
from tcit_export.resolve.formatting import Formatter, record, reference_layout
from tcit_export.resolve.frame import Frame
from tcit_export.resolve.listing import Lister
from tcit_export.resolve.own import date_in_words, own_item
from tcit_export.resolve.plan import Plan, plan
from tcit_export.resolve.works import used_bibtex

OWN_KEY: Final = "this-document"


def resolve(
    document: Document,
    library: Library,
    style: Style,
    locale: Locale,
    *,
    resources: Mapping[str, Resource] | None = None,
    labels: Labels | None = None,
    describe_links: bool = True,
) -> ResolvedDocument:
    """The document with every citation and every list written out.

    `locale` is the style's (see `styles.load_locale`). `labels` default to the language's.
    `describe_links`: whether to say in words where links lead, which Word and PDF show, and pages
    on a screen do not; each description takes a citation of its work.
    """
    reviewed = [e for key in document.metadata.reviewed if (e := library.get(key)) is not None]
    labels = labels or _labels(document.metadata, reviewed)
    made = _processed(document, library, reviewed, style, locale, labels)
    taken = identifiers((*document.metadata.abstract, *document.blocks))
    anchors = reference_anchors(made.order, taken)
    formatter = Formatter(
        made.result, style, made.items, library, anchors, labels, describe_links=describe_links
    )
    notes = style.class_ == "note"
    pairs = zip(made.places, made.result.citations, strict=True)
    contents = (formatter.content(place, shown, notes=notes) for place, shown in pairs)
    metadata = filled_metadata(document.metadata, contents, notes=notes)
    blocks = filled(document.blocks, contents, notes=notes)

    own = _own_entry(metadata, reviewed, style, locale, labels, taken)
    lists = made.plan.lists
    shown = [any(entry.key in anchors for entry in each.entries) for each in lists]
    blocks = Frame(metadata.kind, labels, taken, shown, lists[-1].added).completed(blocks, own)
    lister = Lister(
        formatter,
        metadata.kind,
        metadata.lists,
        labels,
        made.words,
        locale,
        reference_layout(made.result.bibliography_options),
        taken,
        {key: place for place, key in enumerate(made.order)},
    )
    return ResolvedDocument(
        metadata=metadata,
        blocks=without_lost_links(lister.filled(blocks, iter(lists), 1)),
        reviewed=tuple(formatter.reviewed(entry) for entry in reviewed),
        cite_this=own,
        labels=labels,
        date_text=date_in_words(metadata.date, metadata.lang, locale),
        resources=dict(resources or {}),
        bibtex=used_bibtex(made.order, made.entries, library),
        style_id=style.info.id,
    )


def _labels(metadata: Metadata, reviewed: Iterable[Entry]) -> Labels:
    """The document's own words, in its language."""
    labels = labels_for(metadata.lang, tuple(entry.item.type for entry in reviewed))
    if metadata.kind is DocumentKind.READING_LIST:
        return replace(labels, cite_this=labels.lists.cite_this)
    return labels


class _Processed(NamedTuple):
    """What a document cites and lists, and what the engine made of it."""

    places: list[Place]
    plan: Plan
    words: GroupWords
    entries: list[Entry]
    items: list[Item]
    result: Result

    @property
    def order(self) -> list[str]:
        """Keys of all listed works in the style's order."""
        return [entry.id for entry in self.result.bibliography]


def _processed(
    document: Document,
    library: Library,
    reviewed: list[Entry],
    style: Style,
    locale: Locale,
    labels: Labels,
) -> _Processed:
    """Citations gathered, lists planned, and all of their works formatted together."""
    metadata = document.metadata
    notes = style.class_ == "note"
    head = (Paragraph(metadata.title), Paragraph(metadata.subtitle), *metadata.abstract)
    places = places_of_citations((*head, *document.blocks), notes=notes)
    vocabulary = reading.vocabulary(metadata.lists, labels.lists)
    planned = plan(metadata, document.blocks, library, reviewed, vocabulary)
    words = group_words(labels.lang or metadata.lang)
    entries = planned.works(words)
    items = localised((entry.item for entry in entries), locale.lang)
    citations = [citation(place, library, locale, notes=notes) for place in places]
    result = process(style, locale, items, prepared(items, citations))
    return _Processed(places, planned, words, entries, items, result)


def _own_entry(
    metadata: Metadata,
    reviewed: Iterable[Entry],
    style: Style,
    locale: Locale,
    labels: Labels,
    taken: set[str],
) -> ReferenceEntry | None:
    """How to cite the document itself, from its front matter, by the same engine.

    A reading list is a hand-out of the day, and not cited, unless it says where it is published.
    """
    if metadata.kind is DocumentKind.READING_LIST:
        if metadata.publication == Publication():
            return None
        labels = replace(labels, web_article=labels.reading_list)
    key = metadata.slug or OWN_KEY
    item = own_item(metadata, key, reviewed, labels)
    if item is None:
        return None
    (item,) = localised([item], locale.lang)
    result = process(style, locale, [item])
    own = next(iter(result.bibliography), None)
    if own is None:
        return None
    formatter = Formatter(result, style, [item], Library(), {}, labels)
    anchor = Anchor(free_name("cite-this", taken))
    return ReferenceEntry(key, anchor, formatter.reference(key), data=record(item))
