"""What evaluation makes: a tree of requests, before quotes and punctuation are settled.

A node is a `str` (characters) or a `Box`: children with a delimiter between them, affixes
around them and wishes about font, quotes and display. `typeset.py` turns the tree into the
final `Output`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from tcit_export.csl.style import Formatting

Node: TypeAlias = "str | Box"


class Box:
    """Children that belong together.

    `kind` says what the box is to later steps: "" (nothing special), "names", "name",
    "year-suffix", "citation-number", "locator"; "link" (`value` is the URL),
    "cite" (`value` the item's id), "opaque" (`value` the foreign payload); and, from the
    markup of fields, "markup" (a font that flips inside itself), "quote" (`value` the
    opening mark as typed), "nocase", "nodecor".
    """

    __slots__ = (
        "delimiter", "display", "formatting", "kids", "kind", "prefix", "quotes", "suffix", "value"
    )  # fmt: skip

    def __init__(
        self,
        kids: Sequence[Node],
        *,
        kind: str = "",
        value: object = None,
        delimiter: str = "",
        prefix: str = "",
        suffix: str = "",
        formatting: Formatting | None = None,
        quotes: bool = False,
        display: str = "",
    ) -> None:
        self.kids = kids
        self.kind = kind
        self.value = value
        self.delimiter = delimiter
        self.prefix = prefix
        self.suffix = suffix
        self.formatting = formatting
        self.quotes = quotes
        self.display = display

    def __repr__(self) -> str:
        shown = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return f"Box({shown})"

    def with_kids(self, kids: Sequence[Node]) -> Box:
        """A copy with other children."""
        return Box(
            kids,
            kind=self.kind,
            value=self.value,
            delimiter=self.delimiter,
            prefix=self.prefix,
            suffix=self.suffix,
            formatting=self.formatting,
            quotes=self.quotes,
            display=self.display,
        )


def plain(nodes: Iterable[Node]) -> str:
    """The characters of a tree, with delimiters and affixes, without any clean-up."""
    return "".join(filter(None, map(_plain, nodes)))


def _plain(node: Node) -> str | None:
    """None where a box holds nothing, not even an empty text."""
    if isinstance(node, str):
        return node
    texts = [text for kid in node.kids if (text := _plain(kid)) is not None]
    return f"{node.prefix}{node.delimiter.join(texts)}{node.suffix}" if texts else None


def find(nodes: Iterable[Node], kind: str) -> Box | None:
    """The first box of that kind, in reading order."""
    for node in nodes:
        if type(node) is Box:
            if node.kind == kind:
                return node
            found = find(node.kids, kind)
            if found is not None:
                return found
    return None


def spread(nodes: Iterable[Node]) -> list[Node]:
    """The tree with affixes and delimiters as nodes, so that text case can see them."""
    result: list[Node] = []
    for node in nodes:
        if type(node) is str:
            result.append(node)
        elif type(node) is Box:
            result.extend(_spread_box(node))
    return result


def _spread_box(box: Box) -> list[Node]:
    kids: list[Node] = []
    for kid in spread(box.kids):
        if kids and box.delimiter:
            kids.append(box.delimiter)
        kids.append(kid)
    if not kids:
        return []
    inner = box.with_kids(kids)
    inner.prefix = inner.suffix = inner.delimiter = ""
    result: list[Node] = [inner]
    if box.prefix:
        result.insert(0, box.prefix)
    if box.suffix:
        result.append(box.suffix)
    return [Box(result)] if len(result) > 1 else result
