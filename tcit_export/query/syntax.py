"""Queries as values: what `select`, `sort` and `group` say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias, Union, assert_never

from tcit_export.source import Span


class Operator(Enum):
    """How a field is compared. `HAS` is the colon: contains the word, or is one of the values."""

    HAS = ":"
    IS = "="
    IS_NOT = "!="
    BEFORE = "<"
    UP_TO = "<="
    AFTER = ">"
    FROM = ">="


@dataclass(frozen=True, slots=True)
class Term:
    """`keyword:crying`, `year>=2000`, `year:1990-1999`, `has-doi`, `key:(kahn2001, alden2001)`.

    `name` is one of `fields.FIELDS`; several `values` are alternatives; none for a plain flag.
    """

    name: str
    operator: Operator
    values: tuple[str, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What the query does not find."""

    query: Query


@dataclass(frozen=True, slots=True)
class And:
    """What all the queries find."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any of the queries finds."""

    queries: tuple[Query, ...]


Query: TypeAlias = Union[Term, Not, And, Or]


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of `sort`; a leading `-` turns it round."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """`group="week"`; `order` is an explicit one: `group="topic: Tears, Empathy, *"`.

    In `order` a `*` stands for all groups that it does not name.
    """

    name: str
    order: tuple[str, ...] = ()


def terms(query: Query) -> Iterator[Term]:
    """The conditions that a query is made of, in their order."""
    match query:
        case Term():
            yield query
        case Not(inner):
            yield from terms(inner)
        case And(queries) | Or(queries):
            for each in queries:
                yield from terms(each)
        case _:
            assert_never(query)
