"""Languages and directions as Word marks them.

Word keeps three languages for a run: of Latin text (`w:val`), East Asian text (`w:eastAsia`) and
right-to-left text (`w:bidi`); which one counts follows from the characters (ECMA-376, 17.3.2.20).
It checks spelling by region, so a bare language gets the region that Word itself would take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tcit_export.patterns import late
from tcit_export.writers.direction import is_right_to_left

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_REGIONS: Final = dict(
    pair.split("-", 1)
    for pair in "ar-SA bg-BG ca-ES cs-CZ da-DK de-DE el-GR en-US es-ES et-EE eu-ES fa-IR fi-FI "
    "fr-FR gl-ES he-IL hi-IN hr-HR hu-HU id-ID is-IS it-IT ja-JP ko-KR lt-LT lv-LV nb-NO nl-NL "
    "nn-NO pl-PL pt-BR ro-RO ru-RU sk-SK sl-SI sr-RS sv-SE th-TH tr-TR uk-UA ur-PK vi-VN "
    "zh-CN".split()
)
_LCID: Final = {
    "ar-SA": 1025, "bg-BG": 1026, "ca-ES": 1027, "cs-CZ": 1029, "da-DK": 1030, "de-DE": 1031,
    "el-GR": 1032, "en-US": 1033, "en-GB": 2057, "en-AU": 3081, "en-CA": 4105, "es-ES": 3082,
    "et-EE": 1061, "eu-ES": 1069, "fa-IR": 1065, "fi-FI": 1035, "fr-FR": 1036, "fr-CA": 3084,
    "gl-ES": 1110, "he-IL": 1037, "hi-IN": 1081, "hr-HR": 1050, "hu-HU": 1038, "id-ID": 1057,
    "is-IS": 1039, "it-IT": 1040, "ja-JP": 1041, "ko-KR": 1042, "lt-LT": 1063, "lv-LV": 1062,
    "nb-NO": 1044, "nl-NL": 1043, "nn-NO": 2068, "pl-PL": 1045, "pt-BR": 1046, "pt-PT": 2070,
    "ro-RO": 1048, "ru-RU": 1049, "sk-SK": 1051, "sl-SI": 1060, "sr-RS": 10266, "sv-SE": 1053,
    "th-TH": 1054, "tr-TR": 1055, "uk-UA": 1058, "ur-PK": 1056, "vi-VN": 1066, "zh-CN": 2052,
    "zh-TW": 1028, "de-AT": 3079, "de-CH": 2055,
}  # fmt: skip
_EAST_ASIAN: Final = frozenset("ja ko zh".split())

_RTL_LETTERS: Final = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_RTL_STRETCH: Final = re.compile(
    rf"[{_RTL_LETTERS}]+(?:[\s0-9.,;:!?'\"()\[\]/\u2010-\u2027-]+[{_RTL_LETTERS}]+)*"
)
_BETWEEN: Final = r"\s0-9.,;:!?'\"&/\u2010-\u2027-"
_LTR_LETTER: Final = rf"(?![{_RTL_LETTERS}])[^\W\d_]"
_LTR_STRETCH: Final = late(
    rf"(?:{_LTR_LETTER})(?:[{_BETWEEN}]*(?:{_LTR_LETTER}|[0-9])"
    rf"|[{_BETWEEN}]*\((?:{_LTR_LETTER}|[{_BETWEEN}])+\))*"
)


def language_tag(tag: str) -> str:
    """The tag as Word wants it (`de` -> `de-DE`), or "" for what is no language tag."""
    if not _TAG.fullmatch(tag):
        return ""
    primary, *rest = tag.split("-")
    if rest:
        return "-".join([primary.lower(), *(r.upper() if len(r) == 2 else r for r in rest)])
    region = _REGIONS.get(primary.lower())
    return f"{primary.lower()}-{region}" if region else primary.lower()


def language_attributes(tag: str) -> dict[str, str]:
    """Attributes of `w:lang` for a tag that `language_tag` made."""
    primary = tag.split("-")[0]
    if is_right_to_left(primary):
        return {"w:val": tag, "w:bidi": tag}
    if primary in _EAST_ASIAN:
        return {"w:val": tag, "w:eastAsia": tag}
    return {"w:val": tag}


def lcid(tag: str) -> int:
    """Windows' number of a language, which fields name it by; English where unknown."""
    return _LCID.get(language_tag(tag), 1033)


def by_direction(text: str, right_to_left: bool = False) -> Iterator[tuple[str, bool]]:
    """The text in stretches of one direction: (stretch, whether right to left).

    `right_to_left` is what surrounds it. Word takes a run's mark for its direction, punctuation
    and numbers included, so in a Hebrew line "Lee & Müller, 2020" is a run of its own, unmarked.
    """
    start = 0
    for first, end in _stretches(text, right_to_left):
        if first > start:
            yield text[start:first], right_to_left
        yield text[first:end], not right_to_left
        start = end
    if start < len(text):
        yield text[start:], right_to_left


def _stretches(text: str, right_to_left: bool) -> list[tuple[int, int]]:
    """Where the text runs in the other direction than what surrounds it."""
    if right_to_left and not _RTL_STRETCH.search(text):
        return _whole(text)
    pattern = _LTR_STRETCH if right_to_left else _RTL_STRETCH
    return [match.span() for match in pattern.finditer(text)]


def _whole(text: str) -> list[tuple[int, int]]:
    """Of a text without a letter from right to left all, numbers and brackets in it included."""
    if not _LTR_STRETCH.search(text):
        return []
    places = [place for place, character in enumerate(text) if character.isalnum()]
    first, end = places[0], places[-1] + 1
    for opening, closing in ("()", "[]"):
        inside = text[first:end]
        if text[end : end + 1] == closing and inside.count(opening) > inside.count(closing):
            end += 1
    return [(first, end)]
