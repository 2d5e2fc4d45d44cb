"""The styles of one document: found by name, added where a template lacks them, combined.

Documents carry styles only, no direct formatting, so that whoever edits them changes a look in one
place. A run can have one character style; bold italics inside a link therefore get a style of their
own ("Strong Emphasis Hyperlink"), made when first needed. In the same way a quotation inside a
list gets "Quote Level 2", the same style further in.

Styles are found by name and never by id: a German Word calls "heading 1" `berschrift1`. Where other
programs translate the name as well, a heading is found by its level in the outline.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from tcit_export.model.nodes import NumberStyle
from tcit_export.writers.docx_numbering import Numbering
from tcit_export.writers.docx_style_table import RECIPES, STEP, StyleRecipe
from tcit_export.writers.ooxml import Element, child, parse, qn, value


class StyleSheet:
    """`word/styles.xml` with an index.

    `added` are the names of styles the template did not have, in the order of their first use.
    """

    def __init__(self, root: Element, numbering: Numbering) -> None:
        """`numbering` gets what new list styles need."""
        self.root = root
        self.added: list[str] = []
        self._numbering = numbering
        self._by_name: dict[tuple[str, str], Element] = {}
        self._ids: set[str] = set()
        self._names: set[str] = set()
        self._combined: dict[tuple[str, ...], str] = {}
        self._derived: dict[tuple[str, str], str] = {}
        for style in root.iterchildren(qn("w:style")):
            self._index(style)
        for style in root.iterchildren(qn("w:style")):
            self._index_heading(style)

    def _index(self, style: Element) -> None:
        name = style.find(qn("w:name"))
        text = "" if name is None else str(name.get(qn("w:val")) or "")
        kind = str(style.get(qn("w:type")) or "paragraph")
        self._by_name.setdefault((kind, text.lower()), style)
        self._names.add(text.lower())
        self._ids.add(str(style.get(qn("w:styleId")) or "").lower())

    def _index_heading(self, style: Element) -> None:
        """What has a level of the outline is that heading, whatever the name: "Überschrift 1"."""
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        name = style.find(qn("w:name"))
        level = "" if outline is None else str(outline.get(qn("w:val")))
        if not level.isdecimal() or name is None or style.get(qn("w:type")) != "paragraph":
            return
        if str(name.get(qn("w:val"))).lower() not in ("title", "subtitle", "panel heading"):
            self._by_name.setdefault(("paragraph", f"heading {int(level) + 1}"), style)

    def id(self, name: str) -> str:
        """The id of a style of ours, by its name; it is added if the template lacks it."""
        return str(self._element(RECIPES[name.lower()]).get(qn("w:styleId")))

    def has_numbering(self, name: str) -> bool:
        """Whether a paragraph style brings its own bullets or numbers."""
        style = self._element(RECIPES[name.lower()])
        return style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None

    def combined(self, names: tuple[str, ...]) -> str:
        """The id of the character style that has the looks of all these, in this order."""
        known = self._combined.get(names)
        if known is None:
            known = self.id(names[0]) if len(names) == 1 else self._combine(names)
            self._combined[names] = known
        return known

    def derived(self, name: str, suffix: str, paragraph: str) -> str:
        """The id of a style based on `name` with other paragraph properties, called `name suffix`.

        The same name and suffix must always come with the same properties.
        """
        return self.variant(self.id(name), suffix, paragraph)

    def variant(self, style: str, suffix: str, paragraph: str) -> str:
        """As `derived`, of a style named by its id."""
        known = self._derived.get((style, suffix))
        if known is None:
            name = self._name(style)
            recipe = StyleRecipe(f"{name} {suffix}", "paragraph", paragraph=paragraph)
            known = self._existing(recipe) or self._append(recipe, style)
            self._derived[style, suffix] = known
        return known

    def tabs(self, identifier: str) -> list[Element]:
        """The tabs that a style sets itself."""
        style = self._by_id(identifier)
        path = "/".join(qn(name) for name in ("w:pPr", "w:tabs", "w:tab"))
        return [] if style is None else style.findall(path)

    def _by_id(self, identifier: str) -> Element | None:
        styles = self.root.iterchildren(qn("w:style"))
        return next((style for style in styles if style.get(qn("w:styleId")) == identifier), None)

    def _name(self, identifier: str) -> str:
        style = self._by_id(identifier)
        name = None if style is None else style.find(qn("w:name"))
        return identifier if name is None else str(name.get(qn("w:val")))

    def nested(self, name: str, level: int) -> str:
        """The id of a style, `level` steps further in."""
        if not level:
            return self.id(name)
        left = RECIPES[name.lower()].indent + level * STEP
        return self.derived(name, f"Level {level + 1}", f'<w:ind w:left="{left}"/>')

    def complete(self) -> None:
        """Add every style of the table, with the styles that follow them: for a new template."""
        for recipe in RECIPES.values():
            self._element(recipe)
        for recipe in RECIPES.values():
            self._set_following(self._element(recipe), recipe)

    def _existing(self, recipe: StyleRecipe) -> str:
        found = self._by_name.get((recipe.kind, recipe.name.lower()))
        return "" if found is None else str(found.get(qn("w:styleId")))

    def _set_following(self, style: Element, recipe: StyleRecipe) -> None:
        """Which style the next paragraph has; left out where the template has no such style."""
        following = self._by_name.get(("paragraph", recipe.following.lower()))
        if following is None or style.find(qn("w:next")) is not None:
            return
        before = style.find(qn("w:basedOn"))
        before = style.find(qn("w:name")) if before is None else before
        assert before is not None
        following_id = str(following.get(qn("w:styleId")))
        before.addnext(parse(f'<w:next w:val="{following_id}"/>')[0])

    def _element(self, recipe: StyleRecipe) -> Element:
        found = self._by_name.get((recipe.kind, recipe.name.lower()))
        if found is None:
            parent = self.id(recipe.based_on) if recipe.based_on else ""
            self._append(recipe, parent)
            self.added.append(recipe.name)
            found = self._by_name[recipe.kind, recipe.name.lower()]
        return found

    def _append(self, recipe: StyleRecipe, parent: str) -> str:
        """A new last style. A name or an id that is taken by another kind of style gives way."""
        name, identifier = recipe.name, recipe.id
        if name.lower() in self._names:
            name = f"Handout {name}"
        while identifier.lower() in self._ids:
            identifier += "X"
        style = _build(recipe, identifier, name, parent)
        if recipe.list_kind:
            self._number(style, recipe, identifier)
        self.root.append(style)
        self._set_following(style, recipe)
        self._by_name[recipe.kind, recipe.name.lower()] = style
        self._names.add(name.lower())
        self._ids.add(identifier.lower())
        return identifier

    def _number(self, style: Element, recipe: StyleRecipe, identifier: str) -> None:
        kind = None if recipe.list_kind == "bullet" else NumberStyle.DECIMAL
        number = self._numbering.link(kind, recipe.list_level, identifier)
        properties = style.find(qn("w:pPr"))
        assert properties is not None
        xml = f'<w:numPr><w:ilvl w:val="{recipe.list_level}"/><w:numId w:val="{number}"/></w:numPr>'
        properties.insert(0, parse(xml)[0])

    def _combine(self, names: tuple[str, ...]) -> str:
        recipe = StyleRecipe(" ".join(names), "character")
        if existing := self._existing(recipe):
            return existing
        identifier = self._append(recipe, self.combined(names[:-1]))
        style = self.root[-1]
        last = self._element(RECIPES[names[-1].lower()]).find(qn("w:rPr"))
        if last is not None:
            style.append(deepcopy(last))
        return identifier


def _build(recipe: StyleRecipe, identifier: str, name: str, parent: str) -> Element:
    """A `w:style` element; `parent` is the id of the style it is based on."""
    style = parse("<w:style/>")[0]
    style.set(qn("w:type"), recipe.kind)
    if recipe.name in _DEFAULTS:
        style.set(qn("w:default"), "1")
    elif recipe.name not in _BUILT_IN:
        style.set(qn("w:customStyle"), "1")
    style.set(qn("w:styleId"), identifier)
    value(style, "w:name", name)
    if parent:
        value(style, "w:basedOn", parent)
    value(style, "w:uiPriority", recipe.priority)
    if recipe.name in _DEFAULTS[1:]:
        child(style, "w:semiHidden")
        child(style, "w:unhideWhenUsed")
    elif recipe.quick:
        child(style, "w:qFormat")
    for tag, inside in (("w:pPr", recipe.paragraph), ("w:rPr", recipe.run)):
        if inside:
            child(style, tag).extend(parse(inside))
    if recipe.rest:
        style.extend(parse(recipe.rest))
    return style


_DEFAULTS: Final = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
"""What Word gives to whatever names no style."""
_BUILT_IN: Final = frozenset(
    [
        *("Body Text", "Title", "Subtitle", "Quote", "caption", "Bibliography", "TOC Heading"),
        *("Date", "footnote text", "footnote reference", "header", "footer", "Emphasis", "Strong"),
        *("Hyperlink", *(f"heading {level}" for level in range(1, 10))),
        *(f"toc {level}" for level in range(1, 10)),
        *(
            f"{name}{level}"
            for name in ("List Bullet", "List Number", "List Continue")
            for level in ("", " 2", " 3", " 4", " 5")
        ),
    ]
)
"""Names that Word itself defines; the others are marked as custom."""
