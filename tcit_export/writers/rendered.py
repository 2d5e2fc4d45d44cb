"""What a writer hands back: bytes, and what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tcit_export.model.nodes import ResolvedDocument
from tcit_export.model.options import Options
from tcit_export.templates import Templates


@dataclass(frozen=True, slots=True)
class Rendered:
    """One finished output. `pages` is None where the format has none. `problems` are texts of what
    the format could not hold (reported as diagnostics by the caller)."""

    data: bytes = field(repr=False)
    suffix: str
    media_type: str
    pages: int | None = None
    problems: tuple[str, ...] = ()


Writer: TypeAlias = Callable[[ResolvedDocument, Options, Templates], Rendered]
