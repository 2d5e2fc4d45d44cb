"""What a rendering function may look at: an item, its cite, and what happened so far."""

from __future__ import annotations

from collections.abc import Mapping

from tcit_export.csl.item import Date, Item, Name
from tcit_export.csl.style import Key
from tcit_export.csl.tree import Box

FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = 0, 1, 2, 3
"""Positions of a cite. Each but the first also tests as subsequent."""


class Expansion:
    """How far one item's cite has been expanded to be told apart (Disambiguation).

    `shown` is the number of names to show at least, per list of names in rendering order;
    `given` the level of a name, per (list, index): 1 initials, 2 full given names;
    `conditions` how many `disambiguate` conditions test true.
    """

    __slots__ = ("conditions", "given", "shown")

    def __init__(
        self,
        shown: Mapping[int, int] | None = None,
        given: Mapping[tuple[int, int], int] | None = None,
        conditions: int = 0,
    ) -> None:
        self.shown = shown or {}
        self.given = given or {}
        self.conditions = conditions


NO_EXPANSION = Expansion()


class NameList:
    """One rendered list of names, as disambiguation needs to know it."""

    __slots__ = ("max_level", "min_level", "names", "shown")

    def __init__(self, names: tuple[Name, ...], shown: int, min_level: int, max_level: int) -> None:
        self.names = names
        self.shown = shown
        self.min_level = min_level
        self.max_level = max_level


class Context:
    """The state of rendering one item once. Made anew, or begun anew, for each rendering."""

    __slots__ = (
        "called", "capitalizes_first", "conditions_met", "date_suffix_done", "dates",
        "drop_names", "emphasised", "english", "expansion", "fields", "first_names", "first_note",
        "given_levels", "in_bibliography", "item", "key", "label", "language", "locator",
        "name_lists", "name_log", "names", "near_note", "nonempty", "number", "position",
        "primary_names", "started", "substituting", "suppressed", "textual_and", "year_suffix",
    )  # fmt: skip

    def __init__(self, item: Item) -> None:
        self.item = item
        self.fields: Mapping[str, str] = item.fields
        self.names: Mapping[str, tuple[Name, ...]] = item.names
        self.dates: Mapping[str, Date] = item.dates
        self.locator = ""
        self.label = "page"
        self.position = FIRST
        self.near_note = False
        self.first_note = ""
        self.number = 0
        self.year_suffix = ""
        self.in_bibliography = False
        self.key: Key | None = None
        """The sort key being made; None outside sorting."""
        self.english = True
        self.language = ""
        self.textual_and = False
        """Write the style's ampersand as a word: the names stand in running text."""
        # Disambiguation
        self.expansion = NO_EXPANSION
        self.given_levels: Mapping[Name, int] = {}
        self.primary_names = False
        """`given_levels` are for the first name of a list (primary-name)."""
        self.name_log: list[NameList] | None = None
        self.drop_names = False
        """Render the first names as nothing: suppressed author, collapsed cite."""
        self.capitalizes_first = False
        """Whether a term at the very start takes a capital (notes, entries)."""
        self.emphasised: frozenset[Name] = frozenset()
        """Persons whose names are set in bold."""
        self.begin()

    def begin(self) -> None:
        """Forget what happened so far."""
        self.called = 0
        """Variables called, and nested groups (Group)."""
        self.nonempty = 0
        """Those of them that had output."""
        self.suppressed: set[str] | None = None
        """Variables used up by cs:substitute."""
        self.substituting = False
        """Whether a cs:substitute is being rendered: what it shows is used up at once."""
        self.started = False
        """Whether anything but the number of the entry has been rendered already."""
        self.name_lists = 0
        self.first_names: Box | None = None
        self.date_suffix_done = False
        self.conditions_met = 0

    def field(self, variable: str) -> str:
        """A text variable, unless it has been used up."""
        if self.suppressed is not None and variable in self.suppressed:
            return ""
        return self.fields.get(variable, "")

    def rendered(self, variable: str) -> None:
        """Note that a variable has output; within cs:substitute that uses it up."""
        self.nonempty += 1
        self.started = True
        if self.substituting:
            self.suppressed = (self.suppressed or set()) | {variable}
