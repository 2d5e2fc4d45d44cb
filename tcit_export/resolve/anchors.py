"""Names of the places that citations lead to: readable, legal, and free in this document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tcit_export.model.nodes import Anchor, Block, Image, Inlines
from tcit_export.model.walk import walk


def identifiers(blocks: Iterable[Block]) -> set[str]:
    """Every identifier that the author's text uses."""
    found = set()
    for node in walk(blocks):
        attributes = getattr(node, "attributes", None)
        if attributes is not None and attributes.id:
            found.add(attributes.id)
        elif isinstance(node, (Inlines, Image)) and node.attributes.id:
            found.add(node.attributes.id)
    return found


def free_name(wanted: str, taken: set[str]) -> str:
    """`wanted`, or with the first free number; it is then taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def reference_anchors(keys: Iterable[str], taken: set[str]) -> Mapping[str, Anchor]:
    """`ref-kahn2001` for each key; characters that identifiers cannot have become hyphens."""
    return {key: reference_anchor(key, taken) for key in keys}


def reference_anchor(key: str, taken: set[str]) -> Anchor:
    """A free anchor for a work."""
    legal = "".join(c if c.isalnum() or c in "._-" else "-" for c in key)
    return Anchor(free_name(f"ref-{legal}", taken))
