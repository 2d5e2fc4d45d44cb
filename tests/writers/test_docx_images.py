"""Pictures: formats that Word takes and does not take, sizes, and descriptions."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Picture

from tcit_export.model.document import Metadata, ResolvedDocument, Resource
from tcit_export.model.nodes import Attributes, Image
from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers.docx import write
from tcit_export.writers.docx_images import length, size_of
from tcit_export.writers.docx_svg import clean_svg
from tcit_export.writers.ooxml import qn
from tcit_export.writers.rendered import Rendered
from tests.projects import FILES, command, make_project
from tests.writers.docx_reading import WordFile, faults
from tests.writers.samples import para, picture, text

TEMPLATES = Templates.of()
INCH = 1440


def shown(resource: Resource, image: Image | None = None) -> Rendered:
    image = image or Image(resource.name, "words")
    document = ResolvedDocument(
        Metadata(title=text("T")), (para(image),), resources={resource.name: resource}
    )
    rendered = write(document, Options(), TEMPLATES)
    assert faults(rendered.data) == []
    return rendered


def media(rendered: Rendered) -> list[str]:
    return [name for name in WordFile(rendered.data).names if "/media/" in name]


@pytest.mark.parametrize(
    ("form", "kept"),
    [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("WEBP", "png"), ("BMP", "png")],
)
def test_formats(form: str, kept: str) -> None:
    rendered = shown(picture("a", form=form))
    assert media(rendered) == [f"word/media/handout1.{kept}"]
    assert rendered.problems == ()
    assert WordFile(rendered.data).lines()[2] == "Body Text: ![words 64x32mm]"


DRAWING = Resource(
    "a.svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="100"'
    b' height="100" fill="#ff0000"/><text x="120" y="60" font-size="40">MM</text></svg>',
    "image/svg+xml",
    200,
    100,
)


def test_svg_stands_beside_a_bitmap_of_itself() -> None:
    """300 pixels to the inch; its letters drawn, what is empty left clear."""
    rendered = shown(DRAWING, Image("a.svg", "words", attributes=sized("2in")))
    assert media(rendered) == ["word/media/handout1.svg", "word/media/handout2.png"]
    assert rendered.problems == ()
    word = WordFile(rendered.data)
    assert word.body.find(f".//{qn('asvg:svgBlip')}") is not None
    with Picture.open(BytesIO(word.parts["word/media/handout2.png"])) as drawn:
        assert drawn.size == (600, 300)
        assert drawn.getpixel((150, 150)) == (255, 0, 0, 255)
        assert drawn.getpixel((320, 20)) == (0, 0, 0, 0)
        letters = drawn.crop((360, 0, 600, 300)).getchannel("A").getextrema()
    assert letters == (0, 255)
    assert shown(DRAWING, Image("a.svg", "words", attributes=sized("2in"))) == rendered


def test_svg_of_two_sizes_has_two_bitmaps() -> None:
    images = [Image("a.svg", "words", attributes=sized(width)) for width in ("1in", "2in", "1in")]
    document = ResolvedDocument(
        Metadata(title=text("T")), (para(*images),), resources={"a.svg": DRAWING}
    )
    names = media(write(document, Options(), TEMPLATES))
    assert [name.rpartition(".")[2] for name in names] == ["svg", "png", "png"]


def test_svg_that_cannot_be_drawn_is_its_description() -> None:
    empty = replace(DRAWING, data=b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>')
    rendered = shown(empty)
    assert WordFile(rendered.data).lines()[2] == "Body Text: words"
    assert "`a.svg` cannot be shown by Word" in rendered.problems[0]


def sized(width: str) -> Attributes:
    return Attributes(pairs=(("width", width),))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n but broken", "image/png"),
        (b"", "image/jpeg"),
        (b"RIFF....WEBP", "image/webp"),
        (b"<svg", "image/svg+xml"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
            "image/svg+xml",
        ),
    ],
)
def test_what_is_no_picture_is_its_description(data: bytes, kind: str) -> None:
    rendered = shown(Resource("a.x", data, kind, 10, 10))
    assert media(rendered) == []
    assert WordFile(rendered.data).lines()[2] == "Body Text: words"
    assert "`a.x` cannot be shown by Word" in rendered.problems[0]


def test_a_missing_picture_reads_alike_in_each_format(tmp_path: Path) -> None:
    text = FILES["content/review.md"].replace("[see", "![a wall](none.png) ![](none.svg) [see")
    make_project(tmp_path, {**FILES, "content/review.md": text})
    command("build", "--keep-going", "--format", "docx,html", cwd=tmp_path)
    assert command("verify", cwd=tmp_path).returncode == 0
    word = WordFile((tmp_path / "output" / "review.docx").read_bytes())
    assert any("> a wall none.svg (see" in line for line in word.lines())


def test_a_picture_used_twice_is_kept_once() -> None:
    resource = picture("a.png")
    document = ResolvedDocument(
        Metadata(title=text("T")),
        (para(Image("a.png", "one"), Image("a.png", "two")),),
        resources={"a.png": resource},
    )
    assert len(media(write(document, Options(), TEMPLATES))) == 1


def test_a_picture_that_says_nothing_is_marked_as_decorative() -> None:
    body = WordFile(shown(picture("a.png"), Image("a.png", "")).data).body
    assert body.find(f".//{qn('adec:decorative')}").get("val") == "1"


@pytest.mark.parametrize(
    ("typed", "twips"),
    [
        ("2in", 2880), ("2.54cm", 1440), ("10mm", 567), ("96px", 1440), ("96", 1440),
        ("12pt", 240), ("50%", 500), (" 2 IN ", 2880),
        ("", None), ("0", None), ("-1in", None), ("wide", None), ("1furlong", None),
        ("1e9px", None),
    ],
)  # fmt: skip
def test_lengths(typed: str, twips: int | None) -> None:
    found = length(typed, 1000)
    assert (None if found is None else round(found)) == twips


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ({}, (3600, 1800)),
        ({"width": "1in"}, (INCH, INCH // 2)),
        ({"height": "1in"}, (2 * INCH, INCH)),
        ({"width": "1in", "height": "1in"}, (INCH, INCH)),
        ({"width": "100%"}, (5000, 2500)),
        ({"width": "99in"}, (5000, 2500)),
        ({"width": "1in", "height": "99in"}, (round(INCH * 8 / 99), 8 * INCH)),
    ],
)
def test_sizes_fit_the_page(typed: dict[str, str], size: tuple[int, int]) -> None:
    attributes = Attributes(pairs=tuple(typed.items()))
    assert size_of(attributes, picture("a.png"), 5000) == size


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="http://example.org/a.png"/>',
        '<image xlink:href="file:///etc/passwd" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        '<rect fill="url(http://example.org/a)"/>',
        "<style>@import 'http://example.org/a.css';</style>",
        "<foreignObject><p>x</p></foreignObject>",
        "<?php x?>",
    ],
)
def test_svg_is_cleaned(hostile: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{hostile}<circle fill="url(#a)" r="1"/></svg>'
    cleaned = clean_svg(svg.encode())
    assert b'<circle fill="url(#a)" r="1"/>' in cleaned
    for word in (b"alert", b"example.org", b"passwd", b"<p>", b"php"):
        assert word not in cleaned
