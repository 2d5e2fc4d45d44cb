"""Writing outputs whole or not at all.

The bytes go to a new file in the same folder, reach the disk, and then take the name in one step:
whoever looks sees the old file or the new one.  A symbolic link in the output's place is refused
rather than followed.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path


class NotWritten(Exception):  # noqa: N818 - says what happened
    """An output that could not be written, and why; what stood there before still stands."""


def write_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`, durably; the folder is made if needed. Raises NotWritten.

    The file's mode is what the umask leaves of 0666.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_special(path)
        _remove_leftovers(path)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            _write_through(temporary, data)
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise NotWritten(_reason(error)) from None


def _refuse_special(path: Path) -> None:
    if path.is_symlink():
        raise NotWritten("a symbolic link stands in its place; remove it first")
    if path.exists() and not path.is_file():
        raise NotWritten("something that is no file stands in its place")


def _write_through(path: Path, data: bytes) -> None:
    """A new file whose bytes are on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _EXTRA_FLAGS, 0o666)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _remove_leftovers(path: Path) -> None:
    """Remove what a killed process left of this output."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.(\d+)\.part")
    for name in os.listdir(path.parent):
        if (found := pattern.fullmatch(name)) and not _is_running(int(found[1])):
            (path.parent / name).unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if process == os.getpid() or os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _reason(error: OSError) -> str:
    """Why, in plain words."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "the disk is full"
        case errno.EFBIG:
            return "the file would be larger than allowed"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "the folder cannot be written to"
        case errno.ENOTDIR | errno.EEXIST:
            return "a file stands where its folder should be"
        case _:
            return (error.strerror or str(error)).lower()


_EXTRA_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
