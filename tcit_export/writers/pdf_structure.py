"""The tag tree of a PDF, finished in memory before WeasyPrint writes the file.

WeasyPrint tags boxes, and a box is a piece of an element: a list over two pages becomes two lists,
a link over two lines two links.  It also writes running feet as loose content, footnotes as
nameless groups, and neither language, nor element ids, nor the numbering of lists.  Here each
structure element remembers the HTML element it came from (`observe`), and `finish` joins pieces,
names notes, marks running matter as artifacts and adds the missing attributes.  After it:

* the paragraph of each reference has `/ID (ref-<key>)`, each citation `/ID (cite-<n>)`, the panel
  "Cite this article" `/ID (cite-this)`, in the ID tree of the structure tree root; a citation's
  Link leads to the destination `ref-<key>`;
* text whose line was broken at a space carries that space in `/ActualText`, so the text of a
  paragraph is the concatenation of its pieces (a DOI broken over two lines gets none).

ISO 32000-1 14.7-14.8, ISO 14289-1 (PDF/UA-1) 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from inspect import signature
from typing import Any, Final
from unicodedata import bidirectional, mirrored

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

Struct = Any
"""A `pydyf.Dictionary` with `/Type /StructElem`."""

_LIST_NUMBERING: Final = {
    "none": "/None",
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "lower-alpha": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
}
_UNJOINED: Final = ("/Figure", "/TH", "/TD")
"""Never cut into pieces in our pages; a repeated table head must not be taken for a piece."""


# ── watching WeasyPrint ──────────────────────────────────────────────────────────────────────────


def observe() -> bool:
    """Make WeasyPrint remember where structure elements come from. Does nothing a second time.

    Two private functions are wrapped, as no public one tells (read in WeasyPrint 70); the wrappers
    only add attributes to objects.  False if this version has them no more.
    """
    build = getattr(tags, "_build_box_tree", None)
    remove = getattr(inline, "remove_last_whitespace", None)
    if not hasattr(build, "watched"):
        if build is None or not takes(build, 7) or remove is None or not takes(remove, 2):
            return False
        tags._build_box_tree = _watched_tree(build)
        inline.remove_last_whitespace = _watched_line(remove)
        pydyf.PDF._tcit_pages = ()
        pydyf.PDF.page_references = property(_page_references)
    return True


def takes(function: Callable[..., object], count: int) -> bool:
    """Whether a private function of WeasyPrint still has as many parameters as we hand on."""
    return len(signature(function).parameters) == count


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """pydyf makes this tuple anew for each structure element: quadratic in a long document."""
    numbers = pdf.pages["Kids"][::3] if len(pdf._tcit_pages) * 3 != len(pdf.pages["Kids"]) else None
    if numbers is not None:
        pdf._tcit_pages = tuple(f"{number} 0 R".encode("ascii") for number in numbers)
    return tuple(pdf._tcit_pages)


def _watched_tree(build: Callable[..., Iterator[Struct]]) -> Callable[..., Iterator[Struct]]:
    def build_box_tree(
        box: Any, parent: Struct, pdf: Any, page: int, nums: Any, annotations: Any, marked: Any
    ) -> Iterator[Struct]:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        seen = pdf.__dict__.setdefault("tcit", Seen())
        before = set(nums) if isinstance(box, boxes.MarginBox) else None
        seen.look_at(box, page, marked)
        for element in build(box, parent, pdf, page, nums, annotations, marked):
            if not hasattr(element, "origin"):
                element.origin = Origin.of(box)
            yield element
        if before is not None:
            seen.running.setdefault(page, set()).update(set(nums) - before)

    build_box_tree.watched = True  # type: ignore[attr-defined]
    return build_box_tree


def _watched_line(remove: Callable[..., None]) -> Callable[..., None]:
    def remove_last_whitespace(context: Any, line: Any) -> None:
        last = line
        while isinstance(last, (boxes.LineBox, boxes.InlineBox)) and last.children:
            last = last.children[-1]
        text = getattr(last, "text", None)
        remove(context, line)
        if text is not None and text != last.text:
            last.lost_space = True

    remove_last_whitespace.watched = True  # type: ignore[attr-defined]
    return remove_last_whitespace


@dataclass(frozen=True, slots=True)
class Origin:
    """The HTML element and pseudo-element (`li::marker`) of a box, and its list style."""

    element: Any
    tag: str
    list_style: str

    @classmethod
    def of(cls, box: Any) -> Origin:
        style = box.style["list_style_type"] if box.element_tag in ("ul", "ol") else "none"
        return cls(box.element, box.element_tag or "", style if isinstance(style, str) else "disc")

    def get(self, name: str) -> str:
        """An attribute of the element itself, not of a pseudo-element."""
        if self.element is None or "::" in self.tag:
            return ""
        return str(self.element.get(name) or "")


@dataclass(slots=True)
class Seen:
    """What the watchers found, by page and marked-content id."""

    running: dict[int, set[int]] = field(default_factory=dict)
    lost_spaces: dict[tuple[int, int], str] = field(default_factory=dict)
    surplus_links: set[bytes] = field(default_factory=set)
    """Areas that WeasyPrint adds for each element inside a link."""
    right_to_left: bool = False
    """Whether there was any: from there on, the font's table may tell brackets as their mirrors."""

    def reads_otherwise(self, box: Any) -> bool:
        """Whether the signs that were painted are not the text, or not in its order."""
        text = box.text if isinstance(box, boxes.TextBox) else ""
        if _is_right_to_left(text) or (text.strip() and box.style["direction"] == "rtl"):
            self.right_to_left = True
            return True
        return self.right_to_left and any(map(mirrored, text))

    def look_at(self, box: Any, page: int, marked: Any) -> None:
        """Note texts that lost a space at a line's end, and describe the box's link."""
        for child in getattr(box, "children", ()):
            for text in child.children if isinstance(child, boxes.LineBox) else (child,):
                if _lost_a_space(text) and text in marked:
                    self.lost_spaces[page, marked[text]["mcid"]] = f"{text.text.rstrip()} "
                elif self.reads_otherwise(text) and text in marked:
                    self.lost_spaces[page, marked[text]["mcid"]] = text.text
        annotation = getattr(box, "link_annotation", None)
        # emphasis inside a link: the link's own area holds it (`::after` is tagged as a link)
        if annotation and not box.link and not (box.element_tag or "").startswith("a::"):
            self.surplus_links.add(annotation.reference)
            box.link_annotation = None
            return
        said = box.element.get("data-contents") if box.element is not None else None
        if annotation and said:
            annotation["Contents"] = pydyf.String(said)


def _lost_a_space(box: Any) -> bool:
    """Whether a line's end took the space; or all is blank, which WeasyPrint never paints."""
    if getattr(box, "lost_space", False):
        return True
    return isinstance(box, boxes.TextBox) and bool(box.text) and box.text.isspace()


def _is_right_to_left(text: str) -> bool:
    """Whether text is painted in another order than it is read in (Unicode's bidi classes)."""
    return not text.isascii() and any(bidirectional(c) in ("R", "AL") for c in text)


# ── finishing ────────────────────────────────────────────────────────────────────────────────────


def _drop_links(pdf: Any, surplus: set[bytes]) -> None:
    for page in pdf.objects if surplus else ():
        if isinstance(page, dict) and page.get("Type") == "/Page" and "Annots" in page:
            page["Annots"][:] = [link for link in page["Annots"] if link not in surplus]


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's `finisher`: mend the tag tree of a PDF that is laid out but not yet written."""
    if "StructTreeRoot" not in pdf.catalog:
        return
    seen = pdf.__dict__.get("tcit", Seen())
    _drop_links(pdf, seen.surplus_links)
    tree = TagTree(pdf, seen)
    tree.drop_decoration()
    tree.place_notes()
    tree.join_pieces(tree.document)
    tree.wrap_items()
    tree.describe()
    tree.number_parents()
    tree.mark_content()
    tree.drop_unreachable()
    _sort_destinations(pdf)


def number_of(reference: Any) -> int | None:
    """The object number of `b"12 0 R"`, or None for what is no reference."""
    return int(reference.split()[0]) if isinstance(reference, bytes) else None


def _is_element(found: Any) -> bool:
    return isinstance(found, dict) and found.get("Type") == "/StructElem"


class TagTree:
    """The structure tree of one pydyf document."""

    def __init__(self, pdf: Any, seen: Seen) -> None:
        self.pdf, self.seen = pdf, seen
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.named = {found.reference: found for found in pdf.objects if _is_element(found)}
        self.document = self.named[self.root["K"][0]]
        self.pages = {reference: page for page, reference in enumerate(pdf.page_references)}
        self.joined: dict[bytes, bytes] = {}
        self.dropped: set[bytes] = set()
        self.header_ids: dict[str, str] = {}

    def at(self, reference: Any) -> Any:
        """The object that a reference names."""
        number = number_of(reference)
        return None if number is None else self.pdf.objects[number]

    def kids(self, element: Struct) -> Iterator[Struct]:
        """The structure elements directly below one."""
        find = self.named.get
        return (found for kid in element["K"] if (found := find(kid)) is not None)

    def elements(self) -> Iterator[Struct]:
        """All structure elements in reading order."""
        stack = [self.document]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(list(self.kids(element))))

    def drop_decoration(self) -> None:
        """A picture with an empty alternative text is no content: it becomes an artifact."""
        for element in list(self.elements()):
            if element["S"] == "/Figure" and "Alt" not in element:
                self._detach(element)
                self._make_artifact(element)

    def _make_artifact(self, element: Struct) -> None:
        """Take the content below an element, which is out of the tree, for mere appearance."""
        self.dropped.add(element.reference)
        for kid in element["K"]:
            found = self.at(kid)
            if found is None:
                self.seen.running.setdefault(self.pages[element["Pg"]], set()).add(kid)
            elif found.get("Type") == "/OBJR":
                self.at(found["Pg"])["Annots"].remove(found["Obj"])
            else:
                self._make_artifact(found)

    # Notes: from the foot of the page to just after their calls.

    def place_notes(self) -> None:
        """Tag footnotes as Note, and put each behind the Reference that calls it."""
        notes: dict[Any, list[Struct]] = {}
        calls: dict[Any, Struct] = {}
        for element in list(self.elements()):
            origin = getattr(element, "origin", None)
            if origin is None or origin.element is None or not _is_note(origin.element):
                continue
            if origin.tag.endswith("::footnote-call"):
                calls.setdefault(origin.element, element)
            elif origin.tag.endswith("::footnote-marker"):
                element["S"] = "/Lbl"
            elif self._is_outermost(element):
                notes.setdefault(origin.element, []).append(element)
        for source, pieces in notes.items():
            if source in calls:
                self._place_note(source, pieces, calls[source])

    def _is_outermost(self, element: Struct) -> bool:
        parent = getattr(self.at(element["P"]), "origin", None)
        return parent is None or parent.element is not element.origin.element

    def _place_note(self, source: Any, pieces: list[Struct], call: Struct) -> None:
        call["S"] = "/Reference"
        holder = self.at(call["P"])
        place = holder["K"].index(call.reference) + 1
        for piece in pieces:
            self._detach(piece)
            piece["S"], piece["P"] = "/Note", holder.reference
        holder["K"][place:place] = [piece.reference for piece in pieces]
        pieces[0]["ID"] = pydyf.String(source.get("id"))

    def _detach(self, element: Struct) -> None:
        """Take an element out of its parent, and parents that have nothing left out of theirs."""
        parent = self.at(element["P"])
        parent["K"].remove(element.reference)
        if not parent["K"] and parent is not self.document:
            self._detach(parent)

    # Pieces: boxes of one HTML element that stand next to each other.

    def join_pieces(self, element: Struct) -> None:
        """Make one structure element of the pieces that lines and pages cut one into."""
        last: Struct | None = None
        for kid in list(self.kids(element)):
            if last is not None and _are_pieces(last, kid):
                self._join(last, kid)
                element["K"].remove(kid.reference)
            else:
                last = kid
        for kid in list(self.kids(element)):
            self.join_pieces(kid)

    def _join(self, first: Struct, second: Struct) -> None:
        if first["Pg"] != second["Pg"]:
            self._wrap_content(second)
        for kid in second["K"]:
            found = self.named.get(kid)
            if first["S"] == "/Table" and self._repeats_head(first, found):
                continue
            if found is not None:
                found["P"] = first.reference
            first["K"].append(kid)
        self.joined[second.reference] = first.reference

    def _wrap_content(self, element: Struct) -> None:
        """Put content that hangs on an element itself into a Span, which keeps its page.

        A bare number means content of the element's own page, and a link cut by a page has two.
        """
        numbers = [kid for kid in element["K"] if isinstance(kid, int)]
        if not numbers:
            return
        span = self._new("/Span", element["Pg"], element.reference)
        span["K"] = pydyf.Array(numbers)
        place = element["K"].index(numbers[0])
        element["K"][:] = [kid for kid in element["K"] if not isinstance(kid, int)]
        element["K"].insert(place, span.reference)
        owners = self.at(self.root["ParentTree"])["Nums"][2 * self.pages[element["Pg"]] + 1]
        for number in numbers:
            owners[number] = span.reference

    def _new(self, tag: str, page: bytes, parent: bytes) -> Struct:
        """An element that WeasyPrint did not make."""
        keys = {"Type": "/StructElem", "S": tag, "Pg": page, "P": parent, "K": pydyf.Array()}
        made = pydyf.Dictionary(keys)
        self.pdf.add_object(made)
        self.named[made.reference] = made
        return made

    def wrap_items(self) -> None:
        """Put what a list item holds beside its label into one LBody (ISO 14289-1 7.2)."""
        for item in [element for element in self.elements() if element["S"] == "/LI"]:
            loose = [kid for kid in self.kids(item) if kid["S"] != "/Lbl"]
            if len(loose) != 1 or loose[0]["S"] != "/LBody":
                self._wrap(item, loose)

    def _wrap(self, item: Struct, loose: list[Struct]) -> None:
        """A LBody that is already there keeps its content, in the new one."""
        body = self._new("/LBody", item["Pg"], item.reference)
        body["K"] = pydyf.Array(kid.reference for kid in loose)
        for kid in loose:
            item["K"].remove(kid.reference)
            kid["P"] = body.reference
            if kid["S"] == "/LBody":
                kid["S"] = "/NonStruct"
        item["K"].append(body.reference)

    def _repeats_head(self, table: Struct, part: Struct) -> bool:
        """Whether a part is the table's head printed again; if so, it becomes an artifact."""
        heads = (kid for kid in self.kids(table) if kid["S"] == "/THead")
        head = next((kid for kid in heads if _are_pieces(kid, part)), None)
        if head is None:
            return False
        for cell, again in zip(self._header_cells(head), self._header_cells(part), strict=True):
            self.header_ids[again["ID"].string] = cell["ID"].string
        self._make_artifact(part)
        return True

    def _header_cells(self, part: Struct) -> Iterator[Struct]:
        for row in self.kids(part):
            yield from (cell for cell in self.kids(row) if cell["S"] == "/TH")

    # Attributes.

    def describe(self) -> None:
        """Add ids, languages and list numbering."""
        ids: dict[str, bytes] = {}
        for element in self.elements():
            origin = getattr(element, "origin", None)
            if origin is not None:
                self._describe(element, origin, ids)
            if "ID" in element:
                ids.setdefault(element["ID"].string, element.reference)
        names = pydyf.Array()
        for name in sorted(ids, key=_name_order):
            names.extend((pydyf.String(name), ids[name]))
        if names:
            # 7.7.2, Table 322: required where structure elements have ids.
            self.root["IDTree"] = pydyf.Dictionary({"Names": names})

    def _describe(self, element: Struct, origin: Origin, ids: dict[str, bytes]) -> None:
        name = origin.get("data-struct-id")
        if name and name not in ids and "ID" not in element:
            element["ID"] = pydyf.String(name)
        if (lang := origin.get("lang")) and element["S"] != "/Document":
            element["Lang"] = pydyf.String(lang)
        if element["S"] == "/TD" and "Headers" in element["A"]:
            headers = (header.string for header in element["A"]["Headers"])
            names = (pydyf.String(self.header_ids.get(name, name)) for name in headers)
            element["A"]["Headers"] = pydyf.Array(names)
        if element["S"] == "/L":
            numbering = _LIST_NUMBERING.get(origin.list_style.removeprefix("tcit-"), "/Decimal")
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})

    def number_parents(self) -> None:
        """Let the parent tree name the element that each piece was joined to."""
        numbers = self.at(self.root["ParentTree"])["Nums"]
        for index, value in enumerate(numbers):
            if isinstance(value, list):
                value[:] = [self._final(reference) for reference in value]
            else:
                numbers[index] = self._final(value)

    def _final(self, reference: Any) -> Any:
        while reference in self.joined:
            reference = self.joined[reference]
        return b"null" if reference in self.dropped else reference

    # Content streams.

    def mark_content(self) -> None:
        """Make running heads and feet artifacts, and give lost spaces back to the text."""
        numbers = self.at(self.root["ParentTree"])["Nums"]
        parents = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers), 2)}
        for page, page_number in enumerate(self.pdf.pages["Kids"][::3]):
            running = self.seen.running.get(page, set())
            stream = self.at(self.pdf.objects[page_number]["Contents"]).stream
            for index, item in enumerate(stream):
                if not isinstance(item, dict) or "MCID" not in item:
                    continue
                mcid = item["MCID"]
                if mcid in running:
                    stream[index - 1] = "/Artifact"
                    stream[index] = pydyf.Dictionary({"Type": "/Pagination"})
                    parents[page][mcid] = b"null"
                elif text := self.seen.lost_spaces.get((page, mcid)):
                    item["ActualText"] = pydyf.String(text)

    def drop_unreachable(self) -> None:
        """Empty the elements that are no longer in the tree."""
        reachable = {element.number for element in self.elements()}
        for element in self.named.values():
            if element.number not in reachable:
                element.clear()


def _name_order(name: str) -> bytes:
    """Name trees are sorted by the strings' bytes (ISO 32000-1 7.9.6), in either encoding."""
    return name.encode("ascii") if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


def _sort_destinations(pdf: Any) -> None:
    """WeasyPrint sorts by characters, which misplaces names beyond ASCII."""
    destinations = pdf.catalog.get("Names", {}).get("Dests")
    if destinations:
        names = destinations["Names"]
        pairs = sorted(zip(names[::2], names[1::2], strict=True), key=_destination_order)
        names[:] = [part for pair in pairs for part in pair]


def _destination_order(pair: tuple[Any, Any]) -> bytes:
    return _name_order(pair[0].string)


def _is_note(element: Any) -> bool:
    return "tcit-footnote" in (element.get("class") or "").split()


def _are_pieces(first: Struct, second: Struct) -> bool:
    one, other = getattr(first, "origin", None), getattr(second, "origin", None)
    return (
        one is not None
        and other is not None
        and one.element is not None
        and one.element is other.element
        and one.tag == other.tag
        and first["S"] == second["S"]
        and first["S"] not in _UNJOINED
    )
