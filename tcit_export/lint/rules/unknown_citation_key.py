"""What it checks: every key that is cited or listed has an entry in the bibliography.

Why: a citation without a reference cannot be formatted; readers would see `(khan2001?)`.

Example:

    As argued before [@khan2001].      the entry's key is kahn2001

Instead:

    As argued before [@kahn2001].
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tcit_export.bibliography.library import Library
from tcit_export.diagnostic import Diagnostic, Kind, Location, Related, Severity, nearest
from tcit_export.lint.rule import Context, Rule, related_entry

KIND = Kind("C001", "unknown-citation-key", Severity.ERROR, __doc__)


_MOST_GUESSES: Final = 50
"""Distinct keys for which the nearest one is looked for: comparing takes time."""


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic a citation, at the key."""
    tried: set[str] = set()
    for key, span in context.named_keys():
        if key not in context.library:
            tried.add(key)
            place = context.place(span)
            guess = len(tried) <= _MOST_GUESSES
            yield unknown_key(KIND, key, place, context.library, guess=guess)


def unknown_key(
    kind: Kind, key: str, place: Location, library: Library, *, guess: bool = True
) -> Diagnostic:
    """That a key has no entry, with the entry that was most likely meant."""
    near = nearest(key, (*library.entries, *library.aliases)) if guess else None
    if near is None:
        hint = "no bibliography was read" if not len(library) else "add an entry with this key"
        return kind.at(place, f"`{key}` is not in the library", hints=[hint])
    related: list[Related] = [related_entry(library[near], f"`{near}` is here")]
    return kind.at(
        place, f"`{key}` is not in the library", hints=[f"did you mean `{near}`?"], related=related
    )


RULE = Rule(KIND, check)
