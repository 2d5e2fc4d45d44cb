"""What APA wants of citations that depends on the whole document (APA 7, chapter 8).

CSL looks at one work at a time; whether a group's abbreviation was introduced is a matter of the
group. `prepared` says so on each cite, before the processor sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tcit_export.csl.item import Date, Item
from tcit_export.csl.output import Opaque
from tcit_export.csl.processor import Affix, Citation, CitationItem
from tcit_export.patterns import late

_SECONDARY: Final = re.compile(
    r"^\s*,?\s*(?:as (?:cited|quoted|discussed|described|reported) in|zit(?:\.|iert) nach|"
    r"citée? (?:dans|par)|citad[oa] (?:en|por))(?!\w)",
    re.IGNORECASE,
)
_SECONDARY_ALONE: Final = late(_SECONDARY.pattern + r"\s*$", re.I)
_CANONICAL: Final = late(r"^\d+[.:]\d+(?:[.:]\d+)*(?:\s*[-–]\s*\d+(?:[.:]\d+)*)?$")
"""Act, scene and line, or chapter and verse: parts of classics that are no pages (8.13)."""
ABBREVIATION: Final = "tcit-group-abbreviation"
CITE_VARIABLES: Final = {
    "tcit-group-introduced": "flag: this cite names a group for the first time (8.21)",
    "tcit-group-known": "flag: the group's abbreviation was given before (8.21)",
    "tcit-narrative": "flag: the cite is narrative, its names stand in the sentence (8.11)",
}
"""Variables that a cite brings, besides those of its work."""


def prepared(items: Iterable[Item], citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations of one document, in its order, ready for the processor."""
    by_id = {item.id: item for item in items}
    introduced: set[str] = set()
    found = []
    for citation in citations:
        cites = _with_groups(_secondary(citation.items), by_id, introduced)
        found.append(replace(citation, items=tuple(map(_prepared, cites))))
    return tuple(found)


def _with_groups(
    cites: Sequence[CitationItem], items: Mapping[str, Item], introduced: set[str]
) -> list[CitationItem]:
    """8.21: the first cite of a group, as they are sorted, introduces its abbreviation.

    Those beside it in the same parentheses share its name: `(Group [G], 2001, 2003)`.
    """
    groups = {
        n: item
        for n, cite in enumerate(cites)
        if (item := items.get(cite.id)) is not None
        and ABBREVIATION in item.names
        and cite.mode != "suppress-author"
    }
    first: dict[str, int] = {}
    for n in sorted(groups, key=lambda n: (cites[n].prefix != "", _listed(groups[n]))):
        first.setdefault(groups[n].names["author"][0].literal, n)
    found = list(cites)
    for n, item in groups.items():
        group = item.names["author"][0].literal
        if group in introduced or n == first[group] or cites[n].prefix:
            known = group in introduced or n != first[group]
            found[n] = replace(cites[n], variables=group_variables(cites[n], known=known))
    introduced.update(first)
    return found


def _listed(item: Item) -> tuple[int, tuple[tuple[int, ...], ...], str]:
    """Where a work of a group stands among its works: n.d., years, in press (9.46)."""
    issued = item.dates.get("issued", Date()).date_parts
    undated = 2 if "status" in item.fields else 0
    return (1 if issued else undated, issued, item.fields.get("tcit-sort-title", ""))


def _secondary(cites: Sequence[CitationItem]) -> list[CitationItem]:
    """8.6: `[@a, as cited in @b]`, typed without semicolon, is what `[@a; as cited in @b]` says."""
    found: list[CitationItem] = []
    for cite in cites:
        before = found[-1] if found else None
        if before is not None and _SECONDARY_ALONE.match(affix_text(before.suffix)):
            found[-1] = replace(before, suffix="")
            cite = replace(cite, prefix=affix_text(before.suffix).strip() + " ")
        found.append(cite)
    return found


def _prepared(cite: CitationItem) -> CitationItem:
    if cite.label in ("page", "verse") and _CANONICAL.match(cite.locator):
        place = ", " + cite.locator.replace("-", "–")
        cite = replace(cite, locator="", suffix=_joined(place, cite.suffix))
    elif cite.mode == "author-in-text" and re.match(r"\s*\w", affix_text(cite.suffix)):
        cite = replace(cite, suffix=_joined(", ", cite.suffix))  # `@a [Slide 7]`: (2020, Slide 7)
    if _SECONDARY.match(affix_text(cite.prefix)):
        cite = replace(cite, prefix=_after_comma(cite.prefix))
    return cite


def group_variables(cite: CitationItem, *, known: bool) -> Mapping[str, str]:
    """8.21: in full with the abbreviation at the first mention, then the abbreviation alone."""
    if known:
        return {"tcit-group-known": "1"}
    narrative = {"tcit-narrative": "1"} if cite.mode == "author-in-text" else {}
    return {"tcit-group-introduced": "1", **narrative}


def affix_text(affix: Affix) -> str:
    """How a prefix or suffix reads."""
    if isinstance(affix, str):
        return affix
    parts = affix if isinstance(affix, tuple) else (affix,)
    return "".join(part.text if isinstance(part, Opaque) else part for part in parts)


def _after_comma(prefix: Affix) -> Affix:
    """8.6: `(Lund, 1982, as cited in Berg et al., 2014)`: a comma, where others have `;`."""
    return prefix if affix_text(prefix).lstrip().startswith(",") else _joined(", ", prefix)


def _joined(text: str, affix: Affix) -> Affix:
    """A text before an affix."""
    if not affix:
        return text
    return (text, *affix) if isinstance(affix, tuple) else (text, affix)
