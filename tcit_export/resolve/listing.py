"""Planned works -> lists of references in the text: entries, groups with headings, totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tcit_export.bibliography.group_words import GroupWords
from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.reading import abstract_of, annotation_of, reading_of
from tcit_export.csl.style import Locale
from tcit_export.model.document import DocumentKind, Labels, ListDefaults
from tcit_export.model.list_labels import counted, time_in_words
from tcit_export.model.nodes import (
    Anchor,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    DefinitionList,
    Div,
    Heading,
    Inline,
    Inlines,
    ListedWork,
    ListLook,
    ListSpec,
    Locator,
    OrderedList,
    Paragraph,
    Reading,
    ReferenceEntry,
    ReferenceLayout,
    ReferenceList,
    Str,
)
from tcit_export.model.walk import find
from tcit_export.resolve.anchors import free_name, reference_anchor
from tcit_export.resolve.formatting import Formatter
from tcit_export.resolve.looks import complete, is_plain, shows_abstracts, tells_more
from tcit_export.resolve.plan import PlannedList, Portion

LOWEST = 6
"""The lowest level of a heading."""


@dataclass(slots=True)
class Lister:
    """Writes out the lists of one document, in reading order."""

    formatter: Formatter
    kind: DocumentKind
    defaults: ListDefaults
    labels: Labels
    words: GroupWords
    locale: Locale
    layout: ReferenceLayout
    taken: set[str]
    rank: Mapping[str, int]
    """The place of each work in the style's order, by key."""
    listed: set[str] = field(default_factory=set)
    """Keys of the works that a list has had: the first holds what citations lead to."""

    def filled(
        self, blocks: tuple[Block, ...], plans: Iterator[PlannedList], level: int
    ) -> tuple[Block, ...]:
        """The blocks with their lists written out; `level` is that of the heading above."""
        result: list[Block] = []
        for block in blocks:
            result.extend(self._block(block, plans, level))
            level = max((h.level for h in find((block,), Heading)), default=level)
        return tuple(result)

    def _block(self, block: Block, plans: Iterator[PlannedList], level: int) -> tuple[Block, ...]:
        match block:
            case ReferenceList():
                return self.list(block, next(plans), level)
            case BlockQuote() | Div():
                return (replace(block, content=self.filled(block.content, plans, level)),)
            case BulletList() | OrderedList():
                items = tuple(self.filled(item, plans, level) for item in block.items)
                return (replace(block, items=items),)
            case DefinitionList():
                terms = tuple(
                    (term, tuple(self.filled(each, plans, level) for each in definitions))
                    for term, definitions in block.items
                )
                return (replace(block, items=terms),)
            case _:
                return (block,)

    def list(self, block: ReferenceList, planned: PlannedList, level: int) -> tuple[Block, ...]:
        """A list; a grouped one as several, each under a heading one level below `level`."""
        spec = block.spec
        look = complete(spec, self.defaults, self.kind)
        portions = planned.portions(self.rank, self.words)
        # What the list said of its works now stands with them.
        empty = replace(block, spec=replace(spec, works=(), look=look), layout=self.layout)
        if not any(portion.entries for portion in portions):
            return () if is_plain(spec) else (self._nothing(),)
        result: list[Block] = []
        for number, portion in enumerate(portions):
            if portion.heading:
                result.append(self._heading(portion.heading, level + 1))
            place = empty if number == 0 else replace(empty, attributes=_unnamed(block.attributes))
            result.append(self._portion(place, portion, spec, look))
        return tuple(result)

    def _heading(self, words: str, level: int) -> Heading:
        slug = re.sub(r"[\W_]+", "-", words.casefold()).strip("-")
        name = free_name(slug or "group", self.taken)
        return Heading(min(level, LOWEST), (Str(words),), Attributes(id=name))

    def _nothing(self) -> Block:
        """A heading above a list that selects nothing shall not stand over nothing."""
        content: Inline = Str(self.labels.lists.nothing)
        if self.labels.lang:
            content = Inlines((content,), Attributes(pairs=(("lang", self.labels.lang),)))
        return Paragraph((content,))

    def _portion(
        self, place: ReferenceList, portion: Portion, spec: ListSpec, look: ListLook
    ) -> ReferenceList:
        works = {self.formatter.library[w.key].key: w for w in _known(spec, self.formatter)}
        more = tells_more(spec, self.kind)
        readings = {
            entry.key: self._reading(entry, works.get(entry.key), spec) if more else None
            for entry in portion.entries
        }
        keys = [entry.item.id for entry in portion.entries]
        made = self.formatter.entries(keys, spec.emphasise)
        entries = tuple(
            _told_more(
                reference,
                self._anchor(reference),
                _unless_empty(readings[reference.key]),
                self._annotation(reference.key, works, spec, look),
            )
            for reference in made
        )
        total = self._total(list(readings.values())) if look.totals else ()
        return replace(place, entries=entries, total=total)

    def _anchor(self, reference: ReferenceEntry) -> Anchor:
        """The one that citations lead to; in a later list one of its own."""
        if reference.key not in self.listed:
            self.listed.add(reference.key)
            return reference.anchor
        return reference_anchor(reference.key, self.taken)

    def _reading(self, entry: Entry, work: ListedWork | None, spec: ListSpec) -> Reading:
        """What is told of a work; nobody is asked to read the works of a curriculum vitae."""
        found = reading_of(entry, work, self.defaults, self.labels.lists, self.locator)
        return replace(found, pages=0, minutes=0) if spec.emphasise else found

    def locator(self, locator: Locator) -> str:
        """A place in a work, in the words of the document's language."""
        value = re.sub(r"(?<=\w)\s*-{1,2}\s*(?=\w)", "–", locator.value)
        several = bool(re.search(r"[–,;&]", value))
        form = "short" if locator.label == "page" else "long"
        term = self.locale.term(locator.label, form, plural=several)
        if term is None:
            term = locator.label.replace("-", " ")
        return f"{term if form == 'short' else term[:1].upper() + term[1:]} {value}"

    def _annotation(
        self, key: str, works: Mapping[str, ListedWork], spec: ListSpec, look: ListLook
    ) -> tuple[Block, ...]:
        if not look.annotations:
            return ()
        entry = self.formatter.library[key]
        found = annotation_of(entry, works.get(entry.key))
        if not found and shows_abstracts(spec, self.defaults):
            return abstract_of(entry)
        return found

    def _total(self, readings: Sequence[Reading | None]) -> tuple[Inline, ...]:
        """ "3 readings, at least 74 pages, about 2 hours": what is known, and no more."""
        labels = self.labels.lists
        parts = [counted(labels.readings, len(readings))]
        pages = [reading.pages if reading else 0 for reading in readings]
        minutes = [reading.minutes if reading else 0 for reading in readings]
        if sum(pages):
            words = counted(labels.pages, sum(pages))
            parts.append(words if all(pages) else labels.at_least.format(amount=words))
        if sum(minutes):
            parts.append(time_in_words(labels, sum(minutes), at_least=not all(minutes)))
        return (Str(", ".join(parts)),)


def _known(spec: ListSpec, formatter: Formatter) -> Iterable[ListedWork]:
    """The works of a list that the library has; of those named twice the first counts."""
    return (work for work in reversed(spec.works) if work.key in formatter.library)


def _told_more(
    reference: ReferenceEntry,
    anchor: Anchor,
    reading: Reading | None,
    annotation: tuple[Block, ...],
) -> ReferenceEntry:
    if reading is None and not annotation and anchor is reference.anchor:
        return reference
    return replace(reference, anchor=anchor, reading=reading, annotation=annotation)


def _unless_empty(reading: Reading | None) -> Reading | None:
    return None if reading is None or reading == Reading() else reading


def _unnamed(attributes: Attributes) -> Attributes:
    """An identifier belongs to the first part of a list alone."""
    return replace(attributes, id="")
