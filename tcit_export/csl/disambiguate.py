"""Disambiguation (CSL 1.0.2): given names, more names, the condition, year suffixes.

Cites that read alike share a bucket; only buckets with more than one item are looked at
again. How an item's cite reads is asked of a `Probe`, so nothing here renders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from tcit_export.csl.context import NO_EXPANSION, Expansion, NameList
from tcit_export.csl.initials import Parts, initialize, join_particle, parts_of
from tcit_export.csl.item import Name
from tcit_export.csl.style import Citation


class Reading(NamedTuple):
    """How a cite reads without its year suffix, and the name lists in it."""

    text: str
    lists: tuple[NameList, ...]


Probe: TypeAlias = Callable[[str, Expansion], Reading]
"""(item id, expansion) -> the cite so expanded"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Per item: how far its cite is expanded, its year suffix, and whom it shares letters with."""

    expansions: dict[str, Expansion]
    suffixes: dict[str, str]
    series: dict[str, int] = field(default_factory=dict)
    """The number of the series of letters; items of one series read alike but for the letter."""


class _Step(NamedTuple):
    """One way to say more: show the name at `place`, or give it `level`."""

    which: int
    place: int
    level: int | None


def disambiguate(
    ids: Sequence[str],
    readings: dict[str, Reading],
    probe: Probe,
    options: Citation,
    conditions: int,
) -> Outcome:
    """Tell the cites of `ids` (in bibliography order) apart.

    `readings` are their cites as they read unexpanded; `conditions` is the number of
    `disambiguate` conditions in the citation layout.
    """
    work = _Work(probe, options, readings)
    alike = _buckets(ids, lambda key: readings[key].text)
    left: list[list[str]] = []
    for bucket in alike:
        left += work.expand(bucket, 0)
    suffixes: dict[str, str] = {}
    series: dict[str, int] = {}
    if options.disambiguate_add_year_suffix:
        # A letter always helps: the condition is for styles that have none (Choose).
        suffixes = _year_suffixes(ids, left)
        series = {key: number for number, bucket in enumerate(left) for key in bucket}
    elif conditions:
        for bucket in left:
            work.try_conditions(bucket, conditions)
    work.show_short_rests(options.disambiguate_et_al_min)
    return Outcome(work.expansions, suffixes, series)


def _buckets(ids: Iterable[str], reading: Callable[[str], str]) -> list[list[str]]:
    """Items that read alike, two or more together."""
    return [bucket for bucket in _grouped(ids, reading) if len(bucket) > 1]


def _grouped(ids: Iterable[str], reading: Callable[[str], str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for key in ids:
        groups.setdefault(reading(key), []).append(key)
    return list(groups.values())


class _Work:
    """The expansions found so far."""

    def __init__(self, probe: Probe, options: Citation, readings: dict[str, Reading]) -> None:
        self.probe = probe
        self.options = options
        self.readings = readings
        self.expansions: dict[str, Expansion] = {}
        self.by_cite = (
            options.disambiguate_add_givenname
            and options.givenname_disambiguation_rule == "by-cite"
        )

    def _current(self, key: str) -> Expansion:
        return self.expansions.get(key, NO_EXPANSION)

    def _read(self, expansions: dict[str, Expansion]) -> list[list[str]]:
        """The items grouped by how they read when so expanded."""
        return _grouped(expansions, lambda key: self.probe(key, expansions[key]).text)

    def expand(self, bucket: list[str], start: int) -> list[list[str]]:
        """Say more about the bucket's names until it splits; what stays alike comes back."""
        steps = self._steps(bucket)
        before = {key: self._current(key) for key in bucket}
        tried = dict(before)
        for number in range(start, len(steps)):
            step = steps[number]
            wider = {key: self._taken(step, key, tried[key]) for key in bucket}
            if all(wider[key] is tried[key] for key in bucket):
                continue
            groups = self._read(wider)
            if len(groups) > 1:
                self.expansions.update(wider)
                return [
                    rest
                    for group in groups
                    if len(group) > 1
                    for rest in self.expand(group, number + 1)
                ]
            if step.level is None:
                tried = wider
        self.expansions.update(before)
        return [bucket]

    def show_short_rests(self, least: int) -> None:
        """Where names were added, "et al." stands for `least` names or is spelled out."""
        for key, expansion in self.expansions.items():
            lists = self.readings[key].lists
            shown = {
                which: len(lists[which].names)
                for which, count in expansion.shown.items()
                if 0 < len(lists[which].names) - count < least
            }
            if shown:
                self.expansions[key] = Expansion(
                    {**expansion.shown, **shown}, expansion.given, expansion.conditions
                )

    def _steps(self, bucket: Sequence[str]) -> list[_Step]:
        """Expand the names shown; then add one more and expand it, and so on."""
        steps: list[_Step] = []
        lists = [self.readings[key].lists for key in bucket]
        for index in range(max(len(found) for found in lists)):
            here = [found[index] for found in lists if len(found) > index]
            longest = max(len(found.names) for found in here)
            highest = max(found.max_level for found in here)
            lowest = min(found.min_level for found in here)
            for place in range(longest):
                if self.options.disambiguate_add_names:
                    steps.append(_Step(index, place, None))
                if self.by_cite:
                    steps += [_Step(index, place, n) for n in range(lowest + 1, highest + 1)]
        return steps

    def _taken(self, step: _Step, key: str, expansion: Expansion) -> Expansion:
        """The expansion with that step; the same object where it changes nothing."""
        lists = self.readings[key].lists
        if len(lists) <= step.which:
            return expansion
        names = lists[step.which]
        shown = max(names.shown, expansion.shown.get(step.which, 0))
        if step.place >= len(names.names):
            return expansion
        if step.level is None:
            if step.place < shown:
                return expansion
            return Expansion(
                {**expansion.shown, step.which: step.place + 1},
                expansion.given,
                expansion.conditions,
            )
        if step.place >= shown or step.level > names.max_level:
            return expansion
        given = {**expansion.given, (step.which, step.place): step.level}
        return Expansion(expansion.shown, given, expansion.conditions)

    def try_conditions(self, bucket: list[str], conditions: int, met: int = 1) -> list[list[str]]:
        """Let `disambiguate` conditions test true, one more at a time."""
        for count in range(met, conditions + 1):
            wider = {}
            for key in bucket:
                now = self._current(key)
                wider[key] = Expansion(now.shown, now.given, count)
            groups = self._read(wider)
            if len(groups) > 1:
                self.expansions.update(wider)
                return [
                    rest
                    for group in groups
                    if len(group) > 1
                    for rest in self.try_conditions(group, conditions, count + 1)
                ]
        if not self.options.disambiguate_add_year_suffix:
            # Nothing else is left to try: as the reference does, let them stay true.
            for key in bucket:
                now = self._current(key)
                self.expansions[key] = Expansion(now.shown, now.given, conditions)
        return [bucket]


def _year_suffixes(ids: Sequence[str], buckets: Iterable[Sequence[str]]) -> dict[str, str]:
    """Letters in the order of the bibliography."""
    place = {key: number for number, key in enumerate(ids)}
    return {
        key: suffix_letters(number)
        for bucket in buckets
        for number, key in enumerate(sorted(bucket, key=place.__getitem__), start=1)
    }


def suffix_letters(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa, 28 -> ab."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


# ------------------------------------------------------------------ names throughout the document


def given_name_levels(lists: Iterable[NameList], rule: str) -> dict[Name, int]:
    """How much of each name must be shown so that it differs from all others.

    For the rules that tell names apart, not cites (givenname-disambiguation-rule other
    than "by-cite"). A name that nothing tells apart is left out.
    """
    primary = rule.startswith("primary-name")
    initials_only = rule.endswith("-with-initials")
    families: dict[str, dict[Name, tuple[Parts, int]]] = {}
    for found in lists:
        for name in found.names[:1] if primary else found.names:
            if name.family:
                parts = parts_of(name)
                family = join_particle(parts.non_dropping, parts.family)
                families.setdefault(family, {})[name] = parts, found.max_level
    levels: dict[Name, int] = {}
    for namesakes in families.values():
        if len(namesakes) > 1:
            levels.update(_levels(namesakes, initials_only))
    return levels


def _levels(namesakes: dict[Name, tuple[Parts, int]], initials_only: bool) -> dict[Name, int]:
    bearers: dict[str, set[str]] = {}
    for parts, _ in namesakes.values():
        bearers.setdefault(_initials(parts), set()).add(_full(parts))
    if len(set().union(*bearers.values())) < 2:
        return {}
    levels: dict[Name, int] = {}
    for name, (parts, highest) in namesakes.items():
        if highest < 2:
            if not initials_only:
                levels[name] = 1
        elif (initials_only and len(bearers) > 1) or len(bearers[_initials(parts)]) == 1:
            levels[name] = 1
        elif not initials_only:
            levels[name] = 2
    return levels


def _full(parts: Parts) -> str:
    return " ".join(f"{parts.given} {parts.dropping} {parts.suffix}".replace(".", " ").split())


def _initials(parts: Parts) -> str:
    return initialize(parts.given, ".", hyphens=True, shorten=True) + parts.suffix
