"""Puts every output before outside validators: `make validate`.

Builds the sample and the torture project with the real command, in every edition, look and mode of
citations, into a temporary folder; then veraPDF, qpdf, the Open XML SDK, LibreOffice, the Nu HTML
checker and axe judge the files.  Installs the validators first.
Prints their lines; the exit code is 1 if there was any finding, 2 if a program is missing.

    VALID=where-validators-are-installed python tests/validate.py ../shared/validators [KEPT]

With KEPT, the built files stay in that folder, to be looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tcit_export.model.options import Citations, Edition, Options, Paper, Theme  # noqa: E402
from tcit_export.templates import Templates  # noqa: E402
from tcit_export.writers import writer  # noqa: E402
from tests.browser.zoomed import WINDOW, judged  # noqa: E402
from tests.writers import samples  # noqa: E402

PROGRAMS = {
    "java": "openjdk-17-jdk-headless",
    "javac": "openjdk-17-jdk-headless",
    "node": "nodejs",
    "npm": "npm",
    "qpdf": "qpdf",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-writer",
    "chromium": "chromium",
}
"""What the validators run, and the Debian package that has it."""

EDITIONS = ",".join(edition.value for edition in Edition)
EXTRAS = ("--duplex", "--cover", "--watermark", "DRAFT", "--qr", "--qr-references", "--contents")
FINDING = re.compile(
    r"FAIL|\s+ERROR|\s+NOTE.*(?:bare anchor|outside the tag tree|no PDF|not reproducible|thumbnail)"
)
"""Lines that count: failures, and the notes about links without words and content without tags."""


@dataclass(frozen=True, slots=True)
class Build:
    """One call of the command: a name for its folder, its project, its options."""

    name: str
    project: Path
    options: tuple[str, ...]


def builds() -> Iterator[Build]:
    """The sample in every look, and the torture project."""
    torture = ROOT / "tests" / "torture"
    yield Build("sample", ROOT, ("--edition", EDITIONS))
    for paper in Paper:
        for theme in Theme:
            look = ("--paper", paper.value, "--theme", theme.value, *EXTRAS)
            yield Build(f"sample-{paper.value}-{theme.value}", ROOT, ("--edition", EDITIONS, *look))
    yield Build("torture", torture, ("--edition", EDITIONS))
    yield Build("torture-extras", torture, ("--edition", EDITIONS, "--paper", "a4", *EXTRAS))
    # No machine has type for every script, and a PDF without it is not sound: the others are.
    scripts = torture / "scripts"
    yield Build("scripts", scripts, ("--format", "docx,html"))
    for mode in (Citations.WORD, Citations.ZOTERO):
        for name, project in (("sample", ROOT), ("torture", torture), ("scripts", scripts)):
            options = ("--format", "docx,html", "--citations", mode.value)
            yield Build(f"{name}-{mode.value}", project, options)


class Findings:
    """Runs programs, repeats what they say, and counts what is wrong."""

    def __init__(self) -> None:
        self.passes = 0
        self.found: list[str] = []

    def run(self, *command: str | Path, **environment: str) -> None:
        """A validator: each of its lines is judged, and so is its exit code."""
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={**os.environ, **environment},
        )
        before = len(self.found)
        for line in done.stdout.splitlines():
            print(line, flush=True)
            self.passes += line.startswith("PASS")
            if FINDING.match(line):
                self.found.append(line.strip())
        if done.returncode and len(self.found) == before:
            self.found.append(f"{Path(command[0]).name} ended with {done.returncode}")

    def note(self, passed: bool, what: str) -> None:
        """A finding of our own."""
        line = f"{'PASS' if passed else 'FAIL'} {what}"
        print(line, flush=True)
        self.passes += passed
        if not passed:
            self.found.append(line)


def make(build: Build, folder: Path, findings: Findings) -> None:
    """Build and verify; the command ends with 0 only if there is no error or difference."""
    program = Path(sys.executable).with_name("tcit-export")
    for words in (
        ("build", "--quiet", "--output", str(folder), *build.options),
        ("verify", folder),
    ):
        done = subprocess.run(
            [program, *words], cwd=build.project, capture_output=True, text=True, check=False
        )
        findings.note(done.returncode == 0, f"{words[0]} {build.name}")
        if done.returncode:
            print(done.stdout + done.stderr)


def write_by_hand(folder: Path) -> None:
    """The torture document made of nodes: it holds what Markdown has no words for."""
    document, options = samples.torture(), Options(contents=True)
    templates = Templates.of()
    for form in ("pdf", "docx", "html"):
        (folder / f"nodes.{form}").write_bytes(writer(form)(document, options, templates).data)


def gathered(folders: Path, flat: Path) -> list[Path]:
    """All files side by side, each with the name of its build in front."""
    flat.mkdir(parents=True)
    for file in sorted(folders.glob("*/*.*")):
        shutil.copy(file, flat / f"{file.parent.name}--{file.name}")
    return sorted(flat.iterdir())


def wrapped(fragment: Path) -> None:
    """A fragment in the page that would hold it: head, main part, heading, citation metadata."""
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Page that holds a fragment</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="citation_title" content="T"><meta name="citation_author" content="A">
<meta name="citation_publication_date" content="2020">
<style>body {{ font: 1rem/1.6 sans-serif; margin: 1rem; }}</style></head>
<body><main><h1>Page that holds a fragment</h1>
{fragment.read_text(encoding="utf-8")}
</main></body></html>
"""
    fragment.write_text(page, encoding="utf-8")


def check(files: list[Path], validators: Path, findings: Findings) -> None:
    """Each file before the validators of its format."""
    pdf = [file for file in files if file.suffix == ".pdf"]
    booklets = [file for file in pdf if file.stem.endswith("-booklet")]
    pages = [file for file in files if file.suffix == ".html"]
    indexes = [file for file in pages if file.stem.endswith("--index")]
    for page in pages:
        if page.stem.endswith("-fragment"):
            wrapped(page)
    findings.run(validators / "check_pdf.sh", "ua1,3a", *(f for f in pdf if f not in booklets))
    for booklet in booklets:
        check_booklet(booklet, findings)
    findings.run(validators / "check_docx.sh", *(f for f in files if f.suffix == ".docx"))
    findings.run(validators / "check_html.sh", *(f for f in pages if f not in indexes))
    check_indexes(indexes, validators, findings)
    check_zoomed(pages, findings)


def check_zoomed(pages: list[Path], findings: Findings) -> None:
    """Every page, indexes and fragments too, at 400 % zoom."""
    script = Path(os.environ["VALID"], "node_modules", "axe-core", "axe.min.js")
    chromium = shutil.which("chromium") or ""
    for page, scheme, found, wide in judged(pages, script.read_text("utf-8"), chromium):
        findings.note(not found and wide <= WINDOW["width"], f"axe 400 % {scheme} {page} {found}")


def check_booklet(booklet: Path, findings: Findings) -> None:
    """Imposed for paper, so exempt from the accessibility checks: a sound file with its text."""
    findings.note(
        subprocess.run(["qpdf", "--check", booklet], capture_output=True, check=False).returncode
        == 0,
        f"qpdf {booklet}",
    )
    said = subprocess.run(["pdftotext", booklet, "-"], capture_output=True, text=True, check=False)
    findings.note(len(said.stdout.split()) > 50, f"pdftotext {booklet}")


def check_indexes(indexes: list[Path], validators: Path, findings: Findings) -> None:
    """The list of all documents is no work that one cites: all but the citation metadata."""
    modules = Path(os.environ["VALID"]) / "node_modules"
    jar = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    vnu = ["java", "-Xss2m", "-jar", jar, "--stdout", "--format", "gnu", "--Werror", *indexes]
    said = subprocess.run(vnu, capture_output=True, text=True, check=False)
    print(said.stdout, end="")
    findings.note(said.returncode == 0, f"vnu {len(indexes)} index pages")
    findings.run("node", validators / "check_html.mjs", *indexes, NODE_MODULES=str(modules))


def main(arguments: list[str]) -> int:
    missing = {package for name, package in PROGRAMS.items() if not shutil.which(name)}
    if missing:
        print(f"missing programs: apt-get install {' '.join(sorted(missing))}")
        return 2
    validators = Path(arguments[0]).resolve()
    subprocess.run([validators / "setup.sh"], check=True)
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="tcit-validate-") as temporary:
        folders = Path(arguments[1]).resolve() if len(arguments) > 1 else Path(temporary, "built")
        for build in builds():
            make(build, folders / build.name, findings)
        (folders / "by-hand").mkdir(parents=True, exist_ok=True)
        write_by_hand(folders / "by-hand")
        files = gathered(folders, Path(temporary, "files"))
        check(files, validators, findings)
    print(f"{len(files)} files: {findings.passes} passed, {len(findings.found)} findings")
    for line in findings.found:
        print(f"  {line}")
    return 1 if findings.found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
