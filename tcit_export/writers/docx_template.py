"""Makes `templates/handout.docx`, or says whether it is what this module would make.

    python -m tcit_export.writers.docx_template            # write it
    python -m tcit_export.writers.docx_template --check    # exit 1 if it differs

The file holds styles, theme, numbering and settings, and one line of text that says what it is for.
A designer may open it in Word, change its styles, and keep it in a project's own `templates/`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from docx.opc.constants import CONTENT_TYPE as CT
from lxml import etree

from tcit_export.templates import package_folder
from tcit_export.writers.docx_notes import empty_footnotes
from tcit_export.writers.docx_numbering import Numbering
from tcit_export.writers.docx_package import bytes_of, content_types, relationships, zipped
from tcit_export.writers.docx_styles import StyleSheet
from tcit_export.writers.docx_theme import theme
from tcit_export.writers.ooxml import (
    Element,
    append_paragraph,
    append_run,
    child,
    default_root,
    parse,
    root,
    value,
)

NAME: Final = "handout.docx"
_TEXT: Final = "Styles of TCIT Export: change them here, and every handout changes."

_DEFAULTS: Final = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi"'
    ' w:cstheme="minorBidi"/><w:kern w:val="0"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="0" w:line="264" w:lineRule="auto"/>'
    "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0"'
    ' w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"/>'
)
_WORD_2013: Final = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    for name in (
        "overrideTableStyleFontSizeAndJustification",
        "enableOpenTypeFeatures",
        "doNotFlipMirrorIndents",
        "differentiateMultirowTableHeaders",
    )
)
"""What Word 2013 and later write themselves."""
_SETTINGS: Final = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    f"{_WORD_2013}</w:compat>"
    '<w:themeFontLang w:val="en-US"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
    ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
    ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
_FONTS: Final = (
    ("Cambria", "02040503050406030204", "roman", "variable", "Caladea"),
    ("Calibri", "020F0502020204030204", "swiss", "variable", "Carlito"),
    ("Consolas", "020B0609020204030204", "modern", "fixed", "Inconsolata"),
)


def template() -> bytes:
    """The file, from the table of styles; the same bytes each time."""
    numbering = root("w:numbering", _W)
    styles = root("w:styles", _W)
    styles.extend(parse(_DEFAULTS, _W))
    sheet = StyleSheet(styles, Numbering(numbering))
    sheet.complete()
    parts = {
        "word/document.xml": (CT.WML_DOCUMENT_MAIN, _document(sheet)),
        "word/styles.xml": (CT.WML_STYLES, styles),
        "word/numbering.xml": (CT.WML_NUMBERING, numbering),
        "word/settings.xml": (CT.WML_SETTINGS, _filled("w:settings", _SETTINGS)),
        "word/fontTable.xml": (CT.WML_FONT_TABLE, _font_table()),
        "word/footnotes.xml": (CT.WML_FOOTNOTES, empty_footnotes()),
        "word/theme/theme1.xml": (CT.OFC_THEME, theme()),
        "docProps/app.xml": (CT.OFC_EXTENDED_PROPERTIES, _application()),
        "docProps/core.xml": (CT.OPC_CORE_PROPERTIES, _core()),
    }
    files = {name: bytes_of(element) for name, (_, element) in parts.items()}
    files["[Content_Types].xml"] = content_types(
        {f"/{name}": kind for name, (kind, _) in parts.items()}
    )
    files["_rels/.rels"] = relationships(
        [
            ("OFFICE_DOCUMENT", "word/document.xml"),
            ("CORE_PROPERTIES", "docProps/core.xml"),
            ("EXTENDED_PROPERTIES", "docProps/app.xml"),
        ]
    )
    files["word/_rels/document.xml.rels"] = relationships(
        [
            ("STYLES", "styles.xml"),
            ("NUMBERING", "numbering.xml"),
            ("SETTINGS", "settings.xml"),
            ("FONT_TABLE", "fontTable.xml"),
            ("FOOTNOTES", "footnotes.xml"),
            ("THEME", "theme/theme1.xml"),
        ]
    )
    return zipped(files)


_W: Final = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def _filled(name: str, xml: str) -> Element:
    element = root(name, _W)
    element.extend(parse(xml, _W))
    return element


def _document(sheet: StyleSheet) -> Element:
    document = root("w:document")
    body = child(document, "w:body")
    append_run(append_paragraph(body, sheet.id("Body Text")), _TEXT)
    section = child(body, "w:sectPr")
    child(section, "w:pgSz", {"w:w": "12240", "w:h": "15840"})
    margins = {
        "top": 1440,
        "right": 2304,
        "bottom": 1440,
        "left": 2304,
        "header": 720,
        "footer": 720,
    }
    sizes = {f"w:{side}": str(width) for side, width in margins.items()}
    child(section, "w:pgMar", {**sizes, "w:gutter": "0"})
    return document


def _font_table() -> Element:
    """The fonts, with the free ones of the same widths as their alternatives."""
    fonts = root("w:fonts", _W)
    for name, panose, family, pitch, alternative in _FONTS:
        font = child(fonts, "w:font", {"w:name": name})
        value(font, "w:altName", alternative)
        value(font, "w:panose1", panose)
        value(font, "w:charset", "00")
        value(font, "w:family", family)
        value(font, "w:pitch", pitch)
    return fonts


def _application() -> Element:
    uri = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    element = default_root(uri, "Properties")
    etree.SubElement(element, f"{{{uri}}}Application").text = "TCIT Export"
    return element


def _core() -> Element:
    cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dc = "http://purl.org/dc/elements/1.1/"
    core = etree.Element(f"{{{cp}}}coreProperties", nsmap={"cp": cp, "dc": dc})
    etree.SubElement(core, f"{{{dc}}}title").text = "Handout"
    etree.SubElement(core, f"{{{dc}}}language").text = "en-US"
    return core


def main(arguments: Sequence[str]) -> int:
    """0 if the file is written, or is as it should be."""
    path = package_folder() / NAME
    made = template()
    if "--check" in arguments:
        same = path.is_file() and path.read_bytes() == made
        if not same:
            print(f"{NAME} differs from its table of styles; run this without --check")
        return 0 if same else 1
    path.write_bytes(made)
    print(f"{NAME}: {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
