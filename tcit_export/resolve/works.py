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
    named: set[str] = set()
    for entry in order:  # grows by the parents found
        for parent in _parents(entry, library):
            named.add(parent.key)
            if parent.key not in seen:
                seen.add(parent.key)
                order.append(parent)
    ordered = sorted(order, key=lambda entry: entry.key in named)
    return "\n\n".join(public_bibtex(entry) for entry in ordered) + "\n" * bool(order)


_PARENT_FIELDS: Final = ("crossref", "xdata", "related")


def _parents(entry: Entry, library: Library) -> Iterator[Entry]:
    for name in _PARENT_FIELDS:
        if (field := entry.fields.get(name)) is not None:
            for key in field.value.split(","):
                if (parent := library.get(key.strip())) is not None:
                    yield parent
