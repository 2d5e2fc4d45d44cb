"""The checks: what they find, what they leave alone, and that each explains itself."""

from __future__ import annotations

import re

import pytest

from tcit_export import lint
from tcit_export.bibliography.load import load_library
from tcit_export.diagnostic import Location, in_order
from tcit_export.lint.rule import Rule
from tcit_export.lint.rules import RULES
from tcit_export.readers.markdown import read
from tcit_export.source import Source
from tests.casefile import Case, cases, compare, parametrized

HEAD = "---\ntitle: T\n---\n"


def found(text: str) -> str:
    body, _, entries = text.partition("%%%")
    added = "" if body.startswith("---\n") else HEAD
    source, bib = Source("a.md", added + body), Source("b.bib", entries.removeprefix("\n"))
    library = load_library([bib]).value

    def place(location: Location) -> str:
        line = location.line - (added.count("\n") if location.source is source else 0)
        return f"{location.path}:{line}:{location.column}"

    lines = []
    for diagnostic in in_order(lint.run(source, read(source).value, library)):
        hints = "".join(f" | {hint}" for hint in diagnostic.hints)
        related = "".join(f" > {place(r.location)} {r.message}" for r in diagnostic.related)
        head = f"{place(diagnostic.location)} {diagnostic.severity.value}[{diagnostic.code}]"
        lines.append(f"{head} {diagnostic.message}{hints}{related}\n")
    return "".join(lines)


@parametrized("lint")
def test_rules(case: Case, update: bool) -> None:
    compare(case, found(case.input), update)


@pytest.mark.parametrize("rule", RULES, ids=[rule.kind.code for rule in RULES])
def test_a_rule_has_a_leaflet_and_a_case(rule: Rule) -> None:
    for part in ("What it checks:", "Why:", "Example:", "Instead:"):
        assert part in rule.kind.explanation
    assert any(rule.kind.code in case.expected for case in cases("lint"))


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.kind.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[CMQR]\d{3}", code) for code in codes)
    assert len({rule.kind.name for rule in RULES}) == len(RULES)
