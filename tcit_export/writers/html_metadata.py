"""What a page tells machines about itself: meta tags, JSON-LD, and its own COinS.

Highwire's `citation_` tags serve Google Scholar, JSON-LD (schema.org `Review`) search engines, and
COinS Zotero's connector; Zotero prefers COinS, so the document needs one of its own or it would be
missing from the list that Zotero offers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tcit_export.model.document import Author, DocumentKind, ResolvedDocument
from tcit_export.model.walk import plain_text, reference_lists
from tcit_export.writers.work_names import shortened
from tcit_export.writers.work_records import Record, coins, schema_person, schema_work

DESCRIPTION_LENGTH = 300


def title_text(document: ResolvedDocument) -> str:
    """Title and subtitle as plain text."""
    metadata = document.metadata
    parts = (plain_text(metadata.title), plain_text(metadata.subtitle))
    return ": ".join(" ".join(part.split()) for part in parts if part.strip())


def description(document: ResolvedDocument) -> str:
    """The beginning of the abstract; "" without one."""
    return shortened(plain_text(document.metadata.abstract), DESCRIPTION_LENGTH)


def meta_tags(document: ResolvedDocument) -> Iterator[tuple[str, str]]:
    """(name, content) of the meta tags, in order; none is empty."""
    publication, metadata = document.metadata.publication, document.metadata
    pages = publication.pages.replace("–", "-").partition("-")
    found = [
        *(("author", author.display) for author in metadata.authors),
        ("description", description(document)),
        ("keywords", ", ".join(metadata.keywords)),
        ("generator", "TCIT Export"),
        ("citation_title", title_text(document)),
        *(("citation_author", _indexed(author)) for author in metadata.authors),
        ("citation_publication_date", _slashed(document)),
        ("citation_journal_title", publication.container),
        ("citation_publisher", publication.publisher),
        ("citation_volume", publication.volume),
        ("citation_issue", publication.issue),
        ("citation_firstpage", pages[0]),
        ("citation_lastpage", pages[2]),
        ("citation_doi", publication.doi),
        ("citation_public_url", publication.url),
        ("citation_language", metadata.lang),
        ("citation_keywords", "; ".join(metadata.keywords)),
        ("twitter:card", "summary"),
    ]
    yield from ((name, content) for name, content in found if content)


def social_tags(document: ResolvedDocument) -> Iterator[tuple[str, str]]:
    """(property, content) of the Open Graph tags; without a picture, as there is none to fetch."""
    publication, metadata = document.metadata.publication, document.metadata
    found = [
        ("og:type", "article"),
        ("og:title", title_text(document)),
        ("og:description", description(document)),
        ("og:url", canonical(document)),
        ("og:site_name", publication.container or publication.publisher),
        ("article:published_time", metadata.date.isoformat() if metadata.date else ""),
    ]
    yield from ((name, content) for name, content in found if content)


def canonical(document: ResolvedDocument) -> str:
    """The document's own address: its URL, else its DOI; "" if it has neither."""
    publication = document.metadata.publication
    if publication.url.lower().startswith(("http://", "https://")):
        return publication.url
    return f"https://doi.org/{publication.doi}" if publication.doi else ""


def _indexed(author: Author) -> str:
    """ "Slavin-Mulford, Jenelle": the form that indexes want."""
    if author.literal or not author.given:
        return author.literal or author.family
    return f"{author.family}, {author.given}" + (f", {author.suffix}" if author.suffix else "")


def _slashed(document: ResolvedDocument) -> str:
    date = document.metadata.date
    return date.isoformat().replace("-", "/") if date else ""


def own_record(document: ResolvedDocument) -> Record:
    """The document as CSL-JSON: what "Cite this article" was made from, else the front matter."""
    if document.cite_this is not None and document.cite_this.data:
        return document.cite_this.data
    metadata, date = document.metadata, document.metadata.date
    record: dict[str, Any] = {
        "id": metadata.slug or "document",
        "type": "webpage",
        "title": title_text(document),
        "author": [_name(author) for author in metadata.authors],
        "publisher": metadata.publication.publisher,
        "URL": metadata.publication.url,
        "DOI": metadata.publication.doi,
    }
    if date is not None:
        parts = [part for part in (date.year, date.month, date.day) if part]
        record["issued"] = {"date-parts": [parts]}
    return {name: value for name, value in record.items() if value}


def _name(author: Author) -> dict[str, str]:
    if author.literal:
        return {"literal": author.literal}
    return {"family": author.family, "given": author.given}


def own_coins(document: ResolvedDocument) -> str:
    """The document's own COinS."""
    return coins(own_record(document))


def json_ld(document: ResolvedDocument) -> str:
    """The document as schema.org JSON-LD, safe inside a script element."""
    metadata, publication = document.metadata, document.metadata.publication
    reviewed = [schema_work(entry.data) for entry in document.reviewed if entry.data]
    lists = reference_lists(document.blocks)
    cited = {entry.key: entry.data for part in lists for entry in part.entries if entry.data}
    is_review = metadata.kind is DocumentKind.REVIEW and bool(reviewed)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Review" if is_review else "Article",
        "headline": title_text(document),
        "author": [_schema_author(author) for author in metadata.authors],
        "datePublished": metadata.date.isoformat() if metadata.date else "",
        "inLanguage": metadata.lang,
        "abstract": description(document),
        "keywords": list(metadata.keywords),
        "publisher": _publisher(publication.publisher),
        "url": canonical(document),
        "itemReviewed": _reviewed(reviewed) if is_review else None,
        "citation": [schema_work(record) for record in cited.values()],
    }
    kept = {name: value for name, value in data.items() if value}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _reviewed(works: list[dict[str, Any]]) -> dict[str, Any]:
    return works[0] if len(works) == 1 else {"@type": "Collection", "hasPart": works}


def _schema_author(author: Author) -> dict[str, Any]:
    person = schema_person(_name(author))
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    if author.orcid:
        person["sameAs"] = f"https://orcid.org/{author.orcid}"
    return person


def _publisher(name: str) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": name} if name else None
