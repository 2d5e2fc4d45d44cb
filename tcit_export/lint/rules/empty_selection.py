"""What it checks: `select` of a list finds works, and every key in it has an entry.

Why: a list without works is shown empty, and a mistyped key silently leaves out its work. Reading
lists choose from the whole bibliography, other documents from what they cite or name.

Example:

    ::: {.references select="keyword:cyring"}

Instead:

    ::: {.references select="keyword:crying"}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tcit_export.bibliography.holdings import values_of
from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.selection import Listing, matches
from tcit_export.diagnostic import Diagnostic, Kind, Severity, nearest
from tcit_export.lint.rule import Context, Rule
from tcit_export.model.nodes import ListSpec
from tcit_export.query.fields import FIELDS, Shape
from tcit_export.query.syntax import Query, Term, terms
from tcit_export.query.written import query_text
from tcit_export.source import Span

KIND = Kind("Q020", "empty-selection", Severity.WARNING, __doc__)

_MOST_GUESSES: Final = 20
"""Keys for which the nearest one is looked for: comparing takes time."""


def check(context: Context) -> Iterator[Diagnostic]:
    """At the condition that no work meets, or at the query, all of which no work meets at once."""
    pool = context.pool()
    for node in context.lists():
        if node.spec.select is not None:
            yield from _unknown_keys(context, node.spec.select)
            yield from _nothing(context, node.spec, node.spec.select, pool)


def _unknown_keys(context: Context, query: Query) -> Iterator[Diagnostic]:
    """Keys without entry, also where others are found."""
    folded = {entry.key.casefold() for entry in context.library}
    tried = 0
    for term in terms(query):
        for key in term.values if term.name == "key" else ():
            if key.endswith("*") or key.casefold() in folded or key in context.library:
                continue
            tried += 1
            near = nearest(key, context.library.entries) if tried <= _MOST_GUESSES else None
            hints = [f"did you mean `{near}`?"] if near else []
            yield KIND.at(context.place(term.span), f"no work has the key `{key}`", hints=hints)


def _nothing(
    context: Context, spec: ListSpec, query: Query, pool: Sequence[Entry]
) -> Iterator[Diagnostic]:
    listing = context.listing(spec)
    if any(matches(query, entry, listing) for entry in pool):
        return
    found = list(terms(query))
    empty = [term for term in found if not any(matches(term, entry, listing) for entry in pool)]
    for term in empty:
        if term.name != "key":
            message = f"no work is selected by `{query_text(term)}`"
            hints = [*_hints(context, term, listing, pool)]
            yield KIND.at(context.place(term.span), message, hints=hints)
    if not empty:
        first, last = min(term.span for term in found), max(term.span for term in found)
        span = Span(first.start, last.end)
        yield KIND.at(context.place(span), "no work is selected by all of this together")


def _hints(context: Context, term: Term, listing: Listing, pool: Sequence[Entry]) -> Iterator[str]:
    """What was most likely meant: a value that there is, or a document of another kind."""
    if len(pool) < len(context.library) and any(
        matches(term, entry, listing) for entry in context.library
    ):
        yield "only a document of `kind: reading-list` selects works that it does not cite"
        return
    if FIELDS[term.name] is not Shape.WORDS:
        return
    held = {text for entry in pool for text in values_of(term.name, entry, listing)}
    for value in term.values[:_MOST_GUESSES]:
        near = nearest(value, held)
        if near:
            yield f"did you mean `{near}`?"


RULE = Rule(KIND, check)
