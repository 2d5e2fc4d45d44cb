"""What a writer hands back: bytes, and what they are; or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.options import Options
from tcit_export.source import Span
from tcit_export.templates import Templates


@dataclass(frozen=True, slots=True)
class Rendered:
    """One finished output. `pages` is None where the format has none. `problems` are texts of what
    the format could not hold (reported as diagnostics by the caller); `places` tells where in the
    source those stand whose place is known."""

    data: bytes = field(repr=False)
    suffix: str
    media_type: str
    pages: int | None = None
    problems: tuple[str, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict, repr=False)


Writer: TypeAlias = Callable[[ResolvedDocument, Options, Templates], Rendered]


class PdfUnavailable(Exception):  # noqa: N818
    """WeasyPrint, or a library it needs, cannot be loaded; the message says what would help."""


class PdfIncomplete(Exception):  # noqa: N818
    """The PDF would lack something that the document has; `missing` says what, one line each.

    `places` tells where in the source that stands, if known.
    """

    def __init__(self, missing: tuple[str, ...], places: Mapping[str, Span] | None = None) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing
        self.places = places or {}
