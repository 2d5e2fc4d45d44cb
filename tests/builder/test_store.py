"""Outputs are written whole or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tcit_export.builder import store
from tcit_export.builder.store import NotWritten, write_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "x.pdf", b"new")
    assert (tmp_path / "a" / "b" / "x.pdf").read_bytes() == b"new"
    assert names(tmp_path / "a" / "b") == ["x.pdf"]


def test_the_mode_follows_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_file(tmp_path / "x.pdf", b"new")
    finally:
        os.umask(old)
    assert (tmp_path / "x.pdf").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    (tmp_path / "x.pdf").write_bytes(b"old")
    monkeypatch.setattr(store.os, step, fail)
    with pytest.raises(NotWritten):
        write_file(tmp_path / "x.pdf", b"new")
    assert (tmp_path / "x.pdf").read_bytes() == b"old"
    assert names(tmp_path) == ["x.pdf"]


def test_an_interrupt_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "x.pdf").write_bytes(b"old")
    monkeypatch.setattr(store.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "x.pdf", b"new")
    assert (tmp_path / "x.pdf").read_bytes() == b"old"
    assert names(tmp_path) == ["x.pdf"]


def test_a_symbolic_link_is_refused_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "x.pdf").symlink_to("mine")
    with pytest.raises(NotWritten, match="symbolic link"):
        write_file(tmp_path / "x.pdf", b"new")
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert (tmp_path / "x.pdf").is_symlink()


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    with pytest.raises(NotWritten, match="no file"):
        write_file(tmp_path / "x.pdf", b"new")


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    with pytest.raises(NotWritten, match="where its folder should be"):
        write_file(tmp_path / "output" / "x.pdf", b"new")


def test_what_a_killed_process_left_is_removed_and_a_running_ones_is_not(tmp_path: Path) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True,
        check=True,
    ).stdout.strip()  # fmt: skip
    (tmp_path / f".x.pdf.{dead}.part").write_bytes(b"torn")
    (tmp_path / f".x.pdf.{os.getppid()}.part").write_bytes(b"at work")
    write_file(tmp_path / "x.pdf", b"new")
    assert names(tmp_path) == [f".x.pdf.{os.getppid()}.part", "x.pdf"]
