"""The YAML head of a document -> Metadata, each value with its place.

All mistakes of a head are found in one run; each field that can be understood is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Final, Protocol, TypeVar

from tcit_export import limits
from tcit_export.bibliography.reading import LIBRARY_EXAMPLE, library_mistake
from tcit_export.diagnostic import nearest
from tcit_export.model.document import (
    Author,
    DocumentKind,
    ListDefaults,
    Metadata,
    PartialDate,
    Publication,
)
from tcit_export.model.nodes import Block, Inline, ListLook
from tcit_export.readers import kinds, lists, yaml_values
from tcit_export.readers.author_and_date import DATE, author_from_text, date_from_text
from tcit_export.readers.markdown_inlines import Reading
from tcit_export.readers.places import Places
from tcit_export.readers.typography import quotes_of, smarten
from tcit_export.readers.yaml_values import Scalar, Sequence, Value, head_end, read_yaml
from tcit_export.source import Span

T = TypeVar("T")


class Fragments(Protocol):
    """Reads Markdown that stands in a field."""

    def inlines(self, text: str, places: Places) -> tuple[Inline, ...]: ...

    def blocks(self, text: str, places: Places) -> tuple[Block, ...]: ...


@dataclass(frozen=True, slots=True)
class Head:
    """Where the YAML stands in a text (None: there is none) and where the body begins."""

    yaml: Span | None
    body_start: int


def split_head(text: str, reading: Reading) -> Head:
    """Find the front matter: from a first line `---` to the next line `---` or `...`."""
    first = text.split("\n", 1)[0]
    if first.rstrip() != "---":
        return Head(None, 0)
    start = len(first) + 1
    end = head_end(text, start)
    if end is None:
        reading.report(
            kinds.UNCLOSED_FRONT_MATTER,
            Span(0, 3),
            "the front matter is never closed",
            "end it with a line `---`",
        )
        return Head(Span(0, 0), _guess_body(text))
    return Head(Span(start, end.start()), min(end.end() + 1, len(text)))


def _guess_body(text: str) -> int:
    """Without a closing line the head probably ends at the first blank line."""
    blank = text.find("\n\n")
    return len(text) if blank < 0 else blank + 2


def read_head(head: Head, text: str, reading: Reading, fragments: Fragments) -> Metadata:
    """The metadata of a document whose head `split_head` found."""
    if head.yaml is None:
        reading.report(
            kinds.MISSING_TITLE,
            Span(0, 0),
            "the document has no front matter, so no title",
            "begin it with: --- / title: … / ---",
        )
        return Metadata()
    span = head.yaml
    if span.end - span.start > limits.FRONT_MATTER_BYTES:
        reading.report(
            kinds.FRONT_MATTER_TOO_LARGE,
            Span(0, 3),
            f"the front matter has {span.end - span.start:,} characters",
        )
        return Metadata()
    before = len(reading.diagnostics)
    value = read_yaml(text[span.start : span.end], span.start, reading)
    if isinstance(value, yaml_values.Mapping):
        return _HeadReader(value, reading, fragments).metadata()
    if value is not None:
        reading.report(kinds.WRONG_TYPE, value.span, "front matter is made of `field: value` lines")
    elif len(reading.diagnostics) == before and span.start:
        reading.report(kinds.MISSING_TITLE, Span(0, 3), "the front matter is empty: no title")
    return Metadata()


_KNOWN: Final = tuple(field.name for field in fields(Metadata) if field.name != "spans")
_AUTHOR_FIELDS: Final = tuple(field.name for field in fields(Author))
_PUBLICATION_FIELDS: Final = tuple(field.name for field in fields(Publication))
LIST_FIELDS: Final = (
    "importance", "library", "pages-per-hour", "annotations", "totals", "ticks", "qr", "columns",
    "density",
)  # fmt: skip
"""What `lists` may hold."""
_OFTEN_MEANT: Final = {
    "author": "authors",
    "bib": "bibliography",
    "csl": "style",
    "journal": "container",
    "language": "lang",
    "number": "issue",
    "references": "bibliography",
    "summary": "abstract",
    "tags": "keywords",
    "website": "container",
}
"""Names that other programs give to our fields."""
_LANG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_STYLE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_STYLE_PATH: Final = re.compile(r"(?!.*(?:^|/)\.\.(?:/|$))[^/\\\s:][^\\:]*\.csl")
_ORCID: Final = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_DOI: Final = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE
)
_WEB: Final = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
PATTERNS: Final = {
    "lang": (_LANG,),
    "locale": (_LANG,),
    "date": (DATE,),
    "style": (_STYLE, _STYLE_PATH),
    "slug": (_SLUG,),
    "orcid": (_ORCID,),
    "doi": (_DOI,),
    "url": (_WEB,),
}
"""What a field's text must match, one of these as a whole."""


class _HeadReader:
    def __init__(self, head: yaml_values.Mapping, reading: Reading, fragments: Fragments) -> None:
        self.head = head
        self.reading = reading
        self.fragments = fragments

    def metadata(self) -> Metadata:
        """Every field that can be understood."""
        self._unknown(self.head, _KNOWN)
        for name, value in self.head.fields.items():
            if name in _KNOWN and isinstance(value, Scalar) and value.empty and name != "title":
                self.reading.report(kinds.EMPTY_FIELD, self.head.keys[name], f"`{name}` is empty")
        lang = self._field("lang", self._lang, "en-US")
        self.reading.quotes = quotes_of(lang)
        return Metadata(
            title=self._title(),
            subtitle=self._field("subtitle", self._inlines, ()),
            abstract=self._field("abstract", self._blocks, ()),
            keywords=self._field("keywords", self._keywords, ()),
            lang=lang,
            authors=self._field("authors", self._authors, ()),
            date=self._field("date", self._date, None),
            kind=self._field("kind", self._kind, DocumentKind.REVIEW),
            reviewed=self._field("reviewed", self._keys, ()),
            bibliography=self._field("bibliography", self._texts, ()),
            style=self._field("style", self._style, ""),
            locale=self._field("locale", self._lang, ""),
            nocite=self._field("nocite", self._keys, ()),
            publication=self._field("publication", self._publication, Publication()),
            slug=self._field("slug", self._slug, ""),
            lists=self._field("lists", self._lists, ListDefaults()),
            spans=self._spans(),
        )

    def _spans(self) -> Mapping[str, Span]:
        spans: dict[str, Span] = {}
        for name, value in self.head.fields.items():
            spans[name] = value.span
            if isinstance(value, Sequence):
                spans |= {f"{name}.{index}": item.span for index, item in enumerate(value.items)}
            elif isinstance(value, yaml_values.Mapping):
                spans |= {f"{name}.{key}": item.span for key, item in value.fields.items()}
        return spans

    def _field(self, name: str, read: Callable[[str, Value], T | None], default: T) -> T:
        value = self.head.fields.get(name)
        if value is None or (isinstance(value, Scalar) and value.empty):
            return default
        found = read(name, value)
        return default if found is None else found

    def _unknown(self, mapping: yaml_values.Mapping, known: tuple[str, ...], of: str = "") -> None:
        for name, span in mapping.keys.items():
            if name not in known:
                near = _OFTEN_MEANT.get(name.lower())
                near = near if near in known else nearest(name, known)
                hints = (f"did you mean `{near}`?",) if near else (f"known: {', '.join(known)}",)
                where = f" of `{of}`" if of else ""
                self.reading.report(
                    kinds.UNKNOWN_FIELD, span, f"`{name}` is no known field{where}", *hints
                )

    def _wrong(self, name: str, value: Value, wanted: str) -> None:
        self.reading.report(kinds.WRONG_TYPE, value.span, f"`{name}` must be {wanted}")

    # ── texts and lists ──────────────────────────────────────────────────────────────────────

    def _title(self) -> tuple[Inline, ...]:
        value = self.head.fields.get("title")
        if value is None or (isinstance(value, Scalar) and not value.text.strip()):
            span = self.head.keys.get("title", Span(0, 3))
            hint = "add a line `title: …` to the front matter"
            self.reading.report(kinds.MISSING_TITLE, span, "the document has no title", hint)
            return ()
        return self._inlines("title", value) or ()

    def _text(self, name: str, value: Value) -> str | None:
        if isinstance(value, Scalar):
            return " ".join(value.text.split())
        self._wrong(name, value, "a text")
        return None

    def _texts(self, name: str, value: Value) -> tuple[str, ...] | None:
        if isinstance(value, Sequence):
            texts = [self._text(name, item) for item in value.items]
            return tuple(text for text in texts if text)
        text = self._text(name, value)
        return None if text is None else (text,)

    def _keywords(self, name: str, value: Value) -> tuple[str, ...] | None:
        """Words as they are printed, with the quotation marks of the language."""
        if isinstance(value, Scalar):
            words: tuple[str, ...] | None = tuple(re.split(r"[,;]", value.text))
        else:
            words = self._texts(name, value)
        if words is None:
            return None
        printed = (smarten([(word.strip(), True)], self.reading.quotes)[0] for word in words)
        return tuple(word for word in printed if word)

    def _keys(self, name: str, value: Value) -> tuple[str, ...] | None:
        """Citation keys; an `@` before them is allowed, as pandoc writes them."""
        if isinstance(value, Scalar) and name == "nocite" and "@" in value.text:
            return tuple(re.findall(r"@\{?([^\s,;{}]+)", value.text))
        texts = self._texts(name, value)
        return None if texts is None else tuple(text.removeprefix("@") for text in texts)

    def _inlines(self, name: str, value: Value) -> tuple[Inline, ...] | None:
        if not isinstance(value, Scalar):
            self._wrong(name, value, "a text")
            return None
        text = value.text.rstrip()
        return self.fragments.inlines(text.replace("\n", " "), value.places)

    def _blocks(self, name: str, value: Value) -> tuple[Block, ...] | None:
        if not isinstance(value, Scalar):
            self._wrong(name, value, "a text")
            return None
        return self.fragments.blocks(value.text.rstrip("\n"), value.places)

    # ── checked values ───────────────────────────────────────────────────────────────────────

    def _lang(self, name: str, value: Value) -> str | None:
        text = self._text(name, value)
        if text is None or _LANG.fullmatch(text):
            return text
        self.reading.report(
            kinds.BAD_LANGUAGE,
            value.span,
            f"`{text[:60]}` is no language tag",
            "for example: en-US",
        )
        return None

    def _date(self, name: str, value: Value) -> PartialDate | None:
        text = self._text(name, value)
        if text is None:
            return None
        date = date_from_text(text)
        if date is not None:
            return date
        self.reading.report(
            kinds.BAD_DATE,
            value.span,
            f"`{text[:60]}` is no date",
            "write 2018, 2018-01 or 2018-01-15",
        )
        return None

    def _kind(self, name: str, value: Value) -> DocumentKind | None:
        text = self._text(name, value)
        if text is None:
            return None
        known = [kind.value for kind in DocumentKind]
        if text in known:
            return DocumentKind(text)
        near = nearest(text, known)
        hint = f"did you mean `{near}`?" if near else f"known: {', '.join(known)}"
        self.reading.report(
            kinds.BAD_KIND, value.span, f"`{text[:60]}` is no kind of document", hint
        )
        return None

    def _style(self, name: str, value: Value) -> str | None:
        text = self._text(name, value)
        if text is None or _STYLE.fullmatch(text) or _STYLE_PATH.fullmatch(text):
            return text
        self.reading.report(kinds.BAD_STYLE, value.span, f"`{text[:60]}` names no style")
        return None

    def _slug(self, name: str, value: Value) -> str | None:
        text = self._text(name, value)
        if text is None or _SLUG.fullmatch(text):
            return text
        self.reading.report(
            kinds.BAD_SLUG,
            value.span,
            f"`{text[:60]}` cannot name a file",
            "for example: my-review",
        )
        return None

    # ── authors and publication ──────────────────────────────────────────────────────────────

    def _authors(self, name: str, value: Value) -> tuple[Author, ...] | None:
        values = value.items if isinstance(value, Sequence) else (value,)
        found = [self._author(item) for item in values]
        return tuple(author for author in found if author is not None)

    def _author(self, value: Value) -> Author | None:
        if isinstance(value, Scalar):
            text = " ".join(value.text.split())
            if text:
                return author_from_text(text)
            self.reading.report(kinds.BAD_NAME, value.span, "this author has no name")
            return None
        if not isinstance(value, yaml_values.Mapping):
            self._wrong("authors", value, "a list of names")
            return None
        self._unknown(value, _AUTHOR_FIELDS, "authors")
        texts = self._part_texts(value, _AUTHOR_FIELDS)
        if not (texts.get("family") or texts.get("given") or texts.get("literal")):
            self.reading.report(
                kinds.BAD_NAME, value.span, "this author has no name", "give `family` or `literal`"
            )
            return None
        if "orcid" in texts:
            texts["orcid"] = self._orcid(texts["orcid"], value.fields["orcid"].span)
        return Author(**texts)

    def _part_texts(self, mapping: yaml_values.Mapping, known: tuple[str, ...]) -> dict[str, str]:
        texts: dict[str, str] = {}
        for key, value in mapping.fields.items():
            if key in known and not (isinstance(value, Scalar) and value.empty):
                text = self._text(key, value)
                if text:
                    texts[key] = text
        return texts

    def _orcid(self, text: str, span: Span) -> str:
        shape = _ORCID.fullmatch(text)
        if shape and _orcid_check(shape[1]):
            return shape[1]
        self.reading.report(kinds.BAD_ORCID, span, f"`{text[:60]}` is no ORCID")
        return ""

    def _publication(self, name: str, value: Value) -> Publication | None:
        if not isinstance(value, yaml_values.Mapping):
            known = ", ".join(_PUBLICATION_FIELDS)
            self._wrong(name, value, f"a group of fields ({known})")
            return None
        self._unknown(value, _PUBLICATION_FIELDS, name)
        texts = self._part_texts(value, _PUBLICATION_FIELDS)
        if "doi" in texts:
            doi = _DOI.fullmatch(texts["doi"])
            texts["doi"] = doi[1] if doi else self._bad_address("doi", value, texts["doi"])
        if "url" in texts and not _WEB.fullmatch(texts["url"]):
            texts["url"] = self._bad_address("url", value, texts["url"])
        return Publication(**texts)

    def _lists(self, name: str, value: Value) -> ListDefaults | None:
        if not isinstance(value, yaml_values.Mapping):
            self._wrong(name, value, f"a group of fields ({', '.join(LIST_FIELDS)})")
            return None
        self._unknown(value, LIST_FIELDS, name)
        found = {
            key: item
            for key, item in value.fields.items()
            if not (isinstance(item, Scalar) and item.empty)
        }
        take = _Values(self, found).take
        words = self._texts("importance", found["importance"]) if "importance" in found else ()
        if len(words or ()) == 1:
            words = tuple(word.strip() for word in (words or ("",))[0].split(",") if word.strip())
        look = ListLook(
            annotations=take("annotations", lists.truth),
            totals=take("totals", lists.truth),
            ticks=take("ticks", lists.truth),
            qr=take("qr", lists.truth),
            columns=take("columns", lists.columns),
            density=take("density", lists.density),
        )
        return ListDefaults(
            importance=words or (),
            library=take("library", self._library) or "",
            pages_per_hour=take("pages-per-hour", lists.number) or 0,
            look=look,
        )

    def _library(self, text: str) -> str | lists.Wrong:
        mistake = library_mistake(text)
        return lists.Wrong(f"an address such as {LIBRARY_EXAMPLE}; {mistake}") if mistake else text

    def _bad_address(self, name: str, mapping: yaml_values.Mapping, text: str) -> str:
        self.reading.report(
            kinds.BAD_ADDRESS, mapping.fields[name].span, f"`{text[:80]}` is no `{name}`"
        )
        return ""


class _Values:
    """Fields of `lists`, each a text that is read by its own rule."""

    def __init__(self, reader: _HeadReader, fields: Mapping[str, Value]) -> None:
        self.reader = reader
        self.fields = fields

    def take(self, name: str, read: Callable[[str], T | lists.Wrong]) -> T | None:
        """A value; None where there is none, or a wrong one."""
        value = self.fields.get(name)
        text = self.reader._text(name, value) if value is not None else None
        if value is None or text is None:
            return None
        found = read(text)
        if not isinstance(found, lists.Wrong):
            return found
        self.reader.reading.report(
            kinds.BAD_LIST_VALUE,
            value.span,
            f"`{name}` cannot be `{text[:60]}`",
            f"write {found.wanted}",
        )
        return None


def _orcid_check(orcid: str) -> bool:
    """ISO 7064 mod 11-2, as ORCID iDs have it."""
    total = 0
    digits = orcid.replace("-", "")
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return (12 - total % 11) % 11 == (10 if digits[-1] == "X" else int(digits[-1]))
