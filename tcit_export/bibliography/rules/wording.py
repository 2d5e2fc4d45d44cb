"""The words of bracketed descriptions and roles (APA 7, sections 9.10 and 9.21)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.latex import NOCASE, strip_markup
from tcit_export.bibliography.rules.record import Record
from tcit_export.patterns import late

DESCRIPTIONS: Final = {
    "film": "Film",
    "tvseries": "TV series",
    "tvepisode": "TV series episode",
    "video": "Video",
    "song": "Song",
    "album": "Album",
    "podcast": "Audio podcast",
    "podcastepisode": "Audio podcast episode",
    "interview": "Interview",
    "speech": "Speech audio recording",
    "lithograph": "Lithograph",
    "map": "Map",
    "painting": "Painting",
    "photograph": "Photograph",
    "photographs": "Photographs",
    "powerpoint": "PowerPoint slides",
    "lecturenotes": "Lecture notes",
    "tvepisodes": "TV series episodes",
    "movie": "Film",
    "tvshow": "TV series",
    "televisionshow": "TV series",
    "motionpicture": "Film",
    "youtubevideo": "Video",
    "onlinevideo": "Video",
    "videofile": "Video",
    "tedtalk": "Video",
    "weblogpost": "Blog post",
    "mobileapplication": "Mobile app",
    "mobileapplicationsoftware": "Mobile app",
    "videorecording": "Video",
    "televisionseries": "TV series",
    "powerpointpresentation": "PowerPoint slides",
    "computerprogram": "Computer software",
    "dataset": "Data set",
    "manunpub": "Unpublished manuscript",
    "maninprep": "Manuscript in preparation",
    "mansub": "Manuscript submitted for publication",
}
"""biblatex-apa's keys for the commonest descriptions, and what people write for them."""

_GENERIC_NAMES: Final = frozenset(
    """abstract advert advertisement album app article artwork audio audiobook apparatus blog book
    brief brochure cartoon chart clip art comment conference course data database dataset diagram
    booklet dissertation dvd editorial email entry episode exhibit fact factsheet figure file film
    flyer forum game grant handout hardware image infographic interview issue leaflet lecture letter
    lithograph magazine manuscript map master's meeting memorandum mobile motion movie multimedia
    music newsletter newspaper notes online page painting pamphlet paper performance photo
    photograph photographs
    picture podcast policy post poster powerpoint presentation press profile program proposal
    radio record recording release report research review scale score sculpture section series
    session set sheet slide slides software song sound speech status story supplement symposium
    talk television test thesis toolkit trailer transcript tutorial update video visual web webinar
    website webpage weblog white workshop working computer code book unpublished raw doctoral paper
    special submitted accepted tweet thread toot documentary syllabus broadcast application
    instrument statement guideline supplemental supplementary material editor address checklist
    collection directions discussion drawing drawings essay form highlight highlights honors honours
    images keynote language large link links manual model photos recorded roundtable table thumbnail
    undergraduate videos
    in on for of to and the with preparation publication attached""".split()
)
"""Words that no description needs a capital for (9.21: the first word alone takes one)."""

MEASURES: Final = frozenset(
    f"{what} instrument" for what in ("measurement", "assessment", "survey", "test")
) | {"database record", "psychological test", "questionnaire", "test"}
"""10.11: descriptions of works whose title is the name of a test."""

ROLES: Final = {
    "director": ("Director", "Dir."),
    "writer": ("Writer", "Writer"),
    "producer": ("Producer", "Producer"),
    "execproducer": ("Executive Producer", "Exec. Prod."),
    "executiveproducer": ("Executive Producer", "Exec. Prod."),
    "execdirector": ("Executive Director", "Exec. Dir."),
    "executivedirector": ("Executive Director", "Exec. Dir."),
    "host": ("Host", "Host"),
    "guestexpert": ("Guest Expert", "Guest Expert"),
    "narrator": ("Narrator", "Narr."),
    "editor": ("Ed.", "Ed."),
    "compiler": ("Comp.", "Comp."),
    "translator": ("Trans.", "Trans."),
    "chair": ("Chair", "Chair"),
    "organizer": ("Organizer", "Organizer"),
    "moderator": ("Moderator", "Moderator"),
    "presenter": ("Presenter", "Presenter"),
    "conductor": ("Conductor", "Conductor"),
    "creator": ("Creator", "Creator"),
    "curator": ("Curator", "Curator"),
    "composer": ("Composer", "Composer"),
    "performer": ("Performer", "Performer"),
    "illustrator": ("Illustrator", "Illus."),
    "photographer": ("Photographer", "Photographer"),
    "interviewer": ("Interviewer", "Interviewer"),
    "investigator": ("Investigator", "Investigator"),
    "principalinvestigator": ("Principal Investigator", "Principal Investigator"),
    "artist": ("Artist", "Artist"),
    "showrunner": ("Showrunner", "Showrunner"),
}
"""Roles by their key: in the author's place in full, elsewhere short (9.10, 10.12)."""


def description(text: str) -> str:
    """A bracketed description: a known key in its words, else a capital in the first word only."""
    if not text:
        return ""
    known = DESCRIPTIONS.get(re.sub(r"[\s-]", "", text.lower()))
    if known:
        return known
    text = plain_braces(text)
    head, *rest = text.strip().split(" ")
    loud = text.isupper()  # elsewhere capitals are an acronym's: `DVD`
    words = [
        word.lower() if word.lower() in _GENERIC_NAMES and (loud or not word.isupper()) else word
        for word in rest
    ]
    return " ".join([head[:1].upper() + head[1:], *words])


def plain_braces(text: str) -> str:
    """A text without braces that keep case: Zotero braces the capitals of types too."""
    if NOCASE in text and text.count("<") == 2 * text.count(NOCASE):
        return strip_markup(text)
    return text


def is_description(text: str) -> bool:
    """Whether a text in a free field describes the work: its last word names a kind of work."""
    words = re.findall(r"[\w'’-]+", text.lower())
    known = words[-1:] == ["model"] and "language" in words
    return bool(words) and len(words) <= 8 and (known or words[-1] in _KINDS_OF_WORK)


_KINDS_OF_WORK: Final = _GENERIC_NAMES - frozenset(
    """in on for of and the with research publication press review raw visual working conference
    master's doctoral unpublished submitted accepted special status attached white checklist
    collection directions drawing drawings form honors honours images language large link links
    manual model photos recorded roundtable table undergraduate videos""".split()
) | {"publication", "preparation", "editor"}


def role(key: str, *, plural: bool = False, short: bool = False) -> str:
    """A role as printed: `execproducers` is Executive Producers; unknown words keep theirs."""
    folded = re.sub(r"[^a-z]", "", key.lower())
    singular = folded if folded in ROLES else folded.removesuffix("s")
    if singular not in ROLES:
        return " ".join(word[:1].upper() + word[1:] for word in key.strip().split())
    words = ROLES[singular][1 if short else 0]
    if plural or singular != folded:
        stem = words.removesuffix(".")
        words = f"{stem.removesuffix('s')}s." if stem != words else f"{words}s"
    return words


def joined(words: list[str]) -> str:
    """Several roles of one person: Writer & Director (10.12)."""
    return " & ".join(words) if len(words) < 3 else ", ".join(words[:-1]) + ", & " + words[-1]


_NAMED_BLOG: Final = late(r"(?!Web )(?:[A-Z]\S* )+Blog$")
"""The name of a blog, which is no description of a post."""
_ADDRESS: Final = late(r"https?://\S+|www\.\S+", re.IGNORECASE)
_LEAD_IN: Final = late(
    r"\b(?:retrieved|available|accessed|last accessed|downloaded|viewed|url)\b.*$", re.I | re.S
)
_NOWHERE: Final = late(
    r"^(?:on-?line|web ?site|web ?page|web|internet|electronic(?:ally)?|world wide web|www|"
    r"in press|to appear|forthcoming|advance online publication|unpublished|submitted.*|"
    r"self-published online)?\.?$",
    re.IGNORECASE,
)


_ARXIV_CLASS: Final = late(r" \[[a-z-]+(?:\.[A-Za-z-]{2,})?\](?=\W*$)")
"""`arXiv:1810.04805 [cs.CL]`: what field it is filed under."""


_MADE_BY: Final = late(
    r" (?:hosted|produced|published|released|sponsored|offered|distributed|issued) by (?:the )?"
)
"""`Webinar hosted by the American Counseling Association`."""


UNPUBLISHED: Final = (
    r"(?:unpublished )?(?:(?:lecture|course|class|seminar|workshop|training) "
    r"(?:notes|handouts?|materials?|slides)|handout)|unpublished (?:essay|report|term paper)"
)
"""10.8, 10.14: what is told of a work that was handed out or handed in: a pattern."""
NUMBERED_DOCUMENT: Final = late(
    r"(?:[A-Z][\w.&/-]* ){0,5}(?:Publication|Report|Paper|Bulletin|Memorandum|Document|Brief|"
    r"Circular|Guideline|Standard|Contract)s? Nos?\. [\w()./: -]*\d[\w()./: -]*"
)
"""10.4: `HHS Publication No. SMA 14-4884`, the number of a report in words of its own."""


_CODED_GUIDELINE: Final = late(
    r"(?P<body>[A-Z]{2,} )?(?P<what>(?:[A-Za-z]+ )?[Gg]uid(?:eline|ance)) "
    r"[\[(]?(?P<code>[A-Z]{1,4}\d+)[\])]?"
)


def coded_guideline(text: str) -> str:
    """10.4: `NICE Guideline NG225` for `NICE guideline [NG225]`; empty for any other text."""
    told = _CODED_GUIDELINE.fullmatch(text) if "uid" in text else None
    return f"{told['body'] or ''}{told['what'].title()} {told['code']}" if told else ""


def how_published(record: Record) -> tuple[str, str]:
    """`howpublished` taken apart: what describes the work, and who or what published it.

    BibTeX's users write addresses, descriptions (`Web article`, `[Video]`), names of sites and
    words of retrieval into it, often several at once.
    """
    if not record.has("howpublished"):
        return "", ""
    typed = _ARXIV_CLASS.sub("", record.rich("howpublished"))
    text = _LEAD_IN.sub("", _ADDRESS.sub("", typed)).strip(" .,;:")
    if coded_guideline(strip_markup(text)):
        return "", ""
    bracketed = re.search(r"\[([^\[\]]+)\]", text)
    if bracketed:
        rest = (text[: bracketed.start()] + text[bracketed.end() :]).strip(" .,;:")
        return bracketed.group(1), "" if _NOWHERE.match(strip_markup(rest)) else rest
    if text.startswith("In ") and text[3:4].isupper():
        text = text[3:]  # `In Wikipedia`
    plain = strip_markup(text)
    if " No" in plain and NUMBERED_DOCUMENT.fullmatch(plain):
        return "", ""
    head, _, tail = _MADE_BY.sub(", ", text, count=1).partition(", ")
    if tail and (head.lower().replace(" ", "") in DESCRIPTIONS or is_description(head)):
        return ("" if _NOWHERE.match(head) else head), tail  # `Video, YouTube`
    if not _NAMED_BLOG.match(plain) and (
        plain.lower().replace(" ", "") in DESCRIPTIONS or is_description(plain)
    ):
        return ("" if _NOWHERE.match(plain) else text), ""
    return "", "" if _NOWHERE.match(plain) else text
