"""What sort of work an entry is: BibTeX's and biblatex's types as CSL's (APA 7, chapter 10)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.rules.record import Record

CSL_TYPES: Final = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "review": "review",
    "periodical": "periodical",
    "book": "book",
    "mvbook": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "mvcollection": "book",
    "reference": "book",
    "mvreference": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "manual": "book",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "presentation": "speech",
    "unpublished": "manuscript",
    "letter": "personal_communication",
    "personalcommunication": "personal_communication",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "bachelorsthesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "software": "software",
    "hardware": "software",
    "video": "motion_picture",
    "movie": "motion_picture",
    "audio": "song",
    "music": "song",
    "artwork": "graphic",
    "image": "graphic",
    "performance": "performance",
    "patent": "patent",
    "standard": "standard",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "legmaterial": "legislation",
    "legadminmaterial": "regulation",
    "constitution": "legislation",
    "legal": "treaty",
    "commentary": "chapter",
}  # fmt: skip
"""Entry types of BibTeX, biblatex and biblatex-apa. `misc` and unknown types are looked into."""

_SUBTYPES: Final = {
    ("article", "magazine"): "article-magazine",
    ("article", "newspaper"): "article-newspaper",
    ("article", "nonacademic"): "article-magazine",
    ("article", "blog"): "post-weblog",
    ("video", "tvseries"): "broadcast",
    ("video", "tvepisode"): "broadcast",
    ("audio", "podcast"): "broadcast",
    ("audio", "podcastepisode"): "broadcast",
    ("audio", "interview"): "interview",
    ("image", "map"): "map",
    ("online", "tweet"): "post",
    ("online", "status update"): "post",
    ("online", "online forum post"): "post",
    ("online", "blog post"): "post-weblog",
}
"""What an `entrysubtype` makes of a type."""

_PREPRINT_SERVERS: Final = re.compile(
    r"\b(arxiv|psyarxiv|biorxiv|medrxiv|socarxiv|edarxiv|chemrxiv|osf preprints|ssrn|"
    r"preprints\.org|research square)\b",
    re.IGNORECASE,
)
_R_PACKAGE: Final = re.compile(
    r"\bR package version\b|//cran\.r-project\.org|//www\.r-project\.org", re.I
)


def set_type(record: Record) -> None:
    """APA 7, chapter 10: the reference category decides the form."""
    entry_type = record.entry.type
    subtype = record.text("entrysubtype").lower()
    record.type = _SUBTYPES.get((entry_type, subtype)) or CSL_TYPES.get(entry_type) or _misc(record)
    if entry_type == "article" and "nonacademic" in record.keywords():
        record.type = "article-magazine"
    elif entry_type == "article" and preprint_server(record.text("journaltitle")):
        record.type = "article"
    elif entry_type in ("inproceedings", "conference") and _in_journal(record):
        record.type = "article-journal"
    elif entry_type == "unpublished" and record.has("eventtitle"):
        record.type = "speech"
    elif entry_type in ("inbook", "incollection") and not record.has("booktitle", "maintitle"):
        record.type = "book"  # BibTeX's @inbook: the title is the book's
    elif entry_type == "manual" and _R_PACKAGE.search(record.raw("note") + " " + record.raw("url")):
        record.type = "software"


def _in_journal(record: Record) -> bool:
    """10.5: proceedings that appear as a journal are cited as one."""
    return record.has("journaltitle") and not record.has("booktitle", "maintitle")


def _misc(record: Record) -> str:
    """@misc and types nobody knows: by the fields they bring."""
    where = " ".join(
        record.text(name) for name in ("eprinttype", "publisher", "howpublished", "number", "note")
    )
    if record.has("booktitle") and record.has("pages", "editor", "publisher"):
        return "chapter"
    if record.has("eprint") or preprint_server(where):
        return "article"
    if record.has("journaltitle") and record.has("volume", "number", "pages"):
        return "article-journal"
    return "webpage" if record.has("url", "howpublished", "title") else "document"


def preprint_server(text: str) -> str:
    """The preprint server a text names, or nothing."""
    found = _PREPRINT_SERVERS.search(text)
    return found.group(0) if found else ""
