"""The public functions, as the contract names them."""

from __future__ import annotations

from pathlib import Path

import pytest

import tcit_export
from tests.projects import BIBLIOGRAPHY, FILES, make_project, outputs

LEE = "Lee, A., & Müller, J. (2020). What tears say. Journal of Practice, 12(3), 1–9. "


def test_references_in_the_order_of_the_list() -> None:
    kahn, lee = tcit_export.format_references(BIBLIOGRAPHY)
    assert (kahn.key, lee.key) == ("kahn2001", "lee2020")
    assert lee.text == f"{LEE}https://doi.org/10.1000/xyz.123"
    assert "<i>Journal of Practice</i>, <i>12</i>(3)" in lee.html
    assert "<a" not in lee.html
    assert lee.cite_parenthetical == "(Lee & Müller, 2020)"
    assert lee.cite_narrative == "Lee and Müller (2020)"


def test_references_of_some_keys_in_another_style() -> None:
    (lee,) = tcit_export.format_references(
        BIBLIOGRAPHY, keys=["lee2020"], style="modern-language-association", locale="en-US"
    )
    assert lee.text.startswith("Lee, Ann, and Jörg Müller.")


def test_citations_of_one_document() -> None:
    found = tcit_export.format_citations(
        BIBLIOGRAPHY, ["[see @kahn2001, p. 3; @lee2020]", "@lee2020", "[-@kahn2001]"]
    )
    assert [citation.text for citation in found] == [
        "(see Kahn & Fromm, 2001, p. 3; Lee & Müller, 2020)",
        "Lee and Müller (2020)",
        "(2001)",
    ]
    assert found[0].html.startswith("(see Kahn &amp; Fromm")


def test_mistakes_of_the_caller_are_exceptions() -> None:
    with pytest.raises(KeyError):
        tcit_export.format_references(BIBLIOGRAPHY, keys=["nobody"])
    with pytest.raises(KeyError):
        tcit_export.format_citations(BIBLIOGRAPHY, ["@nobody"])
    with pytest.raises(ValueError, match="no citation"):
        tcit_export.format_citations(BIBLIOGRAPHY, ["no citation"])
    with pytest.raises(tcit_export.ContentError, match="there is no style"):
        tcit_export.format_references(BIBLIOGRAPHY, style="no-such-style")


def test_mistakes_in_the_text_come_with_their_places() -> None:
    with pytest.raises(tcit_export.ContentError) as caught:
        tcit_export.format_references("@book{a,\n  title = {T\n")
    assert str(caught.value).startswith("<bibtex>:1:1: ")
    assert all(d.location.path == "<bibtex>" for d in caught.value.diagnostics)


def test_build(tmp_path: Path) -> None:
    root = make_project(tmp_path, FILES)
    report = tcit_export.build(root, formats=["html", "docx"])
    assert report.ok
    assert sorted(outputs(root)) == ["review.docx", "review.html"]
    assert [(f.format, f.document, f.references) for f in report.files] == [
        ("docx", "content/review.md", 3),
        ("html", "content/review.md", 3),
    ]
    (verification,) = report.verifications
    assert verification.ok
    assert (verification.compared, verification.references) == (("docx", "html"), 3)


def test_build_elsewhere_in_another_style(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", FILES)
    report = tcit_export.build(
        str(root), paths=["content/review.md"], formats=("html",), output=tmp_path / "elsewhere",
        style="american-medical-association",
    )  # fmt: skip
    assert report.ok
    text = (tmp_path / "elsewhere" / "review.html").read_text(encoding="utf-8")
    assert "Lee A, Müller J. What tears say" in text
    assert not (root / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"formats": ["epub"]}, ValueError),
        ({"paths": ["content/nowhere.md"]}, FileNotFoundError),
        ({"paths": ["../elsewhere.md"]}, FileNotFoundError),
    ],
)
def test_build_with_wrong_arguments(
    tmp_path: Path, arguments: dict[str, list[str]], error: type[Exception]
) -> None:
    root = make_project(tmp_path / "p", FILES)
    (tmp_path / "elsewhere.md").write_text("no")
    with pytest.raises(error):
        tcit_export.build(root, **arguments)  # type: ignore[arg-type]


def test_build_of_what_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tcit_export.build(tmp_path)
