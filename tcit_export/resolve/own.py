"""The document itself as a work: "Cite this article", and its date in words.

The record is made by the rules that BibTeX entries go through, so a review is cited exactly as an
entry about it would be (APA 7, 10.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from tcit_export.bibliography.library import Entry, RawEntry
from tcit_export.bibliography.rules.record import Record
from tcit_export.bibliography.rules.related import Relation, set_relation
from tcit_export.csl.item import Date, Item, Name
from tcit_export.csl.style import Locale
from tcit_export.model.document import Author, Labels, Metadata, PartialDate
from tcit_export.model.nodes import (
    Emph,
    Inline,
    Inlines,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
)
from tcit_export.model.walk import plain_text
from tcit_export.source import Source, Span

_MARKUP: Final[Mapping[type, tuple[str, str]]] = MappingProxyType(
    {
        Emph: ("<i>", "</i>"),
        Strong: ("<b>", "</b>"),
        Superscript: ("<sup>", "</sup>"),
        Subscript: ("<sub>", "</sub>"),
        SmallCaps: ("<sc>", "</sc>"),
    }
)


def own_item(
    metadata: Metadata, key: str, reviewed: Iterable[Entry], labels: Labels
) -> Item | None:
    """The document as a CSL item; None without the title and the author that a reference needs."""
    publication = metadata.publication
    responsible = metadata.authors or publication.container or publication.publisher
    if not metadata.title or not responsible:
        return None
    record = Record(_no_entry(key), {}, type=_type(metadata))
    record.put("title", _title(metadata))
    container = publication.container or publication.publisher
    record.put("container-title", container)
    if container != publication.publisher:
        record.put("publisher", publication.publisher)
    record.put("volume", publication.volume)
    record.put("issue", publication.issue)
    record.put("page", publication.pages.replace("--", "-"))
    record.put("DOI", publication.doi)
    record.put("URL", "" if publication.doi else publication.url)
    record.put("language", metadata.lang)
    if metadata.authors:
        record.names["author"] = tuple(_name(author) for author in metadata.authors)
    if metadata.date is not None:
        record.dates["issued"] = Date((_parts(metadata.date),))
    if not publication.container:
        record.put("tcit-title-addon", labels.web_article)
        record.flag("tcit-date-full")
    works = tuple(reviewed)
    if len(works) == 1:
        set_relation(record, Relation("reviewof", "", works[0].item))
    return record.item()


def _no_entry(key: str) -> RawEntry:
    nowhere = Span(0, 0)
    return RawEntry(key, "online", {}, Source("<front matter>", ""), nowhere, nowhere)


def _type(metadata: Metadata) -> str:
    """With a volume or pages it is in a journal, else on the web."""
    publication = metadata.publication
    if publication.container and (publication.volume or publication.issue or publication.pages):
        return "article-journal"
    return "webpage"


def _title(metadata: Metadata) -> str:
    title = _marked_up(metadata.title)
    subtitle = _marked_up(metadata.subtitle)
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":", "—")) else f"{title}: {subtitle}"


def _marked_up(content: Iterable[Inline]) -> str:
    """Inlines in CSL-JSON's small markup."""
    parts: list[str] = []
    for node in content:
        if isinstance(node, Str):
            parts.append(node.text)
        elif type(node) in _MARKUP and isinstance(
            node, (Emph, Strong, Superscript, Subscript, SmallCaps)
        ):
            before, after = _MARKUP[type(node)]
            parts.append(before + _marked_up(node.content) + after)
        elif isinstance(node, Inlines):
            parts.append(_marked_up(node.content))
        else:
            parts.append(plain_text([node]))
    return "".join(parts)


def _name(author: Author) -> Name:
    if author.literal:
        return Name(literal=author.literal)
    if not author.family:
        return Name(literal=author.given)
    return Name(author.family, author.given, suffix=author.suffix, comma_suffix=bool(author.suffix))


def _parts(date: PartialDate) -> tuple[int, ...]:
    return tuple(part for part in (date.year, date.month, date.day) if part)


def date_in_words(date: PartialDate | None, lang: str, locale: Locale) -> str:
    """ "January 2018": the month's name from the locale, the order from the language."""
    if date is None:
        return ""
    month = (locale.term(f"month-{date.month:02d}") or "") if date.month else ""
    if not month:
        return str(date.year) if not date.month else date.isoformat()
    language = lang.lower().split("-", maxsplit=1)[0]
    if not date.day:
        return f"{month} de {date.year}" if language in ("es", "pt") else f"{month} {date.year}"
    if lang.lower() in ("en", "en-us", "en-ca"):
        return f"{month} {date.day}, {date.year}"
    day = f"{date.day}."
    if language == "fr":
        day = "1er" if date.day == 1 else str(date.day)
    elif language in ("es", "pt"):
        return f"{date.day} de {month} de {date.year}"
    elif language not in ("de", "da", "nb", "nn", "no", "fi", "cs"):
        day = str(date.day)
    return f"{day} {month} {date.year}"
