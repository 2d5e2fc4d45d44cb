"""Talks, posters and sessions: what was presented, and at which event (APA 7, section 10.5)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.rules.record import OTHER_TYPES, Record, fold
from tcit_export.patterns import late

_PRESENTED: Final = re.compile(
    r"^\W*(?:invited |contributed |oral |guest )?"
    r"(?P<what>paper|poster|talk|keynote(?: address)?|lecture|symposium|"
    r"workshop|presentation|session)(?: session| presentation)?"
    r"(?:\s+(?:was\s+)?(?:presented|given|delivered|held|conducted))?"
    r"\s+(?:at|to|for)\s+(?:the\s+)?(?P<where>.+?)\W*$",
    re.IGNORECASE | re.DOTALL,
)


_EVENT: Final = late(r"\b(?:Conference|Congress|Convention|Meeting|Symposium|Colloquium)\b")
_PRESENTATION: Final = late(
    r"(?:(?P<whole>(?:conference|oral) (?:presentation|session))|"
    r"(?:conference |oral )?(?P<what>paper|poster|symposium|keynote(?: address)?)"
    r"(?: presentation| session)?)\.?",
    re.IGNORECASE,
)
"""What a talk's note says where the conference stands as a book's title."""
_SURELY: Final = late(r"\b(?:presentation|session|poster|keynote)\b", re.IGNORECASE)
"""Behind these a name is that of a conference, whatever its words: `Poster session, EABCT`."""


_UNNAMED: Final = late(r"(?:(?:same|annual) )?(?:conference|congress|convention|meeting)", re.I)


def presented_at(record: Record) -> tuple[str, str] | None:
    """10.5: what was presented and at which event, from `Paper presented at the …, Chicago`."""
    for name in ("howpublished", "note", "type", "booktitle", "journaltitle"):
        found = _PRESENTED.match(record.rich(name))
        if found:
            where = found.group("where")
            if _UNNAMED.fullmatch(where):
                where = record.rich("eventtitle", "booktitle", "organization") or where
            return found.group("what"), where
    return _presented_in_parts(record)


def _presented_in_parts(record: Record) -> tuple[str, str] | None:
    """The kind of talk in one place, the conference behind a comma or in another field."""
    printed = record.has("publisher", "pages", "editor")
    where = "" if printed else record.rich("eventtitle", "booktitle")
    where = where or (record.rich("organization") if record.entry.type in OTHER_TYPES else "")
    for name in ("howpublished", "note", "type"):
        text = record.text(name).strip("[] ")
        what, comma, event = text.partition(", ")
        told = comma and (_EVENT.search(event) or (_SURELY.search(what) and event[:1].isupper()))
        found = _PRESENTATION.fullmatch(what if told else text)
        if not found:
            continue
        where = event if comma else where or _event_beside(record, name)
        if where:
            return found["whole"] or found["what"], where
    return None


def _event_beside(record: Record, described: str) -> str:
    """The conference where it has no field of its own: `note = {Autumn Congress, Oslo}`."""
    if record.entry.type not in OTHER_TYPES | {"unpublished"} or record.has("pages", "editor"):
        return ""
    fields = ("note", "howpublished", "publisher")
    texts = (record.rich(name) for name in fields if name != described and record.has(name))
    return next((text.rstrip(". ") for text in texts if _EVENT.search(text)), "")


def only_presented(record: Record) -> bool:
    """10.5: a conference is told, but nothing that its papers would have been printed in."""
    if not record.has("eventtitle"):
        return False
    book = fold(record.text("booktitle"))
    if book not in ("", fold(record.text("eventtitle"))) or "proceedings" in book:
        return False
    return not record.has("journaltitle", "maintitle", "pages", "editor", "publisher", "doi")
