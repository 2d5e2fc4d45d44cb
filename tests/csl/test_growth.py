"""The cost grows with the items, not with their pairs."""

from __future__ import annotations

import time

import pytest

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.item import Item
from tcit_export.csl.load import load_style
from tcit_export.csl.processor import process
from tests.bench.csl.speed import articles

from .making import locale_xml, named_style


def _seconds(count: int, *, suffixes: bool) -> float:
    style = load_style(named_style("apa"))
    locale = resolve_locale(style, locale_xml)
    items = [Item.from_json(work) for work in articles(count, suffixes=suffixes)]
    start = time.process_time()
    process(style, locale, items)
    return time.process_time() - start


@pytest.mark.parametrize("suffixes", [False, True], ids=["50 family names", "year suffixes"])
def test_five_times_the_items_take_some_five_times_as_long(suffixes: bool) -> None:
    """Quadratic work would take 25 times as long."""
    few = min(_seconds(300, suffixes=suffixes) for _ in range(2))
    many = min(_seconds(1500, suffixes=suffixes) for _ in range(2))
    assert many < 10 * few
