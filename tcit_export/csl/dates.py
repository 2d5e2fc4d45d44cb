"""cs:date: dates and ranges of dates, localized or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tcit_export.csl import style as s
from tcit_export.csl.item import Date
from tcit_export.csl.numbers import Ordinals
from tcit_export.csl.style import Formatting, Locale
from tcit_export.csl.textcase import apply_case
from tcit_export.csl.tree import Box, Node

_PLACE = {"year": 0, "month": 1, "day": 2}
_RANGE_DASH = "–"

Parts = tuple[int, ...]
PartRenderer = Callable[[Parts], str]


class _Part:
    """A compiled date part: how to read it from (year, month, day), and its dress."""

    __slots__ = ("case", "delimiter", "formatting", "name", "place", "prefix", "read", "suffix")

    def __init__(self, element: s.DatePart, locale: Locale, ordinals: Ordinals) -> None:
        self.name = element.name
        self.place = _PLACE.get(element.name, 0)
        self.read = _reader(element, locale, ordinals)
        self.prefix = element.prefix
        self.suffix = element.suffix
        self.formatting: Formatting | None = (
            None if element.formatting == s.PLAIN else element.formatting
        )
        self.case = element.text_case
        self.delimiter = element.range_delimiter or _RANGE_DASH

    def render(
        self, parts: Parts, year_suffix: Callable[[], Node | None] | None, season: str = ""
    ) -> Node | None:
        """The part as a node; `season` is a season's name, shown as the month."""
        text = season if season and self.name == "month" else self.read(parts)
        if not text:
            return None
        return self.dressed((text,), year_suffix if self.name == "year" else None)

    def dressed(self, kids: Sequence[Node], year_suffix: Callable[[], Node | None] | None) -> Node:
        """What is shown as the part, with the letter after the year."""
        if self.case:
            kids = apply_case(kids, self.case)
        letter = year_suffix() if year_suffix is not None else None
        if letter is not None:
            kids = (*kids, letter)
        if len(kids) == 1 and not self.prefix and not self.suffix and self.formatting is None:
            return kids[0]
        return Box(kids, prefix=self.prefix, suffix=self.suffix, formatting=self.formatting)


class DateFormat:
    """A compiled cs:date: its parts in order, from the style or from the locale."""

    def __init__(self, element: s.Date, locale: Locale, ordinals: Ordinals) -> None:
        elements, delimiter = _elements(element, locale)
        self.parts = tuple(
            _Part(part, locale, ordinals) for part in elements if part.name in _PLACE
        )
        self.delimiter = delimiter

    def render(
        self, date: Date, year_suffix: Callable[[], Node | None] | None = None
    ) -> list[Node]:
        """The nodes of a date; empty where it has none of the parts wanted.

        `year_suffix` is asked for the letter that follows the first year.
        """
        first = _with_season(date, date.date_parts[0])
        if len(first) == 1 and date.season and not date.season.isdigit():
            return self._run(self.parts, first, year_suffix, date.season)
        if len(date.date_parts) == 1:
            return self._run(self.parts, first, year_suffix)
        second = date.date_parts[1]
        if second == (0,):
            found = self._run(self.parts, first, year_suffix)
            return _open_range(found, self._range_delimiter(0))
        return self._range(first, _with_season(date, second), year_suffix)

    def words(
        self, date: Date, text: Sequence[Node], year_suffix: Callable[[], Node | None] | None
    ) -> list[Node]:
        """A date in words ("in press") stands where the year would, in its dress.

        One with nothing but a season shows that where the month would stand.
        """
        if text:
            return [part.dressed(text, year_suffix) for part in self.parts if part.name == "year"]
        months = [part for part in self.parts if part.name == "month"]
        if not date.season or not months:
            return []
        season = date.season
        if season.isdigit():
            return self._run(months, (0, 24 + int(season)), None) if 1 <= int(season) <= 4 else []
        return self._run(months, (0,), None, season)

    def _run(
        self,
        parts: Sequence[_Part],
        values: Parts,
        year_suffix: Callable[[], Node | None] | None,
        season: str = "",
    ) -> list[Node]:
        return [
            node for part in parts if (node := part.render(values, year_suffix, season)) is not None
        ]

    def _range_delimiter(self, place: int) -> str:
        return next((p.delimiter for p in self.parts if p.place == place), _RANGE_DASH)

    def _range(
        self, first: Parts, second: Parts, year_suffix: Callable[[], Node | None] | None
    ) -> list[Node]:
        """What both dates share is written once (Date Ranges)."""
        shown = self.parts
        places = sorted(part.place for part in shown)
        differing = next((p for p in places if first[p : p + 1] != second[p : p + 1]), None)
        if differing is None:
            return self._run(shown, first, year_suffix)
        changing = [index for index, part in enumerate(shown) if part.place >= differing]
        start, stop = changing[0], changing[-1] + 1
        before = self._run(shown[:start], first, None)
        left = self._run(shown[start:stop], first, None)
        right = self._run(shown[start:stop], second, year_suffix)
        after = self._run(shown[stop:], second, year_suffix)
        if not left or not right:
            return [*before, *(left or right), *after]
        _cut(left, "suffix")
        _cut(right, "prefix")
        # One node, so that the delimiter of cs:date does not come near the dash.
        joint = Box((left[-1], self._range_delimiter(differing), right[0]))
        return [*before, *left[:-1], joint, *right[1:], *after]


def _open_range(nodes: list[Node], delimiter: str) -> list[Node]:
    """A date and the dash that leads nowhere, without the delimiter of cs:date between."""
    if not nodes:
        return []
    _cut(nodes, "suffix")
    return [*nodes[:-1], Box((nodes[-1], delimiter))]


def _cut(nodes: list[Node], affix: str) -> None:
    """Take away the affix that would stand between a date and the range delimiter."""
    index = -1 if affix == "suffix" else 0
    node = nodes[index]
    if isinstance(node, Box):
        copy = node.with_kids(node.kids)
        setattr(copy, affix, "")
        nodes[index] = copy


def _with_season(date: Date, parts: Parts) -> Parts:
    """A season takes the place of a month that is missing: 25 to 28, shown by its name even
    where months are numbers."""
    if len(parts) == 1 and date.season.isdigit() and 1 <= int(date.season) <= 4:
        return (parts[0], 24 + int(date.season))
    return parts


def _elements(element: s.Date, locale: Locale) -> tuple[Sequence[s.DatePart], str]:
    """The parts of a localized date, changed by those of the style, or the style's own."""
    if not element.form:
        return element.parts, element.delimiter
    base = locale.dates.get(element.form)
    if base is None:
        return element.parts, element.delimiter
    wanted = element.date_parts.split("-")
    changes = {part.name: part for part in element.parts}
    return [
        _overlaid(part, changes.get(part.name)) for part in base.parts if part.name in wanted
    ], base.delimiter


def _overlaid(base: s.DatePart, change: s.DatePart | None) -> s.DatePart:
    """The locale's part with the attributes the style sets (affixes are the locale's)."""
    if change is None:
        return base
    return replace(
        base,
        form=change.form or base.form,
        formatting=change.formatting if change.formatting != s.PLAIN else base.formatting,
        text_case=change.text_case or base.text_case,
        strip_periods=change.strip_periods or base.strip_periods,
        range_delimiter=change.range_delimiter or base.range_delimiter,
    )


# ------------------------------------------------------------------ single parts


def _reader(element: s.DatePart, locale: Locale, ordinals: Ordinals) -> PartRenderer:
    match element.name:
        case "year":
            return _year_reader(element.form, locale)
        case "month":
            return _month_reader(element, locale)
        case _:
            return _day_reader(element.form, locale, ordinals)


def _year_reader(form: str, locale: Locale) -> PartRenderer:
    ad, bc = locale.term("ad") or "", locale.term("bc") or ""

    def read(parts: Parts) -> str:
        year = parts[0]
        if year < 0:
            return f"{-year}{bc}"
        if form == "short" and year >= 1000:
            return f"{year % 100:02}"
        if year == 0:
            return ""
        return f"{year}{ad}" if year < 1000 else str(year)

    return read


def _month_reader(element: s.DatePart, locale: Locale) -> PartRenderer:
    form = element.form or "long"
    term_form = form if form in ("long", "short") else "long"
    months = (f"month-{number:02}" for number in range(1, 13))
    seasons = (f"season-{number % 4 + 1:02}" for number in range(16))
    found = (locale.term(term, term_form) or "" for term in (*months, *seasons))
    names = ["", *(name.replace("'", "’") for name in found)]
    if form in ("numeric", "numeric-leading-zeros"):
        width = 2 if form == "numeric-leading-zeros" else 1
        names[1:25] = [*(f"{number:0{width}}" for number in range(1, 13)), *[""] * 12]
    if element.strip_periods:
        names = [name.replace(".", "") for name in names]

    def read(parts: Parts) -> str:
        return names[parts[1]] if len(parts) > 1 and 0 < parts[1] < len(names) else ""

    return read


def _day_reader(form: str, locale: Locale, ordinals: Ordinals) -> PartRenderer:
    only_first = bool(locale.limit_day_ordinals_to_day_1)

    def read(parts: Parts) -> str:
        if len(parts) < 3 or not 0 < parts[2] < 32:
            return ""
        day = parts[2]
        if form == "ordinal" and (day == 1 or not only_first):
            gender = ordinals.gender_of(f"month-{parts[1]:02}")
            return ordinals.format(day, "ordinal", gender)
        return f"{day:02}" if form == "numeric-leading-zeros" else str(day)

    return read


# ------------------------------------------------------------------ sorting


def sort_text(date: Date, places: Sequence[str] = ("year", "month", "day")) -> str:
    """A text that sorts as the date does: zero-padded, BC before AD, ranges after their start.

    Seasons are ignored (Sorting Variables), and words ("n.d.") are no date to sort by.
    """
    return "-".join(_sortable(parts, places) for parts in date.date_parts)


def _sortable(parts: Parts, places: Sequence[str]) -> str:
    values = [
        parts[_PLACE[name]] if name in places and len(parts) > _PLACE[name] else 0
        for name in ("year", "month", "day")
    ]
    year, month, day = values
    month = 0 if month > 12 else month
    era = "A" if year < 0 else "B"
    return f"{era}{year + 100000 if year < 0 else year:06}{month:02}{day:02}"
