"""Our templates are compiled once and kept beside the modules; nothing depends on that."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
import pytest

from tcit_export.templates import Templates
from tcit_export.writers import page_frame

NAME = "downloads.html.j2"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for compiled modules, an empty one."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = Path(cache_from_source(page_frame.__file__)).parent
    folder.mkdir(parents=True)
    page_frame.environment.cache_clear()
    yield folder
    page_frame.environment.cache_clear()


def written(templates: Templates) -> str:
    page_frame.environment.cache_clear()
    template = page_frame.environment(templates).get_template(NAME)
    return template.render(downloads=[], labels={})


def test_the_second_time_nothing_is_compiled(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(Templates.of())
    assert len(list(kept.iterdir())) == 1

    def compile_anew(*_: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(jinja2.Environment, "compile", compile_anew)
    assert written(Templates.of()) == first


@pytest.mark.parametrize("damage", [b"", b"no bytecode", None])
def test_what_is_damaged_is_compiled_anew(kept: Path, damage: bytes | None) -> None:
    first = written(Templates.of())
    for path in kept.iterdir():
        path.write_bytes(path.read_bytes()[:-20] if damage is None else damage)
    assert written(Templates.of()) == first


def test_where_nothing_can_be_kept_it_is_compiled_each_time(kept: Path) -> None:
    kept.rmdir()
    assert written(Templates.of()) == written(Templates.of())
    assert not kept.exists()


def test_templates_of_a_project_are_not_kept(kept: Path, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / NAME).write_text("mine", encoding="utf-8")
    assert written(Templates.of(own)) == "mine"
    assert list(kept.iterdir()) == []


def test_nothing_is_written_where_python_may_not(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    written(Templates.of())
    assert list(kept.iterdir()) == []
