"""What stands below a reference in a reading list, in the same words and order in every format.

One line: how important the work is, what to read of it, how long that takes, where the library has
it. Then, as paragraphs, the note to students and the annotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from tcit_export.model.document import Labels
from tcit_export.model.list_labels import counted, time_in_words
from tcit_export.model.nodes import Inline, Link, ReferenceEntry, Str
from tcit_export.writers.work_names import work_name

SEPARATOR: Final = " · "


class DetailKind(Enum):
    """What a part of the line tells."""

    IMPORTANCE = "importance"
    POINTER = "pointer"
    EFFORT = "effort"
    LIBRARY = "library"


class Detail(NamedTuple):
    """One part of the line. `rank` is that of an importance, 1 the highest, else 0."""

    kind: DetailKind
    content: tuple[Inline, ...]
    rank: int = 0


def details(entry: ReferenceEntry, labels: Labels) -> tuple[Detail, ...]:
    """The parts of the line below a reference; none where nothing is told of the work."""
    return tuple(_details(entry, labels))


def _details(entry: ReferenceEntry, labels: Labels) -> Iterator[Detail]:
    reading, words = entry.reading, labels.lists
    if reading is None:
        return
    if (importance := reading.importance) is not None:
        yield Detail(DetailKind.IMPORTANCE, (Str(importance.name),), importance.rank)
    if reading.pointer:
        yield Detail(DetailKind.POINTER, reading.pointer)
    effort = []
    if reading.pages:
        effort.append(counted(words.pages, reading.pages))
    if reading.minutes:
        effort.append(time_in_words(words, reading.minutes))
    if effort:
        yield Detail(DetailKind.EFFORT, (Str(", ".join(effort)),))
    if reading.library is not None:
        described = words.library_of.format(work=work_name(entry, labels))
        yield Detail(DetailKind.LIBRARY, (Link(reading.library, (Str(words.library),), described),))
