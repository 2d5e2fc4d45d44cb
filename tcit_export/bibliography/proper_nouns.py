"""The words that sentence case keeps in capitals without being told (`proper_nouns.txt`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

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


class ProperNouns(NamedTuple):
    """`words` by their folded form, `given` names among them; `phrases` by their first word's."""

    words: Mapping[str, str]
    given: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]


@cache
def common_words() -> frozenset[str]:
    """Everyday words of titles: braces around one of them are hardly meant to make it a name."""
    return words_of_list("common_words.txt")


def words_of_list(name: str) -> frozenset[str]:
    """The words of a list beside this module."""
    lines = (line for line in _lines(name) if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text("utf-8").splitlines()


@cache
def proper_nouns() -> ProperNouns:
    """The list, read once."""
    words: dict[str, str] = {}
    given: set[str] = set()
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for line in _lines("proper_nouns.txt"):
        if line.startswith("="):
            phrase = tuple(line[1:].replace("-", " ").split())
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
