"""Pictures in Word: which formats it takes, how large they stand, and what they say to a listener.

Word shows PNG, JPEG and GIF (and others we do not let in), no WebP, and SVG only beside a bitmap
that older programs and LibreOffice show instead (MS-ODRAWXML 2.4.1, `asvg:svgBlip`; `docx_svg`).
WebP becomes PNG.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from PIL import Image as Picture

from tcit_export.limits import IMAGE_PIXELS
from tcit_export.model.document import Resource
from tcit_export.model.nodes import Attributes, Image
from tcit_export.patterns import late
from tcit_export.writers.docx_build import Build, Story
from tcit_export.writers.docx_package import free_name
from tcit_export.writers.docx_svg import clean_svg, drawn_svg
from tcit_export.writers.ooxml import (
    EMU_PER_TWIP,
    NAMESPACES,
    TWIPS_PER_INCH,
    Element,
    child,
    parse,
    writable,
)

_PIXELS_PER_INCH: Final = 96
_TALLEST: Final = 8 * TWIPS_PER_INCH
"""A picture and its caption must fit one page."""
_UNITS: Final = {
    "": 15.0, "px": 15.0, "pt": 20.0, "pc": 240.0, "em": 220.0, "rem": 220.0,
    "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54,
}  # fmt: skip
"""Twips of the units of length; 1em is the text's 11 points."""
_LENGTH: Final = late(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*([a-z]{0,3}|%)\s*")
_EXTENSIONS: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif"}
_SVG: Final = "image/svg+xml"
_SVG_BLIP: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def append_picture(
    build: Build, story: Story, run: Element, image: Image, width_limit: int, fallback: str = ""
) -> bool:
    """A `w:drawing` into a run; False (and a problem) if Word cannot show the picture.

    `width_limit` is in twips. `fallback` describes the picture where it has no alt text.
    """
    resource = build.document.resources.get(image.source)
    if resource is None:
        build.problem(f"picture `{image.source}` is missing; its description stands in its place")
        return False
    width, height = size_of(image.attributes, resource, width_limit)
    main = _related(build, story, resource, width)
    if not main:
        return False
    _draw(build, run, image, fallback, main, (width * EMU_PER_TWIP, height * EMU_PER_TWIP))
    return True


def size_of(attributes: Attributes, resource: Resource, limit: int) -> tuple[int, int]:
    """Width and height in twips: as asked, else 96 pixels to the inch; never wider than `limit`."""
    natural = max(resource.width, 1), max(resource.height, 1)
    ratio = natural[1] / natural[0]
    width = length(attributes.get("width"), limit)
    height = length(attributes.get("height"), _TALLEST)
    if width is None and height is None:
        width = natural[0] * TWIPS_PER_INCH / _PIXELS_PER_INCH
    if width is None:
        assert height is not None
        width = height / ratio
    if height is None:
        height = width * ratio
    scale = min(1.0, limit / width, _TALLEST / height)
    return max(round(width * scale), 15), max(round(height * scale), 15)


def length(text: str, whole: int) -> float | None:
    """`6cm`, `50%`, `200px`, `200` in twips; None for what is no length, or none at all."""
    match = _LENGTH.fullmatch(text.lower())
    if match is None or not float(match[1]):
        return None
    if match[2] == "%":
        return float(match[1]) * whole / 100
    factor = _UNITS.get(match[2])
    return None if factor is None else float(match[1]) * factor


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def _related(build: Build, story: Story, resource: Resource, width: int) -> tuple[str, str] | None:
    """Relationship ids of the bitmap and of the SVG ("" if there is none)."""
    if resource.media_type == _SVG:
        return _related_svg(build, story, resource, width)
    bitmap = _part(build, story, resource)
    return None if bitmap is None else (_identifier(story, resource.name, bitmap), "")


def _related_svg(
    build: Build, story: Story, resource: Resource, width: int
) -> tuple[str, str] | None:
    """One SVG however often it is shown, and a bitmap of it for each width."""
    name, drawn = resource.name, f"{resource.name}\0{width}"
    if name not in build.images:
        cleaned = clean_svg(resource.data)
        build.images[name] = _new_part(build, story, _SVG, cleaned) if cleaned else None
    svg = build.images[name]
    if svg is None:
        _report_unshown(build, resource)
        return None
    if drawn not in build.images:
        data = drawn_svg(svg.blob, resource.width, resource.height, width)
        if not data:
            _report_unshown(build, resource)
        build.images[drawn] = _new_part(build, story, "image/png", data) if data else None
    bitmap = build.images[drawn]
    if bitmap is None:
        return None
    return _identifier(story, drawn, bitmap), _identifier(story, name, svg)


def _identifier(story: Story, name: str, part: Part) -> str:
    if name not in story.pictures:
        story.pictures[name] = story.relate(RELATIONSHIP_TYPE.IMAGE, part)
    return story.pictures[name]


def _part(build: Build, story: Story, resource: Resource) -> Part | None:
    """The bitmap's part, made at its first use; None if Word could not show it."""
    if resource.name not in build.images:
        media_type, data = resource.media_type, resource.data
        if data and media_type not in _EXTENSIONS:
            media_type, data = "image/png", _as_png(resource)
        sound = bool(data) and _is_sound(data)
        if not sound:
            _report_unshown(build, resource)
        build.images[resource.name] = _new_part(build, story, media_type, data) if sound else None
    return build.images[resource.name]


def _report_unshown(build: Build, resource: Resource) -> None:
    build.problem(
        f"picture `{resource.name}` cannot be shown by Word; its description stands in its"
        " place. Save it as PNG or JPEG"
    )


def _new_part(build: Build, story: Story, media_type: str, data: bytes) -> Part:
    extension = _EXTENSIONS.get(media_type, "svg")
    number = sum(part is not None for part in build.images.values()) + 1
    name = free_name(story.part, f"/word/media/handout{number}.{extension}")
    return Part(name, media_type, data, story.part.package)


def _is_sound(data: bytes) -> bool:
    """Whether the file's header can be read and its size borne."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
            with Picture.open(BytesIO(data), formats=("PNG", "JPEG", "GIF")) as picture:
                width, height = picture.size
    except Exception:  # Pillow's readers raise nearly anything on damaged files
        return False
    return 0 < width * height <= IMAGE_PIXELS


def _as_png(resource: Resource) -> bytes:
    """Another bitmap format as PNG, its first frame; b"" if it cannot be read."""
    if resource.width * resource.height > IMAGE_PIXELS:
        return b""
    out = BytesIO()
    try:
        with Picture.open(BytesIO(resource.data), formats=("WEBP", "BMP", "TIFF")) as picture:
            has_alpha = "A" in picture.getbands() or "transparency" in picture.info
            picture.convert("RGBA" if has_alpha else "RGB").save(out, format="PNG")
    except Exception:  # Pillow's readers raise nearly anything on damaged files
        return b""
    return out.getvalue()


# ── the drawing ──────────────────────────────────────────────────────────────────────────────────


def _draw(
    build: Build,
    run: Element,
    image: Image,
    fallback: str,
    related: tuple[str, str],
    size: tuple[int, int],
) -> None:
    number = next(build.drawing_numbers)
    inline = child(child(run, "w:drawing"), "wp:inline")
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    extent = {"cx": str(size[0]), "cy": str(size[1])}
    child(inline, "wp:extent", extent)
    words = writable(image.alt or fallback)
    properties = {"id": str(number), "name": f"Picture {number - 1000}", "descr": words}
    if image.title:
        properties["title"] = writable(image.title)
    named = child(inline, "wp:docPr", properties)
    if not words:
        named.append(_decorative())
    frame = child(inline, "wp:cNvGraphicFramePr")
    child(frame, "a:graphicFrameLocks", {"noChangeAspect": "1"})
    data = child(child(inline, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["pic"]})
    _append_pic(data, properties, related, extent)


def _append_pic(
    data: Element, properties: dict[str, str], related: tuple[str, str], extent: dict[str, str]
) -> None:
    pic = child(data, "pic:pic")
    names = child(pic, "pic:nvPicPr")
    child(names, "pic:cNvPr", {key: properties[key] for key in ("id", "name", "descr")})
    child(names, "pic:cNvPicPr")
    fill = child(pic, "pic:blipFill")
    blip = child(fill, "a:blip", {"r:embed": related[0]})
    if related[1]:
        blip.append(_svg_companion(related[1]))
    child(child(fill, "a:stretch"), "a:fillRect")
    shape = child(pic, "pic:spPr")
    place = child(shape, "a:xfrm")
    child(place, "a:off", {"x": "0", "y": "0"})
    child(place, "a:ext", extent)
    child(child(shape, "a:prstGeom", {"prst": "rect"}), "a:avLst")


def _svg_companion(identifier: str) -> Element:
    blip = f'<asvg:svgBlip r:embed="{identifier}"/>'
    xml = f'<a:extLst><a:ext uri="{_SVG_BLIP}">{blip}</a:ext></a:extLst>'
    return parse(xml, {p: NAMESPACES[p] for p in ("a", "r", "asvg")})[0]


def _decorative() -> Element:
    """Word's mark of a picture that says nothing (MS-ODRAWXML 2.15.1)."""
    xml = f'<a:extLst><a:ext uri="{_DECORATIVE}"><adec:decorative val="1"/></a:ext></a:extLst>'
    return parse(xml, {p: NAMESPACES[p] for p in ("a", "adec")})[0]
