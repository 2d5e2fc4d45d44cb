"""The same bytes for the same content, wherever and however it is built."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.projects import BIBLIOGRAPHY, REVIEW, command, make_project, outputs
from tests.test_failures import PNG

TEXT = (
    REVIEW + "\n![A dot](dot.png)\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\nA note.[^1]\n\n[^1]: Of it.\n"
)
FILES = {
    "content/one.md": TEXT,
    "content/two.md": REVIEW,
    "content/works.bib": BIBLIOGRAPHY,
    "content/dot.png": PNG,
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = make_project(tmp_path_factory.mktemp("first"), FILES)
    done = command("build", "--jobs", "1", cwd=root, env={"PYTHONHASHSEED": "1", "TZ": "UTC"})
    assert done.returncode == 0, done.stderr
    assert len(outputs(root)) == 6
    return outputs(root)


@pytest.mark.parametrize(
    ("folder", "environment", "options"),
    [
        ("again", {}, ()),
        ("jobs", {}, ("--jobs", "4")),
        ("seed", {"PYTHONHASHSEED": "77"}, ()),
        ("zone", {"TZ": "Pacific/Kiritimati"}, ()),
        ("locale", {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}, ()),
        ("a much longer path/with spaces/and ümlauts", {}, ()),
    ],
)
def test_the_same_bytes(
    tmp_path: Path,
    first: dict[str, bytes],
    folder: str,
    environment: dict[str, str],
    options: tuple[str, ...],
) -> None:
    root = make_project(tmp_path / folder, FILES)
    for path in root.glob("content/*"):
        os.utime(path, (1, 1))
    done = command("build", *options, cwd=root, env=environment)
    assert done.returncode == 0, done.stderr
    assert outputs(root) == first


def test_a_rebuild_changes_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path, FILES)
    command("build", cwd=root)
    before = outputs(root)
    command("build", cwd=root)
    assert outputs(root) == before
    shutil.rmtree(root / "output")
    command("build", cwd=root)
    assert outputs(root) == before


def test_a_given_date_is_used_and_changes_the_bytes(
    tmp_path: Path, first: dict[str, bytes]
) -> None:
    root = make_project(tmp_path, FILES)
    dated = {"SOURCE_DATE_EPOCH": "1500000000"}
    command("build", cwd=root, env=dated)
    given = outputs(root)
    command("build", cwd=root, env={**dated, "TZ": "Asia/Tokyo"})
    assert outputs(root) == given
    assert given["one.pdf"] != first["one.pdf"]
    assert b"2017-07-14" in given["one.pdf"]


def test_no_path_of_the_machine_is_in_a_file(first: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in first.items():
        assert str(tmp_path.parent).encode() not in data, name
        assert b"file://" not in data, name
