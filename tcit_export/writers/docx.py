"""ResolvedDocument -> .docx.

1. Open the template: a letterhead, or our own (`docx_package`, `docx_letterhead`).
2. Write the head, the text and the footnotes (`docx_head`, `docx_blocks`, `docx_inlines`,
   `docx_tables`, `docx_images`, `docx_notes`) in styles only (`docx_styles`, `docx_numbering`),
   citations as links or fields (`docx_citations`, `docx_sources`).
3. Set page, sections, properties and settings (`docx_frame`, `docx_sections`, `docx_properties`).
4. Pack, always to the same bytes (`docx_package`).

What a reader of the file finds: each entry of a list is a paragraph in the style Bibliography with
a bookmark named `bookmark_name(entry.anchor.name)`; each citation is made of links to such
bookmarks (`w:hyperlink` with `w:anchor`, in the style Citation), one for each `Link` of its
content. With `word` and `zotero` the same links stand in the result of a field: with `word` in a
content control (`w:citation`), its code ` CITATION tag … \\m tag … `, tags by `source_tag(key)`;
with `zotero` its code ` ADDIN ZOTERO_ITEM CSL_CITATION {json} `, the items' ids by
`zotero_id(key)`. The names of a narrative citation stand before the field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.nodes import Block, Cite, CiteMode, ReferenceEntry, ReferenceList
from tcit_export.model.options import Citations, Options
from tcit_export.model.walk import find, reference_lists
from tcit_export.templates import Templates
from tcit_export.writers.direction import is_right_to_left
from tcit_export.writers.docx_blocks import Place, end_with_paragraph, write_blocks
from tcit_export.writers.docx_build import Build, Story, anchors_of
from tcit_export.writers.docx_citations import zotero_preferences, zotero_uris
from tcit_export.writers.docx_codes import code_pictures
from tcit_export.writers.docx_frame import add_running_matter, page_columns, set_paper, text_width
from tcit_export.writers.docx_head import head_pictures, write_head
from tcit_export.writers.docx_inlines import Look
from tcit_export.writers.docx_letterhead import empty_body
from tcit_export.writers.docx_notes import first_note, write_notes
from tcit_export.writers.docx_numbering import Numbering
from tcit_export.writers.docx_package import (
    DocxTemplateError,
    bytes_of,
    free_name,
    open_template,
    packed,
    xml_part,
)
from tcit_export.writers.docx_properties import (
    set_compatibility,
    set_core_properties,
    set_language,
    set_zotero_preferences,
)
from tcit_export.writers.docx_sections import complete_sections, end_with_section
from tcit_export.writers.docx_styles import StyleSheet
from tcit_export.writers.docx_theme import add_theme
from tcit_export.writers.ooxml import emptied_where_long, refill, root
from tcit_export.writers.rendered import Rendered

TEMPLATE: Final = "handout.docx"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(document: ResolvedDocument, options: Options, templates: Templates) -> Rendered:
    """The document as a Word file.

    A letterhead that cannot be used is reported among the problems and our own template takes its
    place; call `check_template` before to refuse it instead.
    """
    owner = options.organisation or document.metadata.publication.publisher
    word, problems = _open(options, templates, owner)
    pictures = {**document.resources, **head_pictures(document, options)}
    pictures |= code_pictures(document, options)
    document = replace(document, resources=pictures)
    build = _begin(document, options, word)
    story = Story(word.part, root("w:body"))
    look = Look(right_to_left=is_right_to_left(document.metadata.lang))
    write_head(build, story, story.root, look)
    write_blocks(build, story, story.root, document.blocks, Place(look))
    end_with_paragraph(build, story.root)
    end_with_section(build, story.root)
    write_notes(build, word)
    problems += _finish(build, word)  # python-docx looks through all of the body for its sections
    body = word.element.body
    section = body[-1]
    for element in list(story.root):
        inside = emptied_where_long(element)
        section.addprevious(element)
        refill(inside)
    return Rendered(packed(word), ".docx", MEDIA_TYPE, None, (*problems, *build.problems))


def _open(options: Options, templates: Templates, owner: str) -> tuple[Document, list[str]]:
    """The template without its text, on its own paper if it is a letterhead."""
    problems = []
    if options.docx_template is not None:
        try:
            word = open_template(options.docx_template)
            lost = empty_body(word, owner)
            add_theme(word)
            return word, [lost] if lost else []
        except DocxTemplateError as error:
            problems.append(f"the Word template was not used: {error}")
    word = open_template(templates.bytes(TEMPLATE))
    empty_body(word)
    set_paper(word, options.paper)
    return word, problems


def _begin(document: ResolvedDocument, options: Options, word: Document) -> Build:
    """What is known before the first paragraph is written."""
    part = word.part
    numbering_part = xml_part(
        part,
        RELATIONSHIP_TYPE.NUMBERING,
        CONTENT_TYPE.WML_NUMBERING,
        "/word/numbering.xml",
        root("w:numbering"),
    )
    numbering = Numbering(numbering_part.element)
    works = {entry.key: entry for entry in _entries(document)}
    return Build(
        document=document,
        options=options,
        styles=StyleSheet(part._styles_part.element, numbering),
        numbering=numbering,
        text_width=text_width(word),
        page_columns=page_columns(word),
        anchors=frozenset(
            filter(None, anchors_of((*document.metadata.abstract, *document.blocks)))
        ),
        works=works,
        uris=zotero_uris(works.values()),
        first_note=first_note(word),
        cited=frozenset(_cited(document.blocks)),
        single_list=len([x for x in _lists(document) if x.entries]) == 1,
    )


def _entries(document: ResolvedDocument) -> Iterator[ReferenceEntry]:
    """Every work with a record: reviewed ones first, so that those of a list take their place."""
    yield from document.reviewed
    for block in _lists(document):
        yield from block.entries


def _lists(document: ResolvedDocument) -> Iterator[ReferenceList]:
    return reference_lists((*document.metadata.abstract, *document.blocks))


def _cited(blocks: tuple[Block, ...]) -> Iterator[str]:
    for cite in find(blocks, Cite):
        yield from (item.key for item in cite.items if item.mode is not CiteMode.FULL)


def _finish(build: Build, word: Document) -> list[str]:
    """Everything that is not text; returns problems."""
    document, options = build.document, build.options
    add_running_matter(word, build.styles, document, options)
    complete_sections(build, word.element.body[-1])
    problems = set_core_properties(word, document, options)
    set_language(word, document.metadata.lang)
    set_compatibility(word)
    if options.docx_template is not None and build.styles.added:
        names = ", ".join(f"`{name}`" for name in build.styles.added)
        problems.append(f"the Word template lacks styles that were added: {names}")
    match options.citations:
        case Citations.WORD:
            _add_sources(build, word)
        case Citations.ZOTERO:
            set_zotero_preferences(word, zotero_preferences(build))
        case Citations.LINKS:
            return problems
    if not build.single_list:
        problems.append("the lists of references are no live fields: a document can have only one")
    elif options.citations is Citations.ZOTERO and (rest := _uncited(build)):
        problems.append(f"Zotero drops works that no citation names when it updates: {rest}")
    return problems


def _uncited(build: Build) -> str:
    keys = [entry.key for entry in build.works.values() if entry.key not in build.cited]
    return ", ".join(f"`{key}`" for key in keys)


def _add_sources(build: Build, word: Document) -> None:
    """The sources part and the part that says what it is."""
    from tcit_export.writers import docx_sources  # of live citations alone

    part = word.part
    package = part.package
    content = bytes_of(docx_sources.sources(build.works.values(), build.document.style_id))
    kinds = [rel for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.CUSTOM_XML]
    for relation in kinds:
        if not relation.is_external and docx_sources.is_sources(relation.target_part.blob):
            relation.target_part._blob = content  # Word reads the first such part only
            return
    item = Part(free_name(part, "/customXml/item1.xml"), CONTENT_TYPE.XML, content, package)
    part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    properties = bytes_of(docx_sources.item_properties())
    name = free_name(part, "/customXml/itemProps1.xml")
    described = Part(name, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, properties, package)
    item.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
