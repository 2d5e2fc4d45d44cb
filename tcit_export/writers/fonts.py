"""The type of the PDF: Source Serif and Source Sans, from packages, the same on every machine."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

SCHEME: Final = "tcit:font/"
SERIF: Final = "Source Serif Pro"
SANS: Final = "Source Sans Pro"

# File -> family, weight, style.  Semibold stands for bold: Source's bold shouts in running text.
FACES: Final = {
    "SourceSerifPro-Regular.ttf": (SERIF, 400, "normal"),
    "SourceSerifPro-It.ttf": (SERIF, 400, "italic"),
    "SourceSerifPro-Semibold.ttf": (SERIF, 700, "normal"),
    "SourceSerifPro-SemiboldIt.ttf": (SERIF, 700, "italic"),
    "SourceSansPro-Regular.ttf": (SANS, 400, "normal"),
    "SourceSansPro-It.ttf": (SANS, 400, "italic"),
    "SourceSansPro-Semibold.ttf": (SANS, 700, "normal"),
    "SourceSansPro-SemiboldIt.ttf": (SANS, 700, "italic"),
}
_PACKAGES: Final = {SERIF: "font_source_serif_pro", SANS: "font_source_sans_pro"}


@cache
def font_bytes(name: str) -> bytes:
    """A font file. Raises KeyError for a name that is not in FACES."""
    family = FACES[name][0]
    return (files(_PACKAGES[family]) / "files" / name).read_bytes()


@cache
def font_paths() -> tuple[str, ...]:
    """Where the font files are, for a program that opens them itself."""
    return tuple(
        str(files(_PACKAGES[family]) / "files" / name) for name, (family, *_) in FACES.items()
    )


def font_faces() -> str:
    """The `@font-face` rules, with addresses that only our own fetcher knows."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{SCHEME}{name}"); }}'
        for name, (family, weight, style) in FACES.items()
    )
