"""The specification's chapter on style behaviour: options, sorting, formatting, case, links."""

from __future__ import annotations

import pytest

from tcit_export.csl.output import Linked, Text, to_html, to_text
from tcit_export.csl.processor import Citation, CitationItem

from .making import book, cite, cited, listed, person, run, style_xml
from .sentences import DOE, POE, ROE, Case, Work, check, issued, sentences

NAME = '<names variable="author"><name form="short"/></names>'
YEAR = '<date variable="issued"><date-part name="year"/></date>'
AUTHOR_DATE = f'<group delimiter=" ">{NAME}{YEAR}</group>'
BY_NAME = '<key variable="author"/><key variable="issued"/><key variable="title"/>'


def work(author: Work, year: int, **more: object) -> Work:
    return {"author": [author], **issued([year]), **more}


LETTERED = 'disambiguate-add-year-suffix="true" '
SAME = [work(DOE, 2000, title=title) for title in "abcd"]


@sentences(
    Case("numbers that rise become ranges", '<text variable="citation-number"/>', [{}] * 3, "1–3",
         owner='collapse="citation-number"', frame='delimiter=", "'),
    Case("two numbers are no range", '<text variable="citation-number"/>', [{}] * 2, "1, 2",
         owner='collapse="citation-number"', frame='delimiter=", "'),
    Case("names of a group are shown once", AUTHOR_DATE, [work(DOE, 2000), work(DOE, 2001)],
         "Doe 2000, 2001", owner='collapse="year"', frame='delimiter="; "'),
    Case("years of a group are shown once", AUTHOR_DATE, SAME[:2], "Doe 2000a, b",
         owner=LETTERED + 'collapse="year-suffix" year-suffix-delimiter=", "'),
    Case("letters that follow become ranges", AUTHOR_DATE, SAME, "Doe 2000a–d",
         owner=LETTERED + 'collapse="year-suffix-ranged"'),
    Case("without letters, as years", AUTHOR_DATE, SAME[:2], "Doe 2000, 2000",
         owner='collapse="year-suffix"'),
    Case("the delimiter within a group", AUTHOR_DATE,
         [work(DOE, 1999), work(DOE, 2001), work(ROE, 2000)], "Doe 1999,2001; Roe 2000",
         owner='collapse="year" cite-group-delimiter=","', frame='delimiter="; "'),
    Case("the delimiter after a collapsed group", AUTHOR_DATE,
         [work(DOE, 1999), work(DOE, 2001), work(ROE, 2000)], "Doe 1999, 2001; Roe 2000",
         owner='collapse="year" after-collapse-delimiter="; "', frame='delimiter=", "'),
    Case("letters keep their order where keys tie", AUTHOR_DATE, SAME[:2],
         "Doe 2000a; Doe 2000b", owner=LETTERED, frame='delimiter="; "',
         sort='<key variable="author"/>'),
    Case("cites that tie stay as they were typed", NAME, [work(ROE, 2000), work(DOE, 2000)],
         "Roe; Doe", sort='<key variable="issued"/>', frame='delimiter="; "'),
)  # fmt: skip
def test_collapsing(case: Case) -> None:
    check(case)


def test_a_locator_keeps_a_cite_from_collapsing() -> None:
    layout = f'<layout delimiter=", "><group delimiter=", ">{AUTHOR_DATE}<text variable="locator" prefix="p. "/></group></layout>'  # noqa: E501
    owner = LETTERED + 'collapse="year-suffix-ranged" year-suffix-delimiter=","'
    works = [book(key, person("Doe"), year=2000) for key in "abcdef"]
    cites = [CitationItem(key, locator="5" if key == "d" else "") for key in "abcdef"]
    found = run(style_xml(layout, citation_attributes=owner), works, [Citation(tuple(cites))])
    assert to_text(found.citations[0]) == "Doe 2000a–c, 2000d, p. 5, 2000e,f"


@pytest.mark.parametrize(
    ("distance", "near"),
    [("", [True, True, False]), ('near-note-distance="1"', [True, False, False])],
)
def test_note_distance(distance: str, near: list[bool]) -> None:
    """Near notes precede the current note by no more notes than the distance; default 5."""
    test = '<choose><if position="near-note"><text value="near"/></if></choose>'
    xml = style_xml(
        f"<layout>{test}<text value='.'/></layout>",
        attributes='class="note"', citation_attributes=distance,
    )  # fmt: skip
    works = [book("1"), book("2")]
    for note, expected in zip((2, 6, 7), near, strict=True):
        found = run(xml, works, [cite("1", note=1), cite("2", note=1), cite("1", note=note)])
        assert to_text(found.citations[2]) == ("near." if expected else ".")


INITIALS = '<names variable="author"><name initialize-with="{}"/></names>'
JEAN: Work = {"family": "Doe", "given": "Jean-Luc"}


@sentences(
    Case("hyphens stay between initials", INITIALS.format("."), [{"author": [JEAN]}], "J.-L. Doe"),
    Case("unless the style says no", INITIALS.format(". "), [{"author": [JEAN]}], "J. L. Doe",
         style='initialize-with-hyphen="false"'),
    Case("options of the style reach all names", '<names variable="author"/>',
         [{"author": [DOE, ROE]}], "J. Doe & J.M. Roe".replace("&", "&#38;"),
         style='and="symbol" initialize-with="."'),
    Case("the lowest level wins", '<names variable="author"><name and="text"/></names>',
         [{"author": [DOE, POE]}], "J. Doe and E.A. Poe",
         style='and="symbol" initialize-with=" "', owner='initialize-with="."'),
    Case("name-form and name-delimiter", '<names variable="author"/>', [{"author": [DOE, ROE]}],
         "Doe/Roe", style='name-form="short" name-delimiter="/"'),
    Case("names-delimiter", '<names variable="author editor"/>',
         [{"author": [DOE], "editor": [ROE]}], "Doe; Roe",
         style='name-form="short" names-delimiter="; "'),
    Case("pages as they are without page-range-format", '<text variable="page"/>',
         [{"page": "110-5"}], "110–5"),
    Case("an unknown format is none", '<text variable="page"/>', [{"page": "110-5"}], "110–5",
         style='page-range-format="nonsense"'),
    Case("pages expanded", '<text variable="page"/>', [{"page": "321-28"}], "321–328",
         style='page-range-format="expanded"'),
    Case("the locale's mark between pages", '<text variable="page"/>', [{"page": "3-5"}], "3—5",
         head='<locale><terms><term name="page-range-delimiter">—</term></terms></locale>',
         style='page-range-format="expanded"'),
)  # fmt: skip
def test_global_options(case: Case) -> None:
    check(case)


SHOW_ID = '<text variable="note"/>'


def order(*works: Work) -> list[Work]:
    return [{**found, "note": str(n)} for n, found in enumerate(works, start=1)]


@sentences(
    Case("case does not matter", SHOW_ID, order({"title": "b"}, {"title": "A"}, {"title": "C"}),
         "2 | 1 | 3", sort='<key variable="title"/>', listed=True),
    Case("nor does markup", SHOW_ID, order({"title": "b"}, {"title": "<i>a</i>"}), "2 | 1",
         sort='<key variable="title"/>', listed=True),
    Case("nor punctuation, nor hyphens", SHOW_ID,
         order({"title": "co-op"}, {"title": "“coal”"}, {"title": "coot"}), "2 | 1 | 3",
         sort='<key variable="title"/>', listed=True),
    Case("numbers in texts by their value", SHOW_ID,
         order({"title": "Part 10"}, {"title": "Part 9"}), "2 | 1",
         sort='<key variable="title"/>', listed=True),
    Case("empty keys last, rising", SHOW_ID, order({}, {"title": "a"}), "2 | 1",
         sort='<key variable="title"/>', listed=True),
    Case("empty keys last, falling", SHOW_ID, order({}, {"title": "a"}), "2 | 1",
         sort='<key variable="title" sort="descending"/>', listed=True),
    Case("words for a date are empty keys", SHOW_ID,
         order({"issued": {"literal": "n.d."}}, issued([2000])), "2 | 1",
         sort='<key variable="issued" sort="descending"/>', listed=True),
    Case("numbers as integers", SHOW_ID,
         order({"volume": "10"}, {"volume": "9"}, {"volume": "8a"}), "3 | 2 | 1",
         sort='<key variable="volume"/>', listed=True),
    Case("by type", SHOW_ID, order({"type": "chapter"}, {"type": "book"}), "2 | 1",
         sort='<key variable="type"/>', listed=True),
    Case("the second key decides where the first ties", SHOW_ID,
         order(work(DOE, 2001), work(DOE, 2000), work(ROE, 1999)), "2 | 1 | 3", sort=BY_NAME,
         listed=True),
    Case("macros without their markup", SHOW_ID, order({"title": "b"}, {"title": "a"}), "2 | 1",
         head='<macro name="m"><text variable="title" font-style="italic"/></macro>',
         sort='<key macro="m"/>', listed=True),
    Case("macros with only the parts of dates they show", SHOW_ID,
         order({**issued([2000, 5]), "title": "b"}, {**issued([2000, 6]), "title": "a"}), "2 | 1",
         head=f'<macro name="m">{YEAR}</macro>',
         sort='<key macro="m"/><key variable="title"/>', listed=True),
    Case("the number of names", SHOW_ID,
         order({"author": [DOE, ROE]}, {"author": [DOE]}, {"title": "T"}), "3 | 2 | 1",
         head='<macro name="m"><names variable="author"><name form="count"/></names></macro>',
         sort='<key macro="m"/>', listed=True),
    Case("names-min and names-use-first of a key", SHOW_ID,
         order({"author": [DOE, ROE], "title": "b"}, {"author": [DOE, POE], "title": "a"}),
         "2 | 1", head=f'<macro name="m">{NAME}</macro>',
         sort='<key macro="m" names-min="2" names-use-first="1"/><key variable="title"/>',
         listed=True),
)  # fmt: skip
def test_sorting(case: Case) -> None:
    check(case)


ITALIC = '<text variable="title" font-style="italic"/>'


@sentences(
    *(Case(f"{name} {value}", f'<text value="x" {name}="{value}"/>', [{}], shown)
      for name, value, shown in (
          ("font-style", "italic", "<i>x</i>"), ("font-style", "oblique", "<em>x</em>"),
          ("font-weight", "bold", "<b>x</b>"), ("font-style", "normal", "x"),
          ("font-variant", "small-caps", '<span style="font-variant:small-caps;">x</span>'),
          ("text-decoration", "underline", '<span style="text-decoration:underline;">x</span>'),
          ("vertical-align", "sup", "<sup>x</sup>"), ("vertical-align", "sub", "<sub>x</sub>"))),
    Case("affixes are outside of fonts", '<text value="x" prefix="(" suffix=")" '
         'font-style="italic"/>', [{}], "(<i>x</i>)"),
    Case("a group's font covers the affixes inside", '<group font-style="italic"><text value="x" '
         'prefix="(" suffix=")"/></group>', [{}], "<i>(x)</i>"),
    Case("the layout's affixes are inside its font", '<text value="x"/>', [{}], "<b>(x)</b>",
         frame='prefix="(" suffix=")" font-weight="bold"'),
    Case("affixes are outside of quotes", '<text value="x" quotes="true" prefix="(" suffix=")"/>',
         [{}], "(“x”)"),
    Case("and of text case", '<text value="x" prefix="a" text-case="uppercase"/>', [{}], "aX"),
    Case("and of strip-periods", '<text value="x." suffix="." strip-periods="true"/>', [{}], "x."),
    Case("italics within italics are upright", ITALIC, [{"title": "On <i>Ulysses</i>"}],
         '<i>On <span style="font-style:normal;">Ulysses</span></i>'),
    Case("quotes within quotes alternate", '<text variable="title" quotes="true"/>',
         [{"title": 'A "b" c'}], "“A ‘b’ c”"),
    Case("stray tags are text of no case", '<text variable="title" text-case="uppercase"/>',
         [{"title": "a <i>b"}], "A &#60;i&#62;B"),
)  # fmt: skip
def test_formatting(case: Case) -> None:
    check(case)


ALIGNED = '<div class="csl-left-margin">{}</div><div class="csl-right-inline">{}</div>'
TITLE = '<text variable="title"/>'


@sentences(
    Case("the first field and the rest", '<text variable="citation-number" suffix=". "/>' + TITLE,
         [{"title": "T"}], ALIGNED.format("1. ", "T"), owner='second-field-align="flush"',
         listed=True),
    Case("marks go with the first field", NAME + '<text variable="title" prefix=". "/>',
         [{"author": [DOE], "title": "T"}], ALIGNED.format("Doe.", " T"),
         owner='second-field-align="margin"', listed=True),
    Case("a first field without output leaves its place empty", NAME + TITLE, [{"title": "T"}],
         '<div class="csl-right-inline">T</div>', owner='second-field-align="flush"', listed=True),
    Case("blocks", '<group display="block"><text variable="title"/></group>'
         '<text variable="note" display="indent"/>', [{"title": "T", "note": "n"}],
         '<div class="csl-block">T</div><div class="csl-indent">n</div>', listed=True),
    Case("blocks are for bibliographies", '<text variable="title" display="block"/>',
         [{"title": "T"}], "T"),
)  # fmt: skip
def test_display(case: Case) -> None:
    check(case)


def cased(case: str) -> str:
    return f'<text variable="title" text-case="{case}"/>'


@sentences(
    *(Case(f"{case}: {text}", cased(case), [{"title": text}], shown)
      for case, text, shown in (
          ("lowercase", "One TWO", "one two"), ("uppercase", "one two", "ONE TWO"),
          ("capitalize-first", "one two", "One two"), ("capitalize-first", "iPod", "iPod"),
          ("capitalize-all", "one iPod", "One iPod"), ("sentence", "ONE TWO", "One two"),
          ("sentence", "3D printing", "3D printing"), ("sentence", "one iPod", "One iPod"),
          ("title", "UK", "UK"),
          ("title", "the wind in the willows", "The Wind in the Willows"),
          ("title", "what to live for", "What to Live For"),
          ("title", "a tale: the end", "A Tale: The End"),
          ("title", "two-thirds of it", "Two-Thirds of It"))),
    Case("titles of other languages keep their case", cased("title"),
         [{"title": "le petit prince", "language": "fr"}], "le petit prince"),
    Case("a style of another language has such titles", cased("title"),
         [{"title": "le petit prince"}], "le petit prince", style='default-locale="fr-FR"'),
    Case("English items there still have title case", cased("title"),
         [{"title": "the little prince", "language": "en-GB"}], "The Little Prince",
         style='default-locale="fr-FR"'),
)  # fmt: skip
def test_text_case(case: Case) -> None:
    """The rule for strings in capitals is left out of title case: the suite keeps `UK`."""
    check(case)


@pytest.mark.parametrize(
    ("variable", "value", "target"),
    [("URL", "https://x.org/a", "https://x.org/a"),
     ("DOI", "10.1/x", "https://doi.org/10.1/x"),
     ("PMID", "123", "https://www.ncbi.nlm.nih.gov/pubmed/123"),
     ("PMCID", "PMC1", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1")],
)  # fmt: skip
def test_links(variable: str, value: str, target: str) -> None:
    """An identifier that is shown is a link; text before it is not part of it."""
    xml = style_xml(bibliography=f'<layout><text variable="{variable}" prefix="at: "/></layout>')
    (entry,) = run(xml, [book("1", **{variable: value})]).bibliography
    assert entry.output == (Text("at: "), Linked(target, (Text(value),)))


def test_a_uri_before_the_identifier_belongs_to_the_link() -> None:
    layout = '<layout><text variable="DOI" prefix="doi: https://doi.org/"/></layout>'
    (entry,) = run(style_xml(bibliography=layout), [book("1", DOI="10.1/x")]).bibliography
    uri = "https://doi.org/10.1/x"
    assert entry.output == (Text("doi: "), Linked(uri, (Text(uri),)))


@pytest.mark.parametrize(
    ("prefix", "suffix", "shown"),
    [("see", "and more", "(see Doe and more)"), ("(or)", "(note)", "((or) Doe (note))"),
     ("“say”", ", 5", "(“say” Doe, 5)"), ("see ", ".", "(see Doe.)")],
)  # fmt: skip
def test_what_is_typed_around_a_cite(prefix: str, suffix: str, shown: str) -> None:
    xml = style_xml(f'<layout prefix="(" suffix=")">{NAME}</layout>')
    cites = Citation((CitationItem("1", prefix=prefix, suffix=suffix),))
    assert to_html(run(xml, [book("1", person("Doe"))], [cites]).citations[0]) == shown


def test_letters_only_where_the_style_calls_for_them() -> None:
    """year-suffix called in the citation is not added to the bibliography's year."""
    called = f'<layout delimiter="; ">{NAME}<text variable="year-suffix" prefix="-"/></layout>'
    entry = f"<layout>{NAME}{YEAR}</layout>"
    xml = style_xml(called, entry, citation_attributes=LETTERED)
    works = [book("1", person("Doe"), year=2000), book("2", person("Doe"), year=2000)]
    assert cited(xml, works) == "Doe-a; Doe-b"
    assert listed(xml, works) == ["Doe2000", "Doe2000"]
