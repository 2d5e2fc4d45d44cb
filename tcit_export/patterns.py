"""Regular expressions that are compiled when they are first used.

Compiling one takes Python 0.1 to 1 ms, as long as a rule takes for a hundred records, and many
rules are about what few files have. Patterns that nearly every run uses are better off with
`re.compile`: behind `late` each call costs a few nanoseconds more.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub", "subn")


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `re.compile(pattern, flags)`, but that mistakes in it show when it is used."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Has none of a pattern's methods until one is asked for; then all, and keeps them."""

    __slots__ = ("_flags", "_text", *_METHODS)

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
