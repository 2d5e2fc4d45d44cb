"""A built Word file -> its paragraphs.

Entries are the bookmarked paragraphs of a style Bibliography, with what follows them up to the end
of their bookmark, and the paragraph below the heading "Cite this article", which has a bookmark; a
link leads to a bookmark (`w:anchor`) or, by a relationship, to an address. Boxes to tick are no
text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree

from tcit_export import limits
from tcit_export.verify.extract import CITE_THIS, Passage, Unreadable

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SKIPPED: Final = frozenset(
    f"{_W}{name}" for name in ("pPr", "rPr", "sdtPr", "del", "drawing", "pict", "object")
)
_ENTRY_STYLE: Final = "Bibliography"
_CONTROL: Final = f"{_W}sdt"
_CHECK_BOX: Final = f"{_W}sdtPr/{{http://schemas.microsoft.com/office/word/2010/wordml}}checkbox"
_TOO_MUCH: Final = "its XML is larger or deeper than that of any document"
_OWN_HEADING: Final = "cite_this_article"
_CHARACTERS: Final = {
    f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}  # fmt: skip


def read_docx(data: bytes) -> list[Passage]:
    """The paragraphs of a Word file, notes last. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [
                _Part(_xml(file, f"word/{name}.xml"), _addresses(file, name)).passages(note)
                for name, note in (("document", False), ("footnotes", True), ("endnotes", True))
                if not note or f"word/{name}.xml" in file.namelist()
            ]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError) as error:
        raise Unreadable(f"it is no whole Word file: {error}") from None
    except ElementTree.ParseError as error:
        raise Unreadable(f"its XML is broken: {error}") from None
    passages = [passage for part in parts for passage in part]
    if not passages:
        raise Unreadable("it holds no text")
    return passages


def _xml(file: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if file.getinfo(name).file_size > limits.DOCX_PART_BYTES:
        raise Unreadable(f"its part {name} is larger than {limits.DOCX_PART_BYTES:,} bytes")
    data = file.read(name)
    if b"<!DOCTYPE" in data:  # Word writes none; one could declare entities
        raise Unreadable(f"its part {name} has a document type declaration")
    if data.count(b"<") - data.count(b"</") > limits.DOCX_PART_ELEMENTS:  # as many begin
        raise Unreadable(_TOO_MUCH)
    tree = ElementTree.TreeBuilder()
    parser = ElementTree.XMLParser(target=tree)  # noqa: S314 - no document type, no entities
    parser.feed(data)
    begun = tree.close()  # before the parser asks for the end of what is nested without end
    level = [begun] if begun is not None else []
    for _ in range(limits.DOCX_PART_NESTING):
        level = [child for element in level for child in element]
    if level:
        raise Unreadable(_TOO_MUCH)
    root: ElementTree.Element = parser.close()
    return root


def _addresses(file: zipfile.ZipFile, name: str) -> Mapping[str, str]:
    """Relationship id -> address, of a part."""
    path = f"word/_rels/{name}.xml.rels"
    if path not in file.namelist():
        return {}
    return {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _xml(file, path)
        if relation.get("TargetMode") == "External"
    }


class _Part:
    """One part of the file."""

    def __init__(self, root: ElementTree.Element, addresses: Mapping[str, str]) -> None:
        self.root = root
        self.addresses = addresses
        self.pending: list[str] = []
        self.entry = ""
        """The number of the bookmark of the entry that is open."""
        self.after_own_heading = False

    def passages(self, note: bool) -> Iterator[Passage]:
        """One for each paragraph; a bookmark between paragraphs belongs to the next one."""
        yield from list(self._walk(self.root, note))

    def _walk(self, element: ElementTree.Element, note: bool) -> Iterator[Passage]:
        for child in element:
            if child.tag == f"{_W}p":
                yield self._paragraph(child, note)
            elif child.tag == f"{_W}bookmarkStart":
                self.pending.append(child.get(f"{_W}name", ""))
            elif child.tag == f"{_W}bookmarkEnd":
                self._end([child])
            else:
                yield from self._walk(child, note)

    def _paragraph(self, element: ElementTree.Element, note: bool) -> Passage:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        begun = [*element.iter(f"{_W}bookmarkStart")]
        names = [*self.pending, *(mark.get(f"{_W}name", "") for mark in begun)]
        self.pending.clear()
        passage = Passage(note=note)
        if style is not None and style.get(f"{_W}val", "").startswith(_ENTRY_STYLE):
            passage.entry = names[0] if names else ""
            passage.continues = not names
            self.entry = begun[0].get(f"{_W}id", "") if begun else self.entry
        elif self.entry:
            passage.continues = True
        elif self.after_own_heading:
            passage.entry = CITE_THIS
        self.after_own_heading = any(name.startswith(_OWN_HEADING) for name in names)
        _Runs(self.addresses, passage).read(element, "")
        self._end(element.iter(f"{_W}bookmarkEnd"))
        return passage

    def _end(self, marks: Iterable[ElementTree.Element]) -> None:
        """The entry is over where its bookmark ends."""
        if any(mark.get(f"{_W}id") == self.entry for mark in marks):
            self.entry = ""


class _Runs:
    """The text of one paragraph; of a field the result counts, not its code."""

    def __init__(self, addresses: Mapping[str, str], passage: Passage) -> None:
        self.addresses = addresses
        self.passage = passage
        self.fields: list[bool] = []  # the open fields: whether we are in the code of each

    def read(self, element: ElementTree.Element, target: str) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or (tag == _CONTROL and child.find(_CHECK_BOX) is not None):
                continue
            if tag == f"{_W}fldChar":
                self._field(child.get(f"{_W}fldCharType", ""))
            elif tag == f"{_W}t" and not any(self.fields):
                self.passage.add(child.text or "", target)
            elif tag in _CHARACTERS and not any(self.fields):
                self.passage.add(_CHARACTERS[tag], target)
            elif tag == f"{_W}hyperlink":
                self.read(child, self._target(child))
            else:
                self.read(child, target)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields:
            self.fields.pop()

    def _target(self, element: ElementTree.Element) -> str:
        anchor = element.get(f"{_W}anchor")
        if anchor:
            return f"#{anchor}"
        return self.addresses.get(element.get(f"{_R}id", ""), "no address")
