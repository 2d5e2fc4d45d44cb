"""Translators and editors told in notes: `Translated by Eva Lund` (APA 7, sections 9.10, 9.28)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.names import parse_names
from tcit_export.bibliography.rules.contributors import inverted
from tcit_export.bibliography.rules.kind import BOOK_PARTS
from tcit_export.bibliography.rules.record import Record
from tcit_export.csl.item import Name
from tcit_export.patterns import late

_CUE: Final = late(r"\btr(?:ans|\.)|\bedited by\b|\beds?\.", re.IGNORECASE)
_BY: Final = late(
    r"\b(?P<roles>(?:edited|translated|translation|translator:|ed\.|tr(?:ansl?)?\.)"
    r"(?: (?:and|&) (?:edited|translated|ed\.|tr(?:ansl?)?\.))?)"
    r"(?:(?: (?:from|into) (?:the )?[A-Z]\w+(?: \w+)?)? by\b|(?<=tr\.)|(?<=trans\.)|"
    r"(?<=transl\.)|(?<=translator:)) (?P<names>[^\W\d_].+?)"
    r"(?=(?-i:(?<![A-Z]))\.|\.$|[;:()\[\]]|"
    r",? (?:and (?:edit|transl)|orig|first pub|with an?\b|from the\b)|$)",
    re.IGNORECASE,
)
_BEHIND: Final = late(
    r"^\W*(?P<names>[A-Z][^()\d;:]*?)(?:,? \(|, )(?P<roles>(?:Eds?\. (?:and|&) )?Transl?|Eds?)\.\)?"
)
"""`J. Strachey, Trans.`, as it stands in a reference."""


def set_noted_names(record: Record) -> None:
    """Translators (and editors) of an entry that has no field of theirs, from its note."""
    for field in ("note", "addendum"):
        note = record.text(field)
        if not note or not _CUE.search(note):
            continue
        if behind := _BEHIND.match(note):
            _set(record, behind["roles"].lower(), _people(behind["names"]))
        for found in _BY.finditer(note):
            _set(record, found["roles"].lower(), _people(found["names"]))
    _flag_translating_editors(record)


def _flag_translating_editors(record: Record) -> None:
    """10.3: `In J. Strachey (Ed. & Trans.)`: whoever edited the book translated it whole."""
    if record.type not in BOOK_PARTS:
        return
    editors, translators = (
        [inverted(name) for name in record.names.get(variable, ())]
        for variable in ("editor", "translator")
    )
    if editors and editors == translators:
        record.names["translator"] = record.names["editor"]
        record.flag("tcit-editors-translated")


def tells_names(note: str) -> bool:
    """Whether a note tells who translated or edited the work."""
    return bool(_CUE.search(note) and (_BY.search(note) or _BEHIND.match(note)))


def _people(typed: str) -> tuple[Name, ...]:
    """The names, if all of them are persons'."""
    if any(character.isdigit() for character in typed):
        return ()
    names = parse_names(typed.strip(" ,").replace(" & ", " and ").replace(", and ", " and ")).names
    return names if all(name.family and name.given for name in names) else ()


def _set(record: Record, roles: str, names: tuple[Name, ...]) -> None:
    for word, variable in (("tr", "translator"), ("ed", "editor")):
        told = re.search(rf"\b{word}", roles)
        if told and names and not record.has(variable):
            record.names.setdefault(variable, names)
