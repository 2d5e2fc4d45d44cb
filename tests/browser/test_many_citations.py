"""One work cited fifty times, in notes too, on small, zoomed, and touched screens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tcit_export
from tests.browser.conftest import Open
from tests.preview.running import document, make_project

CARD = ".tcit-card"
CITATION = "a[role=doc-biblioref]"
CAP = 8


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with ten sections of five citations each, one of them in a note, one in a table."""
    root = make_project(tmp_path_factory.mktemp("many"))
    section = (
        "Said [@kahn2001], said again by @kahn2001, and once more [see @kahn2001, p. 3].[^n{0}]\n\n"
        "[^n{0}]: In a note [@kahn2001], with a note of its own.\n\n"
        "| Who | When |\n|:--|--:|\n| @kahn2001 | 2001 |\n\n" + "Some more words. " * 60
    )
    text = "\n\n".join(f"## Section {n}\n\n" + section.format(n) for n in range(1, 11))
    (root / "content" / "many.md").write_text(document("Many", text, "lang: en-GB\n"))
    report = tcit_export.build(root, paths=["content/many.md"], formats=("html",))
    assert report.ok, report.diagnostics
    return root / "output" / "many.html"


def inside(box: Any, width: int, height: int) -> bool:
    return bool(
        box
        and box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= width
        and box["y"] + box["height"] <= height
    )


def test_ways_back_are_one_for_each_section_and_no_more_than_eight(
    many: Path, open_page: Open
) -> None:
    page = open_page(many, reduced_motion="reduce")
    assert page.locator(".tcit-citation").count() == 50
    links = page.locator("li[data-key=kahn2001] [role=doc-backlink]")
    said = [words.strip() for words in links.all_inner_texts()]
    assert said == [f"Section {number}" for number in range(1, CAP + 1)]
    for link in links.all():
        target = page.locator(f"[id='{str(link.get_attribute('href'))[1:]}']")
        link.click()
        section = target.evaluate(
            "place => { const found = [...document.querySelectorAll('h2')].filter("
            "h => h.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING);"
            " return found.at(-1).textContent; }"
        )
        assert section == link.inner_text().strip()


def test_a_citation_in_a_note_or_a_table_has_its_card_too(many: Path, open_page: Open) -> None:
    page = open_page(many, reduced_motion="reduce")
    for where in ("[role=doc-endnotes] li", "td"):
        citation = page.locator(f"{where} {CITATION}").first
        citation.click()
        page.locator(CARD).wait_for()
        assert "A book" in page.locator(CARD).inner_text()
        page.keyboard.press("Escape")
        page.locator(CARD).wait_for(state="hidden")
        assert citation.evaluate("link => link === document.activeElement")


def test_a_touch_shows_the_card_and_another_hides_it(many: Path, open_page: Open) -> None:
    size = {"width": 320, "height": 640}
    page = open_page(many, viewport=size, has_touch=True, is_mobile=True)
    page.locator(CITATION).nth(2).tap()
    page.locator(CARD).wait_for()
    assert inside(page.locator(CARD).bounding_box(), 320, 640)
    page.touchscreen.tap(5, 5)
    page.locator(CARD).wait_for(state="hidden")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_at_400_percent_the_card_is_seen_though_the_page_is_still_scrolling(
    many: Path, open_page: Open, motion: str
) -> None:
    """A window of 1280 by 1024 at 400 % is one of 320 by 256."""
    page = open_page(many, viewport={"width": 320, "height": 256}, reduced_motion=motion)
    for number in (0, 12, 31):
        citation = page.locator(CITATION).nth(number)
        citation.focus()  # scrolls there, slowly if the reader likes motion
        page.keyboard.press("Enter")
        card = page.locator(CARD)
        card.wait_for()
        page.wait_for_timeout(700)
        assert card.is_visible()
        assert inside(card.bounding_box(), 320, 256)
        page.keyboard.press("Escape")


def test_the_card_follows_its_citation_and_goes_with_it(many: Path, open_page: Open) -> None:
    page = open_page(many, reduced_motion="reduce")
    citation = page.locator(CITATION).nth(10)
    citation.click()
    card = page.locator(CARD)
    before = card.bounding_box()
    page.mouse.wheel(0, 40)
    page.wait_for_function(
        "top => document.querySelector('.tcit-card').offsetTop !== top",
        arg=before["y"] if before else 0,
    )
    assert card.is_visible()
    page.mouse.wheel(0, 3000)
    card.wait_for(state="hidden")


def test_without_script_every_link_inside_arrives(many: Path, open_page: Open) -> None:
    page = open_page(many, java_script_enabled=False)
    ids = {one.get_attribute("id") for one in page.locator("[id]").all()}
    targets = [one.get_attribute("href") for one in page.locator("a[href^='#']").all()]
    assert len(targets) > 60
    assert {str(target)[1:] for target in targets} <= ids
    for link in page.locator("a[download]").all():
        assert str(link.get_attribute("href")).startswith("data:")
        assert link.is_visible()


def test_nothing_in_the_page_needs_what_its_policy_forbids(many: Path, open_page: Open) -> None:
    page = open_page(many)  # a violation is a complaint, which fails the test
    assert page.locator("[style]").count() == 0  # before the card takes its place by script
    policy = " ".join(
        str(one.get_attribute("content"))
        for one in page.locator("meta[http-equiv=Content-Security-Policy]").all()
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    for attribute in ("onclick", "onload", "onerror"):
        assert page.locator(f"[{attribute}]").count() == 0
    page.locator(CITATION).first.click()
    page.locator(CARD).wait_for()
