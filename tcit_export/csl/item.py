"""CSL-JSON as types: what is cited.

Field texts may carry the small markup of CSL-JSON (`<i> <b> <sup> <sub> <sc>`,
`<span class="nocase">`, `<span class="nodecor">`); see CSL 1.0.2 and its `csl-data.json` schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

DATE_VARIABLES: Final = frozenset(
    ["accessed", "available-date", "event-date", "issued", "original-date", "submitted"]
)
NAME_VARIABLES: Final = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator
    director editor editor-translator editorial-director executive-producer guest host
    illustrator interviewer narrator organizer original-author performer producer recipient
    reviewed-author script-writer series-creator translator""".split()
)


NOTE_VARIABLES: Final = (
    DATE_VARIABLES
    | NAME_VARIABLES
    | frozenset(
        """archive archive_collection archive_location archive-place authority call-number
        chapter-number collection-number collection-title collection-title-short container-title
        container-title-short dimensions division DOI edition event event-place event-title genre
        ISBN ISSN issue jurisdiction language license medium number number-of-pages
        number-of-volumes original-publisher original-publisher-place original-title page
        page-first part-number part-title PMCID PMID printing-number publisher publisher-place
        references reviewed-genre reviewed-title scale section source status supplement-number
        title-short URL version volume volume-title""".split()
    )
)
"""Variables that a `name: value` line of a note may set."""


class ItemError(ValueError):
    """A CSL-JSON object that is no item; the message names the item and the field."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person (family, given, particles, suffix) or an institution (literal)."""

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    comma_suffix: bool = False
    static_ordering: bool = False
    parse_names: bool = True


@dataclass(frozen=True, slots=True)
class Date:
    """A date or a range: one or two of (year[, month[, day]]); months 13-24 are seasons.

    BC years are negative. A range with an open end has (0,) as its second part.
    """

    date_parts: tuple[tuple[int, ...], ...] = ()
    season: str = ""
    circa: bool = False
    literal: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One work. `fields` are texts and numbers by their CSL names (`container-title`).

    Variables outside the schema are kept: any text, name or date variable a style asks
    for is found under its own name.
    """

    id: str
    type: str
    fields: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Item:
        """From a CSL-JSON object. Raises ItemError where a value cannot be understood."""
        if not isinstance(data, Mapping):
            raise ItemError(f"an item must be an object, not {_kind(data)}")
        key = _text(data.get("id", ""))
        fields: dict[str, str] = {}
        names: dict[str, tuple[Name, ...]] = {}
        dates: dict[str, Date] = {}
        for variable, value in data.items():
            if variable in ("id", "type", "custom") or value is None:
                continue
            try:
                _sort_in(variable, value, fields, names, dates)
            except ItemError as error:
                raise ItemError(f"item `{key}`, `{variable}`: {error}") from None
        if ":" in fields.get("note", ""):
            _read_note(fields, names, dates)
        return cls(key, _text(data.get("type", "")), fields, names, dates)

    def to_json(self) -> dict[str, Any]:
        """As a CSL-JSON object, keys in a fixed order."""
        data: dict[str, Any] = {"id": self.id, "type": self.type}
        for variable in sorted({*self.fields, *self.names, *self.dates}):
            if variable in self.names:
                data[variable] = [_name_to_json(name) for name in self.names[variable]]
            elif variable in self.dates:
                data[variable] = _date_to_json(self.dates[variable])
            else:
                data[variable] = self.fields[variable]
        return data


def _sort_in(
    variable: str,
    value: Any,
    fields: dict[str, str],
    names: dict[str, tuple[Name, ...]],
    dates: dict[str, Date],
) -> None:
    """Put a value where its shape belongs: an object is a date, a list of objects names."""
    if variable in NAME_VARIABLES:
        found = _names(value)
        if found:
            names[variable] = found
    elif variable in DATE_VARIABLES:
        date = _date(value)
        if date != Date():
            dates[variable] = date
    elif isinstance(value, Mapping):
        dates[variable] = _date(value)
    elif isinstance(value, (list, tuple)):
        if all(isinstance(entry, Mapping) for entry in value):
            names[variable] = _names(value)
        else:
            fields[variable] = ", ".join(_text(entry) for entry in value)
    else:
        fields[variable] = _text(value)


_NOTE_LINE = re.compile(r"([A-Za-z][A-Za-z_-]*):[ \t]*(\S.*)")


def _read_note(
    fields: dict[str, str], names: dict[str, tuple[Name, ...]], dates: dict[str, Date]
) -> None:
    """Fields that reference managers write as `name: value` lines into `note`.

    Only variables of the specification that the item lacks, and only lines at the start
    (after one line of free text at most). The rest of the note stays.
    """
    lines = fields["note"].split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        match = _NOTE_LINE.fullmatch(line.strip())
        variable = match[1] if match else ""
        if match is None or variable not in NOTE_VARIABLES:
            kept.append(line)
            if number:
                kept.extend(lines[number + 1 :])
                break
            continue
        if variable in fields or variable in names or variable in dates:
            continue
        if variable in NAME_VARIABLES:
            people = [part.strip() for part in match[2].split("||")]
            value: object = [{"family": people[0], "given": people[1]}] if len(people) > 1 else [
                {"literal": people[0]}
            ]
        else:
            value = match[2].strip()
        _sort_in(variable, value, fields, names, dates)
    fields["note"] = "\n".join(kept)
    if not fields["note"].strip():
        del fields["note"]


def _kind(value: object) -> str:
    return f"`{type(value).__name__}`"


def _text(value: object) -> str:
    """Strings, numbers and booleans as text: ids and numbers come as either."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if value is None:
        return ""
    raise ItemError(f"a text or a number is needed, not {_kind(value)}")


def _truth(value: object) -> bool:
    """CSL-JSON writes flags as booleans, numbers or strings."""
    return value not in (None, False, 0, "", "0", "false")


# ------------------------------------------------------------------ names


def _names(value: object) -> tuple[Name, ...]:
    if isinstance(value, str):
        return (Name(literal=value),) if value else ()
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, (list, tuple)):
        raise ItemError(f"a list of names is needed, not {_kind(value)}")
    found = (_name(entry) for entry in value)
    return tuple(name for name in found if name is not None)


def _name(value: object) -> Name | None:
    if isinstance(value, str):
        return Name(literal=value) if value else None
    if not isinstance(value, Mapping):
        raise ItemError(f"a name must be an object, not {_kind(value)}")
    literal = _text(value.get("literal", ""))
    if not literal and _truth(value.get("isInstitution")):
        literal = _text(value.get("family", ""))
    name = Name(
        family="" if literal else _text(value.get("family", "")),
        given="" if literal else _text(value.get("given", "")),
        dropping_particle=_text(value.get("dropping-particle", "")),
        non_dropping_particle=_text(value.get("non-dropping-particle", "")),
        suffix=_text(value.get("suffix", "")),
        literal=literal,
        comma_suffix=_truth(value.get("comma-suffix")),
        static_ordering=_truth(value.get("static-ordering")),
        parse_names=_truth(value.get("parse-names", True)),
    )
    return name if name.family or name.given or name.literal else None


def _name_to_json(name: Name) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key in ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal"):
        if value := getattr(name, key):
            data[key.replace("_", "-")] = value
    for key in ("comma_suffix", "static_ordering"):
        if getattr(name, key):
            data[key.replace("_", "-")] = True
    if not name.parse_names:
        data["parse-names"] = False
    return data


# ------------------------------------------------------------------ dates


def _date(value: object) -> Date:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return _complete(Date(raw=_text(value)))
    if isinstance(value, (list, tuple)):
        value = {"date-parts": value if value and isinstance(value[0], (list, tuple)) else [value]}
    if not isinstance(value, Mapping):
        raise ItemError(f"a date must be an object, not {_kind(value)}")
    parts = value.get("date-parts") or []
    if not isinstance(parts, (list, tuple)):
        raise ItemError(f"`date-parts` must be a list, not {_kind(parts)}")
    return _complete(
        Date(
            date_parts=tuple(p for p in (_date_parts(part) for part in parts[:2]) if p),
            season=_text(value.get("season", "")),
            circa=_truth(value.get("circa")),
            literal=_text(value.get("literal", "")),
            raw=_text(value.get("raw", "")),
        )
    )


def _complete(date: Date) -> Date:
    """Where there is only `raw`, read it; what cannot be read is a literal."""
    if date.date_parts or date.literal or not date.raw.strip():
        return date
    parsed = parse_raw_date(date.raw)
    if not parsed.circa and date.circa:
        return Date(parsed.date_parts, date.season or parsed.season, True, parsed.literal, date.raw)
    return Date(parsed.date_parts, date.season or parsed.season, parsed.circa, parsed.literal, date.raw)


def _date_parts(value: object) -> tuple[int, ...]:
    """(year, month, day) up to the first part that is missing."""
    if not isinstance(value, (list, tuple)):
        value = [value]
    numbers: list[int] = []
    for part in value[:3]:
        if part is None or part == "":
            break
        try:
            numbers.append(int(float(part)) if not isinstance(part, str) else int(part.strip()))
        except (TypeError, ValueError):
            if not numbers:
                raise ItemError(f"`{part}` is no year") from None
            break
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _date_to_json(date: Date) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if date.date_parts:
        data["date-parts"] = [list(part) for part in date.date_parts]
    for key in ("season", "literal", "raw"):
        if value := getattr(date, key):
            data[key] = value
    if date.circa:
        data["circa"] = True
    return data


_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec spr sum fal win".split(), start=1
    )
} | {"aut": 15}
_MARK = r"(?P<mark>[?~%]*)"
_ISO = re.compile(
    rf"(?P<year>-?\d{{1,4}}|[yY]?-?\d{{5,}})(?:-(?P<month>\d{{1,2}}))?(?:-(?P<day>\d{{1,2}}))?(?:T.*)?{_MARK}"
)
_WORD = r"(?P<word>[^\W\d_]{3,})\.?"
_YEAR = r"(?P<year>\d{1,4})(?P<era>\s*(?:BCE?|bce?|B\.C\.))?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_WORD},?\s+{_YEAR}",
        rf"{_WORD},?\s+{_YEAR}",
        rf"{_YEAR},?\s+{_WORD}(?:\s+(?P<day>\d{{1,2}}))?",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        rf"{_YEAR}",
    )
)


def parse_raw_date(raw: str) -> Date:
    """Read a date as people and EDTF write it: `1999-05/2000`, `May 3, 1999`, `ca. 1850`.

    A text that is no date comes back as `literal`.
    """
    text = raw.strip()
    circa = False
    for word in ("circa ", "ca. ", "c. ", "ca ", "c "):
        if text.lower().startswith(word):
            text, circa = text[len(word) :].strip(), True
            break
    for separator in ("/", "\u2013", "\u2014", "--", " - ", "-", " to "):
        ends = text.split(separator)
        if len(ends) == 2 and all(end.strip() for end in ends):
            first, second = _one_date(ends[0].strip()), _one_date(ends[1].strip())
            if separator in ("/", "--") and ends[1].strip() in ("..", "open"):
                second = ((0,), False)
            if first and second and not _is_one_date(text, separator, ends):
                first, second = _share(first, second)
                return Date((first[0], second[0]), circa=circa or first[1] or second[1], raw=raw)
    single = _one_date(text)
    if single is None:
        return Date(literal=raw, raw=raw)
    return Date((single[0],), circa=circa or single[1], raw=raw)


def _share(
    first: tuple[tuple[int, ...], bool], second: tuple[tuple[int, ...], bool]
) -> tuple[tuple[tuple[int, ...], bool], tuple[tuple[int, ...], bool]]:
    return first, second


def _is_one_date(text: str, separator: str, ends: list[str]) -> bool:
    """Whether `1999-05` or `5/1999` is a month and a year and no range."""
    if separator == "-":
        return _ISO.fullmatch(text) is not None and len(ends[1].strip()) <= 2
    if separator == "/":
        return re.fullmatch(r"\d{1,2}/\d{4}|\d{4}/\d{1,2}", text) is not None
    return False


def _one_date(text: str) -> tuple[tuple[int, ...], bool] | None:
    """((year, month, day), whether it is marked as uncertain)"""
    iso = _ISO.fullmatch(text)
    if iso is not None:
        numbers = [int(iso["year"].lstrip("yY"))]
        numbers += [int(iso[part]) for part in ("month", "day") if iso[part]]
        return tuple(numbers), bool(iso["mark"])
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        year = -int(found["year"]) if found.get("era") else int(found["year"])
        month = _month(found)
        if month is None:
            return (year,), False
        if month == 0:
            continue
        return (year, month, int(found["day"])) if found.get("day") else (year, month), False
    return None


def _month(found: Mapping[str, str | None]) -> int | None:
    """Its number (13-16 are seasons), 0 for a word that is no month, None without one."""
    if word := found.get("word"):
        return _MONTHS.get(word[:3].lower(), 0)
    month = found.get("month")
    return int(month) if month else None
