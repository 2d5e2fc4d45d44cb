"""A style and a locale as frozen values: the elements of CSL 1.0.2, by their own names.

`load.py` makes them from XML and `evaluate.py` turns them into functions. Attributes
that were absent hold "" (texts), None (where absence differs from "") or the default
the specification gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


class StyleError(Exception):
    """A style or locale that cannot be used. `line` is 1-based; 0 if there is no place."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.message = message
        self.line = line


# ------------------------------------------------------------------ shared attributes


@dataclass(frozen=True, slots=True)
class Formatting:
    """The font of an element; "" leaves a property as it is around."""

    font_style: str = ""
    font_variant: str = ""
    font_weight: str = ""
    text_decoration: str = ""
    vertical_align: str = ""


PLAIN = Formatting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Attributes that most rendering elements share (Formatting, Affixes, Display, …)."""

    prefix: str = ""
    suffix: str = ""
    formatting: Formatting = PLAIN
    display: str = ""
    text_case: str = ""
    strip_periods: bool = False
    quotes: bool = False
    line: int = field(default=0, compare=False)


# ------------------------------------------------------------------ rendering elements


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Rendered):
    """cs:text; `source` says what `value` names: variable, macro, term or value itself."""

    source: str
    value: str
    form: str = "long"
    plural: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Rendered):
    """cs:number."""

    variable: str
    form: str = "numeric"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Rendered):
    """cs:label; inside cs:names `variable` is ""."""

    variable: str = ""
    form: str = "long"
    plural: str = "contextual"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePart(Rendered):
    """cs:date-part, in a style or in a date format of a locale."""

    name: str
    form: str = ""
    range_delimiter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Rendered):
    """cs:date in a style, or a date format of a locale (then `variable` is "").

    `form` is "", "text" or "numeric"; `date_parts` limits a localized date.
    """

    variable: str = ""
    form: str = ""
    date_parts: str = "year-month-day"
    delimiter: str = ""
    parts: tuple[DatePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePart(Rendered):
    """cs:name-part: `name` is "given" or "family"."""

    name: str


@dataclass(frozen=True, slots=True)
class NameOptions:
    """The inheritable name options; None where an element does not set one."""

    and_: str | None = None
    delimiter_precedes_et_al: str | None = None
    delimiter_precedes_last: str | None = None
    et_al_min: int | None = None
    et_al_use_first: int | None = None
    et_al_subsequent_min: int | None = None
    et_al_subsequent_use_first: int | None = None
    et_al_use_last: bool | None = None
    initialize: bool | None = None
    initialize_with: str | None = None
    name_as_sort_order: str | None = None
    sort_separator: str | None = None
    form: str | None = None
    delimiter: str | None = None
    names_delimiter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameElement(Rendered):
    """cs:name"""

    options: NameOptions = NameOptions()
    family: NamePart | None = None
    given: NamePart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EtAl(Rendered):
    """cs:et-al."""

    term: str = "et-al"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Rendered):
    """cs:names; `label_first` when cs:label stands before cs:name.

    `name`, `et_al` and `label` are None where the element has no such child: within
    cs:substitute the ones of the surrounding cs:names then apply.
    """

    variables: tuple[str, ...]
    delimiter: str | None = None
    name: NameElement | None = None
    et_al: EtAl | None = None
    label: Label | None = None
    label_first: bool = False
    substitute: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Rendered):
    """cs:group: shown only if one of the variables that it calls has a value."""

    delimiter: str = ""
    children: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Test:
    """One tested value of a condition: ("type", "book"), ("variable", "issued"), …"""

    condition: str
    value: str


@dataclass(frozen=True, slots=True)
class Branch:
    """cs:if, cs:else-if (`match` is "all", "any" or "none") or cs:else (no tests)."""

    match: str
    tests: tuple[Test, ...]
    children: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """cs:choose; the first branch that holds is shown."""

    branches: tuple[Branch, ...]
    line: int = field(default=0, compare=False)


Element: TypeAlias = Text | Number | Label | Date | Names | Group | Choose


# ------------------------------------------------------------------ style


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(Rendered):
    """cs:layout; `delimiter` separates cites."""

    delimiter: str = ""
    children: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """cs:key; exactly one of `variable` and `macro` is not ""."""

    variable: str = ""
    macro: str = ""
    descending: bool = False
    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: bool | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """cs:citation. `intext` is an optional layout for narrative citations (an extension).

    `disambiguate_et_al_min` is an extension too: how many names "et al." must stand for
    where disambiguation has added names (APA 7, 8.18: at least two).
    """

    layout: Layout
    sort: tuple[Key, ...] = ()
    name_options: NameOptions = NameOptions()
    disambiguate_add_names: bool = False
    disambiguate_et_al_min: int = 1
    disambiguate_add_givenname: bool = False
    givenname_disambiguation_rule: str = "by-cite"
    disambiguate_add_year_suffix: bool = False
    cite_group_delimiter: str | None = None
    collapse: str = ""
    year_suffix_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    near_note_distance: int = 5
    intext: Layout | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """cs:bibliography."""

    layout: Layout
    sort: tuple[Key, ...] = ()
    name_options: NameOptions = NameOptions()
    hanging_indent: bool = False
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: str = "complete-all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What a style says of itself. `citation_format` is "author-date", "numeric", …"""

    title: str = ""
    id: str = ""
    citation_format: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """An independent style. `class_` is "in-text" or "note"."""

    info: Info
    class_: str
    citation: Citation
    bibliography: Bibliography | None = None
    default_locale: str = ""
    macros: Mapping[str, tuple[Element, ...]] = field(default_factory=dict)
    locales: tuple[Locale, ...] = ()
    name_options: NameOptions = NameOptions()
    demote_non_dropping_particle: str = "display-and-sort"
    initialize_with_hyphen: bool = True
    page_range_format: str = ""


# ------------------------------------------------------------------ locale


@dataclass(frozen=True, slots=True)
class Term:
    """One form of a term. `match` is for ordinals, `gender` for the nouns they follow."""

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


TermKey: TypeAlias = tuple[str, str, str]
"""(name, form, gender form)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """Terms, date formats and options of a language; options are None where not set."""

    lang: str = ""
    terms: Mapping[TermKey, Term] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    punctuation_in_quote: bool | None = None
    limit_day_ordinals_to_day_1: bool | None = None

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str | None:
        """The term, with the fallback of forms; None if the locale lacks it (Terms)."""
        while True:
            found = self.terms.get((name, form, ""))
            if found is not None:
                return found.multiple if plural else found.single
            if form == "long":
                return None
            form = FORM_FALLBACK.get(form, "long")


FORM_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}

# The schema has renamed a few terms; old styles still call them by the former names.
TERM_ALIASES = {
    "sub verbo": "sub-verbo",
    "editortranslator": "editor-translator",
}


def term_name(name: str) -> str:
    """The present name of a term."""
    return TERM_ALIASES.get(name, name)
