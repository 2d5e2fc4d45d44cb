"""A user's own template: what it keeps, what is added, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers.docx import write
from tcit_export.writers.docx_package import DocxTemplateError, check_template
from tcit_export.writers.ooxml import NAMESPACES, qn
from tcit_export.writers.rendered import Rendered
from tests.projects import FILES, command, make_project
from tests.writers import docx_letterheads as made
from tests.writers.docx_reading import WordFile, faults
from tests.writers.samples import review, torture

TEMPLATES = Templates.of()


def on(template: bytes) -> Rendered:
    return write(review(), Options(docx_template=template), TEMPLATES)


def direct(data: bytes) -> list[str]:
    """Faults of our part of the file; a letterhead's own header may hold what it likes."""
    return [fault for fault in faults(data) if "children in a wrong order" not in fault]


def test_header_logo_margins_and_styles_stay() -> None:
    word = WordFile(on(made.letterhead()).data)
    section = word.body[-1]
    assert section.find(qn("w:pgMar")).get(qn("w:left")) == "2268"
    assert section.find(qn("w:pgSz")).get(qn("w:w")) == "11906"
    (header,) = [name for name in word.names if name.startswith("word/header")]
    assert b"Clinic of Examples" in word.parts[header]
    (logo,) = word.relationships(header).values()
    assert f"word/{logo.get('Target')}" in word.parts
    size = word.xml["word/styles.xml"].find(
        f"{qn('w:style')}[@{qn('w:styleId')}='Heading1']/{qn('w:rPr')}/{qn('w:sz')}"
    )
    assert size.get(qn("w:val")) == "62"
    assert not [name for name in word.names if name.startswith("word/footer")]


def test_its_own_text_and_its_author_go() -> None:
    rendered = on(made.letterhead())
    word = WordFile(rendered.data)
    assert word.lines()[0] == "Kind: Article review"
    assert b"Somebody Private" not in b"".join(word.parts.values())
    assert "the template's own text (5 words) was left out" in rendered.problems


def test_styles_it_lacks_are_added_and_named() -> None:
    rendered = on(made.letterhead())
    (added,) = [problem for problem in rendered.problems if "styles" in problem]
    assert added.startswith("the Word template lacks styles that were added: `Kind`, ")
    assert "`Bibliography`" in added
    assert "`List Bullet`" not in added
    assert "`heading 1`" not in added


@pytest.mark.parametrize(
    "template",
    [
        made.letterhead,
        made.dotx,
        made.german,
        made.two_sections,
        made.logo_in_the_body,
        made.old_mode,
        made.translated,
        made.bare,
        made.with_habits,
    ],
)
def test_the_file_is_sound_and_the_same_twice(template: object) -> None:
    data = template()  # type: ignore[operator]
    first = write(torture(), Options(docx_template=data, contents=True), TEMPLATES)
    second = write(torture(), Options(docx_template=data, contents=True), TEMPLATES)
    assert direct(first.data) == []
    assert first.data == second.data


def test_our_own_output_can_be_a_letterhead() -> None:
    once = write(torture(), Options(), TEMPLATES).data
    again = write(torture(), Options(docx_template=once), TEMPLATES)
    assert faults(again.data) == []
    assert not [problem for problem in again.problems if "styles" in problem]
    assert WordFile(again.data).lines() == WordFile(once).lines()


def test_a_dotx_becomes_a_document() -> None:
    types = WordFile(on(made.dotx()).data).parts["[Content_Types].xml"]
    assert made.TEMPLATE_TYPE not in types
    assert made.DOCUMENT_TYPE in types


def test_styles_are_found_by_name() -> None:
    word = WordFile(on(made.german()).data)
    assert word.styles["berschrift1"] == "heading 1"
    used = {e.get(qn("w:val")) for e in word.body.iter(qn("w:pStyle"))}
    assert "berschrift1" in used


def test_the_last_section_keeps_the_header_of_the_first() -> None:
    word = WordFile(on(made.two_sections()).data)
    references = word.body[-1].findall(qn("w:headerReference"))
    identifiers = [r.get(f"{{{NAMESPACES['r']}}}id") for r in references]
    (target,) = [word.relationships("word/document.xml")[i].get("Target") for i in identifiers]
    assert b"Only in the first section" in word.parts[f"word/{target}"]


def test_a_logo_in_the_body_stays() -> None:
    word = WordFile(on(made.logo_in_the_body()).data)
    assert word.body[0].find(f".//{qn('w:drawing')}") is not None
    assert word.body[0].find(f".//{qn('w:t')}").text == "before "
    assert "replaced" not in "".join(word.body.itertext())


def test_mode_and_private_paths_are_mended() -> None:
    word = WordFile(on(made.old_mode()).data)
    settings = word.xml["word/settings.xml"]
    modes = [
        e.get(qn("w:val"))
        for e in settings.iter(qn("w:compatSetting"))
        if e.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]
    assert b"C:/Users" not in b"".join(word.parts.values())
    assert settings.find(qn("w:attachedTemplate")) is None


def test_headings_are_found_by_their_level_where_the_name_is_translated() -> None:
    rendered = on(made.translated())
    assert "`heading 1`" not in "".join(rendered.problems)
    used = {e.get(qn("w:val")) for e in WordFile(rendered.data).body.iter(qn("w:pStyle"))}
    assert "berschrift1" in used


def test_nothing_of_the_templates_life_is_left() -> None:
    word = WordFile(on(made.with_habits()).data)
    assert "docProps/thumbnail.jpeg" not in word.names
    settings = {str(e.tag).rpartition("}")[2] for e in word.xml["word/settings.xml"]}
    assert not settings & {"mailMerge", "documentProtection", "updateFields"}
    properties = word.xml["docProps/app.xml"]
    assert {str(e.tag).rpartition("}")[2]: e.text for e in properties} == {
        "Application": "TCIT Export",
        "Company": None,
        "Manager": None,
    }


def test_a_logo_without_a_description_has_its_owners_name() -> None:
    template = made.logo_in_the_body()
    options = Options(docx_template=template, organisation="Clinic")
    word = WordFile(write(review(), options, TEMPLATES).data)
    assert word.body[0].find(f".//{qn('wp:docPr')}").get("descr") == "Clinic"


def test_what_a_template_lacks_of_a_page_is_added() -> None:
    word = WordFile(on(made.bare()).data)
    assert "word/theme/theme1.xml" in word.names
    margins = word.body[-1].find(qn("w:pgMar"))
    assert (margins.get(qn("w:header")), margins.get(qn("w:footer"))) == ("720", "720")
    feet = [word.lines(name) for name in word.names if name.startswith("word/footer")]
    assert [foot[0].partition(":")[0] for foot in feet] == ["footer Handout"] * 2
    tabs = [
        (tab.get(qn("w:val")), tab.get(qn("w:pos")))
        for style in word.xml["word/styles.xml"].iter(qn("w:style"))
        if word.styles[style.get(qn("w:styleId"))] == "footer Handout"
        for tab in style.iter(qn("w:tab"))
    ]
    assert tabs == [("clear", "4680"), ("clear", "9360"), ("right", "8640")]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (made.macros, "macros"),
        (made.bomb, "50 MB"),
        (made.doctype, "document type"),
        (made.other_zip, "no Word document"),
        (made.no_body, "damaged"),
        (made.missing_part, "damaged"),
        (made.broken_xml, "is no XML"),
        (made.bad_checksum, "no Word document, or damaged"),
        (lambda: b"", "no Word document"),
        (lambda: b"an ordinary text", "no Word document"),
        (made.compound, "Word 97 or has a password"),
        (made.workbook, "no Word document"),
        (made.strict, "Strict Open XML"),
        (made.macro_template, "macros"),
    ],
)
def test_what_is_no_letterhead_is_refused_in_one_sentence(template: object, words: str) -> None:
    data = template()  # type: ignore[operator]
    with pytest.raises(DocxTemplateError, match=words):
        check_template(data)
    rendered = on(data)
    assert rendered.problems[0].startswith("the Word template was not used: it")
    assert faults(rendered.data) == []


@pytest.mark.parametrize(
    ("settings", "arguments", "place"),
    [
        ('paper = "a4"\ndocx-template = "bad.docx"', (), "tcit.toml:2:1: error[W006]"),
        ("", ("--docx-template", "bad.docx"), "bad.docx:1:1: error[W006]"),
        ('docx-template = "none.dotx"', ("--docx-template", "bad.docx"), "bad.docx:1:1: error[W"),
    ],
)
def test_a_build_on_a_bad_letterhead_keeps_the_old_outputs(
    tmp_path: Path, settings: str, arguments: tuple[str, ...], place: str
) -> None:
    files = {"bad.docx": made.broken_xml(), "tcit.toml": settings, "output/review.docx": "old"}
    make_project(tmp_path, {**FILES, **files})
    done = command("build", "--format", "docx", *arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert place in done.stderr
    assert (tmp_path / "output" / "review.docx").read_text() == "old"


def test_a_project_with_a_bad_template_of_its_own_is_told(tmp_path: Path) -> None:
    make_project(tmp_path, {**FILES, "templates/handout.docx": made.no_body()})
    done = command("build", "--format", "docx", cwd=tmp_path)
    assert done.returncode == 1
    assert "templates/handout.docx:1:1: error[W006] the Word template" in done.stderr
    assert command("check", cwd=tmp_path).returncode == 1
