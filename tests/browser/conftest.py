"""A real browser: the Chromium of the system, driven by Playwright, and pages built for it.

Every page is opened in a context of its own that notes all requests and all complaints (errors on
the console, exceptions, violations of a Content-Security-Policy); a complaint fails the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import tcit_export
from tests.preview.running import Preview, document, make_project, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HANDOUT = """## Background

Crying is common [@kahn2001; @alden2001, p. 3], as @lee2010 found.[^note]

[^note]: A note that cites @kahn2001.

## Findings

| Measure | Before | After | Later | Much later |
|:--|--:|--:|--:|--:|
| A measure with a rather long name | 1,234.56 | 2,345.67 | 3,456.78 | 4,567.89 |

A long address: <https://example.org/a/path/that/is/longer/than/any/phone/is/wide/and/does/not/end>

Again [@kahn2001].

{filler}

## Discussion

So much for @kahn2001.
"""
FILLER = "\n\n".join(f"Sentence {number} of a long text." for number in range(60))


@pytest.fixture(scope="package")
def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
    """Chromium, headless.

    Not for the whole session: while it lives, an event loop runs in this thread.
    """
    executable = tool("chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a project with a full handout, other documents and an index."""
    root = make_project(tmp_path_factory.mktemp("built"))
    head = (
        "reviewed: alden2001\nkeywords: [tears, alliance]\n"
        "publication: {publisher: A Society, url: 'https://example.org/handout'}\n"
    )
    text = document("A handout to look at", HANDOUT.replace("{filler}", FILLER), head)
    (root / "content" / "handout.md").write_text(text)
    report = tcit_export.build(root, formats=("html",))
    assert report.ok, report.diagnostics
    return root / "output"


class Opened:
    """A page with what it asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: said.type == "error" and self.complaints.append(said.text),
        )


Open = Callable[..., "Page"]


@pytest.fixture
def opened(browser: Browser) -> Iterator[list[Opened]]:
    """The pages of a test; their contexts are closed after it."""
    pages: list[Opened] = []
    yield pages
    complaints = [complaint for page in pages for complaint in page.complaints]
    for page in pages:
        _leave(page.page)
        page.page.context.close()
    assert not complaints


def _leave(page: Page) -> None:
    """Away from the page first: Chromium may never close one that is just opening a PDF."""
    from playwright.sync_api import Error

    for _ in range(5):
        with suppress(Error):  # the preview is just loading the page again
            page.goto("about:blank")
            return


@pytest.fixture
def open_page(browser: Browser, opened: list[Opened]) -> Open:
    """Open an address or a file in a context with options of Playwright's (`color_scheme` …)."""

    def open_it(address: str | Path, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1000, "height": 700})
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        one = Opened(context.new_page())
        opened.append(one)
        one.page.goto(address.as_uri() if isinstance(address, Path) else address)
        return one.page

    return open_it


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A running preview of a small project."""
    with running(make_project(tmp_path / "project")) as started:
        yield started
