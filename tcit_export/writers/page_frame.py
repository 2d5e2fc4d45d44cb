"""What stands around the text of a page, on screen and on paper: Jinja2 and its context.

Templates get finished values (escaped markup or plain text) and decide where they stand.  Content
is only ever data: no text of an author is compiled as a template.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final, NamedTuple
from zlib import crc32

import jinja2
from jinja2 import FileSystemBytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from tcit_export.model.document import Author, DocumentKind, ResolvedDocument
from tcit_export.model.nodes import Inline, Link, ListLook, ReferenceEntry, ReferenceList, Str, Url
from tcit_export.model.walk import find, plain_text
from tcit_export.templates import Templates
from tcit_export.writers.direction import is_right_to_left, own_direction
from tcit_export.writers.html_downloads import own_downloads
from tcit_export.writers.html_markup import EMPTY, element, followable
from tcit_export.writers.html_metadata import title_text
from tcit_export.writers.html_nodes import (
    Footnote,
    HtmlNodes,
    Medium,
    ReferenceListTemplate,
)
from tcit_export.writers.html_places import CITED_FROM_CAP, Places, html_id
from tcit_export.writers.html_readings import details_line, list_classes, total
from tcit_export.writers.qr import coded_address, qr_svg
from tcit_export.writers.work_names import byline, work_name
from tcit_export.writers.work_records import address, coins

UNBROKEN_TITLE = 24
"""Characters after a title's colon that stay on one line of paper."""
SHORT_TITLE = 64
"""Characters of a title that fit the foot of a page."""


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, but that the fields of thousands of references are taken for safe unseen."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, EntryView) and attribute in EntryView._fields:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


_SYNTAX: Final = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}


class _Compiled(FileSystemBytecodeCache):
    """Our templates compiled, kept where Python keeps this module compiled (PEP 3147).

    That takes as long as importing Jinja2. Each file is for one text, this syntax, one version of
    Python and of Jinja2; what cannot be read or written there is compiled the next time.
    """

    def __init__(self) -> None:
        made_for = repr((jinja2.__version__, sorted(_SYNTAX.items()))).encode()
        folder = Path(cache_from_source(__file__)).parent
        super().__init__(str(folder), f"template-{crc32(made_for):08x}-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            if not sys.dont_write_bytecode:
                super().dump_bytecode(bucket)


@lru_cache(maxsize=8)
def environment(templates: Templates) -> ImmutableSandboxedEnvironment:
    """Jinja2 over a set of template folders: escaping always on, a missing value is a mistake."""

    def source(name: str) -> tuple[str, str, None] | None:
        path = templates.find(name)  # names the code, for `template_mistakes`
        return None if path is None else (templates.text(name), str(path), None)

    return _Environment(
        loader=FunctionLoader(source),
        bytecode_cache=None if any(map(Path.is_dir, templates.own_folders())) else _Compiled(),
        undefined=StrictUndefined,
        **_SYNTAX,
    )


BRIEF = 560
"""Characters of an entry that no page break parts: about eight lines."""


class BackLink(NamedTuple):
    """From an entry to a place that cites it."""

    target: str
    text: str
    label: str


class EntryView(NamedTuple):
    """One reference as the partial `reference_list.html.j2` sees it."""

    id: str | None
    key: str
    direction: str
    struct_id: str
    label: Markup
    content: Markup
    details: Markup
    note: Markup
    annotation: Markup
    tick: str
    name: str
    address: str
    coins: str
    back_links: tuple[BackLink, ...]
    qr_code: Markup

    @property
    def is_brief(self) -> bool:
        """Whether all that is said of the work fits in about eight lines."""
        parts = (self.content, self.details, self.note, self.annotation)
        return sum(len(part.striptags()) for part in parts) <= BRIEF


class ReviewedView(NamedTuple):
    """A reviewed work in the panel at the head."""

    key: str
    direction: str
    content: Markup
    address: str


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Everything that a page template may show."""

    document: ResolvedDocument
    title: Markup
    subtitle: Markup
    title_text: str
    short_title: str
    kind: str
    authors: tuple[Author, ...]
    byline: str
    reviewed: tuple[ReviewedView, ...]
    abstract: Markup
    body: Markup
    notes: tuple[Footnote, ...]
    nodes: HtmlNodes


def reference_list(templates: Templates, qr_codes: bool = False) -> ReferenceListTemplate:
    """The partial, as what `HtmlNodes` calls for each list; with codes of the DOIs if wanted."""
    template = environment(templates).get_template("reference_list.html.j2")

    def render(nodes: HtmlNodes, block: ReferenceList) -> Markup:
        entries = [_entry(nodes, entry, block.spec.look, qr_codes) for entry in block.entries]
        html = template.render(
            entries=entries,
            total=total(nodes, block),
            classes=list_classes(block),
            labels=nodes.document.labels,
            said=partial(said, nodes.document),
            lang=nodes.document.metadata.lang,
            screen=nodes.medium is Medium.SCREEN,
        )
        return Markup(html.strip("\n"))  # noqa: S704  (escaped by the template)

    return render


def _entry(nodes: HtmlNodes, entry: ReferenceEntry, look: ListLook, qr_codes: bool) -> EntryView:
    """Each entry hands the record of its work on; the ways back stand in the first list alone."""
    labels = nodes.document.labels
    name, where = work_name(entry, labels), address(entry.data)
    has_code = nodes.medium is Medium.PRINT and coded_address(entry.data, qr_codes, bool(look.qr))
    is_first = entry.key not in nodes.listed
    nodes.listed.add(entry.key)
    note = entry.reading.note if entry.reading is not None else ()
    return EntryView(
        id=nodes.claim(entry.anchor.name),
        key=entry.key,
        direction=own_direction(entry.content, nodes.document.metadata.lang),
        struct_id=html_id(entry.anchor.name),
        label=nodes.inlines(entry.label),
        content=nodes.inlines(entry.content),
        details=details_line(nodes, entry),
        note=nodes.blocks(note),
        annotation=nodes.blocks(entry.annotation),
        tick=labels.lists.tick.format(work=name) if look.ticks else "",
        name=name,
        address=where,
        coins=coins(entry.data) if entry.data else "",
        back_links=_back_links(nodes, entry) if is_first else (),
        qr_code=qr_svg(where, labels.qr_code.format(address=where)) if has_code else EMPTY,
    )


def _back_links(nodes: HtmlNodes, entry: ReferenceEntry) -> tuple[BackLink, ...]:
    """One for each heading under which the work is cited, capped; the first citation there."""
    if nodes.medium is Medium.PRINT:
        return ()
    by_heading: dict[str, int] = {}
    for citing in nodes.places.citing.get(entry.key, ()):
        by_heading.setdefault(citing.heading, citing.number)
    if not by_heading:
        return ()
    labels, name = nodes.document.labels, work_name(entry, nodes.document.labels)
    return tuple(
        BackLink(
            target=nodes.citation_id(number),
            text=heading or title_text(nodes.document),
            label=labels.back_to_citation.format(number=number, work=name),
        )
        for heading, number in list(by_heading.items())[:CITED_FROM_CAP]
    )


def page_frame(
    document: ResolvedDocument, templates: Templates, medium: Medium, qr_references: bool = False
) -> PageFrame:
    """Write all of a document's content and gather it for a page template."""
    lists = reference_list(templates, qr_references)
    take = EMPTY if medium is Medium.PRINT else _own_downloads(document, templates)
    nodes = HtmlNodes(document, medium, Places.of(document), lists, take)
    metadata, labels = document.metadata, document.labels
    title, subtitle = _title(nodes, metadata.title), nodes.inlines(metadata.subtitle)
    abstract = nodes.blocks(metadata.abstract)
    body = nodes.blocks(document.blocks)
    is_review = metadata.kind is DocumentKind.REVIEW
    return PageFrame(
        document=document,
        title=title,
        subtitle=subtitle,
        title_text=title_text(document),
        short_title=short_title(document),
        kind=labels.review if is_review else labels.reading_list,
        authors=metadata.authors,
        byline=byline([author.display for author in metadata.authors], labels),
        reviewed=tuple(_reviewed(nodes, entry) for entry in document.reviewed),
        abstract=abstract,
        body=body,
        notes=tuple(nodes.notes),
        nodes=nodes,
    )


def _own_downloads(document: ResolvedDocument, templates: Templates) -> Markup:
    template = environment(templates).get_template("downloads.html.j2")
    html = template.render(
        downloads=own_downloads(document),
        label=document.labels.download,
        labels=document.labels,
        said=partial(said, document),
    )
    return Markup(html)  # noqa: S704  (escaped by the template)


def _title(nodes: HtmlNodes, title: tuple[Inline, ...]) -> Markup:
    """The title; what follows its colon is one piece, so a line breaks there if it can."""
    for index, inline in enumerate(title):
        if isinstance(inline, Str) and ": " in inline.text:
            before, _, after = inline.text.partition(": ")
            rest = nodes.inlines((Str(after), *title[index + 1 :]))
            lead = nodes.inlines((*title[:index], Str(f"{before}: ")))
            short = len(plain_text((Str(after), *title[index + 1 :]))) <= UNBROKEN_TITLE
            name = "tcit-title-rest" + (" tcit-short" if short else "")
            return lead + element("span", rest, class_=name)
    return nodes.inlines(title)


def _reviewed(nodes: HtmlNodes, entry: ReferenceEntry) -> ReviewedView:
    links = (link.target for link in find(entry.content, Link))
    typed = (followable(target.address) for target in links if isinstance(target, Url))
    shown = next((address for address in typed if address), "")
    return ReviewedView(
        key=entry.key,
        direction=own_direction(entry.content, nodes.document.metadata.lang),
        content=nodes.inlines(entry.content),
        address=address(entry.data) or shown,
    )


def said(document: ResolvedDocument, words: str) -> Markup:
    """Words of ours, marked with their language and direction where these are not the text's."""
    lang = document.labels.lang
    if not lang:
        return escape(words)
    other = is_right_to_left(lang) is not is_right_to_left(document.metadata.lang)
    direction = ("rtl" if is_right_to_left(lang) else "ltr") if other else None
    return element("span", words, lang=lang, dir=direction)


def short_title(document: ResolvedDocument) -> str:
    """The title for the foot of a page: the part before the colon if the whole is too long."""
    title = " ".join(plain_text(document.metadata.title).split())
    if len(title) > SHORT_TITLE and 0 < title.find(": ") <= SHORT_TITLE:
        return title.partition(": ")[0]
    if len(title) <= SHORT_TITLE:
        return title
    return title[: SHORT_TITLE - 1].rpartition(" ")[0].rstrip(",;:") + "…"
