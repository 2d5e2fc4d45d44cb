"""Legal works (APA 7, chapter 11, which follows the Bluebook)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import strip_markup, to_rich
from tcit_export.bibliography.names import parse_annotations, split_list
from tcit_export.bibliography.rules.numbering import ranged
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.csl.item import Date
from tcit_export.patterns import late

_BODIES: Final = {
    "senate": ("Senate", "S."),
    "houseofrepresentatives": ("House of Representatives", "H.R."),
    "us": ("U.S.", "U.S."),
    "unitednations": ("United Nations", "U.N."),
}
_MATERIALS: Final = {
    "report": ("Report", "Rep."),
    "resolution": ("Resolution", "Res."),
    "concurrentresolution": ("Concurrent Resolution", "Con. Res."),
    "jointresolution": ("Joint Resolution", "J. Res."),
    "bill": ("Bill", ""),
    "document": ("Document", "Doc."),
    "execorder": ("Executive Order", "Exec. Order"),
    "constitution": ("Constitution", "Const."),
    "charter": ("Charter", "Charter"),
}
_NUMBERED: Final = frozenset("report document execorder".split())
_STATES: Final = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia "
    "Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts "
    "Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon "
    "Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming"
).split()
_TWO_WORD_STATES: Final = (
    "New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota",
    "Rhode Island", "South Carolina", "South Dakota", "West Virginia",
)  # fmt: skip
_STATE_ABBREVIATIONS: Final = {
    "Alabama": "Ala.", "Arizona": "Ariz.", "Arkansas": "Ark.", "California": "Cal.",
    "Colorado": "Colo.", "Connecticut": "Conn.", "Delaware": "Del.", "Florida": "Fla.",
    "Georgia": "Ga.", "Hawaii": "Haw.", "Illinois": "Ill.", "Indiana": "Ind.", "Kansas": "Kan.",
    "Kentucky": "Ky.", "Louisiana": "La.", "Maine": "Me.", "Maryland": "Md.",
    "Massachusetts": "Mass.", "Michigan": "Mich.", "Minnesota": "Minn.", "Mississippi": "Miss.",
    "Missouri": "Mo.", "Montana": "Mont.", "Nebraska": "Neb.", "Nevada": "Nev.",
    "Oklahoma": "Okla.", "Oregon": "Or.", "Pennsylvania": "Pa.", "Tennessee": "Tenn.",
    "Texas": "Tex.", "Vermont": "Vt.", "Virginia": "Va.", "Washington": "Wash.",
    "West Virginia": "W. Va.", "Wisconsin": "Wis.", "Wyoming": "Wyo.",
}  # fmt: skip
"""The Bluebook's, table T10; two-word states go by their letters."""


_OF_CONGRESS: Final = late(r"(\b(?:L|Rep|Doc)\. No\. \d+)\u2013(?=\d)")
"""`Pub. L. No. 111-2`: the second law of the 111th Congress."""


def set_legal(record: Record) -> None:
    """11.3-11.10: name, source and date of a legal work."""
    rule = {
        "jurisdiction": _set_case,
        "case": _set_case,
        "statute": _set_statute,
        "bill": _set_statute,
        "treaty": _set_treaty,
        "legislation": _set_statute,
        "legmaterial": _set_material,
        "legadminmaterial": _set_regulation,
        "constitution": _set_constitution,
        "legal": _set_treaty,
    }.get(record.entry.type)
    if rule is None:
        return
    record.flag("tcit-legal")
    rule(record)
    source = record.fields.get("tcit-legal-source", "")
    if "§" in source:  # LaTeX's `\S 12` has no blank, the Bluebook has
        record.put("tcit-legal-source", re.sub(r"§(?=\d)", "§ ", source))
    if "No. " in source:  # a law or report of one Congress: no range
        record.put(
            "tcit-legal-source", _OF_CONGRESS.sub(r"\1-", record.fields["tcit-legal-source"])
        )
    if record.has("shorttitle"):
        record.put("title-short", record.rich("shorttitle"))


# ---------------------------------------------------------------- 11.4 court decisions


def _set_case(record: Record) -> None:
    """11.4: `Name v. Name, 12 U.S. 34 (Court Year)`, with its later history."""
    if not record.has("citation"):
        _set_reported_case(record)
        return
    courts = _annotation(record, "citeorg")
    dates = _annotation(record, "citedate")
    history = _annotation(record, "citeinfo")
    texts: list[str] = []
    for position, part in enumerate(split_list(record.raw("citation")), start=1):
        text = to_rich(part).text
        court = " ".join(found for found in (courts.get(position), dates.get(position)) if found)
        texts.append(
            f"<i>{text}</i>" if position in history else text + (f" ({court})" if court else "")
        )
    record.put("tcit-legal-source", ", ".join(texts))
    if not courts and not dates:
        record.put("tcit-legal-date", _court_and_year(record))


_UNREPORTED: Final = late(r"\b(?:WL|LEXIS)\b|^(?:No|Case)\b")
"""A decision in no reporter is told by its docket and its day (Bluebook, rule 10.8.1)."""
_HISTORY: Final = late(
    r"^(?:aff[’']d|rev[’']d|affirmed|reversed|vacated|overruled|modified|remanded|"
    r"(?:cert\.?|appeal|reh[’']g) (?:denied|dismissed|granted))\b",
    re.IGNORECASE,
)
"""What became of a decision: in italics between its citations."""


def _set_reported_case(record: Record) -> None:
    """The same from volume, reporter and page."""
    reporter = record.rich("reporter", "journaltitle", "booktitle")
    page = record.text("pages").split("-")[0]
    parts = (record.text("volume"), strip_markup(reporter), page)
    record.put("tcit-legal-source", " ".join(part for part in parts if part))
    record.put("tcit-legal-date", _court_and_year(record))
    record.put("authority", record.rich("court", "organization", "institution"))


def _court_and_year(record: Record) -> str:
    """11.4: but the U.S. Supreme Court is told by its reporters."""
    court = record.rich("court", "organization", "institution")
    if fold(record.text("reporter", "journaltitle")) in ("us", "sct", "led", "led2d"):
        court = ""
    decided = record.dates.get("issued")
    unreported = _UNREPORTED.search(record.text("citation"))
    date = _full(decided) if unreported else _year(decided)
    return " ".join(part for part in (court, date) if part)


def _annotation(record: Record, name: str) -> dict[int, str]:
    value = record.entry.get(f"citation+an:{name}")
    found = parse_annotations(value) if value else {}
    return {position: " ".join(words) for position, words in found.items()}


# ---------------------------------------------------------------- 11.5-11.7 statutes, bills, orders


def _set_statute(record: Record) -> None:
    """11.5: `Name of Act, Title Source § Section (Year)`; the name's `of 1990` is not cited."""
    title, addon = record.fields.get("title", ""), record.rich("titleaddon")
    if title and addon:
        record.put("title-short", title)
        record.put("title", f"{title} {addon}")
    record.put("tcit-legal-source", record.rich("location") or _citations(record))
    _set_hearing(record)
    issued, original = record.dates.get("issued"), record.dates.get("original-date")
    if original is not None:
        record.put("tcit-legal-date", f"{_year(original)} & rev. {_year(issued)}")
    else:
        record.put("tcit-legal-date", _year(issued))
    _set_notes(record)


def _citations(record: Record) -> str:
    """11.5: where a statute is found; biblatex-apa's `citation` is a list."""
    parts = [to_rich(part).text for part in split_list(record.raw("citation"))]
    return ", ".join(parts) or record.rich("number")


def _set_material(record: Record) -> None:
    """11.6: reports, resolutions and hearings of a legislature."""
    if record.has("title"):
        _set_statute(record)
    if record.type == "hearing":
        fields = ("source", "organization", "institution", "citation", "location", "number")
        parts = [_BODIES.get(part.lower(), (part,))[0] for part in map(record.rich, fields) if part]
        record.put("tcit-legal-source", ", ".join(parts))
        return
    if record.has("title") and not record.has("number", "source"):
        return
    body = _BODIES.get(record.text("source").lower(), (record.text("source"),) * 2)
    kind = _MATERIALS.get(record.text("type").lower(), (record.text("type"),) * 2)
    number = record.text("number").replace("\u2013", "-")
    number = ("No. " if record.text("type").lower() in _NUMBERED else "") + number
    long, short = (" ".join(part for part in (body[i], kind[i], number) if part) for i in (0, 1))
    if record.has("title"):
        where = record.rich("citation", "location")
        record.put("tcit-legal-source", f"{short}, {where}" if where else short)
    else:
        _name(record, short, long)
        record.put("tcit-legal-source", record.rich("citation", "location"))
    record.put("tcit-legal-date", _year(record.dates.get("issued")))
    _set_notes(record)


def _set_hearing(record: Record) -> None:
    """11.6: the name of a hearing, with the committee before which it was, is in italics."""
    title = record.fields.get("title", "")
    said = record.text("note", "addendum")
    testimony = re.match(r"(?:testimony|statement) of\b", said, re.IGNORECASE)
    named = (
        re.search(r"\bHearings? (?:[Bb]efore|[Oo]n)\b", title)
        or record.text("type").lower() == "hearing"
    )
    if testimony or named:
        record.type = "hearing"
        record.put("title", f"<i>{title}</i>")
        record.put("title-short", record.rich("shorttitle") or title.split(": ")[0])


def _set_regulation(record: Record) -> None:
    """11.7: regulations and executive orders."""
    record.put("tcit-legal-source", record.rich("citation", "location"))
    kind = record.text("type").lower()
    if not record.has("title") and kind in _MATERIALS:
        long, short = _MATERIALS[kind]
        number = f"No. {record.text('number')}"
        _name(record, f"{short} {number}", f"{long} {number}")
    if "proposed" in record.keywords():
        record.put("tcit-legal-date", f"proposed {_full(record.dates.get('issued'))}")
    else:
        record.put("tcit-legal-date", _year(record.dates.get("issued")))
    _set_notes(record)


def _set_notes(record: Record) -> None:
    """11.6-11.7: a status (`enacted`) or codification in parentheses of its own."""
    for name in ("note", "addendum", "pubstate"):
        if record.has(name):
            record.put("tcit-parenthesis", record.rich(name))
            return


# ------------------------------------------------------------ 11.9-11.10 constitutions, treaties


def _set_constitution(record: Record) -> None:
    """11.9: `U.S. Const. art. V, § 2`; in the sentence `Article V, Section 2, of the …`."""
    long, short = _body(record.text("source"))
    kind_long, kind_short = _MATERIALS.get(
        record.text("type").lower() or "constitution", _MATERIALS["constitution"]
    )
    details = [
        (
            f"{_plural(short_word, value)} {ranged(value)}",
            f"{_plural(long_word, value)} {ranged(value)}",
        )
        for field, short_word, long_word in (
            ("article", "art.", "Article"),
            ("amendment", "amend.", "Amendment"),
            ("section", "§", "Section"),
            ("clause", "cl.", "Clause"),
            ("part", "para.", "paragraph"),
            ("paragraph", "para.", "paragraph"),
        )
        if (value := record.text(field))
    ]
    name = f"{short} {kind_short} " + ", ".join(detail for detail, _ in details)
    repealed = _repealed(record)
    joint = ", of the" if len(details) > 1 else "of the"
    joint = "to the" if record.has("amendment") and len(details) == 1 else joint
    where = ", ".join(detail for _, detail in details)
    narrative = f"{where}{'' if joint[0] == ',' else ' '}{joint} {long} {kind_long}"
    _name(record, name.strip(), narrative)
    if repealed:
        record.put("tcit-parenthesis", f"repealed {repealed}")
        record.put(
            "title-short", f'<span class="nocase">{name.strip()}, repealed {repealed}</span>'
        )
        record.put(
            "tcit-legal-narrative",
            f'<span class="nocase">{narrative} was repealed in {repealed}</span>',
        )
    if repealed or "issued" not in record.dates:
        record.flag("tcit-undated")
        record.dates.pop("issued", None)


def _plural(word: str, value: str) -> str:
    """The word before several numbers: `amends. I–X`, `§§ 1–2`."""
    if not re.search(r"[-–,&]|\band\b", value):
        return word
    if word == "§":
        return "§§"
    return f"{word[:-1]}s." if word.endswith(".") else f"{word}s"


def _repealed(record: Record) -> str:
    """11.9: the year in which an amendment was repealed."""
    noted = re.match(r"repealed(?: in)? (\d{4})", record.text("note"), re.IGNORECASE)
    if noted:
        return noted.group(1)
    return _year(record.dates.get("issued")) if "repealed" in record.keywords() else ""


def _body(source: str) -> tuple[str, str]:
    key = source.lower().replace(" ", "")
    if key in _BODIES:
        return _BODIES[key]
    for state in (*_STATES, *_TWO_WORD_STATES):
        if state.lower().replace(" ", "") == key:
            letters = "".join(f"{word[0]}." for word in state.split())
            two_words = letters if " " in state else state
            return state, _STATE_ABBREVIATIONS.get(state, two_words)
    return source, source


def _set_treaty(record: Record) -> None:
    """11.10: `Name, Month Day, Year, address`."""
    record.put("tcit-legal-source", ", ".join(
        part for part in (_full(record.dates.get("issued")), record.rich("citation", "location"))
        if part
    ))  # fmt: skip


def _name(record: Record, short: str, long: str) -> None:
    """The name in list and parentheses, and as a sentence takes it; never recased."""
    record.put("title", f'<span class="nocase">{short}</span>')
    record.put("tcit-legal-narrative", f'<span class="nocase">{long}</span>')


# ---------------------------------------------------------------- dates

_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()


def _year(date: Date | None) -> str:
    if date is None or not date.date_parts:
        return ""
    years = dict.fromkeys(str(part[0]) for part in date.date_parts if part[0])
    return "–".join(years)


def _full(date: Date | None) -> str:
    """Month Day, Year: legal works have it inside their own parentheses (11.7, 11.10)."""
    if date is None or not date.date_parts:
        return ""
    parts = date.date_parts[0]
    if len(parts) < 2 or not 1 <= parts[1] <= 12:
        return str(parts[0])
    day = f" {parts[2]}," if len(parts) > 2 else ""
    return re.sub(r"\s+", " ", f"{_MONTHS[parts[1] - 1]}{day} {parts[0]}")
