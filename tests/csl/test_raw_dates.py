"""Dates as people write them."""

from __future__ import annotations

import pytest

from tcit_export.csl.raw_dates import read_date

READ = [
    ("1999", [(1999,)]), ("1999-05", [(1999, 5)]), ("1999-05-03", [(1999, 5, 3)]),
    ("May 3, 1999", [(1999, 5, 3)]), ("3 May 1999", [(1999, 5, 3)]),
    ("3rd May 1999", [(1999, 5, 3)]),
    ("Aug. 31, 2000", [(2000, 8, 31)]), ("May 1999", [(1999, 5)]), ("5/1999", [(1999, 5)]),
    ("5/3/1999", [(1999, 5, 3)]), ("1999/5/3", [(1999, 5, 3)]), ("Spring 2001", [(2001, 13)]),
    ("1999-2000", [(1999,), (2000,)]), ("1999/2000", [(1999,), (2000,)]),
    ("1999-05/2000-01", [(1999, 5), (2000, 1)]), ("1999–2000", [(1999,), (2000,)]),
    ("May 3-5, 1999", [(1999, 5, 3), (1999, 5, 5)]), ("3-5 May 1999", [(1999, 5, 3), (1999, 5, 5)]),
    ("May-June 1999", [(1999, 5), (1999, 6)]),
    ("May 3 - June 4, 1999", [(1999, 5, 3), (1999, 6, 4)]),
    ("Spring-Summer 1999", [(1999, 13), (1999, 14)]),
    ("Fall 1999 - Winter 2000", [(1999, 15), (2000, 16)]), ("2000/..", [(2000,), (0,)]),
    ("44 BC", [(-44,)]), ("-0044", [(-44,)]), ("2015-04-03T10:00:00Z", [(2015, 4, 3)]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "parts"), READ)
def test_dates_are_read(raw: str, parts: list[tuple[int, ...]]) -> None:
    found = read_date(raw)
    assert found is not None
    assert list(found.date_parts) == parts


@pytest.mark.parametrize("raw", ["ca. 1850", "circa 1850", "1850~", "1850?", "c. 1850"])
def test_doubt_is_noted(raw: str) -> None:
    assert read_date(raw) == (((1850,),), True)


@pytest.mark.parametrize("raw", ["", "forthcoming", "in press", "April", "the 1990s", "12", "n.d."])
def test_other_texts_are_no_dates(raw: str) -> None:
    assert read_date(raw) is None
