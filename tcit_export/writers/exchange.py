"""A work's record (CSL-JSON) as RIS and as BibTeX: what a reader takes along from a page.

RIS: two-letter tags, `TY` first, `ER` last, lines ended by CR LF (as Zotero, EndNote and RefMan
write it).  BibTeX: only for records that came without an entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from tcit_export.writers.work_records import Record, address, iso_date, plain

_RIS_TYPES: Final = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "article": "UNPB",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "interview": "PCOMM",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "regulation": "STAT",
    "report": "RPRT",
    "review": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "speech": "CPAPER",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
_BIBTEX_TYPES: Final = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}


def ris(records: Iterable[Record]) -> str:
    """All records as one RIS text."""
    return "".join(
        "".join([f"{tag}  - {value}\r\n" for tag, value in _ris_fields(record) if value])
        + "ER  - \r\n\r\n"
        for record in records
    )


def _ris_fields(record: Record) -> Iterator[tuple[str, str]]:
    kind = str(record.get("type") or "")
    container = plain(record, "container-title")
    # A review or an article that is in no journal stands on the web.
    yield "TY", "ELEC" if kind == "review" and not container else _RIS_TYPES.get(kind, "GEN")
    yield "ID", str(record.get("id") or "")
    yield from (("AU", name) for name in _names(record, "author"))
    # A book's editors are its first creators where it has no authors.
    yield from (("A2" if kind == "chapter" else "ED", name) for name in _names(record, "editor"))
    yield "TI", plain(record, "title")
    yield ("JO" if kind.startswith("article") else "T2"), container
    date = iso_date(record)
    yield from (("PY", date[:4]), ("DA", date.replace("-", "/")))
    first, _, last = plain(record, "page").replace("–", "-").partition("-")
    yield from (("VL", plain(record, "volume")), ("IS", plain(record, "issue")))
    yield from (("SP", first), ("EP", last), ("ET", plain(record, "edition")))
    yield from (("PB", plain(record, "publisher")), ("CY", plain(record, "publisher-place")))
    yield "SN", plain(record, "ISBN") or plain(record, "ISSN")
    yield from (("DO", plain(record, "DOI")), ("UR", address(record)))


def _names(record: Record, variable: str) -> list[str]:
    """ "Last, First" of each person, a group's name as it is."""
    return [_name(name) for name in record.get(variable) or ()]


def _name(name: Record) -> str:
    if group := name.get("literal"):
        return str(group)
    family = [str(name.get(part) or "") for part in ("non-dropping-particle", "family")]
    parts = (" ".join(filter(None, family)), name.get("given"), name.get("suffix"))
    return ", ".join([str(part) for part in parts if part])


def bibtex(record: Record) -> str:
    """A record as a BibTeX entry, for biber or a BibTeX that reads UTF-8."""
    kind = _BIBTEX_TYPES.get(str(record.get("type") or ""), "misc")
    key = "".join(c for c in str(record.get("id") or "") if c.isalnum() or c in "-_:.") or "work"
    fields = "".join(
        f",\n  {name} = {{{value}}}" for name, value in _bibtex_fields(record, kind) if value
    )
    return f"@{kind}{{{key}{fields}\n}}\n"


def _bibtex_fields(record: Record, kind: str) -> Iterator[tuple[str, str]]:
    container = {"article": "journal", "misc": "howpublished"}.get(kind, "booktitle")
    publisher = {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher")
    date = iso_date(record)
    yield "author", _bibtex_names(record, "author")
    yield "editor", _bibtex_names(record, "editor")
    yield "title", _braced(record, "title")
    yield container, _braced(record, "container-title")
    for field, variable in (("volume", "volume"), ("number", "issue"), ("edition", "edition")):
        yield field, _braced(record, variable)
    yield "pages", _braced(record, "page").replace("–", "--")
    yield publisher, _braced(record, "publisher")
    yield "address", _braced(record, "publisher-place")
    yield "year", date[:4]
    yield "month", str(int(date[5:7])) if len(date) >= 7 else ""
    yield "isbn", plain(record, "ISBN")
    yield "doi", plain(record, "DOI")
    yield "url", address(record) if not record.get("DOI") else ""


def _bibtex_names(record: Record, variable: str) -> str:
    found: Iterable[Any] = record.get(variable) or ()
    names = (f"{{{_name(name)}}}" if name.get("literal") else _name(name) for name in found)
    return " and ".join(_escaped(name) for name in names)


def _braced(record: Record, name: str) -> str:
    return _escaped(plain(record, name))


def _escaped(text: str) -> str:
    """LaTeX's special characters, all but the braces that we write ourselves."""
    for character in "\\&%$#_":
        text = text.replace(character, f"\\{character}" if character != "\\" else "")
    return text
