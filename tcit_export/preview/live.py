"""A built page as the preview shows it: the same bytes, and the bar with its style and script.

The built file is never changed, only this answer.  Its own Content-Security-Policy would keep our
script out, so it moves from the page to the header: the hashes it allows, and our own origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from html import unescape
from typing import Final

_POLICY: Final = re.compile(
    r"""<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?""", re.IGNORECASE
)
_HASH: Final = re.compile(r"'sha256-[A-Za-z0-9+/=]+'")
_HEAD: Final = (
    '<link rel="icon" href="data:,">\n'
    '<link rel="stylesheet" href="/-/preview.css">\n'
    '<script src="/-/preview.js" defer></script>\n'
)


def live(page: str, bar: str) -> str:
    """The page with the bar at its end."""
    page = _POLICY.sub("", page)
    return _before(_before(page, "</head>", _HEAD, last=False), "</body>", bar, last=True)


def _before(page: str, tag: str, addition: str, *, last: bool) -> str:
    """Put something before a tag; at the end if a template of the user's has no such tag."""
    place = page.rfind(tag) if last else page.find(tag)
    place = len(page) if place < 0 else place
    return f"{page[:place]}{addition}{page[place:]}"


def policy(page: str) -> str:
    """The header for a page: what its own policies allow inside the page, and the preview's own.

    Nothing is to be had from elsewhere, whatever a template of the user's asks for.
    """
    own = [unescape(found) for found in _POLICY.findall(page)]
    styles = _allowed(own, "style-src") if own else "'unsafe-inline'"
    scripts = _allowed(own, "script-src") if own else "'unsafe-inline'"
    return (
        f"default-src 'none'; style-src 'self' {styles}; script-src 'self' {scripts}; "
        "connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _allowed(policies: Iterable[str], directive: str) -> str:
    """The hashes that any of the policies names in a directive, each once."""
    hashes: dict[str, None] = {}
    for policy in policies:
        for part in policy.split(";"):
            if part.split()[:1] == [directive]:
                hashes |= dict.fromkeys(_HASH.findall(part))
    return " ".join(hashes)


def version(*texts: str) -> str:
    """Changes when any of the texts does, and only then."""
    digest = sha256()
    for text in texts:
        digest.update(f"{len(text)} {text}".encode("utf-8", "replace"))
    return digest.hexdigest()[:16]
