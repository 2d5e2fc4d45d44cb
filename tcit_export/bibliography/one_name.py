"""One name of BibTeX or biblatex as CSL's: its parts, its initials, its CAPITALS (APA 7, 9.8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tcit_export.bibliography import mistakes
from tcit_export.bibliography.group_names import LEGAL_FORM, is_group
from tcit_export.bibliography.inverted_groups import as_spoken
from tcit_export.bibliography.latex import to_plain
from tcit_export.bibliography.library import Remark
from tcit_export.bibliography.mistakes import short
from tcit_export.bibliography.name_syntax import COMMA, WORD, is_braced, split, unbraced
from tcit_export.bibliography.proper_nouns import proper_nouns
from tcit_export.csl.item import Name
from tcit_export.patterns import late

_COMMAND: Final = late(r"\\(?:[A-Za-z]+\s*|.)")
EXTENDED: Final = re.compile(
    r"\s*(family|given|prefix|suffix|useprefix|[a-z]+-i|id|hash|gender)\s*="
)
SUFFIX: Final = re.compile(r"(?:[JjSs][Rr])\.?|[IVX]{2,4}|2nd|3rd|4th|[Jj]unior|[Ss]enior")
_CREDENTIAL: Final = re.compile(
    r"(?:Ph\.?\s?D|Psy\.?\s?D|Ed\.?\s?D|M\.?\s?Sc|D\.?\s?Phil|MPH|MSW|LCSW|ABPP|FRCP|MBBS)\.?"
)
_CREDENTIAL_OR_INITIALS: Final = late(r"(?:[MBJE]\.?\s?[AD]|M\.?\s?S|R\.?\s?N)\.?")
_TITLE: Final = late(r"(?:(?:Dr|Prof|Professor|Rev|Reverend|Mr|Mrs|Ms)\.?|Sir|Dame)")
_TITLES_BEFORE: Final = late(r"^(?:(?:Dr|Prof|Rev|Mr|Mrs|Ms)\.\s*)+(?=\S)")
"""9.8: titles are no part of a name: `Lund, Dr. Eva`."""
INITIALS: Final = late(r"(?:[^\W\d_]\.?[\s-]*){1,5}")
_RUN: Final = re.compile(r"[^\W\d_a-z]{1,4}")
_HYPHENED_RUN: Final = late(r"[A-Z]{2}-[A-Z]")
"""`NH-Y`, as Cochrane has it, is N. H.-Y."""
_SHORT_NAME: Final = late(
    r"[^AEIOU][AEIOUY][^AEIOU]|[^AEIOU][AEIOU][AEIOUY]|[AEIOU]{2}[^AEIOU]|.(.)\1|[AEIOU].[AEIOUY]"
)
"""Three capitals that can be spoken: TIM, WEI, IAN, ANN, AMY; but not AJM."""
_NO_PART_OF_A_NAME: Final = re.compile(r"\s*\([^()]*\)|(?<=[^\W\d_])[\d*†‡]+$|(?<=\.)[\d,*†‡]+$")
"""Nicknames in parentheses, and the marks of affiliations and footnotes."""
_AFTER_STOP: Final = re.compile(r"\.(?=[^\W\d_])")
_MIXED_CAPITALS: Final = re.compile(
    r"(?:Mc|Mac|Fitz|O[\u2019']|D[\u2019']|De|Di|La|Le|Van|St)[A-Z]{2,}$"
)
_SUFFIXES: Final = {
    "jr": "Jr.", "junior": "Jr.", "sr": "Sr.", "senior": "Sr.", "2nd": "II", "3rd": "III",
    "4th": "IV",
}  # fmt: skip
_PARTICLES: Final = frozenset(
    """af al am auf aus'm av da das de degli dei del dela della dello den der des di do dos du el
    in la las le les lo los of op 't ten ter til ul und van vander vom von vor zu zum zur y bin ibn
    abu ben bint""".split()
)
_DROPPED_PARTICLES: Final = (["von"], ["vom"], ["zu"], ["zum"], ["zur"])
_GLUED_ROLE: Final = re.compile(r"(?<=\.)(?:Editors?|Translators?)$")
"""`Lewis, M.Editor`: publishers' sites glue the role to the last initial."""


def read_name(piece: str, remarks: list[Remark]) -> Name | None:
    """A person's or a group's name without `and`; None where nothing of it is left."""
    piece = _without_life(_GLUED_ROLE.sub("", piece))
    if group := piece if is_group(piece) else as_spoken(piece):
        return _unbraced_group(group, remarks)
    parts = [part.strip() for part in split(COMMA, piece)]
    if any(EXTENDED.match(part) for part in parts):
        return _extended(parts, remarks)
    parts = _without_credentials([part for part in parts if part])
    match parts:
        case []:
            return None
        case [whole]:
            return _given_first(whole)
        case [whole, suffix] if " " in whole and re.fullmatch(r"[JS]r\.?|III?", suffix):
            return _given_first(f"{whole} {suffix}")
        case [last, given]:
            return _person(last, given, "")
        case [last, second, third]:
            if SUFFIX.fullmatch(third) and not SUFFIX.fullmatch(second):
                second, third = third, second
            return _person(last, third, second)
        case _:
            shown = short(to_plain(piece).text)
            remarks.append(Remark(mistakes.MISREAD_NAME, f"`{shown}` has more than two commas", ()))
            return literal(piece)


_LIFE: Final = re.compile(
    r"(?:\s*\([^()]*\))?,?\s*(?:(?:b|d|ca|fl|active|approximately|born|died)\.?\s*)?"
    r"\d{4}\??(?:\s*-{1,2}\s*(?:(?:ca|approximately)\.?\s*)?(?:\d{4})?|\s*\u2013\s*(?:\d{4})?)?[.,]*"
    r"(?P<role>(?:\s+|,\s*)\(?(?:author|editor|translator|compiler|creator)\)?[.,]*)?$"
)
"""`Freud, Sigmund, 1856-1939.`: catalogues tell namesakes apart by their years."""
_RELATOR: Final = re.compile(r",\s*\(?(?:author|editor|translator|compiler|creator)\)?\.?$")
"""What catalogues say that a person did: `Stern, Daniel N., author.`"""


def _without_life(piece: str) -> str:
    """9.8: a name without the years of a life and the word for a role, which are no part of it."""
    if "," not in piece or len(piece) > 200:
        return piece
    if piece[-1] in ".)-0123456789r" and (found := _LIFE.search(piece) or _RELATOR.search(piece)):
        return piece[: found.start()]
    return piece


def _unbraced_group(piece: str, remarks: list[Remark]) -> Name:
    text = to_plain(piece).text
    hint = f"give it braces of its own: `{{{short(text)}}}`"
    remarks.append(Remark(mistakes.MISREAD_NAME, f"`{short(text)}` seems to be a group", (hint,)))
    return Name(literal=text)


def _without_credentials(parts: list[str]) -> list[str]:
    """APA 7, section 9.8: academic credentials (`, PhD`) are no part of a name.

    `MD` or `B. A.` may be initials, unless given names stand before it.
    """
    while len(parts) > 1:
        surely = _CREDENTIAL.fullmatch(parts[-1])
        likely = len(parts) > 2 and not SUFFIX.fullmatch(parts[1])
        if not surely and not (likely and _CREDENTIAL_OR_INITIALS.fullmatch(parts[-1])):
            break
        parts = parts[:-1]
    return parts


_GIVEN_AND_INITIALS: Final = late(r"[^\W\d_]+(?:-[^\W\d_]+)?(?: [A-Z]\.)+")
_BRACED_PERSON: Final = late(
    r"(?P<last>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) (?!U\.|D\.C)(?P<behind>(?:[A-Z]\.-?){1,4})|"
    r"(?P<before>(?:[A-Z]\. ?){1,3}) (?P<name>[A-Z][a-z'’-]+)"
)
"""`{Larsen M.T.}`, as Ovid exports all its authors, and `{M. Larsen}`: no groups."""


def literal(text: str) -> Name:
    """A group (APA 7, section 9.11), except initials after a comma: `{Smith, John A.}`."""
    inner = unbraced(text.strip())
    last, comma, given = inner.partition(",")
    company = LEGAL_FORM.fullmatch(given) is not None
    if comma and " " not in last.strip() and not company:
        given = given.strip()
        if (
            _dotted(given)
            or (given.endswith(".") and _GIVEN_AND_INITIALS.fullmatch(given))
            or given.lower() in proper_nouns().given
        ):
            return _person(last, given, "")
    person = None if comma or "." not in inner else _BRACED_PERSON.fullmatch(inner)
    if person:
        return _person(person["last"] or person["name"], person["behind"] or person["before"], "")
    text = _LAST_STOP.sub("", to_plain(inner).text.strip())
    return Name(literal=as_spoken(text) or text)


_LAST_STOP: Final = late(r"(?<=[a-z]{4})\.$")


def _dotted(text: str) -> bool:
    return "." in text and INITIALS.fullmatch(text) is not None


def _words(text: str) -> list[str]:
    """Words at blanks and ties outside braces."""
    return [word for word in split(WORD, text) if word]


def _is_lower(word: str) -> bool:
    """BibTeX: whether a word's first letter outside plain braces is lower case."""
    text = word
    if text.startswith("{\\"):
        text = to_plain(word).text
    elif text.startswith("{"):
        return False
    elif text.startswith("\\"):
        text = to_plain(word).text or _COMMAND.sub("", text)
    for character in text:
        if character.isalpha():
            return character.islower()
    return False


_CAPITAL_PARTICLES: Final = frozenset(
    "De Del Della Des Di Du La Le Van Vande Vander Von Zu Ter Ten Dos Ní Nic Uí Ó St St.".split()
)
"""What families begin with that write it with a capital: `Robert De Niro`, `Eva St. John`."""


def _given_first(whole: str) -> Name:
    """`First von Last`; and `Last FM`, as PubMed has it."""
    words = _words(whole)
    while len(words) > 2 and _TITLE.fullmatch(words[0]):
        words = words[1:]
    while len(words) > 2 and _CREDENTIAL.fullmatch(words[-1]):
        words.pop()
    suffix = ""
    if len(words) > 2 and SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if _initials_last(words) or (len(words) == 2 and _dotted(words[1]) and len(words[0]) > 2):
        return _person(" ".join(words[:-1]), words[-1], suffix)
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower and len(words) > 2:
        lower = [n for n, word in enumerate(words[:-1]) if n and word in _CAPITAL_PARTICLES]
    if lower and len(lower) == len(words) - 1 and not _PARTICLES.intersection(words):
        lower = [] if _is_lower(words[-1]) else lower  # `bell hooks`
    if lower:
        first, last = lower[0], lower[-1] + 1
        given, family = words[:first], words[first:last] + words[last:]
    else:
        given, family = words[:-1], words[-1:]
    return _person(" ".join(family), " ".join(given), suffix)


def _initials_last(words: Sequence[str]) -> bool:
    """`Norcross JC`: a surname and initials in the order of PubMed and Vancouver."""
    if len(words) < 2 or not re.fullmatch(r"[A-Z]{1,3}", words[-1]):
        return False
    return all(len(word) > 2 and not word.isupper() and "." not in word for word in words[:-1])


def _extended(parts: Sequence[str], remarks: list[Remark]) -> Name:
    """biblatex's `family=Kolk, given=Bessel, prefix=van der, useprefix=true`."""
    values: dict[str, str] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        if equals:
            values[key.strip()] = value.strip().strip('"')
        else:
            message = f"`{short(to_plain(part).text)}` is no `part=value` of a name"
            remarks.append(Remark(mistakes.MISREAD_NAME, message))
    name = _person(values.get("family", ""), values.get("given", ""), values.get("suffix", ""))
    prefix = to_plain(values.get("prefix", "")).text
    if not prefix:
        return name
    if values.get("useprefix", "true").lower() == "false":
        return replace(name, dropping_particle=prefix)
    return replace(name, non_dropping_particle=prefix)


def _person(last: str, given: str, suffix: str) -> Name:
    """A person from BibTeX's parts; `last` may begin with the particle."""
    words = _words(last)
    braced = is_braced(last.strip())
    count = 0 if braced else _particle_length(words)
    particle = _plain(" ".join(words[:count]))
    family = _plain(unbraced(" ".join(words[count:]))).strip()
    head, blank, tail = family.rpartition(" ")
    if given and not suffix and blank and SUFFIX.fullmatch(tail):
        family, suffix = head, tail  # `Tate IV, William F.`, as Zotero's users type it
    given_words = _words(given)
    if not suffix and len(given_words) > 1 and SUFFIX.fullmatch(given_words[-1].strip("{}")):
        suffix = given_words.pop()
    given_words, trailing = _trailing_particle(given_words)
    # CSL 1.0.2, "Names": `von` is dropped where the family name stands alone, `van der` is not.
    dropping = trailing if trailing.split()[:1] in _DROPPED_PARTICLES else ""
    particle = particle or ("" if dropping else trailing)
    given_text = _NO_PART_OF_A_NAME.sub("", _plain(" ".join(given_words))).strip()
    given_text = _TITLES_BEFORE.sub("", given_text) if "." in given_text[2:5] else given_text
    if _in_capitals(family, given_text):
        family, capital_particle = _from_capitals(family)
        particle = particle or capital_particle
        given_text = _given_from_capitals(given_text)
    elif _MIXED_CAPITALS.match(family):
        family, _ = _from_capitals(family)
    return Name(
        family=family,
        given=_spaced_initials(given_text),
        non_dropping_particle=particle,
        dropping_particle=dropping,
        suffix=_suffix(_plain(suffix)),
        parse_names=not braced,
    )


def _plain(text: str) -> str:
    return to_plain(text).text if text else ""


def _particle_length(words: Sequence[str]) -> int:
    """How many leading words are the particle: up to the last lower-case one before the family."""
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    return lower[-1] + 1 if lower and _is_lower(words[0]) else 0


def _trailing_particle(words: list[str]) -> tuple[list[str], str]:
    """`Kolk, Bessel van der`: a particle behind the given names, as catalogues have it."""
    count = 0
    while count < len(words) - 1 and words[-1 - count].lower() in _PARTICLES:
        if not _is_lower(words[-1 - count]):
            break
        count += 1
    if count == 0:
        return words, ""
    return words[:-count], to_plain(" ".join(words[-count:])).text


def _suffix(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    if re.fullmatch(r"[ivx]+", text, re.IGNORECASE):
        return text.upper()
    return _SUFFIXES.get(text.rstrip(".").lower(), text)


def _spaced_initials(given: str) -> str:
    """APA 7, section 9.8: initials stand apart. `A.J.J.M.`, `AJJM` -> `A. J. J. M.`"""
    words = _AFTER_STOP.sub(". ", given).split()
    return " ".join(_initials(word) for word in words)


def _initials(word: str) -> str:
    if "-" in word and all(len(part.rstrip(".")) == 1 for part in word.split("-")):
        return "-".join(f"{part.rstrip('.')}." for part in word.split("-"))
    if "-" in word and _HYPHENED_RUN.fullmatch(word):
        return f"{' '.join(f'{letter}.' for letter in word[:-2])}-{word[-1]}."
    if _RUN.fullmatch(word) and word.isupper():
        return " ".join(f"{letter}." for letter in word)
    return word


def _in_capitals(family: str, given: str) -> bool:
    letters = [character for character in family if character.isalpha()]
    return len(letters) > 1 and bool(given) and family.isupper()


def _from_capitals(family: str) -> tuple[str, str]:
    """`VAN DER BERG` -> Berg with its particle; `McDONALD`, `O'BRIEN`, `SMITH-JONES`."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count].lower() in _PARTICLES and words[count].isupper():
        count += 1
    rest = " ".join(_capitalised(word) for word in words[count:])
    return rest, " ".join(word.lower() for word in words[:count])


def _capitalised(word: str) -> str:
    """First letters capital: also behind hyphens, apostrophes and `Mc`."""
    if prefix := re.match(r"(?:Mc|Mac|Fitz|De|Di|La|Le|Van|St)(?=[A-Z]{2,}$)", word):
        return prefix[0] + word[prefix.end() :].capitalize()
    if re.match(r"MC[B-DF-HJ-NP-TV-Z]", word) or re.match(r"MC[AEIOU]\w{3,}", word):
        return "Mc" + word[2:].capitalize()
    if word.startswith("IJ") and word.isalpha():
        return f"IJ{word[2:].lower()}"  # one letter in Dutch
    return "".join(
        part if part in "-\u2019'." else part.capitalize()
        for part in re.split(r"([-\u2019'.])", word)
        if part
    )


def _given_from_capitals(given: str) -> str:
    """`JOHN A.` -> `John A.`; short runs that cannot be spoken stay initials."""
    words = given.split()
    return " ".join(_given_word(word) if word.isupper() else word for word in words)


def _given_word(word: str) -> str:
    letters = re.sub(r"[^\w]", "", word)
    if "." in word or len(letters) < 3:
        return word
    if len(letters) == 3 and not _SHORT_NAME.fullmatch(letters):
        return word
    return _capitalised(word)
