"""Whether the XML of a style is put together as CSL 1.0.2 wants it.

Raises StyleError with the line: an element where none of its name may stand, one that lacks
the attribute that says what it renders, a second element where only one may stand, macros that
are missing, stand twice, call themselves or nest too deep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tcit_export.csl.style import StyleError
from tcit_export.csl.xml import DEPTH, Element

# ------------------------------------------------------------------ elements and attributes

_RENDERING = frozenset(("text", "number", "label", "date", "names", "group", "choose"))
_CHILDREN: Mapping[str, frozenset[str]] = {
    "style": frozenset(("info", "locale", "macro", "citation", "bibliography")),
    "citation": frozenset(("sort", "layout", "intext")),
    "bibliography": frozenset(("sort", "layout")),
    "sort": frozenset(("key",)),
    "choose": frozenset(("if", "else-if", "else")),
    "names": frozenset(("name", "et-al", "label", "substitute", "institution")),
    "name": frozenset(("name-part",)),
    "date": frozenset(("date-part",)),
    **dict.fromkeys(
        ("macro", "layout", "group", "if", "else-if", "else", "substitute"), _RENDERING
    ),
}
"""Which elements may stand in which. Others (cs:info, cs:locale) are not looked into."""

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "text": ("variable", "macro", "term", "value"),
    "number": ("variable",),
    "date": ("variable",),
    "names": ("variable",),
    "key": ("variable", "macro"),
    "macro": ("name",),
    "date-part": ("name",),
    "name-part": ("name",),
}
"""Attributes of which an element needs one."""

_ONCE = frozenset(("citation", "bibliography", "layout", "sort", "substitute", "name", "et-al"))
_CLASSES = ("in-text", "note")


def check_structure(root: Element) -> None:
    class_ = root.get("class", "in-text")
    if class_ not in _CLASSES:
        raise StyleError(f"`class` is `in-text` or `note`, not `{class_}`", root.line)
    _check(root)


def _check(node: Element) -> None:
    needed = _NEEDED.get(node.tag)
    if needed is not None and not any(name in node.attrs for name in needed):
        raise StyleError(f"`{node.tag}` lacks `{'` or `'.join(needed)}`", node.line)
    allowed = _CHILDREN.get(node.tag)
    if allowed is None:
        return
    seen: set[str] = set()
    for kid in node.kids:
        if kid.tag not in allowed:
            raise StyleError(f"`{kid.tag}` cannot stand in `{node.tag}`", kid.line)
        if kid.tag in _ONCE and kid.tag in seen:
            raise StyleError(f"a second `{kid.tag}` in `{node.tag}`", kid.line)
        seen.add(kid.tag)
        _check(kid)


# ------------------------------------------------------------------ macros


def _macros(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for node in root.children("macro"):
        name = node.get("name")
        if name in found:
            raise StyleError(f"a second macro `{name}`", node.line)
        found[name] = node
    return found


CALLS = 10_000_000
"""Macro calls of a citation, nested ones included: ten macros of ten calls each have more."""


def check_macros(root: Element) -> None:
    """Every macro called must exist and none may call itself, directly or through others."""
    macros = _macros(root)
    calls = {name: list(_macro_calls(node)) for name, node in macros.items()}
    depths: dict[str, int] = {}
    for caller in (node for node in root.kids if node.tag in ("citation", "bibliography")):
        for name, line in _macro_calls(caller):
            if name not in macros:
                raise StyleError(f"there is no macro `{name}`", line)
    for start in macros:
        _visit_macro(start, calls, macros, (), depths)
    numbers: dict[str, int] = {}
    for node in (kid for kid in root.kids if kid.tag in ("citation", "bibliography")):
        if _calls_within(node, macros, numbers) > CALLS:
            raise StyleError("the macros call each other too often", node.line)


def _calls_within(node: Element, macros: Mapping[str, Element], numbers: dict[str, int]) -> int:
    """Macro calls below a node, those inside the called macros included; there are no circles."""
    total = 0
    for name, _ in _macro_calls(node):
        if name not in numbers:
            numbers[name] = 1 + _calls_within(macros[name], macros, numbers)
        total += numbers[name]
    return total


def _visit_macro(
    name: str,
    calls: Mapping[str, list[tuple[str, int]]],
    macros: Mapping[str, Element],
    path: tuple[str, ...],
    depths: dict[str, int],
) -> None:
    """Follow the calls of a macro; notes how deep its output nests."""
    if name in depths:
        return
    deepest = 0
    for called, line in calls[name]:
        if called not in calls:
            raise StyleError(f"there is no macro `{called}`", line)
        if called == name or called in path:
            raise StyleError(f"the macro `{called}` calls itself", line)
        if len(path) > DEPTH:
            raise StyleError(f"macros call each other deeper than {DEPTH}", line)
        _visit_macro(called, calls, macros, (*path, name), depths)
        deepest = max(deepest, depths[called])
    depths[name] = _depth(macros[name]) + deepest
    if depths[name] > DEPTH:
        raise StyleError(f"elements and macros nested deeper than {DEPTH}", macros[name].line)


def _depth(node: Element) -> int:
    return 1 + max((_depth(kid) for kid in node.kids), default=0)


def _macro_calls(node: Element) -> Iterator[tuple[str, int]]:
    for kid in node.kids:
        if kid.tag in ("text", "key") and "macro" in kid.attrs:
            yield kid.attrs["macro"], kid.line
        yield from _macro_calls(kid)
