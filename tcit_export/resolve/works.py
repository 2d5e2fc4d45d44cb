"""The BibTeX of the works of a document, as it is handed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tcit_export.bibliography.library import Entry, Library
from tcit_export.bibliography.private import public_bibtex


def used_bibtex(listed: Iterable[str], entries: Iterable[Entry], library: Library) -> str:
    """The entries as typed but for private fields, in list order, parents after their children."""
    by_id = {entry.item.id: entry for entry in entries}
    order = [by_id[key] for key in listed if key in by_id]
    seen = {entry.key for entry in order}
    waiting = list(order)
    while waiting:
        parents = [parent for parent in _parents(waiting.pop(0), library) if parent.key not in seen]
        seen.update(parent.key for parent in parents)
        order.extend(parents)
        waiting.extend(parents)
    named = {parent.key for entry in order for parent in _parents(entry, library)}
    ordered = sorted(order, key=lambda entry: entry.key in named)
    return "\n\n".join(public_bibtex(entry) for entry in ordered) + "\n" * bool(order)


_PARENT_FIELDS: Final = ("crossref", "xdata", "related")


def _parent_keys(entry: Entry) -> Iterator[str]:
    for name in _PARENT_FIELDS:
        found = entry.fields.get(name)
        if found is not None:
            yield from (key.strip() for key in found.value.split(","))


def _parents(entry: Entry, library: Library) -> Iterator[Entry]:
    for key in _parent_keys(entry):
        parent = library.get(key)
        if parent is not None:
            yield parent
