"""The page around the text: paper, margins, running head and foot.

A letterhead's own page stays as it is. Where a template has neither head nor foot, ours are set:
the short title and "Page 1 of 3" at the foot, the organisation at the head from the second page.
"""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.section import Section
from docx.shared import Twips

from tcit_export.model.document import Labels, ResolvedDocument
from tcit_export.model.options import Options, Paper
from tcit_export.model.walk import plain_text
from tcit_export.writers.direction import is_right_to_left
from tcit_export.writers.docx_languages import by_direction, language_attributes, language_tag
from tcit_export.writers.docx_style_table import MEASURE
from tcit_export.writers.docx_styles import StyleSheet
from tcit_export.writers.ooxml import (
    Element,
    append_field,
    append_paragraph,
    append_run,
    append_text,
    child,
    qn,
)
from tcit_export.writers.work_names import byline, shortened

_PAPERS: Final = {Paper.LETTER: (12_240, 15_840), Paper.A4: (11_906, 16_838)}
"""Width and height in twips."""
_TOP: Final = 1_440
_BOTTOM: Final = 1_440
_SHORT_TITLE: Final = 64
_NEAREST: Final = Twips(360)
"""No printer needs the head farther from the edge than this."""
_LEFT_TO_RIGHT_MARK: Final = "\u200e"


def set_paper(document: Document, paper: Paper) -> None:
    """The paper of our own template; the text is as wide on each."""
    section = document.sections[-1]
    width, height = _PAPERS[paper]
    side = (width - MEASURE) // 2
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.left_margin = section.right_margin = Twips(side)
    section.top_margin, section.bottom_margin = Twips(_TOP), Twips(_BOTTOM)
    section.header_distance = section.footer_distance = Twips(720)


def text_width(document: Document) -> int:
    """The width of the text in twips (of the first column), whatever the template says."""
    section = document.sections[-1]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (length.twips if length is not None else 0 for length in lengths)
    width = (page - left - right) // page_columns(document)
    return width if 1_000 <= width <= 31_680 else MEASURE


def page_columns(document: Document) -> int:
    """How many columns the page has."""
    columns = document.sections[-1]._sectPr.find(qn("w:cols"))
    return max(int(str(columns.get(qn("w:num")) or 1)), 1) if columns is not None else 1


def add_running_matter(
    document: Document, styles: StyleSheet, resolved: ResolvedDocument, options: Options
) -> None:
    """Head and foot, if the template has none."""
    section = document.sections[-1]
    if _has_own(section):
        return
    section.different_first_page_header_footer = True
    _give_room(section)
    width = text_width(document)
    foot_style, head_style = (_one_tab(styles, name, width) for name in ("footer", "header"))
    title = shortened(plain_text(resolved.metadata.title), _SHORT_TITLE)
    labels, lang = resolved.labels, resolved.metadata.lang
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        foot = _line(_emptied(footer._element), foot_style, lang)
        _append(foot, f"{title}\t", lang)
        _append_page_number(foot, labels, lang)
    publisher = resolved.metadata.publication.publisher
    authors = [author.display for author in resolved.metadata.authors]
    owner = options.organisation or publisher or byline(authors, labels)
    section.first_page_header.is_linked_to_previous = False
    _line(_emptied(section.first_page_header._element), head_style, lang)
    section.header.is_linked_to_previous = False
    head = _line(_emptied(section.header._element), head_style, lang)
    _append(head, f"\t{shortened(owner, _SHORT_TITLE)}", lang)


def _has_own(section: Section) -> bool:
    references = (qn("w:headerReference"), qn("w:footerReference"))
    return any(element.tag in references for element in section._sectPr)


def _give_room(section: Section) -> None:
    """A page made for no head or foot may have them on its very edge."""
    for distance, margin in (
        ("header_distance", section.top_margin),
        ("footer_distance", section.bottom_margin),
    ):
        if (getattr(section, distance) or 0) < _NEAREST and margin is not None:
            setattr(section, distance, min(Twips(720), Twips(max(margin.twips // 2, 0))))


def _one_tab(styles: StyleSheet, name: str, width: int) -> str:
    """The id of the style if its one tab is at the text's right edge, else of a variant of it.

    Word's own header has two tabs, for a page of its own width.
    """
    style = styles.id(name)
    tabs = [(tab.get(qn("w:val")), tab.get(qn("w:pos"))) for tab in styles.tabs(style)]
    if tabs == [("right", str(width))]:
        return style
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{position}"/>' for _, position in tabs)
    edge = f'<w:tab w:val="right" w:pos="{width}"/>'
    return styles.variant(style, "Handout", f"<w:tabs>{cleared}{edge}</w:tabs>")


def _emptied(element: Element) -> Element:
    for old in list(element):
        element.remove(old)
    return element


def _line(element: Element, style: str, lang: str) -> Element:
    paragraph = append_paragraph(element, style)
    if is_right_to_left(lang):
        child(paragraph[0], "w:bidi")
    return paragraph


def _append(paragraph: Element, text: str, lang: str, spoken: str = "") -> None:
    """Runs of a text in the direction of `lang`, marked as `spoken` if that is another one."""
    for stretch, right_to_left in by_direction(text, is_right_to_left(lang)):
        run = append_run(paragraph)
        if right_to_left or spoken:
            properties = child(run, "w:rPr")
            if right_to_left:
                child(properties, "w:rtl")
            if spoken:
                child(properties, "w:lang", language_attributes(spoken))
        append_text(run, stretch)


def _append_page_number(paragraph: Element, labels: Labels, lang: str) -> None:
    own, spoken = labels.lang or lang, language_tag(labels.lang)
    _append(paragraph, f"{labels.page} ", own, spoken)
    append_field(paragraph, " PAGE ", "1")
    _append(paragraph, f" {labels.of} ", own, spoken)
    append_field(paragraph, " NUMPAGES ", "1")
    if is_right_to_left(lang) and not is_right_to_left(own):
        append_run(paragraph, _LEFT_TO_RIGHT_MARK)  # or the last number goes to the other side
