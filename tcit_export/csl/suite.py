"""`python -m tcit_export.csl.suite`: the CSL test suite's side of the conversation.

One JSON request per line on standard input, one JSON reply per line on standard output;
the protocol stands at the top of the suite's runner.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.item import Item
from tcit_export.csl.load import load_style
from tcit_export.csl.output import Block, Content, to_html
from tcit_export.csl.processor import Citation, CitationItem, Place, process
from tcit_export.csl.style import Locale, Style

_NOTHING = "[CSL STYLE ERROR: reference with no printed form.]"


def main() -> None:
    """Answer requests until the input ends."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = {"id": request["id"], "result": render(request)}
        except Exception as error:  # the runner asks for a reply whatever happens
            reply = {"id": request["id"], "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


def render(request: Mapping[str, Any]) -> str:
    """The result of one request."""
    style = load_style(request["csl"])
    if "nosort" in (request.get("submode") or ()) and style.bibliography is not None:
        style = replace(style, bibliography=replace(style.bibliography, sort=()))
    locale = resolve_locale(style, _provider(request.get("locales_dir")))
    items = _items(request)
    if request["mode"] == "bibliography":
        return _bibliography(request, style, locale, items)
    return _citations(request, style, locale, items)


def _provider(directory: str | None) -> Callable[[str], bytes | None]:
    return lambda lang: _locale_file(directory, lang) if directory else None


@lru_cache(maxsize=128)
def _locale_file(directory: str, lang: str) -> bytes | None:
    path = Path(directory) / f"locales-{lang}.xml"
    return path.read_bytes() if path.is_file() else None


def _items(request: Mapping[str, Any]) -> list[Item]:
    """The registered items: an id given twice keeps its place and its last content."""
    found: dict[str, Item] = {}
    for data in request["input"]:
        item = _abbreviated(Item.from_json(data), request.get("abbreviations"))
        found[item.id] = item
    entries = request.get("bibentries")
    if entries:
        return [found[str(key)] for key in entries[-1] if str(key) in found]
    document = request.get("document")
    if document is not None:
        cited = dict.fromkeys(
            str(c["id"]) for cluster in document for c in cluster["citationItems"]
        )
        return [found[key] for key in cited if key in found]
    return list(found.values())


def _abbreviated(item: Item, abbreviations: Mapping[str, Any] | None) -> Item:
    """Short forms from a list of abbreviations, where the item has none of its own."""
    if not abbreviations:
        return item
    fields = dict(item.fields)
    for variable, forms in abbreviations.get("default", {}).items():
        short = forms.get(fields.get(variable, "")) if isinstance(forms, Mapping) else None
        if isinstance(short, str):
            fields.setdefault(f"{variable}-short", short)
    return Item(item.id, item.type, fields, item.names, item.dates)


def _cite(data: Mapping[str, Any], *, placed: bool) -> CitationItem:
    mode = "normal"
    if data.get("suppress-author"):
        mode = "suppress-author"
    elif data.get("author-only"):
        mode = "author-only"
    first_note = data.get("first-reference-note-number")
    return CitationItem(
        str(data["id"]),
        locator=str(data.get("locator") or ""),
        label=str(data.get("label") or "page"),
        prefix=str(data.get("prefix") or ""),
        suffix=str(data.get("suffix") or ""),
        mode=mode,  # type: ignore[arg-type]
        place=Place(int(data.get("position") or 0), bool(data.get("near-note")),
                    int(first_note) if first_note else 0) if placed else None,
    )  # fmt: skip


def _documents(request: Mapping[str, Any], items: Sequence[Item]) -> list[Citation]:
    """The citations of a request, in order."""
    document, lists = request.get("document"), request.get("citation_items")
    if document is not None:
        return [
            Citation(
                tuple(_cite(cite, placed=False) for cite in cluster["citationItems"]),
                int((cluster.get("properties") or {}).get("noteIndex") or 0),
            )
            for cluster in document
        ]
    if lists:
        return [Citation(tuple(_cite(cite, placed=True) for cite in cites)) for cites in lists]
    return []


def _citations(
    request: Mapping[str, Any], style: Style, locale: Locale, items: Sequence[Item]
) -> str:
    citations = _documents(request, items)
    if not citations:
        ordered = process(style, locale, items, bibliography=False).session.ids
        citations = [Citation(tuple(CitationItem(key, place=Place()) for key in ordered))]
    result = process(style, locale, items, citations, bibliography=False)
    return "\n".join(to_html(content) or _NOTHING for content in result.citations)


def _bibliography(
    request: Mapping[str, Any], style: Style, locale: Locale, items: Sequence[Item]
) -> str:
    result = process(style, locale, items, _documents(request, items))
    wanted = _wanted(request)
    keys = [key for key in result.session.ids if wanted is None or key in wanted]
    shown = (entry.output for entry in result.session.bibliography(keys) if entry.output)
    entries = "".join(f"  {_entry(output)}\n" for output in shown)
    return f'<div class="csl-bib-body">\n{entries}</div>'


def _entry(content: Content) -> str:
    html = to_html(content)
    if any(isinstance(node, Block) for node in content):
        html = f"\n    {html}\n  "
    return f'<div class="csl-entry">{html}</div>'


def _wanted(request: Mapping[str, Any]) -> frozenset[str] | None:
    """The ids that the section of the bibliography is to show; None for all.

    The others are part of the document still: numbers and letters count them.
    """
    section = request.get("bibsection")
    if not section:
        return None
    works = {str(data.get("id", "")): data for data in request["input"]}
    return frozenset(key for key, data in works.items() if _is_wanted(data, section))


def _is_wanted(data: Mapping[str, Any], section: Mapping[str, Any]) -> bool:
    """bibsection: select (all match), include (any), exclude (none), quash (not all)."""

    def matches(test: Mapping[str, Any]) -> bool:
        value, wanted = data.get(test["field"]), test["value"]
        return wanted in value if isinstance(value, list) else str(value or "") == str(wanted)

    for name, verdict in (("select", all), ("include", any)):
        if section.get(name) and not verdict(matches(test) for test in section[name]):
            return False
    if section.get("exclude") and any(matches(test) for test in section["exclude"]):
        return False
    return not (section.get("quash") and all(matches(test) for test in section["quash"]))


if __name__ == "__main__":
    main()
