"""Name lists of BibTeX and biblatex -> CSL names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tcit_export.bibliography.library import Remark
from tcit_export.csl.item import Name


@dataclass(frozen=True, slots=True)
class NameList:
    """The names of a field; `others` where it ends in `and others`."""

    names: tuple[Name, ...]
    others: bool = False
    remarks: tuple[Remark, ...] = ()


def parse_names(value: str) -> NameList:
    """The names of an `author`, `editor`, ... field (LaTeX not yet decoded)."""
    raise NotImplementedError


def parse_annotations(value: str) -> Mapping[int, tuple[str, ...]]:
    """`author+an = {1=corresponding; 2="@user"}`: annotations by position from 1 (0: the field)."""
    raise NotImplementedError


def split_list(value: str) -> tuple[str, ...]:
    """A biblatex literal list (`publisher`, `location`, `institution`, `language`) at `and`."""
    raise NotImplementedError
