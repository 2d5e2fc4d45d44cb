"""Word's own bibliography: CSL-JSON works as `b:Source` elements (ECMA-376, 22.6).

Word has seventeen kinds of source and fewer fields than CSL; what it has no field for goes to
`b:Comments` or is left out. Its style files read other fields for each kind, so a chapter's book
is `BookTitle` and an article's journal `JournalName`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from tcit_export.model.nodes import ReferenceEntry
from tcit_export.writers.docx_citations import source_tag
from tcit_export.writers.ooxml import NAMESPACES, Element, child, qn, root, writable
from tcit_export.writers.work_records import plain

_KINDS: Final = {
    "article-journal": "JournalArticle", "review": "JournalArticle",
    "review-book": "JournalArticle",
    "article-magazine": "ArticleInAPeriodical", "article-newspaper": "ArticleInAPeriodical",
    "book": "Book", "classic": "Book", "collection": "Book", "periodical": "Book",
    "chapter": "BookSection", "entry": "BookSection", "entry-dictionary": "BookSection",
    "entry-encyclopedia": "BookSection",
    "paper-conference": "ConferenceProceedings", "speech": "ConferenceProceedings",
    "report": "Report", "thesis": "Report", "standard": "Report",
    "webpage": "InternetSite", "post-weblog": "DocumentFromInternetSite",
    "post": "DocumentFromInternetSite", "software": "ElectronicSource",
    "dataset": "ElectronicSource", "motion_picture": "Film", "broadcast": "Film",
    "song": "SoundRecording", "musical_score": "SoundRecording", "performance": "Performance",
    "graphic": "Art", "figure": "Art", "map": "Art", "interview": "Interview", "patent": "Patent",
    "legal_case": "Case",
}  # fmt: skip
"""CSL's types -> Word's; every other is `Misc`."""

_CONTAINERS: Final = {
    "JournalArticle": "JournalName",
    "ArticleInAPeriodical": "PeriodicalTitle",
    "BookSection": "BookTitle",
    "ConferenceProceedings": "ConferenceName",
    "InternetSite": "InternetSiteTitle",
    "DocumentFromInternetSite": "InternetSiteTitle",
    "Misc": "PublicationTitle",
    "ElectronicSource": "PublicationTitle",
    "Film": "PublicationTitle",
    "SoundRecording": "AlbumTitle",
}
_CREATORS: Final = (
    ("author", "Author"),
    ("editor", "Editor"),
    ("translator", "Translator"),
    ("interviewer", "Interviewer"),
    ("director", "Director"),
    ("composer", "Composer"),
    ("performer", "Performer"),
    ("container-author", "BookAuthor"),
)
_AUTHORS: Final = {
    "Interview": "Interviewee", "Patent": "Inventor", "Art": "Artist", "Performance": "Writer",
    "Film": "Director", "SoundRecording": "Composer",
}  # fmt: skip
"""Who the author is, of kinds for which Word asks for somebody else."""
_PUBLISHERS: Final = {
    "Report": "Institution", "Art": "Institution", "Performance": "Theater",
    "Film": "ProductionCompany", "SoundRecording": "ProductionCompany",
}  # fmt: skip
_NUMBERS: Final = {"Patent": "PatentNumber", "Case": "CaseNumber"}
_FIELDS: Final = (
    ("publisher-place", "City"),
    ("volume", "Volume"),
    ("issue", "Issue"),
    ("page", "Pages"),
    ("edition", "Edition"),
    ("number-of-volumes", "NumberVolumes"),
    ("title-short", "ShortTitle"),
    ("medium", "Medium"),
    ("version", "Version"),
)
_STYLES: Final = {
    "apa": ("APASixthEditionOfficeOnline.xsl", "APA", "6"),
    "chicago": ("CHICAGO.XSL", "Chicago", "16"),
    "modern-language": ("MLASeventhEditionOfficeOnline.xsl", "MLA", "7"),
    "ieee": ("IEEE2006OfficeOnline.xsl", "IEEE", "2006"),
}
"""Part of a CSL style's name -> Word's style file, its name and edition."""
_ITEM_ID: Final = "b7c1f0a2-5d39-5e6b-9a53-2f4f7f4d7f10"


def sources(entries: Iterable[ReferenceEntry], style: str = "") -> Element:
    """The `b:Sources` of a document: every work once, in list order. `style` is a CSL style's URI;
    Word has styles of its own, and the nearest is what it takes when told to update."""
    result = root("b:Sources", {"b": NAMESPACES["b"]})
    file, name, version = next(
        (found for word, found in _STYLES.items() if word in style), _STYLES["apa"]
    )
    result.set("SelectedStyle", f"\\{file}")
    result.set("StyleName", name)
    result.set("Version", version)
    known: set[str] = set()
    for entry in entries:
        if entry.data and entry.key not in known:
            known.add(entry.key)
            _append_source(result, entry, len(known))
    return result


def is_sources(blob: bytes) -> bool:
    """Whether a custom part holds Word's sources: python-docx's own template has an empty one."""
    try:
        return bool(etree.fromstring(blob).tag == qn("b:Sources"))
    except etree.XMLSyntaxError:
        return False


def item_properties() -> Element:
    """The part beside the sources that says what they are (22.5)."""
    item = root("ds:datastoreItem", {"ds": NAMESPACES["ds"]})
    identifier = uuid5(NAMESPACE_URL, _ITEM_ID)
    item.set(f"{{{NAMESPACES['ds']}}}itemID", f"{{{str(identifier).upper()}}}")
    child(child(item, "ds:schemaRefs"), "ds:schemaRef", {"ds:uri": NAMESPACES["b"]})
    return item


def _append_source(parent: Element, entry: ReferenceEntry, order: int) -> None:
    record = entry.data
    source = child(parent, "b:Source")
    kind = _KINDS.get(str(record.get("type")), "Misc")
    _append(source, "Tag", source_tag(entry.key))
    _append(source, "SourceType", kind)
    identifier = uuid5(NAMESPACE_URL, f"urn:tcit-export:{writable(entry.key)}")
    _append(source, "Guid", f"{{{str(identifier).upper()}}}")
    _append_creators(source, record, kind)
    _append(source, "Title", plain(record, "title"))
    if container := plain(record, "container-title"):
        _append(source, _CONTAINERS.get(kind, "PublicationTitle"), container)
    _append_dates(source, record)
    for name, element in _FIELDS:
        _append(source, element, plain(record, name))
    _append(source, _PUBLISHERS.get(kind, "Publisher"), plain(record, "publisher"))
    _append_numbers(source, record, kind)
    doi = plain(record, "DOI")
    _append(source, "URL", f"https://doi.org/{doi}" if doi else plain(record, "URL"))
    _append(source, "DOI", doi)
    _append(source, "Comments", plain(record, "note"))
    _append(source, "RefOrder", str(order))


def _append_numbers(source: Element, record: Mapping[str, Any], kind: str) -> None:
    """What a report is and which: Word has one number for it, the same as for an ISBN."""
    number = plain(record, "number")
    if kind == "Report":
        _append(source, "ThesisType", plain(record, "genre"))
    if kind == "Case":
        _append(source, "Court", plain(record, "authority"))
    if kind in _NUMBERS:
        _append(source, _NUMBERS[kind], number)
    standard = plain(record, "ISBN") or plain(record, "ISSN")
    _append(source, "StandardNumber", standard or (number if kind == "Report" else ""))


def _append_dates(source: Element, record: Mapping[str, Any]) -> None:
    for name, suffix in (("issued", ""), ("accessed", "Accessed")):
        for part, number in zip(("Year", "Month", "Day"), _date(record.get(name)), strict=False):
            _append(source, part + suffix, number)


def _date(date: Any) -> list[str]:
    """Year, month and day as far as known."""
    if not isinstance(date, Mapping):
        return []
    parts = date.get("date-parts")
    if isinstance(parts, (list, tuple)) and parts and isinstance(parts[0], (list, tuple)):
        return [str(number) for number in parts[0][:3]]
    return [str(date.get("literal") or date.get("raw") or "")]


def _append_creators(source: Element, record: Mapping[str, Any], kind: str) -> None:
    """Everybody stands inside one `b:Author`, even editors; each role once."""
    creators: dict[str, Iterable[Any]] = {}
    for variable, usual in _CREATORS:
        role = _AUTHORS.get(kind, usual) if usual == "Author" else usual
        names = record.get(variable)
        if isinstance(names, (list, tuple)) and names:
            creators[role] = names
    if not creators:
        return
    everybody = child(source, "b:Author")
    for role, names in creators.items():
        _append_names(child(everybody, f"b:{role}"), role, names)


def _append_names(parent: Element, role: str, names: Iterable[Any]) -> None:
    """Only authors and performers may be a group; a group among persons is a last name."""
    persons = [name for name in names if isinstance(name, Mapping)]
    groups = [str(name["literal"]) for name in persons if name.get("literal")]
    if role in ("Author", "Performer") and groups and len(groups) == len(persons):
        child(parent, "b:Corporate").text = writable("; ".join(groups))
        return
    container = child(parent, "b:NameList")
    for name in persons:
        _append_person(container, name)


def _append_person(container: Element, name: Mapping[str, Any]) -> None:
    particles = [str(name.get(f"{kind}-particle") or "") for kind in ("dropping", "non-dropping")]
    family = str(name.get("literal") or name.get("family") or name.get("given") or "")
    given = str(name.get("given") or "") if name.get("family") else ""
    last = " ".join(part for part in (*particles, family, str(name.get("suffix") or "")) if part)
    first, *middle = re.split(r"\s+", given.strip(), maxsplit=1)
    person = child(container, "b:Person")
    for tag, text in (("Last", last), ("First", first), ("Middle", " ".join(middle))):
        _append(person, tag, text)


def _append(parent: Element, name: str, text: str) -> None:
    if text:
        child(parent, f"b:{name}").text = writable(text)
