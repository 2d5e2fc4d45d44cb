"""The words that sentence case keeps in capitals without being told (`proper_nouns.txt`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

# Sorts of words that a list in prose would only hide.
ACRONYMS: Final = frozenset(
    """AAC ABA ACT ADHD AI AIDS ANOVA APA API ASD ASMR BBC BDI BMI BPD CBT CDC CEO CIA CNN COPD
    COVID CPR CPTSD CT CVD DBT DIY DNA DSM DVD ECG EEG EFT EMDR EMG ERP EU FBI FDA FFI GAD GDP GP GPS HCI
    HIV HPV HR HRV HTML IBM ICD ICU IPA IPV IQ IRT IVF LGB LGBT LGBTQ LGBTQIA LSD MBA MBCT MBSR MDMA
    MMPI MRI NASA NATO NEET NEO NGO NHS NICU NIH NIMH NLP OCD OECD PET PHQ PISA PTSD PTA RCT RNA
    SARS SEM SES SMS SPSS SSRI STEM STI SUD TED THC TMS TV UAE UCLA UK UN UNESCO UNICEF USA USDA
    USSR VR WAIS WHO WISC WMH""".split()
) - {"ACT", "PET", "STEM", "WHO", "TED", "HR", "NEO"}
"""Acronyms known in a title wholly in capitals; those that spell a word are not among them."""

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
    """`words` by their folded form; `phrases` by the folded form of their first word."""

    words: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]


@cache
def proper_nouns() -> ProperNouns:
    """The list, read once."""
    words: dict[str, str] = {}
    phrases: dict[str, list[tuple[str, ...]]] = {}
    text = files("tcit_export.bibliography").joinpath("proper_nouns.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("="):
            phrase = tuple(line[1:].replace("-", " - ").split())
            phrases.setdefault(phrase[0].casefold(), []).append(phrase)
        elif not line.startswith("#"):
            for word in line.split():
                words[word.casefold()] = word
    # The longest phrase comes first: New York before New.
    ordered = {
        first: tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
        for first, found in phrases.items()
    }
    return ProperNouns(words, ordered)
