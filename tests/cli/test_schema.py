"""`schema`: JSON Schemas that say what the readers of front matter and settings take."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from tcit_export.cli.schema import FIELD_WORDS, front_matter_schema, settings_schema
from tcit_export.config import LIST_SETTINGS, SETTINGS, read_config
from tcit_export.model.document import Metadata
from tcit_export.readers.front_matter import LIST_FIELDS
from tcit_export.readers.markdown import read
from tcit_export.source import Source
from tests.projects import command_here

TYPES = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "object": dict,
         "array": list}  # fmt: skip


def fits(value: object, schema: dict[str, Any]) -> bool:
    """Whether a value is as a schema says: the few keywords that ours use."""
    assert set(schema) <= KEYWORDS
    if "anyOf" in schema:
        return any(fits(value, part) for part in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(is_a(value, name) for name in types):
        return False
    if isinstance(value, str) and "pattern" in schema:
        return re.search(schema["pattern"], value) is not None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, list):
        return all(fits(item, schema["items"]) for item in value)
    if isinstance(value, dict):
        known = schema["properties"]
        named = set(schema.get("required", ())) <= set(value) <= set(known)
        return named and all(fits(item, known[name]) for name, item in value.items())
    return True


KEYWORDS = {
    "$schema", "additionalProperties", "anyOf", "default", "description", "enum", "items",
    "maximum", "minimum", "pattern", "properties", "required", "title", "type",
}  # fmt: skip


def is_a(value: object, name: str) -> bool:
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


HEADS = [
    ("title: A review", True),
    ("title: 1984", True),
    ("subtitle: Without a title", False),
    ("title: T\ntitel: S", False),
    ("title: T\nauthors: [Ann Lee, {given: Jo, family: Moe, orcid: 0000-0002-1825-0097}]", True),
    ("title: T\nauthors: Ann Lee", True),
    ("title: T\nauthors: [{name: Ann Lee}]", False),
    ("title: T\ndate: 2018", True),
    ("title: T\ndate: 2018-01", True),
    ("title: T\ndate: January", False),
    ("title: T\nkind: reading-list", True),
    ("title: T\nkind: essay", False),
    ("title: T\nlang: en-GB", True),
    ("title: T\nlang: English!", False),
    ("title: T\nslug: my-review", True),
    ("title: T\nslug: ../up", False),
    ("title: T\nstyle: styles/mine.csl", True),
    ("title: T\nstyle: ../mine.csl", False),
    ("title: T\npublication: {volume: 3, doi: DOI:10.1000/182, url: HTTPS://example.org/a}", True),
    ("title: T\npublication: {doi: elsewhere}", False),
    ("title: T\npublication: {publishers: P}", False),
    ("title: T\nlists: {importance: [Core, Extra], totals: true, columns: 2}", True),
    ("title: T\nlists: {pages-per-hour: 20, density: compact, qr: false}", True),
    ("title: T\nlists: {library: 'https://library.example.org/?q={title}'}", True),
    ("title: T\nlists: {columns: 3}", False),
    ("title: T\nlists: {density: dense}", False),
    ("title: T\nlists: {look: {totals: true}}", False),
    ("title: T\nlists: [totals]", False),
    ("title: T\nreviewed: [a, b]\nnocite: '*'\nbibliography: x.bib\nkeywords: a, b", True),
]


@pytest.mark.parametrize(("head", "good"), HEADS)
def test_the_schema_and_the_reader_agree(head: str, good: bool) -> None:
    problems = read(Source("a.md", f"---\n{head}\n---\n")).diagnostics
    assert (problems == ()) is good
    assert fits(yaml.safe_load(head), front_matter_schema()) is good


def test_every_field_is_in_the_schema_with_words_beside_it() -> None:
    names = {field.name for field in fields(Metadata)} - {"spans"}
    properties = front_matter_schema()["properties"]
    assert set(properties) == set(FIELD_WORDS) == names
    assert [name for name, schema in properties.items() if not schema["description"]] == []


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("paper", "a4", True),
        ("paper", "a5", False),
        ("text-size", 12.5, True),
        ("text-size", 3, False),
        ("accent", "#0b4f5c", True),
        ("accent", "blue", False),
        ("editions", ["handout", "booklet"], True),
        ("editions", ["poster"], False),
        ("contents", True, True),
        ("contents", "yes", False),
        ("lists", {"ticks": True, "importance": ["Core", "Extra"]}, True),
        ("lists", {"ticks": "often"}, False),
        ("lists", {"tick": True}, False),
        ("paperr", "a4", False),
    ],
)
def test_the_schema_of_settings_and_their_reader_agree(name: str, value: Any, good: bool) -> None:
    text = f"{name} = {as_toml(value)}\n"
    assert (read_config(Source("tcit.toml", text)).diagnostics == ()) is good
    assert fits({name: value}, settings_schema()) is good


def test_the_lists_of_documents_and_projects_hold_the_same() -> None:
    documents = front_matter_schema()["properties"]["lists"]["properties"]
    assert set(documents) == set(LIST_FIELDS) == set(LIST_SETTINGS)
    assert documents == settings_schema()["properties"]["lists"]["properties"]


def test_every_setting_is_in_the_schema() -> None:
    assert sorted(settings_schema()["properties"]) == sorted(SETTINGS)


def test_the_command_prints_either_as_json(tmp_path: Path) -> None:
    done = command_here("schema", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == front_matter_schema()
    assert json.loads(command_here("schema", "--settings", cwd=tmp_path).stdout) == (
        settings_schema()
    )
