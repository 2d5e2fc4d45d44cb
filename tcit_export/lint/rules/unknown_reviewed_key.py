"""What it checks: the works that `reviewed` names in the front matter are in the bibliography.

Why: their references open the handout, and "Cite this article" names them.

Example:

    reviewed: blume2013                the entry's key is blumemarcovici2013

Instead:

    reviewed: blumemarcovici2013
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.diagnostic import Diagnostic, Kind, Severity
from tcit_export.lint.rule import Context, Rule
from tcit_export.lint.rules.unknown_citation_key import unknown_key

KIND = Kind("C002", "unknown-reviewed-key", Severity.ERROR, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic a key."""
    metadata = context.document.metadata
    for index, key in enumerate(metadata.reviewed):
        if key not in context.library:
            span = metadata.spans.get(f"reviewed.{index}") or metadata.spans.get("reviewed")
            yield unknown_key(KIND, key, context.place(span), context.library)


RULE = Rule(KIND, check)
