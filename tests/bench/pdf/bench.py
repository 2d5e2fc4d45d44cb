"""What a PDF costs in CPU seconds, by pages and by references, beside bare WeasyPrint.

    python tests/bench/pdf/bench.py [--pages 2,20] [--references 100] [--repeat 3] [--pandoc]

Each measurement runs in a process of its own; the first rendering, which loads WeasyPrint and the
fonts, is not counted.  "bare" is `HTML(...).write_pdf(pdf_variant="pdf/a-3a")` with the same HTML
and style sheets and nothing of ours; "pandoc" is one whole run of `pandoc --pdf-engine=weasyprint`
on that HTML, loading included, as it cannot do otherwise.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from tcit_export.model.document import Metadata, ResolvedDocument  # noqa: E402
from tcit_export.model.nodes import (  # noqa: E402
    Anchor,
    Block,
    ReferenceEntry,
    ReferenceList,
    Str,
)
from tcit_export.model.options import Options  # noqa: E402
from tcit_export.templates import Templates  # noqa: E402
from tcit_export.writers import pdf  # noqa: E402
from tcit_export.writers.html_nodes import Medium  # noqa: E402
from tcit_export.writers.page_frame import page_frame  # noqa: E402
from tcit_export.writers.pdf_editions import style_sheets  # noqa: E402
from tests.writers import samples  # noqa: E402

TEXT_PAGES = 0.92
"""Pages that one copy of the sample's text takes."""


def with_pages(pages: int) -> ResolvedDocument:
    """The sample's text over and over, and its list of references."""
    document = samples.review()
    *text, _, heading, references = document.blocks
    copies = max(1, round((pages - 0.6) / TEXT_PAGES))
    blocks: list[Block] = [block for _ in range(copies) for block in text]
    return ResolvedDocument(document.metadata, (*blocks, heading, references))


def with_references(count: int) -> ResolvedDocument:
    """A list of that many references, each with a DOI."""
    entries = tuple(
        ReferenceEntry(
            f"k{n}",
            Anchor(f"ref-k{n}"),
            samples.para(
                f"Author, A. B., & Writer, C. (20{n % 90 + 10}). Title number {n}: The subtitle of "
                f"an article. *Journal of Examples*, *{n}*(2), 224–234. ",
                samples.doi(f"10.1000/xyz.{n}", "x"),
            ).content,
        )
        for n in range(count)
    )
    metadata = Metadata(title=(Str("References"),))
    return ResolvedDocument(
        metadata, (samples.heading(1, "References", "references"), ReferenceList(entries=entries))
    )


def ours(document: ResolvedDocument) -> tuple[int, int]:
    """(pages, bytes) by our writer."""
    rendered = pdf.write(document, Options(), Templates.of())
    return rendered.pages or 0, len(rendered.data)


def bare(document: ResolvedDocument) -> tuple[int, int]:
    """(pages, bytes) by WeasyPrint alone, on the same HTML and style sheets."""
    engine = pdf.load_engine()
    page = page_frame(document, Templates.of(), Medium.PRINT)
    html = pdf.print_html(page, Options(), Templates.of())
    sheets = style_sheets(Options(), Templates.of(), page.nodes.rules)
    start = time.process_time()
    fetcher = engine.ProjectFetcher({})
    rendered = engine.HTML(string=html, base_url=engine.BASE_URL, url_fetcher=fetcher).render(
        stylesheets=[engine._type(), *(engine._style_sheet(sheet) for sheet in sheets)],
        font_config=engine._font_configuration(),
        pdf_variant=engine.VARIANT,
    )
    data = rendered.write_pdf(pdf_variant=engine.VARIANT)
    bare.seconds = time.process_time() - start  # type: ignore[attr-defined]
    return len(rendered.pages), len(data)


def measure(writer: str, kind: str, size: int) -> dict[str, float]:
    """One measurement, in this process."""
    document = with_pages(size) if kind == "pages" else with_references(size)
    run = ours if writer == "ours" else bare
    run(samples.review())
    start = time.process_time()
    pages, length = run(document)
    seconds = time.process_time() - start
    if writer == "bare":
        seconds = bare.seconds  # type: ignore[attr-defined]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": pages, "kB": length / 1000, "seconds": seconds, "MB": memory}


def in_own_process(writer: str, kind: str, size: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", writer, kind, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def least(times: int, kind: str, size: int) -> tuple[dict[str, float], dict[str, float]]:
    """The cheapest of several runs of ours and of the bare one, taken in turns."""
    pairs = [
        (in_own_process("ours", kind, size), in_own_process("bare", kind, size))
        for _ in range(times)
    ]
    own, other = zip(*pairs, strict=True)
    return min(own, key=_seconds), min(other, key=_seconds)


def _seconds(figures: dict[str, float]) -> float:
    return figures["seconds"]


def pandoc(kind: str, size: int) -> float | None:
    """Seconds of a whole run of pandoc with WeasyPrint, or None where pandoc is not installed."""
    program = shutil.which("pandoc")
    if program is None:
        return None
    document = with_pages(size) if kind == "pages" else with_references(size)
    page = page_frame(document, Templates.of(), Medium.PRINT)
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch) / "in.html", Path(scratch) / "out.pdf"
        source.write_text(pdf.print_html(page, Options(), Templates.of()), encoding="utf-8")
        engine = Path(sys.executable).with_name("weasyprint")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program, source, "-o", target, f"--pdf-engine={engine}"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU time of PDFs")
    parser.add_argument("--pages", default="2,20,100,300")
    parser.add_argument("--references", default="100,1000,5000")
    parser.add_argument("--repeat", type=int, default=3, help="take the least of N runs")
    parser.add_argument("--pandoc", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one[0], options.one[1], int(options.one[2]))))
        return
    print("what              pages      kB    MB  seconds  s/page  bare s  ratio")
    for kind in ("pages", "references"):
        for size in (int(word) for word in getattr(options, kind).split(",") if word):
            own, other = least(options.repeat, kind, size)
            line = (
                f"{size:>5} {kind:<11} {own['pages']:>5.0f} {own['kB']:>7.0f} {own['MB']:>5.0f} "
                f"{own['seconds']:>8.2f} {own['seconds'] / own['pages']:>7.3f} "
                f"{other['seconds']:>7.2f} {own['seconds'] / other['seconds']:>6.2f}"
            )
            seconds = pandoc(kind, size) if options.pandoc else None
            print(line + (f"  pandoc {seconds:.2f}" if seconds is not None else ""), flush=True)


if __name__ == "__main__":
    main()
