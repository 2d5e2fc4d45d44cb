"""The theme: the colours and the two typefaces that all styles of ours refer to."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from tcit_export.writers.docx_package import bytes_of, free_name
from tcit_export.writers.ooxml import Element, parse, root

_COLOURS: Final = (
    ("dk1", "16191A"), ("lt1", "FFFFFF"), ("dk2", "4A5659"), ("lt2", "F3F7F7"),
    ("accent1", "0B4F5C"), ("accent2", "7A4E1D"), ("accent3", "5B3A66"), ("accent4", "3D5A2A"),
    ("accent5", "7A2E2E"), ("accent6", "2F4A7A"), ("hlink", "0B4F5C"), ("folHlink", "4A3B63"),
)  # fmt: skip


def add_theme(document: Document) -> None:
    """Ours, if a template has none: our styles name their type by it."""
    part = document.part
    if any(relation.reltype == RELATIONSHIP_TYPE.THEME for relation in part.rels.values()):
        return
    name = free_name(part, "/word/theme/theme1.xml")
    added = Part(name, CONTENT_TYPE.OFC_THEME, bytes_of(theme()), part.package)
    part.relate_to(added, RELATIONSHIP_TYPE.THEME)


def theme() -> Element:
    """Colours, fonts, and the effects that the schema insists on (20.1.6.9)."""
    colours = "".join(f'<a:{n}><a:srgbClr val="{rgb}"/></a:{n}>' for n, rgb in _COLOURS)
    blank = '<a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    xml = (
        f'<a:themeElements><a:clrScheme name="Handout">{colours}</a:clrScheme>'
        '<a:fontScheme name="Handout"><a:majorFont><a:latin typeface="Calibri"/>'
        f"{blank}</a:majorFont>"
        f'<a:minorFont><a:latin typeface="Cambria"/>{blank}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Handout"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
    )
    drawing = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    result = root("a:theme", drawing)
    result.set("name", "Handout")
    result.extend(parse(xml, drawing))
    return result
