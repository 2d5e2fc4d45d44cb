"""What remains of a template when our text moves in: its page, its styles, its logo.

The template's own text goes, and with it every relationship that only this text used (pictures,
comments, notes). What stays of it are paragraphs with a picture before any other text: a logo.
So does everything go that tells of the template's own life or would meet the reader with a
question: its thumbnail, statistics, mail merge, protection.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from docx.document import Document
from lxml import etree

from tcit_export.writers.docx_package import bytes_of
from tcit_export.writers.ooxml import NAMESPACES, Element, parse, qn

_LASTING: Final = frozenset(
    "styles stylesWithEffects settings webSettings theme fontTable numbering customXml footnotes"
    " endnotes".split()
)
"""Relationships of a document that its text does not name."""
_REFERENCES: Final = (qn("w:headerReference"), qn("w:footerReference"))
_OF_THE_TEMPLATE: Final = (
    "writeProtection attachedTemplate linkStyles mailMerge documentProtection updateFields"
).split()
"""Settings (17.15.1): with them Word asks questions, changes styles or keeps the reader out."""
_SETTINGS_TARGETS: Final = (
    "/attachedTemplate", "/mailMergeSource", "/mailMergeHeaderSource", "/recipientData",
)  # fmt: skip
_LASTING_PROPERTIES: Final = ("Company", "Manager")


def empty_body(document: Document, owner: str = "") -> str:
    """Take the template's text out; returns a sentence about what was lost, or "".

    `owner` describes a logo that the template does not describe.
    """
    body = document.element.body
    section = _last_section(body)
    logos = _logos(body)
    for logo in logos:
        body.remove(logo)
    words = sum(len(e.text.split()) for e in body.iter(qn("w:t")) if e.text)
    for element in list(body):
        body.remove(element)
    for logo in logos:
        _strip(logo)
        _describe(logo, owner or "Logo")
        body.append(logo)
    body.append(section)
    _drop_relationships(document)
    _tidy_settings(document)
    _tidy_package(document)
    return f"the template's own text ({words} words) was left out" if words else ""


def _last_section(body: Element) -> Element:
    """The final section, with the heads and feet it took over from earlier ones (17.10)."""
    found: dict[tuple[str, str], Element] = {}
    sections = list(body.iter(qn("w:sectPr")))
    for section in sections:
        for reference in section.iterchildren(*_REFERENCES):
            found[str(reference.tag), str(reference.get(qn("w:type")))] = reference
    last = body.find(qn("w:sectPr"))
    last = deepcopy(sections[-1]) if last is None and sections else last
    if last is None:
        last = parse('<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr>')[0]
    present = {(str(e.tag), str(e.get(qn("w:type")))) for e in last.iterchildren(*_REFERENCES)}
    for place, reference in enumerate(r for key, r in found.items() if key not in present):
        last.insert(place, deepcopy(reference))
    return last


def _logos(body: Element) -> list[Element]:
    """Paragraphs with a picture that stand before the first paragraph of mere text."""
    logos = []
    for element in body.iterchildren():
        if element.tag == qn("w:p") and _has_drawing(element):
            logos.append(element)
        elif any(text.text and text.text.strip() for text in element.iter(qn("w:t"))):
            break
    return logos


def _has_drawing(paragraph: Element) -> bool:
    kinds = (qn("w:drawing"), qn("w:pict"))
    return next(paragraph.iter(*kinds), None) is not None


def _strip(paragraph: Element) -> None:
    """Leave pictures and words: bookmarks, comments and the ends of sections go."""
    for element in list(paragraph):
        if element.tag not in (qn("w:pPr"), qn("w:r")):
            paragraph.remove(element)
    for section in list(paragraph.iter(qn("w:sectPr"))):
        holder = section.getparent()
        if holder is not None:
            holder.remove(section)


def _describe(paragraph: Element, words: str) -> None:
    """A picture without a description is silent to those who listen."""
    for properties in paragraph.iter(qn("wp:docPr")):
        if not (properties.get("descr") or properties.get("title")):
            properties.set("descr", words)


def _drop_relationships(document: Document) -> None:
    """Those that nothing names any more: their parts are then not written."""
    prefix = f"{{{NAMESPACES['r']}}}"
    named = {
        str(text)
        for element in document.element.iter()
        for key, text in element.attrib.items()
        if str(key).startswith(prefix)
    }
    for identifier, relation in list(document.part.rels.items()):
        kind = relation.reltype.rpartition("/")[2]
        if kind not in _LASTING and identifier not in named:
            del document.part.rels[identifier]


def _tidy_settings(document: Document) -> None:
    """The path of the .dotx a document was made from is nobody's business, nor is a data source."""
    settings = document.part._settings_part
    for name in _OF_THE_TEMPLATE:
        for element in settings.element.findall(qn(f"w:{name}")):
            settings.element.remove(element)
    for identifier, relation in list(settings.rels.items()):
        if relation.reltype.endswith(_SETTINGS_TARGETS):
            del settings.rels[identifier]


def _tidy_package(document: Document) -> None:
    """No picture of the template's first page, no count of its words."""
    package = document.part.package
    for identifier, relation in list(package.rels.items()):
        kind = relation.reltype.rpartition("/")[2]
        if kind == "thumbnail":
            del package.rels[identifier]
        elif kind == "extended-properties" and not relation.is_external:
            part = relation.target_part
            part._blob = _without_statistics(part.blob)


def _without_statistics(blob: bytes) -> bytes:
    tree = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(tree):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name == "Application":
            element.text = "TCIT Export"
        elif name not in _LASTING_PROPERTIES:
            tree.remove(element)
    return bytes_of(tree)
