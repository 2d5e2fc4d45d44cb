"""Fields that never leave the source: private notes, and what programs keep for themselves.

Whatever is handed on (the BibTeX in a PDF, downloads, Word's sources) is made of `public_bibtex`.
A document that is read by students shall not tell them what their teacher thinks of a paper, nor
where it lies on the teacher's disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tcit_export.bibliography.library import Entry, Field

PRIVATE_FIELDS: Final = frozenset(
    """privatenote
    file pdf ps localfile localurl local-url attachments pdf-url
    comment comments review remark remarks
    owner username timestamp creationdate modificationdate created modified date-added
    date-modified added-at biburl bibsource interhash intrahash
    groups readstatus printed priority qualityassured ranking rating relevance read
    citationkey x-color x-fetchedfrom __markedentry
    """.split()
)
"""`privatenote` is ours; the others are JabRef's, Mendeley's, Zotero's, BibDesk's, BibSonomy's."""
PRIVATE_PREFIXES: Final = ("bdsk-", "comment-", "jabref-", "mendeley-", "zotero", "papers2")
"""JabRef keeps a comment for each user: `comment-anna`."""

_MONTHS: Final = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_NAME: Final = re.compile(r"(?<![\w:+.-])[A-Za-z_][\w:+.-]*$")
_LATER_COMMA: Final = re.compile(r"\s*,")
_EARLIER_COMMA: Final = re.compile(r",\s*$")


def is_private(name: str) -> bool:
    """Whether a field stays with its owner."""
    lower = name.lower()
    return lower in PRIVATE_FIELDS or lower.startswith(PRIVATE_PREFIXES)


def public_bibtex(entry: Entry) -> str:
    """The entry's own text without its private fields, every other character as it was typed.

    A value that names a `@string` is written out, for the definition stays behind. Where a private
    field may stand at a place that no span tells (given twice, commented out), the entry is written
    anew from what was read of it.
    """
    named = [f for f in entry.fields.values() if _names_a_string(f, entry) and _is_own(f, entry)]
    if not named and not any(is_private(name) for name in _names(entry.raw)):
        return entry.raw
    text = _edited(entry, named)
    return _anew(entry) if any(is_private(name) for name in _names(text)) else text


def _names_a_string(field: Field, entry: Entry) -> bool:
    """Whether a value is typed as a `@string`'s name, alone or joined with `#`.

    The months are strings that every reader of BibTeX knows.
    """
    typed = entry.source.text[field.value_span.start : field.value_span.end]
    if typed[:1] in '{"' and "#" not in typed:
        return False
    words = _outside_delimiters(typed).replace("#", " ").split()
    strings = [word for word in words if not word.isdecimal() and word.lower() not in _MONTHS]
    return bool(strings) and _balanced(field.value)


def _outside_delimiters(typed: str) -> str:
    """What of a value stands outside braces and quotation marks."""
    outside: list[str] = []
    depth, quoted = 0, False
    for character in typed:
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == '"' and not depth:
            quoted = not quoted
        elif not depth and not quoted:
            outside.append(character)
    return "".join(outside)


def own_fields(entry: Entry) -> Iterator[Field]:
    """The fields that stand in the entry's own text, in their order."""
    own = (field for field in entry.fields.values() if _is_own(field, entry))
    yield from sorted(own, key=lambda field: field.name_span.start)


def _is_own(field: Field, entry: Entry) -> bool:
    return (
        not field.inherited
        and (field.source is None or field.source == entry.source)
        and entry.span.start <= field.name_span.start
        and field.value_span.end <= entry.span.end
    )


def _names(text: str) -> list[str]:
    """What may be the name of a field; words before `=` in values too, which does no harm."""
    # Looked for from each `=` backwards: values are long, and most hold none.
    words = [word for before in text.split("=")[:-1] for word in before.rsplit(None, 1)[-1:]]
    return [name[0] for word in words if (name := _NAME.search(word)) is not None]


def _edited(entry: Entry, named: list[Field]) -> str:
    """The text with the named fields written out and the private ones cut."""
    text = entry.raw
    for field in reversed(list(own_fields(entry))):
        if is_private(field.name):
            text = _without(text, field, entry)
        elif field in named:
            span = field.value_span.shifted(-entry.span.start)
            text = f"{text[: span.start]}{{{field.value}}}{text[span.end :]}"
    return text


def _without(text: str, field: Field, entry: Entry) -> str:
    """The text without a field, its line and the comma that goes with it."""
    start = field.name_span.start - entry.span.start
    stop = field.value_span.end - entry.span.start
    comma = _LATER_COMMA.match(text, stop)
    stop = comma.end() if comma else stop
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip():
        start = line - 1 if line else start
    else:
        start = len(text[:start].rstrip(" \t"))
    before = text[:start]
    if not comma and not text[stop:].strip().strip("})"):
        before = _last_comma_gone(before, entry)
    return before + text[stop:]


def _last_comma_gone(before: str, entry: Entry) -> str:
    """The field cut was the last, without a comma: so is the one before it now.

    The comma behind the key stays, which BibTeX wants.
    """
    comma = _EARLIER_COMMA.search(before)
    key_end = entry.key_span.end - entry.span.start
    if comma is None or not before[key_end : comma.start()].strip(" \t\n,"):
        return before
    return before[: comma.start()] + before[comma.start() + 1 :]


def _anew(entry: Entry) -> str:
    """The entry's own public fields, one a line."""
    lines = (
        f"  {field.name} = {{{field.value}}},"
        for field in own_fields(entry)
        if not is_private(field.name) and _balanced(field.value)
    )
    return "\n".join([f"@{entry.type}{{{entry.key},", *lines, "}"])


def _balanced(value: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
