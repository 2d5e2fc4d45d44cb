"""Pages at 400 % zoom before axe: a window of 1280 by 1024 pixels is then one of 320 by 256.

Used by `make validate`, whose validators hold axe; the other looks are judged there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS

WINDOW: Final = {"width": 320, "height": 256}
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN: Final = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
}"""


def judged(
    files: Iterable[Path], axe: str, chromium: str
) -> Iterator[tuple[Path, str, list[str], int]]:
    """For each page in light and dark: what axe finds, and how wide the page is in pixels.

    `axe` is the text of axe-core's script, `chromium` the path of the browser.
    """
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for file in files:
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport=WINDOW, device_scale_factor=4, color_scheme=scheme, bypass_csp=True
                )
                page = context.new_page()
                page.goto(file.resolve().as_uri())
                page.add_script_tag(content=axe)
                wide = int(page.evaluate("document.documentElement.scrollWidth"))
                yield file, scheme, list(page.evaluate(RUN, RULES)), wide
                context.close()
        browser.close()
