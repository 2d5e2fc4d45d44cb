"""Two pages on each side of a sheet, in the order that makes a booklet when folded and stitched.

The result is for a printer: pages become pictures of pages, without tags, links or bookmarks.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf


def saddle_order(pages: int) -> list[tuple[int, int]]:
    """(left, right) page numbers of each side, from 1; 0 is a blank. Sides alternate front, back.

    >>> saddle_order(4)
    [(4, 1), (2, 3)]
    """
    total = -(-pages // 4) * 4
    numbers = [number if number <= pages else 0 for number in range(1, total + 1)]
    sides: list[tuple[int, int]] = []
    while numbers:
        first, last = numbers.pop(0), numbers.pop()
        sides.append((first, last) if len(sides) % 2 else (last, first))
    return sides


def impose(data: bytes) -> tuple[bytes, int]:
    """The booklet of a PDF whose pages are half a sheet, and its number of sides."""
    with pikepdf.open(BytesIO(data)) as source, pikepdf.new() as booklet:
        first = source.pages[0].mediabox
        width, height = float(first[2]), float(first[3])
        sides = saddle_order(len(source.pages))
        for side in sides:
            booklet.add_blank_page(page_size=(2 * width, height))
            _place(booklet, source, side, width)
        _describe(source, booklet)
        out = BytesIO()
        booklet.save(out, deterministic_id=True)
        return out.getvalue(), len(sides)


def _place(booklet: pikepdf.Pdf, source: pikepdf.Pdf, side: tuple[int, int], width: float) -> None:
    """Draw two pages of the source on the last page of the booklet."""
    forms, drawn = pikepdf.Dictionary(), b""
    for name, number, left in (("/Left", side[0], 0.0), ("/Right", side[1], width)):
        if number:
            form = source.pages[number - 1].as_form_xobject()
            forms[name] = booklet.copy_foreign(form)
            drawn += b"q 1 0 0 1 %.3f 0 cm %s Do Q\n" % (left, name.encode("ascii"))
    page = booklet.pages[-1]
    page.Resources = pikepdf.Dictionary(XObject=forms)
    page.Contents = booklet.make_stream(drawn)


def _describe(source: pikepdf.Pdf, booklet: pikepdf.Pdf) -> None:
    title = str(source.docinfo.get("/Title", ""))
    booklet.docinfo["/Title"] = f"{title} (booklet, for printing only)"
    for name in ("/Author", "/CreationDate", "/ModDate"):
        if name in source.docinfo:
            booklet.docinfo[name] = source.docinfo[name]
    booklet.Root.Lang = pikepdf.String(str(source.Root.Lang))
    # Printed on both sides, turned over the short edge, so that the back is not upside down.
    booklet.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge
    )
