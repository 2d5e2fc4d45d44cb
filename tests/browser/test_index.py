"""The list of all documents: search without a request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open, Opened


def listed(page: Any) -> list[str]:
    """The titles that are to be seen."""
    return [one.inner_text() for one in page.locator(".tcit-group h3").all() if one.is_visible()]


ALL = ["A handout to look at", "The first", "The second", "Reading for Zoë"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ALL),
        ("zoe", ["Reading for Zoë"]),
        ("ZOË", ["Reading for Zoë"]),
        ("first author", ["The first"]),
        ("tears", ["A handout to look at", "The first"]),
        ("alliance 2018", ["A handout to look at"]),
        ("another book", ["A handout to look at"]),
        ("nothing like it", []),
        ("  ", ALL),
    ],
)
def test_words_narrow_the_list(built: Path, open_page: Open, words: str, found: list[str]) -> None:
    page = open_page(built / "index.html")
    page.get_by_role("searchbox").fill(words)
    assert listed(page) == found
    count = f"{len(found)} of 4 documents" if words.strip() else "4 documents"
    assert page.get_by_role("status").inner_text() == count


def test_kinds_without_a_hit_are_not_shown(built: Path, open_page: Open) -> None:
    page = open_page(built / "index.html")
    heading = page.get_by_role("heading", name="Reading lists", exact=True)
    assert heading.is_visible()
    page.get_by_role("searchbox").fill("handout")
    assert not heading.is_visible()
    page.get_by_role("searchbox").fill("")
    assert heading.is_visible()


def test_searching_asks_nobody(built: Path, open_page: Open, opened: list[Opened]) -> None:
    page = open_page(built / "index.html")
    page.get_by_role("searchbox").press_sequentially("first")
    page.wait_for_timeout(100)
    assert [url for url in opened[0].requests if not url.startswith("data:")] == [
        (built / "index.html").as_uri()
    ]


def test_the_search_is_reached_by_keyboard_after_the_skip_link(
    built: Path, open_page: Open
) -> None:
    page = open_page(built / "index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("zoe")
    assert listed(page) == ["Reading for Zoë"]


def test_without_script_it_is_a_plain_list(built: Path, open_page: Open) -> None:
    page = open_page(built / "index.html", java_script_enabled=False)
    assert listed(page) == ALL
    assert not page.locator("input").is_visible()


def test_titles_and_formats_lead_to_the_files(built: Path, open_page: Open) -> None:
    page = open_page(built / "index.html")
    name = "HTML .* The first"
    assert page.get_by_role("link", name=re.compile(name)).get_attribute("href") == "first.html"
    page.get_by_role("link", name="The first", exact=True).click()
    assert page.url == (built / "first.html").as_uri()
