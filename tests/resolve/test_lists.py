"""Reading lists and several lists in one document, as they are after resolving."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcit_export.bibliography.library import Library
from tcit_export.bibliography.load import load_library
from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import Heading, Link, ReferenceEntry, ReferenceList, Strong
from tcit_export.model.walk import find, plain_text
from tcit_export.readers.markdown import read
from tcit_export.resolve import resolve
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style
from tcit_export.writers.tree import resolved_tree
from tests.casefile import FOLDER, Case, cases, compare, parametrized


@cache
def library() -> Library:
    text = (FOLDER / "reading_lists" / "library.bib").read_text(encoding="utf-8")
    return load_library([Source("library.bib", text)]).value


def resolved(text: str) -> ResolvedDocument:
    document = read(Source("case.md", text)).value
    style = load_style(document.metadata.style or "apa").value
    assert style is not None
    return resolve(document, library(), style, load_locale(style, document.metadata.lang).value)


def lists(document: ResolvedDocument) -> list[ReferenceList]:
    return list(find(document.blocks, ReferenceList))


def shown(entry: ReferenceEntry) -> str:
    return plain_text(entry.content)


@parametrized("reading_lists")
def test_resolved(case: Case, update: bool) -> None:
    compare(case, resolved_tree(resolved(case.input)), update)


def test_private_notes_leave_no_trace() -> None:
    document = resolved("---\ntitle: T\nkind: reading-list\n---\n")
    assert "office" in library()["kahn2001"].raw
    assert "office" not in repr(document) + document.bibtex
    assert not any(
        "office" in str(entry.data) for found in lists(document) for entry in found.entries
    )


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("Lee, A.", 3),
        ("Ann Lee", 3),
        ("Lee, Anna", 0),
        ("Lee", 3),
        ("Alden, P.", 2),
        ("Fromm", 2),
        ("Nobody, N.", 0),
        ("Alden, Peggy and Fromm, E.", 4),
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str, count: int) -> None:
    """Editors count too; P. A. Alden and Peggy Alden are one to who asks for Alden, P."""
    front = "---\ntitle: T\nkind: reading-list\n---\n"
    document = resolved(f'{front}::: {{.references select="year>1" emphasise="{typed}"}}\n:::\n')
    bold = [plain_text([node]) for found in lists(document) for node in _strong(found)]
    assert len(bold) == count


def _strong(found: ReferenceList) -> list[Strong]:
    return [node for entry in found.entries for node in find(entry.content, Strong)]


SELECTS = ["year>=2000", "keyword:tears", "author:Lee", "key:(lee2020, blume2013)", "title:zzz"]
GROUPS = ["", *(f' group="{name}"' for name in ("week", "topic", "type", "year", "importance"))]
placed = st.tuples(st.sampled_from(SELECTS), st.sampled_from(GROUPS))
NAMED = "::: {.references}\n- @lee2020 One\n- [@lee2020x, p. 3]{importance=further}\n:::\n"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lists of all sorts under headings, in both kinds of documents, in three styles."""
    kind = draw(st.sampled_from(["review", "reading-list"]))
    style = draw(st.sampled_from(["apa", "ieee", "modern-language-association"]))
    parts = []
    for number, (select, group) in enumerate(draw(st.lists(placed, max_size=3))):
        parts.append(f'# H{number}\n\n::: {{.references select="{select}"{group}}}\n:::\n')
    extra = ["[@lee2020] and @lee2020x\n", NAMED, "::: {.references}\n:::\n", "[@kahn2001]\n"]
    parts += draw(st.lists(st.sampled_from(extra), max_size=3))
    front = f"---\ntitle: T\nkind: {kind}\nstyle: {style}\n---\n"
    return "\n".join([front, *draw(st.permutations(parts))])


@settings(max_examples=120, deadline=None)
@given(documents())
def test_every_place_is_one_and_every_link_has_its_place(text: str) -> None:
    document = resolved(text)
    anchors = [entry.anchor.name for found in lists(document) for entry in found.entries]
    headings = [heading.attributes.id for heading in find(document.blocks, Heading)]
    assert max(Counter([*anchors, *headings]).values(), default=1) == 1
    for link in find(document.blocks, Link):
        name = getattr(link.target, "name", "")
        assert not name.startswith("ref-") or name in anchors


@settings(max_examples=120, deadline=None)
@given(documents())
def test_a_work_reads_the_same_in_every_list(text: str) -> None:
    """Letters and numbers belong to the document, not to a list."""
    seen: dict[str, tuple[str, str]] = {}
    for found in lists(resolved(text)):
        for entry in found.entries:
            reading = (plain_text(entry.label), shown(entry))
            assert "———" in reading[1] or seen.setdefault(entry.key, reading) == reading


@settings(max_examples=60, deadline=None)
@given(placed)
def test_each_selected_work_stands_exactly_in_its_groups(asked: tuple[str, str]) -> None:
    """Ungrouped, the list has each work once; grouped, the groups have the same works together."""
    select, group = asked
    front = "---\ntitle: T\nkind: reading-list\n---\n# All\n\n"
    plain = resolved(f'{front}::: {{.references select="{select}"}}\n:::\n')
    grouped = resolved(f'{front}::: {{.references select="{select}"{group}}}\n:::\n')
    alone = [entry.key for found in lists(plain) for entry in found.entries]
    assert max(Counter(alone).values(), default=1) == 1
    for found in lists(grouped):
        keys = [entry.key for entry in found.entries]
        assert keys
        assert keys == [key for key in alone if key in keys]
    assert {e.key for found in lists(grouped) for e in found.entries} == set(alone)


def test_resolving_twice_gives_the_same() -> None:
    for case in cases("reading_lists"):
        assert resolved(case.input) == resolved(case.input)
