"""What it checks: an order of groups names groups that there are.

Why: works whose group is mistyped there are shown among the others, or not under their heading.

Example:

    ::: {.references group="topic: Teers, Empathy, *"}

Instead:

    ::: {.references group="topic: Tears, Empathy, *"}
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.bibliography.group_words import group_words
from tcit_export.bibliography.grouping import group_names, named_groups
from tcit_export.diagnostic import Diagnostic, Kind, Severity, nearest
from tcit_export.lint.rule import Context, Rule
from tcit_export.model.nodes import ReferenceList
from tcit_export.source import Span

KIND = Kind("Q023", "unknown-group", Severity.WARNING, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """At the name of the group."""
    lists = [node for node in context.lists() if node.spec.group and node.spec.group.order]
    if not lists:
        return
    entries, words = context.used_entries(), group_words(context.document.metadata.lang)
    for node in lists:
        grouping, listing = node.spec.group, context.listing(node.spec)
        assert grouping is not None
        known = group_names(grouping.name, entries, listing, words)
        for name in grouping.order:
            if name != "*" and not named_groups(grouping.name, name, known, listing):
                near = nearest(name, known.values())
                hints = [f"did you mean `{near}`?"] if near else []
                message = f"no work is in the group `{name}`"
                yield KIND.at(context.place(_place(context, node, name)), message, hints=hints)


def _place(context: Context, node: ReferenceList, name: str) -> Span | None:
    """Where the name stands in the first line of the list."""
    if node.span is None:
        return None
    text = context.source.text
    end = text.find("\n", node.span.start)
    line_end = end if end >= 0 else len(text)
    group = text.find("group", node.span.start, line_end)
    start = text.find(name, max(group, node.span.start), line_end)
    return Span(start, start + len(name)) if start >= 0 else node.span


RULE = Rule(KIND, check)
