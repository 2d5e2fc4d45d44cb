"""The fixtures of the CSL test suite, through the runner that measures all processors.

`passing.txt` names what passes. It may only grow: a fixture in it that fails is a
regression, and one that passes without being in it must be added.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("TCIT_SHARED", ROOT.parent / "shared"))
RUNNER = SHARED / "csl-suite" / "csl_suite.py"
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(not RUNNER.is_file(), reason="the suite is not at hand")


def _names(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.split("#")[0].strip() for line in lines} - {""}


@lru_cache(maxsize=1)
def _passed() -> frozenset[str]:
    report = Path(os.environ.get("TMPDIR", "/tmp")) / f"csl-suite-{os.getpid()}.json"
    command = f"{sys.executable} -m tcit_export.csl.suite"
    subprocess.run(
        [sys.executable, str(RUNNER), "--cmd", command, "--json", str(report)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    fixtures = json.loads(report.read_text(encoding="utf-8"))["fixtures"]
    report.unlink()
    return frozenset(_passing_names(fixtures))


def _passing_names(fixtures: object) -> list[str]:
    if isinstance(fixtures, dict):
        fixtures = [{"name": name, **value} for name, value in fixtures.items()]
    assert isinstance(fixtures, list)
    return [fixture["name"] for fixture in fixtures if fixture["status"] == "pass"]


def test_what_passed_before_still_passes() -> None:
    assert sorted(_names(HERE / "passing.txt") - _passed()) == []


def test_what_passes_is_listed() -> None:
    assert sorted(_passed() - _names(HERE / "passing.txt")) == []


def test_each_failure_has_a_reason() -> None:
    counted = {path.stem for path in (RUNNER.parent / "fixtures").glob("*.txt")}
    excluded = _names(RUNNER.parent / "excluded.txt")
    failing = counted - excluded - _passed()
    reasons = (HERE / "known_failures.md").read_text(encoding="utf-8")
    assert sorted(name for name in failing if f"`{name}`" not in reasons) == []
