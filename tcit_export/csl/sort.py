"""Sorting: keys of items, made once each, and the comparison of texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias, TypeVar

from tcit_export.csl import style as s
from tcit_export.csl.context import Context
from tcit_export.csl.dates import sort_text
from tcit_export.csl.evaluate import Compiler
from tcit_export.csl.item import DATE_VARIABLES, NAME_VARIABLES
from tcit_export.csl.numbers import NUMBER_VARIABLES
from tcit_export.csl.rich import strip_markup
from tcit_export.csl.style import NameOptions
from tcit_export.csl.tree import Node, plain
from tcit_export.csl.values import cite_value, number_sort_text

KeyMaker: TypeAlias = Callable[[Context], str]
Collated: TypeAlias = tuple[str, str]
SortKey: TypeAlias = tuple[bool, Collated]
T = TypeVar("T")


class Sorter:
    """The compiled cs:sort of a citation or a bibliography."""

    def __init__(self, keys: Sequence[s.Key], compiler: Compiler) -> None:
        self.makers = tuple(_maker(key, compiler) for key in keys)
        self.descending = tuple(key.descending for key in keys)
        self.runs = _runs(self.descending)

    def __bool__(self) -> bool:
        return bool(self.makers)

    def sort(self, things: Sequence[T], context: Callable[[T], Context]) -> list[T]:
        """`things` in order; `context` makes a fresh context for one of them.

        Empty keys go last whatever the direction (Sorting).
        """
        made = [(self._keys(context(thing)), thing) for thing in things]
        for keys, descending in reversed(self.runs):
            made.sort(key=lambda pair: pair[0][keys], reverse=descending)
        return [thing for _, thing in made]

    def _keys(self, ctx: Context) -> tuple[SortKey, ...]:
        """All keys of one thing, each before it whether it sorts behind those of other things."""
        keys: list[SortKey] = []
        for maker, descending in zip(self.makers, self.descending, strict=True):
            ctx.begin()
            key = collate(maker(ctx))
            keys.append(((key[0] == "") != descending, key))
        return tuple(keys)


def _runs(descending: Sequence[bool]) -> list[tuple[slice, bool]]:
    """Neighbouring keys of one direction, which one pass can sort by."""
    runs: list[tuple[slice, bool]] = []
    for down, same in groupby(range(len(descending)), key=descending.__getitem__):
        places = [*same]
        runs.append((slice(places[0], places[-1] + 1), down))
    return runs


def _maker(key: s.Key, compiler: Compiler) -> KeyMaker:
    if key.macro:
        return _macro_maker(key, compiler)
    name = key.variable
    if name in DATE_VARIABLES:
        return lambda ctx: sort_text(ctx.dates[name]) if name in ctx.dates else ""
    if name in NAME_VARIABLES:
        return _names_maker(key, compiler)
    if name in NUMBER_VARIABLES:
        return lambda ctx: number_sort_text(cite_value(ctx, name))
    return lambda ctx: _variable_text(ctx, name)


def _variable_text(ctx: Context, name: str) -> str:
    if name == "type":  # no variable by the schema, but styles sort by it
        return ctx.item.type
    if name in ctx.dates:
        return sort_text(ctx.dates[name])
    return strip_markup(cite_value(ctx, name))


def _macro_maker(key: s.Key, compiler: Compiler) -> KeyMaker:
    macro = compiler.macro(key.macro)

    def make(ctx: Context) -> str:
        ctx.key = key
        nodes: list[Node] = []
        macro(ctx, nodes)
        return plain(nodes)

    return make


def _names_maker(key: s.Key, compiler: Compiler) -> KeyMaker:
    element = s.Names(
        variables=(key.variable,), name=s.NameElement(options=NameOptions(form="long"))
    )
    render = compiler.element(element)

    def make(ctx: Context) -> str:
        ctx.key = key
        nodes: list[Node] = []
        render(ctx, nodes)
        return plain(nodes)

    return make


# ------------------------------------------------------------------ comparing texts

_IGNORED = dict.fromkeys(map(ord, "'’‘ʼ\"“”`«»[]{}(),.;:!?-‐–—/*%#@_"))
_NUMBER = re.compile(r"[0-9]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)


@lru_cache(maxsize=32768)
def collate(text: str) -> Collated:
    """A key that orders texts as readers expect: by letters, then accents, never by case.

    Quotes, brackets, hyphens and punctuation count for nothing; numbers within a text count
    by their value: `Part 9` before `Part 10`. Independent of the machine's locale.
    """
    if text.isascii():
        folded = text.lower()
    else:
        split = unicodedata.normalize("NFKD", text.lower())
        folded = "".join(c for c in split if not unicodedata.combining(c)).translate(_LETTERS)
    folded = folded.translate(_IGNORED).strip()
    folded = _NUMBER.sub(lambda match: match.group().rjust(12, "0"), folded)
    return folded, "" if text.isascii() else text.lower()
