"""Styles and locales by name, and what is said of names that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcit_export.styles import load_locale, load_style, style_names
from tcit_export.templates import Templates


def test_apa_is_ours_and_the_packages_own_stays_reachable() -> None:
    ours, theirs = load_style("apa").value, load_style("csl:apa").value
    assert ours is not None
    assert theirs is not None
    assert ours.info.id.startswith("urn:tcit-export")
    assert ours.info.id != theirs.info.id


def test_dependent_styles_come_through_their_parents() -> None:
    style = load_style("american-psychologist").value
    assert style is not None
    assert style.info.parent.endswith("/apa")
    assert style.bibliography is not None


def test_styles_are_parsed_once() -> None:
    assert load_style("apa").value is load_style("apa").value


def test_a_project_has_its_styles_first(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "styles"
    own.mkdir(parents=True)
    text = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>Mine</title>'
        '</info><citation><layout><text variable="title"/></layout></citation></style>'
    )
    (own / "apa.csl").write_text(text)
    (tmp_path / "near.csl").write_text(text)
    for name in ("apa", "near.csl"):
        style = load_style(
            name, templates=Templates.of(tmp_path / "templates"), root=tmp_path
        ).value
        assert style is not None
        assert style.info.title == "Mine"


def test_an_unknown_name_is_a_mistake_with_the_nearest_name() -> None:
    parsed = load_style("chicago-autor-date")
    assert parsed.value is None
    (found,) = parsed.diagnostics
    assert found.code == "S001"
    assert "`chicago-autor-date`" in found.message
    assert "`chicago-author-date`" in found.hints[0]


@pytest.mark.parametrize("name", ["../secret.csl", "/etc/passwd", "a\0b", "styles/../../x", ""])
def test_no_name_leads_out_of_the_folders(name: str, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.csl").write_text("<style/>")
    assert load_style(name, root=tmp_path).value is None


@pytest.mark.parametrize("text", ["", "<style", "<locale/>", "<!DOCTYPE style><style/>"])
def test_a_broken_style_is_a_mistake(text: str, tmp_path: Path) -> None:
    (tmp_path / "broken.csl").write_text(text)
    parsed = load_style("broken.csl", root=tmp_path)
    assert parsed.value is None
    assert [found.code for found in parsed.diagnostics] == ["S002"]


def test_locales_fall_back_and_say_so() -> None:
    style = load_style("apa").value
    assert style is not None
    german = load_locale(style, "de")
    assert german.diagnostics == ()
    assert german.value.term("and") == "und"
    assert load_locale(style, "en-GB").diagnostics == ()
    unknown = load_locale(style, "xx-XX")
    assert [found.code for found in unknown.diagnostics] == ["S003"]
    assert unknown.value.term("and") == "and"


def test_names_of_all_styles() -> None:
    names = list(style_names())
    assert names[:2] == ["apa", "apa-6th-edition"]
    assert len(names) > 5_000
    assert "csl:apa" in names
    assert "modern-language-association" in names
