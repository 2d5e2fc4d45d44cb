"""Which pieces of a text a line of print does not tear apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcit_export.writers.typography import LONGEST, pieces


@pytest.mark.parametrize(
    ("text", "unbroken"),
    [
        ("by A. C. Blume-Marcovici, & M. Khademi", "A. C. Blume-Marcovici|M. Khademi"),
        ("Alden, P. A. (2001).", ""),
        ("Tolkien, J. R. R., & Lewis, C. S.", ""),
        ("In S. Kahn & É. Fromm (Eds.)", "S. Kahn|É. Fromm"),
        ("Sartre, J.-P. (1943)", ""),
        ("(pp. 117–131). Erlbaum.", "pp. 117–131"),
        ("see p. 12 and fig. 3a", "p. 12|fig. 3a"),
        ("50(2), 224–234.", ""),
        ("https://doi.org/10.1000/1–2", ""),
        ("https://doi.org/10.1037/a0031384", ""),
        ("https://doi.org/10.1016/j.cpr.2009.06.004", "j.cpr.2009.06.004"),
        ("https://two-words.org/a-b?c-d=1&e=2", "two-words.org|a-b|c-d=1"),
        (f"https://example.org/{'long-' * 8}", ""),
        ("Therapists cry. They do.", ""),
        ("an em–dash, one – two", ""),
    ],
)
def test_pieces(text: str, unbroken: str) -> None:
    assert "|".join(piece for piece, whole in pieces(text) if whole) == unbroken


@given(st.text(alphabet="AB.- –pz12(/?", max_size=60), st.sampled_from(("", "https://")))
def test_the_text_stays_as_it_is(text: str, start: str) -> None:
    text = start + text
    assert "".join(piece for piece, _ in pieces(text)) == text
    assert all(len(piece) <= LONGEST for piece, whole in pieces(text) if whole)
