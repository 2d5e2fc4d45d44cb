"""Hearing of changes: `content/` and `templates/` with all below them, other folders by themselves.

Folders are watched rather than files, since most editors save by putting a new file in the old
one's place.  The root itself is watched without what is below it: it may hold large folders that
are no part of the documents.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
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
TICK: Final = 0.05
"""Seconds that a file system's clock may be behind ours."""
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

    Meanwhile anything may have happened, so then everything counts as changed, and what comes
    until the new watch stands is looked for. Where the system has no watches left, the files are
    looked at again and again instead.
    """
    polling, since, all_of_it = False, time.time() - PLANNING, session.root / SETTINGS_FILE
    while not stop.is_set():
        watched, unheard, pause = _numbered(folders(session)), True, 0.0
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
                if unheard:
                    missed = _changed_since(since, watched, deep=folders is _deep)
                    seen |= {all_of_it if path.is_dir() else path for path in missed}
                    unheard = False
                if seen:
                    await tell(frozenset(seen))
                if _numbered(folders(session)) != watched:
                    break
        except (OSError, RuntimeError):
            polling, pause = True, 1.0
        since = time.time() - TICK
        await _either(stop, pause)
        if not stop.is_set():
            await tell(frozenset({all_of_it}))


def _numbered(folders: Iterable[Path]) -> dict[Path, int]:
    """Folders with what tells them from others that take their names."""
    found = {}
    for folder in folders:
        with suppress(OSError):  # it may go at any moment
            if folder.is_dir():
                found[folder] = folder.stat().st_ino
    return found


def _changed_since(moment: float, folders: Iterable[Path], *, deep: bool) -> Iterator[Path]:
    """Files that were saved or came, and folders that something came to or left."""
    for folder in folders:
        for path in (folder, *(folder.rglob("*") if deep else folder.glob("*"))):
            if _wanted(Change.modified, str(path)) and _changed(path) > moment:
                yield path


def _changed(path: Path) -> float:
    """When something was last changed, in seconds since 1970; 0 if it is not there (any more).

    A file that is copied or moved keeps the date of its saving, but comes to its place anew.
    """
    try:
        state = path.stat()
    except OSError:
        return 0.0
    return state.st_mtime if path.is_dir() else max(state.st_mtime, state.st_ctime)


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
