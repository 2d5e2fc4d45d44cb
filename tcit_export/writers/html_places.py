"""Places in a page: what has an id, how an anchor is spelled as one, and which text cites what.

HTML spells the model's `Anchor("ref-kahn2001")` as `id="ref-kahn2001"` and `#ref-kahn2001`.  Keys
may hold any character, so those that a fragment cannot hold unescaped become `~hex~`; id and link
are then the same text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import (
    Cite,
    Div,
    Figure,
    Heading,
    Inlines,
    ReferenceEntry,
    ReferenceList,
    Str,
    Table,
)
from tcit_export.model.walk import plain_text, shown_children, walk

# RFC 3986 3.5: what a fragment may hold as it is; above ASCII, what the URL standard adds
# (\u00A1-\uD7FF and \uF900-\uFDCF; what lies between is named, as ranges so large compile slowly).
_NOT_IN_FRAGMENT: Final = re.compile(
    r"(?![A-Za-z0-9\-._!$&'()*+,;=:@/?])[\x00-\xA0\uD800-\uF8FF\uFDD0-\U0010FFFF]|\s"
)
_NAMED: Final = (Heading, Div, Table, Figure, Inlines, ReferenceList)
CITED_FROM_CAP: Final = 8
"""Back links shown with one entry; more are noise (and hundreds of tab stops)."""


def html_id(name: str) -> str:
    """The id of an anchor, which is also its fragment."""
    return _NOT_IN_FRAGMENT.sub(lambda match: f"~{ord(match[0]):x}~", name)


class Citing(NamedTuple):
    """One citation in the text: its number in reading order and the heading it stands under."""

    number: int
    heading: str


@dataclass(slots=True)
class Places:
    """Every id of a document, and where each work is cited."""

    ids: set[str] = field(default_factory=set)
    citing: dict[str, list[Citing]] = field(default_factory=dict)
    entries: dict[str, ReferenceEntry] = field(default_factory=dict)
    """The id of each entry of a list -> the entry."""

    @classmethod
    def of(cls, document: ResolvedDocument) -> Places:
        """Walk the document once, in the order in which it is written."""
        places = cls()
        heading, number = "", 0
        metadata = document.metadata
        written = (*metadata.title, *metadata.subtitle, *metadata.abstract, *document.blocks)
        for node in walk(written, shown_children):
            match node:
                case Str():  # as most nodes are
                    continue
                case Heading():
                    heading = plain_text(node.content)
                case Cite():
                    number += 1
                    for key in dict.fromkeys(item.key for item in node.items):
                        places.citing.setdefault(key, []).append(Citing(number, heading))
                case ReferenceList():
                    for entry in node.entries:
                        places.entries.setdefault(html_id(entry.anchor.name), entry)
                case _:
                    pass
            if isinstance(node, _NAMED) and node.attributes.id:
                places.ids.add(html_id(node.attributes.id))
        places.ids |= places.entries.keys()
        return places

    def own_id(self, wanted: str) -> str:
        """An id of the page frame that no author's id takes."""
        while wanted in self.ids:
            wanted += "-"
        return wanted
