"""What it checks: the keys that `nocite` asks to list are in the bibliography.

Why: a work that was asked for would silently be missing from the list.

Example:

    nocite: [rogers1961, roger1951]    the second entry's key is rogers1951

Instead:

    nocite: [rogers1961, rogers1951]
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.diagnostic import Diagnostic, Kind, Severity
from tcit_export.lint.rule import Context, Rule
from tcit_export.lint.rules.unknown_citation_key import unknown_key

KIND = Kind("C003", "unknown-nocite-key", Severity.ERROR, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic a key; `*` stands for all."""
    metadata = context.document.metadata
    for index, key in enumerate(metadata.nocite):
        if key != "*" and key not in context.library:
            span = metadata.spans.get(f"nocite.{index}") or metadata.spans.get("nocite")
            yield unknown_key(KIND, key, context.place(span), context.library)


RULE = Rule(KIND, check)
