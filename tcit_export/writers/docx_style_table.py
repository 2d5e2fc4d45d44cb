"""The look of a handout in Word: every style we use, as Word's XML.

The names are Word's own wherever Word has one ("heading 1", "List Bullet", "Bibliography"): it then
translates them, lists them where people look, and moves headings into its navigation pane.

Type: Cambria for text and Calibri for headings, through the theme, so that one choice in Word
changes the whole document. Both ship with Word on every system, and both have free fonts of exactly
their widths (Caladea, Carlito), which LibreOffice takes in their place: pages break alike.
Sizes in `w:sz` are half points, lengths are twentieths of a point (twips).

The measure is 5.3 inches, about 70 characters of 11 pt Cambria.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MEASURE: Final = 7632
"""Width of the text, in twips, on Letter and A4 alike."""
STEP: Final = 360
"""Indentation of one level of lists, quotes and definitions, in twips."""
HANGING: Final = 720
"""The hanging indent of references: 0.5 inch (12.7 mm), as APA 7, section 9.43, asks."""
TICK: Final = 360
"""Where a reference begins whose box to tick stands in its hanging indent."""
LIST_STYLES: Final = 5
"""Word has List Bullet to List Bullet 5, and so on."""
LIST_LEVELS: Final = 9
"""A numbering definition has nine levels (ECMA-376, 17.9.6)."""
HEADINGS: Final = 6


@dataclass(frozen=True, slots=True)
class StyleRecipe:
    """One style: its name, kind (`paragraph`, `character`, `table`), parent, and properties.

    `paragraph` and `run` are the insides of `w:pPr` and `w:rPr`, `rest` is what else the style
    holds (table properties). `list_level` counts from 0 and belongs to `list_kind`, which is
    `bullet` or `number`.
    `quick` styles stand in Word's gallery. `indent` is the left indent in twips, which a nested
    copy of the style starts from.
    """

    name: str
    kind: str
    based_on: str = ""
    following: str = ""
    paragraph: str = ""
    run: str = ""
    rest: str = ""
    indent: int = 0
    quick: bool = False
    list_kind: str = ""
    list_level: int = 0
    priority: int = 99

    @property
    def id(self) -> str:
        """Word's habit: the name without blanks, each word with a capital; but TOC 1."""
        joined = "".join(word[:1].upper() + word[1:] for word in self.name.split())
        return joined.replace("Toc", "TOC")


_MAJOR = (
    '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia"'
    ' w:cstheme="majorBidi"/>'
)
_MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
_ACCENT = '<w:color w:val="0B4F5C" w:themeColor="accent1"/>'
_QUIET = '<w:color w:val="4A5659" w:themeColor="text2"/>'
_LINK = '<w:color w:val="0B4F5C" w:themeColor="hyperlink"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _spacing(before: float = 0, after: float = 0, line: int = 0) -> str:
    """Points before and after; `line` in 240ths of a line."""
    exact = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{exact}/>'


def _indent(left: int, hanging: int = 0, right: int = 0) -> str:
    more = f' w:hanging="{hanging}"' if hanging else ' w:firstLine="0"'
    return f'<w:ind w:left="{left}" w:right="{right}"{more}/>'


def _box(space: int = 8) -> str:
    """Borders of a panel: one thin rule around, a thick one in the accent colour at the start."""
    thin = f'w:val="single" w:sz="4" w:space="{space}" w:color="C9D6D8"'
    thick = f'w:val="single" w:sz="24" w:space="{space}" w:color="0B4F5C" w:themeColor="accent1"'
    return (
        f"<w:pBdr><w:top {thin}/><w:left {thick}/><w:bottom {thin}/><w:right {thin}/></w:pBdr>"
        '<w:shd w:val="clear" w:color="auto" w:fill="F3F7F7"/>'
    )


_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
_PANEL_INDENT = _indent(200, right=180)


def _headings() -> tuple[StyleRecipe, ...]:
    """Heading 1-6 on one scale of 1.2, more space above than below."""
    looks = (
        (15.5, 20, 5, _BOLD),
        (13, 16, 4, _BOLD),
        (11.5, 14, 3, _BOLD),
        (11, 12, 2, _BOLD + _ITALIC + _QUIET),
        (11, 12, 2, _QUIET),
        (11, 12, 2, _ITALIC + _QUIET),
    )
    return tuple(
        StyleRecipe(
            f"heading {level}",
            "paragraph",
            "Normal",
            "Body Text",
            f"{_KEEP}<w:suppressAutoHyphens/>{_spacing(before, after, 264)}"
            f'<w:outlineLvl w:val="{level - 1}"/>',
            _MAJOR + run + _size(points),
            priority=9,
        )
        for level, (points, before, after, run) in enumerate(looks, start=1)
    )


def _lists() -> tuple[StyleRecipe, ...]:
    kinds = (("List Bullet", "bullet"), ("List Number", "number"), ("List Continue", ""))
    return tuple(
        StyleRecipe(
            f"{name} {level + 1}" if level else name,
            "paragraph",
            "Body Text",
            paragraph=_spacing(0, 5, 288) + _indent(STEP * (level + 1), STEP if kind else 0),
            indent=STEP * (level + 1),
            list_kind=kind,
            list_level=level,
            priority=36,
        )
        for name, kind in kinds
        for level in range(LIST_STYLES)
    )


def _contents() -> tuple[StyleRecipe, ...]:
    return tuple(
        StyleRecipe(
            f"toc {level}",
            "paragraph",
            "Normal",
            "Normal",
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{MEASURE}"/></w:tabs>'
            f"{_spacing(0, 3)}{_indent(STEP * (level - 1))}",
            priority=39,
        )
        for level in (1, 2, 3)
    )


STYLES: Final = (
    StyleRecipe("Normal", "paragraph", priority=0),
    StyleRecipe("Default Paragraph Font", "character", priority=1),
    StyleRecipe(
        "Normal Table",
        "table",
        rest='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    ),
    StyleRecipe("No List", "numbering"),
    StyleRecipe(
        "Body Text", "paragraph", "Normal", paragraph=_spacing(0, 8, 300), priority=1
    ),
    # The head of the document.
    StyleRecipe(
        "Kind",
        "paragraph",
        "Normal",
        "Title",
        f"{_KEEP}{_spacing(0, 4)}",
        f'{_MAJOR}{_BOLD}<w:caps/>{_ACCENT}<w:spacing w:val="30"/>{_size(9)}',
        priority=9,
    ),
    StyleRecipe(
        "Title",
        "paragraph",
        "Normal",
        "Author",
        f"{_KEEP}<w:suppressAutoHyphens/>{_spacing(0, 6, 252)}",
        _MAJOR + _BOLD + '<w:kern w:val="28"/>' + _size(24),
        priority=10,
    ),
    StyleRecipe(
        "Subtitle",
        "paragraph",
        "Normal",
        "Author",
        f"{_KEEP}<w:suppressAutoHyphens/>{_spacing(0, 6, 264)}",
        _MAJOR + _QUIET + _size(14),
        priority=11,
    ),
    StyleRecipe(
        "Author",
        "paragraph",
        "Normal",
        "Body Text",
        f"<w:keepLines/>{_spacing(2, 2)}",
        _MAJOR + _QUIET + _size(11),
        priority=12,
    ),
    StyleRecipe("Logo", "paragraph", "Normal", "Kind", f"<w:keepNext/>{_spacing(0, 14)}"),
    StyleRecipe(
        "QR Code",
        "paragraph",
        "Normal",
        "Body Text",
        f'<w:tabs><w:tab w:val="left" w:pos="1360"/></w:tabs>{_spacing(0, 8)}',
        _MAJOR + _QUIET + _size(9.5),
        priority=14,
    ),
    StyleRecipe(
        "Date", "paragraph", "Author", "Body Text", _spacing(0, 12), _size(10), priority=12
    ),
    StyleRecipe(
        "Abstract",
        "paragraph",
        "Body Text",
        paragraph=_spacing(0, 6, 288),
        run=_size(10.5),
        priority=13,
    ),
    StyleRecipe(
        "Abstract Heading",
        "paragraph",
        "Abstract",
        "Abstract",
        f"<w:keepNext/>{_spacing(14, 2)}",
        _MAJOR + _BOLD + _ACCENT + _size(11),
        priority=13,
    ),
    StyleRecipe(
        "Keywords",
        "paragraph",
        "Normal",
        "Body Text",
        _spacing(6, 8),
        _MAJOR + _QUIET + _size(10),
        priority=13,
    ),
    StyleRecipe(
        "Panel",
        "paragraph",
        "Normal",
        paragraph=f"<w:keepLines/>{_box()}{_spacing(0, 5, 276)}{_PANEL_INDENT}",
        run=_size(10.5),
        indent=200,
        priority=14,
    ),
    StyleRecipe(
        "Panel Last",
        "paragraph",
        "Panel",
        "Body Text",
        _spacing(0, 18, 276),
        priority=14,
    ),
    StyleRecipe(
        "Panel Heading",
        "paragraph",
        "Panel",
        "Panel",
        f'{_KEEP}{_spacing(10, 3)}<w:outlineLvl w:val="0"/>',
        f"{_MAJOR}{_BOLD}{_ACCENT}{_size(11)}",
        priority=14,
    ),
    *_headings(),
    *_lists(),
    StyleRecipe(
        "Quote",
        "paragraph",
        "Body Text",
        "Body Text",
        _spacing(4, 8, 288) + _indent(STEP + 180, right=STEP + 180),
        '<w:color w:val="2B3A3D" w:themeColor="text2" w:themeShade="BF"/>' + _size(10.5),
        indent=STEP + 180,
        priority=29,
    ),
    StyleRecipe(
        "Definition Term",
        "paragraph",
        "Body Text",
        "Definition",
        f"<w:keepNext/>{_spacing(4, 1)}",
        _BOLD,
        priority=37,
    ),
    StyleRecipe(
        "Definition",
        "paragraph",
        "Body Text",
        paragraph=_spacing(0, 6) + _indent(STEP),
        indent=STEP,
        priority=37,
    ),
    StyleRecipe(
        "Source Code",
        "paragraph",
        "Normal",
        "Body Text",
        '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="C9D6D8"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="F3F7F7"/><w:suppressAutoHyphens/>'
        f"{_spacing(4, 10, 264)}{_indent(180)}",
        f"{_MONO}<w:noProof/>{_size(9.5)}",
        indent=180,
        priority=38,
    ),
    StyleRecipe(
        "Thematic Break",
        "paragraph",
        "Normal",
        "Body Text",
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="0B4F5C"'
        f' w:themeColor="accent1"/></w:pBdr>{_spacing(2, 14)}{_indent(3200, right=3200)}',
        priority=38,
    ),
    StyleRecipe(
        "Figure",
        "paragraph",
        "Normal",
        "caption",
        f"<w:keepNext/>{_spacing(12, 4)}",
        priority=35,
    ),
    StyleRecipe(
        "caption",
        "paragraph",
        "Normal",
        "Body Text",
        f"<w:keepLines/>{_spacing(0, 10, 264)}",
        f"{_MAJOR}{_QUIET}{_size(9.5)}",
        priority=35,
    ),
    StyleRecipe(
        "Table Caption",
        "paragraph",
        "caption",
        "Table Text",
        f"{_KEEP}{_spacing(10, 4, 264)}",
        priority=35,
    ),
    StyleRecipe(
        "Table Text",
        "paragraph",
        "Normal",
        paragraph=_spacing(2.5, 2.5, 252),
        run=_size(10),
        priority=35,
    ),
    StyleRecipe("Table Text Center", "paragraph", "Table Text", "", '<w:jc w:val="center"/>'),
    StyleRecipe("Table Text Right", "paragraph", "Table Text", "", '<w:jc w:val="right"/>'),
    StyleRecipe(
        "Table Spacer",
        "paragraph",
        "Normal",
        paragraph='<w:spacing w:before="0" w:after="0" w:line="180" w:lineRule="exact"/>',
        run=_size(4),
        priority=35,
    ),
    StyleRecipe(
        "Bibliography",
        "paragraph",
        "Normal",
        "Bibliography",
        f"<w:keepLines/><w:suppressAutoHyphens/>{_spacing(0, 5, 276)}{_indent(HANGING, HANGING)}",
        _size(10),
        indent=HANGING,
        priority=37,
    ),
    StyleRecipe(
        "Bibliography Block",
        "paragraph",
        "Bibliography",
        paragraph=_indent(0),
        priority=37,
    ),
    StyleRecipe(
        "Annotation",
        "paragraph",
        "Bibliography",
        "Bibliography",
        f'<w:keepLines w:val="0"/>{_spacing(0, 8, 276)}{_indent(HANGING)}',
        indent=HANGING,
        priority=37,
    ),
    StyleRecipe(
        "Bibliography Reading",
        "paragraph",
        "Bibliography",
        "Reading Details",
        f'<w:keepNext/><w:tabs><w:tab w:val="left" w:pos="{TICK}"/></w:tabs>{_spacing(0, 1, 276)}',
        indent=HANGING,
        priority=37,
    ),
    StyleRecipe(
        "Annotation Continued",
        "paragraph",
        "Annotation",
        paragraph=f'<w:ind w:left="{HANGING}" w:right="0" w:firstLine="{HANGING // 2}"/>',
        indent=HANGING,
        priority=37,
    ),
    StyleRecipe(
        "Reading Details",
        "paragraph",
        "Bibliography",
        "Bibliography",
        f"{_spacing(1, 5, 276)}{_indent(HANGING)}",
        _MAJOR + _QUIET + _size(9),
        indent=HANGING,
        priority=37,
    ),
    StyleRecipe(
        "Reading Note",
        "paragraph",
        "Bibliography",
        "Bibliography",
        '<w:keepLines w:val="0"/><w:pBdr><w:left w:val="single" w:sz="12" w:space="7"'
        f' w:color="0B4F5C" w:themeColor="accent1"/></w:pBdr>{_spacing(1, 6, 276)}'
        f"{_indent(HANGING + 150)}",
        indent=HANGING + 150,
        priority=37,
    ),
    StyleRecipe(
        "Reading Total",
        "paragraph",
        "Normal",
        "Bibliography",
        f"{_KEEP}{_spacing(0, 7)}",
        _MAJOR + _QUIET + _size(9.5),
        priority=37,
    ),
    StyleRecipe(
        "footnote text",
        "paragraph",
        "Normal",
        paragraph=_spacing(0, 2, 252),
        run=_size(9),
        priority=40,
    ),
    StyleRecipe(
        "TOC Heading",
        "paragraph",
        "Normal",
        "Normal",
        f"{_KEEP}{_spacing(16, 4)}",
        _MAJOR + _BOLD + _size(13),
        priority=39,
    ),
    *_contents(),
    StyleRecipe(
        "header",
        "paragraph",
        "Normal",
        paragraph=f'<w:tabs><w:tab w:val="right" w:pos="{MEASURE}"/></w:tabs>{_spacing(0, 0)}',
        run=_MAJOR + _QUIET + _size(8.5),
        priority=41,
    ),
    StyleRecipe(
        "footer",
        "paragraph",
        "Normal",
        paragraph='<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="C9D6D8"/></w:pBdr>'
        f'<w:tabs><w:tab w:val="right" w:pos="{MEASURE}"/></w:tabs>{_spacing(0, 0)}'
        f"{_indent(0, right=0)}",
        run=_MAJOR + _QUIET + _size(8.5),
        priority=41,
    ),
    # Runs.
    StyleRecipe("Emphasis", "character", run=_ITALIC, priority=20),
    StyleRecipe("Strong", "character", run=_BOLD, priority=22),
    StyleRecipe("Underline", "character", run='<w:u w:val="single"/>', priority=23),
    StyleRecipe("Strikethrough", "character", run="<w:strike/>", priority=23),
    StyleRecipe("Small Caps", "character", run="<w:smallCaps/>", priority=23),
    StyleRecipe("Superscript", "character", run='<w:vertAlign w:val="superscript"/>', priority=23),
    StyleRecipe("Subscript", "character", run='<w:vertAlign w:val="subscript"/>', priority=23),
    StyleRecipe(
        "Inline Code", "character", run=f"{_MONO}<w:noProof/>{_size(9.5)}", priority=24
    ),
    StyleRecipe("Hyperlink", "character", run=f'{_LINK}<w:u w:val="single"/>', priority=25),
    StyleRecipe("Citation", "character", run=_LINK, priority=25),
    StyleRecipe(
        "Caption Label", "character", run=f"{_BOLD}{_ACCENT}", priority=35
    ),
    StyleRecipe(
        "Importance",
        "character",
        run=f'{_MAJOR}{_BOLD}<w:color w:val="FFFFFF"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="0B4F5C" w:themeFill="accent1"/>',
        priority=36,
    ),
    StyleRecipe(
        "Importance 2",
        "character",
        run=f"{_MAJOR}{_BOLD}{_ACCENT}"
        '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="0B4F5C" w:themeColor="accent1"/>',
        priority=36,
    ),
    StyleRecipe("Importance 3", "character", run=f"{_MAJOR}{_BOLD}{_QUIET}", priority=36),
    StyleRecipe(
        "Tick Box",
        "character",
        run='<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"'
        ' w:cs="MS Gothic"/>',
        priority=36,
    ),
    StyleRecipe(
        "footnote reference", "character", run='<w:vertAlign w:val="superscript"/>', priority=40
    ),
    # Tables.
    StyleRecipe(
        "Handout Table",
        "table",
        "Normal Table",
        rest='<w:tblPr><w:tblBorders>'
        '<w:top w:val="single" w:sz="8" w:space="0" w:color="0B4F5C" w:themeColor="accent1"/>'
        '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="0B4F5C" w:themeColor="accent1"/>'
        '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="DDE5E6"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow">'
        f"<w:rPr>{_MAJOR}{_BOLD}</w:rPr><w:tcPr><w:tcBorders>"
        '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="0B4F5C" w:themeColor="accent1"/>'
        '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>',
        priority=59,
    ),
)  # fmt: skip

_QUICK: Final = frozenset(
    [
        *("Normal", "Body Text", "Title", "Subtitle", "Author", "Date", "Kind", "Panel", "Quote"),
        *("heading 1", "heading 2", "heading 3", "heading 4", "List Bullet", "List Number"),
        *("Definition Term", "Definition", "Source Code", "caption", "Table Text", "Bibliography"),
        *("Reading Details", "Reading Note", "Importance"),
        *("Annotation", "Emphasis", "Strong", "Small Caps", "Inline Code", "Citation"),
    ]
)
RECIPES: Final = {
    recipe.name.lower(): replace(recipe, quick=recipe.name in _QUICK) for recipe in STYLES
}
"""By name in small letters: Word does not tell them apart either."""
