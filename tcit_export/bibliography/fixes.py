"""What of a .bib file can be put right without asking: how things are typed, never what they say.

| field | typed | becomes |
|--|--|--|
| `doi` | `https://doi.org/10.1037/h0045357`, `doi: 10.1037/h0045357` | `10.1037/h0045357` |
| `url`, where no `doi` stands | `https://doi.org/10.1037/h0045357` | `doi = {10.1037/h0045357}` |
| `pages` | `95-103`, `95–103` | `95--103` |
| titles, journals, publishers | `Theory &amp; Practice` | `Theory \\& Practice` |

Each is an edit of a few characters; all others of the file stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tcit_export.bibliography.library import Entry, Field, Library
from tcit_export.bibliography.private import own_fields
from tcit_export.bibliography.rules.identifiers import normal_doi
from tcit_export.source import Source, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a source and what takes their place; `why` for people."""

    source: Source
    span: Span
    text: str
    why: str


_BEFORE_DOI: Final = r"(?:https?://(?:(?:dx|www)\.)?doi\.org/|doi:)\s*"
_PAGES: Final = re.compile(r"(\d+)\s*(?:-|–|—|---)\s*(\d+)")
_TEXTS: Final = frozenset("title subtitle booktitle journal journaltitle publisher series".split())


def edits(library: Library) -> tuple[Edit, ...]:
    """All that can be put right in the entries of a library, in the order of the text."""
    found = [edit for entry in library for edit in _entry(entry)]
    return tuple(sorted(found, key=lambda edit: (edit.source.path, edit.span)))


def applied(text: str, changes: tuple[Edit, ...]) -> str:
    """The text of a source with its edits carried out. They must not overlap."""
    for edit in sorted(changes, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _entry(entry: Entry) -> Iterator[Edit]:
    for field in own_fields(entry):
        inside = _inside(entry, field)
        if inside is None:
            continue
        typed = entry.source.text[inside.start : inside.end]
        if field.name == "doi" and (doi := _bare_doi(typed)):
            yield Edit(entry.source, inside, doi, "a DOI stands without its address")
        elif field.name == "url" and "doi" not in entry.fields and (doi := _bare_doi(typed)):
            yield Edit(entry.source, field.name_span, "doi", "this address is a DOI")
            yield Edit(entry.source, inside, doi, "a DOI stands without its address")
        elif field.name == "pages" and (pages := _ranges(typed)):
            yield Edit(entry.source, inside, pages, "ranges of pages are typed with `--`")
        elif field.name in _TEXTS and "&amp;" in typed:
            text = typed.replace("&amp;", "\\&")
            yield Edit(entry.source, inside, text, "`&amp;` is HTML; in BibTeX it is `\\&`")


def _inside(entry: Entry, field: Field) -> Span | None:
    """The value between its delimiters; None where it is put together or of another shape."""
    start, end = field.value_span.start, field.value_span.end
    typed = entry.source.text[start:end]
    if len(typed) < 3 or (typed[0], typed[-1]) not in (("{", "}"), ('"', '"')):
        return None
    if " ".join(typed[1:-1].split()) != " ".join(field.value.split()):
        return None
    return Span(start + 1, end - 1)


def _bare_doi(typed: str) -> str:
    """The DOI of an address that is nothing else; nothing where it is bare already."""
    doi = normal_doi(typed)
    address = rf"\s*{_BEFORE_DOI}{re.escape(doi)}\s*" if doi else ""
    return doi if doi and re.fullmatch(address, typed, re.IGNORECASE) else ""


def _ranges(typed: str) -> str:
    """`95-103, 110` with `--`; nothing where that changes nothing or the parts are no numbers."""
    parts = [part.strip() for part in typed.split(",")]
    for part in parts:
        found = _PAGES.fullmatch(part)
        rising = found is not None and int(found[1]) < int(found[2])
        if not (rising or re.fullmatch(r"\d+(?:--\d+)?", part)):
            return ""
    changed = ", ".join(_PAGES.sub(r"\1--\2", part) for part in parts)
    return changed if changed != ", ".join(parts) else ""
