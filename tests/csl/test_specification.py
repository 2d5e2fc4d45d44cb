"""Examples of the CSL 1.0.2 specification, by section."""

from __future__ import annotations

import pytest

from tcit_export.csl.numbers import format_pages, is_numeric, is_plural, roman
from tcit_export.csl.output import to_html, to_text
from tcit_export.csl.processor import Citation, CitationItem
from tcit_export.csl.textcase import apply_case

from .making import book, cite, cited, listed, person, run, style_xml

DASH = "–"
PAGES = {
    "chicago-15": "3-10 71-72 100-104 600-613 1100-1123 107-8 505-17 1002-6 321-25 415-532 "
    "11564-68 13792-803 1496-1504 2787-2816",
    "chicago-16": "3-10 71-72 92-113 100-104 600-613 1100-1123 107-8 505-17 1002-6 321-25 1087-89 "
    "1496-500 11564-68 13792-803 12991-3001",
    "expanded": "42-45 321-328 2787-2816",
    "minimal": "42-5 321-8 2787-816",
    "minimal-two": "42-45 321-28 2787-816",
}


def _whole(pages: str) -> str:
    """`321-28` with all digits of the last page."""
    first, last = pages.split("-")
    return f"{first}-{first[: max(0, len(first) - len(last))]}{last}"


@pytest.mark.parametrize(
    ("style", "pages"), [(style, p) for style, pages in PAGES.items() for p in pages.split()]
)
def test_page_range_formats(style: str, pages: str) -> None:
    assert format_pages(_whole(pages), style, DASH) == pages.replace("-", DASH)


@pytest.mark.parametrize(
    ("text", "numeric"),
    [("D2", True), ("2b", True), ("L2d", True), ("2, 3", True), ("2-4", True), ("2 & 4", True),
     ("2nd", True), ("second", False), ("2nd edition", False)],
)  # fmt: skip
def test_is_numeric(text: str, numeric: bool) -> None:
    assert is_numeric(text) is numeric


@pytest.mark.parametrize(
    ("text", "plural"),
    [("1", False), ("1-3", True), ("2", False), ("2 & 4", True), ("xi", False), ("iv–ix", True)],
)
def test_contextual_plural(text: str, plural: bool) -> None:
    assert is_plural("page", text) is plural


def test_counts_are_plural_above_one() -> None:
    assert not is_plural("number-of-volumes", "1")
    assert is_plural("number-of-volumes", "3")


@pytest.mark.parametrize(
    ("number", "text"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (1999, "mcmxcix")]
)
def test_roman(number: int, text: str) -> None:
    assert roman(number) == text


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [("numeric", "2 - 4", "2–4"), ("numeric", "2,3", "2, 3"), ("numeric", "2&3", "2 &#38; 3"),
     ("ordinal", "2, 3", "2nd, 3rd"), ("ordinal", "2E", "2E"), ("ordinal", "11", "11th"),
     ("ordinal", "112", "112th"), ("ordinal", "101", "101st"), ("long-ordinal", "2", "second"),
     ("long-ordinal", "11", "11th"), ("roman", "2, 3", "ii, iii"),
     ("ordinal", "Special edition", "Special edition")],
)  # fmt: skip
def test_number_forms(form: str, value: str, shown: str) -> None:
    xml = style_xml(f'<layout><number variable="edition" form="{form}"/></layout>')
    assert cited(xml, [book("1", edition=value)]) == shown


def test_gender_specific_ordinals() -> None:
    head = """<locale xml:lang="fr"><terms>
        <term name="edition" gender="feminine">
        <single>édition</single><multiple>éditions</multiple></term>
        <term name="month-01" gender="masculine">janvier</term>
        <term name="ordinal">e</term>
        <term name="ordinal-01" gender-form="feminine" match="whole-number">re</term>
        <term name="ordinal-01" gender-form="masculine" match="whole-number">er</term>
        </terms></locale>"""
    layout = """<layout><group delimiter=", "><number variable="edition" form="ordinal"/>
        <date variable="issued"><date-part name="day" form="ordinal"/></date></group></layout>"""
    xml = style_xml(layout, head=head, attributes='default-locale="fr-FR"')
    items = [
        book("1", edition="1", issued={"date-parts": [[2001, 1, 1]]}),
        book("2", edition="3", issued={"date-parts": [[2001, 1, 2]]}),
    ]
    assert cited(xml, items, "1") == "1re, 1er"
    assert cited(xml, items, "2") == "3e, 2"


# ------------------------------------------------------------------ dates


RANGE = """<layout><date variable="issued"><date-part name="day" suffix=" " range-delimiter="-"/>
    <date-part name="month" suffix=" "/><date-part name="year" range-delimiter="/"/></date>
    </layout>"""


@pytest.mark.parametrize(
    ("parts", "shown"),
    [([[2008, 5, 1], [2008, 5, 4]], "1-4 May 2008"), ([[2008, 5], [2008, 7]], "May–July 2008"),
     ([[2008, 5], [2009, 6]], "May 2008/June 2009")],
)  # fmt: skip
def test_date_ranges(parts: list[list[int]], shown: str) -> None:
    assert cited(style_xml(RANGE), [book("1", issued={"date-parts": parts})]) == shown


def test_eras() -> None:
    terms = '<locale><terms><term name="ad">AD</term><term name="bc">BC</term></terms></locale>'
    xml = style_xml(RANGE, head=terms)
    assert cited(xml, [book("1", year=79)]) == "79AD"
    assert cited(xml, [book("1", year=-2500)]) == "2500BC"
    assert cited(xml, [book("1", year=1079)]) == "1079"


def test_seasons_take_the_place_of_months() -> None:
    items = [
        book("1", issued={"date-parts": [[2009]], "season": 4}),
        book("2", issued="Spring 2010"),
    ]
    assert cited(style_xml(RANGE), items, "1") == "Winter 2009"
    assert cited(style_xml(RANGE), items, "2") == "Spring 2010"


# ------------------------------------------------------------------ names


GOGH = person("Gogh", "Vincent", non_dropping_particle="van", suffix="III")
HUMBOLDT = person("Humboldt", "Alexander", dropping_particle="von", suffix="Jr.")


@pytest.mark.parametrize(
    ("name", "attributes", "demote", "shown"),
    [(GOGH, "", "never", "Vincent van Gogh III"),
     (HUMBOLDT, "", "never", "Alexander von Humboldt Jr."),
     (GOGH, 'name-as-sort-order="all"', "never", "van Gogh, Vincent, III"),
     (GOGH, 'name-as-sort-order="all"', "sort-only", "van Gogh, Vincent, III"),
     (GOGH, 'name-as-sort-order="all"', "display-and-sort", "Gogh, Vincent van, III"),
     (HUMBOLDT, 'name-as-sort-order="all"', "never", "Humboldt, Alexander von, Jr."),
     (GOGH, 'form="short"', "never", "van Gogh"),
     (HUMBOLDT, 'form="short"', "never", "Humboldt"),
     (person("毛", "泽东"), "", "never", "毛泽东"),
     (person("毛", "泽东"), 'form="short"', "never", "毛")],
)  # fmt: skip
def test_name_part_order(name: dict[str, str], attributes: str, demote: str, shown: str) -> None:
    xml = style_xml(
        f'<layout><names variable="author"><name {attributes}/></names></layout>',
        attributes=f'demote-non-dropping-particle="{demote}"',
    )
    assert cited(xml, [book("1", name)]) == shown


PEOPLE = [person("Doe", "J."), person("Smith", "S."), person("Williams", "T.")]


@pytest.mark.parametrize(
    ("rule", "count", "sort_order", "shown"),
    [("contextual", 2, "", "J. Doe and S. Smith"),
     ("contextual", 3, "", "J. Doe, S. Smith, and T. Williams"),
     ("always", 2, "", "J. Doe, and S. Smith"),
     ("never", 3, "", "J. Doe, S. Smith and T. Williams"),
     ("after-inverted-name", 2, "first", "Doe, J., and S. Smith"),
     ("after-inverted-name", 3, "first", "Doe, J., S. Smith and T. Williams")],
)  # fmt: skip
def test_delimiter_precedes_last(rule: str, count: int, sort_order: str, shown: str) -> None:
    order = f'name-as-sort-order="{sort_order}"' if sort_order else ""
    name = f'<name and="text" delimiter-precedes-last="{rule}" {order}/>'
    xml = style_xml(f'<layout><names variable="author">{name}</names></layout>')
    assert cited(xml, [book("1", *PEOPLE[:count])]) == shown


@pytest.mark.parametrize(
    ("rule", "first", "sort_order", "shown"),
    [("contextual", 1, "", "J. Doe et al."), ("contextual", 2, "", "J. Doe, S. Smith, et al."),
     ("always", 1, "", "J. Doe, et al."), ("never", 2, "", "J. Doe, S. Smith et al."),
     ("after-inverted-name", 1, "first", "Doe, J., et al."),
     ("after-inverted-name", 2, "first", "Doe, J., S. Smith et al.")],
)  # fmt: skip
def test_delimiter_precedes_et_al(rule: str, first: int, sort_order: str, shown: str) -> None:
    order = f'name-as-sort-order="{sort_order}"' if sort_order else ""
    name = (
        f'<name delimiter-precedes-et-al="{rule}" et-al-min="3" et-al-use-first="{first}" {order}/>'
    )
    xml = style_xml(f'<layout><names variable="author">{name}</names></layout>')
    assert cited(xml, [book("1", *PEOPLE)]) == shown


def test_et_al_use_last() -> None:
    names = "Goffeau Barrell Bussey Davis Dujon Feldmann Galibert Oliver".split()
    name = '<name et-al-min="7" et-al-use-first="6" et-al-use-last="true" form="short"/>'
    xml = style_xml(f'<layout><names variable="author">{name}</names></layout>')
    shown = cited(xml, [book("1", *(person(family) for family in names))])
    assert shown == "Goffeau, Barrell, Bussey, Davis, Dujon, Feldmann, … Oliver"


@pytest.mark.parametrize(
    ("given", "attributes", "shown"),
    [("John James", 'initialize-with="."', "J.J. Doe"),
     ("John James", 'initialize-with=". "', "J. J. Doe"),
     ("James T", 'initialize="false" initialize-with="."', "James T. Doe"),
     ("Jean-Luc", 'initialize-with="."', "J.-L. Doe")],
)  # fmt: skip
def test_initials(given: str, attributes: str, shown: str) -> None:
    xml = style_xml(f'<layout><names variable="author"><name {attributes}/></names></layout>')
    assert cited(xml, [book("1", person("Doe", given))]) == shown


def test_editors_who_translate_are_named_once() -> None:
    names = (
        '<names variable="editor translator" delimiter="; "><label prefix=" (" suffix=")"/></names>'
    )
    doe = [person("Doe")]
    xml = style_xml(f"<layout>{names}</layout>")
    assert cited(xml, [book("1", editor=doe, translator=doe)]) == "Doe (editor &#38; translator)"
    two = book("1", editor=[person("Doe"), person("Smith")], translator=[person("Johnson")])
    assert cited(xml, [two]) == "Doe, Smith (editors); Johnson (translator)"


# ------------------------------------------------------------------ groups, delimiters, links


def test_a_group_goes_with_its_variables() -> None:
    terms = '<text term="retrieved"/><text term="from"/>'
    group = f'<group delimiter=" ">{terms}<text variable="URL"/></group>'
    xml = style_xml(f"<layout>{group}</layout>")
    assert cited(xml, [book("1", URL="https://doi.org/10.1128/AEM.02591-07")]) == (
        "retrieved from https://doi.org/10.1128/AEM.02591-07"
    )
    assert cited(xml, [book("1")]) == ""


def test_delimiters_reach_no_deeper_than_their_own_children() -> None:
    inner = '<group><text value="&lt;"/><text variable="URL"/><text value="&gt;"/></group>'
    xml = style_xml(
        f'<layout><group delimiter=": "><text term="retrieved"/>{inner}</group></layout>'
    )
    assert cited(xml, [book("1", URL="http://example.com")]) == (
        "retrieved: &#60;http://example.com&#62;"
    )


# ------------------------------------------------------------------ text case


@pytest.mark.parametrize(
    ("case", "text", "shown"),
    [("title", "the two-thirds of a cat: an end of it", "The Two-Thirds of a Cat: An End of It"),
     ("title", "writing UNESCO by the book", "Writing UNESCO by the Book"),
     ("title", "what to live for", "What to Live For"),
     ("title", "such as it is, according to Doe", "Such as It Is, according to Doe"),
     ("capitalize-first", "one two", "One two"), ("capitalize-first", "iPhone two", "iPhone two"),
     ("capitalize-all", "one of two", "One Of Two"), ("lowercase", "One TWO", "one two"),
     ("uppercase", "Straße", "STRASSE"), ("sentence", "ONE TWO", "One two"),
     ("sentence", "one Two NASA", "One two NASA")],
)  # fmt: skip
def test_text_case(case: str, text: str, shown: str) -> None:
    assert "".join(str(node) for node in apply_case((text,), case)) == shown


# ------------------------------------------------------------------ disambiguation


def _author_date(name: str, citation_attributes: str) -> str:
    layout = (
        '<layout delimiter="; " prefix="(" suffix=")"><group delimiter=" ">'
        f'<names variable="author">{name}</names>'
        '<date variable="issued"><date-part name="year"/></date></group></layout>'
    )
    return style_xml(layout, citation_attributes=citation_attributes)


def test_given_names_tell_cites_apart() -> None:
    giver = 'disambiguate-add-givenname="true"'
    initials = _author_date('<name form="short" initialize-with=". "/>', giver)
    simpsons = [
        book("1", person("Simpson", "Homer"), year=2005),
        book("2", person("Simpson", "Bart"), year=2005),
    ]
    assert cited(initials, simpsons) == "(H. Simpson 2005; B. Simpson 2005)"
    does = [
        book("1", person("Doe", "John"), year=1950),
        book("2", person("Doe", "Jane"), year=1950),
    ]
    assert (
        cited(_author_date('<name form="short"/>', giver), does) == "(John Doe 1950; Jane Doe 1950)"
    )


def test_by_cite_leaves_unambiguous_cites_alone() -> None:
    does = [
        book("1", person("Doe", "John"), year=1950),
        book("2", person("Doe", "Jane"), year=2000),
    ]
    giver = 'disambiguate-add-givenname="true"'
    by_cite = _author_date('<name form="short"/>', giver)
    all_names = _author_date(
        '<name form="short"/>', giver + ' givenname-disambiguation-rule="all-names"'
    )
    assert cited(by_cite, does) == "(Doe 1950; Doe 2000)"
    assert cited(all_names, does) == "(John Doe 1950; Jane Doe 2000)"


def test_year_suffixes_go_past_z() -> None:
    works = [book(str(n), person("Doe"), year=2007) for n in range(28)]
    xml = _author_date('<name form="short"/>', 'disambiguate-add-year-suffix="true"')
    shown = cited(xml, works)
    assert shown.startswith("(Doe 2007a; Doe 2007b; ")
    assert shown.endswith("Doe 2007z; Doe 2007aa; Doe 2007ab)")


# ------------------------------------------------------------------ collapsing, grouping


SORTED = '<sort><key variable="issued"/></sort>'
GROUPS = [
    book("1", person("Doe"), year=1999),
    book("2", person("Smith"), year=2002),
    book("3", person("Doe"), year=2006),
    book("4", person("Doe"), person("Roe"), year=2007),
]


def test_cites_with_the_same_names_come_together() -> None:
    layout = (
        SORTED + '<layout delimiter="; "><group delimiter=" "><names variable="author">'
        '<name form="short" et-al-min="2" et-al-use-first="1"/></names>'
        '<date variable="issued"><date-part name="year"/></date></group></layout>'
    )
    xml = style_xml(layout, citation_attributes='cite-group-delimiter="; "')
    assert cited(xml, GROUPS) == "Doe 1999; Doe 2006; Smith 2002; Doe et al. 2007"


def test_collapsing_numbers() -> None:
    layout = (
        '<layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/></layout>'
    )
    xml = style_xml(layout, citation_attributes='collapse="citation-number"')
    items = [book(str(n)) for n in range(1, 6)]
    citations = [cite("1", "2", "3", "4", "5"), cite("1", "2", "3", "5"), cite("3", "2", "1")]
    found = run(xml, items, citations).citations
    assert [to_html(content) for content in found] == ["[1–5]", "[1–3, 5]", "[3, 2, 1]"]


def test_collapsing_year_suffixes() -> None:
    ranged = 'collapse="year-suffix-ranged" year-suffix-delimiter="," '
    xml = _author_date('<name form="short"/>', ranged + 'disambiguate-add-year-suffix="true"')
    works = [book(key, person("Doe"), year=2000) for key in "abcde"]
    everything = cite(*"abcde")
    found = run(xml, works, [everything, cite(*"abce")]).citations
    assert [to_html(content) for content in found] == ["(Doe 2000a–e)", "(Doe 2000a–c,e)"]
    assert cited(xml.replace("-ranged", ""), works, "a", "b") == "(Doe 2000a,b)"


ENTRIES = """
complete-all    Doe|---|Doe, Johnson & Williams|Doe & Smith|Doe, Stevens & Miller|---|Doe, Williams et al.|---
complete-each   Doe|---|Doe, Johnson & Williams|Doe & Smith|Doe, Stevens & Miller|---, --- & ---|Doe, Williams et al.|---, --- et al.
partial-each    Doe|---|---, Johnson & Williams|--- & Smith|---, Stevens & Miller|---, --- & ---|---, Williams et al.|---, --- et al.
partial-first   Doe|---|---, Johnson & Williams|--- & Smith|---, Stevens & Miller|---, Stevens & Miller|---, Williams et al.|---, Williams et al.
"""  # noqa: E501
SUBSTITUTED = {
    line.split()[0]: line.split(None, 1)[1].split("|") for line in ENTRIES.split("\n") if line
}


@pytest.mark.parametrize("rule", SUBSTITUTED)
def test_repeated_authors(rule: str) -> None:
    doe, miller = person("Doe"), person("Miller")
    stevens, williams = person("Stevens"), person("Williams")
    lists = [
        [doe], [doe], [doe, person("Johnson"), williams], [doe, person("Smith")],
        [doe, stevens, miller], [doe, stevens, miller],
        [doe, williams, miller, stevens], [doe, williams, miller, stevens],
    ]  # fmt: skip
    works = [book(str(n), *names, year=1999 + n) for n, names in enumerate(lists)]
    name = (
        '<name and="symbol" delimiter-precedes-last="never" delimiter-precedes-et-al="never" '
        'et-al-min="4" et-al-use-first="2"/>'
    )
    xml = style_xml(
        bibliography=f'<layout><names variable="author">{name}</names></layout>',
        bibliography_attributes='subsequent-author-substitute="---" '
        f'subsequent-author-substitute-rule="{rule}"',
    )
    shown = [to_text(entry.output) for entry in run(xml, works).bibliography]
    assert shown == SUBSTITUTED[rule]


# ------------------------------------------------------------------ sorting


def test_dates_sort_by_their_parts() -> None:
    issued = [
        [[2002]],
        [[2000, 5, 1]],
        [[2000]],
        [[2000, 5]],
        [[2000], [2002]],
        [[-50]],
        [[-100]],
        [[50]],
    ]
    works = [
        book(str(n), issued={"date-parts": parts}, title=str(parts))
        for n, parts in enumerate(issued)
    ]
    works.append(book("none", title="none"))
    layout = '<layout><text variable="title"/></layout>'
    rising = style_xml(bibliography=f'<sort><key variable="issued"/></sort>{layout}')
    falling = style_xml(
        bibliography=f'<sort><key variable="issued" sort="descending"/></sort>{layout}'
    )
    assert listed(rising, works) == [
        "[[-100]]", "[[-50]]", "[[50]]", "[[2000]]", "[[2000], [2002]]", "[[2000, 5]]",
        "[[2000, 5, 1]]", "[[2002]]", "none",
    ]  # fmt: skip
    assert listed(falling, works)[0] == "[[2002]]"
    assert listed(falling, works)[-1] == "none"


def test_institutions_sort_without_their_article() -> None:
    works = [
        book("1", {"literal": "The New York Times"}),
        book("2", person("Oates")),
        book("3", person("Mann")),
    ]
    names = '<names variable="author"/>'
    xml = style_xml(bibliography=f'<sort><key variable="author"/></sort><layout>{names}</layout>')
    assert listed(xml, works) == ["Mann", "The New York Times", "Oates"]


@pytest.mark.parametrize(
    ("demote", "order"), [("never", ["Oates", "van Gogh"]), ("sort-only", ["van Gogh", "Oates"])]
)
def test_particles_in_sorting(demote: str, order: list[str]) -> None:
    works = [book("1", GOGH), book("2", person("Oates"))]
    names = '<names variable="author"><name form="short"/></names>'
    xml = style_xml(
        bibliography=f'<sort><key variable="author"/></sort><layout>{names}</layout>',
        attributes=f'demote-non-dropping-particle="{demote}"',
    )
    assert listed(xml, works) == order


# ------------------------------------------------------------------ positions


POSITIONS = "".join(
    f'<if position="{name}"><text value="{name}"/></if>' if number == 0
    else f'<else-if position="{name}"><text value="{name}"/></else-if>'
    for number, name in enumerate(["first", "ibid-with-locator", "ibid", "near-note", "subsequent"])
)  # fmt: skip


def test_positions() -> None:
    xml = style_xml(f"<layout><choose>{POSITIONS}</choose></layout>", attributes='class="note"')
    cites = [
        CitationItem("1"), CitationItem("1"), CitationItem("1", locator="5"),
        CitationItem("1", locator="5"), CitationItem("1", locator="6"), CitationItem("1"),
        CitationItem("2"), CitationItem("1"),
    ]  # fmt: skip
    notes = [Citation((item,), note) for note, item in enumerate(cites, start=1)]
    notes.append(Citation((CitationItem("2"),), 20))
    found = run(xml, [book("1"), book("2")], notes).citations
    assert [to_text(content) for content in found] == [
        "first", "ibid", "ibid-with-locator", "ibid", "ibid-with-locator", "near-note",
        "first", "near-note", "subsequent",
    ]  # fmt: skip


def test_ibid_needs_a_single_cite_before() -> None:
    xml = style_xml(f"<layout delimiter='; '><choose>{POSITIONS}</choose></layout>")
    found = run(xml, [book("1"), book("2")], [cite("1", "2"), cite("1"), cite("1")]).citations
    assert [to_text(content) for content in found] == ["first; first", "subsequent", "ibid"]
