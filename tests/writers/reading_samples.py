"""Reading lists made by hand: what the writers' tests write."""

from __future__ import annotations

from dataclasses import replace

from tcit_export.model.document import Author, DocumentKind, Metadata, PartialDate, ResolvedDocument
from tcit_export.model.nodes import (
    Anchor,
    Block,
    Density,
    Importance,
    ListLook,
    ListSpec,
    Reading,
    ReferenceEntry,
    ReferenceList,
    Str,
    Strong,
    Url,
)
from tests.writers.samples import (
    ALDEN,
    BLUME,
    GUNTRIP,
    KAHN,
    MCWILLIAMS,
    VINGERHOETS,
    cite,
    heading,
    para,
    text,
)

ESSENTIAL = Importance(1, "Essential")
RECOMMENDED = Importance(2, "Recommended")
FURTHER = Importance(3, "Further")
LOOK = ListLook(
    annotations=True, totals=True, ticks=True, qr=True, columns=1, density=Density.ROOMY
)


def library(key: str) -> Url:
    return Url(f"https://library.example.edu/search?q={key}")


def week_one() -> tuple[ReferenceEntry, ...]:
    return (
        replace(
            ALDEN,
            reading=Reading(
                ESSENTIAL,
                text("pp. 117–120"),
                (para("Read this before the first meeting; mark where you would have stopped."),),
                4,
                10,
                library("alden2001"),
            ),
            annotation=(
                para(
                    "A therapist tells of tears that came to her in a session, and of what she did "
                    "with them. Written for colleagues, plainly."
                ),
                para("Compare the end with ", cite(("kahn2001", "Kahn & Fromm, 2001")), "."),
            ),
        ),
        replace(
            BLUME,
            content=(
                Strong((Str("Blume-Marcovici, A. C."),)),
                *text(", Stolberg. "),
                *BLUME.content,
            ),
            reading=Reading(ESSENTIAL, (), (), 11, 28, library("blume2013")),
        ),
    )


def week_two() -> tuple[ReferenceEntry, ...]:
    return (
        replace(KAHN, reading=Reading(RECOMMENDED, text("Chapter 2"))),
        replace(GUNTRIP, reading=Reading(FURTHER)),
        replace(
            ALDEN,
            anchor=Anchor("ref-alden2001-2"),
            reading=Reading(None, (), (para("Once more, now for the *frame*."),)),
        ),
        MCWILLIAMS,
    )


def listed(
    entries: tuple[ReferenceEntry, ...], look: ListLook = LOOK, total: str = ""
) -> ReferenceList:
    return ReferenceList(entries=entries, spec=ListSpec(look=look), total=text(total))


def reading_list(look: ListLook = LOOK) -> ResolvedDocument:
    """Two weeks; one work stands in both, one is read for pleasure."""
    blocks: tuple[Block, ...] = (
        para(
            "Tears of therapists, week by week. Start with ",
            cite(("alden2001", "Alden, 2001")),
            ".",
        ),
        heading(2, "Week 1: Tears", "week-1"),
        listed(week_one(), look, "2 readings, 15 pages, about 40 minutes"),
        heading(2, "Week 2: Change", "week-2"),
        para("One chapter is enough ", cite(("kahn2001", "Kahn & Fromm, 2001")), "."),
        listed(week_two(), look, "4 readings, at least 4 pages"),
        heading(2, "For pleasure", "pleasure"),
        listed((VINGERHOETS,), look),
    )
    return ResolvedDocument(
        metadata=Metadata(
            title=text("Practicum readings: Emotion in the room"),
            authors=(Author("Jenelle", "Slavin-Mulford"),),
            date=PartialDate(2018, 1),
            kind=DocumentKind.READING_LIST,
            slug="readings",
        ),
        blocks=blocks,
        date_text="January 2018",
        bibtex="@book{kahn2001,\n  title = {Changes in the Therapist}\n}\n",
        style_id="http://www.zotero.org/styles/apa",
    )
