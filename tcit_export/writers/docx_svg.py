"""SVG in Word: cleaned of whatever runs or leads outside, and drawn as PNG beside it.

Word 2016 and later show the SVG itself; what shows the PNG are older Words, LibreOffice, previews
of files and mail. Drawn by resvg, with the PDF's own type and never the machine's, so that the same
picture is the same bytes everywhere.
"""

from __future__ import annotations

import re
from typing import Final

import resvg_py
from lxml import etree

from tcit_export.writers.docx_package import has_doctype
from tcit_export.writers.fonts import SANS, SERIF, font_paths
from tcit_export.writers.ooxml import TWIPS_PER_INCH, Element

DOTS_PER_INCH: Final = 300
_LARGEST: Final = 4_000
"""Pixels of either side: more than a page at 300 to the inch."""
_SVG: Final = "http://www.w3.org/2000/svg"


def drawn_svg(data: bytes, width: int, height: int, shown_width: int) -> bytes:
    """A cleaned SVG as PNG, 300 pixels to the inch where it is `shown_width` twips wide.

    `width` and `height` are its own, in any unit: they tell the shape. b"" if it cannot be drawn.
    """
    pixels = max(round(shown_width * DOTS_PER_INCH / TWIPS_PER_INCH), 1)
    ratio = max(height, 1) / max(width, 1)
    pixels = max(round(min(pixels, _LARGEST, _LARGEST / ratio)), 1)
    try:
        return resvg_py.svg_to_bytes(
            svg_string=data.decode("utf-8"),
            width=pixels,
            height=max(round(pixels * ratio), 1),
            skip_system_fonts=True,
            font_files=list(font_paths()),
            font_family=SERIF,
            serif_family=SERIF,
            sans_serif_family=SANS,
            monospace_family=SANS,
            cursive_family=SERIF,
            fantasy_family=SANS,
        )
    except Exception:  # resvg raises ValueError, and a bare one of its own when it gives up
        return b""


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
