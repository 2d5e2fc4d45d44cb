"""What stands in brackets or parentheses after the title (APA 7, sections 9.19-9.22)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.rules.dating import UPDATED
from tcit_export.bibliography.rules.kind import ARTICLES, BOOK_PARTS, how_published_words
from tcit_export.bibliography.rules.noted_names import tells_names
from tcit_export.bibliography.rules.platforms import data_archive, is_repository, video_platform
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.bibliography.rules.reviews import reviewed_title
from tcit_export.bibliography.rules.talks import presented_at
from tcit_export.bibliography.rules.wording import (
    MEASURES,
    UNPUBLISHED,
    description,
    how_published,
    is_description,
    plain_braces,
)
from tcit_export.patterns import late

_NO_DESCRIPTION: Final = frozenset(
    """magazine newspaper nonacademic journal book chapter website webpage online web internet
    electronic article report techreport journalarticle booksection conferencepaper
    conferenceproceedings magazinearticle newspaperarticle generic electronicarticle
    electronicbook ebook editedbook miscellaneous misc""".split()
)
"""Subtypes and types that say nothing a bracket is for (9.21: only what is out of the ordinary)."""

_IN_CONTAINERS: Final = ARTICLES | BOOK_PARTS | {"book"}
"""Works whose `type` is a reference manager's word for the sort of entry."""

_SORTS_OF_PARTS: Final = frozenset(
    """editorial lettertotheeditor commentary audiobook bookreview erratum correction retraction
    specialissue specialsection""".split()
)
"""What is out of the ordinary for an article or book, said in `type` (9.21, 10.1)."""

_PLAIN_REPORT: Final = late(r"^(?:technical |tech\.? ?|research )?(?:report|rep\.?)$", re.I)
_GENRE_OF_ENTRY: Final = {
    "dataset": "Data set",
    "software": "Computer software",
    "motion_picture": "Film",
    "broadcast": "TV series",
    "song": "Song",
}
"""Types that APA always describes, for entries that do not say what they are."""

_AUDIOVISUAL: Final = frozenset("motion_picture broadcast song graphic map".split())


def set_descriptions(record: Record) -> None:
    """9.21-9.22: descriptions from `titleaddon`, `entrysubtype`, `type`, `howpublished`."""
    record.put("tcit-title-addon", _title_addon(record))
    if record.type == "periodical" and record.has("journaltitle"):
        record.put("genre", description(record.rich("issuetitle")))
    elif record.type in ("thesis", "post-weblog"):
        return
    elif record.type in ("report", "patent", "standard"):
        _set_report_type(record)
    else:
        record.put("genre", _genre(record))
    _drop_repeated(record)
    again = description(record.text("note")) == record.fields.get("genre")
    if record.type in _AUDIOVISUAL and not again and _is_worth_printing(record.text("note")):
        record.put("medium", record.rich("note"))  # 10.12, Example 84: [Film; DVD]


def _drop_repeated(record: Record) -> None:
    """9.22: a description that stands for the title is the only one; none is said twice."""
    addon, genre = record.fields.get("tcit-title-addon", ""), record.fields.get("genre", "")
    if not addon or not genre:
        return
    same = fold(addon).startswith(fold(genre)) or (
        genre == "Data set" and "data" in strip_markup(addon).lower().split()
    )
    closer = fold(addon.split(" ")[-1]) == fold(genre.split(" ")[-1])  # `Video podcast`
    if same or closer or "title" not in record.fields:
        del record.fields["genre"]


def _title_addon(record: Record) -> str:
    """`titleaddon`; legal works have it in their name."""
    addon = record.rich("titleaddon")
    if addon[:1] == "[" and addon.endswith("]") and addon.count("[") == 1:
        addon = addon[1:-1]  # typed with the brackets that it is to stand in
    if is_description(strip_markup(addon)) or addon.lower().endswith(" attached"):
        return description(addon)
    return addon[:1].upper() + addon[1:] if addon else ""


def _genre(record: Record) -> str:
    """The first field that describes the work."""
    presented = presented_at(record) if record.type == "speech" else None
    if presented:
        what = presented[0].lower()
        return description(f"{what} presentation" if what in ("paper", "poster") else what)
    for name in ("entrysubtype", "type", "howpublished", "genre"):
        text = how_published(record)[0] if name == "howpublished" else record.rich(name)
        if not text:
            continue
        folded = re.sub(r"[^a-z]", "", strip_markup(text).lower())
        if folded in _NO_DESCRIPTION:
            continue
        if name in ("howpublished", "type") and record.type in _IN_CONTAINERS:
            if folded in _SORTS_OF_PARTS and name == "type":
                return description(text)
            continue
        if (
            name == "type"
            and record.type not in _GENRE_OF_ENTRY | {"speech": ""}
            and not is_description(text)
        ):
            continue
        if record.type == "speech" and folded in ("paper", "poster"):
            text = f"{text} presentation"
        return description(text)
    return _default_genre(record)


_TOLD_ELSEWHERE: Final = ("titleaddon", "maintitle", "maintitleaddon", "note", "editortype")
"""Where an entry tells what a talk was, or that it belongs to a symposium."""


def _default_genre(record: Record) -> str:
    """9.21: works outside the ordinary are described even where the entry is silent."""
    if record.entry.type in ("software", "dataset", "movie", "video") and record.has(
        "entrysubtype"
    ):
        return ""
    if record.entry.type in ("movie", "video"):
        if is_description(strip_markup(record.fields.get("tcit-title-addon", ""))):
            return ""
        directed = record.entry.type == "movie" or "director" in record.names
        return "Film" if directed else "Video"
    if record.type == "dataset" and data_archive(record):
        return "Data set"
    if record.entry.type in ("dataset", "music"):
        return _GENRE_OF_ENTRY[record.type]
    if record.entry.type == "manual" and record.type == "software":
        return "Computer software"
    if record.type == "speech" and record.has("eventtitle") and not record.has(*_TOLD_ELSEWHERE):
        return "Conference presentation"
    if record.entry.type == "software" and record.has("version"):
        return "Computer software"
    if record.type == "software" and is_repository(record):
        return "Computer software"
    noted = record.text("note").strip(" .")
    if noted and how_published_words(record) == noted:
        return description(noted)
    streamed = record.type == "webpage" and "tcit-title-addon" not in record.fields
    return "Video" if streamed and "[" not in noted and video_platform(record) else ""


_NUMBERED_KIND: Final = late(r"\bNos?\.? [\w-]*\d")
"""A type that holds the number as well: `HHS Publication No. 18-5068`."""


_KIND_AND_NUMBER: Final = late(
    r"(?P<kind>.*\b(?:paper|report|memorandum|bulletin|brief|circular)),? #?(?P<number>[\w-]*\d)",
    re.IGNORECASE,
)
"""`Working Paper 27103`: the number at the end of the type."""


_UNFINISHED_NUMBER: Final = late(r" Nos?\.? \(?[A-Z]+\)?-?$")
"""`HHS Publication No. (SMA)`, whose digits are in `number`."""


_PATENTS: Final = {
    "patent": "Patent",
    "patentde": "German Patent",
    "patenteu": "European Patent",
    "patentfr": "French Patent",
    "patentuk": "British Patent",
    "patentus": "U.S. Patent",
    "patreq": "Patent Request",
    "patreqde": "German Patent Request",
    "patreqeu": "European Patent Request",
    "patreqfr": "French Patent Request",
    "patrequk": "British Patent Request",
    "patrequs": "U.S. Patent Request",
}
"""biblatex's localisation keys of types of patents."""


def _set_report_type(record: Record) -> None:
    """10.4: with a number the type goes into parentheses, alone into brackets."""
    kind = plain_braces(record.rich("type"))
    kind = _PATENTS.get(kind, kind)
    ends_in_number = _KIND_AND_NUMBER.fullmatch(kind) if kind[-1:].isdecimal() else None
    if ends_in_number and "number" not in record.fields:
        kind = ends_in_number["kind"]
        record.put("number", ends_in_number["number"])
        record.flag("tcit-number-label")
    if record.fields.get("number"):
        if record.has("entrysubtype") and "tcit-title-addon" not in record.fields:
            record.put("tcit-title-addon", description(record.rich("entrysubtype")))
        if " N" in kind and _UNFINISHED_NUMBER.search(kind):
            whole = f"{kind} {record.fields['number']}"
            record.put("tcit-identifier", whole.replace("(", "[").replace(")", "]"))
            return
        label = kind or ("Report" if record.entry.type == "techreport" else "")
        record.put("genre", _as_label(label.replace("techreport", "Technical Report")))
        if kind and "tcit-identifier" in record.fields:
            record.fields["tcit-identifier"] = _typed_number(kind, record.fields["tcit-identifier"])
    elif _NUMBERED_KIND.search(strip_markup(kind)):
        record.put("tcit-identifier", kind)
    elif kind and not _PLAIN_REPORT.match(strip_markup(kind)):
        record.put("genre", description(kind))
    elif record.has("entrysubtype"):
        record.put("genre", description(record.rich("entrysubtype")))


def _as_label(text: str) -> str:
    """`Technical report` before a number: (Technical Report No. 17)."""
    text = re.sub(r"[ ,]+no\.?$", "", text, flags=re.IGNORECASE)  # the number has its own
    small = ("of", "and", "the", "for", "in", "on")
    words = text.split(" ")
    label = " ".join(word if word in small else word[:1].upper() + word[1:] for word in words)
    return label.replace("(", "[").replace(")", "]")  # 6.8: parentheses within parentheses


def _typed_number(kind: str, number: str) -> str:
    """`Report` and `No. 5`, but not `NCES` and `NCES 2016`."""
    if number.lower().startswith(kind.lower()):
        return number
    if not re.match(r"\([A-Z]+\) ?\d", number):
        return f"{kind} {number}"
    return f"{_as_label(kind)} No. {number.replace('(', '[').replace(')', ']')}"  # 6.8


# ---------------------------------------------------------------- notes

_NOISE: Final = late(
    r"^$|\baccessed\b|^(?:pmid|pmcid|issn|isbn|cited by|place:|publisher:|retrieved|_eprint|"
    r"section:|type:|num pages|original work|originally|first published|advance online|in press|"
    r"copyright\b|last updated|to appear|accepted|forthcoming|https?:|doi|arxiv|backup publisher|"
    r"library catalog|tex\.|conference name|event|google-books|read\b|todo|\*|"
    r"citation key|\d+ (?:p\.|pages))|"
    r"(?:.*; )?(?:Copyright|Last updated|Date revised|Document feature) - ",
    re.IGNORECASE,
)
_VERSION_NOTE: Final = late(
    r"(?:\[(?P<before>[^\]]+)\][.,]?\s*)?"
    r"(?P<words>\((?:[^()]* )?version\b[^()]*\)|(?:version|v\.?) ?\d[\w.-]*)\.?"
    r"(?:\s*\[(?P<after>[^\]]+)\])?\.?",
    re.IGNORECASE,
)
_STATUS_NOTE: Final = late(
    r"\b(?:amended|rev(?:ised|\.)|updated|effective|reaffirmed|adopted|approved|ratified|rescinded)\b",
    re.IGNORECASE,
)
_SORT_NOTE: Final = late(
    r"(?:special (?:issue|section)|editorial|(?:invited )?commentary|letter to the editor|abstract|"
    r"book review|erratum|correction|supplemental material|audiobook|conference abstract)\.?",
    re.IGNORECASE,
)
"""9.21: what is out of the ordinary for an article or book, said in a note."""
_REPRINT_NOTE: Final = late(r"\(?Reprinted (?:from|in) \S", re.IGNORECASE)
_RELATION_NOTE: Final = late(
    r"^\[?((?:Review|Comment|Peer commentary) (?:of|on)\b.*?)\]?\.?$", re.S
)


def set_notes(record: Record) -> None:
    """Export noise is not printed; what APA has a place for goes there."""
    note = record.rich("note") or record.rich("addendum")
    if not note and record.type != "manuscript":
        return
    plain = strip_markup(note)
    relation = _RELATION_NOTE.match(note)
    if _REPRINT_NOTE.match(plain):
        record.put("tcit-history", note.strip("() ").rstrip("."))
    elif relation:
        record.put("tcit-relation", reviewed_title(record, relation.group(1)))
    elif record.type == "software" and re.match(r"R package version", plain):
        record.put("tcit-identifier", plain)
    elif _VERSION_NOTE.fullmatch(plain):
        _set_version(record, plain)
    elif re.fullmatch(r"\[[^\]]*[^\W\d][^\]]{,80}\]", plain) and not _NOISE.search(
        plain.strip("[]")
    ):
        record.put("tcit-title-addon", note.strip("[]"))
    elif record.type in _IN_CONTAINERS and _SORT_NOTE.fullmatch(plain):
        record.put("tcit-title-addon", description(plain.rstrip(".")))
    elif plain.lower().rstrip(".") in MEASURES:
        record.fields.setdefault("tcit-title-addon", description(plain.rstrip(".")))
    elif record.type == "manuscript" and not record.fields.keys() & {"genre", "tcit-title-addon"}:
        _set_manuscript_state(record, plain)
    elif record.type == "webpage" and UPDATED.fullmatch(plain):
        return  # its date, or one that is none
    elif _STATUS_NOTE.search(plain) and not _NOISE.match(plain) and not tells_names(plain):
        record.put("tcit-parenthesis", _unparenthesised(note))  # 10.4, Example 55
    elif record.has("addendum"):
        _set_addendum(record)


def _set_addendum(record: Record) -> None:
    """biblatex's `addendum` stands at the end: what became of the work, as of retracted ones."""
    addendum = record.rich("addendum")
    plain = strip_markup(addendum)
    if not _NOISE.search(plain) and not tells_names(plain):
        record.put("tcit-history", _unparenthesised(addendum))


def _unparenthesised(note: str) -> str:
    inside = note.strip(" .").removeprefix("(").removesuffix(")")
    return inside if inside.count("(") == inside.count(")") else note


def _set_version(record: Record, note: str) -> None:
    """10.10: `Version 4.2.1`, with or without the description in brackets."""
    found = _VERSION_NOTE.fullmatch(note)
    assert found is not None
    described = found["before"] or found["after"]
    if described:
        record.put("genre", description(described))
    words = found["words"].strip("() ,.")
    if "version" not in record.fields and "tcit-identifier" not in record.fields:
        number = re.fullmatch(r"(?:version |v\.? ?)(.+)", words, re.IGNORECASE)
        shown = f"Version {number[1]}" if number else words
        record.put("tcit-identifier", shown)
    if not record.fields.get("genre") and record.type == "software":
        record.put("genre", "Computer software")


_KIND_OF_MANUSCRIPT: Final = late(rf"(?:{UNPUBLISHED})(?=[.,;:( ]|$)", re.IGNORECASE)


def _set_manuscript_state(record: Record, note: str) -> None:
    """10.8: unpublished, in preparation, submitted; classic BibTeX says it in the note."""
    text = f"{note} {record.text('type')} {record.text('pubstate')}".lower()
    if "prep" in text:
        record.put("genre", "Manuscript in preparation")
    elif "submitted" in text or "under review" in text:
        record.put("genre", "Manuscript submitted for publication")
    elif "raw data" in text:
        record.put("genre", "Unpublished raw data")
    else:
        found = _KIND_OF_MANUSCRIPT.match(note)
        record.put("genre", description(found[0]) if found else "Unpublished manuscript")


_LABELLED: Final = late(r"[A-Z][\w-]*(?: [\w-]+){0,3}: ?\S")
"""`IMDb ID: tt0073486`, `Running Time: 95 min`: what a reference manager has no field for."""


def _is_worth_printing(note: str) -> bool:
    return not (_NOISE.match(note.strip()) or _LABELLED.match(note)) and len(note) < 80
