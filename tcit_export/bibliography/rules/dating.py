"""Dates: of the work, of its original, of its retrieval (APA 7, sections 9.13-9.17, 9.41)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.dates import DateValue, entry_date, parse_date
from tcit_export.bibliography.rules.numbering import NOT_YET, is_dated_by_season
from tcit_export.bibliography.rules.record import Record
from tcit_export.csl.item import Date
from tcit_export.patterns import late

FULL_DATE_TYPES: Final = frozenset(
    """article-magazine article-newspaper webpage post post-weblog speech motion_picture broadcast
    graphic map interview personal_communication entry-encyclopedia entry-dictionary
    regulation treaty song pamphlet document performance hearing""".split()
)
"""Works dated by the day where the day is known (9.14): what appears more often than yearly.

Reports are, where they have a day (press releases); a month alone is what series are filed by.
"""

_IN_PRESS: Final = re.compile(
    r"\b(in[\s-]?press|inpress|forthcoming|to appear|accepted(?!:)(?: for publication)?)\b", re.I
)
"""But `Accepted: 2013-08-09T15:10:26Z` is when a repository took the work in."""
_BEGINS_IN_PRESS: Final = re.compile(rf"\W*{_IN_PRESS.pattern}", re.I)
_ADVANCE: Final = re.compile(
    r"\b(advance[d]? (?:online|access) ?(?:publication)?|online ?first|aheadofprint|ahead of print|"
    r"prepublished|early (?:view|access)|epub ahead of print)\b",
    re.IGNORECASE,
)
_IN_STAGE: Final = re.compile(r"(?:article )?in press$", re.I)
"""Scopus's word for what is online and has no volume yet."""
_ORIGINAL: Final = late(
    r"\(?\b(?:original(?:ly)?(?: work)? (?:published|publication|edition)"
    r"(?: in| year| date)?|"
    r"original[ -]date|first published(?: in)?|reprint(?:ed)? of|orig\. pub\.)[:,]?\s*(?P<date>"
    r"(?:(?:ca?\.|circa)\s*)?\d{1,4}\s*(?:b\.?\s?c\.?(?:\s?e\b\.?)?|(?:c\.?\s?e|a\.?\s?d)\b\.?)|"
    r"(?:ca?\.\s*)?\d{4}(?:\s*[-–/]+\s*\d{2,4})?)\)?\.?",
    re.IGNORECASE,
)
_ORIGINAL_AT_LENGTH: Final = late(
    r"\b(?:orig(?:\.|inal)|(?:first|1st(?: ed\.)?) pub|reprint of)"
    r"(?![^()\d]*(?:present|deliver|broadcast|air|submit|writ|compos))[^()\d]{0,60}?"
    r"(?P<date>(?:ca?\. ?|circa )?\d{4}(?:[-–]+\d{2,4})?)(?!\d)",
    re.IGNORECASE,
)
"""The same with languages, places and publishers between: `First published in German, 1921`."""


def set_dates(record: Record) -> None:
    """9.13: the year (or the whole date), `in press`, or nothing for n.d."""
    value = _reprinted(record) or _seasonal(record) or _worded(record, _take(record, ""))
    if value.date is None and not value.status and record.has("eventdate"):
        value = _take(record, "event")
    if value.date is None and not value.status and record.type == "webpage":
        value = _updated(record) or value
    state = f"{value.status} {record.text('pubstate')} {record.text('howpublished')}"
    unfinished = value.date is None or not record.has("volume", "pages")
    if _IN_PRESS.search(state) or (unfinished and _BEGINS_IN_PRESS.match(record.text("note"))):
        record.put("status", "in press")
    elif value.date is not None:
        record.dates["issued"] = value.date
    if record.type == "speech" and record.has("eventdate"):
        _set_event_date(record)
    _set_advance(record, state)
    _set_original_date(record)
    _set_retrieval(record)
    _set_kind_by_date(record)
    _set_form(record)


_TWO_DATES: Final = (
    late(r"(?P<first>\d{4}(?:\s*[-–]+\s*\d{2,4})?)\s*/\s*(?P<last>\d{4})"),
    late(
        r"(?P<last>\d{4})\s*[(\[](?:(?:orig(?:\.|inal(?:ly)?)?|first)(?: work| edition)?:?\s*"
        r"(?:(?:published|publication|pub\.):?\s*)?(?:in\s+)?)?"
        r"(?P<first>\d{4}(?:\s*[-–]+\s*\d{2,4})?)[)\]]",
        re.IGNORECASE,
    ),
    late(r"[(\[](?P<first>\d{4})[)\]]\s*(?P<last>\d{4})"),
)
"""A year as republished works are cited by (8.15): `1916/1961`, `1961 [1916]`."""


def _reprinted(record: Record) -> DateValue | None:
    """8.15: two years in `year` are those of the original and of this work."""
    year = record.text("year")
    if len(year) < len("1916/1961"):
        return None
    for shape in _TWO_DATES:
        found = shape.fullmatch(year)
        if found and int(found["last"]) - int(found["first"][:4]) > 1:
            original = parse_date(found["first"]).date
            if original is not None:
                record.dates["original-date"] = original
            return parse_date(found["last"])
    return None


_YEAR: Final = late(r"\d{4}")


def _seasonal(record: Record) -> DateValue | None:
    """9.14: a year and the season that the issue is named by (`issue = {Spring}`)."""
    if not is_dated_by_season(record):
        return None
    year = record.text("date", "year")
    if not _YEAR.fullmatch(year):
        return None
    return parse_date(f"{record.text('issue', 'number')} {year}")


UPDATED: Final = late(
    r"\W*(?:(?:last|page) )*(?:updated|modified)(?: on)?:?\s+(?P<date>[\w ,./-]*\d{4}[\d-]*)\W*",
    re.IGNORECASE,
)
"""A note that is but the date of the last update of a page."""


def _updated(record: Record) -> DateValue | None:
    """9.15: a page without a date has that of its last update, if it tells it."""
    found = UPDATED.fullmatch(record.text("note")) if record.has("note") else None
    value = parse_date(found["date"].strip(" .")) if found else None
    return value if value is not None and value.date is not None else None


_YEAR_AND_WORDS: Final = re.compile(r"(?:[a-z ]+ )?(?P<year>\d{4})\b(?!\s*[-–/])", re.IGNORECASE)


def _worded(record: Record, value: DateValue) -> DateValue:
    """A year with words that are no date: `1986 (2nd printing)`, `2024 (in press)`."""
    typed = "" if value.date is not None or value.status else record.text("year")
    found = _YEAR_AND_WORDS.match(typed)
    return parse_date(found["year"])._replace(status=typed) if found else value


def _take(record: Record, prefix: str) -> DateValue:
    if not record.has(f"{prefix}date", f"{prefix}year", f"{prefix}month"):
        return DateValue()
    value = entry_date(record.entry.fields, prefix)
    if not value.remarks:
        return value
    typed = record.filled(f"{prefix}date") or record.filled("year") or f"{prefix}date"
    record.remarks.extend((typed, remark) for remark in value.remarks)
    return value


def _set_event_date(record: Record) -> None:
    """10.5: a presentation is dated by all days of its conference."""
    event = _take(record, "event").date
    if event is not None:
        record.dates["event-date"] = event
        record.dates["issued"] = event


def _set_advance(record: Record, state: str) -> None:
    """10.1, Example 7: advance online publication is said after the journal; no preprint is one."""
    if record.type == "article":
        return
    published = record.text("volume")
    if not published and (
        record.has("earlyaccessdate", "early-access-date")
        or _IN_STAGE.match(record.text("publication_stage"))
    ):
        state += " early access"
    elsewhere = f"{record.text('note', 'addendum')} {published} {record.text('pages')}"
    if _ADVANCE.search(f"{state} {elsewhere}") or (
        published and NOT_YET.match(published) and record.type == "article-journal"
    ):
        record.put("tcit-notice", "Advance online publication")
        record.put("status", record.fields.get("status", "advance online publication"))


def _set_original_date(record: Record) -> None:
    """9.41: from `origdate`, or from what BibTeX's users write into the note."""
    value = _take(record, "orig")
    if value.date is None:
        note = f"{record.text('note')} {record.text('addendum')}".strip()
        found = note and (_ORIGINAL.search(note) or _ORIGINAL_AT_LENGTH.search(note))
        value = parse_date(found.group("date")) if found else value
        if value.date == record.dates.get("issued"):
            return  # `First published 2005` of a book of that year
    if value.date is not None:
        record.dates["original-date"] = value.date


def _set_retrieval(record: Record) -> None:
    """9.16: the date of retrieval is for works that are made to change and are not archived."""
    accessed = _take(record, "url").date
    if accessed is None:
        accessed = _accessed_in_note(record)
    somewhere = record.has("url", "howpublished") or "http" in record.raw("note")
    if accessed is None or not somewhere:
        return
    record.dates["accessed"] = accessed
    undated = "issued" not in record.dates and not record.fields.get("status")
    record.flag("tcit-retrieve", undated or _is_updated_reference(record))


def _accessed_in_note(record: Record) -> Date | None:
    """`note = {Accessed: 2020-01-09}`, as classic BibTeX styles want it."""
    fields = ("note", "howpublished", "urldate", "lastchecked", "lastaccessed", "accessed")
    for name in fields if record.has(*fields) else ():
        text = record.text(name)
        if not text:
            continue
        found = re.search(
            r"\b(?:accessed|retrieved|last (?:accessed|checked|visited)|viewed)"
            r"(?: on| at)?:?\s+(?P<date>[\w .,/-]*?\d{4}(?:-\d\d(?:-\d\d)?)?)",
            text,
            re.IGNORECASE,
        )
        if found:
            return parse_date(_without_hyphens(found.group("date").strip(" ,."))).date
        if name in ("lastchecked", "lastaccessed", "accessed") and text:
            return parse_date(text).date
    return None


def _without_hyphens(text: str) -> str:
    """Wikipedia's `19-July-2008`."""
    return text.replace("-", " ") if re.search(r"[A-Za-z]", text) else text


def _is_updated_reference(record: Record) -> bool:
    """10.1, Example 14: an entry of a reference that is updated under one address.

    It stands like an article in a journal, but has neither volume nor issue, pages nor DOI, and
    a year alone for its date.
    """
    return (
        record.type == "article-journal"
        and not record.has("volume", "number", "issue", "pages", "eid", "doi", "pubstate")
        and _precision(record) == 1
    )


def _precision(record: Record) -> int:
    """What is known of the date: 1 the year, 2 the month, 3 the day, 0 nothing."""
    parts = record.dates.get("issued", Date()).date_parts
    return len(parts[0]) if parts else 0


def _set_kind_by_date(record: Record) -> None:
    """10.1, Examples 15-16: what is dated by the day and has no volume is no journal article."""
    numbered = record.has("volume", "doi", "eid", "number") or record.fields.get("status")
    if record.type == "article-journal" and _precision(record) > 1 and not numbered:
        record.type = "article-magazine"


_LETTER: Final = late(
    r"(?:letter|postcard|telegram|memo(?:randum)?|diary entry|journal entry|interview|speech)\b",
    re.IGNORECASE,
)
"""What is kept in archives and was written, or said, on a day."""


def _set_form(record: Record) -> None:
    issued = record.dates.get("issued", Date())
    day_known = _precision(record) == 3 and (
        record.type == "report" or (record.type == "manuscript" and _is_letter(record))
    )
    full = record.type in FULL_DATE_TYPES and not _is_film(record)
    if "," in record.text("year") and record.type == "article-journal":
        full = _precision(record) > 1  # `year = {2017, August}`, copied from a list in APA style
    full = full or is_dated_by_season(record)
    record.flag("tcit-date-full", full or day_known)
    record.flag("tcit-date-open", len(issued.date_parts) == 2 and issued.date_parts[1] == (0,))


def _is_letter(record: Record) -> bool:
    """A letter, not a manuscript, which has the year alone (10.8)."""
    return _LETTER.match(record.text("titleaddon", "type")) is not None


def _is_film(record: Record) -> bool:
    """10.12, Example 84: films are dated by the year, videos on the web by the day."""
    if record.type != "motion_picture":
        return False
    kind = record.text("entrysubtype", "type").lower()
    if record.entry.type == "movie":
        return kind not in ("video", "webinar", "youtube video", "online video")
    return kind in ("film", "movie", "motion picture")
