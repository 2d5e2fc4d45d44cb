"""What an entry costs grows with its length and not faster, whatever stands in a field."""

from __future__ import annotations

import time

import pytest

from tcit_export.bibliography.load import load_library
from tcit_export.source import Source

FIELDS = """title booktitle journal author editor publisher note howpublished pages number volume
    year series school edition address""".split()
PIECES = (
    "a (b ", "a (2nd ed., ", "A. B. ", "Waiting, 12(3), ", "x, ", "(", "[a ", "] ", "3-9, ",
    "Lund, A. and ", "ung ", "Vol. 1, ", "- ", "http://a.b/", "a: ", "“a ", "St. ", "No. 1 ",
    "A-B-", "I. ", "1, ", "' ", " & ", "., ", "ed. ", "University of A, ",
)  # fmt: skip
SIZE = 1500
"""Characters in the field; four times as many must not take more than about four times as long."""


@pytest.mark.parametrize("kind", ["misc", "incollection", "report"])
@pytest.mark.parametrize("name", FIELDS)
def test_time_grows_with_a_field_and_not_faster(kind: str, name: str) -> None:
    slow = {}
    for piece in PIECES:
        small, large = seconds(kind, name, piece, SIZE), seconds(kind, name, piece, 4 * SIZE)
        if large > 6 * small + 0.1:
            slow[piece] = small, large
    assert not slow


def seconds(kind: str, name: str, piece: str, size: int) -> float:
    """The least CPU time of two runs, of an entry with the piece again and again in a field."""
    fields = {"author": "Lund, Anna", "title": "Waiting here", "year": "2001"}
    fields[name] = (piece * (size // len(piece) + 1))[:size]
    typed = ", ".join(f"{key} = {{{value}}}" for key, value in fields.items())
    source = Source("a.bib", f"@{kind}{{a, {typed}}}")
    best = 1e9
    for _ in range(2):
        start = time.process_time()
        load_library([source])
        best = min(best, time.process_time() - start)
    return best
