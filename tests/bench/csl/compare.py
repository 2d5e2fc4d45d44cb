"""Compare entries and citations with citeproc-js over a sample of styles.

    python -m tests.bench.csl.compare [STYLE ...] [--count N] [--seed N] [--show N] [--env DIR]

citeproc-js is the reference implementation; where the two differ, one of them, or the
style, is to be looked at. Works are found by their ids: where both leave an entry empty, the
style does not know its type. Needs node; citeproc is installed by npm as for `speed`.
"""

from __future__ import annotations

import argparse
import collections
import difflib
import html
import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.load import load_style
from tcit_export.csl.output import to_html
from tcit_export.csl.processor import Citation, CitationItem, process
from tests.bench.csl.all_styles import ITEMS, STYLES, locale_xml
from tests.bench.csl.speed import DRIVERS, LOCALES, peers
from tests.bench.csl.works import WORKS

CITES: list[list[dict[str, str]]] = [
    [{"id": "article", "locator": "1105", "label": "page", "prefix": "see "}, {"id": "book"}],
    [{"id": "article", "locator": "1106", "label": "page"}],
    [{"id": "article"}],
    [{"id": work["id"]} for work in WORKS],
    [{"id": "twin-a"}, {"id": "twin-b"}],
    [{"id": "book"}],
    [{"id": "book"}],
]


def normal(text: str) -> str:
    """HTML without the entry's own div, layout blanks and spellings of entities."""
    text = text.strip()
    if text.startswith('<div class="csl-entry">'):
        text = re.sub(r"</div>$", "", text[len('<div class="csl-entry">') :].strip())
    text = re.sub(r"\s*\n\s*", "", text)
    text = html.unescape(text.replace("&#60;", "&lt;").replace("&#62;", "&gt;"))
    return re.sub(r"\s+(</div>)|(<div[^>]*>)\s+", r"\1\2", text).strip()


def ours(path: str) -> tuple[dict[str, str], list[str]]:
    style = load_style(Path(path).read_bytes())
    citations = [
        Citation(tuple(CitationItem(**cite) for cite in cites), number)  # type: ignore[arg-type]
        for number, cites in enumerate(CITES, start=1)
    ]
    result = process(style, resolve_locale(style, locale_xml), ITEMS, citations)
    entries = {entry.id: normal(to_html(entry.output)) for entry in result.bibliography}
    return entries, [normal(to_html(content)) for content in result.citations]


def theirs(paths: list[str], env: Path) -> dict[str, Any]:
    folder = env / "js"
    script = folder / "render_many.js"
    shutil.copy(DRIVERS / script.name, script)
    works, styles, out = (env / f"compare-{name}.json" for name in ("works", "styles", "out"))
    works.write_text(json.dumps(WORKS))
    styles.write_text(json.dumps({"styles": paths, "citations": CITES}))
    command = ["node", str(script), str(works), str(styles), str(LOCALES), str(out)]
    subprocess.run(command, check=True)
    return json.loads(out.read_text())  # type: ignore[no-any-return]


def difference(one: str, other: str) -> str:
    """What was replaced by what, shortly."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    changes = [
        f"{one[a:b]!r}->{other[c:d]!r}" for op, a, b, c, d in matcher.get_opcodes() if op != "equal"
    ]
    return ", ".join(changes) if len(changes) <= 4 else "many places"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("styles", nargs="*", help="names of styles; else a sample")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=25)
    parser.add_argument("--largest", type=int, default=60000, help="bytes of a style")
    parser.add_argument("--env", type=Path, default=Path.home() / ".cache" / "tcit-bench")
    args = parser.parse_args()
    if "citeproc_js" not in [peer.name for peer in peers(args.env)]:
        raise SystemExit("node or citeproc is not at hand")
    choice = [p for p in sorted(STYLES.glob("*.csl")) if os.path.getsize(p) < args.largest]
    sample = random.Random(args.seed).sample(choice, args.count)
    if args.styles:
        sample = [STYLES / f"{name}.csl" for name in args.styles]
    paths = [str(path) for path in sample]
    kinds: dict[str, list[str]] = collections.defaultdict(list)
    empty: collections.Counter[str] = collections.Counter()
    total = 0
    for path, found in theirs(paths, args.env).items():
        if "error" in found:
            continue
        entries, citations = ours(path)
        for key, own in entries.items():
            there = found["bib"].get(key, "")
            if not own or not there:
                empty["both" if own == there else "theirs" if own else "ours"] += 1
        pairs = [(key, text, entries.get(key, "")) for key, text in found["bib"].items()]
        pairs += [(f"citation {n}", t, citations[n]) for n, t in enumerate(found["cit"])]
        for key, text, own in pairs:
            total += 1
            if normal(text) != own:
                kinds[difference(normal(text), own)].append(f"{Path(path).stem}: {key}")
    differing = sum(len(places) for places in kinds.values())
    print(f"{len(paths)} styles, {total} texts, {total - differing} the same, {differing} not")
    print(f"empty entries: {empty['both']} in both, {empty['ours']} here, {empty['theirs']} there")
    for kind, places in sorted(kinds.items(), key=lambda pair: -len(pair[1]))[: args.show]:
        print(f"{len(places):>5}  {kind[:90]}  ({places[0]})")


if __name__ == "__main__":
    main()
