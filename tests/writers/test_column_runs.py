"""Which lists share their columns, as a string of letters: H a heading, P a paragraph, a number a
list in so many columns; runs in brackets are set in columns."""

from __future__ import annotations

import pytest

from tcit_export.model.nodes import (
    Block,
    Heading,
    ListLook,
    ListSpec,
    Paragraph,
    ReferenceEntry,
    ReferenceList,
)
from tcit_export.writers.column_runs import column_runs

CASES = [
    ("alone, a heading stands above the columns", "PH2P", "PH2P"),
    ("two lists flow, each with its heading", "PH2H2P", "P[H2H2]P"),
    ("without headings too", "22", "[22]"),
    ("a heading of the whole stays above", "HH2H2", "H[H2H2]"),
    ("text between parts them", "H2PH2H2", "H2P[H2H2]"),
    ("lists across the page do not flow", "H1H1", "H1H1"),
    ("nor with those that do", "H2H2H1", "[H2H2]H1"),
    ("as many columns as the first", "2233", "[22][33]"),
    ("a heading at the end belongs to what comes", "22HP", "[22]HP"),
    ("nothing", "", ""),
]


def block(letter: str) -> Block:
    if letter == "H":
        return Heading(2, ())
    if letter == "P":
        return Paragraph(())
    look = ListLook(columns=int(letter))
    return ReferenceList(entries=(ReferenceEntry("key", "", ()),), spec=ListSpec(look=look))


def letter(given: Block) -> str:
    match given:
        case Heading():
            return "H"
        case ReferenceList(spec=spec):
            return str(spec.look.columns)
        case _:
            return "P"


@pytest.mark.parametrize(
    ("blocks", "runs"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_runs(blocks: str, runs: str) -> None:
    shown = ""
    for run in column_runs(map(block, blocks)):
        letters = "".join(map(letter, run.blocks))
        shown += f"[{letters}]" if run.columns > 1 else letters
    assert shown == runs
