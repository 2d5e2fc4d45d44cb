"""The page that lists a folder's documents."""

from __future__ import annotations

import re

import pytest

from tcit_export.model.document import DocumentKind
from tcit_export.templates import Templates
from tcit_export.writers.index import (
    Index,
    IndexFile,
    groups,
    labels_for,
    readable_size,
    write,
)
from tcit_export.writers.index_entry import IndexEntry, entry
from tests.writers.samples import review

REVIEW = IndexEntry("A review", "a.html", date="2018-01", date_text="January 2018")
LIST = IndexEntry("A list", "b.html", DocumentKind.READING_LIST)


def page(*entries: IndexEntry, organisation: str = "") -> str:
    return write(Index(entries, organisation), Templates.of()).data.decode()


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "1 kB"),
        (1, "1 kB"),
        (1_499, "1 kB"),
        (34_567, "35 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_234_567, "1.2 MB"),
    ],
)
def test_sizes_read_as_people_say_them(size: int, shown: str) -> None:
    assert readable_size(size).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_an_entry_tells_what_the_document_says_of_itself() -> None:
    document = review()
    found = entry(document)
    assert found.title
    assert found.authors
    assert found.kind is DocumentKind.REVIEW
    assert found.date == document.metadata.date.isoformat() if document.metadata.date else True
    assert found.date_text == document.date_text


def test_documents_are_grouped_by_kind_newest_first_and_undated_last() -> None:
    titles = [
        REVIEW._replace(title="Undated", date=""),
        REVIEW._replace(title="b of 2018"),
        LIST,
        REVIEW._replace(title="A of 2018"),
        REVIEW._replace(title="Of 2024", date="2024-03-05"),
    ]
    found = groups(titles, labels_for("en"))
    assert [group.title for group in found] == ["Reviews", "Reading lists"]
    assert [e.title for e in found[0].entries] == ["Of 2024", "A of 2018", "b of 2018", "Undated"]


def test_a_kind_without_documents_has_no_heading() -> None:
    assert "Reading lists</h2>" not in page(REVIEW)


def test_the_order_of_the_entries_does_not_change_the_page() -> None:
    assert page(REVIEW, LIST) == page(LIST, REVIEW)


def test_text_of_documents_is_escaped() -> None:
    nasty = '"><script>alert(1)</script>'
    html = page(
        IndexEntry(nasty, "a.html", authors=nasty, date="2018", date_text=nasty, search=nasty),
        LIST._replace(note=nasty),
        organisation=nasty,
    )
    assert "<script>alert" not in html
    assert html.count("<script>") == 1


def test_formats_are_linked_with_their_sizes_and_named_with_their_document() -> None:
    html = page(REVIEW._replace(files=(IndexFile("pdf", "a.pdf", 34_567),)))
    link = re.search(r'<a id="([^"]+)" href="a.pdf" aria-labelledby="\1 ([^"]+)">', html)
    assert link
    assert f'<h3 id="{link[2]}">' in html
    assert "35\N{NO-BREAK SPACE}kB" in html


def test_the_page_speaks_the_language_that_its_documents_share() -> None:
    german = REVIEW._replace(lang="de-DE")
    assert '<html lang="de-DE">' in page(german, german._replace(title="Noch eine"))
    assert '<html lang="en-US">' in page(german, LIST)
    assert '<h3 id="document-1-1" lang="de-DE">' in page(german, LIST)


def test_one_document_needs_no_search() -> None:
    assert "<search" not in page(REVIEW)
    assert "<search" in page(REVIEW, LIST)


def test_nothing_is_asked_of_anyone() -> None:
    html = page(REVIEW, LIST)
    assert "default-src &#39;none&#39;" in html
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
