"""Numbers that were typed into a title: of a volume (10.2, Example 30), of a version (10.10)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import NOCASE, strip_markup
from tcit_export.bibliography.rules.kind import BOOK_PARTS
from tcit_export.bibliography.rules.numbering import arabic, ranged
from tcit_export.bibliography.rules.record import Record
from tcit_export.patterns import late

_NUMBER: Final = r"(?P<last>\d{1,3}(?:\s*[-–—]+\s*\d{1,3})?|[IVX]{1,6})"
_VOLUME: Final = rf"(?:[Vv]olumes?|[Vv]ols?\.?|VOLUMES?|VOLS?\.?) {_NUMBER}"
_YEARS: Final = r"(?: \(\d{4}[–-]\d{2,4}\))?"
"""The years that a volume covers, which are left out."""
_AT_END: Final = late(
    rf"(?P<title>.*[\w>][?!]?)(?:[,.:;]{{1,2}} | [–—-] | (?=\())\(?{_VOLUME}\)?\.?{_YEARS}"
)
_BETWEEN: Final = late(rf"(?P<main>.*[\w>])[,.:;]? \(?{_VOLUME}\)?{_YEARS}[.,:;] (?P<title>\S.*)")
_BRACED: Final = late(rf"{NOCASE}({_VOLUME}|(?<=olume {NOCASE})[IVX]+)</span>")
_BRACED_WORD: Final = late(rf"{NOCASE}([Vv]ol(?:ume)?s?\.?)</span>(?=\.? \d)")
_VERSION_END: Final = late(
    r"(?P<title>.*\w) \((?:(?:version|ver\.|v\.?) ?(?P<version>\d[\w.-]*)|"
    r"(?P<dated>[A-Z][a-z]{2,8}\.? \d[\d, ]* version))\)",
    re.IGNORECASE,
)
_CHAPTER: Final = re.compile(
    r"^(?:(?:chapter|ch\.|kapitel|capítulo|chapitre) (?:\d{1,3}|[ivxl]+|(?:twenty-?)?[a-z]{3,9})\s?"
    r"(?:[-–—:.]|\s[-–—])\s*|\d{1,2} ?[-–—] |chapter \d{1,2} (?=\w+ \w))(?=[^\W\d_]|[“‘\"'<¿¡])",
    re.IGNORECASE,
)
"""`Chapter 8 - `, `Chapter Three: `, `8 - `, as publishers of books export their parts."""


def without_volume(record: Record, title: str) -> str:
    """The title of a book as APA writes its volume, which goes into its field where it can.

    `Attachment and Loss, Volume 2` is volume 2 of `Attachment and Loss`; a volume with a title of
    its own is `Attachment and Loss: Vol. 2. Separation`.
    """
    if "ol" not in title.lower() or record.type not in ("book", *BOOK_PARTS):
        return title
    title = _BRACED.sub(r"\1", _BRACED_WORD.sub(r"\1", title))
    between = _BETWEEN.fullmatch(title)
    if between and _may_hold(record, between["last"]):
        record.fields.pop("volume", None)
        return f"{between['main']}: {_label(between['last'])} {between['title']}"
    end = _AT_END.fullmatch(title)
    if end and _may_hold(record, end["last"]) and not record.has("maintitle"):
        record.put("volume", ranged(arabic(end["last"])))
        return end["title"]
    return title


def without_chapter(record: Record, title: str) -> str:
    """The title of a chapter without its number, which APA leaves out: `Chapter 8 - Stress`."""
    if record.type not in BOOK_PARTS or not record.has("booktitle", "journaltitle"):
        return title
    return _CHAPTER.sub("", title)


_HAVE_VERSIONS: Final = frozenset(["software", "dataset", "webpage", "report", "document"])


def without_version(record: Record, title: str) -> str:
    """The name of a program or document without `(Version 3.1)`: it has a place behind (10.10)."""
    if record.type not in _HAVE_VERSIONS or "ersion" not in title:
        return title
    found = _VERSION_END.fullmatch(title)
    if not found:
        return title
    if found["dated"]:
        record.fields.setdefault("tcit-identifier", found["dated"])
        return found["title"]
    if record.type not in ("software", "dataset"):
        record.fields.setdefault("tcit-identifier", f"Version {found['version']}")
        return found["title"]
    if "version" not in record.fields:
        record.put("version", found["version"])
    return found["title"]


def _may_hold(record: Record, number: str) -> bool:
    """Whether the entry's own field has no other volume: then it means something else."""
    field = strip_markup(record.fields.get("volume", ""))
    return field in ("", number, ranged(arabic(number)))


def _label(number: str) -> str:
    counted = ranged(arabic(number))
    return f"Vols. {counted}." if "–" in counted else f"Vol. {counted}."
