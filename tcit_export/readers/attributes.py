"""Attributes as pandoc writes them: `{#id .class key=value key="two words"}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tcit_export.model.nodes import Attributes

_PART: Final = re.compile(
    r"""[ \t\n]*(?:
        \#(?P<id>[^\s{}\#."'=]+(?:[.][^\s{}\#."'=]+)*)
      | \.(?P<class>[^\s{}."'=\#]+)
      | (?P<key>[A-Za-z_:][A-Za-z0-9_:.-]*)=
        (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{}"'=]+))
      | (?P<minus>-)(?=[\s}])
    )""",
    re.VERBOSE,
)
_CLOSE: Final = re.compile(r"[ \t\n]*\}")
_LONGEST: Final = 2_000
"""Characters of one attribute block: bounds the search for a closing brace."""


def parse_attributes(text: str, pos: int) -> tuple[int, Attributes] | None:
    """Read `{...}` at `pos`; the position after it and the attributes, or None.

    Empty braces are no attributes. Of two identifiers the last wins; classes keep their order.
    """
    if not text.startswith("{", pos):
        return None
    close = text.find("}", pos, pos + _LONGEST)
    if close < 0:
        return None
    identifier = ""
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    pos += 1
    while part := _PART.match(text, pos, pos + _LONGEST):
        pos = part.end()
        if part["id"]:
            identifier = part["id"]
        elif part["class"]:
            classes.append(part["class"])
        elif part["minus"]:
            classes.append("unnumbered")
        else:
            value = next(
                part[name] for name in ("double", "single", "bare") if part[name] is not None
            )
            pairs.append((part["key"], value))
    end = _CLOSE.match(text, pos)
    if end is None or not (identifier or classes or pairs):
        return None
    return end.end(), Attributes(identifier, tuple(classes), tuple(pairs))


@dataclass(frozen=True, slots=True)
class PlacedPair:
    """`key=value`, with the places of both; quotation marks belong to neither."""

    key: str
    value: str
    key_start: int
    value_start: int


def placed_pairs(text: str, pos: int) -> tuple[PlacedPair, ...]:
    """The pairs of the `{...}` at `pos`, which `parse_attributes` has read."""
    pairs: list[PlacedPair] = []
    pos += 1
    while part := _PART.match(text, pos, pos + _LONGEST):
        pos = part.end()
        if part["key"]:
            name = part.lastgroup or "bare"
            pairs.append(PlacedPair(part["key"], part[name], part.start("key"), part.start(name)))
    return tuple(pairs)


def trailing_attributes(text: str) -> tuple[str, Attributes] | None:
    """Split `text {…}` into the text before and the attributes at its end, if there are any."""
    if not text.endswith("}"):
        return None
    start = text.rfind("{")
    if start > 0 and text[start - 1] == "\\":
        return None
    found = parse_attributes(text, start) if start >= 0 else None
    if found is None or found[0] != len(text):
        return None
    return text[:start].rstrip(), found[1]


def fence_attributes(info: str) -> Attributes:
    """The attributes of a code block's first line: `{.python}`, or a language's name."""
    info = info.strip()
    found = parse_attributes(info, 0)
    if found is not None and found[0] == len(info):
        return found[1]
    word = info.split(maxsplit=1)[0] if info else ""
    return Attributes(classes=(word,)) if word and "{" not in word else Attributes()
