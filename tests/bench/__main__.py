"""All benchmarks, one after another: `make bench`, or `python -m tests.bench NAME …` for some.

Each prints ratios within one run, as machines differ and are busy.  Peers are installed into an
environment of their own, never among the package's dependencies; one that is missing is left out.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

BENCHMARKS: Final = {
    "csl": ("tests.bench.csl.speed", "--sizes", "10,100,1000,5000", "--limit", "60"),
    "csl-suffixes": (
        "tests.bench.csl.speed",
        "--sizes",
        "1000,5000",
        "--styles",
        "apa",
        "--suffixes",
    ),
    "styles": ("tests.bench.csl.all_styles", "--every", "10"),
    "pdf": ("tests.bench.pdf.bench", "--pandoc"),
    "apa": ("tests.bench.apa.speed",),
    "docx": ("tests.bench.docx.long_document",),
    "reading-list": ("tests.bench.reading_list.speed",),
    "preview": ("tests.bench.preview.latency",),
}
"""What each is called, and the module with its arguments."""


def main(names: list[str]) -> int:
    """Run those named, or all; 1 if one failed, 2 if there is no such benchmark."""
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        print(f"no benchmark `{unknown[0]}`; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    failed = []
    for name in names or BENCHMARKS:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", *BENCHMARKS[name]], check=False).returncode:
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
