"""The words of a record in the language of the document: [Doctoral dissertation], (Director).

The rules write them in English, which is the language of the manual; what they wrote word by word
is on a list (`record_words.txt`) and reads otherwise in other documents. What a user typed in
words of their own is on no list and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from tcit_export.csl.item import Item, Name
from tcit_export.patterns import late

_LANGUAGES: Final = ("de", "fr", "es", "it", "nl", "pt")
_FIELDS: Final = (
    "genre", "tcit-title-addon", "tcit-notice", "tcit-relation", "tcit-container-addon",
    "tcit-container-role", "tcit-author-role", "tcit-relation-role", "tcit-reprint-role",
    "tcit-identifier",
)  # fmt: skip
_NUMBERED: Final = late(r"(?P<words>Publication No\.) (?P<number>\S+)")
_ROLE: Final = late(r" \((?P<words>[^()]+)\)$")
_BETWEEN: Final = late(r"( & |, & |, )")


def localised(items: Iterable[Item], lang: str) -> list[Item]:
    """The items with the words of their records in this language (a BCP 47 tag), if it is known."""
    language = lang.split("-")[0].lower()
    if language not in _LANGUAGES:
        return list(items)
    words = _words(language)
    return [_localised(item, words) for item in items]


@cache
def _words(language: str) -> Mapping[str, str]:
    """English words and what they are in one language."""
    place = _LANGUAGES.index(language) + 1
    text = Path(__file__).with_name("record_words.txt").read_text("utf-8")
    rows = (line.split(" | ") for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: row[place] for row in rows}


def _localised(item: Item, words: Mapping[str, str]) -> Item:
    fields = {name: _phrase(item.fields[name], words) for name in _FIELDS if name in item.fields}
    names = {}
    if "tcit-author" in item.names:
        names["tcit-author"] = tuple(_role(name, words) for name in item.names["tcit-author"])
    if not fields and not names:
        return item
    return replace(item, fields={**item.fields, **fields}, names={**item.names, **names})


def _phrase(text: str, words: Mapping[str, str]) -> str:
    """A whole value, or one role after the other."""
    if text in words:
        return words[text]
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        return f"{words[numbered['words']]} {numbered['number']}"
    parts = _BETWEEN.split(text)
    return "".join(words.get(part, part) for part in parts) if len(parts) > 1 else text


def _role(name: Name, words: Mapping[str, str]) -> Name:
    """The role in parentheses behind a name that is written out (`tcit-author`)."""
    found = _ROLE.search(name.literal)
    if not found:
        return name
    return replace(
        name, literal=f"{name.literal[: found.start()]} ({_phrase(found['words'], words)})"
    )
