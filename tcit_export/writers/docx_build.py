"""What grows while one Word file is written: its stories, styles, numbers and problems.

A *story* is Word's word for a text of its own: the body, the footnotes. Each lives in a part with
its own relationships, so a link or a picture belongs to the story it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import (
    Attributes,
    Block,
    CodeBlock,
    Div,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Note,
    ReferenceEntry,
    ReferenceList,
    Str,
    Table,
)
from tcit_export.model.options import Options
from tcit_export.model.walk import shown_children
from tcit_export.writers.docx_bookmarks import bookmark_name
from tcit_export.writers.docx_numbering import Numbering
from tcit_export.writers.docx_styles import StyleSheet
from tcit_export.writers.ooxml import Element, end_bookmark, start_bookmark


@dataclass(slots=True)
class Story:
    """A part's text under construction: `root` is filled, `part` holds the relationships."""

    part: Part
    root: Element
    links: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(init=False)

    def __post_init__(self) -> None:
        # python-docx looks through all relationships for each new one; we count instead.
        used = [int(i[3:]) for i in self.part.rels if i[:3] == "rId" and i[3:].isdecimal()]
        self.numbers = count(max(used, default=0) + 1)

    def relate(self, kind: str, target: Part | str) -> str:
        """A new relationship's id; a text is an address outside."""
        identifier = f"rId{next(self.numbers)}"
        self.part.rels.add_relationship(kind, target, identifier, isinstance(target, str))
        return identifier

    def link(self, address: str) -> str:
        """The id of the relationship to an address, one for each address."""
        if address not in self.links:
            self.links[address] = self.relate(RELATIONSHIP_TYPE.HYPERLINK, address)
        return self.links[address]


@dataclass(slots=True)
class PendingNote:
    """A footnote whose mark is set and whose text is still to be written."""

    id: int
    note: Note
    lang: str
    right_to_left: bool


@dataclass(slots=True)
class Build:
    """The state of one `write`. Numbers count from 1 in each document, never globally."""

    document: ResolvedDocument
    options: Options
    styles: StyleSheet
    numbering: Numbering
    text_width: int
    anchors: frozenset[str]
    works: dict[str, ReferenceEntry]
    uris: dict[str, str] = field(default_factory=dict)
    """Key -> the URI by which Zotero knows the work."""
    cited: frozenset[str] = frozenset()
    """Keys that the text cites."""
    single_list: bool = True
    """Whether the document has one list of references: then it can be a field."""
    problems: dict[str, None] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    notes: list[PendingNote] = field(default_factory=list)
    first_note: int = 1
    """The id of the first footnote: a template's separators may stand before it."""
    images: dict[str, Part | None] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)
    """Levels of the headings that are open where we are."""
    tables: int = 0
    figures: int = 0
    citations: int = 0
    in_note: int = 0
    """Which footnote is being written, from 1; 0 in the body."""
    bookmark_numbers: Iterator[int] = field(default_factory=lambda: count(1))
    drawing_numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    control_numbers: Iterator[int] = field(default_factory=lambda: count(5001))
    page_columns: int = 1
    """Columns that the page itself has."""
    sections: list[Element] = field(default_factory=list)
    """Ends of sections (`w:sectPr`) before the last one."""

    def problem(self, message: str) -> None:
        """Note once what the format could not hold."""
        self.problems[message] = None

    def works_data(self, key: str) -> Mapping[str, Any]:
        """The record of a work, as CSL-JSON; empty if there is none."""
        entry = self.works.get(key)
        return entry.data if entry else {}

    def mark(self, parent: Element, name: str) -> int:
        """Begin the bookmark of an anchor; 0 if there is no anchor or it has its bookmark."""
        if not name:
            return 0
        bookmark = bookmark_name(name)
        if bookmark.lower() in self.marked:
            return 0
        self.marked.add(bookmark.lower())
        number = next(self.bookmark_numbers)
        start_bookmark(parent, number, bookmark)
        return number

    def unmark(self, parent: Element, number: int) -> None:
        """End it."""
        if number:
            end_bookmark(parent, number)

    def spot(self, parent: Element, name: str) -> None:
        """A bookmark without extent."""
        self.unmark(parent, self.mark(parent, name))


def anchors_of(nodes: Iterable[Block | Inline]) -> Iterator[str]:
    """The names of all anchors that will be written; of a citation counts what it became."""
    for node in nodes:
        match node:
            case Str():  # as most nodes are
                continue
            case Heading() | Div() | Inlines() | Table() | Figure() | Image() | CodeBlock():
                yield from _id(node.attributes)
            case ReferenceList():
                yield from _id(node.attributes)
                yield from (entry.anchor.name for entry in node.entries)
            case _:
                pass
        yield from anchors_of(shown_children(node))


def _id(attributes: Attributes) -> Iterator[str]:
    if attributes.id:
        yield attributes.id
