"""Footnotes: a part of their own, with the two separators that Word always has first (17.11.9).

A note's first paragraph begins with its mark. Notes are written when the body is done, in the
order of their marks, because a note may hold everything but a note.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from tcit_export.model.nodes import Paragraph
from tcit_export.writers.docx_blocks import Place, end_with_paragraph, text_style, write_blocks
from tcit_export.writers.docx_build import Build, PendingNote, Story
from tcit_export.writers.docx_inlines import Look, write_inlines
from tcit_export.writers.docx_package import xml_part
from tcit_export.writers.ooxml import (
    Element,
    append_paragraph,
    append_run,
    child,
    parse,
    qn,
    root,
    value,
)

_SEPARATORS = """
<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
"""


def empty_footnotes() -> Element:
    """`w:footnotes` with its separators."""
    notes = root("w:footnotes")
    notes.extend(parse(_SEPARATORS))
    return notes


def write_notes(build: Build, document: Document) -> None:
    """The texts of all notes whose marks were set."""
    if not build.notes:
        return
    part = _part(document)
    story = Story(part, root("w:footnotes"))
    for number, pending in enumerate(build.notes, start=1):
        build.in_note = number
        _write_note(build, story, pending)
    build.in_note = 0
    part.element.extend(list(story.root))


def first_note(document: Document) -> int:
    """The first free id: Word's separators are -1 and 0, or in older files 0 and 1."""
    has_part = any(
        rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES for rel in document.part.rels.values()
    )
    if not has_part:
        return 1
    return max([0, *(int(note.get(qn("w:id"))) for note in _part(document).element)]) + 1


def _part(document: Document) -> Any:
    """The footnotes part with nothing in it but separators."""
    part = xml_part(
        document.part,
        RELATIONSHIP_TYPE.FOOTNOTES,
        CONTENT_TYPE.WML_FOOTNOTES,
        "/word/footnotes.xml",
        empty_footnotes(),
    )
    for old in [note for note in part.element if note.get(qn("w:type")) in (None, "normal")]:
        part.element.remove(old)
    return part


def _write_note(build: Build, story: Story, pending: PendingNote) -> None:
    element = child(story.root, "w:footnote", {"w:id": str(pending.id)})
    look = Look((), pending.lang, pending.right_to_left)
    place = Place(look, "footnote text")
    blocks = pending.note.content
    paragraph = append_paragraph(element, text_style(build, place))
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    mark = child(paragraph, "w:r")
    value(child(mark, "w:rPr"), "w:rStyle", build.styles.id("footnote reference"))
    child(mark, "w:footnoteRef")
    append_run(paragraph, " ")
    if blocks and isinstance(blocks[0], Paragraph):
        write_inlines(build, story, paragraph, blocks[0].content, look)
        blocks = blocks[1:]
    write_blocks(build, story, element, blocks, place)
    end_with_paragraph(build, element)
