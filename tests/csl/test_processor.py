"""Citations in running text, links, tags, foreign affixes, several bibliographies."""

from __future__ import annotations

import pytest

from tcit_export.csl.output import (
    Block,
    Content,
    Formatted,
    Linked,
    Opaque,
    Output,
    Tagged,
    Text,
    strip_links,
    to_html,
    to_text,
)
from tcit_export.csl.processor import Citation, CitationItem, Mode

from .making import book, cite, named_style, person, run, style_xml

KAHN = book("k", person("Kahn", "Ada"), person("Fromm", "Bo"), year=2001, title="Things")
ROE = book("r", person("Roe", "Cy"), year=1999, title="Others")
NONE = book("n", title="Nobody’s book", year=2003)
AUTHOR_DATE = named_style("apa-6th-edition")
NUMERIC = named_style("ieee")
RAISED = named_style("american-medical-association")


def one(style: bytes | str, *items: CitationItem) -> str:
    return to_text(run(style, [KAHN, ROE, NONE], [Citation(items)]).citations[0])


@pytest.mark.parametrize(
    ("mode", "style", "shown"),
    [
        ("normal", AUTHOR_DATE, "(Kahn & Fromm, 2001)"),
        ("author-in-text", AUTHOR_DATE, "Kahn and Fromm (2001)"),
        ("suppress-author", AUTHOR_DATE, "(2001)"),
        ("author-only", AUTHOR_DATE, "Kahn and Fromm"),
        ("author-in-text", NUMERIC, "Kahn and Fromm [1]"),
        ("author-only", NUMERIC, "Kahn and Fromm"),
        ("author-in-text", RAISED, "Kahn and Fromm1"),
    ],
)
def test_modes(mode: Mode, style: bytes, shown: str) -> None:
    assert one(style, CitationItem("k", mode=mode)) == shown


def test_a_narrative_citation_with_more() -> None:
    first = CitationItem("k", mode="author-in-text", locator="3", prefix="as ")
    assert one(AUTHOR_DATE, first) == "as Kahn and Fromm (2001, p. 3)"
    possessive = CitationItem("k", mode="author-in-text", possessive=True)
    assert one(AUTHOR_DATE, possessive) == "Kahn and Fromm’s (2001)"
    several = one(AUTHOR_DATE, CitationItem("k", mode="author-in-text"), CitationItem("r"))
    assert several == "Kahn and Fromm (2001; Roe, 1999)"


def test_a_narrative_citation_without_author_names_the_title() -> None:
    assert one(AUTHOR_DATE, CitationItem("n", mode="author-in-text")) == "Nobody’s Book (2003)"


def test_a_layout_for_running_text() -> None:
    names = '<names variable="author"><name and="symbol" form="short"/></names>'
    xml = style_xml(
        f'<layout prefix="(" suffix=")">{names}<text value=" x"/></layout>'
        f'<intext><layout>{names}<text value=" and their kind"/></layout></intext>'
    )
    shown = one(xml, CitationItem("k", mode="author-in-text"))
    assert shown == "Kahn and Fromm and their kind ( x)"


def test_an_unknown_id_is_visible() -> None:
    assert one(AUTHOR_DATE, CitationItem("khan"), CitationItem("r")) == "(Roe, 1999; khan?)"


# ------------------------------------------------------------------ the tree


def nodes(content: Content) -> list[Output]:
    found: list[Output] = []
    for node in content:
        found.append(node)
        if isinstance(node, Formatted | Linked | Tagged | Block):
            found += nodes(node.children)
    return found


def test_each_cite_is_tagged() -> None:
    content = run(AUTHOR_DATE, [KAHN, ROE], [cite("k", "r")]).citations[0]
    tags = {node.item_id: to_text(node.children) for node in content if isinstance(node, Tagged)}
    assert tags == {"k": "Kahn & Fromm, 2001", "r": "Roe, 1999"}


@pytest.mark.parametrize(
    ("field", "value", "attributes", "url", "anchor"),
    [
        ("URL", "https://example.org/a", 'prefix="at "', "https://example.org/a",
         "https://example.org/a"),
        ("DOI", "10.1/x", 'prefix="doi:"', "https://doi.org/10.1/x", "10.1/x"),
        ("DOI", "10.1/x", 'prefix="at https://doi.org/"', "https://doi.org/10.1/x",
         "https://doi.org/10.1/x"),
        ("PMID", "123", 'prefix="PMID: "', "https://www.ncbi.nlm.nih.gov/pubmed/123", "123"),
        ("PMCID", "PMC1", "", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1", "PMC1"),
    ],
)  # fmt: skip
def test_links(field: str, value: str, attributes: str, url: str, anchor: str) -> None:
    xml = style_xml(bibliography=f'<layout><text variable="{field}" {attributes}/></layout>')
    entry = run(xml, [book("1", **{field: value})]).bibliography[0].output
    link = next(node for node in entry if isinstance(node, Linked))
    assert (link.url, to_text(link.children)) == (url, anchor)
    assert to_text(strip_links(entry)) == to_text(entry)
    assert not [node for node in nodes(strip_links(entry)) if isinstance(node, Linked)]


def test_a_script_is_no_link() -> None:
    xml = style_xml(bibliography='<layout><text variable="URL"/></layout>')
    entry = run(xml, [book("1", URL="javascript:alert(1)")]).bibliography[0].output
    assert entry == (Text("javascript:alert(1)"),)


def test_a_foreign_affix_keeps_its_payload_and_meets_its_neighbours() -> None:
    suffix = Opaque("payload", " and more.")
    content = run(
        style_xml(
            '<layout suffix="."><text variable="title"/></layout>', attributes='class="note"'
        ),
        [KAHN],
        [Citation((CitationItem("k", suffix=suffix),))],
    ).citations[0]
    assert to_text(content) == "Things and more."
    assert next(node for node in content if isinstance(node, Opaque)) == suffix


def test_a_foreign_affix_says_what_was_cut_off() -> None:
    layout = '<layout delimiter="; "><text variable="title" suffix=","/></layout>'
    item = CitationItem("k", suffix=Opaque("payload", ", and more"))
    content = run(style_xml(layout), [KAHN], [Citation((item,))]).citations[0]
    assert to_text(content) == "Things, and more"
    assert next(node for node in content if isinstance(node, Opaque)).cut_start == 1


# ------------------------------------------------------------------ results


def test_groups_of_one_list_share_letters() -> None:
    works = [book(key, person("Doe"), year=2001, title=key) for key in ("one", "two", "three")]
    result = run(AUTHOR_DATE, works, [cite("one")])
    shown = {entry.id: to_text(entry.output) for entry in result.bibliography}
    assert "2001a" in shown["one"]
    assert "2001c" in shown["two"]
    assert "2001b" in shown["three"]
    group = [entry.id for entry in result.bibliography if entry.id != "three"]
    assert group == ["one", "two"]


def test_several_lists_share_letters_numbers_and_order() -> None:
    """Each list is its own for repeated authors; letters and numbers are those of all."""
    xml = style_xml(
        "<layout/>",
        '<sort><key variable="title"/></sort><layout><text variable="citation-number"/>'
        '<names variable="author" prefix=" "/><date variable="issued" prefix=" ">'
        '<date-part name="year"/></date></layout>',
        citation_attributes='disambiguate-add-year-suffix="true"',
        bibliography_attributes='subsequent-author-substitute="—"',
    )
    works = [book(key, person("Doe"), year=2001, title=key) for key in ("c", "a", "b")]
    result = run(xml, works)

    def texts(*keys: str) -> list[str]:
        return [to_text(entry.output) for entry in result.listed(keys)]

    assert [entry.id for entry in result.bibliography] == ["a", "b", "c"]
    assert texts("a", "c") == ["1 Doe 2001a", "3 — 2001c"]
    assert texts("b") == ["2 Doe 2001b"]
    assert texts() == []


def test_annotations_stand_in_a_block_of_their_own() -> None:
    style = named_style("apa-annotated-bibliography")
    item = {**KAHN, "note": "A remark on <i>things</i>."}
    entry = run(style, [item]).bibliography[0].output
    blocks = [node for node in entry if isinstance(node, Block)]
    assert [(node.display, to_text(node.children)) for node in blocks] == [
        ("block", "A remark on things.")
    ]


def test_each_item_can_be_cited_alone() -> None:
    works = [book(key, person("Doe"), year=2001, title=key) for key in ("one", "two")]
    result = run(AUTHOR_DATE, works)
    assert to_text(result.cite("two")) == "(Doe, 2001b)"
    assert to_text(result.cite("one", "author-in-text")) == "Doe (2001a)"
    with pytest.raises(KeyError):
        result.cite("three")


def test_the_margin_is_split_off() -> None:
    entry = run(NUMERIC, [KAHN]).bibliography[0]
    assert entry.left_margin is not None
    assert entry.right_inline is not None
    assert to_text(entry.left_margin) == "[1]"
    assert to_text(entry.right_inline).startswith("A. Kahn and B. Fromm")


def test_layout_options_are_handed_on() -> None:
    options = run(AUTHOR_DATE, [KAHN]).bibliography_options
    assert options.hanging_indent
    assert (options.line_spacing, options.entry_spacing) == (2, 0)


def test_variables_of_any_name_are_reached() -> None:
    item = book("1", **{"my-text": "text", "my-date": {"date-parts": [[2001]]}})
    item["my-person"] = [person("Doe")]
    xml = style_xml(
        '<layout><choose><if variable="my-text my-date my-person"><group delimiter=" ">'
        '<text variable="my-text"/><names variable="my-person"/>'
        '<date variable="my-date"><date-part name="year"/></date></group></if></choose></layout>'
    )
    assert to_html(run(xml, [item], [cite("1")]).citations[0]) == "text Doe 2001"


# ------------------------------------------------------------------ fonts, quotes, punctuation


def test_italics_in_italics_are_upright() -> None:
    xml = style_xml('<layout><text variable="title" font-style="italic"/></layout>')
    content = run(xml, [book("1", title="On <i>Homo</i> sapiens")], [cite("1")]).citations[0]
    (tagged,) = content
    assert isinstance(tagged, Tagged)
    (outer,) = tagged.children
    assert isinstance(outer, Formatted)
    assert outer.children[1] == Formatted((Text("Homo"),), font_style="normal")


PAIRS = """
: : :  | . : .: | ; : ;  | ! : !  | ? : ?  | , : ,:
: . :  | . . .  | ; . ;  | ! . !  | ? . ?  | , . ,.
: ; :; | . ; .; | ; ; ;  | ! ; !; | ? ; ?; | , ; ,;
: ! !  | . ! .! | ; ! !  | ! ! !  | ? ! ?! | , ! ,!
: ? ?  | . ? .? | ; ? ?  | ! ? !? | ? ? ?  | , ? ,?
: , :, | . , ., | ; , ;, | ! , !, | ? , ?, | , , ,
"""


@pytest.mark.parametrize(
    "pair", [cell for line in PAIRS.split("\n") for cell in line.split("|") if cell]
)
def test_punctuation_merges_where_pieces_meet(pair: str) -> None:
    first, second, both = pair.split()
    xml = style_xml(
        f'<layout><text value="a" suffix="{first}"/><text value="b" prefix="{second} "/></layout>'
    )
    assert to_text(run(xml, [KAHN], [cite("k")]).citations[0]) == f"a{both} b"


@pytest.mark.parametrize(("inside", "shown"), [("true", "“Oh ‘no,’” b"), ("false", "“Oh ‘no’”, b")])
def test_commas_and_quotes(inside: str, shown: str) -> None:
    xml = style_xml(
        '<layout><text variable="title" quotes="true"/><text value="b" prefix=", "/></layout>',
        head=f'<locale><style-options punctuation-in-quote="{inside}"/></locale>',
    )
    content = run(xml, [book("1", title="Oh 'no'")], [cite("1")]).citations[0]
    assert to_text(content) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("d'Arcus", "d’Arcus"), ("the '68 rising", "the ’68 rising"), ("\"A\" b", "“A” b"),
     ("'A' b", "“A” b"), ("\"A 'b' c\"", "“A ‘b’ c”"), ("5 < 6 <x> <i>y", "5 < 6 <x> <i>y"),
     ("rock 'n' roll", "rock “n” roll"), ("say \"", "say \"")],
)  # fmt: skip
def test_typed_quotes(typed: str, shown: str) -> None:
    xml = style_xml('<layout><text variable="title"/></layout>')
    assert to_text(run(xml, [book("1", title=typed)], [cite("1")]).citations[0]) == shown
