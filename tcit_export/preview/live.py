"""A built page as the preview shows it: the same bytes, and the bar with its style and script.

The built file is never changed, only this answer.  Its own Content-Security-Policy would keep our
script out, so it moves from the page to the header: the hashes it allows, and those of our own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Final

_POLICY: Final = re.compile(
    r"""<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?""", re.IGNORECASE
)
_HASH: Final = re.compile(r"'sha256-[A-Za-z0-9+/=]+'")
_ICON: Final = '<link rel="icon" href="data:,">'
STYLE: Final = Path(__file__).with_name("pages").joinpath("preview.css").read_text("utf-8")
SCRIPT: Final = Path(__file__).with_name("pages").joinpath("preview.js").read_text("utf-8")
"""Inside the page, since each further request would come between a save and the screen."""


def live(page: str, bar: str) -> str:
    """The page with the bar at its end, and the script that follows changes if there is a bar."""
    page = _POLICY.sub("", page)
    head = f"{_ICON}\n<style>{STYLE}</style>\n"
    foot = f"{bar}<script>{SCRIPT}</script>\n" if bar else ""
    return _before(_before(page, "</head>", head, last=False), "</body>", foot, last=True)


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
    styles = _allowed(own, "style-src", STYLE) if own else "'unsafe-inline'"
    scripts = _allowed(own, "script-src", SCRIPT) if own else "'unsafe-inline'"
    return (
        f"default-src 'none'; style-src {styles}; script-src {scripts}; "
        "connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _allowed(policies: Iterable[str], directive: str, text: str) -> str:
    """The hashes that any of the policies names in a directive, each once, and that of a text."""
    hashes: dict[str, None] = {_hash(text): None}
    for policy in policies:
        for part in policy.split(";"):
            if part.split()[:1] == [directive]:
                hashes |= dict.fromkeys(_HASH.findall(part))
    return " ".join(hashes)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"


def version(*texts: str) -> str:
    """Changes when any of the texts does, and only then."""
    digest = sha256()
    for text in texts:
        digest.update(f"{len(text)} {text}".encode("utf-8", "replace"))
    return digest.hexdigest()[:16]
