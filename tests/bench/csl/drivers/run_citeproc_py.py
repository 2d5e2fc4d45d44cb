"""items.json style.csl -> the bibliography as HTML by citeproc-py."""

import json
import sys
import warnings

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON


def main(items: str, style: str, _locales: str) -> None:
    warnings.simplefilter("ignore")
    with open(items, encoding="utf-8") as file:
        data = json.load(file)
    source = CiteProcJSON(data)
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(style, validate=False), source, formatter.html
    )
    for work in data:
        bibliography.register(Citation([CitationItem(work["id"])]))
    bibliography.sort()
    for entry in bibliography.bibliography():
        print(str(entry))


main(*sys.argv[1:])
