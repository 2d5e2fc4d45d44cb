"""What a reading list tells of its works, as HTML: the line of details, and how a list is set."""

from __future__ import annotations

from markupsafe import Markup

from tcit_export.model.nodes import Density, ReferenceEntry, ReferenceList
from tcit_export.writers.direction import is_right_to_left
from tcit_export.writers.html_markup import EMPTY, element, together
from tcit_export.writers.html_nodes import HtmlNodes
from tcit_export.writers.reading_details import SEPARATOR, Detail, DetailKind, details

_RANKS = 3
"""Ranks of importance that look different; lower ones look like the last."""


def details_line(nodes: HtmlNodes, entry: ReferenceEntry) -> Markup:
    """The parts of the line below a reference, each in a span that says what it tells."""
    labels = nodes.document.labels
    parts = [_part(nodes, part, labels.lang) for part in details(entry, labels)]
    return together(parts, SEPARATOR)


def _part(nodes: HtmlNodes, part: Detail, lang: str) -> Markup:
    """A word of ours is marked with its language, if the document has another."""
    classes = f"tcit-{part.kind.value}"
    if part.rank:
        classes += f" tcit-rank-{min(part.rank, _RANKS)}"
    is_ours = part.kind in (DetailKind.EFFORT, DetailKind.LIBRARY)
    content = nodes.inlines(part.content)
    if not is_ours:
        return element("span", content, class_=classes)
    return _ours(nodes, content, lang, classes)


def _ours(nodes: HtmlNodes, content: Markup, lang: str, classes: str | None = None) -> Markup:
    """Words of ours in a span, with their language and direction where these are not the text's."""
    is_other = bool(lang) and (
        is_right_to_left(lang) is not is_right_to_left(nodes.document.metadata.lang)
    )
    direction = ("rtl" if is_right_to_left(lang) else "ltr") if is_other else None
    return element("span", content, class_=classes, lang=lang or None, dir=direction)


def list_classes(block: ReferenceList) -> str:
    """The classes that say how a list is set."""
    layout, look = block.layout, block.spec.look
    names = ["tcit-list"]
    if layout.second_field_align:
        names.append("tcit-aligned")
    elif layout.hanging_indent:
        names.append("tcit-hanging")
    if any(entry.reading or entry.annotation for entry in block.entries):
        names.append("tcit-readings")
    if look.ticks:
        names.append("tcit-ticks")
    if look.density is Density.COMPACT:
        names.append("tcit-compact")
    if (look.columns or 1) > 1:
        names.append("tcit-columns")
    return " ".join(names)


def total(nodes: HtmlNodes, block: ReferenceList) -> Markup:
    """What the list adds up to, if it says so."""
    if not block.total:
        return EMPTY
    lang, content = nodes.document.labels.lang, nodes.inlines(block.total)
    return _ours(nodes, content, lang) if lang else content
