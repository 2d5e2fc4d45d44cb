"""Hearing of changes: `content/` and `templates/` with all below them, other folders by themselves.

Folders are watched rather than files, since most editors save by putting a new file in the old
one's place.  The root itself is watched without what is below it: it may hold large folders that
are no part of the documents.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final

from watchfiles import Change, awatch

from tcit_export.config import SETTINGS_FILE
from tcit_export.preview.session import Session
from tcit_export.preview.uses import TEMPLATES
from tcit_export.project import CONTENT

STEP: Final = 10
"""Milliseconds of silence after which a save is taken to be done."""
GATHER: Final = 200
"""Milliseconds that changes without silence are gathered at most."""
PLANNING: Final = 2.0
"""Seconds that reading a project takes at most, before the watch begins."""
_TEMPORARY: Final = (".swp", ".swx", ".part", ".tmp", "~")

Changed = Callable[[frozenset[Path]], Awaitable[None]]


async def watch(session: Session, stop: asyncio.Event) -> None:
    """Tell the session of each change until `stop` is set; one change after another."""
    busy = asyncio.Lock()

    async def tell(paths: frozenset[Path]) -> None:
        async with busy:
            await session.change(paths)

    await asyncio.gather(_watch(_deep, session, tell, stop), _watch(_flat, session, tell, stop))


async def _watch(
    folders: Callable[[Session], set[Path]], session: Session, tell: Changed, stop: asyncio.Event
) -> None:
    """Watch what `folders` names; begin anew when it names others, or other folders of that name.

    Meanwhile anything may have happened, so then everything counts as changed. Where the system
    has no watches left, the files are looked at again and again instead.
    """
    polling, began = False, time.time()
    while not stop.is_set():
        watched = _numbered(folders(session))
        try:
            async for changes in awatch(
                *sorted(watched),
                watch_filter=_wanted,
                debounce=GATHER,
                step=STEP,
                stop_event=stop,
                recursive=folders is _deep,
                yield_on_timeout=True,
                rust_timeout=1000,
                force_polling=polling or None,
            ):
                seen = {Path(path) for _, path in changes}
                if began:
                    seen |= _saved_since(began - PLANNING, watched, deep=folders is _deep)
                    began = 0.0
                if seen:
                    await tell(frozenset(seen))
                if _numbered(folders(session)) != watched:
                    break
        except (OSError, RuntimeError):
            polling = True
            await _either(stop, 1.0)
        if not stop.is_set():
            await tell(frozenset({session.root / SETTINGS_FILE}))


def _numbered(folders: Iterable[Path]) -> dict[Path, int]:
    """Folders with what tells them from others that take their names."""
    return {folder: folder.stat().st_ino for folder in folders if folder.is_dir()}


def _saved_since(moment: float, folders: Iterable[Path], *, deep: bool) -> set[Path]:
    """Files saved after the project was read and before the watch stood."""
    found = (path for folder in folders for path in (folder.rglob if deep else folder.glob)("*"))
    return {path for path in found if _wanted(Change.modified, str(path)) and _saved(path) > moment}


def _saved(path: Path) -> float:
    """When a file was saved, in seconds since 1970; 0 for what is no file (any more)."""
    try:
        return path.stat().st_mtime if path.is_file() else 0.0
    except OSError:
        return 0.0


async def _either(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _deep(session: Session) -> set[Path]:
    root = session.root
    return {(root / name).resolve() for name in (CONTENT, TEMPLATES)}


def _flat(session: Session) -> set[Path]:
    """The root, and the folders of bibliographies, pictures and styles that lie elsewhere in it."""
    deep = _deep(session)
    parents = {file.parent for file in session.files() if file.is_relative_to(session.root)}
    elsewhere = {p for p in parents if not any(p.is_relative_to(d) for d in deep)}
    return {session.root, *elsewhere}


def _wanted(_change: Change, path: str) -> bool:
    name = Path(path).name
    return not name.startswith(".") and not name.endswith(_TEMPORARY)
