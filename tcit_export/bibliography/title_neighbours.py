"""Which words of a title keep their capital by the words beside them (APA 7, section 6.19).

Numbered nouns (`Study 2`), persons with their titles and initials (`Dr. Ainsworth`, `W. E. B. Du
Bois`), types and letters (`Type A behavior`, `Vitamin B`), places and the people of a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from tcit_export.bibliography.lexicon import is_ordinary
from tcit_export.bibliography.proper_nouns import LATIN_PHRASES, common_words, proper_nouns
from tcit_export.bibliography.title_names import FUNCTION_WORDS, is_edition_of_test
from tcit_export.bibliography.title_words import Title, Word, stem
from tcit_export.patterns import late

TITLES_OF_PERSONS: Final = frozenset(["dr", "mr", "mrs", "ms", "prof", "st", "mt", "ft"])
_PARTICLES: Final = frozenset("da de del della des di dos du la le van von".split())
"""What stands between initials and a name: W. E. B. Du Bois."""
NUMBERED: Final = frozenset(
    """study studies experiment experiments chapter part phase wave round trial volume vol table
    figure appendix section article title axis grade book step stage version war division""".split()
)
"""APA 7, section 6.19: nouns before a numeral keep their capital."""
LETTERED: Final = frozenset(
    """type vitamin hepatitis group factor plan model appendix part study grade class level phase
    influenza section protein cluster form schedule generation""".split()
)
_LETTERED_PARTS: Final = frozenset("form appendix part section table figure scale".split())
"""Those of works and tests, which letters number too."""
_COLOURS: Final = frozenset(["black", "white"])
_AFTER_COLOUR: Final = frozenset(
    """adolescent adolescents adult adults america american americans body bodies boy boys child
    children church churches college communities community culture educators english families
    family fathers feminism feminist feminists girl girls girlhood history identity language
    lives love male males man masculinity men mothers nationalism parents participants patients
    people person populations psychologists psychology racial students supremacy teachers
    therapists voters woman women womanhood workers youth fragility privilege rage""".split()
)
"""APA 7, section 5.7: Black and White are proper nouns where they name people."""
_MONTHS: Final = ("may", "march")
_DIRECTIONS: Final = ("north", "south", "east", "west")
"""6.15: parts of a place that has a name, `East London`, are names as it is."""
_SPEAKING: Final = (
    NUMBERED | _LETTERED_PARTS | TITLES_OF_PERSONS | {*_MONTHS, *_DIRECTIONS, "type"} | _COLOURS
)
"""Words that keep their capital before some words; only they are asked what follows."""
_AFTER_TYPE: Final = frozenset(
    "behavior behaviors behaviour behaviours personality personalities pattern patterns".split()
)
NAMED_AFTER: Final = frozenset(
    """clinic hospital institute foundation museum university college park street square avenue
    bridge prize medal lectures""".split()
)
"""What is called after someone, name and noun: the Harbor Clinic."""
_ENDS_NAMES: Final = late(
    r"(?:stein|berg|burgh?|baum|mann|sson|[lnr]sen|sk[iy]|wicz|vich|enko|escu|elli|etti|ez|"
    r"opoulos|worth|shire|bury|ville|grad|stan|ians?|eans?)$"
)
"""What surnames, places and peoples end in, and other words hardly."""
_LEAD_TO_NAMES: Final = frozenset("the at from".split())
_FOREIGN_LETTERS: Final = frozenset("āēīōū")
"""Letters of words rather than names: they tell how other scripts and tongues sound."""
ROMAN: Final = re.compile(r"(?:X{0,2})(?:IX|IV|V?I{0,3})")


def is_lowered(title: Title, words: Sequence[Word], n: int) -> bool:
    """Whether the n-th word of a part in title case loses its capital."""
    word = words[n]
    if word.starts or word.protected or not word.begins_large:
        return False
    if word.start == title.dash_start:
        return False
    if word.italic and not _latin(words, n):
        return False
    if len(word.text) == 1:
        return lowers_letter(title, words, n)
    if not word.is_capitalised:
        return False
    return not _keeps_capital(title, words, n)


def unknown_names(title: Title, words: Sequence[Word]) -> Iterator[int]:
    """6.16: words that the language does not have, and that look or stand as names do.

    `Grundy's critique`, `the case of Yolo Grundy`, `Zembian`: with a possessive, two in
    a row, by the ending.  None, where the language has no word for most of the title: that is in
    another one.
    """
    unknown = [word.is_capitalised and not word.protected and _is_unknown(word) for word in words]
    if True not in unknown:
        return
    places = [
        n
        for n, word in enumerate(words)
        if unknown[n] and not word.starts and (_looks_named(word) or _in_row(words, unknown, n))
    ]
    if places:
        english = title.typed.find("[") % (len(title.typed) + 1)  # a translation in brackets
        own = [word for word in title.words if word.start < english]
        if 2 * sum(map(_is_unknown, own)) <= len(own):
            yield from places


def _looks_named(word: Word) -> bool:
    plain, ending = stem(word.folded)
    possessive = len(ending) == 2 and not plain.endswith(("er", "or", "ist", "man"))
    return possessive or _ENDS_NAMES.search(plain) is not None


def _in_row(words: Sequence[Word], unknown: Sequence[bool], n: int) -> bool:
    """Whether the word beside this one, with a blank between them, is as unknown."""
    before = n > 0 and unknown[n - 1] and words[n - 1].end + 1 == words[n].start
    behind = n + 1 < len(words) and unknown[n + 1] and words[n].end + 1 == words[n + 1].start
    return before or behind


def _is_unknown(word: Word) -> bool:
    """Whether the language has no such word; most are told by the first line, and soon."""
    if not word.is_capitalised or word.proper or is_ordinary(word.folded):
        return False
    plain = stem(word.folded)[0]
    return (
        len(plain) > 3
        and (plain != word.folded or plain[-1] != "s" or plain[-2] in "aius")
        and plain.isalpha()
        and _FOREIGN_LETTERS.isdisjoint(plain)
        and plain not in FUNCTION_WORDS
        and not is_ordinary(plain)
    )


def _keeps_capital(title: Title, words: Sequence[Word], n: int) -> bool:
    """Rules by neighbours: numbered nouns, titles of persons, initials, Black and White."""
    word = words[n]
    if not word.text.isalpha() and any(map(str.isdigit, word.text)):
        return True
    if word.folded in _SPEAKING:
        kept = _by_what_follows(title, words, n)
        if kept is not None:
            return kept
    if not n:
        return False
    previous = words[n - 1]
    if is_edition_of_test(title, words, n):
        return True
    if previous.folded in TITLES_OF_PERSONS and _is_dotted(title, previous):
        return True
    if _belongs_to_name(words, n):
        return True
    if previous.folded in _PARTICLES and n > 1 and _is_initial(title, words[n - 2]):
        return True
    if _is_initial(title, previous):
        return True
    return n + 1 < len(words) and _is_initial(title, words[n + 1])


def _by_what_follows(title: Title, words: Sequence[Word], n: int) -> bool | None:
    """Whether a word keeps its capital before what follows it; None: that does not tell."""
    word = words[n]
    following = words[n + 1] if n + 1 < len(words) else None
    if following is None:
        return False if word.folded in TITLES_OF_PERSONS and _is_dotted(title, word) else None
    if is_type(words, n) or names_people(words, n):
        return True
    if word.folded in NUMBERED and _is_numeral(following.text):
        return True
    if word.folded in _LETTERED_PARTS and _is_lettered(title, following):
        return True
    if word.folded in _MONTHS and following.text.isdecimal():
        return True
    if word.folded in _DIRECTIONS and following.proper and not following.starts:
        return title.typed[word.end : following.start] == " "
    if word.folded in TITLES_OF_PERSONS and _is_dotted(title, word):
        return may_be_named(title, following)
    return None


def _is_dotted(title: Title, word: Word) -> bool:
    return title.typed.startswith(". ", word.end)


def _is_lettered(title: Title, following: Word | None) -> bool:
    """6.19: `Form Y`, `Appendix B`; `A` and `I` are words, but at the end of their phrase."""
    if following is None or len(following.text) != 1 or not following.text.isupper():
        return False
    after = title.typed[following.end : following.end + 1]
    return after != "." and (following.text not in "AI" or after in ("", ")", ":", ","))


def is_type(words: Sequence[Word], n: int) -> bool:
    """`Type A behavior`, `Type I error`: names of a pattern and of an error."""
    if words[n].folded != "type" or n + 1 == len(words):
        return False
    after = words[n + 2].folded if n + 2 < len(words) else ""
    if words[n + 1].text in ("I", "II"):
        return after in ("error", "errors")
    named = words[n].is_capitalised or after in _AFTER_TYPE
    return words[n + 1].text in ("A", "B", "D") and named


def may_be_named(title: Title, word: Word) -> bool:
    """Whether a word may be the name behind `Dr.`, or an initial of it."""
    if len(word.text) == 1:
        return _is_initial(title, word)
    small = word.folded in FUNCTION_WORDS or word.folded in TITLES_OF_PERSONS
    return word.begins_large and not small


def _belongs_to_name(words: Sequence[Word], n: int) -> bool:
    """`Judith Herman`: the word behind a given name; `University of Oslo`: before a place."""
    previous = words[n - 1]
    if previous.folded in proper_nouns().given and previous.end + 1 == words[n].start:
        plain = words[n].folded in FUNCTION_WORDS or words[n].folded in common_words()
        whole = words[n].protected or not previous.protected  # braces end with the name they hold
        if previous.is_capitalised and whole and not plain:
            return True
    return is_of_place(words, n) or _is_named_after(words, n)


def _is_named_after(words: Sequence[Word], n: int) -> bool:
    """`the Harbor Clinic`, `at Oslo Hospital`; a Norwegian clinic has no name."""
    name = words[n - 1]
    if words[n].folded not in NAMED_AFTER or n < 2 or name.end + 1 != words[n].start:
        return False
    people = name.folded.endswith(("an", "ese", "ish"))
    named = (bool(name.proper) and not people) or _is_unknown(name)
    return named and words[n - 2].folded in _LEAD_TO_NAMES


def is_of_place(words: Sequence[Word], n: int) -> bool:
    """`University of Oslo`."""
    if words[n].folded != "university" or n + 2 >= len(words):
        return False
    return words[n + 1].folded == "of" and words[n + 2].folded in proper_nouns().words


def names_people(words: Sequence[Word], n: int) -> bool:
    """`Black mothers`, and no black boxes."""
    if words[n].folded not in _COLOURS or n + 1 == len(words):
        return False
    return stem(words[n + 1].folded)[0] in _AFTER_COLOUR


def _is_initial(title: Title, word: Word) -> bool:
    """`D.` in `Winnicott, D. W.`; not the end of a sentence."""
    if len(word.text) == 1:
        return word.text.isupper() and title.typed[word.end : word.end + 1] == "."
    if "." not in word.text or word.text in ("U.S.", "U.K."):
        return False
    return bool(re.fullmatch(r"(?:[A-Z]\.){1,4}", word.text))


def _is_numeral(text: str) -> bool:
    return text.isdecimal() or bool(text and ROMAN.fullmatch(text))


def lowers_letter(title: Title, words: Sequence[Word], n: int) -> bool:
    """A single letter: the article, or the start of e-mail and t-test; others are names."""
    word = words[n]
    after = title.typed[word.end : word.end + 1]
    following = words[n + 1].folded if n + 1 < len(words) else ""
    if after == "-":
        return word.text == "E" or (word.text == "T" and following.startswith("test"))
    if word.text != "A" or after == "." or word.joined:
        return False
    if title.typed[word.start - 1 : word.start] in ("&", "/"):  # Q&A, N/A
        return False
    return not (n and words[n - 1].folded in LETTERED)


def _latin(words: Sequence[Word], n: int) -> bool:
    pairs = [f"{a.folded} {b.folded}" for a, b in pairwise(words)]
    return any(pairs[at] in LATIN_PHRASES for at in (n - 1, n) if 0 <= at < len(pairs))
