"""A built page -> its paragraphs.

Entries are the list items with an id inside `role="doc-bibliography"` or a list of ours, and what
stands under the heading of the panel of class `cite-this`; of their text, links back into the text
are left out, as are marks of notes, buttons, downloads, menus and what is hidden.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final, NamedTuple

from tcit_export.verify.extract import CITE_THIS, Passage, Unreadable

_VOID: Final = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()
)  # fmt: skip
_BLOCKS: Final = frozenset(
    "address article aside blockquote body caption dd details div dl dt figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)  # fmt: skip
_SKIPPED: Final = frozenset("head nav button script style svg template title".split())
_SKIPPED_ROLES: Final = frozenset({"doc-backlink", "doc-noteref", "doc-toc", "note", "status"})
_SCREEN_ONLY: Final = frozenset({"tcit-back-links", "tcit-take"})
_PANEL: Final = frozenset({CITE_THIS, f"tcit-{CITE_THIS}"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDING: Final = frozenset({"download", "hidden", "popover"})
"""Attributes of what is no part of the text until it is asked for."""
_TELLING: Final = _SKIPPED | _HEADINGS
"""Elements that say something about their text without any attribute."""
_LIST: Final = "tcit-references"
"""The class of a list: a second one under one heading is no landmark."""
_NOTES: Final = frozenset({"doc-endnotes", "doc-footnote"})
_RAW: Final = frozenset(
    "iframe noembed noframes noscript plaintext script style textarea title xmp".split()
)
"""Elements whose content may be no markup."""
_ASKED: Final = frozenset(
    "aria-hidden class download hidden href id popover role".split()
)  # fmt: skip
"""Attributes that say something about the text of an element."""
_USUAL: Final = re.compile(
    r'([^<]*)<(?:([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)|/([a-z][a-z0-9]*))>'
)
"""Text up to a tag, and the tag: what begins and its attributes, or what ends."""
_ATTRIBUTE: Final = re.compile(r' ([a-z-]+)="([^"]*)"')


class _Open(NamedTuple):
    """An element that is open, and what it means for the text inside."""

    tag: str
    skipped: bool = False
    in_list: bool = False
    in_note: bool = False
    entry: str = ""
    target: str = ""

    def of(self, tag: str) -> _Open:
        """An element inside that says nothing of its own."""
        return _Open(tag, *self[1:])


def read_html(data: bytes) -> list[Passage]:
    """The paragraphs of a page, in reading order. Raises Unreadable."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not UTF-8 (byte {error.start})") from None
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if not reader.passages:
        raise Unreadable("it holds no text")
    return [passage for passage in reader.passages if passage.pieces or passage.entry]


class _Reader(HTMLParser):
    """Begins a passage at every block's edge."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Open("")]
        self.passages: list[Passage] = []
        self.begun: set[str] = set()

    def updatepos(self, _start: int, end: int) -> int:
        """Lines are not counted: nobody asks where in the file something stands."""
        return end

    # The parser takes every tag apart as if it were damaged. Nearly all are not, and are known at
    # one look, which takes a fifth of the time; it sees to the others.

    def parse_starttag(self, i: int) -> int:
        """A start tag at a place, and what is usual after it; the end of both."""
        return self._usual(i) or super().parse_starttag(i)

    def parse_endtag(self, i: int) -> int:
        """An end tag at a place, and what is usual after it; the end of both."""
        is_raw = self.cdata_elem is not None
        return (0 if is_raw else self._usual(i)) or super().parse_endtag(i)

    def _usual(self, start: int) -> int:
        """Read on as long as the tags are whole; where they end, 0 if the first is not."""
        end = 0
        while (found := _USUAL.match(self.rawdata, end or start)) and found[2] not in _RAW:
            text, tag, attributes, ended = found.groups()
            if text:
                self.handle_data(unescape(text))
            if ended:
                self.handle_endtag(ended)
            else:
                given = _ATTRIBUTE.findall(attributes) if attributes else ()
                self.handle_starttag(
                    tag, [(name, unescape(value)) for name, value in given if name in _ASKED]
                )
            end = found.end()
        return end

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data(" ")
        if tag in _VOID:
            return
        around = self.open[-1]
        tells = attrs or tag in _TELLING
        self.open.append(_opened(tag, attrs, around) if tells else around.of(tag))
        if tag in _BLOCKS:
            self.begin()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML knows no such tags: `<p/>` opens a paragraph

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                break
        if tag in _BLOCKS:
            self.begin()

    def begin(self) -> None:
        """What comes next is another passage."""
        place = self.open[-1]
        first = bool(place.entry) and place.entry not in self.begun
        if first:
            self.begun.add(place.entry)
        self.passages.append(
            Passage(
                entry=place.entry if first else "",
                continues=bool(place.entry) and not first,
                note=place.in_note,
            )
        )

    def handle_data(self, data: str) -> None:
        place = self.open[-1]
        if place.skipped:
            return
        if not self.passages:
            self.begin()
        passage = self.passages[-1]
        if passage.pieces or place.target or data != "\n":  # which stands between two blocks
            passage.add(data, place.target)


def _opened(tag: str, attrs: list[tuple[str, str | None]], around: _Open) -> _Open:
    given = {name: value or "" for name, value in attrs}
    roles, classes = given.get("role", "").split(), given.get("class", "").split()
    href = given.get("href", "").strip()
    return _Open(
        tag,
        around.skipped or _is_skipped(tag, given, roles, classes),
        around.in_list or "doc-bibliography" in roles or _LIST in classes,
        around.in_note or not _NOTES.isdisjoint(roles),
        _entry(tag, given, classes, around),
        href if tag == "a" and href else around.target,
    )


def _entry(tag: str, given: dict[str, str], classes: list[str], around: _Open) -> str:
    """The name of the entry that an element begins, or that it stands in."""
    if tag == "li" and around.in_list and given.get("id"):
        return given["id"]
    if not _PANEL.isdisjoint(classes):
        return CITE_THIS
    return "" if tag in _HEADINGS else around.entry


def _is_skipped(tag: str, given: dict[str, str], roles: list[str], classes: list[str]) -> bool:
    return (
        tag in _SKIPPED
        or not _SKIPPED_ROLES.isdisjoint(roles)
        or not _SCREEN_ONLY.isdisjoint(classes)
        or not _HIDING.isdisjoint(given)
        or given.get("aria-hidden") == "true"
    )
