"""What the suite's protocol can ask for: citations, bibliographies, sections, orders."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tcit_export.csl.suite import render

from .making import LOCALES, style_xml

STYLE = style_xml(
    '<layout delimiter=", "><text variable="citation-number"/><text variable="title" prefix=" "/>'
    '<choose><if position="ibid"><text value="!"/></if></choose></layout>',
    '<sort><key variable="title"/></sort><layout><text variable="citation-number" suffix=" "/>'
    '<text variable="title" form="short"/></layout>',
)
WORKS: list[dict[str, Any]] = [
    {"id": "z", "type": "book", "title": "Zeta", "keyword": "one, two"},
    {"id": 7, "type": "chapter", "title": "Alpha", "language": "de"},
    {"id": "m", "type": "book", "title": "Mid", "categories": ["one", "two"]},
]


def ask(mode: str, **more: Any) -> str:
    request = {"mode": mode, "csl": STYLE, "input": WORKS, "locales_dir": str(LOCALES), **more}
    return render(request)


def entries(**more: Any) -> list[str]:
    return re.findall(r'<div class="csl-entry">(.*?)</div>', ask("bibliography", **more))


def is_(field: str, value: str) -> dict[str, str]:
    return {"field": field, "value": value}


@pytest.mark.parametrize(
    ("section", "shown"),
    [({}, ["1 Alpha", "2 Mid", "3 Zeta"]),
     ({"select": [is_("type", "book"), is_("title", "Mid")]}, ["2 Mid"]),
     ({"include": [is_("type", "chapter"), is_("title", "Mid")]}, ["1 Alpha", "2 Mid"]),
     ({"exclude": [is_("type", "book")]}, ["1 Alpha"]),
     ({"quash": [is_("type", "book"), is_("title", "Mid")]}, ["1 Alpha", "3 Zeta"]),
     ({"include": [is_("categories", "one")]}, ["2 Mid"]),
     ({"include": [is_("keyword", "one")]}, []),
     ({"include": [is_("language", "")]}, ["2 Mid", "3 Zeta"])],
)  # fmt: skip
def test_sections_keep_the_numbers_of_the_whole(section: dict[str, Any], shown: list[str]) -> None:
    assert entries(bibsection=section) == shown


def test_no_sorting() -> None:
    assert entries(submode=["nosort"]) == ["1 Zeta", "2 Alpha", "3 Mid"]


def test_the_last_registry_counts() -> None:
    assert entries(bibentries=[["z", "m"], [7, "z"]]) == ["1 Alpha", "2 Zeta"]


def test_abbreviations() -> None:
    short = {"default": {"title": {"Zeta": "Z."}}}
    assert entries(abbreviations=short)[2] == "3 Z."


def test_one_citation_of_all_in_the_order_of_the_bibliography() -> None:
    assert ask("citation") == "1 Alpha, 2 Mid, 3 Zeta"


def test_positions_are_given_in_lists_and_worked_out_in_documents() -> None:
    lists = [[{"id": "z"}], [{"id": "z"}], [{"id": 7, "position": 2}]]
    assert ask("citation", citation_items=lists) == "3 Zeta\n3 Zeta\n1 Alpha!"
    document = [{"citationItems": cites} for cites in ([{"id": "z"}], [{"id": "z"}], [{"id": 7}])]
    assert ask("citation", document=document) == "2 Zeta\n2 Zeta!\n1 Alpha"


def test_a_citation_of_nothing_says_so() -> None:
    assert ask("citation", input=[], bibentries=[[]]).startswith("[CSL STYLE ERROR")
