"""What can be wrong with `select`, `sort` and `group`."""

from __future__ import annotations

from typing import Final

from tcit_export.diagnostic import Kind, Severity

UNKNOWN_QUERY_FIELD: Final = Kind(
    "Q001",
    "unknown-query-field",
    Severity.ERROR,
    "A query asks for a field that works do not have here. A query is made of conditions such as\n"
    '`keyword:crying`, `author:Kahn`, `title:"emotional expression"`, `year:1990-1999` or\n'
    "`has-doi`, joined by `and`, `or` and `not`.",
)
MALFORMED_QUERY: Final = Kind(
    "Q002",
    "malformed-query",
    Severity.ERROR,
    "A query cannot be understood as it stands: a value, a parenthesis, a quotation mark or the\n"
    "word `and` or `or` is missing, or one is too many.\n\n"
    "    keyword:crying and (year>=2000 or key:(kahn2001, alden2001))",
)
MISFIT_OPERATOR: Final = Kind(
    "Q003",
    "misfit-operator",
    Severity.ERROR,
    "An operator does not fit its field: numbers can be compared (`year>=2000`), words can be\n"
    "looked for (`:`), be the whole value (`=`) or not (`!=`), and `has-doi` and its like take\n"
    "no operator at all.",
)
NUMBER_EXPECTED: Final = Kind(
    "Q004",
    "number-expected",
    Severity.ERROR,
    "Years and weeks are numbers: `year:2001`, `year:1990-1999`, `year>=2000`, `week:(1, 3)`.\n"
    "A range begins with its smaller number.",
)
QUERY_TOO_LARGE: Final = Kind(
    "Q005",
    "query-too-large",
    Severity.ERROR,
    "A query is longer, or nested deeper, than any list needs.",
)
UNKNOWN_SORT_FIELD: Final = Kind(
    "Q006",
    "unknown-sort-field",
    Severity.ERROR,
    "A list cannot be sorted by this. `sort` is a list of fields, each turned round by a `-`\n"
    'before it: `sort="importance, -year, author"`.',
)
UNKNOWN_GROUP_FIELD: Final = Kind(
    "Q007",
    "unknown-group-field",
    Severity.ERROR,
    'A list cannot be grouped by this. `group="week"` makes a heading for each week;\n'
    '`group="topic: Tears, Empathy, *"` says the order, `*` being all other topics.',
)
