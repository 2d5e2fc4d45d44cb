"""The citation engine's output tree -> inlines of the model.

The tree nests fonts freely ("normal" inside italics, superscript inside a link); the model has
nodes that only add.  So the tree is first taken apart into runs, each with its effective font and
its link, and the runs are nested again in one fixed order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final, NamedTuple, TypeAlias, assert_never, cast

from tcit_export.csl import output as csl
from tcit_export.model.addresses import uri
from tcit_export.model.nodes import (
    Emph,
    Inline,
    LineBreak,
    Link,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
    Target,
    Underline,
    Url,
)
from tcit_export.model.walk import plain_text

Content: TypeAlias = tuple[Inline, ...]


class Destination(NamedTuple):
    """Where a part of the output leads, and the words that say so."""

    target: Target
    description: str = ""


class Links(NamedTuple):
    """What becomes of the engine's tags and addresses: a destination, or None for no link."""

    of_item: Callable[[str], Destination | None] = lambda _item: None
    of_address: Callable[[str], Destination | None] = lambda _address: None


class _Font(NamedTuple):
    """How the letters of a run look, and where they lead."""

    destination: Destination | None = None
    strong: bool = False
    emph: bool = False
    small_caps: bool = False
    underline: bool = False
    raised: str = ""


_PLAIN: Final = _Font()


_Run: TypeAlias = tuple[_Font, list[Inline]]
"""Neighbouring inlines of one look."""


def to_inlines(content: csl.Content, links: Links) -> Content:
    """The inlines of a piece of output."""
    runs: list[_Run] = []
    _add_runs(content, _PLAIN, links, runs)
    if any(_PLAIN is not one and _PLAIN is not other for (one, _), (other, _) in pairwise(runs)):
        return _nested(runs, 0)
    # Nearly always there is plain text between any two pieces in other fonts: nothing to nest.
    return tuple(node for font, nodes in runs for node in _wrapped(nodes, font, 0))


def opaque(content: Content) -> csl.Opaque:
    """Inlines on their way through the engine: a cite's prefix or suffix."""
    return csl.Opaque(content, plain_text(content))


def _add_runs(content: csl.Content, font: _Font, links: Links, runs: list[_Run]) -> None:
    for node in content:
        match node:
            case csl.Text():
                _add((Str(node.text),), font, runs)
            case csl.Opaque():
                _add(_uncut(node), font, runs)
            case csl.Formatted():
                _add_runs(node.children, _changed(font, node), links, runs)
            case csl.Linked():
                found = font.destination or links.of_address(node.url)
                _add_runs(node.children, _leading(font, found), links, runs)
            case csl.Tagged():
                found = font.destination or links.of_item(node.item_id)
                _add_runs(node.children, _leading(font, found), links, runs)
            case csl.Block():
                if node.display in ("block", "indent"):
                    _add((LineBreak(),), font, runs)
                _add_runs(node.children, font, links, runs)
            case _:
                assert_never(node)


def _add(nodes: Content, font: _Font, runs: list[_Run]) -> None:
    if runs and runs[-1][0] == font:
        runs[-1][1].extend(nodes)
    else:
        runs.append((font, [*nodes]))


def _leading(font: _Font, destination: Destination | None) -> _Font:
    return font if destination is font.destination else font._replace(destination=destination)


def _changed(font: _Font, node: csl.Formatted) -> _Font:
    """The font inside a `Formatted`: an empty property stays as it is around."""
    style, weight, variant = node.font_style, node.font_weight, node.font_variant
    decoration, align = node.text_decoration, node.vertical_align
    changed = _Font(
        font.destination,
        weight == "bold" if weight else font.strong,
        style in ("italic", "oblique") if style else font.emph,
        variant == "small-caps" if variant else font.small_caps,
        decoration == "underline" if decoration else font.underline,
        (align if align in ("sup", "sub") else "") if align else font.raised,
    )
    return _PLAIN if changed == _PLAIN else changed


_WRAPPERS: Final[tuple[Callable[[_Font, Content], Content], ...]] = (
    lambda font, content: (_link(font.destination, content),) if font.destination else content,
    lambda font, content: (Strong(content),) if font.strong else content,
    lambda font, content: (Emph(content),) if font.emph else content,
    lambda font, content: (SmallCaps(content),) if font.small_caps else content,
    lambda font, content: (Underline(content),) if font.underline else content,
    lambda font, content: _raised(font.raised, content),
)
"""From the outermost inwards, as the properties of a font stand."""


def _nested(runs: Sequence[_Run], level: int) -> Content:
    """Runs as inlines: neighbours that share a property share one node."""
    font, nodes = runs[0]
    if len(runs) == 1:
        return _wrapped(nodes, font, level)
    result: list[Inline] = []
    for _, group in groupby(runs, key=lambda run: run[0][level]):
        same = list(group)
        result.extend(_WRAPPERS[level](same[0][0], _nested(same, level + 1)))
    return tuple(result)


def _wrapped(nodes: Iterable[Inline], font: _Font, level: int) -> Content:
    """Inlines of one font, in the nodes that make it."""
    content = _joined(nodes)
    if font is not _PLAIN:
        for wrap in reversed(_WRAPPERS[level:]):
            content = wrap(font, content)
    return content


def _link(destination: Destination, content: Content) -> Link:
    return Link(destination.target, content, destination.description)


def _raised(raised: str, content: Content) -> Content:
    if not raised:
        return content
    return (Superscript(content),) if raised == "sup" else (Subscript(content),)


def _joined(content: Iterable[Inline]) -> Content:
    """Neighbouring texts as one."""
    result: list[Inline] = []
    for node in content:
        if not isinstance(node, Str):
            result.append(node)
        elif result and isinstance(last := result[-1], Str):
            result[-1] = Str(last.text + node.text)
        elif node.text:
            result.append(node)
    return tuple(result)


# ── affixes ──────────────────────────────────────────────────────────────────────────────────────


def _uncut(node: csl.Opaque) -> Content:
    """The inlines that were handed in, without the punctuation that met its neighbours."""
    content = cast(Content, node.payload)
    if node.cut_start:
        content = _cut(content, node.cut_start, from_end=False)
    if node.cut_end:
        content = _cut(content, node.cut_end, from_end=True)
    return content


def _cut(content: Content, count: int, *, from_end: bool) -> Content:
    """The inlines without `count` characters at one end."""
    rest = list(reversed(content)) if from_end else list(content)
    kept: list[Inline] = []
    while rest:
        node = rest.pop(0)
        length = len(plain_text([node]))
        if count >= length and length:
            count -= length
            continue
        kept.append(_shortened(node, count, from_end=from_end))
        kept.extend(rest)
        break
    return tuple(reversed(kept)) if from_end else tuple(kept)


def _shortened(node: Inline, count: int, *, from_end: bool) -> Inline:
    if not count:
        return node
    if isinstance(node, Str):
        return replace(node, text=node.text[:-count] if from_end else node.text[count:])
    if isinstance(node, (Emph, Strong, Underline, SmallCaps, Superscript, Subscript)):
        return replace(node, content=_cut(node.content, count, from_end=from_end))
    return node


def web_address(address: str) -> Url | None:
    """The address as a target, if it is one that outputs may lead to."""
    if address.partition("://")[0].lower() not in ("http", "https"):
        return None
    found = uri(address)
    return Url(found) if found is not None else None
