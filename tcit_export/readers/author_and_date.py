"""Authors and dates in the short form that people type: `King, Martin L., Jr.`, `2018-01-15`.

Front matter and the command line share it; this room needs neither Markdown nor YAML.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

from tcit_export.model.document import Author, PartialDate
from tcit_export.patterns import late

DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SUFFIX: Final = late(r"(?:Jr|Sr)\.?|I{2,3}|IV|VI{0,3}")


def date_from_text(text: str) -> PartialDate | None:
    """`2018`, `2018-01` or `2018-01-15`, if there is such a day."""
    shape = DATE.fullmatch(text)
    if shape:
        year, month, day = (int(part or 0) for part in shape.groups())
        if _exists(year, shape[2], month, shape[3], day):
            return PartialDate(year, month, day)
    return None


def _exists(
    year: int, typed_month: str | None, month: int, typed_day: str | None, day: int
) -> bool:
    if year < 1 or (typed_month is not None and not 1 <= month <= 12):
        return False
    return typed_day is None or 1 <= day <= monthrange(year, month)[1]


def author_from_text(text: str) -> Author:
    """A name as people write it: `Amy C. Blume`, `Ludwig van Beethoven`, `King, Martin L., Jr.`."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return _with_suffix(parts[0], parts[1])
    if len(parts) > 1:
        return Author(given=parts[1], family=parts[0], suffix=", ".join(parts[2:]))
    return _with_suffix(text, "")


def _with_suffix(text: str, suffix: str) -> Author:
    words = text.split()
    if not suffix and len(words) > 2 and _SUFFIX.fullmatch(words[-1]) and words[-1] != "V":
        suffix = words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    return Author(given=" ".join(words[:start]), family=" ".join(words[start:]), suffix=suffix)
