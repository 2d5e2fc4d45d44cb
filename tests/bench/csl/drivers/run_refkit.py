"""items.refkit.json style.csl -> the bibliography as HTML by refkit (hayagriva)."""

import sys
from pathlib import Path

import refkit


def main(items: str, style: str, _locales: str) -> None:
    library = refkit.Library.from_json(Path(items).with_suffix(".refkit.json").read_text())
    document = refkit.Document(library, refkit.Style.from_path(style), locale="en-US")
    print(document.full_bibliography().html)


main(*sys.argv[1:])
