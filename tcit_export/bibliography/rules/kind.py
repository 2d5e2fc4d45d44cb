"""What sort of work an entry is: BibTeX's and biblatex's types as CSL's (APA 7, chapter 10)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography import mistakes
from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.library import Remark
from tcit_export.bibliography.reference_managers import PODCAST, PODCAST_EPISODE
from tcit_export.bibliography.rules.platforms import (
    data_archive,
    is_repository,
    preprint_server,
    server_by_doi,
)
from tcit_export.bibliography.rules.record import OTHER_TYPES, Record, fold
from tcit_export.bibliography.rules.talks import only_presented, presented_at
from tcit_export.bibliography.rules.wording import how_published
from tcit_export.diagnostic import nearest
from tcit_export.patterns import late

CSL_TYPES: Final = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "review": "review",
    "periodical": "periodical",
    "magazine": "article-magazine",
    "magazinearticle": "article-magazine",
    "newspaper": "article-newspaper",
    "newspaperarticle": "article-newspaper",
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
    "webpage": "webpage",
    "website": "webpage",
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
    "case": "legal_case",
    "statute": "legislation",
    "bill": "bill",
    "treaty": "treaty",
}  # fmt: skip
"""Entry types of BibTeX, biblatex and biblatex-apa. `misc` and unknown types are looked into."""

ARTICLES: Final = frozenset(
    "article-journal article-magazine article-newspaper post-weblog periodical review".split()
)
BOOK_PARTS: Final = frozenset(
    "chapter paper-conference entry-encyclopedia entry-dictionary".split()
)
"""Parts of periodicals, and parts of books: their titles are upright (9.19)."""
PRINTED: Final = ARTICLES | BOOK_PARTS | {"book"}

_SUBTYPES: Final = {
    ("article", "magazine"): "article-magazine",
    ("article", "newspaper"): "article-newspaper",
    ("article", "nonacademic"): "article-magazine",
    ("article", "blog"): "post-weblog",
    ("video", "tvseries"): "broadcast",
    ("video", "tvepisode"): "broadcast",
    ("audio", "podcast"): "broadcast",
    ("audio", "podcastepisode"): "broadcast",
    ("audio", PODCAST): "broadcast",
    ("audio", PODCAST_EPISODE): "broadcast",
    ("audio", "interview"): "interview",
    ("image", "map"): "map",
    ("online", "tweet"): "post",
    ("online", "status update"): "post",
    ("online", "online forum post"): "post",
    ("online", "blog post"): "post-weblog",
    ("misc", "tweet"): "post",
}
"""What an `entrysubtype` makes of a type."""

_DESCRIBED: Final = (
    (re.compile(r"\b(?:software|(?:mobile|web) app|large language model|code)$", re.I), "software"),
    (re.compile(r"\bepisode$", re.I), "broadcast"),
    (re.compile(r"^song$", re.I), "song"),
    (re.compile(r"^(?:data ?set)\b", re.I), "dataset"),
    (re.compile(r"^(?:tweet|status update|thread|toot|facebook post)\b", re.I), "post"),
    (re.compile(r"^(?:technical |research )?report$", re.I), "report"),
)
"""What @misc is by the description in its `type`, `howpublished` or `note`."""

_R_PACKAGE: Final = late(
    r"\bR package version\b|//cran\.r-project\.org|//www\.r-project\.org", re.I
)


def _report_unknown(record: Record, entry_type: str) -> None:
    if entry_type in CSL_TYPES or entry_type in OTHER_TYPES or entry_type.startswith("custom"):
        return
    near = nearest(entry_type, [*CSL_TYPES, "misc"])
    hints = (f"did you mean `@{near}`?",) if near else ("`@misc` takes what has no type",)
    message = f"`@{entry_type}` is no type of entry"
    record.remarks.append(("", Remark(mistakes.UNKNOWN_TYPE, message, hints)))


def set_type(record: Record) -> None:
    """APA 7, chapter 10: the reference category decides the form."""
    entry_type = record.entry.type
    _report_unknown(record, entry_type)
    subtype = record.text("entrysubtype").lower()
    known = _SUBTYPES.get((entry_type, subtype)) or CSL_TYPES.get(entry_type)
    record.type = known or _misc(record)
    record.type = _refined(record, entry_type) or record.type


MAGAZINES: Final = frozenset(
    """time newsweek thenewyorker newyorker theatlantic theatlanticmonthly scientificamerican
    scientificamericanmind monitoronpsychology psychologytoday theeconomist economist wired
    nationalgeographic harvardbusinessreview newscientist sciencenews discover smithsonian
    smithsonianmagazine thenewyorktimesmagazine harpersmagazine therollingstone rollingstone
    thenation thenewrepublic businessweek fortune forbes observer apsobserver thepsychologist
    thenewyorktimes newyorktimes thewashingtonpost washingtonpost thewallstreetjournal
    wallstreetjournal losangelestimes chicagotribune theguardian guardian thetimes
    financialtimes theindependent usatoday thebostonglobe bostonglobe
    sanfranciscochronicle""".split()
)
"""Magazines and newspapers that databases export with volumes and months, like journals."""


_WIKIPEDIANS: Final = frozenset(
    """wikipediacontributors contributorstowikimediaprojects wikimediafoundation
    wikipedia""".split()
)


def wikipedia_article(record: Record) -> str:
    """10.3, Example 49: the article's name in the title that Wikipedia's own export gives."""
    if record.wikipedia is None:
        record.wikipedia = _wikipedia_article(record)
    return record.wikipedia


def _wikipedia_article(record: Record) -> str:
    if "wikipedia" not in record.raw("title").lower():
        sites = ("eprint", "eprinttype", "publisher", "organization", "booktitle")
        there = record.has(*sites) and any(
            fold(record.raw(name)) in ("wikipedia", "wikipediaorg") for name in sites
        )
        if not there and "wikipedia.org/" not in record.raw("url") + record.raw("howpublished"):
            return ""
        by_all = not record.has("author") or fold(record.raw("author")) in _WIKIPEDIANS
        return record.rich("title") if by_all else ""
    found = re.match(
        r"^(?P<name>.+?)\s*(?:[-–—|]+)\s*Wikipedia\b(?:,?\s*the free encyclopedia)?$",
        record.text("title"),
        re.IGNORECASE,
    )
    return found.group("name") if found else ""


_IN_THE_NEWS: Final = re.compile(
    r"\[?(?P<what>magazine|newspaper)(?: article)?\]?\.?", re.IGNORECASE
)
"""A note that says what kind of periodical it is, as hands have it."""


def _refined(record: Record, entry_type: str) -> str:
    """Types that fields tell better than the entry's own, or nothing."""
    if wikipedia_article(record):
        return "entry-encyclopedia"
    match entry_type:
        case "article" if fold(record.text("journaltitle")) in MAGAZINES:
            return "article-magazine"
        case "article" if found := _IN_THE_NEWS.fullmatch(record.text("note")):
            return f"article-{found['what'].lower()}"
        case "article" if "nonacademic" in record.keywords():
            return "article-magazine"
        case "article" if "resented " in record.text("journaltitle") and presented_at(record):
            return "speech"
        case "article" if preprint_server(record.text("journaltitle")):
            return "article"
        case "article" if not record.has("journaltitle") and server_by_doi(record):
            return "article"
        case "article" if record.has("pubstate", "howpublished") and _is_unpublished(record):
            return "manuscript"
        case "article" if data_archive(record):
            return "dataset"
        case "article" if _stands_alone(record):
            return "webpage" if record.has("url") else "book"
        case "inproceedings" | "conference" if _in_journal(record):
            return "article-journal"
        case "techreport" | "report" if _is_preprint(record):
            return "article"
        case "unpublished" if record.has("eventtitle"):
            return "speech"
        case "inproceedings" | "conference" | "misc" if only_presented(record):
            return "speech"
        case "unpublished" if thesis_in_words(record):
            return "thesis"
        case "book" if _is_catalogued_thesis(record):
            return "thesis"
        case "inbook" | "incollection" if _in_journal(record):
            return "article-journal"
        case "inbook" | "incollection" if not record.has("title") and record.has("booktitle"):
            return "book"  # Zotero keeps a chapter whose title is not known yet
        case "inbook" | "incollection" if not record.has("booktitle", "maintitle"):
            return "book"  # BibTeX's @inbook: the title is the book's
        case "manual" if re.match(r"version \d", record.text("note"), re.IGNORECASE):
            return "software"
        case "manual" if _R_PACKAGE.search(f"{record.raw('note')} {record.raw('url')}"):
            return "software"
    if entry_type in ("misc", "online") and data_archive(record):
        return "dataset"
    if entry_type == "online" and _is_in_archive(record):
        return "article"
    if record.type == "webpage" and _is_episode(record):
        return "broadcast"
    if record.type == "webpage" and _in_newspaper(record):
        return "article-magazine"
    if record.type == "webpage" and dictionary_of(record):
        return "entry-encyclopedia"
    if record.type in ("webpage", "post-weblog"):
        return _blog_post(record)
    informal = ("manuscript", "document", "paper-conference")
    return "speech" if record.type in informal and presented_at(record) else ""


def _is_episode(record: Record) -> bool:
    """10.12: `Audio podcast episode`, wherever the entry of a page has its description."""
    return any(
        record.text(name).strip(" []").lower().endswith(" episode")
        for name in ("titleaddon", "howpublished", "type", "note")
    )


_MANUSCRIPTS: Final = frozenset("submitted inpreparation manunpub maninprep mansub".split())


def _is_unpublished(record: Record) -> bool:
    """10.8, Examples 70-72: the journal that a manuscript is meant for is not told."""
    return fold(record.text("pubstate")) in _MANUSCRIPTS or (
        record.raw("howpublished").lower() in _MANUSCRIPTS
    )


def _is_preprint(record: Record) -> bool:
    """10.8, Example 73: Zotero's `type = {preprint}`, where the server is told."""
    if record.text("type").lower() != "preprint":
        return False
    named = preprint_server(record.text("institution", "publisher"))
    return bool(named or server_by_doi(record) or preprint_server(record.verbatim("url")))


def _is_in_archive(record: Record) -> bool:
    """10.8, Examples 73-74: what lies in an archive of papers is dated by the year."""
    archive = record.text("eprinttype", "eprint")
    return bool(archive) and (
        archive in ("ERIC", "PubMed Central") or preprint_server(archive) != ""
    )


def _stands_alone(record: Record) -> bool:
    """9.19: an article that nothing tells to be in a periodical is a work of its own.

    Google Scholar gives books and pages that it does not know the sort of as @article.
    """
    inside = ("journaltitle", "booktitle", "maintitle", "volume", "number", "pages", "eid", "doi")
    if record.has(*inside) or not record.has("publisher", "url"):
        return False
    return not record.has("pubstate", "issn", "eprint", "entrysubtype")


def dictionary_of(record: Record) -> str:
    """10.3, Examples 47-48: the dictionary whose entry a page is, by the name of the site."""
    for name in ("journaltitle", "organization", "website", "howpublished"):
        if not record.has(name):
            continue
        site = how_published(record)[1] if name == "howpublished" else record.rich(name)
        if _DICTIONARY.search(site) and fold(site) != fold(record.text("author")):
            return site
    return ""


_DICTIONARY: Final = late(r"\b(?:Dictionary|Encyclop(?:a|e|ae|æ)dia|Thesaurus)\b(?!, Inc)")


def _in_newspaper(record: Record) -> bool:
    """10.1, Examples 15-16: an article on the site of a newspaper is one in the newspaper."""
    described = record.has("entrysubtype") or (
        record.has("type") and "article" not in record.raw("type").lower()
    )
    if described or how_published(record)[0]:
        return False
    return fold(strip_markup(site_name(record))) in MAGAZINES


def _blog_post(record: Record) -> str:
    """10.1, Example 17: a post in a blog that has a name is an article in a periodical."""
    described = f"{record.text('entrysubtype')} {record.text('howpublished')} {record.text('type')}"
    if _TERSE.fullmatch(record.text("note")):
        described += f" {record.text('note')}"
    if re.search(r"\b(?:web)?blog(?: post| entry)?\b", described, re.IGNORECASE):
        return "post-weblog" if site_name(record) else "webpage"
    return "speech" if presented_at(record) else ""


def site_name(record: Record) -> str:
    """The name of a site or blog, in any of the fields it is typed into."""
    for name in ("eprinttype", "journaltitle", "booktitle", "website", "organization", "publisher"):
        if record.has(name):
            return record.rich(name)
    if record.has("eprint"):
        return "" if re.search(r"\d", record.text("eprint")) else record.rich("eprint")
    return how_published(record)[1]


_PERIODICAL: Final = late(r"roceedings|\b(?:Journal|Bulletin|Quarterly|Annals|Archives)\b")
"""What names of periodicals have that are put where those of books stand."""


def _in_journal(record: Record) -> bool:
    """10.5: proceedings that appear as a journal are cited as one: they have issues, too."""
    if record.has("booktitle") and not record.has("journaltitle"):
        typed = record.raw("volume"), record.raw("number")
        issued = all(typed) and not record.has("series", "editor", "maintitle")
        return issued and _PERIODICAL.search(record.raw("booktitle")) is not None
    book = fold(record.text("booktitle"))
    same = book in ("", fold(record.text("journaltitle")))
    return record.has("journaltitle") and same and not record.has("maintitle")


_THESIS: Final = re.compile(
    r"^\W*(?P<genre>(?:unpublished |published )?(?:doctoral|ph\.?\s?d\.?|psy\.?\s?d\.?|"
    r"master['’]?s?|m\.?\s?[as]c?\.?|bachelor['’]?s?|honou?rs|undergraduate) "
    r"(?:thesis|dissertation))\s*[,.;:(]\s*(?P<school>[^\d\W].*?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_CATALOGUED_THESIS: Final = late(
    r"(?P<genre>(?:thesis|dissertation) ?\([a-z][a-z. ]{1,40}\)) ?(?:[-–—]+|,) ?"
    r"(?P<school>[^\W\d][^\d;]{2,80})",
    re.IGNORECASE,
)
"""`Thesis (Ph. D.)--Harbor University, 2001`, as library catalogues note it (MARC 21, 502)."""


def thesis_in_words(record: Record) -> tuple[str, str] | None:
    """10.6: the kind of thesis and its school, from `Master's thesis, University of Ghent`."""
    kind = record.entry.type
    if kind not in OTHER_TYPES | {"unpublished", "book"}:
        return None
    for name in ("howpublished", "note"):
        typed = record.rich(name)
        found = (kind != "book" and _THESIS.match(typed)) or _CATALOGUED_THESIS.match(typed)
        if found:
            return found.group("genre"), found.group("school").rstrip(" ,.[(")
    return None


def _is_catalogued_thesis(record: Record) -> bool:
    """A book that nobody but its school has published: WorldCat tells it in a note."""
    found = thesis_in_words(record) if record.has("note") and record.has("author") else None
    publisher = record.text("publisher")
    return found is not None and fold(publisher) in ("", fold(strip_markup(found[1])))


_UNPUBLISHED: Final = late(
    r"\(?(?:unpublished|unveröffentlicht|inédit)(?: manuscript|es manuskript)?\)?\.?", re.IGNORECASE
)
"""A note that says no more than that nobody has published the work."""


def _misc(record: Record) -> str:
    """@misc and types nobody knows: by the fields they bring."""
    if thesis_in_words(record):
        return "thesis"
    where = " ".join(
        record.text(name)
        for name in ("howpublished", "type", "eprinttype", "eprint", "publisher", "number", "note")
    )
    if re.match(r"\W*personal (?:communication|correspondence)\b", where, re.IGNORECASE):
        return "personal_communication"
    if is_repository(record):
        return "software"
    shown = record.has("url", "doi", "howpublished", "publisher", "booktitle", "journaltitle")
    if not shown and _UNPUBLISHED.fullmatch(record.text("note")):
        return "manuscript"
    described = how_published_words(record) or _bracket_in_title(record)
    for pattern, kind in _DESCRIBED:
        if pattern.search(described):
            return kind
    if record.has("booktitle") and record.has("pages", "editor", "publisher"):
        return "article-journal" if _in_journal(record) else "chapter"
    numbered = any(map(str.isdigit, record.raw("eprint")))  # otherwise it is the name of a site
    if numbered or preprint_server(where) or server_by_doi(record):
        return "article"
    if record.has("journaltitle") and record.has("volume", "number", "pages"):
        return "article-journal"
    return "webpage" if record.has("url", "howpublished", "title") else "document"


def _bracket_in_title(record: Record) -> str:
    """`JASP (Version 0.16) [Computer software]`: a description behind the title."""
    _, bracket, what = record.text("title").rpartition("[")
    return what.rstrip(" .]") if bracket else ""


_TERSE: Final = late(
    r"(?:film|video|audio|song|album|podcast|tv series|motion picture|blog post|tweet|data ?set|"
    r"(?:computer |mobile )?software|(?:mobile )?app|computer program|(?:audio )?podcast episode|"
    r"tv (?:series )?episode|press release|infographic|map|webinar|photograph|painting|"
    r"powerpoint(?: slides)?|lecture notes|brochure|fact sheet|apparatus)\.?",
    re.IGNORECASE,
)
"""Notes that say nothing but what sort of work it is."""


def how_published_words(record: Record) -> str:
    """The description of an entry without a type of its own: `[Mobile app]` is Mobile app."""
    fields = ("entrysubtype", "type", "howpublished", "note")
    for name in fields if record.has(*fields) else ():
        text = record.text(name)
        bracketed = re.search(r"\[([^\[\]]+)\]", text)
        if bracketed or (text and (name != "note" or _TERSE.fullmatch(text))):
            return bracketed[1] if bracketed else text.strip(" .")
    return ""
