"""The words that sentence case keeps in capitals without being told (`proper_nouns.txt`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

# Sorts of words that a list in prose would only hide.
ACRONYMS: Final = frozenset(
    """AAC ABA ADHD AI AIDS ANOVA APA API ASD ASMR BBC BDI BMI BPD CBT CDC CEO CIA CNN COPD COVID
    CPR CPTSD CT CVD DBT DIY DNA DSM DVD ECG EEG EFT EMDR EMG ERP EU FBI FDA FFI GAD GDP GP
    GPS HCI HIV HPV HRV HTML IBM ICD ICU IPA IPV IQ IRT IVF LGB LGBT LGBTQ LGBTQIA LSD MBA
    MBCT MBSR MDMA MMPI MRI NASA NATO NEET NGO NHS NICU NIH NIMH NLP OCD OECD PHQ PISA PTSD
    PTA RCT RNA SARS SEM SES SMS SPSS SSRI STI SUD THC TMS TV UAE UCLA UK UN UNESCO UNICEF
    USA USDA USSR VR WAIS WISC WMH""".split()
)
"""Acronyms known in a title wholly in capitals; those that spell a word are not among them."""

COMMON_WORDS: Final = frozenset(
    """adolescent adolescents adult adults age aging analysis approach approaches article
    articles art assessment attachment baby behavior behaviors behaviour body book books boys brain
    care case cases cause causes change changes child children choice choices class clients cry
    cues culture data death decision depression design development disease disorder disorders drug
    dream dreams early effect effects emotion emotions error evidence face faces factor factors
    family families fear feeling feelings field food form future game games gender girls goal goals
    grief group groups growth guide handbook happiness health heart help history home hope human
    idea ideas impact infant infants issue issues job joy knowledge language law learn life lives
    long loss love male man many mean means media memory men method methods mind minds model models
    mood mother mothers need needs new night older online order origin origins outcome outcomes
    pain parent parents past patient patients people person perspective play power practice process
    program programs public quality race rate rates response results review rise risk risks role
    roles rule rules school schools science self sex sexual shame sleep social sleep society speech
    state states status stress student students studies study success suicide support survey
    symptoms system systems task tasks teacher teachers tears test tests theory therapist
    therapists therapy things think thought thoughts time times tool tools trauma treatment trial
    trials trust truth understand use user users value values view violence voice war way ways woman
    women word words work worker workers working workplace world years young youth""".split()
)
"""Everyday words of titles: braces around one of them are hardly meant to make it a name."""

LATIN_PHRASES: Final = frozenset(
    [
        "in vivo",
        "in vitro",
        "in situ",
        "de novo",
        "post hoc",
        "a priori",
        "ad hoc",
        "et al",
        "ex vivo",
    ]
)


@dataclass(frozen=True, slots=True)
class ProperNouns:
    """`words` by their folded form, `given` names among them; `phrases` by their first word's."""

    words: Mapping[str, str]
    given: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]


@cache
def proper_nouns() -> ProperNouns:
    """The list, read once."""
    words: dict[str, str] = {}
    given: set[str] = set()
    phrases: dict[str, list[tuple[str, ...]]] = {}
    text = files("tcit_export.bibliography").joinpath("proper_nouns.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("="):
            phrase = tuple(line[1:].replace("-", " - ").split())
            phrases.setdefault(phrase[0].lower(), []).append(phrase)
        elif not line.startswith("#"):
            for word in line.removeprefix("+").split():
                words[word.lower()] = word
                if line.startswith("+"):
                    given.add(word.lower())
    # The longest phrase comes first: New York before New.
    ordered = {
        first: tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
        for first, found in phrases.items()
    }
    return ProperNouns(words, frozenset(given), ordered)
