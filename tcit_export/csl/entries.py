"""Bibliography entries after evaluation: the layout's affixes, display blocks, repeated names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcit_export.csl import style as s
from tcit_export.csl.output import Block, Content, Text
from tcit_export.csl.tree import Box, Node, plain


def with_layout(nodes: list[Node], layout: s.Layout) -> list[Node]:
    """Layout affixes go inside the outermost display blocks, and inside the font."""
    last = nodes[-1]
    if isinstance(last, Box) and last.display:
        nodes[-1] = last = last.with_kids(last.kids)
        last.kids = [Box(last.kids, delimiter=last.delimiter), layout.suffix]
        last.delimiter = ""
    else:
        nodes = [*nodes, layout.suffix]
    first = nodes[0]
    if isinstance(first, Box) and first.display and layout.prefix:
        nodes[0] = first = first.with_kids([layout.prefix, *first.kids])
    elif layout.prefix:
        nodes = [layout.prefix, *nodes]
    return nodes if layout.formatting == s.PLAIN else [Box(nodes, formatting=layout.formatting)]


def blocks_of(content: Content) -> tuple[Content | None, Content | None]:
    blocks = {node.display: node.children for node in content if isinstance(node, Block)}
    margin, inline = blocks.get("left-margin"), blocks.get("right-inline")
    return margin and _trimmed(margin), inline and _trimmed(inline)


def _trimmed(content: Content) -> Content:
    """Without blanks at the edges: a block is placed by its margins."""
    nodes = list(content)
    first, last = nodes[0], nodes[-1]
    if isinstance(first, Text):
        nodes[0] = first = Text(first.text.lstrip(" "))
        last = nodes[-1]
    if isinstance(last, Text):
        nodes[-1] = Text(last.text.rstrip(" "))
    return tuple(node for node in nodes if node != Text(""))


def substitute_names(shown: Box, before: Box, text: str, rule: str) -> None:
    """Replace names that the entry before has too (subsequent-author-substitute-rule)."""
    people, people_before = _people(shown), _people(before)
    lists, lists_before = _lists(shown), _lists(before)
    same = [plain((kid,)) for kid in lists] == [plain((kid,)) for kid in lists_before]
    match rule:
        case "partial-each" | "partial-first" if people:
            limit = 1 if rule == "partial-first" else len(people)
            for person, other in list(zip(people, people_before, strict=False))[:limit]:
                if plain((person,)) != plain((other,)):
                    break
                shown.kids = _replaced(shown.kids, person, text)
        case "complete-each" if people:
            if same:
                for person in people:
                    shown.kids = _replaced(shown.kids, person, text)
        case _:
            if same:
                for number, names in enumerate(lists):
                    if names is shown:
                        _refill(shown, text)
                    else:
                        shown.kids = _replaced(shown.kids, names, "" if number else text)


def _refill(box: Box, text: str) -> None:
    """Where a title stands for the names, its font, quotes and affixes stay around the text."""
    kids = list(box.kids)
    if len(kids) == 1 and isinstance(kids[0], Box):
        inner = kids[0].with_kids(kids[0].kids)
        _refill(inner, text)
        box.kids = [inner]
    else:
        box.kids = [text] if text else []


def _lists(box: Box) -> list[Box]:
    """The name lists without their labels; all of it where a text stands for the names."""
    found = [kid for kid in _boxes(box) if kid.kind == "name-list"]
    return found or [box]


def _boxes(box: Box) -> Iterator[Box]:
    for kid in box.kids:
        if isinstance(kid, Box):
            yield kid
            yield from _boxes(kid)


def _people(box: Box) -> list[Box]:
    return [kid for kid in _boxes(box) if kid.kind == "name"]


def _replaced(kids: Sequence[Node], person: Box, text: str) -> list[Node]:
    result: list[Node] = []
    for kid in kids:
        if kid is person:
            result.append(text if kid.kind == "name-list" else kid.with_kids([text]))
        elif isinstance(kid, Box) and kid.kind != "name":
            result.append(kid.with_kids(_replaced(kid.kids, person, text)))
        else:
            result.append(kid)
    return result
