"""Citations as Word's own fields and as Zotero's: the code behind the text that is shown.

`links` (the default) needs no field. The other two hand the citation over to a program:

- Word's References tab knows `CITATION tag` in a content control (ECMA-376, 17.16.5.8) beside the
  sources in `customXml` (22.6), and `BIBLIOGRAPHY` for the list.
- Zotero's plug-in knows ` ADDIN ZOTERO_ITEM CSL_CITATION {json} ` with the works' data inside, and
  ` ADDIN ZOTERO_BIBL {json} CSL_BIBLIOGRAPHY ` for the list.

The field's text is always ours. Both programs put their own there when told to update. They know
no narrative citations: of "Kahn and Fromm (2001)" the field is "(2001)", its author suppressed, as
their own manuals tell people to do. Inside a field the works stay links to their entries, as in
`links`, until somebody updates it. A full reference in the text has no counterpart among fields,
nor has a work without a record: those stay as they are in `links`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tcit_export.model.nodes import Cite, CiteItem, CiteMode, Locator, ReferenceEntry
from tcit_export.model.options import Citations
from tcit_export.model.walk import plain_text
from tcit_export.writers.docx_bookmarks import bookmark_name
from tcit_export.writers.docx_build import Build
from tcit_export.writers.docx_languages import lcid
from tcit_export.writers.ooxml import writable

_SCHEMA: Final = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_APA: Final = "http://www.zotero.org/styles/apa"
_ZOTERO_LABELS: Final = {"sub-verbo": "sub verbo"}
"""CSL's names of locators that Zotero spells otherwise."""
_PLAIN_TAG: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,39}")


def source_tag(key: str) -> str:
    """The `b:Tag` of a work in Word's sources, one for each key; Word allows no blanks in it."""
    return key if _PLAIN_TAG.fullmatch(key) else bookmark_name(key)


def zotero_id(key: str) -> str:
    """The id of a work in a Zotero field."""
    return f"tcit/{key}"


def is_field(build: Build, cite: Cite) -> bool:
    """Whether a citation can be a live field in the chosen mode."""
    if build.options.citations is Citations.LINKS or not cite.items:
        return False
    if any(item.mode is CiteMode.FULL for item in cite.items):
        return False
    missing = [item.key for item in cite.items if not build.works_data(item.key)]
    for key in missing:
        build.problem(f"`{key}` has no record, so its citation is no live field")
    return not missing


def narrative_split(cite: Cite, shown: str) -> int:
    """Where the field of a narrative citation begins: at its parenthesis; 0 for all others."""
    first, *others = cite.items
    if first.mode is not CiteMode.AUTHOR_IN_TEXT:
        return 0
    if any(item.mode is CiteMode.AUTHOR_IN_TEXT for item in others):
        return 0
    return _last_parenthesis(shown)


def _last_parenthesis(shown: str) -> int:
    """Where the parenthesis begins that ends the text: of "WHO (Geneva) (2020)", the second."""
    depth = 0
    for place in range(len(shown) - 1, 0, -1):
        if shown[place] in ")]":
            depth += 1
        elif shown[place] in "([":
            depth -= 1
        if depth == 0:
            opens = shown[place] in "([" and shown[place - 1].isspace()
            return place if opens else 0
    return 0


def field_code(build: Build, cite: Cite, shown: str, without_author: bool) -> str:
    """The instruction of a citation's field, in the chosen mode."""
    build.citations += 1
    if build.options.citations is Citations.WORD:
        return _word_code(build, cite, without_author)
    return _zotero_code(build, cite, shown, without_author)


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────


def _word_code(build: Build, cite: Cite, without_author: bool) -> str:
    """` CITATION a \\p 3 \\l 1033 \\m b `: the language is the first work's only."""
    first, *others = cite.items
    language = f"\\l {lcid(build.document.metadata.lang)}"
    parts = [f"CITATION {source_tag(first.key)}", *_switches(first, without_author), language]
    for item in others:
        parts += [f"\\m {source_tag(item.key)}", *_switches(item, False)]
    return f" {' '.join(parts)} "


def _switches(item: CiteItem, without_author: bool) -> list[str]:
    """What stands before and after a work, its pages, and whether its author is left out."""
    prefix, suffix = plain_text(item.prefix), plain_text(item.suffix)
    switches = []
    if without_author or item.mode is CiteMode.SUPPRESS_AUTHOR:
        switches += ["\\n", "\\t"]  # of a work without an author Word names the title, if it may
    if prefix.strip():
        switches.append(f"\\f {_quoted(prefix.rstrip() + ' ')}")
    match item.locator:
        case Locator("page", value):
            switches.append(f"\\p {_quoted(value)}")
        case Locator(label, value):
            suffix = f", {label} {value}{suffix}"
        case None:
            pass
    if suffix.strip():
        switches.append(f"\\s {_quoted(suffix)}")
    return switches


def _quoted(text: str) -> str:
    """A field argument; plain words need no quotation marks (17.16.3)."""
    text = " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split(" "))
    return text if re.fullmatch(r"[\w.\u2013-]+", text) else f'"{text}"'


def word_bibliography_code(lang: str) -> str:
    """The instruction of Word's list."""
    return f" BIBLIOGRAPHY \\l {lcid(lang)} "


# ── Zotero ───────────────────────────────────────────────────────────────────────────────────────


def zotero_uris(entries: Iterable[ReferenceEntry]) -> dict[str, str]:
    """Key -> the URI Zotero knows a work by: its DOI, unless two works share it."""
    dois: dict[str, str] = {}
    taken: dict[str, int] = {}
    for entry in entries:
        if entry.key not in dois:
            doi = str(entry.data.get("DOI") or "").strip().lower()
            dois[entry.key] = doi
            taken[doi] = taken.get(doi, 0) + 1
    return {
        key: f"https://doi.org/{doi}" if doi and taken[doi] == 1 else f"urn:tcit-export:{key}"
        for key, doi in dois.items()
    }


def _zotero_code(build: Build, cite: Cite, shown: str, without_author: bool) -> str:
    """The leading blank is part of the name the plug-in looks for."""
    data = {
        "citationID": f"tc{build.citations:06d}",
        "properties": {
            "formattedCitation": shown,
            "plainCitation": shown,
            "noteIndex": build.in_note,
        },
        "citationItems": [
            _zotero_item(
                item,
                build.works_data(item.key),
                build.uris[item.key],
                without_author and item is cite.items[0],
            )
            for item in cite.items
        ],
        "schema": _SCHEMA,
    }
    return f" ADDIN ZOTERO_ITEM CSL_CITATION {_json(data)} "


def _zotero_item(
    item: CiteItem, record: Mapping[str, Any], uri: str, without_author: bool
) -> dict[str, Any]:
    identifier = zotero_id(item.key)
    result: dict[str, Any] = {
        "id": identifier,
        "uris": [uri],
        "itemData": {**record, "id": identifier},
    }
    if item.locator:
        label = item.locator.label
        result |= {"locator": item.locator.value, "label": _ZOTERO_LABELS.get(label, label)}
    if prefix := plain_text(item.prefix):
        result["prefix"] = prefix
    if suffix := plain_text(item.suffix):
        result["suffix"] = suffix
    if without_author or item.mode is CiteMode.SUPPRESS_AUTHOR:
        result["suppress-author"] = True
    return result


def zotero_bibliography_code(uncited: Iterable[str]) -> str:
    """The instruction of Zotero's list; `uncited` are URIs of works that no field cites."""
    data = {"uncited": [[uri] for uri in uncited], "omitted": [], "custom": []}
    return f" ADDIN ZOTERO_BIBL {_json(data)} CSL_BIBLIOGRAPHY "


def zotero_preferences(build: Build) -> str:
    """The document's settings for Zotero, version 3 of their XML."""
    from uuid import NAMESPACE_URL, uuid5
    from xml.sax.saxutils import quoteattr  # loads all that fetches addresses

    document = build.document
    name = document.metadata.slug or plain_text(document.metadata.title)
    session = uuid5(NAMESPACE_URL, writable(name))
    locale = quoteattr(writable(document.metadata.locale or document.metadata.lang))
    style = quoteattr(writable(document.style_id or _APA))
    return (
        f'<data data-version="3" zotero-version="7.0.0"><session id="{session.hex[:8]}"/>'
        f'<style id={style} locale={locale} hasBibliography="1"'
        ' bibliographyStyleHasBeenSet="1"/>'
        '<prefs><pref name="fieldType" value="Field"/></prefs></data>'
    )


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
