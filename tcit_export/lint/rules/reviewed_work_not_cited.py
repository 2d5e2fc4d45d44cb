"""What it checks: the text of a review cites each work that it reviews.

Why: the reviewed work stands in the reference list, and each work there is cited in the text
(APA 7, 8.4); readers also look for the sentence that says what is reviewed.

Example:

    reviewed: blumemarcovici2013
    …
    The study asked 684 therapists.

Instead:

    @blumemarcovici2013 asked 684 therapists.
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.diagnostic import Diagnostic, Kind, Severity
from tcit_export.lint.rule import Context, Rule
from tcit_export.model.document import DocumentKind

KIND = Kind("C004", "reviewed-work-not-cited", Severity.WARNING, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic a work, at its key in the front matter."""
    metadata = context.document.metadata
    if metadata.kind is not DocumentKind.REVIEW:
        return
    entries = (context.library.get(item.key) for item in context.cite_items())
    cited = {entry.key for entry in entries if entry is not None}
    for index, key in enumerate(metadata.reviewed):
        entry = context.library.get(key)
        if entry is not None and entry.key not in cited:
            span = metadata.spans.get(f"reviewed.{index}") or metadata.spans.get("reviewed")
            yield KIND.at(
                context.place(span),
                f"the text does not cite `{key}`, which it reviews",
                hints=[f"write @{key} where the text first speaks of it"],
            )


RULE = Rule(KIND, check)
