"""What a page tells machines: read back by their rules."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, Final
from urllib.parse import unquote

import lxml.html
import pytest

from tcit_export.bibliography.load import load_library
from tcit_export.model.document import Publication, ResolvedDocument
from tcit_export.model.options import Options
from tcit_export.source import Source
from tcit_export.templates import Templates
from tcit_export.writers import html
from tcit_export.writers.exchange import ris
from tcit_export.writers.work_records import coins
from tests.inside import downloaded
from tests.writers import samples

FORMATS: Final = {
    "info:ofi/fmt:kev:mtx:journal": "journalArticle",
    "info:ofi/fmt:kev:mtx:dissertation": "thesis",
    "info:ofi/fmt:kev:mtx:patent": "patent",
    "info:ofi/fmt:kev:mtx:dc": "webpage",
}
BOOK_GENRES: Final = {"bookitem": "bookSection", "proceeding": "conferencePaper"}


def as_zotero(title: str) -> dict[str, Any]:
    """A COinS as Zotero's connector understands it (its `parseContextObject`)."""
    pairs = [part.split("=", 1) for part in title.split("&")]
    values = [(name, unquote(re.sub(r"\+|%2[bB]", " ", value))) for name, value in pairs]
    last = dict(values)
    format, genre = last["rft_val_fmt"], last.get("rft.genre", "")
    kind = FORMATS.get(format) or BOOK_GENRES.get(genre, "report" if genre == "report" else "book")
    if format.endswith(":dc"):
        kind = last.get("rft.type", kind)
    inside = kind in ("journalArticle", "bookSection", "conferencePaper")
    return {
        "itemType": kind,
        "title": last.get("rft.atitle")
        if inside
        else last.get("rft.btitle", last.get("rft.title")),
        "publicationTitle": last.get("rft.jtitle") or (inside and last.get("rft.btitle")) or "",
        "people": [value.split(", ") for name, value in values if name == "rft.au"],
        "groups": [value for name, value in values if name == "rft.aucorp"],
        "date": last.get("rft.date"),
        "DOI": next((v[9:] for n, v in values if n == "rft_id" and v.startswith("info:doi/")), ""),
        "url": last.get("rft.identifier", ""),
        "publisher": last.get("rft.pub") or last.get("rft.publisher") or last.get("rft.inst") or "",
        "pages": last.get("rft.pages", ""),
    }


ENTRIES: Final = [
    ("article", "journaltitle = {A journal}", "JOUR", "journalArticle"),
    ("book", "publisher = {Press}", "BOOK", "book"),
    ("collection", "publisher = {Press}", "BOOK", "book"),
    ("incollection", "booktitle = {A book}, publisher = {Press}", "CHAP", "bookSection"),
    ("inproceedings", "booktitle = {Proceedings}", "CPAPER", "conferencePaper"),
    ("phdthesis", "school = {A university}", "THES", "thesis"),
    ("techreport", "institution = {An institute}", "RPRT", "report"),
    ("online", "url = {https://example.org/a}", "ELEC", "webpage"),
    ("dataset", "publisher = {Archive}, doi = {10.1/d}", "DATA", "dataset"),
    ("software", "publisher = {Maker}", "COMP", "computerProgram"),
    ("patent", "number = {US 1}", "PAT", "patent"),
]


@pytest.mark.parametrize(("kind", "fields", "ris_type", "item_type"), ENTRIES)
def test_each_kind_of_entry_is_what_it_is_in_every_manager(
    kind: str, fields: str, ris_type: str, item_type: str
) -> None:
    role = "editor" if kind == "collection" else "author"
    text = f"@{kind}{{a, {role} = {{Kahn, Ann}}, title = {{A title}}, year = 2001, {fields}}}"
    entry = load_library((Source("a.bib", text),)).value["a"]
    record = entry.item.to_json()
    assert ris([record]).startswith(f"TY  - {ris_type}\r\n")
    read = as_zotero(coins(record))
    assert read["itemType"] == item_type
    assert read["title"] == "A title"
    assert read["people"] == [["Kahn", "Ann"]]
    assert read["date"] == "2001"


def test_a_chapter_keeps_its_book_and_a_page_its_site() -> None:
    chapter = as_zotero(coins(samples.ALDEN.data))
    assert chapter["publicationTitle"] == "Changes in the therapist"
    assert chapter["pages"] == "117-131"
    assert chapter["publisher"] == "Erlbaum"
    page = {"type": "webpage", "title": "T", "container-title": "Site", "URL": "https://e.org/a"}
    assert "rft.source=Site" in coins(page)
    assert as_zotero(coins(page))["url"] == "https://e.org/a"


def test_the_record_of_the_page_and_of_each_reference_is_read() -> None:
    root = written(samples.review())
    own, *listed = [as_zotero(title) for title in root.xpath("//span[@class='Z3988']/@title")]
    assert own["people"] == [["Rodriguez", "T."], ["Slavin-Mulford", "Jenelle"]]
    assert [work["title"] for work in listed] == [work.data["title"] for work in samples.LIST]
    assert all(work["people"] or work["groups"] for work in listed)


PUBLISHED: Final = Publication(
    container="Journal of Reviews",
    publisher="A Society",
    url="https://example.org/review?a=1&b=2",
    doi="10.5555/12345678",
    volume="3",
    issue="1",
    pages="1–9",
)


def written(document: ResolvedDocument) -> lxml.html.HtmlElement:
    data = html.write(document, Options(), Templates.of()).data
    return lxml.html.document_fromstring(data.decode("utf-8"))


@pytest.fixture(scope="module")
def published() -> lxml.html.HtmlElement:
    review = samples.review()
    return written(replace(review, metadata=replace(review.metadata, publication=PUBLISHED)))


def named(root: lxml.html.HtmlElement, attribute: str, prefix: str) -> dict[str, list[str]]:
    """The meta tags whose names begin so, each with its contents."""
    found: dict[str, list[str]] = {}
    for tag in root.xpath(f"//meta[starts-with(@{attribute}, '{prefix}')]"):
        found.setdefault(tag.get(attribute), []).append(tag.get("content"))
    return found


def test_highwire_tags_tell_what_scholarly_indexes_ask_for(
    published: lxml.html.HtmlElement,
) -> None:
    tags = named(published, "name", "citation_")
    assert tags.pop("citation_title")[0].startswith("The role of therapists crying")
    assert tags.pop("citation_keywords")
    assert tags == {
        "citation_author": ["Rodriguez, T.", "Slavin-Mulford, Jenelle"],
        "citation_publication_date": ["2018/01"],
        "citation_journal_title": ["Journal of Reviews"],
        "citation_publisher": ["A Society"],
        "citation_volume": ["3"],
        "citation_issue": ["1"],
        "citation_firstpage": ["1"],
        "citation_lastpage": ["9"],
        "citation_doi": ["10.5555/12345678"],
        "citation_public_url": ["https://example.org/review?a=1&b=2"],
        "citation_language": ["en-US"],
    }


def test_the_preview_in_a_message_has_title_words_and_address_and_asks_for_nothing(
    published: lxml.html.HtmlElement,
) -> None:
    (title,) = published.xpath("//title/text()")
    tags = named(published, "property", "og:")
    assert tags["og:type"] == ["article"]
    assert tags["og:title"] == [title]
    assert tags["og:url"] == ["https://example.org/review?a=1&b=2"]
    assert tags["og:site_name"] == ["Journal of Reviews"]
    assert named(published, "name", "twitter:") == {"twitter:card": ["summary"]}
    assert published.xpath("//link[@rel='canonical']/@href") == tags["og:url"]
    assert not published.xpath("//link[not(@rel='canonical')]|//*[@property='og:image']")


def test_the_canonical_address_is_the_doi_where_there_is_no_other() -> None:
    review = samples.review()
    publication = replace(PUBLISHED, url="javascript:alert(1)")
    root = written(replace(review, metadata=replace(review.metadata, publication=publication)))
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://doi.org/10.5555/12345678"]


def test_linked_data_is_a_review_of_an_article_with_its_citations(
    published: lxml.html.HtmlElement,
) -> None:
    (script,) = published.xpath("//script[@type='application/ld+json']")
    data = json.loads(script.text)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Review")
    assert data["datePublished"] == "2018-01"
    assert data["url"] == "https://example.org/review?a=1&b=2"
    reviewed = data["itemReviewed"]
    assert reviewed["@type"] == "ScholarlyArticle"
    volume = reviewed["isPartOf"]["isPartOf"]
    assert (volume["volumeNumber"], volume["isPartOf"]["name"]) == ("50", "Psychotherapy")
    kinds = [work["@type"] for work in data["citation"]]
    assert len(kinds) == len(samples.LIST)
    assert {"Book", "Chapter", "ScholarlyArticle"} <= set(kinds)
    assert all(
        work["name"] and (work.get("author") or work.get("editor")) for work in data["citation"]
    )


NAMES: Final = {"family", "given", "literal", "suffix", "non-dropping-particle"}


def test_the_references_as_csl_json_have_its_shape() -> None:
    root = written(samples.review())
    (link,) = root.xpath("//a[@download='references.json']/@href")
    records = json.loads(downloaded(link))
    assert [record["id"] for record in records] == [work.key for work in samples.LIST]
    for record in records:
        assert isinstance(record["type"], str)
        for name in (*record.get("author", ()), *record.get("editor", ())):
            assert name.keys() <= NAMES | {"dropping-particle"}
        for parts in record["issued"]["date-parts"]:
            assert all(isinstance(part, int) for part in parts)
