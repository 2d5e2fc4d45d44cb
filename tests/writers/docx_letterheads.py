"""Letterheads as people have them, and files that only claim to be one."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.enum.section import WD_SECTION
from docx.shared import Cm, Pt

from tests.writers.samples import picture

TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_RELATIONS = "word/_rels/document.xml.rels"
DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"


def letterhead() -> bytes:
    """Logo and name in the header, wide margins, A4, a house style of Heading 1, some text."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(4)
    header = section.header
    header.paragraphs[0].text = "Clinic of Examples"
    header.paragraphs[0].add_run().add_picture(BytesIO(picture("logo.png", 60, 20).data))
    document.styles["Heading 1"].font.size = Pt(31)
    document.add_paragraph("Dear reader, replace this text.")
    document.core_properties.author = "Somebody Private"
    return _saved(document)


def two_sections() -> bytes:
    """The logo belongs to the first section; the second takes it over."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Only in the first section"
    document.add_section(WD_SECTION.NEW_PAGE)
    return _saved(document)


def logo_in_the_body() -> bytes:
    document = docx.Document()
    document.add_paragraph("before ").add_run().add_picture(BytesIO(picture("l.png", 60, 20).data))
    document.add_paragraph("Text to be replaced")
    return _saved(document)


def dotx() -> bytes:
    return changed(letterhead(), "[Content_Types].xml", DOCUMENT_TYPE, TEMPLATE_TYPE)


def german() -> bytes:
    """Word in German calls the style "heading 1" by another id."""
    return changed(
        letterhead(), "word/styles.xml", b'w:styleId="Heading1"', b'w:styleId="berschrift1"'
    )


def translated() -> bytes:
    """Some programs translate the name as well; the level in the outline stays."""
    name = 'w:val="Überschrift 1"'.encode()
    return changed(german(), "word/styles.xml", b'w:val="heading 1"', name)


def bare() -> bytes:
    """No theme, no room for a head, two tabs in the footer's style."""
    document = docx.Document()
    section = document.sections[0]
    section.header_distance = section.footer_distance = Cm(0)
    data = _saved(document)
    relation = re.search(rb"<Relationship [^>]*/theme\"[^>]*/>", _parts(data)[_RELATIONS])
    assert relation
    return without_part(changed(data, _RELATIONS, relation[0], b""), "word/theme/theme1.xml")


def with_habits() -> bytes:
    """Protected, part of a mail merge, and asking to be updated."""
    asking = (
        b'<w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge>'
        b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
        b'<w:updateFields w:val="true"/><w:defaultTabStop '
    )
    return changed(letterhead(), "word/settings.xml", b"<w:defaultTabStop ", asking)


def old_mode() -> bytes:
    """Compatibility mode 14, a link to the template's file, and a private date of printing."""
    data = changed(
        letterhead(),
        "word/settings.xml",
        b"<w:zoom ",
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships" r:id="rId99"/><w:zoom ',
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="file:///C:/Users/somebody/letter.dotx"'
        b' TargetMode="External"/></Relationships>'
    )
    return with_part(data, "word/_rels/settings.xml.rels", relations)


# ── files that are none ──────────────────────────────────────────────────────────────────────────


def macros() -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument." + DOCUMENT_TYPE
    other = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    return changed(letterhead(), "[Content_Types].xml", kind, other)


def bomb() -> bytes:
    return with_part(letterhead(), "word/media/zeros.bin", b"\0" * 60_000_000)


def doctype() -> bytes:
    before = b"<w:document "
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return changed(letterhead(), "word/document.xml", before, entity + before)


def other_zip() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return stream.getvalue()


def workbook() -> bytes:
    """A package of Excel's: the same zip, another main part."""
    kinds = b"application/vnd.openxmlformats-officedocument."
    sheet = kinds + b"spreadsheetml.sheet.main+xml"
    return changed(letterhead(), "[Content_Types].xml", kinds + DOCUMENT_TYPE, sheet)


def strict() -> bytes:
    """As Word writes "Strict Open XML Document"."""
    transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/office"
    other = b"http://purl.oclc.org/ooxml/officeDocument/relationships/office"
    return changed(letterhead(), "_rels/.rels", transitional, other)


def compound() -> bytes:
    """The container of Word 97, and of files with a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)


def macro_template() -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument." + DOCUMENT_TYPE
    other = b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
    return changed(letterhead(), "[Content_Types].xml", kind, other)


def no_body() -> bytes:
    return changed(letterhead(), "word/document.xml", b"w:body", b"w:bodies")


def missing_part() -> bytes:
    return without_part(letterhead(), "word/document.xml")


def broken_xml() -> bytes:
    return changed(letterhead(), "word/styles.xml", b"</w:styles>", b"")


def bad_checksum() -> bytes:
    data = bytearray(letterhead())
    data[300] ^= 0xFF
    return bytes(data)


# ── changing packages ────────────────────────────────────────────────────────────────────────────


def _saved(document: object) -> bytes:
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(data: bytes, name: str, before: bytes, after: bytes) -> bytes:
    parts = _parts(data)
    assert before in parts[name]
    return _zipped({**parts, name: parts[name].replace(before, after)})


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    return _zipped({**_parts(data), name: content})


def without_part(data: bytes, name: str) -> bytes:
    return _zipped({n: content for n, content in _parts(data).items() if n != name})
