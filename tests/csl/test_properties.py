"""Whatever an item holds, processing ends, says the same twice and keeps its promises."""

from __future__ import annotations

import string
import time
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.item import Item, ItemError
from tcit_export.csl.load import load_style
from tcit_export.csl.output import Content, Formatted, to_html, to_text
from tcit_export.csl.processor import Citation, CitationItem, process
from tcit_export.csl.raw_dates import read_date
from tcit_export.csl.rich import parse_markup
from tcit_export.csl.style import Locale, Style
from tcit_export.csl.tree import plain

from .making import locale_xml, named_style

SIGNS = "\"'“”‘’<>/&.,;:!?()[]-–  \\ibsupc="
TEXTS = st.text(st.sampled_from(string.ascii_letters + string.digits + SIGNS + "éß明"), max_size=30)
TAGGED = st.lists(
    st.sampled_from(["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", '"', "'", "a", "B c", ". ",
                     "</span>", '<span class="nocase">', '<span class="nodecor">']),
    max_size=25,
).map("".join)  # fmt: skip
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"family": TEXTS},
        optional={
            "given": TEXTS,
            "suffix": TEXTS,
            "non-dropping-particle": TEXTS,
            "literal": TEXTS,
        },
    ),
    max_size=9,
)
DATES = st.one_of(
    TEXTS,
    st.fixed_dictionaries(
        {"date-parts": st.lists(st.lists(st.integers(-3000, 3000), max_size=3), max_size=2)}
    ),
)
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "article-journal", "chapter", "webpage", "legal_case", "x"])},
    optional={
        "title": st.one_of(TEXTS, TAGGED), "container-title": TAGGED, "volume": TEXTS,
        "page": TEXTS, "edition": TEXTS, "URL": TEXTS, "DOI": TEXTS, "language": TEXTS,
        "note": TEXTS, "author": PEOPLE, "editor": PEOPLE, "translator": PEOPLE,
        "issued": DATES, "accessed": DATES,
    },
)  # fmt: skip


@lru_cache(maxsize=8)
def _ready(name: str) -> tuple[Style, Locale]:
    style = load_style(named_style(name))
    return style, resolve_locale(style, locale_xml)


def _items(data: list[dict[str, Any]]) -> list[Item]:
    return [Item.from_json({**fields, "id": str(n)}) for n, fields in enumerate(data)]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(ITEMS, min_size=1, max_size=5),
    st.sampled_from(["apa", "chicago-notes", "chicago-author-date", "ieee"]),
    TEXTS,
)
def test_processing_ends_and_repeats_itself(
    data: list[dict[str, Any]], name: str, affix: str
) -> None:
    try:
        items = _items(data)
    except ItemError:
        return
    cites = tuple(
        CitationItem(item.id, locator=affix, prefix=affix, suffix=affix) for item in items
    )
    citations = [Citation(cites, 1), Citation(cites[:1], 2), Citation(cites[:1], 3)]
    first = process(*_ready(name), items, citations)
    again = process(*_ready(name), items, citations)
    assert first == again
    for entry in first.bibliography:
        _check(entry.output)
        assert to_html(entry.output) == to_html(entry.output)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
VARIABLES = st.sampled_from(
    ["id", "type", "title", "author", "editor", "issued", "accessed", "note", "page", "volume",
     "language", "custom", "x-own"]
)  # fmt: skip
INNER = st.sampled_from(
    ["family", "given", "literal", "suffix", "isInstitution", "parse-names", "date-parts", "raw",
     "season", "circa"]
)  # fmt: skip
SHAPES = st.dictionaries(
    VARIABLES,
    JSON | st.dictionaries(INNER, JSON) | st.lists(st.dictionaries(INNER, JSON), max_size=2),
)


@settings(max_examples=400, deadline=None)
@given(JSON | SHAPES)
def test_items_of_any_shape_are_read_or_refused(data: Any) -> None:
    """The door of CSL-JSON lets in what can be processed, and says no in its own words only."""
    try:
        item = Item.from_json(data)
    except ItemError:
        return
    result = process(*_ready("apa"), [item], [Citation((CitationItem(item.id),), 1)])
    assert [entry.id for entry in result.bibliography] == [item.id]
    assert Item.from_json(item.to_json()).id == item.id


def _check(content: Content) -> None:
    """No empty font runs, no font that changes nothing."""
    for node in content:
        if isinstance(node, Formatted):
            assert node.children
            assert node != Formatted(node.children)
            _check(node.children)


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, TAGGED))
def test_markup_loses_no_letters(text: str) -> None:
    shown = plain(parse_markup(text))
    letters = [char for char in shown if char.isalnum()]
    assert set(letters) <= set(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_reading_a_date_never_fails(text: str) -> None:
    found = read_date(text)
    assert found is None or found.date_parts


@pytest.mark.parametrize("field", ["title", "page", "volume", "edition"])
@pytest.mark.parametrize(
    "text",
    ["'" * 20000, '"a ' * 8000, "<i>" * 8000, "1-" * 9000, "a" * 30000, "1" * 20000, "–" * 9000],
    ids=lambda text: f"{text[:3]}…",
)
def test_long_texts_take_no_long_time(field: str, text: str) -> None:
    """Texts that make careless patterns slow: each takes some hundredths of a second."""
    item = Item.from_json({"id": "1", "type": "book", field: text})
    start = time.process_time()
    result = process(*_ready("apa"), [item], [])
    assert time.process_time() - start < 2
    assert to_text(result.bibliography[0].output)
