"""Patterns that are compiled late are right, although no run may have used them yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import tcit_export
from tcit_export.patterns import late


def late_patterns() -> Iterator[tuple[str, object]]:
    """Each with the module that holds it."""
    kind = type(late(""))
    for module in walk_packages(tcit_export.__path__, "tcit_export."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, kind):
                yield f"{module.name}.{name}", value


def test_each_late_pattern_compiles() -> None:
    found = dict(late_patterns())
    assert len(found) > 50
    for name, pattern in found.items():
        assert callable(getattr(pattern, "search", None)), name


@pytest.mark.parametrize("method", ["match", "fullmatch", "search"])
@pytest.mark.parametrize("text", ["ab", "xaby", "AB", ""])
def test_a_late_pattern_is_the_pattern(method: str, text: str) -> None:
    at_once = getattr(re.compile("ab", re.IGNORECASE), method)(text)
    later = getattr(late("ab", re.IGNORECASE), method)(text)
    assert (at_once and at_once.span()) == (later and later.span())


def test_a_mistake_shows_when_the_pattern_is_used() -> None:
    with pytest.raises(re.error):
        late("(").search("")
