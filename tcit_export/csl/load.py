"""The XML of styles and locales -> Style and Locale.

Everything wrong in a style comes out as one `StyleError` with the line it is in: text that
is no XML, another document than a style, a document type (so that no entity is ever
expanded), a dependent style whose parent is missing, and what `check` finds. Attributes the
schema `csl.rnc` of CSL 1.0.2 does not know are passed over, and so are values it does not
know: they read as if the attribute were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tcit_export.csl.check import check_macros, check_structure
from tcit_export.csl.style import (
    PLAIN,
    Bibliography,
    Branch,
    Choose,
    Citation,
    Date,
    DatePart,
    Element,
    EtAl,
    Formatting,
    Group,
    Info,
    Key,
    Label,
    Layout,
    Locale,
    NameElement,
    NameOptions,
    NamePart,
    Names,
    Number,
    Style,
    StyleError,
    Term,
    TermKey,
    Test,
    Text,
    term_name,
)
from tcit_export.csl.xml import Element as _Node
from tcit_export.csl.xml import XmlText, parse_xml

# ------------------------------------------------------------------ the style


def load_style(xml: XmlText, *, resolve_parent: Callable[[str], XmlText] | None = None) -> Style:
    """Read a style; a dependent one through `resolve_parent(URI of the parent)`.

    Raises StyleError. `resolve_parent` may raise KeyError or LookupError for a parent it
    does not have.
    """
    return _load_style(xml, resolve_parent, ())


def read_info(xml: XmlText) -> Info:
    """Only what the style says of itself (title, id, parent). Raises StyleError."""
    return _info(_style_root(xml))


def _load_style(
    xml: XmlText, resolve_parent: Callable[[str], XmlText] | None, seen: tuple[str, ...]
) -> Style:
    root = _style_root(xml)
    info = _info(root)
    if root.child("citation") is None and info.parent:
        return _load_dependent(root, info, resolve_parent, seen)
    return _style(root, info)


def _style_root(xml: XmlText) -> _Node:
    root = parse_xml(xml)
    if root.tag != "style":
        raise StyleError(f"the root element is `{root.tag}`, not `style`", root.line)
    return root


def _load_dependent(
    root: _Node,
    info: Info,
    resolve_parent: Callable[[str], XmlText] | None,
    seen: tuple[str, ...],
) -> Style:
    line = next(
        (n.line for head in root.children("info") for n in head.children("link")
         if n.get("rel") == "independent-parent"),
        root.line,
    )  # fmt: skip
    if info.parent in seen:
        raise StyleError(f"the style depends on itself through `{info.parent}`", line)
    if resolve_parent is None:
        raise StyleError(f"the style depends on `{info.parent}`, which is not at hand", line)
    try:
        parent_xml = resolve_parent(info.parent)
    except LookupError:
        raise StyleError(f"the parent style `{info.parent}` is missing", line) from None
    parent = _load_style(parent_xml, resolve_parent, (*seen, info.parent))
    return _replace_head(parent, info, root.get("default-locale") or parent.default_locale)


def _replace_head(style: Style, info: Info, default_locale: str) -> Style:
    return replace(style, info=info, default_locale=default_locale)


def _info(root: _Node) -> Info:
    node = root.child("info")
    if node is None:
        return Info()
    title, identifier = node.child("title"), node.child("id")
    formats = (kid.get("citation-format") for kid in node.children("category"))
    parents = (
        kid.get("href") for kid in node.children("link") if kid.get("rel") == "independent-parent"
    )
    return Info(
        title=title.text.strip() if title else "",
        id=identifier.text.strip() if identifier else "",
        citation_format=next((found for found in formats if found), ""),
        parent=next(parents, ""),
    )


def _style(root: _Node, info: Info) -> Style:
    check_structure(root)
    check_macros(root)
    citation = root.child("citation")
    if citation is None:
        raise StyleError("the style has no `citation`", root.line)
    macros = {node.get("name"): node for node in root.children("macro")}
    bibliography = root.child("bibliography")
    return Style(
        info=info,
        class_=root.get("class", "in-text"),
        citation=_citation(citation),
        bibliography=_bibliography(bibliography) if bibliography is not None else None,
        default_locale=root.get("default-locale"),
        macros={name: _elements(node.kids) for name, node in macros.items()},
        locales=tuple(_locale(node) for node in root.children("locale")),
        name_options=_name_options(root, inherited=True),
        demote_non_dropping_particle=root.get("demote-non-dropping-particle", "display-and-sort"),
        initialize_with_hyphen=root.get("initialize-with-hyphen", "true") != "false",
        page_range_format=_known(root.get("page-range-format"), _PAGE_RANGES),
    )


_PAGE_RANGES = frozenset(
    ("chicago", "chicago-15", "chicago-16", "expanded", "minimal", "minimal-two")
)


def _known(value: str, choice: frozenset[str]) -> str:
    return value if value in choice else ""


# ------------------------------------------------------------------ citation, bibliography


def _layout(owner: _Node) -> Layout:
    node = owner.child("layout")
    if node is None:
        raise StyleError(f"`{owner.tag}` has no `layout`", owner.line)
    return _layout_from(node)


def _layout_from(node: _Node) -> Layout:
    return Layout(**_rendered(node), delimiter=node.get("delimiter"), children=_elements(node.kids))


def _citation(node: _Node) -> Citation:
    intext = node.child("intext")
    inner = intext.child("layout") if intext is not None else None
    return Citation(
        layout=_layout(node),
        sort=_sort(node),
        name_options=_name_options(node, inherited=True),
        disambiguate_add_names=node.get("disambiguate-add-names") == "true",
        disambiguate_et_al_min=_integer(node, "disambiguate-et-al-min", 1),
        disambiguate_add_givenname=node.get("disambiguate-add-givenname") == "true",
        givenname_disambiguation_rule=node.get("givenname-disambiguation-rule") or "by-cite",
        disambiguate_add_year_suffix=node.get("disambiguate-add-year-suffix") == "true",
        cite_group_delimiter=node.attrs.get("cite-group-delimiter"),
        collapse=node.get("collapse"),
        year_suffix_delimiter=node.attrs.get("year-suffix-delimiter"),
        after_collapse_delimiter=node.attrs.get("after-collapse-delimiter"),
        near_note_distance=_integer(node, "near-note-distance", 5),
        intext=_layout_from(inner or intext) if intext is not None else None,
    )


def _bibliography(node: _Node) -> Bibliography:
    return Bibliography(
        layout=_layout(node),
        sort=_sort(node),
        name_options=_name_options(node, inherited=True),
        hanging_indent=node.get("hanging-indent") == "true",
        second_field_align=node.get("second-field-align"),
        line_spacing=_integer(node, "line-spacing", 1),
        entry_spacing=_integer(node, "entry-spacing", 1),
        subsequent_author_substitute=node.attrs.get("subsequent-author-substitute"),
        subsequent_author_substitute_rule=node.get("subsequent-author-substitute-rule")
        or "complete-all",
    )


def _sort(owner: _Node) -> tuple[Key, ...]:
    node = owner.child("sort")
    if node is None:
        return ()
    return tuple(
        Key(
            variable=kid.get("variable"),
            macro=kid.get("macro"),
            descending=kid.get("sort") == "descending",
            names_min=_optional_integer(kid, "names-min"),
            names_use_first=_optional_integer(kid, "names-use-first"),
            names_use_last=_optional_boolean(kid, "names-use-last"),
            line=kid.line,
        )
        for kid in node.children("key")
        if kid.get("variable") or kid.get("macro")
    )


# ------------------------------------------------------------------ rendering elements


def _elements(nodes: Sequence[_Node]) -> tuple[Element, ...]:
    return tuple(_READERS[node.tag](node) for node in nodes if node.tag in _READERS)


def _text(node: _Node) -> Text:
    for source in ("variable", "macro", "term", "value"):
        if source in node.attrs:
            return Text(
                **_rendered(node),
                source=source,
                value=node.attrs[source],
                form=node.get("form", "long"),
                plural=node.get("plural") == "true",
            )
    return Text(**_rendered(node), source="value", value="")


def _number(node: _Node) -> Number:
    return Number(
        **_rendered(node), variable=node.get("variable"), form=node.get("form", "numeric")
    )


def _label(node: _Node) -> Label:
    return Label(
        **_rendered(node),
        variable=node.get("variable"),
        form=node.get("form", "long"),
        plural=node.get("plural", "contextual"),
    )


def _date(node: _Node) -> Date:
    return Date(
        **_rendered(node),
        variable=node.get("variable"),
        form=node.get("form"),
        date_parts=node.get("date-parts") or "year-month-day",
        delimiter=node.get("delimiter"),
        parts=tuple(
            DatePart(
                **_rendered(kid),
                name=kid.get("name"),
                form=kid.get("form"),
                range_delimiter=kid.get("range-delimiter"),
            )
            for kid in node.children("date-part")
        ),
    )


def _names(node: _Node) -> Names:
    name, et_al = node.child("name"), node.child("et-al")
    label, substitute = node.child("label"), node.child("substitute")
    tags = [kid.tag for kid in node.kids]
    return Names(
        **_rendered(node),
        variables=tuple(node.get("variable").split()),
        delimiter=node.attrs.get("delimiter"),
        name=_name(name) if name is not None else None,
        et_al=EtAl(**_rendered(et_al), term=et_al.get("term", "et-al")) if et_al else None,
        label=_label(label) if label is not None else None,
        label_first="name" in tags and "label" in tags and tags.index("label") < tags.index("name"),
        substitute=_elements(substitute.kids) if substitute is not None else (),
    )


def _name(node: _Node) -> NameElement:
    parts = {kid.get("name"): kid for kid in node.children("name-part")}
    return NameElement(
        **_rendered(node),
        options=_name_options(node, inherited=False),
        family=_name_part(parts.get("family")),
        given=_name_part(parts.get("given")),
    )


def _name_part(node: _Node | None) -> NamePart | None:
    return NamePart(**_rendered(node), name=node.get("name")) if node is not None else None


def _group(node: _Node) -> Group:
    return Group(**_rendered(node), delimiter=node.get("delimiter"), children=_elements(node.kids))


def _choose(node: _Node) -> Choose:
    return Choose(branches=tuple(_branch(kid) for kid in node.kids), line=node.line)


_CONDITIONS = (
    "type", "variable", "position", "is-numeric", "is-uncertain-date", "locator", "disambiguate"
)  # fmt: skip


def _branch(node: _Node) -> Branch:
    tests: tuple[Test, ...] = ()
    if node.tag != "else":
        tests = tuple(
            Test(condition, value)
            for condition in _CONDITIONS
            for value in node.get(condition).split()
        )
    match = node.get("match") or "all"
    return Branch("else" if node.tag == "else" else match, tests, _elements(node.kids))


_READERS: Mapping[str, Callable[[_Node], Element]] = {
    "text": _text,
    "number": _number,
    "label": _label,
    "date": _date,
    "names": _names,
    "group": _group,
    "choose": _choose,
}


# ------------------------------------------------------------------ attributes


class _Attributes(dict):  # type: ignore[type-arg]
    """Keyword arguments for `Rendered`."""


_FONT = frozenset(
    ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")
)
_SHARED = _FONT | {"prefix", "suffix", "display", "text-case", "strip-periods", "quotes"}


def _rendered(node: _Node) -> _Attributes:
    """The attributes of `Rendered` that are set."""
    found = _Attributes(line=node.line)
    attrs = node.attrs
    if attrs.keys().isdisjoint(_SHARED):
        return found
    for name in ("prefix", "suffix"):
        if name in attrs:
            found[name] = attrs[name]
    if attrs.get("display") in _DISPLAYS:
        found["display"] = attrs["display"]
    if "text-case" in attrs:
        found["text_case"] = attrs["text-case"]
    if attrs.get("strip-periods") == "true":
        found["strip_periods"] = True
    if attrs.get("quotes") == "true":
        found["quotes"] = True
    if not attrs.keys().isdisjoint(_FONT):
        found["formatting"] = _formatting(*(attrs.get(name, "") for name in _FONT_VALUES))
    return found


_DISPLAYS = frozenset(("block", "left-margin", "right-inline", "indent"))
_FONT_VALUES = {
    "font-style": ("normal", "italic", "oblique"),
    "font-variant": ("normal", "small-caps"),
    "font-weight": ("normal", "bold", "light"),
    "text-decoration": ("none", "underline"),
    "vertical-align": ("baseline", "sup", "sub"),
}


@lru_cache(maxsize=512)
def _formatting(*values: str) -> Formatting:
    known = zip(values, _FONT_VALUES.values(), strict=True)
    found = Formatting(*(value if value in choice else "" for value, choice in known))
    return PLAIN if found == PLAIN else found


def _name_options(node: _Node, *, inherited: bool) -> NameOptions:
    """Options of cs:name, or with `inherited` those of cs:style, cs:citation, … ("name-form")."""
    get = node.attrs.get
    return NameOptions(
        and_=get("and"),
        delimiter_precedes_et_al=get("delimiter-precedes-et-al"),
        delimiter_precedes_last=get("delimiter-precedes-last"),
        et_al_min=_optional_integer(node, "et-al-min"),
        et_al_use_first=_optional_integer(node, "et-al-use-first"),
        et_al_subsequent_min=_optional_integer(node, "et-al-subsequent-min"),
        et_al_subsequent_use_first=_optional_integer(node, "et-al-subsequent-use-first"),
        et_al_use_last=_optional_boolean(node, "et-al-use-last"),
        initialize=_optional_boolean(node, "initialize"),
        initialize_with=get("initialize-with"),
        name_as_sort_order=get("name-as-sort-order"),
        sort_separator=get("sort-separator"),
        form=get("name-form" if inherited else "form"),
        delimiter=get("name-delimiter" if inherited else "delimiter"),
        names_delimiter=get("names-delimiter") if inherited else None,
    )


def _optional_integer(node: _Node, name: str) -> int | None:
    value = node.attrs.get(name)
    if value is None or value.strip() == "":
        return None
    try:
        return int(value)
    except ValueError:
        raise StyleError(f"`{name}` needs a whole number, not `{value[:20]}`", node.line) from None


def _integer(node: _Node, name: str, default: int) -> int:
    value = _optional_integer(node, name)
    return default if value is None else value


def _optional_boolean(node: _Node, name: str) -> bool | None:
    value = node.attrs.get(name)
    return None if value is None else value == "true"


# ------------------------------------------------------------------ locales


def load_locale(xml: XmlText) -> Locale:
    """Read one locale file. Raises StyleError."""
    root = parse_xml(xml)
    if root.tag != "locale":
        raise StyleError(f"the root element is `{root.tag}`, not `locale`", root.line)
    return _locale(root)


def _locale(node: _Node) -> Locale:
    terms: dict[TermKey, Term] = {}
    for group in node.children("terms"):
        for kid in group.children("term"):
            _add_term(kid, terms)
    options = node.child("style-options")
    return Locale(
        lang=node.get("lang"),
        terms=terms,
        dates={kid.get("form"): _date(kid) for kid in node.children("date")},
        punctuation_in_quote=_option(options, "punctuation-in-quote"),
        limit_day_ordinals_to_day_1=_option(options, "limit-day-ordinals-to-day-1"),
    )


def _option(node: _Node | None, name: str) -> bool | None:
    return None if node is None else _optional_boolean(node, name)


def _add_term(node: _Node, terms: dict[TermKey, Term]) -> None:
    single, multiple = node.child("single"), node.child("multiple")
    if single is not None or multiple is not None:
        one = single.text if single is not None else ""
        many = multiple.text if multiple is not None else one
    else:
        one = many = node.text
    if not one.strip() and not many.strip():
        one = many = ""
    key = (term_name(node.get("name")), node.get("form", "long"), node.get("gender-form"))
    terms[key] = Term(one, many, node.get("gender"), node.get("match"))
