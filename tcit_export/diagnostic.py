"""Mistakes that users make, as values.

A `Kind` is a sort of mistake with a fixed code (`C001`) and a name that states what is wrong
(`unknown-citation-key`); a `Diagnostic` is one such mistake at one place.  Rooms that read text
return `Parsed` values: the best they could make of it, and what was wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, Generic, NamedTuple, TypeVar

from tcit_export.source import Source, Span

T_co = TypeVar("T_co", covariant=True)


_LONG_WORD: Final = re.compile(r"`([^`]{120})[^`]+`")


class Severity(Enum):
    """How bad a mistake is: an error stops its document, a warning does not (but see --strict)."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A range in a source. Lines and columns count from 1."""

    source: Source
    span: Span

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def line(self) -> int:
        return self.source.line_column(self.span.start)[0]

    @property
    def column(self) -> int:
        return self.source.line_column(self.span.start)[1]


class Related(NamedTuple):
    """Another place that helps to understand a mistake."""

    message: str
    location: Location


class Kind(NamedTuple):
    """A sort of mistake: its code, its name, its severity, and a text that `explain` prints."""

    code: str
    name: str
    severity: Severity
    explanation: str

    def at(
        self,
        location: Location,
        message: str,
        *,
        hints: Sequence[str] = (),
        related: Sequence[Related] = (),
    ) -> Diagnostic:
        """A diagnostic of this kind; `message` names the user's own word in backticks.

        Of a very long word only the beginning is shown.
        """
        short = tuple(_LONG_WORD.sub(r"`\1…`", text) for text in (message, *hints))
        return Diagnostic(self, short[0], location, short[1:], tuple(related))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: what is wrong, where, and what to do about it."""

    kind: Kind
    message: str
    location: Location
    hints: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def is_error(self) -> bool:
        return self.kind.severity is Severity.ERROR

    def as_error(self) -> Diagnostic:
        """The same mistake, counted as an error (what --strict makes of warnings)."""
        return replace(self, kind=self.kind._replace(severity=Severity.ERROR))


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T_co]):
    """What a reader made of a text, and what was wrong with it."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.is_error for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by path, place and code, without repetitions: the order users read them in."""
    unique = {(d.location.path, d.location.span, d.code, d.message): d for d in diagnostics}
    return tuple(unique[key] for key in sorted(unique))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a mistyped one most likely means, if any is near enough."""
    from difflib import get_close_matches  # few texts have a mistake that asks for it

    by_folded = {name.casefold(): name for name in sorted(known)}
    matches = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None
