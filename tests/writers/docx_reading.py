"""Word files read back for tests: as lines one can read, and as packages that must be sound.

`lines` tells a text story paragraph by paragraph, "style name: text", with marks:

    <Emphasis:word>         a run in a character style; also <he rtl:word>, <Strong de-DE:word>
    [text](#bookmark)       a link inside, [text](https://...) a link outside
    {name:text}             a bookmark around a text, {name} one without extent
    «code|text»             a field and its cached text
    ⟦citation:...⟧          a content control; between paragraphs, lines of their own
    ^1                      the mark of a footnote; ^ inside the note
    ![alt 12x34mm]          a picture
    List Number(#1/0 from 7): item     a list named in the paragraph: which, level, start
    | cell | cell |         a row of a table; "||" is the header row
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

from lxml import etree

from tcit_export.writers.ooxml import NAMESPACES, Element, qn

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
W = f"{{{NAMESPACES['w']}}}"


class WordFile:
    """A .docx, unpacked."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
            self.dates = {info.date_time for info in archive.infolist()}
        self.xml = {
            name: etree.fromstring(content)
            for name, content in self.parts.items()
            if name.endswith((".xml", ".rels"))
        }
        self.body = self.xml["word/document.xml"][0]
        self.styles = {
            str(style.get(qn("w:styleId"))): str(style.find(qn("w:name")).get(qn("w:val")))
            for style in self.xml["word/styles.xml"].iter(qn("w:style"))
        }

    def relationships(self, part: str) -> dict[str, Element]:
        """Id -> relationship of a part."""
        path = PurePosixPath(part)
        root = self.xml.get(f"{path.parent}/_rels/{path.name}.rels")
        return {} if root is None else {str(r.get("Id")): r for r in root.iter(_RELATIONSHIPS)}

    def lines(self, part: str = "word/document.xml") -> list[str]:
        """The text of a part, told line by line."""
        root = self.xml[part]
        targets = {i: str(r.get("Target")) for i, r in self.relationships(part).items()}
        holder = root[0] if part == "word/document.xml" else root
        return list(_Teller(self, targets).blocks(holder))

    def text_after(self, heading: str) -> list[str]:
        """The lines below a heading."""
        lines = self.lines()
        return lines[next(n for n, line in enumerate(lines) if line.endswith(heading)) + 1 :]


class _Teller:
    def __init__(self, word: WordFile, targets: dict[str, str]) -> None:
        self.word, self.targets = word, targets

    def blocks(self, holder: Element) -> Iterator[str]:
        for element in holder:
            match str(element.tag).removeprefix(W):
                case "p":
                    yield self.paragraph(element)
                case "tbl":
                    yield from (self.row(row) for row in element.iterchildren(qn("w:tr")))
                case "sdt":
                    yield f"⟦{_kind(element)}"
                    yield from self.blocks(element.find(qn("w:sdtContent")))
                    yield "⟧"
                case "footnote" if element.get(qn("w:type")) is None:
                    yield f"note {element.get(qn('w:id'))}"
                    yield from self.blocks(element)
                case "bookmarkStart":
                    yield f"{{{element.get(qn('w:name'))}}}"
                case _:
                    pass

    def paragraph(self, element: Element) -> str:
        properties = element.find(qn("w:pPr"))
        style = self.word.styles[str(properties.find(qn("w:pStyle")).get(qn("w:val")))]
        number = properties.find(qn("w:numPr"))
        listed = "" if number is None else self.listed(number)
        direction = "" if properties.find(qn("w:bidi")) is None else " rtl"
        return f"{style}{listed}{direction}: {self.inlines(element)}"

    def listed(self, number: Element) -> str:
        level, identifier = (str(e.get(qn("w:val"))) for e in number)
        numbering = self.word.xml["word/numbering.xml"]
        instance = next(
            e for e in numbering.iter(qn("w:num")) if e.get(qn("w:numId")) == identifier
        )
        start = instance.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        begun = "" if start is None else f" from {start.get(qn('w:val'))}"
        definition = str(instance[0].get(qn("w:val")))
        abstract = next(
            e
            for e in numbering.iter(qn("w:abstractNum"))
            if e.get(qn("w:abstractNumId")) == definition
        )
        shape = abstract.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val"))
        return f"({shape}/{level}{begun})"

    def row(self, row: Element) -> str:
        cells = [
            " / ".join(self.paragraph(p).partition(": ")[2] for p in cell.iterchildren(qn("w:p")))
            for cell in row.iterchildren(qn("w:tc"))
        ]
        mark = "||" if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None else "|"
        return f"{mark} {' | '.join(cells)} {mark}"

    def inlines(self, holder: Element) -> str:
        return "".join(self.inline(element) for element in holder)

    def inline(self, element: Element) -> str:
        match str(element.tag).removeprefix(W):
            case "r":
                return self.run(element)
            case "hyperlink":
                anchor = element.get(qn("w:anchor"))
                target = f"#{anchor}" if anchor else self.targets[str(element.get(qn("r:id")))]
                return f"[{self.inlines(element)}]({target})"
            case "bookmarkStart":
                after = element.getnext()
                name = str(element.get(qn("w:name")))
                return f"{{{name}" if after.tag == qn("w:bookmarkEnd") else f"{{{name}:"
            case "bookmarkEnd":
                return "}"
            case "sdt":
                return f"⟦{_kind(element)}:{self.inlines(element.find(qn('w:sdtContent')))}⟧"
            case _:
                return ""

    def run(self, run: Element) -> str:
        text = "".join(_leaf(leaf) for leaf in run)
        marks = _marks(run, self.word.styles)
        return f"<{' '.join(marks)}:{text}>" if marks and text and text[0] not in "«|»^" else text


def _leaf(leaf: Element) -> str:
    match str(leaf.tag).removeprefix(W):
        case "t" | "instrText":
            return str(leaf.text)
        case "tab":
            return "\\t"
        case "br":
            return "\\n"
        case "footnoteReference":
            return f"^{leaf.get(qn('w:id'))}"
        case "footnoteRef":
            return "^"
        case "fldChar":
            kinds = {"begin": "«", "separate": "|", "end": "»"}
            return kinds[str(leaf.get(qn("w:fldCharType")))]
        case "drawing":
            extent, named = leaf[0].find(qn("wp:extent")), leaf[0].find(qn("wp:docPr"))
            size = "x".join(str(round(int(extent.get(side)) / 36_000)) for side in ("cx", "cy"))
            return f"![{named.get('descr')} {size}mm]"
        case _:
            return ""


def _marks(run: Element, styles: dict[str, str]) -> list[str]:
    properties = run.find(qn("w:rPr"))
    marks: list[str] = []
    for element in () if properties is None else properties:
        match str(element.tag).removeprefix(W):
            case "rStyle":
                marks.append(styles[str(element.get(qn("w:val")))])
            case "rtl":
                marks.append("rtl")
            case "lang":
                marks.append(str(element.get(qn("w:val"))))
            case other:
                marks.append(f"DIRECT {other}")
    return marks


def _kind(control: Element) -> str:
    properties = control.find(qn("w:sdtPr"))
    gallery = properties.find(f"{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return str(properties[-1].tag).removeprefix(W) if gallery is None else gallery.get(qn("w:val"))


# ── soundness ────────────────────────────────────────────────────────────────────────────────────

_ALLOWED = {"w:rPr": ("rStyle", "rtl", "lang"), "w:pPr": ("pStyle", "numPr", "bidi", "sectPr")}
_ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs"
    " suppressAutoHyphens bidi spacing ind contextualSpacing jc outlineLvl sectPr",
    "w:sectPr": "headerReference footnotePr endnotePr type pgSz pgMar paperSrc"
    " pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi"
    " rtlGutter docGrid printerSettings",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike noProof color spacing kern sz szCs u"
    " bdr shd vertAlign rtl cs lang",
    "w:tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook"
    " tblCaption tblDescription",
    "w:lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
    "w:style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr"
    " tblStylePr",
}


def faults(data: bytes) -> list[str]:
    """What would make Word repair the file, or an editor find direct formatting in it."""
    word = WordFile(data)
    found = [*_package_faults(word), *_text_faults(word)]
    for name, root in word.xml.items():
        if name.startswith("word/") and name.endswith(".xml"):
            found += [f"{name}: {fault}" for fault in _order_faults(root)]
            found += [f"{name}: {fault}" for fault in _field_faults(root)]
    return found


def _package_faults(word: WordFile) -> Iterator[str]:
    if word.names[0] != "[Content_Types].xml" or word.dates != {(1980, 1, 1, 0, 0, 0)}:
        yield "the zip depends on the clock or begins with another part"
    if len(set(word.names)) != len(word.names):
        yield "two parts of one name"
    types = word.xml["[Content_Types].xml"]
    known = {str(e.get("PartName")).lstrip("/") for e in types}
    extensions = {str(e.get("Extension")) for e in types}
    for name in word.names[1:]:
        if name not in known and name.rpartition(".")[2] not in extensions:
            yield f"{name} has no content type"
        if not name.endswith(".rels"):
            yield from _relationship_faults(word, name)


def _relationship_faults(word: WordFile, name: str) -> Iterator[str]:
    used = set()
    if name in word.xml:
        for element in word.xml[name].iter():
            used |= {str(v) for k, v in element.attrib.items() if NAMESPACES["r"] in str(k)}
    relations = word.relationships(name)
    for identifier in used - set(relations):
        yield f"{name} names the relationship {identifier}, which is nowhere"
    for relation in relations.values():
        target = str(relation.get("Target"))
        if relation.get("TargetMode") == "External":
            if not target.startswith(("http://", "https://", "mailto:")) or len(target) > 2079:
                yield f"{name} leads to {target[:60]}"
        elif _joined(name, target) not in word.parts:
            yield f"{name} is related to {target}, which is nowhere"


def _joined(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = []
    for step in (*PurePosixPath(part).parent.parts, *target.split("/")):
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def _text_faults(word: WordFile) -> Iterator[str]:
    document = word.xml["word/document.xml"]
    stories = [document, *(r for n, r in word.xml.items() if n.startswith("word/foot"))]
    names = [str(e.get(qn("w:name"))) for s in stories for e in s.iter(qn("w:bookmarkStart"))]
    folded = [name.lower() for name in names]
    if len(set(folded)) != len(folded):
        yield "two bookmarks of one name"
    for tag, attribute in (("w:bookmarkStart", "w:id"), ("w:docPr", "id")):
        values = [e.get(qn(attribute)) for s in stories for e in s.iter(qn(tag))]
        if len(set(values)) != len(values):
            yield f"two {tag} of one id"
    for story in stories:
        for link in story.iter(qn("w:hyperlink")):
            anchor = link.get(qn("w:anchor"))
            if anchor and anchor not in names:
                yield f"a link to the bookmark {anchor}, which is nowhere"
            if link.find(f".//{qn('w:hyperlink')}") is not None:
                yield "a link in a link"
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
            for element in story.iter(qn(tag)):
                if element.get(qn("w:val")) not in word.styles:
                    yield f"the style {element.get(qn('w:val'))} is nowhere"
        for tag, allowed in _ALLOWED.items():
            for element in story.iter(qn(tag)):
                separator = element.getparent().find(f".//{qn('w:separator')}") is not None
                continuation = element.getparent().find(f".//{qn('w:continuationSeparator')}")
                if separator or continuation is not None:
                    continue
                for inner in element:
                    if str(inner.tag).removeprefix(W) not in allowed:
                        yield f"direct formatting: {inner.tag}"
        for holder in story.iter(qn("w:tc"), qn("w:footnote"), qn("w:body")):
            blocks = [e for e in holder if str(e.tag).removeprefix(W) not in _NO_BLOCKS]
            if not blocks or blocks[-1].tag == qn("w:tbl"):
                yield f"{holder.tag} does not end in a paragraph"
        for table in story.iter(qn("w:tbl")):
            after = table.getnext()
            if after is not None and after.tag == qn("w:tbl"):
                yield "two tables touch"
            if len(table.find(qn("w:tblGrid"))) > 63:
                yield "a table of more than 63 columns"
            if table.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
                yield "a table without a header row"


_NO_BLOCKS = ("tcPr", "sectPr", "bookmarkStart", "bookmarkEnd")


def _order_faults(root: Element) -> Iterator[str]:
    for tag, order in _ORDERS.items():
        rank = {qn(f"w:{name}"): place for place, name in enumerate(order.split())}
        rank |= {qn("w:headerReference"): 0, qn("w:footerReference"): 0}  # in any order
        for element in root.iter(qn(tag)):
            places = [rank.get(str(inner.tag), -1) for inner in element]
            if -1 in places or places != sorted(places):
                names = [str(inner.tag).removeprefix(W) for inner in element]
                yield f"{tag} has its children in a wrong order: {names}"


def _field_faults(root: Element) -> Iterator[str]:
    depth = 0
    for mark in root.iter(qn("w:fldChar")):
        kind = mark.get(qn("w:fldCharType"))
        depth += {"begin": 1, "separate": 0, "end": -1}[str(kind)]
        if depth < 0:
            yield "a field ends before it begins"
    if depth:
        yield "a field does not end"
