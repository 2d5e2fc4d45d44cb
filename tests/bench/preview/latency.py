"""From saving a file to the new page on the screen: `python tests/bench/preview/latency.py`.

Starts the preview of a copy of the project in a process of its own, opens the sample in Chromium
(headless), and saves it again and again with another heading.  The time runs from before the write
to the first paint of the page that has the new words, as the browser itself notes it (Paint Timing,
on the system's clock).  `seen` is when the browser has also told this process, which adds the way
of the driver.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import ARGUMENTS  # noqa: E402
from tests.preview.running import Preview, running  # noqa: E402

GOAL = 300
"""Milliseconds, on an idle machine."""
PAINTED = """word => {
    if (!document.querySelector("main")?.textContent.includes(word)) return false;
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return paint ? performance.timeOrigin + paint.startTime : false;
}"""


def copied(folder: Path) -> Path:
    """A project with this one's content."""
    shutil.copytree(ROOT / "content", folder / "content")
    return folder


def save(preview: Preview, page: Page, text: str, word: str) -> tuple[float, float]:
    """Milliseconds from the save to the paint of the word, and until it is known here."""
    start = time.time() * 1000
    preview.write("therapists-crying-in-therapy.md", text.replace("\n## ", f"\n## {word} ", 1))
    painted = page.wait_for_function(PAINTED, arg=word, polling="raf", timeout=30_000).json_value()
    return painted - start, time.time() * 1000 - start


def measure(runs: int) -> list[tuple[float, float]]:
    """Two times for each save, after three that do not count."""
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        document = root / "content" / "therapists-crying-in-therapy.md"
        text = document.read_text("utf-8")
        with running(root) as preview, sync_playwright() as driver:
            executable = shutil.which("chromium")
            browser = driver.chromium.launch(executable_path=executable, args=ARGUMENTS)
            page = browser.new_page()
            page.goto(f"{preview.address}/{document.stem}.html")
            page.get_by_text("Live", exact=True).wait_for()
            times = []
            for run in range(runs + 3):
                times.append(save(preview, page, text, f"Zebra{run}"))
                page.wait_for_timeout(400)
            browser.close()
    return times[3:]


def main() -> None:
    """Print median and worst, and whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=20)
    times = measure(parser.parse_args().runs)
    print(f"saves {len(times)}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, column in (("painted", 0), ("seen", 1)):
        found = sorted(time[column] for time in times)
        median, worst = statistics.median(found), found[-1]
        print(f"save to {name}: median {median:.0f} ms, worst {worst:.0f} ms (goal {GOAL} ms)")


if __name__ == "__main__":
    main()
