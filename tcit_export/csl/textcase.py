"""Text case (CSL 1.0.2, Text-case): on nodes, skipping what is marked as no-case.

Title case is for English; the stop words are those of the schema's `stop-words.json`. Our own
`apa-title` is the title case of APA (6.17), which lowers short words only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from tcit_export.csl.tree import Box, Node

_Simple: TypeAlias = Callable[[str, str], str]
"""(text, language) -> text"""
_Turn: TypeAlias = Callable[[str, Sequence[range], str], str]
"""(text, stretches that keep their case, language) -> text"""

STOP_WORDS = frozenset(
    """a about according-to across afore after against ahead-of along alongside amid amidst among
    amongst an and anenst apart-from apropos apud around as as-regards aside astride at athwart
    atop back-to barring because-of before behind below beneath beside besides between beyond but
    by c ca circa close-to d' de despite down due-to during et except far-from for forenenst from
    given in inside instead-of into lest like modulo near next nor notwithstanding of off on onto
    or out outside-of over per plus prior-to pro pursuant-to qua rather-than regardless-of sans
    since so such-as than that-of the through throughout thru thruout till to toward towards under
    underneath until unto up upon v. van versus via vis-à-vis von vs. whereas with within without
    yet""".split()
)
_PAIRS = frozenset(tuple(word.split("-")) for word in STOP_WORDS if word.count("-") == 1)
SHORT_STOP_WORDS = frozenset(word for word in STOP_WORDS if len(word) < 4) | {"if"}
"""APA's: a word of four letters or more is large (`Coping With Grief`)."""
_TITLES = ("title", "apa-title")
_WORD = re.compile(r"[^\s\-–—/:()\[\]{}\"“”‘«»…,;!?&]+")
_NO_CASE_MARKUP = ("small-caps", "sup", "sub")


def apply_case(
    nodes: Sequence[Node], case: str, *, english: bool = True, language: str = ""
) -> Sequence[Node]:
    """The nodes in that case; `language` matters for the Turkish i."""
    if case in _TITLES and not english:
        return nodes
    turns = _CASES.get(case)
    if turns is None:
        return nodes
    if len(nodes) == 1 and isinstance(nodes[0], str):
        return (turns(nodes[0], _stray_tags(nodes[0]), language),)
    leaves: list[tuple[str, bool]] = []
    _collect(nodes, False, leaves)
    text = "".join(leaf for leaf, _ in leaves)
    changed = turns(text, (*_fixed(leaves), *_stray_tags(text)), language)
    if len(changed) != len(text):
        changed = _same_length(text, changed, turns, leaves, language)
    return _rebuild(nodes, _Feed(changed))


_TAG = re.compile(r"</?(?:i|b|sc|sup|sub|span)\b[^<>]*>")


def _stray_tags(text: str) -> tuple[range, ...]:
    """Tags without a partner: they are text, but of no case."""
    if "<" not in text:
        return ()
    return tuple(range(*match.span()) for match in _TAG.finditer(text))


def _collect(nodes: Sequence[Node], fixed: bool, leaves: list[tuple[str, bool]]) -> None:
    for node in nodes:
        if isinstance(node, str):
            leaves.append((node, fixed))
        else:
            _collect(node.kids, fixed or _is_fixed(node), leaves)


def _is_fixed(box: Box) -> bool:
    """Spans that say so; small capitals, superscript and subscript of a field."""
    if box.kind in ("nocase", "nodecor"):
        return True
    font = box.formatting
    if box.kind != "markup" or font is None:
        return False
    return font.font_variant in _NO_CASE_MARKUP or font.vertical_align in _NO_CASE_MARKUP


def _fixed(leaves: Sequence[tuple[str, bool]]) -> tuple[range, ...]:
    """The stretches of the joined text that keep their case."""
    found, start = [], 0
    for leaf, fixed in leaves:
        if fixed:
            found.append(range(start, start + len(leaf)))
        start += len(leaf)
    return tuple(found)


def _same_length(
    text: str, changed: str, turns: _Turn, leaves: Sequence[tuple[str, bool]], language: str
) -> str:
    """Where a letter became two (ß), change letter by letter so that places stay right."""
    result, start = [], 0
    for leaf, fixed in leaves:
        for char in leaf:
            new = char if fixed else turns(char, (), language)
            result.append(new if len(new) == 1 else char)
        start += len(leaf)
    return "".join(result)


class _Feed:
    """Hands out a text piece by piece."""

    __slots__ = ("pos", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0

    def take(self, length: int) -> str:
        self.pos += length
        return self.text[self.pos - length : self.pos]


def _rebuild(nodes: Sequence[Node], feed: _Feed) -> list[Node]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(feed.take(len(node)))
        else:
            result.append(node.with_kids(_rebuild(node.kids, feed)))
    return result


# ------------------------------------------------------------------ the cases, on one text


def _is_turkic(language: str) -> bool:
    return language[:2] in ("tr", "az")


def _upper(text: str, language: str) -> str:
    if _is_turkic(language):
        text = text.replace("i", "İ").replace("ı", "I")
    return text.upper()


def _lower(text: str, language: str) -> str:
    if _is_turkic(language):
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


def _around(text: str, fixed: Sequence[range], change: _Simple, language: str) -> str:
    """Change all but the fixed stretches."""
    result, pos = [], 0
    for stretch in fixed:
        result += [change(text[pos : stretch.start], language), text[stretch.start : stretch.stop]]
        pos = stretch.stop
    return "".join(result) + change(text[pos:], language)


def _is_free(pos: int, fixed: Sequence[range]) -> bool:
    return not any(pos in stretch for stretch in fixed)


def _capitalized(text: str, pos: int, fixed: Sequence[range], language: str) -> str:
    """`text` with the letter at `pos` as a capital."""
    if not _is_free(pos, fixed):
        return text
    letter = _upper(text[pos], language)
    return text[:pos] + (letter if len(letter) == 1 else text[pos]) + text[pos + 1 :]


def _lowercase(text: str, fixed: Sequence[range], language: str) -> str:
    return _around(text, fixed, _lower, language)


def _uppercase(text: str, fixed: Sequence[range], language: str) -> str:
    return _around(text, fixed, _upper, language)


def _first_letter(word: str) -> int:
    """Where its first letter is; -1 where a digit comes first or there is none."""
    for index, char in enumerate(word):
        if char.isalpha():
            return index
        if char.isdigit():
            return -1
    return -1


def _capitalize_first(text: str, fixed: Sequence[range], language: str) -> str:
    word = re.search(r"\S+", text)
    if word is None:
        return text
    found = _WORD.search(text)
    if found is None or not found.group().islower():
        return text
    letter = _first_letter(found.group())
    return text if letter < 0 else _capitalized(text, found.start() + letter, fixed, language)


def _capitalize_all(text: str, fixed: Sequence[range], language: str) -> str:
    for word in _WORD.finditer(text):
        letter = _first_letter(word.group())
        if letter >= 0 and word.group()[letter:].islower():
            text = _capitalized(text, word.start() + letter, fixed, language)
    return text


def _sentence(text: str, fixed: Sequence[range], language: str) -> str:
    """Capitalized words become lower case, those in capitals only if all of them are."""
    shouting = _is_upper(text, fixed)
    chars = list(text)
    first = True
    for match in _WORD.finditer(text):
        word = match.group()
        if not any(char.isalpha() for char in word):
            continue
        keeps = len(word) > 1 and not shouting and not (word[0].isalpha() and word.istitle())
        start = match.start()
        if not keeps:
            _change_case(chars, range(start + first, match.end()), fixed, _lower, language)
        if first and word.islower():
            _change_case(chars, range(start, start + 1), fixed, _upper, language)
        first = False
    return "".join(chars)


def _change_case(
    chars: list[str], places: range, fixed: Sequence[range], change: _Simple, language: str
) -> None:
    for pos in places:
        if _is_free(pos, fixed):
            chars[pos] = _one(change(chars[pos], language), chars[pos])


def _one(new: str, old: str) -> str:
    return new if len(new) == 1 else old


def _is_upper(text: str, fixed: Sequence[range]) -> bool:
    if not text.isupper() and not fixed:
        return False
    free = "".join(c for i, c in enumerate(text) if _is_free(i, fixed)) if fixed else text
    return free.isupper()


def _title(text: str, fixed: Sequence[range], language: str) -> str:
    return _titled(text, fixed, language, STOP_WORDS)


def _apa_title(text: str, fixed: Sequence[range], language: str) -> str:
    return _titled(text, fixed, language, SHORT_STOP_WORDS)


def _titled(text: str, fixed: Sequence[range], language: str, stop_words: frozenset[str]) -> str:
    words = list(_WORD.finditer(text))
    last = len(words) - 1
    chars = list(text)
    skip = False
    for index, match in enumerate(words):
        word, start = match.group(), match.start()
        if skip:
            skip = False
            continue
        opens = index == 0 or _starts_clause(text, words[index - 1].end(), start)
        if index != last and not opens:
            if _is_stop_word(text, match, stop_words):
                if not fixed or _is_free(start, fixed):
                    _lower_word(chars, match, language)
                continue
            if stop_words is STOP_WORDS and _is_stop_pair(text, match, words[index + 1]):
                skip = True
                continue
        letter = _first_letter(word)
        if letter < 0 or not word[letter:].islower() or _is_symbol(word):
            continue
        if _is_clipped(word, index == 0) or _is_inner_letter(text, match):
            continue
        if not fixed or (
            _is_free(start + letter, fixed) and _is_free(start + letter + 1, fixed)
        ):  # the x of x² is a symbol
            chars[start + letter] = _one(_upper(word[letter], language), word[letter])
    return "".join(chars)


def _is_symbol(word: str) -> bool:
    """A lone Greek letter (`β-carotene`) is a symbol."""
    return len(word) == 1 and "\u0370" <= word <= "\u03ff"


_CLIPPED = re.compile(r"['’ʼ]\w|[^\W\d_]['’ʼ]\w")


def _is_clipped(word: str, first: bool) -> bool:
    """`’s-Gravenhage`, and within a title `l’amour`: what is left of a word keeps its case."""
    return _CLIPPED.match(word) is not None and not (first and word[0].isalpha())


def _is_inner_letter(text: str, match: re.Match[str]) -> bool:
    """The letter in the midst of `vis-à-vis`."""
    start, end = match.span()
    return end - start == 1 and text[start - 1 : start] == "-" == text[end : end + 1]


def _starts_clause(text: str, end: int, start: int) -> bool:
    """Whether a colon, question or exclamation mark or a full stop stands before the word."""
    between = text[end:start]
    if any(mark in between for mark in ":?!"):
        return between[-1:].isspace()
    return text[end - 1] == "." and text[start].isupper() and between.isspace()


def _is_stop_word(text: str, match: re.Match[str], stop_words: frozenset[str]) -> bool:
    word = match.group()
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if after == "-" and before != "-":
        return False
    if word.lower() in stop_words:
        return word.islower() or word.istitle()
    return False


def _is_stop_pair(text: str, match: re.Match[str], following: re.Match[str]) -> bool:
    if text[match.end() : following.start()] != " ":
        return False
    return (match.group(), following.group()) in _PAIRS


def _lower_word(chars: list[str], match: re.Match[str], language: str) -> None:
    for pos in range(match.start(), match.end()):
        chars[pos] = _one(_lower(chars[pos], language), chars[pos])


_CASES: dict[str, _Turn] = {
    "lowercase": _lowercase,
    "uppercase": _uppercase,
    "capitalize-first": _capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
    "title": _title,
    "apa-title": _apa_title,
}
