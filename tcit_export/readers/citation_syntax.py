"""Pandoc's citation syntax: `[see @a, pp. 3-4; -@b]`, `@a [p. 3]`, `@{any:key}`, `@a's`.

A hand-written scanner over the inline text of one paragraph.  It finds keys, locators and the
ranges of prefixes and suffixes; what is in those ranges is Markdown and not looked at here.  All
steps are linear: brackets are matched once (`outline`), and no character is scanned by two levels.

An `@` is no citation after a letter or digit (`jane@example.org`), after a backslash, in code, in
`<addresses>` and in web addresses (`https://example.org/@jane`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tcit_export.model.nodes import Cite, Locator
from tcit_export.readers.locators import find_locator

_KEY: Final = re.compile(r"[^\W]\w*(?:[:.#$%&\-+?<>~/]\w+)*")
_BRACED_KEY: Final = re.compile(r"\{([^\s{}][^{}\n]{0,500})\}")
_POSSESSIVE: Final = re.compile(r"['’]s(?!\w)")
_INTERESTING: Final = re.compile(
    r"""(?P<escape>\\.)
      | (?P<key>@\{[^\s{}][^{}\n]{0,500}\})
      | (?P<code>`+)
      | (?P<auto><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,200}@[^\s<>@]{1,250})>)
      | (?P<address>(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+.-]{1,20}://|www\.|mailto:)[^\s<>\[\]"]*)
      | (?P<sign>[\[\]@;])""",
    re.VERBOSE | re.DOTALL,
)
_CITED_IN: Final = re.compile(
    r"(?:(?<=\[)|,)\s*(?P<words>(?:as )?(?:cited|quoted|discussed|described|reported) in|"
    r"zit(?:\.|iert) nach|citée? (?:dans|par)|citad[oa] (?:en|por))\s+-?",
    re.IGNORECASE,
)
"""What leads from a work to the one that it is cited after, to the end of the words."""
_GAP: Final = re.compile(r"[ \t]*\n?[ \t]*")


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands where in one inline text: brackets with their partners, and the signs `[@;`
    that mean something (not those in code, escapes and addresses), in order."""

    brackets: Mapping[int, int]
    signs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScannedItem:
    """One work of a citation, with the ranges of its key, prefix and suffix in the text."""

    key: str
    key_range: tuple[int, int]
    suppress_author: bool = False
    prefix: tuple[int, int] = (0, 0)
    suffix: tuple[int, int] = (0, 0)
    locator: Locator | None = None
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """A citation and the place after it. `joined`: keys that lacked their semicolon."""

    items: tuple[ScannedItem, ...]
    end: int
    narrative: bool = False
    joined: tuple[ScannedItem, ...] = field(default=())


def outline(text: str) -> Outline:
    """Match brackets and find signs, stepping over code, escapes and addresses."""
    brackets: dict[int, int] = {}
    signs: list[int] = []
    waiting: list[int] = []
    runs: dict[int, list[int]] = {}
    for run in re.finditer(r"`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    pos = 0
    while match := _INTERESTING.search(text, pos):
        pos = match.end()
        if match["code"]:
            pos = _after_code(runs, match.start(), pos)
        elif match["key"]:
            signs.append(match.start())
        elif match["sign"]:
            place = match.start()
            if match["sign"] == "]":
                if waiting:
                    brackets[waiting.pop()] = place
                continue
            if match["sign"] == "[":
                waiting.append(place)
            signs.append(place)
    return Outline(brackets, tuple(signs))


def _after_code(runs: Mapping[int, list[int]], start: int, end: int) -> int:
    """The place after a code span that opens at `start`, or after its backticks alone."""
    same = runs.get(end - start, [])
    index = bisect_left(same, end)
    return same[index] + (end - start) if index < len(same) else end


def scan_key(text: str, at: int) -> tuple[int, str] | None:
    """The key after an `@` at `at`, and the place after it; None if this is no citation."""
    if at and (text[at - 1].isalnum() or text[at - 1] in "_@"):
        return None
    if text.startswith("{", at + 1):
        braced = _BRACED_KEY.match(text, at + 1)
        return (braced.end(), braced[1].strip()) if braced else None
    key = _KEY.match(text, at + 1)
    return (key.end(), key[0]) if key else None


def scan_bracketed(text: str, start: int, found: Outline) -> Scanned | None:
    """A citation in brackets: `[see @a, p. 3; -@b and elsewhere]`, from its `[` on."""
    close = found.brackets.get(start)
    if close is None:
        return None
    items, joined = _items(text, start + 1, close, found)
    return Scanned(items, close + 1, joined=joined) if items else None


def scan_narrative(text: str, start: int, end: int, found: Outline) -> Scanned | None:
    """A citation in the sentence: `@a`, `@a's`, `@a [p. 3; @b]`, `-@a`, from its first sign on."""
    suppress = text[start] == "-"
    if suppress and start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        return None
    at = start + suppress
    index = bisect_left(found.signs, at)
    if index == len(found.signs) or found.signs[index] != at:
        return None  # inside an address
    key = scan_key(text, at)
    if key is None or key[0] > end:
        return None
    stop, name = key
    key_range = (at + 1, stop)
    possessive = None if suppress else _POSSESSIVE.match(text, stop, end)
    stop = possessive.end() if possessive else stop
    first = ScannedItem(name, key_range, suppress, possessive=possessive is not None)
    with_place = _place_in_brackets(text, first, stop, end, found)
    return with_place or Scanned((first,), stop, narrative=True)


def _place_in_brackets(
    text: str, first: ScannedItem, stop: int, end: int, found: Outline
) -> Scanned | None:
    """`[p. 3; @b]` after a narrative key: its own locator and suffix, then more works."""
    gap = _GAP.match(text, stop, end)
    start = gap.end() if gap else stop
    close = found.brackets.get(start) if start < end and text[start] == "[" else None
    if close is None or close >= end or text.startswith("^", start + 1):
        return None
    if text[close + 1 : close + 2] in ("(", "[", "{", ":") and close + 1 < end:
        return None
    parts = _parts(text, start + 1, close, found)
    if keys := _keys(text, *parts[0], found):
        return _secondary(text, first, start + 1, keys[0][0], close, found)
    locator, suffix = _place(text, *parts[0], after_key=False)
    rest, joined = _items(text, parts[0][1] + 1, close, found) if len(parts) > 1 else ((), ())
    if len(parts) > 1 and not rest:
        return None
    own = ScannedItem(
        first.key,
        first.key_range,
        first.suppress_author,
        suffix=suffix,
        locator=locator,
        possessive=first.possessive,
    )
    return Scanned((own, *rest), close + 1, narrative=True, joined=joined)


def _secondary(
    text: str, first: ScannedItem, start: int, key: int, close: int, found: Outline
) -> Scanned | None:
    """`@a [as cited in @b]`, `@a [p. 3, as cited in @b]`: where `a` is known from (APA 7, 8.6)."""
    words = _CITED_IN.search(text, start, key)
    if words is None or words.end() != key:
        return None
    locator, suffix = _place(text, start, words.start(), after_key=False)
    rest, joined = _items(text, words.start("words"), close, found)
    own = replace(first, suffix=suffix, locator=locator)
    return Scanned((own, *rest), close + 1, narrative=True, joined=joined)


def _signs(found: Outline, start: int, end: int) -> list[int]:
    """The signs between two places, leaving out what is inside further brackets."""
    result: list[int] = []
    index = bisect_left(found.signs, start)
    while index < len(found.signs) and found.signs[index] < end:
        place = found.signs[index]
        close = found.brackets.get(place)
        if close is not None:
            index = bisect_left(found.signs, close, index)
            continue
        result.append(place)
        index += 1
    return result


def _parts(text: str, start: int, end: int, found: Outline) -> list[tuple[int, int]]:
    """The ranges between semicolons."""
    cuts = [place for place in _signs(found, start, end) if text[place] == ";"]
    return list(zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))


def _keys(text: str, start: int, end: int, found: Outline) -> list[tuple[int, int, str]]:
    """(place of `@`, place after the key, key) of all citation keys in a range."""
    result = []
    for place in _signs(found, start, end):
        key = scan_key(text, place) if text[place] == "@" else None
        if key is not None and key[0] <= end:
            result.append((place, *key))
    return result


def _items(
    text: str, start: int, end: int, found: Outline
) -> tuple[tuple[ScannedItem, ...], tuple[ScannedItem, ...]]:
    """The works between `start` and `end`, and those of them that lacked a semicolon.

    A part without a key belongs to the work before it, or, at the front, to the first work.
    """
    ranges: list[list[int]] = []
    keys: list[list[tuple[int, int, str]]] = []
    for first, last in _parts(text, start, end, found):
        here = _keys(text, first, last, found)
        if here and (not keys or keys[-1]):
            ranges.append([first, last])
            keys.append(here)
        elif ranges:
            ranges[-1][1] = last
            keys[-1] = keys[-1] or here
        else:
            ranges.append([first, last])
            keys.append(here)
    items: list[ScannedItem] = []
    joined: list[ScannedItem] = []
    for (first, last), here in zip(ranges, keys, strict=True):
        for index, key in enumerate(here):
            stop = here[index + 1][0] if index + 1 < len(here) else last
            item = _item(text, first, stop, key)
            items.append(item)
            if index:
                joined.append(item)
            first = stop
    return tuple(items), tuple(joined)


def _item(text: str, start: int, end: int, key: tuple[int, int, str]) -> ScannedItem:
    """One work: prefix, key, locator, suffix."""
    at, after, name = key
    suppress = at > start and text[at - 1] == "-" and not text[at - 2 : at - 1].isalnum()
    while start < at and text[start].isspace():
        start += 1
    while end > after and text[end - 1].isspace():
        end -= 1
    locator, suffix = _place(text, after, end, after_key=True)
    prefix = (start, at - suppress)
    return ScannedItem(name, (at + 1, after), suppress, prefix, suffix, locator)


def _place(
    text: str, start: int, end: int, *, after_key: bool
) -> tuple[Locator | None, tuple[int, int]]:
    """The locator at the start of a range, and the range of the suffix that remains.

    In the brackets after a narrative key there is no comma before the locator.
    """
    place = find_locator(text, start, end, after_key=after_key)
    return (None, (start, end)) if place is None else (place.locator, (place.end, end))


def scan_citation(text: str) -> Cite:
    """The citation that `text` is ("[see @a, p. 3; @b]" or "@a").

    Raises ValueError if there is none in it: the text comes from a caller's program.
    """
    from tcit_export.readers.markdown import read_citation

    return read_citation(text)
