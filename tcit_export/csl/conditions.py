"""The conditions of cs:if and cs:else-if, as functions of the context."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tcit_export.csl import style as s
from tcit_export.csl.context import Context
from tcit_export.csl.numbers import is_numeric
from tcit_export.csl.style import term_name
from tcit_export.csl.values import ALIASES, cite_value

Predicate: TypeAlias = Callable[[Context], bool]


def compile_condition(branch: s.Branch) -> Predicate:
    if branch.match == "else":
        return _always
    tests = _tests(branch)
    if not tests:
        return _always if branch.match == "none" else _never
    if branch.match == "none":
        if len(tests) == 1:
            only = tests[0]
            return lambda ctx: not only(ctx)
        one = _any(tests)
        return lambda ctx: not one(ctx)
    if len(tests) == 1:
        return tests[0]
    return _any(tests) if branch.match == "any" else _all(tests)


def _any(tests: tuple[Predicate, ...]) -> Predicate:
    def holds(ctx: Context) -> bool:
        for test in tests:  # noqa: SIM110  (`any` over a generator takes twice as long)
            if test(ctx):
                return True
        return False

    return holds


def _all(tests: tuple[Predicate, ...]) -> Predicate:
    def holds(ctx: Context) -> bool:
        for test in tests:  # noqa: SIM110
            if not test(ctx):
                return False
        return True

    return holds


def _tests(branch: s.Branch) -> tuple[Predicate, ...]:
    """One predicate for each test; the types of an attribute are one test.

    An item has but one type: of several, any will do, whatever `match`, as the reference has it.
    """
    types = frozenset(test.value for test in branch.tests if test.condition == "type")
    others = [_test(test) for test in branch.tests if test.condition != "type"]
    if types:
        others.insert(0, lambda ctx: ctx.item.type in types)
    return tuple(others)


def _test(test: s.Test) -> Predicate:
    value = test.value
    match test.condition:
        case "variable":
            return _has_variable(value)
        case "is-numeric":
            return lambda ctx: _is_numeric_variable(ctx, value)
        case "is-uncertain-date":
            return lambda ctx: value in ctx.dates and ctx.dates[value].circa
        case "position":
            return _position(value)
        case "locator":
            label = term_name(value)
            return lambda ctx: ctx.locator != "" and term_name(ctx.label) == label
        case _:
            return _disambiguate


def _always(ctx: Context) -> bool:
    return True


def _never(ctx: Context) -> bool:
    return False


def _has_variable(name: str) -> Predicate:
    if name in ("locator", "citation-number", "year-suffix", "first-reference-note-number"):
        return lambda ctx: cite_value(ctx, name) != ""
    if name in ALIASES:
        other = ALIASES[name]
        return lambda ctx: bool(ctx.field(name) or ctx.field(other))
    if name == "page-first":
        return lambda ctx: cite_value(ctx, name) != ""

    def test(ctx: Context) -> bool:
        # What cs:substitute has used up is still there to be tested.
        if name in ctx.fields:
            return ctx.fields[name] != ""
        return name in ctx.names or name in ctx.dates

    return test


def _is_numeric_variable(ctx: Context, name: str) -> bool:
    value = cite_value(ctx, name)
    if value:
        return is_numeric(value)
    return False


def _position(name: str) -> Predicate:
    def test(ctx: Context) -> bool:
        if ctx.in_bibliography:
            return False
        match name:
            case "first":
                return ctx.position == 0
            case "subsequent":
                return ctx.position > 0
            case "ibid":
                return ctx.position >= 2
            case "ibid-with-locator":
                return ctx.position == 3
            case "near-note":
                return ctx.near_note
            case _:
                return False

    return test


def _disambiguate(ctx: Context) -> bool:
    """True for as many conditions as disambiguation has switched on for this item."""
    ctx.conditions_met += 1
    return ctx.conditions_met <= ctx.expansion.conditions
