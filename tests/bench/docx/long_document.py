"""What a long Word file costs: 200 pages and 1,000 references, and whether it grows in proportion.

    python tests/bench/docx/long_document.py                # a table of sizes and seconds
    python tests/bench/docx/long_document.py --keep FOLDER  # and the largest file of each mode

Times are of this process's processor, not of the wall clock: the machine may be busy.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from time import process_time

from tcit_export.model.document import Author, Metadata, ResolvedDocument
from tcit_export.model.nodes import (
    Alignment,
    Anchor,
    Attributes,
    Block,
    BulletList,
    Cell,
    Cite,
    CiteItem,
    Emph,
    Heading,
    Link,
    Note,
    OrderedList,
    Paragraph,
    ReferenceEntry,
    ReferenceList,
    Str,
    Table,
    Url,
)
from tcit_export.model.options import Citations, Options
from tcit_export.templates import Templates
from tcit_export.writers.docx import write

WORDS = (
    "therapists tears session client feeling relation method sample report study practice change "
    "moment contact theory question answer result figure reading".split()
)


def sentence(seed: int, length: int = 18) -> str:
    """Words in an order that depends on the seed alone."""
    words = (WORDS[(seed * 7 + place * (seed % 5 + 1)) % len(WORDS)] for place in range(length))
    return " ".join(words).capitalize() + ". "


def cite(number: int) -> Cite:
    key = f"work{number}"
    link = Link(Anchor(f"ref-{key}"), (Str(f"Author {number}, 2020"),))
    return Cite((CiteItem(key),), (Str("("), link, Str(")")))


def entry(number: int) -> ReferenceEntry:
    doi = f"10.5555/{number:06d}"
    content = (
        Str(f"Author, A. B., & Writer, C. ({2020}). {sentence(number, 9)}"),
        Emph((Str("Journal of Long Documents"),)),
        Str(f", {number % 50}, 1–10. "),
        Link(Url(f"https://doi.org/{doi}"), (Str(f"https://doi.org/{doi}"),), f"DOI of {number}"),
    )
    data = {
        "type": "article-journal",
        "title": sentence(number, 9),
        "author": [{"family": "Author", "given": "A. B."}],
        "container-title": "Journal of Long Documents",
        "issued": {"date-parts": [[2020]]},
        "DOI": doi,
    }
    return ReferenceEntry(f"work{number}", Anchor(f"ref-work{number}"), content, data=data)


def section(number: int, works: int, cited: count[int]) -> tuple[Block, ...]:
    """About a page: a heading, paragraphs with citations and a note, lists, sometimes a table."""
    keys = [next(cited) % works for _ in range(5)]
    note = Note((Paragraph((Str(sentence(number)), cite(keys[4]))),))
    paragraphs = [
        Paragraph((Str(sentence(number + key) * 4), cite(key), Str(". "), Str(sentence(key))))
        for key in keys[:4]
    ]
    items = tuple((Paragraph((Str(sentence(number + i, 8)),)),) for i in range(3))
    cells = tuple(Cell((Str(word),)) for word in WORDS[:4])
    table = Table(cells, (cells,) * 5, (Alignment.LEFT, Alignment.RIGHT) * 2, (Str("Counts"),))
    return (
        Heading(1 + number % 2, (Str(f"Section {number}"),), Attributes(id=f"section-{number}")),
        *paragraphs[:2],
        BulletList(items) if number % 2 else OrderedList(items),
        *paragraphs[2:],
        Paragraph((Str(sentence(number)), note)),
        *((table,) if number % 10 == 0 else ()),
    )


def long_document(pages: int, works: int) -> ResolvedDocument:
    cited = count()
    blocks = [block for n in range(pages) for block in section(n, works, cited)]
    references = Heading(1, (Str("References"),), Attributes(id="references"))
    entries = ReferenceList(entries=tuple(entry(number) for number in range(works)))
    metadata = Metadata(title=(Str("A long document"),), authors=(Author("A.", "Author"),))
    return ResolvedDocument(metadata, (*blocks, references, entries))


def main(arguments: list[str]) -> None:
    templates = Templates.of()
    write(long_document(1, 1), Options(), templates)  # what only the first file costs
    print("sections  references  mode    seconds  ms/section  kB")
    for mode in Citations:
        for pages in (50, 100, 200, 400):
            document = long_document(pages, pages * 5)
            start = process_time()
            data = write(document, Options(citations=mode, contents=True), templates).data
            spent = process_time() - start
            row = f"{pages:8}  {pages * 5:10}  {mode.value:6}  {spent:7.2f}"
            print(f"{row}  {spent / pages * 1000:10.1f}  {len(data) // 1000}")
            if "--keep" in arguments and pages == 200:
                folder = Path(arguments[arguments.index("--keep") + 1])
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"long-{mode.value}.docx").write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
