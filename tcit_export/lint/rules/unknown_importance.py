"""What it checks: words of importance are of the document's vocabulary.

Why: a word that is not in it cannot be shown in its rank, so it is left out. The vocabulary is
that of the language (Essential, Recommended, Further), or the one under `lists: importance:` in
the front matter or `[lists]` in tcit.toml; a number (1 is the most important) always does.

Example:

    - [@kahn2001]{importance=essental}

Instead:

    - [@kahn2001]{importance=essential}
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.bibliography.reading import Vocabulary, plain
from tcit_export.diagnostic import Diagnostic, Kind, Location, Severity, nearest
from tcit_export.lint.rule import Context, Rule, field_place
from tcit_export.model.document import DocumentKind
from tcit_export.model.nodes import ListSpec
from tcit_export.query.syntax import terms

KIND = Kind("Q021", "unknown-importance", Severity.WARNING, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """In the items of lists, in their queries, and in the entries that they show."""
    known = context.vocabulary()
    specs = [node.spec for node in context.lists()]
    for spec in specs:
        for work in spec.works:
            if work.importance:
                place = context.place(work.importance_span)
                yield from _unknown(known, work.importance, place)
        for term in terms(spec.select) if spec.select is not None else ():
            for word in term.values if term.name == "importance" else ():
                yield from _unknown(known, word, context.place(term.span))
    reads = context.document.metadata.kind is DocumentKind.READING_LIST
    if reads or any(spec != ListSpec() for spec in specs):
        for entry in context.used_entries():
            word = plain(entry, "importance")
            if word:
                yield from _unknown(known, word, field_place(entry, entry.fields["importance"]))


def _unknown(known: Vocabulary, word: str, place: Location) -> Iterator[Diagnostic]:
    if known.find(word) is None:
        understood = (names[: len(known.names)] for names in (known.names, *known.others))
        near = nearest(word, [name for names in understood for name in names])
        hint = f"did you mean `{near}`?" if near else f"known are {', '.join(known.names)}"
        yield KIND.at(place, f"`{word}` is no word of importance here", hints=[hint])


RULE = Rule(KIND, check)
