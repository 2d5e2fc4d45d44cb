"""Which braces of a title count: what its author protects, and what an exporter braces by rule.

BibTeX keeps the case of what stands in braces (`{Freud}`). Programs put them around whole titles,
or around each word that has a capital, and then they say nothing (APA 7, section 6.17).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from tcit_export.bibliography.latex import NOCASE, TAG, strip_markup
from tcit_export.bibliography.lexicon import is_ordinary
from tcit_export.bibliography.title_names import (
    FUNCTION_WORDS,
    INSTRUMENTS,
    MINOR,
    SAID_OF_TESTS,
    is_common,
)
from tcit_export.bibliography.title_neighbours import NAMED_AFTER
from tcit_export.bibliography.title_words import Title, Word, stem
from tcit_export.patterns import late

Braces: TypeAlias = Literal["meant", "unknown", "idle"]
"""Braces around single words: an author's own, an exporter's around each capital, or either."""
PERHAPS_NAMES: Final = frozenset(["may", "will", "us"])
_NEVER_PROPER: Final = (FUNCTION_WORDS - PERHAPS_NAMES) | frozenset(
    """validity validation reliability psychometric psychometrics dimensionality adaptation
    implications findings perceptions predictors correlates moderators mediators efficacy
    effectiveness""".split()
)
"""Words that nobody protects for their own sake: braces around them are an exporter's."""
_IN_NAMES: Final = frozenset(["of", "and", "for", "the", "on"])
_REFERENCE_WORKS: Final = frozenset("encyclopedia encyclopaedia handbook dictionary".split())
"""What a title that is braced word by word calls itself: the Oxford handbook of waiting."""
_MAY_BE_NAMED: Final = NAMED_AFTER | frozenset(
    """act award center centre city conference conferences county experiment group house island
    lecture letters library papers press program programme project river school society state study
    survey trial war""".split()
)
"""Nouns that may belong to a name before them; others do not: the Harbor method."""
_ABSTRACT: Final = late(
    r"(?!found|organi|associ|institu|depart|confer|conven|commis|parlia|govern|admini)"
    r"\w{4,}(?:[ts]ion|ment|ness|ism|ance|ence)s?"
)
"""Nouns that no name begins with: `Attachment`, but not `Foundation`."""


_HALF_QUOTED_START: Final = f"{NOCASE}\u201c"
_HALF_QUOTED: Final = late(rf"{NOCASE}(\u201c[A-Z][a-z]+)</span>(?!\u201d)")
"""`{"Waiting} Rooms"`: the braces of old exporters, which took the mark for a part of the word."""


def without_idle_braces(rich: str, own_names: Sequence[str], braces: Braces) -> Title:
    """The title without nocase spans that say nothing: around the whole, or every capital."""
    if _HALF_QUOTED_START in rich and braces != "meant":
        rich = _HALF_QUOTED.sub(r"\1", rich)
    while NOCASE in rich and _all_protected(rich):
        rich = _unspanned(rich, outermost=True)
    title = Title.read(rich, own_names)
    if NOCASE in rich and braces != "meant" and _exporter_braced(title, braces):
        return without_idle_braces(_unspanned(rich, outermost=False), own_names, braces)
    return title


def _all_protected(rich: str) -> bool:
    """Braces around the whole of a title (`title = {{...}}`), of several words."""
    inside, outside = _outer_spans(rich)
    several = any(" " in strip_markup(text) and _has_letter(text) for text in inside)
    return several and not any(char.isalnum() for text in outside for char in strip_markup(text))


def _has_letter(rich: str) -> bool:
    return any(map(str.isalpha, strip_markup(rich)))


def _outer_spans(rich: str) -> tuple[list[str], list[str]]:
    """The text inside the outermost nocase spans, and the text outside them."""
    inside: list[str] = []
    outside: list[str] = []
    depth = start = 0
    for found in TAG.finditer(rich):
        if found[0] == NOCASE:
            depth += 1
            if depth == 1:
                outside.append(rich[start : found.start()])
                start = found.end()
        elif found[0] == "</span>":
            depth -= 1
            if depth == 0:
                inside.append(rich[start : found.start()])
                start = found.end()
    return inside, [*outside, rich[start:]]


def _unspanned(rich: str, *, outermost: bool) -> str:
    """Without all nocase spans, or without the outermost ones alone."""
    depth = 0
    parts: list[str] = []
    position = 0
    for found in TAG.finditer(rich):
        parts.append(rich[position : found.start()])
        position = found.end()
        opening = found[0] == NOCASE
        if not opening and found[0] != "</span>":
            parts.append(found[0])
            continue
        depth += opening
        if outermost and depth > 1:
            parts.append(found[0])
        depth -= not opening
    return "".join([*parts, rich[position:]])


def _exporter_braced(title: Title, braces: Braces) -> bool:
    """Whether an exporter has braced every capitalised word, names or not.

    A sign of it is a braced small word that no one would protect (`{Does} {Not}`, `: {A} {Guide}`),
    a common word braced by its first letter (`{P}sychology`), or a long title where all but the
    small words is braced.
    """
    inner = [word for word in title.words if not word.starts and not word.joined]
    braced = [word for word in inner if word.protected and word.is_capitalised]
    bare = [word for word in inner if not word.protected and word.text.isalpha()]
    of_content = [word for word in bare if word.folded not in FUNCTION_WORDS]
    if braces == "idle":
        return _each_capital_braced(title, inner, braced, of_content)
    # A bare word of content, capitalised or not, means that the braces were chosen.
    if not braced or of_content:
        return False
    chosen = not any(word.folded in _NEVER_PROPER for word in braced)
    if _begins_braced(title) and chosen and not _braced_one_by_one(title, braced):
        return False
    if _braces_small_words(title, inner) or (len(braced) > 3 and bool(bare)):
        return True
    if any(word.folded in INSTRUMENTS for word in braced):
        return len(braced) == 1
    if any(word.folded in _REFERENCE_WORKS for word in braced):
        return all(word.proper or is_common(word) for word in braced)
    alone = len(braced) == 1 or len(_runs(inner)) > 1
    if alone or all(_first_letter(title, word) for word in braced):
        return any(map(is_common, braced))
    unknown = [word for word in braced if not word.proper]  # names on the list are kept bare, too
    return len(unknown) > 1 and all(map(is_common, unknown))


def _each_capital_braced(
    title: Title, inner: Sequence[Word], braced: Sequence[Word], bare: Sequence[Word]
) -> bool:
    """The same for programs that brace each capital: whether the title was in title case.

    bare: the words of content without braces, which were small where the title was stored.
    """
    runs = _runs(inner)
    if not braced:
        return _is_joined_to_first(title)
    if bare and not _few_of_many(bare, braced, runs):
        return False
    if _braces_small_words(title, inner):
        return True
    if len(runs) == 1 and any(word.folded in INSTRUMENTS for word in braced):
        # the name of a test, unless more is braced: the {Structure} of the {Harbor} {Scale}
        return len(braced) == 1 or any(word.folded in SAID_OF_TESTS for word in braced)
    if len(braced) > 2 and not _listed(title, inner, braced):
        return True
    plain = sum(map(_is_plain, braced))
    if len(braced) == 2 and _is_term(*braced):
        return True
    if len(braced) == 2 and _ABSTRACT.fullmatch(braced[0].folded) and _is_plain(braced[0]):
        return True  # no name begins so
    return plain == len(braced) or (plain > 0 and (len(runs) > 1 or len(braced) > 2))


def _is_term(name: Word, noun: Word) -> bool:
    """6.16: `{Oedipus} {Complex}`, `{Romanian} {Orphans}`: a name on the list, and a plain noun."""
    if not name.proper or not _is_plain(noun):
        return False
    people = name.folded.endswith(("an", "ese", "ish")) and noun.folded.endswith("s")
    return people or noun.folded not in _MAY_BE_NAMED


def _listed(title: Title, inner: Sequence[Word], braced: Sequence[Word]) -> bool:
    """Whether nothing but commas and `and` stands between words: `Freud, {Klein}, and {Bion}`."""
    between = [word for word in inner if braced[0].start < word.start < braced[-1].start]
    if any(not word.protected and word.folded not in ("and", "or") for word in between):
        return False
    gaps = (title.typed[a.end : b.start] for a, b in pairwise(braced))
    return any(gap.startswith(",") for gap in gaps)


def _braces_small_words(title: Title, inner: Sequence[Word]) -> bool:
    """Whether words have braces that no one protects: `{Does} {Not}`, `: {A} {Guide}`."""
    later = [word for word in title.words[1:] if word.starts and word.protected]
    return any(word.folded in _NEVER_PROPER for word in later) or any(
        word.protected
        and (word.folded in MINOR or (word.is_capitalised and word.folded in _NEVER_PROPER))
        for word in inner
    )


def _is_plain(word: Word) -> bool:
    """Whether a word is hardly a name where its braces say nothing: common ones, `Repeating`."""
    return is_common(word) or (not word.proper and is_ordinary(stem(word.folded)[0]))


def _is_joined_to_first(title: Title) -> bool:
    """`Self-{Consciousness}`: nothing is braced but the second half of the first word."""
    braced = [word for word in title.words if word.protected and word.is_capitalised]
    return len(braced) == 1 and braced[0].joined and _is_plain(braced[0])


def _few_of_many(bare: Sequence[Word], braced: Sequence[Word], runs: Sequence[list[Word]]) -> bool:
    """A word or two left small in a title in title case: `using`, `following`."""
    if len(bare) * 4 > len(braced) or any(not word.is_lower for word in bare):
        return False
    return sum(any(map(_is_plain, run)) for run in runs) > 1


def _braced_one_by_one(title: Title, braced: Sequence[Word]) -> bool:
    """`{Changes} in the {Therapist}`: each word by itself, and hardly a name among them."""
    first = title.words[0]
    if title.protected[first.end]:
        return False
    words = [first, *braced]
    return 4 * sum(map(is_common, words)) >= 3 * len(words)


def _begins_braced(title: Title) -> bool:
    """Whether the first word is wholly in braces: exporters leave it, as it has its capital."""
    first = title.words[0]
    return (
        first.is_capitalised
        and len(first.text) > 1
        and all(title.protected[first.start : first.end])
    )


def _first_letter(title: Title, word: Word) -> bool:
    """Whether braces stand around the first letter alone: `{P}anic`."""
    return title.protected[word.start] and not any(title.protected[word.start + 1 : word.end])


def _runs(words: Sequence[Word]) -> list[list[Word]]:
    """The runs of protected words; a name may have `of` and `and` in it."""
    joined = [
        word
        for word in words
        if word.protected or (word.text.isalpha() and word.folded not in _IN_NAMES)
    ]
    runs: list[list[Word]] = []
    for n, word in enumerate(joined):
        if not word.protected:
            continue
        if n and joined[n - 1].protected and joined[n - 1].end + 9 > word.start:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs
