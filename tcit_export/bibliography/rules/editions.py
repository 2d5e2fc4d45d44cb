"""Editions in any spelling (APA 7, section 9.19): `Second`, `2nd edn`, `5th ed., text rev.`"""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.roman import from_roman
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.patterns import late

_ORDINAL_WORDS: Final = {
    word: str(number)
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        start=1,
    )
}
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40}
_WORD_FOR_EDITION: Final = late(
    r"[\s,]*\b(?:edition|edn|ed(?:i|it|iti|itio)?|aufl(?:age)?|éd(?:ition)?|dr(?:uk)?|editie|edici[óo]n|"
    r"edizione|edição)\b\.?$",
    re.IGNORECASE,
)
_NUMBER: Final = late(r"(\d{1,3})\s*\.?(?:st|nd|rd|th|ª|º|a|o|e|er|ème)?\.?")
_ROMAN: Final = frozenset("II III IV V VI VII VIII IX X XI XII".split())
_NO_EDITION: Final = late(
    r"(?:kindle|paperback|pbk\.?|softcover|hardcover|hardback|e-?book|print|reprint(?:ed)?|"
    r"reissued?|original)"
    r"(?: ed(?:ition|n)?\.?)?|"
    r"\[?(?:\d+\. ?|(?:first|1st) )?(?:\[?(?:unver[äa]nd(?:ert\w*|\.)? )?(?:nachdr(?:uck)?|repr|"
    r"print|printing|pr|publ|published|issued)\b[.,\]]*(?: in (?:paperback|great britain|the uk|"
    r"the united states)\.?)?|(?:orig(?:inal)?|taschenbuch)\.?-?ausg(?:abe)?)\.?\]?",
    re.IGNORECASE,
)
"""What a copy is bound as or read on; APA 7 has no place for it (10.2).

Nor for the printings that libraries count: `Nachdr.`, `1. publ`, `5. print`."""
_FIRST_OF_PRESS: Final = late(r"^(?:1st|first|1\.) | (?:paperback|pbk\.?|trade)\b.*$", re.I)
_PRINTING_END: Final = late(
    r"(\b(?:ed(?:ition|n)?|aufl(?:age)?)\b\.?),? [\[(]?(?:(?:\d+(?:st|nd|rd|th|\.)|\w+) )?"
    r"(?:nachdr(?:uck)?|repr(?:int(?:ed|ing)?)?|print(?:ing)?)\b[.\])]*$",
    re.IGNORECASE,
)
"""`2nd ed., repr.`: the edition counts, the printing does not."""
_REPRINT_OF: Final = late(
    r"^(?:softcover|paperback|hardcover)? ?reprint of (?:the )?(?:original )?", re.IGNORECASE
)
_GERMAN: Final = late(
    r"(\d{1,2})(?:\.|(?:st|d)?e)?,? .*\b(?:aufl(?:age)?|dr(?:uk)?|editie|uitgave)\b\.?",
    re.IGNORECASE,
)
"""`4., überarb. Aufl.`, and in Dutch `3e herz. dr.`"""
_ROMANCE: Final = late(
    r"(\d{1,2})(?:[eaªº]|[èe]me)\.? [ée]d(?:ition|ici[óo]n|izione|ição)?\b\.?,? .+", re.IGNORECASE
)
"""`2e éd. revue et augmentée`, `3a ed. rev.`"""
_YEAR_OF_EDITION: Final = late(
    r"(\b(?:ed(?:n|ition)?|aufl(?:age)?)\b\.?),? (?:19|20)\d\d(?: ed(?:ition|\.)?)?$", re.IGNORECASE
)
"""`2nd ed. 2017`, as Springer and booksellers have it: the year stands in front."""


_FRENCH: Final = late(
    r"^(?:nouvelle |nouv\. )?éd(?:ition|\.)? (?:rev(?:ue|\.)).*$|"
    r"^(?:nouvelle|nouv\.) éd(?:ition\b|\.)",
    re.IGNORECASE,
)
"""`Nouvelle éd.`, `Éd. revue et augmentée`: no number, and a word for edition already."""


def set_edition(record: Record, edition: str) -> None:
    """9.19: `2`, `2nd`, `Second`, `2nd ed.` are all 2; a free wording keeps its words."""
    if not edition:
        return
    edition = _REPRINT_OF.sub("", edition)
    edition = _PRINTING_END.sub(r"\1", _YEAR_OF_EDITION.sub(r"\1", edition))
    if not edition or _NO_EDITION.fullmatch(edition):
        return
    number = edition_number(edition)
    if not number and _names_press(edition, record):
        return
    if number == "1":
        return  # a first edition is not mentioned
    record.put("edition", number or _phrase(edition))


def _names_press(edition: str, record: Record) -> bool:
    """`1st Vintage Books ed`: the first of its publisher, as libraries put it, and no edition."""
    core = _FIRST_OF_PRESS.sub("", _WORD_FOR_EDITION.sub("", edition))
    named, press = fold(core), fold(record.text("publisher"))
    if not named or not core[0].isupper() or not press.startswith(named):
        return False
    return " " in core or press[len(named) :] in ("", "books", "press", "publishing")


def edition_number(text: str) -> str:
    """The number of an edition in any spelling, or nothing if it says more than a number."""
    core = _WORD_FOR_EDITION.sub("", text.strip()).strip()
    tens, _, unit = core.lower().rpartition("-")
    word = _ORDINAL_WORDS.get(unit if tens in _TENS else core.lower())
    if word:
        return str(_TENS.get(tens, 0) + int(word))
    found = _NUMBER.fullmatch(core)
    if found:
        return found.group(1)
    return str(from_roman(core)) if core in _ROMAN else ""


def _phrase(text: str) -> str:
    """`5th ed., text rev.`, `Rev. ed.`, `2nd, revised`: as APA abbreviates it."""
    if foreign := _GERMAN.fullmatch(text) or _ROMANCE.fullmatch(text):
        return f"{_ordinal(foreign[1])} {'rev. ' if re.search('arb|herz|rev|riv', text) else ''}ed."
    text = _FRENCH.sub("Rev. ed." if "rev" in text[:14].lower() else "New ed.", text, count=1)
    phrase = re.sub(r"\s+(?:edition|edn|ed)\b\.?", " ed.", text, flags=re.IGNORECASE)
    phrase = re.sub(r"^(\d{1,2})\. (?=[A-Z])", lambda found: f"{_ordinal(found[1])} ", phrase)
    for word, number in _ORDINAL_WORDS.items():
        phrase = re.sub(rf"\b{word}\b", _ordinal(number), phrase, flags=re.IGNORECASE)
    phrase = re.sub(r"\brevised\b\.?|(?<=text )revision\b", "rev.", phrase, flags=re.IGNORECASE)
    phrase = re.sub(r"(?<=, )Text(?= rev\.)|(?<=\d[a-z]{2} )Anniversary\b", _small, phrase)
    phrase = re.sub(r"[()]", "", phrase)
    phrase = phrase[:1].upper() + phrase[1:]
    if re.fullmatch(r"Rev\.(?: ed\.)?", phrase):
        return "Rev. ed."
    if told := re.fullmatch(r"(\d+(?:st|nd|rd|th))(,?) rev\.(?: ed\.)?", phrase):
        return f"{told[1]} ed., rev." if told[2] else f"{told[1]} rev. ed."
    if re.search(r" ed\.$", phrase) and not re.search(r" ed\..* ed\.$", phrase):
        return phrase  # `3rd digital ed.` says it all
    return _parted(phrase)


def _small(found: re.Match[str]) -> str:
    return found[0].lower()


def _parted(phrase: str) -> str:
    """The edition, then what it was: `2nd ed., rev. and enl.`; `Global ed.`"""
    numbered = re.fullmatch(
        r"(\d+(?:st|nd|rd|th))"
        r"(?: ed\.[,;]?|[,;]| (?=\S+ and (?:\w+ed\b|rev|enl|aug|corr|exp|upd)))\s*(.+?)(?: ed\.)?",
        phrase,
    )
    if numbered and not re.match(r"(?:ed|international)\b", numbered.group(2), re.IGNORECASE):
        return f"{numbered.group(1)} ed., {numbered.group(2)}"
    if not re.search(r"\b(ed|version|vers)\b|\brev\.$", phrase, re.IGNORECASE):
        return f"{phrase} ed."
    return f"{phrase} ed." if re.match(r"\d+(?:st|nd|rd|th) [^,]*rev\.$", phrase) else phrase


def _ordinal(number: str) -> str:
    last = "" if number[-2:] in ("11", "12", "13") else number[-1]
    return number + {"1": "st", "2": "nd", "3": "rd"}.get(last, "th")
