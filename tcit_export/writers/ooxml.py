"""WordprocessingML that python-docx does not write: small functions, each appends one construct.

What the format says, and what Word does with it (ECMA-376 part 1; read beside documents that Word
itself saved):

- A *hyperlink* (17.16.22) is an element around runs. `r:id` leads outside through a relationship,
  `w:anchor` to a bookmark.
- A *bookmark* (17.13.6) is a pair of empty elements with one id. In a paragraph the start stands
  after `w:pPr`; it may also stand between paragraphs.
- A *field* (17.16.18) is five kinds of runs: begin, code, separate, the text last seen, end. The
  text last seen is what everybody sees who does not update the field, so it is always ours.
- A *content control* (17.5.2) wraps runs or blocks and says what they are.

Children are appended in the order of the schema: Word calls a file damaged for less.
Elements are built with lxml alone, outside python-docx's tree: its element classes look at their
siblings at each step, which is quadratic in a long document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from lxml import etree

Element = etree._Element

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "b": "http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "cp": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
TEXT_NAMESPACES: Final = {prefix: NAMESPACES[prefix] for prefix in ("w", "r", "wp", "a", "pic")}
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
UNTICKED: Final = "☐"
TICKED: Final = "☒"
TWIPS_PER_INCH: Final = 1440
EMU_PER_TWIP: Final = 635


@cache
def qn(name: str) -> str:
    """`w:p` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else name


def root(name: str, namespaces: Mapping[str, str] = TEXT_NAMESPACES) -> Element:
    """A new element that stands alone."""
    return etree.Element(qn(name), nsmap=dict(namespaces))


def default_root(uri: str, name: str) -> Element:
    """A new element whose namespace needs no prefix: parts of the package have it so."""
    return etree.fromstring(f'<{name} xmlns="{uri}"/>')


def child(parent: Element, name: str, attributes: Mapping[str, str] | None = None) -> Element:
    """A new last child. Attribute names have their prefix (`w:val`)."""
    element = etree.SubElement(parent, qn(name))
    if attributes:
        for key, value in attributes.items():
            element.set(qn(key), value)
    return element


_LONG: Final = 100


def emptied_where_long(element: Element) -> list[tuple[Element, list[Element]]]:
    """What has very many children gives them up, outermost first, until `refill`.

    lxml moves an element into another tree in a time that grows with the square of its children.
    """
    long = [holder for holder in element.iter() if len(holder) > _LONG]
    taken = [(holder, list(holder)) for holder in long]
    for holder, children in taken:
        for inner in children:
            holder.remove(inner)
    return taken


def refill(taken: list[tuple[Element, list[Element]]]) -> None:
    """Give the children back."""
    for holder, children in taken:
        for inner in children:
            holder.append(inner)


def value(parent: Element, name: str, val: object) -> Element:
    """A new last child with the one attribute most elements have, `w:val`."""
    element = child(parent, name)
    element.set(qn("w:val"), str(val))
    return element


def parse(xml: str, namespaces: Mapping[str, str] = TEXT_NAMESPACES) -> list[Element]:
    """Our own XML, written without namespace declarations, as elements."""
    declarations = " ".join(f'xmlns:{p}="{uri}"' for p, uri in namespaces.items())
    return list(etree.fromstring(f"<x {declarations}>{xml}</x>"))


# What XML 1.0 cannot hold: most control characters, halves of surrogate pairs, two non-characters.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES: Final = re.compile(r"(\n|\t)")


def writable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return text if is_writable(text) else _UNWRITABLE.sub("", text)


def is_writable(text: str) -> bool:
    """Whether XML can hold each of its characters."""
    return text.isprintable() or _UNWRITABLE.search(text) is None


# ── runs ─────────────────────────────────────────────────────────────────────────────────────────


def append_text(run: Element, text: str) -> None:
    """Text into a run; line ends and tabs have elements of their own."""
    for piece in [text] if text.isprintable() else _pieces(writable(text)):
        if piece == "\n":
            child(run, "w:br")
        elif piece == "\t":
            child(run, "w:tab")
        elif piece:
            leaf = child(run, "w:t")
            leaf.text = piece
            if piece[0] == " " or piece[-1] == " " or "  " in piece:
                leaf.set(XML_SPACE, "preserve")


def _pieces(text: str) -> list[str]:
    return _PIECES.split(text.replace("\r\n", "\n").replace("\r", "\n"))


def append_run(parent: Element, text: str = "", style: str = "") -> Element:
    """A run, in a character style if one is named (by its id)."""
    run = child(parent, "w:r")
    if style:
        value(child(run, "w:rPr"), "w:rStyle", style)
    append_text(run, text)
    return run


def append_paragraph(parent: Element, style: str) -> Element:
    """An empty paragraph in a paragraph style (by its id)."""
    paragraph = child(parent, "w:p")
    value(child(paragraph, "w:pPr"), "w:pStyle", style)
    return paragraph


# ── links, bookmarks, fields, content controls ───────────────────────────────────────────────────


def append_hyperlink(
    parent: Element, *, relationship: str = "", anchor: str = "", tooltip: str = ""
) -> Element:
    """A link, to be filled with runs: outside by relationship id, inside by bookmark name."""
    link = child(parent, "w:hyperlink")
    if relationship:
        link.set(qn("r:id"), relationship)
    if anchor:
        link.set(qn("w:anchor"), anchor)
    if tooltip:
        link.set(qn("w:tooltip"), writable(tooltip)[:260])
    link.set(qn("w:history"), "1")
    return link


def start_bookmark(parent: Element, number: int, name: str) -> None:
    """Where a bookmark begins. `number` and `name` are unique in the document."""
    child(parent, "w:bookmarkStart", {"w:id": str(number), "w:name": name})


def end_bookmark(parent: Element, number: int) -> None:
    """Where it ends."""
    child(parent, "w:bookmarkEnd", {"w:id": str(number)})


def append_field_code(parent: Element, code: str, style: str = "") -> None:
    """The first half of a field; the text last seen follows as ordinary runs."""
    child(append_run(parent, "", style), "w:fldChar", {"w:fldCharType": "begin"})
    instruction = child(append_run(parent, "", style), "w:instrText")
    instruction.set(XML_SPACE, "preserve")
    instruction.text = writable(code)
    child(append_run(parent, "", style), "w:fldChar", {"w:fldCharType": "separate"})


def append_field_end(parent: Element) -> None:
    """The end of a field, after its text."""
    child(child(parent, "w:r"), "w:fldChar", {"w:fldCharType": "end"})


def append_field(parent: Element, code: str, shown: str, style: str = "") -> None:
    """A whole field with plain text."""
    append_field_code(parent, code)
    append_run(parent, shown, style)
    append_field_end(parent)


def append_control(parent: Element, number: int, kind: str) -> Element:
    """A content control; returns what it holds. `kind`: `citation`, `bibliography`."""
    control = child(parent, "w:sdt")
    properties = child(control, "w:sdtPr")
    value(properties, "w:id", number)
    child(properties, f"w:{kind}")
    return child(control, "w:sdtContent")


def append_check_box(
    parent: Element, number: int, title: str, ticked: str, unticked: str
) -> Element:
    """A check box, empty; returns what holds its sign. `title` is what it is read out as."""
    control = child(parent, "w:sdt")
    properties = child(control, "w:sdtPr")
    value(properties, "w:alias", writable(title))
    value(properties, "w:id", number)
    box = etree.SubElement(properties, qn("w14:checkbox"), nsmap={"w14": NAMESPACES["w14"]})
    child(box, "w14:checked", {"w14:val": "0"})
    for name, sign in (("checkedState", ticked), ("uncheckedState", unticked)):
        state = {"w14:val": f"{ord(sign):04X}", "w14:font": "MS Gothic"}
        child(box, f"w14:{name}", state)
    return child(control, "w:sdtContent")


def append_gallery(parent: Element, number: int, gallery: str) -> Element:
    """A content control of a building block gallery ("Table of Contents", "Bibliographies")."""
    control = child(parent, "w:sdt")
    properties = child(control, "w:sdtPr")
    value(properties, "w:id", number)
    block = child(properties, "w:docPartObj")
    value(block, "w:docPartGallery", gallery)
    child(block, "w:docPartUnique")
    return child(control, "w:sdtContent")
