"""XML as a small tree with line numbers; document types and other namespaces are refused.

expat is told of no entity but the five of XML itself, so none is ever expanded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias
from xml.parsers import expat

from tcit_export.csl.style import StyleError

NAMESPACE = "http://purl.org/net/xbiblio/csl"
_XML = "http://www.w3.org/XML/1998/namespace"
DEPTH = 150
"""Elements nested deeper than this, macros called included, are refused."""

XmlText: TypeAlias = str | bytes


class Element:
    """An element: local name, attributes by local name, children, text, line."""

    __slots__ = ("attrs", "kids", "line", "tag", "text")

    def __init__(self, tag: str, attrs: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attrs = attrs
        self.kids: list[Element] = []
        self.text = ""
        self.line = line

    def child(self, tag: str) -> Element | None:
        return next((kid for kid in self.kids if kid.tag == tag), None)

    def children(self, tag: str) -> Iterator[Element]:
        return (kid for kid in self.kids if kid.tag == tag)

    def get(self, name: str, default: str = "") -> str:
        return self.attrs.get(name, default)


class _Builder:
    """Collects expat's events into `Element`s; elements of other namespaces are left out."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.root: Element | None = None
        self.open: list[Element] = []
        self.foreign = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        line = self.parser.CurrentLineNumber
        if self.foreign or namespace != NAMESPACE:
            if self.root is None:
                raise StyleError(f"`{tag}` is not in the CSL namespace `{NAMESPACE}`", line)
            self.foreign += 1
            return
        if len(self.open) >= DEPTH:
            raise StyleError(f"elements nested deeper than {DEPTH}", line)
        node = Element(tag, _local_attributes(attrs), line)
        if self.open:
            self.open[-1].kids.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)

    def end(self, _name: str) -> None:
        if self.foreign:
            self.foreign -= 1
        else:
            self.open.pop()

    def data(self, text: str) -> None:
        if self.open and not self.foreign:
            self.open[-1].text += text

    def doctype(self, *_: object) -> None:
        raise StyleError("a document type (DOCTYPE) is not allowed", self.parser.CurrentLineNumber)


def _local_attributes(attrs: dict[str, str]) -> dict[str, str]:
    """`xml:lang` is kept as "lang"; attributes of other namespaces are dropped."""
    lang = attrs.pop(f"{_XML} lang", None)
    plain = {name: value for name, value in attrs.items() if " " not in name}
    if lang is not None:
        plain["lang"] = lang
    return plain


def parse_xml(xml: XmlText) -> Element:
    parser = expat.ParserCreate(
        None if isinstance(xml, bytes) else "utf-8", namespace_separator=" "
    )
    parser.buffer_text = True
    builder = _Builder(parser)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(xml if isinstance(xml, bytes) else xml.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        message = expat.errors.messages.get(error.code, str(error.code))
        raise StyleError(f"not well-formed XML: {message}", error.lineno) from None
    except LookupError:
        raise StyleError("an encoding that is not known", 1) from None
    if builder.root is None:
        raise StyleError("an empty document", 1)
    return builder.root
