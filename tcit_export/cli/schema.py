"""`schema`: what front matter and tcit.toml may hold, as JSON Schema, for editors.

Made of the types and tables that read them, so that a new field or setting is in it at once.
"""

from __future__ import annotations

import argparse
import json
import re
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from tcit_export import config
from tcit_export.config import PDF_SECONDS, SETTINGS, TEXT_SIZES, Config
from tcit_export.model.document import Author, Metadata, PartialDate
from tcit_export.model.nodes import Block, Inline, ListLook
from tcit_export.readers.front_matter import PATTERNS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

FIELD_WORDS: Final = {
    "title": "The title; Markdown such as *italics* may stand in it.",
    "subtitle": "A second line of the title.",
    "abstract": "A summary, in Markdown.",
    "keywords": "Words to find the document by.",
    "lang": "The language of the text, such as en-US.",
    "authors": "Who wrote the document: names, or their parts.",
    "date": "When it was written: 2018, 2018-01 or 2018-01-15.",
    "kind": "What the document is.",
    "reviewed": "The citation keys of what is reviewed.",
    "bibliography": "The .bib files that it cites from, relative to the document.",
    "style": "A citation style by name, or a .csl file of the project.",
    "locale": "The language of citations and references, where it is another than the text's.",
    "nocite": 'Keys of works to list though they are not cited; "*" for all.',
    "publication": "Where the document itself is published, for “Cite this article”.",
    "slug": "The name of the files that are made.",
    "lists": "What holds for all lists of references in the document.",
}
"""What editors show beside each field."""


def run(arguments: argparse.Namespace) -> int:
    """Print one of the two schemas."""
    schema = settings_schema() if arguments.settings else front_matter_schema()
    print(json.dumps(schema, indent=2, ensure_ascii=False))
    return 0


def front_matter_schema() -> Schema:
    """The YAML at the head of a document."""
    properties = _properties(Metadata)
    for name, words in FIELD_WORDS.items():
        properties[name]["description"] = words
    return {
        "$schema": DIALECT,
        "title": "Front matter of a TCIT Export document",
        "type": "object",
        "properties": properties,
        "required": ["title"],
        "additionalProperties": False,
    }


def settings_schema() -> Schema:
    """tcit.toml."""
    properties = {name: schema for name, schema in _properties(Config).items() if name in SETTINGS}
    for name, words in _setting_words().items():
        properties[name]["description"] = words
    return {
        "$schema": DIALECT,
        "title": "Settings of a TCIT Export project (tcit.toml)",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _setting_words() -> dict[str, str]:
    """The comments beside the settings in the docstring of `config`."""
    found = re.findall(r"^ {4}([a-z-]+) = .*?  # (.*)$", config.__doc__ or "", re.MULTILINE)
    return {name: words for name, words in found if name in SETTINGS}


# ------------------------------------------------------------------ types as schemas


def _properties(model: type) -> dict[str, Schema]:
    """Every field of a dataclass as users write it, with `-` between words and without places."""
    hints = get_type_hints(model)
    properties: dict[str, Schema] = {}
    for field in fields(model):
        if hints[field.name] is ListLook:  # its fields stand beside the others
            properties |= _properties(ListLook)
        elif field.name not in ("spans", "source", "chosen"):
            name = field.name.replace("_", "-")
            properties[name] = _field_schema(field.name, hints[field.name], field.default)
    return properties


def _field_schema(name: str, hint: Any, default: object) -> Schema:
    schema = _schema(name, hint)
    if isinstance(default, Enum):
        schema["default"] = default.value
    elif default is not MISSING and isinstance(default, (bool, str)) and default != "":
        schema["default"] = default
    return schema


def _schema(name: str, hint: Any) -> Schema:
    """What a field of this name and type is written as."""
    optional = [part for part in get_args(hint) if part is not types.NoneType]
    if get_origin(hint) in (Union, types.UnionType) and len(optional) == 1:
        return _schema(name, optional[0])
    if get_origin(hint) is tuple:
        return _several(name, get_args(hint)[0])
    if hint is str:
        return _text(name)
    if hint is bool:
        return {"type": "boolean"}
    if hint in (int, float):
        return _number(name)
    if hint is PartialDate:
        return {"anyOf": [_text("date"), {"type": "integer", "minimum": 1, "maximum": 9999}]}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and is_dataclass(hint):
        return {"type": "object", "properties": _properties(hint), "additionalProperties": False}
    raise TypeError(f"no schema for {name}: {hint!r}")


def _several(name: str, part: Any) -> Schema:
    """A tuple: Markdown in one text, or a list of which one may stand alone."""
    if part in (Inline, Block):
        return {"type": ["string", "number"]}
    if part is Author:
        person = {"anyOf": [{"type": "string"}, _schema(name, part)]}
        return {"anyOf": [*person["anyOf"], {"type": "array", "items": person}]}
    one = _schema("", part)
    listed = {"type": "array", "items": one}
    return listed if "enum" in one else {"anyOf": [one, listed]}


def _text(name: str) -> Schema:
    """A text, with what it must match; a number will do where anything does."""
    if name == "accent":
        return {"type": "string", "pattern": _pattern((config.COLOUR,))}
    found = PATTERNS.get(name, ())
    if not found:
        return {"type": ["string", "number"]}
    return {"type": "string", "pattern": _pattern(found)}


def _pattern(alternatives: tuple[re.Pattern[str], ...]) -> str:
    """Expressions that match as a whole, letters in either case where they may be."""
    return "^(?:" + "|".join(map(_portable, alternatives)) + ")$"


def _portable(pattern: re.Pattern[str]) -> str:
    """JSON Schema knows no flags: in front of a class or an escape letters stay as they are."""
    if not pattern.flags & re.IGNORECASE:
        return pattern.pattern
    either = re.compile(r"\\.|\[[^\]]*\]|\(\?[:=!]|([A-Za-z])")
    return either.sub(
        lambda found: f"[{found[1].lower()}{found[1].upper()}]" if found[1] else found[0],
        pattern.pattern,
    )


def _number(name: str) -> Schema:
    if name == "text_size":
        smallest, largest = TEXT_SIZES
        return {"type": "number", "minimum": smallest, "maximum": largest}
    if name == "pdf_seconds":
        smallest, largest = PDF_SECONDS
        return {"type": "integer", "minimum": smallest, "maximum": largest}
    if name == "columns":
        return {"type": "integer", "minimum": 1, "maximum": 2}
    return {"type": "integer", "minimum": 1, "maximum": 1000}
