"""Which names without braces are those of groups, by their words (APA 7, section 9.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tcit_export.bibliography.proper_nouns import common_words
from tcit_export.patterns import late

_GROUP_WORDS: Final = re.compile(
    r"\b(?:Academ(?:y|ies)|Administration|Agency|Archives?|Association|Authority|Bureau|"
    r"Cent(?:er|re)s?|Coalition|Collaboration|Collaborative|Commission|Committee|Company|"
    r"Confederation|Consortium|Corporation|Council|Department|Directorate|Federation|Foundation|"
    r"Government|Hospital|Inc\.?|Initiative|Institutes?|Institution|Laborator(?:y|ies)|Limited|"
    r"LLC|Ltd\.?|Ministry|Museum|Network|Office|Organi[sz]ation|Parliament|Partnership|"
    r"Publishing|Senate|Society|Staff$|Task Force|Universit(?:y|ies)|"
    r"(?:Clinic|Collaborators|Entertainment|Films|Group|Investigators|"
    r"Magazine|Media|Studios|Team)$|Working (?:Group|Party))\b"
)
_PERHAPS_GROUP_WORDS: Final = re.compile(
    r"\b(?:Alliance|Board|Church|Colleges?|Conference|Congress|Court|Division|Forum|Group|League|"
    r"Library|Nations|Panel|Press|Program(?:me)?|Project|Research|School|Services?|Sons|Survey|"
    r"Team|Trust|Unions?)\b"
)
LEGAL_FORM: Final = re.compile(
    r" ?(?:Inc(?:orporated)?|Ltd|Limited|LLC|GmbH|Corp(?:oration)?)\.?", re.IGNORECASE
)
"""What follows the comma of a company: `Gallup, Inc.`."""
_GROUP_ENDS: Final = (
    " Australia", " Australasia", " Aotearoa", " New Zealand", " International", " Health",
    " Police", " UK", " USA", " Anonymous", " Rights Watch",
    " Today", " News", " Psychology", " Mind",
)  # fmt: skip
"""Last words of groups that no family is called by: `Queensland Health`."""
COUNTRIES: Final = frozenset("america canada england ireland scotland wales".split())
"""Families have these names, too."""
MATTERS: Final = frozenset(
    """agriculture arts care culture education environment fisheries health heritage improvement
    justice nhs parks research services sport statistics transport universities volunteering
    water""".split()
)
"""`Statistics Canada`, but not Geoffrey Canada: nobody is called Statistics."""
_BRACED_CAPITALS: Final = late(r"\{([A-Z]+)\}")
"""`National Center for {PTSD}`."""
_GROUP_JOINTS: Final = late(r"\b(?:of|for|the|The|on|in|to)\b|&")


def rejoined(pieces: Sequence[str]) -> Iterator[str]:
    """`Centers for Disease Control and Prevention`, unbraced: the single word belongs to it."""
    waiting = ""
    if any("(" in piece for piece in pieces):
        pieces = tuple(_closed(pieces))
    for index, piece in enumerate(pieces):
        if index and _ends_group(pieces[index - 1], piece):
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else ""
        if following and _ends_group(piece, following):
            yield f"{piece} and {following}"
        elif following and _names_things(piece) and is_group(following):
            waiting = f"{piece} and "
        else:
            yield waiting + piece
            waiting = ""


def _closed(pieces: Sequence[str]) -> Iterator[str]:
    """The same with parentheses whole: `NIH (Institutes of Health and Care)`."""
    opened = ""
    for piece in pieces:
        opened += f" and {piece}" if opened else piece
        if opened.count("(") <= opened.count(")"):
            yield opened
            opened = ""
    if opened:
        yield from opened.split(" and ")


def _ends_group(group: str, piece: str) -> bool:
    """`Control and Prevention`; `for Marriage and Family Therapy`, whose words name no one."""
    if "," in piece or "{" in piece:
        return False
    if _is_lone_word(piece):
        return is_group(group)
    field = " of " in group or " for " in group
    return field and _names_things(piece) and not is_group(piece) and is_group(group)


def _names_things(piece: str) -> bool:
    """Whether a piece is no person but what a group deals with: `Substance Abuse`."""
    words = [] if "," in piece else piece.lower().split()
    return len(words) > 1 and all(word in common_words() for word in words)


def _is_health(piece: str) -> bool:
    """`Public Health`: what a group deals with."""
    return piece.endswith(" Health") and _names_things(piece)


def _is_of_a_country(piece: str) -> bool:
    words = piece.lower().split()
    return len(words) > 1 and words[-1] in COUNTRIES and words[-2] in MATTERS


def _is_lone_word(piece: str) -> bool:
    return piece.isalpha() and piece[0].isupper() and not piece.isupper()


def is_group(text: str) -> bool:
    """Whether an unbraced name is a group's, by its words: `Department of ...`."""
    if "," in text and LEGAL_FORM.fullmatch(text.rpartition(",")[2]):
        return True
    if len(text) > 1_000 or " " not in text or text[0] == "{":
        return False
    if "{" in text:
        text = _BRACED_CAPITALS.sub(r"\1", text)
        if "{" in text:
            return False
    if text.startswith("The ") and text.rpartition(" ")[2].lower() in common_words():
        return True  # The Lancet Psychiatry
    first = text.split(",")[0]
    if first != text and len(first.split()) < 3:
        return False
    return bool(
        _GROUP_WORDS.search(first)
        or (first.endswith(_GROUP_ENDS) and not _is_health(first))
        or _is_of_a_country(first)
        or (_PERHAPS_GROUP_WORDS.search(first) and _GROUP_JOINTS.search(first))
    )
