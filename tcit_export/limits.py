"""Every limit on the size and nesting of input, in one place.

They keep a mistaken or hostile file from taking all memory or never ending; each is far above what
an honest handout needs.  The room that enforces a limit declares the diagnostic that names it.
"""

from __future__ import annotations

from typing import Final

MARKDOWN_BYTES: Final = 2_000_000
MARKDOWN_LINES: Final = 20_000
MARKDOWN_NESTING: Final = 50
"""Depth of nested blocks or inlines: WeasyPrint's recursion ends near 130 nested boxes."""
FRONT_MATTER_BYTES: Final = 64_000
YAML_NESTING: Final = 20
BIBTEX_BYTES: Final = 20_000_000
BIBTEX_VALUE: Final = 1_000_000
"""Characters of one field after `@string` expansion."""
BIBTEX_NAMES: Final = 5_000
"""Persons in one name field."""
BIBTEX_BRACES: Final = 100
IMAGE_BYTES: Final = 20_000_000
IMAGE_PIXELS: Final = 50_000_000
TABLE_CELLS: Final = 10_000
"""Cells of one table in a PDF."""
SETTINGS_BYTES: Final = 64_000
QUERY_CHARACTERS: Final = 20_000
"""Of `select`, `sort` or `group`: a list of a thousand keys has room."""
QUERY_NESTING: Final = 50
"""Depth of the parentheses of a query."""
LINK_CHARACTERS: Final = 2_079
"""Word refuses longer link targets."""
STYLE_BYTES: Final = 2_000_000
SVG_ELEMENTS: Final = 20_000
"""Elements of one SVG picture, those that `<use>` repeats counted as often as they are shown."""
SVG_NESTING: Final = 100
PDF_SECONDS: Final = 60
"""Processor time of one PDF in a worker process."""
REFERENCES_A_SECOND: Final = 20
"""A list of thousands takes longer in all honesty: a second more for each so many entries."""
PDF_MEMORY: Final = 2_000_000_000
"""Bytes of address space of a worker process: WeasyPrint itself maps about 0.5 GB."""
DOCX_PART_BYTES: Final = 100_000_000
"""One part of a Word file that `verify` reads, unpacked."""
DOCX_PART_ELEMENTS: Final = 2_000_000
"""XML elements of such a part: each takes about a hundred bytes of memory."""
DOCX_PART_NESTING: Final = 200
DOCX_TEMPLATE_BYTES: Final = 20_000_000
