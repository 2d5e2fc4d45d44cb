"""Whose name is set in bold: a person as an author types it, found among the names of the works."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tcit_export.bibliography.names import parse_names
from tcit_export.csl.item import Item, Name
from tcit_export.patterns import late

_PARTS: Final = late(r"[^\W\d_]+")


def emphasised_names(typed: str, items: Iterable[Item]) -> frozenset[Name]:
    """The names of works that are the typed one ("Slavin-Mulford, J.", "Jenelle Slavin-Mulford").

    The family name is the same; given names are the same, or one is the other's initial. A name
    may leave given names out that the other has.
    """
    wanted = [name for name in parse_names(typed).names if _family(name)]
    if not wanted:
        return frozenset()
    names = {name for item in items for listed in item.names.values() for name in listed}
    return frozenset(name for name in names if any(_is_same(each, name) for each in wanted))


def _is_same(wanted: Name, name: Name) -> bool:
    if _family(wanted) != _family(name):
        return False
    given, other = _PARTS.findall(wanted.given), _PARTS.findall(name.given)
    return all(_may_be(one, two) for one, two in zip(given, other, strict=False))


def _may_be(one: str, two: str) -> bool:
    one, two = one.casefold(), two.casefold()
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])


def _family(name: Name) -> str:
    parts = (name.dropping_particle, name.non_dropping_particle, name.family or name.literal)
    return " ".join(part for part in parts if part).casefold()
