"""Characters that no font has: which script they are of, and which fonts would help.

The PDF is set in our own type; for what that lacks, the fonts of the machine are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import category, name

SHOWN: Final = 8
"""Characters that one message names; more of a script tell nothing new."""


@dataclass(frozen=True, slots=True)
class _Script:
    """`names` are what Unicode's names of its characters begin with; `package` is Debian's."""

    name: str
    names: tuple[str, ...]
    package: str
    fedora: str


_CJK: Final = _Script(
    "Chinese, Japanese or Korean",
    ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "HALFWIDTH", "FULLWIDTH",
     "KANGXI"),
    "fonts-noto-cjk",
    "google-noto-sans-cjk-fonts",
)  # fmt: skip
_SYMBOLS: Final = _Script("emoji or symbols", (), "fonts-symbola", "gdouros-symbola-fonts")
_REST: Final = _Script("", (), "fonts-noto-core", "google-noto-sans-fonts")


def missing_glyphs(characters: Iterable[str]) -> Iterator[tuple[str, str]]:
    """For each script of these characters: what to tell, and its first character."""
    by_script: dict[_Script | None, dict[str, None]] = {}
    for character in characters:
        by_script.setdefault(_script(character), {})[character] = None
    for script, found in by_script.items():
        yield _message(script, list(found)), next(iter(found))


def _script(character: str) -> _Script | None:
    """None for a character that means nothing outside one program, or nothing yet."""
    if category(character) in ("Co", "Cn"):
        return None
    called = name(character, "")
    if called.startswith(_CJK.names):
        return _CJK
    if category(character) in ("So", "Sk", "Sm"):
        return _SYMBOLS
    word = called.split()[0].capitalize() if called else ""
    return _Script(word, (), _REST.package, _REST.fedora)


def _message(script: _Script | None, found: list[str]) -> str:
    shown = ", ".join(f"`{character}` (U+{ord(character):04X})" for character in found[:SHOWN])
    if len(found) > SHOWN:
        shown += f" and {len(found) - SHOWN} more"
    if script is None:
        return f"no font on this machine has {shown}, which Unicode gives no meaning: replace it"
    kind = f" ({script.name})" if script.name else ""
    packages = f"`{script.package}` on Debian and Ubuntu, `{script.fedora}` on Fedora"
    without = "without it the PDF shows boxes and is no PDF/A"
    return f"no font on this machine has {shown}{kind}: install one ({packages}); {without}"
