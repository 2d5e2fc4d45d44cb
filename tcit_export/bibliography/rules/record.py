"""The record that the rules fill in: one BibTeX entry on its way to a CSL item.

Rules read the typed fields through the record (LaTeX decoded, biblatex's and BibTeX's names of a
field alike) and put CSL variables into it. Variables with the prefix `tcit-` say what CSL-JSON has
no word for; `templates/styles/apa.csl` reads them and other styles never see them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tcit_export.bibliography import latex
from tcit_export.bibliography.library import Change, RawEntry, Remark
from tcit_export.bibliography.reference_managers import PODCAST, PODCAST_EPISODE, from_zotero
from tcit_export.bibliography.title_braces import Braces
from tcit_export.bibliography.titlecase import sentence_case
from tcit_export.csl.item import Date, Item, Name
from tcit_export.patterns import late

TCIT_VARIABLES: Final = {
    "tcit-author": "names at the author's place with roles or user names, already inverted (9.10)",
    "tcit-author-role": "the role of the (last) author, short, for works that name this one (10.7)",
    "tcit-author-others": "flag: the author list ends in `and others`",
    "tcit-editor-others": "flag: so does the editor list",
    "tcit-editor": "the editors of such a list, without `others`",
    "tcit-editors-translated": "flag: those who edited the book translated it too (10.3)",
    "tcit-group-editors": "flag: every editor is a group (9.11)",
    "tcit-with": "names after `with` on the title page (9.8)",
    "tcit-group-authors": "flag: every author is a group (9.11)",
    "tcit-group-abbreviation": "abbreviation of a group author for citations (8.21)",
    "tcit-title-translation": "the title in English, of a work in another language (9.38)",
    "tcit-title-addon": "a first description in brackets, before `genre` (9.21)",
    "tcit-parenthesis": "further text in the parentheses after the title (9.19)",
    "tcit-identifier": "a number with its own words, printed as it stands (10.4)",
    "tcit-number-label": "flag: `number` takes the label No. (10.4)",
    "tcit-container-addon": "a description in brackets after the container's title (10.5)",
    "tcit-container-role": "the role of `container-author`, e.g. Chairs (10.5, 10.12)",
    "tcit-notice": "a sentence after the source: Advance online publication (10.1)",
    "tcit-author-is-publisher": "flag: the publisher or site is the author, so left out (9.29)",
    "tcit-date-full": "flag: month and day belong to the date of this work (9.14)",
    "tcit-date-open": "flag: the work goes on to the present (9.14)",
    "tcit-retrieve": "flag: APA wants the date of retrieval (9.16)",
    "tcit-relation": "what the work does with another: Review of the book (10.7)",
    "tcit-relation-part": "the other work's title if it stands in quotation marks (10.7)",
    "tcit-relation-whole": "the other work's title if it stands in italics (10.7)",
    "tcit-relation-author": "the other work's authors",
    "tcit-relation-role": "their role: Dir. (10.7)",
    "tcit-reprint-part": "title of the first printing, if it stands in quotation marks (9.41)",
    "tcit-reprint-whole": "the same, if it stands in italics (9.41)",
    "tcit-reprint-author": "who wrote (or edited) the first printing",
    "tcit-reprint-role": "their role: Ed.",
    "tcit-reprint-container": "periodical or book of the first printing",
    "tcit-reprint-volume": "its volume",
    "tcit-reprint-issue": "its issue",
    "tcit-reprint-page": "its pages",
    "tcit-reprint-one-page": "flag: it was on one page",
    "tcit-reprint-publisher": "its publisher",
    "tcit-reprint-address": "its DOI or URL, as an address",
    "tcit-history": "what the work was before, in words of the entry's own (9.41)",
    "tcit-legal": "flag: a work of chapter 11",
    "tcit-legal-source": "what follows the name of a legal work (11.3)",
    "tcit-legal-date": "the parenthesis with court and year (11.4)",
    "tcit-legal-narrative": "the name as a sentence takes it (11.9)",
    "tcit-undated": "flag: no date, not even n.d. (11.9)",
    "tcit-sort-author": "the name to alphabetise by (9.44)",
    "tcit-sort-title": "the title to alphabetise by (9.44, 9.49)",
}
"""Our own variables, with the section of the manual that needs each."""

ALIASES: Final = {
    "journaltitle": ("journaltitle", "journal"),
    "location": ("location", "address"),
    "institution": ("institution", "school"),
    "annotation": ("annotation", "annote"),
    "eprinttype": ("eprinttype", "archiveprefix"),
    "eprintclass": ("eprintclass", "primaryclass"),
    "author": ("author", "groupauthor"),
    "website": ("website", "websitetitle", "sitename", "blogtitle"),
}
"""biblatex's name of a field, and the older names it may have."""

_BIBLATEX_ONLY: Final = (
    "date", "journaltitle", "location", "entrysubtype", "eventdate", "pubstate", "maintitle",
    "related", "eprinttype", "langid",
)  # fmt: skip
_BY_HAND: Final = (
    "appentry", "maintitleaddon", "urldescription", "execproducer", "execdirector", "narrator",
    "issuetitle", "relatedstring", "citation", "source", "subtitle", "booksubtitle",
    "mainsubtitle", "origtitle",
)  # fmt: skip
"""Fields that no program fills; those of titles are written whole by every one of them."""
_BIBTEX_ONLY: Final = ("year", "journal", "address", "school", "archiveprefix")


OTHER_TYPES: Final = frozenset("misc set xdata generic other document unspecified".split())
"""Types that say nothing of a work, and are known all the same."""

_LINK: Final = late(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}")
"""A link with a text of its own, of which the address counts."""


_EXPORTED_SUBTYPES: Final = ("magazine", "newspaper", PODCAST, PODCAST_EPISODE)
_INNER_BRACES: Final = late(r"\{\{[^{}]+\}\}")
"""Better BibTeX's braces, `Head {{Case}}`: twice, around each run of words in capitals."""


@dataclass(slots=True)
class Record:
    """One entry, and what the rules have found out about it so far.

    `related` holds the entries of the same library by key; `type` is a CSL type.
    """

    entry: RawEntry
    related: Mapping[str, RawEntry]
    type: str = "document"
    fields: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: dict[str, Date] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    remarks: list[tuple[str, Remark]] = field(default_factory=list)
    _typed: dict[str, str] = field(init=False, repr=False)
    _rich: dict[str, str] = field(init=False, repr=False, default_factory=dict)
    _text: dict[str, str] = field(init=False, repr=False, default_factory=dict)
    wikipedia: str | None = field(init=False, repr=False, default=None)
    """What `wikipedia_article` has found: four rules ask it of every entry."""
    _own: tuple[str, ...] | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        """Which name each field was typed under, asked for a hundred times an entry."""
        filled = [name for name, typed in self.entry.fields.items() if typed.value.strip()]
        self._typed = {name: name for name in filled}
        for name, aliases in ALIASES.items():
            for alias in aliases:
                if alias in self._typed:
                    self._typed[name] = alias
                    break

    # ---------------------------------------------------------------- what was typed

    def filled(self, name: str) -> str:
        """The name under which a field was typed (`journal` for `journaltitle`), or nothing."""
        return self._typed.get(name, "")

    def has(self, *names: str) -> bool:
        """Whether any of these fields holds something."""
        return not self._typed.keys().isdisjoint(names)

    def raw(self, name: str) -> str:
        """A field's value with its LaTeX, or nothing."""
        typed = self._typed.get(name)
        return self.entry.fields[typed].value.strip() if typed else ""

    def rich(self, *names: str) -> str:
        """The first of these fields that is filled, as rich text."""
        for name in names:
            typed = self._typed.get(name)
            if typed is not None:
                return self._decoded(typed)
        return ""

    def _decoded(self, typed: str) -> str:
        found = self._rich.get(typed)
        if found is None:
            decoded = latex.to_rich(self.entry.fields[typed].value)
            if decoded.remarks:
                self.remarks.extend((typed, remark) for remark in decoded.remarks)
            found = decoded.text.strip()
            if found[:3] in _EMPHASIS and not (typed == "title" and self.entry.type in _PARTS):
                found = _unemphasized(found)
            self._rich[typed] = found
        return found

    def text(self, *names: str) -> str:
        """The same without markup, for values that are compared or taken apart."""
        for name in names:
            typed = self._typed.get(name)
            if typed is not None:
                found = self._text.get(typed)
                if found is None:
                    self._text[typed] = found = latex.strip_markup(self._decoded(typed))
                return found
        return ""

    def verbatim(self, name: str) -> str:
        """A value that is no prose: an address, an identifier."""
        typed = self._typed.get(name)
        if typed is None:
            return ""
        raw = self.entry.fields[typed].value.strip()
        if "\\href" in raw:
            raw = _LINK.sub(r" \1 ", raw)
        return latex.verbatim(raw).strip()

    def keywords(self) -> frozenset[str]:
        """The entry's keywords, lower case."""
        if "keywords" not in self._typed:
            return frozenset()
        return frozenset(word.strip().lower() for word in self.raw("keywords").split(","))

    @property
    def is_biblatex(self) -> bool:
        """Whether the entry is written in biblatex's data model, where publishers are lists."""
        fields = self.entry.fields
        if fields.keys().isdisjoint(_BIBLATEX_ONLY):
            return False
        return fields.keys().isdisjoint(_BIBTEX_ONLY)

    @property
    def is_by_hand(self) -> bool:
        """Whether a person has written the entry, by its fields."""
        if self.has(*_BY_HAND):
            return True
        if "entrysubtype" in self._typed:
            return self.raw("entrysubtype").lower() not in _EXPORTED_SUBTYPES
        return self._in_capitals() or any("+an" in name for name in self._typed)

    def _in_capitals(self) -> bool:
        """Whether the names of biblatex's fields were typed in capitals, as no program has them."""
        title = self.entry.fields.get("title")
        if title is None or not self.is_biblatex:
            return False
        start, end = title.name_span
        return (title.source or self.entry.source).text[start:end].isupper()

    @property
    def braces(self) -> Braces:
        """What braces around single words of a title tell, by who wrote the entry.

        Zotero's translators brace each word that has a capital, name or not; so does Better
        BibTeX, but for the words that it has raised itself.
        """
        whole = False
        for title in filter(None, map(self.raw, ("title", "booktitle", "maintitle"))):
            inner = _INNER_BRACES.search(title) if "{{" in title else None
            if inner and inner[0] != title:
                return "idle"
            whole = whole or inner is not None
        if self.is_by_hand:
            return "meant"
        return "idle" if whole or from_zotero(self.entry) else "unknown"

    @property
    def language(self) -> str:
        """The entry's language, as `sentence_case` wants it."""
        return self.entry.get("langid") or self.entry.get("language")

    # ---------------------------------------------------------------- what was found out

    def put(self, variable: str, value: str) -> None:
        """Set a variable, if there is a value."""
        if value:
            self.fields[variable] = value

    def flag(self, variable: str, condition: bool = True) -> None:
        """Set a variable that only says yes."""
        if condition:
            self.fields[variable] = "1"

    def sentence_cased(self, rich: str, name: str, *, names: tuple[str, ...] = ()) -> str:
        """A title in sentence case (6.17), its changes noted; `tcit-<field>` overrides it.

        `names` are further proper nouns in it.
        """
        exact = self.rich(f"tcit-{name}")
        if exact:
            return exact
        names = (*self._own_names(), *names)
        braces = self.braces if latex.NOCASE in rich else "unknown"
        text, changes = sentence_case(
            rich, lang=self.language, field=name, own_names=names, braces=braces
        )
        self.changes.extend(changes)
        return text

    def _own_names(self) -> tuple[str, ...]:
        """6.16: names that the entry itself tells to be names: groups and events."""
        if self._own is None:
            groups = (
                name.literal
                for variable in ("author", "editor")
                for name in self.names.get(variable, ())
                if name.literal and name.literal != "others"
            )
            fields = ("organization", "institution", "eventtitle")
            told = map(self.text, fields) if self.has(*fields) else ()
            self._own = tuple(name for name in (*groups, *told) if name)
        return self._own

    def item(self) -> Item:
        """The finished item."""
        return Item(self.entry.key, self.type, self.fields, self.names, self.dates)


_EMPHASIS: Final = ("<i>", "<b>")
_PARTS: Final = frozenset("article incollection inbook inproceedings inreference review".split())
"""Types whose titles are upright: one in italics may be a species, or the book under review."""


def _unemphasized(rich: str) -> str:
    """A value without emphasis around the whole: how `\\emph{Mind}` looks, the style decides."""
    while (mark := rich[:3]) in _EMPHASIS:
        end = mark.replace("<", "</")
        if not rich.endswith(end) or rich.find(end) != len(rich) - len(end):
            break
        rich = rich[3 : -len(end)].strip()
    return rich


@lru_cache(maxsize=4_096)
def fold(text: str) -> str:
    """Letters and digits alone, without case and accents: to tell whether two names are one."""
    folded = text.casefold()
    if folded.isalnum() and folded.isascii():
        return folded
    if folded.isascii():  # as bytes in one go: this is asked of every name and title
        return folded.encode().translate(None, delete=_NEITHER).decode()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", folded)))


_NEITHER: Final = bytes(code for code in range(128) if not chr(code).isalnum())
"""Of ASCII, what is neither a letter nor a digit."""
