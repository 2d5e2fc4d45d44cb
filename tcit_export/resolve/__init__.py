"""Document + Library + Style -> ResolvedDocument: the only place that knows all three.

The steps: gather the citations in reading order; plan which works stand in which list; have all of
them formatted together, so that letters and numbers hold for the whole document; put each citation
back, its links leading to its references; add "Cite this article"; write out the lists.
A key that no library has is shown as `(key?)`; telling of it is the linter's task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from tcit_export.bibliography import reading
from tcit_export.bibliography.group_words import group_words
from tcit_export.bibliography.library import Entry, Library
from tcit_export.bibliography.record_words import localised
from tcit_export.csl.processor import process
from tcit_export.csl.style import Locale, Style
from tcit_export.intext import prepared
from tcit_export.model.labels import labels_for
from tcit_export.model.nodes import (
    Anchor,
    Document,
    DocumentKind,
    Labels,
    Metadata,
    Paragraph,
    Publication,
    ReferenceEntry,
    ResolvedDocument,
    Resource,
)
from tcit_export.resolve.anchors import free_name, identifiers, reference_anchors
from tcit_export.resolve.citing import citation, places_of_citations
from tcit_export.resolve.filling import filled, filled_metadata, without_lost_links
from tcit_export.resolve.formatting import Formatter, record, reference_layout
from tcit_export.resolve.frame import Frame
from tcit_export.resolve.listing import Lister
from tcit_export.resolve.own import date_in_words, own_item
from tcit_export.resolve.plan import plan
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
) -> ResolvedDocument:
    """The document with every citation and every list written out.

    `locale` is the style's (see `styles.load_locale`). `labels` default to the language's.
    """
    metadata = document.metadata
    defaults = metadata.lists
    reviewed = [entry for key in metadata.reviewed if (entry := library.get(key)) is not None]
    if labels is None:
        labels = labels_for(metadata.lang, tuple(entry.item.type for entry in reviewed))
    if metadata.kind is DocumentKind.READING_LIST:
        labels = replace(labels, cite_this=labels.lists.cite_this)
    notes = style.class_ == "note"
    head = (Paragraph(metadata.title), Paragraph(metadata.subtitle), *metadata.abstract)
    places = places_of_citations((*head, *document.blocks), notes=notes)
    vocabulary = reading.vocabulary(defaults, labels.lists)
    plans = plan(metadata, document.blocks, library, reviewed, vocabulary)
    words = group_words(labels.lang or metadata.lang)
    entries = plans.works(words)
    items = localised((entry.item for entry in entries), locale.lang)
    citations = [citation(place, library, locale, notes=notes) for place in places]
    result = process(style, locale, items, prepared(items, citations))

    taken = identifiers((*metadata.abstract, *document.blocks))
    order = [entry.id for entry in result.bibliography]
    anchors = reference_anchors(order, taken)
    formatter = Formatter(result, style, items, library, anchors, labels)
    pairs = zip(places, result.citations, strict=True)
    contents = (formatter.content(place, shown, notes=notes) for place, shown in pairs)
    metadata = filled_metadata(metadata, contents, notes=notes)
    blocks = filled(document.blocks, contents, notes=notes)

    own = _own_entry(metadata, reviewed, style, locale, labels, taken)
    shown = [any(entry.key in anchors for entry in each.entries) for each in plans.lists]
    frame = Frame(metadata.kind, labels, taken, shown, plans.lists[-1].added)
    blocks = frame.completed(blocks, own)
    lister = Lister(
        formatter,
        metadata.kind,
        defaults,
        labels,
        words,
        locale,
        reference_layout(result.bibliography_options),
        taken,
        {key: place for place, key in enumerate(order)},
    )
    blocks = lister.filled(blocks, iter(plans.lists), 1)
    return ResolvedDocument(
        metadata=metadata,
        blocks=without_lost_links(blocks),
        reviewed=tuple(formatter.reviewed(entry) for entry in reviewed),
        cite_this=own,
        labels=labels,
        date_text=date_in_words(metadata.date, metadata.lang, locale),
        resources=dict(resources or {}),
        bibtex=used_bibtex(order, entries, library),
        style_id=style.info.id,
    )


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
