"""What holds for every document, whatever it cites and however."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcit_export.csl.style import Locale, Style
from tcit_export.model.nodes import Anchor, Block, Cite, Inline, Link, Note, ReferenceList
from tcit_export.model.walk import children, find, plain_text
from tcit_export.readers.markdown import read
from tcit_export.resolve import resolve
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style
from tests.resolve.test_cases import library

STYLES = ["apa", "american-medical-association", "chicago-notes-bibliography"]
KEYS = ["kahn2001", "alden2001", "blume2013", "lee2020", "lee2020x", "odd:key/1", "nobody"]
PIECES = [
    *(f"@{key}" for key in KEYS),
    *(f"[@{key}]" for key in KEYS),
    *(f"[see *also* @{key}, p. 3--4, and more; -@lee2020]" for key in KEYS),
    *" |. |, |\n\n|*|_|[|](https://x.org)|[@lee2020]{.full}|^[note |]|> |- |# ".split("|"),
    "::: {.references}\n:::\n\n",
    "\n\n| @lee2020 |\n|---|\n| [@blume2013, Table 1] |\n\n",
]
documents = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@cache
def style(name: str) -> tuple[Style, Locale]:
    loaded = load_style(name).value
    assert loaded is not None
    return loaded, load_locale(loaded).value


@pytest.mark.parametrize("name", STYLES)
@settings(max_examples=60, deadline=None)
@given(documents)
def test_citations_lead_to_references_that_exist(name: str, body: str) -> None:
    text = f"---\ntitle: T\nauthors: A. B.\nreviewed: kahn2001\n---\n{body}"
    document = read(Source("a.md", text)).value
    resolved = resolve(document, library(), *style(name))
    lists = [found for found in find(resolved.blocks, ReferenceList) if found.entries]
    anchors = {entry.anchor.name for found in lists for entry in found.entries}
    keys = {entry.key for found in lists for entry in found.entries}
    assert "kahn2001" in keys
    for node in _shown(resolved.blocks):
        if isinstance(node, Link) and isinstance(node.target, Anchor):
            assert node.target.name in anchors
        if isinstance(node, Cite):
            assert node.content
            for item in node.items:
                entry = library().get(item.key)
                shown = _with_notes(node)
                assert f"{item.key}?" in shown if entry is None else entry.key in keys
    _check_nesting(resolved.blocks, in_link=False, in_note=False)


def _shown(nodes: Iterable[Block | Inline]) -> Iterator[Block | Inline]:
    """Every node that an output shows: of a citation what it became, not what was typed."""
    for node in nodes:
        yield node
        yield from _shown(node.content if isinstance(node, Cite) else children(node))


def _with_notes(cite: Cite) -> str:
    notes = [block for note in find(cite.content, Note) for block in note.content]
    return plain_text(cite.content) + plain_text(notes)


def _check_nesting(nodes: tuple[Block | Inline, ...], *, in_link: bool, in_note: bool) -> None:
    """No link in a link, no note in a note: no output could hold them."""
    for node in nodes:
        assert not (in_link and isinstance(node, Link))
        assert not (in_note and isinstance(node, Note))
        below = tuple(node.content if isinstance(node, Cite) else children(node))
        _check_nesting(
            below,
            in_link=in_link or isinstance(node, Link),
            in_note=in_note or isinstance(node, Note),
        )
