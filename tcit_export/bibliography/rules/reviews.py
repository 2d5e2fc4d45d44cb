"""Reviews told in words: `Review of the book Title, by A. Author` (APA 7, section 10.7)."""

from __future__ import annotations

from typing import Final

from tcit_export.bibliography.latex import strip_markup
from tcit_export.bibliography.names import parse_names
from tcit_export.bibliography.rules.contributors import listed, upright
from tcit_export.bibliography.rules.record import Record
from tcit_export.patterns import late

_UNTITLED: Final = late(
    r"\[(?P<bracketed>(?:Review of|Comment on) .+?)\]\.?|"
    r"(?P<what>(?:Review of|Comment on) the (?:book|film|movie|article) .+? by .+?)\.?"
)
_REVIEWED: Final = late(r"(<i>|“)([^<>“”]+?)(,?(?:</i>|”))")
_PLAIN: Final = late(
    r"(?P<of>(?:Review|Comment) (?:of|on) the (?:book|film|movie|motion picture|documentary|"
    r"TV series|album|play|novel|website|exhibition))[:,]? [‘“\"]?(?P<title>.+?)[,’”\"]*"
    r"(?: by (?P<by>.+?))?"
)
_ROLE: Final = late(r",? \((?:Eds?|Dirs?|Trans)\.\)$")


def without_review(record: Record, title: str) -> str:
    """The title, unless it is but the description of a review that has none."""
    review = _UNTITLED.fullmatch(title) if "Review of" in title or "Comment on" in title else None
    if not review:
        return title
    record.put("tcit-relation", reviewed_title(record, review["bracketed"] or review["what"]))
    return ""


def reviewed_title(record: Record, what: str) -> str:
    """The reviewed title is in sentence case too, in italics or in quotation marks.

    A whole work typed as plain text, `Review of the book Playing and Reality`, gets its italics.
    """
    plain = None if "<i>" in what else _PLAIN.fullmatch(what)
    if plain:
        what = f"{plain['of']} <i>{plain['title']}</i>{_by(plain['by'] or '')}"
    return _REVIEWED.sub(
        lambda found: found[1] + record.sentence_cased(found[2], "reviewtitle") + found[3], what
    )


def _by(people: str) -> str:
    """Who made the reviewed work, initials first: `, by D. W. Winnicott`."""
    if not people:
        return ""
    people = strip_markup(people)
    role = _ROLE.search(people)
    names = parse_names(people[: role.start()] if role else people.replace(" & ", " and ")).names
    if not all(name.family and name.given for name in names):
        return f", by {people}"
    by = f", by {listed([upright(name) for name in names])}"
    return f"{by}, {role[0].strip(' ,()')}" if role else by
