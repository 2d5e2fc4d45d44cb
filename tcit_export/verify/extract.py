"""What a reader of a built file finds: the same shape for PDF, DOCX and HTML.

Nothing in it is peculiar to a format: a link into the list of references names the entry's number,
since each format spells anchors in its own way.  Texts have white space folded.  Two marks stand in
texts of formats that are set in lines and pages:

- `LINE`: a line ends here; the text goes on with a space or without one
- `PAGE`: as `LINE`, and the paragraph may even end here
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tcit_export.patterns import late

CITE_THIS: Final = "cite-this"
"""The entry that says how to cite the document itself: it stands in a panel, not in a list."""
LINE: Final = "\u2028"
PAGE: Final = "\u2029"
_BLANKS: Final = f" {LINE}"
_ENDS: Final = f" \t\n\xa0{LINE}{PAGE}"
_FOLDED = late(rf"[^\S{LINE}{PAGE}]+")
_MARKED = late(rf" ?[{LINE}{PAGE}][ {LINE}{PAGE}]*")


class Unreadable(Exception):  # noqa: N818 - says what is wrong
    """A file that is not what its name says, or is damaged."""


class Link(NamedTuple):
    """A link: its text, and an address or `entry 3` (the third of the list) or `no entry: …`."""

    text: str
    target: str


class Entry(NamedTuple):
    """One reference: an entry of a list, or the one under "Cite this article".

    `list` counts the lists from 1: entries with other text between them stand in different ones.
    """

    text: str
    links: tuple[Link, ...] = ()
    list: int = 1


class Citation(NamedTuple):
    """A link to an entry, with the text around it, up to its neighbours in the paragraph."""

    link: Link
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """What one file says: its references in reading order, and its citations."""

    references: tuple[Entry, ...] = ()
    citations: tuple[Citation, ...] = ()


DIRECTION_MARKS: Final = dict.fromkeys((0x200E, 0x200F, 0x061C))
"""U+200E, U+200F and U+061C, for `translate`: they steer how a line is set and show nothing."""


def fold(text: str) -> str:
    """White space as single blanks; line and page marks swallow theirs."""
    if text.isprintable() and "  " not in text:  # no white space but single blanks, no marks
        return text
    if not text.isascii():
        text = text.translate(DIRECTION_MARKS)
    folded = _FOLDED.sub(" ", text)
    if LINE not in folded and PAGE not in folded:
        return folded
    return _MARKED.sub(lambda found: PAGE if PAGE in found[0] else LINE, folded)


def trimmed(text: str) -> str:
    """Folded, with no white space at the ends."""
    if PAGE in text:
        return fold(text).strip(_BLANKS)
    # Line by line, for most lines are folded already.
    return LINE.join(filter(None, (fold(line).strip(" ") for line in text.split(LINE))))


@dataclass(slots=True)
class Passage:
    """A paragraph being read: pieces of text, each with the target of the link it stands in.

    `entry` is the name of the entry that begins with it; `continues` says that it belongs to the
    entry before.
    """

    pieces: list[tuple[str, str]] = field(default_factory=list)
    entry: str = ""
    continues: bool = False
    note: bool = False

    def add(self, text: str, target: str = "") -> None:
        """More text; what follows the same link directly is more of that link.

        The end of a line before a link is no part of the link.
        """
        last = self.pieces[-1][1] if self.pieces else ""
        if self.pieces and last == target:
            self.pieces[-1] = (self.pieces[-1][0] + text, target)
        elif text[:1] in (LINE, PAGE) and target:
            self.add(text[0])
            self.add(text[1:], target)
        elif text:
            self.pieces.append((text, target))

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


def extract(passages: Sequence[Passage]) -> Extract:
    """Paragraphs in reading order -> what they say.

    Targets are `#name` for places in the file; citations in notes come after those in the text,
    wherever the format puts its notes.
    """
    numbers: dict[str, int] = {}
    for passage in passages:
        if passage.entry:
            numbers.setdefault(passage.entry, len(numbers) + 1)
    body = [p for p in passages if not (p.entry or p.continues)]
    ordered = [p for p in body if not p.note] + [p for p in body if p.note]
    return Extract(
        tuple(_entries(passages, numbers)),
        tuple(citation for passage in ordered for citation in _citations(passage, numbers)),
    )


def _entries(passages: Sequence[Passage], numbers: dict[str, int]) -> Iterable[Entry]:
    groups: list[list[Passage]] = []
    lists: list[int] = []
    parted = True
    for passage in passages:
        if passage.entry:
            groups.append([passage])
            lists.append((lists[-1] if lists else 0) + parted)
            parted = False
        elif passage.continues and groups:
            groups[-1].append(passage)
        elif passage.text.strip(_ENDS) and not passage.note:
            parted = True
    for group, number in zip(groups, lists, strict=True):
        pieces = [piece for passage in group for piece in passage.pieces]
        links = (Link(trimmed(text), _named(target, numbers)) for text, target in pieces if target)
        yield Entry(trimmed(LINE.join(passage.text for passage in group)), tuple(links), number)


def _citations(passage: Passage, numbers: dict[str, int]) -> Iterable[Citation]:
    """Each with the text back to the one before it and on to the next, or the paragraph's ends."""
    targets = [_named(target, numbers) for _, target in passage.pieces]
    texts = [text for text, _ in passage.pieces]
    cites = [index for index, target in enumerate(targets) if target.startswith("entry ")]
    bounds = [-1, *cites, len(texts)]
    for number, index in enumerate(cites, 1):
        before = fold("".join(texts[bounds[number - 1] + 1 : index]))
        after = fold("".join(texts[index + 1 : bounds[number + 1]]))
        if number == 1:
            before = before.lstrip(_BLANKS)
        if number == len(cites):
            after = after.rstrip(_BLANKS)
        yield Citation(Link(fold(texts[index]), targets[index]), before, after)


def _named(target: str, numbers: dict[str, int]) -> str:
    if not target.startswith("#"):
        return target
    return f"entry {numbers[target[1:]]}" if target[1:] in numbers else f"no entry: {target[1:]}"
