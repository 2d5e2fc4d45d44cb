"""What `tcit.toml` says of the look of PDFs, and what is inside them: each by a real build."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

import tcit_export
from tests.projects import BIBLIOGRAPHY, FILES, command, make_project

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="40" height="20" fill="#123456"/></svg>'
)
MORE = "\n".join(
    f"@book{{other{n}, author={{Other, Ann}}, title={{Not cited {n}}}, publisher={{P}}, year=2000}}"
    for n in range(30)
)


def built(root: Path, settings: str, suffix: str = ".pdf") -> pikepdf.Pdf:
    """The PDF of a small review in a project with these settings."""
    make_project(root, {**FILES, "tcit.toml": settings, "content/logo.svg": LOGO})
    report = tcit_export.build(root, formats=["pdf"])
    assert report.diagnostics == ()
    return pikepdf.open(root / f"output/review{suffix}")


def painted(file: pikepdf.Pdf) -> str:
    """What the pages and the drawings on them paint."""
    streams = (found for found in file.objects if isinstance(found, pikepdf.Stream))
    forms = [found for found in streams if found.get("/Subtype") == "/Form"]
    contents = [page.obj.Contents for page in file.pages]
    return "\n".join(found.read_bytes().decode("latin-1") for found in (*contents, *forms))


def fonts(file: pikepdf.Pdf) -> set[str]:
    found = (f for f in file.objects if isinstance(f, pikepdf.Dictionary) and "/BaseFont" in f)
    return {str(font.BaseFont).partition("+")[2] for font in found}


def test_the_accent_colours_links(tmp_path: Path) -> None:
    red = f"{0x7A / 255:.4f}"[:5]
    assert red not in painted(built(tmp_path / "plain", ""))
    assert red in painted(built(tmp_path / "red", 'accent = "#7a1f3d"'))


@pytest.mark.parametrize(("size", "pixels"), [("9", 12), ("15", 20)])
def test_the_size_of_text(tmp_path: Path, size: str, pixels: float) -> None:
    built(tmp_path, f"text-size = {size}")
    sizes: list[float] = []

    def visit(text: str, _: object, __: object, ___: object, size: float) -> None:
        if "What a therapist" in text:
            sizes.append(round(size, 2))

    PdfReader(tmp_path / "output/review.pdf").pages[0].extract_text(visitor_text=visit)
    assert sizes == [pixels]


def test_the_organisation_stands_over_the_second_page(tmp_path: Path) -> None:
    built(tmp_path, 'organisation = "A Society of Ours"\ntext-size = 36\n')
    first, second, *_ = PdfReader(tmp_path / "output/review.pdf").pages
    assert "A Society of Ours" not in first.extract_text()
    assert "A Society of Ours" in second.extract_text()


def test_the_logo_is_drawn(tmp_path: Path) -> None:
    blue = f"{0x12 / 255:.4f}"[:5]
    assert blue not in painted(built(tmp_path / "plain", ""))
    assert blue in painted(built(tmp_path / "logo", 'logo = "content/logo.svg"'))


def test_the_theme_chooses_the_type(tmp_path: Path) -> None:
    assert any("Serif" in name for name in fonts(built(tmp_path / "serif", 'theme = "serif"')))
    assert not any("Serif" in name for name in fonts(built(tmp_path / "sans", 'theme = "sans"')))


def test_emphasis_in_large_print(tmp_path: Path) -> None:
    """Bold type for italics, or a line below, of which the page paints more."""
    large = 'editions = ["large-print"]\n'
    bold = built(tmp_path / "bold", large, "-large-print.pdf")
    lines = built(tmp_path / "lines", large + 'emphasis = "underline"', "-large-print.pdf")
    assert not any("It" in name for name in fonts(bold) | fonts(lines))
    assert painted(lines).count(" l\n") > painted(bold).count(" l\n")


def test_only_the_entries_used_are_attached(tmp_path: Path) -> None:
    make_project(tmp_path, {**FILES, "content/works.bib": f"{MORE}\n{BIBLIOGRAPHY}"})
    tcit_export.build(tmp_path, formats=["pdf"])
    (name,) = (file := pikepdf.open(tmp_path / "output/review.pdf")).attachments
    text = file.attachments[name].get_file().read_bytes().decode()
    assert name == "references.bib"
    assert "@book{kahn2001," in text
    assert "@article{lee2020," in text
    assert text.count("@") == 2


def test_a_time_limit_can_be_set_and_is_told(tmp_path: Path) -> None:
    """In a process of its own, as the command line builds."""
    rows = "| a | b | c |\n|--|--|--|\n" + "| some words | in this | table |\n" * 3000
    text = f"---\ntitle: T\n---\n\nWords.\n\n{rows}"
    make_project(tmp_path, {"content/long.md": text, "tcit.toml": "pdf-seconds = 2\n"})
    done = command("build", "--format", "pdf", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("content/long.md:7:1: error[W003] no pdf was made: it took more")
    assert "than 2 s of processor time" in done.stderr
    assert "pdf-seconds = 20" in done.stderr
