"""Titles: parts joined, sentence case, translations (APA 7, sections 6.17, 9.19-9.22, 9.38)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.languages import is_english, looks_foreign
from tcit_export.bibliography.latex import NOCASE, strip_markup, to_rich
from tcit_export.bibliography.rules.editions import set_edition
from tcit_export.bibliography.rules.kind import (
    ARTICLES,
    BOOK_PARTS,
    dictionary_of,
    site_name,
    wikipedia_article,
)
from tcit_export.bibliography.rules.page_titles import without_site
from tcit_export.bibliography.rules.periodicals import (
    capitals_lowered,
    ends_abbreviated,
    periodical_name,
    raised,
)
from tcit_export.bibliography.rules.platforms import preprint_server
from tcit_export.bibliography.rules.record import OTHER_TYPES, Record
from tcit_export.bibliography.rules.reviews import reviewed_title, without_review
from tcit_export.bibliography.rules.title_numbers import (
    without_chapter,
    without_version,
    without_volume,
)
from tcit_export.bibliography.rules.wording import MEASURES, description, is_description
from tcit_export.bibliography.titlecase import sentence_case
from tcit_export.patterns import late

LEGAL_TYPES: Final = frozenset("legal_case legislation regulation treaty bill hearing".split())
PART_TYPES: Final = ARTICLES | {
    "chapter",
    "paper-conference",
    "entry-encyclopedia",
    "entry-dictionary",
}
"""Works whose titles are upright because their container is in italics (9.19)."""

_FINAL_STOP: Final = late(r"(?<!\b[A-Za-z])\.((?:</[^>]*>)*)$")
_FOOTNOTE_MARK: Final = late(r"\s*[☆★⋆✩✶†‡*]+((?:</[^>]*>)*)$")
"""A mark that leads to a footnote in print: Elsevier exports it with the title."""
_FOOTNOTE_ENDS: Final = tuple("☆★⋆✩✶†‡*>")
_BRACKETED_END: Final = late(r"(?P<title>.*[^\s.])\.?\s*\[(?P<what>[^\[\]]+)\]\.?")
_EVENT: Final = late(
    r"\b(?:Proceedings|Proc\.|Abstracts|Transactions) (?:of|from|at) (?:the )?"
    r"(?P<name>[^:;]*?\b(?:Conference|Congress|Symposium|Workshop|Meeting|Convention|Colloquium|"
    r"Academy|Association|Society)\b[^:;]*|(?-i:[A-Z]{2,6}) on [^:;]+)",
    re.IGNORECASE,
)
"""6.16: the name of a conference or society, in the title of its proceedings."""
_NAMED_AS_EVENT: Final = late(
    r"(?P<name>(?:(?:\d{4}|\d+(?:st|nd|rd|th)|[A-Z][\w/&-]*|'\d\d|the|on|of|and) )*"
    r"(?:Conference|Congress|Symposium|Workshop|Meeting|Convention|Colloquium)\b"
    r"(?: (?:on|of|for|in|and)\b[^:;.]*)?)"
)
"""The same where the title is the name itself: `2016 IEEE Conference on …`."""
_EM_DASH: Final = late(r"\s*\u2014\s*")
"""6.6: no blanks around an em dash."""
_FRENCH_SPACE: Final = late(r"(?<=\w)[ \u00a0\u202f](?=[?!](?: |$))")
"""French has a blank before a question mark, which the list's own language has not."""
_LONG_DASH: Final = late(r"(?<=[a-z?!)\u201d])\u2013(?=(?:[Aa]n?|[Tt]he) \w)")
"""`--` between clauses, where TeX has `---`: nothing joins a word to an article by a short dash."""
_NUMBER_RANGE: Final = late(
    r"(?<![\w.,/-])(?P<first>\d{1,4})(?:-| - )(?P<last>\d{1,4})(?![\w/-]|[.,]\d)"
)
_SMALL_AFTER_DASH: Final = late(r"(?<=\u2014)([a-z][\w\u2019']*)")
_DASH_IN_A_PHRASE: Final = late(
    r"(?<=[^\W\d])\u2013(?=(?:an?|the|and|but|or|from|in|of|on|for|to|with|what|how|why|when|is|are|"
    r"not|as|at)\s)",
    re.IGNORECASE,
)
"""6.6: `violence--from domestic abuse` goes on after a dash; `mind--body` is a pair."""
_TIGHT_COLON: Final = late(r"(?<=[a-z)\u201d]):(?=[A-Z][a-z]|A )")
_EDITION_END: Final = late(
    r"(?:[,.]?\s+\(?(?P<edition>(?:\d+(?:st|nd|rd|th)(?: anniversary| revised| rev\.| updated)?|"
    r"rev(?:ised|\.)?) ed(?:ition|n)?(?:\.?, text rev(?:ision|\.)?)?)\.?\)?|"
    r"(?:(?P<comma>[,:])\s+|[,.]?\s+\()(?P<worded>(?:first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|eleventh|twelfth) ed(?:ition|n)?(?:, text rev(?:ision|\.)?)?)\.?\)?)$",
    re.IGNORECASE,
)
_BRACED_EDITION: Final = late(
    rf"{NOCASE}(ed(?:ition|n)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"revised)</span>",
    re.IGNORECASE,
)
_EDITION_INSIDE: Final = late(
    r"(?P<main>[^:]*\w)(?:, | \()(?P<edition>(?:\d+(?:st|nd|rd|th)|revised|first|second|third|"
    r"fourth|fifth|sixth|"
    r"seventh|eighth|ninth|tenth|eleventh|twelfth) ed(?:ition|n)?)\.?\)?(?P<rest>: .+)",
    re.IGNORECASE | re.DOTALL,
)
"""`Waiting, Second Edition: A Theory`, as shops write it."""
_WHOLES: Final = ("book", "thesis", "speech", "webpage", "post")
"""Works that are in no book, whatever an exporter has put into `booktitle`."""
_TEST: Final = late(r"\b(?:scales?|inventory|test|questionnaire|battery)\b", re.IGNORECASE)
"""What may have `Fourth Edition` in its own name."""
_DATABASE_REMARK: Final = late(
    r"references|miscellaneous(?: article)?|article|journal article|book|see comments?|"
    r"peer reviewed journal|(?:published )?erratum appears in .*|comment in .*|"
    r"corrected|in process citation|print|electronic resource",
    re.IGNORECASE,
)
"""What Ovid, PubMed and ERIC write in brackets behind titles for their own ends."""
_SMALL_NAME: Final = late(r"([a-z]\w*)(?=: |$)")
_ABBREVIATED_END: Final = late(r"\b(?:Jr|Sr|Inc|Ltd|Co|Corp|etc|vs|ed|no|vol|U\.S|U\.K)\.$", re.I)


def set_titles(record: Record) -> None:
    """9.18-9.22: the title and whatever the work is part of."""
    _set_title(record)
    _set_container(record)
    _set_translation(record)


def _set_title(record: Record) -> None:
    if record.type in LEGAL_TYPES:
        record.put("title", _with_subtitle(record.rich("title"), record.rich("subtitle")))
        record.put("title-short", record.rich("shorttitle"))
        return
    if record.entry.type == "periodical" and not record.has("journaltitle"):
        record.put("title", record.sentence_cased(record.rich("issuetitle"), "issuetitle"))
        return
    wiki = wikipedia_article(record)
    title = _title(record)
    if title.endswith(_FOOTNOTE_ENDS):
        title = _FOOTNOTE_MARK.sub(r"\1", title)
    title = title if record.type == "post" else _unwrapped(title)
    under = "subtitle" if record.has("title") else "booksubtitle"
    title = wiki or _with_subtitle(without_site(record, title), record.rich(under))
    title = _without_edition(record, _without_description(record, _spaced(title)))
    title = without_version(record, without_volume(record, _without_stop(title)))
    full = _cased_title(record, without_chapter(record, title))
    full = _in_main_title(record, full)
    record.put("title", full)
    _set_short_title(record, full)


def _spaced(title: str) -> str:
    """6.1: a blank after a colon (databases lose it) and none around an em dash (6.6)."""
    if title.count(":") > title.count(": "):
        title = _TIGHT_COLON.sub(": ", title)
    if "\u2013" in title:
        title = _DASH_IN_A_PHRASE.sub("\u2014", title)
    if "\u2013" in title:
        title = _LONG_DASH.sub("\u2014", title)
    if "\u2014" in title:
        title = _EM_DASH.sub("\u2014", title)
    if " ?" in title or "\u00a0?" in title or " !" in title:
        title = _FRENCH_SPACE.sub("", title)
    if "?:" in title or "!:" in title:
        title = title.replace("?: ", "? ").replace("!: ", "! ")  # 9.19: no colon after a mark
    if "‘" in title:
        title = _doubly_quoted(title)
    return _NUMBER_RANGE.sub(_with_en_dash, title) if "-" in title else title


_SINGLY_QUOTED: Final = late(r"(?<!\w)‘((?:[^‘’“”]|(?<=\w)’(?=\w))+)’(?!\w)")


def _doubly_quoted(title: str) -> str:
    """6.7: quotation marks are double, single ones inside double ones alone.

    A title where other marks could be apostrophes is left as it is: `‘the therapists’ tears’`.
    """
    closing = len(re.findall(r"’(?!\w)", title))
    if "“" in title or closing != title.count("‘"):
        return title
    return _SINGLY_QUOTED.sub(r"“\1”", title)


def _with_en_dash(found: re.Match[str]) -> str:
    """6.6: a range of numbers, where the second is the greater or the end of a year."""
    first, last = found["first"], found["last"]
    rising = int(last) > int(first) or (len(first) == 4 and len(last) == 2)
    return f"{first}\u2013{last}" if rising else found[0]


def _without_edition(record: Record, title: str) -> str:
    """9.19: PsycINFO writes the edition into the title of a book; it belongs behind it."""
    if "ed" not in title.lower() or record.type not in ("book", *BOOK_PARTS):
        return title
    bare = _BRACED_EDITION.sub(r"\1", title) if NOCASE in title else title
    if inside := _EDITION_INSIDE.fullmatch(bare):
        if "edition" not in record.fields:
            set_edition(record, inside["edition"])
        return f"{inside['main']}{inside['rest']}"
    found = _EDITION_END.search(bare)
    if not found:
        return title
    if found["comma"] and _TEST.search(bare):
        return title
    if "edition" not in record.fields:
        set_edition(record, found["edition"] or found["worded"])
    return _without_stop(bare[: found.start()])  # `of hope., 3rd ed.`


def _without_description(record: Record, title: str) -> str:
    """9.21: a description in brackets behind the title is none of its words."""
    if title.endswith(")") and _is_other(record):
        title = _PARENTHESISED_KIND.sub(_in_brackets, title)
    found = _BRACKETED_END.fullmatch(title) if title.endswith(("]", "].")) else None
    if not found or not _balanced(found["what"]):
        return without_review(record, title)
    what = found["what"]
    if _DATABASE_REMARK.fullmatch(what):
        return found["title"]
    review = re.match(r"(?:Review|Comment|Peer commentary) (?:of|on)\b", what)
    if review:
        record.put("tcit-relation", reviewed_title(record, what))
    elif _is_translation(record, found["title"], what):
        text, _ = sentence_case(what, braces=record.braces)
        record.put("tcit-title-translation", text)
    elif is_description(strip_markup(what)) or record.type == "post" or _describes(record, what):
        record.put("tcit-title-addon", what if "<" in what else description(what))
    else:
        return title
    return found["title"]


_PARENTHESISED_KIND: Final = late(r"(?<=[^\s(]) \((?P<what>[A-Z][^()\[\]]+)\)$")


def _in_brackets(found: re.Match[str]) -> str:
    """`Waiting (PowerPoint slides)`: hands have parentheses for the brackets of 9.21."""
    return f" [{found['what']}]" if is_description(strip_markup(found["what"])) else found[0]


def _is_other(record: Record) -> bool:
    return record.entry.type in OTHER_TYPES or record.entry.type == "online"


def _describes(record: Record, what: str) -> bool:
    """Whether this is in an entry of no other kind, where no title has brackets of its own."""
    return _is_other(record) and what[:1].isupper() and what.count(" ") < 4


def _is_translation(record: Record, title: str, what: str) -> bool:
    """9.38: `Die Traumdeutung [The interpretation of dreams]`."""
    foreign = not is_english(record.language) or looks_foreign(strip_markup(title))
    return foreign and not is_description(strip_markup(what))


def _cased_title(record: Record, title: str) -> str:
    """6.17; but posts are spelled as they were posted (10.15), and packages as their makers do."""
    if record.type == "post":
        title = _SMALL_AFTER_DASH.sub(rf"{NOCASE}\1</span>", title)
    name = _SMALL_NAME.match(title) if record.type == "software" else None
    if name:
        title = f"{NOCASE}{name.group(1)}</span>{title[name.end(1) :]}"
    if _names_a_test(record):
        return title.replace(NOCASE, "").replace("</span>", "")
    if record.type == "book" and "Proceedings of" in title:
        title, names = _with_event_raised(record, title)
        return record.sentence_cased(title, "title", names=names)
    return record.sentence_cased(title, "title")


def _names_a_test(record: Record) -> bool:
    """10.11: the name of a test keeps its capitals, where the entry is the test itself."""
    if record.type in PART_TYPES:
        return False
    told = [record.fields.get("tcit-title-addon", "")]
    if record.has(*_TELL_OF_TESTS):
        told += [record.text(name).strip("[]. ") for name in _TELL_OF_TESTS]
    return any(text.lower() in MEASURES for text in told) and not record.text("title").isupper()


_TELL_OF_TESTS: Final = ("entrysubtype", "titleaddon", "howpublished", "note", "type")


def _title(record: Record) -> str:
    r"""The title; `\textup` in an italic title takes the italics away, as markup in markup does."""
    if not record.has("title"):
        return record.rich("booktitle") if record.type == "book" else ""
    raw = record.raw("title")
    if r"\textup" in raw and record.type not in PART_TYPES:
        return to_rich(raw.replace(r"\textup", r"\emph")).text.strip()
    return record.rich("title")


def _unwrapped(rich: str) -> str:
    """A title of several words without braces around the whole, which say nothing (6.17).

    So that whatever stands at its end is seen: a description, a translation, an edition.
    """
    while rich.startswith(NOCASE) and rich.endswith("</span>"):
        inside = rich[len(NOCASE) : -len("</span>")]
        if " " not in inside or not _balanced(inside) or _closes_early(inside):
            break
        rich = inside
    return rich


def _closes_early(rich: str) -> bool:
    """Whether a span ends in a text before it has begun there: `A</span> b <span>C`."""
    end = rich.find("</span>")
    return end >= 0 and rich.find(NOCASE, 0, end) < 0


def _with_subtitle(title: str, subtitle: str) -> str:
    """`Title: Subtitle`, but `Title? Subtitle`."""
    if not subtitle or not title:
        return title or subtitle
    title = _without_stop(title)
    plain = strip_markup(title)
    if not plain:
        return subtitle
    return f"{title} {subtitle}" if plain[-1] in "?!" else f"{title}: {subtitle}"


def _without_stop(title: str) -> str:
    """Databases end titles with a full stop; abbreviations keep theirs."""
    if not title.endswith((".", ">")):
        return title
    if strip_markup(title).endswith("..") or _ABBREVIATED_END.search(strip_markup(title)):
        return title
    return _FINAL_STOP.sub(r"\1", title)


def _in_main_title(record: Record, title: str) -> str:
    """10.2, Example 30; 10.5: `Main title: Vol. 2. Title` for a volume with its own title."""
    if record.type != "book" or not record.has("maintitle"):
        return title
    main = _with_subtitle(record.rich("maintitle"), record.rich("mainsubtitle"))
    return _volume_title(record, record.sentence_cased(main, "maintitle"), title)


def _volume_title(record: Record, main: str, title: str) -> str:
    """Joins a main title and the title of a volume, and moves the volume's number between."""
    volume = record.fields.pop("volume", "")
    if not title or strip_markup(main).casefold() == strip_markup(title).casefold():
        record.put("volume", volume)
        return main
    if volume and not re.search(r"\bVol\. \S+$", strip_markup(main)):
        return f"{main}: Vol. {volume}. {title}"
    numbered = re.search(r"\b(?:Vol|Pt|Part)\b\.? \S+$", strip_markup(main))
    return f"{main}. {title}" if numbered else f"{main}: {title}"


def _set_short_title(record: Record, full: str) -> None:
    """8.14: citations of works without author name the title up to its colon."""
    short = record.rich("shorttitle")
    if not short and not record.has("author"):
        main = wikipedia_article(record) or _unwrapped(record.rich("title"))
        short = re.split(r":\s|\s[–—]\s", main)[0] if main.count("<") == main.count(">") else main
        short = _without_stop(short) if _balanced(short) else main
    if short and strip_markup(short) != strip_markup(full):
        record.put("title-short", short)


def _balanced(rich: str) -> bool:
    return len(re.findall(r"<[a-z]", rich)) == len(re.findall(r"</[a-z]", rich))


# ---------------------------------------------------------------- containers


def _set_container(record: Record) -> None:
    """9.23-9.28: the periodical, the book, the series, the album, the site."""
    if wikipedia_article(record):
        record.put("container-title", "Wikipedia")
    elif record.type in ARTICLES:
        _set_periodical(record)
    elif record.has("booktitle") and record.type not in _WHOLES:
        _set_book(record)
    elif record.has("maintitle") and record.type != "book":
        _set_main_title(record)
    elif record.type in ("song", "broadcast") and record.has("journaltitle", "album"):
        album = record.rich("album", "journaltitle")
        record.put("container-title", record.sentence_cased(album, "journaltitle"))
    elif record.type == "broadcast" and record.has("series"):
        record.put("container-title", record.sentence_cased(record.rich("series"), "series"))
    elif record.has("appentry"):
        record.put("container-title", record.fields.get("title", ""))
        record.put("title", record.sentence_cased(record.rich("appentry"), "appentry"))
    elif record.type == "entry-encyclopedia":
        book, _ = sentence_case(dictionary_of(record), lang=record.language)
        record.put("container-title", book)
    elif record.type in ("webpage", "post", "article"):
        _set_site(record)


def _set_periodical(record: Record) -> None:
    """9.25: periodicals keep their capitals."""
    name = record.rich("journaltitle", "maintitle", "booktitle")
    if not name and record.type in ("post-weblog", "article-magazine"):
        name = site_name(record)
    if not name and record.entry.type == "periodical":
        name = record.rich("title")
        name = _with_subtitle(name, record.rich("subtitle"))
    name = _with_subtitle(name, record.rich("journalsubtitle"))
    if "." not in name[:-1] and not ends_abbreviated(name):  # abbreviations keep their stops
        name = _without_stop(name)
    record.put("container-title", periodical_name(record, name))
    record.put("container-title-short", record.rich("shortjournal"))


def _set_book(record: Record) -> None:
    """9.28: the title of the book, with the main title of the set before it."""
    book = _unwrapped(record.rich("booktitle")).removeprefix("In: ")
    book = _with_subtitle(book, record.rich("booksubtitle"))
    book = without_volume(record, _without_edition(record, _without_stop(_spaced(book))))
    names: tuple[str, ...] = ()
    if record.type == "paper-conference" or book.startswith("Proceedings of"):
        book, names = _with_event_raised(record, book)
    book = record.sentence_cased(book, "booktitle", names=names)
    if record.has("maintitle"):
        main = _with_subtitle(record.rich("maintitle"), record.rich("mainsubtitle"))
        book = _volume_title(record, record.sentence_cased(main, "maintitle"), book)
    elif (series := record.text("series")).startswith("Lecture Notes in "):
        book = _in_lecture_notes(record, series, book)
    record.put("container-title", book)


def _in_lecture_notes(record: Record, series: str, book: str) -> str:
    """10.5: proceedings in a numbered series, which exporters have as `series` and `volume`."""
    volume = record.text("volume", "number")
    if not volume.isdecimal():
        return book
    record.fields.pop("volume", None)
    main, _ = sentence_case(series)
    return f"{main}: Vol. {volume}. {book}"


def _with_event_raised(record: Record, title: str) -> tuple[str, tuple[str, ...]]:
    """6.16: the title of proceedings with the name of their event, and that name."""
    event = _event_name(strip_markup(title))
    if event is None:
        return title, ()
    name = raised(event["name"])
    if not record.fields.get("language") and "<" not in title:
        title = title.replace(event["name"], name)
    return title, (name,)


def _event_name(title: str) -> re.Match[str] | None:
    found = _EVENT.search(title) or _NAMED_AS_EVENT.match(title)
    if found is None and ": " in title:  # CHI ’20: CHI Conference on …
        return _NAMED_AS_EVENT.match(title, title.find(": ") + 2)
    return found


def _set_main_title(record: Record) -> None:
    """10.12-10.13: the series of an episode, the album of a song, the symposium of a talk."""
    main = _with_subtitle(record.rich("maintitle"), record.rich("mainsubtitle"))
    record.put("container-title", record.sentence_cased(main, "maintitle"))
    record.put("tcit-container-addon", record.rich("maintitleaddon"))


def _set_site(record: Record) -> None:
    """9.28, 10.16: the name of the site, wherever it was typed; sites keep their capitals."""
    for name in "eprinttype journaltitle booktitle website urldescription maintitle".split():
        if record.has(name) and not record.text(name).endswith(" repository"):
            site = record.rich(name)
            server = preprint_server(strip_markup(site), by_name=True)
            record.put("container-title", server or _site_lowered(site))
            return
    if record.has("eprint") and not re.match(r"^[\d.:/a-zA-Z-]*\d[\w./-]*$", record.text("eprint")):
        record.put("container-title", record.rich("eprint"))


def _site_lowered(name: str) -> str:
    """`HARBOR-COURIER`, as a newspaper's own site has it; a single word may be an acronym."""
    return capitals_lowered(name) if "-" in name or " " in name else name


# ---------------------------------------------------------------- other languages


def _set_translation(record: Record) -> None:
    """9.38: a work in another language has its own title first, the English one in brackets.

    A translated work (it has a translator) is cited by the title it was translated to.
    """
    original = _with_subtitle(record.rich("origtitle"), record.rich("origsubtitle"))
    if not original:
        return
    if record.has("translator"):
        record.put("original-title", original)
        return
    english = record.fields.get("title", "")
    if not is_english(record.language):  # the language is the original's
        english, _ = sentence_case(english, braces=record.braces)
    record.put("tcit-title-translation", english)
    record.put("title", original)
    record.fields.pop("title-short", None)
