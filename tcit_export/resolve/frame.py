"""What is added to the text: the list with its heading, and how to cite the document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tcit_export.model.nodes import (
    Attributes,
    Block,
    Div,
    Heading,
    Labels,
    Paragraph,
    ReferenceEntry,
    ReferenceLayout,
    ReferenceList,
    Str,
)
from tcit_export.model.walk import find
from tcit_export.resolve.anchors import free_name


@dataclass(frozen=True, slots=True)
class Frame:
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
        heading = self._heading(level, self.labels.references, name)
        return (heading, self._filled(place or ReferenceList(attributes)))

    def _heading(self, level: int, label: str, name: str) -> Heading:
        """A heading of ours, marked with its language if that is not the document's."""
        lang = (("lang", self.labels.lang),) if self.labels.lang else ()
        return Heading(level, (Str(label),), Attributes(id=name, pairs=lang))

    def _filled(self, place: ReferenceList) -> ReferenceList:
        return replace(place, entries=self.entries, layout=self.layout)

    def _panel(self, own: ReferenceEntry, level: int) -> tuple[Block, ...]:
        name = free_name("cite-this-article", self.taken)
        heading = self._heading(level, self.labels.cite_this, name)
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
