"""The same bytes for the same content, wherever and however it is built."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pikepdf
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


def test_the_same_bytes_when_everything_around_differs(
    tmp_path: Path, first: dict[str, bytes]
) -> None:
    """Another folder, seed, time zone, locale, umask, age of files, and several workers."""
    root = make_project(tmp_path / "a much longer path" / "with ümlauts", FILES)
    for path in root.glob("content/*"):
        os.utime(path, (1, 1))
    around = {
        "PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C",
        "PYTHONUTF8": "0",
    }  # fmt: skip
    old = os.umask(0o077)
    try:
        done = command("build", "--jobs", "2", cwd=root, env=around)
    finally:
        os.umask(old)
    assert done.returncode == 0, done.stderr
    assert outputs(root) == first
    again = command("build", cwd=root)
    assert again.returncode == 0, again.stderr
    assert outputs(root) == first


def test_a_given_date_is_used_and_changes_the_bytes(
    tmp_path: Path, first: dict[str, bytes]
) -> None:
    root = make_project(tmp_path, FILES)
    command("build", cwd=root, env={"SOURCE_DATE_EPOCH": "1500000000", "TZ": "Asia/Tokyo"})
    given = outputs(root)
    assert given["one.pdf"] != first["one.pdf"]
    with pikepdf.open(root / "output" / "one.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20170714024000")
    with zipfile.ZipFile(root / "output" / "one.docx") as package:
        assert b"2017-07-14T02:40:00Z" in package.read("docProps/core.xml")


def test_no_path_of_the_machine_is_in_a_file(first: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in first.items():
        assert str(tmp_path.parent).encode() not in data, name
        assert b"file://" not in data, name
