"""What a work is alphabetised by (APA 7, sections 9.44-9.49).

APA compares letter by letter and lets nothing come before something: blanks, hyphens, apostrophes
and accents do not count inside a name, and the shorter list of authors goes first. The keys
are made of letters, with 0 (before every letter) between family and given names and authors.
"""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.rules.contributors import initials
from tcit_export.bibliography.rules.kind import BOOK_PARTS
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.csl.item import Name
from tcit_export.patterns import late

_ARTICLES: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_OTHER_ARTICLES: Final = {
    "de": late(r"^(?:der|die|das|ein|eine)\s+", re.IGNORECASE),
    "fr": late(r"^(?:le|la|les|une?)\s+|^l[’']", re.IGNORECASE),
    "es": late(r"^(?:el|la|los|las|una?)\s+", re.IGNORECASE),
}


def set_sort_keys(record: Record) -> None:
    """9.44: by the names at the author's place, else (9.49) by the title."""
    title = _sortable_title(record)
    names = record.names.get("author", ())
    if not names and record.type not in BOOK_PARTS:
        names = record.names.get("editor", ())
    typed = record.text("sortname", "sortkey", "key" if not names else "sortkey")
    key = fold(typed) if typed else "0".join(_sortable_name(name) for name in names)
    record.put("tcit-sort-author", key or title)
    record.put("tcit-sort-title", fold(record.text("sorttitle")) or title)


def _sortable_name(name: Name) -> str:
    if name.literal:
        return fold(_ARTICLES.sub("", name.literal))
    family = fold(name.non_dropping_particle + name.family)
    given = fold(initials(name.given) + name.suffix)
    return f"{family}0{given}" if given else family


def _sortable_title(record: Record) -> str:
    """9.49: without the article it begins with."""
    title = strip_markup(record.fields.get("title", record.fields.get("tcit-title-addon", "")))
    language = record.language[:2].lower() if record.language.islower() else ""
    article = _OTHER_ARTICLES.get(language, _ARTICLES)
    return fold(article.sub("", title.lstrip("“\"'‘([")))
