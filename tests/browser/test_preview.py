"""The live preview on the screen."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import Open, Opened
from tests.preview.running import FIRST, Preview, document

CHANGED = FIRST.replace("Beginning", "A new beginning")
BROKEN = FIRST.replace("@alden2001", "@aldne2001")


def test_the_list_leads_to_a_document_and_back(preview: Preview, open_page: Open) -> None:
    page = open_page(preview.address)
    page.get_by_role("link", name="The first", exact=True).click()
    page.get_by_role("heading", name="The first", level=1).wait_for()
    assert page.url == f"{preview.address}/first.html"
    page.get_by_role("link", name="All documents").click()
    page.get_by_role("link", name="The second", exact=True).wait_for()


def test_a_save_comes_to_the_screen_and_the_place_is_kept(
    preview: Preview, open_page: Open
) -> None:
    page = open_page(f"{preview.address}/first.html")
    page.get_by_text("Live", exact=True).wait_for()
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    preview.write("first.md", CHANGED)
    page.get_by_role("heading", name="A new beginning").wait_for(state="attached")
    page.get_by_text("Live", exact=True).wait_for()
    assert page.evaluate("scrollY") == 700
    preview.write("first.md", FIRST)
    page.get_by_role("heading", name="Beginning", exact=True).wait_for(state="attached")
    page.get_by_text("Live", exact=True).wait_for()
    assert page.evaluate("scrollY") == 700


def test_an_anchor_does_not_draw_the_reader_back(preview: Preview, open_page: Open) -> None:
    page = open_page(f"{preview.address}/first.html#ref-kahn2001", reduced_motion="reduce")
    page.get_by_text("Live", exact=True).wait_for()
    page.evaluate("scrollTo({top: 300, behavior: 'instant'})")
    preview.write("first.md", CHANGED)
    page.get_by_role("heading", name="A new beginning").wait_for(state="attached")
    page.get_by_text("Live", exact=True).wait_for()
    assert page.evaluate("scrollY") == 300
    assert page.url.endswith("#ref-kahn2001")


def test_a_page_that_does_not_change_is_not_loaded_again(
    preview: Preview, open_page: Open, opened: list[Opened]
) -> None:
    page = open_page(f"{preview.address}/third.html")
    page.get_by_text("Live", exact=True).wait_for()
    asked = len(opened[0].requests)
    preview.write("first.md", CHANGED)
    preview.wait_for("/first.html", "A new beginning")
    preview.write("third.md", (preview.root / "content" / "third.md").read_text() + "\n")
    page.wait_for_timeout(500)
    assert len(opened[0].requests) == asked


def test_a_bibliography_comes_to_the_screen(preview: Preview, open_page: Open) -> None:
    page = open_page(f"{preview.address}/second.html")
    page.get_by_text("Live", exact=True).wait_for()
    text = (preview.root / "content" / "more.bib").read_text()
    preview.write("more.bib", text.replace("A third", "A changed title"))
    page.get_by_text("A changed title").first.wait_for()


def test_a_mistake_is_shown_over_the_page_and_goes_when_it_is_mended(
    preview: Preview, open_page: Open
) -> None:
    page = open_page(f"{preview.address}/first.html")
    page.get_by_text("Live", exact=True).wait_for()
    preview.write("first.md", BROKEN)
    panel = page.get_by_role("region", name="Problems")
    panel.wait_for()
    words = panel.inner_text()
    line = BROKEN.splitlines().index("As was said [@kahn2001; @aldne2001].") + 1
    assert f"content/first.md:{line}:" in words
    assert "As was said [@kahn2001; @aldne2001]." in words
    assert "did you mean alden2001" in words
    assert panel.locator("mark").first.inner_text() == "aldne2001"
    assert page.get_by_text("aldne2001?").is_visible()
    preview.write("first.md", FIRST)
    panel.wait_for(state="detached")
    page.get_by_role("link", name="Alden, 2001").first.wait_for()  # the page is loaded anew


def test_a_panel_that_was_closed_stays_closed_while_there_are_errors(
    preview: Preview, open_page: Open
) -> None:
    preview.write("first.md", BROKEN)
    preview.wait_for("/first.html", "1 error")
    page = open_page(f"{preview.address}/first.html")
    panel = page.get_by_role("region", name="Problems")
    panel.wait_for()
    page.get_by_text("1 error", exact=True).click()
    panel.wait_for(state="hidden")
    preview.write("first.md", BROKEN.replace("Beginning", "Later"))
    page.get_by_role("heading", name="Later").wait_for()
    assert not panel.is_visible()
    preview.write("first.md", FIRST)
    page.get_by_role("heading", name="Beginning", exact=True).wait_for()
    preview.write("first.md", BROKEN)
    panel.wait_for()


def test_a_document_without_a_page_shows_its_mistakes_and_comes_back(
    preview: Preview, open_page: Open
) -> None:
    page = open_page(f"{preview.address}/second.html")
    page.get_by_text("Live", exact=True).wait_for()
    (preview.root / "content" / "second.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    page.get_by_role("heading", name="There is no page").wait_for()
    assert page.get_by_text("content/second.md:2:11").is_visible()
    preview.write("second.md", document("The second", "Here again."))
    page.get_by_text("Here again.").wait_for()


def test_the_list_tells_which_documents_have_mistakes(preview: Preview, open_page: Open) -> None:
    page = open_page(preview.address)
    page.get_by_text("Live", exact=True).wait_for()
    assert not page.get_by_text("1 error").is_visible()
    preview.write("first.md", BROKEN)
    page.get_by_text("1 error").wait_for()
    preview.write("first.md", FIRST)
    page.get_by_text("1 error").wait_for(state="detached")


def test_a_document_under_another_name_is_followed(preview: Preview, open_page: Open) -> None:
    page = open_page(f"{preview.address}/second.html")
    page.get_by_text("Live", exact=True).wait_for()
    preview.write("second.md", document("The second", "Text.", "slug: renamed\n"))
    page.wait_for_url(f"{preview.address}/renamed.html")


def test_a_removed_document_is_told(preview: Preview, open_page: Open) -> None:
    page = open_page(f"{preview.address}/second.html")
    page.get_by_text("Live", exact=True).wait_for()
    (preview.root / "content" / "second.md").unlink()
    page.get_by_text("This document is no longer there").wait_for()


def test_the_pdf_is_shown_and_hidden_by_mouse_and_keyboard(
    preview: Preview, open_page: Open
) -> None:
    page = open_page(f"{preview.address}/second.html")
    button = page.get_by_role("button", name="PDF")
    with page.expect_response("**/second.pdf") as answer:
        button.click()
    assert answer.value.status == 200
    assert answer.value.headers["content-type"] == "application/pdf"
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("iframe[title='second.pdf']").is_visible()
    page.get_by_text("Live", exact=True).wait_for()
    button.focus()
    page.keyboard.press("Escape")
    assert page.locator("iframe").count() == 0
    page.keyboard.press("Space")
    page.locator("iframe").wait_for()


def test_a_pdf_on_the_screen_is_made_anew_too(preview: Preview, open_page: Open) -> None:
    page = open_page(f"{preview.address}/second.html")
    page.get_by_role("button", name="PDF").click()
    page.get_by_text("Live", exact=True).wait_for()
    with page.expect_response("**/second.pdf") as answer:
        preview.write("second.md", document("The second", "Another text."))
    assert answer.value.status == 200
    page.get_by_text("Another text.").wait_for()
    page.locator("iframe").wait_for()


def test_the_word_file_is_offered(preview: Preview, open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"{preview.address}/first.html", accept_downloads=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename == "first.docx"
    download.value.save_as(tmp_path / "first.docx")
    assert (tmp_path / "first.docx").read_bytes().startswith(b"PK")


def test_everything_on_the_page_works_under_the_previews_policy(
    preview: Preview, open_page: Open, opened: list[Opened]
) -> None:
    page = open_page(f"{preview.address}/first.html")
    page.locator("a[role=doc-biblioref]").first.click()
    page.locator(".tcit-card").wait_for()
    page.get_by_text("Live", exact=True).wait_for()
    own = f"{preview.address}/"
    assert all(url.startswith((own, "data:")) for url in opened[0].requests)


def test_it_says_when_the_preview_has_ended(
    preview: Preview, open_page: Open, opened: list[Opened]
) -> None:
    page = open_page(f"{preview.address}/first.html")
    page.get_by_text("Live", exact=True).wait_for()
    preview.interrupt()
    page.get_by_text("Not connected").wait_for()
    opened[0].complaints.clear()  # the browser's own word on the lost connection


def test_at_320_pixels_the_bar_fits(preview: Preview, open_page: Open) -> None:
    preview.write("first.md", BROKEN)
    preview.wait_for("/first.html", "1 error")
    for path in ("/", "/first.html"):
        page = open_page(preview.address + path, viewport={"width": 320, "height": 640})
        page.get_by_text("Live", exact=True).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        bar = page.locator("#tcit-preview .bar")
        assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")


def test_two_tabs_follow_together(preview: Preview, open_page: Open) -> None:
    pages = [open_page(f"{preview.address}/first.html") for _ in range(2)]
    for page in pages:
        page.get_by_text("Live", exact=True).wait_for()
    preview.write("first.md", CHANGED)
    for page in pages:
        page.get_by_role("heading", name="A new beginning").wait_for()


def test_the_editions_that_the_settings_ask_for_are_offered(
    preview: Preview, open_page: Open
) -> None:
    settings = preview.root / "tcit.toml"
    settings.write_text('editions = ["handout", "large-print", "fragment"]\n')
    preview.wait_for("/first.html", "Large-print PDF")
    page = open_page(f"{preview.address}/first.html")
    menu = page.get_by_role("button", name="More")
    large = page.get_by_role("button", name="Large-print PDF")
    assert not large.is_visible()
    menu.click()
    with page.expect_response("**/first-large-print.pdf") as answer:
        large.click()
    assert answer.value.headers["content-type"] == "application/pdf"
    assert page.locator("iframe[title='first-large-print.pdf']").is_visible()
    assert not large.is_visible()
    page.get_by_text("Live", exact=True).wait_for()
    page.get_by_role("button", name="PDF", exact=True).click()
    page.locator("iframe[title='first.pdf']").wait_for()
    assert page.locator("iframe").count() == 1
    menu.click()
    page.get_by_role("link", name="HTML fragment").click()
    page.wait_for_url(f"{preview.address}/first-fragment.html")
    assert page.locator("article").is_visible()
    page.goto(preview.address)
    page.get_by_role("link", name="Large-print PDF The first").wait_for()
    settings.unlink()
