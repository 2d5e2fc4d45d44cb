"""A QR code below each reference that has a DOI, if wanted: as in the PDF, for who reads on paper.

It stands inside the reference's bookmark, as all that is told of a work does.
"""

from __future__ import annotations

from typing import Final

from tcit_export.model.document import ResolvedDocument, Resource
from tcit_export.model.nodes import Attributes, Image, ReferenceEntry, ReferenceList
from tcit_export.model.options import Options
from tcit_export.model.walk import reference_lists
from tcit_export.writers.docx_build import Build, Story
from tcit_export.writers.docx_inlines import Look, write_inline
from tcit_export.writers.ooxml import Element, append_paragraph
from tcit_export.writers.qr import coded_address, qr_png

_NAME: Final = "tcit:qr-code:"
_PLACE: Final = '<w:ind w:left="720"/>'
"""Below the text of the reference, which hangs by half an inch."""


def code_pictures(document: ResolvedDocument, options: Options) -> dict[str, Resource]:
    """The codes of all works that have one in the document's lists, by name."""
    lists = reference_lists((*document.metadata.abstract, *document.blocks))
    addresses = (code_address(entry, part, options) for part in lists for entry in part.entries)
    return {
        _NAME + address: Resource(_NAME + address, qr_png(address), "image/png", 1, 1)
        for address in dict.fromkeys(addresses)
        if address
    }


def has_codes(part: ReferenceList, options: Options) -> bool:
    """Whether any entry of a list has a code."""
    return any(code_address(entry, part, options) for entry in part.entries)


def code_address(entry: ReferenceEntry, part: ReferenceList, options: Options) -> str:
    """Where the code of an entry leads; "" if it has none."""
    return coded_address(entry.data, options.qr_references, bool(part.spec.look.qr))


def write_code(
    build: Build, story: Story, parent: Element, entry: ReferenceEntry, part: ReferenceList,
    look: Look,
) -> None:  # fmt: skip
    """The code of the entry's address, which the reference above it shows."""
    address = code_address(entry, part, build.options)
    if not address:
        return
    style = build.styles.derived("QR Code", "Reference", _PLACE)
    paragraph = append_paragraph(parent, style)
    words = build.document.labels.qr_code.format(address=address)
    image = Image(_NAME + address, words, attributes=Attributes(pairs=(("width", "15mm"),)))
    write_inline(build, story, paragraph, image, look)
