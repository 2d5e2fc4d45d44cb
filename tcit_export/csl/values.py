"""Variables of an item and of the cite it stands in, as texts."""

from __future__ import annotations

import re

from tcit_export.csl.context import Context
from tcit_export.csl.initials import parts_of
from tcit_export.csl.numbers import split_label
from tcit_export.csl.rich import strip_markup

ALIASES = {
    "event": "event-title",
    "event-title": "event",
    "title-short": "shortTitle",
    "container-title-short": "journalAbbreviation",
}
"""Variables that CSL or its writers have renamed: the one name finds what the other holds."""


def cite_value(ctx: Context, name: str) -> str:
    """A variable as a text, those of the cite included."""
    match name:
        case "locator":
            return ctx.locator
        case "citation-number":
            return str(ctx.number) if ctx.number else ""
        case "year-suffix":
            return ctx.year_suffix
        case "citation-label":
            return ctx.field(name) or citation_label(ctx)
        case "first-reference-note-number":
            return ctx.first_note
        case "page":
            return page_numbers(ctx.field(name))
        case "page-first":
            return ctx.field(name) or first_page(page_numbers(ctx.field("page")))
        case _:
            return ctx.field(name) or ctx.field(ALIASES.get(name, ""))


def page_numbers(page: str) -> str:
    """The pages without a label typed before them: `pp. 3-5` is `3-5`."""
    if "." in page:
        located = split_label(page)
        if located is not None and located.label == "page":
            return located.text
    return page


def first_page(page: str) -> str:
    """The first page of a range."""
    for place, char in enumerate(page):
        if char in "-–—,&" and place and page[place - 1] != "\\":
            return page[:place].strip().replace("\\-", "-")
    return page.replace("\\-", "-")


_DIGITS = re.compile(r"[0-9]+")


def number_sort_text(value: str) -> str:
    """The first number in it, padded so that it sorts as one; text without any as it is."""
    found = _DIGITS.search(value)
    return found.group().lstrip("0").rjust(12, "0") if found is not None else value.strip()


def citation_label(ctx: Context) -> str:
    """A label like `Asth00`: letters of the family names and the year (citation-label)."""
    names = ctx.names.get("author") or ctx.names.get("editor") or ()
    words = [strip_markup(parts_of(name).family) for name in names[:4]]
    words = words or [strip_markup(ctx.field("title")).capitalize()]
    lengths = _LABEL_LETTERS[len(words)]
    letters = (
        "".join(filter(str.isalnum, word))[:length]
        for word, length in zip(words, lengths, strict=True)
    )
    date = ctx.dates.get("issued")
    year = date.date_parts[0][0] % 100 if date and date.date_parts else 0
    return f"{''.join(letters)}{year:02}"


_LABEL_LETTERS = {1: (4,), 2: (2, 2), 3: (2, 1, 1), 4: (1, 1, 1, 1)}


def number_term(variable: str) -> str:
    """The term that labels a number variable: `page` for `page-first` and so on."""
    return {
        "page-first": "page",
        "number-of-volumes": "volume",
        "number-of-pages": "page",
    }.get(variable, variable)
