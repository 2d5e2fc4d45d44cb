"""CSL-JSON as types: what is cited.

Field texts may carry the small markup of CSL-JSON (`<i> <b> <sup> <sub> <sc>`,
`<span class="nocase">`, `<span class="nodecor">`); see CSL 1.0.2 and its `csl-data.json` schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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

    def __hash__(self) -> int:
        """Of what nearly always tells names apart: one is looked up a dozen times."""
        return hash((self.family, self.given, self.literal))


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
        values: dict[str, Any] = dict(self.fields)
        for variable, date in self.dates.items():
            values[variable] = _date_to_json(date)
        for variable, names in self.names.items():
            values[variable] = [_name_to_json(name) for name in names]
        return {"id": self.id, "type": self.type, **dict(sorted(values.items()))}


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
        text = _text(value)
        fields[variable] = "" if text.isspace() else text


_NOTE_BRACES = re.compile(r"\{:([A-Za-z][A-Za-z_-]*):[ \t]*([^{}]+)\}")
_NOTE_LINE = re.compile(r"([A-Za-z][A-Za-z_-]*):[ \t]*(\S.*)")


def _read_note(
    fields: dict[str, str], names: dict[str, tuple[Name, ...]], dates: dict[str, Date]
) -> None:
    """Fields that reference managers write as `name: value` lines into `note`.

    Only variables of the specification that the item lacks, and only lines at the start
    (after one line of free text at most). The rest of the note stays.
    """
    found: list[tuple[str, str]] = []
    lines = fields["note"].split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        match = _NOTE_LINE.fullmatch(line.strip())
        if match is not None and match[1] in NOTE_VARIABLES:
            found.append((match[1], match[2].strip()))
            continue
        kept.append(line)
        if number:
            kept.extend(lines[number + 1 :])
            break
    note = "\n".join(kept)
    found += [(name, text.strip()) for name, text in _NOTE_BRACES.findall(note)]
    added: dict[str, list[dict[str, str]]] = {}
    for variable, text in found:
        if variable not in NOTE_VARIABLES or variable in {**fields, **names, **dates}:
            continue
        if variable in NAME_VARIABLES:
            added.setdefault(variable, []).append(_noted_name(text))
        else:
            _sort_in(variable, text, fields, names, dates)
    for variable, people in added.items():
        _sort_in(variable, people, fields, names, dates)
    fields["note"] = _NOTE_BRACES.sub("", note)
    if not fields["note"].strip():
        del fields["note"]


def _noted_name(text: str) -> dict[str, str]:
    """`Doe || Jane` is a person, other text an institution."""
    family, mark, given = text.partition("||")
    return {"family": family.strip(), "given": given.strip()} if mark else {"literal": text}


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
    values = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
        "literal": name.literal,
        "comma-suffix": name.comma_suffix,
        "static-ordering": name.static_ordering,
    }
    data: dict[str, Any] = {key: value for key, value in values.items() if value}
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
    from tcit_export.csl.raw_dates import read_date  # few dates come so, and it has many patterns

    parsed = read_date(date.raw)
    if parsed is None:
        return replace(date, literal=date.raw)
    return replace(date, date_parts=parsed.date_parts, circa=date.circa or parsed.circa)


def _date_parts(value: object) -> tuple[int, ...]:
    """(year, month, day) up to the first part that is missing."""
    if not isinstance(value, (list, tuple)):
        value = [value]
    numbers: list[int] = []
    for part in value[:3]:
        if part is None or part == "":
            break
        try:
            numbers.append(int(str(part).strip().removesuffix(".0")))
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
