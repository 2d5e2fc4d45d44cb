"""The same work, typed as another program would, is the same reference (metamorphic cases).

Each way of typing is put on every entry of the cases it applies to; what comes out must be what the
case expects of the entry as it stands there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from tcit_export.bibliography.bibtex import parse
from tcit_export.source import Source
from tests.apa.test_references import listed
from tests.casefile import Case, cases

Fields: TypeAlias = dict[str, str]
CASES = [case for case in cases("apa") if case.path.stem in ("everyday", "handmade", "exports")]


@dataclass(frozen=True)
class Entry:
    type: str
    key: str
    fields: Fields

    def __str__(self) -> str:
        typed = "".join(f",\n  {name} = {{{value}}}" for name, value in self.fields.items())
        return f"@{self.type}{{{self.key}{typed}}}\n"


Typing: TypeAlias = Callable[[Entry], Entry]


def typed_as(names: str, change: Callable[[str], str]) -> Typing:
    """The values of some fields, written otherwise."""
    wanted = names.split()

    def apply(entry: Entry) -> Entry:
        fields = {
            name: change(value) if name in wanted else value for name, value in entry.fields.items()
        }
        return Entry(entry.type, entry.key, fields)

    return apply


def named(old: str, new: str, types: str = "") -> Typing:
    """A field under the name that the other dialect has for it."""

    def apply(entry: Entry) -> Entry:
        if (types and entry.type not in types.split()) or new in entry.fields:
            return entry
        fields = {new if name == old else name: value for name, value in entry.fields.items()}
        return Entry(entry.type, entry.key, fields)

    return apply


def beside(**noise: str) -> Typing:
    """Fields that programs keep for themselves."""
    return lambda entry: Entry(entry.type, entry.key, {**noise, **entry.fields})


def _as_address(doi: str) -> str:
    return f"https://doi.org/{doi}" if doi.startswith("10.") else doi


def _spoken(names: str) -> str:
    """`First Last`, where that is no riddle: one word each, or initials before one."""
    people = names.split(" and ")
    plain = re.compile(r"[A-Z][a-z]+, (?:[A-Z][a-z]+|[A-Z]\.)(?: [A-Z]\.)*")
    if not all(map(plain.fullmatch, people)):
        return names
    return " and ".join(" ".join(reversed(person.split(", "))) for person in people)


def _doubled(title: str) -> str:
    """Braces around all of a title that has none."""
    return f"{{{title}}}" if not set(title) & set("{}$") and " " in title else title


_ACCENTS = {"\u0308": '\\"', "\u0301": "\\'", "\u0300": "\\`", "\u0302": "\\^", "\u0303": "\\~"}


def _in_latex(text: str) -> str:
    """`é` as `{\\'{e}}`."""
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        accent = _ACCENTS.get(parts[1:])
        letters.append(f"{{{accent}{{{parts[0]}}}}}" if accent else letter)
    return "".join(letters)


NAMES = "author editor translator"
TYPINGS: dict[str, Typing] = {
    "fields in reverse": lambda e: Entry(e.type, e.key, dict(reversed(e.fields.items()))),
    "type in capitals": lambda e: Entry(e.type.upper(), e.key, e.fields),
    "decomposed letters": typed_as(
        f"{NAMES} title booktitle publisher", lambda text: unicodedata.normalize("NFD", text)
    ),
    "accents in LaTeX": typed_as(f"{NAMES} title booktitle publisher", _in_latex),
    "DOI as an address": typed_as("doi", _as_address),
    "DOI with its name": typed_as("doi", lambda doi: f"doi: {doi}" if doi[:3] == "10." else doi),
    "old DOI address": typed_as("doi", lambda doi: doi.replace("https://doi", "http://dx.doi")),
    "one hyphen": typed_as("pages", lambda pages: pages.replace("--", "-")),
    "en dash": typed_as("pages", lambda pages: pages.replace("--", "\u2013")),
    "blanks around a dash": typed_as("pages", lambda pages: pages.replace("--", " -- ")),
    "title in double braces": typed_as("title", _doubled),
    "first names first": typed_as(NAMES, _spoken),
    "initials joined": typed_as(NAMES, lambda n: re.sub(r"\b([A-Z]\.) (?=[A-Z]\.)", r"\1", n)),
    "a line for each name": typed_as(NAMES, lambda names: names.replace(" and ", " and\n    ")),
    "journaltitle": named("journal", "journaltitle"),
    "location": named("address", "location"),
    "institution": named("school", "institution", "phdthesis mastersthesis thesis"),
    "escaped address": typed_as("url", lambda url: re.sub(r"(?<!\\)([_%#&])", r"\\\1", url)),
    "JabRef": beside(owner="me", groups="Tears", timestamp="2020-02-02", ranking="rank3"),
    "Mendeley": beside(annote="Mine", abstract="We study 50\\% of it.", file=":/x.pdf:pdf"),
    "numbers of catalogues": beside(pmid="1234567", isbn="978-0-12-345678-6", keywords="Tears"),
}


@pytest.mark.parametrize("name", TYPINGS)
def test_typed_otherwise_it_reads_the_same(name: str) -> None:
    differences = [
        f"{case.name}\n-{was}\n+{now}"
        for case in CASES
        for was, now in zip(case.expected.split("\n"), _retyped(case, name), strict=True)
        if was != now
    ]
    assert differences == [], "\n".join(differences)


def _retyped(case: Case, name: str) -> list[str]:
    found = parse([Source("references.bib", case.input)]).value
    entries = [
        Entry(raw.type, raw.key, {field: raw.get(field) for field in raw.fields}) for raw in found
    ]
    return listed("".join(map(str, map(TYPINGS[name], entries)))).split("\n")
