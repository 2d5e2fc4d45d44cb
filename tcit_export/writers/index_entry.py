"""What the page of all documents tells of one.

Every build makes entries, few make the page (`index`), which needs Jinja2 and the HTML writer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tcit_export.model.document import DocumentKind, ResolvedDocument
from tcit_export.model.walk import plain_text
from tcit_export.writers.html_metadata import own_coins, title_text
from tcit_export.writers.work_names import byline

if TYPE_CHECKING:
    from tcit_export.writers.index import IndexFile


class IndexEntry(NamedTuple):
    """One document as the index shows it. `href` leads to its page.

    `date` is ISO 8601 as far as it is known, `search` what may be sought besides what is shown.
    """

    title: str
    href: str = ""
    kind: DocumentKind = DocumentKind.REVIEW
    authors: str = ""
    date: str = ""
    date_text: str = ""
    lang: str = "en-US"
    search: str = ""
    coins: str = ""
    note: str = ""
    files: tuple[IndexFile, ...] = ()


def entry(document: ResolvedDocument) -> IndexEntry:
    """What the index tells of a document; where it lies is for the caller to add."""
    metadata = document.metadata
    reviewed = (plain_text(work.content) for work in document.reviewed)
    return IndexEntry(
        title=title_text(document),
        kind=metadata.kind,
        authors=byline([author.display for author in metadata.authors], document.labels),
        date=metadata.date.isoformat() if metadata.date else "",
        date_text=document.date_text,
        lang=metadata.lang,
        search=" ".join(" ".join((*metadata.keywords, *reviewed)).split()),
        coins=own_coins(document),
    )
