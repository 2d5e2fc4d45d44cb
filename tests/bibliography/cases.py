"""Case files: a sentence in prose, then what goes in and what must come out.

Two forms. Blocks, for whole files: a line of three backticks, the input, a line with a single dot,
the expected text, three backticks. Pairs, for values: a line that begins with `> `, and one that
begins with `= `. Prose above a block or pair says what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).resolve().parent.parent / "cases" / "bibtex"
FENCE = "```"


@dataclass(frozen=True)
class Case:
    prose: str
    given: str
    expected: str
    where: str


def blocks(name: str) -> list[Case]:
    """The block cases of a file."""
    found: list[Case] = []
    prose: list[str] = []
    lines = iter(enumerate((CASES / name).read_text("utf-8").split("\n"), start=1))
    for number, line in lines:
        if line != FENCE:
            prose += [line] if line.strip() else []
            continue
        parts: list[list[str]] = [[]]
        for _, inner in lines:
            if inner == FENCE:
                break
            if inner == "." and len(parts) == 1:
                parts.append([])
            else:
                parts[-1].append(inner)
        given, expected = ("\n".join(part) for part in parts)
        found.append(Case(" ".join(prose), given, expected, f"{name}:{number}"))
        prose = []
    assert found, name
    return found


def pairs(name: str) -> list[Case]:
    """The pair cases of a file."""
    found: list[Case] = []
    prose = given = ""
    for number, line in enumerate((CASES / name).read_text("utf-8").split("\n"), start=1):
        if line.startswith("> "):
            given = line[2:]
        elif line.startswith("="):
            found.append(Case(prose, given, line[2:], f"{name}:{number}"))
        elif line.strip():
            prose = line
    assert found, name
    return found


def label(case: Case) -> str:
    return case.where
