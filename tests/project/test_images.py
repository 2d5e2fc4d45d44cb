"""Pictures: what is accepted, what is refused, and where that is said."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import PIL.Image
import pytest

from tcit_export.model.document import Document, Metadata
from tcit_export.model.nodes import Figure, Image, Paragraph
from tcit_export.project.files import Refused
from tcit_export.project.images import load_image, load_images, measure
from tcit_export.source import Source, Span

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {0}>'
    "{1}</svg>"
)


def picture(kind: str, size: tuple[int, int] = (4, 3)) -> bytes:
    file = io.BytesIO()
    PIL.Image.new("RGB", size, (200, 20, 20)).save(file, kind)
    return file.getvalue()


def svg(inside: str, attributes: str = 'viewBox="0 0 30 20"') -> bytes:
    return SVG.format(attributes, inside).encode()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_a_raster_picture_is_told_by_its_bytes(kind: str, media_type: str) -> None:
    assert measure(picture(kind)) == (media_type, 4, 3)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 30 20"', (30, 20)),
        ('width="1in" height="48px" viewBox="0 0 9 9"', (96, 48)),
        ('width="60" viewBox="0 0 30 20"', (60, 40)),
        ('width="100%"', (300, 150)),
    ],
)
def test_a_drawing_has_a_size(attributes: str, size: tuple[int, int]) -> None:
    assert measure(svg("<rect/>", attributes)) == ("image/svg+xml", *size)


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/passwd"/>',
        '<image xlink:href="http://127.0.0.1/x.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="other.svg#a"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<rect onclick="x()"/>',
        "<script>x()</script>",
        "<foreignObject/>",
        '<rect fill="url(http://127.0.0.1/x)"/>',
        "<style>@import 'x.css';</style>",
        "<style>a { fill: u\\72l(x) }</style>",
        "<style>a { fill: url(x.svg#a) }</style>",
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        "<g>" * 200 + "</g>" * 200,
        "<rect/>" * 20_001,
        "<g>",
    ],
)
def test_a_drawing_that_reaches_out_or_never_ends_is_refused(inside: str) -> None:
    with pytest.raises(Refused) as refused:
        measure(svg(inside))
    assert refused.value.kind.code == "I005"


def test_a_drawing_that_doubles_itself_is_refused() -> None:
    levels = "".join(
        f'<g id="l{n}"><use href="#l{n - 1}"/><use href="#l{n - 1}"/></g>' for n in range(1, 30)
    )
    with pytest.raises(Refused, match="draws more than"):
        measure(svg(f'<g id="l0"><rect/></g>{levels}'))


def test_a_drawing_may_use_its_own_parts() -> None:
    parts = '<defs><g id="a"><rect fill="url(#g)"/></g></defs>' + '<use href="#a"/>' * 50
    assert measure(svg(parts))[0] == "image/svg+xml"


def test_entities_are_refused() -> None:
    with pytest.raises(Refused, match="document type"):
        measure(
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
        )


@pytest.mark.parametrize(
    "data", [b"", b"plain text", b"%PDF-1.4", picture("PNG")[:40], picture("JPEG")[:60], b"GIF89a"]
)
def test_what_cannot_be_shown_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        measure(data)
    assert refused.value.kind.code == "I003"


@pytest.mark.parametrize("side", [8_000, 20_000])
def test_a_giant_is_refused_before_it_is_decoded(side: int) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    giant = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises(Refused) as refused:
        measure(giant)
    assert refused.value.kind.code == "I004"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "my chart.png").write_bytes(picture("PNG"))
    return tmp_path


def test_a_picture_is_named_relative_to_its_document(root: Path) -> None:
    image = load_image(root, "content/a.md", "my%20chart.png")
    assert (image.name, image.width, image.height) == ("content/my chart.png", 4, 3)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("http://127.0.0.1/x.png", "I002"),
        ("//127.0.0.1/x.png", "I002"),
        ("data:image/png;base64,AA", "I002"),
        ("file:///etc/passwd", "I002"),
        ("../../x.png", "P002"),
        ("..%2f..%2fx.png", "P002"),
        ("%252e%252e/x.png", "I001"),
        ("nowhere.png", "I001"),
        ("a\x00b.png", "I001"),
        ("x" * 5000, "I001"),
    ],
)
def test_every_other_name_is_refused(root: Path, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        load_image(root, "content/a.md", name)
    assert refused.value.kind.code == code


def test_the_diagnostic_stands_where_the_text_names_the_picture(root: Path) -> None:
    source = Source("content/a.md", "Text\n\n![x](my-chart.png)")
    image = Image("my-chart.png", "x", span=Span(6, 24))
    good = Image("my chart.png", "x")
    document = Document(Metadata(), (Figure(image), Paragraph((good,))))
    parsed = load_images(root, source, document)
    assert list(parsed.value) == ["my chart.png"]
    (found,) = parsed.diagnostics
    assert (found.location.line, found.location.column, found.code) == (3, 1, "I001")
    assert found.hints == ("did you mean `my chart.png`?",)
