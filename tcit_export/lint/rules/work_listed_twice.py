"""What it checks: a list names each work once.

Why: a work stands once in a list, so what a second item says of it is not shown.

Example:

    - [@kahn2001, chap. 1] For the seminar.
    - [@kahn2001, chap. 5] For the exam.

Instead:

    - [@kahn2001, chap. 1, 5] Chapter 1 for the seminar, Chapter 5 for the exam.
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.diagnostic import Diagnostic, Kind, Related, Severity
from tcit_export.lint.rule import Context, Rule
from tcit_export.model.nodes import ListedWork

KIND = Kind("Q022", "work-listed-twice", Severity.WARNING, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic a repetition, at its key."""
    for node in context.lists():
        first: dict[str, ListedWork] = {}
        for work in node.spec.works:
            entry = context.library.get(work.key)
            before = first.setdefault(entry.key if entry else work.key, work)
            if before is not work:
                yield KIND.at(
                    context.place(work.key_span),
                    f"`{work.key}` stands in this list already",
                    related=[Related("the first one", context.place(before.key_span))],
                )


RULE = Rule(KIND, check)
