"""Two extracts -> where they differ. White space is folded; nothing else is forgiven.

A text that was set in lines does not tell whether a line ended at a space or within a word (a long
address), so there, and only there, both are right.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from tcit_export.verify.extract import LINE, PAGE, Citation, Entry, Extract, Link


class Difference(NamedTuple):
    """One place where two files differ: what it is, and what each of them says there."""

    what: str
    first: str
    second: str


def differences(first: Extract, second: Extract) -> Iterator[Difference]:
    """All differences between two files, references first, in their order."""
    entries = zip_longest(first.references, second.references)
    for number, (entry, other) in enumerate(entries, 1):
        yield from _entry(f"reference {number}", entry, other)
    citations = zip_longest(first.citations, second.citations)
    for number, (citation, counterpart) in enumerate(citations, 1):
        yield from _citation(f"citation {number}", citation, counterpart)


def _entry(what: str, first: Entry | None, second: Entry | None) -> Iterator[Difference]:
    if first is None or second is None:
        shown = (entry.text if entry else _NOTHING for entry in (first, second))
        yield Difference(what, *shown)
        return
    if not same_text(first.text, second.text):
        yield Difference(what, first.text, second.text)
    if first.list != second.list:
        yield Difference(f"{what}, the list of", f"list {first.list}", f"list {second.list}")
    for number, (link, other) in enumerate(zip_longest(first.links, second.links), 1):
        if not _same_link(link, other):
            yield Difference(f"{what}, link {number}", _shown(link), _shown(other))


def _citation(what: str, first: Citation | None, second: Citation | None) -> Iterator[Difference]:
    link, other = (citation.link if citation else None for citation in (first, second))
    if not _same_link(link, other):
        yield Difference(what, _shown(link), _shown(other))
    if first is None or second is None:
        return
    if not same_text(first.before, second.before, from_end=True):
        yield Difference(f"{what}, the text before it", first.before, second.before)
    if not same_text(first.after, second.after):
        yield Difference(f"{what}, the text after it", first.after, second.after)


def _same_link(first: Link | None, second: Link | None) -> bool:
    if first is None or second is None:
        return first is second
    return first.target == second.target and same_text(first.text, second.text)


_NOTHING = "(nothing)"


def _shown(link: Link | None) -> str:
    return f"{link.text} -> {link.target}" if link else _NOTHING


def same_text(first: str, second: str, *, from_end: bool = False) -> bool:
    """Whether two folded texts say the same, up to a page's end if there is one."""
    if from_end:
        first, second = first[::-1], second[::-1]
    here, there = 0, 0
    while here < len(first) and there < len(second):
        a, b = first[here], second[there]
        if a == b:
            here, there = here + 1, there + 1
        elif a in (LINE, PAGE):
            here, there = here + 1, there + (b in (" ", LINE, PAGE))
        elif b in (LINE, PAGE):
            here, there = here + (a == " "), there + 1
        else:
            return False
    rest = (first[here:] or second[there:]).lstrip(LINE)
    return rest == "" or rest.startswith(PAGE)
