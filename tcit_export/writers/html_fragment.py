"""The page without its frame: an `<article>` to paste into another page's editor.

Such an editor has a style sheet, a title level and ids of its own, and throws away scripts, style
elements and data links.  So headings move down one level, every id gets the document's slug in
front, and the one thing that a reference list cannot do without, its hanging indent, becomes a
style attribute.
"""

from __future__ import annotations

import re
from typing import Final, cast
from urllib.parse import unquote

import lxml.html
from lxml.html import HtmlElement

_INDENT: Final = "2.25em"
_HANGING: Final = {
    "tcit-reference": f"padding-SIDE: {_INDENT}; text-indent: -{_INDENT}",
    "tcit-tick": "float: SIDE; width: 1.4em; height: 1.4em; margin: .1em 0 0",
    "tcit-details": f"padding-SIDE: {_INDENT}",
    "tcit-importance": "padding: 0 .4em; border: 1px solid; font-weight: 600",
    "tcit-note": f"padding-SIDE: {_INDENT}",
    "tcit-annotation": f"padding-SIDE: {_INDENT}",
    "tcit-back-links": f"padding-SIDE: {_INDENT}",
}
"""In a list of references with hanging indents.

The side is written out, as some editors keep `padding-left` and throw `padding-inline-start` away;
with the text's negative indent alone, first lines would be cut off.
"""
_REFERRING: Final = ("id", "aria-labelledby")
_FRAME: Final = ".//p[@class='tcit-take']"
_KEPT: Final = "Z3988"
"""The class by which reference managers find each work: a page that holds a fragment has it too."""
_ESCAPED: Final = re.compile(r'(?<=href="#)[^"]*')
_TABLES: Final = ".//div[contains(@class, 'tcit-table')]"
_LISTS: Final = ".//ul[contains(concat(' ', @class, ' '), ' tcit-list ')]"
_LONG_WORDS: Final = "overflow-wrap: break-word"
"""Not `anywhere`, which would let a table break its numbers instead of being scrolled."""


def fragment(page: str, slug: str) -> str:
    """The article of a written page; `slug` keeps its ids apart from its new neighbours'."""
    root = lxml.html.document_fromstring(page)
    (article,) = cast("list[HtmlElement]", root.xpath("//article"))
    for element in cast("list[HtmlElement]", article.xpath(_FRAME)):
        element.drop_tree()
    lang = root.get("lang") or ""
    prefix = re.sub(r"[^A-Za-z0-9_-]+", "-", slug).strip("-") or "tcit"
    for element in article.iter("*"):
        _rename(element, prefix)
    page_side = "right" if root.get("dir") == "rtl" else "left"
    for entries in cast("list[HtmlElement]", article.xpath(_LISTS)):
        _style_list(entries, page_side)
    for table in cast("list[HtmlElement]", article.xpath(_TABLES)):
        table.set("style", "overflow-x: auto")
    for picture in cast("list[HtmlElement]", article.xpath(".//img")):
        picture.set("style", "max-width: 100%; height: auto")
    for code in cast("list[HtmlElement]", article.xpath(".//pre")):
        code.set("style", "white-space: pre-wrap; overflow-wrap: anywhere")
    for name in [name for name in article.attrib if str(name).startswith("data-")]:
        del article.attrib[name]
    article.set("lang", lang)
    if root.get("dir"):
        article.set("dir", str(root.get("dir")))
    article.set("style", _LONG_WORDS)
    article.tail = None
    html = lxml.html.tostring(article, encoding="unicode")
    return f"{_ESCAPED.sub(_as_in_ids, html)}\n"


def _style_list(entries: HtmlElement, page_side: str) -> None:
    """A list of references without bullets, each entry hanging on the side where it begins."""
    entries.set("style", f"list-style: none; padding-{page_side}: 0; overflow-wrap: anywhere")
    if "tcit-hanging" not in (entries.get("class") or ""):
        return
    for entry in entries.iterchildren("li"):
        side = {"rtl": "right", "ltr": "left"}.get(entry.get("dir") or "", page_side)
        for element in entry.iter("p", "div", "input", "span"):
            style = _HANGING.get((element.get("class") or "").partition(" ")[0])
            if style is not None:
                element.set("style", style.replace("SIDE", side))


def _as_in_ids(name: re.Match[str]) -> str:
    """The serializer escapes the letters of other scripts in links, but not in the ids."""
    return re.sub("(?:%[89A-F][0-9A-F])+", lambda letters: unquote(letters[0]), name[0])


def _rename(element: HtmlElement, prefix: str) -> None:
    """Lower a heading, prefix ids and the links to them, keep no class but ours."""
    tag = str(element.tag)
    if re.fullmatch(r"h[1-5]", tag):
        element.tag = f"h{int(tag[1]) + 1}"
    for name in _REFERRING:
        if value := element.get(name):
            element.set(name, f"{prefix}-{value}")
    href = element.get("href") or ""
    if href.startswith("#"):
        element.set("href", f"#{prefix}-{href[1:]}")
    classes = (element.get("class") or "").split()
    kept = [name if name != "cite-this" else "tcit-cite-this" for name in classes]
    kept = [
        name for name in kept if name == _KEPT or (name.startswith("tcit-") and "own-" not in name)
    ]
    if classes:
        element.attrib.pop("class")
    if kept:
        element.set("class", " ".join(kept))
