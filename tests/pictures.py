"""Draws the README's pictures from the real outputs: `make pictures`.

Needs pdftoppm (poppler-utils), soffice (libreoffice-writer) and chromium.  The PDF is drawn as it
is, the Word file through LibreOffice, the page in a headless Chromium that may not reach out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / ".github" / "pictures"
CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def run(*command: str | Path) -> None:
    """Run a program; its own words are shown only if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stderr or done.stdout}")


def pages(pdf: Path, folder: Path, dots_per_inch: int = 70) -> list[Path]:
    """One PNG a page."""
    run("pdftoppm", "-r", str(dots_per_inch), "-png", pdf, folder / pdf.stem)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def word_as_pdf(docx: Path, folder: Path) -> Path:
    """What LibreOffice shows of a Word file."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, docx)
    return folder / f"{docx.stem}.pdf"


def screenshot(html: Path, picture: Path, width: int, height: int, *flags: str) -> None:
    """What Chromium shows of a page."""
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size={width},{height}"
        where = f"--screenshot={picture}"
        run(*CHROMIUM, *flags, f"--user-data-dir={profile}", size, where, html.as_uri())


def sheet(pictures: list[Path], target: Path, gap: int = 24) -> None:
    """Pictures side by side on grey, each with a hairline around it."""
    images = [ImageOps.expand(Image.open(path).convert("RGB"), 1, "#b8bec4") for path in pictures]
    width = sum(image.width for image in images) + gap * (len(images) + 1)
    height = max(image.height for image in images) + 2 * gap
    canvas = Image.new("RGB", (width, height), "#eceff1")
    left = gap
    for image in images:
        canvas.paste(image, (left, gap))
        left += image.width + gap
    canvas.quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


def editions(name: str, folder: Path) -> list[Path]:
    """The first pages of three editions, drawn to the same height."""
    command = [sys.executable, "-m", "tcit_export", "build", "--format", "pdf", "--quiet"]
    run(*command, "--edition", "handout,large-print,fact-sheet", "--output", folder)
    names = (name, f"{name}-large-print", f"{name}-fact-sheet")
    return [pages(folder / f"{stem}.pdf", folder, 55)[0] for stem in names]


def reading_list(built: Path, folder: Path) -> list[Path]:
    """A list on paper, in Word and as a page, one page of each."""
    folder.mkdir()
    page = folder / "page.png"
    screenshot(built.with_suffix(".html"), page, 900, 1165)
    paper = pages(built.with_suffix(".pdf"), folder)[0]
    word = pages(word_as_pdf(built.with_suffix(".docx"), folder / "word"), folder / "word")[0]
    with Image.open(page) as drawn, Image.open(paper) as other:
        drawn.resize((round(drawn.width * other.height / drawn.height), other.height)).save(page)
    return [paper, word, page]


def main(
    name: str = "therapists-crying-in-therapy", listed: str = "reading-list-therapists-tears"
) -> None:
    """Draw pdf.png, word.png, page.png and editions.png of a review, list.png of a list."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    built = ROOT / "output" / name
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "editions").mkdir()
        sheet(editions(name, folder / "editions"), PICTURES / "editions.png")
        sheet(pages(built.with_suffix(".pdf"), folder)[:2], PICTURES / "pdf.png")
        word = folder / "word"
        word.mkdir()
        sheet(pages(word_as_pdf(built.with_suffix(".docx"), word), word)[:2], PICTURES / "word.png")
        wide, phone = folder / "wide.png", folder / "phone.png"
        screenshot(built.with_suffix(".html"), wide, 1100, 900)
        screenshot(built.with_suffix(".html"), phone, 500, 900, "--force-dark-mode")
        sheet([wide, phone], PICTURES / "page.png")
        sheet(reading_list(ROOT / "output" / listed, folder / "list"), PICTURES / "list.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
