"""Addresses as all outputs spell them: one URI, made of what somebody typed.

HTML forgives, PDF encodes, and Word calls a file damaged whose link target is no URI or longer than
2,079 characters. So an address becomes a URI (RFC 3986, of RFC 3987's IRIs) before any output sees
it, and what cannot be spelled as one stays text in all of them.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from tcit_export.limits import LINK_CHARACTERS

_SCHEMES: Final = ("http", "https", "mailto")
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")
_SAFE: Final = "%/:=&?~#+!$,;'@()*[]"


def uri(address: str) -> str | None:
    """The address as a URI that leads to the web or a mailbox; None if there is none."""
    address = address.strip()
    if address.lower().startswith("doi:"):
        address = f"https://doi.org/{address[4:].strip()}"
    scheme, _, rest = address.partition(":")
    if scheme.lower() not in _SCHEMES or not rest.strip("/"):
        return None
    try:
        escaped = quote(_BROKEN_ESCAPE.sub("%25", address), safe=_SAFE)
        valid = scheme.lower() == "mailto" or _has_host(address)
    except (ValueError, UnicodeError):
        return None
    if scheme.lower() != "mailto" and valid:
        escaped = _ascii_host(escaped, address)
    return escaped if valid and len(escaped) <= LINK_CHARACTERS else None


def _has_host(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    name = re.sub(r":\d*$", "", host)
    _ = parts.port  # raises ValueError unless it is a number below 65536
    return bool(_HOST.fullmatch(_idna(name)))


def _ascii_host(escaped: str, address: str) -> str:
    """A name outside ASCII as its registered form; what is ASCII stays as typed."""
    host = re.sub(r":\d*$", "", urlsplit(address).netloc.rpartition("@")[2])
    return escaped if host.isascii() else escaped.replace(quote(host, safe=_SAFE), _idna(host), 1)


def _idna(name: str) -> str:
    return name if name.isascii() else name.encode("idna").decode("ascii")
