"""Where links may lead: http, https, mailto, DOIs, and places in the document. Nothing else.

What is refused here is in no output: a Word file or a PDF must not open programs or local files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from tcit_export import limits
from tcit_export.diagnostic import Kind
from tcit_export.model.addresses import uri
from tcit_export.model.nodes import Anchor, Target, Url
from tcit_export.readers import kinds

_SCHEME: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_SHOWN: Final = 80
"""Characters of an address that messages repeat."""


@dataclass(frozen=True, slots=True)
class LinkProblem:
    """Why an address is refused."""

    kind: Kind
    message: str


def scheme_of(address: str) -> str:
    """The scheme of an address, in small letters; control characters and blanks do not hide it."""
    found = _SCHEME.match("".join(c for c in unquote(address) if c > " "))
    return found[1].lower() if found else ""


def link_target(address: str) -> Target | LinkProblem:
    """Where a percent-encoded address leads, or why no link may lead there."""
    if len(address) > 1 and address.startswith("#"):
        return Anchor(unquote(address[1:]))
    scheme = scheme_of(address)
    shown = unquote(address)[:_SHOWN]
    if scheme == "doi" and len(address) > len("doi:"):
        address, scheme = "https://doi.org/" + address[len("doi:") :].lstrip("/"), "https"
    if scheme in ("http", "https", "mailto") and _is_whole(address, scheme):
        if len(address) > limits.LINK_CHARACTERS:
            message = f"the address is longer than {limits.LINK_CHARACTERS} characters"
            return LinkProblem(kinds.UNSAFE_LINK, message)
        spelled = uri(address)
        if spelled is not None:
            return Url(spelled)
    if scheme or address.startswith("//"):
        return LinkProblem(kinds.UNSAFE_LINK, f"`{shown}` cannot be linked to")
    if not address.strip("#"):
        return LinkProblem(kinds.RELATIVE_LINK, "the link leads nowhere")
    return LinkProblem(kinds.RELATIVE_LINK, f"`{shown}` is not a full address")


def _is_whole(address: str, scheme: str) -> bool:
    """Whether an address has what its scheme needs: a host, or a mailbox."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme.lower() != scheme:
        return False
    return "@" in parts.path if scheme == "mailto" else bool(host)
