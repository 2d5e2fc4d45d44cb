"""Our page of a reading list, and WeasyPrint alone on it: what `speed` compares our PDFs with.

python -m tests.bench.reading_list.bare page FOLDER         # refs.bib -> page.html and its CSS
python -m tests.bench.reading_list.bare draw FOLDER TARGET  # page.html -> a PDF
python -m tests.bench.reading_list.bare warm FOLDER         # seconds of that, warmed up
python -m tests.bench.reading_list.bare write FOLDER        # and of our writer
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tcit_export.bibliography.load import load_library
from tcit_export.model.document import ResolvedDocument
from tcit_export.model.options import Options
from tcit_export.readers.reading_list import ListRequest, read_list
from tcit_export.resolve import resolve
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style
from tcit_export.templates import Templates
from tcit_export.writers import pdf
from tcit_export.writers.html_nodes import Medium
from tcit_export.writers.page_frame import page_frame
from tcit_export.writers.pdf_editions import style_sheets

PAGE = "page.html"


def document(folder: Path) -> ResolvedDocument:
    """The list of all of refs.bib."""
    source = Source("refs.bib", (folder / "refs.bib").read_text(encoding="utf-8"))
    style = load_style("apa").value
    assert style is not None
    asked = read_list(ListRequest(title="Reading list")).value
    return resolve(asked, load_library((source,)).value, style, load_locale(style).value)


def write_page(folder: Path) -> None:
    page = page_frame(document(folder), Templates.of(), Medium.PRINT)
    html = pdf.print_html(page, Options(), Templates.of())
    (folder / PAGE).write_text(html, encoding="utf-8")
    for number, sheet in enumerate(style_sheets(Options(), Templates.of(), page.nodes.rules)):
        (folder / f"page-{number}.css").write_text(sheet, encoding="utf-8")


def draw(folder: Path) -> bytes:
    """The page as a PDF, by WeasyPrint with our fonts and nothing else of ours."""
    engine = pdf.load_engine()
    sheets = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("page-*.css"))]
    rendered = engine.HTML(
        string=(folder / PAGE).read_text(encoding="utf-8"),
        base_url=engine.BASE_URL,
        url_fetcher=engine.ProjectFetcher({}),
    ).render(
        stylesheets=[engine._type(), *(engine._style_sheet(sheet) for sheet in sheets)],
        font_config=engine._font_configuration(),
        pdf_variant=engine.VARIANT,
    )
    data: bytes = rendered.write_pdf(pdf_variant=engine.VARIANT)
    return data


def seconds(mode: str, folder: Path) -> float:
    """CPU time of the second of two runs, the first on a short list."""
    if mode == "warm":
        short = folder.parent / "100"
        draw(short if (short / PAGE).is_file() else folder)
        start = time.process_time()
        draw(folder)
        return time.process_time() - start
    resolved = document(folder)
    short_list = document(folder.parent / "100") if folder.with_name("100").is_dir() else resolved
    pdf.write(short_list, Options(), Templates.of())
    start = time.process_time()
    pdf.write(resolved, Options(), Templates.of())
    return time.process_time() - start


def main(mode: str, folder: Path, target: str = "") -> None:
    if mode == "page":
        write_page(folder)
    elif mode == "draw":
        Path(target).write_bytes(draw(folder))
    else:
        print(seconds(mode, folder))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
