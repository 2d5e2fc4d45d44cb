"""Whatever the model holds, the package is sound, carries styles only, and is the same twice."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers.docx import write
from tcit_export.writers.docx_addresses import target_address
from tcit_export.writers.docx_bookmarks import bookmark_name
from tcit_export.writers.docx_citations import source_tag
from tests.writers.docx_reading import faults
from tests.writers.docx_strategies import ADDRESSES, DOCUMENTS, OPTIONS

TEMPLATES = Templates.of()


@given(DOCUMENTS, OPTIONS)
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_document_is_a_sound_package(document: ResolvedDocument, options: Options) -> None:
    assert faults(write(document, options, TEMPLATES).data) == []


@given(DOCUMENTS, OPTIONS)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_document_is_the_same_bytes_twice(document: ResolvedDocument, options: Options) -> None:
    first, second = (write(document, options, TEMPLATES) for _ in range(2))
    assert first.data == second.data
    assert first.problems == second.problems


@given(st.text(), st.text())
def test_bookmarks_are_legal_and_tell_anchors_apart(one: str, other: str) -> None:
    names = [bookmark_name(one), bookmark_name(other)]
    for name in names:
        assert name[0].isalpha()
        assert len(name) <= 40
        assert name.isascii()
        assert name.replace("_", "").isalnum()
    assert (names[0].lower() == names[1].lower()) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"), [("ref-Kahn", "ref-kahn"), ("a-b", "a_b"), ("ref-ä", "ref-ö"), ("", "a")]
)
def test_near_names_are_different_bookmarks(one: str, other: str) -> None:
    assert bookmark_name(one).lower() != bookmark_name(other).lower()
    assert source_tag(one).lower() != source_tag(other).lower()


@given(st.one_of(ADDRESSES, st.text().map(lambda rest: f"https://{rest}")))
def test_addresses_are_short_plain_and_of_three_kinds(address: str) -> None:
    target = target_address(address)
    if target is not None:
        assert target.lower().startswith(("http://", "https://", "mailto:"))
        assert target.isascii()
        assert len(target) <= 2079
        assert not set(target) & set(' "<>\\^`{|}')
