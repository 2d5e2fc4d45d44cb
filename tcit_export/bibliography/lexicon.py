"""Whether the language has a word, so that its capital in title case is no name's (APA 7, 6.16).

A word is ordinary if it is on one of the two lists (`common_words.txt`, `ordinary_words.txt`), or
made of one that is: by its ending (`weeps`, `prioritising`), by its beginning (`reexamined`), of
two (`wristband`); or if it ends as scholars' words do (`fibromyalgia`).  What is left of a title
in title case is hardly anything but a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from tcit_export.bibliography.proper_nouns import common_words, words_of_list
from tcit_export.patterns import late

_ENDINGS: Final = (
    *(("ies", "y"), ("ied", "y"), ("iest", "y"), ("iers", "y"), ("ier", "y"), ("ily", "y")),
    *(("izing", ""), ("ized", ""), ("izes", ""), ("izer", ""), ("izers", ""), ("ize", "")),
    *(("ising", ""), ("ised", ""), ("ises", ""), ("iser", ""), ("isers", ""), ("ise", "")),
    *(("izing", "y"), ("ized", "y"), ("ize", "y"), ("ising", "y"), ("ised", "y"), ("ise", "y")),
    *(("ing", ""), ("ing", "e"), ("ings", ""), ("ings", "e"), ("ed", ""), ("ed", "e")),
    *(("ers", ""), ("ers", "e"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e")),
    *(("ors", ""), ("ors", "e"), ("or", ""), ("or", "e"), ("ly", ""), ("ly", "le")),
    *(("ics", "y"), ("ic", "y"), ("ic", ""), ("ic", "e"), ("al", ""), ("al", "e"), ("al", "y")),
    *(("y", ""), ("y", "e"), ("en", ""), ("ens", ""), ("ened", ""), ("ening", ""), ("dom", "")),
    *(("es", ""), ("s", "")),
)
"""What English adds to a word, and what stood there before."""
_BEGINNINGS: Final = late(
    "anti|auto|bio|cardio|co|counter|cross|cyber|de|dis|down|eco|electro|ethno|extra|fore|geo|"
    "hetero|homo|hyper|hypo|il|im|in|infra|inter|intra|ir|macro|mal|mega|meta|micro|mid|mini|mis|"
    "mono|multi|neo|neuro|non|out|over|para|photo|poly|post|pre|pro|proto|pseudo|psycho|quasi|re|"
    "retro|self|semi|socio|step|sub|super|techno|tele|thermo|trans|tri|ultra|un|under|up|bi"
)
_OF_SCHOLARS: Final = late(
    r".{2,}(?:[ts]ions?|ators?|ments?|ness(?:es)?|it(?:y|ies)|isms?|ists?|iz(?:e|ed|er|ing)|ives?|"
    r"ic(?:s|al|ally|ism)?|ologies|olog(?:y|ists?)|anc(?:e|es|y)|enc(?:e|es|y)|ships?|hoods?|ful|"
    r"less|abl[ey]|ibl[ey]|ous(?:ly)?|ively|ably|[aeu]nt|[ai]ng|ings?|ed|als?|aries|"
    r"algia|a?emia|itis|os[ei]s|omas?|ectomy|otomy|scopy|grams?|graphs?|graphy|meters?|metr(?:y|ic)|"
    r"onom(?:y|ies)|path(?:y|ies|ic)|phob(?:ia|ic)|phrenia|phasia|praxia|therap(?:y|ies|ists?)|"
    r"troph(?:y|ic)|thymia|mania|mnesia|a?esthesia|genesis|amines?|oids?|cytes?|crac(?:y|ies)|crats?|"
    r"arch(?:y|ies)|escen(?:t|ce))"
)
_LONGEST: Final = 24
"""Letters; what is longer is no name, and would take long."""
_TWICE: Final = frozenset("bdgklmnprt")
"""Letters that are doubled before an ending: `swimming`."""


@cache
def _words() -> frozenset[str]:
    return common_words() | words_of_list("ordinary_words.txt")


@lru_cache(maxsize=8_192)
def is_ordinary(word: str) -> bool:
    """Whether the language has this word, in small letters and without a possessive ending."""
    known = _words()
    if len(word) > _LONGEST:
        return True
    if word in known or (len(word) > 5 and _OF_SCHOLARS.fullmatch(word)):
        return True
    if any(base in known for base in _bases(word)):
        return True
    begun = _BEGINNINGS.match(word)
    rest = word[begun.end() :] if begun else ""
    if begun and not rest:
        return True  # meta-, psycho-
    if len(rest) > 3 and (rest in known or any(base in known for base in _bases(rest))):
        return True
    return any(_is_made_of(word, n) for n in range(4, len(word) - 3))


def _is_made_of(word: str, n: int) -> bool:
    """`wristbands`: of two words, of which the second may have an ending."""
    known = _words()
    first, second = word[:n], word[n:]
    return first in known and (second in known or any(base in known for base in _bases(second)))


def _bases(word: str) -> Iterator[str]:
    """What a word may be made of by one ending."""
    for ending, was in _ENDINGS:
        if not word.endswith(ending):
            continue
        base = word[: -len(ending)]
        if len(base) < 3:
            continue
        yield base + was
        if base[-1] == base[-2] and base[-1] in _TWICE and not was:
            yield base[:-1]
