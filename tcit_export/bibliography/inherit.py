"""What entries take over from others: `crossref` and `xdata`; and their other keys, `ids`.

Rules: BibTeX ("crossref", btxdoc section 2.1: fields that are missing come from the parent) and
the biblatex manual, appendix B ("Default Inheritance Setup": a parent's title becomes the child's
book, main or journal title).  `xref` names a parent from which nothing is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tcit_export.bibliography import mistakes
from tcit_export.bibliography.library import Field, RawEntry
from tcit_export.bibliography.mistakes import short
from tcit_export.diagnostic import Diagnostic, Kind, Location, Parsed, Related, nearest
from tcit_export.source import Span

_HINTED: Final = 20
_NEVER: Final = frozenset(
    """ids crossref xref xdata entryset entrysubtype execute label options presort related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey
    abstract annotation annote file keywords pages pagetotal
    importance week pointer readnote readingpages minutes privatenote
    shorttitle sorttitle indextitle indexsorttitle""".split()
)
"""biblatex's exceptions, and fields that speak of the parent alone."""
_DATES: Final = frozenset(["date", "year", "month", "day", "endyear", "endmonth", "endday"])
_IN_BOOK: Final = frozenset(["inbook", "bookinbook", "suppbook"])
_IN_COLLECTION: Final = frozenset(["incollection", "inreference", "suppcollection"])
_IN_PROCEEDINGS: Final = frozenset(["inproceedings", "conference"])
_PARTS: Final = _IN_BOOK | _IN_COLLECTION | _IN_PROCEEDINGS
_WHOLES: Final = frozenset(["book", "collection", "reference", "proceedings", "manual", "booklet"])
_PERIODICAL_PARTS: Final = frozenset(["article", "suppperiodical", "review"])


def inherit(entries: Sequence[RawEntry]) -> Parsed[tuple[RawEntry, ...]]:
    """The entries with what they inherit; `@xdata` entries, which only give, are left out."""
    resolver = _Resolver(entries)
    resolved = [resolver.resolve(entry) for entry in entries]
    others = aliases(entries)
    known = {*resolver.entries, *others.value}
    diagnostics = [*resolver.diagnostics, *others.diagnostics]
    for entry in entries:
        diagnostics.extend(_unknown_related(entry, known, hints=len(diagnostics) < _HINTED))
    return Parsed(tuple(entry for entry in resolved if entry.type != "xdata"), tuple(diagnostics))


def aliases(entries: Sequence[RawEntry]) -> Parsed[Mapping[str, str]]:
    """Other keys of entries (`ids = {old-key, older-key}`), each with the entry's own key."""
    keys = {entry.key: entry for entry in entries}
    found: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for entry in entries:
        for alias in key_list(entry.get("ids")):
            owner = keys.get(alias) or keys.get(found.get(alias, ""))
            if owner is None:
                found[alias] = entry.key
            elif owner is not entry:
                message = f"`{short(alias)}` is already a key of `{short(owner.key)}`"
                related = [Related(f"`{short(owner.key)}`", owner.location())]
                where = entry.location("ids")
                diagnostics.append(mistakes.DUPLICATE_ALIAS.at(where, message, related=related))
    return Parsed(found, tuple(diagnostics))


def key_list(value: str) -> tuple[str, ...]:
    """Keys separated by commas, as `ids`, `xdata` and `related` hold them."""
    return tuple(key for key in (part.strip() for part in value.split(",")) if key)


def _unknown_related(entry: RawEntry, known: set[str], *, hints: bool) -> Iterator[Diagnostic]:
    for name in ("related", "xref"):
        for key in key_list(entry.get(name)) if name in entry.fields else ():
            if key not in known:
                near = nearest(key, known) if hints else None
                yield _unknown(mistakes.UNKNOWN_RELATED, entry, name, key, near)


def _unknown(kind: Kind, entry: RawEntry, name: str, key: str, near: str | None) -> Diagnostic:
    return kind.at(
        _key_place(entry, name, key),
        f"`{name}` names `{short(key)}`, which is not in the bibliography",
        hints=[f"did you mean `{near}`?"] if near else [],
    )


def _key_place(entry: RawEntry, name: str, key: str) -> Location:
    """Where a key stands inside a field's value."""
    whole = entry.location(name)
    text = whole.source.text[whole.span.start : whole.span.end]
    at = text.find(key)
    if at < 0:
        return whole
    start = whole.span.start + at
    return Location(whole.source, Span(start, start + len(key)))


class _Resolver:
    """Gives each entry the fields of its parents, deepest ancestors first; no recursion."""

    def __init__(self, entries: Sequence[RawEntry]) -> None:
        self.entries = {entry.key: entry for entry in entries}
        # BibTeX folds the case of keys in crossref.
        self.folded = {entry.key.casefold(): entry.key for entry in reversed(entries)}
        self.resolved: dict[str, RawEntry] = {}
        self.diagnostics: list[Diagnostic] = []

    def resolve(self, entry: RawEntry) -> RawEntry:
        stack, open_keys = [entry], {entry.key}
        while stack:
            current = stack[-1]
            waiting = None
            for _, parent in self._parents(current, report=False):
                if parent.key in open_keys:
                    continue
                if parent.key not in self.resolved:
                    waiting = parent
                    break
            if current.key in self.resolved or waiting is None:
                if current.key not in self.resolved:
                    self.resolved[current.key] = self._with_parents(current, open_keys)
                stack.pop()
                open_keys.discard(current.key)
            else:
                stack.append(waiting)
                open_keys.add(waiting.key)
        return self.resolved[entry.key]

    def _with_parents(self, entry: RawEntry, open_keys: set[str]) -> RawEntry:
        fields = dict(entry.fields)
        for name, parent in self._parents(entry, report=True):
            if parent.key in open_keys:
                message = f"`{short(entry.key)}` names itself as its parent"
                if parent.key != entry.key:
                    pair = f"`{short(entry.key)}` and `{short(parent.key)}`"
                    message = f"{pair} take over each other's fields"
                where = _key_place(entry, name, parent.key)
                related = [Related(f"`{short(parent.key)}`", parent.location())]
                self.diagnostics.append(mistakes.PARENT_CYCLE.at(where, message, related=related))
                continue
            _take_over(fields, entry, self.resolved[parent.key], plain=name == "xdata")
        return replace(entry, fields=fields) if len(fields) > len(entry.fields) else entry

    def _parents(self, entry: RawEntry, *, report: bool) -> list[tuple[str, RawEntry]]:
        """Parents by the field that names them: `xdata` before `crossref`, as biber has it."""
        found: list[tuple[str, RawEntry]] = []
        for name in ("xdata", "crossref"):
            if name not in entry.fields:
                continue
            value = entry.get(name)
            for key in key_list(value) if name == "xdata" else (value,):
                parent = self.entries.get(key) or self.entries.get(
                    self.folded.get(key.casefold(), "")
                )
                if parent is not None:
                    found.append((name, parent))
                elif report:
                    self.diagnostics.append(self._unknown_parent(entry, name, key))
        return found

    def _unknown_parent(self, entry: RawEntry, name: str, key: str) -> Diagnostic:
        # The nearest key costs a look at all keys: only the first mistakes get the hint.
        near = nearest(key, self.entries) if len(self.diagnostics) < _HINTED else None
        return _unknown(mistakes.UNKNOWN_PARENT, entry, name, key, near)


def _take_over(fields: dict[str, Field], child: RawEntry, parent: RawEntry, *, plain: bool) -> None:
    """Put into `fields` what the child lacks and the parent has."""
    dated = any(name in fields for name in _DATES)
    renamed: list[tuple[str, Field]] = []
    for name, field in parent.fields.items():
        if name in (("xdata", "ids") if plain else _NEVER) or (dated and name in _DATES):
            continue
        if name.startswith("tcit-"):  # our own words on how to print the parent
            continue
        target = name if plain else _target(name, parent.type, child.type)
        taken = field._replace(name=target, inherited=True, source=field.source or parent.source)
        if target == name:
            fields.setdefault(target, taken)
        else:
            renamed.append((target, taken))
    # A parent's own `booktitle`, written for BibTeX, comes before one made of its title.
    for target, taken in renamed:
        fields.setdefault(target, taken)
    # The book's author counts apart where the part has an author of its own.
    named = "author" in child.fields and "author" in parent.fields
    if named and not plain and child.type in _IN_BOOK:
        author = parent.fields["author"]
        source = author.source or parent.source
        fields.setdefault(
            "bookauthor", author._replace(name="bookauthor", inherited=True, source=source)
        )


def _target(name: str, parent: str, child: str) -> str:
    """The name that a parent's field gets in its child (biblatex manual, appendix B)."""
    if name not in ("title", "subtitle", "titleaddon"):
        return name
    if parent.startswith("mv"):
        return f"main{name}"
    if parent in _WHOLES and child in _PARTS:
        return f"book{name}"
    if parent == "periodical" and child in _PERIODICAL_PARTS:
        return f"journal{name}"
    return name
