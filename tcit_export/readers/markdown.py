"""Markdown files -> documents: `read` never raises on what a user wrote.

The steps: clean the text, check its size, split off the front matter, parse, build blocks, give
identifiers.  What Markdown means here: CommonMark without raw HTML, pipe tables with captions,
footnotes, definition lists, strikethrough, sub- and superscript, attributes, fenced divs, pandoc's
citations, typographic quotation marks and dashes.
"""

from __future__ import annotations

from dataclasses import replace

from markdown_it.token import Token

from tcit_export import limits
from tcit_export.diagnostic import Kind, Location, Parsed
from tcit_export.model.document import Document, Metadata
from tcit_export.model.nodes import Block, Cite, Inline
from tcit_export.model.walk import find
from tcit_export.readers import kinds
from tcit_export.readers.front_matter import read_head, split_head
from tcit_export.readers.identifiers import identified
from tcit_export.readers.markdown_blocks import BlockBuilder
from tcit_export.readers.markdown_inlines import InlineBuilder, Reading
from tcit_export.readers.markdown_parser import TOO_DEEP, parser
from tcit_export.readers.places import Places
from tcit_export.readers.typography import quotes_of
from tcit_export.source import Source, Span, clean_text


def read(source: Source) -> Parsed[Document]:
    """The document in a Markdown file, and what is wrong with the file."""
    refusal = _too_large(source)
    if refusal is not None:
        return Parsed(Document(Metadata(), ()), (refusal.at(*_size(source)),))
    text, replaced = clean_text(source.text)
    reading = Reading(source, quotes_of(""))
    _report_replaced(reading, replaced)
    head = split_head(text, reading)
    metadata = read_head(head, text, reading, _Fragments(reading))
    body = text[head.body_start :]
    blocks = _blocks(
        reading, body, Places(((0, head.body_start),), Span(head.body_start, len(text)))
    )
    every = identified((*metadata.abstract, *blocks), reading)
    abstract, blocks = every[: len(metadata.abstract)], every[len(metadata.abstract) :]
    document = Document(replace(metadata, abstract=abstract), blocks)
    return Parsed(document, tuple(reading.diagnostics))


def read_citation(text: str) -> Cite:
    """The first citation in a line of Markdown. Raises ValueError if there is none."""
    source = Source("<citation>", text)
    content = _Fragments(Reading(source, quotes_of(""))).inlines(
        text, Places(((0, 0),), Span(0, len(text)))
    )
    cite = next(find(content, Cite), None)
    if cite is None:
        raise ValueError(f"there is no citation in {text!r}")
    return cite


def _size(source: Source) -> tuple[Location, str]:
    return (
        Location(source, Span(0, 0)),
        f"the document has {len(source.text):,} characters in {source.text.count(chr(10)) + 1:,} "
        f"lines; {limits.MARKDOWN_BYTES:,} and {limits.MARKDOWN_LINES:,} are allowed",
    )


def _too_large(source: Source) -> Kind | None:
    lines = source.text.count("\n")
    if len(source.text) > limits.MARKDOWN_BYTES or lines > limits.MARKDOWN_LINES:
        return kinds.TOO_LARGE
    return None


def _report_replaced(reading: Reading, places: tuple[int, ...]) -> None:
    """One report for each line that had such characters."""
    by_line: dict[int, list[int]] = {}
    for place in places:
        by_line.setdefault(reading.source.line_column(place)[0], []).append(place)
    for in_line in by_line.values():
        first = in_line[0]
        number = ord(reading.source.text[first])
        more = f" and {len(in_line) - 1} more like it" if len(in_line) > 1 else ""
        reading.report(
            kinds.CONTROL_CHARACTER,
            Span(first, first + 1),
            f"the character U+{number:04X}{more} cannot be printed",
        )


def _blocks(reading: Reading, text: str, places: Places) -> tuple[Block, ...]:
    """The blocks of a text, its footnotes checked."""
    builder = _builder(reading, text, places)
    blocks = builder.build()
    builder.report_unused_notes()
    return blocks


def _builder(reading: Reading, text: str, places: Places) -> BlockBuilder:
    environment: dict[str, list[int]] = {}
    tokens = parser().parse(text, environment)
    builder = BlockBuilder(reading, text, places, tokens)
    if TOO_DEEP in environment:
        builder.report_too_deep(min(environment[TOO_DEEP]))
    return builder


class _Fragments:
    """Reads Markdown inside other texts: titles and abstracts of the front matter."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def inlines(self, text: str, places: Places) -> tuple[Inline, ...]:
        """One line of inlines."""
        tokens: list[Token] = parser().parseInline(text, {})
        children = tokens[0].children if tokens else None
        return InlineBuilder(self.reading, places).build(children or [])

    def blocks(self, text: str, places: Places) -> tuple[Block, ...]:
        """Blocks."""
        return _builder(self.reading, text, places).build(define_notes=False)
