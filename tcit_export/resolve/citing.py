"""Citations of a document: gathered in reading order, formatted together, put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Final, NamedTuple, TypeAlias

from tcit_export.bibliography.library import Library
from tcit_export.csl.processor import Affix, Citation, CitationItem, Mode
from tcit_export.csl.style import Locale
from tcit_export.model.nodes import Block, Cite, CiteItem, CiteMode, Inline, Note, Str
from tcit_export.model.walk import children, map_content
from tcit_export.resolve.bridge import opaque

Content: TypeAlias = tuple[Inline, ...]


class Place(NamedTuple):
    """One citation where it stands: the number of the note it is in or becomes, else 0."""

    cite: Cite
    note: int
    in_note: bool


def places_of_citations(blocks: Iterable[Block], *, notes: bool) -> list[Place]:
    """All citations in reading order, those of footnotes where their mark stands.

    With `notes` (a style of class "note") a citation in running text becomes a note of its own.
    """
    return list(_places(blocks, 0, count(1), notes))


def _places(
    nodes: Iterable[Block | Inline], note: int, numbers: Iterator[int], notes: bool
) -> Iterator[Place]:
    for node in nodes:
        if isinstance(node, Cite):
            number = next(numbers) if notes and not note else note
            yield Place(node, number, bool(note))
        elif isinstance(node, Note):
            yield from _places(node.content, next(numbers), numbers, notes)
        else:
            yield from _places(children(node), note, numbers, notes)


_MODES: Final[dict[CiteMode, Mode]] = {
    CiteMode.NORMAL: "normal",
    CiteMode.AUTHOR_IN_TEXT: "author-in-text",
    CiteMode.SUPPRESS_AUTHOR: "suppress-author",
    CiteMode.FULL: "normal",
}


def citation(place: Place, library: Library, locale: Locale, *, notes: bool) -> Citation:
    """The citation as the engine takes it."""
    items = tuple(_item(item, library, locale, notes=notes) for item in place.cite.items)
    return Citation(items, place.note)


def _item(item: CiteItem, library: Library, locale: Locale, *, notes: bool) -> CitationItem:
    entry = library.get(item.key)
    mode = _MODES[item.mode]
    if mode == "author-in-text" and (notes or entry is None):
        mode = "normal"  # in a note style the name stands in the text, the rest in the note
    label, locator = _locator(item, locale)
    return CitationItem(
        entry.item.id if entry else item.key,
        locator=locator,
        label=label,
        prefix=_affix(item.prefix),
        suffix=_affix(item.suffix),
        mode=mode,
        possessive=item.possessive,
    )


def _affix(content: Content) -> Affix:
    return opaque(_without_citations(content)) if content else ""


def _without_citations(content: Content) -> Content:
    """A citation inside a prefix or suffix (reported by the reader) shows its keys."""

    def keys(node: Inline) -> tuple[Inline, ...]:
        if isinstance(node, Cite):
            return (Str("; ".join(f"@{item.key}" for item in node.items)),)
        return (node,)

    return map_content(content, keys)


SPELLED: Final[dict[str, tuple[str, str]]] = {
    "table": ("Table", "Tables"),
    "act": ("Act", "Acts"),
    "appendix": ("Appendix", "Appendices"),
    "article-locator": ("Article", "Articles"),
    "canon": ("Canon", "Canons"),
    "equation": ("Equation", "Equations"),
    "rule": ("Rule", "Rules"),
    "scene": ("Scene", "Scenes"),
    "supplement": ("Supplement", "Supplements"),
    "surah": ("Surah", "Surahs"),
    "version": ("Version", "Versions"),
}
"""Labels that came with CSL 1.0.2 and that older locales have no word for: (one, several)."""


def _locator(item: CiteItem, locale: Locale) -> tuple[str, str]:
    """(label, value); a label the locale has no word for goes, as typed, into the value."""
    if item.locator is None:
        return "page", ""
    label, value = item.locator.label, item.locator.value
    if label == "timestamp" or locale.term(label) is not None or label not in SPELLED:
        return label, value
    plural = any(sign in value for sign in "-–,&")
    return "timestamp", f"{SPELLED[label][plural]} {value}"


def moved_behind_punctuation(content: Content) -> Content:
    """Note marks follow punctuation and touch the word before: `word.¹`, not `word ¹.`"""
    result: list[Inline] = []
    rest: Sequence[Inline] = content
    index = 0
    while index < len(rest):
        node = rest[index]
        index += 1
        if not _is_note(node):
            result.append(node)
            continue
        if result and isinstance(result[-1], Str):
            result[-1] = replace(result[-1], text=result[-1].text.rstrip(" "))
        following = rest[index] if index < len(rest) else None
        if isinstance(following, Str) and following.text[:1] in ".,;:!?":
            result.append(Str(following.text[0]))
            result.append(node)
            result.append(replace(following, text=following.text[1:]))
            index += 1
        else:
            result.append(node)
    return tuple(node for node in result if not (isinstance(node, Str) and not node.text))


def _is_note(node: Inline) -> bool:
    return isinstance(node, Cite) and len(node.content) == 1 and isinstance(node.content[0], Note)
