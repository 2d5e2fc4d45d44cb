"""Reads built files back and proves that they say the same.

PDF, DOCX and HTML of one document are compared in pairs: lists of references, texts and links, and
citations, each with the text around it.  Nothing but the files is asked, so it holds for files
of any origin and cannot repeat a mistake of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from tcit_export.collector import nothing_collected
from tcit_export.model.options import Edition
from tcit_export.verify.compare import Difference, differences
from tcit_export.verify.extract import Extract, Unreadable, extract

__all__ = ["Difference", "Extract", "Unreadable", "Verification", "read", "verify", "verify_all"]

FORMATS: Final = ("pdf", "docx", "html")


class Mismatch(NamedTuple):
    """A difference between two files of one document."""

    first: str
    second: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found about the files of one document, or of several together.

    `compared` are the formats that were read; `references` and `citations` are counted in the first
    of them.
    """

    files: tuple[Path, ...]
    compared: tuple[str, ...] = ()
    references: int = 0
    citations: int = 0
    mismatches: tuple[Mismatch, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.mismatches and not self.unreadable


def read(path: Path) -> Extract:
    """What one built file says. Raises Unreadable, also for a file of another kind."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable((error.strerror or "it cannot be read").lower()) from None
    match path.suffix.lower():
        case ".pdf":
            from tcit_export.verify.read_pdf import read_pdf

            return extract(read_pdf(data))
        case ".docx":
            from tcit_export.verify.read_docx import read_docx

            return extract(read_docx(data))
        case ".html":
            from tcit_export.verify.read_html import read_html

            return extract(read_html(data))
        case _:
            raise Unreadable("only .pdf, .docx and .html can be read")


def verify(paths: Iterable[Path]) -> Verification:
    """Compare the files of one document, each with every other."""
    with nothing_collected():
        return _verify(paths)


def _verify(paths: Iterable[Path]) -> Verification:
    files = tuple(sorted(paths, key=_rank))
    extracts: dict[Path, Extract] = {}
    unreadable: list[str] = []
    for path in files:
        try:
            extracts[path] = read(path)
        except Unreadable as error:
            unreadable.append(f"{path.name}: {error}")
    first = next(iter(extracts.values()), Extract())
    return Verification(
        files,
        tuple(path.suffix[1:].lower() for path in extracts),
        len(first.references),
        len(first.citations),
        tuple(_mismatches(extracts)),
        tuple(unreadable),
    )


def _mismatches(extracts: Mapping[Path, Extract]) -> Iterable[Mismatch]:
    paths = list(extracts)
    for index, path in enumerate(paths):
        for other in paths[index + 1 :]:
            for difference in differences(extracts[path], extracts[other]):
                yield Mismatch(path.name, other.name, difference)


def _rank(path: Path) -> tuple[int, str]:
    suffix = path.suffix[1:].lower()
    return (FORMATS.index(suffix) if suffix in FORMATS else len(FORMATS), path.name)


def by_document(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Built files grouped by document: the same path but for the suffix and the edition."""
    files = [path for path in sorted(paths) if comparable(path)]
    names = {path.with_suffix("") for path in files}
    groups: dict[Path, list[Path]] = {}
    for path in files:
        name = path.with_suffix("")
        handouts = (name.with_name(name.name.removesuffix(f"-{edition}")) for edition in _EDITIONS)
        document = next((base for base in handouts if base != name and base in names), name)
        groups.setdefault(document, []).append(path)
    return groups


_EDITIONS: Final = [e.value for e in Edition if e is not Edition.HANDOUT]


def comparable(path: Path) -> bool:
    """Whether a file can be read back: a booklet's pages are imposed, for the printer alone."""
    is_booklet = path.stem.endswith(f"-{Edition.BOOKLET.value}") and path.suffix.lower() == ".pdf"
    return path.suffix[1:].lower() in FORMATS and not is_booklet


def verify_all(groups: Iterable[Iterable[Path]]) -> tuple[Verification, ...]:
    """Each document's files compared."""
    return tuple(verify(group) for group in groups)
