"""What a Word file says of itself: core properties, settings, language, custom properties."""

from __future__ import annotations

import datetime as dt
from typing import Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from tcit_export.model.document import DocumentKind, PartialDate, ResolvedDocument
from tcit_export.model.options import Options
from tcit_export.model.walk import plain_text
from tcit_export.writers.docx_languages import language_attributes, language_tag
from tcit_export.writers.docx_package import xml_part
from tcit_export.writers.ooxml import NAMESPACES, Element, child, parse, qn, root, writable

LONGEST: Final = 255
"""Characters of a property: Word shows no more, python-docx refuses more."""
_MAKER: Final = "TCIT Export"
"""Whose a document is that names nobody."""
_CUSTOM: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_COMPATIBILITY: Final = "http://schemas.microsoft.com/office/word"
_SETTINGS_AFTER_COMPAT: Final = tuple(
    f"w:{name}"
    for name in "docVars rsids attachedSchema themeFontLang clrSchemeMapping"
    " doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions"
    " readModeInkLockDown smartTagType shapeDefaults doNotEmbedSmartTags decimalSymbol"
    " listSeparator".split()
)
"""Children of `w:settings` that follow `w:compat` (17.15.1.78)."""


def set_core_properties(
    document: Document, resolved: ResolvedDocument, options: Options
) -> list[str]:
    """Title, authors, dates and the rest; returns what had to be shortened."""
    metadata, labels = resolved.metadata, resolved.labels
    is_review = metadata.kind is DocumentKind.REVIEW
    authors = "; ".join(author.display for author in metadata.authors)
    maker = authors or options.organisation or metadata.publication.publisher or _MAKER
    texts = {
        "title": plain_text(metadata.title),
        "subject": plain_text(metadata.subtitle),
        "author": maker,
        "keywords": ", ".join(metadata.keywords),
        "comments": plain_text(metadata.abstract),
        "category": labels.review if is_review else labels.reading_list,
        "language": language_tag(metadata.lang) or "en-US",
        "last_modified_by": maker,
        "identifier": metadata.publication.doi or metadata.publication.url,
        "content_status": "",
        "version": "",
    }
    core = document.core_properties
    problems = []
    for name, text in texts.items():
        text = " ".join(writable(text).split())
        if len(text) > LONGEST:
            text = text[: LONGEST - 1] + "…"
            if name in ("title", "author", "keywords"):
                problems.append(f"the property `{name}` was cut: Word holds {LONGEST} characters")
        setattr(core, name, text)
    core.revision = 1
    for element in [e for e in core._element if not e.text]:
        core._element.remove(element)
    _set_dates(core._element, metadata.date, options.source_date)
    return problems


def document_date(date: PartialDate | None, source_date: int | None) -> dt.datetime | None:
    """When the document was made: as told, else its own date, else not known."""
    if source_date is not None:
        try:
            moment = dt.datetime.fromtimestamp(source_date, dt.UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return moment if moment.year > 1600 else None
    if date is None or not 1600 < date.year < 10_000:
        return None
    try:
        return dt.datetime(date.year, date.month or 1, date.day or 1, tzinfo=dt.UTC)
    except ValueError:
        return None


def _set_dates(core: Element, date: PartialDate | None, source_date: int | None) -> None:
    """A template's own dates go: they would be wrong."""
    terms = "http://purl.org/dc/terms/"
    for name in ("created", "modified", "lastPrinted"):
        for old in [e for e in core if str(e.tag).endswith(f"}}{name}")]:
            core.remove(old)
    moment = document_date(date, source_date)
    if moment is None:
        return
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    for name in ("created", "modified"):
        element = core.makeelement(f"{{{terms}}}{name}", nsmap={"dcterms": terms, "xsi": xsi})
        element.set(f"{{{xsi}}}type", "dcterms:W3CDTF")
        element.text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
        core.append(element)


# ── language and compatibility ───────────────────────────────────────────────────────────────────


def set_language(document: Document, lang: str) -> None:
    """The document's language as the default of all text, whatever the template's was."""
    tag = language_tag(lang) or "en-US"
    styles = document.part._styles_part.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        styles.insert(0, parse("<w:docDefaults/>")[0])
        defaults = styles[0]
    holder = defaults.find(qn("w:rPrDefault"))
    if holder is None:
        defaults.insert(0, parse("<w:rPrDefault/>")[0])
        holder = defaults[0]
    properties = holder.find(qn("w:rPr"))
    if properties is None:
        properties = child(holder, "w:rPr")
    in_styles = styles.iterfind(f"{qn('w:style')}/{qn('w:rPr')}/{qn('w:lang')}")
    for old in [*properties.iterchildren(qn("w:lang")), *in_styles]:
        old.getparent().remove(old)
    attributes = {"w:eastAsia": "zh-CN", "w:bidi": "ar-SA", **language_attributes(tag)}
    child(properties, "w:lang", attributes)
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), tag)


def set_compatibility(document: Document) -> None:
    """Mode 15: without it Word opens a file as one of 2007 and says so in the title bar."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = parse("<w:compat/>")[0]
        followers = {qn(name) for name in _SETTINGS_AFTER_COMPAT}
        foreign = f"{{{NAMESPACES['w']}}}"
        after = next(
            (e for e in settings if e.tag in followers or not str(e.tag).startswith(foreign)), None
        )
        if after is None:
            settings.append(compat)
        else:
            after.addprevious(compat)
    for setting in compat.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
            return
    attributes = {"w:name": "compatibilityMode", "w:uri": _COMPATIBILITY, "w:val": "15"}
    child(compat, "w:compatSetting", attributes)


# ── custom properties ────────────────────────────────────────────────────────────────────────────


def set_zotero_preferences(document: Document, preferences: str) -> None:
    """Zotero's settings, in properties of 255 characters: ZOTERO_PREF_1, ZOTERO_PREF_2, …"""
    package = document.part.package
    empty = root("cp:Properties", {"cp": NAMESPACES["cp"], "vt": NAMESPACES["vt"]})
    part = xml_part(
        package,
        RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
        CONTENT_TYPE.OFC_CUSTOM_PROPERTIES,
        "/docProps/custom.xml",
        empty,
    )
    properties = part.element
    for old in [p for p in properties if str(p.get("name")).startswith("ZOTERO_PREF")]:
        properties.remove(old)
    used = [int(p.get("pid")) for p in properties if str(p.get("pid") or "").isdecimal()]
    first = max([1, *used]) + 1
    pieces = [preferences[i : i + LONGEST] for i in range(0, len(preferences), LONGEST)]
    for number, piece in enumerate(pieces):
        attributes = {
            "fmtid": _CUSTOM,
            "pid": str(first + number),
            "name": f"ZOTERO_PREF_{number + 1}",
        }
        child(child(properties, "cp:property", attributes), "vt:lpwstr").text = piece
