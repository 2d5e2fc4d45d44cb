"""What a reading list tells of its works, in WordprocessingML: box, line of details, total.

The box to tick is Word's own check box (`w14:checkbox`, [MS-DOCX] 2.6.1.1), a content control
around one sign; programs that do not know it show the sign. Its title says what is ticked.
"""

from __future__ import annotations

from typing import Final

from tcit_export.model.nodes import Inline, ReferenceEntry
from tcit_export.writers.docx_build import Build, Story
from tcit_export.writers.docx_inlines import Look, write_inlines, write_text
from tcit_export.writers.ooxml import (
    TICKED,
    UNTICKED,
    Element,
    append_check_box,
    append_paragraph,
    append_run,
    child,
)
from tcit_export.writers.reading_details import SEPARATOR, Detail, DetailKind, details
from tcit_export.writers.work_names import work_name

DETAILS: Final = "Reading Details"
NOTE: Final = "Reading Note"
TOTAL: Final = "Reading Total"
_RANKS: Final = ("Importance", "Importance 2", "Importance 3")
_LONGEST_TITLE: Final = 64
"""Characters of a content control's title; Word refuses longer ones."""


def write_tick(build: Build, paragraph: Element, entry: ReferenceEntry, look: Look) -> None:
    """A box to tick before the reference."""
    labels = build.document.labels
    title = labels.lists.tick.format(work=work_name(entry, labels))[:_LONGEST_TITLE]
    holder = append_check_box(paragraph, next(build.control_numbers), title, TICKED, UNTICKED)
    append_run(holder, UNTICKED, build.styles.id("Tick Box"))
    write_text(build, paragraph, "\t", look)


def write_total(
    build: Build, story: Story, parent: Element, total: tuple[Inline, ...], look: Look
) -> None:
    """What a list adds up to, before its first entry."""
    paragraph = append_paragraph(parent, build.styles.id(TOTAL))
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    words = look.spoken(build.document.labels.lang)
    write_inlines(build, story, paragraph, total, words)


def write_details(
    build: Build, story: Story, parent: Element, entry: ReferenceEntry, style: str, look: Look
) -> None:
    """The line below a reference, if anything is told of it."""
    parts = details(entry, build.document.labels)
    if not parts:
        return
    paragraph = append_paragraph(parent, style)
    if look.right_to_left:
        child(paragraph[0], "w:bidi")
    for number, part in enumerate(parts):
        if number:
            write_text(build, paragraph, SEPARATOR, look)
        write_inlines(build, story, paragraph, part.content, _styled(part, look))


def _styled(part: Detail, look: Look) -> Look:
    if part.kind is not DetailKind.IMPORTANCE:
        return look
    return look.styled(_RANKS[min(part.rank, len(_RANKS)) - 1])
