"""Inlines -> runs of WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple, assert_never

from tcit_export.model.nodes import (
    Anchor,
    Attributes,
    Block,
    Cite,
    Code,
    Emph,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Paragraph,
    SmallCaps,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Underline,
    Url,
)
from tcit_export.model.options import Citations
from tcit_export.model.walk import plain_text
from tcit_export.writers import docx_citations as citations
from tcit_export.writers.direction import is_right_to_left
from tcit_export.writers.docx_addresses import target_address
from tcit_export.writers.docx_bookmarks import bookmark_name
from tcit_export.writers.docx_build import Build, PendingNote, Story, anchors_of
from tcit_export.writers.docx_languages import (
    by_direction,
    language_attributes,
    language_tag,
)
from tcit_export.writers.ooxml import (
    Element,
    append_control,
    append_field_code,
    append_field_end,
    append_hyperlink,
    append_text,
    child,
    is_writable,
    value,
    writable,
)

_ORDER: Final = (
    "Strong",
    "Emphasis",
    "Underline",
    "Strikethrough",
    "Small Caps",
    "Inline Code",
    "Superscript",
    "Subscript",
    "Caption Label",
    "Importance",
    "Importance 2",
    "Importance 3",
    "Hyperlink",
    "Citation",
)
"""Names of character styles combine in this order, however they are nested."""


class Look(NamedTuple):
    """What surrounds a text: character styles, language, direction.

    `linked`: inside a link, where no other may begin. `citing`: inside a citation.
    `width` is the room for a picture, in twips; `caption` describes it if nothing else does.
    """

    styles: tuple[str, ...] = ()
    lang: str = ""
    right_to_left: bool = False
    linked: bool = False
    citing: bool = False
    width: int = 0
    caption: str = ""

    def styled(self, name: str) -> Look:
        """The same with one more character style."""
        if name in self.styles:
            return self
        return self._replace(styles=tuple(sorted((*self.styles, name), key=_ORDER.index)))

    def spoken(self, lang: str) -> Look:
        """The same in another language, if one is named; which side it begins at stays."""
        return self._replace(lang=language_tag(lang) or self.lang)

    def attributed(self, build: Build, attributes: Attributes) -> Look:
        """The same with the language and direction that attributes name."""
        lang, direction = attributes.get("lang"), attributes.get("dir")
        if lang and not language_tag(lang):
            build.problem(f"`{lang}` is no language tag (such as `de` or `pt-BR`); it was left out")
        tag = language_tag(lang) or self.lang
        named = self.right_to_left or (bool(language_tag(lang)) and is_right_to_left(tag))
        right_to_left = direction == "rtl" if direction in ("rtl", "ltr") else named
        return self._replace(lang=tag, right_to_left=right_to_left)


def write_inlines(
    build: Build, story: Story, parent: Element, content: Iterable[Inline], look: Look
) -> None:
    """Append inlines to a paragraph, a link, or a content control."""
    for inline in content:
        write_inline(build, story, parent, inline, look)


def write_inline(build: Build, story: Story, parent: Element, inline: Inline, look: Look) -> None:
    match inline:
        case Str(text) | Code(text):
            styled = look.styled("Inline Code") if isinstance(inline, Code) else look
            write_text(build, parent, text, styled)
        case SoftBreak():
            write_text(build, parent, " ", look)
        case LineBreak():
            child(_run(build, parent, look, look.right_to_left), "w:br")
        case (
            Emph(content)
            | Strong(content)
            | Underline(content)
            | Strikeout(content)
            | Superscript(content)
            | Subscript(content)
            | SmallCaps(content)
        ):
            write_inlines(build, story, parent, content, look.styled(_STYLES[type(inline)]))
        case Link():
            _write_link(build, story, parent, inline, look)
        case Image():
            _write_image(build, story, parent, inline, look)
        case Inlines(content, attributes):
            number = build.mark(parent, attributes.id)
            write_inlines(build, story, parent, content, look.attributed(build, attributes))
            build.unmark(parent, number)
        case Note():
            _write_note(build, story, parent, inline, look)
        case Cite():
            _write_cite(build, story, parent, inline, look)
        case _:
            assert_never(inline)


_STYLES: Final[dict[type[Inline], str]] = {
    Emph: "Emphasis",
    Strong: "Strong",
    Underline: "Underline",
    Strikeout: "Strikethrough",
    Superscript: "Superscript",
    Subscript: "Subscript",
    SmallCaps: "Small Caps",
}


# ── text ─────────────────────────────────────────────────────────────────────────────────────────


def write_text(build: Build, parent: Element, text: str, look: Look) -> None:
    """Runs of a text: more than one where its direction changes."""
    if not is_writable(text):
        build.problem("control characters were left out: Word files cannot hold them")
    for stretch, right_to_left in by_direction(text, look.right_to_left):
        run = _run(build, parent, look, right_to_left)
        append_text(run, stretch)


def _run(build: Build, parent: Element, look: Look, right_to_left: bool) -> Element:
    run = child(parent, "w:r")
    if look.styles or look.lang or right_to_left:
        properties = child(run, "w:rPr")
        if look.styles:
            value(properties, "w:rStyle", build.styles.combined(look.styles))
        if right_to_left:
            child(properties, "w:rtl")
        if look.lang:
            child(properties, "w:lang", language_attributes(look.lang))
    return run


# ── links ────────────────────────────────────────────────────────────────────────────────────────


def _write_link(build: Build, story: Story, parent: Element, link: Link, look: Look) -> None:
    """A link inside a link, or one that cannot lead anywhere, is its text."""
    holder = None if look.linked else _holder(build, story, parent, link)
    if holder is None:
        write_inlines(build, story, parent, link.content, look)
        return
    citing = look.citing and isinstance(link.target, Anchor)
    inside = look.styled("Citation" if citing else "Hyperlink")
    write_inlines(build, story, holder, link.content, inside._replace(linked=True))
    if not len(holder):
        parent.remove(holder)


def _holder(build: Build, story: Story, parent: Element, link: Link) -> Element | None:
    match link.target:
        case Anchor(name):
            if name not in build.anchors:
                build.problem(f"a link leads to `{name}`, which is nowhere in the document")
                return None
            anchor = bookmark_name(name)
            return append_hyperlink(parent, anchor=anchor, tooltip=link.description)
        case Url(address):
            target = target_address(address)
            if target is None:
                build.problem(f"Word cannot hold the address `{shortened(address)}`; it is no link")
                return None
            relationship = story.link(target)
            return append_hyperlink(parent, relationship=relationship, tooltip=link.description)
        case _:
            assert_never(link.target)


def shortened(text: str, length: int = 60) -> str:
    """A text as a message names it."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


# ── pictures and notes ───────────────────────────────────────────────────────────────────────────


def _write_image(build: Build, story: Story, parent: Element, image: Image, look: Look) -> None:
    # Lists have no pictures, and what opens them takes as long to load as a short list to write.
    from tcit_export.writers.docx_images import append_picture

    number = build.mark(parent, image.attributes.id)
    run = child(parent, "w:r")
    width = look.width or build.text_width
    if not append_picture(build, story, run, image, width, look.caption):
        parent.remove(run)
        write_text(build, parent, image.alt or image.source, look)
    build.unmark(parent, number)


def _write_note(build: Build, story: Story, parent: Element, note: Note, look: Look) -> None:
    """A mark now, the text when the body is done. Word has no notes in notes nor in links' text."""
    if build.in_note:
        build.problem("Word has no footnotes in footnotes; the inner one stands in parentheses")
        write_text(build, parent, " (", look)
        write_inlines(build, story, parent, joined(note.content), look)
        write_text(build, parent, ")", look)
        for name in anchors_of(note.content):  # of blocks, of which nothing but text is left
            build.spot(parent, name)
        return
    identifier = build.first_note + len(build.notes)
    build.notes.append(PendingNote(identifier, note, look.lang, look.right_to_left))
    run = child(parent, "w:r")
    value(child(run, "w:rPr"), "w:rStyle", build.styles.id("footnote reference"))
    child(run, "w:footnoteReference", {"w:id": str(identifier)})


def joined(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    """Blocks as one run of inlines: paragraphs as they are, others as their text."""
    parts: list[Inline] = []
    for block in blocks:
        if parts:
            parts.append(Str(" "))
        parts += block.content if isinstance(block, Paragraph) else (Str(plain_text([block])),)
    return tuple(parts)


# ── citations ────────────────────────────────────────────────────────────────────────────────────


def _write_cite(build: Build, story: Story, parent: Element, cite: Cite, look: Look) -> None:
    if build.options.citations is not Citations.LINKS and not look.linked:
        pieces = list(_pieces(build, cite.content, look))
        if pieces and None not in pieces and citations.is_field(build, cite):
            _write_field(build, parent, cite, [piece for piece in pieces if piece])
            return
    write_inlines(build, story, parent, cite.content, look._replace(citing=True))


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text that a field shows: its look, and the anchor it leads to, if any."""

    text: str
    look: Look
    anchor: str = ""


_BLANKS: Final = str.maketrans("\n\r\t", "   ")
"""Zotero compares what it wrote with what is shown, letter by letter."""


def _pieces(
    build: Build, content: Iterable[Inline], look: Look, anchor: str = ""
) -> Iterator[Piece | None]:
    """The text that a field shows; None for what a field cannot show."""
    for inline in content:
        match inline:
            case Str(text):
                yield Piece(writable(text).translate(_BLANKS), look, anchor)
            case Code(text):
                code = look.styled("Inline Code")
                yield Piece(writable(text).translate(_BLANKS), code, anchor)
            case SoftBreak():
                yield Piece(" ", look, anchor)
            case Link(target=Anchor(name), content=inner) if name in build.anchors:
                yield from _pieces(build, inner, look.styled("Citation"), name)
            case Link(content=inner) | Cite(content=inner):
                yield from _pieces(build, inner, look, anchor)
            case Inlines(inner, attributes):
                if attributes:
                    yield None
                yield from _pieces(build, inner, look, anchor)
            case LineBreak() | Image() | Note():
                yield None
            case (
                Emph(inner)
                | Strong(inner)
                | Underline(inner)
                | Strikeout(inner)
                | Superscript(inner)
                | Subscript(inner)
                | SmallCaps(inner)
            ):
                yield from _pieces(build, inner, look.styled(_STYLES[type(inline)]), anchor)
            case _:
                assert_never(inline)


def _write_field(build: Build, parent: Element, cite: Cite, pieces: list[Piece]) -> None:
    """The author of a narrative citation as text, the rest as the field's last result.

    The result keeps its links to the entries, as the contents of a document do.
    """
    split = citations.narrative_split(cite, "".join(piece.text for piece in pieces))
    before, after = cut(pieces, split)
    _write_pieces(build, parent, before)
    visible = "".join(piece.text for piece in after)
    code = citations.field_code(build, cite, visible, without_author=split > 0)
    holder = parent
    if build.options.citations is Citations.WORD:
        holder = append_control(parent, next(build.control_numbers), "citation")
    append_field_code(holder, code)
    _write_pieces(build, holder, after)
    append_field_end(holder)


def _write_pieces(build: Build, parent: Element, pieces: Iterable[Piece]) -> None:
    for anchor, group in groupby(pieces, key=lambda piece: piece.anchor):
        holder = parent
        if anchor:
            holder = append_hyperlink(parent, anchor=bookmark_name(anchor))
        for piece in group:
            write_text(build, holder, piece.text, piece.look)


def cut(pieces: Iterable[Piece], place: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces before and after a character."""
    before: list[Piece] = []
    after: list[Piece] = []
    for piece in pieces:
        head, tail = piece.text[: max(place, 0)], piece.text[max(place, 0) :]
        place -= len(piece.text)
        if head:
            before.append(replace(piece, text=head))
        if tail:
            after.append(replace(piece, text=tail))
    return before, after
