"""Queries, sort keys and groupings as text that reads the same again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, assert_never

from tcit_export.patterns import late
from tcit_export.query.syntax import And, Grouping, Not, Or, Query, SortKey, Term


def query_text(query: Query) -> str:
    """A query as one may type it."""
    match query:
        case Term(name, _, ()):
            return name
        case Term(name, operator, values):
            quoted = [_quoted(value) for value in values]
            shown = quoted[0] if len(quoted) == 1 else f"({', '.join(quoted)})"
            return f"{name}{operator.value}{shown}"
        case Not(inner):
            return f"not {_bracketed(inner)}"
        case And(queries):
            return " and ".join(map(_bracketed, queries))
        case Or(queries):
            return " or ".join(map(_bracketed, queries))
        case _:
            assert_never(query)


def _bracketed(query: Query) -> str:
    text = query_text(query)
    return text if isinstance(query, Term) else f"({text})"


_PLAIN: Final = late(r"[^\W_][\w*.:+/-]*")


def _quoted(value: str) -> str:
    """A value, in quotation marks where it needs them."""
    if _PLAIN.fullmatch(value) and value.casefold() not in ("and", "or", "not"):
        return value
    mark = "'" if '"' in value else '"'
    return f"{mark}{value}{mark}"


def sort_text(keys: Iterable[SortKey]) -> str:
    """Sort keys as one may type them."""
    return ", ".join(("-" if key.descending else "") + key.name for key in keys)


def grouping_text(grouping: Grouping) -> str:
    """A grouping as one may type it."""
    order = ", ".join(name if name == "*" else _quoted(name) for name in grouping.order)
    return f"{grouping.name}: {order}" if order else grouping.name
