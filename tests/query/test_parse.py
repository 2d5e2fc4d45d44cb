"""Queries as people type them: what is understood, what is told, and that nothing raises."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tcit_export import limits
from tcit_export.diagnostic import Diagnostic, Parsed
from tcit_export.query.fields import FIELDS, OPERATORS
from tcit_export.query.parse import parse_grouping, parse_query, parse_sort
from tcit_export.query.syntax import And, Grouping, Not, Operator, Or, Query, SortKey, Term, terms
from tcit_export.query.written import grouping_text, query_text, sort_text
from tcit_export.source import Source, Span
from tests.casefile import Case, compare, parametrized


def shown(query: Query | None) -> str:
    match query:
        case None:
            return "nothing"
        case Term(name, operator, values):
            words = ", ".join(f"<{value}>" for value in values)
            return f"{name} {operator.value} {words}" if values else name
        case Not(inner):
            return f"not ({shown(inner)})"
        case And(queries):
            return " and ".join(f"({shown(each)})" for each in queries)
        case Or(queries):
            return " or ".join(f"({shown(each)})" for each in queries)


def mistakes(diagnostics: tuple[Diagnostic, ...], text: str) -> str:
    lines = []
    for diagnostic in diagnostics:
        span = diagnostic.location.span
        marked = f"{text[: span.start]}[{text[span.start : span.end]}]{text[span.end :]}"
        hints = "".join(f" | {hint}" for hint in diagnostic.hints)
        lines.append(f"{diagnostic.code} {diagnostic.message}{hints}\n    {marked}\n")
    return "".join(lines)


def outcome(text: str) -> str:
    source = Source("q", text)
    if text.startswith("sort="):
        text = text.removeprefix("sort=")
        keys = parse_sort(text, Source("q", text))
        found = ", ".join(f"{key.name}{' down' * key.descending}" for key in keys.value)
        return f"{found or 'nothing'}\n{mistakes(keys.diagnostics, text)}"
    if text.startswith("group="):
        text = text.removeprefix("group=")
        grouping = parse_grouping(text, Source("q", text))
        value = grouping.value
        found = f"{value.name} {list(value.order)}" if value else "nothing"
        return f"{found}\n{mistakes(grouping.diagnostics, text)}"
    query = parse_query(text, source)
    return f"{shown(query.value)}\n{mistakes(query.diagnostics, text)}"


@parametrized("query")
def test_queries(case: Case, update: bool) -> None:
    compare(case, outcome(case.input), update)


def test_places_are_those_of_the_file() -> None:
    source = Source("a.md", "xxxxx titel:a and year:2000")
    found = parse_query("titel:a and year:2000", source, 6)
    assert [d.location.span for d in found.diagnostics] == [Span(6, 11)]
    assert found.value is not None
    assert [source.text[t.span.start : t.span.end] for t in terms(found.value)] == ["year:2000"]


def test_a_thousand_keys_fit_and_endless_texts_are_refused() -> None:
    keys = ", ".join(f"author{number}" for number in range(1000))
    found = parse_query(f"key:({keys})", Source("q", ""))
    assert isinstance(found.value, Term)
    assert len(found.value.values) == 1000
    assert found.diagnostics == ()
    long = parse_query("year:1 or " * limits.QUERY_CHARACTERS, Source("q", ""))
    assert (long.value, [d.code for d in long.diagnostics]) == (None, ["Q005"])


def test_deep_nesting_is_told_once() -> None:
    found = parse_query("(" * 1000 + "year:1" + ")" * 1000, Source("q", ""))
    assert [d.code for d in found.diagnostics] == ["Q005"]
    assert parse_query("not " * 1000 + "year:1", Source("q", "")).value is not None


_SIGNS = (
    """titel and or NOT and: ( ) , : = != < >= " ' “ 1990-1999 2001 crying O'Brien * - ä week"""
)
_PIECES = st.sampled_from([*_SIGNS.split(), *FIELDS])
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map(" ".join)) | st.lists(
    _PIECES, max_size=25
).map("".join)


@given(_TEXTS)
def test_nothing_raises_and_every_place_lies_inside(text: str) -> None:
    source = Source("q", f"xx{text}")
    results: list[Parsed[object]] = [
        read(text, source, 2) for read in (parse_query, parse_sort, parse_grouping)
    ]
    for parsed in results:
        for diagnostic in parsed.diagnostics:
            span = diagnostic.location.span
            assert 2 <= span.start <= span.end <= len(source.text)
            assert diagnostic.is_error
    query = parse_query(text, source, 2)
    assert query.value is not None or query.diagnostics
    for term in terms(query.value) if query.value is not None else ():
        assert 2 <= term.span.start < term.span.end <= len(source.text)
        assert term.operator in OPERATORS[FIELDS[term.name]] or not term.values


_WORD = st.text("abcäö-0123456789*", min_size=1, max_size=8)
_NAMES = sorted(
    name for name, shape in FIELDS.items() if OPERATORS[shape] and name not in "year week"
)
_NUMBERS = st.integers(0, 9999).map(str) | st.tuples(
    st.integers(0, 4000), st.integers(4000, 9999)
).map(lambda pair: f"{pair[0]}-{pair[1]}")
_SPAN = Span(0, 0)
_TERMS = (
    st.builds(
        Term,
        st.sampled_from(_NAMES),
        st.sampled_from([Operator.HAS, Operator.IS, Operator.IS_NOT]),
        st.lists(_WORD, min_size=1, max_size=3, unique=True).map(tuple),
        st.just(_SPAN),
    )
    | st.builds(
        Term,
        st.sampled_from(["year", "week"]),
        st.just(Operator.HAS),
        st.lists(_NUMBERS, min_size=1, max_size=3, unique=True).map(tuple),
        st.just(_SPAN),
    )
    | st.just(Term("has-doi", Operator.HAS, (), _SPAN))
)
_QUERIES = st.recursive(
    _TERMS,
    lambda inner: (
        st.builds(Not, inner.filter(lambda query: not isinstance(query, Not)))
        | st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=8,
)


@given(_QUERIES)
def test_what_is_typed_is_what_is_read(query: Query) -> None:
    text = query_text(query)
    found = parse_query(text, Source("q", text))
    assert (found.value, found.diagnostics) == (query, ())


def test_sort_and_group_as_values() -> None:
    source = Source("q", "")
    assert parse_sort("importance, -date", source).value == (
        SortKey("importance"),
        SortKey("year", descending=True),
    )
    assert parse_grouping("Topic: Tears, *", source).value == Grouping("topic", ("Tears", "*"))
    for text in ("importance, -year", "author"):
        assert sort_text(parse_sort(text, source).value) == text
    grouping = Grouping("topic", ("Tears, real", "*", "Empathy"))
    assert parse_grouping(grouping_text(grouping), source).value == grouping
