"""What a reading list tells of a work, from the work's entry and from the list itself.

| field of the entry | holds | example |
|--|--|--|
| `importance` | a word of the vocabulary, or its rank | `importance = {essential}`, `{1}` |
| `week` | one week or several | `week = {3}`, `{1, 4-6}` |
| `keywords` | the topics | `keywords = {crying, countertransference}` |
| `pointer` | what to read of the work | `pointer = {pp. 117--120}`, `{Chapter 2}` |
| `readnote` | a note to the reader, with paragraphs | `readnote = {Read the tables first.}` |
| `readingpages` | how many pages that is, where neither `pointer` nor `pages` tells | `{15}` |
| `minutes` | how long it takes | `minutes = {20}` |
| `annotation` (`annote`) | about the work (APA 9.51), with paragraphs | |
| `abstract` | shown where an annotation is missing | |
| `privatenote` | a note that never leaves the file (see `private`) | |

A list says the same by attributes of its items, and what it says goes before what the entry says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from tcit_export.bibliography.latex import TAG, strip_markup, to_plain, to_rich
from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.roman import from_roman
from tcit_export.model.addresses import uri
from tcit_export.model.document import ListDefaults
from tcit_export.model.list_labels import ListLabels
from tcit_export.model.nodes import (
    Block,
    Emph,
    Importance,
    Inline,
    ListedWork,
    Locator,
    Paragraph,
    Reading,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
    Url,
)
from tcit_export.patterns import late

READING_FIELDS: Final = frozenset(
    "importance week pointer readnote readingpages minutes privatenote".split()
)
"""Fields that speak of reading one work: none is inherited from another entry."""
LIBRARY_PARTS: Final = ("doi", "isbn", "title", "key")
"""What may stand in braces in the address of a library."""
LIBRARY_EXAMPLE: Final = "https://library.example.org/search?q={doi}"


# ── importance ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of importance, the most important first. `others` are understood too, by rank."""

    names: tuple[str, ...] = ListLabels().importance
    others: tuple[tuple[str, ...], ...] = ()

    def find(self, word: str) -> Importance | None:
        """What a word, or a rank from 1 on, means; None for what is neither."""
        folded = " ".join(word.split()).casefold()
        if folded.isascii() and folded.isdecimal() and len(folded) < 4:
            rank = int(folded)
            return Importance(rank, self.names[rank - 1]) if 1 <= rank <= len(self.names) else None
        for names in (self.names, *self.others):
            for rank, name in enumerate(names[: len(self.names)], start=1):
                if name.casefold() == folded:
                    return Importance(rank, self.names[rank - 1])
        return None


def vocabulary(defaults: ListDefaults, labels: ListLabels) -> Vocabulary:
    """The author's own words, else the language's; the language's and English ones mean ranks."""
    others = (labels.importance, ListLabels().importance)
    return Vocabulary(defaults.importance or labels.importance, others)


def importance_word(entry: Entry, listed: ListedWork | None) -> str:
    """How important the list, or else the entry, says that the work is."""
    return (listed.importance if listed else "") or plain(entry, "importance")


# ── weeks and pages ──────────────────────────────────────────────────────────────────────────────

_WEEK: Final = late(r"(?:weeks?\s*)?0*(\d{1,3})(?:\s*(?:-{1,3}|–|—)\s*0*(\d{1,3}))?", re.I)


def weeks(text: str) -> tuple[str, ...]:
    """`1, 4-6` -> 1, 4, 5, 6; other names of weeks ("Reading week") as they are."""
    found: dict[str, None] = {}
    for part in re.split(r"[,;]|\band\b", text):
        name = " ".join(part.split())
        shape = _WEEK.fullmatch(name)
        if shape is None:
            found.update(dict.fromkeys([name] if name else []))
            continue
        first, last = int(shape[1]), int(shape[2] or shape[1])
        found.update((str(week), None) for week in range(first, min(last, first + 99) + 1))
    return tuple(found)


def weeks_of(entry: Entry, listed: ListedWork | None) -> tuple[str, ...]:
    """The weeks in which a work is read."""
    return (listed.weeks if listed else ()) or weeks(plain(entry, "week"))


_DASH: Final = r"\s*(?:-{1,3}|–|—|‑|‐)\s*"
_PAGE: Final = r"(?:(?P<{0}head>[A-Za-z]{{0,3}})(?P<{0}number>\d{{1,7}})|(?P<{0}roman>[ivxlcdm]+))"
_PAGES: Final = re.compile(
    rf"(?:pp?\.?\s*)?{_PAGE.format('a')}(?:{_DASH}{_PAGE.format('b')})?", re.I
)
_MOST_PAGES: Final = 5_000
_ARTICLE_NUMBER: Final = 10_000
"""A single number from here on is that of an article, not of a page."""


def page_count(text: str) -> int:
    """How many pages `117--131` or `iv-x, 3, 12--15` are; 0 where that cannot be known.

    Numbers of articles (`e12345`, `104523`) are no pages. `117--31` ends on page 131.
    """
    total = 0
    for part in re.split(r"[,;&]|\band\b", text):
        if not part.strip():
            continue
        found = _PAGES.fullmatch(part.strip())
        count = _pages(found) if found else 0
        if not count:
            return 0
        total += count
    return total if total <= _MOST_PAGES else 0


def _pages(found: re.Match[str]) -> int:
    """The pages of one range or number."""
    single = found["bnumber"] is None and found["broman"] is None
    if found["aroman"]:
        first = from_roman(found["aroman"])
        last = first if single else from_roman(found["broman"] or "")
    else:
        head, typed = found["ahead"], found["anumber"]
        if single:
            return 1 if not head and int(typed) < _ARTICLE_NUMBER else 0
        end = found["bnumber"] or ""
        if found["bhead"] and found["bhead"].lower() != head.lower():
            return 0
        first, last = int(typed), int(typed[: max(len(typed) - len(end), 0)] + end or 0)
    return last - first + 1 if 0 < first <= last else 0


def _pointer_pages(pointer: str) -> int:
    """The pages that a pointer names itself: `pp. 117-120`, not `Chapter 2`."""
    shape = re.fullmatch(r"pp?\.?\s*(?=[\divxlcm])(.+)", pointer.strip(), re.IGNORECASE)
    return page_count(shape[1]) if shape else 0


def pages_of(entry: Entry, listed: ListedWork | None) -> int:
    """How many pages are to be read; 0 where nobody says.

    What the list says goes first, then the entry's `readingpages`; then the pages of the pointer,
    of the article or chapter, or of the whole book. A pointer to no pages ("Chapter 2") leaves
    them unknown.
    """
    if listed is not None and listed.pages:
        return listed.pages
    if listed is not None and listed.pointer is not None:
        pages = listed.pointer.label == "page"
        return page_count(listed.pointer.value) if pages else _number(plain(entry, "readingpages"))
    stated, pointer = _number(plain(entry, "readingpages")), plain(entry, "pointer")
    if stated or pointer:
        return stated or _pointer_pages(pointer)
    fields = entry.item.fields
    if "page" in fields:
        return page_count(strip_markup(fields["page"]))
    return _number(plain(entry, "pagetotal"))


def minutes_of(entry: Entry, listed: ListedWork | None, pages_per_hour: int) -> int:
    """How many minutes that takes, as somebody says, or by the pages; 0 where unknown."""
    stated = (listed.minutes if listed else 0) or _number(plain(entry, "minutes"))
    if stated or not pages_per_hour:
        return stated
    return -(-pages_of(entry, listed) * 60 // pages_per_hour)


def _number(text: str) -> int:
    found = re.match(r"\d{1,4}(?!\d)", text) if text else None
    return int(found[0]) if found else 0


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


def plain(entry: Entry, name: str) -> str:
    """A field's text without LaTeX and markup, white space folded."""
    field = entry.fields.get(name)
    return " ".join(to_plain(field.value).text.split()) if field else ""


def annotation_of(entry: Entry, listed: ListedWork | None) -> tuple[Block, ...]:
    """What the list, or else the entry, says about the work (APA 9.51)."""
    if listed is not None and listed.annotation:
        return listed.annotation
    return field_blocks(entry, "annotation") or field_blocks(entry, "annote")


def abstract_of(entry: Entry) -> tuple[Block, ...]:
    """The work's own summary."""
    return field_blocks(entry, "abstract")


def field_blocks(entry: Entry, name: str) -> tuple[Block, ...]:
    """A field of LaTeX as paragraphs; nothing where the entry has no such field."""
    field = entry.fields.get(name)
    if field is None:
        return ()
    texts = (to_rich(part).text.strip() for part in field.value.split("\n\n"))
    return tuple(Paragraph(rich_inlines(text)) for text in texts if text)


_NODES: Final[dict[str, Callable[[tuple[Inline, ...]], Inline]]] = {
    "<i>": Emph,
    "<b>": Strong,
    "<sup>": Superscript,
    "<sub>": Subscript,
    "<sc>": SmallCaps,
}


def rich_inlines(rich: str) -> tuple[Inline, ...]:
    """The rich text of CSL-JSON (balanced, as `latex.to_rich` makes it) as inlines."""
    frames: list[tuple[str, list[Inline]]] = [("", [])]
    position = 0
    for tag in TAG.finditer(rich):
        _add_text(frames[-1][1], rich[position : tag.start()])
        position = tag.end()
        if not tag[0].startswith("</"):
            frames.append((tag[0], []))
        elif len(frames) > 1:
            _close(frames)
    _add_text(frames[-1][1], rich[position:])
    while len(frames) > 1:
        _close(frames)
    return tuple(frames[0][1])


def _close(frames: list[tuple[str, list[Inline]]]) -> None:
    """Put the innermost open element into the one around it; nocase spans leave their content."""
    opening, content = frames.pop()
    make = _NODES.get(opening)
    if make is None:
        for node in content:
            if isinstance(node, Str):
                _add_text(frames[-1][1], node.text)
            else:
                frames[-1][1].append(node)
    elif content:
        frames[-1][1].append(make(tuple(content)))


def _add_text(content: list[Inline], text: str) -> None:
    if not text:
        return
    if content and isinstance(content[-1], Str):
        content[-1] = Str(content[-1].text + text)
    else:
        content.append(Str(text))


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


def reading_of(
    entry: Entry,
    listed: ListedWork | None,
    defaults: ListDefaults,
    labels: ListLabels,
    locator: Callable[[Locator], str] | None = None,
) -> Reading:
    """All that is told of a work besides its reference.

    `locator` says in words where a list points to (`p. 3`), in the document's language.
    A word of importance that nobody knows is left out; telling of it is the linter's task.
    """
    word = importance_word(entry, listed)
    return Reading(
        importance=vocabulary(defaults, labels).find(word) if word else None,
        pointer=_pointer(entry, listed, locator or locator_words),
        note=(listed.note if listed else ()) or field_blocks(entry, "readnote"),
        pages=pages_of(entry, listed),
        minutes=minutes_of(entry, listed, defaults.pages_per_hour),
        library=library_address(defaults.library, entry),
    )


def _pointer(
    entry: Entry, listed: ListedWork | None, words: Callable[[Locator], str]
) -> tuple[Inline, ...]:
    if listed is not None and listed.pointer is not None:
        return (Str(words(listed.pointer)),)
    field = entry.fields.get("pointer")
    return rich_inlines(to_rich(field.value).text.strip()) if field else ()


def locator_words(locator: Locator) -> str:
    """A place in a work in English words: `pp. 117–120`, `Chapter 2`."""
    value = re.sub(r"(?<=\w)\s*-{1,2}\s*(?=\w)", "–", locator.value)
    if locator.label == "page":
        return f"{'pp.' if re.search('[–,;&]', value) else 'p.'} {value}"
    return f"{locator.label.replace('-', ' ').capitalize()} {value}"


def library_mistake(pattern: str) -> str:
    """What is wrong with the address of a library; nothing if it can serve."""
    marks = re.findall(r"\{([^{}]*)\}", pattern)
    unknown = [mark for mark in marks if mark not in LIBRARY_PARTS]
    if unknown:
        return f"`{{{unknown[0]}}}` is no part of a work"
    if not marks:
        return "no part of a work stands in this address"
    found = uri(re.sub(r"\{[^{}]*\}", "x", pattern))
    return "" if found and found.lower().startswith("http") else "this is no address of the web"


def library_address(pattern: str, entry: Entry) -> Url | None:
    """The address of a work in the reader's library; None where the work lacks what it needs."""
    if not pattern:
        return None
    fields = entry.item.fields
    parts = {
        "doi": fields.get("DOI", ""),
        "isbn": fields.get("ISBN", ""),
        "title": strip_markup(fields.get("title", "")),
        "key": entry.key,
    }
    address = pattern
    for name in LIBRARY_PARTS:
        mark = "{" + name + "}"
        if mark in pattern:
            if not parts[name]:
                return None
            address = address.replace(mark, quote(parts[name], safe=""))
    found = uri(address)
    return Url(found) if found and found.lower().startswith("http") else None
