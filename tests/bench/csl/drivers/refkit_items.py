"""items.json -> items.refkit.json: articles in refkit's own form, made before the clock runs."""

import json
import sys
from pathlib import Path

import refkit


def entry(work: dict) -> dict:
    return {
        "type": "article",
        "title": work["title"],
        "author": [f"{name['family']}, {name['given']}" for name in work["author"]],
        "date": work["issued"]["date-parts"][0][0],
        "page-range": work["page"],
        "serial-number": {"doi": work["DOI"]},
        "parent": {
            "type": "periodical",
            "title": work["container-title"],
            "volume": int(work["volume"]),
            "issue": int(work["issue"]),
        },
    }


path = Path(sys.argv[1])
works = {work["id"]: entry(work) for work in json.loads(path.read_bytes())}
library = refkit.Library.parse_yaml(json.dumps(works))
path.with_suffix(".refkit.json").write_text(library.to_json())
