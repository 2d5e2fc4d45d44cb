"""The document as a work: its record, its date in words, the words around it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tcit_export.csl.item import Item
from tcit_export.model.document import Author, Labels, Metadata, PartialDate, Publication
from tcit_export.model.labels import labels_for
from tcit_export.model.nodes import Emph, Str
from tcit_export.resolve.formatting import record
from tcit_export.resolve.own import date_in_words, own_item
from tcit_export.styles import load_locale, load_style
from tests.resolve.test_cases import library

TITLE = (Str("Tears & "), Emph((Str("a < b"),)))


@pytest.mark.parametrize(
    ("date", "lang", "words"),
    [
        (PartialDate(2018), "en-US", "2018"),
        (PartialDate(2018, 1), "en-US", "January 2018"),
        (PartialDate(2018, 1, 5), "en-US", "January 5, 2018"),
        (PartialDate(2018, 1, 5), "en-GB", "5 January 2018"),
        (PartialDate(2018, 1, 5), "de", "5. Januar 2018"),
        (PartialDate(2018, 1, 1), "fr", "1er janvier 2018"),
        (PartialDate(2018, 1, 5), "fr-CA", "5 janvier 2018"),
        (PartialDate(2018, 1, 5), "es", "5 de enero de 2018"),
        (PartialDate(2018, 1), "es", "enero de 2018"),
        (PartialDate(2018, 1, 5), "nl", "5 januari 2018"),
        (None, "en-US", ""),
    ],
)
def test_dates_are_written_as_the_language_does(
    date: PartialDate | None, lang: str, words: str
) -> None:
    style = load_style("apa").value
    assert style is not None
    assert date_in_words(date, lang, load_locale(style, lang).value) == words


def test_a_page_on_the_web_names_its_site_and_what_it_reviews() -> None:
    metadata = Metadata(
        title=TITLE,
        subtitle=(Str("More"),),
        authors=(Author(given="T.", family="Rodriguez"), Author(literal="A Society")),
        date=PartialDate(2018, 1),
        publication=Publication(publisher="A Society", url="https://example.org"),
    )
    item = own_item(metadata, "key", [library()["kahn2001"]], Labels())
    assert item is not None
    assert (item.id, item.type) == ("key", "webpage")
    assert item.fields["title"] == "Tears & <i>a < b</i>: More"
    assert item.fields["container-title"] == "A Society"
    assert item.fields["URL"] == "https://example.org"
    assert item.fields["reviewed-genre"] == "book"
    assert item.dates["issued"].date_parts == ((2018, 1),)
    assert [name.literal or name.family for name in item.names["author"]] == [
        "Rodriguez",
        "A Society",
    ]


def test_a_page_in_a_journal_is_an_article() -> None:
    publication = Publication(container="J", volume="3", pages="1--4", doi="10.1/x", url="http://x")
    metadata = Metadata(title=TITLE, authors=(Author(family="A"),), publication=publication)
    item = own_item(metadata, "key", [], Labels())
    assert item is not None
    assert item.type == "article-journal"
    assert item.fields["page"] == "1-4"
    assert item.fields["DOI"] == "10.1/x"
    assert "URL" not in item.fields
    assert "tcit-title-addon" not in item.fields


def test_without_a_title_or_anyone_responsible_there_is_nothing_to_cite() -> None:
    assert own_item(Metadata(authors=(Author(family="A"),)), "key", [], Labels()) is None
    assert own_item(Metadata(title=TITLE), "key", [], Labels()) is None


LANGUAGES = ["da", "de", "de-AT", "es", "fr", "it", "nb", "nl", "no", "pl", "pt-BR", "sv"]
SAME = {"lang", "colon", "page", "notes", "note", "figure", "of", "download"}
"""What may be the same as in English: some languages have the very word."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_is_translated_and_keeps_its_places(lang: str) -> None:
    english, labels = Labels(), labels_for(lang)
    for field in fields(Labels):
        if field.name == "lists":
            continue
        ours, theirs = getattr(labels, field.name), getattr(english, field.name)
        assert ours or field.name == "lang"
        assert ours != theirs or field.name in SAME, field.name
        for place in ("{work}", "{number}", "{address}"):
            assert (place in ours) is (place in theirs), field.name


@pytest.mark.parametrize("types", [("book",), ("thesis",), ("book", "book")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_reviewed_has_its_words_in_every_language(
    lang: str, types: tuple[str, ...]
) -> None:
    ours, theirs = labels_for(lang, types), labels_for("en", types)
    assert ours.reviewed_work not in (theirs.reviewed_work, labels_for(lang).reviewed_work)
    assert ours.read_original != theirs.read_original


@pytest.mark.parametrize(
    ("lang", "words", "marked"),
    [
        ("en-GB", "en", ""),
        ("de-CH", "de", ""),
        ("no", "nb", ""),
        ("nn", "nb", "nb"),
        ("fi", "en", "en"),
        ("he", "en", "en"),
        ("", "en", "en"),
    ],
)
def test_words_in_another_language_than_the_documents_say_so(
    lang: str, words: str, marked: str
) -> None:
    labels = labels_for(lang)
    assert labels.lang == marked
    assert labels.references == labels_for(words).references


@pytest.mark.parametrize(
    ("types", "label"),
    [
        ((), "Reviewed article"),
        (("article-journal",), "Reviewed article"),
        (("book",), "Reviewed book"),
        (("motion_picture",), "Reviewed work"),
        (("book", "book"), "Reviewed works"),
    ],
)
def test_labels_say_what_is_reviewed(types: tuple[str, ...], label: str) -> None:
    assert labels_for("en-GB", types).reviewed_work == label
    assert labels_for("xx", types).reviewed_work == label


def test_a_record_is_handed_on_as_plain_csl_json() -> None:
    item = Item.from_json(
        {"id": "a", "type": "book", "title": "A book", "tcit-sort-title": "book", "DOI": "10.1/x"}
    )
    assert record(item) == {"id": "a", "type": "book", "title": "A book", "DOI": "10.1/x"}
