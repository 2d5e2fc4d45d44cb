"""Pictures: formats that Word takes and does not take, sizes, and descriptions."""

from __future__ import annotations

import pytest

from tcit_export.model.nodes import Attributes, Image, Metadata, ResolvedDocument, Resource
from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers.docx import write
from tcit_export.writers.docx_images import clean_svg, length, size_of
from tcit_export.writers.ooxml import qn
from tcit_export.writers.rendered import Rendered
from tests.writers.docx_reading import WordFile, faults
from tests.writers.samples import SVG, para, picture, text

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


def test_svg_stands_beside_a_bitmap_and_is_reported() -> None:
    rendered = shown(SVG)
    assert media(rendered) == ["word/media/handout1.svg", "word/media/handout2.png"]
    assert "Word 2016" in rendered.problems[0]
    body = WordFile(rendered.data).body
    assert body.find(f".//{qn('asvg:svgBlip')}") is not None


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
    assert WordFile(rendered.data).lines()[2] == "Body Text: [words]"
    assert "`a.x` cannot be shown by Word" in rendered.problems[0]


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
