"""Editions of the PDF from one source: which style sheets make them, in which order.

A theme gives the variables, `print.css` the rules, an edition changes both; the settings come last.
All of them are files in `templates/`, so a user can read and replace each one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from markupsafe import escape

from tcit_export.model.document import Resource
from tcit_export.model.options import Edition, Options, Paper
from tcit_export.templates import Templates
from tcit_export.writers.direction import is_right_to_left
from tcit_export.writers.html import COLOUR, style_sheet

OWN_SCHEME: Final = "tcit:own/"
"""Pictures that the options add: they are no part of the document."""
_EDITION_SHEETS: Final = {
    Edition.HANDOUT: (),
    Edition.LARGE_PRINT: ("large-print.css",),
    Edition.BOOKLET: ("booklet.css",),
    Edition.FACT_SHEET: ("fact-sheet.css",),
}
_SHEET_INCHES: Final = {Paper.LETTER: (8.5, 11.0), Paper.A4: (210 / 25.4, 297 / 25.4)}
FACT_SHEET_SIZES: Final = (10.5, 10.0, 9.5, 9.0, 8.5)
"""Points of text to try until a fact sheet fits one page; below, nobody reads it on paper."""


def suffix(edition: Edition) -> str:
    """How the file's name ends, after the document's slug."""
    return ".pdf" if edition is Edition.HANDOUT else f"-{edition.value}.pdf"


def style_sheets(
    options: Options, templates: Templates, rules: Mapping[str, str], lang: str = "en"
) -> tuple[str, ...]:
    """All style sheets of an edition for a document in a language, in cascade order."""
    names = [f"theme-{options.theme.value}.css", "print.css"]
    if is_right_to_left(lang):
        names.append("right-to-left.css")
    if options.duplex and options.edition is not Edition.BOOKLET:
        names.append("duplex.css")
    names += _EDITION_SHEETS[options.edition]  # after duplex: some have no column for headings
    if options.cover and options.edition is not Edition.FACT_SHEET:
        names.append("cover.css")
    sheets = tuple(style_sheet(templates, name, {}) for name in names)
    own = "".join(f".{name}{{{declarations}}}" for declarations, name in rules.items())
    return (*sheets, own + " ".join(_settings(options)))


def _settings(options: Options) -> Iterator[str]:
    """What the options say, as CSS. Raises ValueError for an accent that is no colour."""
    yield f"@page {{ size: {_page_size(options)}; }}"
    if options.accent:
        if not COLOUR.fullmatch(options.accent):
            raise ValueError(f"no colour: {options.accent!r}")
        yield f":root {{ --accent: {options.accent}; }}"
    if options.text_size:
        yield f":root {{ --text-size: {options.text_size:g}pt; }}"
    if options.watermark:
        yield (f'@page {{ background: url("{OWN_SCHEME}watermark") no-repeat center / contain; }}')


def _page_size(options: Options) -> str:
    """A booklet's pages are half a sheet."""
    if options.edition is not Edition.BOOKLET:
        return options.paper.value
    width, height = _SHEET_INCHES[options.paper]
    return f"{height / 2:.5f}in {width:.5f}in"


def body_class(options: Options) -> str:
    """What stands for italics, where they are not wanted."""
    is_large = options.edition is Edition.LARGE_PRINT
    return f"tcit-{options.emphasis.value}" if is_large else ""


def own_pictures(options: Options) -> dict[str, Resource]:
    """The watermark and the logo, by the names that the style sheet and the template use."""
    pictures: dict[str, Resource] = {}
    if options.watermark:
        pictures["watermark"] = _watermark(options.watermark)
    if options.logo is not None:
        pictures["logo"] = replace(options.logo, name="logo")
    return pictures


def _watermark(word: str) -> Resource:
    """The word in light grey from corner to corner."""
    size = min(150, round(1100 / max(len(word), 4)))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="612" height="792" viewBox="0 0 612 792">'
        f'<text x="306" y="{396 + size * 0.35:.0f}" text-anchor="middle" font-size="{size}" '
        'font-family="Source Sans Pro" font-weight="700" fill="#e9ebec" '
        f'transform="rotate(-52 306 396)">{escape(word)}</text></svg>'
    )
    return Resource("watermark", svg.encode("utf-8"), "image/svg+xml", 612, 792)
