"""Where WeasyPrint's layout does not set a page as it should be: notes and the ends of lines.

No public function changes either, so two private classes are wrapped, as read in WeasyPrint 70; a
version that has them no more lays out in its own way, and `mend` says so.

* Where a paragraph may not be cut, WeasyPrint moves the notes of the whole page to the next one to
  make room, and if that does not help they stay there.  Here the paragraph moves, as books do it.
* It compares the height of the notes with the height made for them without tolerance, so that on
  some pages every note seems too high and goes to a later page, or is lost.
* Inside a citation or emphasis it takes each piece for the beginning of a line, and cuts its first
  word wherever the line ends.  Here only what really begins a line may be cut.
* Where a text fits to its last letter, and the space after it, before an emphasis or a link, does
  not, it leaves the first word alone on its line.  Here the space hangs over the line's end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf, isinf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, inline


class _Kept(list[Any]):
    """The notes of a page: said to be none where they would be moved away to make room.

    `while report and context.current_page_footnotes:` is the one place that asks for their truth.
    """

    def __bool__(self) -> bool:
        return False


def mend() -> bool:
    """Wrap what is described above; a second time does nothing. False for an unknown version."""
    update = getattr(LayoutContext, "_update_footnote_area", None)
    split_line = getattr(inline, "split_inline_box", None)
    split_text = getattr(inline, "split_text_box", None)
    fit = getattr(inline, "split_first_line", None)
    if update is None or split_line is None or split_text is None or fit is None:
        return False
    if not hasattr(update, "mended"):
        LayoutContext.current_page_footnotes = property(_notes, _set_notes)
        LayoutContext._update_footnote_area = _with_true_notes(update)
        inline.split_inline_box = _with_line_start(split_line)
        inline.split_text_box = _at_line_start(split_text)
        inline.split_first_line = _with_hanging_space(fit)
    return True


def _notes(context: Any) -> Any:
    return context._tcit_notes


def _set_notes(context: Any, notes: list[Any]) -> None:
    context._tcit_notes = _Kept(notes)


def _with_true_notes(update: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The area at the foot of a page gets a list that is as true as it is long.

    It grows with the notes, so nothing flows over where no style sheet gives it a greatest height.
    """

    def update_footnote_area(context: Any) -> bool:
        notes = context._tcit_notes
        context._tcit_notes = list(notes)
        try:
            return update(context) and not isinf(context.current_footnote_area.max_height)
        finally:
            context._tcit_notes = notes

    update_footnote_area.mended = True  # type: ignore[attr-defined]
    return update_footnote_area


def _with_line_start(split: Callable[..., Any]) -> Callable[..., Any]:
    """Note where each line begins; lines may stand in lines."""

    def split_inline_box(context: Any, box: Any, position_x: float, *rest: Any) -> Any:
        if not isinstance(box, boxes.LineBox):
            return split(context, box, position_x, *rest)
        outer = getattr(context, "_tcit_line_start", position_x)
        context._tcit_line_start = position_x
        try:
            return split(context, box, position_x, *rest)
        finally:
            context._tcit_line_start = outer

    return split_inline_box


def _at_line_start(split: Callable[..., Any]) -> Callable[..., Any]:
    def split_text_box(
        context: Any, box: Any, width: float, skip: Any, is_line_start: bool = True
    ) -> Any:
        # Text that is only measured has no place yet.
        start = getattr(context, "_tcit_line_start", inf)
        begins = getattr(box, "position_x", start) <= start
        return split(context, box, width, skip, is_line_start=is_line_start and begins)

    return split_text_box


def _with_hanging_space(fit: Callable[..., Any]) -> Callable[..., Any]:
    def split_first_line(
        text: str, style: Any, context: Any, width: float | None, *rest: Any, **named: Any
    ) -> Any:
        found = fit(text, style, context, width, *rest, **named)
        _, length, resume, *_ = found
        word = text.partition(" ")[0]
        is_alone = resume is not None and length <= len(word.encode()) < len(text) - 1
        if not is_alone or width is None or style["white_space"] != "normal":
            return found
        if not text.endswith(" ") or fit(text[:-1], style, context, width, *rest, **named)[2]:
            return found
        whole = fit(text, style, context, width + style["font_size"], *rest, **named)
        return found if whole[2] else whole

    return split_first_line


def lines_of(page: Any) -> int:
    """Lines of text that stand on a page, notes and running heads and feet left out."""
    aside = (boxes.MarginBox, boxes.FootnoteAreaBox)
    content = (box for box in page._page_box.children if not isinstance(box, aside))
    return sum(isinstance(part, boxes.LineBox) for box in content for part in box.descendants())


def spoilt_notes(pages: Any, calls: list[Any]) -> Iterator[tuple[int, str]]:
    """Numbers of notes that are cut off at the head of a page or stand on none, and what is wrong.

    `calls` are the elements of all notes, in order.
    """
    numbers = {call: number for number, call in enumerate(calls, start=1)}
    for page in pages if calls else ():
        box = page._page_box
        for area in box.children:
            if isinstance(area, boxes.FootnoteAreaBox):
                found = {note.element for note in area.children} & numbers.keys()
                standing = sorted(numbers.pop(element) for element in found)
                if standing and area.position_y < box.content_box_y() - 1:
                    yield standing[0], _too_long(standing)
    for number in numbers.values():
        yield number, f"note {number} found no place on a page: shorten it or make it text"


def _too_long(standing: list[int]) -> str:
    """Notes of one line, or of one row of a table, cannot be parted."""
    if len(standing) == 1:
        return f"note {standing[0]} is longer than a page: shorten it or make it text"
    notes = f"notes {standing[0]} to {standing[-1]}"
    return f"{notes} belong on one page and are longer than it: shorten them or make them text"
