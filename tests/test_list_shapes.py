"""Annotated bibliographies and lists of one's own works: lists like all others."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

import tcit_export
from tests.inside import texts_inside
from tests.projects import make_project

WORKS = """\
@article{example2020, author = {Example, Ann B. and Muster, Max}, title = {On waiting},
  journal = {Journal of Examples}, year = {2020}, volume = {1}, pages = {1--9},
  annotation = {Counts who waits, and for whom.}, privatenote = {Ask Max for the data.}}
@article{example2018, author = {Muster, Max and Example, A. B.}, title = {On queues},
  journal = {Journal of Examples}, year = {2018}, volume = {2}, pages = {10--19},
  abstract = {The short of it.}}
@book{example2019, author = {Example, Ann B.}, title = {Waiting}, publisher = {Example Press},
  year = {2019}}
"""
ANNOTATED = """\
---
title: An annotated bibliography
kind: reading-list
---

::: {.references select="type:article" annotations=true}
:::
"""
VITA = """\
---
title: Publications
kind: reading-list
---

::: {.references select="author:Example" group="type" sort="-year" emphasise="Example, A. B."}
:::
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shapes")
    texts = {"content/annotated.md": ANNOTATED, "content/vita.md": VITA, "content/works.bib": WORKS}
    report = tcit_export.build(make_project(folder, texts))
    assert report.ok, [diagnostic.message for diagnostic in report.diagnostics]
    assert report.diagnostics == ()
    return folder


def page(root: Path, name: str) -> html.HtmlElement:
    return html.parse(str(root / "output" / f"{name}.html")).getroot()


def items(root: Path, name: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page(root, name).iter("li")]


def test_annotations_and_abstracts_stand_below_their_references(root: Path) -> None:
    texts = [text for text in items(root, "annotated") if "Journal of Examples" in text]
    assert len(texts) == 2
    assert "Counts who waits, and for whom." in texts[0]
    assert "The short of it." in texts[1]


def test_own_works_stand_by_type_the_newest_first_with_the_own_name_in_bold(root: Path) -> None:
    headings = [heading.text_content().strip() for heading in page(root, "vita").iter("h2")]
    assert headings[:2] == ["Journal articles", "Books"]
    texts = [text for text in items(root, "vita") if "Example" in text and "(20" in text]
    assert [text.partition("(")[2][:4] for text in texts] == ["2020", "2018", "2019"]
    bold = [node.text_content() for node in page(root, "vita").iter("strong")]
    assert [name for name in bold if name.startswith("Example")] == ["Example, A. B."] * 3


def test_a_list_is_a_call_in_python() -> None:
    made = tcit_export.reading_list(WORKS, title="Mine", select="year>=2019", group_by="year")
    text = html.fromstring(made.decode()).text_content()
    assert "Mine" in text
    assert ("On waiting" in text, "On queues" in text) == (True, False)
    with pytest.raises(tcit_export.ContentError, match="--select:1:1: "):
        tcit_export.reading_list(WORKS, select="yaer>=2019")
    with pytest.raises(tcit_export.ContentError):
        tcit_export.reading_list("@book{a, title = {A}")
    with pytest.raises(tcit_export.ContentError):
        tcit_export.reading_list(WORKS, style="no-such-style")
    with pytest.raises(ValueError, match="epub"):
        tcit_export.reading_list(WORKS, format="epub")


def test_private_notes_are_in_no_file(root: Path) -> None:
    for path in sorted((root / "output").glob("annotated.*")):
        text = texts_inside(path)
        assert "On waiting" in text, path.name
        assert "Ask Max" not in text, path.name
