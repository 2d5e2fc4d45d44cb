"""Places inside works: what is one, what is not, and where it ends."""

from __future__ import annotations

import pytest

from tcit_export.readers.locators import LABELS, find_locator


@pytest.mark.parametrize(
    ("typed", "label", "value", "rest"),
    [
        (", p. 3", "page", "3", ""),
        (", pp. 3-5, 7", "page", "3-5, 7", ""),
        (", pp. 3--5", "page", "3-5", ""),
        (", p.3", "page", "3", ""),
        (" p. 3", "page", "3", ""),
        (", 33", "page", "33", ""),
        (" 33", "page", "33", ""),
        (", xii", "page", "xii", ""),
        (", iii–v", "page", "iii–v", ""),
        (", A1-A3", "page", "A1-A3", ""),
        (", p. 3, 5 and 7", "page", "3, 5", " and 7"),
        (", 12 ff.", "page", "12", " ff."),
        (", p. 3, emphasis added", "page", "3", ", emphasis added"),
        (", p. 3; more", "page", "3", "; more"),
        (", p. 3.", "page", "3", "."),
        (", chap. 2", "chapter", "2", ""),
        (", Chapter 2", "chapter", "2", ""),
        (", chapters 2 & 3", "chapter", "2 & 3", ""),
        (", §3.2", "section", "3.2", ""),
        (", §§ 3-5", "section", "3-5", ""),
        (", ¶ 4", "paragraph", "4", ""),
        (", para. 4", "paragraph", "4", ""),
        (", Table A", "table", "A", ""),
        (", figs. 2a-2c", "figure", "2a-2c", ""),
        (", vol. 2, p. 3", "volume", "2", ", p. 3"),
        (", s.v. tears of joy, 2", "sub-verbo", "tears of joy", ", 2"),
        (", 1:30:40", "timestamp", "1:30:40", ""),
        (", 2:15-3:40", "timestamp", "2:15-3:40", ""),
        (", S. 7", "page", "7", ""),
        (", Kap. 2", "chapter", "2", ""),
        ("{p. 3, and so on}", "page", "3, and so on", ""),
        (", {ii, A, D-Z}, with", "page", "ii, A, D-Z", ", with"),
        (", {chap. x} y", "chapter", "x", " y"),
    ],
)
def test_a_place_is_found(typed: str, label: str, value: str, rest: str) -> None:
    found = find_locator(typed, 0, len(typed))
    assert found is not None
    assert found.locator is not None
    assert (found.locator.label, found.locator.value) == (label, value)
    assert typed[found.end :] == rest


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ", and others",
        ", 99 years later",
        ", 2 of the studies",
        ", 1 Cor. 13:1",
        ", page after page",
        ", see p. 3",
        ", pageant 3",
        ", mixed",
        ", I think",
        "3",
        ": 3",
        ", *p. 3*",
    ],
)
def test_what_is_no_place(typed: str) -> None:
    assert find_locator(typed, 0, len(typed)) is None


def test_empty_braces_say_that_there_is_none() -> None:
    found = find_locator("{}, 99", 0, 6)
    assert found is not None
    assert found.locator is None
    assert found.end == 2


def test_the_end_of_the_range_is_kept() -> None:
    assert find_locator(", p. 345", 0, 6) == find_locator(", p. 3", 0, 6)


def test_words_are_in_small_letters_and_mean_one_thing() -> None:
    assert all(word == word.lower() for word in LABELS)
    assert {"page", "chapter", "figure", "table", "verse"} <= set(LABELS.values())
