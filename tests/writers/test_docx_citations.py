"""Citations as Word's fields and as Zotero's: codes, data, and our text word for word."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from lxml import etree

from tcit_export.model.document import Metadata, ResolvedDocument
from tcit_export.model.nodes import (
    Anchor,
    Block,
    Cite,
    CiteItem,
    CiteMode,
    Emph,
    Link,
    Locator,
    Note,
    ReferenceList,
    Str,
)
from tcit_export.model.options import Citations, Options
from tcit_export.templates import Templates
from tcit_export.writers import docx_sources
from tcit_export.writers.docx import write
from tcit_export.writers.docx_citations import source_tag
from tcit_export.writers.ooxml import qn
from tests.writers import docx_letterheads as made
from tests.writers.docx_reading import WordFile, faults
from tests.writers.samples import (
    ALDEN,
    BLUME,
    KAHN,
    LIST,
    cite,
    entry,
    heading,
    narrative,
    para,
    review,
    text,
)

TEMPLATES = Templates.of()
FIELD = re.compile(r"« (.*?) \|(.*?)»")


def item(key: str = "kahn2001", **fields: object) -> CiteItem:
    return CiteItem(key, **fields)  # type: ignore[arg-type]


def shown(words: str, *items: CiteItem) -> Cite:
    return Cite(items or (item(),), (Str(words),))


def document(*blocks: Block, entries: tuple[object, ...] = LIST) -> ResolvedDocument:
    references = ReferenceList(entries=entries)  # type: ignore[arg-type]
    return ResolvedDocument(Metadata(title=text("T")), (*blocks, references))


def written(resolved: ResolvedDocument, mode: Citations) -> WordFile:
    data = write(resolved, Options(citations=mode), TEMPLATES).data
    assert faults(data) == []
    return WordFile(data)


def field(citation: Cite, mode: Citations) -> tuple[str, str]:
    """Code and text of the one citation of a document."""
    line = written(document(para(citation)), mode).lines()[2]
    match = FIELD.search(line)
    assert match, line
    return match[1], match[2]


@pytest.mark.parametrize(
    ("citation", "code"),
    [
        (shown("x"), r"CITATION kahn2001 \l 1033"),
        (shown("x", item(), item("blume2013")), r"CITATION kahn2001 \l 1033 \m blume2013"),
        (
            shown("x", item(locator=Locator("page", "3–4"), prefix=text("see"))),
            r'CITATION kahn2001 \f "see " \p 3–4 \l 1033',
        ),
        (
            shown("x", item(locator=Locator("chapter", "2"), suffix=text(' "so"'))),
            r'CITATION kahn2001 \s ", chapter 2 \"so\"" \l 1033',
        ),
        (shown("x", item(mode=CiteMode.SUPPRESS_AUTHOR)), r"CITATION kahn2001 \n \t \l 1033"),
    ],
)
def test_word_codes(citation: Cite, code: str) -> None:
    assert field(citation, Citations.WORD) == (code, "x")


@pytest.mark.parametrize(
    ("words", "before", "inside"),
    [
        ("Kahn and Fromm (2001)", "Kahn and Fromm ", "(2001)"),
        ("WHO (Geneva) (2001)", "WHO (Geneva) ", "(2001)"),
        ("Kahn [1]", "Kahn ", "[1]"),
        ("(2001)", "", "(2001)"),
        ("Kahn (2001) says", "", "Kahn (2001) says"),
    ],
)
def test_a_narrative_citation_is_its_names_and_a_field(
    words: str, before: str, inside: str
) -> None:
    citation = shown(words, item(mode=CiteMode.AUTHOR_IN_TEXT))
    for mode in (Citations.WORD, Citations.ZOTERO):
        line = written(document(para(citation)), mode).lines()[2]
        start = "⟦citation:«" if mode is Citations.WORD else "«"
        assert line.startswith(f"Body Text: {before}{start}")
        match = FIELD.search(line)
        assert match
        assert match[2] == inside
        suppressed = r"\n" in match[1] if mode is Citations.WORD else "suppress-author" in match[1]
        assert suppressed == bool(before)


def test_of_several_works_the_first_alone_is_without_its_names() -> None:
    first = item(mode=CiteMode.AUTHOR_IN_TEXT, locator=Locator("sub-verbo", "tear"))
    citation = shown("Kahn (2001, s.v. tear; Blume, 2013)", first, item("blume2013"))
    assert field(citation, Citations.WORD) == (
        r'CITATION kahn2001 \n \t \s ", sub-verbo tear" \l 1033 \m blume2013',
        "(2001, s.v. tear; Blume, 2013)",
    )
    code, _ = field(citation, Citations.ZOTERO)
    kahn, blume = json.loads(code[code.index("{") :])["citationItems"]
    assert (kahn["suppress-author"], kahn["label"]) == (True, "sub verbo")
    assert "suppress-author" not in blume


def test_works_in_a_field_stay_links_to_their_entries() -> None:
    both = cite(("kahn2001", "Kahn & Fromm, 2001"), ("blume2013", "Blume, 2013"))
    line = written(document(para(both)), Citations.WORD).lines()[2]
    assert line.endswith(
        "|([<Citation:Kahn & Fromm, 2001>](#ref_kahn2001); "
        "[<Citation:Blume, 2013>](#ref_blume2013))»⟧"
    )


def test_a_link_over_a_whole_narrative_citation_is_cut_at_the_field() -> None:
    line = written(document(para(narrative("kahn2001", "Kahn", "2001"))), Citations.WORD).lines()[2]
    assert line == (
        "Body Text: [<Citation:Kahn >](#ref_kahn2001)"
        r"⟦citation:« CITATION kahn2001 \n \t \l 1033 |[<Citation:(2001)>](#ref_kahn2001)»⟧"
    )


def test_each_mode_shows_the_same_text() -> None:
    def plain(mode: Citations) -> str:
        lines = "\n".join(line for line in written(review(), mode).lines() if line[0] != "⟦")
        lines = re.sub(r"« .*?\|", "", lines).replace("»", "").replace("⟧", "")
        lines = lines.replace("⟦citation:", "").rstrip()
        lines = re.sub(r"\[([^][]*)\]\([^ )]*\)", r"\1", lines)
        return re.sub(r"<Citation:([^>]*)>", r"\1", lines)

    assert plain(Citations.LINKS) == plain(Citations.WORD) == plain(Citations.ZOTERO)


def test_zotero_data_is_whole() -> None:
    citation = shown(
        "(see K, p. 3; B)",
        item(prefix=text("see"), locator=Locator("page", "3"), suffix=text(", so")),
        item("blume2013", mode=CiteMode.SUPPRESS_AUTHOR),
    )
    code, words = field(citation, Citations.ZOTERO)
    data = json.loads(code.removeprefix("ADDIN ZOTERO_ITEM CSL_CITATION "))
    assert data["properties"] == {
        "formattedCitation": words,
        "plainCitation": words,
        "noteIndex": 0,
    }
    first, second = data["citationItems"]
    assert first.pop("itemData")["id"] == "tcit/kahn2001"
    assert first == {
        "id": "tcit/kahn2001",
        "uris": ["urn:tcit-export:kahn2001"],
        "locator": "3",
        "label": "page",
        "prefix": "see",
        "suffix": ", so",
    }
    assert second["uris"] == ["https://doi.org/10.1037/a0031384"]
    assert second["suppress-author"] is True


def test_zotero_counts_notes_and_citations() -> None:
    notes = [Note((para("n ", shown("(K)")),)) for _ in range(2)]
    word = written(document(para(shown("(K)"), *notes)), Citations.ZOTERO)
    codes = [
        json.loads(c[1][c[1].index("{") :])
        for c in FIELD.finditer("\n".join(word.lines("word/footnotes.xml")))
    ]
    assert [code["properties"]["noteIndex"] for code in codes] == [1, 2]
    assert [code["citationID"] for code in codes] == ["tc000002", "tc000003"]


def test_works_that_share_a_doi_have_names_of_their_own() -> None:
    twin = replace(BLUME, key="twin", anchor=Anchor("ref-twin"))
    resolved = document(para(shown("x", item("twin"))), entries=(BLUME, twin))
    assert "urn:tcit-export:twin" in written(resolved, Citations.ZOTERO).lines()[2]


def test_zotero_preferences_come_in_pieces() -> None:
    long_style = "http://www.zotero.org/styles/" + "x" * 400
    word = written(replace(review(), style_id=long_style), Citations.ZOTERO)
    pieces = [
        ("".join(p.itertext()), p.get("name"), p.get("pid"))
        for p in word.xml["docProps/custom.xml"]
    ]
    assert [piece[1:] for piece in pieces] == [
        (f"ZOTERO_PREF_{number}", str(number + 1)) for number in (1, 2, 3)
    ]
    assert all(len(piece[0]) <= 255 for piece in pieces)
    data = etree.fromstring("".join(piece[0] for piece in pieces))
    assert data.get("data-version") == "3"
    assert data.find("style").get("id") == long_style


def test_uncited_works_are_told_to_zotero_and_to_the_user() -> None:
    rendered = write(document(para(shown("(K)"))), Options(citations=Citations.ZOTERO), TEMPLATES)
    lines = "\n".join(WordFile(rendered.data).lines())
    assert '"uncited":[["urn:tcit-export:alden2001"],["https://doi.org/10.1037/a0031384"]' in lines
    assert any("Zotero drops works" in problem for problem in rendered.problems)


def test_words_list_stands_in_its_controls() -> None:
    blocks = (para(shown("(K)")), heading(1, "References", "references"))
    lines = written(document(*blocks, entries=(KAHN, BLUME)), Citations.WORD).lines()[3:]
    assert lines[0] == "⟦Bibliographies"
    assert lines[1] == "heading 1: {references:References}"
    assert lines[2] == "⟦bibliography"
    assert lines[3].startswith(r"Bibliography: « BIBLIOGRAPHY \l 1033 |{ref_kahn2001:Kahn, S.,")
    assert lines[4].endswith("}»")
    assert lines[5:] == ["⟧", "⟧"]


def test_several_lists_are_no_fields() -> None:
    resolved = document(ReferenceList(entries=(ALDEN,)), para(shown("(K)")))
    for mode in (Citations.WORD, Citations.ZOTERO):
        rendered = write(resolved, Options(citations=mode), TEMPLATES)
        text_of = "\n".join(WordFile(rendered.data).lines())
        assert "BIBL" not in text_of
        assert any("only one" in problem for problem in rendered.problems)


@pytest.mark.parametrize(
    "citation",
    [
        Cite((item(mode=CiteMode.FULL),), KAHN.content),
        Cite((item("unknown"),), (Str("(unknown?)"),)),
        Cite((item(),), (Str("a"), Note((para("b"),)))),
    ],
    ids=["full reference", "no record", "note inside"],
)
def test_what_can_be_no_field_stays_as_it_is(citation: Cite) -> None:
    for mode in (Citations.WORD, Citations.ZOTERO):
        assert "«" not in written(document(para(citation)), mode).lines()[2]


def test_a_field_keeps_italics() -> None:
    citation = Cite((item(),), (Str("("), Emph((Str("Title"),)), Str(")")))
    line = written(document(para(citation)), Citations.WORD).lines()[2]
    assert line.endswith("|(<Emphasis:Title>)»⟧")


def test_a_citation_inside_a_link_is_its_text() -> None:
    link = Link(Anchor("ref-kahn2001"), (shown("(K)"),))
    for mode in Citations:
        line = written(document(para(link)), mode).lines()[2]
        assert line == "Body Text: [<Hyperlink:(K)>](#ref_kahn2001)"


def sources(word: WordFile) -> list[dict[str, str]]:
    root = next(
        x for n, x in word.xml.items() if n.startswith("customXml/item") and "Sources" in str(x.tag)
    )
    return [
        {str(e.tag).rpartition("}")[2]: e.text or "/".join(e.itertext()) for e in source}
        for source in root
    ]


def test_sources_have_words_fields() -> None:
    found = {source["Tag"]: source for source in sources(written(review(), Citations.WORD))}
    assert len(found) == len(LIST)
    alden = found["alden2001"]
    assert {k: alden[k] for k in ("SourceType", "Author", "BookTitle", "Year", "Pages")} == {
        "SourceType": "BookSection",
        "Author": "Alden/P./A./Kahn/Stephen/Fromm/Erika",
        "BookTitle": "Changes in the therapist",
        "Year": "2001",
        "Pages": "117-131",
    }
    blume = found["blume2013"]
    assert blume["JournalName"] == "Psychotherapy"
    assert (blume["DOI"], blume["URL"]) == ("10.1037/a0031384", "https://doi.org/10.1037/a0031384")


def test_groups_and_parts_of_names() -> None:
    works = (
        entry("g", "G", data={"type": "report", "author": [{"literal": "WHO"}], "publisher": "P"}),
        entry(
            "n",
            "N",
            data={
                "type": "book",
                "author": [
                    {"family": "Berg", "given": "A. B. C.", "non-dropping-particle": "van den"},
                    {"literal": "WHO"},
                ],
            },
        ),
    )
    found = sources(written(document(para("x"), entries=works), Citations.WORD))
    assert (found[0]["Author"], found[0]["Institution"]) == ("WHO", "P")
    assert found[1]["Author"] == "van den Berg/A./B. C./WHO"


_SOURCE = frozenset(
    "AbbreviatedCaseNumber AlbumTitle Author BookTitle Broadcaster BroadcastTitle CaseNumber"
    " ChapterNumber City Comments ConferenceName CountryRegion Court Day DayAccessed Department"
    " Distributor Edition Guid Institution InternetSiteTitle Issue JournalName LCID Medium Month"
    " MonthAccessed NumberVolumes Pages PatentNumber PeriodicalTitle ProductionCompany"
    " PublicationTitle Publisher RecordingNumber RefOrder Reporter SourceType ShortTitle"
    " StandardNumber StateProvince Station Tag Theater ThesisType Title Type URL Version Volume"
    " Year YearAccessed DOI".split()
)
"""Children of `b:Source` (ECMA-376, 22.6.2), and the one that later Words added."""
_ROLES = frozenset(
    "Artist Author BookAuthor Compiler Composer Conductor Counsel Director Editor Interviewee"
    " Interviewer Inventor Performer ProducerName Translator Writer".split()
)


@pytest.mark.parametrize("kind", [*sorted(docx_sources._KINDS), "something-else"])
def test_every_kind_of_source_has_words_fields_alone(kind: str) -> None:
    names = [{"family": "F", "given": "G"}]
    roles = "author editor translator interviewer director composer performer container-author"
    texts = (
        "title container-title publisher publisher-place volume issue page edition number genre"
        " number-of-volumes title-short medium version ISBN DOI URL note authority"
    )
    data = {
        "type": kind,
        **dict.fromkeys(roles.split(), names),
        **dict.fromkeys(texts.split(), "x"),
        "issued": {"date-parts": [[2020, 2, 3]]},
        "accessed": {"date-parts": [[2021, 4, 5]]},
    }
    works = (entry("k", "K", data=data),)
    word = written(document(para("x"), entries=works), Citations.WORD)
    (root,) = [x for n, x in word.xml.items() if "Sources" in str(x.tag)]
    found = [str(element.tag).rpartition("}")[2] for element in root[0]]
    assert set(found) <= _SOURCE
    assert len(set(found)) == len(found)
    (people,) = [element for element in root[0] if str(element.tag).endswith("}Author")]
    found = [str(element.tag).rpartition("}")[2] for element in people]
    assert set(found) <= _ROLES
    assert len(set(found)) == len(found)


def test_a_letterheads_empty_sources_are_filled_not_doubled() -> None:
    options = Options(citations=Citations.WORD, docx_template=made.letterhead())
    word = WordFile(write(review(), options, TEMPLATES).data)
    roots = [x for n, x in word.xml.items() if "Sources" in str(x.tag)]
    assert [len(root) for root in roots] == [len(LIST)]


@pytest.mark.parametrize(("key", "tag"), [("kahn2001", "kahn2001"), ("Kahn2001", "Kahn2001")])
def test_tags_are_keys_where_word_allows(key: str, tag: str) -> None:
    assert source_tag(key) == tag


def test_odd_keys_have_tags_without_blanks() -> None:
    assert re.fullmatch(r"\w+", source_tag('a "b" \\c'))
    assert source_tag("a b") != source_tag("a_b")


def test_links_need_no_part_of_another_program() -> None:
    word = written(review(), Citations.LINKS)
    assert not [name for name in word.names if "custom" in name]
    assert word.body.find(f".//{qn('w:sdt')}") is None
    citations = [cite(("kahn2001", "K")), narrative("kahn2001", "K", "1")]
    line = written(document(para(*citations)), Citations.LINKS).lines()[2]
    assert line == "Body Text: ([<Citation:K>](#ref_kahn2001))[<Citation:K (1)>](#ref_kahn2001)"
