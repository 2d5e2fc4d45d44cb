"""A BibTeX entry as a CSL item: the record rules, in their order.

The item is CSL-JSON first, so that every style can use it; what APA 7 needs beyond that stands in
variables that begin with `tcit-` (see `rules.record`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from tcit_export.bibliography.catalogues import from_catalogue
from tcit_export.bibliography.library import Change, RawEntry, Remark
from tcit_export.bibliography.pasted import from_pasted
from tcit_export.bibliography.reference_managers import from_reference_manager
from tcit_export.bibliography.rules.contributors import set_names
from tcit_export.bibliography.rules.dating import set_dates
from tcit_export.bibliography.rules.descriptions import set_descriptions, set_notes
from tcit_export.bibliography.rules.identifiers import set_identifiers
from tcit_export.bibliography.rules.kind import set_type
from tcit_export.bibliography.rules.language import set_language
from tcit_export.bibliography.rules.legal import set_legal
from tcit_export.bibliography.rules.noted_names import set_noted_names
from tcit_export.bibliography.rules.numbering import set_numbers
from tcit_export.bibliography.rules.ordering import set_sort_keys
from tcit_export.bibliography.rules.publishing import set_publishing
from tcit_export.bibliography.rules.record import Record
from tcit_export.bibliography.rules.related import Relation, set_relations
from tcit_export.bibliography.rules.titles import set_titles
from tcit_export.bibliography.site_names import from_page
from tcit_export.csl.item import Item

_RULES: Final = (
    set_language,
    set_type,
    set_names,
    set_noted_names,
    set_dates,
    set_numbers,
    set_titles,
    set_identifiers,
    set_publishing,
    set_descriptions,
    set_notes,
    set_legal,
    set_sort_keys,
)
"""In this order: each may read what the ones before it have put into the record."""


class Converted(NamedTuple):
    """An item, the changes made to typed titles, and mistakes with the field they are in."""

    item: Item
    changes: tuple[Change, ...] = ()
    remarks: tuple[tuple[str, Remark], ...] = ()


def to_csl(entry: RawEntry, related: Mapping[str, RawEntry]) -> Converted:
    """The item of an entry; `related` are the entries of the library by key."""
    exported = from_reference_manager(from_catalogue(from_page(entry)))
    record = Record(from_pasted(exported), related)
    for rule in _RULES:
        rule(record)
    set_relations(record, _relations(record))
    return Converted(record.item(), tuple(record.changes), tuple(record.remarks))


def _relations(record: Record) -> list[Relation]:
    """biblatex's `related`, with the other entries read by the same rules."""
    found = []
    for key in record.raw("related").split(","):
        other = record.related.get(key.strip())
        if other is not None and other.key != record.entry.key:
            work = to_csl(other, {}).item
            found.append(Relation(record.text("relatedtype"), record.rich("relatedstring"), work))
    return found
