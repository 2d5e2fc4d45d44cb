"""Wrong values of attributes: a StyleError that names the line, or a reading without them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.item import Item
from tcit_export.csl.load import load_style
from tcit_export.csl.output import to_html, to_text
from tcit_export.csl.processor import Citation, CitationItem, process
from tcit_export.csl.style import StyleError

from .making import NAMESPACE, locale_xml, named_style, style_xml

STYLES = ["apa", "ieee", "chicago-notes-bibliography", "nature", "modern-language-association"]
VALUES = ["", "nonsense", "../x", "-1", "0", "9" * 30, "x" * 5000, "ü\u202e"]
WORKS = [
    Item.from_json({
        "id": str(number), "type": kind, "title": "On <i>Things</i>: a “study”", "page": "11-19",
        "author": [{"family": "Doe", "given": "Jean-Luc"}, {"family": "Roe", "given": "R."},
                   {"family": "Poe", "given": "E."}, {"literal": "The Society"}],
        "editor": [{"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}],
        "issued": {"date-parts": [[2001, 5, 1], [2001, 6]]}, "volume": "3", "issue": "2-4",
        "edition": "2", "DOI": "10.1/x", "container-title": "Journal", "publisher": "House",
    })
    for number, kind in enumerate(("book", "article-journal", "chapter", "webpage"))
]  # fmt: skip
CITATIONS = [
    Citation((CitationItem("0", locator="5"), CitationItem("1")), 1),
    Citation((CitationItem("0", prefix="see"),), 2),
    Citation((CitationItem("0"),), 3),
]
EVERYTHING = style_xml(
    '<sort><key macro="names" names-min="2" names-use-first="1"/><key variable="issued" '
    'sort="descending"/></sort><layout delimiter="; " prefix="(" suffix=")" font-style="italic">'
    '<choose><if type="book" position="first" match="any"><text macro="names" form="short"/></if>'
    '<else-if is-numeric="volume" variable="title" is-uncertain-date="issued" locator="page">'
    '<text term="page" form="short" plural="true"/></else-if></choose>'
    '<number variable="edition" form="ordinal" text-case="uppercase" display="block"/>'
    '<label variable="page" form="short" plural="contextual" strip-periods="true"/>'
    '<text variable="title" quotes="true" text-case="title" font-variant="small-caps" '
    'font-weight="bold" text-decoration="underline" vertical-align="sup"/></layout>',
    '<layout suffix="."><text variable="citation-number"/><text macro="names"/></layout>',
    head='<locale xml:lang="en"><style-options punctuation-in-quote="true" '
    'limit-day-ordinals-to-day-1="true"/><date form="text" delimiter=" "><date-part name="year" '
    'form="short" range-delimiter="/"/></date><terms><term name="ordinal-01" match="whole-number" '
    'gender-form="feminine" gender="feminine" form="long">x</term></terms></locale>'
    '<macro name="names"><names variable="author editor" delimiter="; " prefix="a">'
    '<name and="text" '
    'delimiter="," delimiter-precedes-last="never" delimiter-precedes-et-al="never" et-al-min="2" '
    'et-al-use-first="1" et-al-use-last="true" et-al-subsequent-min="2" '
    'et-al-subsequent-use-first="1" form="long" initialize="true" initialize-with="." '
    'name-as-sort-order="all" sort-separator=","><name-part name="family" text-case="uppercase"/>'
    '</name><et-al term="and others"/><label form="short"/><substitute><text value="v"/>'
    '</substitute></names><date variable="issued" form="text" date-parts="year-month" '
    'delimiter="-"><date-part name="month" form="short" range-delimiter="/" '
    'strip-periods="true"/></date><group delimiter=" "><text term="in"/></group></macro>',
    attributes='class="note" default-locale="en-US" demote-non-dropping-particle="never" '
    'initialize-with-hyphen="false" page-range-format="chicago" name-form="short" '
    'names-delimiter="; " name-delimiter=","',
    citation_attributes='collapse="year-suffix" cite-group-delimiter="," near-note-distance="3" '
    'disambiguate-add-names="true" disambiguate-add-givenname="true" year-suffix-delimiter="," '
    'disambiguate-add-year-suffix="true" givenname-disambiguation-rule="all-names" '
    'after-collapse-delimiter=";"',
    bibliography_attributes='hanging-indent="true" second-field-align="flush" line-spacing="2" '
    'entry-spacing="0" subsequent-author-substitute="-" '
    'subsequent-author-substitute-rule="complete-each"',
)  # fmt: skip


@lru_cache
def attributes_of(style: str) -> tuple[tuple[int, str], ...]:
    """(number of the element, attribute) for all attributes of a style, in order."""
    return tuple((n, name) for n, node in enumerate(_root(style).iter()) for name in node.attrib)


def _root(style: str) -> ET.Element:
    return ET.fromstring(EVERYTHING if style == "everything" else named_style(style))


def changed(style: str, place: int, name: str, value: str) -> str:
    ET.register_namespace("", NAMESPACE)
    root = _root(style)
    next(node for n, node in enumerate(root.iter()) if n == place).set(name, value)
    return ET.tostring(root, encoding="unicode")


def survives(xml: str) -> None:
    """The style is refused with a StyleError, or renders every cite and entry to the end."""
    try:
        style = load_style(xml)
        locale = resolve_locale(style, locale_xml)
    except StyleError:
        return
    result = process(style, locale, WORKS, CITATIONS)
    for content in (*result.citations, *(entry.output for entry in result.bibliography)):
        assert to_text(content) is not None
        assert "None" not in to_html(content)


@pytest.mark.parametrize("value", VALUES, ids=[repr(value[:12]) for value in VALUES])
def test_each_attribute_of_the_language(value: str) -> None:
    for place, name in attributes_of("everything"):
        survives(changed("everything", place, name, value))


@pytest.mark.parametrize("lang", ["../../x", "", " ", "de/../x", "x" * 5000, "de-DE\n", "C:\\x"])
def test_only_language_tags_are_looked_for(lang: str) -> None:
    """A provider may make a file's name of it."""
    asked: list[str] = []

    def provide(tag: str) -> bytes | None:
        asked.append(tag)
        return locale_xml(tag)

    style = load_style(style_xml("<layout/>"))
    resolve_locale(replace(style, default_locale=lang), provide)
    resolve_locale(style, provide, lang)
    assert all(tag.replace("-", "").isalnum() and len(tag) < 30 for tag in asked), asked


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_attributes_of_styles_in_use(data: st.DataObject) -> None:
    style = data.draw(st.sampled_from(STYLES))
    place, name = data.draw(st.sampled_from(attributes_of(style)))
    value = data.draw(st.one_of(st.sampled_from(VALUES), st.text(max_size=12)))
    survives(changed(style, place, name, "".join(c for c in value if c.isprintable())))
