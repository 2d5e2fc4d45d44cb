"""Numbers: whether a text is numeric, forms of numbers, page ranges, plurals of labels."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tcit_export.csl.style import Locale

NUMBER_VARIABLES = frozenset(
    """chapter-number citation-number collection-number edition first-reference-note-number issue
    locator number number-of-pages number-of-volumes page page-first part-number printing-number
    section supplement-number version volume""".split()
)
"""Appendix IV, Number Variables."""

NUMBER_FORMS = frozenset(("ordinal", "long-ordinal", "roman"))
"""Forms of cs:number other than "numeric"."""

_ONE = r"[^\W\d_]*\d+[^\W\d_]*"
_SEPARATOR = r"\s*(?:[,&]|\\?[-–—])\s*"
_NUMERIC = re.compile(rf"\s*{_ONE}(?:{_SEPARATOR}{_ONE})*\s*")
_SPLIT = re.compile(rf"({_SEPARATOR}|\s+)")


@lru_cache(maxsize=8192)
def is_numeric(text: str) -> bool:
    """Whether a text consists of numbers alone (Choose, is-numeric): "2b", "2, 3", "2-4"."""
    return len(text) <= _LONGEST and _NUMERIC.fullmatch(text) is not None


class Ordinals:
    """The ordinal terms of a locale, looked up once (Ordinal Suffixes)."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.terms = locale.terms
        self.old_scheme = ("ordinal", "long", "") not in self.terms
        self._cache: dict[tuple[int, str, str], str] = {}

    def gender_of(self, term: str) -> str:
        """The grammatical gender of a noun: "feminine", "masculine" or ""."""
        found = self.terms.get((term, "long", ""))
        return found.gender if found is not None else ""

    def format(self, number: int, form: str, gender: str) -> str:
        """`number` as "ordinal" ("2nd") or "long-ordinal" ("second")."""
        key = (number, form, gender)
        if key not in self._cache:
            self._cache[key] = self._format(number, form, gender)
        return self._cache[key]

    def _format(self, number: int, form: str, gender: str) -> str:
        if form == "long-ordinal" and 1 <= number <= 10:
            for variant in dict.fromkeys((gender, "", "feminine", "masculine")):
                term = self.terms.get((f"long-ordinal-{number:02}", "long", variant))
                if term is not None:
                    return term.single
        return f"{number}{self._suffix(number, gender)}"

    def _suffix(self, number: int, gender: str) -> str:
        for variant in dict.fromkeys((gender, "")):
            if self.old_scheme:
                found = self._old_suffix(number, variant)
            else:
                found = self._matching_suffix(number, variant)
            if found is not None:
                return found
        # Some locales have no neuter: then any gender is better than none.
        for variant in dict.fromkeys((gender, "", "feminine", "masculine")):
            term = self.terms.get(("ordinal", "long", variant))
            if term is not None:
                return term.single
        return ""

    def _matching_suffix(self, number: int, gender: str) -> str | None:
        for ending, default in ((number % 100, "last-two-digits"), (number % 10, "last-digit")):
            term = self.terms.get((f"ordinal-{ending:02}", "long", gender))
            if term is None:
                continue
            match = term.match or ("last-digit" if ending < 10 else default)
            if match == "whole-number" and number != ending:
                continue
            if match == "last-two-digits" and number % 100 != ending:
                continue
            return term.single
        return None

    def _old_suffix(self, number: int, gender: str) -> str | None:
        """CSL 1.0: 1st, 2nd, 3rd but not in the teens; all others as the fourth."""
        ending = number % 10
        if not 1 <= ending <= 3 or number % 100 in (11, 12, 13):
            ending = 4
        term = self.terms.get((f"ordinal-{ending:02}", "long", gender))
        return term.single if term is not None else None


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Lower-case roman numeral; Arabic digits where Rome had none."""
    if not 0 < number < 6000:
        return str(number)
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def format_number(text: str, form: str, ordinals: Ordinals, gender: str, dash: str) -> str:
    """The content of a number variable in that form; as it is where it is not numeric.

    With `dash` empty, marks between numbers stay as they were typed.
    """
    text = text.strip()
    if text.isdigit():
        return _one(text, form, ordinals, gender)
    if "\\-" in text:
        return text.replace("\\-", "-")
    if not is_numeric(text) or _THOUSANDS.fullmatch(text):
        return text
    parts = []
    for index, part in enumerate(_SPLIT.split(text)):
        parts.append(_separator(part, dash) if index % 2 else _one(part, form, ordinals, gender))
    return "".join(parts)


def _one(text: str, form: str, ordinals: Ordinals, gender: str) -> str:
    """Numbers with letters are never made ordinal or roman (Number)."""
    if form not in NUMBER_FORMS or not (text.isascii() and text.isdigit()) or len(text) > 9:
        return text
    if text[0] == "0" and len(text) > 1:  # a code, as the reference has it: no 7th for 007
        return text
    if form == "roman":
        return roman(int(text))
    return ordinals.format(int(text), form, gender)


def _separator(text: str, dash: str) -> str:
    mark = text.strip()
    if mark in ("-", "–", "—"):
        return dash or mark
    return ", " if mark == "," else f" {mark} " if mark else " "


# ------------------------------------------------------------------ plurals, labels in locators

_LONGEST = 1000
"""Characters of a number or page range that are looked at; more are no number."""
_COUNT = frozenset(("number-of-pages", "number-of-volumes"))
_NUMBER = re.compile(rf"{_THOUSANDS.pattern}|\d+")
_ROMAN_NUMBER = re.compile(r"[ivxlcdm]+|[IVXLCDM]+")


@lru_cache(maxsize=8192)
def is_plural(variable: str, text: str, and_words: tuple[str, ...] = ("and",)) -> bool:
    """Whether a label for this content is plural (Label, plural="contextual")."""
    if variable in _COUNT and not is_roman_range(text):
        digits = _NUMBER.findall(text)
        return len(digits) > 1 or (len(digits) == 1 and int(digits[0].replace(",", "")[:9]) != 1)
    text = _INNER_LABEL.split(text, maxsplit=1)[0][:_LONGEST]
    parts = _joints(and_words).split(text)
    return any(
        _ends_in_number(before) and _starts_with_number(after) for before, after in pairwise(parts)
    )


@lru_cache(maxsize=32)
def _joints(and_words: tuple[str, ...]) -> re.Pattern[str]:
    """What stands between two numbers: a hyphen, a comma, an ampersand, "and"."""
    words = "|".join(re.escape(word) for word in and_words if word)
    return re.compile(rf"(?:(?<!\\)[-–—]|[,&])|(?:(?<=\s)|(?<=,))(?:{words})(?=\s)")


def _ends_in_number(text: str) -> bool:
    words = text.split()
    return not words or _is_number(words[-1])


def _starts_with_number(text: str) -> bool:
    words = text.split()
    return bool(words) and _is_number(words[0])


def _is_number(word: str) -> bool:
    return any(char.isdigit() for char in word) or _ROMAN_NUMBER.fullmatch(word) is not None


_LABELS = {
    "art": "article-locator", "bk": "book", "ch": "chapter", "chap": "chapter", "col": "column",
    "fig": "figure", "fol": "folio", "l": "line", "n": "note", "no": "issue", "nos": "issue",
    "op": "opus", "p": "page", "pp": "page", "para": "paragraph", "pt": "part", "r": "rule",
    "sec": "section", "sect": "section", "sv": "sub-verbo", "tbl": "table", "v": "volume",
    "vrs": "verse", "vol": "volume", "vols": "volume", "figs": "figure", "cols": "column",
    "ll": "line", "chs": "chapter", "paras": "paragraph", "pts": "part", "§": "section",
    "supp": "supplement", "app": "appendix", "eq": "equation", "tit": "title-locator",
}  # fmt: skip
_LABEL_WORDS = "|".join(sorted((re.escape(w) for w in _LABELS if w != "§"), key=len, reverse=True))
_LEADING_LABEL = re.compile(rf"\s*(?:({_LABEL_WORDS})\.\s+|(§)§*\s*)(?=\S)")
_INNER_LABEL = re.compile(rf"(?<=[,;&]\s)({_LABEL_WORDS})\.(\s+)([^,;&]*)")


class Located(NamedTuple):
    """A locator freed of the label it was typed with."""

    label: str
    text: str


def split_label(text: str) -> Located | None:
    """`vol. 1, fol. 3` -> ("volume", "1, fol. 3"); None where no label leads."""
    match = _LEADING_LABEL.match(text)
    if match is None:
        return None
    return Located(_LABELS[match[1] or match[2]], text[match.end() :])


def localized_ampersand(text: str, ampersand: str) -> str:
    """`213 & 235` with the locale's symbol for "and"."""
    if "&" not in text or ampersand == "&":
        return text
    return re.sub(r"(?<=\w)\s*&\s*(?=\w)", f" {ampersand} ", text)


def inner_labels(text: str, locale: Locale) -> str:
    """Labels typed within a number (`7, p. 3-8`) in the locale's short form and number."""
    if "." not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        label = _LABELS[match[1]]
        plural = is_plural(label, match[3])
        term = locale.term(label, "short", plural=plural)
        return f"{term or match[1] + '.'}{match[2]}{match[3]}"

    return _INNER_LABEL.sub(replace, text)


# ------------------------------------------------------------------ page ranges


def is_roman_range(text: str) -> bool:
    """Whether a text is a range of Roman numbers: `I-III`."""
    first, mark, last = text.replace("–", "-").partition("-")
    return mark != "" and all(_ROMAN_PAGE.fullmatch(part.strip()) for part in (first, last))


_SHORT_RANGE = re.compile(r"\s*(\d{1,3})\s*-\s*(\d{1,3})\s*")


def is_rising_range(text: str) -> bool:
    """Whether a text is two small numbers that rise: `2-4`, not the code `2005-12`."""
    match = _SHORT_RANGE.fullmatch(text)
    return match is not None and int(match[1]) < int(match[2])


_RANGE = re.compile(
    r"([^\s,;&\-–—\\]*[^\s,;&\-–—\\])\s*(\\?[-–—])\s*([^\s,;&\-–—\\]+)"
    r"(?![^\s,;&\-–—\\]|\s*[-–—])"
)
_PAGE = re.compile(r"(.*?)(\d+)([^\W\d_]*)", re.S)
_ROMAN_PAGE = re.compile(r"[ivxlcdm]+|[IVXLCDM]+")


@lru_cache(maxsize=8192)
def format_pages(text: str, style: str, dash: str) -> str:
    """Page ranges with the locale's delimiter, shortened or expanded (Appendix V)."""
    if ("-" not in text and "–" not in text and "—" not in text) or len(text) > _LONGEST:
        return text
    return _RANGE.sub(lambda match: _page_range(match, style, dash), text)


def _page_range(match: re.Match[str], style: str, dash: str) -> str:
    first, mark, last = match.groups()
    if mark.startswith("\\"):
        return f"{first}-{last}"
    one, two = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if one is None or two is None:
        ranged = (one or _ROMAN_PAGE.fullmatch(first)) and (two or _ROMAN_PAGE.fullmatch(last))
        return f"{first}{dash}{last}" if ranged else f"{first}{mark}{last}"
    if one[1] != two[1]:
        return f"{first}-{last}"
    if not style or one[3] or two[3]:
        return f"{first}{dash}{last}"
    shortened = _second_number(one[2], _expanded(one[2], two[2]), style)
    prefix = two[1] if style == "expanded" else ""
    return f"{first}{dash}{prefix}{shortened if shortened is not None else two[2]}"


def _expanded(first: str, last: str) -> str:
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def _second_number(first: str, last: str, style: str) -> str | None:
    """The last page as the style wants it; None for a range that does not rise."""
    if (len(last), last) <= (len(first), first):
        return None
    match style:
        case "expanded":
            return last
        case "minimal":
            return _changed(first, last, 1)
        case "minimal-two":
            return _changed(first, last, 2)
        case "chicago" | "chicago-15" | "chicago-16":
            return _chicago(first, last, new_rules=style == "chicago-16")
        case _:
            return last


def _changed(first: str, last: str, least: int) -> str:
    """The digits of `last` that differ, at least `least` of them."""
    if len(first) != len(last):
        return last
    same = 0
    while first[same] == last[same]:
        same += 1
    return last[min(same, max(0, len(last) - least)) :]


def _chicago(first: str, last: str, *, new_rules: bool) -> str:
    number = int(first)
    if number < 100 or number % 100 == 0:
        return last
    if number % 100 < 10:
        return _changed(first, last, 1)
    shortened = _changed(first, last, 2)
    if not new_rules and len(first) == 4 and len(shortened) >= 3:
        return last
    return shortened
