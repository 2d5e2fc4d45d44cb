"""Format gold entries and score them: references, citations in the text, orders of lists.

    python tests/bench/apa/score_gold.py --shared FOLDER [--quiet] [--update]

FOLDER holds `apa-gold` with `open.json`, `citations.json`, `order.json` and the scorer `score.py`.
Each entry (or group of entries) is formatted alone. Fails if anything that passed before, as text
or with its italics, does not any more: that is in tests/apa/floor.json; --update writes it anew.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tcit_export.bibliography.library import Library
from tcit_export.bibliography.load import load_library
from tcit_export.csl.processor import Citation, CitationItem
from tcit_export.readers.locators import find_locator
from tcit_export.references import (
    FormattedReference,
    format_citations,
    format_references,
)
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style

FLOOR = Path(__file__).resolve().parents[2] / "apa" / "floor.json"


def library_of(bib: str) -> Library:
    return load_library([Source("gold.bib", bib)]).value


def styled(name: str) -> tuple[Any, Any]:
    style = load_style(name).value
    assert style is not None, name
    return style, load_locale(style).value


# ------------------------------------------------------------------ references


def references(entries: Sequence[dict[str, Any]], style: str) -> dict[str, FormattedReference]:
    """Every entry formatted alone, or with its group."""
    loaded = styled(style)
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        groups.setdefault(entry.get("group") or f"alone {entry['id']}", []).append(entry)
    found: dict[str, FormattedReference] = {}
    for group in groups.values():
        bib = "\n".join(
            text for entry in group for text in (entry["bib"], *(entry.get("related_bib") or ()))
        )
        keys = [entry["id"] for entry in group]
        for reference in format_references(library_of(bib), keys, *loaded):
            found[reference.key] = reference
    return found


def lines(found: Iterable[tuple[str, str, str]]) -> str:
    return "\n".join(
        json.dumps({"id": key, "text": text, "html": markup}) for key, text, markup in found
    )


def score(folder: Path, results: str, *options: str, quiet: bool) -> str:
    command = [sys.executable, str(folder / "score.py"), *options, *(["--quiet"] if quiet else [])]
    return subprocess.run(command, input=results, capture_output=True, text=True, check=True).stdout


# ------------------------------------------------------------------ citations and orders


def citations(gold: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The citations of chapter 8, all entries in one list, each citation a document of its own."""
    loaded = styled("apa")
    library = library_of("\n".join(gold["bib"].values()))
    found = []
    for case in gold["citations"]:
        cites = tuple(_cite(item, case["mode"]) for item in case["items"])
        before = [Citation(cites)] if case.get("position") == "subsequent" else []
        text = format_citations(library, [*before, Citation(cites)], *loaded)[-1]
        found.append((case["id"], text.text, text.html))
    return found


def _cite(item: dict[str, Any], mode: str) -> CitationItem:
    typed = item.get("locator", "")
    found = find_locator(f", {typed}", 0, len(typed) + 2) if typed else None
    suffix = f", {typed}" if typed else ""
    fields: dict[str, Any] = {}
    if found is not None and found.locator is not None:
        fields = {"label": found.locator.label, "locator": found.locator.value}
        suffix = typed[found.end - 2 :]
    prefix = item.get("prefix", "")
    return CitationItem(
        item["id"],
        prefix=f"{prefix} " if prefix else "",
        suffix=suffix,
        mode="author-in-text" if mode == "narrative" else "normal",
        **fields,
    )


def orders(gold: dict[str, Any]) -> list[tuple[str, bool, list[str]]]:
    loaded = styled("apa")
    found = []
    for case in gold["lists"]:
        library = library_of("\n".join(case["bib"]))
        keys = [reference.key for reference in format_references(library, None, *loaded)]
        found.append((case["section"], keys == case["ids_in_order"], keys))
    return found


# ------------------------------------------------------------------ the floor


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def passing(gold: Sequence[dict[str, Any]], field: str, texts: dict[str, str]) -> list[str]:
    return [
        f"{field}:{entry['id']}"
        for entry in gold
        if entry.get(field) and fold(texts.get(entry["id"], "")) == fold(entry[field])
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--quiet", action="store_true", help="no differences, only the rates")
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    args.gold = args.shared / "apa-gold"
    started = time.process_time()
    entries = json.loads((args.gold / "open.json").read_text("utf-8"))["entries"]
    chapter8 = json.loads((args.gold / "citations.json").read_text("utf-8"))
    lists = json.loads((args.gold / "order.json").read_text("utf-8"))

    seventh = references(entries, "apa")
    sixth = references(
        [entry for entry in entries if entry.get("expected_apa6_text")], "apa-6th-edition"
    )
    cited = citations(chapter8)
    passed = []
    for field, found in (
        ("expected_text", {key: (ref.text, ref.html) for key, ref in seventh.items()}),
        ("expected_apa6_text", {key: (ref.text, ref.html) for key, ref in sixth.items()}),
        (
            "cite_parenthetical",
            {
                key: (ref.cite_parenthetical, ref.cite_parenthetical_html)
                for key, ref in seventh.items()
            },
        ),
        (
            "cite_narrative",
            {key: (ref.cite_narrative, ref.cite_narrative_html) for key, ref in seventh.items()},
        ),
    ):
        print(f"\n== {field}")
        table = lines((key, *texts) for key, texts in found.items())
        print(score(args.gold, table, "--field", field, quiet=args.quiet))
        passed += passing(entries, field, {key: text for key, (text, _) in found.items()})
        italics = f"{field.removesuffix('_text')}_html"
        passed += passing(entries, italics, {key: markup for key, (_, markup) in found.items()})
    print("\n== citations (chapter 8)")
    print(
        score(
            args.gold, lines(cited), "--gold", str(args.gold / "citations.json"), quiet=args.quiet
        )
    )
    passed += passing(chapter8["citations"], "expected_text", {key: text for key, text, _ in cited})
    print("== orders")
    for section, right, keys in orders(lists):
        print(section, "right" if right else f"WRONG {keys}")
        passed += [f"order:{section}"] if right else []
    print(f"{time.process_time() - started:.2f} s of CPU")
    return hold_floor(FLOOR, passed, update=args.update)


def hold_floor(path: Path, passed: list[str], *, update: bool) -> int:
    """What passed once must pass always; new passes are to be added (--update)."""
    before = set(json.loads(path.read_text("utf-8"))) if path.exists() else set()
    lost = sorted(before - set(passed))
    new = sorted(set(passed) - before)
    if update:
        path.write_text(json.dumps(sorted(passed), indent=0, ensure_ascii=False) + "\n", "utf-8")
        return 0
    for name in lost:
        print(f"fell below the floor: {name}")
    if new:
        print(f"{len(new)} more pass than the floor says (--update): {', '.join(new[:5])} …")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
