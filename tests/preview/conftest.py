"""A preview that tests of one module share; they leave its project as they found it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.preview.running import Preview, make_project, running


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A running preview of a small project."""
    root: Path = make_project(tmp_path_factory.mktemp("preview"))
    with running(root) as started:
        yield started
