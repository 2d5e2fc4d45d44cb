"""Whether an SVG picture is safe to draw, and how large it is.

A drawing may use itself (`<use href="#a">`) but nothing outside: no files, no addresses, no
scripts, no document type (entities).  As each `<use>` repeats what it names, a few lines can stand
for billions of shapes; so elements are counted as often as they would be drawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from tcit_export import limits
from tcit_export.patterns import late

_SVG: Final = "http://www.w3.org/2000/svg"
_REFUSED_ELEMENTS: Final = frozenset({"script", "foreignObject", "iframe", "handler", "listener"})
_OUTSIDE = late(
    r"@import|(?:image|image-set|src)\(|url\(\s*['\"]?\s*(?!['\"]?#)[^)\s]", re.IGNORECASE
)
_SCRIPT_ADDRESS = late(r"\s*(?:java|vb)script\s*:|\s*data:text", re.IGNORECASE)
_ANIMATED: Final = frozenset({"set", "animate"})
_INLINE_IMAGE = late(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_LENGTH = late(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*")
_PIXELS: Final = {
    "": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0,
}  # fmt: skip


class UnsafeSvg(Exception):  # noqa: N818 - says what is wrong
    """Why a drawing is refused."""


@dataclass(slots=True)
class _Element:
    """How many elements it holds itself, and what it repeats by `<use>`."""

    own: int = 1
    uses: list[str] = field(default_factory=list)


def is_svg(data: bytes) -> bool:
    """Whether bytes look like an SVG file: XML whose head names `<svg`."""
    head = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and re.search(rb"<(?:\w+:)?svg[\s>]", head) is not None


def check_svg(data: bytes) -> tuple[int, int]:
    """Width and height in CSS pixels. Raises UnsafeSvg."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnsafeSvg(f"the SVG picture is not well-formed: {error}") from None
    reader.count()
    return reader.size


class _Reader:
    """Looks at each element as it comes."""

    def __init__(self) -> None:
        self.size = (300, 150)
        self.root = _Element()
        self.by_id: dict[str, _Element] = {}
        self.open: list[tuple[str, list[_Element]]] = []
        self.style: list[str] = []

    def doctype(self, *_: object) -> None:
        raise UnsafeSvg("the SVG picture has a document type declaration")

    def instruction(self, target: str, _data: str) -> None:
        raise UnsafeSvg(f"the SVG picture has a processing instruction `{target}`")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if not self.open:
            if name != "svg":
                raise UnsafeSvg(f"the picture's root is `{name}`, not `svg`")
            self.size = _size(attributes)
        if name in _REFUSED_ELEMENTS:
            raise UnsafeSvg(f"the SVG picture holds `{name}`")
        if len(self.open) > limits.SVG_NESTING:
            raise UnsafeSvg(f"the SVG picture is nested deeper than {limits.SVG_NESTING}")
        holders = self._holders(attributes)
        self.open.append((name if namespace in ("", _SVG) else "", holders))
        for holder in holders:
            holder.own += 1
        for key, value in attributes.items():
            self.attribute(name, key.rpartition(" ")[2], value, holders)

    def _holders(self, attributes: dict[str, str]) -> list[_Element]:
        """The elements with an id (and the root) around and including this one."""
        around = self.open[-1][1] if self.open else [self.root]
        identifier = attributes.get("id")
        if identifier is None or identifier in self.by_id:
            return around
        self.by_id[identifier] = _Element(0)
        return [*around, self.by_id[identifier]]

    def attribute(self, tag: str, name: str, value: str, holders: list[_Element]) -> None:
        if name.lower().startswith("on"):
            raise UnsafeSvg(f"the SVG picture holds a script (`{name}`)")
        if name in ("href", "src"):
            self.reference(tag, value.strip(), holders)
        elif tag in _ANIMATED and name == "attributeName" and value.strip().endswith("href"):
            raise UnsafeSvg(f"the SVG picture changes an address (`{tag}`)")
        elif _SCRIPT_ADDRESS.match(value):
            raise UnsafeSvg(f"the SVG picture holds a script (`{name}`)")
        elif _OUTSIDE.search(value) or ("(" in value and "\\" in value):
            raise UnsafeSvg(f"the SVG picture reaches outside itself in `{name}`")

    def reference(self, tag: str, value: str, holders: list[_Element]) -> None:
        if value.startswith("#"):
            if tag == "use":
                for holder in holders:
                    holder.uses.append(value[1:])
        elif not (tag in ("image", "feImage") and _INLINE_IMAGE.match(value)):
            raise UnsafeSvg(f"the SVG picture reaches outside itself: `{value[:80]}`")

    def text(self, data: str) -> None:
        if self.open and self.open[-1][0] == "style":
            self.style.append(data)

    def end(self, _tag: str) -> None:
        name, _ = self.open.pop()
        if name == "style":
            rules = "".join(self.style)
            self.style.clear()
            if _OUTSIDE.search(rules) or "\\" in rules:
                raise UnsafeSvg("the SVG picture's style reaches outside itself")

    def count(self) -> None:
        """Raise UnsafeSvg if the drawing, every `<use>` carried out, is too large or a circle."""
        totals: dict[int, int] = {}
        if _drawn(self.root, self.by_id, totals, 0) > limits.SVG_ELEMENTS:
            raise UnsafeSvg(f"the SVG picture draws more than {limits.SVG_ELEMENTS:,} shapes")


def _drawn(
    element: _Element, by_id: dict[str, _Element], totals: dict[int, int], depth: int
) -> int:
    """Elements drawn for one element; a number above the limit stands for a circle."""
    if id(element) not in totals:
        totals[id(element)] = limits.SVG_ELEMENTS + 1  # what a circle comes back to
        if depth <= limits.SVG_NESTING:
            used = (by_id[name] for name in element.uses if name in by_id)
            totals[id(element)] = element.own + sum(
                _drawn(other, by_id, totals, depth + 1) for other in used
            )
    return totals[id(element)]


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    """CSS pixels: `width` and `height`, else the view box, else what browsers take."""
    box = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", attributes.get("viewBox", ""))]
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if width and not height:
            height = width * box[3] / box[2]
        elif height and not width:
            width = height * box[2] / box[3]
        elif not width:
            width, height = box[2], box[3]
    pixels = (round(min(width or 300, 100_000)), round(min(height or 150, 100_000)))
    return max(pixels[0], 1), max(pixels[1], 1)


def _pixels(length: str | None) -> float:
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _PIXELS[found[2]] if found else 0.0
