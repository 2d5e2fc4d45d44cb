"""A title as words and letters: where sentences begin, what is protected, what is a proper noun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tcit_export.bibliography.latex import NOCASE, TAG
from tcit_export.bibliography.proper_nouns import proper_nouns
from tcit_export.patterns import late

_WORD: Final = re.compile(
    r"[^\W\d_]{1,3}\.(?:[^\W\d_]{1,3}\.)+"  # U.S., Ph.D.
    r"|[^\W_]+(?:[’'][^\W_]+)*"
)
_ABBREVIATIONS: Final = frozenset(
    """proc conf symp int intl ann
    vs dr mr mrs ms prof st sr jr no nos vol nr ed eds etc cf al pp p fig figs inc co corp ltd ca
    approx sec ch chap art dept univ mt ft gen col lt sgt rev hon gov rep sen v viz incl esp resp pt
    op cit ser suppl trans repr""".split()
)
_BREAK: Final = re.compile(
    r"(?P<mark>[:?!.|\u2014])[\u201d\u2019\"')\]]*(?P<gap>\s*)"
    r"(?=[\u201c\u2018\"'(\[\u00bf\u00a1]*\w)"
)
_REVIEWED: Final = late(
    r"Review of the "
    r"(?:[Bb]ook|[Ff]ilm|article|motion picture|play|video|exhibition|album|movie)s?,? "
    r"[\u201c\u2018\"']?(?=[A-Z])"
)
"""What stands before the title of a reviewed work, which begins large."""
_QUOTED_TITLE: Final = late(
    "\u201c([A-Z][^\u201c\u201d]*[?!]|[A-Z][^\u201c\u201d]*: [^\u201c\u201d]*"
    "|[A-Z](?:[^ \u201c\u201d]* ){4,}[^ \u201c\u201d]*)\u201d"
)
"""A whole title or sentence in quotation marks: a question, one with a subtitle, a long one."""
_LEADS_INTO_QUOTATION: Final = frozenset(
    "that the a an as why because if whether when this these their his her our my its".split()
)
"""Words that make a quotation a part of their own sentence: the claim that “everyone has won”."""
_LAST_WORD: Final = late(r"[\w’'.]*$")
_LETTER: Final = re.compile(r"\w")
_HYPHENS: Final = frozenset("-\u2010\u2011")
_DASH: Final = re.compile(r"\s[\u2013-]\s+(?=\w)")
_POSSESSIVES: Final = frozenset(["\u2019s", "'s", "\u2019", "'"])


@dataclass(slots=True)
class Word:
    """A word by its place in the title. `starts`: it begins the title or a sentence in it.

    `joined`: it follows a hyphen; `protected`: braces keep the case of one of its letters;
    `begins_large`: with a capital; `is_capitalised`: with nothing but small letters behind it;
    `is_upper`: it has capitals alone, two at least; `proper`: what the list of proper nouns makes
    of it, if it is there.
    """

    text: str
    folded: str
    start: int
    end: int
    starts: bool
    joined: bool
    protected: bool
    italic: bool
    begins_large: bool
    is_capitalised: bool
    is_upper: bool
    proper: str = ""

    @property
    def is_lower(self) -> bool:
        return self.text.islower()


class Title:
    """The letters of a title beside its markup; letters change, markup and length do not.

    `typed` is the text as it was read: its punctuation holds for what became of it too.
    """

    def __init__(self, letters: list[str], protected: list[bool], italic: list[bool]) -> None:
        self.letters = letters
        self.protected = protected
        self.italic = italic
        self.tags: list[tuple[int, str]] = []
        self.words: tuple[Word, ...] = ()
        self.typed = ""
        self.dash_start = -1
        """Where a subtitle begins behind a spaced dash: it keeps its capital, if it has one."""

    @classmethod
    def read(cls, rich: str, own_names: Sequence[str] = ()) -> Title:
        """From rich text; `own_names` are proper nouns of this work alone."""
        title = cls([], [], [])
        kept: list[str] = []
        position = 0
        for found in TAG.finditer(rich):
            title._add(rich[position : found.start()], kept)
            position = found.end()
            tag = found[0]
            title.tags.append((len(title.letters), tag))
            if tag.startswith("</"):
                kept[:] = kept[:-1]
            else:
                kept.append(tag)
        title._add(rich[position:], kept)
        if title.italic and all(title.italic):
            title.italic = [False] * len(title.italic)
        title.typed = "".join(title.letters)
        title.words = tuple(title._words())
        _mark_proper(title.words)
        for name in own_names:
            _mark_own(title.words, name)
        if "#" in title.typed or "@" in title.typed or "://" in title.typed:
            _mark_posted(title)
        title.dash_start = _dash_start(title.typed)
        return title

    def _add(self, text: str, kept: Sequence[str]) -> None:
        self.letters.extend(text)
        self.protected.extend([NOCASE in kept] * len(text))
        self.italic.extend(["<i>" in kept] * len(text))

    @property
    def text(self) -> str:
        return "".join(self.letters)

    def written(self) -> str:
        """As rich text again."""
        if not self.tags:
            return self.text
        parts: list[str] = []
        position = 0
        for place, tag in self.tags:
            parts.extend(self.letters[position:place])
            parts.append(tag)
            position = place
        return "".join([*parts, *self.letters[position:]])

    def put(self, start: int, text: str) -> None:
        """Write letters over others; protected ones, and any whose length would change, stay."""
        if not self.tags:
            self.letters[start : start + len(text)] = text
            return
        for offset, letter in enumerate(text):
            if not self.protected[start + offset]:
                self.letters[start + offset] = letter

    def _words(self) -> Iterator[Word]:
        text = self.typed
        starts = _sentence_starts(text)
        protected, italic = True in self.protected, True in self.italic
        hyphens = not _HYPHENS.isdisjoint(text)
        for found in _WORD.finditer(text):
            start, end = found.span()
            word = found[0]
            folded = word.lower()
            large = word[0].isupper()
            yield Word(
                word,
                folded,
                start,
                end,
                start in starts,
                hyphens
                and text[start - 1 : start] in _HYPHENS
                and text[start - 2 : start - 1].isalnum(),
                protected and True in self.protected[start:end],
                italic and all(self.italic[start:end]),
                large,
                large and word[1:] == folded[1:],
                word.isupper() and sum(map(str.isupper, word)) > 1,
            )


def _sentence_starts(text: str) -> frozenset[int]:
    """Where words begin a sentence (APA 7, section 6.17): the title, and after `: ? ! . | —`."""
    starts: set[int] = set()
    first = _LETTER.search(text)
    if first:
        starts.add(first.start())
    if text.startswith("Review of "):
        reviewed = _REVIEWED.match(text)
        if reviewed:
            starts.add(reviewed.end())
    if "\u201c" in text:
        starts.update(
            found.start(1)
            for found in _QUOTED_TITLE.finditer(text)
            if _word_before(text, found.start()) not in _LEADS_INTO_QUOTATION
        )
    for found in _BREAK.finditer(text):
        if _breaks(text, found):
            word = _LETTER.search(text, found.end())
            if word:
                starts.add(word.start())
    return frozenset(starts)


def _word_before(text: str, place: int) -> str:
    """The word before a place and its blank, in small letters."""
    words = text[:place].lower().split()
    return words[-1] if words else ""


def _dash_start(text: str) -> int:
    """Where a subtitle begins behind a spaced dash; -1 if there is none, or more than one."""
    dashes = list(_DASH.finditer(text))
    return dashes[0].end() if len(dashes) == 1 else -1


def _breaks(text: str, found: re.Match[str]) -> bool:
    mark = found["mark"]
    if mark == "\u2014":
        return True
    if not found["gap"]:
        return False
    if mark != ".":
        return mark in ":?!|"
    before = _LAST_WORD.search(text[max(0, found.start() - 40) : found.start()])
    word = before[0] if before else ""
    if not word or "." in word or (len(word) == 1 and word.isalpha()):
        return False
    return word.lower() not in _ABBREVIATIONS


# ---------------------------------------------------------------- proper nouns


def _mark_proper(words: Sequence[Word]) -> None:
    """Note the words that are on the list of proper nouns, in the case that they should have."""
    nouns = proper_nouns()
    skip = 0
    for n, word in enumerate(words):
        if n < skip:
            continue
        if word.folded in nouns.phrases and (phrase := _phrase_at(words, n)):
            skip = n + len(phrase)
            for named, text in zip(words[n:skip], phrase, strict=True):
                named.proper = text
            continue
        base, ending = (word.folded, "") if word.folded.isalnum() else stem(word.folded)
        known = nouns.words.get(base)
        if known and len(known) == len(base) and not word.is_lower:
            word.proper = known + ending


_POSTED: Final = late(r"(?:(?<!\w)[#@]|https?://)(?=\w)\S+")
"""10.15: `#waiting`, `@harbor`, an address: what posts have that no title is cased by."""


def _mark_posted(title: Title) -> None:
    """Leave tags, user names and addresses as they are."""
    for found in _POSTED.finditer(title.typed):
        for word in title.words:
            if found.start() <= word.start < found.end():
                word.proper = word.proper or word.text


def _mark_own(words: Sequence[Word], name: str) -> None:
    """A name that the work itself tells: of the group that wrote it, of its conference."""
    wanted = [found[0] for found in _WORD.finditer(name)]
    if not wanted or name.islower():
        return
    for n in range(len(words) - len(wanted) + 1):
        typed = words[n : n + len(wanted)]
        if (typed[0].is_lower and not wanted[0].islower()) or any(
            stem(word.folded)[0] != stem(part.lower())[0]
            for word, part in zip(typed, wanted, strict=True)
        ):
            continue
        for word, part in zip(typed, wanted, strict=True):
            word.proper = _cased_like(word.text, stem(part)[0])


def stem(text: str) -> tuple[str, str]:
    """A word without its possessive ending."""
    if text.isalnum():
        return text, ""
    for ending in (2, 1):
        if text[-ending:].lower() in _POSSESSIVES and len(text) > ending:
            return text[:-ending], text[-ending:]
    return text, ""


def _phrase_at(words: Sequence[Word], n: int) -> tuple[str, ...]:
    """A phrase of the list that begins here, all of it capitalised; its words, cased."""
    initial = words[n + 1].folded[0] if n + 1 < len(words) else ""
    for wanted in proper_nouns().phrases.get(words[n].folded, ()):
        if wanted[1][0].lower() != initial:
            continue
        typed = words[n : n + len(wanted)]
        if len(typed) < len(wanted):
            continue
        stems = [stem(word.text) for word in typed]
        same = all(
            stem.casefold().rstrip(".") == part.casefold().strip(".,’")
            or word.text.casefold() == part.casefold().rstrip(",")
            for word, (stem, _), part in zip(typed, stems, wanted, strict=True)
        )
        if same and not any(
            word.is_lower and part[0].isupper() and part != "With"
            for word, part in zip(typed, wanted, strict=True)
        ):
            return tuple(
                _cased_like(word.text, part) for word, part in zip(typed, wanted, strict=True)
            )
    return ()


def _cased_like(text: str, part: str) -> str:
    part = part.rstrip(",")
    return part + small(text[len(part) :]) if len(text) >= len(part) else text


def small(text: str) -> str:
    """Lower case, letter by letter, so that nothing grows."""
    if text.isascii():
        return text.lower()
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
