"""One document being processed: its items, their order, numbers and letters, and rendering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tcit_export.csl import style as s
from tcit_export.csl.citation import (
    Affix,
    BibliographyEntry,
    Citation,
    CitationItem,
    Place,
)
from tcit_export.csl.cites import Cite, Mention, arrange, joined, positions
from tcit_export.csl.compiled import CompiledStyle
from tcit_export.csl.context import NO_EXPANSION, SUBSEQUENT, Context, Expansion, NameList
from tcit_export.csl.disambiguate import Outcome, Reading, disambiguate, given_name_levels
from tcit_export.csl.entries import blocks_of, substitute_names, with_layout
from tcit_export.csl.initials import is_eastern
from tcit_export.csl.item import Item, Name
from tcit_export.csl.numbers import split_label
from tcit_export.csl.output import Content, Opaque
from tcit_export.csl.rich import parse_markup
from tcit_export.csl.tree import Box, Node, find, plain
from tcit_export.csl.typeset import typeset


class Session:
    """What is known of one document's items while it is being processed."""

    def __init__(self, style: CompiledStyle, items: Iterable[Item]) -> None:
        self.style = style
        self.items: dict[str, Item] = {item.id: item for item in items}
        self.ids: list[str] = list(self.items)
        self.numbers: dict[str, int] = {}
        self.outcome = Outcome({}, {})
        self.given_levels: Mapping[Name, int] = {}
        self.primary_names = style.citation.givenname_disambiguation_rule.startswith("primary")

    # -------------------------------------------------------------- order and numbers

    def order(self, citations: Sequence[Citation]) -> None:
        """Put the items in the order of the bibliography and number them."""
        cited = [cite.id for citation in citations for cite in citation.items]
        self.ids = [key for key in dict.fromkeys((*cited, *self.ids)) if key in self.items]
        self.numbers = {key: number for number, key in enumerate(self.ids, start=1)}
        sorter = self.style.bibliography_sorter
        if sorter:
            self.ids = sorter.sort(self.ids, self._entry_context)
            rising = reversed(self.ids) if self.style.numbers_descending else self.ids
            self.numbers = {key: number for number, key in enumerate(rising, start=1)}

    # -------------------------------------------------------------- contexts

    def _context(self, key: str) -> Context:
        item = self.items[key]
        ctx = Context(item)
        ctx.number = self.numbers.get(key, 0)
        language = item.fields.get("language", "")
        ctx.english = self.style.is_english(language)
        ctx.language = language or self.style.locale.lang
        ctx.given_levels = self.given_levels
        ctx.primary_names = self.primary_names
        ctx.expansion = self.outcome.expansions.get(key, NO_EXPANSION)
        ctx.year_suffix = self.outcome.suffixes.get(key, "")
        return ctx

    def _entry_context(self, key: str) -> Context:
        ctx = self._context(key)
        ctx.in_bibliography = True
        ctx.capitalizes_first = True
        return ctx

    def _cite_context(self, cited: CitationItem, place: Place) -> Context:
        ctx = self._context(cited.id)
        ctx.locator = cited.locator.strip()
        ctx.label = cited.label or "page"
        if cited.variables:
            ctx.fields = {**ctx.fields, **cited.variables}
        if ctx.locator:
            located = split_label(ctx.locator)
            # A style that writes no labels writes its own `p.`: it needs no second one.
            if located and (self.style.labels_locator or located.label == ctx.label == "page"):
                ctx.label, ctx.locator = located
        ctx.position = place.position
        ctx.near_note = place.near_note
        ctx.first_note = str(place.first_note) if place.first_note else ""
        return ctx

    # -------------------------------------------------------------- disambiguation

    def disambiguate(self) -> None:
        """Find out how far each item's cite must be expanded to be unlike all others."""
        style = self.style
        if not style.disambiguates:
            return
        options = style.citation
        rule = options.givenname_disambiguation_rule
        by_name = options.disambiguate_add_givenname and rule != "by-cite"
        guessed = given_name_levels(self._authors(), rule) if by_name else {}
        self.given_levels = guessed
        readings = {key: self._probe(key, NO_EXPANSION) for key in self.ids}
        if by_name:
            lists = (found for reading in readings.values() for found in reading.lists)
            self.given_levels = given_name_levels(lists, rule)
            wrong = {name for name, _ in guessed.items() ^ self.given_levels.items()}
            for key, reading in readings.items():
                if not all(wrong.isdisjoint(found.names) for found in reading.lists):
                    readings[key] = self._probe(key, NO_EXPANSION)
        self.outcome = disambiguate(self.ids, readings, self._probe, options, style.conditions)

    def _authors(self) -> Iterator[NameList]:
        """What cites nearly always show: which names they do, only reading them tells, and then
        those that lack initials must be read again. A right guess spares that."""
        for item in self.items.values():
            if "author" in item.names:
                yield NameList(item.names["author"], 1, 0, 2)

    def _probe(self, key: str, expansion: Expansion) -> Reading:
        """How a later cite of the item reads: ambiguity is judged by that form."""
        ctx = self._context(key)
        ctx.position = SUBSEQUENT
        ctx.near_note = True
        ctx.number = 1  # that numbers differ is no reason to leave cites alike
        ctx.expansion = expansion
        log: list[NameList] = []
        ctx.name_log = log
        nodes: list[Node] = []
        self.style.cite(ctx, nodes)
        return Reading(plain(nodes), tuple(log))

    # -------------------------------------------------------------- citations

    def sorted(self, citation: Citation) -> Citation:
        """The citation with its cites in the order of the style; else that of the document.

        The first cite of a narrative citation stays first: its names stand in the text.
        """
        sorter, cites = self.style.citation_sorter, citation.items
        fixed = 1 if cites and cites[0].mode == "author-in-text" else 0
        if not sorter or len(cites) < 2 + fixed:
            return citation
        known = [cite for cite in cites[fixed:] if cite.id in self.items]
        unknown = [cite for cite in cites[fixed:] if cite.id not in self.items]
        ordered = [cite for run in self._runs(known) for cite in self._in_order(run)]
        return Citation((*cites[:fixed], *ordered, *unknown), citation.note_index)

    def _runs(self, cites: Sequence[CitationItem]) -> list[list[CitationItem]]:
        """Where a style speaks of running text (intext), a prefix begins cites of their own:
        `see also` separates them from those before, and holds for all that follow it."""
        runs: list[list[CitationItem]] = []
        for cite in cites:
            if runs and not (cite.prefix and self.style.intext is not None):
                runs[-1].append(cite)
            else:
                runs.append([cite])
        return runs

    def _in_order(self, run: Sequence[CitationItem]) -> list[CitationItem]:
        sorter = self.style.citation_sorter
        ordered = sorter.sort(self._lettered(run), lambda cite: self._cite_context(cite, Place()))
        return _led_by_prefix(ordered, run[0]) if self.style.intext is not None else ordered

    def _lettered(self, run: Sequence[CitationItem]) -> list[CitationItem]:
        """The cites as they were typed, but `2000a` before `2000b`: the sort keeps ties so."""
        ordered = list(run)
        places: dict[int, list[int]] = {}
        for place, cite in enumerate(run):
            if cite.id in self.outcome.series:
                places.setdefault(self.outcome.series[cite.id], []).append(place)
        for shared in places.values():
            cites = sorted((run[place] for place in shared), key=lambda c: self.numbers[c.id])
            for place, cite in zip(shared, cites, strict=True):
                ordered[place] = cite
        return ordered

    def places(self, citations: Sequence[Citation]) -> list[list[Place]]:
        """The position of each cite in the document, or where the caller says it is."""
        mentions = [
            (
                citation.note_index,
                [Mention(cite.id, cite.locator.strip(), cite.label) for cite in citation.items],
            )
            for citation in citations
        ]
        found = positions(mentions, self.style.citation.near_note_distance)
        return [
            [cite.place or place for cite, place in zip(citation.items, places, strict=True)]
            for citation, places in zip(citations, found, strict=True)
        ]

    def citation(self, citation: Citation, places: Sequence[Place]) -> Content:
        """One citation, ready to be shown."""
        pairs = list(zip(citation.items, places, strict=True))
        narrative: list[Node] = []
        if citation.items and citation.items[0].mode == "author-in-text":
            narrative = self._narrative(*pairs[0])
        if citation.items and all(cite.mode == "author-only" for cite in citation.items):
            return typeset(self._authors_only(pairs), self.style.quotes, blocks=False)
        cites = self._cites(pairs)
        body = joined(cites, self.style.citation.layout.delimiter)
        nodes = self._laid_out(body)
        if narrative:
            layout = self.style.citation.layout
            raised = layout.formatting.vertical_align == "sup"
            nodes = [*narrative, "" if raised or not body else " ", *nodes]
        return typeset(nodes, self.style.quotes, blocks=False)

    def _laid_out(self, body: list[Node]) -> list[Node]:
        if not body:
            return []
        layout = self.style.citation.layout
        inner: list[Node] = [layout.prefix, *body, layout.suffix]
        if layout.formatting == s.PLAIN:
            return inner
        return [Box(inner, formatting=layout.formatting)]

    def _cites(self, pairs: Sequence[tuple[CitationItem, Place]]) -> list[Cite]:
        known = [(cite, place) for cite, place in pairs if cite.id in self.items]
        cites = [
            self._cite(cite, place, first=number == 0) for number, (cite, place) in enumerate(known)
        ]
        cites += [_unknown(cite.id) for cite, _ in pairs if cite.id not in self.items]
        return arrange(
            [cite for cite in cites if cite.nodes], self.style.citation, self.style.style.class_
        )

    def _cite(self, cited: CitationItem, place: Place, *, first: bool = False) -> Cite:
        hidden = cited.mode in ("suppress-author", "author-in-text")
        prefix = _affix(cited.prefix, before=True) if cited.mode != "author-in-text" else []
        capital = self._starts_sentence(prefix, first)
        ctx, nodes = self._render(cited, place, drop_names=hidden, capital=capital)

        def again() -> list[Node]:
            return self._render(cited, place, drop_names=True)[1]

        return Cite(
            cited.id,
            nodes,
            ctx.first_names,
            again,
            number=self.numbers.get(cited.id, 0) if _is_number(nodes) else 0,
            year_suffix=ctx.year_suffix,
            locator=ctx.locator if find(nodes, "locator") is not None else "",
            prefix=prefix,
            suffix=_affix(cited.suffix, before=False),
        )

    def _starts_sentence(self, prefix: Sequence[Node], first: bool) -> bool:
        """Whether a term that begins this cite begins a sentence of a note (Citation)."""
        if self.style.style.class_ != "note":
            return False
        if prefix:
            # One word with a full stop is an abbreviation: "cf. ibid."
            text = plain(prefix).rstrip("\"'”’ \u00a0")
            return text[-1:] in (".", "!", "?") and len(text.split()) > 1
        return first

    def _render(
        self, cited: CitationItem, place: Place, *, drop_names: bool, capital: bool = False
    ) -> tuple[Context, list[Node]]:
        ctx = self._cite_context(cited, place)
        ctx.capitalizes_first = capital
        ctx.drop_names = drop_names
        nodes: list[Node] = []
        self.style.cite(ctx, nodes)
        return ctx, nodes

    # -------------------------------------------------------------- narrative citations

    def _names(self, cited: CitationItem, place: Place) -> list[Node]:
        """The names of a cite, with "and" as a word."""
        if cited.id not in self.items:
            return [_unknown(cited.id).nodes[0]]
        ctx = self._cite_context(cited, place)
        ctx.textual_and = True
        nodes: list[Node] = []
        if self.style.intext is not None:
            self.style.intext(ctx, nodes)
            return nodes
        self.style.cite(ctx, nodes)
        if ctx.first_names is not None:
            return [ctx.first_names]
        ctx = self._cite_context(cited, place)
        nodes = []
        self.style.author(ctx, nodes)
        return nodes

    def _narrative(self, cited: CitationItem, place: Place) -> list[Node]:
        names = self._names(cited, place)
        if cited.possessive and names:
            names = [*names, "’s"]
        prefix = _affix(cited.prefix, before=True)
        return [*prefix, Box(names, kind="cite", value=cited.id)] if names else []

    def _authors_only(self, pairs: Sequence[tuple[CitationItem, Place]]) -> list[Node]:
        delimiter = self.style.citation.layout.delimiter
        found = [self._narrative(cite, place) for cite, place in pairs]
        return [Box([Box(nodes) for nodes in found], delimiter=delimiter)]

    # -------------------------------------------------------------- bibliography

    def bibliography(
        self, keys: Sequence[str] | None = None, emphasised: frozenset[Name] = frozenset()
    ) -> tuple[BibliographyEntry, ...]:
        """All entries, in order, names of the entry before replaced where the style says so.

        Or a list of the caller's own: these items in this order, these persons in bold.
        """
        options = self.style.style.bibliography
        if options is None:
            return ()
        substitute = options.subsequent_author_substitute
        before: Box | None = None
        entries: list[BibliographyEntry] = []
        for key in self.ids if keys is None else keys:
            ctx = self._entry_context(key)
            ctx.emphasised = emphasised
            nodes = self._entry_nodes(ctx)
            if substitute is not None:
                shown = ctx.first_names
                kept = shown.with_kids(shown.kids) if shown is not None else None
                if before is not None and shown is not None:
                    rule = options.subsequent_author_substitute_rule
                    substitute_names(shown, before, substitute, rule)
                before = kept
            entries.append(self._entry(key, nodes))
        return tuple(entries)

    def _entry_nodes(self, ctx: Context) -> list[Node]:
        align = self.style.bibliography_options.second_field_align
        nodes: list[Node] = []
        if not align:
            self.style.entry(ctx, nodes)
            return nodes
        first: list[Node] = []
        rest: list[Node] = []
        for number, render in enumerate(self.style.entry_elements):
            render(ctx, rest if number else first)
        margin, inline = Box(first, display="left-margin"), Box(rest, display="right-inline")
        return [box for box in (margin, inline) if box.kids]

    def _entry(self, key: str, nodes: list[Node]) -> BibliographyEntry:
        bibliography = self.style.style.bibliography
        assert bibliography is not None
        layout = bibliography.layout
        if nodes:
            nodes = with_layout(nodes, layout)
        content = typeset(nodes, self.style.quotes)
        margin, inline = blocks_of(content)
        return BibliographyEntry(key, content, margin, inline)


def _led_by_prefix(ordered: Sequence[CitationItem], leader: CitationItem) -> list[CitationItem]:
    """The prefix of a run's first cite stays in front when another cite takes its place."""
    if not leader.prefix or ordered[0] is leader:
        return list(ordered)
    led = [replace(cite, prefix="") if cite is leader else cite for cite in ordered]
    return [replace(led[0], prefix=leader.prefix), *led[1:]]


_ENDS = ".,;:!?)]\"'”’»&"
"""What a prefix may end with that is not joined to the cite."""


def _is_letter(char: str) -> bool:
    """Whether it is a letter or a digit of a script that sets blanks between words."""
    return char.isalnum() and not is_eastern(char)


def _affix(affix: Affix, *, before: bool) -> list[Node]:
    """A cite's prefix or suffix as nodes, with the blank that separates it from the cite."""
    parts = affix if isinstance(affix, tuple) else (affix,)
    nodes: list[Node] = []
    for part in parts:
        if isinstance(part, Opaque):
            nodes.append(Box((part.text,), kind="opaque", value=part.payload))
        elif part:
            nodes.extend(parse_markup(part))
    text = plain(nodes)
    if before and text and (_is_letter(text[-1]) or text[-1] in _ENDS):
        nodes.append(" ")
    if not before and text and (_is_letter(text[0]) or text[0] in "([&"):
        nodes.insert(0, " ")
    return nodes


def _unknown(key: str) -> Cite:
    """A visible placeholder for an id that is not among the items."""
    nodes: list[Node] = [Box((f"{key}?",), formatting=s.Formatting(font_weight="bold"))]
    return Cite(key, nodes, None, lambda: nodes)


def _is_number(nodes: Sequence[Node]) -> bool:
    """Whether a cite shows its citation number and nothing else: only such cites make ranges."""
    found = find(nodes, "citation-number")
    return found is not None and not _has_more(nodes)


def _has_more(nodes: Sequence[Node]) -> bool:
    return any(
        node != "" if isinstance(node, str)
        else node.kind != "citation-number" and _has_more(node.kids)
        for node in nodes
    )  # fmt: skip
