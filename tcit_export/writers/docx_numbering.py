"""Numbering: what makes a list a list in Word.

A *definition* (`w:abstractNum`, 17.9.1) describes nine levels; an *instance* (`w:num`, 17.9.15)
refers to one and may start a level anew. Paragraphs name an instance. The styles List
Bullet and List Number lead to an instance each; every ordered list has its own besides, so that it
begins with its own number and counts alone.
"""

from __future__ import annotations

from typing import Final, assert_never

from tcit_export.model.nodes import NumberStyle
from tcit_export.writers.docx_style_table import LIST_LEVELS, STEP
from tcit_export.writers.ooxml import Element, child, parse, qn, value

_FORMATS: Final = {
    NumberStyle.DECIMAL: "decimal",
    NumberStyle.LOWER_ALPHA: "lowerLetter",
    NumberStyle.UPPER_ALPHA: "upperLetter",
    NumberStyle.LOWER_ROMAN: "lowerRoman",
    NumberStyle.UPPER_ROMAN: "upperRoman",
}
_GLYPHS: Final = ("\u2022", "\u2013", "\u25e6")
HIGHEST_START: Final = 32_767
"""Word's dialogue goes no further, and reads a larger number as a smaller one."""


class Numbering:
    """`word/numbering.xml`. Definitions are added when first used, instances one by one."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._definitions = _next(root, "w:abstractNum", "w:abstractNumId")
        self._instances = _next(root, "w:num", "w:numId")
        self._made: dict[NumberStyle, int] = {}
        self._of_styles: dict[NumberStyle | None, tuple[int, Element]] = {}

    def shared(self, style: NumberStyle | None) -> int:
        """The id of the instance that paragraph styles lead to; None stands for bullets."""
        return self._shared(style)[0]

    def link(self, style: NumberStyle | None, level: int, style_id: str) -> int:
        """Tie a level to the paragraph style that leads to it; returns the instance's id.

        Word ignores a level that a style names and looks for the level that names the style
        (17.9.23).
        """
        number, definition = self._shared(style)
        element = definition.findall(qn("w:lvl"))[level]
        element[1].addnext(parse(f'<w:pStyle w:val="{style_id}"/>')[0])
        return number

    def _shared(self, style: NumberStyle | None) -> tuple[int, Element]:
        if style not in self._of_styles:
            definition = _abstract(self._definitions, style)
            self._definitions += 1
            self._insert(definition)
            number = self._instance(int(str(definition.get(qn("w:abstractNumId")))))
            self._of_styles[style] = (number, definition)
        return self._of_styles[style]

    def ordered(self, style: NumberStyle, level: int, start: int, length: int) -> int:
        """The id of a new instance whose `level` (from 0) begins with `start` and has `length`
        items; where their numbers need more room than a step, the level gets it."""
        start = min(max(start, 0), HIGHEST_START)
        number = self._instance(self._definition(style))
        override = child(self.root[-1], "w:lvlOverride", {"w:ilvl": str(level)})
        value(override, "w:startOverride", start)
        room = max(_width(n, style) for n in (start + step for step in range(max(length, 1))))
        if room > STEP:
            _append_level(override, level, style, start=start, hanging=room)
        return number

    def _definition(self, style: NumberStyle) -> int:
        if style not in self._made:
            number = self._definitions
            self._definitions += 1
            self._made[style] = number
            self._insert(_abstract(number, style))
        return self._made[style]

    def _insert(self, definition: Element) -> None:
        """Definitions stand before the first instance (17.9.17)."""
        first = self.root.find(qn("w:num"))
        if first is None:
            self.root.append(definition)
        else:
            first.addprevious(definition)

    def _instance(self, definition: int) -> int:
        number = self._instances
        self._instances += 1
        instance = child(self.root, "w:num", {"w:numId": str(number)})
        value(instance, "w:abstractNumId", definition)
        return number


def _next(root: Element, tag: str, attribute: str) -> int:
    used = [int(str(e.get(qn(attribute)) or 0)) for e in root.iterchildren(qn(tag))]
    return max(used, default=0) + 1


def _abstract(number: int, style: NumberStyle | None) -> Element:
    """Nine levels, alike but for their indent and, of bullets, the glyph."""
    definition = parse(f'<w:abstractNum w:abstractNumId="{number}"/>')[0]
    value(definition, "w:multiLevelType", "multilevel")
    for level in range(LIST_LEVELS):
        _append_level(definition, level, style)
    return definition


def _append_level(
    parent: Element,
    level: int,
    style: NumberStyle | None,
    *,
    start: int = 1,
    hanging: int = STEP,
) -> None:
    element = child(parent, "w:lvl", {"w:ilvl": str(level)})
    value(element, "w:start", start)
    value(element, "w:numFmt", _FORMATS[style] if style else "bullet")
    value(element, "w:lvlText", f"%{level + 1}." if style else _GLYPHS[level % len(_GLYPHS)])
    value(element, "w:lvlJc", "left")
    place = {"w:left": str(STEP * level + hanging), "w:hanging": str(hanging)}
    child(child(element, "w:pPr"), "w:ind", place)
    looks = child(element, "w:rPr")
    if style is None:  # a serif's bullet is a speck in some of the fonts that stand in for Cambria
        child(looks, "w:rFonts", {"w:asciiTheme": "majorHAnsi", "w:hAnsiTheme": "majorHAnsi"})
    child(looks, "w:color", {"w:val": "0B4F5C", "w:themeColor": "accent1"})


_EM: Final = 220
"""Twips of an em of 11 pt."""
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_NARROW: Final = {"i": 0.3, "l": 0.3, "m": 0.9, "d": 0.6}


def _width(number: int, style: NumberStyle) -> int:
    """The room that a number, its full stop and a gap take, in twips; a guess by letter."""
    match style:
        case NumberStyle.DECIMAL:
            ems = 0.56 * len(str(number))
        case NumberStyle.LOWER_ALPHA | NumberStyle.UPPER_ALPHA:
            ems = 0.7 * (1 + (number - 1) // 26)  # Word goes on with aa, bb, cc
        case NumberStyle.LOWER_ROMAN | NumberStyle.UPPER_ROMAN:
            ems = sum(_NARROW.get(letter, 0.55) for letter in roman(number))
            ems *= 1.0 if style is NumberStyle.LOWER_ROMAN else 1.25
        case _:
            assert_never(style)
    return min(round((ems + 0.5) * _EM), 4 * STEP)


def roman(number: int) -> str:
    """Small Roman numerals; thousands are so many m."""
    letters = []
    for size, numeral in _ROMAN:
        count, number = divmod(number, size)
        letters.append(numeral * count)
    return "".join(letters)
