"""A style made ready: all of it turned into functions, once, for any number of documents."""

from __future__ import annotations

from tcit_export.csl import style as s
from tcit_export.csl.citation import BibliographyOptions
from tcit_export.csl.context import Context
from tcit_export.csl.evaluate import Compiler, Render
from tcit_export.csl.sort import Sorter
from tcit_export.csl.style import Locale, NameOptions, Style
from tcit_export.csl.survey import numbers_descending, tests, uses_label, walk
from tcit_export.csl.tree import Node
from tcit_export.csl.typeset import quotes_of


class CompiledStyle:
    """A style with a locale, turned into functions once and used for any number of documents."""

    def __init__(self, style: Style, locale: Locale) -> None:
        self.style = style
        self.locale = locale
        self.quotes = quotes_of(locale)
        self.citation = style.citation
        compiler = Compiler(style, locale, style.citation.name_options)
        self.cite = compiler.layout(style.citation.layout)
        self.intext = compiler.layout(style.citation.intext) if style.citation.intext else None
        self.author = compiler.element(_AUTHOR)
        self.citation_sorter = Sorter(style.citation.sort, compiler)
        self.labels_locator = uses_label(style, "locator")
        self.entry, self.bibliography_sorter, self.entry_elements = self._bibliography()
        self.numbers_descending = numbers_descending(style)
        self.bibliography_options = _bibliography_options(style.bibliography)
        self.conditions = _count_conditions(style)
        options = style.citation
        self.disambiguates = (
            options.disambiguate_add_names
            or options.disambiguate_add_givenname
            or options.disambiguate_add_year_suffix
            or self.conditions > 0
        )
        language = style.default_locale
        self.english = not language or language.startswith("en")

    def _bibliography(self) -> tuple[Render, Sorter, tuple[Render, ...]]:
        bibliography = self.style.bibliography
        if bibliography is None:
            compiler = Compiler(self.style, self.locale, NameOptions())
            return _render_nothing, Sorter((), compiler), ()
        compiler = Compiler(self.style, self.locale, bibliography.name_options)
        children = tuple(compiler.element(child) for child in bibliography.layout.children)
        return (
            compiler.layout(bibliography.layout),
            Sorter(bibliography.sort, compiler),
            children,
        )

    def is_english(self, language: str) -> bool:
        """Whether titles of an item in this language take title case (Non-English Items)."""
        return language[:2].lower() == "en" if language else self.english


_AUTHOR = s.Names(
    variables=("author",),
    name=s.NameElement(
        options=NameOptions(
            form="short",
            and_="text",
            delimiter=", ",
            delimiter_precedes_last="contextual",
            delimiter_precedes_et_al="never",
            et_al_min=3,
            et_al_use_first=1,
            initialize_with=". ",
        )
    ),
    substitute=(
        s.Names(variables=("editor",)),
        s.Names(variables=("translator",)),
        s.Text(source="variable", value="title", form="short"),
    ),
)
"""Who is named in running text where the style's own cite names nobody (numbers, labels)."""


def _render_nothing(ctx: Context, out: list[Node]) -> None:
    """A style without bibliography."""


def _bibliography_options(element: s.Bibliography | None) -> BibliographyOptions:
    if element is None:
        return BibliographyOptions()
    align = element.second_field_align
    return BibliographyOptions(
        element.hanging_indent,
        align if align in ("flush", "margin") else "",  # type: ignore[arg-type]
        element.line_spacing,
        element.entry_spacing,
    )


def _count_conditions(style: Style) -> int:
    """How many `disambiguate` conditions the citation layout has."""
    if not tests(style, "disambiguate"):
        return 0
    return sum(
        any(test.condition == "disambiguate" for test in branch.tests)
        for element in walk(style, style.citation.layout.children, set())
        if isinstance(element, s.Choose)
        for branch in element.branches
    )


_ready: dict[tuple[int, int], CompiledStyle] = {}
_READY_AT_MOST = 16


def compiled(style: Style, locale: Locale) -> CompiledStyle:
    """The style made ready, remembered for the last few styles."""
    key = (id(style), id(locale))
    found = _ready.get(key)
    if found is None or found.style is not style or found.locale is not locale:
        found = CompiledStyle(style, locale)
        if len(_ready) >= _READY_AT_MOST:
            _ready.pop(next(iter(_ready)))
        _ready[key] = found
    return found
