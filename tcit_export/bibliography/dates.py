"""BibTeX's and biblatex's dates -> CSL dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tcit_export.bibliography.library import Field, Remark
from tcit_export.csl.item import Date


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as understood. `status`: a word in its place (`in press`, `forthcoming`, `n.d.`, ...).

    `date` is None where there is none (no field, `n.d.`, `in press`, unreadable).
    """

    date: Date | None = None
    status: str = ""
    remarks: tuple[Remark, ...] = ()


def parse_date(value: str) -> DateValue:
    """One value: biblatex's EDTF, or what people write (`c. 1900`, `May 3, 1999`, `in press`)."""
    raise NotImplementedError


def entry_date(fields: Mapping[str, Field], prefix: str = "") -> DateValue:
    """The date of an entry: `date`, or `year`, `month`, `day`; prefix: `orig`, `event`, `url`."""
    raise NotImplementedError
