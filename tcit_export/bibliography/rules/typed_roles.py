"""Words for editors and translators that were typed into the fields of names (APA 7, 9.10).

Hands copy them from title pages and reference lists: `Ed. by Eva Lund`, `E. Lund (Trans.)`,
`E. Lund and O. Berg, eds.`. The field tells already who they are; in `author`, they tell that it
is editors.
"""

from __future__ import annotations

import re
from typing import Final

from tcit_export.patterns import late

_CUE: Final = re.compile(r"[Tt]rans|^[Ii]n:? |[Ee]d(?:s|\.|ited|itor|\))")
_NAMES: Final = late(r"(\s+(?:and|\\?&)\s+)")
_BEFORE: Final = late(
    r"(?:in:? (?=(?-i:[A-Z])\.))?"
    r"(?:\(?(?:(?:edited|eds?\.|translated|transl?\.|tr\.) by|eds?\.|transl?\.|"
    r"editors?:|translators?:)\)?:? +)?(?=(?-i:[A-Z{\\]))",
    re.IGNORECASE,
)
_BEHIND: Final = late(
    r"\s*,?\s*\((?:eds?|editors?|transl?|translators?)\.?\)[\s.}]*$|"
    r",\s*(?:eds|editors?|translators?)\.?[\s}]*$",
    re.IGNORECASE,
)
_ONE_BEHIND: Final = late(r"(?<=\S) *, *(?:ed|transl?)\.[\s}]*$", re.IGNORECASE)
"""Behind a whole name: `Lund, Ed.` is Edward."""
_EDITORS: Final = re.compile(
    r"(?:\(\s*(?:eds?|editors?|hrsg|hg)\.?\s*\)|,\s*(?:eds\.?|editors?)|[.,\w] \S+, ed\.)[\s}]*$",
    re.IGNORECASE,
)
"""9.10: `Roth, A. and Fonagy, P. (Eds.)`, typed into the field of authors."""


def names_editors(authors: str) -> bool:
    """Whether the field of authors ends with a word that makes them editors."""
    return authors[-6:].rstrip(" })sS.")[-1:] in "dDrRgG" and _EDITORS.search(authors) is not None


def without_roles(names: str) -> str:
    """A field of names without words for editors and translators before or behind a name."""
    if not _CUE.search(names) or names[:1] == "{":
        return names
    pieces = _NAMES.split(names)
    pieces[::2] = [_without_role(piece) for piece in pieces[::2]]
    return "".join(pieces)


def _without_role(name: str) -> str:
    start = _BEFORE.match(name)
    name = name[start.end() :] if start else name
    name = _BEHIND.sub("", name)
    single = _ONE_BEHIND.search(name)
    return name[: single.start()] if single and " " in name[: single.start()] else name
