"""Sentence case: what is lowered, what is kept, and that every change is told."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcit_export.bibliography.languages import is_english
from tcit_export.bibliography.latex import NOCASE, strip_markup, to_rich
from tcit_export.bibliography.library import Change
from tcit_export.bibliography.titlecase import sentence_case
from tests.bibliography.cases import Case, label, pairs


@pytest.mark.parametrize("case", pairs("titles.txt"), ids=label)
def test_titles(case: Case) -> None:
    text, _ = sentence_case(to_rich(case.given).text)
    assert strip_markup(text) == case.expected, case.prose


def test_each_change_is_told_with_its_rule() -> None:
    _, changes = sentence_case("Crying at Work: an Essay", field="title")
    assert changes == (
        Change("title", "Crying at Work: an Essay", "Crying at work: an essay", "title-case"),
        Change(
            "title",
            "Crying at work: an essay",
            "Crying at work: An essay",
            "capital-at-sentence-start",
        ),
    )
    assert sentence_case("CRYING AT WORK")[1][0].rule == "capitals"
    assert sentence_case("Crying at work") == ("Crying at work", ())


@pytest.mark.parametrize("lang", ["german", "ngerman", "fr-FR", "French", "zxx", "es"])
def test_titles_in_other_languages_are_left_alone(lang: str) -> None:
    title = "Gently Wiping Her Tears Away: a Review"
    assert sentence_case(title, lang=lang) == (title, ())


@pytest.mark.parametrize("lang", ["", "en", "en-US", "en_GB", "English", "american", "eng"])
def test_these_are_english(lang: str) -> None:
    assert is_english(lang)


def test_markup_is_kept_and_idle_braces_go() -> None:
    rich = f"Reading {NOCASE}Ulysses</span> With <i>Anna Karenina</i> and H<sub>2</sub>O"
    text, _ = sentence_case(rich)
    assert text == f"Reading {NOCASE}Ulysses</span> with <i>Anna Karenina</i> and H<sub>2</sub>O"
    assert NOCASE not in sentence_case(to_rich("{{Crying at Work}}").text)[0]


WORDS = st.sampled_from(
    r"""The the A a an of and in I Crying crying THERAPY DNA iPhone Freud Freud's New York U.S. vs.
    Dr. House J. B. : ? ! . — – - ( ) “ ” ’ Study 2 II May Black Women {Does} {Not} {Exist} {Ada}
    {B}ayes {All in Braces} Self-Report meta-analysis La de der \emph{In Vivo} $\alpha$ 5-HT E-Mail
    ggplot2: R Package Über ß ŉ İ Judith University of California e.g. etc. WORLD WAR (PTSD) Type
    {of}""".split()
)
TITLES = st.lists(WORDS | st.text(max_size=4), max_size=14).flatmap(
    lambda words: st.sampled_from([" ".join(words), "{" + " ".join(words) + "}", "".join(words)])
)


@given(TITLES)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_only_case_changes_and_only_once(value: str) -> None:
    rich = to_rich(value).text
    text, changes = sentence_case(rich)
    before, after = strip_markup(rich), strip_markup(text)
    assert len(before) == len(after)
    assert all(
        old == new or old.lower() == new.lower() or old.upper() == new.upper()
        for old, new in zip(before, after, strict=True)
    )
    assert sentence_case(text)[0] == text
    assert bool(changes) == (before != after)
    if changes:
        assert (changes[0].before, changes[-1].after) == (before, after)


GROWING: dict[str, Callable[[int], str]] = {
    "words": lambda n: "Crying at Work " * n,
    "capitals": lambda n: "CRYING AT WORK " * n,
    "colons": lambda n: "A: b. C? " * n,
    "stops": lambda n: "." * n,
    "letters": lambda n: "x" * n,
    "hyphens": lambda n: "Self-" * n,
    "dashes": lambda n: "A - " * n,
    "phrases": lambda n: "New York New " * n,
    "braces": lambda n: f"{NOCASE}Ada</span> of " * n,
    "idle braces": lambda n: f"{NOCASE}The</span> " * n,
    "initials": lambda n: "J. " * n,
    "apostrophes": lambda n: "’s" * n,
    "persons": lambda n: "Dr. " * n,
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_title_and_not_faster(name: str) -> None:
    def seconds(size: int) -> float:
        title, best = GROWING[name](size), 1e9
        for _ in range(3):
            start = time.process_time()
            sentence_case(title)
            best = min(best, time.process_time() - start)
        return best

    size = 500
    while (small := seconds(size)) < 0.02 and size < 64_000:
        size *= 2
    assert seconds(2 * size) <= 2.6 * small + 0.05, size
