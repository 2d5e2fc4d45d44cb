"""HTML -> PDF/A-3a and PDF/UA-1 by WeasyPrint: the one module that imports it.

Importing it needs Pango and costs as much as six renderings, so `writers.pdf` imports this module
only when a PDF is made.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from weasyprint import CSS, HTML, Attachment
from weasyprint.logger import LOGGER
from weasyprint.pdf import fonts as weasyprint_fonts
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from tcit_export.collector import nothing_collected
from tcit_export.model.document import Resource
from tcit_export.writers.fetcher import BASE_URL, ProjectFetcher
from tcit_export.writers.fonts import font_faces
from tcit_export.writers.pdf_layout import lines_of, mend, spoilt_notes
from tcit_export.writers.pdf_structure import finish, observe

VARIANT: Final = "pdf/a-3a"
SUBSETS_FAST: Final = weasyprint_fonts.harfbuzz_subset is not None
"""Whether harfbuzz-subset is there; without it a handout takes 2.8 times as long."""

_BLOCKS: Final = frozenset(
    "aside ul ol li dl dd blockquote div table thead tbody tr figure section".split()
)
_FAILURES: Final = ("Failed to load", "Failed to render")
# An empty alternative text means decoration, which becomes an artifact (see pdf_structure).
_NO_ALT: Final = "has no required alt description"
_NO_GLYPH: Final = re.compile(r'unsupported by fonts: "(.)" \(U\+[0-9A-F]+\)', re.DOTALL)

# PDF/A allows only properties that a schema describes; PDF/UA's own is not among the predefined.
_UA_METADATA: Final = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file inside the PDF."""

    name: str
    data: bytes
    description: str
    date: datetime


@dataclass(frozen=True, slots=True)
class Printed:
    """A rendered PDF. With `refused`, `missing` or `spoilt` it must not be used.

    `refused` are addresses, `missing` what is said of pictures, `spoilt` numbers of notes and what
    is wrong with each, `unshown` characters that no font here has.
    """

    data: bytes
    pages: int
    refused: tuple[str, ...]
    missing: tuple[str, ...]
    spoilt: tuple[tuple[int, str], ...]
    unshown: tuple[str, ...]
    last_lines: int
    """Lines of text on the last page, notes and running feet left out."""
    complaints: tuple[str, ...]
    """What else WeasyPrint said."""


class _Complaints(logging.Handler):
    """WeasyPrint's warnings and errors of this thread, while it is attached."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.messages.append(record.getMessage())

    def __enter__(self) -> _Complaints:
        LOGGER.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        LOGGER.removeHandler(self)


def render(
    html: str,
    styles: tuple[str, ...],
    resources: Mapping[str, Resource],
    attached: tuple[AttachedFile, ...] = (),
    own: Mapping[str, Resource] | None = None,
) -> Printed:
    """Lay out and write. Look at `refused` and `missing` before using the result."""
    known = observe() and mend()
    fetcher = ProjectFetcher(resources, own)
    with _Complaints() as complaints, nothing_collected():
        try:
            data, pages, spoilt = _write(html, styles, fetcher, attached)
        except FatalURLFetchingError:
            data, pages, spoilt = b"", [], ()
    said = [message for message in complaints.messages if _NO_ALT not in message]
    missing = tuple(message for message in said if message.startswith(_FAILURES))
    unshown = tuple(character for message in said for character in _NO_GLYPH.findall(message))
    others = [m for m in said if m not in missing and not _NO_GLYPH.search(m)]
    if not known:
        others.append("this version of WeasyPrint is not known: tags and notes may be unfinished")
    return Printed(
        data,
        len(pages),
        tuple(fetcher.refused),
        missing,
        spoilt,
        unshown,
        lines_of(pages[-1]) if pages else 0,
        tuple(others),
    )


def _write(
    html: str, styles: tuple[str, ...], fetcher: ProjectFetcher, attached: tuple[AttachedFile, ...]
) -> tuple[bytes, list[Any], tuple[tuple[int, str], ...]]:
    page = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    notes = list(_move_notes(page.etree_element))
    sheets = [_style_sheet(style) for style in styles]
    document = page.render(
        stylesheets=[_type(), *sheets], font_config=_font_configuration(), pdf_variant=VARIANT
    )
    document.metadata.attachments += [_attachment(file) for file in attached]
    generate = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *args: generate(*args).replace(
        b"</rdf:RDF>", _UA_METADATA + b"</rdf:RDF>"
    )
    data = document.write_pdf(finisher=finish, pdf_variant=VARIANT)
    return data, document.pages, tuple(spoilt_notes(document.pages, notes))


def _move_notes(root: Any) -> Iterator[Any]:
    """Put the blocks of each note where its call stands; HTML's grammar has no place for them."""
    calls = {call.get("id"): call for call in root.iter("span") if call.get("id")}
    body = root.find("body")
    for note in body.findall("aside[@data-note]"):
        body.remove(note)
        call = calls[note.get("data-note")]
        _drop_white_space(note)
        call.text, call[:] = None, list(note)
        yield call


def _drop_white_space(note: Any) -> None:
    """Line ends between the blocks of a note, which would become lines of their own."""
    for element in note.iter():
        if element.tag in _BLOCKS:
            if _is_line_end(element.text):
                element.text = None
            for child in element:
                if _is_line_end(child.tail):
                    child.tail = None


def _is_line_end(text: str | None) -> bool:
    return text is not None and "\n" in text and text.isspace()


@lru_cache(maxsize=1)
def _font_configuration() -> FontConfiguration:
    """One for all documents of a process."""
    return FontConfiguration()


@lru_cache(maxsize=1)
def _type() -> CSS:
    return CSS(
        string=font_faces(),
        base_url=BASE_URL,
        url_fetcher=ProjectFetcher({}),
        font_config=_font_configuration(),
    )


@lru_cache(maxsize=16)
def _style_sheet(text: str) -> CSS:
    return CSS(
        string=text,
        base_url=BASE_URL,
        url_fetcher=ProjectFetcher({}),
        font_config=_font_configuration(),
    )


def _attachment(file: AttachedFile) -> Attachment:
    return Attachment(
        string=file.data,
        name=file.name,
        description=file.description,
        relationship="Source",
        created=file.date,
        modified=file.date,
    )
