"""Documents of any shape, for properties: every node, odd texts, dangling names, deep nesting."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tcit_export.model.document import Author, Metadata, PartialDate, ResolvedDocument, Resource
from tcit_export.model.nodes import (
    Alignment,
    Anchor,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Cite,
    CiteItem,
    CiteMode,
    Code,
    CodeBlock,
    DefinitionList,
    Div,
    Emph,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Locator,
    Note,
    NumberStyle,
    OrderedList,
    Paragraph,
    ReferenceEntry,
    ReferenceLayout,
    ReferenceList,
    SmallCaps,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    ThematicBreak,
    Underline,
    Url,
)
from tcit_export.model.options import Citations, Options, Paper
from tests.writers.samples import SVG, picture

KEYS = ("kahn2001", "Kahn2001", "a b&c", "ключ", "x" * 60)
NAMES = st.sampled_from(["", "a", "A", "ref-kahn2001", "fig 1", "1", "_", "é", "nowhere", "y" * 50])
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            " ",
            "a  b ",
            "(2001)",
            "a\tb\nc",
            "\x00\x1b\ud800\ufffe",
            "שלום abc 12",
            "مرحبا",
            "]]>&<",
        ]
    ),
)
ADDRESSES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "https://example.org/ä b?x=1&y=%zz#f",
            "http://[bad",
            "http://a:99999999/",
            "https://ünï.example/",
            "mailto:a b@example.org",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://example.org/" + "x" * 2100,
            "doi:10.1/x",
            "https://",
        ]
    ),
)
ATTRIBUTES = st.builds(
    Attributes,
    id=NAMES,
    classes=st.sampled_from([(), ("cite-this",), ("note", "x")]),
    pairs=st.lists(
        st.sampled_from(
            [
                ("lang", "de"),
                ("lang", "he"),
                ("lang", "x y"),
                ("dir", "rtl"),
                ("dir", "ltr"),
                ("width", "50%"),
                ("width", "9999cm"),
                ("height", "0"),
                ("height", "3em"),
                ("width", "wide"),
            ]
        ),
        max_size=2,
    ).map(tuple),
)
RESOURCES = {
    resource.name: resource
    for resource in (
        picture("a.png"),
        picture("b.webp", form="WEBP"),
        picture("c.gif", 1, 4000, form="GIF"),
        SVG,
        Resource("broken.png", b"\x89PNG\r\n\x1a\nbroken", "image/png", 10, 10),
        Resource("broken.webp", b"RIFF", "image/webp", 10, 10),
        Resource("empty.svg", b"<svg/>", "image/svg+xml", 0, 0),
    )
}
IMAGES = st.builds(
    Image,
    st.sampled_from([*RESOURCES, "missing.png"]),
    TEXTS,
    title=TEXTS,
    attributes=ATTRIBUTES,
)


def _tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def _inlines(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    content = _tuples(inner)
    items = st.builds(
        CiteItem,
        st.sampled_from(KEYS),
        mode=st.sampled_from(CiteMode),
        prefix=content,
        suffix=content,
        locator=st.none() | st.builds(Locator, st.sampled_from(["page", "chapter"]), TEXTS),
    )
    wrappers = (Emph, Strong, Underline, Strikeout, Superscript, Subscript, SmallCaps)
    return st.one_of(
        *(st.builds(wrapper, content) for wrapper in wrappers),
        st.builds(Link, st.builds(Anchor, NAMES) | st.builds(Url, ADDRESSES), content, TEXTS),
        st.builds(Inlines, content, ATTRIBUTES),
        st.builds(Cite, _tuples(items), content),
        st.builds(Note, _tuples(st.builds(Paragraph, content), 2)),
    )


INLINES: st.SearchStrategy[Inline] = st.recursive(
    st.one_of(
        st.builds(Str, TEXTS),
        st.builds(Code, TEXTS),
        st.just(SoftBreak()),
        st.just(LineBreak()),
        IMAGES,
    ),
    _inlines,
    max_leaves=6,
)
CONTENT = _tuples(INLINES)
CELLS = _tuples(st.builds(Cell, CONTENT))
TABLES = st.builds(
    Table,
    CELLS,
    _tuples(CELLS),
    _tuples(st.sampled_from(Alignment)),
    CONTENT,
    ATTRIBUTES,
)


RECORDS: list[dict[str, Any]] = [
    {},
    {"type": "book", "title": "A \x01 <i>title</i>", "issued": {"raw": "May"}, "DOI": "10.1/x"},
    {"type": "thesis", "author": [{"literal": "A group"}], "issued": {"date-parts": [["2001", 5]]}},
    {"type": "chapter", "author": [{"family": "De", "given": "A B C"}], "DOI": "10.1/x"},
    {"type": "odd", "issued": "2001", "note": "n"},
]


def _nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    content = _tuples(inner)
    items = _tuples(content)
    return st.one_of(
        st.builds(BulletList, items),
        st.builds(OrderedList, items, st.integers(-3, 99_999), st.sampled_from(NumberStyle)),
        st.builds(DefinitionList, _tuples(st.tuples(CONTENT, items), 2)),
        st.builds(BlockQuote, content),
        st.builds(Div, content, ATTRIBUTES),
        st.builds(Note, content).map(lambda note: Paragraph((note,))),
    )


LEAVES: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, CONTENT),
    st.builds(Heading, st.integers(1, 6), CONTENT, ATTRIBUTES),
    st.builds(CodeBlock, TEXTS, ATTRIBUTES),
    st.just(ThematicBreak()),
    TABLES,
    st.builds(Figure, IMAGES, CONTENT, ATTRIBUTES),
)
ENTRIES = st.builds(
    ReferenceEntry,
    st.sampled_from(KEYS),
    st.builds(Anchor, NAMES),
    CONTENT,
    label=CONTENT,
    annotation=_tuples(st.recursive(LEAVES, _nested, max_leaves=3), 1),  # no list in a list
    data=st.sampled_from(RECORDS),
)
LISTS = st.builds(
    ReferenceList, ATTRIBUTES, _tuples(ENTRIES), st.builds(ReferenceLayout, st.booleans())
)
BLOCKS: st.SearchStrategy[Block] = st.recursive(LEAVES | LISTS, _nested, max_leaves=6)
AUTHORS = st.builds(Author, TEXTS, TEXTS, TEXTS, affiliation=TEXTS, orcid=TEXTS)
METADATA = st.builds(
    Metadata,
    title=CONTENT,
    subtitle=CONTENT,
    abstract=_tuples(BLOCKS, 1),
    keywords=_tuples(TEXTS),
    lang=st.sampled_from(["en-US", "de", "he", "zh", "", "not a tag"]),
    authors=_tuples(AUTHORS),
    date=st.none()
    | st.builds(PartialDate, st.integers(-50, 20_000), st.integers(0, 13), st.integers(0, 32)),
)
DOCUMENTS = st.builds(
    ResolvedDocument,
    METADATA,
    _tuples(BLOCKS),
    reviewed=_tuples(ENTRIES, 1),
    date_text=TEXTS,
    resources=st.just(RESOURCES),
    style_id=TEXTS,
)
OPTIONS = st.builds(
    Options,
    paper=st.sampled_from(Paper),
    citations=st.sampled_from(Citations),
    contents=st.booleans(),
    organisation=TEXTS,
    source_date=st.none() | st.integers(-(2**62), 2**62),
)
