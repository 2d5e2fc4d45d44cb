"""The command line: arguments -> calls -> exit code. The only place that prints.

0 done, 1 problems in the content, 2 wrong usage, 130 interrupted; never a traceback (a mistake of
the program itself is one calm line, and `--debug` shows the rest).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

from tcit_export.cli.arguments import parse
from tcit_export.cli.messages import say
from tcit_export.cli.usage import Usage

DONE: Final = 0
PROBLEMS: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
TERMINATED: Final = 143


class _Terminated(BaseException):
    """SIGTERM, as an exception: so that what was begun is cleaned up."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    _open_closed_streams()
    _tolerate_narrow_encodings()
    previous = signal.signal(signal.SIGTERM, _terminate)
    debug = False
    try:
        arguments = parse(argv)
        debug = arguments.debug
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except Usage as usage:
        return _say(f"tcit-export: {usage}", WRONG_USAGE)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return _say("tcit-export: interrupted; files that were finished are whole", INTERRUPTED)
    except _Terminated:
        return _say("tcit-export: terminated", TERMINATED)
    except BrokenPipeError:
        _close_output()  # whoever read our output has read enough
        return DONE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _close_output()
            return _say(f"tcit-export: it cannot be written: {error.strerror}".lower(), PROBLEMS)
        if debug:
            raise
        return _say(
            f"tcit-export: a mistake in the program: {type(error).__name__}: {_first_line(error)}\n"
            "Please report it with the command and the output of the same command with --debug.",
            PROBLEMS,
        )
    finally:
        signal.signal(signal.SIGTERM, previous)


def _say(message: str, code: int) -> int:
    say(message)
    return code


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]


def _terminate(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Terminated


_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def _close_output() -> None:
    """Nothing more may be flushed to standard output, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed_streams() -> None:
    """A closed standard stream leads nowhere: else the next file opened would take its place."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - stays open
            setattr(sys, name, stream)


def _tolerate_narrow_encodings() -> None:
    """A terminal that cannot show a character shows its number, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
