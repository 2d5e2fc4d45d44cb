"""The output tree: what a citation or an entry became, with the format not yet chosen.

A tree handed out by the processor is final. Italics inside italics are already
`font_style="normal"`, quotation marks alternate, punctuation has met its neighbours:
a consumer walks the nodes and writes them down, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

FontStyle: TypeAlias = Literal["", "normal", "italic", "oblique"]
FontVariant: TypeAlias = Literal["", "normal", "small-caps"]
FontWeight: TypeAlias = Literal["", "normal", "bold", "light"]
TextDecoration: TypeAlias = Literal["", "none", "underline"]
VerticalAlign: TypeAlias = Literal["", "baseline", "sup", "sub"]
Display: TypeAlias = Literal["block", "left-margin", "right-inline", "indent"]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, as they are to be shown (nothing escaped)."""

    text: str


@dataclass(frozen=True, slots=True)
class Formatted:
    """Children in another font. An empty string leaves that property as it is around."""

    children: Content
    font_style: FontStyle = ""
    font_variant: FontVariant = ""
    font_weight: FontWeight = ""
    text_decoration: TextDecoration = ""
    vertical_align: VerticalAlign = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """Children that lead to `url` (CSL 1.0.2, Appendix VI)."""

    url: str
    children: Content


@dataclass(frozen=True, slots=True)
class Tagged:
    """The part of a citation that stands for one item: the place of a link to its entry."""

    item_id: str
    children: Content


@dataclass(frozen=True, slots=True)
class Opaque:
    """Foreign markup (a cite's prefix or suffix). `text` is how it reads.

    Punctuation at its edges merges with the text around it. Where characters had to
    go, `text` is already shorter and `cut_start`, `cut_end` say by how many
    characters, so that the owner can shorten `payload` alike.
    """

    payload: object
    text: str
    cut_start: int = 0
    cut_end: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A display block of an entry (CSL 1.0.2, Display and second-field-align)."""

    display: Display
    children: Content


Output: TypeAlias = Text | Formatted | Linked | Tagged | Opaque | Block
Content: TypeAlias = tuple[Output, ...]


def to_text(content: Content) -> str:
    """The characters alone; display blocks are separated by one blank."""
    parts: list[str] = []
    for node in content:
        match node:
            case Text(text) | Opaque(text=text):
                parts.append(text)
            case Block(children=children):
                inner = to_text(children)
                if parts and inner and not parts[-1].endswith(" "):
                    parts.append(" ")
                parts.append(inner)
            case (
                Formatted(children=children) | Linked(children=children) | Tagged(children=children)
            ):
                parts.append(to_text(children))
            case _:
                assert_never(node)
    return "".join(parts)


def strip_links(content: Content) -> Content:
    """The same tree without `Linked` nodes: their children take their place."""
    result: list[Output] = []
    for node in content:
        match node:
            case Text() | Opaque():
                result.append(node)
            case Linked(children=children):
                result.extend(strip_links(children))
            case Formatted() | Tagged() | Block():
                result.append(replace(node, children=strip_links(node.children)))
            case _:
                assert_never(node)
    return tuple(result)


_SUPERSCRIPTS = {
    "ª": "a", "²": "2", "³": "3", "¹": "1", "º": "o", "ʰ": "h", "ʱ": "ɦ", "ʲ": "j", "ʳ": "r",
    "ʴ": "ɹ", "ʵ": "ɻ", "ʶ": "ʁ", "ʷ": "w", "ʸ": "y", "ˠ": "ɣ", "ˡ": "l", "ˢ": "s", "ˣ": "x",
    "ˤ": "ʕ", "ᴬ": "A", "ᴭ": "Æ", "ᴮ": "B", "ᴰ": "D", "ᴱ": "E", "ᴲ": "Ǝ", "ᴳ": "G", "ᴴ": "H",
    "ᴵ": "I", "ᴶ": "J", "ᴷ": "K", "ᴸ": "L", "ᴹ": "M", "ᴺ": "N", "ᴼ": "O", "ᴽ": "Ȣ", "ᴾ": "P",
    "ᴿ": "R", "ᵀ": "T", "ᵁ": "U", "ᵂ": "W", "ᵃ": "a", "ᵄ": "ɐ", "ᵅ": "ɑ", "ᵆ": "ᴂ", "ᵇ": "b",
    "ᵈ": "d", "ᵉ": "e", "ᵊ": "ə", "ᵋ": "ɛ", "ᵌ": "ɜ", "ᵍ": "g", "ᵏ": "k", "ᵐ": "m", "ᵑ": "ŋ",
    "ᵒ": "o", "ᵓ": "ɔ", "ᵔ": "ᴖ", "ᵕ": "ᴗ", "ᵖ": "p", "ᵗ": "t", "ᵘ": "u", "ᵙ": "ᴝ", "ᵚ": "ɯ",
    "ᵛ": "v", "ᵜ": "ᴥ", "ᵝ": "β", "ᵞ": "γ", "ᵟ": "δ", "ᵠ": "φ", "ᵡ": "χ", "⁰": "0", "ⁱ": "i",
    "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁺": "+", "⁻": "\u2212", "⁼": "=",
    "⁽": "(", "⁾": ")", "ⁿ": "n", "℠": "SM", "™": "TM", "㆒": "一", "㆓": "二", "㆔": "三",
    "㆕": "四", "㆖": "上", "㆗": "中", "㆘": "下", "㆙": "甲", "㆚": "乙", "㆛": "丙", "㆜": "丁",
    "㆝": "天", "㆞": "地", "㆟": "人", "ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي",
}  # fmt: skip
"""Superscripted characters of Unicode (UTR 30, SuperscriptFolding): terms use them for <sup>."""

_ESCAPES = str.maketrans(
    {"&": "&#38;", "<": "&#60;", ">": "&#62;"}
    | {sup: f"<sup>{base}</sup>" for sup, base in _SUPERSCRIPTS.items()}
)

_TAGS: dict[tuple[str, str], tuple[str, str]] = {
    ("font_style", "italic"): ("<i>", "</i>"),
    ("font_style", "oblique"): ("<em>", "</em>"),
    ("font_style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font_variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font_variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("font_weight", "bold"): ("<b>", "</b>"),
    ("font_weight", "light"): ("", ""),
    ("font_weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("text_decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("text_decoration", "none"): ('<span style="text-decoration:none;">', "</span>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
    ("vertical_align", "baseline"): ('<span style="baseline">', "</span>"),
}


def escape_html(text: str) -> str:
    """Escape for HTML; superscript characters become <sup>, doubled blanks stay visible."""
    return text.replace("  ", "\u00a0 ").translate(_ESCAPES)


def to_html(content: Content) -> str:
    """HTML in the dialect of the CSL test suite; links and tags are not written."""
    parts: list[str] = []
    _write_html(content, parts)
    return "".join(parts)


def _write_html(content: Content, parts: list[str]) -> None:
    for node in content:
        match node:
            case Text(text) | Opaque(text=text):
                parts.append(escape_html(text))
            case Formatted():
                _write_formatted(node, parts)
            case Linked(children=children) | Tagged(children=children):
                _write_html(children, parts)
            case Block(display, children):
                parts.append(f'<div class="csl-{display}">')
                _write_html(children, parts)
                parts.append("</div>")
            case _:
                assert_never(node)


def _write_formatted(node: Formatted, parts: list[str]) -> None:
    closing: list[str] = []
    for prop in ("vertical_align", "text_decoration", "font_weight", "font_variant", "font_style"):
        value = getattr(node, prop)
        if value:
            opening, close = _TAGS[prop, value]
            parts.append(opening)
            closing.append(close)
    _write_html(node.children, parts)
    parts.extend(reversed(closing))
