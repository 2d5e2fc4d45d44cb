"""Reading files of the project, and no others.

A path is resolved first, symbolic links included, and then compared with the root: what the check
saw is what is opened.  Only regular files are read (a named pipe would wait for ever), and never
more of them than their limit.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tcit_export.diagnostic import Diagnostic, Kind, Location, Parsed, Severity
from tcit_export.source import Source, Span, normalise

UNREADABLE_FILE = Kind(
    "P001",
    "unreadable-file",
    Severity.ERROR,
    "A file that is needed does not exist or cannot be read.",
)
OUTSIDE_PROJECT = Kind(
    "P002",
    "outside-project",
    Severity.ERROR,
    "A path leads out of the project folder, by `..` or by a symbolic link. Nothing outside the\n"
    "project is read, so that a text from a stranger cannot carry your files into an output.",
)
NOT_UTF8 = Kind(
    "P003",
    "not-utf-8",
    Severity.ERROR,
    "A text file is in another encoding than UTF-8. The program does not guess: a wrong guess\n"
    "turns names into nonsense. Save the file again as UTF-8.",
)
FILE_TOO_LARGE = Kind(
    "P004",
    "file-too-large",
    Severity.ERROR,
    "A file is larger than any honest one of its sort.",
)


class Refused(Exception):  # noqa: N818 - says what happened
    """A file that cannot be read, and why: turned into a diagnostic where it was asked for."""

    def __init__(self, kind: Kind, reason: str, *hints: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.hints = hints

    def at(self, location: Location) -> Diagnostic:
        """The diagnostic of it, at the place that names the file."""
        return self.kind.at(location, self.reason, hints=self.hints)


def inside(root: Path, path: Path) -> Path:
    """The path without links and dots. Raises Refused if it leaves `root` (itself resolved)."""
    try:
        resolved = path.resolve()
    except RuntimeError:
        raise Refused(UNREADABLE_FILE, f"`{shown(root, path)}` is a link to itself") from None
    except (OSError, ValueError) as error:
        raise Refused(UNREADABLE_FILE, f"`{shown(root, path)}` is no path: {_why(error)}") from None
    if not resolved.is_relative_to(root):
        raise Refused(OUTSIDE_PROJECT, f"`{shown(root, path)}` leads out of the project")
    return resolved


def read_bytes(root: Path, path: Path, limit: int) -> bytes:
    """All bytes of a file of the project, at most `limit`. Raises Refused."""
    name = shown(root, path)
    try:
        descriptor = os.open(inside(root, path), os.O_RDONLY | _EXTRA_FLAGS)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Refused(UNREADABLE_FILE, f"`{name}` is not a file")
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise Refused(UNREADABLE_FILE, f"`{name}` does not exist") from None
    except (OSError, ValueError) as error:
        raise Refused(UNREADABLE_FILE, f"`{name}` cannot be read: {_why(error)}") from None
    if len(data) > limit:
        raise Refused(FILE_TOO_LARGE, f"`{name}` is larger than {limit:,} bytes")
    return data


def read_source(root: Path, path: Path, limit: int) -> Parsed[Source | None]:
    """A text file; None and a diagnostic if it cannot be read or is no UTF-8."""
    name = shown(root, path)
    try:
        data = read_bytes(root, path, limit)
    except Refused as refused:
        return Parsed(None, (refused.at(Location(Source(name, ""), Span(0, 0))),))
    return decoded(name, data)


def decoded(name: str, data: bytes) -> Parsed[Source | None]:
    """A file's bytes as text; None and a diagnostic at the first byte that is no UTF-8."""
    try:
        return Parsed(Source(name, normalise(data.decode("utf-8"))))
    except UnicodeDecodeError as error:
        before = normalise(data[: error.start].decode("utf-8"))
        place = Source(name, normalise(data.decode("utf-8", "replace")))
        found = NOT_UTF8.at(
            Location(place, Span(len(before), len(before) + 1)),
            f"the byte 0x{data[error.start]:02X} is not UTF-8",
            hints=["save the file as UTF-8"],
        )
        return Parsed(None, (found,))


def shown(root: Path, path: Path) -> str:
    """The path as messages show it, with `/`: relative to the root if it begins there."""
    if (root / path).is_relative_to(root):
        return Path(os.path.relpath(root / path, root)).as_posix()
    return path.as_posix()


def _why(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error) or type(error).__name__).lower()


_EXTRA_FLAGS = (
    getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
