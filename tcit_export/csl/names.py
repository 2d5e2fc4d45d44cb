"""cs:name and cs:et-al: one list of names in the dress of a style.

Names taken apart come from `initials.py`; which lists are rendered, with which labels and
substitutes, is decided in `evaluate.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import NamedTuple

from tcit_export.csl import style as s
from tcit_export.csl.context import Context, NameList
from tcit_export.csl.initials import Parts, initialize, is_eastern, join_particle, parts_of
from tcit_export.csl.item import Name
from tcit_export.csl.rich import parse_markup, strip_markup
from tcit_export.csl.style import Formatting, Locale, NameOptions
from tcit_export.csl.textcase import apply_case
from tcit_export.csl.tree import Box, Node, plain


def merge_options(*levels: NameOptions) -> NameOptions:
    """Inherited options: the last level that sets one wins (Inheritable Name Options)."""
    merged = levels[0]
    for level in levels[1:]:
        changes = {
            option.name: value
            for option in fields(level)
            if (value := getattr(level, option.name)) is not None
        }
        merged = replace(merged, **changes)
    return merged


class NamesSetting(NamedTuple):
    """Style-wide options that names need."""

    demote: str
    hyphens: bool


class NameFormat:
    """A compiled cs:name (with its cs:et-al): renders lists of names."""

    def __init__(
        self,
        options: NameOptions,
        element: s.NameElement | None,
        et_al: s.EtAl | None,
        locale: Locale,
        setting: NamesSetting,
    ) -> None:
        element = element or s.NameElement()
        self.form = options.form or "long"
        self.delimiter = ", " if options.delimiter is None else options.delimiter
        self.and_word = _and_word(options.and_, locale)
        self.and_text = (locale.term("and") or "and") if options.and_ else None
        self.precedes_last = options.delimiter_precedes_last or "contextual"
        self.precedes_et_al = options.delimiter_precedes_et_al or "contextual"
        self.min, self.use_first = options.et_al_min or 0, options.et_al_use_first
        self.subsequent_min = options.et_al_subsequent_min
        self.subsequent_use_first = options.et_al_subsequent_use_first
        self.use_last = bool(options.et_al_use_last)
        self.sort_order = options.name_as_sort_order or ""
        self.sort_separator = ", " if options.sort_separator is None else options.sort_separator
        self.initialize = options.initialize is not False
        self.initialize_with = options.initialize_with
        self.setting = setting
        self.family = _dress(element.family)
        self.given = _dress(element.given)
        self.affixes = (element.prefix, element.suffix)
        self.formatting = _font(element.formatting)
        self.et_al = _et_al(et_al or s.EtAl(), locale)
        self.et_al_gap = "" if self.et_al and is_eastern(plain((self.et_al,))) else " "
        self.min_level = 0 if self.form == "short" else 1
        self.max_level = self._max_level()
        mark = options.initialize_with
        self.strips_suffix = mark is not None and "." not in mark
        self._people: dict[tuple[Name, int, bool, bool], Node] = {}

    def _max_level(self) -> int:
        """2 where initials can still become given names (Expansion of Individual Names)."""
        if self.initialize_with is not None and self.initialize:
            return 2
        return 1

    # -------------------------------------------------------------- lists

    def render(self, names: tuple[Name, ...], ctx: Context) -> Node:
        """The list as one node; what it showed is noted in `ctx.name_log`."""
        index = ctx.name_lists
        ctx.name_lists = index + 1
        shown = self._shown(len(names), ctx, index)
        if ctx.name_log is not None:
            ctx.name_log.append(NameList(names, shown, self.min_level, self.max_level))
        with_last = self._shows_last(len(names), shown, ctx)
        people = self._rendered(names, shown, with_last, ctx, index)
        return self._join(people, shown < len(names), with_last, ctx)

    def count(self, names: tuple[Name, ...], ctx: Context) -> int:
        """How many names would be shown (form="count")."""
        return min(len(names), self._shown(len(names), ctx, ctx.name_lists))

    def _shown(self, total: int, ctx: Context, index: int) -> int:
        least, first = self.min, self.use_first
        if ctx.position:
            least = self.subsequent_min if self.subsequent_min is not None else least
            if self.subsequent_use_first is not None:
                first = self.subsequent_use_first
        if ctx.key is not None:
            least = ctx.key.names_min if ctx.key.names_min is not None else least
            if ctx.key.names_use_first is not None:
                first = ctx.key.names_use_first
        if not least or first is None or total < least:
            return total
        shown = min(total, first)
        return min(total, max(shown, ctx.expansion.shown.get(index, 0)))

    def _rendered(
        self, names: Sequence[Name], shown: int, with_last: bool, ctx: Context, index: int
    ) -> list[Node]:
        inverts_all = self.sort_order == "all" or ctx.key is not None
        inverts_first = inverts_all or self.sort_order == "first"
        levels, given = ctx.given_levels, ctx.expansion.given
        people: list[Node] = []
        places = [*range(shown), len(names) - 1] if with_last else range(shown)
        for place in places:
            name = names[place]
            level = self.min_level
            if given:
                level = max(level, given.get((index, place), level))
            if levels and not (place and ctx.primary_names):
                level = max(level, levels.get(name, level))
            people.append(
                self.person(name, level, inverts_all or (inverts_first and place == 0), ctx)
            )
        return people

    def _shows_last(self, total: int, shown: int, ctx: Context) -> bool:
        """et-al-use-last needs two names left out at least."""
        use_last = self.use_last
        if ctx.key is not None and ctx.key.names_use_last is not None:
            use_last = ctx.key.names_use_last
        return use_last and total >= shown + 2

    def _join(self, people: list[Node], truncated: bool, with_last: bool, ctx: Context) -> Box:
        if ctx.key is not None:
            return Box(people, kind="name-list", delimiter="   ")
        if with_last:
            kids = self._with_last(people)
        elif truncated:
            kids = self._truncated(people)
        else:
            kids = self._complete(people, ctx.textual_and)
        return Box(kids, kind="name-list")

    def _complete(self, people: list[Node], textual_and: bool) -> list[Node]:
        and_word = self.and_word
        if textual_and and self.and_text is not None:
            and_word = self.and_text
        kids: list[Node] = []
        last = len(people) - 1
        for place, person in enumerate(people):
            if place == 0:
                pass
            elif place < last or and_word is None:
                kids.append(self.delimiter)
            else:
                kids.extend(self._before_last(people, and_word))
            kids.append(person)
        return kids

    def _before_last(self, people: Sequence[Node], and_word: str) -> list[Node]:
        if self._delimits(self.precedes_last, people[:-1], len(people) >= 3):
            return [f"{self.delimiter}{and_word}{_gap_after_and(and_word)}"]
        return [f" {and_word}{_gap_after_and(and_word)}"]

    def _delimits(self, rule: str, before: Sequence[Node], contextual: bool) -> bool:
        """Whether the delimiter stands before the last name, or before "et al."."""
        match rule:
            case "always":
                return True
            case "never":
                return False
            case "after-inverted-name":
                last = before[-1]
                return isinstance(last, Box) and last.value == "inverted"
            case _:
                return contextual

    def _with_last(self, people: list[Node]) -> list[Node]:
        kids: list[Node] = []
        for person in people[:-1]:
            kids += [person, self.delimiter]
        return [*kids, "… ", people[-1]]

    def _truncated(self, people: list[Node]) -> list[Node]:
        kids: list[Node] = []
        for place, person in enumerate(people):
            if place:
                kids.append(self.delimiter)
            kids.append(person)
        if self.et_al is None or not people:
            return kids
        delimits = self._delimits(self.precedes_et_al, people, len(people) >= 2)
        kids += [self.delimiter if delimits else self.et_al_gap, self.et_al]
        prefix, suffix = self.affixes
        if prefix or suffix:
            # What stands around a name stands around "A et al." too, as the reference has it.
            return [Box(kids, prefix=prefix, suffix=suffix)]
        return kids

    # -------------------------------------------------------------- single names

    def person(self, name: Name, level: int, inverted: bool, ctx: Context) -> Node:
        if ctx.key is not None:
            return self.sort_text(name, ctx.english)
        bold = bool(ctx.emphasised) and name in ctx.emphasised
        key = (name, level, inverted, bold)
        found = self._people.get(key)
        if found is None:
            kids = self._person(name, level, inverted)
            prefix, suffix = self.affixes
            personal = inverted and not name.literal and level > 0
            found = Box(
                kids,
                kind="name",
                value="inverted" if personal else None,
                prefix=prefix,
                suffix=suffix,
                formatting=_bold(self.formatting) if bold else self.formatting,
            )
            self._people[key] = found
        return found

    def _person(self, name: Name, level: int, inverted: bool) -> Sequence[Node]:
        parts = parts_of(name)
        if self.strips_suffix and parts.suffix.endswith("."):
            # Initials without full stops go with "Jr", not "Jr.".
            parts = parts._replace(suffix=parts.suffix[:-1])
        if name.literal:
            return _part(name.literal, self.family, affixes=False)
        if level == 0:
            return self._short(parts)
        given = self._given(parts, level)
        if parts.eastern:
            gap = "" if parts.joined or not given else " "
            return _merge([*self._family(parts, True), gap, *_part(given, self.given)])
        return self._inverted(parts, given) if inverted else self._straight(parts, given)

    def _given(self, parts: Parts, level: int) -> str:
        mark = self.initialize_with
        if mark is None or not parts.given or not parts.family or parts.joined:
            return parts.given
        shorten = self.initialize and level < 2
        if not shorten and self.initialize:
            return parts.given
        return initialize(parts.given, mark, hyphens=self.setting.hyphens, shorten=shorten)

    def _short(self, parts: Parts) -> Sequence[Node]:
        if not parts.family:
            return _part(parts.given, self.given)
        return _affixed(self._family(parts, True), self.family)

    def _family(self, parts: Parts, with_particle: bool) -> Sequence[Node]:
        """Family name with its non-dropping particle, without affixes."""
        family = _part(parts.family, self.family, affixes=False)
        if not with_particle or not parts.non_dropping:
            return family
        particle = _part(parts.non_dropping, self.family, affixes=False)
        gap = _gap_after(parts.non_dropping)
        return [*particle, *([gap] if gap else []), *family] if family else particle

    def _straight(self, parts: Parts, given: str) -> list[Node]:
        """Vincent van Gogh III: given, particles, family, suffix."""
        family: list[Node] = []
        if parts.dropping:
            family = [*_part(parts.dropping, self.given, affixes=False)]
            family.append(_gap_after(parts.dropping))
        family += self._family(parts, True) if parts.family else []
        if parts.suffix:
            family += [(", " if parts.comma_suffix else " ") + parts.suffix]
        whole = _affixed(family, self.family) if parts.family else family
        if not given:
            return _merge(whole)
        front = _part(given, self.given)
        gap = "" if _ends_blank(self.given) else " "
        return _merge([*front, gap, *whole] if whole else front)

    def _inverted(self, parts: Parts, given: str) -> list[Node]:
        """Gogh, Vincent van, III: family, given, particles, suffix."""
        demoted = self.setting.demote == "display-and-sort"
        family = self._family(parts, not demoted) if parts.family else ()
        kids, back = [*_affixed(family, self.family)], [*_part(given, self.given, affixes=False)]
        if parts.dropping:
            back += [" "] if back else []
            back += _part(parts.dropping, self.given, affixes=False)
        if demoted and parts.non_dropping:
            back += [" "] if back else []
            back += _part(parts.non_dropping, self.family, affixes=False)
        if back:
            kids += [self.sort_separator] if kids else []
            kids += _affixed(back, self.given)
        if parts.suffix:
            kids += [self.sort_separator, parts.suffix]
        return _merge(kids)

    def sort_text(self, name: Name, english: bool = True) -> str:
        """A text that sorts as the name does (Name-part Order, sorting)."""
        parts = parts_of(name)
        if name.literal:
            return without_article(strip_markup(name.literal)) if english else name.literal
        particles = f"{parts.dropping} {parts.non_dropping}".strip()
        family = parts.family
        if self.setting.demote == "never":
            family, particles = join_particle(parts.non_dropping, family), parts.dropping
        if self.form == "short":
            return strip_markup(family or parts.given)
        given = self._given(parts, 1)
        return strip_markup(
            "  ".join(part for part in (family, particles, given, parts.suffix) if part)
        )


def _bold(formatting: Formatting | None) -> Formatting:
    return replace(formatting or s.PLAIN, font_weight="bold")


def without_article(text: str) -> str:
    """Names of institutions sort without a leading English article."""
    for article in ("The ", "A ", "An ", "the ", "a ", "an "):
        if text.startswith(article):
            return text[len(article) :]
    return text


# ------------------------------------------------------------------ dress of name parts


class _Dress(NamedTuple):
    """A compiled cs:name-part."""

    formatting: Formatting | None
    case: str
    prefix: str
    suffix: str


def _dress(part: s.NamePart | None) -> _Dress | None:
    if part is None:
        return None
    return _Dress(_font(part.formatting), part.text_case, part.prefix, part.suffix)


def _font(formatting: Formatting) -> Formatting | None:
    return None if formatting == s.PLAIN else formatting


def _part(text: str, dress: _Dress | None, *, affixes: bool = True) -> Sequence[Node]:
    """A part of a name in its dress; nothing where the name lacks it."""
    nodes: Sequence[Node] = parse_markup(text) if text else ()
    if dress is None or not nodes:
        return nodes
    if dress.case:
        nodes = apply_case(nodes, dress.case)
    if dress.formatting is not None:
        nodes = (Box(nodes, formatting=dress.formatting),)
    return _affixed(nodes, dress) if affixes else nodes


def _affixed(nodes: Sequence[Node], dress: _Dress | None) -> Sequence[Node]:
    if dress is None or not nodes or not (dress.prefix or dress.suffix):
        return nodes
    return [Box(nodes, prefix=dress.prefix, suffix=dress.suffix)]


def _ends_blank(dress: _Dress | None) -> bool:
    return dress is not None and dress.suffix.endswith((" ", "\u00a0"))


def _gap_after(particle: str) -> str:
    return "" if particle[-1] in "'’ʼ‘`-‐" else " "


def _merge(nodes: Sequence[Node]) -> list[Node]:
    """Neighbouring strings as one."""
    result: list[Node] = []
    for node in nodes:
        if result and type(node) is str and type(result[-1]) is str:
            result[-1] += node
        elif node != "":
            result.append(node)
    return result


def _and_word(option: str | None, locale: Locale) -> str | None:
    match option:
        case "text":
            return locale.term("and") or ""
        case "symbol":
            return locale.term("and", "symbol") if ("and", "symbol", "") in locale.terms else "&"
        case _:
            return None


def _gap_after_and(word: str) -> str:
    """Hebrew writes "and" as a letter before the next word."""
    return "" if "\u05d0" <= word[-1:] <= "\u05ea" and len(word) == 1 else " "


def _et_al(element: s.EtAl, locale: Locale) -> Node | None:
    term = locale.term(element.term)
    if not term:
        return None
    font = _font(element.formatting)
    return Box((term,), formatting=font, prefix=element.prefix, suffix=element.suffix)
