"""QR codes of addresses: SVG for print, with the address as its text.

Error correction M (15 %) stands a fold or a coffee stain; the quiet zone of four modules is part of
the picture (ISO/IEC 18004), so nothing may be printed into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from markupsafe import Markup

from tcit_export.writers.work_records import address

QUIET_ZONE = 4


def coded_address(work: Mapping[str, Any], dois: bool, addresses: bool = False) -> str:
    """Where the code of a work (CSL-JSON) leads, if DOIs or all addresses have one; else ""."""
    where = address(work)
    return where if addresses or (dois and where.startswith("https://doi.org/")) else ""


def _code(address: str) -> Any:
    import segno  # loaded by few builds

    return segno.make_qr(address, error="m", boost_error=False)


def qr_svg(address: str, title: str) -> Markup:
    """The code as an inline SVG element; `title` is what a screen reader says."""
    out = BytesIO()
    _code(address).save(
        out, kind="svg", border=QUIET_ZONE, xmldecl=False, svgns=True, nl=False, omitsize=True,
        title=title, light="#fff",
    )  # fmt: skip
    return Markup(out.getvalue().decode("utf-8"))  # noqa: S704  (segno escapes the title)


def qr_png(address: str, scale: int = 8) -> bytes:
    """The code as PNG, `scale` pixels a module."""
    out = BytesIO()
    _code(address).save(out, kind="png", border=QUIET_ZONE, scale=scale)
    return out.getvalue()
