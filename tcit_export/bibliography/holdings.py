"""What entries hold, as selecting, sorting and grouping see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

from tcit_export.bibliography.group_words import KINDS
from tcit_export.bibliography.latex import strip_markup, to_plain
from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.reading import Vocabulary, importance_word, plain
from tcit_export.csl.item import Name
from tcit_export.csl.sort import collate
from tcit_export.model.nodes import Importance, ListedWork
from tcit_export.patterns import late

Place: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What the document says of works: what no entry holds.

    `works` are those that the list names itself, by key and in its order; `cited` the place of
    each work's first citation in the text, by key.
    """

    works: Mapping[str, ListedWork] = field(default_factory=dict)
    cited: Mapping[str, int] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def importance(self, entry: Entry) -> Importance | None:
        """How important a work is here."""
        word = importance_word(entry, self.works.get(entry.key))
        return self.vocabulary.find(word) if word else None


def values_of(name: str, entry: Entry, listed: Listing) -> tuple[str, ...]:
    """What an entry holds in a field of words, as readers write it."""
    match name:
        case "key":
            return (entry.key,)
        case "type":
            return (entry.type, entry.item.type, KINDS[kind_of(entry)])
        case "author":
            return tuple(full_name(each) for each in authors(entry))
        case "editor":
            return tuple(full_name(each) for each in entry.item.names.get("editor", ()))
        case "keyword":
            return topics(entry, listed)
        case "title":
            return texts(entry, "title", "tcit-title-addon")
        case "journal":
            return texts(entry, "container-title")
        case "language":
            return languages(entry)
        case "importance":
            found = listed.importance(entry)
            return (found.name,) if found else ()
        case _:
            raise ValueError(f"`{name}` is no field of words")


_NO_AUTHORS: Final = frozenset(
    """editor translator editor-translator collection-editor container-author recipient
    reviewed-author original-author""".split()
)


def authors(entry: Entry) -> tuple[Name, ...]:
    """The persons at the author's place: authors, directors, hosts."""
    names = entry.item.names
    if "author" in names:
        return names["author"]
    return tuple(
        name
        for variable in sorted(names)
        if variable not in _NO_AUTHORS
        for name in names[variable]
    )


def full_name(name: Name) -> str:
    """`Family, Given`, or the name of a group."""
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return name.literal or ", ".join(part for part in (family, given) if part)


def texts(entry: Entry, *variables: str) -> tuple[str, ...]:
    fields = entry.item.fields
    return tuple(strip_markup(fields[name]) for name in variables if fields.get(name))


def languages(entry: Entry) -> tuple[str, ...]:
    typed = (plain(entry, name) for name in ("langid", "language"))
    tag = entry.item.fields.get("language", "")
    return tuple(dict.fromkeys(text for text in (tag, *typed) if text))


def years(entry: Entry) -> tuple[tuple[int, int], ...]:
    issued = entry.item.dates.get("issued")
    parts = [part for part in issued.date_parts if part] if issued else []
    if not parts:
        return ()
    first, last = parts[0][0], parts[-1][0]
    return ((first, last if last >= first else first),)


_SPLIT_KEYWORDS: Final = late(r"[,;](?![^{}]*\})")


def topics(entry: Entry, listed: Listing) -> tuple[str, ...]:
    """The keywords of a work, without LaTeX; commas inside braces part nothing."""
    work = listed.works.get(entry.key)
    if work is not None and work.topics:
        return work.topics
    found = entry.fields.get("keywords") or entry.fields.get("keyword")
    if found is None:
        return ()
    return _keywords(found.value)


@lru_cache(maxsize=32768)
def _keywords(value: str) -> tuple[str, ...]:
    """The parts of a field: asked again for each query, rule and heading of a document."""
    parts = (" ".join(to_plain(part).text.split()) for part in _SPLIT_KEYWORDS.split(value))
    return tuple(dict.fromkeys(part for part in parts if part))


KIND_OF: Final = {
    csl: KINDS.index(kind)
    for kind, types in {
        "article": "article-journal review review-book periodical",
        "book": "book classic collection",
        "chapter": "chapter entry entry-dictionary entry-encyclopedia",
        "conference": "paper-conference speech event",
        "thesis": "thesis",
        "report": "report standard patent pamphlet",
        "press": "article-magazine article-newspaper",
        "web": "webpage post post-weblog",
        "media": """motion_picture broadcast song graphic figure map musical_score performance
            interview""",
        "data": "dataset software",
        "unpublished": "manuscript article personal_communication",
        "legal": "bill hearing legal_case legislation regulation treaty",
    }.items()
    for csl in types.split()
}


def kind_of(entry: Entry) -> int:
    """What sort of work it is: its index in `KINDS`."""
    return KIND_OF.get(entry.item.type, len(KINDS) - 1)


_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼ`"))
_WORD: Final = late(r"[^\W_]+")


@lru_cache(maxsize=65536)
def word_list(text: str) -> tuple[str, ...]:
    """The words of a text, without case and accents."""
    folded = text.casefold().translate(_APOSTROPHES)
    if not folded.isascii():
        split = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in split if not unicodedata.combining(char))
    return tuple(_WORD.findall(folded))


def natural(text: str) -> Place:
    """A key by which Week 2 comes before Week 10; numbers before words."""
    parts = re.split(r"(\d{1,18})", text)
    pieces = ((0, int(part), "") if part.isdigit() else (1, 0, collate(part)[0]) for part in parts)
    return tuple(piece for piece in pieces if piece != (1, 0, ""))
