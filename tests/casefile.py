"""Case files: prose, input, expected output, many cases a file.

    === What this case shows, in a sentence.
    the input
    .
    what is expected

`pytest --update` writes what came out into the files; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent / "cases"


@dataclass(frozen=True)
class Case:
    path: Path
    number: int
    sentence: str
    input: str
    expected: str

    @property
    def name(self) -> str:
        return f"{self.path.stem}:{self.sentence}"


def cases(area: str) -> list[Case]:
    """All cases of `tests/cases/<area>/*.txt`, in order."""
    return [case for path in sorted((FOLDER / area).glob("*.txt")) for case in read(path)]


def read(path: Path) -> Iterator[Case]:
    """The cases of one file; text before the first is for readers."""
    _, *parts = ("\n" + path.read_text(encoding="utf-8")).split("\n=== ")
    for number, part in enumerate(parts):
        sentence, _, rest = part.partition("\n")
        typed, separator, expected = f"\n{rest}".partition("\n.\n")
        if not separator:
            typed = typed.removesuffix("\n.").rstrip("\n")
        yield Case(path, number, sentence, typed.removeprefix("\n"), expected.strip("\n"))


def parametrized(area: str) -> pytest.MarkDecorator:
    """Run a test once for each case of an area."""
    found = cases(area)
    return pytest.mark.parametrize("case", found, ids=[case.name for case in found])


def compare(case: Case, actual: str, update: bool) -> None:
    """Assert that a case came out as expected; with `update`, make that the expectation."""
    actual = actual.strip("\n")
    if update and actual != case.expected:
        rewrite(case, actual)
        return
    assert actual == case.expected


def rewrite(case: Case, actual: str) -> None:
    """Put another expectation into the case's file."""
    found = list(read(case.path))
    before = case.path.read_text(encoding="utf-8").split("=== ", 1)[0]
    parts = []
    for other in found:
        expected = actual if other.number == case.number else other.expected
        parts.append(f"=== {other.sentence}\n{other.input}\n.\n{expected}\n")
    case.path.write_text(before + "\n".join(parts), encoding="utf-8")


Render = Callable[[str], str]
