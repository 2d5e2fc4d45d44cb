"""The HTML handout: what it holds, how it links, and that it asks nothing of anyone."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import fields, replace
from hashlib import sha256
from itertools import pairwise
from urllib.parse import unquote

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcit_export.model.document import Labels, Metadata, ResolvedDocument
from tcit_export.model.labels import labels_for
from tcit_export.model.nodes import (
    Anchor,
    Attributes,
    Block,
    BulletList,
    Cite,
    CiteItem,
    CodeBlock,
    Image,
    Inlines,
    Link,
    OrderedList,
    Paragraph,
    ReferenceList,
    Str,
    Url,
)
from tcit_export.model.options import Edition, Options
from tcit_export.model.walk import find, plain_text
from tcit_export.templates import Templates
from tcit_export.writers import html
from tcit_export.writers.html_places import html_id
from tests.writers import samples

TEMPLATES = Templates.of()


def page(document: ResolvedDocument, options: Options | None = None) -> lxml.html.HtmlElement:
    """The written page, parsed."""
    data = html.write(document, options or Options(), TEMPLATES).data
    return lxml.html.document_fromstring(data.decode("utf-8"))


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def with_blocks(*blocks: Block) -> ResolvedDocument:
    return ResolvedDocument(Metadata(title=(Str("T"),)), blocks)


@pytest.fixture(scope="module")
def torture() -> lxml.html.HtmlElement:
    return page(samples.torture(), Options(contents=True))


def test_all_text_of_the_model_is_on_the_page(torture: lxml.html.HtmlElement) -> None:
    shown = text(torture.body)
    for block in samples.torture().blocks:
        if isinstance(block, Paragraph | CodeBlock):
            for piece in find((block,), Str):
                assert " ".join(piece.text.split()) in shown


def test_markup_in_texts_stays_text(torture: lxml.html.HtmlElement) -> None:
    assert not torture.xpath("//b")
    assert "<b>not markup</b>" in text(torture.body)
    assert torture.xpath("//title")[0].text == (
        "Every construct: one document <with> & all “characters”: A subtitle with emphasis"
    )


def test_references_stand_in_order_each_with_its_id_and_key(
    torture: lxml.html.HtmlElement,
) -> None:
    lists = list(find(samples.torture().blocks, ReferenceList))
    expected = [
        (html_id(entry.anchor.name), entry.key, plain_text((*entry.label, *entry.content)))
        for part in lists
        for entry in part.entries
    ]
    found = [
        (item.get("id"), item.get("data-key"), item.xpath("p[@class='tcit-reference']")[0])
        for item in torture.xpath("//*[@role='doc-bibliography']/ul/li")
    ]
    assert [(name, key) for name, key, _ in found] == [(name, key) for name, key, _ in expected]
    for (_, _, paragraph), (_, _, words) in zip(found, expected, strict=True):
        assert text(paragraph).replace(" ", "") == words.replace(" ", "")


def test_citations_name_their_keys_and_lead_to_the_entries(
    torture: lxml.html.HtmlElement,
) -> None:
    cites = list(find(samples.torture().blocks, Cite))
    spans = torture.xpath("//span[@data-cite]")
    assert len(spans) == len(cites)
    for span, cite in zip(
        sorted(spans, key=lambda span: int(span.get("id").removeprefix("cite-"))),
        cites,
        strict=True,
    ):
        assert [unquote(key) for key in span.get("data-cite").split()] == [
            item.key for item in cite.items
        ]
        assert text(span) == plain_text(cite.content)
        for link in span.xpath(".//a[@role='doc-biblioref']"):
            assert torture.get_element_by_id(link.get("href")[1:]).tag == "li"


def test_ids_are_unique_and_every_link_inside_arrives(torture: lxml.html.HtmlElement) -> None:
    ids = Counter(element.get("id") for element in torture.xpath("//*[@id]"))
    assert [name for name, count in ids.items() if count > 1] == []
    for link in torture.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in ids


def test_headings_begin_below_the_title_and_skip_no_level(torture: lxml.html.HtmlElement) -> None:
    levels = [int(element.tag[1]) for element in torture.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))


def test_notes_and_their_marks_lead_to_each_other(torture: lxml.html.HtmlElement) -> None:
    marks = torture.xpath("//a[@role='doc-noteref']")
    assert [mark.text for mark in marks] == ["1", "2"]
    for mark in marks:
        note = torture.get_element_by_id(mark.get("href")[1:])
        (back,) = note.xpath(".//a[@role='doc-backlink']")
        assert back.get("href") == f"#{mark.get('id')}"


def test_an_entry_says_where_it_is_cited(torture: lxml.html.HtmlElement) -> None:
    entry = torture.get_element_by_id("ref-kahn2001")
    links = entry.xpath(".//a[@role='doc-backlink']")
    assert [link.text for link in links] == ["Inlines & <characters>", "Quotes and code"]
    for link in links:
        assert "kahn2001" in torture.get_element_by_id(link.get("href")[1:]).get("data-cite")


def test_nothing_is_asked_of_anyone(torture: lxml.html.HtmlElement) -> None:
    for attribute in ("src", "srcset", "data", "poster"):
        for value in torture.xpath(f"//@{attribute}"):
            assert value.startswith("data:")
    assert not torture.xpath("//link[@rel != 'canonical']|//iframe|//object|//embed|//form")
    assert "url(" not in torture.xpath("//style")[0].text


def test_the_policy_allows_exactly_what_is_inside(torture: lxml.html.HtmlElement) -> None:
    policies = torture.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policies[0].startswith("default-src 'none'; img-src data:;")
    inline = [element.text for element in torture.xpath("//style|//script")]
    hashes = {f"sha256-{b64encode(sha256(part.encode()).digest()).decode()}" for part in inline}
    for policy in policies:
        assert set(re.findall(r"sha256-[^']+", policy)) == hashes
    assert not torture.xpath("//@style|//@onclick")


def test_pictures_are_inside_with_their_alternative_texts(torture: lxml.html.HtmlElement) -> None:
    pictures = torture.xpath("//img")
    assert [picture.get("alt") for picture in pictures] == [
        "a square",
        "Three bars of growing height",
        "A white disc on dark ground",
    ]
    assert [picture.get("src")[:15] for picture in pictures] == [
        "data:image/png;",
        "data:image/png;",
        "data:image/svg+",
    ]


def test_a_picture_that_is_not_there_is_a_problem_and_shows_its_words() -> None:
    document = with_blocks(Paragraph((Image("gone.png", "A lost picture"),)))
    rendered = html.write(document, Options(), TEMPLATES)
    assert rendered.problems == ("the image `gone.png` is not among the resources",)
    assert b"A lost picture" in rendered.data


def test_languages_are_marked(torture: lxml.html.HtmlElement) -> None:
    assert torture.get("lang") == "en-US"
    assert text(torture.xpath("//span[@lang='de']")[0]) == "ein deutsches Wort"
    assert torture.xpath("//span[@lang='he']")[0].get("dir") == "rtl"


def test_a_language_written_from_the_right_says_so() -> None:
    metadata = Metadata(title=(Str("T"),), lang="he-IL")
    assert page(ResolvedDocument(metadata, ())).get("dir") == "rtl"
    assert page(with_blocks()).get("dir") is None


@pytest.mark.parametrize("lang", ["", "english language", '"><script>', "d"])
def test_a_language_that_is_none_is_left_out(lang: str) -> None:
    span = Inlines((Str("x"),), Attributes(pairs=(("lang", lang), ("dir", lang))))
    root = page(with_blocks(Paragraph((span,))))
    assert not root.body.xpath(".//@lang|.//@dir")


def test_lists_keep_their_kind_start_and_tightness(torture: lxml.html.HtmlElement) -> None:
    roman = torture.xpath("//ol[@type='i']")[0]
    assert (roman.get("start"), [text(item) for item in roman]) == ("7", ["seven", "eight"])
    assert [text(item) for item in torture.xpath("//ol[@type='A']/li/p")] == ["A", "B"]
    assert not torture.xpath("//ol[@type='i']/li/p")


def test_a_link_to_no_place_is_text() -> None:
    root = page(with_blocks(Paragraph((Link(Anchor("nowhere"), (Str("see there"),)),))))
    assert not root.xpath("//a[text()='see there']")
    assert "see there" in text(root.body)


def test_what_was_typed_in_a_citation_is_no_place() -> None:
    """The style decides what of it is shown; here, nothing."""
    typed = Inlines((Str("x"),), Attributes("there"))
    cite = Cite((CiteItem("kahn2001", suffix=(typed,)),), (Str("(Kahn, 2001)"),))
    link = Link(Anchor("there"), (Str("see there"),))
    assert not page(with_blocks(Paragraph((cite, link)))).xpath("//a[text()='see there']")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "x.html",
        "//h/x",
        "https://",
    ],
)
def test_an_address_that_a_page_must_not_lead_to_is_text(address: str) -> None:
    root = page(with_blocks(Paragraph((Link(Url(address), (Str("here"),)),))))
    assert not root.xpath("//a[text()='here']")
    assert "here" in text(root.body)


def test_characters_that_no_page_can_hold_are_replaced() -> None:
    data = html.write(
        with_blocks(Paragraph((Str("a\x00b\ud800c\x1bd\ufffee"),))), Options(), TEMPLATES
    ).data.decode("utf-8")
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in data


def test_tables_have_captions_headers_and_aligned_numbers(torture: lxml.html.HtmlElement) -> None:
    (table,) = torture.xpath("//table")
    assert text(table.find("caption")) == "Table 1. Made-up figures by group"
    assert [head.get("scope") for head in table.xpath("thead//th")] == ["col"] * 4
    assert [cell.get("class") for cell in table.xpath("tbody/tr[1]/td")] == [
        "tcit-left",
        "tcit-right",
        "tcit-right",
        None,
    ]


def test_the_record_for_machines_names_review_and_reviewed_work() -> None:
    root = page(samples.review())
    data = json.loads(root.xpath("//script[@type='application/ld+json']")[0].text)
    assert data["@type"] == "Review"
    assert data["itemReviewed"]["sameAs"] == "https://doi.org/10.1037/a0031384"
    assert data["itemReviewed"]["isPartOf"]["issueNumber"] == "2"
    assert len(data["citation"]) == 7
    names = root.xpath("//meta[@name='citation_author']/@content")
    assert names == ["Rodriguez, T.", "Slavin-Mulford, Jenelle"]
    assert root.xpath("//meta[@name='citation_publication_date']/@content") == ["2018/01"]


def test_every_reference_has_a_record_that_zotero_reads() -> None:
    root = page(samples.review())
    titles = [unquote(title) for title in root.xpath("//span[@class='Z3988']/@title")]
    assert len(titles) == 1 + 7
    assert all("+" not in title for title in root.xpath("//span[@class='Z3988']/@title"))
    blume = next(title for title in titles if "rft.atitle=Do therapists" in title)
    assert "rft.au=Blume-Marcovici, Amy C." in blume
    assert "rft_id=info:doi/10.1037/a0031384" in blume


def test_a_script_cannot_end_early() -> None:
    metadata = Metadata(title=(Str("</script><script>alert(1)</script>"),))
    data = html.write(ResolvedDocument(metadata, ()), Options(), TEMPLATES).data.decode()
    assert data.count("<script") == data.count("</script>") == 2
    assert "alert(1)" in data


def test_the_same_bytes_twice() -> None:
    first, second = (html.write(samples.torture(), Options(), TEMPLATES).data for _ in range(2))
    assert first == second


def test_contents_list_the_headings_only_when_wanted(torture: lxml.html.HtmlElement) -> None:
    links = torture.xpath("//nav[@role='doc-toc']//a")
    assert [link.text for link in links][:3] == [
        "Inlines & <characters>",
        "A jump of two levels",
        "Lists",
    ]
    assert not page(samples.torture()).xpath("//nav")


def test_a_fragment_is_an_article_that_brings_nothing_of_its_own() -> None:
    rendered = html.write(samples.torture(), Options(edition=Edition.FRAGMENT), TEMPLATES)
    text_of_it = rendered.data.decode("utf-8")
    assert rendered.suffix == "-fragment.html"
    assert text_of_it.startswith("<article ")
    (article,) = lxml.html.fragments_fromstring(text_of_it)
    assert not article.xpath("//script|//style|//h1|//button|//a[@download]|//meta")
    assert article.get("lang") == "en-US"
    assert article.xpath(".//h2[contains(@class, 'tcit-title')]")
    for name in article.xpath(".//@id|.//@aria-labelledby"):
        assert name.startswith("torture-")
    ids = article.xpath(".//@id")
    for target in article.xpath(".//a/@href[starts-with(., '#')]"):
        assert unquote(target[1:]) in ids
    for classes in article.xpath(".//@class"):
        ours = [name.startswith("tcit-") for name in classes.split()]
        assert all(ours) or classes == "Z3988"  # the name by which reference managers find works


def test_a_fragment_says_what_the_page_says() -> None:
    data = html.write(samples.review(), Options(edition=Edition.FRAGMENT), TEMPLATES).data.decode(
        "utf-8"
    )
    (article,) = lxml.html.fragments_fromstring(data)
    whole = page(samples.review()).xpath("//article")[0]
    for element in whole.xpath(".//p[@class='tcit-take']"):
        element.drop_tree()
    assert text(article) == text(whole)
    entry = article.xpath(".//li[@data-key='alden2001']/p")[0]
    assert "text-indent: -2.25em" in entry.get("style")


@given(st.text(min_size=1, max_size=40))
def test_any_text_comes_back_as_it_went_in(words: str) -> None:
    # U+0000 and lone surrogates are no HTML text; the reader refuses them before.
    words = "".join(c for c in words if c.isprintable() or c in " \t")
    block = CodeBlock(words)
    root = page(with_blocks(block, BulletList(((Paragraph((Str(words),)),),)), OrderedList(())))
    assert (root.xpath("//pre/code")[0].text or "") == words
    assert (root.xpath("//li")[0].text or "") == words


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_anchors_are_fragments_and_never_meet(one: str, other: str) -> None:
    assert re.fullmatch(r"[^\s\"<>%\\^`{|}#\[\]]*", html_id(one))
    assert (html_id(one) == html_id(other)) == (one == other)


def language_of(element: lxml.html.HtmlElement) -> str:
    """The language that a screen reader takes an element to be in."""
    return str(element.xpath("ancestor-or-self::*[@lang][1]")[0].get("lang"))


def in_language(lang: str) -> ResolvedDocument:
    document = samples.torture()
    labels = labels_for(lang, ("article-journal", "book"))
    return replace(document, metadata=replace(document.metadata, lang=lang), labels=labels)


OURS = ["kind", "panel-title", "keywords-label", "take-label", "back-links", "caption-label"]


def words_of_ours(root: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The innermost elements that hold nothing but a label."""
    found = [one for name in OURS for one in root.xpath(f"//*[contains(@class, 'tcit-{name}')]")]
    found += root.xpath("//*[@class='tcit-skip']|//nav/h2|//section[@role='doc-endnotes']/h2")
    found += root.xpath("//section[@role='doc-abstract']/h2|//p[@class='tcit-original']/a")
    return [
        one[0] if len(one) and one[0].tag in ("span", "a") and not (one.text or "").strip() else one
        for one in found
    ]


def test_words_in_another_language_than_the_text_are_marked() -> None:
    root = page(in_language("he"), Options(contents=True))
    words = words_of_ours(root)
    assert len(words) > len(OURS)
    assert {language_of(one) for one in words} == {"en"}
    for link in root.xpath("//a[@role='doc-backlink']"):
        assert language_of(link) == "en"  # what is said of it
        assert {language_of(inner) for inner in link} <= {"he"}  # what it shows
    assert root.xpath("//article/@data-words-lang") == ["en"]


@pytest.mark.parametrize("lang", ["de", "fr", "pl", "nb-NO"])
def test_words_in_the_language_of_the_text_need_no_mark(lang: str) -> None:
    root = page(in_language(lang), Options(contents=True))
    assert {language_of(one) for one in words_of_ours(root)} == {lang}
    english = set(map(str, vars_of(labels_for("en")))) - set(map(str, vars_of(labels_for(lang))))
    shown = {text(one).rstrip(" :.0123456789") for one in words_of_ours(root)}
    assert not shown & english


def vars_of(labels: Labels) -> list[object]:
    return [getattr(labels, one.name) for one in fields(Labels)]


def test_a_fragment_hangs_each_entry_on_the_side_where_it_begins() -> None:
    document = in_language("he")
    work = samples.entry("hebrew", "כהן, ד. (2011). *ספר הדוגמאות*. הוצאת הדוגמה.")
    listed = ReferenceList(entries=(*samples.LIST, work))
    document = replace(document, blocks=(*document.blocks[:2], listed))
    data = html.write(document, Options(edition=Edition.FRAGMENT), TEMPLATES).data.decode("utf-8")
    (article,) = lxml.html.fragments_fromstring(data)
    assert (article.get("lang"), article.get("dir")) == ("he", "rtl")
    english = article.xpath(".//li[@data-key='alden2001']")[0]
    assert english.get("dir") == "ltr"
    assert "padding-left: 2.25em" in english.xpath("p")[0].get("style")
    (hebrew,) = article.xpath(".//li[@data-key='hebrew']/p/@style")
    assert "padding-right: 2.25em" in hebrew
    for entries in article.xpath(".//ul[contains(@class, 'tcit-list')]"):
        assert "list-style: none; padding-right: 0" in entries.get("style")
