"""Types of entries that nobody knows are told, with the nearest that is known."""

from __future__ import annotations

import pytest

from tcit_export.bibliography.load import load_library
from tcit_export.source import Source


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("artcle", "did you mean `@article`?"), ("qqq", "`@misc` takes what has no type")],
)
def test_unknown_types_are_told(typed: str, hint: str) -> None:
    text = f"@{typed}{{a, title = {{One}}, year = 2001}}"
    (found,) = load_library([Source("a.bib", text)]).diagnostics
    assert (found.kind.code, found.message) == ("B043", f"`@{typed}` is no type of entry")
    assert [hint_.text if hasattr(hint_, "text") else hint_ for hint_ in found.hints] == [hint]


@pytest.mark.parametrize("typed", ["misc", "online", "jurisdiction", "customa", "generic"])
def test_known_types_are_silent(typed: str) -> None:
    text = f"@{typed}{{a, title = {{One}}, year = 2001}}"
    assert load_library([Source("a.bib", text)]).diagnostics == ()
