"""Who hosts a work: preprint servers, hosts of code, video sites (APA 7, 10.8, 10.10, 10.12).

They are told by their names in any field, by addresses, and by the prefixes of their DOIs.
"""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.rules.record import Record

_PREPRINT_SERVERS: Final = re.compile(
    r"\b(arxiv|psyarxiv|biorxiv|medrxiv|socarxiv|edarxiv|chemrxiv|osf preprints|ssrn|"
    r"preprints\.org|research square)\b",
    re.IGNORECASE,
)
_SERVER_NAMES: Final = {
    name.lower(): name
    for name in (
        "arXiv", "PsyArXiv", "bioRxiv", "medRxiv", "SocArXiv", "EdArXiv", "ChemRxiv", "SSRN",
        "OSF Preprints", "Preprints.org", "Research Square",
    )
}  # fmt: skip
_SERVERS_BY_DOI: Final = {
    "10.31234": "PsyArXiv", "10.31219": "OSF Preprints", "10.31235": "SocArXiv",
    "10.35542": "EdArXiv", "10.48550": "arXiv", "10.21203": "Research Square",
    "10.20944": "Preprints.org", "10.26434": "ChemRxiv",
}  # fmt: skip
"""Prefixes that belong to preprint servers: Crossref names whoever registered the DOI instead."""


_DATA_ARCHIVES: Final = {
    "10.5061": "Dryad", "10.17632": "Mendeley Data", "10.7910": "Harvard Dataverse",
    "10.5255": "UK Data Service", "10.18112": "OpenNeuro", "10.6084": "figshare",
    "10.3886": "Inter-university Consortium for Political and Social Research",
}  # fmt: skip
"""Prefixes of archives that hold data."""


def data_archive(record: Record) -> str:
    """10.9: the archive of a data set that nothing but its DOI tells; figshare has other works."""
    inside = ("journaltitle", "booktitle", "maintitle", "entrysubtype", "type", "howpublished")
    if not record.has("doi") or record.has(*inside):
        return ""
    doi = record.verbatim("doi")
    at = doi.find("10.")
    archive = _DATA_ARCHIVES.get(doi[at:].partition("/")[0], "") if at >= 0 else ""
    if archive == "figshare" and "/dataset/" not in record.verbatim("url"):
        return ""
    return archive


def server_by_doi(record: Record) -> str:
    """The preprint server whose prefix the DOI has, or nothing."""
    doi = record.verbatim("doi")
    at = doi.find("10.")
    prefix = doi[at:].partition("/")[0] if at >= 0 else ""
    if prefix == "10.1101":  # Cold Spring Harbor's journals have it, too
        return preprint_server(record.verbatim("url"), by_name=True)
    return _SERVERS_BY_DOI.get(prefix, "")


def preprint_server(text: str, *, by_name: bool = False) -> str:
    """The preprint server a text names, or nothing; `by_name` in the server's own spelling."""
    found = _PREPRINT_SERVERS.search(text)
    if found is None:
        return ""
    return _SERVER_NAMES[found[0].lower()] if by_name else found[0]


def is_repository(record: Record) -> bool:
    """10.10: code that is cited as its host proposes: `journal = {GitHub repository}`."""
    where = record.text("journaltitle", "publisher", "howpublished", "note")
    if re.fullmatch(r"(?:github|gitlab|bitbucket)(?: repository)?", where, re.IGNORECASE):
        return True
    return record.has("version", "commit") and bool(
        re.search(r"//(?:github|gitlab|bitbucket)\.", record.verbatim("url"))
    )


_PLATFORMS: Final = re.compile(
    r"\b(?P<youtube>you ?tube)\b|//(?:www\.|m\.)?(?:(?P<tube>youtube\.com/(?:watch|live|shorts)|"
    r"youtu\.be/)|(?P<vimeo>vimeo\.com/\d)|(?P<ted>ted\.com/talks/))",
    re.IGNORECASE,
)


def video_platform(record: Record) -> str:
    """10.12, Example 90: who streams a video, by its description or its address."""
    typed = f"{record.text('howpublished')} {record.text('type')} {record.verbatim('url')}"
    found = _PLATFORMS.search(f"{typed} {record.raw('howpublished')}")
    if not found:
        return ""
    if found["ted"]:
        return "TED Conferences"
    return "Vimeo" if found["vimeo"] else "YouTube"
