"""What a thesis was written for: degrees in any spelling (APA 7, section 10.6)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.rules.wording import description
from tcit_export.patterns import late

_OF_TYPES: Final = {
    "phdthesis": "Doctoral dissertation",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "bachelorsthesis": "Bachelor’s thesis",
}
"""Types of entries, and keys of biblatex's for the field `type`."""
_DOCTORAL: Final = frozenset(
    """phd psyd edd thd dphil dpsych dpsy dclinpsych dclinpsy dclinpsychol dcpsych dcounpsych
    dcounspsych dedpsych dforenpsy dhealthpsych dsw ded dmin dnp dba drph dsc scd dha dmft dot dpt
    dprof profdoc dsocsci dmedsci md doctor doctoral doctorate professionaldoctorate""".split()
)
_MASTERS: Final = frozenset(
    """ma msc ms mphil med mba msw mres mfa mph mat mssc mclinpsych mpsych mdiv mts mlitt mlis
    master masters""".split()
)
_BACHELORS: Final = frozenset("ba bsc bs bed bsw bachelor bachelors".split())
_LEVELS: Final = (
    (_DOCTORAL, "doctor", "Doctoral dissertation"),
    (_MASTERS, "master", "Master’s thesis"),
    (_BACHELORS, "bachelor", "Bachelor’s thesis"),
)
_WORK: Final = late(r"[ .]*\b(?:thesis|diss(?:ertation|\.)?)$", re.IGNORECASE)
_CATALOGUED: Final = late(
    r"(?:thesis|dissertation) ?\((?P<degree>[A-Za-z][A-Za-z. ]{1,40})\)", re.IGNORECASE
)
"""`Thesis (Ph. D.)--Harbor University`: the degree as catalogues note it (MARC 21, field 502)."""
_NO_LETTERS: Final = str.maketrans("", "", " .'’")
_FOREIGN: Final = (
    (
        "Doctoral dissertation",
        late(
            r"(?:inaugural-?)?dissertation(?:sschrift)?|doktorarbeit|"
            r"(?:th[èe]se|m[ée]moire) (?:de )?doctorat|tesis doctoral|tesi di dottorato|"
            r"proefschrift|tese de doutor(?:ado|amento)|doktorsavhandling|doktorgradsavhandling",
            re.IGNORECASE,
        ),
    ),
    (
        "Master’s thesis",
        late(
            r"master-?(?:arbeit|thesis|scriptie|oppgave|uppsats)|magister(?:arbeit|uppsats)|"
            r"m[ée]moire de ma(?:ster|[îi]trise)|tesis de (?:maestr[íi]a|m[áa]ster)|"
            r"diss?erta[çc][ãa]o de mestrado|tesi di laurea magistrale",
            re.IGNORECASE,
        ),
    ),
    ("Bachelor’s thesis", late(r"bachelor-?(?:arbeit|thesis|scriptie|oppgave)", re.IGNORECASE)),
    ("Diploma thesis", late(r"diplom-?arbeit", re.IGNORECASE)),
    ("Licentiate thesis", late(r"li[zc]entiats?arbeit|licentiat(?:uppsats|avhandling)", re.I)),
    ("Habilitation thesis", late(r"habilitation(?:sschrift)?", re.IGNORECASE)),
)
_UNPUBLISHED: Final = late(
    r"^(?:un|nicht )ver[öo]e?ffentlichte\s+|\s+(?:non publi[ée]e?|no publicada|in[ée]dita)$", re.I
)


def thesis_genre(typed: str, entry_type: str, *, published: bool) -> str:
    """The bracket of a thesis: its degree, and whether nobody has published it.

    typed: the entry's `type`, as a person or a repository writes it; may be empty.
    """
    if typed.lower().startswith("unpublished "):
        typed = typed[len("unpublished ") :]
    if typed.lower() in ("thesis", "dissertation"):
        typed = ""
    genre = _genre(typed.replace("'", "’")) or _OF_TYPES.get(entry_type, "Thesis")
    if published or re.match(r"unpublished\b", genre, re.IGNORECASE):
        return genre
    first, blank, rest = genre.partition(" ")
    small = first if any(map(str.isupper, first[1:])) else first.lower()
    return f"Unpublished {small}{blank}{rest}"


def _genre(typed: str) -> str:
    catalogued = _CATALOGUED.match(typed)
    if catalogued and (degree := _degree(catalogued["degree"].partition(" in ")[0])):
        return degree
    core = re.split(r"\s+[-–]\s|\s*[(,;:]", typed)[0]  # `PhD Thesis - Research`
    return _degree(core) or _foreign_degree(typed) or description(typed)


def _degree(typed: str) -> str:
    """`Psy.D.`, `DClinPsych thesis`, `Master of Science`: by their letters and first words."""
    named = _OF_TYPES.get(typed.lower().replace(" ", "").replace("’", ""))
    core = _WORK.sub("", typed).lower()
    letters = core.translate(_NO_LETTERS)
    for spellings, word, genre in _LEVELS:
        if letters in spellings or core.startswith((f"{word} of ", f"{word} in ")):
            return genre
    return named or ""


def _foreign_degree(typed: str) -> str:
    """The bracket is in English: `Unveröffentlichte Dissertation`, `tesis doctoral`."""
    core = _UNPUBLISHED.sub("", typed)
    return next((name for name, words in _FOREIGN if words.fullmatch(core)), "")


_UNIT: Final = r"(?:Department|Dept\.?|Faculty|Division) (?:of|for) [^,]+"
_UNIT_FIRST: Final = late(rf"{_UNIT}, (?=[^,]*\b(?:Universi|College\b|Institute\b))")
_UNIT_LAST: Final = late(rf"(?<=\w), {_UNIT}$")


def granting_school(school: str) -> str:
    """10.6: the university that grants the degree, without its department."""
    if ", " not in school:
        return school
    return _UNIT_LAST.sub("", _UNIT_FIRST.sub("", school))
