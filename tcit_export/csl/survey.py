"""Questions about a whole style: which elements, variables and conditions it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tcit_export.csl import style as s
from tcit_export.csl.style import Style


def walk(style: Style, elements: Iterable[s.Element], seen: set[str]) -> Iterator[s.Element]:
    """All elements, those of the macros they call included, each macro once."""
    for element in elements:
        yield element
        match element:
            case s.Group(children=children):
                yield from walk(style, children, seen)
            case s.Choose(branches=branches):
                for branch in branches:
                    yield from walk(style, branch.children, seen)
            case s.Names(substitute=substitute):
                yield from walk(style, substitute, seen)
            case s.Text(source="macro", value=name) if name not in seen:
                seen.add(name)
                yield from walk(style, style.macros.get(name, ()), seen)
            case _:
                pass


def uses(style: Style, variable: str) -> bool:
    """Whether cs:text renders that variable in the citation or the bibliography."""
    layouts = [style.citation.layout]
    if style.bibliography is not None:
        layouts.append(style.bibliography.layout)
    return any(
        isinstance(element, s.Text) and element.source == "variable" and element.value == variable
        for layout in layouts
        for element in walk(style, layout.children, set())
    )


def numbers_descending(style: Style) -> bool:
    """Whether the bibliography is sorted by falling citation numbers."""
    if style.bibliography is None or not style.bibliography.sort:
        return False
    key = style.bibliography.sort[0]
    if key.macro:
        elements = walk(style, style.macros[key.macro], set())
        rendered = [getattr(e, "value", "") or getattr(e, "variable", "") for e in elements]
        return key.descending and rendered == ["citation-number"]
    return key.descending and key.variable == "citation-number"


def uses_label(style: Style, variable: str) -> bool:
    """Whether the citation has a cs:label for that variable."""
    return any(
        isinstance(element, s.Label) and element.variable == variable
        for element in walk(style, style.citation.layout.children, set())
    )


def tests(style: Style, condition: str) -> bool:
    """Whether the citation layout tests that condition."""
    return any(
        test.condition == condition
        for element in walk(style, style.citation.layout.children, set())
        if isinstance(element, s.Choose)
        for branch in element.branches
        for test in branch.tests
    )
