"""What Zotero and Better BibTeX write in fields that mean something else (APA 7, chapter 10).

BibTeX has no place for the name of a site, the section of a newspaper or the series of a podcast;
these programs have found one each. All of it is put where the rules look for it.

| item | they write | becomes |
|--|--|--|
| web page, post | `titleaddon = {Verywell Mind}` | `organization` |
| newspaper article | `journalsubtitle = {Books}` (the section, which APA leaves out) | nothing |
| any | `type = {Text}`, of a repository's record | nothing |
| film | `type = {Drama}`, the genre | nothing |
| film | `@misc` with the studio as `publisher` | `@movie` |
| any | `eprinttype = {pmid}`, who has given a number | nothing |
| any | `{\\{}Freud{\\}}` in titles, Mendeley's idea of braces | `{Freud}` |
| podcast | `@audio` with `series` or `titleaddon` | an episode of `maintitle` |
| any | `@podcast`, `@journalArticle`: types BibTeX has other names for | its own |
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tcit_export.bibliography.library import Field, RawEntry
from tcit_export.patterns import late

_ZOTERO_KEY: Final = re.compile(r"[^\W\d_][^\W_]*(?:[_-][^\W_]+)*_(?:\d{4}|nodate)(?:-\d+)?")
"""The keys of Zotero's own translators: `rogers_necessary_1957`, `noauthor_what_nodate`."""
_BETTER_KEY: Final = late(r"[a-z\u00df-\u00ff]+(?:[A-Z][a-z]*|\d)+[a-z]?")
"""The keys of Better BibTeX: `vanderkolkDevelopmentalTraumaDisorder2005`."""
_NOBODY: Final = re.compile(
    r"[{\[]*(?:no (?:authorship indicated|authors? listed|author)|authors?,? no|listed, no authors|"
    r"indicated, no authorship|author unknown|unknown author)[}\].]*",
    re.IGNORECASE,
)
"""What databases say for an author: PsycINFO's and PubMed's words among them."""
_SITES: Final = ("organization", "publisher", "eprinttype", "journaltitle", "website")
_REGISTRIES: Final = frozenset("pmid pubmed pmcid medline jstor googlebooks".split())
"""What `eprinttype` says that a number is counted by; none is a site that publishes."""
_DESCRIBED: Final = late(
    r"\b(?:post|tweet|update|attached|page|video|thread|comment|profile|image|slides|infographic|"
    r"article|review|release|report|map|blog|transcript|status|interview)s?$",
    re.IGNORECASE,
)
"""What ends a description in brackets, and hardly the name of a site."""
_FILM: Final = late(r"\b(?:film|movie|picture|video|series|episode|trailer|dvd|cartoon)\b", re.I)
"""What a film may be, and not its genre (`Drama`), which is all that Zotero asks for."""
_STUDIO: Final = (" Film", " Films", " Pictures", " Filmproduktion")
_NO_FILM: Final = frozenset(
    "url doi howpublished type journal booktitle pages note titleaddon entrysubtype".split()
)
"""Zotero's films are @misc in BibTeX, and have hardly more than who made them."""
PODCAST_EPISODE: Final = "audio podcast episode"
PODCAST: Final = "audio podcast"
_TYPED_BY_HAND: Final = {
    "podcast": "audio",
    "film": "movie",
    "dissertation": "phdthesis",
    "bookchapter": "incollection",
    "booksection": "incollection",
    "journalarticle": "article",
    "conferencepaper": "inproceedings",
}
"""Types that BibTeX has other names for; Zotero's own names among them."""


_NO_DESCRIPTIONS: Final = frozenset(["text", "document", "generic"])
"""What repositories call anything that is written."""


def from_zotero(entry: RawEntry) -> bool:
    """Whether the key is one that Zotero's own translators make."""
    return _ZOTERO_KEY.fullmatch(entry.key) is not None


def from_reference_manager(entry: RawEntry) -> RawEntry:
    """The entry with every field where the rules expect it; itself, where all are."""
    if r"{\{}" in entry.get("title") + entry.get("booktitle"):
        entry = _unescaped(entry)
    author = entry.fields.get("author")
    if author is not None and _NOBODY.fullmatch(author.value):
        entry = _without(entry, "author")
    registry = entry.fields.get("eprinttype")
    if registry is not None and registry.value.strip("{}").lower() in _REGISTRIES:
        entry = _without(entry, "eprinttype")
    if entry.get("type").strip("{}").lower() in _NO_DESCRIPTIONS:
        entry = _without(entry, "type")
    if entry.type in _TYPED_BY_HAND:
        podcast = entry.type == "podcast"
        entry = replace(entry, type=_TYPED_BY_HAND[entry.type])
        return _as_podcast(entry, told=True) if podcast else entry
    match entry.type:
        case "online" if "titleaddon" in entry.fields:
            return _with_site(entry)
        case "article" if "journalsubtitle" in entry.fields:
            section = entry.get("entrysubtype").lower() == "newspaper"
            return _without(entry, "journalsubtitle") if section else entry
        case "movie" if "type" in entry.fields:
            return entry if _FILM.search(entry.get("type")) else _without(entry, "type")
        case "misc" if entry.get("publisher").rstrip("}").endswith(_STUDIO):
            printed = not _NO_FILM.isdisjoint(entry.fields)
            return entry if printed else replace(entry, type="movie")
        case "audio" if "entrysubtype" not in entry.fields:
            return _as_podcast(entry)
        case _:
            return entry


def _unescaped(entry: RawEntry) -> RawEntry:
    r"""Mendeley takes the braces of a .bib file for text: `{\{}Freud{\}}` was {Freud}."""
    fields = dict(entry.fields)
    for name in ("title", "booktitle", "shorttitle"):
        field = fields.get(name)
        if field is not None and field.value.count(r"{\{}") == field.value.count(r"{\}}"):
            value = field.value.replace(r"{\{}", "{").replace(r"{\}}", "}")
            fields[name] = field._replace(value=value)
    return replace(entry, fields=fields)


def _with_site(entry: RawEntry) -> RawEntry:
    """9.33: the name of the site, where `titleaddon` cannot be a description."""
    addon = entry.get("titleaddon").strip(" {}")
    exported = from_zotero(entry) or _BETTER_KEY.fullmatch(entry.key)
    named = any(name in entry.fields for name in _SITES)
    if not exported or named or not addon[:1].isupper() or _DESCRIBED.search(addon):
        return entry
    return _moved(entry, "titleaddon", "organization")


def _as_podcast(entry: RawEntry, *, told: bool = False) -> RawEntry:
    """10.13, Examples 93-94: an episode, if there is a series; the podcast itself otherwise."""
    where = ("series", "titleaddon", "title", "url", "type", "publisher")
    aired = "series" in entry.fields and "url" in entry.fields and entry.get("date").count("-") == 2
    if not (told or aired) and not any("podcast" in entry.get(name).lower() for name in where):
        return entry
    series = next((name for name in ("series", "titleaddon", "booktitle") if entry.get(name)), "")
    span = entry.fields.get("title")
    if span is None or "maintitle" in entry.fields or "entrysubtype" in entry.fields:
        return entry
    kind = PODCAST_EPISODE if series else PODCAST
    fields = dict(entry.fields)
    fields["entrysubtype"] = Field("entrysubtype", kind, span.name_span, span.value_span)
    entry = replace(entry, fields=fields)
    return _moved(entry, series, "maintitle") if series else entry


def _moved(entry: RawEntry, name: str, to: str) -> RawEntry:
    fields = dict(entry.fields)
    fields[to] = fields.pop(name)._replace(name=to)
    return replace(entry, fields=fields)


def _without(entry: RawEntry, name: str) -> RawEntry:
    return replace(entry, fields={key: f for key, f in entry.fields.items() if key != name})
