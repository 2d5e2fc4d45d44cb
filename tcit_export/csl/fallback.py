"""Locale Fallback: the terms, dates and options of a style in a language.

Each is looked for in the style's own cs:locale elements, then in the locale files: the dialect's,
the primary dialect's, en-US's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from tcit_export.csl.load import load_locale
from tcit_export.csl.style import Date, Locale, Style, Term, TermKey
from tcit_export.csl.xml import XmlText

LocaleProvider: TypeAlias = Callable[[str], XmlText | None] | Mapping[str, XmlText]

PRIMARY_DIALECTS: Mapping[str, str] = {
    "af": "af-ZA", "bal": "bal-PK", "bg": "bg-BG", "brh": "brh-PK", "ca": "ca-AD", "cs": "cs-CZ",
    "cy": "cy-GB", "da": "da-DK", "de": "de-DE", "el": "el-GR", "en": "en-US", "es": "es-ES",
    "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR", "gl": "gl-ES", "he": "he-IL",
    "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "hy": "hy-AM", "id": "id-ID", "is": "is-IS",
    "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "kh": "km-KH", "ko": "ko-KR", "lij": "lij-IT",
    "lt": "lt-LT", "lv": "lv-LV", "mn": "mn-MN", "ms": "ms-MY", "nb": "nb-NO", "nl": "nl-NL",
    "nn": "nn-NO", "no": "nb-NO", "pa": "pa-PK", "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO",
    "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS", "sv": "sv-SE", "th": "th-TH",
    "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
"""Language -> its primary dialect (Locale Fallback)."""


_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
"""A language tag: nothing else of a style is handed to the provider, which may look for a file."""


def locale_chain(lang: str) -> tuple[str, ...]:
    """Locale files to look in, the nearest first: dialect, primary dialect, en-US."""
    base = lang.split("-")[0]
    primary = PRIMARY_DIALECTS.get(base, base)
    chosen = lang if "-" in lang else primary
    return tuple(dict.fromkeys((chosen, primary, base, "en-US")))


@lru_cache(maxsize=128)
def _cached_locale(xml: XmlText) -> Locale:
    return load_locale(xml)


@lru_cache(maxsize=128)
def _merged_files(xmls: tuple[XmlText, ...]) -> Locale:
    return _merge([_cached_locale(xml) for xml in xmls], "")


def resolve_locale(style: Style, provider: LocaleProvider, lang: str | None = None) -> Locale:
    """Terms, dates and options for `style` in `lang` (default: the style's own, or en-US).

    Each unit is looked for in the style's cs:locale elements, then in the locale files
    (Locale Fallback). Raises StyleError for a locale file that is damaged.
    """
    chosen = lang or style.default_locale or "en-US"
    get = provider if callable(provider) else provider.get
    wanted = (name for name in locale_chain(chosen) if _LANGUAGE.fullmatch(name))
    files = tuple(xml for name in wanted if (xml := get(name)) is not None)
    base = chosen.split("-")[0]
    dialect = chosen if "-" in chosen else PRIMARY_DIALECTS.get(base, base)
    own = [
        locale
        for tag in dict.fromkeys((dialect, base, ""))
        for locale in style.locales
        if locale.lang == tag
    ]
    return _merge([*own, _merged_files(files)], dialect)


def _merge(locales: Sequence[Locale], lang: str) -> Locale:
    """One locale out of several, the first having the last word.

    The ordinal terms go together: a locale that has any of them replaces all of those
    further back (Ordinal Suffixes).
    """
    terms: dict[TermKey, Term] = {}
    dates: dict[str, Date] = {}
    in_quote: bool | None = None
    limit_day: bool | None = None
    for locale in reversed(locales):
        if any(_is_ordinal(key[0]) for key in locale.terms):
            terms = {key: term for key, term in terms.items() if not _is_ordinal(key[0])}
        own = {key[0] for key in locale.terms if key[0].startswith("long-ordinal")}
        if own:
            # "primeira" alone still keeps "first" out: genders are forms of one term.
            terms = {key: term for key, term in terms.items() if key[0] not in own}
        terms.update(locale.terms)
        dates.update(locale.dates)
        if locale.punctuation_in_quote is not None:
            in_quote = locale.punctuation_in_quote
        if locale.limit_day_ordinals_to_day_1 is not None:
            limit_day = locale.limit_day_ordinals_to_day_1
    return Locale(
        lang=lang,
        terms=terms,
        dates=dates,
        punctuation_in_quote=in_quote,
        limit_day_ordinals_to_day_1=limit_day,
    )


def _is_ordinal(name: str) -> bool:
    return name.startswith("ordinal")
