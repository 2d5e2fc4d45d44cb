"""No save is lost, whenever it comes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tcit_export.preview.session import Session
from tcit_export.preview.watch import watch
from tests.preview.running import document, make_project
from tests.preview.test_session import SECOND_MD, run

ENTRY = "@book{own2020, author={Own, O.}, title={Old}, year={2020}, publisher={P}}"


class Gap(Session):
    """A session in which something happens while no watch stands, and that notes what it hears.

    Between two watches it is told of the settings, by which everything counts as changed.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self.heard: list[str] = []
        self.between: Callable[[], object] = lambda: None

    async def change(self, paths: frozenset[Path]) -> None:
        self.heard += [path.name for path in paths]
        if self.heard == ["tcit.toml"]:
            self.between()


def save(path: Path) -> None:
    path.write_text(ENTRY.replace("Old", "New"))


def save_as_of_old(path: Path) -> None:
    """As files are that are copied or moved with their dates."""
    save(path)
    os.utime(path, (0, 0))


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("what", "told"), [(save, "own.bib"), (save_as_of_old, "own.bib"), (remove, "tcit.toml")]
)
def test_what_happens_between_two_watches_is_heard(
    tmp_path: Path, what: Callable[[Path], None], told: str
) -> None:
    root = make_project(tmp_path)
    (root / "refs").mkdir()
    bib = root / "refs" / "own.bib"
    bib.write_text(ENTRY)
    text = document("The second", "[@own2020]", "bibliography: ../refs/own.bib\n")
    (root / SECOND_MD).write_text(text)

    async def steps(pool: ThreadPoolExecutor) -> None:
        session = Gap(root, lambda: pool)
        stop = asyncio.Event()
        watching = asyncio.ensure_future(watch(session, stop))
        await asyncio.sleep(2.5)  # the watch stands, and what was saved before it is told
        session.between = lambda: what(bib)
        session.heard.clear()
        await session.sheet(SECOND_MD)  # from now on there is a third folder to watch
        for _ in range(100):
            await asyncio.sleep(0.1)
            if told in session.heard[1:]:
                break
        stop.set()
        await watching
        assert told in session.heard[1:]

    with ThreadPoolExecutor(1) as pool:
        run(steps(pool))
