"""What a line of print does not tear apart: initials and their name, `pp.` and its pages, the
parts of an address between its slashes.

Only the layout changes: each such piece is set without a line break, the text stays as it is.  Each
costs a box of its own, so what every reference has (initials after a name, a range alone) is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tcit_export.patterns import late

_CAPITAL: Final = "[A-ZÀ-ÖØ-Þ]"
_NUMBER: Final = r"\d[\dA-Za-z]{0,7}"
_UNBROKEN: Final = late(
    rf"""
    (?<!\w)(?:{_CAPITAL}\.[ ]?-?){{1,4}}[ ]{_CAPITAL}[\w’'-]{{1,24}}  # A. C. Blume-Marcovici
    | (?<!\w)(?:pp?|paras?|chaps?|secs?|[Vv]ols?|[Nn]os?|[Ff]igs?)\.[ ]{_NUMBER}(?:–{_NUMBER})?
    """,
    re.VERBOSE,
)
_PART_OF_ADDRESS: Final = late(r"[^/?&]+")
_MISLEADING: Final = late(r"[^\d/]\.\d|-\w")
"""Where Pango breaks a line inside such a part: the sign before it would look like the end."""
LONGEST: Final = 36
"""Characters; a longer piece would leave too large a gap."""


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in order, each piece with whether a line may not break inside it."""
    is_address = text.startswith(("https://", "http://")) and " " not in text
    end = 0
    for match in (_PART_OF_ADDRESS if is_address else _UNBROKEN).finditer(text):
        if len(match[0]) > LONGEST or (is_address and not _MISLEADING.search(match[0])):
            continue
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    if end < len(text) or not text:
        yield text[end:], False
