"""Names that a title tells by its words: of tests, of handbooks (APA 7, section 6.18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tcit_export.bibliography.proper_nouns import common_words
from tcit_export.bibliography.title_words import Title, Word, stem
from tcit_export.patterns import late

FUNCTION_WORDS: Final = frozenset(
    """a about above across after again against all along also although always am among an and any
    are around as at be because been before behind being below beneath beside between beyond both
    but by can cannot could did do does doing down during each either enough even ever every few for
    from had has have he her here hers herself him himself his how i if in inside instead into is it
    its itself just less let like many may me might mine more most much must my myself near neither
    never no nor not nothing now of off often on once one only onto or other others our ours out
    outside over own per rather same shall she should since so some somebody someone something such
    than that the their theirs them themselves then there these they this those though three through
    throughout till to together too toward towards two under until unto up upon us very via was we
    were what whatever when whenever where whereas wherever whether which while who whoever whole
    whom whose why will with within without would yet you your yours yourself versus vs en don’t
    can’t doesn’t isn’t won’t it’s i’m you’re we’re they’re that’s what’s let’s there’s""".split()
)
MINOR: Final = frozenset(
    """a an and as at but by for from if in into nor of off on or per so than the to up via vs with
    yet""".split()
)
INSTRUMENTS: Final = frozenset(
    """scale scales inventory questionnaire checklist schedule index battery test survey interview
    indicator""".split()
)
"""APA 7, section 6.18: what the names of tests and measures end in."""
_MEASURES: Final = frozenset("scale inventory questionnaire checklist".split())
"""Those of them that are hardly anything but a test's name with an article."""
_WITH_LETTERS: Final = _MEASURES | {"schedule"}
"""Those that name a test where its letters follow; the body mass index (BMI) is none."""
_MANY_MEASURES: Final = frozenset("scales questionnaires test tests index".split())
"""Those that may be any, unless letters or the number of a form follow."""
_FORM_OF_TEST: Final = late(r"-(?:\d{1,3}|I{2,3}|IV|V|R|SF|S|(?:Revised|Short)\b)(?![a-z])")
"""What a hyphen joins to the name of a test: `Questionnaire-45`, `Scales-Revised`."""
_FORMS: Final = frozenset("revised short brief abbreviated extended expanded third fourth".split())
_SHORT_FORM: Final = late(r" \(([A-Z][A-Za-z-]{2,9}?)(?:-?\d{1,3})?[,;)]")
"""The letters of a test behind its name."""
_SURVEYS: Final = frozenset("survey study census trial".split())
"""What the names of large studies end in, or go on from: the National Survey on Drug Use."""
SAID_OF_TESTS: Final = frozenset(
    """accuracy adaptation analysis application construction development dimensionality effect
    effects evaluation examination invariance performance properties psychometrics reliability role
    stability structure study translation use utility validation validity value version""".split()
)
"""What is said of a test, and so is no part of its name: the Validity of Crying Scales."""
_LED_BY: Final = frozenset("among for in with".split())
"""What goes on behind the name of a test: the Therapist Crying Questionnaire in Norway."""
_BODIES: Final = frozenset(
    "academy association council federation institute institutes organisation organization".split()
) | {"society", "college"}
_BODIES_BEGIN: Final = frozenset(
    """american australian british canadian european international national royal world""".split()
)
_ISSUED: Final = frozenset(
    """criteria force guideline guidelines recommendations report reports statement
    statements""".split()
)
_SORTS_OF_ISSUED: Final = frozenset(
    """clinical consensus expert joint new official policy position practice revised scientific task
    treatment updated""".split()
)
"""What bodies issue, and of which sort; a task force reports, too."""
_NO_BODIES: Final = frozenset(
    """capitalist civil consumer contemporary democratic industrial mass modern multicultural
    postwar rural urban""".split()
)
"""Sorts of societies that are none with members."""
_ANSWERS: Final = frozenset(
    """comment comments commentary reply replies response responses rejoinder critique reanalysis
    replication extension""".split()
)
_AND_OTHERS: Final = frozenset("and et al".split())
_STUDIES: Final = _SURVEYS | {"project", "cohort", "panel", "registry", "surveys", "studies"}
_WITHIN_STUDY: Final = frozenset("and for with on in".split())
_ANY_STUDY: Final = frozenset(
    """present current first second third fourth recent latest same pilot case larger largest
    original follow field whole new empirical""".split()
)
"""Words that no study is called by."""
_OF_A_COUNTRY: Final = frozenset("national international european".split())
_NAMED_BOOKS: Final = frozenset("handbook manual textbook dictionary encyclopedia synopsis".split())
"""Books that go by the name of who began them."""
_BOOKS_OF_PRESSES: Final = _NAMED_BOOKS | {"companion", "reader", "guide", "encyclopaedia"}
_PRESSES: Final = frozenset("sage penguin norton longman collins palgrave".split())
"""Publishers whose names are words of other sorts: the Penguin dictionary."""
_WATERS: Final = frozenset(["sea", "ocean"])
_TELLING: Final = (
    _WITH_LETTERS
    | _MANY_MEASURES
    | _STUDIES
    | _BODIES
    | _BOOKS_OF_PRESSES
    | _WATERS
    | {"the", "national", "act"}
)
"""Words at which a name may begin or end."""
_PEOPLE: Final = late(r"(?:ers?|ors?|ists?|ians?|ents?|ants?|men|women|ren)$")
_DERIVED: Final = late(
    r"(?:[ts]ions?|ators?|ments?|(?:us|iv|ov|is|i)als?|ness|ity|ities|ism|ists?|ives?|ical|"
    r"tional|ology|ologies|ances?|ences?|ships?|hood|ful|less|ably|ally|ously|ively)$"
)
"""Endings of words that are derived in English, and so hardly names."""


def words_of_names(title: Title, words: Sequence[Word]) -> frozenset[int]:
    """Places of words that belong to a test named after someone: `the Rosenberg Self-Esteem Scale`.

    6.18: from the name on, which is braced or on the list, to the word for the instrument.
    """
    found: set[int] = set()
    start = -1
    told = not INSTRUMENTS.isdisjoint([word.folded for word in words])
    for n, word in enumerate(words) if told else ():
        if not word.begins_large or (start >= 0 and word.starts):
            start = -1
        elif start < 0:
            start = n if _names_someone(word) else -1
        elif word.folded in INSTRUMENTS and (
            words[start].protected or _is_measure(words, start, n)
        ):
            found.update(range(start + 1, n + 1))
    for n, word in enumerate(words):
        if word.folded not in _TELLING and not word.text.isdecimal():
            continue
        if word.folded == "the":
            found.update(_named_after_article(words, n + 1))
            found.update(_named_survey(words, n + 1))
            if n and words[n - 1].folded == "from":
                found.update(_reported_study(words, n + 1))
        elif word.folded == "national" and not n:
            named = _named_survey(words, 0)  # the National Survey of Nurses may be any
            found.update(named if len(named) > 2 and words[1].folded not in _SURVEYS else ())
        elif word.folded in _WITH_LETTERS | _MANY_MEASURES and word.begins_large:
            form = _FORM_OF_TEST.match(title.typed, word.end)
            if form:
                found.update(_test_with_form(title, words, n))
            elif word.folded != "index" and title.typed[word.end : word.end + 1] != "-":
                # the body mass index (BMI) is none, and test-wise is no test
                found.update(_abbreviated_test(title, words, n))
        elif word.folded in _STUDIES and n and word.begins_large:
            found.update(_abbreviated_study(title, words, n))
        elif word.folded in _BODIES and n:
            found.update(_named_body(words, n))
        elif word.folded == "act" and n and word.begins_large:
            found.update(_named_act(words, n))
        elif word.folded in _WATERS and n and words[n - 1].proper and _follows(words, n):
            found.add(n)
        elif word.folded in _NAMED_BOOKS:
            found.update(_named_book(words, n))
        elif (
            word.text.isdecimal() and title.typed[word.start - 1 : word.end + 1] == f"({word.text})"
        ):
            found.update(_authors_answered(words, n))
        if word.folded in _BOOKS_OF_PRESSES and n and words[n - 1].folded in _PRESSES:
            found.add(n - 1)
    return frozenset(found)


def _authors_answered(words: Sequence[Word], n: int) -> range:
    """`Comment on Skeem and Cooke (2010)`: whom an answer names before a year."""
    first = n
    while first and (words[first - 1].begins_large or words[first - 1].folded in _AND_OTHERS):
        first -= 1
    answers = any(word.folded in _ANSWERS for word in words[max(first - 3, 0) : first])
    return (
        range(first, n) if answers and words[first - 1].folded in ("on", "to", "of") else range(0)
    )


def _abbreviated_test(title: Title, words: Sequence[Word], n: int) -> range:
    """`Situated Goals Questionnaire for University Students (SGQ-U)`: a test with its letters."""
    opening = title.typed.find(" (", words[n].end)
    short = _SHORT_FORM.match(title.typed, opening) if opening >= 0 else None
    last = next((k for k in range(n, len(words)) if words[k].end == opening), -1)
    if short is None or last < 0 or last - n > 6:
        return range(0)
    letters = [letter.lower() for letter in short[1] if letter.isalpha()]
    first = last + 1
    while letters and first > 0:
        first -= 1
        if words[first].folded[0] == letters[-1] and words[first].begins_large:
            letters.pop()
        elif words[first].folded not in MINOR and words[first].begins_large:
            break
        if words[first].starts:
            break
    return range(0) if letters else range(first, last + 1)


def _test_with_form(title: Title, words: Sequence[Word], n: int) -> range:
    """`the Outcome Questionnaire-45`, `Rating Scales-Revised`: a test with the form of it."""
    first = n
    while first and n - first < 7 and not words[first].starts:
        before = words[first - 1]
        joined = title.typed[before.end : words[first].start] in (" ", "-", ", ")
        if not (joined and before.begins_large) or before.folded in MINOR:
            break
        first -= 1
    last = n + 1
    while (
        last + 1 < len(words)
        and words[last + 1].start == words[last].end + 1
        and words[last + 1].joined
    ):
        last += 1
    return range(first, last + 1)


def _abbreviated_study(title: Title, words: Sequence[Word], n: int) -> range:
    """`the Family Transitions (FT) Project`: a study with its letters before the last word."""
    short = words[n - 1]
    around = title.typed[short.start - 1 : short.start] + title.typed[short.end : words[n].start]
    if around != "() " or not short.is_upper or len(short.text) > n - 1:
        return range(0)
    first = n - 1 - len(short.text)
    letters = "".join(word.text[0] for word in words[first : n - 1])
    return range(first, n + 1) if letters == short.text else range(0)


def _named_book(words: Sequence[Word], n: int) -> range:
    """`Bergin and Garfield's Handbook`: the two that a handbook goes by, at its beginning."""
    place = next((k for k in range(max(n - 4, 2), n) if stem(words[k].text)[1]), -1)
    if place < 0 or words[place - 1].folded != "and" or not words[place - 2].starts:
        return range(0)
    one, other = words[place - 2], words[place]
    named = not (_is_of_people(one) or _is_of_people(other))
    return range(place, place + 1) if named and other.begins_large else range(0)


def _is_of_people(word: Word) -> bool:
    """Whether a word may be a sort of people: parents and teachers have handbooks too."""
    return is_common(word) or bool(_PEOPLE.search(stem(word.folded)[0]))


def _named_act(words: Sequence[Word], n: int) -> range:
    """`the Mental Health Act 2007`, `the Oregon Patience Act`: laws, told by a year or a place."""
    first = n
    while first and n - first < 8 and not words[first].starts:
        before = words[first - 1]
        if not (before.begins_large or before.folded in MINOR) or before.folded in (
            "a",
            "an",
            "the",
        ):
            break
        first -= 1
    behind = [word.text for word in words[n + 1 : n + 3]]
    dated = behind[1:] if behind[:1] in (["of"], ["Of"]) else behind
    if dated and len(dated[0]) == 4 and dated[0].isdecimal():
        while words[first].folded in MINOR:
            first += 1
        return range(first, n + 1)
    ends = n + 1 == len(words) or words[n + 1].starts
    places = (k for k in range(first, n - 1) if _is_place(words[k]))
    place = next(places, n) if ends else n
    return range(place, n + 1) if place < n else range(0)


def _is_place(word: Word) -> bool:
    """Whether a proper noun may be a place: no people, and no one's."""
    return word.proper.isalpha() and not word.folded.endswith(("an", "ans", "ese", "ish"))


def names_of_bodies(words: Sequence[Word]) -> frozenset[int]:
    """Places of words that belong to the names of bodies: for titles in CAPITALS."""
    heads = (n for n, word in enumerate(words) if n and word.folded in _BODIES)
    return frozenset(place for n in heads for place in _named_body(words, n))


def _named_body(words: Sequence[Word], n: int) -> range:
    """`American Counseling Association`, `National Institute of Mental Health`: in capitals."""
    first = n
    while first and n - first < 4 and not words[first].starts and _follows(words, first):
        first -= 1
        if words[first].folded in _BODIES_BEGIN:
            break
    if words[first].folded not in _BODIES_BEGIN or not words[n].begins_large:
        return range(0)
    between = {word.folded for word in words[first + 1 : n]}
    of_a_field = not between and n + 2 < len(words) and words[n + 1].folded in ("of", "for", "on")
    if between & _NO_BODIES or not (between or of_a_field):
        return range(0)
    if words[n].folded == "college" and not of_a_field:
        return range(0)  # students go to any other
    last = n
    if of_a_field and words[n + 2].begins_large and _follows(words, n + 2):
        last = n + 2
        while last + 1 < len(words) and last - n < 6 and _continues_field(words, last + 1):
            last += 1
        last = _before_what_it_issued(words, n + 2, last)
    if words[last].folded == "and":
        last -= 1
    return range(first, last + 1)


def _before_what_it_issued(words: Sequence[Word], field: int, last: int) -> int:
    """The end of a body's name, without the document behind it: `Position Statement`."""
    for n in range(field + 1, last + 1):
        if words[n].folded in _ISSUED and words[n - 1].folded != "and":
            while n > field + 1 and words[n - 1].folded in _SORTS_OF_ISSUED:
                n -= 1
            return n - 1
    return last


def _follows(words: Sequence[Word], n: int) -> bool:
    """Whether nothing but a space is between a word, which is capitalised, and the one before."""
    return words[n].begins_large and words[n - 1].end + 1 == words[n].start


def _continues_field(words: Sequence[Word], n: int) -> bool:
    if words[n].starts or words[n - 1].end + 1 != words[n].start:
        return False
    return words[n].folded == "and" or (words[n].begins_large and words[n].folded not in MINOR)


def _named_after_article(words: Sequence[Word], start: int) -> range:
    """`the Crying Proneness Scale`: one test with the article, up to the end of its phrase."""
    for n in range(start, min(start + 8, len(words))):
        word = words[n]
        if word.starts or not (word.begins_large or (n > start and word.folded in MINOR)):
            break
        if word.folded in ("a", "an", "the"):
            break
        if word.folded == "of" and words[n - 1].folded in SAID_OF_TESTS:
            break
        if word.folded in _MEASURES and n > start:
            last = n + 1 == len(words) or words[n + 1].starts or words[n + 1].start > word.end + 1
            if last or (n - start > 1 and _goes_on_behind(words, start, n)):
                return range(start, n + 1)
    return range(0)


def _goes_on_behind(words: Sequence[Word], start: int, n: int) -> bool:
    """`Validity of the Therapist Crying Questionnaire in Norway`; scales may be of any sort."""
    if words[n].folded == "scale" or words[start].folded in ("self", "new", "revised", "short"):
        return False
    return start > 1 and words[start - 2].folded == "of" and words[n + 1].folded in _LED_BY


def _named_survey(words: Sequence[Word], start: int) -> range:
    """`the 2018 National Survey on Drug Use and Health`: one study, up to the end of its phrase."""
    if start < len(words) and words[start].text.isdecimal():
        start += 1
    if start >= len(words) or words[start].folded not in _OF_A_COUNTRY:
        return range(0)
    head = end = 0
    for n in range(start, len(words)):
        word = words[n]
        if (word.starts and n) or not (word.begins_large or (head and word.folded in MINOR)):
            break
        head = head or (n if word.folded in _SURVEYS else 0)
        end = n + 1
    if not head:
        return range(0)
    whole = end == len(words) or words[end].starts
    if head + 1 < end and words[head + 1].folded == "replication":
        head += 1  # a study as large, with the same name
    goes_on = head + 1 < end and words[head + 1].folded in ("of", "on", "for")
    return range(start, end if whole and goes_on else head + 1)


def _reported_study(words: Sequence[Word], start: int) -> range:
    """`Results From the Framingham Heart Study`: one study, where the phrase ends with it."""
    if start >= len(words) or words[start].folded in _ANY_STUDY:
        return range(0)
    for n in range(start, min(start + 9, len(words))):
        word = words[n]
        if word.starts or not (word.begins_large or word.folded in _WITHIN_STUDY):
            break
        last = n + 1 == len(words) or words[n + 1].starts
        if last and n - start > 1 and word.folded in _STUDIES:
            return range(start, n + 1)
    return range(0)


def _names_someone(word: Word) -> bool:
    """Whether a word may be whom a test is named after; not a people, a country, an acronym."""
    if not word.is_capitalised or len(word.text) < 3:
        return False
    if word.folded.endswith(("an", "ans", "ese", "ish")) or not (word.protected or word.proper):
        return False
    return not is_common(word) if word.protected else word.folded not in _SORTS_OF_SCALES


_SORTS_OF_SCALES: Final = frozenset("likert rasch guttman thurstone alzheimer parkinson".split())
"""Names of which scales of any sort are made."""


def _is_measure(words: Sequence[Word], start: int, n: int) -> bool:
    """`Edinburgh Handedness Inventory`, by a name on the list; the `Stroop test` may be any."""
    named = words[start].proper.isalpha() and words[start + 1].start == words[start].end + 1
    return named and n > start + 1 and words[n].folded in _MEASURES | _MANY_MEASURES - {"index"}


def is_edition_of_test(title: Title, words: Sequence[Word], n: int) -> bool:
    """6.18: `Wechsler Adult Intelligence Scale–Fourth Edition`."""
    if words[n].folded in ("edition", "version", "form") and n > 1:
        n -= 1
    before = words[n - 1]
    gap = title.typed[before.end : words[n].start]
    if gap == "-" and not _is_form(words, n):
        return False  # test-retest reliability
    if n > 1 and gap[:1] == ")" and title.typed[before.start - 1 : before.start] == "(":
        before, gap = words[n - 2], gap[1:]  # `Close Relationships Scale (CRS)-Short Form`
    return before.folded in INSTRUMENTS and gap in ("-", "\u2013", "\u2014")


def _is_form(words: Sequence[Word], n: int) -> bool:
    """Whether a word says which form of a test it is: `Revised`, `Fourth` before `Edition`."""
    following = words[n + 1].folded if n + 1 < len(words) else ""
    return words[n].folded in _FORMS or following in ("edition", "version", "form")


def is_common(word: Word) -> bool:
    """Whether a word is none that anyone would brace as a name, alone."""
    plain = stem(word.folded)[0]
    known = plain in common_words() or plain in FUNCTION_WORDS
    return not word.proper and bool(known or _DERIVED.search(plain))


_TREATMENTS: Final = frozenset("therapy therapies psychotherapy theory disorder disorders".split())


def terms_in_capitals(words: Sequence[Word]) -> Iterator[Word]:
    """6.16: words of therapies, theories and disorders, of which none is a name.

    `Dialectical Behavior Therapy` in a title in sentence case; but `Morita Therapy` is called
    after someone, and the `Eating Disorder Inventory` and the `Institute of Brief Therapy` are
    names.
    """
    for last, word in enumerate(words):
        if word.folded not in _TREATMENTS or not _is_bare_term(word):
            continue
        first = last
        while first and _continues_term(words, first):
            first -= 1
        alone = first == last
        following = words[last + 1] if last + 1 < len(words) else None
        named = following is not None and following.is_capitalised and not following.starts
        if alone or named or _belongs_to_name(words, first):
            continue
        yield from (each for each in words[first : last + 1] if each.is_capitalised)


def _is_bare_term(word: Word) -> bool:
    return word.is_capitalised and not word.protected and not word.italic


def _continues_term(words: Sequence[Word], n: int) -> bool:
    """Whether the word before this one belongs to the same term."""
    before = words[n - 1]
    if words[n].starts:
        return False
    if before.folded == "and" and n > 1:
        return _is_bare_term(words[n - 2]) and _is_part_of_term(words[n - 2])
    return _is_bare_term(before) and _is_part_of_term(before)


def _is_part_of_term(word: Word) -> bool:
    derived = word.folded.endswith(("al", "ic", "ive", "ing", "ed"))
    return is_common(word) or (derived and not word.proper)


def _belongs_to_name(words: Sequence[Word], first: int) -> bool:
    """`Institute of Brief Therapy`, `Access to Brief Therapy`, `Morita Behavior Therapy`."""
    if not first or words[first].starts:
        return False
    before = words[first - 1]
    if before.folded in FUNCTION_WORDS and first > 1:
        before = words[first - 2]
        return before.is_capitalised and not before.starts
    return before.begins_large and not before.starts
