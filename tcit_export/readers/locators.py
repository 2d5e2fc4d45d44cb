"""Places inside a work, as authors type them: `p. 3`, `chap. 2`, `Table 1`, `1:03:20`, `{…}`.

The words are those of CSL's locator types (CSL 1.0.2, appendix "Locators"), with the short and long
forms that authors use in English, and those of German, French and Spanish that mean nothing else.
The value is a number, a range, a Roman numeral or a letter.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tcit_export.model.nodes import Locator

_WORDS: Final[dict[str, str]] = {
    "act": "act acts",
    "appendix": "app app. apps apps. appx appx. appendix appendices",
    "article-locator": "art art. arts arts. article articles",
    "book": "bk bk. bks bks. book books",
    "canon": "can can. cann cann. canon canons",
    "chapter": "ch ch. chs chs. chap chap. chaps chaps. chapter chapters",
    "column": "col col. cols cols. column columns",
    "equation": "eq eq. eqs eqs. equation equations",
    "figure": "fig fig. figs figs. figure figures",
    "folio": "fol fol. fols fols. folio folios",
    "issue": "no no. nos nos. nr nr. issue issues number numbers",
    "line": "l l. ll ll. line lines",
    "note": "n n. nn nn. fn fn. note notes",  # a `Footnote 3` keeps its word: CSL has none for it
    "opus": "op op. opp opp. opus opera",
    "page": "p p. pp pp. pg pg. pgs pgs. page pages",
    "paragraph": "para para. paras paras. par par. pars pars. paragraph paragraphs ¶ ¶¶",
    "part": "pt pt. pts pts. part parts",
    "rule": "r r. rr rr. rule rules",
    "scene": "sc sc. scs scs. scene scenes",
    "section": "sec sec. secs secs. sect sect. section sections § §§",
    "sub-verbo": "s.v s.v. s.vv s.vv. sub-verbo sub-verbis",
    "supplement": "suppl suppl. supp supp. supplement supplements",
    "surah": "surah surahs",
    "table": "tbl tbl. tbls tbls. tab. tabs. table tables",
    "timestamp": "timestamp timestamps",
    "verse": "v v. vv vv. verse verses",
    "version": "version versions",
    "volume": "vol vol. vols vols. volume volumes",
}
_OTHER_LANGUAGES: Final[dict[str, str]] = {
    "chapter": "kap. kapitel cap. chapitre capítulo",
    "column": "sp. spalte",
    "figure": "abb. abbildung figura",
    "line": "zeile zeilen",
    "note": "anm. anmerkung",
    "page": "s. seite seiten pág. págs. página páginas",
    "section": "abschn. abschnitt secc. sección",
    "table": "tabelle tabl. tableau tabla",
    "volume": "bd. bde. band volumen",
}
LABELS: Final = {
    word: label
    for table in (_WORDS, _OTHER_LANGUAGES)
    for label, words in table.items()
    for word in words.split()
}
"""Word as typed, in small letters -> CSL's name of the locator type."""

_WORD: Final = re.compile(
    r"(?P<word>[§¶]{1,2}|[^\W\d_]+(?:[.-][^\W\d_]+)*\.?)(?P<space>\s*)(?=[\w(])"
)
_ROMAN: Final = re.compile(r"(?i:m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3}))")
_TIME: Final = re.compile(r"\d{1,3}(?::[0-5]\d){1,2}(?:\s*[-–]\s*\d{1,3}(?::[0-5]\d){1,2})?")
_PIECE: Final = re.compile(r"[^\s,;\[\]{}\"“”*@]+")
_JOINT: Final = re.compile(r"\s*[-–—]{1,2}\s*|\s*&\s*|,\s*(?:&\s*)?")
_AND: Final = re.compile(r"\s+and\s+(?=\d+(?:[-–]\d+)?(?:[,;\]]|$))")
"""`chaps. 1 and 2`, but not `p. 3 and 4 others`."""
_LEAD: Final = re.compile(r"\s*,?\s*")
_TRAILING: Final = ".,:;!?)"
_PLAIN_FOLLOWERS: Final = frozenset("and or ff f et passim sqq sq to through as at see".split())
_NEXT_WORD: Final = re.compile(r"\s+([^\W\d_]+)")
_CANONICAL: Final = re.compile(r"\d{2,4}[a-e]\d{0,2}")
"""Places in Plato and Aristotle, the same in all editions: `205a`, `1094a15` (APA 7, 8.28)."""
_ENTRY_WORD: Final = re.compile(r"[^,;\[\]{}*@]{1,80}")


class FoundLocator(NamedTuple):
    """A locator (None for `{}`, which says that there is none) and the place after it."""

    locator: Locator | None
    end: int


def find_locator(text: str, pos: int, end: int, *, after_key: bool = True) -> FoundLocator | None:
    """The locator that stands right after a citation key, between `pos` and `end`, if any.

    A comma or a blank stands between them (`[@a, 3]`, `[@a 3]`), unless the brackets follow the
    key (`@a [3]`): then `after_key` is false.
    """
    lead = _LEAD.match(text, pos, end)
    start = lead.end() if lead else pos
    if text.startswith("{", start) and start < end:
        return _braced(text, start, end)
    if start == pos and after_key:
        return None
    return _labelled(text, start, end) or _bare(text, start, end)


def _braced(text: str, start: int, end: int) -> FoundLocator | None:
    close = text.find("}", start, end)
    if close < 0:
        return None
    inner = text[start + 1 : close].strip()
    if not inner:
        return FoundLocator(None, close + 1)
    word = _WORD.match(inner)
    label = LABELS.get(word["word"].lower()) if word else None
    if word and label and (word["space"] or not word["word"][-1].isalpha()):
        return FoundLocator(Locator(label, inner[word.end() :].strip()), close + 1)
    return FoundLocator(Locator("page", inner), close + 1)


def _labelled(text: str, start: int, end: int) -> FoundLocator | None:
    word = _WORD.match(text, start, end)
    if word is None:
        return None
    typed = word["word"]
    label = LABELS.get(typed.lower())
    if label is None or (not word["space"] and typed[-1].isalpha()):
        return None
    if label == "sub-verbo":
        entry = _ENTRY_WORD.match(text, word.end(), end)
        return FoundLocator(Locator(label, entry[0].strip()), entry.end()) if entry else None
    stop = _value_end(text, word.end(), end, strict=False)
    if stop is None:
        return None
    return FoundLocator(Locator(label, _clean(text[word.end() : stop])), stop)


def _bare(text: str, start: int, end: int) -> FoundLocator | None:
    """Numbers without a word are pages, or a time: `33`, `iv-vii`, `1:03:20`."""
    time = _TIME.match(text, start, end)
    if time and not text[time.end() : time.end() + 1].isalnum():
        return FoundLocator(Locator("timestamp", _clean(time[0])), time.end())
    stop = _value_end(text, start, end, strict=True)
    if stop is None:
        return None
    following = _NEXT_WORD.match(text, stop, end)
    if following and following[1].lower() not in _PLAIN_FOLLOWERS:
        return None
    return FoundLocator(Locator("page", _clean(text[start:stop])), stop)


def _value_end(text: str, start: int, end: int, *, strict: bool) -> int | None:
    """Where a run of numbers, ranges and lists of them ends; None if it does not begin."""
    stop: int | None = None
    pos = start
    while piece := _PIECE.match(text, pos, end):
        last = piece.end()
        while last > pos and text[last - 1] in _TRAILING and not _balanced(text[pos:last]):
            last -= 1
        if not _is_number(text[pos:last], strict=strict):
            break
        stop = last
        joint = _JOINT.match(text, last, end) if last == piece.end() else None
        if last < piece.end() and text[last] == ",":
            joint = _JOINT.match(text, last, end)
        if pos == start and not strict:
            joint = joint or _AND.match(text, last, end)
        if joint is None:
            break
        pos = joint.end()
    return stop


def _balanced(piece: str) -> bool:
    """Whether a closing parenthesis at the end belongs to the piece: `xii(3)`."""
    return piece.endswith(")") and piece.count("(") >= piece.count(")")


def _is_number(piece: str, *, strict: bool) -> bool:
    """Whether every part of a range is a number as places in books have them."""
    parts = [part.strip("()") for part in re.split(r"[-–—]+|/", piece) if part]
    if strict and all(len(part) == 1 and part.isalpha() for part in parts):
        return False  # `i` and `v` alone are words
    return bool(parts) and all(_is_place(part, strict=strict) for part in parts)


def _is_place(part: str, *, strict: bool) -> bool:
    if ":" in part and strict:
        return False
    if any(character.isdigit() for character in part):
        return (
            not strict
            or (part[0].isdigit() and not _CANONICAL.fullmatch(part))
            or part.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZe").isdigit()
        )
    if _ROMAN.fullmatch(part):
        return not strict or part.islower()
    return not strict and len(part) == 1 and part.isalpha() and part.isupper()


def _clean(value: str) -> str:
    """A value with plain spaces and one hyphen for `--`."""
    return re.sub(r"-{2,}", "-", " ".join(value.split()))
