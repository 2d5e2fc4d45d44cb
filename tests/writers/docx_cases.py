"""What each construct becomes in Word: (sentence, blocks, lines of `docx_reading`)."""

from __future__ import annotations

from tcit_export.model.nodes import (
    Alignment,
    Anchor,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    DefinitionList,
    Div,
    Emph,
    Figure,
    Heading,
    Image,
    Inlines,
    LineBreak,
    Link,
    Note,
    NumberStyle,
    OrderedList,
    Paragraph,
    ReferenceEntry,
    ReferenceLayout,
    ReferenceList,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Superscript,
    Table,
    ThematicBreak,
    Url,
)
from tests.writers.samples import KAHN, cite, heading, narrative, para, text

Case = tuple[str, tuple[Block, ...], list[str]]


def marked(words: str, **pairs: str) -> Inlines:
    return Inlines((Str(words),), Attributes(pairs=tuple(pairs.items())))


def table(*rows: str, caption: str = "", alignments: tuple[Alignment, ...] = ()) -> Table:
    cells = [tuple(Cell(text(cell)) for cell in row.split("|")) for row in rows]
    return Table(cells[0], tuple(cells[1:]), alignments, text(caption), Attributes(id="t"))


CASES: list[Case] = [
    (
        "emphasis, strong and both are character styles, however they are nested",
        (
            para(
                "a *b* ",
                Strong((Emph((Str("c"),)),)),
                Emph((Strong((Str("d"),)), Emph((Str("e"),)))),
                Strikeout((Superscript((Str("f"),)),)),
                Code("g"),
            ),
        ),
        [
            "Body Text: a <Emphasis:b> <Strong Emphasis:c><Strong Emphasis:d><Emphasis:e>"
            "<Strikethrough Superscript:f><Inline Code:g>"
        ],
    ),
    (
        "a line end of the source is a blank, a forced one a break",
        (para("a", SoftBreak(), "b", LineBreak(), "c"),),
        ["Body Text: a b\\nc"],
    ),
    (
        "links lead outside by relationship and inside by bookmark",
        (
            heading(1, "Here", "here"),
            para(
                Link(Url("https://example.org/ä b"), (Str("out"),)),
                " ",
                Link(Anchor("here"), (Emph((Str("in"),)),)),
            ),
        ),
        [
            "heading 1: {here:Here}",
            "Body Text: [<Hyperlink:out>](https://example.org/%C3%A4%20b) "
            "[<Emphasis Hyperlink:in>](#here)",
        ],
    ),
    (
        "a link that cannot lead anywhere is its text, and so is a link in a link",
        (
            para(
                Link(Anchor("nowhere"), (Str("a"),)),
                Link(Url("javascript:x"), (Str("b"),)),
                Link(Url("https://a.org"), (Link(Url("https://b.org"), (Str("c"),)),)),
            ),
        ),
        ["Body Text: ab[<Hyperlink:c>](https://a.org)"],
    ),
    (
        "another language is marked, and a direction too, named or seen",
        (
            para(marked("eins", lang="de"), marked("שלום", lang="he"), marked("x", dir="rtl")),
            para("see שלום עולם here"),
            Div((para("سلام"),), Attributes(pairs=(("lang", "fa"),))),
        ),
        [
            "Body Text: <de-DE:eins><rtl he-IL:שלום>x",
            "Body Text: see <rtl:שלום עולם> here",
            "Body Text rtl: <rtl fa-IR:سلام>",
        ],
    ),
    (
        "in a line from right to left, what is Latin is a run of its own, its numbers with it",
        (
            Div(
                (para("מקור (Lee & Müller, 2020) ועמוד 12."), para("2 readings, 9 pages (more).")),
                Attributes(pairs=(("lang", "he"),)),
            ),
        ),
        [
            "Body Text rtl: <rtl he-IL:מקור (><he-IL:Lee & Müller, 2020><rtl he-IL:) ועמוד 12.>",
            "Body Text rtl: <he-IL:2 readings, 9 pages (more)><rtl he-IL:.>",
        ],
    ),
    (
        "headings close the gaps that levels leave",
        (
            heading(2, "A", "a"),
            heading(4, "B", "b"),
            heading(3, "C", "c"),
            heading(1, "D", "d"),
            heading(3, "E", "e"),
        ),
        [
            "heading 1: {a:A}",
            "heading 2: {b:B}",
            "heading 2: {c:C}",
            "heading 1: {d:D}",
            "heading 2: {e:E}",
        ],
    ),
    (
        "lists nest, each ordered list counts for itself, and further paragraphs continue an item",
        (
            BulletList(
                (
                    (para("a"), para("b"), OrderedList(((para("c"),),), start=3)),
                    (para("d"), BulletList(((para("e"),),))),
                )
            ),
            OrderedList(((para("f"),),), style=NumberStyle.LOWER_ALPHA),
            OrderedList(((para("g"),), ())),
        ),
        [
            "List Bullet: a",
            "List Continue: b",
            "List Number 2(decimal/1 from 3): c",
            "List Bullet: d",
            "List Bullet 2: e",
            "List Number(lowerLetter/0 from 1): f",
            "List Number(decimal/0 from 1): g",
            "List Number(decimal/0 from 1): ",
        ],
    ),
    (
        "what is no paragraph cannot carry a bullet",
        (BulletList(((CodeBlock("x"),),)),),
        ["List Bullet: ", "Source Code Level 2: x"],
    ),
    (
        "quotes in quotes and lists in quotes stand further in",
        (BlockQuote((para("a"), BlockQuote((para("b"),)), BulletList(((para("c"),),)))),),
        ["Quote: a", "Quote Level 2: b", "List Bullet 2: c"],
    ),
    (
        "terms and definitions",
        (DefinitionList(((text("t"), ((para("a"), para("b")), (para("c"),))),)),),
        ["Definition Term: t", "Definition: a", "Definition: b", "Definition: c"],
    ),
    (
        "code keeps its lines and blanks in one paragraph",
        (CodeBlock("if x:\n\ty  = 1\n"), ThematicBreak()),
        ["Source Code: if x:\\n\\ty  = 1", "Thematic Break: "],
    ),
    (
        "a table has a numbered caption, a header row, and styles for alignment",
        (
            table("a|b|c", "1|2", caption="*C*", alignments=(Alignment.RIGHT, Alignment.CENTER)),
            para("after"),
            table("d"),
            table("e", "f"),
        ),
        [
            "Table Caption: {t:<Caption Label:Table >«<Caption Label: SEQ Table \\* ARABIC >|"
            "<Caption Label:1>»<Caption Label:. ><Emphasis:C>}",
            "|| a | b | c ||",
            "| 1 | 2 |  |",
            "Body Text After Table: after",
            "|| d ||",
            "Table Spacer: ",
            "|| e ||",
            "| f |",
            "Table Spacer: ",
        ],
    ),
    (
        "a figure and its caption; its description is the caption's where it has none",
        (
            Figure(Image("bars.png", "Bars"), text("C"), Attributes(id="f")),
            Figure(
                Image("bars.png", "", attributes=Attributes(pairs=(("width", "1in"),))), text("D")
            ),
        ),
        [
            "{f}",
            "Figure: ![Bars 64x32mm]",
            "caption: <Caption Label:Figure >«<Caption Label: SEQ Figure \\* ARABIC >|"
            "<Caption Label:1>»<Caption Label:. >C",
            "Figure: ![D 25x13mm]",
            "caption: <Caption Label:Figure >«<Caption Label: SEQ Figure \\* ARABIC >|"
            "<Caption Label:2>»<Caption Label:. >D",
        ],
    ),
    (
        "whatever stands below a table stands at a distance",
        (
            Table((Cell(text("a")),), (), ()),
            BulletList(((para("one"),), (para("two"),))),
            Table((Cell(text("b")),), (), ()),
            CodeBlock("x"),
        ),
        [
            "|| a ||",
            "List Bullet After Table(bullet/0): one",
            "List Bullet: two",
            "|| b ||",
            "Source Code After Table: x",
        ],
    ),
    (
        "a picture that is missing leaves its description",
        (para(Image("none.png", "what it showed")),),
        ["Body Text: what it showed"],
    ),
    (
        "each work of a citation is a link to its entry, also in the sentence",
        (
            para(
                cite(("kahn2001", "Kahn & Fromm, 2001"), ("gone", "Gone, 2000")),
                narrative("kahn2001", "Kahn and Fromm", "2001"),
            ),
            ReferenceList(entries=(KAHN,)),
        ),
        [
            "Body Text: ([<Citation:Kahn & Fromm, 2001>](#ref_kahn2001); Gone, 2000)"
            "[<Citation:Kahn and Fromm (2001)>](#ref_kahn2001)",
            "Bibliography: {ref_kahn2001:Kahn, S., & Fromm, E. (Eds.). (2001). "
            "<Emphasis:Changes in the therapist>. Erlbaum.}",
        ],
    ),
    (
        "labels hang in the indent, annotations stand below, and a style may forbid the indent",
        (
            ReferenceList(
                entries=(
                    ReferenceEntry("a", Anchor("ref-a"), text("A."), text("1."), (para("note"),)),
                ),
                layout=ReferenceLayout(second_field_align=True, hanging_indent=False),
            ),
            ReferenceList(
                entries=(ReferenceEntry("b", Anchor("ref-b"), text("B.")),),
                layout=ReferenceLayout(hanging_indent=False),
            ),
        ),
        [
            "Bibliography Reading: {ref_a:1.\\tA.",
            "Annotation: note}",
            "Bibliography Block: {ref_b:B.}",
        ],
    ),
    (
        "the first of two things of one name keeps it",
        (heading(1, "A", "same"), heading(1, "B", "same"), heading(1, "C", "SAME")),
        ["heading 1: {same:A}", "heading 1: B", "heading 1: {SAME_d1ed0d26:C}"],
    ),
    (
        "the panel has its own heading and room below",
        (
            Div(
                (heading(2, "Cite this", "cite"), para("a"), para("b")),
                Attributes(classes=("cite-this",)),
            ),
        ),
        ["Panel Heading: {cite:Cite this}", "Panel: a", "Panel Last: b"],
    ),
    (
        "a heading without a name has no bookmark",
        (Heading(1, text("A")),),
        ["heading 1: A"],
    ),
]

NOTES: list[tuple[str, Note, list[str]]] = [
    (
        "a note of paragraphs, a list and a heading",
        Note((para("a"), para("b"), BulletList(((para("c"),),)), heading(1, "d", "d"))),
        [
            "note 1",
            "footnote text: ^ a",
            "footnote text: b",
            "footnote text(bullet/0): c",
            "footnote text: {d:<Strong:d>}",
        ],
    ),
    (
        "a note that does not begin with a paragraph has its mark alone",
        Note((CodeBlock("x"),)),
        ["note 1", "footnote text: ^ ", "Source Code: x"],
    ),
    (
        "a note in a note stands in parentheses",
        Note((Paragraph((Str("a"), Note((para("b"), para("c"))))),)),
        ["note 1", "footnote text: ^ a (b c)"],
    ),
    (
        "what is left of a heading in a note in a note may still be led to",
        Note((Paragraph((Str("a"), Note((heading(1, "b", "b"),)))),)),
        ["note 1", "footnote text: ^ a (b){b}"],
    ),
    (
        "a note may end in a table, but not its text",
        Note((table("a", "b"),)),
        ["note 1", "footnote text: ^ ", "{t}", "|| a ||", "| b |", "Table Spacer: "],
    ),
]
