"""The PDF handout: its tags, its links, its promises, and what it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import PIL.Image
import pytest
from pypdf import PdfReader

from tcit_export.model.document import Metadata, PartialDate, ResolvedDocument, Resource
from tcit_export.model.nodes import (
    BulletList,
    Cite,
    Image,
    Link,
    Note,
    Paragraph,
    ReferenceEntry,
    ReferenceList,
    Str,
    Table,
    Url,
)
from tcit_export.model.options import Options, Paper
from tcit_export.model.walk import find
from tcit_export.source import Span
from tcit_export.templates import Templates
from tcit_export.writers import pdf
from tcit_export.writers.html_places import html_id
from tests.writers import samples

TEMPLATES = Templates.of()


def write(document: ResolvedDocument, options: Options | None = None) -> bytes:
    return pdf.write(document, options or Options(), TEMPLATES).data


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def kids(element: pikepdf.Dictionary) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def elements(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """All structure elements, in reading order."""
    stack = [file.Root.StructTreeRoot.K[0]]
    while stack:
        element = stack.pop()
        yield element
        stack += [
            kid
            for kid in reversed(kids(element))
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ]


def tagged(file: pikepdf.Pdf, tag: str) -> list[pikepdf.Dictionary]:
    return [element for element in elements(file) if f"/{tag}" == element.S]


def links(file: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [
        note for page in file.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"
    ]


@pytest.fixture(scope="module")
def review() -> pikepdf.Pdf:
    return opened(write(samples.review()))


@pytest.fixture(scope="module")
def torture() -> pikepdf.Pdf:
    return opened(write(samples.torture(), Options(contents=True)))


@pytest.fixture(scope="module")
def long() -> pikepdf.Pdf:
    """Lists, a table and a paragraph that pages cut."""
    words = "A sentence long enough to fill most of a line of this page. " * 60
    entries = tuple(
        ReferenceEntry(
            f"k{n}", samples.Anchor(f"ref-k{n}"), samples.para(f"Author {n}. (2020). " * 9).content
        )
        for n in range(60)
    )
    rows = tuple((samples.Cell((Str(f"row {n}"),)), samples.Cell((Str("x"),))) for n in range(80))
    table = Table((samples.Cell((Str("A"),)), samples.Cell((Str("B"),))), rows, ())
    items = tuple((Paragraph((Str(f"item {n}"),)),) for n in range(90))
    blocks = (
        Paragraph((Str(words), Note((Paragraph((Str("A note."),)),)), Str(words))),
        BulletList(items),
        table,
        samples.heading(1, "References", "references"),
        ReferenceList(entries=entries),
    )
    return opened(write(ResolvedDocument(Metadata(title=(Str("Long"),)), blocks)))


def test_it_claims_pdf_a_and_pdf_ua_with_its_bibliography_inside(review: pikepdf.Pdf) -> None:
    metadata = review.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    (name,) = review.attachments
    assert (name, review.attachments[name].obj.AFRelationship) == ("references.bib", "/Source")
    data = review.attachments[name].get_file().read_bytes()
    assert data.decode() == samples.review().bibtex


def test_title_language_and_dates_come_from_the_document(review: pikepdf.Pdf) -> None:
    info = review.docinfo
    assert str(info.Title) == "The role of therapists crying in therapy: An article review"
    assert str(info.Author) == "T. Rodriguez, Jenelle Slavin-Mulford"
    assert str(info.CreationDate) == str(info.ModDate) == "D:20180101000000Z"
    assert str(review.Root.Lang) == "en-US"


def test_a_given_date_wins() -> None:
    file = opened(write(samples.review(), Options(source_date=86_400)))
    assert str(file.docinfo.CreationDate) == "D:19700102000000Z"


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.LETTER, (612, 792)), (Paper.A4, (595.28, 841.89))]
)
def test_paper(paper: Paper, size: tuple[float, float]) -> None:
    file = opened(write(samples.reading_list(), Options(paper=paper)))
    assert [round(float(x), 2) for x in file.pages[0].mediabox[2:]] == list(size)


def test_each_reference_is_found_by_its_id(torture: pikepdf.Pdf) -> None:
    names = torture.Root.StructTreeRoot.IDTree.Names
    tree = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    lists = find(samples.torture().blocks, ReferenceList)
    for entry in (entry for part in lists for entry in part.entries):
        paragraph = tree[html_id(entry.anchor.name)]
        assert (paragraph.S, paragraph.P.S) == ("/P", "/LBody")
    cites = list(find(samples.torture().blocks, Cite))
    assert {f"cite-{n}" for n in range(1, len(cites) + 1)} <= set(tree)
    for tree_names in (names, torture.Root.Names.Dests.Names):
        keys = [bytes(tree_names[i]) for i in range(0, len(tree_names), 2)]
        assert keys == sorted(keys)


def test_citations_lead_to_references_and_say_so(review: pikepdf.Pdf) -> None:
    inner = [(str(link.Dest), str(link.Contents)) for link in links(review) if "/Dest" in link]
    assert ("ref-guntrip1986", "Guntrip, 1986, in the reference list") in inner
    assert ("ref-blume2013", "Blume-Marcovici et al., 2013, in the reference list") in inner
    names = review.Root.Names.Dests.Names
    destinations = {str(names[i]) for i in range(0, len(names), 2)}
    assert {name for name, _ in inner} <= destinations


def test_dois_are_links_with_the_whole_address(review: pikepdf.Pdf) -> None:
    outer = {str(link.A.URI): str(link.Contents) for link in links(review) if "/A" in link}
    assert outer == {"https://doi.org/10.1037/a0031384": "DOI of Blume-Marcovici et al., 2013"}


def test_every_link_is_described_in_words(torture: pikepdf.Pdf) -> None:
    for link in links(torture):
        assert str(link.Contents) != str(link.get("/Dest", ""))


def test_a_link_over_two_lines_is_one_link(review: pikepdf.Pdf) -> None:
    cites = [element for element in elements(review) if str(element.get("/ID", "")) == "cite-1"]
    assert len(cites) == 1
    assert len([kid for kid in kids(cites[0]) if kid.S == "/Link"]) == 2


def test_headings_begin_with_one_title_and_skip_no_level(torture: pikepdf.Pdf) -> None:
    tags = [str(element.S)[1:] for element in elements(torture)]
    levels = [int(tag[1]) for tag in tags if tag[0] == "H" and tag[1:].isdigit()]
    assert levels.count(1) == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))
    with torture.open_outline() as outline:
        assert outline.root[0].title == "Every construct: one document <with> & all “characters”"


def test_notes_stand_behind_their_marks(torture: pikepdf.Pdf) -> None:
    references = tagged(torture, "Reference")
    assert len(references) == 2
    for number, mark in enumerate(references, start=1):
        siblings = kids(mark.P)
        note = siblings[[kid.objgen for kid in siblings].index(mark.objgen) + 1]
        assert (note.S, str(note.ID)) == ("/Note", f"note-{number}")
        assert any(kid.S in ("/Lbl", "/Span") for kid in kids(note))


def test_lists_say_how_they_are_numbered(torture: pikepdf.Pdf) -> None:
    numberings = [str(element.A.ListNumbering) for element in tagged(torture, "L")]
    assert numberings == [
        *("/None", "/Disc", "/Disc", "/Decimal", "/LowerRoman", "/UpperAlpha"),
        *("/None", "/None", "/None"),
    ]


def test_items_show_their_numbers() -> None:
    words = "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(write(samples.torture()))).pages
    )
    for label in ("vii.", "viii.", "A.", "B.", "1.", "2.", "•", "–"):
        assert label in words.split()


def test_changes_of_language_are_marked(torture: pikepdf.Pdf) -> None:
    marked = [(str(e.Lang), str(e.S)) for e in elements(torture) if "/Lang" in e]
    assert marked == [("de", "/Span"), ("he", "/Span"), ("de", "/Div")]


def test_figures_have_their_words(torture: pikepdf.Pdf) -> None:
    assert [str(figure.Alt) for figure in tagged(torture, "Figure")] == [
        "a square",
        "Three bars of growing height",
        "A white disc on dark ground",
    ]


def test_a_picture_without_words_is_no_content() -> None:
    document = samples.torture(
        blocks=(samples.para("Text ", Image("dot.png", ""), "."),), reviewed=()
    )
    file = opened(write(document))
    assert not tagged(file, "Figure")
    assert b"/Artifact" in file.pages[0].Contents.read_bytes()


def test_what_pages_cut_is_joined(long: pikepdf.Pdf) -> None:
    assert len(long.pages) > 5
    bullets, references = tagged(long, "L")
    assert (len(kids(bullets)), len(kids(references))) == (90, 60)
    assert len(tagged(long, "Note")) == 1
    first = kids(tagged(long, "Div")[0])[0]
    assert first.S == "/P"
    assert len({kid.Pg.objgen for kid in kids(first)}) > 1
    ids = [str(element.ID) for element in elements(long) if "/ID" in element]
    assert len(ids) == len(set(ids))


def test_a_table_over_pages_is_one_table(long: pikepdf.Pdf) -> None:
    (table,) = tagged(long, "Table")
    assert [str(kid.S) for kid in kids(table)] == ["/THead", "/TBody"]
    assert len(tagged(long, "TR")) == 81
    heads = {str(head.ID) for head in tagged(long, "TH")}
    assert len(heads) == 2
    for cell in tagged(long, "TD"):
        assert {str(name) for name in cell.A.Headers} <= heads


@pytest.mark.parametrize("lines", [20, 22, 23])
def test_a_caption_and_two_rows_stay_together(lines: int) -> None:
    rows = tuple((samples.Cell((Str(f"row {n}"),)),) for n in range(30))
    table = Table((samples.Cell((Str("Head"),)),), rows, (), caption=samples.text("The caption"))
    blocks = (*(samples.para("line") for _ in range(lines)), table)
    data = write(ResolvedDocument(Metadata(title=(Str("T"),)), blocks))
    pages = [" ".join(p.extract_text().split()) for p in PdfReader(BytesIO(data)).pages]
    (shown,) = [words for words in pages if "The caption" in words]
    assert shown.count("row ") >= 2


def test_parents_are_numbered_right(long: pikepdf.Pdf) -> None:
    """Each piece of marked content finds, through the parent tree, an element that holds it."""
    numbers = long.Root.StructTreeRoot.ParentTree.Nums
    by_page = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    reachable = {element.objgen for element in elements(long)}
    for page in long.pages:
        for owner in by_page[int(page.StructParents)]:
            assert owner is None or owner.objgen in reachable


def marked_content(file: pikepdf.Pdf) -> set[tuple[Any, int]]:
    """(page, number) of all content that claims to be in the tag tree."""
    return {
        (page.objgen, int(operands[1].MCID))
        for page in file.pages
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and "/MCID" in operands[1]
    }


def held_content(file: pikepdf.Pdf) -> list[tuple[Any, int]]:
    """(page, number) of all content that elements of the tag tree hold, in reading order."""
    return [
        (element.Pg.objgen, kid)
        for element in elements(file)
        for kid in kids(element)
        if isinstance(kid, int)
    ]


@pytest.mark.parametrize("name", ["review", "torture", "long", "cut_link"])
def test_all_content_is_in_the_tree_once_or_an_artifact(
    name: str, request: pytest.FixtureRequest
) -> None:
    file = request.getfixturevalue(name)
    held = held_content(file)
    assert len(held) == len(set(held))
    assert set(held) == marked_content(file)


def test_running_heads_and_feet_are_artifacts(long: pikepdf.Pdf) -> None:
    for page in long.pages:
        running = [
            str(operands[1].Type)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and operands[0] == "/Artifact" and len(operands) > 1
        ]
        assert running.count("/Pagination") >= 2  # the title, and the page of the pages


@pytest.fixture(scope="module")
def cut_link() -> pikepdf.Pdf:
    """A link of two pages."""
    words = Link(Url("https://e.org/a"), (Str("Words of a link that goes on. " * 180),))
    return opened(write(ResolvedDocument(Metadata(title=(Str("T"),)), (Paragraph((words,)),))))


def test_a_link_over_two_pages_is_one_link(cut_link: pikepdf.Pdf) -> None:
    assert len(cut_link.pages) == 2
    (link,) = tagged(cut_link, "Link")
    pages = {kid.Pg.objgen for kid in kids(link) if isinstance(kid, pikepdf.Dictionary)}
    assert pages == {page.objgen for page in cut_link.pages}
    numbers = cut_link.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in cut_link.pages:
        for held in kids(link):
            if not isinstance(held, int) and held.get("/S") == "/Span":
                number = int(held.Pg.StructParents)
                assert all(owners[number][kid].objgen == held.objgen for kid in kids(held))
        for note in page.Annots:
            assert owners[int(note.StructParent)].objgen == link.objgen


def test_a_space_lost_at_a_line_end_is_in_the_text_layer(review: pikepdf.Pdf) -> None:
    said = [
        str(operands[1].ActualText)
        for page in review.pages
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and "/ActualText" in operands[1]
    ]
    assert said
    assert all(text.endswith(" ") for text in said)
    assert not any("doi.org" in text for text in said)


def test_no_path_of_this_machine_is_in_the_file() -> None:
    file = opened(write(samples.torture()))
    uncompressed = BytesIO()
    file.save(
        uncompressed,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
    )
    assert b"file:" not in uncompressed.getvalue()
    assert os.fsencode(Path.cwd()) not in uncompressed.getvalue()


PROGRAM = """
import sys
from hashlib import sha256
from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers import pdf
from tests.writers import samples
if len(sys.argv) > 1:
    pdf.write(samples.reading_list(), Options(), Templates.of())
data = pdf.write(samples.torture(), Options(contents=True), Templates.of()).data
print(sha256(data).hexdigest())
"""


def test_the_same_bytes_whatever_seed_zone_folder_and_neighbours(
    root: Path, tmp_path: Path
) -> None:
    def digest(seed: str, zone: str, folder: Path, *arguments: str) -> str:
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": str(root),
        }
        command = [sys.executable, "-c", PROGRAM, *arguments]
        return subprocess.run(
            command, env=environment, cwd=folder, check=True, capture_output=True, text=True
        ).stdout

    first = digest("0", "UTC", root)
    assert digest("1", "Asia/Tokyo", tmp_path, "after another document") == first


REFUSED = {
    "a file": "file:///etc/hostname",
    "an address": "http://127.0.0.1:1/x.png",
    "another name": "tcit:image/other.png",
    "a path": "tcit:font/../fonts.py",
    "a page in the address": "data:text/html,hello",
    "a drawing in the address": "data:image/svg+xml,drawing",
    "no picture in the address": "data:image/png;base64,AAAA",
}


@pytest.mark.parametrize("address", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{}" alt="x">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        "<style>@import url({});</style>",
        "<style>@font-face {{ font-family: x; src: url({}) }} body {{ font-family: x }}</style>",
        '<p style="background: url({})">x</p>',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<svg width="10" height="10"><image width="9" height="9" href="{}"/></svg>',
    ],
)
def test_every_other_address_is_refused(markup: str, address: str) -> None:
    engine = pdf.load_engine()
    html = f'<html lang="en"><title>x</title><body><p>text</p>{markup.format(address)}'
    printed = engine.render(html, (), {}, ())
    assert printed.refused == (address,)


def test_a_refusal_stops_the_pdf() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b'<image width="9" height="9" href="file:///etc/passwd"/></svg>'
    )
    document = samples.torture(
        blocks=(samples.para(Image("evil.svg", "x")),),
        resources={"evil.svg": Resource("evil.svg", svg, "image/svg+xml", 9, 9)},
    )
    with pytest.raises(pdf.FetchRefused, match="file:///etc/passwd"):
        write(document)


def drawing_of(*photographs: str) -> ResolvedDocument:
    """A document with one drawing that shows these addresses."""
    images = "".join(f'<image width="9" height="9" href="{address}"/>' for address in photographs)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{images}</svg>'
    return samples.torture(
        blocks=(samples.para(Image("d.svg", "x")),),
        resources={"d.svg": Resource("d.svg", svg.encode(), "image/svg+xml", 9, 9)},
    )


def photograph(width: int, height: int) -> str:
    data = BytesIO()
    PIL.Image.new("1", (width, height)).save(data, "PNG")
    return f"data:image/png;base64,{b64encode(data.getvalue()).decode()}"


def test_a_drawing_may_hold_photographs() -> None:
    file = opened(write(drawing_of(photograph(20, 30))))
    streams = [found for found in file.objects if isinstance(found, pikepdf.Stream)]
    pictures = [found for found in streams if found.get("/Subtype") == "/Image"]
    assert [(picture.Width, picture.Height) for picture in pictures] == [(20, 30)]


def test_many_large_photographs_in_a_drawing_stop_the_pdf() -> None:
    """Each is within the limit of one picture, together they are not."""
    with pytest.raises(pdf.FetchRefused, match=r"`data:image/png;base64,[^`]{58}…`$"):
        write(drawing_of(photograph(6000, 6000), photograph(6000, 6001)))


def test_an_unreadable_picture_stops_the_pdf() -> None:
    document = samples.torture(
        blocks=(samples.para(Image("x.png", "x")),),
        resources={"x.png": Resource("x.png", b"no picture", "image/png", 9, 9)},
    )
    with pytest.raises(pdf.PdfIncomplete):
        write(document)


def test_a_picture_that_is_not_there_stops_the_pdf() -> None:
    with pytest.raises(pdf.PdfIncomplete, match=r"gone\.png"):
        write(samples.torture(blocks=(samples.para(Image("gone.png", "x")),)))


def test_a_table_that_would_take_for_ever_stops_the_pdf() -> None:
    rows = tuple((samples.Cell((Str("x"),)),) * 100 for _ in range(101))
    table = Table((samples.Cell((Str("h"),)),) * 100, rows, (), span=Span(7, 9))
    with pytest.raises(pdf.PdfIncomplete, match="10,200 cells") as stopped:
        write(samples.torture(blocks=(samples.para("x"), table)))
    assert list(stopped.value.places.values()) == [Span(7, 9)]


def test_what_is_missing_has_the_place_where_it_is_typed() -> None:
    picture = Image("x.png", "x", span=Span(3, 8))
    document = samples.torture(
        blocks=(samples.para("words ", picture),),
        resources={"x.png": Resource("x.png", b"no picture", "image/png", 9, 9)},
    )
    with pytest.raises(pdf.PdfIncomplete) as stopped:
        write(document)
    assert list(stopped.value.places.values()) == [Span(3, 8)]


def test_a_note_in_a_note_stands_in_brackets() -> None:
    inner = Note((samples.para("inner *words*"), BulletList(((samples.para("item"),),))))
    document = samples.torture(
        blocks=(samples.para("x", Note((samples.para("outer", inner, "."),))),), reviewed=()
    )
    data = write(document)
    assert len(tagged(opened(data), "Note")) == 1
    assert "outer [inner words item]." in PdfReader(BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize("date", [(0, 1, 1), (2024, 13, 1), (2023, 2, 30), (20_000, 1, 1)])
def test_a_day_that_no_calendar_has_is_left_out(date: tuple[int, int, int]) -> None:
    metadata = replace(samples.METADATA, date=PartialDate(*date))
    file = opened(write(replace(samples.reading_list(), metadata=metadata)))
    assert "/CreationDate" not in file.docinfo


def test_a_character_that_no_font_has_is_a_problem() -> None:
    document = samples.torture(blocks=(samples.para("\U000f0000"),))
    (problem,) = pdf.write(document, Options(), TEMPLATES).problems
    assert problem.startswith("no font on this machine has `\U000f0000` (U+F0000)")


def test_characters_without_a_font_are_told_once_a_script_and_where_they_stand() -> None:
    text = "Of \U00013000, \U00013001 and \U000f0000 and \U00013000."
    document = samples.torture(blocks=(Paragraph((Str(text, span=Span(40, 40 + len(text))),)),))
    rendered = pdf.write(document, Options(), TEMPLATES)
    hieroglyphs, private = rendered.problems
    assert "`\U00013000` (U+13000), `\U00013001` (U+13001) (Egyptian)" in hieroglyphs
    assert "fonts-noto-core" in hieroglyphs
    assert "which Unicode gives no meaning" in private
    assert rendered.places == {hieroglyphs: Span(43, 44), private: Span(52, 53)}


@pytest.mark.parametrize(
    ("platform", "command"),
    [("linux", "apt-get install"), ("darwin", "brew install"), ("win32", "pacman -S")],
)
def test_without_pango_the_command_that_installs_it_is_named(
    platform: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", fail)
    monkeypatch.setattr(pdf.sys, "platform", platform)
    with pytest.raises(pdf.PdfUnavailable, match=command) as caught:
        write(samples.review())
    assert "libpango-1.0-0" in str(caught.value)


def test_the_page_alone_never_imports_the_pdf_library(root: Path) -> None:
    program = (
        "import sys, tcit_export.writers.html, tcit_export.writers.pdf;"
        "print('weasyprint' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
