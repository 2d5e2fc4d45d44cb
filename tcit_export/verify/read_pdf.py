"""A built PDF -> its paragraphs, by its structure tree.

The tree gives the reading order, the kinds of paragraphs and the links (an annotation beside the
text it covers).  Entries are the list items at the top of which a destination `ref-…` lies, and
what stands under the heading of the element with the id `cite-this`.  What the tree does not reach
(page numbers, running heads) is no text of the document.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf

from tcit_export.verify.extract import CITE_THIS, LINE, PAGE, Passage, Unreadable
from tcit_export.verify.pdf_text import Run, page_runs

_BLOCKS: Final = frozenset(
    "/Document /Part /Art /Sect /Div /H /H1 /H2 /H3 /H4 /H5 /H6 /P /BlockQuote /Caption /TOC /TOCI"
    " /L /LI /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Figure /Aside".split()
)  # fmt: skip
_HEADINGS: Final = frozenset("/H /H1 /H2 /H3 /H4 /H5 /H6".split())
_NOTES: Final = frozenset({"/Note", "/FENote"})
_SKIPPED: Final = frozenset({"/Lbl", "/TOC", "/Figure", "/Reference"})
_ENTRY: Final = "ref-"


@dataclass(frozen=True, slots=True)
class _Place:
    """A point of a page, in points from its lower left corner."""

    page: int
    x: float
    y: float


@dataclass(slots=True)
class _Item:
    """A passage with the places of its first and last text, and the list items it is in."""

    passage: Passage
    kind: str = ""
    list: int = 0
    items: tuple[int, ...] = ()
    own: bool = False
    first: _Place | None = None
    last: _Place | None = None
    size: float = 0.0


def read_pdf(data: bytes) -> list[Passage]:
    """The paragraphs of a tagged PDF, in reading order. Raises Unreadable."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if "/StructTreeRoot" not in pdf.Root:
                raise Unreadable("it is not tagged, so its text has no order")
            items = _Tree(pdf).read()
            return _with_entries(items, dict(_destinations(pdf)))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        # pikepdf begins with the name of the stream, which is an address in memory.
        reason = str(error).rpartition(">: ")[2]
        raise Unreadable(f"it is no whole PDF: {reason}") from None
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise Unreadable(f"its structure is broken: {error}") from None


@dataclass(slots=True)
class _Tree:
    """Walks the structure tree."""

    pdf: pikepdf.Pdf
    items: list[_Item] = field(default_factory=list)
    pages: dict[Any, int] = field(default_factory=dict)
    runs: dict[int, Mapping[int, list[Run]]] = field(default_factory=dict)
    count: int = 0
    current: _Item | None = None

    def read(self) -> list[_Item]:
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.walk(self.pdf.Root.StructTreeRoot.get("/K"), _Context())
        return [item for item in self.items if item.passage.pieces]

    def walk(self, node: Any, context: _Context) -> None:
        match node:
            case pikepdf.Array():
                for child in node:
                    self.walk(child, context)
            case int():
                self.paint(context, int(node))
            case pikepdf.Dictionary() if "/S" in node:
                self.element(node, context)
            case pikepdf.Dictionary() if "/MCID" in node:
                self.paint(context.on(node), int(node.MCID))
            case _:
                pass

    def element(self, node: pikepdf.Dictionary, context: _Context) -> None:
        kind = str(node.S)
        if kind in _SKIPPED or "/K" not in node:
            return
        inner = context.on(node)
        self.count += 1
        if kind == "/L" and not inner.list:
            inner = replace(inner, list=self.count)
        elif kind == "/LI":
            inner = replace(inner, items=(*inner.items, self.count))
        elif str(node.get("/ID", "")) == CITE_THIS:
            inner = replace(inner, own=True)
        elif kind == "/Link":
            inner = replace(inner, target=_target(node.K) or inner.target)
        if kind in _NOTES:
            self.aside(node, replace(inner, note=True, kind=kind))
        elif kind in _BLOCKS:
            self.begin(replace(inner, kind=kind))
            self.walk(node.K, replace(inner, kind=kind))
            self.begin(context)
        else:
            self.walk(node.K, inner)

    def aside(self, node: pikepdf.Dictionary, context: _Context) -> None:
        """A note: the paragraph that calls it goes on afterwards."""
        around = self.current
        self.begin(context)
        self.walk(node.K, context)
        self.current = around

    def begin(self, context: _Context) -> None:
        passage = Passage(note=context.note)
        own = context.own and context.kind not in _HEADINGS
        self.current = _Item(passage, context.kind, context.list, context.items, own)
        self.items.append(self.current)

    def paint(self, context: _Context, mark: int) -> None:
        """Add the text of one marked content to the passage at hand."""
        number = self.pages[context.page]
        if number not in self.runs:
            self.runs[number] = page_runs(self.pdf.pages[number])
        if self.current is None:
            self.begin(context)
        item = self.current
        assert item is not None
        for run in self.runs[number].get(mark, ()):
            if not run.size:
                item.passage.add(run.text, context.target)
                continue
            here = _Place(number, run.x, run.y)
            item.passage.add(_line_end(item, here, run.size) + run.text, context.target)
            item.first = item.first or here
            item.last, item.size = here, run.size


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around say."""

    page: Any = None
    kind: str = ""
    list: int = 0
    items: tuple[int, ...] = ()
    note: bool = False
    own: bool = False
    target: str = ""

    def on(self, node: pikepdf.Dictionary) -> _Context:
        """The same on the page that the node names, if it does."""
        return replace(self, page=node.Pg.objgen) if "/Pg" in node else self


def _line_end(item: _Item, here: _Place, size: float) -> str:
    """The mark of a line's end, if a new line begins here (superscripts move less than that)."""
    if item.last is None or item.passage.text.endswith(" "):
        return ""
    if here.page != item.last.page:
        return LINE
    down = item.last.y - here.y
    return LINE if abs(down) > 0.7 * max(size, item.size) or here.x < item.last.x else ""


def _target(kids: Any) -> str:
    """Where a Link element leads: `#name` or an address, by its first annotation."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
            annotation = kid.Obj
            action = annotation.get("/A", pikepdf.Dictionary())
            if "/URI" in action:
                return str(action.URI)
            place = annotation.get("/Dest", action.get("/D"))
            if isinstance(place, pikepdf.String):
                return f"#{place}"
    return ""


# ── entries ──────────────────────────────────────────────────────────────────────────────────────


def _destinations(pdf: pikepdf.Pdf) -> Iterator[tuple[str, _Place]]:
    """Destinations of entries, by name."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is None:
        return
    for name, place in pikepdf.NameTree(names).items():
        place = place.D if isinstance(place, pikepdf.Dictionary) else place
        name = str(name)
        if name.startswith(_ENTRY) and place[0].objgen in pages:
            yield name, _Place(pages[place[0].objgen], float(place[2]), float(place[3]))


def _with_entries(items: list[_Item], places: Mapping[str, _Place]) -> list[Passage]:
    """Mark the passages that begin entries and those that continue them; join what pages cut."""
    names = _names_by_item(items, places)
    current, previous = "", None
    for item in items:
        if item.passage.note:
            continue
        name = next((names[number] for number in item.items if number in names), "")
        name = CITE_THIS if item.own else name
        if name and name != current:
            item.passage.entry = current = name
        elif current and (name or _carries_on(previous, item)):
            item.passage.continues = True
        else:
            current = ""
        previous = item
    return [item.passage for item in _joined(items)]


def _carries_on(previous: _Item | None, item: _Item) -> bool:
    """Whether a list item without a destination is more of the entry before it."""
    if previous is None or not item.items:
        return False
    return item.list == previous.list or _next_page(previous, item)


def _names_by_item(items: list[_Item], places: Mapping[str, _Place]) -> dict[int, str]:
    """List item -> the destination at its top: the one nearest above its first text."""
    tops: dict[int, _Place] = {}
    for item in items:
        if item.items and item.first is not None:
            tops.setdefault(item.items[-1], item.first)
    near = sorted(
        (place.y - top.y + abs(place.x - top.x), number, name)
        for name, place in places.items()
        for number, top in tops.items()
        if place.page == top.page and place.y > top.y - 1
    )
    names: dict[int, str] = {}
    for _, number, name in near:
        if number not in names and name not in names.values():
            names[number] = name
    return names


def _next_page(first: _Item, second: _Item) -> bool:
    if first.last is None or second.first is None:
        return False
    return second.first.page == first.last.page + 1


def _joined(items: list[_Item]) -> list[_Item]:
    """Paragraphs before and after a page's end may be two parts of one: make them one passage."""
    joined: list[_Item] = []
    last: _Item | None = None
    for item in items:
        passage = item.passage
        listed = passage.entry or passage.continues or passage.note
        if last is not None and not listed and item.kind == last.kind and _next_page(last, item):
            last.passage.pieces = last.passage.pieces.copy()
            for number, (text, target) in enumerate(passage.pieces):
                last.passage.add(text if number else PAGE + text, target)
            last.last = item.last
            continue
        joined.append(item)
        if not passage.note:
            last = None if listed else item
    return joined
