"""What is added to the text: headings of lists, a list at the end, and how to cite the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tcit_export.model.document import DocumentKind, Labels
from tcit_export.model.nodes import (
    Attributes,
    Block,
    Div,
    Heading,
    Paragraph,
    ReferenceEntry,
    ReferenceList,
    Str,
)
from tcit_export.model.walk import find
from tcit_export.resolve.anchors import free_name
from tcit_export.resolve.looks import is_plain
from tcit_export.resolve.plan import placed_lists


class Frame(NamedTuple):
    """What is added to the text.

    `shown` says of each list, in reading order, whether it will have entries; the last is `added`
    if the author placed no list for its works.
    """

    kind: DocumentKind
    labels: Labels
    taken: set[str]
    shown: Sequence[bool]
    added: bool

    def completed(self, blocks: tuple[Block, ...], own: ReferenceEntry | None) -> tuple[Block, ...]:
        """The blocks with the panel "Cite this article" between the text and its references.

        In a review a plain list has a heading; a reading list has the headings that it is given.
        """
        level = min((heading.level for heading in find(blocks, Heading)), default=2)
        panel = self._panel(own, level) if own is not None else ()
        plain = [
            index
            for index, block in enumerate(blocks)
            if isinstance(block, ReferenceList) and is_plain(block.spec)
        ]
        place = self._place_of_panel(blocks, plain)
        result: list[Block] = []
        for index, block in enumerate(blocks):
            if index == place:
                result.extend(panel)
            if index in plain and self._needs_heading(blocks, index):
                above = level if len(plain) == 1 else _level_above(blocks, index) + 1
                result.append(self._references(min(above, 6)))
            result.append(block)
        if place == len(blocks):
            result.extend(panel)
        return (*result, *self._added(blocks, level))

    def _place_of_panel(self, blocks: tuple[Block, ...], plain: Sequence[int]) -> int:
        """Before the last plain list; else before the lists that end the document.

        In a reading list, whose lists are its text, behind all of it.
        """
        if self.kind is DocumentKind.READING_LIST:
            return len(blocks)
        if plain:
            last = plain[-1]
            return last - 1 if _is_headed(blocks, last) else last
        place = len(blocks)
        while place and isinstance(blocks[place - 1], (Heading, ReferenceList)):
            place -= 1
        has_list = any(isinstance(block, ReferenceList) for block in blocks[place:])
        return place if has_list and not self.added else len(blocks)

    def _needs_heading(self, blocks: tuple[Block, ...], index: int) -> bool:
        if self.kind is DocumentKind.READING_LIST or _is_headed(blocks, index):
            return False
        before = len(list(placed_lists(blocks[:index])))
        return self.shown[before]

    def _added(self, blocks: tuple[Block, ...], level: int) -> tuple[Block, ...]:
        """The list that the author did not place, under a heading."""
        if not self.added or not self.shown[-1]:
            return ()
        if self.kind is DocumentKind.REVIEW or len(self.shown) > 1:
            return (self._references(level), ReferenceList())
        if not blocks:
            return (ReferenceList(),)
        name = free_name("readings", self.taken)
        return (self._heading(level, self.labels.lists.heading, name), ReferenceList())

    def _references(self, level: int) -> Heading:
        return self._heading(level, self.labels.references, free_name("references", self.taken))

    def _heading(self, level: int, label: str, name: str) -> Heading:
        """A heading of ours, marked with its language if that is not the document's."""
        lang = (("lang", self.labels.lang),) if self.labels.lang else ()
        return Heading(level, (Str(label),), Attributes(id=name, pairs=lang))

    def _panel(self, own: ReferenceEntry, level: int) -> tuple[Block, ...]:
        name = free_name("cite-this-article", self.taken)
        heading = self._heading(level, self.labels.cite_this, name)
        attributes = Attributes(id=own.anchor.name, classes=("cite-this",))
        return (Div((heading, Paragraph(own.content)), attributes),)


def _is_headed(blocks: tuple[Block, ...], index: int) -> bool:
    return index > 0 and isinstance(blocks[index - 1], Heading)


def _level_above(blocks: tuple[Block, ...], index: int) -> int:
    """The level of the heading that a block stands under."""
    levels = [block.level for block in blocks[:index] if isinstance(block, Heading)]
    return levels[-1] if levels else 1
