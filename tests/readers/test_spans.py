"""Every node knows the characters it came from, in every kind of block."""

from __future__ import annotations

import pytest

from tcit_export.model.nodes import Block, Cite, Code, Emph, Inline, Link, Note, Strong
from tcit_export.model.walk import find, walk
from tcit_export.readers.markdown import read
from tcit_export.source import Source

HEAD = "---\ntitle: T\n---\n"
PLACES = {
    "a paragraph": "one [@KEY, p. 2] two",
    "a heading": "## A heading [@KEY, p. 2] ## ",
    "a heading with attributes": "## A heading [@KEY, p. 2] {#id}",
    "an underlined heading": "Heading [@KEY, p. 2]\n====",
    "a list": "- a\n- b\n  c [@KEY, p. 2]",
    "a list in a list": "1. a\n\n   - b\n\n     c [@KEY, p. 2]",
    "a quote": "> a\n> b [@KEY, p. 2]",
    "a lazy line": "> a\nb [@KEY, p. 2]",
    "a quote in a list": "- > a\n  > b [@KEY, p. 2]",
    "a lazy line in both": "- > a\nb [@KEY, p. 2]",
    "a table": "| a | b |\n|---|---|\n| x \\| y | [@KEY, p. 2] |",
    "a table without outer bars": "a | b\n---|---\nx | [@KEY, p. 2]",
    "a table's head": "| [@KEY, p. 2] | b |\n|---|---|\n| x | y |",
    "a table in a quote": "> | a | b |\n> |---|---|\n> | x | [@KEY, p. 2] |",
    "a caption": "| a |\n|---|\n| x |\n\nTable: See [@KEY, p. 2] {#t}",
    "a footnote": "a[^1]\n\n[^1]: b\n    c [@KEY, p. 2]",
    "a footnote's second paragraph": "a[^1]\n\n[^1]: b\n\n    c [@KEY, p. 2]",
    "a footnote in the line": "a^[b [@KEY, p. 2]]",
    "a definition": "Term\n: def\n  more [@KEY, p. 2]",
    "a term": "Term [@KEY, p. 2]\n: def",
    "a div": "::: x\n\n> b [@KEY, p. 2]\n\n:::",
    "after tabs": "-\ta\n\n\tb [@KEY, p. 2]",
    "after a hard break": "one  \n   two [@KEY, p. 2]",
    "emphasis": "one *two **three [@KEY, p. 2]** four*",
    "a span": "[one [@KEY, p. 2]]{.x}",
    "after entities and escapes": "&amp; \\* \\@ &copy; [@KEY, p. 2]",
    "after a long line": "x" * 500 + " [@KEY, p. 2]",
    "after characters beyond the first plane": "𝒳𝒴 漢字 [@KEY, p. 2]",
}


@pytest.mark.parametrize("where", PLACES)
def test_a_citation_and_its_key_have_their_place(where: str) -> None:
    source = Source("a.md", HEAD + PLACES[where])
    parsed = read(source)
    (cite,) = set(_cites(parsed.value.blocks))
    assert _text(source, cite) == "[@KEY, p. 2]"
    span = cite.items[0].key_span
    assert span is not None
    assert source.text[span.start : span.end] == "KEY"


def _cites(blocks: tuple[Block, ...]) -> list[Cite]:
    return list(find(blocks, Cite))


def _text(source: Source, node: Block | Inline) -> str:
    assert node.span is not None
    return source.text[node.span.start : node.span.end]


def test_markup_is_part_of_the_span() -> None:
    source = Source("a.md", HEAD + "a *b* **c *d*** `e` [f](https://x.org) <https://y.org> ^[g]")
    blocks = read(source).value.blocks
    assert [_text(source, node) for node in find(blocks, Emph)] == ["*b*", "*d*"]
    assert [_text(source, node) for node in find(blocks, Strong)] == ["**c *d***"]
    assert [_text(source, node) for node in find(blocks, Code)] == ["`e`"]
    links = [_text(source, node) for node in find(blocks, Link)]
    assert links == ["[f](https://x.org)", "<https://y.org>"]
    assert [_text(source, node) for node in find(blocks, Note)] == ["^[g]"]


def test_fields_of_the_front_matter_have_their_place() -> None:
    source = Source(
        "a.md",
        "---\ntitle: A *title* here\nabstract: |\n  One.\n\n  Two [@KEY].\n"
        "reviewed:\n  - a\n  - b\n---\n",
    )
    metadata = read(source).value.metadata
    assert _text(source, metadata.title[1]) == "*title*"
    (cite,) = _cites(metadata.abstract)
    assert _text(source, cite) == "[@KEY]"
    span = metadata.spans["reviewed.1"]
    assert source.text[span.start : span.end] == "b"


def test_all_nodes_of_all_blocks_have_a_span() -> None:
    text = HEAD + "\n\n".join(
        body.replace("[^1]", f"[^{i}]") for i, body in enumerate(PLACES.values())
    )
    for node in walk(read(Source("a.md", text)).value.blocks):
        assert node.span is not None, node
