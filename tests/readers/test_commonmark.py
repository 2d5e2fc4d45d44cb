"""Where a text uses none of our own signs, it means what the Markdown library says it means.

The parser's classes are refined (places, brackets matched in one pass), so the tokens must still be
those of the unrefined parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tcit_export.readers.markdown_parser import parser

PIECES = [
    *"[]()!\\`*ab \n\"'.|",
    *'[a]~](x)~](y "t")~``~**~***~_~__~> ~- ~1. ~    ~# ~&amp;~<http://x.org>'.split("~"),
    *("  \n", "\n\n", "[a]: /u\n\n", "~~", "---\n", "|-|-|\n", "```\n", "===\n"),
]


def plain() -> MarkdownIt:
    """The library's CommonMark with the same additions and no judgement of links."""
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 50})
    md.validateLink = lambda url: True
    return md.enable(["table", "strikethrough"])


def shape(tokens: Sequence[Token]) -> list[Any]:
    """Types, contents and targets; neighbouring texts joined."""
    result: list[Any] = []
    for token in tokens:
        if token.type != "inline":
            result.append((token.type, tuple(token.map or ()), token.content))
            continue
        for child in token.children or ():
            if child.type not in ("text", "text_special", "raw_html"):
                content = "" if child.type == "image" else child.content
                result.append((child.type, content, tuple(sorted(child.attrs.items()))))
            elif child.content and result and isinstance(result[-1], str):
                result[-1] += child.content
            elif child.content:
                result.append(child.content)
    return result


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_commonmark_is_commonmark(text: str) -> None:
    theirs, ours = plain().parse(text), parser().parse(text, {})
    for token in (*theirs, *ours):
        for child in token.children or ():
            child.attrs.pop("alt", None)
    assert shape(ours) == shape(theirs)
