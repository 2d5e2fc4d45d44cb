"""Formatted references and citations as values: what the Python API and `references` hand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, assert_never

from tcit_export.bibliography.library import Library
from tcit_export.bibliography.record_words import localised
from tcit_export.csl.item import Item
from tcit_export.csl.output import Block, Content, Formatted, Linked, Opaque, Tagged, Text
from tcit_export.csl.processor import Citation, CitationItem, Mode, Result, process
from tcit_export.csl.style import Locale, Style
from tcit_export.intext import ABBREVIATION, group_variables, prepared


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text, plain and as HTML with `<i> <b> <sup> <sub>` and no links."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class FormattedReference:
    """One entry of the list; `cite_…` is that work cited alone, with the letters of the list."""

    key: str
    text: str
    html: str
    cite_parenthetical: str
    cite_narrative: str
    cite_parenthetical_html: str = field(default="", repr=False)
    cite_narrative_html: str = field(default="", repr=False)


def format_references(
    library: Library, keys: Sequence[str] | None, style: Style, locale: Locale
) -> list[FormattedReference]:
    """The references of these keys (None: of all entries), in the order of the style's list.

    Works that no list has (personal communications, APA 7, 8.9) come last, with an empty text.
    Raises KeyError for a key that is not in the library.
    """
    items = localised(_items(library, keys), locale.lang)
    result = process(style, locale, items)
    listed = {entry.id: formatted(entry.output) for entry in result.bibliography}
    order = [*listed, *(item.id for item in items if item.id not in listed)]
    by_id = {item.id: item for item in items}
    return [_reference(key, listed.get(key), result, by_id[key]) for key in order]


def _items(library: Library, keys: Sequence[str] | None) -> list[Item]:
    if keys is None:
        return [entry.item for entry in library]
    entries = {library[key].key: library[key] for key in keys}
    return [entry.item for entry in entries.values()]


def _reference(
    key: str, listed: FormattedText | None, result: Result, item: Item
) -> FormattedReference:
    parenthetical = formatted(result.cite(_cited_first(item, "normal")))
    narrative = formatted(result.cite(_cited_first(item, "author-in-text")))
    reference = listed or FormattedText("", "")
    return FormattedReference(
        key,
        reference.text,
        reference.html,
        parenthetical.text,
        narrative.text,
        parenthetical.html,
        narrative.html,
    )


def _cited_first(item: Item, mode: Mode) -> CitationItem:
    """The work cited alone: a group is introduced with its abbreviation."""
    cite = CitationItem(item.id, mode=mode)
    if ABBREVIATION not in item.names:
        return cite
    return replace(cite, variables=group_variables(cite, known=False))


def format_citations(
    library: Library, citations: Sequence[Citation], style: Style, locale: Locale
) -> list[FormattedText]:
    """The citations of a document, in its order, each as it reads there.

    The list they are letters and initials of is the whole library. An unknown key shows as
    `(key?)`: it is the caller's to report.
    """
    items = localised((entry.item for entry in library), locale.lang)
    own_keys = tuple(_with_own_keys(library, citation) for citation in citations)
    result = process(style, locale, items, prepared(items, own_keys))
    return [formatted(content) for content in result.citations]


def _with_own_keys(library: Library, citation: Citation) -> Citation:
    """Aliases of keys (biblatex's `ids`) as the entries' own."""
    return replace(
        citation,
        items=tuple(
            replace(cite, id=library.aliases.get(cite.id, cite.id)) for cite in citation.items
        ),
    )


# ------------------------------------------------------------------ output trees as text


class _Font(NamedTuple):
    """The tags around a run of characters, outermost first."""

    italic: bool = False
    bold: bool = False
    vertical: str = ""

    def tags(self) -> tuple[str, ...]:
        tags = []
        if self.italic:
            tags.append("i")
        if self.bold:
            tags.append("b")
        if self.vertical in ("sup", "sub"):
            tags.append(self.vertical)
        return tuple(tags)


def formatted(content: Content) -> FormattedText:
    """An output tree as text and HTML; blocks (numbers before entries) are parted by a blank."""
    runs: list[tuple[str, _Font]] = []
    _collect(content, _Font(), runs)
    text = "".join(characters for characters, _ in runs)
    return FormattedText(text.strip(), _html(runs).strip())


def _collect(content: Content, font: _Font, runs: list[tuple[str, _Font]]) -> None:
    for node in content:
        match node:
            case Text(text) | Opaque(text=text):
                runs.append((text, font))
            case Formatted():
                _collect(node.children, _changed(font, node), runs)
            case Linked(children=children) | Tagged(children=children):
                _collect(children, font, runs)
            case Block(children=children):
                if runs:
                    runs.append((" ", font))
                _collect(children, font, runs)
            case _:
                assert_never(node)


def _changed(font: _Font, node: Formatted) -> _Font:
    """The font inside a node: what it leaves open stays."""
    return _Font(
        italic=node.font_style in ("italic", "oblique") if node.font_style else font.italic,
        bold=node.font_weight == "bold" if node.font_weight else font.bold,
        vertical=node.vertical_align or font.vertical,
    )


def _html(runs: Sequence[tuple[str, _Font]]) -> str:
    """Runs with their tags; neighbours in one font share them, a change closes and opens."""
    parts: list[str] = []
    open_tags: tuple[str, ...] = ()
    for characters, font in runs:
        if not characters:
            continue
        tags = font.tags()
        if tags != open_tags:
            parts.extend(f"</{tag}>" for tag in reversed(open_tags))
            parts.extend(f"<{tag}>" for tag in tags)
            open_tags = tags
        parts.append(_escaped(characters))
    parts.extend(f"</{tag}>" for tag in reversed(open_tags))
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
