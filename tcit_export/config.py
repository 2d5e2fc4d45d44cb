"""tcit.toml -> Config: what a project may set, and what is wrong with it.

    paper = "a4"                     # letter | a4
    style = "apa"                    # a CSL style's name, or a .csl file of the project
    locale = "en-GB"
    organisation = "TCIT"            # in the running head
    output = "output"
    citations = "links"              # links | word | zotero: how citations stand in Word files
    docx-template = "letterhead.dotx"
    contents = false                 # a table of contents
    editions = ["handout"]           # handout, large-print, booklet, fact-sheet, fragment
    theme = "serif"                  # serif | sans
    emphasis = "bold"                # bold | underline: what stands for italics in large print
    accent = "#0b4f5c"               # the one colour
    text-size = 10.5                 # points
    logo = "logo.svg"                # at the head of the first page
    cover = false                    # a page of its own for the title
    duplex = false                   # wider inner margins, to print on both sides and punch
    watermark = "DRAFT"
    qr = false                       # the document's own address as a QR code
    qr-references = false            # and one beside each reference that has a DOI
    pdf-seconds = 600                # processor time that one output may take; by default 60

    [lists]                          # what holds for all reading lists; documents go before it
    importance = ["Essential", "Recommended", "Further"]
    library = "https://library.example.org/search?q={doi}"  # or {isbn}, {title}, {key}
    pages-per-hour = 20              # turns pages into minutes
    annotations = true
    totals = true                    # "3 readings, 74 pages" after each group
    ticks = false                    # a box to tick at each work
    qr = false                       # a QR code at each work, on paper
    columns = 1                      # 1 | 2
    density = "roomy"                # roomy | compact

The standard library's TOML parser tells no positions, so the line of a key is found by a light scan
of the text afterwards: of a setting the first line `key =`, of one in a table the first after the
table's own line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, TypeVar

from tcit_export.bibliography.reading import LIBRARY_EXAMPLE, library_mistake
from tcit_export.diagnostic import Diagnostic, Kind, Location, Parsed, Severity, nearest
from tcit_export.model.document import ListDefaults
from tcit_export.model.nodes import Density, ListLook
from tcit_export.model.options import Citations, Edition, Emphasis, Paper, Theme
from tcit_export.source import Source, Span, clean_text

SETTINGS_FILE: Final = "tcit.toml"

INVALID_SETTINGS = Kind(
    "P010",
    "invalid-settings",
    Severity.ERROR,
    "The settings file is not valid TOML, so none of its settings can be used.",
)
UNKNOWN_SETTING = Kind(
    "P011",
    "unknown-setting",
    Severity.WARNING,
    "The settings file names something that the program does not know; it has no effect.",
)
INVALID_SETTING = Kind(
    "P012",
    "invalid-setting",
    Severity.ERROR,
    "A setting has a value that it cannot have.",
)
FAINT_ACCENT = Kind(
    "P013",
    "faint-accent",
    Severity.WARNING,
    "The chosen colour of links and headings stands out too little from white paper to be read by\n"
    "all: WCAG 2.2, 1.4.3 asks for a contrast of 4.5 to 1. Our own colours have more than 7 to 1.",
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project. An empty string means: not set."""

    paper: Paper = Paper.LETTER
    style: str = ""
    locale: str = ""
    organisation: str = ""
    output: str = "output"
    citations: Citations = Citations.LINKS
    docx_template: str = ""
    contents: bool = False
    editions: tuple[Edition, ...] = (Edition.HANDOUT,)
    theme: Theme = Theme.SERIF
    emphasis: Emphasis = Emphasis.BOLD
    accent: str = ""
    text_size: float = 0
    """Points; 0 for the theme's own."""
    logo: str = ""
    cover: bool = False
    duplex: bool = False
    watermark: str = ""
    qr: bool = False
    qr_references: bool = False
    pdf_seconds: int = 0
    """0 for what any honest handout needs."""
    lists: ListDefaults = field(default_factory=ListDefaults)
    source: Source | None = field(default=None, compare=False, repr=False)
    """The settings file, to say where a setting stands."""
    chosen: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """Names of fields that were set over the file, by the caller."""

    def over(self, settings: Mapping[str, Any]) -> Config:
        """The same with settings of the caller, by their names here, in place of the file's."""
        return replace(self, **settings, chosen=self.chosen | set(settings))

    def location(self, key: str, value: str) -> Location:
        """Where a setting is typed in the file; of one that is not, its value."""
        if self.source is None or key.replace("-", "_") in self.chosen:
            return Location(Source(value, ""), Span(0, 0))
        return _location(self.source, key)


def read_config(source: Source) -> Parsed[Config]:
    """The settings of a tcit.toml; what is wrong keeps its default."""
    import tomllib  # few projects have settings

    try:
        table = tomllib.loads(source.text)
    except (ValueError, RecursionError) as error:
        return Parsed(Config(source=source), (_syntax_error(source, error),))
    return _Reader(source, table).config()


class _Reader:
    """Takes known keys out of the parsed table and notes what is wrong.

    `name` is the table's own; empty for the settings themselves.
    """

    def __init__(self, source: Source, table: Mapping[str, Any], name: str = "") -> None:
        self.source = source
        self.table = table
        self.name = name
        self.diagnostics: list[Diagnostic] = []

    def place(self, key: str) -> Location:
        """Where a key of this table is written."""
        return _location(self.source, key, self.name)

    def config(self) -> Parsed[Config]:
        default = Config()
        config = Config(
            paper=self.choice("paper", default.paper),
            style=self.text("style"),
            locale=self.text("locale"),
            organisation=self.text("organisation"),
            output=self.text("output") or default.output,
            citations=self.choice("citations", default.citations),
            docx_template=self.text("docx-template"),
            contents=self.flag("contents"),
            editions=self.editions() or default.editions,
            theme=self.choice("theme", default.theme),
            emphasis=self.choice("emphasis", default.emphasis),
            accent=self.colour("accent"),
            text_size=self.points("text-size"),
            logo=self.text("logo"),
            cover=self.flag("cover"),
            duplex=self.flag("duplex"),
            watermark=self.text("watermark"),
            qr=self.flag("qr"),
            qr_references=self.flag("qr-references"),
            pdf_seconds=self.number("pdf-seconds", *PDF_SECONDS) or 0,
            lists=self.lists(),
            source=self.source,
        )
        self.report_unknown(SETTINGS)
        return Parsed(config, tuple(self.diagnostics))

    def report_unknown(self, known: Sequence[str]) -> None:
        for key in self.table:
            if key not in known:
                self.unknown(key, known)

    # ── lists ────────────────────────────────────────────────────────────────────────────────

    def lists(self) -> ListDefaults:
        """The table `[lists]`."""
        table: Mapping[str, Any] = self.value(
            "lists", {}, "a table: [lists]", lambda value: isinstance(value, dict)
        )
        inner = _Reader(self.source, table, "lists")
        found = ListDefaults(
            importance=inner.words("importance"),
            library=inner.library(),
            pages_per_hour=inner.number("pages-per-hour", 1, 1000) or 0,
            look=ListLook(
                annotations=inner.told("annotations"),
                totals=inner.told("totals"),
                ticks=inner.told("ticks"),
                qr=inner.told("qr"),
                columns=inner.number("columns", 1, 2),
                density=inner.choice("density", Density.ROOMY) if "density" in table else None,
            ),
        )
        inner.report_unknown(LIST_SETTINGS)
        self.diagnostics += inner.diagnostics
        return found

    def told(self, key: str) -> bool | None:
        """A flag that may be left open."""
        value = self.flag(key)
        return value if type(self.table.get(key)) is bool else None

    def number(self, key: str, smallest: int, largest: int) -> int | None:
        return self.value(
            key,
            None,
            f"a number from {smallest} to {largest}",
            lambda value: type(value) is int and smallest <= value <= largest,
        )

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        texts: list[str] = self.value(
            key,
            [],
            "a list of words, the most important first",
            lambda value: (
                isinstance(value, list)
                and all(isinstance(word, str) and word.strip() for word in value)
            ),
        )
        return tuple(clean_text(" ".join(word.split()))[0] for word in texts)

    def library(self) -> str:
        """The address of a library."""
        text = self.text("library")
        mistake = library_mistake(text) if text else ""
        if mistake:
            message = f"`library` cannot be this: {mistake}"
            self.diagnostics.append(
                INVALID_SETTING.at(
                    self.place("library"), message, hints=[f"for example: {LIBRARY_EXAMPLE}"]
                )
            )
        return "" if mistake else text

    # ── values ───────────────────────────────────────────────────────────────────────────────

    def text(self, key: str) -> str:
        text = self.value(key, "", "a text in quotes", lambda value: isinstance(value, str))
        cleaned, replaced = clean_text(text)
        if replaced:
            message = f"`{key}` holds the character U+{ord(text[replaced[0]]):04X}"
            self.diagnostics.append(
                INVALID_SETTING.at(self.place(key), message, hints=["delete it"])
            )
        return cleaned

    def flag(self, key: str) -> bool:
        return self.value(key, False, "true or false", lambda value: isinstance(value, bool))

    def choice(self, key: str, default: EnumT) -> EnumT:
        words = [str(member.value) for member in type(default)]
        word = self.value(
            key, default.value, " or ".join(f'"{w}"' for w in words), words.__contains__
        )
        return type(default)(word)

    def colour(self, key: str) -> str:
        colour = self.value(
            key,
            "",
            'a colour such as "#0b4f5c"',
            lambda value: isinstance(value, str) and COLOUR.fullmatch(value) is not None,
        )
        if colour and (found := contrast_with_white(colour)) < LEAST_CONTRAST:
            message = f"`{colour}` has a contrast of only {found:.1f} to 1 with white"
            hint = f"choose a darker colour, of {LEAST_CONTRAST} to 1 or more; 7 to 1 suits all"
            self.diagnostics.append(FAINT_ACCENT.at(self.place(key), message, hints=[hint]))
        return colour

    def points(self, key: str) -> float:
        smallest, largest = TEXT_SIZES
        return self.value(
            key,
            0,
            f"a number of points from {smallest} to {largest}",
            lambda value: type(value) in (int, float) and smallest <= value <= largest,
        )

    def editions(self) -> tuple[Edition, ...]:
        words = [edition.value for edition in Edition]
        chosen: list[str] = self.value(
            "editions",
            [],
            "a list of " + ", ".join(f'"{word}"' for word in words),
            lambda value: isinstance(value, list) and all(word in words for word in value),
        )
        return tuple(Edition(word) for word in dict.fromkeys(chosen))

    def value(self, key: str, default: T, wanted: str, fits: Callable[[Any], bool]) -> T:
        """The value of a key if it fits, else the default, with a diagnostic if it was there."""
        value: T = self.table.get(key, default)
        if key not in self.table or fits(value):
            return value
        self.diagnostics.append(
            INVALID_SETTING.at(
                self.place(key), f"`{key}` cannot be this", hints=[f"write {wanted}"]
            )
        )
        return default

    def unknown(self, key: str, known: Sequence[str]) -> None:
        near = nearest(key, known)
        hint = f"did you mean `{near}`?" if near else f"known are {', '.join(known)}"
        where = f" of `{self.name}`" if self.name else ""
        self.diagnostics.append(
            UNKNOWN_SETTING.at(self.place(key), f"`{key}` is no setting{where}", hints=[hint])
        )


T = TypeVar("T")
EnumT = TypeVar("EnumT", bound=Enum)

TEXT_SIZES: Final = (8, 36)
"""The smallest and the largest text that can be asked for, in points."""
PDF_SECONDS: Final = (1, 86_400)
"""The least and the most processor time that can be allowed: up to a day."""
COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")
LEAST_CONTRAST: Final = 4.5


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of `#rrggbb` with white, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


SETTINGS: Final = (
    "accent", "citations", "contents", "cover", "docx-template", "duplex", "editions", "emphasis",
    "lists", "locale", "logo", "organisation", "output", "paper", "pdf-seconds", "qr",
    "qr-references", "style", "text-size", "theme", "watermark",
)  # fmt: skip

LIST_SETTINGS: Final = (
    "importance", "library", "pages-per-hour", "annotations", "totals", "ticks", "qr", "columns",
    "density",
)  # fmt: skip
"""The keys of the table `[lists]`."""

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _syntax_error(source: Source, error: Exception) -> Diagnostic:
    """tomllib says the place at the end of its message."""
    words = str(error) if isinstance(error, ValueError) else "nested too deeply"
    offset = len(source.text)
    if found := _POSITION.search(words):
        words = words[: found.start()]
        if found[1]:
            offset = source.offset(int(found[1]), int(found[2]))
    return INVALID_SETTINGS.at(
        Location(source, Span(offset, offset)),
        f"the settings cannot be read: {words[:1].lower()}{words[1:]}",
        hints=['each line reads key = "value"'],
    )


def _location(source: Source, key: str, table: str = "") -> Location:
    """Where a key (or a table of that name) is written; in a table if one is named.

    A table may stand under its own line, in one line (`lists = { qr = true }`), or in pieces
    (`lists.qr = true`).
    """
    name = _name(key)
    if not table:
        found = re.search(rf"^[ \t]*\[*[ \t]*({name})[ \t]*[.=\]]", source.text, re.MULTILINE)
        return Location(source, Span(*found.span(1)) if found else Span(0, 0))
    shapes = (
        rf"^[ \t]*\[[ \t]*{_name(table)}[ \t]*\](?:(?!^[ \t]*\[).)*?^[ \t]*({name})[ \t]*[.=]",
        rf"^[ \t]*{_name(table)}[ \t]*\.[ \t]*({name})[ \t]*=",
        rf"^[ \t]*{_name(table)}[ \t]*=[ \t]*\{{[^\n]*?[{{,][ \t]*({name})[ \t]*=",
    )
    for shape in shapes:
        found = re.search(shape, source.text, re.MULTILINE | re.DOTALL)
        if found:
            return Location(source, Span(*found.span(1)))
    return _location(source, table)


def _name(key: str) -> str:
    """A key as TOML may write it."""
    return rf"(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')"
