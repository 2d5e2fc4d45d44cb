"""The handout as readers meet it: mouse, keyboard, paper, dark, narrow, without script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open, Opened

CARD = ".tcit-card"
CITATION = "a[role=doc-biblioref]"


def entry_text(page: Any, key: str) -> str:
    """The reference in the list, as a reader reads it."""
    reference = page.locator(f"li[data-key={key}] .tcit-reference")
    return " ".join(str(reference.inner_text()).split())


@pytest.fixture
def handout(built: Path) -> Path:
    return built / "handout.html"


def test_nothing_is_asked_of_anyone(handout: Path, open_page: Open, opened: list[Opened]) -> None:
    page = open_page(handout)
    page.locator(CITATION).first.click()
    page.keyboard.press("Escape")
    page.locator(".tcit-copy").first.click()
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_timeout(300)
    assert {url for url in opened[0].requests if not url.startswith("data:")} == {handout.as_uri()}


def test_the_policy_of_the_page_stops_what_slipped_into_it(
    handout: Path, open_page: Open, opened: list[Opened]
) -> None:
    page = open_page(handout)
    stopped = page.evaluate(
        """() => new Promise((done) => {
            const stopped = new Set();
            addEventListener("securitypolicyviolation", (event) => {
                stopped.add(event.effectiveDirective);
                if (stopped.size === 3) done([...stopped]);
            });
            document.body.insertAdjacentHTML("beforeend", "<img src='https://127.0.0.1:9/x.png'>");
            document.body.insertAdjacentHTML("beforeend", "<p style='color:red'>x</p>");
            const script = document.createElement("script");
            script.textContent = "document.title = 'taken'";
            document.body.append(script);
        })"""
    )
    assert sorted(stopped) == ["img-src", "script-src-elem", "style-src-attr"]
    assert page.title() == "A handout to look at"
    opened[0].complaints.clear()


def test_a_click_on_a_citation_shows_its_reference(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    page.locator(CITATION, has_text="Kahn").first.click()
    card = page.locator(CARD)
    card.wait_for()
    assert entry_text(page, "kahn2001") in " ".join(card.inner_text().split())
    assert page.url == handout.as_uri()
    page.mouse.click(5, 5)
    card.wait_for(state="hidden")


def test_the_card_lies_inside_the_window(handout: Path, open_page: Open) -> None:
    page = open_page(handout, viewport={"width": 320, "height": 480})
    for citation in page.locator(CITATION).all():
        citation.scroll_into_view_if_needed()
        citation.click()
        box = page.locator(CARD).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 480
        page.keyboard.press("Escape")


def test_the_card_is_reached_and_left_by_keyboard(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    citation = page.locator(CITATION, has_text="Kahn").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if citation.evaluate("link => link === document.activeElement"):
            break
    else:
        pytest.fail("the citation is not reached by Tab")
    page.keyboard.press("Enter")
    page.locator(CARD).wait_for()
    assert page.evaluate(f"document.activeElement.closest({CARD!r}) !== null")
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="hidden")
    assert citation.evaluate("link => link === document.activeElement")


def test_the_card_leads_on_to_the_list(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    page.locator(CITATION, has_text="Kahn").first.click()
    page.locator(f"{CARD} .tcit-more a").click()
    entry = page.locator("li[data-key=kahn2001]")
    entry.wait_for()
    assert page.url.endswith(f"#{entry.get_attribute('id')}")
    page.wait_for_function(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }",
        arg=entry.get_attribute("id"),
    )


def test_a_new_tab_may_be_asked_for_instead(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    with page.context.expect_page() as other:
        page.locator(CITATION).first.click(modifiers=["ControlOrMeta"])
    assert "#ref-" in other.value.url


def test_each_entry_leads_back_to_the_places_that_cite_it(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    links = page.locator("li[data-key=kahn2001] [role=doc-backlink]")
    assert [text.strip() for text in links.all_inner_texts()][:3] == [
        "Background",
        "Findings",
        "Discussion",
    ]
    for link in links.all():
        target = str(link.get_attribute("href"))
        link.click()
        place = page.locator(f"[id='{target[1:]}']")
        assert "Kahn" in place.inner_text()
        page.wait_for_function(
            "id => { const box = document.getElementById(id).getBoundingClientRect();"
            " return box.top >= 0 && box.bottom <= innerHeight; }",
            arg=target[1:],
        )


def clipboard(page: Any) -> dict[str, str]:
    """What was copied, by media type."""
    found: dict[str, str] = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const texts = {};
            for (const type of item.types) texts[type] = await (await item.getType(type)).text();
            return texts;
        }"""
    )
    return found


def test_the_citation_of_the_handout_can_be_copied_plain_and_rich(
    handout: Path, open_page: Open
) -> None:
    page = open_page(handout, permissions=["clipboard-read", "clipboard-write"])
    panel = page.locator(".cite-this")
    panel.locator(".tcit-copy").first.click()
    page.locator(".tcit-status.tcit-shown").wait_for()
    copied = clipboard(page)
    assert copied["text/plain"].startswith("Author, A. (2018")
    assert "A handout to look at" in copied["text/plain"]
    assert "<em>A handout to look at" in copied["text/html"]
    assert "<button" not in copied["text/html"]


def test_each_reference_can_be_copied_by_keyboard(handout: Path, open_page: Open) -> None:
    page = open_page(handout, permissions=["clipboard-read", "clipboard-write"])
    expected = entry_text(page, "kahn2001")
    button = page.locator("li[data-key=kahn2001] .tcit-copy")
    assert "Kahn" in str(button.get_attribute("aria-label"))
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".tcit-status.tcit-shown").wait_for()
    assert clipboard(page)["text/plain"] == expected


def test_copying_is_told_when_the_clipboard_is_refused(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    page.evaluate(
        "() => { navigator.clipboard.write = () => Promise.reject(new Error('refused'));"
        " document.execCommand = () => false; }"
    )
    page.locator(".cite-this .tcit-copy").first.click()
    status = page.locator(".tcit-status.tcit-shown")
    status.wait_for()
    words = page.locator(".tcit-handout").get_attribute("data-not-copied")
    assert status.inner_text() == words


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        (".bib", r"@book\s*\{\s*kahn2001"),
        (".ris", r"TY  - BOOK\r\n(.*\r\n)*ER  - "),
        (".json", r'"id": "kahn2001"'),
    ],
)
def test_the_references_come_as_files_from_inside_the_page(
    handout: Path, open_page: Open, tmp_path: Path, suffix: str, expected: str
) -> None:
    page = open_page(handout, accept_downloads=True)
    link = page.locator(f"a[download$='{suffix}']").last
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(suffix)
    target = tmp_path / "download"
    download.value.save_as(target)
    assert re.search(expected, target.read_bytes().decode("utf-8"))


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance", of `rgb(r, g, b)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colours(page: Any) -> tuple[float, float]:
    """The luminance of paper and ink."""
    paper, ink = page.evaluate(
        "() => { const style = getComputedStyle(document.body);"
        " return [style.backgroundColor, style.color]; }"
    )
    return luminance(paper), luminance(ink)


@pytest.mark.parametrize("name", ["handout", "index"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_reader_and_keep_contrast(
    built: Path, open_page: Open, name: str, scheme: str
) -> None:
    paper, ink = colours(open_page(built / f"{name}.html", color_scheme=scheme))
    assert (paper > 0.9) if scheme == "light" else (paper < 0.05)
    high, low = max(paper, ink), min(paper, ink)
    assert (high + 0.05) / (low + 0.05) >= 7


def test_on_paper_there_are_no_buttons_and_it_is_never_dark(handout: Path, open_page: Open) -> None:
    page = open_page(handout, color_scheme="dark")
    page.emulate_media(media="print")
    for selector in (".tcit-copy", "[role=doc-backlink]", ".tcit-skip", "a[download]"):
        found = page.locator(selector).all()
        assert found
        assert not [one for one in found if one.is_visible()], selector
    paper, ink = colours(page)
    assert paper > 0.9
    assert ink < 0.1
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["handout", "index", "first", "third"])
def test_at_320_pixels_nothing_needs_sideways_scrolling(
    built: Path, open_page: Open, name: str
) -> None:
    """Also what a reader sees on a screen of 1280 pixels at 400 % zoom."""
    page = open_page(built / f"{name}.html", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", ["handout", "index"])
def test_without_script_the_same_text_can_be_read(built: Path, open_page: Open, name: str) -> None:
    texts = [
        " ".join(
            open_page(built / f"{name}.html", java_script_enabled=script)
            .locator("body")
            .inner_text()
            .split()
        )
        for script in (True, False)
    ]
    assert texts[0] == texts[1]


def test_without_script_citations_lead_to_the_list(handout: Path, open_page: Open) -> None:
    page = open_page(handout, java_script_enabled=False, reduced_motion="reduce")
    link = page.locator(CITATION).first
    target = str(link.get_attribute("href"))
    link.click()
    assert page.url == f"{handout.as_uri()}{target}"
    box = page.locator(f"[id='{target[1:]}']").bounding_box()
    assert box
    assert 0 <= box["y"] <= 700


def test_the_first_tab_skips_to_the_text(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    page.keyboard.press("Tab")
    skip = page.locator(".tcit-skip")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith(str(skip.get_attribute("href")))


@pytest.mark.parametrize(("wish", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_is_only_for_those_who_like_it(
    handout: Path, open_page: Open, wish: str, behaviour: str
) -> None:
    page = open_page(handout, reduced_motion=wish)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour


def test_focus_can_be_seen_on_everything_that_takes_it(handout: Path, open_page: Open) -> None:
    page = open_page(handout)
    for _ in range(25):
        page.keyboard.press("Tab")
        width, style = page.evaluate(
            "() => { const style = getComputedStyle(document.activeElement);"
            " return [parseFloat(style.outlineWidth), style.outlineStyle]; }"
        )
        assert width >= 2
        assert style != "none"


@pytest.mark.parametrize(
    ("name", "start"), [("BibTeX", "@misc{handout,"), ("RIS", "TY  - ELEC\r\nID  - handout\r\n")]
)
def test_the_handout_itself_is_copied_for_reference_managers(
    handout: Path, open_page: Open, name: str, start: str
) -> None:
    page = open_page(handout, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".cite-this").get_by_role("button", name=f"Copy: {name}").click()
    page.locator(".tcit-status.tcit-shown").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(start)


def test_a_copied_reference_keeps_its_italics_and_loses_its_links(
    handout: Path, open_page: Open
) -> None:
    page = open_page(handout, permissions=["clipboard-read", "clipboard-write"])
    page.locator("li[data-key=kahn2001] .tcit-copy").click()
    page.locator(".tcit-status.tcit-shown").wait_for()
    rich = clipboard(page)["text/html"]
    assert "<em>A book</em>" in rich
    assert "https://doi.org/10.1000/kahn" in rich
    assert "<a" not in rich
