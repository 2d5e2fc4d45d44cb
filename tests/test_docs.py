"""What the documents say is so: commands, settings, front matter, codes, Python examples."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tcit_export.cli.arguments import EDITIONS
from tcit_export.config import SETTINGS, read_config
from tcit_export.source import Source
from tests.projects import command

COMMANDS = (
    "build check references reading-list verify preview styles init new explain doctor schema"
).split()
NOT_DUE = ("reading-list", "schema")
"""Commands of the plan that do not exist yet."""


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in NOT_DUE])
def test_every_command_is_in_the_readme_and_has_help(readme: str, name: str, root: Path) -> None:
    assert f"tcit-export {name}" in readme
    done = command(name, "--help", cwd=root)
    assert done.returncode == 0
    assert f"usage: tcit-export {name}" in done.stdout


@pytest.mark.parametrize("name", NOT_DUE)
def test_the_readme_promises_no_command_that_is_not_there(
    readme: str, name: str, root: Path
) -> None:
    assert f"tcit-export {name}" not in readme
    assert command(name, cwd=root).returncode == 2


def test_the_settings_in_the_readme_are_settings(readme: str) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    assert read_config(Source("tcit.toml", text)).diagnostics == ()
    assert set(tomllib.loads(text)) <= set(SETTINGS)


def test_every_edition_is_in_the_readme(readme: str) -> None:
    assert [name for name in EDITIONS if f"`{name}`" not in readme] == []


def test_the_pictures_of_the_readme_are_there(readme: str, root: Path) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert len(pictures) >= 4
    assert [name for name in pictures if not (root / name).is_file()] == []


def test_the_citations_of_the_readme_read_as_it_says(readme: str, root: Path) -> None:
    import tcit_export

    library = (root / "content" / "references.bib").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]*@[^`]+)` \| (\(?[A-Z(].*?) \|$", readme, re.MULTILINE)
    shown = {typed: text for typed, text in rows if "full" not in typed}
    assert len(shown) >= 6
    for typed, text in shown.items():
        (found,) = tcit_export.format_citations(library, [typed])
        assert found.text.replace("’", "'") == text


def kinds(root: Path) -> list[tuple[str, str]]:
    """Code and name of every kind of diagnostic that the package declares."""
    declared = re.compile(r"Kind\(\s*\"([A-Z]\d{3})\",\s*\"([a-z0-9-]+)\"")
    texts = (path.read_text(encoding="utf-8") for path in (root / "tcit_export").rglob("*.py"))
    return sorted(found for text in texts for found in declared.findall(text))


def test_codes_and_names_of_diagnostics_are_unique(root: Path) -> None:
    found = kinds(root)
    assert len(found) > 60
    assert len({code for code, _ in found}) == len({name for _, name in found}) == len(found)


def test_every_code_is_explained(root: Path) -> None:
    from argparse import Namespace

    from tcit_export.cli.explain import run

    assert [code for code, _ in kinds(root) if run(Namespace(code=code)) != 0] == []
