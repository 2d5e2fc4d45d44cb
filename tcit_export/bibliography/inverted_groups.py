"""Groups that a program took for persons: `Association, American Psychological`.

A reference manager that knows persons alone parts a group's name before its last word, and exports
it the wrong way round. Such a last word is a noun for a group, and no family has it; what follows
the comma is no given name either, for it has several words, or stands before a noun that is never
anything else.
"""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.group_names import COUNTRIES, MATTERS
from tcit_export.bibliography.proper_nouns import proper_nouns

_SURELY: Final = frozenset(
    """association australasia australia collaboration collaborative consortium organization
    organisation society institute institutes federation committee commission confederation
    corporation international investigators zealand""".split()
)
_LIKELY: Final = _SURELY | frozenset(
    """academy administration agency alliance board bureau center centre coalition council
    department foundation group initiative ministry nations network office panel partnership project
    service services team trust union university""".split()
)
_LINKED: Final = re.compile(r"[^,]+, [A-Z][^,]* (?:of|for|on)")
_WORD: Final = re.compile(r"(?:[A-Z]|[a-z]+$|(?:of|the|for|and|in|on)\b)[\w'’&-]*")


def as_spoken(text: str) -> str:
    """The name as one says it, or nothing if it is no group the wrong way round (APA 9.11).

    >>> as_spoken("Association, American Psychological")
    'American Psychological Association'
    >>> as_spoken("Psychology, American Board of")
    'American Board of Psychology'
    """
    last, comma, rest = (part.strip() for part in text.partition(","))
    if not comma or not last or not rest or "," in rest or "." in rest:
        return ""
    words = rest.split()
    if _LINKED.fullmatch(f"{last}, {rest}") and any(w.lower() in _LIKELY for w in words):
        return f"{rest} {last}"
    if not all(_WORD.fullmatch(word) for word in words):
        return ""
    spelled = [word for word in words if len(word) > 1]
    noun = last.lower()
    if noun in COUNTRIES:
        return f"{rest} {last}" if any(w.lower() in MATTERS | _LIKELY for w in words) else ""
    likely = noun in _LIKELY and len(words) > 1 and words[0].lower() not in proper_nouns().given
    return f"{rest} {last}" if spelled and (noun in _SURELY or likely) else ""
