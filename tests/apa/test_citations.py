"""APA 7 in the text (chapter 8): a case is a library, `---`, and citations in document order."""

from __future__ import annotations

import tcit_export
from tests.casefile import Case, compare, parametrized


@parametrized("apa_citations")
def test_citations_read_as_apa_has_them(case: Case, update: bool) -> None:
    bibtex, _, typed = case.input.partition("\n---\n")
    found = tcit_export.format_citations(bibtex, typed.split("\n"))
    compare(case, "\n".join(citation.html for citation in found), update)
