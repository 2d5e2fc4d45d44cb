"""A sample of the styles; `python -m tests.bench.csl.all_styles` takes all of them."""

from __future__ import annotations

import pytest

from tcit_export.csl.load import load_locale
from tests.bench.csl.all_styles import LOCALES, findings, style_paths

SAMPLE = style_paths()[7::180]


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_a_style_renders(path) -> None:
    bad = [found for found in findings(path) if found[0] in ("raised", "not loaded")]
    assert bad == []


def test_all_locales_load() -> None:
    paths = sorted(LOCALES.glob("locales-*.xml"))
    assert len(paths) > 55
    for path in paths:
        locale = load_locale(path.read_bytes())
        assert locale.lang
        assert len(locale.terms) > 100
        assert set(locale.dates) == {"text", "numeric"}
