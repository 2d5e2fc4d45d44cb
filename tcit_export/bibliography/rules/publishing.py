"""Publishers, institutions, archives, events, places (APA 7, sections 9.29-9.32, 10.5-10.6)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import NOCASE, strip_markup, to_rich
from tcit_export.bibliography.names import split_list
from tcit_export.bibliography.rules.contributors import abbreviates, without_letters
from tcit_export.bibliography.rules.degrees import granting_school, thesis_genre
from tcit_export.bibliography.rules.kind import ARTICLES, thesis_in_words
from tcit_export.bibliography.rules.periodicals import capitals_lowered, raised
from tcit_export.bibliography.rules.places import school_without_place, without_place
from tcit_export.bibliography.rules.platforms import (
    data_archive,
    is_repository,
    preprint_server,
    server_by_doi,
    video_platform,
)
from tcit_export.bibliography.rules.record import Record, fold
from tcit_export.bibliography.rules.talks import presented_at
from tcit_export.bibliography.rules.wording import UNPUBLISHED, how_published
from tcit_export.patterns import late

_BUSINESS: Final = re.compile(
    r",?\s+(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|PLC|GmbH|Pty(?:\.? Ltd)?|S\.A)\.?"
    r"(?:,\s+Publishers?)?$",
    re.I,
)


def set_publishing(record: Record) -> None:
    """9.29: who makes the work available."""
    if record.type == "thesis":
        _set_thesis(record)
    elif record.type == "speech":
        _set_event(record)
    elif record.type == "manuscript":
        _set_manuscript(record)
    else:
        _set_publisher(record)
    if record.type != "speech":
        record.put("event-title", record.rich("eventtitle"))
        record.put("event-place", record.rich("venue"))
    record.put("publisher-place", record.rich("location"))
    _set_site_as_publisher(record)
    _flag_author_as_publisher(record)


_IMPRINT: Final = late(r"^(?:.+\b)?Imprint ?: ?(?=\S)")
"""`Springer Berlin Heidelberg : Imprint: Springer`, as catalogues have it."""


def publishers(record: Record, name: str) -> str:
    """9.29: several publishers are parted by semicolons; business forms are left out.

    Only biblatex has lists of publishers: BibTeX's `Allyn and Bacon` is one.
    """
    if not record.has(name):
        return ""
    raw = record.raw(name)
    parts = list_of_bodies(raw) if record.is_biblatex else (raw,)
    texts = [_unprotected(to_rich(part).text.strip()) for part in parts]
    texts = [one for text in texts for one in text.split(" | ")]
    texts = [_IMPRINT.sub("", text) if "mprint" in text else text for text in texts]
    return "; ".join(_raised(_as_shown(text)) for text in texts if text)


def _unprotected(rich: str) -> str:
    """A name without braces around the whole of it, which say nothing of its letters."""
    inner = rich.removeprefix(NOCASE).removesuffix("</span>")
    return inner if "<" not in inner and rich.startswith(NOCASE) else rich


_ONE_NAME: Final = late(
    r"^(?:Allyn and Bacon|Chapman and Hall|Eyre and Spottiswoode|Faber and Faber|"
    r"Farrar,? Straus,? and Giroux|Harcourt,? Brace,? and|Harper and (?:Row|Brothers)|"
    r"Henry Holt and|Hodder and Stoughton|Holt,? Rinehart,? and Winston|Houghton,? Mifflin,? and|"
    r"Jones and Bartlett|"
    r"John Wiley and|Kegan Paul and|Lawrence and Wishart|Little,? Brown,? and|"
    r"(?:Lippincott )?Williams and Wilkins|ProQuest Dissertations? and Thes[ei]s|"
    r"Rand,? McNally,? and|Rowman and (?:Littlefield|Allanheld)|Routledge and Kegan Paul|"
    r"Scott,? Foresman,? and|Sheed and Ward|Simon and Schuster|"
    r"Springer Science and Business Media|Taylor and Francis|Thames and Hudson|"
    r"Weidenfeld and Nicolson)\b|\band (?:Company|Co\.?|Sons|Brothers|Associates|Partners)$",
)
"""Publishers with `and` in their names."""
_BODY_OF: Final = late(
    r"\b(?:Academy|Administration|Agency|Archives?|Association|Board|Bureau|Centers?|Centre|"
    r"College|Commission|Committee|Consortium|Council|Departments?|Division|Faculty|Federation|"
    r"Foundation|Institutes?|Library|Ministry|Office|Organi[sz]ation|School|Secretariat|Society) "
    r"(?:of|for|on) "
)
"""Bodies that are called by their fields, of which there may be two: `Department of Health and`."""
_MATTER: Final = late(
    r"^(?:(?:U\.S\.|National|Federal|Australian|British|European|Irish|Scottish|State) )?"
    r"(?:Aging|Alcohol|Arts|Children|Culture|Education|Employment|Families|Family|Fish|Food|Health|"
    r"Housing|Justice|Labou?r|Medicines|(?:Occupational )?Safety|Parks|Patent|Science|Securities|"
    r"Substance Abuse|Trade|Youth)$"
)
"""What a body deals with, and no body yet: `Food and Drug Administration`."""
_BODY: Final = late(
    r"^(?:the |The )?(?:[A-Z]{2,7}|\w+ ?(?:Inc|Ltd|LLC)\.?)$|^(?:U\.S\.|National|American|British|"
    r"Australian|Canadian|European|World|International|United)\b|"
    r"\b(?:Academy|Administration|Agency|Archive|Association|Books|Board|Bureau|Centers?|Centre|"
    r"Collaborative|College|Commission|Committee|Company|Consortium|Corporation|Council|"
    r"Department|Division|Elsevier|Federation|Films|Foundation|Gallery|Guilford|Hospital|"
    r"Institutes?|Karger|Library|Ministry|Mouton|Museum|Network|Office|Oxford|Pearson|Press|"
    r"Productions?|Project|Publications|Publishers|Publishing|Records|Routledge|SAGE|Sage|School|"
    r"Secretariat|Service|Societ(?:y|ies)|Springer|Studios?|Trust|Union|University|Verlag|Wiley)\b"
)
"""What says by itself that it is a body."""


def list_of_bodies(raw: str) -> tuple[str, ...]:
    """A list of publishers in biblatex, parted at each `and` that is no part of a name.

    biblatex parts them all, and wants braces around a name that holds one; who forgets them
    hardly means `ProQuest Dissertations; Theses Global`.
    """
    parts = list(split_list(raw))
    joined: list[str] = parts[:1]
    for part in parts[1:]:
        both = f"{joined[-1]} and {part}"
        braced = f"{{{part}}}" in raw or f"{{{joined[-1]}}}" in raw
        if not braced and _is_one_body(joined[-1], part, both):
            joined[-1] = both
        else:
            joined.append(part)
    return tuple(joined)


def _is_one_body(first: str, second: str, both: str) -> bool:
    if _ONE_NAME.search(both):
        return True
    if _MATTER.search(first):
        return True
    return bool(_BODY_OF.search(first)) and not _BODY.search(second)


def _capital(found: re.Match[str]) -> str:
    return found[0].upper()


_FLATTENED: Final = re.compile(
    r"(?<=[\w.] )(?:press|publications?|publishers?|publishing|university|college|books|academic|"
    r"company|group|association|society|institute)\b"
)
_FLATTENED_WORD: Final = re.compile(
    r"(?<=[\w.&/,] )(?!(?:and|of|the|for|in|on|at|by|to|with|from|an?)\b)[a-z]"
    r"(?=[a-z]{2,}\b(?!\.))|"
    r"(?<=^McGraw-)h|(?<=^Prentice-)h|(?<=^Jossey-)b|(?<=^Addison-)w|(?<=^Wiley-)b|"
    r"(?<=^Springer-)v|(?<=^Butterworth-)h|(?<=^Brunner-)[mr]"
)
"""`Pearson education`, `Simon and schuster`, `McGraw-hill`: words behind the first."""
_DIVISION: Final = late(
    r",? \(?(?:an?|the) (?:member|division|imprint|subsidiary|part|branch|unit) of .+$", re.I
)
"""9.29: an imprint is named, and not whose it is: `Basic Books, a member of the Perseus Group`."""
_COUNTRY_BEHIND: Final = late(r"(?<=\w )\(?(?:uk|usa)\)?$", re.IGNORECASE)
_FOREIGN_NAME: Final = late(
    r"\b(?:und|für|f[uü]r|der|des?|du|d'|della?|di|del|las?|los|les|y|et|e|van|het|och|og|presses|"
    r"editorial|edition|editions|universitaires|verlag)\b",
    re.IGNORECASE,
)
"""What names of publishers in other languages have, where small letters are meant."""
_JOINED_INITIALS: Final = re.compile(r"^(?!U\.[SKN]\.|D\.C\.)([A-Z]\.)([A-Z]\.)\s?(?=[A-Z][a-z])")
"""`W.W. Norton`: a person's initials are spaced (9.8)."""
_INITIALS: Final = re.compile(r"^([A-Z])([A-Z]) (?=(?:Norton|Freeman|Lippincott|Mosby|Saunders)\b)")


_GLUED: Final = re.compile(r"(?<=Press)(?=[A-Z][a-z])")
"""`Oxford University PressNew York, NY`, as Crossref has it."""


_COUNTRY: Final = re.compile(r"(?<=\w), (?:USA|US|UK|U\.S\.A\.|U\.K\.)$")
_SMALL_ARTICLE: Final = late(r"(?:les? |la |l['’])(?=[A-ZÀ-Þ])")
"""`les Belles lettres`, as French libraries have it."""
_SHORTENED: Final = late(r"(?<=[a-z]-)Verl\b\.?|(?<=[a-z] )Verl\.?$")
"""`Campus-Verl`, as the German National Library and its neighbours have it."""
_UNIVERSITY: Final = late(r"\bUniv\b\.?|(?<= )Pr\b\.?(?=$| on Demand)")
"""`Harvard Univ. Press`, `Univ of Chicago Pr`, as booksellers and librarians have them."""


_UNIVERSITY_PRESS: Final = late(r"(?<=[a-z] )U\.? ?P\.?$")
"""`Oxford UP`, as the MLA has it."""
_ADDRESS: Final = late(
    r", (?:P\.? ?O\.? Box \d|\d{1,5} [A-Z][\w.]+(?: [\w.]+)* (?:Street|St|Road|Rd|Avenue|Ave|Drive|"
    r"Lane|Square|Place|Boulevard|Way|Yard|Court|Broadway)\b).*$"
)
"""`, 12 Duke Street, Alexandria, VA`, as ERIC has it."""


def _as_shown(name: str) -> str:
    """9.29: as the work shows it, which Google Scholar does not: `Sage publications`."""
    name = _ADDRESS.sub("", name) if ", " in name else name
    name = _BUSINESS.sub("", without_place(_GLUED.sub(" ", name.rstrip(" ,;:"))))
    name = _COUNTRY.sub("", name)
    if name.endswith(")"):
        name = without_letters(name)
    if name.startswith(("le", "la", "l")) and _SMALL_ARTICLE.match(name):
        name = name[0].upper() + name[1:]
    name = _DIVISION.sub("", name) if " of " in name else name
    name = _SHORTENED.sub("Verlag", name) if "Verl" in name else name
    if name.endswith(("P", "P.")) and "U" in name:
        name = _UNIVERSITY_PRESS.sub("University Press", name)
    if "Univ" in name:
        name = _UNIVERSITY.sub(lambda cut: "University" if cut[0][0] == "U" else "Press", name)
    if len(name) > 6 or not name.isalpha():  # a body of six letters or fewer goes by them
        name = capitals_lowered(name)
    if name.islower() and "." not in name:
        name = re.sub(r"\b(?!(?:and|of|the|for|in)\b)[^\W\d_]", _capital, name)
    name = _INITIALS.sub(r"\1. \2. ", name)
    name = _JOINED_INITIALS.sub(r"\1 \2 ", name)
    return _FLATTENED.sub(lambda word: word.group(0).capitalize(), name)


def _raised(name: str) -> str:
    """The same for all words of an English name; site names and notes are not for it."""
    if not name.isascii() or "<" in name or _FOREIGN_NAME.search(name):
        return name
    return _FLATTENED_WORD.sub(_capital, _COUNTRY_BEHIND.sub(_capital, name))


def _set_publisher(record: Record) -> None:
    """The publisher, or the institution or organisation that stands for it."""
    order = ("publisher", "institution", "organization")
    if record.type in ("webpage", "post", "dataset", "software", "motion_picture"):
        order = ("publisher", "organization", "institution")
    for name in order:
        found = publishers(record, name)
        if found and not re.match(r"https?://", found):
            unnamed = record.type == "article" and not record.has("journaltitle")
            server = server_by_doi(record) if unnamed and not preprint_server(found) else ""
            record.put("publisher", server or found)
            return
    if record.type not in ARTICLES:
        server = data_archive(record) if record.type == "dataset" else ""
        if record.type == "article":
            server = preprint_server(record.text("howpublished"), by_name=True)
        published = _as_shown(how_published(record)[1])
        record.put("publisher", server or published or video_platform(record))
    if record.type == "software" and is_repository(record):
        host = re.sub(r" repository$", "", record.text("journaltitle"), flags=re.I) or "GitHub"
        record.fields.setdefault("publisher", host)


# ---------------------------------------------------------------- theses, talks, manuscripts


def _set_thesis(record: Record) -> None:
    """10.6: the university grants the degree; the database or archive publishes."""
    genre, school = thesis_in_words(record) or ("", "")
    told = bool(genre)
    genre = record.text("type") or genre
    school = record.rich("institution", "organization", "university") or school
    school = school_without_place(school)
    archive = publishers(record, "publisher") or record.rich(
        "eprinttype", "database", "journaltitle", "booktitle"
    )
    _set_number_in_note(record)
    archive = archive or _database_in_note(record) or _archive_in_note(record, school)
    if not told:
        archive = archive or _archive_elsewhere(record)
    if not school:
        school, archive = archive, ""
    if fold(strip_markup(archive)) == fold(strip_markup(school)):
        archive = ""
    record.put("publisher", granting_school(school))
    record.put("archive", archive)
    record.put(
        "genre", thesis_genre(genre, record.entry.type, published=_is_published(record, archive))
    )


def _archive_elsewhere(record: Record) -> str:
    """The archive where `eprint` or `howpublished` names it, and not a number or a kind."""
    eprint = record.rich("eprint")
    return how_published(record)[1] or ("" if re.search(r"\d", eprint) else eprint)


def _database_in_note(record: Record) -> str:
    """`Available from ProQuest Dissertations and Theses database. (UMI No. 3012345)`."""
    database = _PROQUEST.search(record.text("note"))
    return database.group(0).removesuffix(" database").strip() if database else ""


_DEGREE_AND_ARCHIVE: Final = re.compile(
    r"\W*(?:doctoral|master['’]s|ph\.?d\.?) (?:dissertation|thesis)[.,;:] "
    r"(?P<archive>[A-Z][^\d]+?)\W*",
    re.IGNORECASE,
)

_ARCHIVE_ALONE: Final = re.compile(
    r"(?:Accepted: \S+ )?(?:Publisher: )?(?P<archive>[^\d:,;.]*"
    r"\b(?:Repository|Commons|Archives?|eScholarship|\w*ScholarWorks|[A-Z]\w*Space)\b[^\d:,;.]*)\.?"
)
"""`Publisher: Utopia Research Repository`, as Zotero notes it, and the same by hand."""


def _archive_in_note(record: Record, school: str) -> str:
    """`Doctoral dissertation. Texas ScholarWorks`: what follows the degree, not the school."""
    note = record.text("note")
    found = _DEGREE_AND_ARCHIVE.fullmatch(note) or _ARCHIVE_ALONE.fullmatch(note)
    if not found or not school or fold(school) in fold(found["archive"]):
        return ""
    return found["archive"] if record.has("url", "doi") else ""


_PROQUEST: Final = re.compile(
    r"\bProQuest(?: [A-Z&][\w&]*| and| database)*|"
    r"\bPQDT(?: Open| Global| ?[-–] ?(?:Global|Open|UK & Ireland))?"
)
_THESIS_NUMBER: Final = re.compile(
    r"\b(?:UMI|AAT|Order|(?:ProQuest )?Publication|ProQuest|Accession|Dissertation)(?: Order)?\.? ?"
    r"(?:No\.?|number|ID)?:? ?([A-Z]{0,3}\d{6,})"
)
_NUMBER_BEHIND_DATABASE: Final = late(r"\bProQuest [^()\d]*\(([A-Z]{0,3}\d{7,8})\)\.?$")
"""`ProQuest Dissertations & Theses Global. (10612345)`; longer numbers are ProQuest's own."""


def _set_number_in_note(record: Record) -> None:
    """10.6: the number that a database gave a thesis, in a note: `UMI No. 3012345`."""
    note = "" if record.has("number") else record.text("note")
    number = _THESIS_NUMBER.search(note) or _NUMBER_BEHIND_DATABASE.search(note) if note else None
    if number:
        record.put("number", number.group(1))
        record.put("tcit-identifier", f"Publication No. {number.group(1)}")


def _is_published(record: Record, archive: str) -> bool:
    """10.6: a thesis is published once a database, archive or site has it."""
    return bool(
        archive
        or record.fields.get("URL")
        or record.fields.get("DOI")
        or record.has("number", "eprint")
    )


def _set_event(record: Record) -> None:
    """10.5: the conference and where it was; the host of a webinar or talk otherwise."""
    presented = presented_at(record)
    event = record.rich("eventtitle") or (raised(presented[1]) if presented else "")
    event = event or record.rich("booktitle", "organization", "institution")
    event = event or publishers(record, "publisher")
    record.put("event-title", _DISTRICT.sub("Washington, DC", event[:1].upper() + event[1:]))
    place = _DISTRICT.sub("Washington, DC", record.rich("venue", "location"))
    record.put("event-place", place)
    if record.has("eventtitle"):
        record.put("publisher", publishers(record, "publisher"))


_DISTRICT: Final = late(r"\bWashington,? D\. ?C\b\.?")
"""9.31: states and the district by their postal letters."""

_MANUSCRIPT_AT: Final = late(
    rf"(?:{UNPUBLISHED}|unpublished (?:manuscript|paper|raw data|work)|"
    r"manuscript (?:in preparation|submitted for publication|under review))\s*[,.;:(]\s*"
    r"(?P<place>[A-Z].+?)[).]*",
    re.IGNORECASE,
)


_WHERE_MADE: Final = late(
    r"(?:[A-Z][\w'’-]* )*(?:University|Universität|Université|College|Institute|School|Department|"
    r"Clinic|Hospital)\b(?:[ ,]+(?:of|for|and|at|the|&|[A-Z][\w.'’-]*))*$"
)
"""A note that names where a manuscript was made, and nothing else."""


def _set_manuscript(record: Record) -> None:
    """10.8: the department and the university where the manuscript was made."""
    parts = [
        record.rich(name)
        for name in ("venue", "institution", "organization", "publisher", "school")
        if record.has(name)
    ]
    if not parts:
        note = record.text("note")
        noted = _MANUSCRIPT_AT.fullmatch(note)
        parts = [noted["place"]] if noted else [note] if _WHERE_MADE.match(note) else []
    record.put("publisher", ", ".join(dict.fromkeys(parts)))


# ---------------------------------------------------------------- sites, and authors who publish


def _set_site_as_publisher(record: Record) -> None:
    """10.16: the site's name where there is no publisher (`urldescription`)."""
    if re.match(r"https?://|www\.\S+$", strip_markup(record.fields.get("container-title", ""))):
        del record.fields["container-title"]  # an address is no name
    if "publisher" not in record.fields and "container-title" not in record.fields:
        platform = record.rich("eprinttype") or record.rich("eprint")
        platform = "" if re.search(r"\d", platform) else platform  # else it is an identifier
        record.put("publisher", record.rich("urldescription") or platform)
    sites = ("webpage", "article", "entry-encyclopedia")
    if record.type in sites and "container-title" in record.fields:
        site, publisher = record.fields["container-title"], record.fields.get("publisher", "")
        if fold(strip_markup(site)) == fold(strip_markup(publisher)):
            record.fields.pop("publisher", None)
    elif record.type == "webpage" and "publisher" in record.fields:
        # whoever publishes a page without more is its site: CSL's styles look there
        record.put("container-title", record.fields.pop("publisher"))


def _flag_author_as_publisher(record: Record) -> None:
    """9.29: a publisher who is the author is not named again."""
    named = " ".join(
        strip_markup(record.fields.get(name, ""))
        for name in ("container-title" if record.type == "webpage" else "", "publisher")
    )
    authors = record.names.get("author", record.names.get("editor", ()))
    bodies = [strip_markup(name.literal) for name in authors]
    together = "".join(bodies) if all(bodies) else ""  # a person beside the body is not it
    same = bool(together) and _same_body(together, named.strip())
    record.flag("tcit-author-is-publisher", same or named.strip() in ("Author", "Authors"))


_ABBREVIATION_TOLD: Final = late(r"\s*\([A-Z][A-Za-z.&-]{1,11}\)$")
"""`National Institute of Mental Health (NIMH)`."""


_SITE_BY_HOST: Final = late(r"(?:www\.)?(?P<name>[\w-]{3,})(?:\.[a-z]{2,3}){1,2}")
"""`nhs.uk`, as browsers know the site of the NHS."""


def _same_body(author: str, publisher: str) -> bool:
    """The same group, with or without its article, in full or by its initials."""
    author, publisher = (_ABBREVIATION_TOLD.sub("", name) for name in (author, publisher))
    if host := _SITE_BY_HOST.fullmatch(publisher):
        publisher = host["name"]
    if fold(author).removeprefix("the") == fold(publisher).removeprefix("the"):
        return True
    return bool(re.fullmatch(r"[A-Z]{3,7}", publisher)) and abbreviates(publisher, author)
