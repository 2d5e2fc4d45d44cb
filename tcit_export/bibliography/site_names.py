"""What browsers and their helpers write: the name of the site behind the title of a page (10.16).

A page calls itself `What plants do - The Atlantic`. The name of the site, which its address tells
to be one, belongs into a field of its own; that of a bookshop belongs nowhere. Where the entry
names its site, `rules.page_titles` takes it from the title.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tcit_export.bibliography.library import RawEntry
from tcit_export.patterns import late

_TAIL: Final = late(
    r"(?P<title>\S.*?)(?P<mark> \| | [-–—] | --- )(?P<site>\w[\w.,’' &]*?)(?P<end>[}\s]*)"
)
_HOST: Final = late(r"https?://(?:www\d?\.)?(?P<host>[\w.-]+)", re.IGNORECASE)
_ISBN: Final = late(r"\s*\((?:97[89])?[\d-]{9,12}[\dXx]\)$")
_NAMED: Final = frozenset(
    "journal journaltitle publisher organization institution website eprinttype booktitle".split()
)
_PAGES: Final = frozenset("misc online www electronic webpage website url article".split())


def from_page(entry: RawEntry) -> RawEntry:
    """The entry with the name of the site where it belongs; itself, where the title has none."""
    title = entry.fields.get("title")
    url = entry.fields.get("url") or entry.fields.get("howpublished")
    if title is None or url is None or not (" | " in title.value or "- " in title.value):
        return entry
    found, host = _TAIL.fullmatch(title.value), _HOST.search(url.value)
    if not found or not host or not is_of_host(found["site"], host["host"].lower()):
        return entry
    named = [entry.get(name).strip("{}").casefold() for name in _NAMED if name in entry.fields]
    if entry.type in _PAGES and named and found["site"].casefold() not in named:
        return entry  # the site has another name
    head = _ISBN.sub("", found["title"].rstrip()) + found["end"].strip()
    if head.count("{") != head.count("}"):
        return entry
    fields = dict(entry.fields)
    fields["title"] = title._replace(value=head)
    if entry.type in _PAGES and not named:
        name = "journal" if entry.type == "article" else "website"
        fields[name] = title._replace(name=name, value=f"{{{found['site']}}}")
    return replace(entry, fields=fields)


def is_of_host(site: str, host: str) -> bool:
    """Whether a name is that of an address: `The New York Times` and nytimes.com.

    host: in small letters, without `www.`. Wikipedia has a rule of its own.
    """
    words = re.findall(r"\w+", site.lower().replace("’", "").replace("'", ""))
    words = words[1:] if words[:1] == ["the"] else words
    if not words or "wikipedia" in host:
        return False
    labels = host.split(".")
    if len(words) > 1 and set(words) <= set(labels):
        return True  # Google Play and play.google.com
    letters = "".join(word[0] for word in words)
    names = {"".join(words), letters[:-1] + words[-1], letters}
    names |= {f"the{name}" for name in names}
    return any(label.replace("-", "") in names for label in labels if len(label) > 2)
