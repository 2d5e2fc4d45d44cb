"""items.json style.csl locales_dir -> the bibliography as HTML, one entry a line."""

import json
import sys
from pathlib import Path

from tcit_export.csl.fallback import resolve_locale
from tcit_export.csl.item import Item
from tcit_export.csl.load import load_style
from tcit_export.csl.output import to_html
from tcit_export.csl.processor import process


def main(items: str, style_path: str, locales: str) -> None:
    def locale_xml(lang: str) -> bytes | None:
        path = Path(locales) / f"locales-{lang}.xml"
        return path.read_bytes() if path.is_file() else None

    style = load_style(Path(style_path).read_bytes())
    locale = resolve_locale(style, locale_xml)
    works = [Item.from_json(data) for data in json.loads(Path(items).read_bytes())]
    for entry in process(style, locale, works).bibliography:
        print(to_html(entry.output))


main(*sys.argv[1:])
