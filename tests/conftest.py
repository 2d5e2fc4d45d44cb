"""What all tests share: where the outside suites are, and the tools that some tests drive.

A test that misses something skips and says what; with TCIT_NOTHING_SKIPPED set (as in CI) such a
skip counts as a failure, so nothing silently goes untested there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed. In CI hypothesis has a profile of its own, which also draws the same cases.
settings.register_profile("untimed", deadline=None)
if not os.environ.get("CI"):
    settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the conformance suite, the APA strings and the validators."""
    folder = Path(os.environ.get("TCIT_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(
            f"the outside suites are not on this machine ({folder.name}/ beside the checkout)"
        )
    return folder


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """The path of a program by name; skips the test where it is not installed."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and "TCIT_NOTHING_SKIPPED" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {call.excinfo and call.excinfo.value}"
    return report


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what came out into case files")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether case files are to be rewritten."""
    return bool(request.config.getoption("--update"))
