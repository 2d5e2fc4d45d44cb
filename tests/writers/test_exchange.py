"""Records as RIS and BibTeX."""

from __future__ import annotations

from typing import Any

import pybtex.database
import pytest

from tcit_export.writers.exchange import bibtex, ris
from tcit_export.writers.work_records import coins
from tests.writers import samples

ODD: dict[str, Any] = {
    "id": "odd key/1",
    "type": "report",
    "title": "50% & <i>more</i> #1: C++ \\ {braces}",
    "author": [
        {"literal": "World & Health"},
        {"family": "Berg", "given": "A.", "non-dropping-particle": "van den"},
    ],
    "issued": {"date-parts": [[2020, 3]]},
    "publisher": "A_B",
}


def test_ris_of_an_article() -> None:
    assert ris([samples.BLUME.data]).split("\r\n") == [
        "TY  - JOUR",
        "ID  - blume2013",
        "AU  - Blume-Marcovici, Amy C.",
        "AU  - Stolberg, Ronald A.",
        "AU  - Khademi, Mojgan",
        "TI  - Do therapists cry in therapy? The role of experience and other factors in "
        "therapists’ tears",
        "JO  - Psychotherapy",
        "PY  - 2013",
        "DA  - 2013",
        "VL  - 50",
        "IS  - 2",
        "SP  - 224",
        "EP  - 234",
        "DO  - 10.1037/a0031384",
        "UR  - https://doi.org/10.1037/a0031384",
        "ER  - ",
        "",
        "",
    ]


@pytest.mark.parametrize("work", samples.LIST, ids=lambda work: work.key)
def test_bibtex_is_read_back(work: samples.ReferenceEntry) -> None:
    (entry,) = pybtex.database.parse_string(bibtex(work.data), "bibtex").entries.values()
    assert entry.fields["title"] == work.data["title"]
    assert entry.fields["year"] == str(work.data["issued"]["date-parts"][0][0])
    names = entry.persons.get("author") or entry.persons["editor"]
    families = [name["family"] for name in work.data.get("author") or work.data["editor"]]
    assert [" ".join(name.last_names) for name in names] == families


def test_what_latex_would_take_for_commands_is_escaped() -> None:
    text = bibtex(ODD)
    assert text.startswith("@techreport{oddkey1,")
    assert r"title = {50\% \& more \#1: C++  {braces}}" in text
    assert r"author = {{World \& Health} and van den Berg, A.}" in text
    assert r"institution = {A\_B}" in text


def test_coins_have_no_plus_and_a_creator_for_groups_and_persons() -> None:
    title = coins(ODD)
    assert "+" not in title
    assert "rft.aucorp=World%20%26%20Health" in title
    assert "rft.au=van%20den%20Berg%2C%20A." in title
    assert "rft.genre=report" in title
