"""APA sentence case (APA 7, sections 6.17 and 9.19), with a record of each change.

The work goes in four steps, each a function: which braces count (`title_braces`), how the title
is cased (in title case, in CAPITALS, or in sentence case already), which words are lowered (not
names, `title_names`, nor what the words beside them keep large, `title_neighbours`), and which
words begin a sentence.  Only the case of letters ever changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

from tcit_export.bibliography.languages import is_english, looks_foreign
from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.library import Change
from tcit_export.bibliography.proper_nouns import ACRONYMS
from tcit_export.bibliography.title_braces import PERHAPS_NAMES, Braces, without_idle_braces
from tcit_export.bibliography.title_names import (
    FUNCTION_WORDS,
    MINOR,
    names_of_bodies,
    terms_in_capitals,
    words_of_names,
)
from tcit_export.bibliography.title_neighbours import (
    LETTERED,
    NUMBERED,
    ROMAN,
    TITLES_OF_PERSONS,
    is_lowered,
    is_of_place,
    is_type,
    lowers_letter,
    may_be_named,
    names_people,
    unknown_names,
)
from tcit_export.bibliography.title_words import Title, Word, small
from tcit_export.patterns import late

Casing: TypeAlias = Literal["title", "sentence"]
_BEFORE_PRONOUN: Final = frozenset(
    """about among around between contact divide divides help helps inside join made make makes of
    shape shapes show shows support teach teaches tell tells unite unites with within""".split()
)
_BEGINS_SUBTITLE: Final = (
    FUNCTION_WORDS - frozenset("and or of but for nor yet to than per".split())
) | frozenset(
    """analysis comparison contributions evidence experiences findings implications insights
    introduction lessons overview perspectives reflections report results review
    thoughts""".split()
)
"""Words that hardly follow a dash but at the beginning of a subtitle."""
_NO_WORDS: Final = {
    word.lower(): word
    for word in """ADHD ANOVA ANCOVA MANOVA COPD COVID DSM EMDR fMRI fNIRS HIV MMPI MRI PTSD RCT
    SARS SSRI UNICEF UNESCO""".split()
}
"""Acronyms that spell nothing: some exporters write them as if they were words."""


def sentence_case(
    rich: str,
    *,
    lang: str = "",
    field: str = "title",
    own_names: Sequence[str] = (),
    braces: Braces = "unknown",
) -> tuple[str, tuple[Change, ...]]:
    """A title in sentence case; proper nouns, acronyms and protected text are kept.

    rich: rich text as `latex.to_rich` makes it, nocase spans where braces protect case (spans that
    wrap the whole title or nearly every word are ignored and taken out).
    lang: `langid` or `language` of the entry, or a BCP 47 tag; empty counts as English. Other
    languages are left alone.
    own_names: names that are proper nouns in this work: the group that wrote it, its conference.
    braces: what braces around single words tell in this entry.
    """
    if not rich:
        return rich, ()
    if not is_english(lang):  # its letters are left alone
        return _AFTER_QUESTION.sub(_large, rich), ()
    title = without_idle_braces(rich, own_names, braces)
    if not lang and looks_foreign(title.typed):
        return _as_stored(rich, field, braces)
    before = strip_markup(rich)
    rule = _lower(title)
    lowered = title.text
    _capitalise_starts(title)
    changes = []
    if lowered != before:
        changes.append(Change(field, before, lowered, rule))
    if title.text != lowered:
        changes.append(Change(field, lowered, title.text, "capital-at-sentence-start"))
    return title.written(), tuple(changes)


_AFTER_QUESTION: Final = late(r"(?<=[\w»”][?!] )[a-zà-ÿ](?=[\w’ ])")
"""What follows a question begins large in any language, though not in libraries' records."""
_FOREIGN_SUBTITLE: Final = late(r"(?:(?<=[\w»”)][?!:] )|(?<=\w [?!:] ))[a-zà-ÿ](?=[\w’ ])")
"""6.17: so does a subtitle, where nobody marked the title as one that is to be left alone."""


def _large(found: re.Match[str]) -> str:
    return found[0].upper()


def _as_stored(rich: str, field: str, braces: Braces) -> tuple[str, tuple[Change, ...]]:
    """A title in another language, as it was before Better BibTeX raised its small words.

    It takes a title without a language for an English one, and braces each word that had a
    capital already: `{{Pflege}} Und {{Heilung}}` was Pflege und Heilung.
    """
    rich = _FOREIGN_SUBTITLE.sub(_large, rich)
    title = Title.read(rich)
    braced = [word for word in title.words if word.protected]
    bare = [word for word in title.words if word.is_capitalised and not word.protected]
    if braces != "idle" or not braced or not bare:
        return rich, ()
    for word in bare:
        if not word.starts and word.start != title.dash_start:
            title.put(word.start, word.text.lower())
    if title.text == title.typed:
        return rich, ()
    return title.written(), (Change(field, title.typed, title.text, "title-case"),)


# ---------------------------------------------------------------- how the title is cased


def _lower(title: Title) -> str:
    """Lower what is to be lowered. Returns the rule that did it."""
    if _in_capitals(title.words):
        _lower_capitals(title, title.words)
        return "capitals"
    segments = list(_segments(title.words))
    others: list[tuple[Word, ...]] = []
    for segment in segments:
        if _in_capitals(segment):
            _lower_capitals(title, segment)
        else:
            others.append(segment)
    whole = _casing([word for segment in others for word in segment])
    for n, segment in enumerate(others):
        if whole == "title" or (
            _segment_casing(segment) == "title" and not _is_named(segment, others[n + 1 : n + 2])
        ):
            _lower_title_case(title, segment)
        else:
            _lower_terms(title, segment)
    return "title-case" if len(others) == len(segments) else "capitals"


def _segments(words: Iterable[Word]) -> Iterator[tuple[Word, ...]]:
    """Runs of words from one sentence start to the next."""
    segment: list[Word] = []
    for word in words:
        if word.starts and segment:
            yield tuple(segment)
            segment = []
        segment.append(word)
    if segment:
        yield tuple(segment)


_WEIGHTLESS: Final = FUNCTION_WORDS | {"com", "org", "net", "gov", "edu"}
"""Words that are small in every title: `Merriam-Webster.com Dictionary` is in title case."""


def _casing(words: Sequence[Word]) -> Casing:
    """How a title is cased as a whole, by its unprotected words that are no names."""
    capitalised, lower = _counts(words)
    if capitalised and _names_are_braced(words):
        return "title"
    return "title" if capitalised and capitalised >= 3 * lower else "sentence"


def _segment_casing(words: Sequence[Word]) -> Casing:
    """The same for a part of a title that is mixed as a whole: here the signs must be clear."""
    capitalised, lower = _counts(words)
    return "title" if capitalised > 2 and not lower else "sentence"


def _is_named(segment: Sequence[Word], following: Sequence[Sequence[Word]]) -> bool:
    """`The Harbor Health Project: Waiting for crews`: who cases by APA has capitals for names."""
    named = segment[0].folded == "the" and all(
        word.begins_large and word.folded not in FUNCTION_WORDS for word in segment[1:]
    )
    if not named or not following or not following[0][0].begins_large:
        return False
    capitalised, lower = _counts(following[0])
    return lower > 1 and not capitalised


def _counts(words: Sequence[Word]) -> tuple[int, int]:
    """Words whose capital speaks for title case, and words that speak against it.

    Small words speak only by a capital, and so do the second parts of hyphenated words.
    """
    capitalised = lower = 0
    for n, word in enumerate(words):
        if word.starts or word.protected or word.italic or word.proper:
            continue
        if len(word.text) < 2 or not word.text.isalpha():
            continue
        if word.is_capitalised:
            capitalised += word.folded not in PERHAPS_NAMES or _is_pronoun(words, n)
        elif not word.joined and word.folded not in _WEIGHTLESS:
            lower += word.is_lower
    return capitalised, lower


def _is_pronoun(words: Sequence[Word], n: int) -> bool:
    """`About Us`, and no country."""
    if words[n].folded != "us" or not n:
        return False
    before = words[n - 1].folded
    return before in _BEFORE_PRONOUN or before.endswith("ing")


def _names_are_braced(words: Sequence[Word]) -> bool:
    """Whether the author braces names, as BibTeX wants it: then what is bare is no name."""
    return any(
        word.protected and word.is_capitalised and not word.starts and len(word.text) > 1
        for word in words
    )


def _in_capitals(words: Sequence[Word]) -> bool:
    """CAPITALS: nearly all words, and among them some that are no acronyms."""
    upper = [word for word in words if word.is_upper and not word.protected]
    if len(upper) < 2:
        return False
    free = [word for word in words if not word.protected and len(word.text) > 1]
    free = [word for word in free if any(map(str.isalpha, word.text))]
    plain = [word for word in upper if word.folded in FUNCTION_WORDS or len(word.text) > 5]
    return len(upper) * 4 >= len(free) * 3 and bool(plain)


# ---------------------------------------------------------------- lowering


def _lower_terms(title: Title, words: Sequence[Word]) -> None:
    """Lower the terms that have capitals in a title in sentence case (6.16)."""
    for word in terms_in_capitals(words):
        if not word.starts:
            title.put(word.start, small(word.text))


def _lower_title_case(title: Title, words: Sequence[Word]) -> None:
    """Lower the capitalised words that neither begin a sentence nor are names."""
    named = words_of_names(title, words).union(unknown_names(title, words))
    for n, word in enumerate(words):
        if word.proper:
            title.put(word.start, word.proper)
        elif n in named:
            continue
        elif is_lowered(title, words, n):
            title.put(word.start, small(word.text))


def _lower_capitals(title: Title, words: Sequence[Word]) -> None:
    """A title in CAPITALS: all lower but names, acronyms and numerals, as well as can be known."""
    acronyms = _acronyms(title, words)
    bodies = names_of_bodies(words)
    for n, word in enumerate(words):
        if word.protected:
            continue
        if word.text[0].isdecimal() and _COUNTED.fullmatch(word.text):
            title.put(word.start, small(word.text))
        if not word.is_upper and len(word.text) > 1:
            if not word.proper and is_lowered(title, words, n):
                title.put(word.start, small(word.text))
            continue
        if word.proper:
            title.put(word.start, word.proper)
        elif (
            _is_titled(title, words, n)
            or names_people(words, n)
            or is_of_place(words, n)
            or (word.starts and word.text not in acronyms)
            or (n in bodies and word.folded not in MINOR)
        ):
            title.put(word.start, word.text[0] + small(word.text[1:]))
        elif len(word.text) == 1:
            if lowers_letter(title, words, n):
                title.put(word.start, small(word.text))
        elif word.text[-1] == "S" and word.text[:-1] in ACRONYMS:
            title.put(word.end - 1, "s")  # SSRIs
        elif word.text not in acronyms and not _is_numbering(words, n):
            title.put(word.start, small(word.text))


def _is_titled(title: Title, words: Sequence[Word], n: int) -> bool:
    """`DR. HOUSE`: the title of a person before a name, and the name."""
    for at in (n, n - 1):
        if 0 <= at < len(words) - 1 and words[at].folded in TITLES_OF_PERSONS:
            dotted = title.typed[words[at].end : words[at].end + 2] == ". "
            if dotted and may_be_named(title, words[at + 1]):
                return True
    return False


_COUNTED: Final = late(r"\d+(?:ST|ND|RD|TH|S)")
"""`21ST` and `1990S` are no acronyms."""


def _acronyms(title: Title, words: Sequence[Word]) -> frozenset[str]:
    """Words of a title in CAPITALS that are acronyms: known, unspeakable, or in parentheses."""
    found: set[str] = set()
    for n, word in enumerate(words):
        text = word.text
        alone = title.typed[word.start - 1 : word.start] == "(" and title.typed[
            word.end : word.end + 1
        ] in (")", "-")
        country = text == "US" and n > 0 and words[n - 1].folded in ("the", "in")
        if _COUNTED.fullmatch(text):
            continue
        if (
            text in ACRONYMS
            or "." in text
            or any(map(str.isdigit, text))
            or (alone and len(text) < 8)
            or country
            or (not re.search("[AEIOUYÀ-Þ]", text) and word.folded not in FUNCTION_WORDS)
        ):
            found.add(text)
    return frozenset(found)


def _is_numbering(words: Sequence[Word], n: int) -> bool:
    """A Roman numeral behind a noun that is numbered, or at the end of its sentence."""
    if not ROMAN.fullmatch(words[n].text):
        return False
    if words[n].joined:
        return words[n - 1].text in ACRONYMS
    last = n + 1 == len(words) or words[n + 1].starts
    return n > 0 and (last or words[n - 1].folded in NUMBERED | LETTERED)


# ---------------------------------------------------------------- sentence starts


def _capitalise_starts(title: Title) -> None:
    """APA 7, section 6.17: the title, and each part after a colon or full stop, begin large."""
    for n, word in enumerate(title.words):
        if word.folded in _NO_WORDS and word.is_capitalised and not word.protected:
            title.put(word.start, _NO_WORDS[word.folded])
        starts = (
            word.starts
            or (word.folded == "type" and is_type(title.words, n))
            or _begins_subtitle(title, word)
        )
        if not starts or word.protected or word.italic:
            continue
        if title.typed.startswith("://", word.end) or title.typed[: word.start].endswith(
            ("#", "@")
        ):
            continue  # an address, a tag
        now = "".join(title.letters[word.start : word.end])
        if not now.islower() or not now[0].isalpha() or "." in now or _is_software(title, n):
            continue
        large = now[0].upper()
        if len(large) == 1 and not "\u0370" <= now[0] <= "\u03ff":
            title.put(word.start, large)


def _begins_subtitle(title: Title, word: Word) -> bool:
    """Whether a subtitle begins with this word, behind a spaced dash (6.17)."""
    return word.start == title.dash_start and word.folded in _BEGINS_SUBTITLE


def _is_software(title: Title, n: int) -> bool:
    """`ggplot2: Elegant graphics`, `lavaan: An R package`: a name in small letters."""
    word = title.words[n]
    if n or title.typed[word.end : word.end + 2] != ": ":
        return False
    return any(map(str.isdigit, word.text)) or " r package" in title.typed.lower()
