"""Lists in two columns in Word: sections of their own, which begin where the text is (17.6).

What a section looks like stands in its last paragraph (`w:sectPr` in `w:pPr`), or at the end of the
body for the last one, and `continuous` says that it begins on the page of the one before. While the
text is written, ends of sections are marked by how many columns they have; when all is written
(`complete_sections`) each mark takes over the page of the document: paper, margins, line numbers.

Heads and feet belong to the first section, and the others inherit them by naming none (17.10.3). So
do they not begin to count pages or first pages anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Final

from tcit_export.model.nodes import ReferenceList
from tcit_export.writers.direction import is_right_to_left
from tcit_export.writers.docx_build import Build
from tcit_export.writers.ooxml import Element, append_paragraph, child, qn

_GAP: Final = 403
"""Twips between two columns, 0.28 in as on the printed page."""
_ONCE: Final = tuple(map(qn, ("w:headerReference", "w:footerReference", "w:titlePg")))
"""What only the first section says."""
_BEFORE_TYPE: Final = (*_ONCE[:2], qn("w:footnotePr"), qn("w:endnotePr"))
_AFTER_COLUMNS: Final = tuple(
    qn(f"w:{name}")
    for name in (
        "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
        "sectPrChange"
    ).split()
)
_AFTER_DIRECTION: Final = _AFTER_COLUMNS[6:]


def columns_of(build: Build, block: ReferenceList) -> int:
    """How many columns a list has; a single entry none, as Word would part it to fill them."""
    is_plain = len(block.entries) < 2 or not may_have_columns(build)
    return 1 if is_plain else block.spec.look.columns or 1


def may_have_columns(build: Build) -> bool:
    """Not in a note; and on a letterhead with columns of its own, those are enough."""
    return build.page_columns == 1 and not build.in_note


@contextmanager
def section_of(build: Build, parent: Element, columns: int) -> Iterator[None]:
    """What is written meanwhile stands in a section of its own, in columns."""
    whole = build.text_width
    _end_section(build, parent, 1)
    build.text_width = (whole - (columns - 1) * _GAP) // columns
    yield
    build.text_width = whole
    _end_section(build, parent, columns)


def _end_section(build: Build, parent: Element, columns: int) -> None:
    """End a section here, with the last paragraph; with an empty one if there is none to end it."""
    last = next((e for e in parent.iterchildren(reversed=True) if not _is_mark(e)), None)
    if last is None or last.tag != qn("w:p"):
        last = append_paragraph(parent, build.styles.id("Table Spacer"))
    properties = last[0]
    if properties.find(qn("w:sectPr")) is None:
        mark = child(properties, "w:sectPr")
        child(mark, "w:cols", {"w:num": str(columns), "w:space": str(_GAP)})
        build.sections.append(mark)


def end_with_section(build: Build, parent: Element) -> None:
    """The last section has a paragraph of its own, else columns before it run on to the end."""
    if build.sections and parent[-1].find(f".//{qn('w:sectPr')}") is not None:
        append_paragraph(parent, build.styles.id("Table Spacer"))


def _is_mark(element: Element) -> bool:
    return element.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


def complete_sections(build: Build, last: Element) -> None:
    """Give each marked end of a section the page of the last one, which all have."""
    if not build.sections:
        return
    page, lang = deepcopy(last), build.document.metadata.lang
    for number, mark in enumerate(build.sections):
        columns = mark.find(qn("w:cols"))
        if number and columns is not None:
            _replace(mark, _continued(page, columns, lang))
        else:
            _replace(mark, deepcopy(page))
    own = last.find(qn("w:cols"))
    _replace(last, _continued(page, deepcopy(own) if own is not None else None, lang))


def _replace(old: Element, new: Element) -> None:
    holder = old.getparent()
    if holder is not None:
        holder.replace(old, new)


def _continued(page: Element, columns: Element | None, lang: str) -> Element:
    """A section on the page where the one before ends."""
    section = deepcopy(page)
    for name in (*_ONCE, qn("w:type"), qn("w:cols")):
        for element in section.findall(name):
            section.remove(element)
    for numbers in section.findall(qn("w:pgNumType")):
        if qn("w:start") in numbers.attrib:
            del numbers.attrib[qn("w:start")]
    kind = child(section, "w:type", {"w:val": "continuous"})
    section.insert(sum(e.tag in _BEFORE_TYPE for e in section), kind)
    if columns is not None:
        section.insert(_place(section, _AFTER_COLUMNS), columns)
    if is_right_to_left(lang) and section.find(qn("w:bidi")) is None:
        direction = child(section, "w:bidi")
        section.insert(_place(section, _AFTER_DIRECTION), direction)
    return section


def _place(section: Element, later: tuple[str, ...]) -> int:
    """Where what stands before `later` goes."""
    return next((n for n, e in enumerate(section) if e.tag in later), len(section))
