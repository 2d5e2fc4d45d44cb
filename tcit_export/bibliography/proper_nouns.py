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
    """adolescent adolescents adult adults age ageing aging algorithm algorithms analysis anger
    anxiety anxious approach approaches art article articles assessment attachment attention
    baby behavior behaviors behaviour being belonging bipolar bodies body book books borderline
    boys brain brief business care caring case cases cause causes change changes child children
    children's choice choices chronic class clients climate clinical cognitive college
    comparative conflict consumer controlled coping counseling counselling couple couples cry
    crying cues cultural culture daily data death decision deep depression design development
    digital disease disorder disorders domestic dream dreams drinking drug dying early eating
    economic educational effect effects elderly emotion emotions empathy empirical error ethical
    evidence exposure face faces factor factors failure families family fear feeling feelings
    field food forgiveness form future game games gaming gender gene generalized genes genetic
    girls global goal goals grief grieving group groups growth guide guilt handbook happiness
    healing health heart help history home hope hospital human idea ideas identity image images
    impact infant infants insight intelligence internet intimate issue issues job journal joy
    knowledge language law leadership learn learning life listening literature lives living long
    longitudinal loss love machine major male man management many mean meaning means measures
    media medical medicine memory men mental method methods mind mindfulness minds mobile model
    models mood moral mother mothers multiple music narrative narratives nature need needs
    negative network networks neural new night nurse nurses nursing obsessive older online order
    organizational origin origins outcome outcomes pain panic parent parenting parents past
    patient patients people person personal perspective physical play playing political positive
    postpartum posttraumatic power practice predictors pressure primary process professor
    professors program programs psychological public qualitative quality quantitative race
    randomized rate rates reading refugee refugees research resilience response results review
    rise risk risks role roles rule rules rural sample school schools science secondary self
    severe sex sexual shame single sleep small smoking social society software speech state
    states status stigma stress structure structures student students studies study substance
    success suffering suicidal suicide supervision support survey symptoms system systematic
    systems task tasks teacher teachers teaching tears test tests theory therapist therapists
    therapy things think thinking thought thoughts time times tool tools touch training trauma
    treatment trial trials trust truth understand urban use user users value values veteran
    veterans video videos view violence virtual visual voice war way ways web weight wellbeing
    woman women word words work worker workers working workplace world writing years young
    youth""".split()
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
