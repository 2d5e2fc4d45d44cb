"""Names of bookmarks: one function for both ends of a link, and for those who read files back.

Word takes letters, digits and `_`, begins a name with a letter, stops at 40 characters and does
not tell capitals from small letters. Anchors of the model are free text (`ref-Kahn & Fromm`), and
two different anchors must never share a bookmark, so a name that loses anything on the way gets a
digest of the whole anchor behind it.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

_LENGTH: Final = 40
_DIGEST: Final = 8
_FAITHFUL: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9]+")


def bookmark_name(anchor: str) -> str:
    """`ref-kahn2001` -> `ref_kahn2001`; different anchors have different names, in any case."""
    plain = _FOREIGN.sub("_", anchor).strip("_")
    if _FAITHFUL.fullmatch(anchor) and len(plain) <= _LENGTH:
        return plain
    digest = sha256(anchor.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    head = plain if plain[:1].isalpha() else f"a_{plain}"
    return f"{head[: _LENGTH - _DIGEST - 1].rstrip('_')}_{digest}"
