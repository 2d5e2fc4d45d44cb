"""Style + Locale -> functions. Every rendering element becomes one closure, once.

A closure takes the context and a list, and appends what it rendered; nothing appended
means no output. Macros are compiled once per scope and shared. Group suppression needs no
second look: the context counts variables called and variables that had output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, assert_never

from tcit_export.csl import style as s
from tcit_export.csl.conditions import compile_condition
from tcit_export.csl.context import Context
from tcit_export.csl.contributors import compile_names
from tcit_export.csl.dates import DateFormat, sort_text
from tcit_export.csl.dress import dresser, group_dresser, is_plain_element
from tcit_export.csl.item import Date
from tcit_export.csl.names import NamesSetting, merge_options
from tcit_export.csl.numbers import (
    NUMBER_FORMS,
    NUMBER_VARIABLES,
    Ordinals,
    format_number,
    format_pages,
    inner_labels,
    is_numeric,
    is_plural,
    is_rising_range,
    is_roman_range,
    localized_ampersand,
)
from tcit_export.csl.rich import parse_french, parse_markup
from tcit_export.csl.style import Locale, NameOptions, Style, term_name
from tcit_export.csl.survey import uses
from tcit_export.csl.tree import Box, Node
from tcit_export.csl.values import (
    ALIASES,
    citation_label,
    cite_value,
    first_page,
    number_sort_text,
    number_term,
)

Render: TypeAlias = Callable[[Context, list[Node]], None]

_RANGED = NUMBER_VARIABLES - {"number", "version", "section", "supplement-number"}
"""Number variables in which a hyphen between numbers is a range; the others hold codes."""


_LINKS = {
    "URL": "",
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}
"""Appendix VI: variables that become links, and what leads to them."""


class Compiler:
    """Compiles the elements of one scope (citation or bibliography) of a style."""

    def __init__(self, style: Style, locale: Locale, options: NameOptions) -> None:
        self.style = style
        self.locale = locale
        self.options = merge_options(style.name_options, options)
        self.ordinals = Ordinals(locale)
        self.setting = NamesSetting(
            style.demote_non_dropping_particle, style.initialize_with_hyphen
        )
        dash = locale.term("page-range-delimiter")
        self.dash = "–" if dash is None else dash
        self.ampersand = locale.term("and", "symbol") or "&"
        self.and_words = tuple({"and", "et", locale.term("and") or "and", "&"})
        self.explicit_year_suffix = uses(style, "year-suffix")
        self.parse = parse_french if locale.lang.startswith("fr") else parse_markup
        self._macros: dict[str, Render] = {}

    # -------------------------------------------------------------- structure

    def sequence(self, elements: Sequence[s.Element]) -> Render:
        renders = tuple(self.element(element) for element in elements)
        if len(renders) == 1:
            return renders[0]

        def render(ctx: Context, out: list[Node]) -> None:
            for part in renders:
                part(ctx, out)

        return render

    def element(self, element: s.Element) -> Render:
        match element:
            case s.Text():
                return self._text(element)
            case s.Group():
                return self._group(element)
            case s.Choose():
                return self._choose(element)
            case s.Names():
                return compile_names(self, element)
            case s.Date():
                return self._date(element)
            case s.Number():
                return self._number(element)
            case s.Label():
                return self._label(element)
            case _:
                assert_never(element)

    def macro(self, name: str) -> Render:
        found = self._macros.get(name)
        if found is None:
            found = self._macros[name] = self.sequence(self.style.macros[name])
        return found

    def layout(self, layout: s.Layout) -> Render:
        """The children of a layout; its own affixes and font belong to the caller."""
        return self.sequence(layout.children)

    def _group(self, element: s.Group) -> Render:
        renders = tuple(self.element(child) for child in element.children)
        dress = group_dresser(element)

        def render(ctx: Context, out: list[Node]) -> None:
            called, nonempty = ctx.called, ctx.nonempty
            kids: list[Node] = []
            for part in renders:
                part(ctx, kids)
            if not kids or (ctx.called != called and ctx.nonempty == nonempty):
                return
            if len(kids) > 1 or kids[0] != "":
                ctx.called += 1
                ctx.nonempty += 1
                out.append(dress(kids))

        return render

    def _choose(self, element: s.Choose) -> Render:
        branches = tuple(
            (
                compile_condition(branch),
                self.sequence(branch.children) if branch.children else _none,
            )
            for branch in element.branches
        )
        if len(branches) == 1:
            test, then = branches[0]

            def render_if(ctx: Context, out: list[Node]) -> None:
                if test(ctx):
                    then(ctx, out)

            return render_if

        def render(ctx: Context, out: list[Node]) -> None:
            for test, then in branches:
                if test(ctx):
                    then(ctx, out)
                    return

        return render

    # -------------------------------------------------------------- text

    def _text(self, element: s.Text) -> Render:
        match element.source:
            case "variable":
                return self._variable(element)
            case "macro":
                return self._macro_call(element)
            case "term":
                return self._term(element)
            case _:
                return self._value(element)

    def _macro_call(self, element: s.Text) -> Render:
        name = element.value
        macro = self.macro(name)
        dress = dresser(element, in_markup=False)
        plain = is_plain_element(element)
        children = self.style.macros[name]
        if plain and len(children) == 1 and isinstance(children[0], s.Group):
            return macro  # a group says itself what it counts as

        def render(ctx: Context, out: list[Node]) -> None:
            called, nonempty = ctx.called, ctx.nonempty
            kids: list[Node] = []
            macro(ctx, kids)
            if kids and (ctx.called == called or ctx.nonempty != nonempty):
                # A macro with output counts as a variable with content (Group).
                ctx.nonempty += 1
                if plain:
                    out.append(kids[0] if len(kids) == 1 else Box(kids))
                else:
                    out.append(dress(ctx, kids))

        return render

    def _value(self, element: s.Text) -> Render:
        dress = dresser(element)
        nodes = self.parse(element.value)
        if not element.value:
            return _none

        def render(ctx: Context, out: list[Node]) -> None:
            ctx.started = True
            out.append(dress(ctx, nodes))

        return render

    def _term(self, element: s.Text) -> Render:
        text = self.locale.term(term_name(element.value), element.form, plural=element.plural)
        if text is None:
            return _none
        if not text:
            # A term defined as empty is output for cs:substitute, though nothing shows.
            return lambda ctx, out: out.append("")
        text = text.replace("'", "’")
        capitalized = text[0].upper() + text[1:]
        dress = dresser(element)
        takes_suffix = element.value == "no date" and not self.explicit_year_suffix

        def render(ctx: Context, out: list[Node]) -> None:
            if takes_suffix and ctx.year_suffix and not ctx.date_suffix_done:
                ctx.date_suffix_done = True
                suffix = Box((ctx.year_suffix,), kind="year-suffix", prefix="-")
                out.append(dress(ctx, (text, suffix)))
                return
            first = ctx.capitalizes_first and not ctx.started
            ctx.started = True
            out.append(dress(ctx, (capitalized if first else text,)))

        return render

    def _variable(self, element: s.Text) -> Render:
        name = element.value
        match name:
            case "citation-number" | "year-suffix" | "locator" | "first-reference-note-number":
                return self._cite_variable(element)
            case "page" | "page-first":
                return self._page(element)
            case "citation-label":
                return self._citation_label(element)
        if name in _LINKS:
            return self._link(element)
        dress = dresser(element)
        plain = is_plain_element(element)
        lookup = self._names_to_try(name, element.form)
        is_number, ranged = name in NUMBER_VARIABLES, name in _RANGED
        parse = self.parse

        def render(ctx: Context, out: list[Node]) -> None:
            ctx.called += 1
            for variable in lookup:
                value = ctx.fields.get(variable)
                if value:
                    break
            else:
                return
            if ctx.suppressed is not None and variable in ctx.suppressed:
                return
            ctx.rendered(variable)
            if is_number and "-" in value:
                value = self._with_dashes(value, ranged)
            nodes = parse(value)
            if plain and len(nodes) == 1:
                out.append(nodes[0])
            else:
                out.append(dress(ctx, nodes))

        return render

    def _with_dashes(self, value: str, ranged: bool) -> str:
        """A number whose hyphens are dashes where they stand in ranges (`\\-` is a hyphen)."""
        if ranged and (is_numeric(value) or is_roman_range(value)):
            return format_pages(value, "", self.dash)
        return value.replace("\\-", "-")

    def _names_to_try(self, name: str, form: str) -> tuple[str, ...]:
        """The field, its short form first if wanted, and its former name."""
        names = [name]
        if form == "short":
            names.insert(0, f"{name}-short")
            if name == "title":
                names.insert(1, "shortTitle")
            elif name == "container-title":
                names.insert(1, "journalAbbreviation")
        elif name == "container-title-short":
            names.append("journalAbbreviation")
        elif name == "title-short":
            names.append("shortTitle")
        if name in ALIASES:
            names.append(ALIASES[name])
        return tuple(names)

    def _cite_variable(self, element: s.Text) -> Render:
        dress = dresser(element)
        name = element.value

        def render(ctx: Context, out: list[Node]) -> None:
            value = cite_value(ctx, name)
            if name == "year-suffix":
                # The letter is the processor's: its absence suppresses no group.
                ctx.date_suffix_done = True
            else:
                ctx.called += 1
            if not value:
                return
            ctx.called += 1
            ctx.nonempty += 1
            ctx.started = ctx.started or name != "citation-number"
            if ctx.key is not None:
                value = number_sort_text(value)
            if name == "locator":
                value = self.locator_text(ctx, value)
            nodes = parse_markup(value)
            out.append(Box((dress(ctx, nodes),), kind=name))

        return render

    def locator_text(self, ctx: Context, value: str) -> str:
        """A locator with the locale's dash and labels in its midst."""
        value = localized_ampersand(inner_labels(value, self.locale), self.ampersand)
        style = self.style.page_range_format if ctx.label == "page" else ""
        return format_pages(value, style, self.dash)

    def _page(self, element: s.Text) -> Render:
        dress = dresser(element)
        first_only = element.value == "page-first"
        range_format = self.style.page_range_format

        def render(ctx: Context, out: list[Node]) -> None:
            ctx.called += 1
            value = ctx.field("page-first") if first_only else ""
            value = value or cite_value(ctx, "page")
            if not value:
                return
            ctx.rendered("page")
            if first_only:
                value = first_page(value)
            else:
                value = format_pages(value, range_format, self.dash)
            out.append(dress(ctx, parse_markup(value)))

        return render

    def _citation_label(self, element: s.Text) -> Render:
        dress = dresser(element)

        def render(ctx: Context, out: list[Node]) -> None:
            ctx.called += 1
            ctx.nonempty += 1
            value = ctx.field("citation-label") or citation_label(ctx)
            nodes: list[Node] = list(parse_markup(value))
            if ctx.year_suffix:
                ctx.date_suffix_done = ctx.date_suffix_done or not self.explicit_year_suffix
                nodes.append(Box((ctx.year_suffix,), kind="year-suffix"))
            out.append(dress(ctx, nodes))

        return render

    def _link(self, element: s.Text) -> Render:
        name = element.value
        dress = dresser(element)
        base = _LINKS[name]

        def render(ctx: Context, out: list[Node]) -> None:
            ctx.called += 1
            value = ctx.field(name).strip()
            if not value:
                return
            ctx.rendered(name)
            url = value if not base or value.startswith(("http://", "https://")) else base + value
            text: Sequence[Node] = (value,)
            if url.startswith(("http://", "https://")) and ctx.key is None:
                text = (Box((value,), kind="link", value=url),)
            out.append(dress(ctx, text))

        return render

    # -------------------------------------------------------------- number, label

    def _number(self, element: s.Number) -> Render:
        dress = dresser(element)
        name, form = element.variable, element.form
        gender = self.ordinals.gender_of(name)

        def render(ctx: Context, out: list[Node]) -> None:
            ctx.called += 1
            value = cite_value(ctx, name)
            if not value:
                return
            ctx.rendered(name)
            if ctx.key is not None:
                out.append(number_sort_text(value))
                return
            out.append(dress(ctx, self._number_nodes(ctx, name, value, form, gender)))

        return render

    def _number_nodes(
        self, ctx: Context, name: str, value: str, form: str, gender: str
    ) -> Sequence[Node]:
        plain = form not in NUMBER_FORMS or not is_numeric(value)
        if (name in ("page", "locator") and plain) or (name in _RANGED and is_roman_range(value)):
            value = format_pages(value, self.style.page_range_format, self.dash)
        elif is_numeric(value):
            if form in ("ordinal", "long-ordinal") and name == "locator":
                gender = self.ordinals.gender_of(ctx.label)
            dash = self.dash if name in _RANGED or is_rising_range(value) else ""
            value = format_number(value, form, self.ordinals, gender, dash)
        else:
            head, comma, tail = value.partition(",")
            if (comma and head.isdigit() and inner_labels(value, self.locale) != value) or tail:
                value = self._mixed_number(head, comma, tail, form, gender, value)
        nodes = parse_markup(value)
        return (Box(nodes, kind=name),) if name in ("citation-number", "locator") else nodes

    def _mixed_number(
        self, head: str, comma: str, tail: str, form: str, gender: str, value: str
    ) -> str:
        """`7, p. 3-8`: a number, then another with its own label."""
        labelled = inner_labels(value, self.locale)
        if labelled == value or not head.isdigit():
            return value
        rest = format_pages(labelled.partition(",")[2], "", self.dash)
        return format_number(head, form, self.ordinals, gender, self.dash) + comma + rest

    def _label(self, element: s.Label) -> Render:
        dress = dresser(element)
        variable = element.variable
        if not variable:
            return _none
        terms = self.label_terms(element)

        def render(ctx: Context, out: list[Node]) -> None:
            value = cite_value(ctx, variable)
            if not value or ctx.key is not None:
                return
            name = term_name(ctx.label) if variable == "locator" else number_term(variable)
            plural = self._is_plural(element.plural, variable, value)
            text = terms(name, plural)
            if text:
                out.append(dress(ctx, (text,)))

        return render

    def label_terms(self, element: s.Label) -> Callable[[str, bool], str]:
        cache: dict[tuple[str, bool], str] = {}

        def term(name: str, plural: bool) -> str:
            key = (name, plural)
            if key not in cache:
                found = self.locale.term(name, element.form, plural=plural) or ""
                cache[key] = found.replace("'", "’")
            return cache[key]

        return term

    def _is_plural(self, option: str, variable: str, value: str) -> bool:
        match option:
            case "always":
                return True
            case "never":
                return False
            case _:
                return is_plural(variable, value, self.and_words)

    # -------------------------------------------------------------- dates

    def _date(self, element: s.Date) -> Render:
        dates = DateFormat(element, self.locale, self.ordinals)
        dress = dresser(element, delimiter=dates.delimiter)
        name = element.variable
        implicit = not self.explicit_year_suffix and name != "accessed"
        places = tuple(part.name for part in dates.parts)
        identifies = name != "accessed" or places == ("year",)

        def render(ctx: Context, out: list[Node]) -> None:
            ctx.called += 1
            date = ctx.dates.get(name)
            if ctx.name_log is not None and not identifies:
                # The day of access tells two works not apart (Disambiguation).
                return
            if date is None or (ctx.suppressed is not None and name in ctx.suppressed):
                return
            if ctx.key is not None:
                ctx.rendered(name)
                out.append(sort_text(date, places))
                return
            nodes = self._date_nodes(ctx, date, dates, implicit)
            if nodes:
                ctx.rendered(name)
                out.append(dress(ctx, nodes))

        return render

    def _date_nodes(
        self, ctx: Context, date: Date, dates: DateFormat, implicit: bool
    ) -> Sequence[Node]:
        letter = (lambda: self._year_suffix(ctx)) if implicit and ctx.year_suffix else None
        if not date.date_parts:
            return dates.words(date, parse_markup(date.literal) if date.literal else (), letter)
        return dates.render(date, letter)

    def _year_suffix(self, ctx: Context) -> Node | None:
        """The letter, once, after the first year rendered (disambiguate-add-year-suffix)."""
        if not ctx.year_suffix or ctx.date_suffix_done:
            return None
        ctx.date_suffix_done = True
        return Box((ctx.year_suffix,), kind="year-suffix")


def _none(ctx: Context, out: list[Node]) -> None:
    """Renders nothing."""
