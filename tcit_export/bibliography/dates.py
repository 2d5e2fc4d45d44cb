"""BibTeX's and biblatex's dates -> CSL dates.

biblatex (manual, section 2.3.8) takes dates in EDTF, level 1: ranges, open ends, seasons, `~` and
`?`, years before Christ.  BibTeX has `year` and `month`, free text both, and people write into
them what they need: `in press`, `c. 1900`, `2018--2019`, `10~jan`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from tcit_export.bibliography import mistakes
from tcit_export.bibliography.latex import to_plain
from tcit_export.bibliography.library import Field, Remark
from tcit_export.bibliography.mistakes import short
from tcit_export.csl.item import Date
from tcit_export.diagnostic import Kind
from tcit_export.patterns import late

_LONGEST: Final = 200
"""Characters of a date, with its markup; whatever is longer is none."""
_MONTH_NAMES: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12, "spring": 13, "summer": 14, "autumn": 15, "fall": 15,
    "winter": 16,
    # German, French, Spanish, Italian, Portuguese, Dutch: where the first three letters differ.
    "mär": 3, "mai": 5, "okt": 10, "dez": 12, "fév": 2, "fev": 2, "avr": 4, "jui": 6, "juil": 7,
    "aoû": 8, "aou": 8, "déc": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12, "gen": 1, "mag": 5,
    "giu": 6, "lug": 7, "set": 9, "ott": 10, "mrt": 3, "mei": 5,
}  # fmt: skip
_SEASONS: Final = {21: 13, 22: 14, 23: 15, 24: 16}
"""EDTF's seasons, by the pseudo-months of CSL-JSON's dates."""
_STATUS: Final = re.compile(
    r"(?P<press>in[\s-]?press|inpress|im druck|sous presse|en prensa)"
    r"|(?P<forthcoming>forthcoming|to appear|in print|accepted(?: for publication)?)"
    r"|(?P<submitted>submitted(?: for publication)?|under review)"
    r"|(?P<preparation>in prep(?:\.|aration)?|inpreparation)"
    r"|(?P<nodate>n\.?\s?d\.?|no date|undated|s\.?\s?[ad]\.?|o\.\s?J\.|unknown|unk\.?"
    r"|\?+|-+|\u2013)"
    r"|(?P<advance>advance online publication|online first|ahead of print|prepublished)",
    re.IGNORECASE,
)
_WORDS: Final = {
    "press": "in press",
    "forthcoming": "forthcoming",
    "submitted": "submitted",
    "preparation": "in preparation",
    "nodate": "n.d.",
    "advance": "advance online publication",
}
_CIRCA: Final = re.compile(
    r"^(?:(?:circa|ca\.?|c\.|approx\.?|about|um|vers)\s*|c\s+)(?=\d)", re.IGNORECASE
)
_EDTF: Final = re.compile(
    r"(?P<year>-?\d{4}|[Yy]-?\d{5,9}|\d{3}|\d{2,3}[Xu]{1,2})"
    r"(?:-(?P<month>\d{1,2}|XX|uu)(?:-(?P<day>\d{1,2}|XX|uu))?)?"
    r"(?:T[\d:.Z+-]*)?(?P<mark>[?~%]*)"
)
_SHORT_END: Final = re.compile(
    r"(?P<start>\d{4})\s*(?:-{1,3}|\u2013|\u2014|/|\s+to\s+)\s*(?P<end>\d{2})"
)
_RANGE: Final = late(r"\s*(?:/|--+|\u2013|\u2014|\s-\s|\s+to\s+|\s+bis\s+|(?<=\d{4})-(?=\d{4}))\s*")
_OPEN: Final = frozenset(["", "..", "open", "present", "*"])
_ERA: Final = re.compile(
    r"\s*(?P<era>B\.?\s?C\.?(?:\s?E\.?)?|v\.\s?Chr\.|A\.?D\.?|C\.?E\.?)\s*$", re.I
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH: Final = r"(?P<month>[^\W\d_]{3,})\.?"
_YEAR: Final = r"(?P<year>\d{4})"
_WRITTEN: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}",
        rf"{_DAY}\s+(?:de\s+|of\s+)?{_MONTH}\s*,?\s+(?:de\s+)?{_YEAR}",
        rf"{_MONTH}\s*,?\s+(?:de\s+)?{_YEAR}",
        rf"{_YEAR}\s*,?\s+{_MONTH}(?:\s+{_DAY})?",
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
    )
)
_MONTHS_AND_YEAR: Final = late(
    r"(?P<first>[^\W\d_]{3,})\.?\s*[-\u2013/]+\s*(?P<last>[^\W\d_]{3,})\.?\s*,?\s+(?P<year>\d{4})"
)
_DAYS: Final = r"(?P<first>\d{1,2})\.?\s*[-\u2013]+\s*(?P<last>\d{1,2})\.?"
_DAYS_AND_MONTH: Final = (
    late(rf"{_MONTH}\s+{_DAYS}\s*,?\s+{_YEAR}"),
    late(rf"{_DAYS}\s+{_MONTH}\s*,?\s+{_YEAR}"),
)
_YEAR_AND_LETTER: Final = late(r"(?P<year>\d{4})\s?[a-z]")
_BRACKETED: Final = re.compile(
    r"^\[(.*)\]$|^\((.*)\)$|^\u00a9\s*|^c(?=\d{4}$)|^copyright\s+", re.IGNORECASE
)
_RIS: Final = re.compile(r"(\d{4})/(\d\d)?/(\d\d)?(?:/.*)?")
"""RIS writes its dates `year/month/day/other`, with the slashes of what is empty."""
_WITH_COPYRIGHT: Final = re.compile(r"\[?(\d{4})\]?,? \[?(?:c|p|©|copyright )\d{4}\]?\.?")
"""`1961, c1958`: catalogues give the year of the copyright beside that of the printing."""
_MONTH_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NUMBER: Final = re.compile(r"\d{1,2}")
_Parts = tuple[int, ...]


class DateValue(NamedTuple):
    """A date as understood. `status`: a word in its place (`in press`, `forthcoming`, `n.d.`, ...).

    `date` is None where there is none (no field, `n.d.`, `in press`, unreadable).
    """

    date: Date | None = None
    status: str = ""
    remarks: tuple[Remark, ...] = ()


class _NotADateError(Exception):
    """The text is no date; the message says why, for the user."""


@lru_cache(maxsize=2_048)
def parse_date(value: str) -> DateValue:
    """One value: biblatex's EDTF, or what people write (`c. 1900`, `May 3, 1999`, `in press`)."""
    if len(value) > _LONGEST:
        message = f"`{short(value)}` is not a date"
        return DateValue(remarks=(_remark(mistakes.INVALID_DATE, message),))
    text = _cleaned(value)
    if not text:
        return DateValue()
    if status := _STATUS.fullmatch(text):
        return DateValue(status=_WORDS[str(status.lastgroup)])
    try:
        return _read(text, value)
    except _NotADateError as error:
        return DateValue(remarks=(_remark(mistakes.INVALID_DATE, str(error)),))


def entry_date(fields: Mapping[str, Field], prefix: str = "") -> DateValue:
    """The date of an entry: `date`, or `year`, `month`, `day`; prefix: `orig`, `event`, `url`.

    `date` comes first, as in biblatex; where it holds only the year of `year`, a month is added.
    """
    whole = _value(fields, f"{prefix}date")
    year = _value(fields, f"{prefix}year")
    month, day = _value(fields, f"{prefix}month"), _value(fields, f"{prefix}day")
    if whole and year and not re.search(r"\d{4}", whole):
        whole = f"{whole} {year}"  # EndNote's `date = {12 June}`
    found = parse_date(whole) if whole else parse_date(year)
    if whole and found.date is None and not found.status and year:
        found = parse_date(year)._replace(remarks=found.remarks)
    if found.date is None:
        return _month_alone(found, year, month) if month and not whole else found
    only_year = all(len(part) == 1 for part in found.date.date_parts)
    if not month or not only_year or len(found.date.date_parts) != 1:
        return found
    return _with_month(found, month, day)


def _value(fields: Mapping[str, Field], name: str) -> str:
    field = fields.get(name)
    return field.value.strip() if field else ""


def _cleaned(value: str) -> str:
    """Without markup, brackets around the whole, `printed in` signs; single blanks."""
    # A tie or a doubled tilde is EDTF's circa where it stands at the end.
    text = re.sub(r"~+(?=\s*(?:/|$))", "\x01", value)
    text = to_plain(text.replace("\x01", r"\textasciitilde{}")).text
    text = " ".join(text.split()).strip(" ,;")
    text = text[:-1] if re.fullmatch(r"\S?\d{4}\]?\.", text) else text
    if found := _RIS.fullmatch(text) or _WITH_COPYRIGHT.fullmatch(text):
        text = "-".join(part for part in found.groups() if part)
    while match := _BRACKETED.match(text):
        text = (match[1] or match[2] or text[match.end() :]).strip()
    return text


def _remark(kind: Kind, message: str) -> Remark:
    return Remark(kind, message)


# ---------------------------------------------------------------- whole values


def _read(text: str, typed: str) -> DateValue:
    text, circa = _without_circa(text)
    if end := _short_end(text):
        return _range(text[:4], end, circa, typed)
    whole = _single(text)
    if whole:
        return DateValue(_date(whole[0], circa or whole[1], typed))
    if named := _written_range(text):
        return DateValue(Date(named, circa=circa))
    ends = _RANGE.split(text)
    if len(ends) == 2:
        return _range(ends[0], ends[1], circa, typed)
    raise _NotADateError(f"`{text}` is not a date")


def _short_end(text: str) -> str:
    """The second year of `2018-19`, `2018/19`, `1999--05`; empty where there is none.

    With a single hyphen `2008-09` is September, and `2018-13` a mistake.
    """
    short = _SHORT_END.fullmatch(text)
    if short is None:
        return ""
    start, end = int(short["start"]), int(short["end"])
    is_month = "-" in text and "--" not in text
    if is_month and (end <= 12 or end in _SEASONS or end <= start % 100):
        return ""
    century = start // 100 + (end <= start % 100)
    return f"{century}{end:02d}"


def _without_circa(text: str) -> tuple[str, bool]:
    match = _CIRCA.match(text)
    return (text[match.end() :], True) if match else (text, False)


def _date(parts: _Parts, circa: bool, typed: str) -> Date:
    return Date((parts,), circa=circa)


def _range(first: str, second: str, circa: bool, typed: str) -> DateValue:
    """Two dates; an open end is (0,), as CSL's data has it; an open start is left out."""
    if first in _OPEN and second in _OPEN:
        raise _NotADateError(f"`{to_plain(typed).text}` is not a date")
    start = None if first in _OPEN else _required(first)
    end = None if second in _OPEN else _required(second)
    circa = circa or bool(start and start[1]) or bool(end and end[1])
    if start is None:
        assert end is not None
        return DateValue(Date((end[0],), circa=circa))
    if end is None:
        return DateValue(Date((start[0], (0,)), circa=circa))
    if end[0] == start[0]:
        return DateValue(Date((start[0],), circa=circa))
    remarks: tuple[Remark, ...] = ()
    if end[0][: len(start[0])] < start[0][: len(end[0])]:
        message = f"`{first}/{second}` ends before it begins"
        remarks = (_remark(mistakes.REVERSED_DATES, message),)
    return DateValue(Date((start[0], end[0]), circa=circa), remarks=remarks)


def _required(text: str) -> tuple[_Parts, bool]:
    text, circa = _without_circa(text)
    found = _single(text)
    if found is None:
        raise _NotADateError(f"`{text}` is not a date")
    return found[0], circa or found[1]


def _single(text: str) -> tuple[_Parts, bool] | None:
    """One date and whether it is uncertain; None where the text has another shape."""
    text, sign = _without_era(text)
    edtf = _EDTF.fullmatch(text)
    if edtf:
        year, unknown = _year(edtf["year"])
        month = _number(edtf["month"])
        if month is not None and 12 < month < 21:
            raise _NotADateError(f"`{text}` has no month that is on the calendar")
        parts = _checked(year * sign, month, _number(edtf["day"]), text)
        return parts, unknown or bool(edtf["mark"])
    for shape in _WRITTEN:
        if match := shape.fullmatch(text):
            found = match.groupdict()
            month = _month(found["month"])
            if month is None:
                return None
            day = int(found["day"]) if found.get("day") else None
            return _checked(int(found["year"]) * sign, month, day, text), False
    if lettered := _YEAR_AND_LETTER.fullmatch(text):
        # `2012a`: the letter is the style's affair, not the record's.
        return (int(lettered["year"]),), False
    return None


def _without_era(text: str) -> tuple[str, int]:
    match = _ERA.search(text)
    if not match or not text[: match.start()].strip().isdecimal():
        return text, 1
    return text[: match.start()].strip().zfill(4), 1 if match["era"].upper()[0] in "AC" else -1


def _year(text: str) -> tuple[int, bool]:
    """A year; EDTF's `19XX` is the first of its years, and uncertain. -0349 is 350 BC."""
    unknown = any(character in "Xu" for character in text)
    year = int(re.sub("[Xu]", "0", text.lstrip("Yy")))
    # EDTF counts a year 0; the years before Christ do not.
    return (year - 1 if text.lstrip("Yy").startswith("-") or year == 0 else year), unknown


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _checked(year: int, month: int | None, day: int | None, text: str) -> _Parts:
    """Parts that are on the calendar. Raises _NotADateError for all others."""
    if month is None:
        return (year,)
    if month in _SEASONS:
        return (year, _SEASONS[month])
    if not 1 <= month <= 16:
        raise _NotADateError(f"`{text}` has no month that is on the calendar")
    if day is None:
        return (year, month)
    days = monthrange(year if 1 <= year <= 9999 else 2000, month)[1] if month <= 12 else 0
    if not 1 <= day <= days:
        raise _NotADateError(f"`{text}` has no day that is on the calendar")
    return (year, month, day)


def _month(text: str) -> int | None:
    """A month's or season's number: by number, name or abbreviation in several languages."""
    if text.isdecimal():
        return int(text)
    word = text.lower()
    for length in (len(word), 4, 3):
        if word[:length] in _MONTH_NAMES:
            return _MONTH_NAMES[word[:length]]
    return None


def _written_range(text: str) -> tuple[_Parts, ...] | None:
    """`July 12-15, 2017`, `12-15 July 2017` and `Jan-Feb 2001`."""
    if months := _MONTHS_AND_YEAR.fullmatch(text):
        ends = [_month(months[name]) for name in ("first", "last")]
        if all(ends):
            return tuple((int(months["year"]), month) for month in ends if month)
    for shape in _DAYS_AND_MONTH:
        match = shape.fullmatch(text)
        month = _month(match["month"]) if match else None
        if match and month:
            year = int(match["year"])
            return tuple(_checked(year, month, int(match[end]), text) for end in ("first", "last"))
    return None


# ---------------------------------------------------------------- year, month, day


def _with_month(found: DateValue, month: str, day: str) -> DateValue:
    """BibTeX's `month`: `jan`, `1`, `10~jan`, `jan # "~10"`, `July--August`, `Spring`."""
    date = found.date
    assert date is not None
    year = date.date_parts[0][0]
    text, day = _cleaned(month[:_LONGEST]), day[:_LONGEST]
    names = [_month(word) for word in _MONTH_WORD.findall(text)]
    numbers = [int(number) for number in _NUMBER.findall(text)[:4]]
    months = [number for number in names if number]
    if not months:
        months, numbers = numbers[:2], numbers[2:]
    days = numbers or [int(number) for number in _NUMBER.findall(_cleaned(day))[:2]]
    try:
        if not months or (not any(names) and max(months) > 12):
            raise _NotADateError(f"`{text}` is not a month")
        parts = _parts_of(year, months, days, f"{text} {_cleaned(day)}".strip())
    except _NotADateError as error:
        return found._replace(remarks=(*found.remarks, _remark(mistakes.INVALID_DATE, str(error))))
    return found._replace(date=replace(date, date_parts=parts))


def _parts_of(year: int, months: list[int], days: list[int], text: str) -> tuple[_Parts, ...]:
    if len(months) > 1 and months[0] != months[1]:
        ends = days if len(days) == 2 else [None, None]
        pairs = zip(months, ends, strict=False)
        return tuple(_checked(year, month, day, text) for month, day in pairs)
    if len(days) > 1 and days[0] < days[1]:
        return tuple(_checked(year, months[0], day, text) for day in days[:2])
    return (_checked(year, months[0], days[0] if days else None, text),)


def _month_alone(found: DateValue, year: str, month: str) -> DateValue:
    """A `month` field with a whole date in it, or no year to go with it."""
    if year or found.status:
        return found
    whole = parse_date(month)
    return whole if whole.date or whole.status else found
