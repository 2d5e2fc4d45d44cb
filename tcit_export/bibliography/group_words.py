"""The words of headings that groups of works get, by language."""

from __future__ import annotations

from typing import Final, NamedTuple

KINDS: Final = (
    "article", "book", "chapter", "conference", "thesis", "report", "press", "web", "media",
    "data", "unpublished", "legal", "other",
)  # fmt: skip
"""What works are grouped by under `type`, in the order of their headings."""


class GroupWords(NamedTuple):
    """Headings. `kinds` are in the order of `KINDS`; `rest` heads what is in no other group."""

    week: str = "Week {number}"
    decade: str = "{year}–{last}"
    undated: str = "No date"
    rest: str = "Other readings"
    kinds: tuple[str, ...] = (
        "Journal articles", "Books", "Book chapters", "Conference papers", "Theses", "Reports",
        "Magazine and newspaper articles", "Web pages", "Audiovisual works", "Data and software",
        "Unpublished works", "Legal works", "Other works",
    )  # fmt: skip


def _words(week: str, undated: str, rest: str, kinds: str) -> GroupWords:
    return GroupWords(f"{week} {{number}}", undated=undated, rest=rest, kinds=_split(kinds))


def _split(kinds: str) -> tuple[str, ...]:
    return tuple(" ".join(kind.split()) for kind in kinds.split("|"))


_LANGUAGES: Final = {
    "en": GroupWords(),
    "de": _words(
        "Woche", "Ohne Jahr", "Weitere Literatur",
        """Zeitschriftenaufsätze|Bücher|Buchkapitel|Konferenzbeiträge|Hochschulschriften|Berichte
        |Zeitungsartikel|Webseiten|Audiovisuelle Werke|Daten und Software|Unveröffentlichtes
        |Rechtsquellen|Sonstiges""",
    ),
    "fr": _words(
        "Semaine", "Sans date", "Autres lectures",
        """Articles de revues|Livres|Chapitres de livres|Communications|Thèses et mémoires|Rapports
        |Articles de presse|Pages web|Œuvres audiovisuelles|Données et logiciels|Inédits
        |Textes juridiques|Autres documents""",
    ),
    "es": _words(
        "Semana", "Sin fecha", "Otras lecturas",
        """Artículos de revista|Libros|Capítulos de libro|Ponencias|Tesis|Informes
        |Artículos de prensa|Páginas web|Obras audiovisuales|Datos y software|Obras inéditas
        |Textos legales|Otras obras""",
    ),
    "it": _words(
        "Settimana", "Senza data", "Altre letture",
        """Articoli di rivista|Libri|Capitoli di libro|Atti di convegno|Tesi|Rapporti
        |Articoli di giornale|Pagine web|Opere audiovisive|Dati e software|Inediti
        |Testi giuridici|Altre opere""",
    ),
    "pt": _words(
        "Semana", "Sem data", "Outras leituras",
        """Artigos de revistas|Livros|Capítulos de livros|Comunicações|Teses|Relatórios
        |Artigos de imprensa|Páginas web|Obras audiovisuais|Dados e software|Obras inéditas
        |Textos legais|Outras obras""",
    ),
    "nl": _words(
        "Week", "Zonder jaar", "Overige literatuur",
        """Tijdschriftartikelen|Boeken|Hoofdstukken|Congresbijdragen|Proefschriften en scripties
        |Rapporten|Krantenartikelen|Webpagina’s|Audiovisuele werken|Data en software|Ongepubliceerd
        |Juridische bronnen|Overige werken""",
    ),
    "sv": _words(
        "Vecka", "Utan år", "Övrig läsning",
        """Tidskriftsartiklar|Böcker|Bokkapitel|Konferensbidrag|Avhandlingar|Rapporter
        |Tidningsartiklar|Webbsidor|Audiovisuella verk|Data och programvara|Opublicerat
        |Rättskällor|Övriga verk""",
    ),
    "da": _words(
        "Uge", "Uden år", "Øvrig læsning",
        """Tidsskriftsartikler|Bøger|Bogkapitler|Konferencebidrag|Afhandlinger|Rapporter
        |Avisartikler|Websider|Audiovisuelle værker|Data og software|Upubliceret
        |Retskilder|Øvrige værker""",
    ),
    "nb": _words(
        "Uke", "Uten år", "Annet lesestoff",
        """Tidsskriftartikler|Bøker|Bokkapitler|Konferansebidrag|Avhandlinger|Rapporter
        |Avisartikler|Nettsider|Audiovisuelle verk|Data og programvare|Upublisert
        |Rettskilder|Andre verk""",
    ),
    "pl": _words(
        "Tydzień", "Bez daty", "Inne lektury",
        """Artykuły w czasopismach|Książki|Rozdziały w książkach|Referaty|Prace dyplomowe|Raporty
        |Artykuły prasowe|Strony internetowe|Dzieła audiowizualne|Dane i oprogramowanie
        |Prace niepublikowane|Źródła prawa|Inne prace""",
    ),
}  # fmt: skip
_NORWEGIAN: Final = ("no", "nn")


def group_words(lang: str) -> GroupWords:
    """The words of a language tag; English ones where there are none."""
    language = lang.lower().split("-", maxsplit=1)[0]
    return _LANGUAGES.get("nb" if language in _NORWEGIAN else language, _LANGUAGES["en"])


LANGUAGE_NAMES: Final = {
    "ar": "العربية", "ca": "Català", "cs": "Čeština", "da": "Dansk", "de": "Deutsch",
    "el": "Ελληνικά", "en": "English", "es": "Español", "fi": "Suomi", "fr": "Français",
    "he": "עברית", "hu": "Magyar", "it": "Italiano", "ja": "日本語", "ko": "한국어",
    "la": "Latina", "nb": "Norsk bokmål", "nl": "Nederlands", "nn": "Norsk nynorsk",
    "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский", "sv": "Svenska",
    "tr": "Türkçe", "uk": "Українська", "zh": "中文",
}  # fmt: skip
"""Each language by its own name, which the readers of its works know."""
