"""A work's record (CSL-JSON) as other machines read it: COinS and schema.org.

COinS (OpenURL in a span's title, Z39.88-2004) are what Zotero's connector reads from a page.  It
takes `rft.au` as "Last, First", replaces every plus sign by a space, and looks a work up online if
it has no creator.  schema.org's terms are what search engines read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

Record = Mapping[str, Any]
_TAG: Final = re.compile(r"</?(?:i|b|sup|sub|sc|span)\b[^>]*>")
_BOOKS: Final = {
    "book": "book",
    "chapter": "bookitem",
    "entry-dictionary": "bookitem",
    "entry-encyclopedia": "bookitem",
    "paper-conference": "proceeding",
    "report": "report",
}
_ARTICLES: Final = (
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "review",
    "review-book",
    "article",
)
_ZOTERO_TYPES: Final = {
    "article": "preprint",
    "dataset": "dataset",
    "standard": "standard",
    "figure": "artwork",
    "regulation": "statute",
    "motion_picture": "film",
    "webpage": "webpage",
    "post-weblog": "blogPost",
    "post": "forumPost",
    "speech": "presentation",
    "software": "computerProgram",
    "song": "audioRecording",
    "broadcast": "tvBroadcast",
    "interview": "interview",
    "personal_communication": "letter",
    "legislation": "statute",
    "legal_case": "case",
    "bill": "bill",
    "hearing": "hearing",
    "graphic": "artwork",
    "map": "map",
    "manuscript": "manuscript",
}
_SCHEMA_TYPES: Final = {
    "article-journal": "ScholarlyArticle",
    "paper-conference": "ScholarlyArticle",
    "review": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "article-magazine": "Article",
    "book": "Book",
    "chapter": "Chapter",
    "thesis": "Thesis",
    "report": "Report",
    "webpage": "WebPage",
    "post-weblog": "BlogPosting",
    "dataset": "Dataset",
    "motion_picture": "Movie",
    "software": "SoftwareApplication",
}


def plain(record: Record, name: str) -> str:
    """A field's text without the markup that CSL-JSON allows in it."""
    typed = record.get(name)
    if not typed:
        return ""
    text = str(typed)
    return " ".join((_TAG.sub("", text) if "<" in text else text).split())


def iso_date(record: Record, name: str = "issued") -> str:
    """`2013`, `2013-06` or `2013-06-03`; "" where there is no number."""
    date = record.get(name)
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    if not isinstance(parts, Sequence) or not parts or not parts[0]:
        return ""
    year, *rest = map(int, parts[0])
    return "-".join([f"{year:04d}", *[f"{part:02d}" for part in rest if 0 < part < 32]])


def address(record: Record) -> str:
    """Where the work is: its DOI as a URL, else its URL; "" if neither can be followed."""
    if doi := plain(record, "DOI"):
        return f"https://doi.org/{quote(doi, safe='/:;()._-', errors='replace')}"
    url = str(record.get("URL") or "").strip()
    return url if url.lower().startswith(("http://", "https://")) else ""


def coins(record: Record) -> str:
    """The `title` of a COinS span."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_described(record), *_creators(record)]
    if doi := plain(record, "DOI"):
        pairs.append(("rft_id", f"info:doi/{doi}"))
    elif url := address(record):
        pairs.append(("rft_id", url))
    pairs += [("rft.date", iso_date(record)), ("rft.isbn", plain(record, "ISBN"))]
    return "&".join([f"{name}={value.translate(_QUOTED)}" for name, value in pairs if value])


class _Quoted(dict[int, str]):
    """What `quote` makes of each character, unreserved ones but for themselves (RFC 3986, 2.3).

    As a table for `translate`, for `quote` looks at every byte of every value anew.
    """

    def __missing__(self, character: int) -> str:
        # A space is never a plus; a plus itself Zotero reads as a space whatever we do.
        self[character] = quote(chr(character), safe="", errors="replace")
        return self[character]


_QUOTED: Final = _Quoted()


def _described(record: Record) -> Iterator[tuple[str, str]]:
    """Format, genre and titles."""
    kind, title = str(record.get("type") or ""), plain(record, "title") or "Untitled"
    container, publisher = plain(record, "container-title"), plain(record, "publisher")
    if kind in _ARTICLES and container:
        yield from _journal(record, title, container)
    elif kind in _BOOKS:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
        yield "rft.genre", _BOOKS[kind]
        yield from (
            (("rft.atitle", title), ("rft.btitle", container))
            if container
            else (("rft.btitle", title),)
        )
        yield from _published(record, publisher)
    elif kind == "thesis":
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"
        yield from (("rft.title", title), ("rft.inst", publisher))
        yield "rft.degree", plain(record, "genre")
    elif kind == "patent":
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:patent"
        yield from (("rft.title", title), ("rft.number", plain(record, "number")))
    else:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", _ZOTERO_TYPES.get(kind, "document")
        yield from (("rft.title", title), ("rft.source", container))
        yield from (("rft.publisher", publisher), ("rft.identifier", address(record)))


def _journal(record: Record, title: str, container: str) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    yield from (("rft.genre", "article"), ("rft.atitle", title), ("rft.jtitle", container))
    for name in ("volume", "issue", "page", "ISSN"):
        term = "pages" if name == "page" else name.lower()
        yield f"rft.{term}", plain(record, name)


def _published(record: Record, publisher: str) -> Iterator[tuple[str, str]]:
    yield from (("rft.pub", publisher), ("rft.place", plain(record, "publisher-place")))
    yield from (("rft.edition", plain(record, "edition")), ("rft.pages", plain(record, "page")))
    yield "rft.series", plain(record, "collection-title")


def _creators(record: Record) -> Iterator[tuple[str, str]]:
    for name in record.get("author") or record.get("editor") or ():
        if group := name.get("literal"):
            yield "rft.aucorp", str(group)
        else:
            family, given = _family(name), str(name.get("given") or "")
            yield "rft.au", f"{family}, {given}" if given else family


def _family(name: Record) -> str:
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    family = str(name.get("family") or "")
    return f"{particle} {family}" if particle else family


# ── schema.org ───────────────────────────────────────────────────────────────────────────────────


def schema_work(record: Record) -> dict[str, Any]:
    """A work as a schema.org object."""
    work: dict[str, Any] = {
        "@type": _SCHEMA_TYPES.get(str(record.get("type") or ""), "CreativeWork"),
        "name": plain(record, "title"),
        "author": [schema_person(name) for name in record.get("author") or ()],
        "editor": [schema_person(name) for name in record.get("editor") or ()],
        "datePublished": iso_date(record),
        "pagination": plain(record, "page"),
        "isbn": plain(record, "ISBN") if record.get("type") == "book" else "",
        "isPartOf": _container(record),
        "publisher": _organisation(plain(record, "publisher")),
        "sameAs": address(record),
    }
    return {name: value for name, value in work.items() if value}


def schema_person(name: Record) -> dict[str, Any]:
    """A CSL name as Person or Organization."""
    if group := name.get("literal"):
        return {"@type": "Organization", "name": str(group)}
    person: dict[str, Any] = {"@type": "Person", "familyName": _family(name)}
    if given := name.get("given"):
        person["givenName"] = str(given)
    return person


def _organisation(name: str) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": name} if name else None


def _container(record: Record) -> dict[str, Any] | None:
    """Issue > volume > periodical of an article, the book of a chapter."""
    title = plain(record, "container-title")
    if not title:
        return None
    if record.get("type") == "chapter":
        return {"@type": "Book", "name": title}
    part: dict[str, Any] = {"@type": "Periodical", "name": title}
    if volume := plain(record, "volume"):
        part = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": part}
    if issue := plain(record, "issue"):
        part = {"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": part}
    return part
