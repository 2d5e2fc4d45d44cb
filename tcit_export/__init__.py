"""Article reviews and reading lists from Markdown and BibTeX to PDF, Word and HTML.

    import tcit_export

    for reference in tcit_export.format_references(bibtex):
        print(reference.text)
    report = tcit_export.build("my-project", formats=("pdf", "html"))

What a function needs is imported when it is called: importing the package costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from os import PathLike

    from tcit_export.builder.job import BuildReport, BuiltFile
    from tcit_export.diagnostic import Diagnostic
    from tcit_export.references import FormattedReference, FormattedText

__all__ = [
    "BuildReport",
    "BuiltFile",
    "ContentError",
    "Diagnostic",
    "FormattedReference",
    "FormattedText",
    "build",
    "format_citations",
    "format_references",
    "reading_list",
]

_LATE = {
    "BuildReport": "tcit_export.builder.job",
    "BuiltFile": "tcit_export.builder.job",
    "ContentError": "tcit_export.api",
    "Diagnostic": "tcit_export.diagnostic",
    "FormattedReference": "tcit_export.references",
    "FormattedText": "tcit_export.references",
}


def format_references(
    bibtex: str,
    *,
    keys: Sequence[str] | None = None,
    style: str = "apa",
    locale: str | None = None,
) -> list[FormattedReference]:
    """The references of a BibTeX text, in the order of the style's list.

    `keys` chooses entries; `style` is the name of a citation style, `locale` a language tag. Each
    has `.key`, `.text`, `.html` (`<i> <b> <sup> <sub>`, no links), `.cite_parenthetical` and
    `.cite_narrative`. Raises ContentError (a ValueError) if the text has errors or there is no
    such style, KeyError for a key that is not there.
    """
    from tcit_export.api import format_references

    return format_references(bibtex, keys, style, locale)


def format_citations(
    bibtex: str, citations: Sequence[str], *, style: str = "apa", locale: str | None = None
) -> list[FormattedText]:
    """The citations of one document, in its order, as they read there: `.text` and `.html`.

    Each is typed as in a document: `[see @a, p. 3; @b]` or `@a`. Raises ContentError for errors in
    the text, ValueError for what is no citation, KeyError for a key that is not there.
    """
    from tcit_export.api import format_citations

    return format_citations(bibtex, citations, style, locale)


def build(
    root: str | PathLike[str],
    *,
    paths: Sequence[str | PathLike[str]] | None = None,
    formats: Sequence[str] = ("pdf", "docx", "html"),
    output: str | PathLike[str] | None = None,
    style: str | None = None,
    executor: Executor | None = None,
) -> BuildReport:
    """Build the project in the folder `root`, as the command `build` does.

    `paths` are documents (relative to the root; default: all), `output` the folder for the files
    (default: the project's own). `executor` is any `concurrent.futures.Executor` whose workers see
    the same files; without one everything happens here. Mistakes in the content are in the
    report's `.diagnostics`; `.ok` says whether there were none. Raises ValueError for an unknown
    format, FileNotFoundError if `root` is no project or a path no document in it.
    """
    from tcit_export.api import build

    return build(root, paths, formats, output, style, executor)


def reading_list(
    bibtex: str,
    *,
    title: str = "Reading list",
    select: str = "",
    sort: str = "",
    group_by: str = "",
    annotations: bool | None = None,
    format: str = "html",
    style: str = "apa",
    lang: str = "en-US",
) -> bytes:
    """A reading list of a BibTeX text as one file: `html`, `docx` or `pdf`.

    `select`, `sort` and `group_by` are written as in a document: `keyword:crying and year>=2000`,
    `importance, -year`, `week`. Raises ContentError for mistakes in them and in the text, and for
    an unknown style; ValueError for an unknown format.
    """
    from tcit_export.api import reading_list
    from tcit_export.model.nodes import ListLook
    from tcit_export.readers.reading_list import ListRequest

    look = ListLook(annotations=annotations)
    request = ListRequest(title, lang, select, sort, group_by, look=look)
    return reading_list(bibtex, request, format, style)


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)
