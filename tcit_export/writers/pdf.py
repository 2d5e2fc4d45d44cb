"""ResolvedDocument -> PDF: tagged (PDF/UA-1), for the archive (PDF/A-3a), its .bib inside.

The same nodes as the page, in a template and a style sheet of their own.  All dates come from the
options or the document, so the same document gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn

from tcit_export.limits import TABLE_CELLS
from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import Image, Table
from tcit_export.model.options import Edition, Options
from tcit_export.model.walk import find
from tcit_export.source import Span
from tcit_export.templates import Templates
from tcit_export.writers.html import frame_context, style_sheet
from tcit_export.writers.html_markup import clean
from tcit_export.writers.html_metadata import canonical, meta_tags
from tcit_export.writers.html_nodes import Medium, print_address
from tcit_export.writers.missing_glyphs import missing_glyphs
from tcit_export.writers.page_frame import PageFrame, environment, page_frame
from tcit_export.writers.pdf_editions import (
    FACT_SHEET_SIZES,
    OWN_SCHEME,
    body_class,
    own_pictures,
    style_sheets,
    suffix,
)
from tcit_export.writers.places import place_of_character, place_of_picture, placed
from tcit_export.writers.qr import qr_svg
from tcit_export.writers.rendered import PdfIncomplete, PdfUnavailable, Rendered

MEDIA_TYPE = "application/pdf"
BIBLIOGRAPHY_NAME = "references.bib"
TIGHTER = "tighter.css"
FEW_LINES = 3
"""On the last page: so few that setting the others closer may save it."""
MOST_PAGES_TRIED = 6
"""In a longer document a short last page is no matter, and a second layout is slow."""
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of an attachment where neither options nor document name one."""
_LINE_ENDS = {0x2028: " ", 0x2029: " "}
"""Unicode's own, which word processors leave behind: WeasyPrint fails at some of them."""


class FetchRefused(PdfIncomplete):
    """Something asked for what is no part of the document; `addresses` were refused."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        shown = (f"{a[:80]}…" if len(a) > 80 else a for a in addresses)
        super().__init__(tuple(f"refused to fetch `{address}`" for address in shown))
        self.addresses = addresses


def write(document: ResolvedDocument, options: Options, templates: Templates) -> Rendered:
    """The PDF. Raises PdfUnavailable, FetchRefused, or PdfIncomplete (unreadable pictures)."""
    if options.edition is Edition.FACT_SHEET:
        return _write_fact_sheet(document, options, templates)
    rendered = _write(document, options, templates)
    if options.edition is Edition.BOOKLET:
        booklet = import_module("tcit_export.writers.pdf_booklet")
        data, pages = booklet.impose(rendered.data)
        return replace(rendered, data=data, pages=pages)
    return rendered


def _write_fact_sheet(
    document: ResolvedDocument, options: Options, templates: Templates
) -> Rendered:
    """In the largest type that fits one page, else in the smallest and with a problem."""
    sizes = (options.text_size,) if options.text_size else FACT_SHEET_SIZES
    options = replace(options, contents=False)  # one page is found without

    def attempt(size: float) -> Rendered:
        return _write(document, replace(options, text_size=size), templates)

    largest = attempt(sizes[0])
    if largest.pages == 1:
        return largest
    smallest = attempt(sizes[-1])
    if smallest.pages != 1:
        size = f"{smallest.pages} pages at {sizes[-1]:g} points"
        problem = f"the fact sheet takes {size}: shorten the text"
        return replace(smallest, problems=(*smallest.problems, problem))
    between = (attempt(size) for size in sizes[1:-1])
    return next((rendered for rendered in between if rendered.pages == 1), smallest)


def _write(document: ResolvedDocument, options: Options, templates: Templates) -> Rendered:
    engine = load_engine()
    _refuse_what_never_ends(document)
    page = page_frame(document, templates, Medium.PRINT, qr_references=options.qr_references)
    html = print_html(page, options, templates)
    sheets = style_sheets(options, templates, page.nodes.rules, document.metadata.lang)

    def attempt(*more: str) -> Any:
        attached = tuple(_attached(engine, document, options))
        styles = (*sheets, *more)
        return engine.render(html, styles, document.resources, attached, own_pictures(options))

    printed = attempt()
    if 1 < printed.pages <= MOST_PAGES_TRIED and printed.last_lines <= FEW_LINES:
        tighter = attempt(style_sheet(templates, TIGHTER, {}))
        printed = tighter if tighter.pages < printed.pages and not tighter.spoilt else printed
    _refuse_incomplete(document, page, printed)
    told = dict(missing_glyphs(printed.unshown))
    places = {message: place_of_character(document, sign) for message, sign in told.items()}
    return Rendered(
        printed.data,
        suffix(options.edition),
        MEDIA_TYPE,
        printed.pages,
        (*told, *printed.complaints),
        _known(places),
    )


def _refuse_incomplete(document: ResolvedDocument, page: PageFrame, printed: Any) -> None:
    """Raise for a PDF that lacks something, with the places of what it lacks."""
    if printed.refused:
        raise FetchRefused(printed.refused)
    missing = {
        message: place_of_picture(document, source)
        for message in (*page.nodes.problems, *printed.missing)
        for source in [_picture_in(message, document)]
    }
    missing |= {message: page.notes[number - 1].span for number, message in printed.spoilt}
    if missing:
        raise PdfIncomplete(tuple(missing), _known(missing))


def _picture_in(message: str, document: ResolvedDocument) -> str:
    """The picture that a message names, by our name or by its address; empty if it names none."""
    names = {image.source for image in find((*document.metadata.abstract, *document.blocks), Image)}
    for name in sorted(names):
        if f"`{name}`" in message or print_address(name) in message:
            return name
    return ""


def _refuse_what_never_ends(document: ResolvedDocument) -> None:
    """A table of 30,000 cells, or a paragraph of a book's length, would be laid out for minutes."""
    for node, span in placed((*document.metadata.abstract, *document.blocks)):
        if isinstance(node, Table):
            cells = sum(len(row) for row in (node.head, *node.rows))
            if cells > TABLE_CELLS:
                _refuse(f"a table of {cells:,} cells; a PDF holds up to {TABLE_CELLS:,}", span)


def _known(places: Mapping[str, Span | None]) -> dict[str, Span]:
    return {words: span for words, span in places.items() if span is not None}


def _refuse(words: str, span: Span | None) -> NoReturn:
    raise PdfIncomplete((words,), _known({words: span}))


def load_engine() -> ModuleType:
    """`writers.pdf_engine`. Raises PdfUnavailable with the command that would mend it."""
    try:
        return import_module("tcit_export.writers.pdf_engine")
    except (ImportError, OSError) as error:
        raise PdfUnavailable(unavailable_message(sys.platform, error)) from error


def unavailable_message(platform: str, error: Exception) -> str:
    """What is missing and how to install it, for a value of `sys.platform`."""
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return f"no PDF can be made here ({reason}). Install Pango: {install_command(platform)}"


def install_command(platform: str) -> str:
    """The command that installs what WeasyPrint needs."""
    if platform == "darwin":
        return "`brew install pango`"
    if platform == "win32":
        return (
            "install MSYS2 (https://www.msys2.org), run `pacman -S mingw-w64-x86_64-pango` in its "
            "shell, and set WEASYPRINT_DLL_DIRECTORIES to C:\\msys64\\mingw64\\bin"
        )
    return (
        "`sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0` on Debian "
        "and Ubuntu, `sudo dnf install pango` on Fedora"
    )


def slow_subsetting_note() -> str | None:
    """What to install for faster PDFs, or None if it is there. Raises PdfUnavailable."""
    if load_engine().SUBSETS_FAST:
        return None
    return (
        "PDFs take almost three times as long without harfbuzz-subset: "
        "`sudo apt-get install libharfbuzz-subset0` on Debian and Ubuntu"
    )


def print_html(page: PageFrame, options: Options, templates: Templates) -> str:
    """The HTML that is laid out on paper."""
    template = environment(templates).get_template("handout-print.html.j2")
    address = canonical(page.document) if options.qr else ""
    words = page.document.labels.qr_code.format(address=address)
    html = template.render(
        frame_context(page, options),
        meta=[*_meta(page.document), *_dates(page.document, options)],
        organisation=options.organisation or page.document.metadata.publication.publisher,
        body_class=body_class(options),
        logo=f"{OWN_SCHEME}logo" if options.logo is not None else "",
        address=address,
        qr_code=qr_svg(address, words) if address else "",
    )
    return clean(html).translate(_LINE_ENDS)


def _meta(document: ResolvedDocument) -> Iterator[tuple[str, str]]:
    known = ("author", "description", "keywords", "generator")
    return ((name, content) for name, content in meta_tags(document) if name in known)


def _dates(document: ResolvedDocument, options: Options) -> Iterator[tuple[str, str]]:
    date = document_date(document, options)
    if date is not None:
        text = date.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
        yield from (("dcterms.created", text), ("dcterms.modified", text))


def document_date(document: ResolvedDocument, options: Options) -> datetime | None:
    """SOURCE_DATE_EPOCH if given, else the first day that the document's date means."""
    date = document.metadata.date
    try:
        if options.source_date is not None:
            return datetime.fromtimestamp(options.source_date, UTC)
        return datetime(date.year, date.month or 1, date.day or 1, tzinfo=UTC) if date else None
    except (ValueError, OverflowError, OSError):  # a day that no calendar has
        return None


def _attached(engine: ModuleType, document: ResolvedDocument, options: Options) -> Iterator[object]:
    if document.bibtex:
        yield engine.AttachedFile(
            BIBLIOGRAPHY_NAME,
            document.bibtex.encode("utf-8", "replace"),
            "The references of this document as BibTeX",
            document_date(document, options) or _EPOCH,
        )
