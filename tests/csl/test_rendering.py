"""Rendering rules that the specification leaves to a reading: ours, each with its example.

Most of them are how the reference implementation reads it, because styles are written to it.
"""

from __future__ import annotations

import pytest

from tcit_export.csl.output import to_html
from tcit_export.csl.processor import Citation, CitationItem
from tcit_export.csl.textcase import apply_case

from .making import book, cite, cited, listed, person, run, style_xml

DOE = person("Doe", "Jo")
ROE = person("Roe", "Al")

# ------------------------------------------------------------------ names and their substitutes


@pytest.mark.parametrize(
    ("substitute", "shown"),
    [
        ('<text variable="title"/>', "Titlex"),
        ('<text variable="title" font-style="italic" suffix="!"/>', "<i>Title</i>!x"),
        ('<group><text variable="title"/></group>', "Titlex"),
        ('<names variable="editor"/>', "(Jo Doe)x"),
        ('<choose><if type="book"><names variable="editor"/></if></choose>', "(Jo Doe)x"),
    ],
)
def test_only_names_that_substitute_take_the_affixes_of_the_names(
    substitute: str, shown: str
) -> None:
    names = f'<names variable="author" prefix="(" suffix=")"><substitute>{substitute}</substitute>'
    xml = style_xml(f'<layout>{names}</names><text value="x"/></layout>')
    assert cited(xml, [book("1", title="Title", editor=[DOE])]) == shown


def test_in_a_condition_the_first_substitute_with_output_is_taken() -> None:
    branch = '<names variable="editor"/><text term="anonymous" form="short"/>'
    choose = f'<choose><if type="chapter"/><else>{branch}</else></choose>'
    names = f'<names variable="author"><substitute>{choose}</substitute></names>'
    xml = style_xml(f'<layout delimiter="; ">{names}</layout>')
    assert cited(xml, [book("1", editor=[DOE]), book("2")]) == "Jo Doe; anon."


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [('and="text" delimiter="/" delimiter-precedes-last="always"', "Jo Doe/Al Roe/and Jo Doe"),
     ('and="text" delimiter="; " delimiter-precedes-last="always"', "Jo Doe; Al Roe; and Jo Doe"),
     ('suffix="!" et-al-min="2" et-al-use-first="1"', "Jo Doe! et al.!")],
)  # fmt: skip
def test_delimiters_and_affixes_of_names(attributes: str, shown: str) -> None:
    xml = style_xml(f'<layout><names variable="author"><name {attributes}/></names></layout>')
    assert cited(xml, [book("1", DOE, ROE, DOE)]) == shown


def test_institutions_have_no_family_name_to_put_brackets_around() -> None:
    part = '<name><name-part name="family" prefix="[" suffix="]" font-weight="bold"/></name>'
    xml = style_xml(f'<layout><names variable="author">{part}</names></layout>')
    names = [{"literal": "The Institute"}, DOE]
    assert cited(xml, [book("1", *names)]) == "<b>The Institute</b>, Jo [<b>Doe</b>]"


def test_counted_names_are_a_bare_number() -> None:
    xml = style_xml(
        '<layout><names variable="author" prefix="(" font-weight="bold">'
        '<name form="count"/></names></layout>'
    )
    assert cited(xml, [book("1", DOE, ROE)]) == "2"


def test_a_repeated_title_keeps_its_dress() -> None:
    names = (
        '<names variable="author"><substitute><text variable="title" font-style="italic" '
        'prefix="[" suffix="]"/></substitute></names>'
    )
    xml = style_xml(
        bibliography=f'<layout>{names}<text variable="note"/></layout>',
        bibliography_attributes='subsequent-author-substitute="——"',
    )
    works = [book(key, title="Title", note=key) for key in "ab"]
    assert listed(xml, works) == ["[<i>Title</i>]a", "[<i>——</i>]b"]


def test_repeated_names_keep_their_font_one_by_one() -> None:
    names = '<names variable="author"><name font-style="italic"/></names>'
    xml = style_xml(
        bibliography=f"<layout>{names}</layout>",
        bibliography_attributes='subsequent-author-substitute="—" '
        'subsequent-author-substitute-rule="partial-each"',
    )
    assert listed(xml, [book("1", DOE), book("2", DOE, ROE)])[1] == "<i>—</i>, <i>Al Roe</i>"


# ------------------------------------------------------------------ numbers and dates


@pytest.mark.parametrize(
    ("variable", "form", "value", "shown"),
    [("volume", "numeric", "I-III", "I–III"), ("number", "numeric", "12–18", "12–18"),
     ("number", "numeric", "12-18", "12–18"), ("volume", "ordinal", r"12\-18", "12-18"),
     ("number", "numeric", "2018-12", "2018-12"),
     ("number-of-pages", "numeric", "1,200", "1,200"), ("volume", "greek", "2", "2")],
)  # fmt: skip
def test_numbers_with_marks(variable: str, form: str, value: str, shown: str) -> None:
    xml = style_xml(f'<layout><number variable="{variable}" form="{form}"/></layout>')
    assert cited(xml, [book("1", **{variable: value})]) == shown


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [("number", r"12\-18", "12-18"), ("volume", "I-III", "I–III"), ("page", "2-A", "2-A"),
     ("page", "xii-20", "xii–20")],
)  # fmt: skip
def test_numbers_as_texts(variable: str, value: str, shown: str) -> None:
    xml = style_xml(f'<layout><text variable="{variable}"/></layout>')
    assert cited(xml, [book("1", **{variable: value})]) == shown


@pytest.mark.parametrize(("pages", "label"), [("1,200", "pp."), ("1", "p."), ("4, 7", "pp.")])
def test_counts_with_thousands(pages: str, label: str) -> None:
    xml = style_xml('<layout><label variable="number-of-pages" form="short"/></layout>')
    assert cited(xml, [book("1", **{"number-of-pages": pages})]) == label


def test_an_open_range_has_no_delimiter_before_its_dash() -> None:
    parts = '<date-part name="month"/><date-part name="year" suffix="."/>'
    xml = style_xml(f'<layout><date variable="issued" delimiter="/">{parts}</date></layout>')
    assert cited(xml, [book("1", issued={"date-parts": [[2001], [0]]})]) == "2001–"


@pytest.mark.parametrize(
    ("work", "label"),
    [(book("1", DOE, year=1999), "Doe99"), (book("1", DOE, ROE, year=1999), "DoRo99"),
     (book("1", DOE, ROE, DOE, year=1999), "DoRD99"), (book("1", person("Guo-ping")), "Guop00"),
     (book("1", title="One Two", year=2001), "Onet01")],
)  # fmt: skip
def test_citation_labels(work: dict[str, object], label: str) -> None:
    assert cited(style_xml('<layout><text variable="citation-label"/></layout>'), [work]) == label


# ------------------------------------------------------------------ text case, capitals


@pytest.mark.parametrize(
    ("text", "shown"),
    [("’s-gravenhage", "’s-Gravenhage"), ("the vis-à-vis", "The Vis-à-Vis"),
     ("my l’amour", "My l’amour"), ("l’amour", "L’amour"), ("d’un ami", "D’un Ami")],
)  # fmt: skip
def test_clipped_words_in_title_case(text: str, shown: str) -> None:
    assert "".join(str(node) for node in apply_case((text,), "title")) == shown


@pytest.mark.parametrize(
    ("case", "title", "shown"),
    [("uppercase", 'a <span class="nodecor">v.</span> b', "A v. B"),
     ("lowercase", "THE <sup>Th</sup> END", "the <sup>Th</sup> end"),
     ("title", "the x<sup>2</sup> test", "The x<sup>2</sup> Test")],
)  # fmt: skip
def test_marked_stretches_keep_their_case(case: str, title: str, shown: str) -> None:
    xml = style_xml(f'<layout><text variable="title" text-case="{case}"/></layout>')
    assert cited(xml, [book("1", title=title)]) == shown


@pytest.mark.parametrize(
    ("prefix", "shown"),
    [("", "Ibid."), ("See ", "See ibid."), ("Cf. ", "Cf. ibid."),
     ("So he says. ", "So he says. Ibid.")],
)  # fmt: skip
def test_capitals_after_prefixes_of_notes(prefix: str, shown: str) -> None:
    xml = style_xml('<layout><text term="ibid"/></layout>', attributes='class="note"')
    cites = [Citation((CitationItem("1", prefix=prefix),), 1)]
    assert to_html(run(xml, [book("1")], cites).citations[0]) == shown


def test_an_entry_begins_with_a_capital_after_its_number() -> None:
    term = '<text term="no date" form="short" prefix=" "/>'
    xml = style_xml(bibliography=f'<layout><text variable="citation-number"/>{term}</layout>')
    assert listed(xml, [book("1")]) == ["1 N.d."]


# ------------------------------------------------------------------ collapsing, disambiguation


NUMBERED = '<layout delimiter=", "><text variable="citation-number"/>{}</layout>'


def test_only_bare_numbers_make_ranges() -> None:
    works = [book(str(n)) for n in range(1, 5)]
    collapse = 'collapse="citation-number"'
    bare = style_xml(NUMBERED.format(""), citation_attributes=collapse)
    worded = style_xml(NUMBERED.format('<text value="!"/>'), citation_attributes=collapse)
    assert cited(bare, works) == "1–4"
    assert cited(worded, works) == "1!, 2!, 3!, 4!"
    # A locator that the style does not show does not count.
    located = Citation((CitationItem("1"), CitationItem("2", locator="7"), CitationItem("3")))
    assert to_html(run(bare, works, [located]).citations[0]) == "1–3"


AUTHOR_DATE = (
    '<layout delimiter="; "><group delimiter=" "><names variable="author"><name form="short"/>'
    '</names><choose><if variable="issued"><date variable="issued"><date-part name="year"/></date>'
    '</if><else><text term="no date" form="short"/></else></choose></group></layout>'
)


def test_a_term_stays_when_the_names_of_a_collapsed_cite_go() -> None:
    xml = style_xml(AUTHOR_DATE, citation_attributes='collapse="year"')
    assert cited(xml, [book("1", DOE, year=2001), book("2", DOE)]) == "Doe 2001, n.d."


def test_prefixes_and_suffixes_stop_no_collapsing() -> None:
    xml = style_xml(AUTHOR_DATE, citation_attributes='collapse="year"')
    works = [book("1", DOE, year=2001), book("2", DOE, year=2002), book("3", DOE, year=2003)]
    cites = (CitationItem("1", suffix=" passim"), CitationItem("2", prefix="see "),
             CitationItem("3"))  # fmt: skip
    found = run(xml, works, [Citation(cites)]).citations[0]
    assert to_html(found) == "Doe 2001 passim, see 2002, 2003"


def test_cites_without_names_are_no_group() -> None:
    layout = '<layout delimiter="; "><text variable="title"/></layout>'
    xml = style_xml(layout, citation_attributes='cite-group-delimiter=", "')
    assert cited(xml, [book("1", title="A"), book("2", title="B")]) == "A; B"


def test_a_suffix_that_ends_a_sentence_needs_no_delimiter() -> None:
    xml = style_xml(AUTHOR_DATE)
    cites = Citation((CitationItem("1", suffix=". Compare."), CitationItem("2")))
    found = run(xml, [book("1", DOE, year=2001), book("2", ROE, year=2002)], [cites]).citations
    assert to_html(found[0]) == "Doe 2001. Compare. Roe 2002"


CONDITION = '<choose><if disambiguate="true"><text variable="title" prefix=", "/></if></choose>'


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [("", "Doe, A; Doe, B"), ('disambiguate-add-year-suffix="true"', "Doea; Doeb")],
)
def test_the_condition_is_for_styles_without_letters(attributes: str, shown: str) -> None:
    names = '<names variable="author"><name form="short"/></names>'
    layout = f'<layout delimiter="; ">{names}<text variable="year-suffix"/>{CONDITION}</layout>'
    xml = style_xml(layout, citation_attributes=attributes)
    assert cited(xml, [book("1", DOE, title="A"), book("2", DOE, title="B")]) == shown


def test_numbers_do_not_tell_cites_apart() -> None:
    names = '<names variable="author"><name form="short"/></names>'
    layout = f'<layout delimiter="; ">{names}<text variable="citation-number"/></layout>'
    xml = style_xml(layout, citation_attributes='disambiguate-add-givenname="true"')
    works = [book("1", DOE), book("2", person("Doe", "Al"))]
    assert cited(xml, works) == "Jo Doe1; Al Doe2"


def test_an_entry_of_a_number_alone_has_no_empty_block() -> None:
    xml = style_xml(
        bibliography='<layout><text variable="citation-number"/><text variable="title"/></layout>',
        bibliography_attributes='second-field-align="flush"',
    )
    assert listed(xml, [book("1")]) == ['<div class="csl-left-margin">1</div>']


def test_several_citations_share_the_letters() -> None:
    attributes = 'collapse="year" disambiguate-add-year-suffix="true"'
    xml = style_xml(AUTHOR_DATE, citation_attributes=attributes)
    works = [book("1", DOE, year=2001), book("2", DOE, year=2001)]
    found = run(xml, works, [cite("2"), cite("1", "2")]).citations
    assert [to_html(content) for content in found] == ["Doe 2001a", "Doe 2001b, 2001a"]
