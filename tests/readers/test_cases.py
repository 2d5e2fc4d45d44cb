"""The readers' case files."""

from __future__ import annotations

from tcit_export.diagnostic import Diagnostic, in_order
from tcit_export.readers.markdown import read
from tcit_export.source import Source
from tcit_export.writers.tree import blocks_tree, document_tree
from tests.casefile import Case, compare, parametrized

HEAD = "---\ntitle: T\n---\n"


def listed(diagnostics: tuple[Diagnostic, ...], lines_before: int = 0) -> str:
    """`line:column code message | hint`, a line each, and the words the span covers."""
    lines = []
    for found in in_order(diagnostics):
        hints = "".join(f" | {hint}" for hint in found.hints)
        span = found.location.span
        words = found.location.source.text[span.start : span.end].split("\n")[0][:40]
        place = f"{found.location.line - lines_before}:{found.location.column}"
        lines.append(f"{place} {found.code} {found.message}{hints} <{words}>\n")
    return "".join(lines)


def rendered(text: str) -> str:
    """The tree and the diagnostics of a body, or of a document with its own front matter."""
    if text.startswith("---\n"):
        parsed = read(Source("case.md", text))
        return document_tree(parsed.value) + listed(parsed.diagnostics)
    parsed = read(Source("case.md", HEAD + text))
    return blocks_tree(parsed.value.blocks) + listed(parsed.diagnostics, HEAD.count("\n"))


@parametrized("markdown")
def test_markdown(case: Case, update: bool) -> None:
    compare(case, rendered(case.input), update)


@parametrized("citations")
def test_citations(case: Case, update: bool) -> None:
    compare(case, rendered(case.input), update)


@parametrized("front_matter")
def test_front_matter(case: Case, update: bool) -> None:
    parsed = read(Source("case.md", case.input))
    compare(case, document_tree(parsed.value) + listed(parsed.diagnostics), update)
