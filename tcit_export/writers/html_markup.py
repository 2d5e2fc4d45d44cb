"""Text into HTML: the one place where escaping happens, and what may stand in an attribute."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from markupsafe import Markup, escape

from tcit_export.model.nodes import Attributes

EMPTY: Final = Markup()
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_FOLLOWABLE: Final = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]", re.IGNORECASE)
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def together(parts: Iterable[Markup], between: str = "") -> Markup:
    """Pieces of markup one after another; `Markup.join` would escape each of them anew."""
    return _markup(between.join(parts))


def _markup(text: str) -> Markup:
    """Text that is markup already; `Markup` itself would first ask whether it is more than text."""
    return str.__new__(Markup, text)


def element(
    tag: str, content: Markup | str | None, /, **attributes: str | int | bool | None
) -> Markup:
    """`<tag attributes>content</tag>`; without content a void element.

    An attribute's `_` is a hyphen, a last one is dropped (`class_`); None leaves it out, True
    stands alone.
    """
    words = [tag]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        words.append(name if value is True else f'{name}="{escape(str(value))}"')
    opening = f"<{' '.join(words)}>"
    # The only place where text becomes markup: tag and attribute names are ours, all else escaped.
    if content is None:
        return _markup(opening)
    # `escape` would copy what is markup twice.
    inner = content if isinstance(content, Markup) else escape(content)
    return _markup(f"{opening}{inner}</{tag}>")


def language(attributes: Attributes) -> dict[str, str]:
    """`lang` and `dir`, where they were typed and are well formed."""
    lang, direction = attributes.get("lang"), attributes.get("dir")
    found = {"lang": lang} if _LANGUAGE.fullmatch(lang) else {}
    return {**found, "dir": direction} if direction in ("ltr", "rtl", "auto") else found


def followable(address: str) -> str | None:
    """An address that a page may lead to: a second wall, should one get past the readers."""
    if address.lower().startswith("doi:"):
        return f"https://doi.org/{quote(address[4:].lstrip('/'), errors='replace')}"
    return address if _FOLLOWABLE.match(address) else None


def clean(text: str) -> str:
    """Without what no page can hold: controls, lone surrogates, noncharacters."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
