"""Documents as they are after resolving."""

from __future__ import annotations

from functools import cache

from tcit_export.bibliography.library import Library
from tcit_export.bibliography.load import load_library
from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import Anchor, Cite, Link, ReferenceList
from tcit_export.model.walk import find
from tcit_export.readers.markdown import read
from tcit_export.resolve import resolve
from tcit_export.resolve.works import used_bibtex
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style
from tcit_export.writers.tree import resolved_tree
from tests.casefile import FOLDER, Case, cases, compare, parametrized

HEAD = "---\ntitle: T\n---\n"


@cache
def library() -> Library:
    text = (FOLDER / "resolve" / "library.bib").read_text(encoding="utf-8")
    return load_library([Source("library.bib", text)]).value


def resolved(text: str) -> ResolvedDocument:
    document = read(Source("case.md", text if text.startswith("---\n") else HEAD + text)).value
    style = load_style(document.metadata.style or "apa").value
    assert style is not None
    locale = load_locale(style, document.metadata.lang).value
    return resolve(document, library(), style, locale)


@parametrized("resolve")
def test_resolved(case: Case, update: bool) -> None:
    compare(case, resolved_tree(resolved(case.input)), update)


def test_every_link_into_the_document_has_its_place() -> None:
    for case in cases("resolve"):
        document = resolved(case.input)
        lists = list(find(document.blocks, ReferenceList))
        names = [entry.anchor.name for found in lists for entry in found.entries]
        assert len(names) == len(set(names))
        for link in find(document.blocks, Link):
            if isinstance(link.target, Anchor) and link.target.name.startswith("ref-"):
                assert link.target.name in names


def test_every_citation_has_content() -> None:
    for case in cases("resolve"):
        assert all(cite.content for cite in find(resolved(case.input).blocks, Cite))


def test_used_entries_go_along_with_their_parents_in_list_order() -> None:
    document = resolved("[@lee2020; @alden2001]")
    keys = [line.split("{")[1].rstrip(",") for line in document.bibtex.splitlines() if "@" in line]
    assert [key.split(",")[0] for key in keys] == ["alden2001", "lee2020", "kahn2001"]


def test_a_parent_named_twice_goes_along_once() -> None:
    chapter = "@incollection{a, title = {A}, crossref = {b}, related = {b}}"
    text = chapter + " @book{b, title = {B}, year = {2001}}"
    found = load_library([Source("library.bib", text)]).value
    assert used_bibtex(["a"], [found["a"]], found).count("@book") == 1


def test_references_carry_their_data() -> None:
    (found,) = find(resolved("[@blume2013]").blocks, ReferenceList)
    (entry,) = found.entries
    assert entry.data["DOI"] == "10.1037/a0031384"
    (address,) = find(entry.content, Link)
    assert address.description == "DOI of Blume-Marcovici et al., 2013"


def test_resolving_twice_gives_the_same() -> None:
    for case in cases("resolve"):
        assert resolved(case.input) == resolved(case.input)
