"""Titles of pages as browsers show them: with the site's name and a label (APA 7, section 9.19).

Zotero and others take the title of a page from its window: `Depression | Mind`, where the site is
no part of the title; newspapers put the sort of a piece before it: `Opinion | Let them cry`.
"""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.rules.kind import site_name
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.patterns import late

_PAGES: Final = ("webpage", "article-magazine", "article-newspaper", "post-weblog")
_BAR: Final = " | "
_DASHES: Final = (" - ", " \u2013 ", " \u2014 ")
_LABEL: Final = late(r"(?:Opinion|Analysis|Perspective|Editorial|Review|Exclusive|Column) \| (?=.)")
_HOST: Final = late(r"https?://(?:www\.)?([^/]+)")


def without_site(record: Record, title: str) -> str:
    """The title without the name of its site behind a bar or dash, and without a label."""
    if record.type not in _PAGES or not any(sign in title for sign in (_BAR, *_DASHES)):
        return title
    for sign in (_BAR, *_DASHES):
        head, found, tail = title.rpartition(sign)
        if found and _balanced(tail) and _is_site(record, strip_markup(tail), loose=sign == _BAR):
            title = head
    return _LABEL.sub("", title, count=1) if _LABEL.match(title) else title


def _is_site(record: Record, tail: str, *, loose: bool) -> bool:
    """Whether these are the words of the site or of the group that wrote the page.

    loose: they may also be a part of the name, or begin with what the address has.
    """
    words = fold(tail)
    names = [fold(strip_markup(site_name(record))), fold(record.text("author"))]
    if not words or words in names:
        return bool(words)
    if not loose:
        return False
    host = _HOST.match(record.verbatim("url"))
    labels = fold(host[1]) if host else ""
    first = fold(re.split(r"[: (-]", tail)[0])
    named = (words in name or (len(name) > 3 and words.startswith(name)) for name in names)
    return any(len(words) > 3 and each for each in named) or (
        len(first) > 2 and labels.startswith(first)
    )


def _balanced(rich: str) -> bool:
    return rich.count("<span") + rich.count("<i>") == rich.count("</")
