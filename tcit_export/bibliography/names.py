"""Name lists of BibTeX and biblatex -> CSL names.

The grammar is BibTeX's ("Tame the BeaST", section on names; btxdoc, section 4): names are parted
by `and`, a name is `First von Last`, `von Last, First` or `von Last, Jr, First`, braces keep words
together and whole groups literal; `von` is what begins in lower case.  biblatex adds the extended
format `family=..., given=...` (manual, section 3.5) and annotations (section 3.7).  What exporters
make of names (initials run together, CAPITALS, semicolons) is repaired by rules that are named
where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from tcit_export import limits
from tcit_export.bibliography import mistakes
from tcit_export.bibliography.group_names import is_group, rejoined
from tcit_export.bibliography.inverted_groups import as_spoken
from tcit_export.bibliography.latex import to_plain
from tcit_export.bibliography.library import Remark
from tcit_export.bibliography.mistakes import short
from tcit_export.bibliography.name_syntax import COMMA, WORD, is_braced, split, unbraced
from tcit_export.bibliography.one_name import EXTENDED, INITIALS, SUFFIX, literal, read_name
from tcit_export.bibliography.proper_nouns import proper_nouns
from tcit_export.csl.item import Name
from tcit_export.patterns import late

_AND: Final = re.compile(r"[{}aA](?:(?<=[{}])|(?<![^\s}].)[nN][dD](?![^\s{]))")
_SEPARATORS: Final = re.compile(r"[{}]|;|\\?&")
_OTHERS: Final = late(r"(?:others|et[\s~]+al\.?)", re.IGNORECASE)
_ET_AL: Final = late(r",?[\s~]+et[\s~]+al\.?$", re.IGNORECASE)
_PLAIN_PERSON: Final = re.compile(
    r"([A-ZÀ-ÖØ-Þ][a-zß-öø-ž]*[a-z]), "
    r"((?!(?:Ph|Psy|Ed) )[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]*[a-z]|\.)(?: [A-Z]\.)*)"
)
"""`Winnicott, Donald W.`, as most names are: nothing to be repaired, no degree (`Ph D.`)."""
_LETTER_AND_BLANK: Final = late(
    r"(?<!\{)(\\(?:AA|aa|AE|ae|OE|oe|ss|[OoLlij]))[ ]+(?!and\b)(?=[a-z\\])"
)
"""`S\\o ren`: the blank ends TeX's command, and not the first name."""
_LAST_STOP_OF_PERSON: Final = re.compile(r"(?<=[a-z]{2})(?<! Inc)(?<! Ltd)(?<!Corp)\.$")
"""Catalogues end headings with a full stop, which is none of an abbreviation (`Inc.`)."""


class NameList(NamedTuple):
    """The names of a field; `others` where it ends in `and others`."""

    names: tuple[Name, ...]
    others: bool = False
    remarks: tuple[Remark, ...] = ()


def parse_names(value: str) -> NameList:
    """The names of an `author`, `editor`, ... field (LaTeX not yet decoded)."""
    remarks: list[Remark] = []
    if "\\" in value:
        value = _LETTER_AND_BLANK.sub(r"{\1}", value)
    pieces = [piece.strip() for piece in split(_AND, value)]
    if len(pieces) == 1:
        pieces = _unwrapped_list(pieces[0], remarks)
    if len(pieces) > limits.BIBTEX_NAMES:
        message = f"this field has {len(pieces):,} names"
        remarks.append(Remark(mistakes.TOO_MANY_NAMES, message))
        del pieces[limits.BIBTEX_NAMES :]
    if not all(pieces) and value.strip():
        remarks.append(Remark(mistakes.EMPTY_NAME, "an `and` has no name on one side"))
    others = False
    names: list[Name] = []
    for piece in rejoined([piece for piece in pieces if piece]):
        perhaps = piece.lower().endswith(("others", "al", "al.", "}"))
        if perhaps and _OTHERS.fullmatch(unbraced(piece)):
            others = True
            continue
        if perhaps and (cut := _ET_AL.search(piece)):
            piece, others = piece[: cut.start()], True
        found, said = _read(piece)
        names.extend(found)
        remarks.extend(said)
    return NameList(tuple(names), others, tuple(dict.fromkeys(remarks)))


@lru_cache(maxsize=8_192)
def _read(piece: str) -> tuple[tuple[Name, ...], tuple[Remark, ...]]:
    """The names of a piece, and what is wrong with them; people stand in many entries."""
    if (plain := _PLAIN_PERSON.fullmatch(piece)) and not as_spoken(piece):
        return (Name(plain[1], plain[2]),), ()
    remarks: list[Remark] = []
    return tuple(name for name in _names(piece, remarks) if _shown(name)), tuple(remarks)


def split_list(value: str) -> tuple[str, ...]:
    """A biblatex literal list (`publisher`, `location`, `institution`, `language`) at `and`.

    The parts are LaTeX still, without braces around the whole of one.
    """
    pieces = (unbraced(piece.strip()) for piece in split(_AND, value))
    return tuple(piece for piece in pieces if piece)


def parse_annotations(value: str) -> Mapping[int, tuple[str, ...]]:
    """`author+an = {1=corresponding; 2="@user"}`: annotations by position from 1 (0: the field).

    Annotations of a part of a name (`1:family=...`) count for the name.
    """
    found: dict[int, tuple[str, ...]] = {}
    for part in _outside_quotes(value, ";"):
        position, equals, annotations = part.partition("=")
        number = position.split(":")[0].strip()
        if not equals or not (number.isdecimal() or not number) or len(number) > 6:
            continue
        words = tuple(
            to_plain(word.strip().strip('"')).text for word in _outside_quotes(annotations, ",")
        )
        index = int(number) if number else 0
        found[index] = found.get(index, ()) + tuple(word for word in words if word)
    return found


def _outside_quotes(text: str, separator: str) -> list[str]:
    return re.findall(rf'(?:[^{separator}"]|"[^"]*"?)+', text)


def _unwrapped_list(piece: str, remarks: list[Remark]) -> list[str]:
    """`{{Smith, John and Doe, Jane}}`: a list of persons in a group's braces, by its commas."""
    if not is_braced(piece):
        return [piece]
    inner = [part.strip() for part in split(_AND, unbraced(piece))]
    if len(inner) > 1 and all(len(split(COMMA, part)) == 2 for part in inner):
        message = "the whole list of names is in braces, which makes it one group"
        remarks.append(Remark(mistakes.MISREAD_NAME, message, ("take the inner braces away",)))
        return inner
    return [piece]


def _shown(name: Name) -> bool:
    return bool(name.family or name.given or name.literal)


def _names(piece: str, remarks: list[Remark]) -> Iterator[Name]:
    """One piece between two `and`s: a name, or several with wrong separators."""
    if is_braced(piece):
        yield literal(piece)
        return
    parts = _wrongly_separated(piece)
    if len(parts) > 1:
        hint = "write `and` between the names"
        shown = short(to_plain(piece).text)
        remarks.append(
            Remark(mistakes.WRONG_NAME_SEPARATOR, f"`{shown}` seems to be several names", (hint,))
        )
    for part in parts:
        if name := read_name(_LAST_STOP_OF_PERSON.sub("", part), remarks):
            yield name


def _wrongly_separated(piece: str) -> list[str]:
    """Names parted by semicolons, ampersands or commas, as some exporters have it."""
    piece = piece.rstrip(" ,")  # `Lund, E., Berg, O., and Dahl, I.`
    parts = [part.strip() for part in split(_SEPARATORS, piece)]
    if len(parts) > 1 and all(map(_may_be_person, parts)):
        return [name for part in parts for name in _wrongly_separated(part.strip(" ,"))]
    commas = [part.strip() for part in split(COMMA, piece)]
    if len(commas) == 2 and " " in commas[0] and _are_two_persons(*commas):
        return commas
    if len(commas) < 3 or not all(commas) or any(EXTENDED.match(part) for part in commas):
        return [piece]
    if len(commas) % 2 == 0 and all(INITIALS.fullmatch(part) for part in commas[1::2]):
        return [f"{commas[n]}, {commas[n + 1]}" for n in range(0, len(commas), 2)]
    if all(len(split(WORD, part)) > 1 for part in commas) and not SUFFIX.fullmatch(commas[1]):
        return commas
    return [piece]


_GIVEN_AND_FAMILY: Final = late(
    r"(?P<first>[A-Z]\.|[A-Z]\w+)(?P<initials>(?: ?[A-Z]\.)*)(?: [a-z]{2,4}){0,2} "
    r"(?!Jr|Sr)[A-Z][\w'’-]+"
)


def _are_two_persons(first: str, second: str) -> bool:
    """Whether `Eva B. Lund, Ola Berg` are two, and not a family of two names and given ones.

    No family name, and no given one, has an initial in its midst; `Peter Lund` is a person's. But
    `Lewis Herman, Judith Ann` is one, as a family is hardly called Ann.
    """
    given = proper_nouns().given
    told = -1 if second.rpartition(" ")[2].lower() in given else 0
    for part in (first, second):
        found = None if is_group(part) else _GIVEN_AND_FAMILY.fullmatch(part)
        if found is None or SUFFIX.fullmatch(part.rpartition(" ")[2]):
            return False
        if found["initials"] or found["first"].endswith("."):
            told += 2
        else:
            told += found["first"].lower() in given
    return told > 1


def _may_be_person(part: str) -> bool:
    words = part.strip(" ,").split()
    return bool(words) and not is_group(part) and ("," in part or len(words) > 1)
