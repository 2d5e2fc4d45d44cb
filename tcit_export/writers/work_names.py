"""Works and links in a few words: what a screen reader says of a link, what a tooltip shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tcit_export.model.document import Labels
from tcit_export.model.nodes import Anchor, Link, ReferenceEntry, Url
from tcit_export.model.walk import plain_text

LONGEST: Final = 80
"""Characters of a description that is cut from a text."""


def byline(names: Sequence[str], labels: Labels) -> str:
    """ "A", "A and B", "A, B, and C", in the words of a language."""
    if len(names) < 3:
        return f" {labels.join} ".join(names)
    return labels.last_join.join((", ".join(names[:-1]), names[-1]))


def work_name(entry: ReferenceEntry, labels: Labels) -> str:
    """ "Kahn and Fromm, 2001"; without a name in the record, the reference's first words."""
    names = entry.data.get("author") or entry.data.get("editor") or ()
    families = list(filter(None, map(_family, names)))
    if not families:
        return shortened(plain_text(entry.content))
    who = f"{families[0]} et al." if len(families) > 2 else byline(families, labels)
    year = _year(entry.data.get("issued"))
    return f"{who}, {year}" if year else who


def _family(name: Mapping[str, Any]) -> str:
    particle = name.get("non-dropping-particle", "")
    family = str(name.get("literal") or name.get("family") or name.get("given") or "")
    return f"{particle} {family}" if particle else family


def _year(date: Any) -> str:
    """The first year of a CSL-JSON date, or what it says instead."""
    if not isinstance(date, Mapping):
        return ""
    parts = date.get("date-parts")
    if isinstance(parts, Sequence) and parts and parts[0]:
        return str(parts[0][0])
    return str(date.get("literal") or "")


def shortened(words: str, length: int = LONGEST) -> str:
    """A text cut at a space, with an ellipsis where something is missing."""
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:.") + "…"


def described(link: Link, labels: Labels | None = None, work: ReferenceEntry | None = None) -> str:
    """Where a link leads, in words."""
    if link.description:
        return link.description
    said = plain_text(link.content).strip()
    match link.target:
        case Url(address):
            return said if said == address or not said else f"{said}: {address}"
        case Anchor(name):
            if work is not None and labels is not None:
                return labels.in_the_list.format(work=work_name(work, labels))
            return said or name
