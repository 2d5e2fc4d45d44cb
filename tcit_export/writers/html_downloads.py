"""Files inside the page: the references, and the document's own citation, to take along.

Each is a link with a `data:` address, so a reader needs neither a server nor a script.
"""

from __future__ import annotations

import json
from base64 import b64encode
from typing import NamedTuple

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.walk import reference_lists
from tcit_export.writers.exchange import bibtex, ris
from tcit_export.writers.html_metadata import own_record
from tcit_export.writers.work_records import Record

BIBTEX, RIS, CSL_JSON = (
    "application/x-bibtex",
    "application/x-research-info-systems",
    "application/vnd.citationstyles.csl+json",
)


class Download(NamedTuple):
    """A link to a file in the page."""

    name: str
    label: str
    href: str


def _download(name: str, label: str, media_type: str, text: str) -> Download:
    """Base64 takes a third more room than the text; `%20` for each blank takes half more."""
    data = b64encode(text.encode("utf-8", "replace")).decode()
    return Download(name, label, f"data:{media_type};charset=utf-8;base64,{data}")


def reference_downloads(document: ResolvedDocument) -> list[Download]:
    """The works of all lists as BibTeX (the entries as they were typed), RIS and CSL-JSON."""
    lists = reference_lists(document.blocks)
    works = {entry.key: entry for part in lists for entry in part.entries}
    records: list[Record] = [entry.data for entry in works.values() if entry.data]
    found = []
    if document.bibtex:
        found.append(_download("references.bib", "BibTeX", BIBTEX, document.bibtex))
    if records:
        encode = json.JSONEncoder(ensure_ascii=False).encode
        lines = ",\n".join(encode(dict(record)) for record in records)
        found.append(_download("references.ris", "RIS", RIS, ris(records)))
        found.append(_download("references.json", "CSL-JSON", CSL_JSON, f"[\n{lines}\n]\n"))
    return found


def own_downloads(document: ResolvedDocument) -> list[Download]:
    """The document itself, for those who cite it."""
    record = own_record(document)
    name = document.metadata.slug or "article"
    return [
        _download(f"{name}.bib", "BibTeX", BIBTEX, bibtex(record)),
        _download(f"{name}.ris", "RIS", RIS, ris([record])),
    ]
