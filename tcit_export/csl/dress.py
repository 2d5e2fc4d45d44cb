"""How an element's own attributes go around its output: case, font, quotes, affixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from tcit_export.csl import style as s
from tcit_export.csl.context import Context
from tcit_export.csl.rich import parse_markup
from tcit_export.csl.textcase import apply_case
from tcit_export.csl.tree import Box, Node, spread

Dresser: TypeAlias = Callable[[Context, Sequence[Node]], Node]


def is_plain_element(element: s.Rendered) -> bool:
    return not (
        element.prefix
        or element.suffix
        or element.display
        or element.text_case
        or element.strip_periods
        or element.quotes
        or element.formatting is not s.PLAIN
    )


def dresser(
    element: s.Rendered, *, kind: str = "", delimiter: str = "", in_markup: bool = True
) -> Dresser:
    """How an element's own attributes go around its output; nodes in, one node out."""
    prefix, suffix, display = element.prefix, element.suffix, element.display
    formatting = None if element.formatting == s.PLAIN else element.formatting
    quotes, case, strips = element.quotes, element.text_case, element.strip_periods
    edges = _edge_boxes(prefix, suffix)
    # Terms take the style's case whatever the language of the item.
    is_term = isinstance(element, s.Label) or (
        isinstance(element, s.Text) and element.source == "term"
    )

    def dress(ctx: Context, nodes: Sequence[Node]) -> Node:
        if case:
            if not in_markup:
                nodes = spread(nodes)
            english = ctx.english or is_term
            nodes = apply_case(nodes, case, english=english, language=ctx.language)
        if strips:
            nodes = without_periods(nodes)
        box = Box(
            nodes,
            kind=kind,
            delimiter=delimiter,
            prefix=prefix,
            suffix=suffix,
            formatting=formatting,
            quotes=quotes,
            display=display,
        )
        return box if edges is None else edges(box)

    if is_plain_element(element) and not kind and not delimiter:
        return lambda ctx, nodes: nodes[0] if len(nodes) == 1 else Box(nodes)
    return dress


def _edge_boxes(prefix: str, suffix: str) -> Callable[[Box], Node] | None:
    """Affixes that carry markup of their own (`suffix="&lt;sup&gt;..."`) become nodes."""
    if "<" not in prefix + suffix:
        return None
    before, after = parse_markup(prefix), parse_markup(suffix)
    if all(isinstance(node, str) for node in (*before, *after)):
        return None

    def wrap(box: Box) -> Node:
        box.prefix = box.suffix = ""
        return Box((*before, box, *after))

    return wrap


def group_dresser(element: s.Group) -> Callable[[list[Node]], Node]:
    prefix, suffix, display = element.prefix, element.suffix, element.display
    delimiter = element.delimiter
    formatting = None if element.formatting == s.PLAIN else element.formatting
    if not (prefix or suffix or display or formatting):
        return lambda kids: kids[0] if len(kids) == 1 else Box(kids, delimiter=delimiter)
    return lambda kids: Box(
        kids,
        delimiter=delimiter,
        prefix=prefix,
        suffix=suffix,
        display=display,
        formatting=formatting,
    )


def without_periods(nodes: Iterable[Node]) -> list[Node]:
    """strip-periods, in all that an element rendered."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(node.replace(".", ""))
        else:
            result.append(node.with_kids(without_periods(node.kids)))
    return result
