"""Pictures in Word: which formats it takes, how large they stand, and what they say to a listener.

Word shows PNG, JPEG and GIF (and others we do not let in), no WebP, and SVG only beside a bitmap
that older programs show instead (MS-ODRAWXML 2.4.1, `asvg:svgBlip`). WebP becomes PNG; an SVG is
cleaned of whatever runs or leads outside and gets a neutral bitmap as its companion, since nothing
here could draw it; LibreOffice before 7.6 shows that bitmap.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree
from PIL import Image as Picture
from PIL import ImageDraw

from tcit_export.limits import IMAGE_PIXELS
from tcit_export.model.nodes import Attributes, Image, Resource
from tcit_export.writers.docx_build import Build, Story
from tcit_export.writers.docx_package import free_name, has_doctype
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
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*([a-z]{0,3}|%)\s*")
_EXTENSIONS: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif"}
_SVG: Final = "http://www.w3.org/2000/svg"
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
    main = _related(build, story, resource)
    if not main:
        return False
    width, height = size_of(image.attributes, resource, width_limit)
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


def _related(build: Build, story: Story, resource: Resource) -> tuple[str, str] | None:
    """Relationship ids of the bitmap and of the SVG ("" if there is none)."""
    bitmap = _part(build, story, resource)
    if bitmap is None:
        return None
    identifiers = [_identifier(story, f"{resource.name}", bitmap)]
    svg = build.images.get(f"{resource.name}\0svg")
    identifiers.append(_identifier(story, f"{resource.name}\0svg", svg) if svg else "")
    return identifiers[0], identifiers[1]


def _identifier(story: Story, name: str, part: Part) -> str:
    if name not in story.pictures:
        story.pictures[name] = story.relate(RELATIONSHIP_TYPE.IMAGE, part)
    return story.pictures[name]


def _part(build: Build, story: Story, resource: Resource) -> Part | None:
    """The bitmap's part, made at its first use; None if Word could not show it."""
    if resource.name not in build.images:
        media_type, data = resource.media_type, resource.data
        if media_type == "image/svg+xml":
            media_type, data = _take_svg(build, story, resource)
        elif data and media_type not in _EXTENSIONS:
            media_type, data = "image/png", _as_png(resource)
        sound = bool(data) and _is_sound(data)
        if not sound:
            build.problem(
                f"picture `{resource.name}` cannot be shown by Word; its description stands in its"
                " place. Save it as PNG or JPEG"
            )
        build.images[resource.name] = _new_part(build, story, media_type, data) if sound else None
    return build.images[resource.name]


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


# ── SVG ──────────────────────────────────────────────────────────────────────────────────────────


def _take_svg(build: Build, story: Story, resource: Resource) -> tuple[str, bytes]:
    cleaned = clean_svg(resource.data)
    if not cleaned:
        return "image/png", b""
    build.problem(
        f"picture `{resource.name}` is SVG: Word 2016 and later show it, older programs show an"
        " empty frame. Save it as PNG for those"
    )
    build.images[f"{resource.name}\0svg"] = _new_part(build, story, "image/svg+xml", cleaned)
    return "image/png", _frame(resource.width, resource.height)


def clean_svg(data: bytes) -> bytes:
    """The SVG without scripts, event handlers, foreign content and references outside; b"" if it
    is no SVG."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    if tree.tag != f"{{{_SVG}}}svg" or has_doctype(tree.getroottree()):
        return b""
    for element in list(tree.iter()):
        name = etree.QName(element).localname.lower() if isinstance(element.tag, str) else "script"
        parent = element.getparent()
        if parent is not None and name in ("script", "foreignobject", "iframe", "style", "handler"):
            if name == "style" and not re.search(
                r"@import|url\(\s*['\"]?(?!#)", element.text or ""
            ):
                continue
            parent.remove(element)
        else:
            _clean_attributes(element)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def _clean_attributes(element: Element) -> None:
    for key, text in list(element.attrib.items()):
        name = etree.QName(str(key)).localname.lower()
        inside = str(text).strip().startswith(("#", "data:image/"))
        outside = re.search(r"url\(\s*['\"]?(?!#)", str(text))
        if name.startswith("on") or (name in ("href", "src") and not inside) or outside:
            del element.attrib[key]


def _frame(width: int, height: int) -> bytes:
    """An empty frame of a picture's shape, at most 600 pixels wide."""
    scale = min(1.0, 600 / max(width, height, 1))
    size = max(round(width * scale), 2), max(round(height * scale), 2)
    picture = Picture.new("RGB", size, (243, 247, 247))
    edge = (0, 0, size[0] - 1, size[1] - 1)
    ImageDraw.Draw(picture).rectangle(edge, outline=(201, 214, 216))
    out = BytesIO()
    picture.save(out, format="PNG")
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
