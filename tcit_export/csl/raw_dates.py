"""Dates as people and EDTF write them: `1999-05/2000`, `May 3-5, 1999`, `ca. 1850`."""

from __future__ import annotations

import re
from typing import NamedTuple

Parts = tuple[int, ...]


class RawDate(NamedTuple):
    """One or two of (year[, month[, day]]); months 13-16 are seasons, (0,) an open end."""

    date_parts: tuple[Parts, ...]
    circa: bool


class _Found(NamedTuple):
    """What one side of a range says; None for what it leaves to the other side."""

    year: int | None
    month: int | None = None
    day: int | None = None
    circa: bool = False

    def parts(self) -> Parts:
        found = (self.year, self.month, self.day)
        return tuple(part for part in found if part is not None)


_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec spr sum fal win".split(), start=1
    )
} | {"aut": 15}
_ISO = re.compile(
    r"(?P<year>-?\d{4}|[yY]-?\d{5,9})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?"
    r"(?:T.*)?(?P<mark>[?~%]*)"
)
_WORD = r"(?P<word>[^\W\d_]{3,})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?"
_ERA = r"\s*(?:BCE?|bce?|B\.C\.)"
_YEAR = rf"(?P<year>\d{{3,4}}|\d{{1,2}}(?={_ERA}))(?P<era>{_ERA})?(?P<mark>[?~%]*)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_WORD}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\s+{_WORD},?\s+{_YEAR}",
        rf"{_WORD},?\s+{_YEAR}",
        rf"{_YEAR},?\s+{_WORD}(?:\s+{_DAY})?",
        r"(?P<month>\d{1,2})[/.](?P<day>\d{1,2})[/.](?P<year>\d{4})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<year>\d{4})\s*[年년]\s*(?:(?P<month>\d{1,2})\s*[月월]\s*(?:(?P<day>\d{1,2})\s*[日일])?)?",
        rf"{_YEAR}",
    )
)
_PARTIAL = tuple(
    re.compile(shape) for shape in (rf"{_WORD}\s+{_DAY}", rf"{_DAY}\s+{_WORD}", _WORD, _DAY)
)
"""One side of a range that leaves the year, or the month too, to the other side."""

_CIRCA = re.compile(r"(?:circa|ca\.?|c\.)\s*(?=\d|[A-Za-z]+\s)", re.I)
_RANGE = re.compile(r"\s*(?:--|/|–|—|\s-\s|-|\s(?:to|until)\s)\s*")


def read_date(raw: str) -> RawDate | None:
    """Read a date or a range; None for a text that is neither."""
    text = raw.strip()
    circa = _CIRCA.match(text)
    if circa is not None:
        text = text[circa.end() :].strip()
    found = _range(text) if _one(text) is None else None
    if found is None:
        single = _one(text)
        if single is None:
            return None
        found = RawDate((single.parts(),), single.circa)
    return RawDate(found.date_parts, found.circa or circa is not None)


def _range(text: str) -> RawDate | None:
    """Two dates with a mark between them, wherever it may stand."""
    for mark in _RANGE.finditer(text):
        left, right = text[: mark.start()], text[mark.end() :]
        if not left:
            continue
        if right in ("", "..", "open"):
            first = _one(left)
            return RawDate((first.parts(), (0,)), first.circa) if first else None
        found = _two(left, right)
        if found is not None:
            return found
    return None


def _two(left: str, right: str) -> RawDate | None:
    """`May 3-5, 1999`, `May-June 1999`, `1999-2000`: what one side lacks, the other has."""
    whole = _one(left), _one(right)
    if whole[0] is not None and whole[1] is not None:
        return RawDate((whole[0].parts(), whole[1].parts()), whole[0].circa or whole[1].circa)
    if whole[1] is not None:
        part = _partial(left)
        if part is not None and (part.month or whole[1].month):
            first = _Found(whole[1].year, part.month or whole[1].month, part.day)
            return RawDate((first.parts(), whole[1].parts()), whole[1].circa)
    return _two_with_year_last(left, right)


_TRAILING_YEAR = re.compile(r"(\d{1,2}|[^\W\d_]{3,}\.?(?:\s+\d{1,2})?),?\s+(\d{4})")


def _two_with_year_last(left: str, right: str) -> RawDate | None:
    """`May 3` and `5, 1999`."""
    end = _TRAILING_YEAR.fullmatch(right)
    first = _partial(left)
    if end is None or first is None or first.month is None:
        return None
    last = _partial(end[1])
    if last is None:
        return None
    year = int(end[2])
    one = _Found(year, first.month, first.day)
    two = _Found(year, last.month or first.month, last.day)
    return RawDate((one.parts(), two.parts()), False)


def _partial(text: str) -> _Found | None:
    for shape in _PARTIAL:
        match = shape.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        month = _month(found.get("word"))
        if month == 0:
            continue
        day = found.get("day")
        return _Found(None, month, int(day) if day else None)
    return None


def _one(text: str) -> _Found | None:
    """A whole date; the year must be there."""
    for shape in (_ISO, *_SHAPES):
        match = shape.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        year = int((found["year"] or "").lstrip("yY"))
        number = found.get("month")
        month = int(number) if number else _month(found.get("word"))
        if month == 0 or (month is not None and month > 24):
            continue
        day = int(found["day"]) if found.get("day") and month is not None else None
        circa = bool(found.get("mark"))
        return _Found(-year if found.get("era") else year, month, day, circa)
    return None


def _month(word: str | None) -> int | None:
    """Its number (13-16 are seasons), 0 for a word that is no month, None without one."""
    return _MONTHS.get(word[:3].lower(), 0) if word else None
