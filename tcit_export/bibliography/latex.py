"""LaTeX in field values -> the rich text of CSL-JSON."""

from __future__ import annotations

from dataclasses import dataclass

from tcit_export.bibliography.library import Remark


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded value. Markup is `<i> <b> <sup> <sub>`, `<span style="font-variant:small-caps;">`
    and `<span class="nocase">`, always balanced; any other `<` or `&` is that character."""

    text: str
    remarks: tuple[Remark, ...] = ()


def to_rich(value: str) -> Decoded:
    """A LaTeX value as rich text; brace groups that protect case become nocase spans."""
    raise NotImplementedError


def to_plain(value: str) -> Decoded:
    """A LaTeX value as characters, without markup."""
    raise NotImplementedError


def strip_markup(rich: str) -> str:
    """Rich text without its tags."""
    raise NotImplementedError


def verbatim(value: str) -> str:
    r"""A `url`, `doi`, `file`, `eprint`: as typed, but `\_ \% \& \#` and `\url{}` undone."""
    raise NotImplementedError
