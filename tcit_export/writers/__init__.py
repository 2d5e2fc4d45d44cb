"""ResolvedDocument -> Rendered, one module per output.

`writer(name)` imports a writer when it is first asked for: WeasyPrint and python-docx cost a second
to import, and an HTML build needs neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from tcit_export.writers.rendered import Rendered, Writer

WRITERS: Final = {"pdf": "pdf", "docx": "docx", "html": "html", "tree": "tree"}
"""Format name -> module of this package; each module has `write(document, options, templates)`."""

__all__ = ["WRITERS", "Rendered", "Writer", "writer"]


def writer(name: str) -> Writer:
    """The writer of a format. Raises KeyError for a name that is not in WRITERS."""
    module = import_module(f"{__name__}.{WRITERS[name]}")
    return cast(Writer, module.write)
