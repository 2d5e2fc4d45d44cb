"""Where the work can be found: DOI, address, archive number (APA 7, sections 9.34-9.36)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from tcit_export.bibliography import mistakes
from tcit_export.bibliography.library import Remark
from tcit_export.bibliography.rules.kind import PRINTED
from tcit_export.bibliography.rules.record import Record
from tcit_export.patterns import late

_DOI: Final = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/\S+")
_URL: Final = re.compile(r"https?://[^\s{}]+|www\.[^\s{}]+", re.IGNORECASE)
_BARE_URL: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,8}(?:[/?#]\S*)?", re.IGNORECASE)
"""An address without its scheme, as OSF exports it: `osf.io/ab3de`."""
_ARXIV: Final = late(r"\b(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\b")
_LIBRARY_PROXY: Final = re.compile(r"[./](?:ezproxy|proxy|libproxy)[.-]|\.idm\.oclc\.org")


_DATABASE: Final = late(
    r"https?://(?:search\.ebscohost|web\.\w\.ebscohost|search\.proquest|ovidsp\.\S*ovid|gateway\.ovid|"
    r"(?:www\.)?scopus|(?:apps\.|www\.)?webof(?:knowledge|science))\.com/|"
    r"https?://(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/|"
    r"(?:www\.|api\.)?semanticscholar\.org/(?:paper/|CorpusID)|"
    r"europepmc\.org/(?:abstract|article/med)|psycnet\.apa\.org/(?:record|doilanding|buy))",
    re.IGNORECASE,
)
_HOLDINGS: Final = late(
    r"https?://(?:\w+\.)?(?:librarything|goodreads|amazon|worldcat|barnesandnoble|abebooks|"
    r"bookfinder|isbndb|lccn\.loc|catalog\.loc|id\.loc|catalogue\.bl|thalia|booktopia|waterstones)"
    r"\.(?:com|org|gov|net|de|fr|it|es|ca|uk|co\.uk|co\.jp|com\.au)(?:/|$)",
    re.IGNORECASE,
)
"""Catalogues and shops: they tell that a book exists, and do not hold it."""


def set_identifiers(record: Record) -> None:
    """9.34: a DOI before an address; never both, never a label before them."""
    doi = _typed_doi(record) or _doi_elsewhere(record)
    record.put("DOI", doi)
    url = _address(record)
    if not normal_doi(url):
        record.put("URL", url)
    _report_lost(record)
    for name in ("isbn", "issn"):
        record.put(name.upper(), record.verbatim(name))
    _set_arxiv(record)
    _set_ssrn(record)


def _report_lost(record: Record) -> None:
    """Tell of a DOI that is none, and of an address that nothing can be linked to."""
    for name, known in (("doi", _DOI), ("url", _URL)):
        typed = record.verbatim(name)
        if name == "url" and _BARE_URL.fullmatch(typed):
            continue
        if typed and not known.search(typed) and not normal_doi(typed):
            what = "DOI" if name == "doi" else "address"
            remark = Remark(mistakes.LOST_ADDRESS, f"`{typed}` is no {what}")
            record.remarks.append((name, remark))


def _typed_doi(record: Record) -> str:
    """What the field for it holds, in an address of whichever host."""
    typed = record.verbatim("doi")
    typed = typed.replace("$<$", "<").replace("$>$", ">")
    return normal_doi(typed) or normal_doi(_HOST.sub("", typed))


_HOST: Final = re.compile(r"^https?://[^/]+/(?:\w+/)*(?:[\w.]+\?doi=)?(?=10\.)")


_QUERY: Final = late(r"\?[A-Za-z_]+=")
"""`10.1080/…?needAccess=true`, as browsers show an address that holds a DOI."""


def normal_doi(text: str) -> str:
    """The DOI in any spelling of it (`doi:10…`, `https://dx.doi.org/10…`), or nothing."""
    found = _DOI.search(unquote(text) if "%2F" in text.upper() else text)
    if not found or ("://" in text and "doi.org/" not in text.lower()):
        return ""
    doi = found.group(0)
    if "?" in doi:
        doi = _QUERY.split(doi)[0]
    doi = doi.rstrip(".,;")
    return doi.rstrip(")") if doi.count(")") > doi.count("(") else doi


_DOI_IN_PATH: Final = late(
    r"://[^/\s]+/(?:[\w-]+/)*?(?:article\?id=|(?:doi|articles?|chapter|book)/)(?:(?:abs|full|pdf|epdf|epub|pdfdirect|"
    r"book|reader|pdfplus|html)/)?(?P<doi>10\.\d{4,9}/[^?#&\s]+)"
)
"""Publishers' addresses that hold the DOI: `…/doi/abs/10.1080/…`, `…/article/10.1007/…`."""
_PATH_END: Final = late(
    r"(?:/(?:full|abstract|pdf|meta|html|epub|summary|reader)|/?\.pdf|/)$", re.IGNORECASE
)


def _doi_in_path(address: str) -> str:
    """The DOI in the path of a publisher's address (9.34: a DOI goes before an address)."""
    found = _DOI_IN_PATH.search(unquote(address)) if "10." in address else None
    return normal_doi(_PATH_END.sub("", found["doi"])) if found else ""


def _doi_elsewhere(record: Record) -> str:
    """A DOI that stands in the address or the note."""
    for name in ("url", "howpublished", "note", "eprint"):
        value = record.verbatim(name)
        if name == "url" and (in_path := _doi_in_path(value)):
            return in_path
        if "doi" in value.lower() or name == "eprint":
            found = normal_doi(value)
            if found:
                return found
    return ""


def _address(record: Record) -> str:
    """9.34: the address as it stands, from wherever exporters put it."""
    for name in ("url", "howpublished", "note", "journaltitle", "publisher", "location"):
        value = record.verbatim(name)
        found = _URL.search(value) or (_BARE_URL.fullmatch(value) if name == "url" else None)
        if found and not _is_closed(record, found.group(0)):
            address = found.group(0).rstrip(".,;") if name != "url" else value.split()[0]
            return address if "://" in address else f"https://{address}"
    return ""


def _is_closed(record: Record, address: str) -> bool:
    """9.30, 9.34: addresses in libraries and databases that open for subscribers only."""
    in_database = record.type in PRINTED and (
        _DATABASE.match(address) or (_HOLDINGS.match(address) and not record.is_by_hand)
    )
    return bool(in_database or _LIBRARY_PROXY.search(address) or "accountid=" in address)


_SSRN: Final = re.compile(r"\bSSRN(?: Electronic Journal)?:? ?(?P<number>\d{5,8})\b")


def _set_ssrn(record: Record) -> None:
    """10.8: `Available at SSRN 1234567`, which Google Scholar has for a journal."""
    found = _SSRN.search(f"{record.text('journaltitle')} {record.text('note')}")
    if found and record.type == "article" and not record.fields.keys() & {"DOI", "URL"}:
        record.put("URL", f"https://ssrn.com/abstract={found['number']}")


def _set_arxiv(record: Record) -> None:
    """10.8, Example 73: a preprint's number and server."""
    server = record.text("eprinttype").lower()
    where = " ".join(
        record.text(name)
        for name in ("journaltitle", "number", "note", "eprint", "publisher", "howpublished")
    )
    if server != "arxiv" and "arxiv" not in where.lower():
        return
    found = _ARXIV.search(where)
    if not found or record.type not in ("article", "webpage"):
        return
    record.put("tcit-identifier", f"arXiv:{found.group(0)}")
    record.put("publisher", "arXiv")
    if not record.fields.get("DOI") and not record.fields.get("URL"):
        record.put("URL", f"https://arxiv.org/abs/{found.group(0)}")
