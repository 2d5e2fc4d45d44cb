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
_PORT: Final = re.compile(r":\d*$")
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
        if scheme.lower() != "mailto":
            escaped = _with_ascii_host(escaped, address)
    except (ValueError, UnicodeError):
        return None
    return escaped if len(escaped) <= LINK_CHARACTERS else None


def _with_ascii_host(escaped: str, address: str) -> str:
    """A name outside ASCII in its registered form. Raises ValueError if there is no host."""
    parts = urlsplit(address)
    _ = parts.port  # raises ValueError unless it is a number below 65536
    host = _PORT.sub("", parts.netloc.rpartition("@")[2])
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    if not _HOST.fullmatch(name):
        raise ValueError(address)
    return escaped if name is host else escaped.replace(quote(host, safe=_SAFE), name, 1)
