"""The head of a handout in Word: kind, title, authors, what is reviewed, abstract, contents."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tcit_export.model.document import Author, DocumentKind, ResolvedDocument, Resource
from tcit_export.model.nodes import Attributes, Image, Link, ReferenceEntry, Str, Url
from tcit_export.model.options import Options
from tcit_export.model.walk import find, plain_text
from tcit_export.writers.docx_blocks import Place, close_panel, write_blocks, write_paragraph
from tcit_export.writers.docx_bookmarks import bookmark_name
from tcit_export.writers.docx_build import Build, Story
from tcit_export.writers.docx_inlines import Look, write_inline, write_text
from tcit_export.writers.docx_outline import outline
from tcit_export.writers.html_metadata import canonical
from tcit_export.writers.ooxml import (
    Element,
    append_field_code,
    append_field_end,
    append_gallery,
    append_hyperlink,
    append_paragraph,
    child,
)
from tcit_export.writers.qr import qr_png
from tcit_export.writers.work_names import byline, work_name
from tcit_export.writers.work_records import address

CONTENTS_LEVELS: Final = 3
_LOGO: Final = "tcit:logo"
_QR: Final = "tcit:qr-code"
"""Names of pictures that are no files, so no author can name them."""
_LOGO_HEIGHT, _LOGO_WIDTH = 0.7, 2.4
"""Inches at most, as on the printed page."""


def write_head(build: Build, story: Story, parent: Element, look: Look) -> None:
    """Everything above the text, in the order of a handout."""
    document = build.document
    metadata, labels = document.metadata, document.labels
    is_review = metadata.kind is DocumentKind.REVIEW
    kind = labels.review if is_review else labels.reading_list
    words = look.spoken(labels.lang)
    _write_logo(build, story, parent, look)
    _line(build, parent, "Kind", kind, words)
    for name, content in (("Title", metadata.title), ("Subtitle", metadata.subtitle)):
        if content:
            write_paragraph(build, story, parent, content, build.styles.id(name), look)
    _write_authors(build, story, parent, look)
    _write_qr_code(build, story, parent, look)
    if document.reviewed:
        _write_reviewed(build, story, parent, look)
    if metadata.abstract:
        _line(build, parent, "Abstract Heading", labels.abstract, words)
        write_blocks(build, story, parent, metadata.abstract, Place(look, "Abstract", 0, 1))
    if metadata.keywords:
        paragraph = _paragraph(build, parent, "Keywords", look)
        label = f"{labels.keywords}{labels.colon}"
        write_text(build, paragraph, label, words.styled("Strong"))
        write_text(build, paragraph, f" {', '.join(metadata.keywords)}", look)
    if build.options.contents:
        _write_contents(build, parent, look)


def _paragraph(build: Build, parent: Element, style: str, look: Look) -> Element:
    paragraph = append_paragraph(parent, build.styles.id(style))
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    return paragraph


def _line(build: Build, parent: Element, style: str, text: str, look: Look) -> None:
    write_text(build, _paragraph(build, parent, style, look), text, look)


# ── authors ──────────────────────────────────────────────────────────────────────────────────────


def _write_authors(build: Build, story: Story, parent: Element, look: Look) -> None:
    """Names in one line, or each with affiliation and ORCID in a line of its own; the date."""
    document = build.document
    authors = document.metadata.authors
    if any(author.affiliation or author.orcid for author in authors):
        for author in authors:
            _write_author(build, story, parent, author, look)
    elif authors:
        names = byline([author.display for author in authors], document.labels)
        _line(build, parent, "Author", names, look)
    if document.date_text:
        _line(build, parent, "Date", document.date_text, look)


def _write_author(build: Build, story: Story, parent: Element, author: Author, look: Look) -> None:
    paragraph = _paragraph(build, parent, "Author", look)
    write_text(build, paragraph, author.display, look)
    if author.affiliation:
        write_text(build, paragraph, f", {author.affiliation}", look)
    if author.orcid:
        write_text(build, paragraph, ", ", look)
        url = f"https://orcid.org/{author.orcid}"
        link = Link(Url(url), (Str(url),), f"ORCID iD of {author.display}")
        write_inline(build, story, paragraph, link, look)


# ── logo and QR code ─────────────────────────────────────────────────────────────────────────────


def head_pictures(document: ResolvedDocument, options: Options) -> dict[str, Resource]:
    """The pictures of the head that are no part of the text, by name."""
    pictures = {}
    if options.logo is not None:
        pictures[_LOGO] = replace(options.logo, name=_LOGO)
    if options.qr and (target := canonical(document)):
        pictures[_QR] = Resource(_QR, qr_png(target), "image/png", 1, 1)
    return pictures


def _write_logo(build: Build, story: Story, parent: Element, look: Look) -> None:
    """The organisation's logo, as large as the page's, its name the alternative text."""
    resource = build.document.resources.get(_LOGO)
    if resource is not None:
        owner = build.options.organisation or build.document.metadata.publication.publisher
        ratio = resource.width / max(resource.height, 1)
        height = min(_LOGO_HEIGHT, _LOGO_WIDTH / max(ratio, 0.01))
        size = Attributes(pairs=(("height", f"{height:.2f}in"),))
        image = Image(_LOGO, owner, attributes=size)
        write_inline(build, story, _paragraph(build, parent, "Logo", look), image, look)


def _write_qr_code(build: Build, story: Story, parent: Element, look: Look) -> None:
    """The document's own address, for the camera and beside it for the eye."""
    if _QR in build.document.resources:
        url = canonical(build.document)
        words = build.document.labels.qr_code.format(address=url)
        image = Image(_QR, words, attributes=Attributes(pairs=(("width", "20mm"),)))
        paragraph = _paragraph(build, parent, "QR Code", look)
        write_inline(build, story, paragraph, image, look)
        write_text(build, paragraph, "\t", look)
        write_inline(build, story, paragraph, Link(Url(url), (Str(url),), words), look)


# ── the reviewed work ────────────────────────────────────────────────────────────────────────────


def _write_reviewed(build: Build, story: Story, parent: Element, look: Look) -> None:
    """A panel with each full reference and a link to the work."""
    labels = build.document.labels
    _line(build, parent, "Panel Heading", labels.reviewed_work, look.spoken(labels.lang))
    panel = len(parent)
    for entry in build.document.reviewed:
        style = build.styles.id("Panel")
        write_paragraph(build, story, parent, entry.content, style, look)
        if url := _original(entry):
            words = f"{labels.read_original}: {work_name(entry, labels)}"
            link = Link(Url(url), (Str(labels.read_original),), words)
            write_inline(build, story, _paragraph(build, parent, "Panel", look), link, look)
    close_panel(build, parent, panel)


def _original(entry: ReferenceEntry) -> str:
    """Where the work is: its record knows, or else the reference's own link."""
    targets = (link.target for link in find(entry.content, Link))
    shown = next((target.address for target in targets if isinstance(target, Url)), "")
    return address(entry.data) or shown


# ── contents ─────────────────────────────────────────────────────────────────────────────────────


def _write_contents(build: Build, parent: Element, look: Look) -> None:
    """A table of contents with its text. Page numbers come when Word updates it: none of ours
    would be right, and a document that asks to be updated greets its reader with a question."""
    headings = [
        (depth, h) for depth, h in outline(build.document.blocks) if depth <= CONTENTS_LEVELS
    ]
    if not headings:
        return
    labels = build.document.labels
    holder = append_gallery(parent, next(build.control_numbers), "Table of Contents")
    _line(build, holder, "TOC Heading", labels.contents, look.spoken(labels.lang))
    for depth, heading in headings:
        paragraph = _paragraph(build, holder, f"toc {depth}", look)
        if heading is headings[0][1]:
            append_field_code(paragraph, f' TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z ')
        name = heading.attributes.id
        target = paragraph
        if name in build.anchors:
            target = append_hyperlink(paragraph, anchor=bookmark_name(name))
        write_text(build, target, plain_text(heading.content), look)
    # Word, too, ends the field in a paragraph of its own: it keeps the text at a distance.
    append_field_end(append_paragraph(holder, build.styles.id("Table Spacer")))
