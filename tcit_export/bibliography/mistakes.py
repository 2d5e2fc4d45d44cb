"""The sorts of mistakes that reading a .bib can find (B001 to B029 structure, from B030 values)."""

from __future__ import annotations

from typing import Final

from tcit_export.diagnostic import Kind, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def short(text: str) -> str:
    """A user's own words for a message: at most 60 characters of them."""
    return text if len(text) <= 60 else f"{text[:59]}…"


TOO_LARGE: Final = Kind(
    "B001",
    "bibliography-too-large",
    _ERROR,
    "A .bib file may have 20 million characters, and as many again after its `@string`s are put "
    "in. Split the file, or take out abstracts and attached files.",
)
UNCLOSED_ENTRY: Final = Kind(
    "B002",
    "unclosed-entry",
    _ERROR,
    "The next entry begins before this one has ended: its closing `}` is missing. The fields read "
    "so far are kept, so that other mistakes can be found in the same run.",
)
UNCLOSED_VALUE: Final = Kind(
    "B003",
    "unclosed-value",
    _ERROR,
    "A field's value opens a `{` or a `\"` that is never closed. BibTeX would take everything up "
    "to the next matching one, fields and entries included. Close it at the end of the value.",
)
MISSING_COMMA: Final = Kind(
    "B004",
    "missing-comma",
    _ERROR,
    "Fields are separated by commas, and one stands between the key and the first field. BibTeX "
    "drops the rest of an entry at the first one that is missing.",
)
UNDEFINED_STRING: Final = Kind(
    "B005",
    "undefined-string",
    _ERROR,
    "A value without braces or quotation marks is the name of a `@string`, or a month (`jan` to "
    "`dec`). Put the text into braces, or define the name: `@string{jcp = {Journal of ...}}`.",
)
DUPLICATE_KEY: Final = Kind(
    "B006",
    "duplicate-entry-key",
    _ERROR,
    "Two different entries have the same key, so a citation could mean either. The first one is "
    "used. Rename one of them, or take it out.",
)
REPEATED_ENTRY: Final = Kind(
    "B007",
    "repeated-entry",
    _WARNING,
    "The same entry stands in the bibliography twice, word for word. One of them can go.",
)
KEYS_DIFFER_BY_CASE: Final = Kind(
    "B008",
    "keys-differ-by-case",
    _WARNING,
    "Two keys differ only in capital letters. They are two entries here, but BibTeX treats them "
    "as one.",
)
DUPLICATE_FIELD: Final = Kind(
    "B009",
    "duplicate-field",
    _ERROR,
    "An entry has the same field twice, with different values. The first one is used, as in "
    "BibTeX.",
)
REPEATED_FIELD: Final = Kind(
    "B010",
    "repeated-field",
    _WARNING,
    "An entry has the same field twice, with the same value. One of them can go.",
)
INVALID_KEY: Final = Kind(
    "B011",
    "invalid-entry-key",
    _ERROR,
    "A key is what citations write after `@`. Letters, digits and `_ - : . + / & ' ! ( )` are "
    "safe; blanks, quotation marks and the characters that BibTeX, LaTeX or HTML give a meaning "
    "(`{ } = # % \\ ~ < > @`) are not.",
)
MISSING_KEY: Final = Kind(
    "B012",
    "missing-entry-key",
    _ERROR,
    "An entry begins with its key: `@book{smith2001,`. Without one it cannot be cited, and it is "
    "left out.",
)
TEXT_AFTER_ENTRY: Final = Kind(
    "B013",
    "text-after-entry",
    _WARNING,
    "Text that looks like fields or braces stands between two entries, where BibTeX reads nothing. "
    "Most often a `}` too many has closed the entry before it early.",
)
MISSING_EQUALS: Final = Kind(
    "B014",
    "missing-equals-sign",
    _ERROR,
    "A field is written `name = {value}`.",
)
MISSING_VALUE: Final = Kind(
    "B015",
    "missing-value",
    _ERROR,
    "A field has a name and an equals sign, but no value. Write `{}` for an empty one.",
)
UNQUOTED_VALUE: Final = Kind(
    "B016",
    "unquoted-value",
    _ERROR,
    "Only whole numbers and the names of `@string`s may stand without braces. Write "
    "`pages = {12--15}`.",
)
UNEXPECTED_TEXT: Final = Kind(
    "B017",
    "unexpected-text",
    _ERROR,
    'After a value only a comma, a `#` or the end of the entry can follow. A `"` inside a value '
    'that is itself in quotation marks does this: `"The "real" story"` should be '
    "`{The ``real'' story}`.",
)
VALUE_TOO_LONG: Final = Kind(
    "B018",
    "value-too-long",
    _ERROR,
    "A value may have a million characters after its `@string`s are put in. The value is left out.",
)
TOO_DEEP: Final = Kind(
    "B019",
    "braces-too-deep",
    _ERROR,
    "Braces may be nested a hundred deep. The value is left out.",
)
CONTROL_CHARACTER: Final = Kind(
    "B020",
    "control-character",
    _WARNING,
    "The file has characters that no program can show, often left by a copy from a PDF. They are "
    "read as blanks.",
)
MISSING_BRACE: Final = Kind(
    "B021",
    "missing-opening-brace",
    _ERROR,
    "An entry begins with its type and a brace: `@book{smith2001,`.",
)
INVALID_STRING: Final = Kind(
    "B022",
    "invalid-string-definition",
    _ERROR,
    "A string is defined as `@string{jcp = {Journal of Clinical Psychology}}`.",
)
UNREADABLE_ENTRY: Final = Kind(
    "B023",
    "unreadable-entry",
    _ERROR,
    "This entry could not be read as BibTeX. The entries after it are read all the same.",
)
UNKNOWN_PARENT: Final = Kind(
    "B024",
    "unknown-parent-entry",
    _ERROR,
    "`crossref` and `xdata` name an entry whose fields are taken over, and no entry has that key.",
)
PARENT_CYCLE: Final = Kind(
    "B025",
    "parent-entry-cycle",
    _ERROR,
    "Entries take their fields over from each other in a circle. Nothing is taken over at the "
    "place named.",
)
UNKNOWN_RELATED: Final = Kind(
    "B026",
    "unknown-related-entry",
    _WARNING,
    "`related` and `xref` name other entries by their keys, and no entry has this one.",
)
DUPLICATE_ALIAS: Final = Kind(
    "B027",
    "duplicate-alias",
    _ERROR,
    "`ids` gives an entry further keys, and this one already belongs to another entry.",
)
COMMENT_IN_ENTRY: Final = Kind(
    "B028",
    "comment-inside-entry",
    _WARNING,
    "A line inside an entry begins with `%`. BibTeX knows no comments there and reports an error; "
    "here the line is left out. Take it out, or rename the field: `xyear = {...}`.",
)

UNKNOWN_COMMAND: Final = Kind(
    "B030",
    "unknown-latex-command",
    _WARNING,
    "A LaTeX command in a value is not known here. It is dropped, and what it applies to is kept.",
)
UNBALANCED_BRACES: Final = Kind(
    "B031",
    "unbalanced-braces",
    _WARNING,
    "A value has a brace without its partner, or a `$` that is not closed. It is left out.",
)
VALUE_TOO_DEEP: Final = Kind(
    "B032",
    "markup-too-deep",
    _ERROR,
    "LaTeX groups and commands may be nested a hundred deep. The value is shown as typed.",
)
TOO_MANY_NAMES: Final = Kind(
    "B035",
    "too-many-names",
    _ERROR,
    "A name field may hold 5,000 names. The rest is left out.",
)
WRONG_NAME_SEPARATOR: Final = Kind(
    "B036",
    "wrong-name-separator",
    _WARNING,
    "Names are separated by the word `and`, also where there are three or more: "
    "`Kahn, Stephen and Fromm, Erika`. Semicolons, ampersands and lists with commas are read as "
    "well as they can be, which may be wrong.",
)
MISREAD_NAME: Final = Kind(
    "B037",
    "malformed-name",
    _WARNING,
    "A name has a form that BibTeX does not know: `Family, Given`, `Family, Jr., Given` and "
    "`Given Family` are known. A group's name stands in braces of its own: "
    "`{{American Psychological Association}}`.",
)
EMPTY_NAME: Final = Kind(
    "B038",
    "empty-name",
    _WARNING,
    "A name list has an `and` with no name before or after it. It is skipped.",
)
INVALID_DATE: Final = Kind(
    "B040",
    "invalid-date",
    _ERROR,
    "A date that is on no calendar, or that cannot be read. Dates are `2018`, `2018-01`, "
    "`2018-01-15`, ranges `2018-01-15/2018-01-17`, and words such as `in press`.",
)
REVERSED_DATES: Final = Kind(
    "B041",
    "reversed-date-range",
    _WARNING,
    "A range of dates ends before it begins.",
)
UNKNOWN_TYPE: Final = Kind(
    "B043",
    "unknown-entry-type",
    _WARNING,
    "The type of an entry is none of BibTeX's, biblatex's or biblatex-apa's. The entry is read as "
    "`@misc`, and what it is guessed from its fields.",
)
LOST_ADDRESS: Final = Kind(
    "B042",
    "lost-address",
    _WARNING,
    "A field for a DOI or an address holds neither, so the reference goes without it. A DOI begins "
    "with `10.`, an address with `https://` or `http://`.",
)
