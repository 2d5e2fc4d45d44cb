"""What it checks: every picture has a description for readers who do not see it.

Why: screen readers read it out; accessible PDF, Word and web pages are not complete without it
(WCAG 2.1, 1.1.1). A picture that only adorns says so, and is then skipped.

Example:

    ![](scatterplot.png)

Instead:

    ![Tears in therapy rise with years of practice](scatterplot.png)
    ![](ornament.png){.decorative}
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.diagnostic import Diagnostic, Kind, Severity
from tcit_export.lint.rule import Context, Rule
from tcit_export.model.nodes import Image

KIND = Kind("M020", "missing-alt-text", Severity.WARNING, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic a picture."""
    for node in context.nodes:
        if isinstance(node, Image) and not node.alt and "decorative" not in node.attributes.classes:
            yield KIND.at(
                context.place(node.span),
                f"the picture `{node.source}` has no description",
                hints=["write it between the brackets: ![description](…)"],
            )


RULE = Rule(KIND, check)
