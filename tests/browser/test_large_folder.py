"""The list of a folder with sixty documents."""

from __future__ import annotations

from pathlib import Path

import pytest

import tcit_export
from tests.browser.conftest import Open, Opened
from tests.preview.running import document, make_project

SUBJECTS = ("tears", "alliance", "silence", "humour", "boredom", "repair")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder: forty-eight reviews and twelve reading lists, three of them in German."""
    root = make_project(tmp_path_factory.mktemp("large"))
    for path in (root / "content").glob("*.md"):
        path.unlink()
    for number in range(60):
        more = f"keywords: [{SUBJECTS[number % 6]}]\nslug: d{number}\n"
        more += "kind: reading-list\n" if number % 5 == 0 else ""
        more += "lang: de\n" if number in (7, 8, 9) else ""
        text = document(f"Document number {number}", "So it is [@kahn2001].", more)
        text = text.replace("2018-01", f"{1990 + number % 30}-0{1 + number % 9}")
        (root / "content" / f"d{number}.md").write_text(text)
    report = tcit_export.build(root, formats=("html",))
    assert report.ok, report.diagnostics
    return root / "output"


def test_every_document_is_listed_once_by_kind_newest_first(folder: Path, open_page: Open) -> None:
    page = open_page(folder / "index.html", java_script_enabled=False)
    assert page.locator(".tcit-group li").count() == 60
    reviews, lists = page.locator(".tcit-group").all()
    assert (reviews.locator("li").count(), lists.locator("li").count()) == (48, 12)
    for group in (reviews, lists):
        dates = [str(one.get_attribute("datetime")) for one in group.locator("time").all()]
        assert dates == sorted(dates, reverse=True)
    for link in page.locator(".tcit-group h3 a").all():
        assert (folder / str(link.get_attribute("href"))).is_file()
    files = page.locator(".tcit-files a").all_inner_texts()
    assert all("kB" in words for words in files)


def test_words_find_few_among_many_without_a_request(
    folder: Path, open_page: Open, opened: list[Opened]
) -> None:
    page = open_page(folder / "index.html")
    box = page.get_by_role("searchbox")
    for words, found in (("silence", 10), ("number 42", 1), ("silence 1992", 2), ("", 60)):
        box.fill(words)
        shown = page.locator(".tcit-group li:visible")
        assert shown.count() == found, words
        count = f"{found} of 60 documents" if words else "60 documents"
        assert page.get_by_role("status").inner_text() == count
    assert {url for url in opened[0].requests if not url.startswith("data:")} == {
        (folder / "index.html").as_uri()
    }


def test_the_keyboard_reaches_the_search_and_the_first_document_at_once(
    folder: Path, open_page: Open
) -> None:
    page = open_page(folder / "index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    page.keyboard.press("Tab")
    first = page.locator(".tcit-group h3 a").first
    assert first.evaluate("link => link === document.activeElement")


def test_titles_in_another_language_say_so(folder: Path, open_page: Open) -> None:
    page = open_page(folder / "index.html")
    german = page.locator(".tcit-group h3[lang=de]")
    assert sorted(german.all_inner_texts()) == [f"Document number {n}" for n in (7, 8, 9)]
    assert page.locator("html").get_attribute("lang") == "en-US"


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_needs_sideways_scrolling(folder: Path, open_page: Open, width: int) -> None:
    page = open_page(folder / "index.html", viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == width
