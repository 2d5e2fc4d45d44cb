"""What it checks: no work stands in the list twice, under two keys.

Why: readers count it as two works, and author-date styles tell them apart as 2013a and 2013b.
Two entries of the same type are the same work if they have the same DOI, or the same title, first
name and date.

Example:

    [@blume2013] … [@blumemarcovici2013]      two entries with doi = {10.1037/a0031384}

Instead: cite one key, and delete the other entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.rules.record import fold
from tcit_export.diagnostic import Diagnostic, Kind, Severity
from tcit_export.lint.rule import Context, Rule, related_entry

KIND = Kind("R002", "duplicate-work", Severity.WARNING, __doc__)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic for each entry that repeats an earlier one."""
    seen: dict[tuple[str, ...], Entry] = {}
    for entry in context.used_entries():
        signs = _signs(entry)
        first = next((seen[sign] for sign in signs if sign in seen), None)
        for sign in signs:
            seen.setdefault(sign, entry)
        if first is not None:
            yield KIND.at(
                entry.location(),
                f"`{entry.key}` is the same work as `{first.key}`",
                hints=[f"cite `{first.key}` in both places"],
                related=[related_entry(first, f"`{first.key}` is here")],
            )


def _signs(entry: Entry) -> list[tuple[str, ...]]:
    """What no two works have in common."""
    item = entry.item
    signs: list[tuple[str, ...]] = []
    if doi := item.fields.get("DOI", "").lower():
        signs.append(("doi", item.type, doi, item.fields.get("page", "")))
    title = fold(strip_markup(item.fields.get("title", "")))
    people = item.names.get("author") or item.names.get("editor") or ()
    date = item.dates.get("issued")
    if len(title) > 10 and people and date is not None and date.date_parts:
        person = (people[0].family or people[0].literal).casefold()
        volume = item.fields.get("volume", "") + item.fields.get("edition", "")
        signs.append(("title", item.type, title, person, str(date.date_parts), volume))
    return signs


RULE = Rule(KIND, check)
