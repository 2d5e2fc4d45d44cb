"""cs:names: the lists of an item's contributors, their labels and substitutes."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from tcit_export.csl import style as s
from tcit_export.csl.conditions import compile_condition
from tcit_export.csl.context import Context
from tcit_export.csl.dress import dresser
from tcit_export.csl.item import Name
from tcit_export.csl.names import NameFormat, merge_options
from tcit_export.csl.style import NameOptions
from tcit_export.csl.tree import Box, Node

if TYPE_CHECKING:
    from tcit_export.csl.evaluate import Compiler, Render

_NO_NAMES = Box(())


def compile_names(compiler: Compiler, element: s.Names, outer: s.Names | None = None) -> Render:
    shown = _inheriting(element, outer)
    options = merge_options(compiler.options, shown.name.options if shown.name else NameOptions())
    formats = NameFormat(options, shown.name, shown.et_al, compiler.locale, compiler.setting)
    lists = _name_lists(compiler, shown, formats)
    delimiter = element.delimiter
    if delimiter is None:
        delimiter = options.names_delimiter or ""
    dress = dresser(element, kind="names", delimiter=delimiter)
    # What is no list of names brings its own affixes and font: those of the names are not for it.
    undressed = dresser(s.Names(variables=()), kind="names")
    counts = formats.form == "count" and outer is None
    substitutes = tuple(_substitute(compiler, child, shown) for child in element.substitute)

    def render(ctx: Context, out: list[Node]) -> None:
        first = ctx.first_names is None and outer is None
        kids = lists(ctx)
        dressed = undressed if formats.form == "count" else dress
        if not kids and substitutes:
            kids, are_names = _substituted(ctx, substitutes)
            dressed = dress if are_names else undressed
        if not kids and counts and ctx.key is not None:
            kids = [f"{0:06}"]  # no names at all sort before one name
        if not kids:
            return
        if outer is not None:
            out.append(dress(ctx, kids))
            return
        node = dressed(ctx, kids)
        if first and isinstance(node, Box):
            ctx.first_names = node
            if ctx.drop_names:
                return
        out.append(node)

    return render


Substitute: TypeAlias = "Callable[[Context], tuple[list[Node], bool]]"
"""What stands for names that are missing, and whether it is a cs:names."""


def _substitute(compiler: Compiler, child: s.Element, outer: s.Names) -> Substitute:
    if isinstance(child, s.Names):
        return _rendered(compile_names(compiler, child, outer), True)
    if isinstance(child, s.Choose):
        return _chosen(compiler, child, outer)
    return _rendered(compiler.element(_handed_down(child, outer)), False)


def _rendered(render: Render, are_names: bool) -> Substitute:
    def substitute(ctx: Context) -> tuple[list[Node], bool]:
        kids: list[Node] = []
        render(ctx, kids)
        return kids, are_names

    return substitute


def _chosen(compiler: Compiler, choose: s.Choose, outer: s.Names) -> Substitute:
    """Of the branch whose condition holds, the first element with output."""
    branches = tuple(
        (
            compile_condition(branch),
            tuple(_substitute(compiler, child, outer) for child in branch.children),
        )
        for branch in choose.branches
    )

    def substitute(ctx: Context) -> tuple[list[Node], bool]:
        for holds, children in branches:
            if holds(ctx):
                return _substituted(ctx, children)
        return [], False

    return substitute


def _substituted(ctx: Context, substitutes: Sequence[Substitute]) -> tuple[list[Node], bool]:
    """The first substitute with output; its variables are used up (Substitute)."""
    held, before, outer = ctx.first_names, ctx.suppressed, ctx.substituting
    for substitute in substitutes:
        ctx.substituting = True
        ctx.first_names = held or _NO_NAMES
        kids, are_names = substitute(ctx)
        ctx.substituting = outer
        ctx.first_names = held
        if kids:
            return kids, are_names
        ctx.suppressed = before
    return [], False


def _name_lists(
    compiler: Compiler, element: s.Names, formats: NameFormat
) -> Callable[[Context], list[Node]]:
    variables = element.variables
    label = _names_label(compiler, element)
    merges = _merges(compiler, element)
    if formats.form == "count":
        return lambda ctx: _count(ctx, variables, formats)

    def lists(ctx: Context) -> list[Node]:
        ctx.called += 1
        if ctx.names.keys().isdisjoint(variables):
            return []
        return [
            label(ctx, variable, names, formats.render(names, ctx))
            for variable, names in _listed(ctx, variables, merges)
        ]

    return lists


def _merges(compiler: Compiler, element: s.Names) -> bool:
    """Whether equal editors and translators may be one: the term for both must exist."""
    if "editor" not in element.variables or "translator" not in element.variables:
        return False
    label = element.label
    return label is None or compiler.locale.term("editor-translator", label.form) != ""


def _listed(
    ctx: Context, variables: Sequence[str], merges: bool
) -> ItemsView[str, tuple[Name, ...]]:
    """The variables that have names; editor and translator as one where they agree."""
    merged = merges and ctx.names.get("editor") == ctx.names.get("translator")
    found: dict[str, tuple[Name, ...]] = {}
    for variable in variables:
        names = ctx.names.get(variable)
        if not names or (ctx.suppressed is not None and variable in ctx.suppressed):
            continue
        ctx.rendered(variable)
        if merged and variable in ("editor", "translator"):
            variable = "editor-translator"
        found[variable] = names
    return found.items()


def _count(ctx: Context, variables: Sequence[str], formats: NameFormat) -> list[Node]:
    ctx.called += 1
    listed = _listed(ctx, variables, True)
    total = sum(formats.count(names, ctx) for _, names in listed)
    if not total:
        return []
    return [f"{total:06}" if ctx.key is not None else str(total)]


def _names_label(
    compiler: Compiler, element: s.Names
) -> Callable[[Context, str, tuple[Name, ...], Node], Node]:
    label = element.label
    if label is None:
        return lambda ctx, variable, names, listed: listed
    dress = dresser(label)
    terms = compiler.label_terms(label)
    first, option = element.label_first, label.plural

    def render(ctx: Context, variable: str, names: tuple[Name, ...], listed: Node) -> Node:
        if ctx.key is not None:
            return listed
        plural = option == "always" or (option != "never" and len(names) > 1)
        text = terms(variable, plural)
        if not text:
            return listed
        node = dress(ctx, (text,))
        return Box((node, listed) if first else (listed, node))

    return render


def _handed_down(element: s.Element, outer: s.Names) -> s.Element:
    """An element of cs:substitute: the names inside it take what the outer names have."""
    match element:
        case s.Names():
            return _inheriting(element, outer)
        case s.Group():
            children = tuple(_handed_down(child, outer) for child in element.children)
            return replace(element, children=children)
        case s.Choose():
            branches = tuple(
                replace(
                    branch,
                    children=tuple(_handed_down(child, outer) for child in branch.children),
                )
                for branch in element.branches
            )
            return replace(element, branches=branches)
        case _:
            return element


def _inheriting(element: s.Names, outer: s.Names | None) -> s.Names:
    """Within cs:substitute, a bare cs:names takes name, et-al and label from around it."""
    if outer is None or element.name or element.et_al or element.label:
        return element
    return replace(
        element,
        name=outer.name,
        et_al=outer.et_al,
        label=outer.label,
        label_first=outer.label_first,
        delimiter=element.delimiter if element.delimiter is not None else outer.delimiter,
    )
