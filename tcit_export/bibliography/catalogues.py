"""What catalogues, shops and citation indexes write otherwise (APA 7, sections 9.19, 9.28-9.29).

Libraries punctuate by ISBD: `Title : subtitle / by its author ; translated by another`, `2d ed.`,
`New York : Harbor Press, c1994`. Shops add the binding and the series to the title: `Waiting
(Paperback)`. Scopus takes a book for the journal of its chapters. All of that is put right before
the rules read the entry, and a translator who is named only there is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tcit_export.bibliography.library import Field, RawEntry
from tcit_export.bibliography.rules.places import without_place
from tcit_export.patterns import late

_TITLES: Final = ("title", "booktitle", "subtitle")
_MARK: Final = re.compile(r" [:/;=](?: |$)|[:/;=,]$|\[")
"""What a title has that came from a catalogue: a mark with a blank before it, or at the end."""
_MATERIAL: Final = late(
    r"\s*\[\s*(?:electronic (?:resource|book)|e-?book|text(?: \([^)]*\))?|large print|microform|"
    r"online resource|computer file|book|print|texte imprimé|recurso electrónico|"
    r"elektronische ressource)\s*\]",
    re.IGNORECASE,
)
"""ISBD's general material designation, for what is no more than a book."""
_REVIEWED_WARE: Final = late(r"\s*\((?:Book|Books|Book Reviews?|Film)\)(?=[}.]*$)")
"""EBSCO's mark of a review, which is no part of its title."""
_WARE: Final = late(
    r"(?P<title>\S.*?)\s*\((?:paperback|hardcover|hardback|mass market paperback|kindle edition|"
    r"ebook|e-book|audio ?cd|unknown binding|library binding|[^()]* \#\d+|"
    r"(?:[^()]* )?(?:book )?series(?:[ ,][^()]*)?)\)(?P<end>[}.]*)",
    re.IGNORECASE | re.DOTALL,
)
"""10.2: neither the binding nor the series of a book is cited; shops write them behind titles."""
_BOOKS: Final = frozenset("book mvbook collection reference manual".split())
_RESPONSIBILITY: Final = late(r"\s/(?:\s+(?P<who>\S.*))?$", re.DOTALL)
_BY: Final = late(
    r"\[?(?:by|edited|compiled|translated|written|author|eds?\.|editors?|herausgegeben|hrsg|von|"
    r"par|por|di|sous la dir)\b|[^;]*(?:\[et al\.?\]|\.\.\.)",
    re.IGNORECASE,
)
_MADE_BY: Final = late(
    r"\b(?P<what>translated and edited|edited and translated|translated|edited)\b"
    r"(?: (?:from|out of) [^;]*?)?(?P<also> and edited| and translated)? by (?P<names>[^;]+)",
    re.IGNORECASE,
)
_ASIDE: Final = late(r",? (?:with|under|in collaboration|in cooperation|for the)\b.*$", re.S)
_BETWEEN_NAMES: Final = late(r",\s*(?:and|&)\s+|,\s+|\s+(?:and|\\?&)\s+")
_PERSON: Final = late(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}")
_NO_PUBLISHER: Final = re.compile(
    r"\[?\s*(?:s\.\s?n\.?|publisher not identified|s\.\s?l\.?(?: : s\.\s?n\.?)?|"
    r"[sv]erlag nicht ermittelbar)\s*\]?[,.:;]*",
    re.IGNORECASE,
)
_PLACE_BEFORE: Final = late(r"^[^:]{2,60} : (?=\S)")
_YEAR_BEHIND: Final = late(r",\s*\[?(?:c|©|p)?\d{4}\]?\.?$")


def from_catalogue(entry: RawEntry) -> RawEntry:
    """The entry without the marks of catalogues; itself, where it has none."""
    if entry.type == "book" and entry.get("document_type").lower() == "book chapter":
        entry = _as_chapter(entry)
    elif entry.type == "article":
        name = "journal" if "journal" in entry.fields else "journaltitle"
        if ": " in entry.get(name):
            entry = _as_report(entry, name)
        elif "andbook" in entry.get(name) and "pages" in entry.fields:
            entry = _as_handbook(entry, name)
    changed: dict[str, Field] = {}
    for name in _TITLES:
        field = entry.fields.get(name)
        if field is not None and _MARK.search(field.value):
            _set_title(entry, field, changed)
    title = entry.fields.get("title")
    if title is not None and ")" in title.value[-4:]:
        if entry.type in _BOOKS:
            _set_ware(title, changed)
        elif entry.type == "article" and _REVIEWED_WARE.search(title.value):
            shown = changed.get("title", title)
            changed["title"] = shown._replace(value=_REVIEWED_WARE.sub("", shown.value))
    for name, clean in (("publisher", _publisher), ("edition", _edition)):
        field = entry.fields.get(name)
        if field is not None:
            changed[name] = _with_value(field, clean(field.value))
    kept = {name: field for name, field in changed.items() if field != entry.fields.get(name)}
    return replace(entry, fields={**entry.fields, **kept}) if kept else entry


def _as_chapter(entry: RawEntry) -> RawEntry:
    """Scopus: `@book`, with the book as `journal` and `document_type = {Book Chapter}`."""
    fields = dict(entry.fields)
    if "booktitle" not in fields and "journal" in fields:
        fields["booktitle"] = fields.pop("journal")._replace(name="booktitle")
    return replace(entry, type="incollection", fields=fields)


def _as_handbook(entry: RawEntry, name: str) -> RawEntry:
    """Google Scholar's `journal = {The Oxford handbook of hope}`, with pages and no volume."""
    if _filled(entry.fields, "volume", "number", "issn", "booktitle", "doi"):
        return entry
    fields = dict(entry.fields)
    fields["booktitle"] = fields.pop(name)._replace(name="booktitle")
    return replace(entry, type="incollection", fields=fields)


def _as_report(entry: RawEntry, name: str) -> RawEntry:
    """Google Scholar's `journal = {London: Department for Education}`: who published a report."""
    journal = entry.fields[name]
    publisher = without_place(journal.value)
    if publisher == journal.value or not journal.value.endswith(publisher):
        return entry
    if re.match(r"(?:An?|The) |.*\b(?:Journal|Review|Quarterly|Bulletin)\b", publisher):
        return entry  # Reading: A Journal
    if _filled(entry.fields, "volume", "number", "doi", "issn", "publisher"):
        return entry
    fields = {key: field for key, field in entry.fields.items() if key != name}
    fields["institution"] = journal._replace(name="institution", value=publisher)
    return replace(entry, type="techreport", fields=fields)


def _set_ware(title: Field, changed: dict[str, Field]) -> None:
    """`Waiting (Harbor Series) (Paperback)`: the title alone."""
    value = changed.get("title", title).value
    while value.rstrip("}. ").endswith(")") and (found := _WARE.fullmatch(value)):
        value = found["title"] + found["end"].replace(".", "")
        changed["title"] = title._replace(value=value)


def _with_value(field: Field, value: str) -> Field:
    return field if value == field.value else field._replace(value=value)


def _set_title(entry: RawEntry, field: Field, changed: dict[str, Field]) -> None:
    """`Title : subtitle / who made it`, in its parts."""
    title = _MATERIAL.sub("", field.value)
    found = _RESPONSIBILITY.search(title.rstrip(" ."))
    if found and _tells_who(entry, found["who"] or "", title):
        title = title[: found.start()]
        for role, names in _makers(found["who"] or "").items():
            if role == "editor" and _only_edited(entry, found["who"] or "", names):
                changed["editor"] = entry.fields["author"]._replace(name="editor")
                changed["author"] = entry.fields["author"]._replace(value="")
            elif role == "translator" or not _filled(entry.fields, "author", "editor"):
                changed.setdefault(role, Field(role, names, field.name_span, field.value_span))
        for role in ("translator", "editor"):
            if role in changed and _filled(entry.fields, role):
                del changed[role]
    title = re.sub(r"\s+:\s+", ": ", title)
    title = re.sub(r"\s+;\s+", "; ", title)
    changed[field.name] = _with_value(field, re.sub(r"[\s:/;=,]+$", "", title))


def _only_edited(entry: RawEntry, who: str, names: str) -> bool:
    """9.10: whether those whom the catalogue lists as authors have edited the book."""
    if not re.match(r"\[?edited by\b", who, re.IGNORECASE) or _filled(entry.fields, "editor"):
        return False
    listed = set(re.findall(r"[^\W\d_]{3,}", entry.get("author"))) - {"and"}
    families = [name.split()[-1] for name in names.split(" and ")]
    count = len(re.split(r"\s+and\s+", entry.get("author")))
    return count == len(families) and listed.issuperset(families)


def _tells_who(entry: RawEntry, who: str, title: str) -> bool:
    """Whether what follows a slash says who made the work, and is no part of its title."""
    if not who or " : " in title or _BY.match(who):
        return True
    names = f"{entry.get('author')} {entry.get('editor')}"
    words = set(re.findall(r"[^\W\d_]{3,}", names)) - {"and"}
    return not words.isdisjoint(re.findall(r"[^\W\d_]{3,}", who))


def _filled(fields: Mapping[str, Field], *names: str) -> bool:
    return any(name in fields and fields[name].value.strip() for name in names)


def _makers(who: str) -> dict[str, str]:
    """Translators and editors of a statement of responsibility, as BibTeX's lists of names."""
    made: dict[str, str] = {}
    for found in _MADE_BY.finditer(who):
        names = _ASIDE.sub("", found["names"]).strip(" .[]")
        people = [name.strip() for name in _BETWEEN_NAMES.split(names)]
        if not all(_PERSON.fullmatch(name) for name in people):
            continue
        what = f"{found['what']}{found['also'] or ''}".lower()
        for word, role in (("translated", "translator"), ("edited", "editor")):
            if word in what:
                made.setdefault(role, " and ".join(people))
    return made


def _publisher(value: str) -> str:
    """`New York : Harbor Press, c1994.` is Harbor Press; `[s.n.]` is none."""
    if _NO_PUBLISHER.fullmatch(value.strip()):
        return ""
    if " : " in value:
        value = _PLACE_BEFORE.sub("", value)
    return _YEAR_BEHIND.sub("", value) if value.rstrip("].")[-4:].isdigit() else value


_FINAL_STOP: Final = re.compile(r"(?<=[a-z]{5})\.$")
_OLD_ORDINAL: Final = re.compile(r"\b(\d*[23])d\b(?= (?:\w+\.? )*ed)")


def _edition(value: str) -> str:
    """`[2d ed.] /` is 2nd ed.: brackets tell where the cataloguer found it."""
    text = _FINAL_STOP.sub("", value.strip(" /,;:"))
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    return _OLD_ORDINAL.sub(
        lambda found: found[1] + ("nd" if found[1].endswith("2") else "rd"), text
    )
