"""The zip around a Word file: strangers' templates checked before they are opened, and ours packed.

A template is a file that somebody chose, not one that somebody made for us: it may be a Word 97
file, a zip bomb, a file with macros, or damaged. `open_template` says so in one sentence.

python-docx writes the time of day into the zip and keeps the order in which parts were met;
`packed` writes the entries again, sorted and dated 1980-01-01, so that the same document is the
same bytes.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree

from tcit_export.writers.ooxml import NAMESPACES, Element, child, default_root, qn

UNPACKED_BYTES: Final = 50_000_000
"""What a template may hold, unpacked: python-docx reads all of it into memory."""
ENTRIES: Final = 2_000
_TYPES: Final = "[Content_Types].xml"
_DOCUMENT: Final = CONTENT_TYPE.WML_DOCUMENT_MAIN
_TEMPLATE: Final = _DOCUMENT.replace("document.main", "template.main")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Word 97's files begin, and encrypted ones of any age ([MS-CFB], 2.2)."""
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
"""Where the names of the other, strict kind of Open XML begin (ISO/IEC 29500-1, annex A)."""
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_ALREADY_SMALL: Final = (".png", ".jpg", ".jpeg", ".gif")


class DocxTemplateError(ValueError):
    """A file that cannot serve as a Word template; the message says why and what to do."""


def check_template(data: bytes) -> None:
    """Raises DocxTemplateError, with a sentence for the user, if `write` could not use it."""
    open_template(data)


def open_template(data: bytes) -> Document:
    """A .docx or .dotx as python-docx's Document. Raises DocxTemplateError."""
    parts = _unpacked(data)
    parts[_TYPES] = _as_document(parts.get(_TYPES, b""))
    if _STRICT in parts.get("_rels/.rels", b""):
        message = "it is saved as Strict Open XML; save it as Word Document (.docx) in Word"
        raise DocxTemplateError(message)
    for name in sorted(parts):
        if name.endswith((".xml", ".rels")):
            _check_xml(name, parts[name])
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    stream.seek(0)
    try:
        document = docx.Document(stream)
        _check_parts(document)
    except Exception as error:  # python-docx has no common error for damaged packages
        raise DocxTemplateError("it is damaged; open it in Word and save it again") from error
    return document


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Name -> content, after the sizes that the directory declares were found bearable."""
    if data.startswith(_COMPOUND):
        message = "it is of Word 97 or has a password; save it as .docx or .dotx, without one"
        raise DocxTemplateError(message)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > ENTRIES or sum(e.file_size for e in entries) > UNPACKED_BYTES:
                raise DocxTemplateError("it is larger than 50 MB when unpacked; use a smaller one")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        message = "it is no Word document, or damaged; save it as .docx or .dotx in Word"
        raise DocxTemplateError(message) from error


def _as_document(content_types: bytes) -> bytes:
    """The content types with a template's main part called a document's."""
    if b"macroEnabled" in content_types:
        raise DocxTemplateError("it may hold macros; save it as .docx or .dotx, without macros")
    if _DOCUMENT.encode() not in content_types and _TEMPLATE.encode() not in content_types:
        raise DocxTemplateError("it is no Word document; save it as .docx or .dotx in Word")
    return content_types.replace(_TEMPLATE.encode(), _DOCUMENT.encode())


def _check_xml(name: str, content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except etree.XMLSyntaxError as error:
        message = f"its part `{name}` is no XML; open it in Word and save it again"
        raise DocxTemplateError(message) from error
    if has_doctype(tree):
        raise DocxTemplateError(
            f"its part `{name}` declares a document type, which Word never does"
        )


def has_doctype(tree: Any) -> bool:
    """Whether an lxml tree declares a document type, the door to entity bombs."""
    return bool(tree.docinfo.doctype)


def _check_parts(document: Document) -> None:
    """The parts we write into are what their names say."""
    part = document.part
    expected = {
        "w:document": part.element,
        "w:body": document.element.body,
        "w:styles": part._styles_part.element,
        "w:settings": part._settings_part.element,
    }
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            numbering = expected["w:numbering"] = relation.target_part.element
            for number in numbering.xpath("//@w:numId | //@w:abstractNumId"):
                int(number)
    for name, element in expected.items():
        if element is None or element.tag != qn(name):
            raise ValueError(name)


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def xml_part(
    owner: Part | OpcPackage, kind: str, content_type: str, path: str, empty: Element
) -> XmlPart:
    """The part that `owner` is related to by `kind`, as XML; `empty` at `path` if it has none."""
    package = _package(owner)
    for identifier, relation in list(owner.rels.items()):
        if relation.reltype == kind and not relation.is_external:
            target = relation.target_part
            if isinstance(target, XmlPart):
                return target
            part = XmlPart(target.partname, target.content_type, _tree(target.blob), package)
            part.rels.update(target.rels)
            owner.rels.add_relationship(kind, part, identifier)
            return part
    element: Any = empty
    part = XmlPart(free_name(owner, path), content_type, element, package)
    owner.relate_to(part, kind)
    return part


def _package(owner: Part | OpcPackage) -> Any:
    return owner.package if isinstance(owner, Part) else owner


def free_name(owner: Part | OpcPackage, path: str) -> PackURI:
    """`path`, or where that is taken, with a number: `/word/footnotes2.xml`."""
    taken = {str(part.partname).lower() for part in _package(owner).iter_parts()}
    stem, dot, suffix = path.rpartition(".")
    names = (path, *(f"{stem}{number}{dot}{suffix}" for number in range(2, len(taken) + 3)))
    return PackURI(next(name for name in names if name.lower() not in taken))


def _tree(blob: bytes) -> Any:
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def bytes_of(element: Element) -> bytes:
    """An XML part's bytes."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)


# ── packing ──────────────────────────────────────────────────────────────────────────────────────


def packed(document: Document) -> bytes:
    """The file. The same document is always the same bytes."""
    stream = BytesIO()
    document.save(stream)
    with ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of named contents: content types first, the others sorted, all of one date."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            entry = ZipInfo(name, _DATE)
            entry.create_system = 3  # the platform's own number would differ on Windows
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if name.endswith(_ALREADY_SMALL) else ZIP_DEFLATED
            archive.writestr(entry, parts[name], compresslevel=6)
    return stream.getvalue()


def content_types(overrides: dict[str, str]) -> bytes:
    """`[Content_Types].xml` for parts named by path: for the template we make ourselves."""
    types = default_root(NAMESPACES["ct"], "Types")
    for extension, kind in (("rels", CONTENT_TYPE.OPC_RELATIONSHIPS), ("xml", CONTENT_TYPE.XML)):
        child(types, "ct:Default", {"Extension": extension, "ContentType": kind})
    for path in sorted(overrides):
        child(types, "ct:Override", {"PartName": path, "ContentType": overrides[path]})
    return bytes_of(types)


def relationships(targets: list[tuple[str, str]]) -> bytes:
    """A .rels part: (last word of the relationship type, target) -> rId1, rId2, …"""
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    element = default_root(uri, "Relationships")
    for number, (kind, target) in enumerate(targets, start=1):
        relation = etree.SubElement(element, f"{{{uri}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", getattr(RELATIONSHIP_TYPE, kind))
        relation.set("Target", target)
    return bytes_of(element)
