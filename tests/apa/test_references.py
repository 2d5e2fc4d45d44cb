"""APA 7 from BibTeX: what an entry becomes in the list, rule by rule.

An entry whose key begins with `other` is there to be spoken of and not printed itself.
"""

from __future__ import annotations

from tcit_export.bibliography.load import load_library
from tcit_export.references import format_references
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style
from tests.casefile import Case, compare, parametrized


def listed(bibtex: str) -> str:
    """The list of the entries as HTML, a line each, and what they are cited as."""
    library = load_library([Source("references.bib", bibtex)]).value
    style = load_style("apa").value
    assert style is not None
    keys = [entry.key for entry in library if not entry.key.startswith("other")]
    found = format_references(library, keys, style, load_locale(style).value)
    return "\n".join(
        f"{entry.html or '(not listed)'}\n    {entry.cite_parenthetical} {entry.cite_narrative}"
        for entry in found
    )


@parametrized("apa")
def test_entry_as_apa_has_it(case: Case, update: bool) -> None:
    compare(case, listed(case.input), update)
