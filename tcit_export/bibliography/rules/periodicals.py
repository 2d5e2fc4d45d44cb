"""Names of periodicals (APA 7, 9.25: in title case, as the periodical spells them)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.library import Change
from tcit_export.bibliography.proper_nouns import common_words, proper_nouns
from tcit_export.bibliography.rules.contributors import without_letters
from tcit_export.bibliography.rules.record import Record
from tcit_export.patterns import late

_SMALL_WORDS: Final = frozenset(
    "a an and at by for from in of on or the to und der die das für et de la des y".split()
)
_ACRONYMS: Final = frozenset(
    """ACM ACS AIDS AIP APA ASCD ASTM BMC BMJ BPS CABI CRC EEG EMBO FEBS HIV IEEE IGI INSERM IOS
    JAMA JMIR MIT NMR NSTA OECD PLOS PMLA RAND SAGE SAMHSA SIAM SPIE
    SSM TESOL UK UNAIDS UNESCO UNICEF US USA II III""".split()
)
_ENGLISH: Final = frozenset(
    """journal review reviews bulletin research psychology psychological psychologist psychiatry
    psychiatric psychotherapy psychoanalysis psychoanalytic science sciences medicine medical
    studies therapy quarterly annals advances behavior behavioral behaviour behavioural
    neuroscience health clinical social developmental counseling education educational american
    british european international annual proceedings archives letters reports perspectives
    trends current frontiers cognitive cognition emotion memory language child family personality
    applied experimental nursing nature community policy theory practice human
    development open plos jama bmj bmc jmir ieee acm""".split()
)
"""Words that tell an English name; other languages keep their small letters."""


_FOREIGN: Final = frozenset(
    """al da das de del der des di die do du e el en et für het la las le les los och og und
    y""".split()
)
"""Small words of other languages, some of whose words are English ones, too."""


_SURELY_FOREIGN: Final = _FOREIGN - {"die", "al", "do", "den", "en"}


def periodical_name(record: Record, name: str) -> str:
    """The name, with capitals repaired that databases have changed; each change is noted."""
    plain = strip_markup(name)
    if plain == name and (": " in name or name.endswith(")")):
        name = plain = _noted(record, plain, without_letters(_LIBRARIAN.sub("", plain)))
    if capitals_lowered(plain) != plain:
        return _noted(record, plain, capitals_lowered(plain))
    if "<" in name:
        return name
    if plain.endswith(", The"):
        name = plain = _noted(record, plain, f"The {plain.removesuffix(', The')}")
    if "+ " in plain:
        name = plain = _noted(record, plain, _TIGHT_PLUS.sub(" + ", plain))
    spelled = _as_spelled(record, plain)
    if spelled != plain:
        name, plain = _noted(record, plain, spelled), spelled
    german = _german(record, _romance(plain))
    if german != plain:
        return _noted(record, plain, german)
    if _is_flattened(plain) and not _is_foreign(record):
        return _noted(record, plain, raised(plain))
    return name


_ABBREVIATED: Final = frozenset(
    """anal assess assoc behav biol bull clin cogn couns dev disord educ epidemiol exp int med
    neurosci neurol nurs pediatr pers pract psychiatr psychoanal psychol psychosom psychother
    relat res rev sci soc stat stud technol ther""".split()
)
"""Words as ISO 4 shortens them in names of periodicals."""


def ends_abbreviated(name: str) -> bool:
    """`Child Dev.`: the stop is its last word's, and no mark of a database."""
    return name.endswith(".") and name[:-1].rpartition(" ")[2].lower() in _ABBREVIATED


_TIGHT_PLUS: Final = late(r"(?<=[a-z])\+ (?=[A-Z])")
"""`Education+ Training`, as Google Scholar has it."""
_LIBRARIAN: Final = late(
    r"(?<=\w)(?: : .+|: (?:the |an )?official (?:journal|publication|organ|bulletin)\b.+|"
    r"\s+\([A-Z][\w.' -]+(?:, [A-Z][\w.' -]+)+(?: : \d{4})?\)|"
    r"\s+\((?:(?:19|20)\d\d|Chic|Lond|Oxf|Camb|Edinb|Stockh|Bethesda|Basel|Auckl|N Y|Online)\))$"
)
"""What the National Library of Medicine adds to tell periodicals apart: subtitle, place, year."""
_GERMAN_HEAD: Final = re.compile(
    r"^(?:[A-ZÄÖÜ]\w*)?(?:[Zz]eitschrift|[Jj]ahrb(?:uch|ücher)|[Bb]lätter|Archiv|Forum|Beiträge|"
    r"Studien|Psyche|Monatsschrift|Praxis|Fortschritte|Forschung)\b"
)
_GERMAN_SMALL: Final = late(
    r"(?<=[\w.:,&] )(?:Für|Fuer|Und|Der|Die|Das|Des|Dem|Den|In|Im|Zur|Zum|Aus|Von|Vom|Mit|Ihre|"
    r"Ihrer|Über|Ueber|An|Am|Auf|Bei|Eine?[rsnm]?)(?= )"
)


_ROMANCE_HEAD: Final = late(
    r"(?:Revista|Revue|Rivista|Anales|Annales|Anuario|Archivos|Archivio|Bolet[íi]n|Cadernos|"
    r"Cahiers|Cuadernos|Estudios|Estudos|[ÉE]tudes|Giornale|Psicolog[íi]a|Psychologie|Quaderni|"
    r"Salud|Terapia)\b"
)
_ROMANCE_SMALL: Final = late(
    r"(?<=\w )(?:Del?|Da|Do[s]?|Das|D[ui]|Des|Dell[ae]|Em|En|Et|E|Y|(?<=[Dd]e )(?:La|Las|Los))(?= )"
)


def _romance(name: str) -> str:
    """`Revista De Psicología`: so have French, Spanish, Italian and Portuguese."""
    if not _ROMANCE_HEAD.match(name):
        return name
    return _ROMANCE_SMALL.sub(lambda found: found[0].lower(), name)


def _german(record: Record, name: str) -> str:
    """`Zeitschrift Für Psychologie`: German has capitals for its nouns alone."""
    if not _GERMAN_HEAD.match(name) and record.fields.get("language", "")[:2] != "de":
        return name
    return _GERMAN_SMALL.sub(lambda found: found[0].lower(), name)


def capitals_lowered(name: str) -> str:
    """A name wholly in CAPITALS with one at each word's start; short ones (JAMA) are spelled so."""
    if not name.isupper():
        return name
    words = [word for word in re.split(r"\W+", name) if word not in _ACRONYMS]
    return _lowered(name) if max(map(len, words), default=0) >= 6 else name


def _noted(record: Record, before: str, after: str) -> str:
    if before != after:
        record.changes.append(Change("journaltitle", before, after, "capitals"))
    return after


def _is_foreign(record: Record) -> bool:
    return record.fields.get("language", "en")[:2].lower() != "en"


_ODDLY_SPELLED: Final = {
    name.lower(): name
    for name in """BJPsych EBioMedicine EClinicalMedicine eLife eNeuro GeroPsych iScience mBio
    NeuroImage NeuroReport PeerJ""".split()
}
"""First words of periodicals that have capitals, or none, where words have not."""


def _as_spelled(record: Record, name: str) -> str:
    """`Jama psychiatry`, `bmj`, `Neuroimage`, `PloS one`: first words that databases spoil."""
    first, blank, rest = name.partition(" ")
    if first.lower() == "plos" and rest:
        if first not in ("PLoS", "PLOS"):  # in 2012 it took on the capitals
            first = "PLOS" if record.text("year", "date")[:4] >= "2012" else "PLoS"
        return f"{first} ONE" if rest.lower() == "one" else f"{first} {rest}"
    if first.upper() in _ACRONYMS and not first.isupper() and len(first) > 2:
        return name if _is_foreign(record) else f"{first.upper()}{blank}{rest}"
    known = _ODDLY_SPELLED.get(first.lower().rstrip(":"))
    return f"{known}{name[len(known) :]}" if known else name


def _is_flattened(name: str) -> bool:
    """Google Scholar writes `Journal of personality and social psychology`."""
    words = re.findall(r"[^\W\d_]+", name)
    # what stands behind a colon, a slash or a hyphen begins large in any case
    inner = re.findall(r"(?<!: )(?<![/-])\b[^\W\d_]+", name)[1:]
    if words[:1] in (["The"], ["the"]) and inner and not inner[0].islower():
        del inner[:1]
    rest = [word for word in inner if word.lower() not in _SMALL_WORDS]
    known = {word.lower() for word in words}
    if _SURELY_FOREIGN & known and known.isdisjoint(("of", "the", "and", "in")):
        return False  # Archives de sciences sociales
    english = words[:1] in (["The"], ["the"]) or not _ENGLISH.isdisjoint(known)
    english = english or not (common_words().isdisjoint(known) or _FOREIGN & known)
    lower = [word for word in rest if word.islower()]
    named = all(
        word.isupper() or word.lower() in proper_nouns().words for word in rest if word not in lower
    )
    plain = not _ENGLISH.isdisjoint(lower)  # `American journal of Orthopsychiatry`
    last = len(rest) > 1 and lower == rest[-1:] and len(lower[0]) > 3
    plain = plain or (last and _FOREIGN.isdisjoint(known))  # `Science in the Public interest`
    return bool(lower) and english and (named or plain) and name.isascii()


def raised(name: str) -> str:
    """A name with a capital at each word but the small ones; its markup stays as it is."""
    words = re.split(r"(<[^<>]+>|[\s:/-]+)", name)
    return "".join(
        word
        if (place and word in _SMALL_WORDS) or not word.islower()
        else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    )


def _lowered(name: str) -> str:
    """Databases export names in CAPITALS; short ones (JAMA) are spelled so."""
    words = re.split(r"([\s:/-]+)", name)
    return "".join(_lowered_word(word, first=place == 0) for place, word in enumerate(words))


def _lowered_word(word: str, *, first: bool) -> str:
    if word in _ACRONYMS:
        return word
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    return word[:1] + word[1:].lower()
