"""The mistakes that reading a document can find.

Markdown (M), citations (C), front matter (F), lists of references (Q).
"""

from __future__ import annotations

from tcit_export.diagnostic import Kind, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

TOO_LARGE = Kind(
    "M001",
    "document-too-large",
    _ERROR,
    "A document may have two million characters and twenty thousand lines. "
    "Split it, or move data into files of its own.",
)
TOO_DEEP = Kind(
    "M002",
    "nesting-too-deep",
    _ERROR,
    "Quotes, lists, divs and inline markup may stand inside each other fifty deep. "
    "Deeper text cannot be set on a page; write it flatter.",
)
CONTROL_CHARACTER = Kind(
    "M003",
    "control-character-in-text",
    _WARNING,
    "Control characters and half characters cannot stand in PDF or Word files. "
    "Each is shown as U+FFFD; delete it or type the character that was meant.",
)
LOST_CELL = Kind(
    "M017",
    "lost-cell",
    _ERROR,
    "A row of a table has more cells than the table's head. Tables are as wide as their head, so\n"
    "what stands in the other cells would be lost.",
)
RAW_HTML = Kind(
    "M004",
    "raw-html",
    _WARNING,
    "HTML in a document is shown as the text it is, never passed on: PDF and Word have no use for "
    "it. Write Markdown instead: `*emphasis*`, `[text]{.class}`, `::: {.class}`.",
)
UNSAFE_LINK = Kind(
    "M005",
    "unsafe-link",
    _ERROR,
    "Links may lead to http, https and mailto addresses, to `doi:10.…`, and to `#places` in the "
    "document. Anything else (javascript, data, file …) is not carried into the outputs.",
)
RELATIVE_LINK = Kind(
    "M006",
    "relative-link",
    _WARNING,
    "A handout is read far from the folder it was made in, so a link to a neighbouring file leads "
    "nowhere. The text is kept, the link is not. Give the full address.",
)
UNKNOWN_ANCHOR = Kind(
    "M007",
    "unknown-anchor",
    _WARNING,
    "The link leads to a place in the document that does not exist. Headings get their identifiers "
    "from their text; any block or span can have one: `{#name}`.",
)
REMOTE_IMAGE = Kind(
    "M008",
    "remote-image",
    _ERROR,
    "Nothing is fetched while building. Save the image in the project and name the file.",
)
UNCLOSED_DIV = Kind(
    "M009",
    "unclosed-div",
    _ERROR,
    "A block opened with `::: {.name}` needs a line `:::` where it ends.",
)
STRAY_FENCE = Kind(
    "M010",
    "stray-div-fence",
    _ERROR,
    "A line `:::` closes a block, but none is open here.",
)
UNDEFINED_FOOTNOTE = Kind(
    "M011",
    "undefined-footnote",
    _WARNING,
    "The mark of a footnote needs its text somewhere: `[^name]: The text.`",
)
UNUSED_FOOTNOTE = Kind(
    "M012",
    "unused-footnote",
    _WARNING,
    "The text of this footnote is shown nowhere, because no `[^mark]` asks for it.",
)
NESTED_FOOTNOTE = Kind(
    "M013",
    "nested-footnote",
    _ERROR,
    "Footnotes cannot have footnotes: neither Word nor paper knows where to put them.",
)
REPEATED_FOOTNOTE = Kind(
    "M014",
    "footnote-repeated-too-often",
    _ERROR,
    "A footnote that is marked several times is set several times; here that adds up to more text "
    "than a document may have.",
)
DUPLICATE_IDENTIFIER = Kind(
    "M015",
    "duplicate-identifier",
    _WARNING,
    "Two places in the document ask for the same identifier, so links to it are ambiguous. "
    "The second gets a number.",
)
BAD_ATTRIBUTE = Kind(
    "M016",
    "bad-attribute",
    _WARNING,
    "`lang` must be a language tag (`de`, `en-GB`), `dir` must be `ltr` or `rtl`, `width` and "
    "`height` a length or a percentage (`50%`, `6cm`, `2in`, `200px`).",
)

SEVERAL_KEYS = Kind(
    "C010",
    "keys-without-semicolon",
    _ERROR,
    "Works in one citation are separated with semicolons: `[@first; @second]`.",
)

NESTED_CITATION = Kind(
    "C011",
    "citation-in-citation",
    _ERROR,
    "A citation cannot stand in the prefix or suffix of another. Separate the works with `;`, or "
    "write two citations.",
)

BAD_YAML = Kind(
    "F001",
    "bad-yaml",
    _ERROR,
    "The front matter is YAML: `field: value`, one a line. A value that holds `: ` or begins with "
    'one of `[ { & * ! | > @ # % "` stands in quotation marks.',
)
UNCLOSED_FRONT_MATTER = Kind(
    "F002",
    "unclosed-front-matter",
    _ERROR,
    "Front matter begins with a line `---` and ends with a line `---`.",
)
FRONT_MATTER_TOO_LARGE = Kind(
    "F003",
    "front-matter-too-large",
    _ERROR,
    "Front matter may have 64,000 characters and lists twenty deep.",
)
DUPLICATE_FIELD = Kind(
    "F004",
    "duplicate-front-matter-field",
    _ERROR,
    "The same field is given twice; only one value can be meant.",
)
YAML_FEATURE = Kind(
    "F005",
    "yaml-feature-not-used",
    _ERROR,
    "Anchors (`&name`), aliases (`*name`), tags (`!name`) and merge keys have no meaning in front "
    "matter. A text that begins with one of these signs stands in quotation marks.",
)
UNKNOWN_FIELD = Kind(
    "F006",
    "unknown-field",
    _WARNING,
    "The field has no meaning here and is ignored.",
)
WRONG_TYPE = Kind(
    "F007",
    "wrong-type",
    _ERROR,
    "The field wants another sort of value: a text, a list, or fields of its own.",
)
MISSING_TITLE = Kind(
    "F008",
    "missing-title",
    _ERROR,
    "Every document has a title: `title: …` between two lines `---` at its very beginning.",
)
BAD_DATE = Kind(
    "F009",
    "bad-date",
    _ERROR,
    "Dates are written `2018`, `2018-01` or `2018-01-15`.",
)
BAD_LANGUAGE = Kind(
    "F010",
    "bad-language",
    _ERROR,
    "Languages are written as tags: `en-US`, `de`, `pt-BR`.",
)
BAD_SLUG = Kind(
    "F011",
    "bad-slug",
    _ERROR,
    "The slug names the output files: small letters, digits, `.`, `_` and `-`, beginning with a "
    "letter or digit, one hundred at most.",
)
BAD_KIND = Kind(
    "F012",
    "bad-kind",
    _ERROR,
    "A document is a `review` or a `reading-list`.",
)
BAD_STYLE = Kind(
    "F013",
    "bad-style",
    _ERROR,
    "`style` is the name of a CSL style (`apa`) or the path of a `.csl` file in the project.",
)
BAD_NAME = Kind(
    "F014",
    "bad-author",
    _ERROR,
    "An author is `Given Family`, or has fields: `given`, `family`, `suffix`, `affiliation`, "
    "`orcid`; a group has `literal`.",
)
BAD_ORCID = Kind(
    "F015",
    "bad-orcid",
    _WARNING,
    "An ORCID is four groups of four digits, the last a check digit: `0000-0002-1825-0097`.",
)
BAD_ADDRESS = Kind(
    "F016",
    "bad-address",
    _ERROR,
    "`url` is a full http or https address, `doi` begins with `10.`.",
)
EMPTY_FIELD = Kind(
    "F017",
    "empty-field",
    _WARNING,
    "The field has no value. Leave it out, or fill it in.",
)

UNKNOWN_LIST_ATTRIBUTE = Kind(
    "Q010",
    "unknown-list-attribute",
    _WARNING,
    "A list of references, or one of its items, has an attribute that says nothing to it.\n\n"
    '    ::: {.references select="keyword:crying" sort="-year" group="week"}\n'
    "    - [@kahn2001, pp. 117-120]{importance=essential minutes=20} A note to the reader.\n"
    "    :::",
)
BAD_LIST_VALUE = Kind(
    "Q011",
    "bad-list-value",
    _ERROR,
    "A list of references is asked for something that cannot be: `columns` are 1 or 2, `density`\n"
    "is roomy or compact, `annotations`, `totals`, `ticks` and `qr` are true or false, `minutes`\n"
    "and `pages` are numbers.",
)
ITEM_WITHOUT_WORK = Kind(
    "Q012",
    "item-without-work",
    _ERROR,
    "In a list of references that names works itself, each item begins with one of them:\n\n"
    "    - [@kahn2001, chap. 2]{importance=essential} A note to the reader.",
)
