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

_STYLES: Final = {
    "tcit-list": "list-style: none; padding-left: 0",
    "tcit-reference": "padding-left: 2.25em; text-indent: -2.25em; overflow-wrap: anywhere",
    "tcit-annotation": "padding-left: 2.25em",
    "tcit-back-links": "padding-left: 2.25em",
}
"""In a list of references with hanging indents."""
_REFERRING: Final = ("id", "aria-labelledby")
_FRAME: Final = ".//p[@class='tcit-take']"
_KEPT: Final = "Z3988"
"""The class by which reference managers find each work: a page that holds a fragment has it too."""
_ESCAPED: Final = re.compile(r'(?<=href="#)[^"]*')
_TABLES: Final = ".//div[contains(@class, 'tcit-table')]"
_HANGING_LISTS: Final = ".//ul[contains(@class, 'tcit-hanging')]"


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
    for hanging in cast("list[HtmlElement]", article.xpath(_HANGING_LISTS)):
        for element in hanging.iter("*"):
            style = _STYLES.get((element.get("class") or "").partition(" ")[0])
            if style is not None:
                element.set("style", style)
    for table in cast("list[HtmlElement]", article.xpath(_TABLES)):
        table.set("style", "overflow-x: auto")
    for code in cast("list[HtmlElement]", article.xpath(".//pre")):
        code.set("style", "white-space: pre-wrap; overflow-wrap: anywhere")
    for name in [name for name in article.attrib if str(name).startswith("data-")]:
        del article.attrib[name]
    article.set("lang", lang)
    article.set("style", "overflow-wrap: anywhere")
    article.tail = None
    html = lxml.html.tostring(article, encoding="unicode")
    return f"{_ESCAPED.sub(_as_in_ids, html)}\n"


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
