"""The document model as indented text: for people who look, and for tests that compare.

One line a block, its inlines after it: `paragraph "as " (emph "Kahn") " says "
(cite kahn2001 page:12)`. Containers indent what they hold. Nothing is left out but spans, the data
of references and the bytes of images.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from tcit_export.model.document import Document, ListDefaults, Metadata, ResolvedDocument
from tcit_export.model.nodes import (
    Anchor,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Cite,
    CiteItem,
    CiteMode,
    Code,
    CodeBlock,
    DefinitionList,
    Density,
    Div,
    Emph,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListedWork,
    ListLook,
    ListSpec,
    Note,
    OrderedList,
    Paragraph,
    ReferenceEntry,
    ReferenceList,
    SmallCaps,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    Target,
    ThematicBreak,
    Underline,
)
from tcit_export.model.options import Options
from tcit_export.query.written import grouping_text, query_text, sort_text
from tcit_export.templates import Templates
from tcit_export.writers.rendered import Rendered


def write(document: ResolvedDocument, options: Options, templates: Templates) -> Rendered:
    """The tree of a resolved document as UTF-8 text."""
    del options, templates
    return Rendered(resolved_tree(document).encode(), ".txt", "text/plain; charset=utf-8")


def document_tree(document: Document) -> str:
    """The tree of a document as read."""
    return _text((*_metadata(document.metadata), *_blocks(document.blocks)))


def resolved_tree(document: ResolvedDocument) -> str:
    """The tree of a resolved document."""
    lines = list(_metadata(document.metadata))
    if document.date_text:
        lines.append(f"date-text {_quoted(document.date_text)}")
    for entry in document.reviewed:
        lines.append("reviewed")
        lines.extend(_indented(_entry(entry)))
    lines.extend(_blocks(document.blocks))
    lines.extend(f"resource {name}" for name in sorted(document.resources))
    return _text(lines)


def blocks_tree(blocks: Iterable[Block]) -> str:
    """The tree of blocks."""
    return _text(_blocks(blocks))


def inlines_tree(content: Iterable[Inline]) -> str:
    """The tree of inlines, in one line."""
    return _inlines(content)


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


# ── metadata ─────────────────────────────────────────────────────────────────────────────────────


def _metadata(metadata: Metadata) -> Iterator[str]:
    """The fields that say something other than their defaults."""
    for name in ("title", "subtitle"):
        content = getattr(metadata, name)
        if content:
            yield f"{name} {_inlines(content)}"
    if metadata.abstract:
        yield "abstract"
        yield from _indented(_blocks(metadata.abstract))
    for author in metadata.authors:
        parts = {name: getattr(author, name) for name in type(author).__dataclass_fields__}
        yield "author " + " ".join(f"{key}:{_quoted(text)}" for key, text in parts.items() if text)
    if metadata.date is not None:
        yield f"date {metadata.date.isoformat()}"
    default = Metadata()
    for name in ("lang", "style", "locale", "slug"):
        if getattr(metadata, name) != getattr(default, name):
            yield f"{name} {getattr(metadata, name)}"
    if metadata.kind is not default.kind:
        yield f"kind {metadata.kind.value}"
    for name in ("keywords", "reviewed", "bibliography", "nocite"):
        if values := getattr(metadata, name):
            yield f"{name} " + " ".join(_quoted(value) for value in values)
    publication = metadata.publication
    parts = {name: getattr(publication, name) for name in type(publication).__dataclass_fields__}
    if any(parts.values()):
        yield "publication " + " ".join(f"{k}:{_quoted(text)}" for k, text in parts.items() if text)
    if metadata.lists != default.lists:
        yield " ".join(["lists", *_defaults(metadata.lists)])


def _defaults(lists: ListDefaults) -> Iterator[str]:
    """What holds for all lists."""
    if lists.importance:
        yield "importance:" + "|".join(_quoted(word) for word in lists.importance)
    if lists.library:
        yield f"library:{lists.library}"
    if lists.pages_per_hour:
        yield f"pages-per-hour:{lists.pages_per_hour}"
    yield from _look(lists.look)


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _line("paragraph", "", block.content)
        case Heading():
            yield _line(f"heading {block.level}", _attributes(block.attributes), block.content)
        case BulletList():
            yield "bullets" + ("" if block.tight else " loose")
            yield from _items(block.items)
        case OrderedList():
            start = "" if block.start == 1 else f" from {block.start}"
            yield f"ordered {block.style.value}{start}" + ("" if block.tight else " loose")
            yield from _items(block.items)
        case DefinitionList():
            yield "definitions"
            for term, definitions in block.items:
                yield from _indented([_line("term", "", term)])
                yield from _indented(_indented(_items(definitions)))
        case BlockQuote():
            yield "quote"
            yield from _indented(_blocks(block.content))
        case CodeBlock():
            yield f"code{_attributes(block.attributes)} {_quoted(block.text)}"
        case ThematicBreak():
            yield "break"
        case Table():
            yield from _table(block)
        case Figure():
            yield _line("figure", _attributes(block.attributes), (block.image,))
            if block.caption:
                yield from _indented([_line("caption", "", block.caption)])
        case Div():
            yield f"div{_attributes(block.attributes)}"
            yield from _indented(_blocks(block.content))
        case ReferenceList():
            yield from _references(block)
        case _:
            assert_never(block)


def _line(name: str, attributes: str, content: Iterable[Inline]) -> str:
    return f"{name}{attributes} {_inlines(content)}".rstrip()


def _items(items: Iterable[tuple[Block, ...]]) -> Iterator[str]:
    """Each item's first block after a dash."""
    for blocks in items:
        lines = list(_blocks(blocks)) or [""]
        yield f"- {lines[0]}".rstrip()
        yield from _indented(lines[1:])


def _table(table: Table) -> Iterator[str]:
    alignments = " ".join(alignment.value for alignment in table.alignments)
    yield f"table{_attributes(table.attributes)} {alignments}"
    if table.caption:
        yield from _indented([_line("caption", "", table.caption)])
    for name, row in (("head", table.head), *(("row", row) for row in table.rows)):
        yield f"  {name} " + " | ".join(_cell(cell) for cell in row)


def _cell(cell: Cell) -> str:
    return _inlines(cell.content)


def _references(block: ReferenceList) -> Iterator[str]:
    layout = block.layout
    parts = ["references" + _attributes(block.attributes)]
    if block.entries:
        parts.append("hanging" if layout.hanging_indent else "flush")
        if layout.second_field_align:
            parts.append("second-field")
        parts.append(f"spacing:{layout.entry_spacing}/{layout.line_spacing}")
    parts += _look(block.spec.look)
    yield " ".join(parts)
    if not block.entries:
        yield from _indented(_asked(block.spec))
    yield from _indented(line for work in block.spec.works for line in _listed(work))
    if block.total:
        yield f"  total {_inlines(block.total)}"
    for entry in block.entries:
        yield from _indented(_entry(entry))


def _entry(entry: ReferenceEntry) -> Iterator[str]:
    label = f" label:({_inlines(entry.label)})" if entry.label else ""
    yield f"entry {entry.key} #{entry.anchor.name}{label} {_inlines(entry.content)}"
    yield from _indented(_told(entry))


def _told(entry: ReferenceEntry) -> Iterator[str]:
    """What a reading list tells of a work, in the order in which the other writers do."""
    reading = entry.reading
    if reading is not None:
        if reading.importance is not None:
            yield f"importance {reading.importance.rank} {_quoted(reading.importance.name)}"
        if reading.pointer:
            yield f"pointer {_inlines(reading.pointer)}"
        effort = [f"{name}:{getattr(reading, name)}" for name in ("pages", "minutes")]
        if reading.pages or reading.minutes:
            yield f"effort {' '.join(effort)}"
        if reading.library is not None:
            yield f"library {_target(reading.library)}"
        if reading.note:
            yield "note"
            yield from _indented(_blocks(reading.note))
    if entry.annotation:
        yield "annotation"
        yield from _indented(_blocks(entry.annotation))


def _asked(spec: ListSpec) -> Iterator[str]:
    """What an author asks of a list."""
    if spec.select is not None:
        yield f"select {query_text(spec.select)}"
    if spec.sort:
        yield f"sort {sort_text(spec.sort)}"
    if spec.group is not None:
        yield f"group {grouping_text(spec.group)}"
    if spec.emphasise:
        yield f"emphasise {_quoted(spec.emphasise)}"


def _listed(work: ListedWork) -> Iterator[str]:
    """A work that a list names itself, as read."""
    parts = [f"work {work.key}"]
    if work.importance:
        parts.append(f"importance:{_quoted(work.importance)}")
    if work.pointer is not None:
        parts.append(f"{work.pointer.label}:{work.pointer.value}")
    parts += [f"{name}:{n}" for name in ("pages", "minutes") if (n := getattr(work, name))]
    parts += [f"week:{_quoted(week)}" for week in work.weeks]
    parts += [f"topic:{_quoted(topic)}" for topic in work.topics]
    yield " ".join(parts)
    for name, blocks in (("note", work.note), ("annotation", work.annotation)):
        if blocks:
            yield f"  {name}"
            yield from _indented(_indented(_blocks(blocks)))


def _look(look: ListLook) -> Iterator[str]:
    """What is said about a list's look; of a list that is written out, what is not usual."""
    written_out = None not in (look.ticks, look.qr, look.columns, look.density)
    for name in ("annotations", "totals", "ticks", "qr"):
        said = getattr(look, name)
        if said or (said is not None and not written_out):
            yield name if said else f"no-{name}"
    if look.columns is not None and not (written_out and look.columns == 1):
        yield f"columns:{look.columns}"
    if look.density is not None and not (written_out and look.density is Density.ROOMY):
        yield look.density.value


def _attributes(attributes: Attributes) -> str:
    parts = [f"#{attributes.id}"] if attributes.id else []
    parts += [f".{name}" for name in attributes.classes]
    parts += [f"{key}={_quoted(value)}" for key, value in attributes.pairs]
    return " {" + " ".join(parts) + "}" if parts else ""


# ── inlines ──────────────────────────────────────────────────────────────────────────────────────


def _inlines(content: Iterable[Inline]) -> str:
    return " ".join(_inline(node) for node in content)


def _inline(node: Inline) -> str:
    match node:
        case Str():
            return _quoted(node.text)
        case SoftBreak():
            return "softbreak"
        case LineBreak():
            return "linebreak"
        case Code():
            return f"(code {_quoted(node.text)})"
        case (
            Emph()
            | Strong()
            | Underline()
            | Strikeout()
            | Superscript()
            | Subscript()
            | SmallCaps()
        ):
            return _element(type(node).__name__.lower(), node.content)
        case Link():
            description = f" {_quoted(node.description)}" if node.description else ""
            return _element(f"link {_target(node.target)}{description}:", node.content)
        case Image():
            title = f" title:{_quoted(node.title)}" if node.title else ""
            attributes = _attributes(node.attributes)
            return f"(image {node.source}{attributes} {_quoted(node.alt)}{title})"
        case Inlines():
            return _element(f"span{_attributes(node.attributes)}", node.content)
        case Note():
            inner = " ".join(line.strip() for line in _blocks(node.content))
            return f"(note {inner})"
        case Cite():
            return _cite(node)
        case _:
            assert_never(node)


def _element(name: str, content: Iterable[Inline]) -> str:
    return f"({name} {_inlines(content)}".rstrip() + ")"


def _target(target: Target) -> str:
    return f"#{target.name}" if isinstance(target, Anchor) else f"<{target.address}>"


def _cite(node: Cite) -> str:
    items = "; ".join(_cite_item(item) for item in node.items)
    content = f" = {_inlines(node.content)}" if node.content else ""
    return f"(cite {items}{content})"


def _cite_item(item: CiteItem) -> str:
    parts = [item.key]
    if item.mode is not CiteMode.NORMAL:
        parts.append(item.mode.value)
    if item.possessive:
        parts.append("possessive")
    if item.prefix:
        parts.append(f"prefix:({_inlines(item.prefix)})")
    if item.locator:
        parts.append(f"{item.locator.label}:{item.locator.value}")
    if item.suffix:
        parts.append(f"suffix:({_inlines(item.suffix)})")
    return " ".join(parts)
