"""Document + Library + Style -> ResolvedDocument: the only place that knows all three.

The steps: gather the citations in reading order; have them and the list formatted together; put
each citation back, its links leading to its references; fill the list; add "Cite this article".
A key that no library has is shown as `(key?)`; telling of it is the linter's task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeAlias

from tcit_export.bibliography.library import Entry, Library
from tcit_export.csl import output as csl
from tcit_export.csl.item import Item
from tcit_export.csl.processor import BibliographyEntry, BibliographyOptions, Result, process
from tcit_export.csl.style import Locale, Style
from tcit_export.intext import prepared
from tcit_export.model.labels import labels_for
from tcit_export.model.nodes import (
    Anchor,
    Attributes,
    Block,
    Cite,
    CiteItem,
    CiteMode,
    Div,
    Document,
    DocumentKind,
    Emph,
    Heading,
    Inline,
    Labels,
    Link,
    Metadata,
    Note,
    Paragraph,
    ReferenceEntry,
    ReferenceLayout,
    ReferenceList,
    ResolvedDocument,
    Resource,
    Str,
    Strong,
)
from tcit_export.model.walk import find, map_content, map_each_inline, map_inlines
from tcit_export.resolve.anchors import free_name, identifiers, reference_anchors
from tcit_export.resolve.bridge import Destination, Links, to_inlines, web_address
from tcit_export.resolve.citing import (
    Place,
    citation,
    moved_behind_punctuation,
    places_of_citations,
)
from tcit_export.resolve.own import date_in_words, own_item

Content: TypeAlias = tuple[Inline, ...]
OWN_KEY: Final = "this-document"


def resolve(
    document: Document,
    library: Library,
    style: Style,
    locale: Locale,
    *,
    resources: Mapping[str, Resource] | None = None,
    labels: Labels | None = None,
) -> ResolvedDocument:
    """The document with every citation and every list written out.

    `locale` is the style's (see `styles.load_locale`). `labels` default to the language's.
    """
    metadata = document.metadata
    reviewed = [entry for key in metadata.reviewed if (entry := library.get(key)) is not None]
    if labels is None:
        labels = labels_for(metadata.lang, tuple(entry.item.type for entry in reviewed))
    notes = style.class_ == "note"
    head = (Paragraph(metadata.title), Paragraph(metadata.subtitle), *metadata.abstract)
    places = places_of_citations((*head, *document.blocks), notes=notes)
    entries = _entries(places, library, reviewed, metadata.nocite)
    items = [entry.item for entry in entries]
    citations = [citation(place, library, locale, notes=notes) for place in places]
    result = process(style, locale, items, prepared(items, citations))

    taken = identifiers(document.blocks)
    listed = [entry.id for entry in result.bibliography]
    formatter = _Formatter(result, style, library, reference_anchors(listed, taken), labels)
    contents = iter([formatter.content(place, shown, notes=notes)
                     for place, shown in zip(places, result.citations, strict=True)])  # fmt: skip
    metadata = _filled_metadata(metadata, contents, notes=notes)
    blocks = _filled(document.blocks, contents, notes=notes)

    own = _own_entry(metadata, reviewed, style, locale, labels, taken)
    frame = _Frame(labels, taken, formatter.entries(), _layout(result.bibliography_options))
    blocks = frame.completed(blocks, own if metadata.kind is DocumentKind.REVIEW else None)
    return ResolvedDocument(
        metadata=metadata,
        blocks=_without_lost_links(blocks),
        reviewed=tuple(formatter.reviewed(entry) for entry in reviewed),
        cite_this=own,
        labels=labels,
        date_text=date_in_words(metadata.date, metadata.lang, locale),
        resources=dict(resources or {}),
        bibtex=_bibtex(listed, entries, library),
        style_id=style.info.id,
    )


# ── which works ──────────────────────────────────────────────────────────────────────────────────


def _entries(
    places: Iterable[Place], library: Library, reviewed: Iterable[Entry], nocite: Iterable[str]
) -> list[Entry]:
    """The works of the list: cited ones in order, then the reviewed, then those asked for."""
    found: dict[str, Entry] = {}
    cited = (library.get(item.key) for place in places for item in place.cite.items)
    asked: list[Entry | None] = []
    for key in nocite:
        asked.extend(library if key == "*" else [library.get(key)])
    for entry in (*cited, *reviewed, *asked):
        if entry is not None:
            found.setdefault(entry.key, entry)
    return list(found.values())


def _bibtex(listed: Iterable[str], entries: Iterable[Entry], library: Library) -> str:
    """The entries as they were typed, in list order, each parent after its last child."""
    by_id = {entry.item.id: entry for entry in entries}
    order = [by_id[key] for key in listed if key in by_id]
    seen = {entry.key for entry in order}
    waiting = list(order)
    while waiting:
        parents = [parent for parent in _parents(waiting.pop(0), library) if parent.key not in seen]
        seen.update(parent.key for parent in parents)
        order.extend(parents)
        waiting.extend(parents)
    named = {parent.key for entry in order for parent in _parents(entry, library)}
    ordered = sorted(order, key=lambda entry: entry.key in named)
    return "\n\n".join(entry.raw for entry in ordered) + "\n" * bool(order)


_PARENT_FIELDS: Final = ("crossref", "xdata", "related")


def _parent_keys(entry: Entry) -> Iterator[str]:
    for name in _PARENT_FIELDS:
        found = entry.fields.get(name)
        if found is not None:
            yield from (key.strip() for key in found.value.split(","))


def _parents(entry: Entry, library: Library) -> Iterator[Entry]:
    for key in _parent_keys(entry):
        parent = library.get(key)
        if parent is not None:
            yield parent


# ── formatted pieces ─────────────────────────────────────────────────────────────────────────────


class _Formatter:
    """Turns what the engine made of citations and references into inlines with links."""

    def __init__(
        self,
        result: Result,
        style: Style,
        library: Library,
        anchors: Mapping[str, Anchor],
        labels: Labels,
    ) -> None:
        self.result = result
        self.by_names = style.info.citation_format in ("author-date", "author", "")
        self.library = library
        self.items = {entry.item.id: entry.item for entry in library}
        self.anchors = anchors
        self.labels = labels
        self.formatted = {entry.id: entry for entry in result.bibliography}
        self.in_words = cache(self._in_words)
        self.links = Links(self._reference, lambda _address: None)

    def _in_words(self, key: str) -> str:
        """A work as an author-date citation names it: "Kahn & Fromm, 2001"."""
        if self.by_names:
            text = csl.to_text(self.result.cite(key)).strip()
            return text[1:-1] if text[:1] + text[-1:] in ("()", "[]") else text
        names = csl.to_text(self.result.cite(key, "author-only")).strip()
        issued = self.items[key].dates.get("issued") if key in self.items else None
        year = str(issued.date_parts[0][0]) if issued and issued.date_parts else ""
        return ", ".join(part for part in (names, year) if part) or key

    def _reference(self, key: str) -> Destination | None:
        anchor = self.anchors.get(key)
        if anchor is None:
            return None
        return Destination(anchor, self.labels.in_the_list.format(work=self.in_words(key)))

    def content(self, place: Place, shown: csl.Content, *, notes: bool) -> Content:
        """What a citation became."""
        if any(item.mode is CiteMode.FULL for item in place.cite.items):
            return self._full(place.cite.items)
        content = to_inlines(shown, self.links)
        if not notes or place.in_note:
            return content
        if place.cite.items[0].prefix:
            content = _capitalised(content)
        return (*self._names(place.cite.items[0]), Note((Paragraph(content),)))

    def _names(self, item: CiteItem) -> Content:
        """The authors' names in the text, before a note that holds the rest."""
        entry = self.library.get(item.key)
        if item.mode is not CiteMode.AUTHOR_IN_TEXT or entry is None:
            return ()
        names = to_inlines(self.result.cite(entry.item.id, "author-only"), self.links)
        return (*names, Str("’s")) if item.possessive else names

    def _full(self, items: Iterable[CiteItem]) -> Content:
        """Whole references in the text, as the list has them."""
        parts: list[Inline] = []
        for item in items:
            entry = self.library.get(item.key)
            if parts:
                parts.append(Str("; "))
            parts.extend(item.prefix)
            parts.extend(self.reference(entry.item.id) if entry else (Str(f"({item.key}?)"),))
            parts.extend(item.suffix)
        return tuple(parts)

    def reference(self, key: str) -> Content:
        """A work as the list has it, without its number; as a citation where no list has it."""
        found = self.formatted.get(key)
        if found is None:
            return to_inlines(self.result.cite(key), self.links)
        return to_inlines(found.right_inline or found.output, self._addresses(key))

    def _addresses(self, key: str) -> Links:
        """Links inside a reference, described by the work they belong to."""

        def described(address: str) -> Destination | None:
            target = web_address(address)
            if target is None:
                return None
            is_doi = "doi.org/" in address.lower()
            wording = self.labels.doi_of if is_doi else self.labels.address_of
            return Destination(target, wording.format(work=self.in_words(key)))

        return Links(of_address=described)

    def entries(self) -> tuple[ReferenceEntry, ...]:
        """The list."""
        return tuple(self._entry(entry) for entry in self.result.bibliography)

    def _entry(self, formatted: BibliographyEntry) -> ReferenceEntry:
        key = formatted.id
        links = self._addresses(key)
        entry = self.library[key]
        label = to_inlines(formatted.left_margin, links) if formatted.left_margin else ()
        return ReferenceEntry(
            key,
            self.anchors[key],
            self.reference(key),
            _stripped(label),
            data=entry.item.to_json(),
            bibtex=entry.raw,
        )

    def reviewed(self, entry: Entry) -> ReferenceEntry:
        """A reviewed work in full."""
        key = entry.item.id
        anchor = self.anchors.get(key) or Anchor(f"reviewed-{entry.key}")
        data = entry.item.to_json()
        return ReferenceEntry(key, anchor, self.reference(key), data=data, bibtex=entry.raw)


def _capitalised(content: Content) -> Content:
    """A prefix opens its note as a sentence: `See Lee, One, 3.`"""
    if not content:
        return content
    first = content[0]
    if isinstance(first, Str):
        return (replace(first, text=first.text[:1].upper() + first.text[1:]), *content[1:])
    if isinstance(first, (Emph, Strong, Link)):
        return (replace(first, content=_capitalised(first.content)), *content[1:])
    return content


def _stripped(label: Content) -> Content:
    """A label without the blank that separates it from its entry."""
    if label and isinstance(label[-1], Str):
        return (*label[:-1], replace(label[-1], text=label[-1].text.rstrip()))
    return label


def _layout(options: BibliographyOptions) -> ReferenceLayout:
    return ReferenceLayout(
        options.hanging_indent,
        bool(options.second_field_align),
        options.entry_spacing,
        options.line_spacing,
    )


def _own_entry(
    metadata: Metadata,
    reviewed: Iterable[Entry],
    style: Style,
    locale: Locale,
    labels: Labels,
    taken: set[str],
) -> ReferenceEntry | None:
    """How to cite the document itself, from its front matter, by the same engine."""
    key = metadata.slug or OWN_KEY
    item: Item | None = own_item(metadata, key, reviewed, labels)
    if item is None:
        return None
    result = process(style, locale, [item])
    own = next(iter(result.bibliography), None)
    if own is None:
        return None
    formatter = _Formatter(result, style, Library(), {}, labels)
    anchor = Anchor(free_name("cite-this", taken))
    return ReferenceEntry(key, anchor, formatter.reference(key), data=item.to_json())


# ── putting back ─────────────────────────────────────────────────────────────────────────────────


def _filled(
    blocks: tuple[Block, ...], contents: Iterator[Content], *, notes: bool
) -> tuple[Block, ...]:
    """The blocks with the content of each citation, in the order they were gathered."""

    def fill(node: Inline) -> tuple[Inline, ...]:
        if isinstance(node, Cite):
            content = next(contents)
            names, rest = content[:-1], content[-1:]
            if notes and rest and isinstance(rest[0], Note) and names:
                return (*names, replace(node, content=rest))
            return (replace(node, content=content),)
        if isinstance(node, Link):
            return (replace(node, content=_unlinked(node.content)),)
        return (node,)

    filled = tuple(map_each_inline(block, fill) for block in blocks)
    if not notes:
        return filled
    return tuple(map_inlines(block, moved_behind_punctuation) for block in filled)


def _filled_metadata(metadata: Metadata, contents: Iterator[Content], *, notes: bool) -> Metadata:
    """The title, subtitle and abstract with their citations; titles have no links."""
    titles = [
        _filled((Paragraph(content),), contents, notes=False)
        for content in (metadata.title, metadata.subtitle)
    ]
    title, subtitle = (
        _unlinked(block.content) for (block,) in titles if isinstance(block, Paragraph)
    )
    abstract = _filled(metadata.abstract, contents, notes=notes)
    return replace(metadata, title=title, subtitle=subtitle, abstract=abstract)


def _unlinked(content: Content) -> Content:
    """Links cannot stand in links: a citation in one shows its text alone."""

    def text_alone(node: Inline) -> tuple[Inline, ...]:
        if isinstance(node, Cite):
            return (replace(node, content=map_content(node.content, text_alone)),)
        return node.content if isinstance(node, Link) else (node,)

    return map_content(content, text_alone)


def _without_lost_links(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The author's links to `#ref-…` that no reference has, as text."""
    known = identifiers(blocks)
    for block in find(blocks, ReferenceList):
        known.update(entry.anchor.name for entry in block.entries)

    def kept(node: Inline) -> tuple[Inline, ...]:
        if not isinstance(node, Link) or not isinstance(node.target, Anchor):
            return (node,)
        name = node.target.name
        return node.content if name.startswith("ref-") and name not in known else (node,)

    return tuple(map_each_inline(block, kept) for block in blocks)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is added to the text: the list with its heading, and how to cite the document."""

    labels: Labels
    taken: set[str]
    entries: tuple[ReferenceEntry, ...]
    layout: ReferenceLayout

    def completed(self, blocks: tuple[Block, ...], own: ReferenceEntry | None) -> tuple[Block, ...]:
        """The blocks with the list where the author put it, else at the end."""
        level = min((heading.level for heading in find(blocks, Heading)), default=2)
        panel = self._panel(own, level) if own is not None else ()
        index = next((i for i, b in enumerate(blocks) if isinstance(b, ReferenceList)), None)
        if index is None:
            nested = next(find(blocks, ReferenceList), None)
            if nested is not None:
                return (*self._in_divs(blocks, nested), *panel)
            return (*blocks, *panel, *self._list(level, Attributes()))
        wanted = blocks[index]
        assert isinstance(wanted, ReferenceList)
        after = tuple(b for b in blocks[index + 1 :] if not isinstance(b, ReferenceList))
        before = blocks[:index]
        if before and isinstance(before[-1], Heading):
            heading = before[-1]
            return (*before[:-1], *panel, heading, self._filled(wanted), *after)
        return (*before, *panel, *self._list(level, wanted.attributes, wanted), *after)

    def _list(
        self, level: int, attributes: Attributes, place: ReferenceList | None = None
    ) -> tuple[Block, ...]:
        if not self.entries:
            return ()
        name = free_name("references", self.taken)
        heading = Heading(level, (Str(self.labels.references),), Attributes(id=name))
        return (heading, self._filled(place or ReferenceList(attributes)))

    def _filled(self, place: ReferenceList) -> ReferenceList:
        return replace(place, entries=self.entries, layout=self.layout)

    def _panel(self, own: ReferenceEntry, level: int) -> tuple[Block, ...]:
        name = free_name("cite-this-article", self.taken)
        heading = Heading(level, (Str(self.labels.cite_this),), Attributes(id=name))
        attributes = Attributes(id=own.anchor.name, classes=("cite-this",))
        return (Div((heading, Paragraph(own.content)), attributes),)

    def _in_divs(self, blocks: tuple[Block, ...], place: ReferenceList) -> tuple[Block, ...]:
        """The first list inside other blocks, filled where it stands; further ones are left out."""
        result: list[Block] = []
        for block in blocks:
            if block is place:
                result.append(self._filled(place))
            elif isinstance(block, Div):
                result.append(replace(block, content=self._in_divs(block.content, place)))
            elif not isinstance(block, ReferenceList):
                result.append(block)
        return tuple(result)
