"""What it checks: entries of the list have the fields without which no style can set them.

Why: without a title, a journal or a book's title readers cannot find the work; without a date
the reference says "n.d." (APA 7, 9.17). Only works that the document lists are looked at.

Example:

    @article{blume2013, author = {Blume, A.}, title = {Do therapists cry?}}

Instead:

    @article{blume2013, author = {Blume, A.}, title = {Do therapists cry?},
      journal = {Psychotherapy}, year = {2013}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tcit_export.bibliography.library import Entry
from tcit_export.diagnostic import Diagnostic, Kind, Severity
from tcit_export.lint.rule import Context, Rule

KIND = Kind("R001", "missing-required-field", Severity.WARNING, __doc__)

_TITLE: Final = ("title",)
_DATE: Final = ("year", "date", "pubstate", "eventdate", "urldate")
_PEOPLE: Final = ("author", "editor", "translator", "organization", "groupauthor", "howpublished")
_BOOK: Final = ("booktitle", "maintitle")
_REQUIRED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "article": (_TITLE, ("journal", "journaltitle"), _DATE),
    "book": (_TITLE, ("publisher", "howpublished", "doi", "url"), _DATE),
    "incollection": (_TITLE, _BOOK, _DATE),
    "inbook": (_TITLE, _DATE),
    "inproceedings": (_TITLE, (*_BOOK, "eventtitle", "journal", "journaltitle"), _DATE),
    "conference": (_TITLE, (*_BOOK, "eventtitle"), _DATE),
    "phdthesis": (_TITLE, _PEOPLE, ("school", "institution"), _DATE),
    "mastersthesis": (_TITLE, _PEOPLE, ("school", "institution"), _DATE),
    "thesis": (_TITLE, _PEOPLE, ("institution", "school"), _DATE),
    "techreport": (_TITLE, ("institution", "publisher", "author", "organization"), _DATE),
    "report": (_TITLE, ("institution", "publisher", "author", "organization"), _DATE),
}
"""Entry type -> groups of fields of which one is needed. Types that are not here need a title or
something that stands for it, and nothing else."""
_NAMELESS: Final = (("title", "booktitle", "maintitle", "type", "howpublished", "note", "number"),)


def check(context: Context) -> Iterator[Diagnostic]:
    """One diagnostic a field, at the entry's key."""
    for entry in context.used_entries():
        for names in _REQUIRED.get(entry.type, _NAMELESS):
            if not _has_one(entry, names):
                yield KIND.at(
                    entry.location(),
                    f"`{entry.key}` ({entry.type}) has no `{names[0]}`",
                    hints=[f"`{names[1]}` would do as well"] if len(names) == 2 else [],
                )


def _has_one(entry: Entry, names: tuple[str, ...]) -> bool:
    """Whether one of the fields, or the entry they were turned into, holds something."""
    filled = (entry.fields.get(name) for name in names)
    return any(found is not None and found.value.strip(" {}") for found in filled)


RULE = Rule(KIND, check)
