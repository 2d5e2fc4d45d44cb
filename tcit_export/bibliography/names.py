"""Name lists of BibTeX and biblatex -> CSL names.

The grammar is BibTeX's ("Tame the BeaST", section on names; btxdoc, section 4): names are parted
by `and`, a name is `First von Last`, `von Last, First` or `von Last, Jr, First`, braces keep words
together and whole groups literal; `von` is what begins in lower case.  biblatex adds the extended
format `family=..., given=...` (manual, section 3.5) and annotations (section 3.7).  What exporters
make of names (initials run together, CAPITALS, semicolons) is repaired by rules that are named
where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from tcit_export import limits
from tcit_export.bibliography import mistakes
from tcit_export.bibliography.inverted_groups import as_spoken
from tcit_export.bibliography.latex import to_plain
from tcit_export.bibliography.library import Remark
from tcit_export.bibliography.mistakes import short
from tcit_export.bibliography.proper_nouns import common_words
from tcit_export.csl.item import Name
from tcit_export.patterns import late

_AND: Final = re.compile(r"[{}aA](?:(?<=[{}])|(?<![^\s}].)[nN][dD](?![^\s{]))")
_SEPARATORS: Final = re.compile(r"[{}]|;|\\?&")
_COMMA: Final = re.compile(r"[{},]")
_WORD: Final = re.compile(r"[{}]|[\s~]+")
_COMMAND: Final = late(r"\\(?:[A-Za-z]+\s*|.)")
_OTHERS: Final = late(r"(?:others|et[\s~]+al\.?)", re.IGNORECASE)
_ET_AL: Final = late(r",?[\s~]+et[\s~]+al\.?$", re.IGNORECASE)
_EXTENDED: Final = re.compile(
    r"\s*(family|given|prefix|suffix|useprefix|[a-z]+-i|id|hash|gender)\s*="
)
_SUFFIX: Final = re.compile(r"(?:[JjSs][Rr])\.?|[IVX]{2,4}|2nd|3rd|4th|[Jj]unior|[Ss]enior")
_CREDENTIAL: Final = re.compile(
    r"(?:Ph\.?\s?D|Psy\.?\s?D|Ed\.?\s?D|M\.?\s?Sc|D\.?\s?Phil|MPH|MSW|LCSW|ABPP|FRCP|MBBS)\.?"
)
_CREDENTIAL_OR_INITIALS: Final = late(r"(?:[MBJE]\.?\s?[AD]|M\.?\s?S|R\.?\s?N)\.?")
_TITLE: Final = late(r"(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?")
_INITIALS: Final = late(r"(?:[^\W\d_]\.?[\s-]*){1,5}")
_RUN: Final = re.compile(r"[^\W\d_a-z]{1,4}")
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
_GROUP_WORDS: Final = re.compile(
    r"\b(?:Academ(?:y|ies)|Administration|Agency|Archives?|Association|Authority|Bureau|"
    r"Cent(?:er|re)s?|Coalition|Collaboration|Collaborative|Commission|Committee|Company|"
    r"Confederation|Consortium|Corporation|Council|Department|Directorate|Federation|Foundation|"
    r"Government|Hospital|Inc\.?|Initiative|Institutes?|Institution|Laborator(?:y|ies)|Limited|"
    r"LLC|Ltd\.?|Ministry|Museum|Network|Office|Organi[sz]ation|Parliament|Partnership|"
    r"Publishing|Senate|Society|Staff$|Task Force|Universit(?:y|ies)|"
    r"(?:Clinic|Entertainment|Films|Magazine|Media|Studios|Team)$|Working (?:Group|Party))\b"
)
_PERHAPS_GROUP_WORDS: Final = re.compile(
    r"\b(?:Alliance|Board|Church|Colleges?|Conference|Congress|Court|Division|Forum|Group|League|"
    r"Library|Nations|Panel|Press|Program(?:me)?|Project|Research|School|Services?|Sons|Survey|"
    r"Team|Trust|Unions?)\b"
)
_LEGAL_FORM: Final = re.compile(
    r" ?(?:Inc(?:orporated)?|Ltd|Limited|LLC|GmbH|Corp(?:oration)?)\.?", re.IGNORECASE
)
"""What follows the comma of a company: `Gallup, Inc.`."""
_BRACED_CAPITALS: Final = late(r"\{([A-Z]+)\}")
"""`National Center for {PTSD}`."""
_GROUP_JOINTS: Final = late(r"\b(?:of|for|the|The|on|in|to)\b|&")

_PLAIN_PERSON: Final = re.compile(
    r"([A-ZÀ-ÖØ-Þ][a-zß-öø-ž]*[a-z]), "
    r"((?!(?:Ph|Psy|Ed) )[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]*[a-z]|\.)(?: [A-Z]\.)*)"
)
"""`Winnicott, Donald W.`, as most names are: nothing to be repaired, no degree (`Ph D.`)."""
_GLUED_ROLE: Final = re.compile(r"(?<=\.)(?:Editors?|Translators?)$")
"""`Lewis, M.Editor`: publishers' sites glue the role to the last initial."""


class NameList(NamedTuple):
    """The names of a field; `others` where it ends in `and others`."""

    names: tuple[Name, ...]
    others: bool = False
    remarks: tuple[Remark, ...] = ()


# ---------------------------------------------------------------- the list


def parse_names(value: str) -> NameList:
    """The names of an `author`, `editor`, ... field (LaTeX not yet decoded)."""
    remarks: list[Remark] = []
    pieces = [piece.strip() for piece in _split(_AND, value)]
    if len(pieces) == 1:
        pieces = _unwrapped_list(pieces[0], remarks)
    if len(pieces) > limits.BIBTEX_NAMES:
        message = f"this field has {len(pieces):,} names"
        remarks.append(Remark(mistakes.TOO_MANY_NAMES, message))
        del pieces[limits.BIBTEX_NAMES :]
    if not all(pieces) and value.strip():
        remarks.append(Remark(mistakes.EMPTY_NAME, "an `and` has no name on one side"))
    others = False
    names: list[Name] = []
    for piece in _rejoined([piece for piece in pieces if piece]):
        perhaps = piece.lower().endswith(("others", "al", "al.", "}"))
        if perhaps and _OTHERS.fullmatch(_unbraced(piece)):
            others = True
            continue
        if perhaps and (cut := _ET_AL.search(piece)):
            piece, others = piece[: cut.start()], True
        found, said = _read(piece)
        names.extend(found)
        remarks.extend(said)
    return NameList(tuple(names), others, tuple(dict.fromkeys(remarks)))


@lru_cache(maxsize=8_192)
def _read(piece: str) -> tuple[tuple[Name, ...], tuple[Remark, ...]]:
    """The names of a piece, and what is wrong with them; people stand in many entries."""
    if (plain := _PLAIN_PERSON.fullmatch(piece)) and not as_spoken(piece):
        return (Name(plain[1], plain[2]),), ()
    remarks: list[Remark] = []
    return tuple(name for name in _names(piece, remarks) if _shown(name)), tuple(remarks)


def split_list(value: str) -> tuple[str, ...]:
    """A biblatex literal list (`publisher`, `location`, `institution`, `language`) at `and`.

    The parts are LaTeX still, without braces around the whole of one.
    """
    pieces = (_unbraced(piece.strip()) for piece in _split(_AND, value))
    return tuple(piece for piece in pieces if piece)


def parse_annotations(value: str) -> Mapping[int, tuple[str, ...]]:
    """`author+an = {1=corresponding; 2="@user"}`: annotations by position from 1 (0: the field).

    Annotations of a part of a name (`1:family=...`) count for the name.
    """
    found: dict[int, tuple[str, ...]] = {}
    for part in _outside_quotes(value, ";"):
        position, equals, annotations = part.partition("=")
        number = position.split(":")[0].strip()
        if not equals or not (number.isdecimal() or not number) or len(number) > 6:
            continue
        words = tuple(
            to_plain(word.strip().strip('"')).text for word in _outside_quotes(annotations, ",")
        )
        index = int(number) if number else 0
        found[index] = found.get(index, ()) + tuple(word for word in words if word)
    return found


def _outside_quotes(text: str, separator: str) -> list[str]:
    return re.findall(rf'(?:[^{separator}"]|"[^"]*"?)+', text)


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text between matches of a pattern outside braces."""
    if "{" not in text and "}" not in text and "\\" not in text:
        return pattern.split(text)
    parts: list[str] = []
    depth = start = 0
    for found in pattern.finditer(text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and not text.startswith("\\", found.start() - 1, found.start()):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _braced(text: str) -> bool:
    """Whether one brace group is the whole text."""
    if not (text.startswith("{") and text.endswith("}")) or text.startswith("{\\"):
        return False
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return position == len(text) - 1
    return False


def _unbraced(text: str) -> str:
    while _braced(text):
        text = text[1:-1].strip()
    return text


def _unwrapped_list(piece: str, remarks: list[Remark]) -> list[str]:
    """`{{Smith, John and Doe, Jane}}`: a list of persons in a group's braces, by its commas."""
    if not _braced(piece):
        return [piece]
    inner = [part.strip() for part in _split(_AND, _unbraced(piece))]
    if len(inner) > 1 and all(len(_split(_COMMA, part)) == 2 for part in inner):
        message = "the whole list of names is in braces, which makes it one group"
        remarks.append(Remark(mistakes.MISREAD_NAME, message, ("take the inner braces away",)))
        return inner
    return [piece]


def _rejoined(pieces: Sequence[str]) -> Iterator[str]:
    """`Centers for Disease Control and Prevention`, unbraced: the single word belongs to it."""
    waiting = ""
    for index, piece in enumerate(pieces):
        if index and _ends_group(pieces[index - 1], piece):
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else ""
        if following and _ends_group(piece, following):
            yield f"{piece} and {following}"
        elif following and _names_things(piece) and _is_group(following):
            waiting = f"{piece} and "
        else:
            yield waiting + piece
            waiting = ""


def _ends_group(group: str, piece: str) -> bool:
    """`Control and Prevention`; `for Marriage and Family Therapy`, whose words name no one."""
    if "," in piece or "{" in piece:
        return False
    if _is_lone_word(piece):
        return _is_group(group)
    field = " of " in group or " for " in group
    return field and _names_things(piece) and not _is_group(piece) and _is_group(group)


def _names_things(piece: str) -> bool:
    """Whether a piece is no person but what a group deals with: `Substance Abuse`."""
    words = [] if "," in piece else piece.lower().split()
    return len(words) > 1 and all(word in common_words() for word in words)


def _shown(name: Name) -> bool:
    return bool(name.family or name.given or name.literal)


def _is_lone_word(piece: str) -> bool:
    return piece.isalpha() and piece[0].isupper() and not piece.isupper()


def _is_group(text: str) -> bool:
    """Whether an unbraced name is a group's, by its words: `Department of ...`."""
    if "," in text and _LEGAL_FORM.fullmatch(text.rpartition(",")[2]):
        return True
    if len(text) > 1_000 or " " not in text or text[0] == "{":
        return False
    if "{" in text:
        text = _BRACED_CAPITALS.sub(r"\1", text)
        if "{" in text:
            return False
    first = text.split(",")[0]
    if first != text and len(first.split()) < 3:
        return False
    return bool(
        _GROUP_WORDS.search(first)
        or (_PERHAPS_GROUP_WORDS.search(first) and _GROUP_JOINTS.search(first))
    )


def _names(piece: str, remarks: list[Remark]) -> Iterator[Name]:
    """One piece between two `and`s: a name, or several with wrong separators."""
    if _braced(piece):
        yield _literal(piece)
        return
    parts = _wrongly_separated(piece)
    if len(parts) > 1:
        hint = "write `and` between the names"
        shown = short(to_plain(piece).text)
        remarks.append(
            Remark(mistakes.WRONG_NAME_SEPARATOR, f"`{shown}` seems to be several names", (hint,))
        )
    for part in parts:
        if name := _name(_LAST_STOP_OF_PERSON.sub("", part), remarks):
            yield name


def _wrongly_separated(piece: str) -> list[str]:
    """Names parted by semicolons, ampersands or commas, as some exporters have it."""
    parts = [part.strip() for part in _split(_SEPARATORS, piece)]
    if len(parts) > 1 and all(map(_may_be_person, parts)):
        return [name for part in parts for name in _wrongly_separated(part.strip(" ,"))]
    commas = [part.strip() for part in _split(_COMMA, piece)]
    if len(commas) < 3 or not all(commas) or any(_EXTENDED.match(part) for part in commas):
        return [piece]
    if len(commas) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in commas[1::2]):
        return [f"{commas[n]}, {commas[n + 1]}" for n in range(0, len(commas), 2)]
    if all(len(_split(_WORD, part)) > 1 for part in commas) and not _SUFFIX.fullmatch(commas[1]):
        return commas
    return [piece]


def _may_be_person(part: str) -> bool:
    words = part.strip(" ,").split()
    return bool(words) and not _is_group(part) and ("," in part or len(words) > 1)


# ---------------------------------------------------------------- one name


def _name(piece: str, remarks: list[Remark]) -> Name | None:
    piece = _without_life(_GLUED_ROLE.sub("", piece))
    if group := piece if _is_group(piece) else as_spoken(piece):
        return _unbraced_group(group, remarks)
    parts = [part.strip() for part in _split(_COMMA, piece)]
    if any(_EXTENDED.match(part) for part in parts):
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
            if _SUFFIX.fullmatch(third) and not _SUFFIX.fullmatch(second):
                second, third = third, second
            return _person(last, third, second)
        case _:
            shown = short(to_plain(piece).text)
            remarks.append(Remark(mistakes.MISREAD_NAME, f"`{shown}` has more than two commas", ()))
            return _literal(piece)


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
        likely = len(parts) > 2 and not _SUFFIX.fullmatch(parts[1])
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


def _literal(text: str) -> Name:
    """A group (APA 7, section 9.11), except initials after a comma: `{Smith, John A.}`."""
    inner = _unbraced(text.strip())
    last, comma, given = inner.partition(",")
    company = _LEGAL_FORM.fullmatch(given) is not None
    if comma and " " not in last.strip() and not company:
        given = given.strip()
        if _dotted(given) or (given.endswith(".") and _GIVEN_AND_INITIALS.fullmatch(given)):
            return _person(last, given, "")
    person = None if comma or "." not in inner else _BRACED_PERSON.fullmatch(inner)
    if person:
        return _person(person["last"] or person["name"], person["behind"] or person["before"], "")
    text = _LAST_STOP.sub("", to_plain(inner).text.strip())
    return Name(literal=as_spoken(text) or text)


_LAST_STOP: Final = late(r"(?<=[a-z]{4})\.$")
_LAST_STOP_OF_PERSON: Final = re.compile(r"(?<=[a-z]{2})(?<! Inc)(?<! Ltd)(?<!Corp)\.$")
"""Catalogues end headings with a full stop, which is none of an abbreviation (`Inc.`)."""


def _dotted(text: str) -> bool:
    return "." in text and _INITIALS.fullmatch(text) is not None


def _words(text: str) -> list[str]:
    """Words at blanks and ties outside braces."""
    return [word for word in _split(_WORD, text) if word]


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
    if len(words) > 2 and _TITLE.fullmatch(words[0]):
        words = words[1:]
    while len(words) > 2 and _CREDENTIAL.fullmatch(words[-1]):
        words.pop()
    suffix = ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if _initials_last(words):
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
    braced = _braced(last.strip())
    count = 0 if braced else _particle_length(words)
    particle = _plain(" ".join(words[:count]))
    family = _plain(_unbraced(" ".join(words[count:]))).strip()
    head, blank, tail = family.rpartition(" ")
    if given and not suffix and blank and _SUFFIX.fullmatch(tail):
        family, suffix = head, tail  # `Tate IV, William F.`, as Zotero's users type it
    given_words = _words(given)
    if not suffix and len(given_words) > 1 and _SUFFIX.fullmatch(given_words[-1].strip("{}")):
        suffix = given_words.pop()
    given_words, trailing = _trailing_particle(given_words)
    # CSL 1.0.2, "Names": `von` is dropped where the family name stands alone, `van der` is not.
    dropping = trailing if trailing.split()[:1] in _DROPPED_PARTICLES else ""
    particle = particle or ("" if dropping else trailing)
    given_text = _NO_PART_OF_A_NAME.sub("", _plain(" ".join(given_words))).strip()
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


# ---------------------------------------------------------------- initials and CAPITALS


def _spaced_initials(given: str) -> str:
    """APA 7, section 9.8: initials stand apart. `A.J.J.M.`, `AJJM` -> `A. J. J. M.`"""
    words = _AFTER_STOP.sub(". ", given).split()
    return " ".join(_initials(word) for word in words)


def _initials(word: str) -> str:
    if "-" in word and all(len(part.rstrip(".")) == 1 for part in word.split("-")):
        return "-".join(f"{part.rstrip('.')}." for part in word.split("-"))
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
