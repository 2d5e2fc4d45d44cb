"""Works that speak of other works: reviews, comments, reprints (APA 7, sections 9.41, 10.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from tcit_export.bibliography.rules.contributors import listed, upright
from tcit_export.bibliography.rules.record import Record
from tcit_export.csl.item import Item

_NOUNS: Final = {
    "book": "book",
    "motion_picture": "film",
    "broadcast": "TV series",
    "song": "album",
    "software": "software",
    "report": "report",
    "thesis": "thesis",
    "chapter": "chapter",
    "graphic": "artwork",
    "webpage": "website",
    "dataset": "data set",
    "performance": "performance",
}
"""What a reviewed work is called where `relatedstring` does not say it (10.7)."""

_PARTS: Final = frozenset(
    """article-journal article-magazine article-newspaper chapter paper-conference
    post-weblog""".split()
)


class Relation(NamedTuple):
    """What an entry has to do with another: biblatex's `relatedtype` and `relatedstring`."""

    kind: str
    wording: str
    work: Item


_REVIEWING: Final = ("reviewof", "commenton", "commentof")


def set_relations(record: Record, relations: Sequence[Relation]) -> None:
    """Write down all that an entry has to do with others; several reviewed works in one bracket."""
    reviewed = [relation for relation in relations if relation.kind.lower() in _REVIEWING]
    for relation in relations:
        if len(reviewed) < 2 or relation not in reviewed:
            set_relation(record, relation)
    if len(reviewed) > 1:
        _set_several_reviewed(record, reviewed)


def set_relation(record: Record, relation: Relation) -> None:
    """Write down the other work as the relation needs it."""
    kind = relation.kind.lower()
    if kind in _REVIEWING:
        _set_reviewed(record, relation)
    elif kind in ("reprintfrom", "reprintedfrom"):
        _set_reprint(record, relation)
    elif kind in ("reprintof", "translationof", "translatedas", "origpubin", "origpubas"):
        _set_original(record, relation.work)


def _is_part(work: Item) -> bool:
    """Whether its title stands in quotation marks: articles, chapters, episodes, songs."""
    genre = work.fields.get("genre", "").lower()
    return work.type in _PARTS or "episode" in genre or genre == "song"


def _set_reviewed(record: Record, relation: Relation) -> None:
    """10.7: `[Review of the book Title, by A. Author]`."""
    work = relation.work
    verb = "Comment on" if relation.kind.lower().startswith("comment") else "Review of"
    wording = relation.wording or f"{verb} the {_noun(work)}"
    record.put("tcit-relation", wording)
    for said in ("genre", "tcit-title-addon"):  # [Comment] [Comment on the video …]
        if wording.lower().startswith(f"{record.fields.get(said, wording)} ".lower()):
            del record.fields[said]
    variable = "tcit-relation-part" if _is_part(work) else "tcit-relation-whole"
    record.put(variable, work.fields.get("title", ""))
    record.put("reviewed-title", work.fields.get("title", ""))
    record.put("reviewed-genre", _noun(work))
    names = work.names.get("author") or work.names.get("editor", ())
    if names:
        record.names["tcit-relation-author"] = names
        record.names["reviewed-author"] = names
        record.put("tcit-relation-role", _role(work))


def _set_several_reviewed(record: Record, relations: Sequence[Relation]) -> None:
    """10.7: `[Review of the books Title, by A. Author, and Title, by B. Author]`."""
    nouns = {_noun(relation.work) for relation in relations}
    noun = nouns.pop() if len(nouns) == 1 else "work"
    verb = "Comment on" if relations[0].kind.lower().startswith("comment") else "Review of"
    plural = noun if noun in ("software", "TV series", "artwork") else f"{noun}s"
    wording = relations[0].wording or f"{verb} the {plural}"
    works = [_reviewed_phrase(relation.work) for relation in relations]
    mark = ";" if len(works) > 2 else ","
    record.put("tcit-relation", f"{wording} {f'{mark} '.join(works[:-1])}{mark} and {works[-1]}")


def _reviewed_phrase(work: Item) -> str:
    """One of several reviewed works, in the words of the bracket."""
    title = work.fields.get("title", "")
    shown = f"“{title}”" if _is_part(work) else f"<i>{title}</i>"
    names = work.names.get("author") or work.names.get("editor", ())
    people = listed([upright(name) for name in names])
    by = ", ".join(part for part in (people, _role(work) if names else "") if part)
    return f"{shown}, by {by}" if by else shown


def _noun(work: Item) -> str:
    genre = work.fields.get("genre", "")
    if genre and work.type in ("motion_picture", "broadcast", "song", "graphic", "software"):
        return genre if re.match(r"[A-Z]{2}|PowerPoint", genre) else genre[0].lower() + genre[1:]
    return "article" if work.type.startswith("article") else _NOUNS.get(work.type, "work")


def _role(work: Item) -> str:
    if work.names.get("author"):
        return work.fields.get("tcit-author-role", "")
    return _editors(work)


def _editors(work: Item) -> str:
    return "Eds." if len(work.names.get("editor", ())) > 1 else "Ed."


def _set_original(record: Record, work: Item) -> None:
    """9.41: the date of the original, unless `origdate` has said it."""
    if "issued" in work.dates and "original-date" not in record.dates:
        record.dates["original-date"] = work.dates["issued"]


def _set_reprint(record: Record, relation: Relation) -> None:
    """9.41; 10.1, Example 11; 10.3, Examples 43-44: (Reprinted from …)."""
    work = relation.work
    _set_original(record, work)
    if work.type == "chapter" and "container-title" in work.fields:  # its book is the source
        authors = () if "editor" in work.names else work.names.get("author", ())
        fields = {**work.fields, "title": work.fields["container-title"]}
        fields.pop("container-title")
        work = replace(work, fields=fields, names={**work.names, "author": authors})
    part = "container-title" in work.fields
    record.put(f"tcit-reprint-{'part' if part else 'whole'}", work.fields.get("title", ""))
    _copy(record, work.fields, {
        "container-title": "container", "volume": "volume", "issue": "issue", "page": "page",
    })  # fmt: skip
    record.flag("tcit-reprint-one-page", work.fields.get("page", "").isalnum())
    if not part:
        record.put("tcit-reprint-publisher", work.fields.get("publisher", ""))
        names = work.names.get("editor") or work.names.get("author", ())
        if names and names != record.names.get("author"):
            record.names["tcit-reprint-author"] = names
            record.put("tcit-reprint-role", _editors(work) if "editor" in work.names else "")
    doi = work.fields.get("DOI", "")
    record.put(
        "tcit-reprint-address", f"https://doi.org/{doi}" if doi else work.fields.get("URL", "")
    )


def _copy(record: Record, fields: Mapping[str, str], parts: Mapping[str, str]) -> None:
    for variable, part in parts.items():
        record.put(f"tcit-reprint-{part}", fields.get(variable, ""))
