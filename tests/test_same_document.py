"""One document, three files, the same words: and whatever is changed in one of them is found."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tcit_export.verify import verify
from tcit_export.verify.extract import LINE, PAGE, Passage
from tcit_export.verify.read_docx import read_docx
from tcit_export.verify.read_html import read_html
from tcit_export.verify.read_pdf import read_pdf
from tests.projects import BIBLIOGRAPHY, command, make_project

TEXT = """\
---
title: "A review of *one* article"
authors: [Given Family, {literal: A Society}]
date: 2018-01
reviewed: lee2020
nocite: [nowhere1999, cohen2005]
publication: {publisher: A Society}
---

## What it *says*

What a therapist feels is *part* [see @kahn2001, pp. 12-14; also @lee2020, chap. 2]. @lee2020
*said* **more** `code` H~2~O,[^1] and [-@kahn2001, p. 3] @kahn2001's too.

- A point [@lee2020].
- Two paragraphs

  in one [@kahn2001; @lee2020].

1. One
2. Two @lee2020 [p. 5].

> A quotation [@kahn2001, p. 1].

| Who | What |
|-----|------|
| @kahn2001 | changes |
| @lee2020 | tears |

See the [last part](#the-end) and <https://example.org/a_b?c=d&e=f>.

## The end

{filler}

[^1]: A note on @kahn2001, with *care*.
"""

MORE = """
@book{cohen2005,
  author    = {Cohen, A.},
  title     = {שלום (עולם) 2005 טוב},
  year      = {2005},
  publisher = {מאגנס},
}

@online{nowhere1999,
  author = {{Society of Very Long Addresses}},
  title  = {An address that no line can hold},
  year   = {1999},
  url    = {https://example.org/a/very/long/path/that/goes/on/and-on_Müller.on?with=a&query=string},
}
"""


def project(root: Path, filler: int = 0) -> Path:
    text = TEXT.replace("{filler}", "So it goes on and on [@kahn2001], word for word. " * filler)
    files = {"content/a.md": text, "content/works.bib": BIBLIOGRAPHY + MORE}
    done = command("build", cwd=make_project(root, files))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\n5 references identical in PDF, DOCX and HTML\n")
    return root / "output"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("same"))


def test_references_and_citations_over_many_pages_are_the_same(built: Path, tmp_path: Path) -> None:
    folder = project(tmp_path, filler=150)
    found = verify(folder.glob("a.*"))
    assert found.mismatches == ()
    short = verify(built.glob("a.*"))
    assert (found.references, found.citations) == (5, short.citations + 150)


def words(passages: list[Passage], *, note: bool) -> str:
    """All text, without any white space, from the title on."""
    text = "".join(passage.text for passage in passages if passage.note is note)
    text = re.sub(rf"[\s{LINE}{PAGE}]", "", text)
    return text if note else text[text.index("Areviewof") :]


def test_the_whole_text_is_the_same(built: Path) -> None:
    page = read_html((built / "a.html").read_bytes())
    for other in (
        read_pdf((built / "a.pdf").read_bytes()),
        read_docx((built / "a.docx").read_bytes()),
    ):
        assert words(other, note=False) == words(page, note=False)
        assert words(other, note=True) == words(page, note=True).removeprefix("Notes")


# ── mutations ────────────────────────────────────────────────────────────────────────────────────

Change = Callable[[bytes], bytes]


def replaced(old: str, new: str, count: int = 1) -> Change:
    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), count)

    return change


def part(name: str, change: Change) -> Change:
    """A change of one part of a Word file."""

    def changed(data: bytes) -> bytes:
        result = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
            for info in old.infolist():
                text = old.read(info)
                new.writestr(info, change(text) if info.filename == name else text)
        return result.getvalue()

    return changed


def swapped(pattern: str) -> Change:
    """Exchange the last two matches of a pattern."""

    def change(data: bytes) -> bytes:
        *_, one, two = re.finditer(pattern.encode(), data, re.DOTALL)
        between = data[one.end() : two.start()]
        return data[: one.start()] + two[0] + between + one[0] + data[two.end() :]

    return change


def dropped(pattern: str) -> Change:
    """Leave the last match of a pattern out."""

    def change(data: bytes) -> bytes:
        *_, last = re.finditer(pattern.encode(), data, re.DOTALL)
        return data[: last.start()] + data[last.end() :]

    return change


def in_pdf(change: Callable[[pikepdf.Pdf], None]) -> Change:
    def changed(data: bytes) -> bytes:
        result = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            change(pdf)
            pdf.save(result)
        return result.getvalue()

    return changed


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """Structure elements of a kind, in order."""

    def walk(node: object) -> list[pikepdf.Dictionary]:
        if isinstance(node, pikepdf.Array):
            return [found for child in node for found in walk(child)]
        if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
            return []
        below = walk(node.K) if "/K" in node else []
        return [node, *below] if str(node.S) == kind else below

    return walk(pdf.Root.StructTreeRoot.K)


def reference_list(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    return elements(pdf, "/L")[-1]


def repaint(pdf: pikepdf.Pdf) -> None:
    """Exchange two glyphs of the last tagged line, which is one of the list of references."""
    page = pdf.pages[-1]
    instructions = list(pikepdf.parse_content_stream(page))
    lines, tagged = [], False
    for instruction in instructions:
        if str(instruction.operator) == "BDC":
            tagged = "/MCID" in instruction.operands[1]
        elif str(instruction.operator) == "TJ" and tagged and len(instruction.operands[0]) > 12:
            lines.append(instruction.operands[0])
    glyphs = lines[-1]
    glyphs[0], glyphs[4] = glyphs[4], glyphs[0]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def lead_elsewhere(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            if annotation.get("/Dest") == "ref-kahn2001":
                annotation.Dest = pikepdf.String("ref-lee2020")
                return
    raise AssertionError("no link to change")


def another_address(pdf: pikepdf.Pdf) -> None:
    for annotation in pdf.pages[-1].Annots:
        if "doi.org" in str(annotation.get("/A", {}).get("/URI", "")):
            annotation.A.URI = pikepdf.String("https://doi.org/10.1000/other")


def other_order(pdf: pikepdf.Pdf) -> None:
    items = list(reference_list(pdf).K)
    reference_list(pdf).K = pikepdf.Array([items[1], items[0], *items[2:]])


def one_less(pdf: pikepdf.Pdf) -> None:
    del reference_list(pdf).K[1]


def destinations_exchanged(pdf: pikepdf.Pdf) -> None:
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    one, two = list(names["ref-kahn2001"]), list(names["ref-lee2020"])
    names["ref-kahn2001"], names["ref-lee2020"] = pikepdf.Array(two), pikepdf.Array(one)


def a_link_less(pdf: pikepdf.Pdf) -> None:
    for link in elements(pdf, "/Link"):
        kids = [kid for kid in link.K if isinstance(kid, pikepdf.Dictionary)]
        if any("/Dest" in kid.Obj for kid in kids if "/Obj" in kid):
            link.S = pikepdf.Name.Span
            return


def no_panel(pdf: pikepdf.Pdf) -> None:
    sections = (found for kind in ("/Div", "/Sect") for found in elements(pdf, kind))
    (panel,) = (found for found in sections if found.get("/ID") == "cite-this")
    del panel.K[-1]


WORD = "word/document.xml"
LINKS = "word/_rels/document.xml.rels"
HTML_ENTRY = r"<li id=\"ref-[^\"]+\".*?</li>\n?"
DOCX_ENTRY = r"<w:p>(?:(?!</w:p>).)*?w:val=\"Bibliography\".*?</w:p>"

MUTATIONS: list[tuple[str, str, Change]] = [
    ("html: a word of a reference", "html", replaced("Changes in the", "Changes of the", -1)),
    ("html: a figure of a reference", "html", replaced("(3), 1–9", "(3), 1–8", -1)),
    (
        "html: an address",
        "html",
        replaced('href="https://doi.org/', 'href="https://doi.example/', -1),
    ),
    (
        "html: where a citation leads",
        "html",
        replaced('href="#ref-kahn2001"', 'href="#ref-lee2020"'),
    ),
    ("html: a citation that leads nowhere", "html", replaced("#ref-kahn2001", "#ref-kahn")),
    ("html: the word before a citation", "html", replaced("(see ", "(cf. ")),
    ("html: a locator", "html", replaced("pp. 12–14", "pp. 12–15")),
    ("html: the order of entries", "html", swapped(HTML_ENTRY)),
    ("html: an entry less", "html", dropped(HTML_ENTRY)),
    ("html: how to cite the review", "html", replaced("A Society.", "A Club.", -1)),
    (
        "docx: a word of a reference",
        "docx",
        part(WORD, replaced("Changes in the", "Changes of the", -1)),
    ),
    ("docx: an address", "docx", part(LINKS, replaced("doi.org/10.1000", "doi.org/10.1001", -1))),
    (
        "docx: where a citation leads",
        "docx",
        part(WORD, replaced('w:anchor="ref_kahn2001"', 'w:anchor="ref_lee2020"')),
    ),
    (
        "docx: a citation that leads nowhere",
        "docx",
        part(WORD, replaced('"ref_lee2020"', '"ref_le"')),
    ),
    ("docx: the word before a citation", "docx", part(WORD, replaced("(see ", "(cf. "))),
    ("docx: a note", "docx", part("word/footnotes.xml", replaced("A note on", "No note on"))),
    ("docx: the order of entries", "docx", part(WORD, swapped(DOCX_ENTRY))),
    ("docx: an entry less", "docx", part(WORD, dropped(DOCX_ENTRY))),
    ("docx: how to cite the review", "docx", part(WORD, replaced("A Society.", "A Club."))),
    ("pdf: a word", "pdf", in_pdf(repaint)),
    ("pdf: an address", "pdf", in_pdf(another_address)),
    ("pdf: where a citation leads", "pdf", in_pdf(lead_elsewhere)),
    ("pdf: where entries are", "pdf", in_pdf(destinations_exchanged)),
    ("pdf: the order of entries", "pdf", in_pdf(other_order)),
    ("pdf: an entry less", "pdf", in_pdf(one_less)),
    ("pdf: a link less", "pdf", in_pdf(a_link_less)),
    ("pdf: no word on how to cite the review", "pdf", in_pdf(no_panel)),
]


@pytest.mark.parametrize(
    ("suffix", "change"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_a_changed_file_is_found(built: Path, tmp_path: Path, suffix: str, change: Change) -> None:
    for path in built.glob("a.*"):
        data = path.read_bytes()
        (tmp_path / path.name).write_bytes(change(data) if path.suffix == f".{suffix}" else data)
    assert (tmp_path / f"a.{suffix}").read_bytes() != (built / f"a.{suffix}").read_bytes()
    found = verify(tmp_path.iterdir())
    assert not found.unreadable
    assert found.mismatches
    assert {f"a.{suffix}"} <= {name for m in found.mismatches for name in (m.first, m.second)}
    unchanged = {"a.pdf", "a.docx", "a.html"} - {f"a.{suffix}"}
    assert not any({m.first, m.second} == unchanged for m in found.mismatches)
