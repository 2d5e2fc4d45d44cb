"""White space is folded, a line may end anywhere, and nothing else is forgiven."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcit_export.verify.compare import differences, same_text
from tcit_export.verify.extract import LINE, PAGE, Citation, Entry, Extract, Link, fold


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("a b", "a b", True),
        ("a b", "ab", False),
        ("a b", "a  b", False),
        (f"a{LINE}b", "a b", True),
        (f"a{LINE}b", "ab", True),
        (f"a{LINE}b", f"a{LINE}b", True),
        (f"a{LINE}b", "a-b", False),
        (f"a{LINE}b", "a", False),
        (f"a{LINE}", "a", True),
        (f"a{PAGE}b", "a b", True),
        (f"a{PAGE}b", "a", True),
        (f"a{PAGE}b", "a c", False),
        (f"a{PAGE}b", "", False),
        ("", "a", False),
        ("", "", True),
    ],
)
def test_pairs(first: str, second: str, same: bool) -> None:
    assert same_text(first, second) is same
    assert same_text(second, first) is same


def test_a_page_cut_counts_from_the_end_too() -> None:
    assert same_text(f"other end{PAGE}begin", "begin", from_end=True)
    assert not same_text(f"other end{PAGE}begin", "begun", from_end=True)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Z", "Cs"]), min_size=1)
texts = st.lists(words, min_size=1).map(" ".join)


@given(texts, st.data())
def test_a_text_is_the_same_however_it_is_set_in_lines(text: str, data: st.DataObject) -> None:
    ends = data.draw(st.sets(st.integers(1, len(text))))
    pieces = [character + (LINE if at in ends else "") for at, character in enumerate(text, 1)]
    assert same_text(fold("".join(pieces)), fold(text))


@given(texts, st.data())
def test_one_other_character_is_seen_in_lines_or_not(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1).filter(lambda at: text[at] != " "))
    set_in_lines = fold(text.replace(" ", LINE))
    changed = text[:at] + ("y" if text[at] == "x" else "x") + text[at + 1 :]
    assert not same_text(set_in_lines, changed)
    assert not same_text(text, changed)


BASE = Extract(
    (
        Entry("A. (2001). One.", (Link("doi", "https://doi.org/1"),)),
        Entry("B. (2002). Two."),
    ),
    (
        Citation(Link("A, 2001", "entry 1"), "(see ", ")."),
        Citation(Link("B (2002)", "entry 2"), "", " said."),
    ),
)


def changed(**parts: object) -> Extract:
    from dataclasses import replace

    return replace(BASE, **parts)  # type: ignore[arg-type]


A, B = BASE.references
CA, CB = BASE.citations


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (changed(references=(A,)), "reference 2"),
        (changed(references=(B, A)), "reference 1"),
        (changed(references=(Entry("A. (2001). One!", A.links), B)), "reference 1"),
        (changed(references=(Entry(A.text), B)), "reference 1, link 1"),
        (
            changed(references=(Entry(A.text, (Link("doi", "https://doi.org/2"),)), B)),
            "reference 1, link 1",
        ),
        (changed(references=(A, B, B)), "reference 3"),
        (changed(citations=(CA,)), "citation 2"),
        (changed(citations=(CB, CA)), "citation 1"),
        (
            changed(citations=(Citation(Link("A, 2001", "entry 2"), "(see ", ")."), CB)),
            "citation 1",
        ),
        (
            changed(citations=(Citation(Link("A, 2010", "entry 1"), "(see ", ")."), CB)),
            "citation 1",
        ),
        (
            changed(citations=(Citation(CA.link, "(cf. ", ")."), CB)),
            "citation 1, the text before it",
        ),
        (
            changed(citations=(Citation(CA.link, "(see ", ")!"), CB)),
            "citation 1, the text after it",
        ),
    ],
)
def test_every_mutation_is_named(other: Extract, what: str) -> None:
    assert next(differences(BASE, other)).what == what
    assert list(differences(BASE, BASE)) == []
