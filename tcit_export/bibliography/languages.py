"""Which language a title is in, as far as letter case needs to know."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.patterns import late

_ENGLISH: Final = frozenset(
    """en eng english american british australian canadian newzealand usenglish ukenglish
    """.split()
)
ENGLISH_WORDS: Final = frozenset(
    """the of and to in for on with from by at as an is are was be or not this that its it their
    his her how what why when who our your you we between among through into about a""".split()
)
_FOREIGN_WORDS: Final = frozenset(
    """der die das und im ein eine einer eines dem den für mit von über zur zum bei aus als auf
    le la les du des et dans une pour sur aux au d’une l’
    el los las del y en una por para como
    il lo gli della delle dei nel nella e di da
    het een van voor naar op
    o os do dos em uma um
    och av för att till
    og til""".split()
)
"""Articles and the like of languages whose titles are often left unmarked in .bib files."""
_ARTICLES: Final = frozenset("le la l’ el los las lo".split())
_SURE: Final = frozenset(
    """der die das ein eine und für über zur zum les des dans une pour sur aux il gli della delle
    nel het een voor och""".split()
)
"""Of the words above those that hardly an English title has."""
_BORROWED: Final = late(
    r"\b(?:los angeles|las vegas|el salvador|el niño|la niña|la paz|el paso|la jolla|de facto"
    r"|de jure|de novo|en route|en masse|en bloc|coup de|par excellence|van gogh|de la cruz)\b",
    re.IGNORECASE,
)
"""Foreign words that English titles use."""
_INITIAL: Final = late(r"\b[A-Z]\. ?(?=[A-Z])")
"""`W. E. B. Du Bois`: initials are no words."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:’)?")


def is_english(lang: str) -> bool:
    """Whether `langid`, `language` or a BCP 47 tag names English; an empty one counts as it."""
    if not lang:
        return True
    first = re.split(r"[\s,;_-]| and ", lang.strip().lower(), maxsplit=1)[0]
    return not first or first in _ENGLISH


_GERMAN_LETTERS: Final = late(r"(?<![^\W\d_])[a-zäöüß]{2,}[äöüß]|(?<![^\W\d_])[a-z][äöü][a-z]{2}")
"""The beginning of a word with a German letter that is in small letters, and so no name."""

_GERMAN_NOUN: Final = late(
    r"(?<![\w-])[A-ZÄÖÜ][^\W\d_]*(?:[^\W\d_]{4}ung|ungen|(?:[kh]eit|schaft|ität)(?:en)?)(?!\w)"
)
"""`Qualitätsmessungen`, `Einsamkeit`: nouns by endings that no English word has."""
_GERMAN_ENDINGS: Final = ("ung", "heit", "keit", "schaft", "ität")


def looks_foreign(title: str) -> bool:
    """Whether a title's small words are those of another language than English.

    Where there are no English ones, two are needed, or in a short title a sure one; or a word in
    small letters that has a German letter.
    """
    if _FOREIGN_WORDS.isdisjoint(_WORD.findall(title.lower())):
        german = not title.isascii() and _GERMAN_LETTERS.search(title)
        if not german and any(ending in title for ending in _GERMAN_ENDINGS):
            german = _GERMAN_NOUN.search(title)
        return bool(german) and ENGLISH_WORDS.isdisjoint(_WORD.findall(title.lower()))
    words = [word.lower() for word in _WORD.findall(_INITIAL.sub("", _BORROWED.sub("", title)))]
    foreign = {word for word in words if word in _FOREIGN_WORDS}
    english = {word for word in words if word in ENGLISH_WORDS}
    if not foreign:
        return False
    if english:
        return len(foreign) > 2 * len(english)
    short = len(words) <= 4 and (words[0] in _ARTICLES or bool(foreign & _SURE))
    return len(foreign) > 1 or short
