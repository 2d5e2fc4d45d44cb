"""Who made the work: names, roles, user names, abbreviations (APA 7, sections 9.7-9.12)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from tcit_export.bibliography.names import NameList, parse_annotations, parse_names, split_list
from tcit_export.bibliography.rules.kind import how_published_words, wikipedia_article
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.bibliography.rules.typed_roles import names_editors, without_roles
from tcit_export.bibliography.rules.wording import ROLES, description, how_published, joined, role
from tcit_export.csl.item import Name
from tcit_export.patterns import late

_PLAIN_FIELDS: Final = {
    "editor": "editor",
    "translator": "translator",
    "narrator": "narrator",
    "bookauthor": "container-author",
    "director": "director",
    "producer": "producer",
    "illustrator": "illustrator",
    "introduction": "contributor",
    "composer": "composer",
    "performer": "performer",
    "with": "tcit-with",
}
"""Name fields and the CSL variables they fill."""
_MAKERS: Final = (
    *_PLAIN_FIELDS, "editortype", "editora", "editorb", "editorc", "writer", "execproducer",
    "execdirector",
)  # fmt: skip
"""All fields of names but that of the authors."""

_EDITOR_TYPES: Final = {
    "editor": "editor",
    "compiler": "compiler",
    "director": "director",
    "producer": "producer",
    "translator": "translator",
    "narrator": "narrator",
    "host": "host",
    "organizer": "organizer",
    "chair": "chair",
    "collaborator": "contributor",
    "series": "collection-editor",
    "serieseditor": "collection-editor",
    "redactor": "collection-editor",  # Zotero's word for the editor of a series
    "illustrator": "illustrator",
}
"""What biblatex's `editortype` (and `editoratype` …) makes of an editor."""


def set_names(record: Record) -> None:
    """APA 7, 9.8-9.11: every list of names in its variable."""
    authors = None if wikipedia_article(record) else _authors(record)
    if authors and names_editors(record.raw("author")) and not record.has("editor"):
        record.names["editor"] = authors.names + _and_others(authors)
        _flag_editors(record, authors)
        authors = None
    if authors and len(authors.names) == 1 and is_group(authors.names[0]):
        authors = NameList(authors.names)  # Google Scholar's `{{A Group}} and others`
    if authors:
        authors, typed_users = _without_users(authors)
        record.names["author"] = authors.names + _and_others(authors)
        if authors.others:
            record.flag("tcit-author-others")
            record.names["tcit-author"] = authors.names
        record.flag("tcit-group-authors", all(is_group(name) for name in authors.names))
        _keep_small_letters(record, authors.names)
        _annotate(record, authors.names, typed_users)
    if record.has(*_MAKERS):
        _set_plain_fields(record)
        _set_typed_editors(record)
        _set_producers(record)
    _set_abbreviation(record)


def _set_plain_fields(record: Record) -> None:
    for name, variable in _PLAIN_FIELDS.items():
        found = _names(record, name)
        if found and variable not in record.names:
            if _named_twice(record, variable, found):
                continue
            record.names[variable] = found.names + _and_others(found)
            if variable == "editor":
                _flag_editors(record, found)


def _named_twice(record: Record, variable: str, found: NameList) -> bool:
    """Mendeley names the author of a book as its editor, too."""
    whole = variable == "editor" and record.type == "book"
    return whole and found.names == record.names.get("author")


def _flag_editors(record: Record, editors: NameList) -> None:
    """What the style must know of editors that CSL cannot tell: `and others`, all groups."""
    if editors.others:
        record.flag("tcit-editor-others")
        if len(editors.names) > 1:
            record.names["tcit-editor"] = editors.names
    record.flag("tcit-group-editors", all(is_group(name) for name in editors.names))


def _keep_small_letters(record: Record, authors: Sequence[Name]) -> None:
    """9.8: `hooks, b.`, as the author writes the name; CSL makes initials of capitals alone."""
    if any(name.family.islower() and name.given.islower() for name in authors):
        record.names["tcit-author"] = tuple(Name(literal=inverted(name)) for name in authors)


def _is_its_own_site(record: Record) -> bool:
    """9.11: an author without braces whom the entry names again as publisher or site."""
    fields = ("publisher", "organization", "institution", "booktitle", "howpublished")
    if not record.has(*fields):
        return False
    author = fold(record.text("author"))
    return any(fold(record.text(name)) == author for name in fields if record.has(name))


def _authors(record: Record) -> NameList | None:
    """The authors, with the groups that biblatex-apa's older versions have in a field of theirs."""
    authors = _names(record, "author")
    if authors and _is_its_own_site(record):
        return NameList((parse_names(f"{{{record.raw('author')}}}").names[0],))
    if authors is None and record.entry.type == "manual":
        return _organization_of_manual(record)
    groups = record.entry.get("groupauthor")
    if authors is None or not groups or record.filled("author") == "groupauthor":
        return authors
    found = parse_names(groups)
    return authors._replace(names=authors.names + found.names, others=found.others)


def _organization_of_manual(record: Record) -> NameList | None:
    """9.11: BibTeX's `@manual` without people is by its `organization`, as its styles have it."""
    if not record.has("organization") or record.has("publisher", *_MAKERS):
        return None
    return NameList((parse_names(f"{{{record.raw('organization')}}}").names[0],))


def _names(record: Record, name: str) -> NameList | None:
    if not record.has(name):
        return None
    raw = record.raw(name)
    if name in ("author", "editor", "translator"):
        raw = without_roles(raw)
    found = parse_names(_GROUP_AND_USER.sub(r"{\1 [\2]}", raw) if "[" in raw else raw)
    if found.remarks:
        record.remarks.extend((record.filled(name), remark) for remark in found.remarks)
    if "useprefix" in record.raw("options"):
        found = _without_prefixes(record, found)
    return found if found.names else None


_NO_PREFIX: Final = late(r"\buseprefix\s*=\s*false\b", re.IGNORECASE)


def _without_prefixes(record: Record, found: NameList) -> NameList:
    """biblatex's `options = {useprefix=false}`: Beethoven, L. van."""
    if not _NO_PREFIX.search(record.raw("options")):
        return found
    return found._replace(
        names=tuple(
            replace(
                name,
                dropping_particle=name.dropping_particle or name.non_dropping_particle,
                non_dropping_particle="",
            )
            for name in found.names
        ),
    )


def _and_others(names: NameList) -> tuple[Name, ...]:
    """BibTeX's `and others`, in the way CSL-JSON's users write it."""
    return (Name(literal="others"),) if names.others else ()


def is_group(name: Name) -> bool:
    """Whether a name is a group's (9.11): it came in braces and has no parts."""
    return bool(name.literal)


# ---------------------------------------------------------------- roles and user names


_GROUP_AND_USER: Final = late(r"\{([^{}]+)\}\s*\[(@?[\w.]+)\]")
"""A group in braces with the user name behind them."""
_USER: Final = late(r"\s*\[(@?\w[^\[\]]*)\]$")


def _without_users(authors: NameList) -> tuple[NameList, Mapping[int, tuple[str, ...]]]:
    """10.15: user names that were typed after names (`Lund, Eva [@evalund]`), by position."""
    users: dict[int, tuple[str, ...]] = {}
    names: list[Name] = []
    for position, name in enumerate(authors.names, start=1):
        typed = name.literal or name.given or name.family
        found = _USER.search(typed) if typed.endswith("]") else None
        if found:
            users[position] = (found.group(1),)
            name = replace(
                name,
                literal=_USER.sub("", name.literal),
                given=_USER.sub("", name.given),
                family=_USER.sub("", name.family),
            )
        names.append(name)
    return authors._replace(names=tuple(names)), users


def _annotate(
    record: Record, authors: Sequence[Name], typed_users: Mapping[int, tuple[str, ...]]
) -> None:
    """10.12, 10.15: `Lund, E. (Guest Expert)`, `Lund, E. [@evalund]`, in the list only."""
    field = record.filled("author")
    roles = (
        _annotations(record, field, "role")
        or _author_type(record)
        or _roles_behind_names(record, field)
        or _usual_role(record)
    )
    users = _annotations(record, field, "username") or typed_users
    if not roles and not users:
        return
    whole = [role(key, plural=len(authors) > 1) for key in roles.get(0, ())]
    shown: list[Name] = []
    for position, name in enumerate(authors, start=1):
        text = inverted(name)
        for user in users.get(position, ()):
            if user != text:  # who is known by it alone is called by it alone (10.15)
                text += f" [{user}]"
        own = [role(key) for key in roles.get(position, ())]
        if not own and position == len(authors):
            own = whole
        shown.append(Name(literal=f"{text} ({joined(own)})" if own else text))
    record.names["tcit-author"] = tuple(shown)
    keys = roles.get(len(authors)) or roles.get(0, ())
    record.put("tcit-author-role", joined([role(key, short=True) for key in keys]))


def _annotations(record: Record, field: str, name: str) -> dict[int, tuple[str, ...]]:
    """biber's annotations: `author+an:role = {1=director; 2=writer,director}`."""
    value = record.entry.get(f"{field}+an:{name}")
    return dict(parse_annotations(value)) if value else {}


_ROLE_BEHIND: Final = late(r"\((?P<roles>[^()]+)\)[\s}]*$")


def _roles_behind_names(record: Record, field: str) -> dict[int, tuple[str, ...]]:
    """`Lund, Eva (Writer \\& Director)`, as hands have it: roles by the positions of the names."""
    raw = record.raw(field) if field else ""
    roles: dict[int, tuple[str, ...]] = {}
    for position, name in enumerate(split_list(raw) if "(" in raw else (), start=1):
        found = _ROLE_BEHIND.search(name)
        parts = re.split(r"\s*(?:\\?&|,|/|\bas\b)\s*", found["roles"]) if found else []
        keys = tuple(re.sub(r"\W", "", part).lower() for part in parts)
        if keys and all(key in ROLES and key not in ("editor", "translator") for key in keys):
            roles[position] = keys
    return roles


def _usual_role(record: Record) -> dict[int, tuple[str, ...]]:
    """10.12-10.13: whoever is named without a role directed the film or hosts the podcast."""
    what = description(
        record.text("entrysubtype") or how_published(record)[0] or how_published_words(record)
    )
    if not what:
        what = "Film" if record.entry.type == "movie" else description(record.text("titleaddon"))
    key = {
        "Film": "director",
        "TV series": "execproducer",
        "Audio podcast": "host",
        "Audio podcast episode": "host",
    }.get(what, "")
    people = not any(is_group(name) for name in record.names["author"])
    return {0: (key,)} if key and people else {}


def _author_type(record: Record) -> dict[int, tuple[str, ...]]:
    """biblatex's `authortype`: one role for the whole list."""
    kind = record.text("authortype")
    return {0: (kind,)} if kind and kind.lower() != "author" else {}


def inverted(name: Name) -> str:
    """Surname first, initials after (9.8)."""
    if name.literal:
        return name.literal
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (initials(name.given), name.dropping_particle) if part)
    return ", ".join(part for part in (family, given, name.suffix) if part)


def upright(name: Name) -> str:
    """Initials first, as names stand inside a reference (9.28): `M. A. van der Berg, Jr.`."""
    if name.literal:
        return name.literal
    parts = (
        initials(name.given), name.dropping_particle, name.non_dropping_particle, name.family,
    )  # fmt: skip
    text = " ".join(part for part in parts if part)
    return f"{text}, {name.suffix}" if name.suffix else text


def listed(names: Sequence[str]) -> str:
    """Names with an ampersand before the last (9.8)."""
    if len(names) < 3:
        return " & ".join(names)
    return f"{', '.join(names[:-1])}, & {names[-1]}"


@lru_cache(maxsize=4096)
def initials(given: str) -> str:
    """Given names as initials: `Jean-Paul` is `J.-P.`, `A.J.` is `A. J.` (9.8)."""
    words: list[str] = []
    for word in re.split(r"[\s~]+|(?<=\.)(?=[^\s.-])", given.strip()):
        parts = [part for part in re.split(r"[-‐‑]", word) if part]
        if parts:
            words.append("-".join(f"{part[0]}." if part[0].isalpha() else part for part in parts))
    return " ".join(words)


# ---------------------------------------------------------------- editors and producers


def _set_typed_editors(record: Record) -> None:
    """9.10: `editortype`, and the further editors `editora` to `editorc` with theirs."""
    main = re.sub(r"[^a-z]", "", record.text("editortype").lower())
    if main != "editor" and "editor" in record.names and main in _EDITOR_TYPES.keys() | ROLES:
        _place(record, record.names.pop("editor"), main, main)
    for letter in "abc":
        found = _names(record, f"editor{letter}")
        if found:
            kind = record.text(f"editor{letter}type") or "editor"
            _place(record, found.names, re.sub(r"[^a-z]", "", kind.lower()), kind)
    if "author" not in record.names:
        _set_credits(record)
    for variable in ("director", "compiler", "organizer", "host", "producer", "chair"):
        if variable in record.names and "author" not in record.names:
            _promote(record, variable)
    if record.names.get("compiler") == record.names.get("author"):
        record.names.pop("compiler", None)  # named already


def _set_credits(record: Record) -> None:
    """10.12: an episode is its writers' and its director's, who have fields of their own."""
    writers, directors = _names(record, "writer"), record.names.get("director", ())
    if writers is None or (directors and "episode" not in record.text("entrysubtype")):
        return
    roles: dict[Name, list[str]] = {name: [] for name in (*writers.names, *directors)}
    for name in roles:
        roles[name] += ["writer"] if name in writers.names else []
        roles[name] += ["director"] if name in directors else []
    record.names.pop("director", None)
    record.names["author"] = tuple(roles)
    if len(roles) > 1 and len(set(map(tuple, roles.values()))) == 1:
        last = list(roles)[-1]  # they all did the same: (Writers)
        roles = {
            name: [f"{key}s" for key in own] if name == last else [] for name, own in roles.items()
        }
    record.names["tcit-author"] = tuple(
        Name(literal=inverted(name) + (f" ({joined([role(key) for key in own])})" if own else ""))
        for name, own in roles.items()
    )


def _place(record: Record, names: tuple[Name, ...], key: str, kind: str) -> None:
    """A chair heads the container (10.5); others go where CSL has a variable, or after it."""
    variable = _EDITOR_TYPES.get(key, "")
    heads = "author" in record.names and (
        variable == "chair" or (variable == "producer" and record.has("maintitle"))
    )
    if variable and not heads and variable not in record.names:
        record.names[variable] = names
    elif "author" not in record.names and not record.has("maintitle", "booktitle"):
        _lead(record, names, role(kind, plural=len(names) > 1))
    elif "container-author" not in record.names:
        record.names["container-author"] = names
        record.put("tcit-container-role", role(kind, plural=len(names) > 1))


def _promote(record: Record, variable: str) -> None:
    """Without an author, whoever is responsible stands in that place with the role (9.10)."""
    names = record.names[variable]
    record.names["author"] = names
    if variable == "director" and record.entry.type == "video" and is_group(names[0]):
        return  # 10.12, Example 90: a channel that has uploaded its video
    _lead(record, names, role(variable, plural=len(names) > 1))


def _lead(record: Record, names: tuple[Name, ...], title: str) -> None:
    """Put people into the author's place, their role behind the last."""
    record.names["author"] = names
    shown = [Name(literal=inverted(name)) for name in names]
    shown[-1] = replace(shown[-1], literal=f"{shown[-1].literal} ({title})")
    record.names["tcit-author"] = tuple(shown)


def _set_producers(record: Record) -> None:
    """10.12: the executive producers (or director) of a series stand before its title."""
    for field, key in (("execproducer", "execproducer"), ("execdirector", "execdirector")):
        found = _names(record, field)
        if not found:
            continue
        if "author" not in record.names:
            record.names["executive-producer"] = found.names
            record.names["author"] = found.names
            title = role(key, plural=len(found.names) > 1)
            shown = [Name(literal=inverted(name)) for name in found.names]
            shown[-1] = Name(literal=f"{shown[-1].literal} ({title})")
            record.names["tcit-author"] = tuple(shown)
        elif "container-author" not in record.names:
            record.names["container-author"] = found.names
            record.put("tcit-container-role", role(key, plural=len(found.names) > 1))


def _set_abbreviation(record: Record) -> None:
    """8.21: `shortauthor` abbreviates a group; a `shorthand` does where it is no short title."""
    authors = record.names.get("author", ())
    if len(authors) != 1 or not is_group(authors[0]):
        return
    literal = authors[0].literal
    told = _ABBREVIATED.fullmatch(literal) or _SPELLED_OUT.fullmatch(literal)
    if told and abbreviates(told["short"], told["name"]):  # 9.11: not in the list
        record.names["author"] = (Name(literal=told["name"]),)
        record.names["tcit-group-abbreviation"] = (Name(literal=told["short"]),)
        return
    shorthand = record.text("shorthand")
    if not abbreviates(shorthand, authors[0].literal):
        shorthand = ""
    short = record.text("shortauthor") or shorthand
    if short and short != authors[0].literal:
        record.names["tcit-group-abbreviation"] = (Name(literal=short),)


_ABBREVIATED: Final = late(r"(?P<name>.+?)\s*[(\[](?P<short>[A-Z][A-Za-z.&-]{1,11})[)\]]")

_SPELLED_OUT: Final = late(r"(?P<short>[A-Z]{2,8}) \((?P<name>[A-Z][^()]+)\)")


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` are the initials of `long` (small words may be missing)."""
    initials_of = [word[0].lower() for word in re.findall(r"[^\W\d_]+", long)]
    position = 0
    for letter in re.findall(r"[^\W\d_]", short.lower()):
        while position < len(initials_of) and initials_of[position] != letter:
            position += 1
        if position == len(initials_of):
            return False
        position += 1
    return bool(short)


def without_letters(name: str) -> str:
    """`American Psychological Association (APA)`: the letters of a name are none of it."""
    found = _ABBREVIATED.fullmatch(name)
    return found["name"] if found and abbreviates(found["short"], found["name"]) else name
