"""What the engine made of citations and references -> inlines with links, entries of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from tcit_export.bibliography.library import Entry, Library
from tcit_export.csl import output as csl
from tcit_export.csl.item import Item, Name
from tcit_export.csl.processor import BibliographyEntry, BibliographyOptions, Result
from tcit_export.csl.style import Style
from tcit_export.model.document import Labels
from tcit_export.model.nodes import (
    Anchor,
    CiteItem,
    CiteMode,
    Emph,
    Inline,
    Link,
    Note,
    Paragraph,
    ReferenceEntry,
    ReferenceLayout,
    Str,
    Strong,
)
from tcit_export.resolve.bridge import Destination, Links, to_inlines, web_address
from tcit_export.resolve.citing import Place
from tcit_export.resolve.emphasis import emphasised_names

Content: TypeAlias = tuple[Inline, ...]


def record(item: Item) -> dict[str, Any]:
    """A work as it is handed on: plain CSL-JSON, without the variables of our own styles."""
    return {name: value for name, value in item.to_json().items() if not name.startswith("tcit-")}


class Formatter:
    """Turns what the engine made of citations and references into inlines with links."""

    def __init__(
        self,
        result: Result,
        style: Style,
        items: Iterable[Item],
        library: Library,
        anchors: Mapping[str, Anchor],
        labels: Labels,
        *,
        describe_links: bool = True,
    ) -> None:
        self.result = result
        self.by_names = style.info.citation_format in ("author-date", "author", "")
        self.library = library
        self.items = {item.id: item for item in items}
        self.anchors = anchors
        self.labels = labels
        self.describes = describe_links
        self.formatted = {entry.id: entry for entry in result.bibliography}
        bibliography = style.bibliography
        self.substitutes = bibliography and bibliography.subsequent_author_substitute is not None
        self._said: dict[str, str] = {}
        self._listed: dict[str, ReferenceEntry] = {}

    @property
    def links(self) -> Links:
        """Links in the text: to the references of what is cited."""
        return Links(self._reference)

    def in_words(self, key: str) -> str:
        """A work as an author-date citation names it: "Kahn & Fromm, 2001"."""
        if key not in self._said:
            self._said[key] = self._in_words(key)
        return self._said[key]

    def _in_words(self, key: str) -> str:
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
        return Destination(anchor, self._described(self.labels.in_the_list, key))

    def _described(self, wording: str, key: str) -> str:
        """Where a link leads that has to do with a work, if anybody is told."""
        return wording.format(work=self.in_words(key)) if self.describes else ""

    def content(self, place: Place, shown: csl.Content, *, notes: bool) -> Content:
        """What a citation became."""
        if any(item.mode is CiteMode.FULL for item in place.cite.items):
            return self._full(place.cite.items)
        content = to_inlines(shown, self.links)
        if not notes or place.in_note:
            return content
        first = place.cite.items[0]
        if first.prefix and first.key in self.library:  # an unknown key has none
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
            return Destination(target, self._described(wording, key))

        return Links(of_address=described)

    def entries(self, keys: Sequence[str], emphasise: str = "") -> tuple[ReferenceEntry, ...]:
        """The works of a list, in its order; a style without bibliography has none.

        `emphasise` is a person's name that is set in bold.
        """
        keys = [key for key in keys if key in self.formatted]
        names: frozenset[Name] = frozenset()
        if emphasise:
            names = emphasised_names(emphasise, self.items.values())
        if names or self.substitutes:
            return tuple(self._entry(entry) for entry in self.result.listed(keys, names))
        return tuple(self.as_listed(key) for key in keys)

    def as_listed(self, key: str) -> ReferenceEntry:
        """A work as every list has it."""
        if key not in self._listed:
            self._listed[key] = self._entry(self.formatted[key])
        return self._listed[key]

    def _entry(self, formatted: BibliographyEntry) -> ReferenceEntry:
        key = formatted.id
        links = self._addresses(key)
        entry = self.library[key]
        label = to_inlines(formatted.left_margin, links) if formatted.left_margin else ()
        return ReferenceEntry(
            key,
            self.anchors[key],
            to_inlines(formatted.right_inline or formatted.output, links),
            _stripped(label),
            data=record(entry.item),
        )

    def reviewed(self, entry: Entry) -> ReferenceEntry:
        """A reviewed work in full."""
        key = entry.item.id
        anchor = self.anchors.get(key) or Anchor(f"reviewed-{entry.key}")
        data = record(entry.item)
        return ReferenceEntry(key, anchor, self.reference(key), data=data)


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


def reference_layout(options: BibliographyOptions) -> ReferenceLayout:
    """How the style sets its list."""
    return ReferenceLayout(
        options.hanging_indent,
        bool(options.second_field_align),
        options.entry_spacing,
        options.line_spacing,
    )
