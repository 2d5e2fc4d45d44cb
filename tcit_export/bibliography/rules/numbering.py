"""Volumes, issues, pages, editions, series, numbers (APA 7, 9.19, 9.25-9.27, 10.1-10.4)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.dates import parse_date
from tcit_export.bibliography.roman import from_roman
from tcit_export.bibliography.rules.editions import set_edition
from tcit_export.bibliography.rules.identifiers import normal_doi
from tcit_export.bibliography.rules.kind import ARTICLES, BOOK_PARTS, PRINTED
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.bibliography.rules.wording import NUMBERED_DOCUMENT, coded_guideline
from tcit_export.patterns import late

_HYPHEN: Final = re.compile(r"(?<=\w)\s*[-‐‑–—]+\s*(?=\w)(?!(?<=\d-)[A-Z](?!\w))")
"""Between the ends of a range; the section of an issue, `66(2-B)`, is none."""
_ARTICLE_NUMBER: Final = re.compile(
    r"^(?:(?:article|art\.?|paper)(?: ?id| no\.?| number)?:?\s*)?"
    r"(?P<number>[A-Za-z]{1,5}[.-]?\d[\w.]*|\d{5,})$",
    re.IGNORECASE,
)
_WORDED_NUMBER: Final = re.compile(
    r"^(?:article|art\.|art ?id\b|paper)(?: ?id\b| no\.?| number)?:?\s*(?=\w)", re.IGNORECASE
)
_ERIC: Final = late(r"E[DJ]\d{6,7}")
_ACCESSION: Final = late(r"(?:[A-Z]{2,}[A-Z./-]*\d|[a-z]{2,}[a-z./-]*_)[\w./-]*")
"""What archives call their data by: TC022704, ABC-2018-DS01."""
_SEVERAL: Final = late(r"(?=[\w-]*\d)[\w-]++(?:(?:, and |, | and | & )(?=[\w-]*\d)[\w-]++)+")
"""Several numbers of one report, each a single token."""
_LETTERED_NUMBER: Final = late(r"[A-Z]{1,5} \d[\d-]*")
_LABEL: Final = re.compile(
    r"^(?:vol(?:ume)?s?|nos?|nr|number|issues?)\b\.?\s*(?=\d)", re.IGNORECASE
)
_NO_PAGES: Final = re.compile(
    r"^10\.(?:1371|3389|3390|1186|7717|2196|12688|3402)/|^10\.1038/(?:s41598|srep|s41467|ncomms)"
)
"""DOIs of publishers whose journals have article numbers and no pages of their own."""
_PLOS: Final = re.compile(r"^10\.1371/journal\.p[a-z]{3}\.(\d{7})$")
_PAGE_RANGE: Final = re.compile(r"^[\w.:/]+\s*(?:-+|[‐‑–—])\s*[\w.:/]+$")


_ARTICLE_NUMBERS: Final = (
    "eid", "articleno", "article-number", "art_number", "article_number", "articlenumber",
    "elocation-id",
)  # fmt: skip
"""Where exporters put the number of an article."""
_FIRST_PAGE_ALONE: Final = re.compile(r"(?<=\d)\s*[-\u2013]+\s*[&+]?$|(?<=\d)\+$")
"""Web of Science's `213-&` and `213-+`: the first page is all that is known."""
_PAGE_NUMBER: Final = re.compile(r"\d|\b[ivxlc]+\b")
_SECTION_STOP: Final = late(r"(?<=\b[A-Z])\.(?=\d)|(?<=\b[A-Z]{2})\.(?=\d)")
"""ProQuest's `A.1` is page A1 of a newspaper."""


def set_numbers(record: Record) -> None:
    """Every number of the entry in its variable."""
    _set_volume_and_issue(record)
    _set_pages(record)
    set_edition(record, record.text("edition"))
    if record.type in ("book", "chapter") and record.has("note"):
        _set_noted_numbers(record, record.text("note"))
    _set_series(record)
    _set_document_number(record)
    record.put("chapter-number", record.text("chapter"))
    record.put("part-number", record.text("part"))


_OLD_SERIES: Final = re.compile(r"[a-z]{1,3}-(?:\d+|[IVXLC]+)$")
"""`os-2`, `os-IX`: a volume of an old or new series, no range."""
_OF_SERIES: Final = re.compile(r"s\d-(?:\d+|[IVXLC]+)$")
"""`s2-42`, as Crossref has the volume 42 of a second series; among pages it is a range."""


def ranged(text: str) -> str:
    """A range of numbers with an en dash (6.6): `3-4` is 3–4."""
    return text if text.isalnum() or _OLD_SERIES.match(text) else _HYPHEN.sub("–", text)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\dIVXLCivxlc]+(?:\s*[-–/&,]+\s*[\dIVXLCivxlc]+)*", text))


# ---------------------------------------------------------------- periodicals and books


NOT_YET: Final = re.compile(
    r"^(?:0|n/a|(?:e?pub\w* )?ahead[- ]of[- ]print|online ?first|"
    r"advance online publication|in press|just[- ]accepted|tba|-+)$",
    re.I,
)
"""What publishers export for the volume and issue of an article that has none yet."""


_VOLUME_AGAIN: Final = re.compile(r"vol(?:ume)?\b\.?\s*\w+,\s*(?:18|19|20)\d\d$", re.I)
"""`Volume 52, 2001`: a journal without issues, as its publisher exports it."""


_YEAR_BEHIND: Final = re.compile(r"(?<=\d) - (?:19|20)\d\d$")
"""`Volume 11 - 2020`, as a publisher exports it."""
_SUPPLEMENT: Final = late(
    r"(?:(?P<issue>\d+(?:\s*[-–]\s*\d+)?)[\s,_]*)?\(?suppl(?:ement)?(?![a-z])[.]?[\s_]*(?P<number>[A-Z]?\d*)\)?",
    re.IGNORECASE,
)


_VOLUME_AND_ISSUE: Final = re.compile(
    r"(?P<volume>\w+)(?:\s*\((?P<issue>.+)\)| (?P<next>\d[\d–-]*|suppl\.?(?: \d+)?)|"
    r",? ?(?:no|nr|iss|issue|number)s?\b\.? ?(?P<worded>\d[\d–/-]*))",
    re.IGNORECASE,
)
"""`12(3)`, copied from a reference list; `12 3`, as Semantic Scholar writes it; `12, No. 3`."""


def _set_volume_and_issue(record: Record) -> None:
    """9.25: volume and issue; an issue may be a number, a season or a supplement."""
    volume = _YEAR_BEHIND.sub("", _LABEL.sub("", record.text("volume")))
    both = _VOLUME_AND_ISSUE.fullmatch(volume) if record.type in ARTICLES else None
    if both:
        volume = both["volume"]
        record.put("issue", ranged(_issue(both["issue"] or both["next"] or both["worded"])))
    counted = volume if _OF_SERIES.match(volume) else ranged(arabic(volume))
    record.put("volume", "" if NOT_YET.match(volume) else counted)
    if record.type not in ARTICLES:
        _set_number_of_volumes(record)
        return
    number, issue = _issue(record.text("number")), _issue(record.text("issue"))
    if is_dated_by_season(record):
        number = issue = ""
    if number and issue and issue != number:
        record.put("issue", f"{ranged(number)}, {issue}")
    else:
        record.put("issue", ranged(number or issue) or record.fields.get("issue", ""))


_SEASON: Final = late(r"(?:spring|summer|autumn|fall|winter)(?:[/–-]+\w+)?", re.IGNORECASE)


def is_dated_by_season(record: Record) -> bool:
    """9.14: an issue that is but a season, of a periodical without volumes, is its date."""
    issue = record.text("issue", "number")
    if not issue or record.has("volume", "month") or record.type not in ARTICLES:
        return False
    if not record.has("date", "year"):
        return False
    return _SEASON.fullmatch(issue) is not None and record.text("number", "issue") == issue


_LARGEST_IN_LETTERS: Final = 399
"""Beyond it are no volumes; `CD` and `MM` are letters."""


def arabic(volume: str) -> str:
    """9.25, 9.28: volumes are counted in Arabic numerals, `XIV` is 14; a letter stays one."""
    number = from_roman(volume) if volume not in ("L", "C", "l", "c") else 0
    return str(number) if 0 < number <= _LARGEST_IN_LETTERS else volume


_PART: Final = late(r"(?:(?P<issue>\d+)[ ,]+)?(?:pt\.?|part) (?P<part>\w+)", re.IGNORECASE)
"""`Pt 1`, `3 Pt 2`: parts of volumes and issues, as PubMed has them."""


_SPECIAL: Final = late(r"(?<=\w),? SI$")
"""`2, SI`: what Web of Science says of a special issue."""


def _issue(text: str) -> str:
    """`7 Suppl`, `suppl_1`, `Supplement 2`: a supplement is always `Suppl.` (9.25)."""
    if not text or NOT_YET.match(text) or _VOLUME_AGAIN.match(text):
        return ""
    text = _LABEL.sub("", text)
    text = _SPECIAL.sub("", text) if text.endswith("SI") else text
    if text[0] == "0" and text.isdecimal():
        return text.lstrip("0")  # `01`, as Cambridge counts its issues
    if part := _PART.fullmatch(text) if "t" in text[:6] else None:
        return f"{part['issue']}, Pt. {part['part']}" if part["issue"] else f"Pt. {part['part']}"
    found = _SUPPLEMENT.fullmatch(text) if "uppl" in text.lower() else None
    if not found:
        return text
    supplement = f"Suppl. {found['number']}" if found["number"] else "Suppl."
    return f"{found['issue']}, {supplement}" if found["issue"] else supplement


_NOTED_NUMBER: Final = late(
    r"(?:(?P<volumes>\d{1,2}|two|three|four|five|six) vols?\.?|vol(?:ume|\.) ?(?P<volume>\d{1,3})|"
    r"(?P<edition>(?:\d{1,2}(?:st|nd|rd|th)|rev(?:ised|\.)?|second|third|fourth|fifth)"
    r" ed(?:ition|\.)))\.?",
    re.IGNORECASE,
)
_WORDED_COUNTS: Final = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


def _set_noted_numbers(record: Record, note: str) -> None:
    """A note that is but an edition, a volume or a number of volumes: `3rd ed.`, `2 vols.`"""
    found = _NOTED_NUMBER.fullmatch(note)
    if not found:
        return
    if found["edition"] and "edition" not in record.fields:
        set_edition(record, found["edition"])
    count = found["volumes"] and _WORDED_COUNTS.get(found["volumes"].lower(), found["volumes"])
    volume = found["volume"] or (count and record.type == "book" and f"1–{count}")
    if volume and not record.has("volume"):
        record.put("volume", volume)


def _set_number_of_volumes(record: Record) -> None:
    """10.2, Example 30: a work of several volumes is cited as `Vols. 1-3`."""
    volumes = record.text("volumes")
    record.put("number-of-volumes", volumes)
    if volumes.isdigit() and int(volumes) > 1 and record.type == "book":
        record.fields.setdefault("volume", f"1–{volumes}")


_NEWS: Final = ("article-magazine", "article-newspaper")
_SECTION_PAGE: Final = late(r"[A-Z]{1,3}-?\d{1,3}")
_BEFORE_PAGES: Final = re.compile(
    r"^(?:ch(?:ap(?:ter)?)?\.? ?\w+[,;:] ?)?(?:pp?\.|pages?:?(?= ))?\s*", re.I
)
"""`pp. 3-9`, and `chap. 2, pp. 3-9`."""


def _set_pages(record: Record) -> None:
    """9.27: pages, or the article number that e-only journals have instead."""
    pages, eid = record.text("pages"), record.text(*_ARTICLE_NUMBERS)
    pages = pages.partition(";")[0].replace(" to ", "-")  # `45-50; discussion 51`, as in PubMed
    pages = _FIRST_PAGE_ALONE.sub("", _BEFORE_PAGES.sub("", pages))
    first, dash, last = pages.replace("–", "-").partition("-")
    if dash and first.strip() == last.strip("- "):
        pages = first.strip()  # `82-82`: publishers give a first and a last page of each article
    if record.type in _NEWS:
        pages = _SECTION_STOP.sub("", pages)
    if not _PAGE_NUMBER.search(pages) or NOT_YET.match(record.text("volume")):
        pages = ""  # `n/a-n/a`, `No Pagination Specified`, a count of pages before the volume
    unnumbered = "tcit-notice" in record.fields and not record.has("volume")
    if unnumbered and re.match(r"1\s*[-–]", pages):
        pages = ""  # 10.1, Example 7: what is in no volume yet is counted from 1
    if record.type == "book":
        _set_pages_of_book(record, pages)
        return
    if record.type in ARTICLES or record.type == "paper-conference":
        number = _article_number(pages, eid, _doi(record))
        if number == pages and _SECTION_PAGE.fullmatch(pages) and record.type in _NEWS:
            number = ""  # `SR1` is a page of a section
        record.put("number", number)
        if number and (
            not _PAGE_RANGE.match(pages) or re.match(r"1\s*[-–]", pages) or pages in (eid, number)
        ):
            pages = ""  # what is left is a count of pages, or the number once more
    record.put("page", ", ".join(_pages(part.strip()) for part in pages.split(",") if part.strip()))


_LETTERED_PAGES: Final = late(r"(?P<letters>[A-Za-z]{1,2})(?P<first>\d+)\s*[-–]+\s*(?P<last>\d+)")


def _pages(text: str) -> str:
    """A range of pages; the letters of the first are those of the last, too: `e374--81`."""
    found = _LETTERED_PAGES.fullmatch(text) if text[:1].isalpha() else None
    if found is None:
        return ranged(text)
    letters, first, last = found.groups()
    whole = first[: len(first) - len(last)] + last
    return f"{letters}{first}–{letters}{whole}" if int(whole) > int(first) else ranged(text)


def _set_pages_of_book(record: Record, pages: str) -> None:
    """A book's `pages` are how many it has; BibTeX's @inbook means a part by them."""
    if not _PAGE_RANGE.match(pages):
        record.put("number-of-pages", pages)
    else:
        record.put("page", ranged(pages))
    if record.entry.type in ("inbook", "incollection"):
        chapter = record.text("chapter")
        label = "pp." if _PAGE_RANGE.match(pages) else "p."
        parts = (
            f"Chapter {chapter}" if chapter else "",
            f"{label} {ranged(pages)}" if pages else "",
        )
        record.put("tcit-parenthesis", ", ".join(part for part in parts if part))


_NO_ARTICLE_NUMBER: Final = re.compile(r"[A-Z]\d{1,3}|[ivxlc]+-\d+")
"""A page of a section, and pages from the front matter on: `A4`, `i-109`."""


def _article_number(pages: str, eid: str, doi: str) -> str:
    """The article number, from its own field or from where databases put it."""
    if eid:
        found = _ARTICLE_NUMBER.match(eid)
        return found.group("number") if found else _WORDED_NUMBER.sub("", eid)
    plos = _PLOS.match(doi)
    if plos and re.match(r"^(?:1\b|$)", pages):
        return f"e{plos.group(1)}"
    if _NO_PAGES.match(doi) and re.fullmatch(r"\d+", pages):
        return pages
    found = _ARTICLE_NUMBER.match(pages)
    if found and not _NO_ARTICLE_NUMBER.fullmatch(pages):
        return found.group("number")
    worded = _WORDED_NUMBER.match(pages)
    return pages[worded.end() :] if worded else ""


def _doi(record: Record) -> str:
    return normal_doi(record.verbatim("doi")) or normal_doi(record.verbatim("url"))


def _set_series(record: Record) -> None:
    """A series of books is recorded for other styles; APA leaves it out (10.2).

    The volume of a book in a series is its number in the series.
    """
    if record.type in ARTICLES or record.type == "report" or not record.has("series"):
        return
    series = record.text("series")
    record.put("collection-title", series)
    number = record.text("number")
    if fold(record.text("booktitle", "title")).startswith(fold(series)):
        return  # Web of Science says the title of a yearbook twice: its volume is the book's
    if not number and record.type in BOOK_PARTS | {"book"} and not record.has("maintitle"):
        number = record.fields.pop("volume", "")
    record.put("collection-number", number)


# ---------------------------------------------------------------- reports, data, software


_WORDED_VERSION: Final = late(r"\w .*\bversion\b|^(?:release|build|edition)\b", re.I)
"""What says itself that it is a version, in more words than the one that APA has for it."""


def _set_document_number(record: Record) -> None:
    """10.4, 10.9-10.13: the number of a report, data set, patent, episode, dissertation."""
    number, version = record.text("number"), record.text("version")
    number = coded_guideline(number) or number
    if record.type in _NUMBERED_KINDS and (record.type == "book" or not number):
        _set_worded_number(record)
    if not number and record.type == "report" and record.has("series"):
        number = _number_of_series(record)
    recorded = record.text("entrysubtype", "titleaddon").lower() == "database record"
    if recorded and _ACCESSION.fullmatch(number or version):
        record.put("tcit-identifier", number or version)  # 10.11, Example 83
        return
    if record.type in PRINTED:
        return
    if record.type == "webpage" and parse_date(f"{number} {record.text('volume')}").date:
        record.fields.pop("volume", None)  # EndNote's day and year of retrieval
        return
    if version and _WORDED_VERSION.search(version):
        record.put("tcit-identifier", version)  # `R package version 2.1`, `Release 4`
    elif record.type == "software":
        record.put("version", re.sub(r"^(?:version|v\.?)\s*(?=\d)", "", version, flags=re.I))
    elif record.type == "dataset":
        record.put("version", re.sub(r"^version\s*", "", version, flags=re.I))
    elif version and not number:
        bare = re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", version)
        record.put("tcit-identifier", f"Version {version}" if bare else version)
    _set_labelled_number(record, number)


_NUMBER_OF_KIND: Final = late(
    r"((?:[A-Z][\w.]* ){0,4}(?:Report|Paper|Memorandum|Bulletin|Circular)) (\d[\w-]*)$"
)
"""`Technical Report 12`, with the kind in `number`."""
_NUMBERED_KINDS: Final = frozenset("report webpage document pamphlet book".split())


def _set_worded_number(record: Record) -> None:
    """10.4: a field that is but the number of the work, as `HHS Publication No. SMA 14-4884`."""
    for name in ("number", "series", "howpublished", "note"):
        text = record.text(name).rstrip(".")
        if " No" in text and NUMBERED_DOCUMENT.fullmatch(text):
            # 6.8: brackets within parentheses
            record.put("tcit-identifier", text.replace("(", "[").replace(")", "]"))
        elif guideline := coded_guideline(text):
            record.put("tcit-identifier", guideline)


_CODE: Final = late(r"[A-Z]{1,6}[- /]?\d[\w/-]*")


def _number_of_series(record: Record) -> str:
    """10.4: the number of a report where the name of its series holds it, or a volume is it."""
    series = record.text("series").rstrip(".")
    if NUMBERED_DOCUMENT.fullmatch(series) or _CODE.fullmatch(series):
        record.fields.setdefault("tcit-identifier", series.replace("(", "[").replace(")", "]"))
    elif record.text("volume").isdecimal() and not record.has("type"):
        record.fields.pop("volume", None)
        return record.text("volume")
    return ""


_SMALL_NO: Final = re.compile(r"\b(?:no\.? ?|No\.(?! ))(?=[A-Z]{0,4}[ .-]?\d)")
"""10.4: `no. 12` and `No.12`, as libraries and hands write it, is No. 12."""
_GUIDELINE: Final = late(r"[A-Z]{2,} (?:[Gg]uidelines?|[Gg]uidance)")
"""What its body knows by a code: NICE Guideline NG136 (no `No.` before it)."""


def _set_labelled_number(record: Record, number: str) -> None:
    """`(ABC Publication No. 17-12)`: a bare number takes a label, words speak for themselves."""
    if not number or "tcit-identifier" in record.fields:
        return
    series = record.text("issue", "series") if record.type == "report" else ""
    number = _SMALL_NO.sub("No. ", number.removeprefix("#") or number)
    record.put("number", number)
    if record.type == "thesis":
        worded = " " in number
        record.put("tcit-identifier", number if worded else f"Publication No. {number}")
    elif series and not record.has("type"):
        bare = _is_number(number) and not record.has("issue")
        record.put("tcit-identifier", f"{series} No. {number}" if bare else f"{series} {number}")
    elif _ERIC.fullmatch(number) or (record.type == "dataset" and _ACCESSION.fullmatch(number)):
        record.put("tcit-identifier", number)  # 10.8, Example 74
    elif _SEVERAL.fullmatch(number):
        record.fields["number"] = f"Nos. {number}"
    elif number[:1].isupper() and " " not in number and _GUIDELINE.search(record.text("type")):
        record.put("tcit-identifier", number)
    elif _LETTERED_NUMBER.fullmatch(number) and record.type == "report" and record.has("type"):
        record.flag("tcit-number-label")
    elif record.type == "patent" and record.has("type") and not re.search("[a-z]", number):
        record.flag("tcit-number-label")  # `10,123,456 B2`
    elif re.fullmatch(r"\S*\d\S*", number):
        record.flag("tcit-number-label")  # one token is a bare number, whatever its letters
    else:
        record.put("tcit-identifier", _NUMBER_OF_KIND.sub(r"\1 No. \2", number))
