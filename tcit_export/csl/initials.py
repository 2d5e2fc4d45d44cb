"""Names cut into their parts: particles, initials, scripts."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from tcit_export.csl.item import Name

_WESTERN = re.compile("[A-Za-z\u00c0-\u1fff]")
_JOINED_PARTICLE = re.compile(r"((?:[^\W\d_]{1,4}['’ʼ‘`]|[^\W\d_]{2,3}[-‐]))(?=\w)(.+)", re.S)
_QUOTED = re.compile(r'"(.*)"', re.S)


class Parts(NamedTuple):
    """A personal name taken apart. `family` of an institution is its whole name."""

    family: str
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    eastern: bool = False
    """Family name first, whatever the style says."""
    joined: bool = False
    """Written without a blank (Chinese, Japanese, Korean)."""


@lru_cache(maxsize=32768)
def parts_of(name: Name) -> Parts:
    """Split off particles that were typed into the family or given name."""
    if name.literal:
        return Parts(name.literal)
    family, given = name.family.strip(), name.given.strip()
    dropping, non_dropping = name.dropping_particle, name.non_dropping_particle
    suffix, comma = name.suffix, name.comma_suffix
    quoted = _QUOTED.fullmatch(family) if family[:1] == '"' else None
    if quoted is not None:
        family = quoted[1]
    elif name.parse_names and not non_dropping:
        non_dropping, family = _leading_particle(family)
    if name.parse_names:
        if not suffix:
            given, suffix, comma = _comma_suffix(given, comma)
        if not dropping:
            given, dropping = _trailing_particle(given)
    whole = family + given
    eastern = is_eastern(whole)
    return Parts(
        family, given, dropping, non_dropping, suffix, comma,
        eastern or name.static_ordering, eastern,
    )  # fmt: skip


def _leading_particle(family: str) -> tuple[str, str]:
    """`von und zum Jones` -> ("von und zum", "Jones"), `d'Aubignac` -> ("d'", "Aubignac")."""
    if not _is_particle(family):
        return "", family
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    rest = " ".join(words[count:])
    joined = _JOINED_PARTICLE.fullmatch(rest)
    if joined is not None and rest[0].islower() and joined[2][:1].isupper():
        return " ".join((*words[:count], joined[1])), joined[2]
    return " ".join(words[:count]), rest


def _is_particle(word: str) -> bool:
    return word.lstrip("'’‘ʼ")[:1].islower()


def _trailing_particle(given: str) -> tuple[str, str]:
    """`Jean de` -> ("Jean", "de")."""
    words = given.split(" ")
    count = len(words)
    while count > 1 and _is_particle(words[count - 1]):
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


def _comma_suffix(given: str, comma: bool) -> tuple[str, str, bool]:
    """`John, III` -> ("John", "III"); with `,!` the comma is to be printed."""
    head, mark, tail = given.partition(",")
    if not mark or not tail.strip():
        return given, "", comma
    if tail.strip().rstrip(".") == "et al":
        return head.strip(), tail.strip(), True
    if tail.startswith("!"):
        return head.strip(), tail[1:].strip(), True
    return head.strip(), tail.strip(), comma


def join_particle(particle: str, rest: str) -> str:
    """A particle before a name: no blank after an apostrophe or a hyphen."""
    if not particle or not rest:
        return particle or rest
    return particle + rest if particle[-1] in "'’ʼ‘`-‐" else f"{particle} {rest}"


# ------------------------------------------------------------------ initials

_LONGEST_INITIAL = 4
"""Letters before a full stop that are an initial already: `Ph.`, `Chr.`, `Theo.`"""
_HYPHENS = frozenset("-‐–")
_MODIFIERS = "ʿʾʼʻ"
"""Signs of transliteration before a letter: `ʿAlī` is `A.`"""
_WORDS = re.compile(r"[^\s.]+\.?")


def is_eastern(text: str) -> bool:
    """Whether a text is in Chinese, Japanese or Korean script."""
    return _WESTERN.search(text) is None and _eastern().search(text) is not None


@cache
def _eastern() -> re.Pattern[str]:
    """A character of these scripts: so many that compiling takes 4 ms, so not before one is."""
    return re.compile(
        "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u30ff\u3130-\u318f\u31a0-\u31bf\u3400-\u4dbf"
        "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002ffff]"
    )


@lru_cache(maxsize=32768)
def initialize(given: str, mark: str, *, hyphens: bool, shorten: bool) -> str:
    """Given names as initials, each followed by `mark` ("." in "J. J. Doe").

    With `shorten` false (cs:name initialize="false") only initials that stand in the name
    already get the mark: "James T Kirk" becomes "James T. Kirk".
    """
    if "<" in given:
        return _within_markup(given, mark, hyphens, shorten)
    words = _WORDS.findall(given.replace("\u00a0", " "))
    return _shortened(words, mark, hyphens) if shorten else _marked(words, mark)


_TAGGED = re.compile(r"((?:<[^<>]+>)*)([^<>]*)((?:</[^<>]+>)*)")


def _within_markup(given: str, mark: str, hyphens: bool, shorten: bool) -> str:
    """Initials of names that carry tags: each stretch between tags on its own."""
    parts: list[str] = []
    for opening, text, closing in _TAGGED.findall(given):
        if text.strip():
            joint = "-" if text[0] in "-‐" and hyphens else " " if mark.endswith(" ") else ""
            if parts:
                parts.append(joint)
            text = initialize(text.strip("-‐ "), mark, hyphens=hyphens, shorten=shorten)
        parts += [opening, text, closing]
    return "".join(parts)


def _marked(words: list[str], mark: str) -> str:
    parts: list[str] = []
    was_initial = False
    for word in words:
        stem = word.rstrip(".")
        is_initial = word != stem or (len(stem) == 1 and stem.isupper())
        if parts and stem[:1] in _HYPHENS:
            parts[-1] = parts[-1].rstrip()
        elif parts and not (was_initial and is_initial):
            parts[-1] = parts[-1].rstrip() + " "
        parts.append(stem + mark if is_initial else word)
        was_initial = is_initial
    return "".join(parts).rstrip()


def _shortened(words: list[str], mark: str, hyphens: bool) -> str:
    result = ""
    for typed in words:
        word = typed.lstrip(_MODIFIERS)
        stem = word.rstrip(".")
        if result and stem[:1] in _HYPHENS and stem[1:]:  # `P.-L.` comes as two words
            stem, word = stem[1:], word[1:]
            result = result.rstrip() + "-" if hyphens else result
        if not stem:
            continue
        if stem[0].islower() and word == stem and words[0] is not typed:
            result = f"{result.rstrip()} {stem} "
        elif stem[0].islower() and word == stem:
            return " ".join(words)
        elif word != stem and len(stem) <= _LONGEST_INITIAL and not set(stem) & _HYPHENS:
            result += stem + mark
        else:
            result += _initials_of(stem, mark, hyphens)
    return result.rstrip()


def _initials_of(word: str, mark: str, hyphens: bool) -> str:
    pieces = [piece for piece in re.split(r"[-‐–]", word) if piece]
    if len(pieces) < 2:
        return _letters(word) + mark
    if not hyphens:
        return "".join(_letters(piece) + mark for piece in pieces if not piece[0].islower())
    # `Ji-hyun` is one name, `Jean-Luc` two.
    capitals = [piece for piece in pieces if not piece[0].islower()] or pieces[:1]
    blank = mark[len(mark.rstrip()) :]
    return "-".join(_letters(piece) + mark.rstrip() for piece in capitals) + blank


def _letters(word: str) -> str:
    """The first letter; several capitals at the start of a word are one sound (`Ts`)."""
    start = next((index for index, char in enumerate(word) if char.isalpha()), 0)
    count = start + 1
    while count < len(word) and word[count].isupper():
        count += 1
    if count == len(word):
        return word[start]
    return word[start] + word[start + 1 : count].lower()
