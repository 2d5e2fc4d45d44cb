"""What it checks: one publisher is named in one way throughout the list.

Why: a list that says "Guilford Press" here and "The Guilford Press" there looks careless, and the
manual wants the name as the work itself has it, without words like Publishers or Inc.
(APA 7, 9.29).

Example:

    publisher = {Erlbaum}              …  publisher = {Erlbaum Publishers}
    publisher = {Guilford Press}       …  publisher = {The Guilford Press}

Instead: the same words in all entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tcit_export.bibliography.library import Entry, Field
from tcit_export.diagnostic import Diagnostic, Kind, Related, Severity
from tcit_export.lint.rule import Context, Rule, field_place

KIND = Kind("R003", "publisher-spelled-differently", Severity.WARNING, __doc__)

_EMPTY_WORDS: Final = frozenset(
    """the publisher publishers publishing publication publications inc incorporated ltd limited
    llc co company corp and""".split()
)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic for each spelling that is not the first."""
    first: dict[str, tuple[Entry, Field]] = {}
    for entry in context.used_entries():
        found = entry.fields.get("publisher")
        name = _plain(found.value) if found is not None else ""
        if found is None or not name:
            continue
        other, typed = first.setdefault(publisher_sign(name), (entry, found))
        if _plain(typed.value) != name:
            yield KIND.at(
                field_place(entry, found),
                f"`{name}` is `{_plain(typed.value)}` in another entry",
                hints=["write the publisher's name in one way"],
                related=[Related(f"`{other.key}` has it so", field_place(other, typed))],
            )


def _plain(value: str) -> str:
    """A typed name without braces and doubled blanks."""
    return " ".join(value.replace("{", "").replace("}", "").split())


def publisher_sign(name: str) -> str:
    """What two spellings of one publisher have in common."""
    words = [word for word in re.findall(r"\w+", name.casefold()) if word not in _EMPTY_WORDS]
    if len(words) > 1 and words[-1] == "press" and words[-2] != "university":
        words.pop()
    return " ".join(words) or name.casefold()


RULE = Rule(KIND, check)
