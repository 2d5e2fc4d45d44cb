"""How names are parted: at signs that stand outside braces (btxdoc, section 4)."""

from __future__ import annotations

import re
from typing import Final

COMMA: Final = re.compile(r"[{},]")  # with the braces, whose depth `split` counts
WORD: Final = re.compile(r"[{}]|[\s~]+")


def split(pattern: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text between matches of a pattern outside braces."""
    if "{" not in text and "}" not in text and "\\" not in text:
        return pattern.split(text)
    parts: list[str] = []
    depth = start = 0
    for found in pattern.finditer(text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and not text.startswith("\\", found.start() - 1, found.start()):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def is_braced(text: str) -> bool:
    """Whether one brace group is the whole text."""
    if not (text.startswith("{") and text.endswith("}")) or text.startswith("{\\"):
        return False
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return position == len(text) - 1
    return False


def unbraced(text: str) -> str:
    """The text without braces around the whole of it."""
    while is_braced(text):
        text = text[1:-1].strip()
    return text
