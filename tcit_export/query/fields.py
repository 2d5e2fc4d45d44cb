"""The vocabulary of queries: by what works are selected, sorted and grouped.

| field | asks for | written |
|--|--|--|
| `key` | citation keys | `key:(kahn2001, alden2001)` |
| `type` | BibTeX's or CSL's name of a type | `type:article` |
| `author`, `editor` | words of a name | `author:Kahn` |
| `title`, `journal`, `keyword` | words | `title:"emotional expression"`, `keyword:cry*` |
| `language` | a language tag, or its beginning | `language:de` |
| `importance` | a word of the vocabulary, or its rank | `importance:essential` |
| `year`, `week` | a number, a range, a comparison | `year:1990-1999`, `year>=2000`, `week:3` |
| `has-doi`, `has-url`, `has-abstract`, `has-annotation`, `cited` | yes or no | `not has-doi` |

Sorted is by `author`, `year`, `title`, `key`, `type`, `journal`, `importance`, `week`, `pages`,
`order` (as in the list or the file) or `cited` (as in the text); grouped by `week`, `topic`
(keywords), `year`, `decade`, `type`, `importance`, `language` or `author`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from tcit_export.query.syntax import Operator


class Shape(Enum):
    """What a field holds, so which operators fit it."""

    WORDS = "words"
    NUMBER = "number"
    FLAG = "flag"


OPERATORS: Final[Mapping[Shape, frozenset[Operator]]] = {
    Shape.WORDS: frozenset((Operator.HAS, Operator.IS, Operator.IS_NOT)),
    Shape.NUMBER: frozenset(Operator),
    Shape.FLAG: frozenset(),
}

FIELDS: Final[Mapping[str, Shape]] = {
    "key": Shape.WORDS,
    "type": Shape.WORDS,
    "author": Shape.WORDS,
    "editor": Shape.WORDS,
    "year": Shape.NUMBER,
    "keyword": Shape.WORDS,
    "title": Shape.WORDS,
    "journal": Shape.WORDS,
    "language": Shape.WORDS,
    "importance": Shape.WORDS,
    "week": Shape.NUMBER,
    "has-doi": Shape.FLAG,
    "has-url": Shape.FLAG,
    "has-abstract": Shape.FLAG,
    "has-annotation": Shape.FLAG,
    "cited": Shape.FLAG,
}
"""The fields of `select`."""

SORT_FIELDS: Final = (
    "author", "year", "title", "key", "type", "journal", "importance", "week", "pages", "order",
    "cited",
)  # fmt: skip
GROUP_FIELDS: Final = (
    "week", "topic", "year", "decade", "type", "importance", "language", "author", "none",
)  # fmt: skip

_ALSO: Final = {
    "authors": "author",
    "date": "year",
    "editors": "editor",
    "id": "key",
    "keywords": "keyword",
    "keys": "key",
    "lang": "language",
    "languages": "language",
    "tag": "keyword",
    "topic": "keyword",
    "topics": "keyword",
    "types": "type",
    "weeks": "week",
    "years": "year",
}
_ALSO_GROUPS: Final = {
    **_ALSO,
    "decades": "decade",
    "keyword": "topic",
    "keywords": "topic",
    "tag": "topic",
    "topics": "topic",
}


def query_field(word: str) -> str | None:
    """The field of `select` that a word names, if it names one."""
    return _known(word, tuple(FIELDS), _ALSO)


def sort_field(word: str) -> str | None:
    """The field of `sort` that a word names."""
    return _known(word, SORT_FIELDS, _ALSO)


def group_field(word: str) -> str | None:
    """The field of `group` that a word names."""
    return _known(word, GROUP_FIELDS, _ALSO_GROUPS)


def _known(word: str, fields: tuple[str, ...], also: Mapping[str, str]) -> str | None:
    name = word.casefold().replace("_", "-")
    if name in fields:
        return name
    other = also.get(name)
    return other if other in fields else None
