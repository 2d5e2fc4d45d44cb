"""What people copy from reference lists into a field, taken apart again (APA 7, 9.19, 9.28, 10.6).

| field | typed | becomes |
|--|--|--|
| `journal` | `Patience, 12(3), 4-9`, `Patience (in press)` | the name, `volume`, `pages`, ... |
| `title`, `booktitle` | `Waiting (2nd ed., Vol. 3)` | the title, `edition`, `volume` |
| `booktitle` | `Waiting (pp. 3-9)` | the title, `pages` |
| `title` | `Waiting (E. Lund, Trans.)` | the title, and a note that tells who |
| `title` | `Waiting (Report No. 12)` | the title, and a note that is the number |
| `title` | `Waiting [Doctoral dissertation, Harbor University]` | a thesis with its school |
| `booktitle` | `E. Lund (Ed.), Waiting` | `editor` and the title |
| `chapter` | `Lines`, of an @inbook whose title is the book's | `title` and `booktitle` |
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tcit_export.bibliography.library import Field, RawEntry
from tcit_export.bibliography.rules.wording import NUMBERED_DOCUMENT
from tcit_export.patterns import late

_COUNTED: Final = tuple("0123456789)")
_BOOKS: Final = frozenset("book collection mvbook manual reference".split())
_PARTS: Final = frozenset("incollection inbook inproceedings inreference".split())
_REPORTS: Final = frozenset("techreport report misc online".split())
_THESES: Final = frozenset("phdthesis mastersthesis thesis".split())
_TAIL: Final = late(r"(?P<title>.*\S) \((?P<inside>[^()]+)\)\.?", re.DOTALL)
_DETAILS: Final = (
    (
        "edition",
        late(
            r"(?P<value>(?:\d+(?:st|nd|rd|th)|rev(?:ised|\.)?|second|third|fourth|fifth|sixth|"
            r"seventh|eighth|ninth|tenth) ed(?:ition|n)?\b\.?"
            r"(?:, (?:text )?rev(?:ision|ised)?\b\.?)?)",
            re.IGNORECASE,
        ),
    ),
    ("volume", late(r"vols?\. ?(?P<value>\d+(?:[-–]+\d+)?|[IVX]+)", re.IGNORECASE)),
    ("pages", late(r"pp?\. ?(?P<value>\w+(?: ?[-–]+ ?\w+)?)", re.IGNORECASE)),
)
_PEOPLE: Final = late(
    r"(?P<who>[A-Z][^()\d;]+, (?:Eds?\.|Trans\.|Eds?\. (?:\\?&|and) Trans\.))(?=$|;)"
)
_EDITED: Final = late(
    r"(?:In:? )?(?P<names>[A-Z]\.[^()]{2,200}?),? \((?:Eds?\.?|Hrsg\.)\)[,.:]? (?P<book>\S.+)",
    re.DOTALL,
)
_BETWEEN: Final = late(r",?\s+(?:\\?&|and)\s+|,\s+(?!(?:Jr|Sr|I{1,3})\b)")
_THESIS: Final = late(
    r"(?P<title>.*\S) \[(?P<type>(?:unpublished )?"
    r"(?:doctoral|ph\.?\s?d\.?|psy\.?\s?d\.?|master['’]?s?|bachelor['’]?s?|honou?rs) "
    r"(?:dissertation|thesis))(?:, (?P<school>[^\[\]]+))?\]\.?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED_JOURNAL: Final = late(
    r"(?P<journal>.*[^\W\d_])(?:,? \(?in press\)|, (?P<volume>\d{1,4})"
    r"(?: ?\((?P<number>[\w–-]+)\))?(?:[,:] ?(?:pp\. ?)?(?P<pages>\w+[–-]+\w+))?)",
    re.IGNORECASE,
)
_DEGREE: Final = late(r"\b(?:doctoral|ph\.?\s?d|psy\.?\s?d|master|bachelor)", re.IGNORECASE)


def from_pasted(entry: RawEntry) -> RawEntry:
    """The entry with each detail in a field of its own; itself, where all are."""
    if entry.type == "article":
        name = "journal" if "journal" in entry.fields else "journaltitle"
        counted = entry.get(name).endswith(_COUNTED) and "volume" not in entry.fields
        return _volume_of_journal(entry, name) if counted else entry
    title = entry.get("title")
    if title.endswith(("]", "].")) and ("hesis" in title or "issertation" in title):
        entry = _thesis(entry, title)
    elif entry.type == "misc" and "school" in entry.fields and _DEGREE.search(entry.get("type")):
        return replace(entry, type=_thesis_type(entry.get("type")))
    elif entry.type in _BOOKS and title.endswith((")", ").")):
        return _without_details(entry, "title")
    elif entry.type in _REPORTS and title.endswith((")", ").")):
        return _without_number(entry, title)
    elif entry.type in _PARTS:
        return _part(entry)
    return entry


def _volume_of_journal(entry: RawEntry, name: str) -> RawEntry:
    found = _NUMBERED_JOURNAL.fullmatch(entry.get(name))
    if not found:
        return entry
    if not found["volume"]:
        return _with(entry, **{name: found["journal"], "pubstate": "inpress"})
    told = {"volume": found["volume"], "number": found["number"], "pages": found["pages"]}
    return _with(
        entry,
        **{name: found["journal"]},
        **{k: v for k, v in told.items() if v and not entry.get(k)},
    )


def _part(entry: RawEntry) -> RawEntry:
    book = entry.get("booktitle")
    if not book and entry.type == "inbook" and " " in entry.get("title"):
        chapter = entry.get("chapter")
        if chapter and not any(map(str.isdigit, chapter)) and len(chapter) > 4:
            return _with(entry, title=chapter, booktitle=entry.get("title"), chapter="")
    if "(" not in book:
        return entry
    found = _EDITED.fullmatch(book)
    if found:
        names = " and ".join(part for part in _BETWEEN.split(found["names"]) if part)
        entry = _with(entry, booktitle=found["book"], editor=entry.get("editor") or names)
    closed = entry.get("booktitle").endswith((")", ")."))
    return _without_details(entry, "booktitle") if closed else entry


def _without_details(entry: RawEntry, name: str) -> RawEntry:
    """The title without its parenthesis, if all that stands there is known."""
    found = _TAIL.fullmatch(entry.get(name))
    if not found or found["inside"].isdecimal():
        return entry
    inside, told = found["inside"].strip(), {name: found["title"]}
    if people := _PEOPLE.match(inside):
        told["note"] = f"{people['who']} {entry.get('note')}".strip()
        inside = inside[people.end() :].lstrip("; ")
    while inside:
        for field, shape in _DETAILS:
            detail = shape.match(inside)
            if detail and inside[detail.end() : detail.end() + 1] in ("", ",", ";"):
                told[field] = entry.get(field) or detail["value"]
                inside = inside[detail.end() :].lstrip(",; ")
                break
        else:
            return entry
    return _with(entry, **told)


def _without_number(entry: RawEntry, title: str) -> RawEntry:
    """10.4: the number of a report, where neither a field nor a note has one."""
    found = _TAIL.fullmatch(title)
    if not found or not NUMBERED_DOCUMENT.fullmatch(found["inside"]):
        return entry
    if "number" in entry.fields or "note" in entry.fields:
        return entry
    return _with(entry, title=found["title"], note=found["inside"])


def _thesis(entry: RawEntry, title: str) -> RawEntry:
    found = _THESIS.fullmatch(title)
    if not found or not (entry.type in _THESES or entry.type in ("misc", "book", "online")):
        return entry
    told = {"title": found["title"], "type": entry.get("type") or found["type"]}
    if found["school"] and "school" not in entry.fields and "institution" not in entry.fields:
        told["school"] = found["school"]
    kind = entry.type if entry.type in _THESES else _thesis_type(found["type"])
    return replace(_with(entry, **told), type=kind)


def _thesis_type(typed: str) -> str:
    return "mastersthesis" if typed.lower().startswith("master") else "phdthesis"


def _with(entry: RawEntry, **values: str) -> RawEntry:
    """The entry with other values, new ones where the first stood; empty ones are gone."""
    place = next(entry.fields[name] for name in values if name in entry.fields)
    fields = {name: field for name, field in entry.fields.items() if values.get(name) != ""}
    for name, value in values.items():
        known = fields.get(name)
        if known is not None:
            fields[name] = known._replace(value=value)
        elif value:
            fields[name] = Field(name, value, place.name_span, place.value_span)
    return replace(entry, fields=fields)
