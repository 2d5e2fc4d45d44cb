"""APA 7 in documents of other languages: a case is a language, then entries, then their list."""

from __future__ import annotations

from importlib.resources import files

import pytest

import tcit_export
from tcit_export.bibliography.rules.wording import DESCRIPTIONS
from tests.casefile import Case, compare, parametrized

ROWS = [
    line.split(" | ")
    for line in files("tcit_export.bibliography")
    .joinpath("record_words.txt")
    .read_text("utf-8")
    .splitlines()
    if not line.startswith("#")
]


@parametrized("apa_languages")
def test_words_and_dates_are_those_of_the_language(case: Case, update: bool) -> None:
    lang, _, bibtex = case.input.partition("\n")
    found = tcit_export.format_references(bibtex, locale=lang.strip())
    shown = (entry.html for entry in found if not entry.key.startswith("other"))
    compare(case, "\n".join(shown), update)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_word_is_there_in_each_language(row: list[str]) -> None:
    assert len(row) == 7
    assert all(word == word.strip() and word for word in row)


def test_no_word_stands_twice() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS)


def test_the_usual_descriptions_are_there() -> None:
    missing = {*DESCRIPTIONS.values()} - {row[0] for row in ROWS}
    assert missing <= {"Lithograph", "Speech audio recording", "TV series episodes"}
