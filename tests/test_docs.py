"""What the documents say is so: commands, settings, front matter, codes, Python examples."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from tcit_export.cli.arguments import EDITIONS
from tcit_export.config import SETTINGS, read_config
from tcit_export.query.fields import FIELDS, GROUP_FIELDS, SORT_FIELDS, Shape
from tcit_export.query.parse import parse_grouping, parse_query, parse_sort
from tcit_export.source import Source
from tests.projects import command, make_project

COMMANDS = (
    "build check references reading-list verify preview styles init new explain doctor schema"
).split()


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_has_help(readme: str, name: str, root: Path) -> None:
    assert f"tcit-export {name}" in readme
    done = command(name, "--help", cwd=root)
    assert done.returncode == 0
    assert f"usage: tcit-export {name}" in done.stdout


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


def chapter(readme: str) -> str:
    """The one about reading lists."""
    return readme.partition("\n## Reading lists\n")[2].partition("\n## Choose a style\n")[0]


def test_the_queries_of_the_readme_are_queries(readme: str) -> None:
    text = chapter(readme)
    rows = re.findall(r"^\| [a-z ,]+ \| (`.*) \|$", text.partition("| written |")[2], re.MULTILINE)
    typed = [query for row in rows for query in re.findall(r"`([^`]+[:=>][^`]*[^`:])`", row)]
    assert len(typed) >= 12
    typed += [field for field in FIELDS if FIELDS[field] is Shape.FLAG]
    for query in (*typed, *re.findall(r'select[= ]"([^"]+)"', text)):
        assert parse_query(query, Source("README.md", query)).diagnostics == (), query


def test_every_word_of_queries_is_in_the_readme(readme: str) -> None:
    text = chapter(readme)
    queried = [name for name in FIELDS if not re.search(rf"`(?:[^`]*\W)?{name}(?:\W[^`]*)?`", text)]
    named = [name for name in (*SORT_FIELDS, *GROUP_FIELDS) if f"`{name}`" not in text]
    assert (queried, [name for name in named if name != "none"]) == ([], [])
    orders = re.findall(r'(?<!-)(sort|group)="([^"]+)"', text)
    assert len(orders) >= 4
    for option, typed in orders:
        parse = parse_sort if option == "sort" else parse_grouping
        assert parse(typed, Source("README.md", typed)).diagnostics == ()


def test_the_reading_lists_of_the_readme_read_and_build(readme: str, tmp_path: Path) -> None:
    text = chapter(readme)
    (head,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    lists = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    assert len(lists) == 2
    library = (Path(__file__).parent.parent / "content" / "references.bib").read_bytes()
    document = f"---\ntitle: Readings\nkind: reading-list\n{head}---\n\n" + "\n".join(lists)
    library += b"@book{tears, title = {Tears}, publisher = {P}, year = {2001}, "
    library += b"keywords = {crying}, week = {1}}\n"
    make_project(tmp_path, {"content/list.md": document, "content/references.bib": library})
    done = command("build", "--format", "html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    commands = re.findall(r"^tcit-export (reading-list .*)$", text, re.MULTILINE)
    assert len(commands) == 3
    (tmp_path / "refs.bib").write_bytes(library)
    for line in commands:
        done = command(*shlex.split(line), cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")


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
