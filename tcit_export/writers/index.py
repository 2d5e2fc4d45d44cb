"""The documents of a folder -> one page that lists them, for `output/index.html`.

As the handouts it asks nothing of anyone: style and script are inside and allowed by their hashes.
Without script it is a plain list by kind; with it, one can search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from tcit_export.model.document import DocumentKind
from tcit_export.model.labels import is_own_language, language_of_words
from tcit_export.templates import Templates
from tcit_export.writers.html import MEDIA_TYPE, policies, style_sheet
from tcit_export.writers.index_entry import IndexEntry
from tcit_export.writers.page_frame import environment
from tcit_export.writers.rendered import Rendered

FORMAT_NAMES: Final = {"html": "HTML", "pdf": "PDF", "docx": "Word"}
"""Names that are the same in all languages; the other editions are among the labels."""


@dataclass(frozen=True, slots=True)
class IndexFile:
    """One output of a document, by its format or, if it is another, its edition. `size` in bytes,
    if it is known.
    """

    format: str
    href: str
    size: int | None = None

    def name(self, labels: IndexLabels) -> str:
        """What a reader calls it."""
        editions = {
            "large-print": labels.large_print,
            "booklet": labels.booklet,
            "fact-sheet": labels.fact_sheet,
            "fragment": labels.fragment,
        }
        return FORMAT_NAMES.get(self.format) or editions.get(self.format, self.format.upper())

    @property
    def size_text(self) -> str:
        return "" if self.size is None else readable_size(self.size)


@dataclass(frozen=True, slots=True)
class IndexLabels:
    """The words of the page."""

    title: str = "Reviews and reading lists"
    reviews: str = "Reviews"
    reading_lists: str = "Reading lists"
    search: str = "Search by title, author, year or keyword"
    one: str = "1 document"
    many: str = "{count} documents"
    found: str = "{found} of {count} documents"
    skip: str = "Skip to the documents"
    large_print: str = "Large-print PDF"
    booklet: str = "Booklet PDF"
    fact_sheet: str = "Fact-sheet PDF"
    fragment: str = "HTML fragment"


_LABELS: Final = {
    "en": IndexLabels(),
    "da": IndexLabels(
        "Anmeldelser og læselister",
        "Anmeldelser",
        "Læselister",
        "Søg efter titel, forfatter, år eller nøgleord",
        "1 dokument",
        "{count} dokumenter",
        "{found} af {count} dokumenter",
        "Gå til dokumenterne",
        "PDF med stor skrift",
        "PDF som hæfte",
        "PDF som faktaark",
        "HTML-fragment",
    ),
    "de": IndexLabels(
        "Besprechungen und Literaturlisten",
        "Besprechungen",
        "Literaturlisten",
        "Nach Titel, Autor, Jahr oder Schlagwort suchen",
        "1 Dokument",
        "{count} Dokumente",
        "{found} von {count} Dokumenten",
        "Zu den Dokumenten springen",
        "PDF in Großdruck",
        "PDF als Heft",
        "PDF als Infoblatt",
        "HTML-Fragment",
    ),
    "es": IndexLabels(
        "Reseñas y listas de lectura",
        "Reseñas",
        "Listas de lectura",
        "Buscar por título, autor, año o palabra clave",
        "1 documento",
        "{count} documentos",
        "{found} de {count} documentos",
        "Ir a los documentos",
        "PDF en letra grande",
        "PDF en folleto",
        "PDF en ficha",
        "Fragmento HTML",
    ),
    "fr": IndexLabels(
        "Comptes rendus et listes de lectures",
        "Comptes rendus",
        "Listes de lectures",
        "Chercher par titre, auteur, année ou mot-clé",
        "1 document",
        "{count} documents",
        "{found} sur {count} documents",
        "Aller aux documents",
        "PDF en gros caractères",
        "PDF en livret",
        "PDF en fiche",
        "Fragment HTML",
    ),
    "it": IndexLabels(
        "Recensioni ed elenchi di letture",
        "Recensioni",
        "Elenchi di letture",
        "Cerca per titolo, autore, anno o parola chiave",
        "1 documento",
        "{count} documenti",
        "{found} di {count} documenti",
        "Vai ai documenti",
        "PDF a caratteri grandi",
        "PDF in opuscolo",
        "PDF in scheda",
        "Frammento HTML",
    ),
    "nb": IndexLabels(
        "Anmeldelser og leselister",
        "Anmeldelser",
        "Leselister",
        "Søk etter tittel, forfatter, år eller nøkkelord",
        "1 dokument",
        "{count} dokumenter",
        "{found} av {count} dokumenter",
        "Gå til dokumentene",
        "PDF med stor skrift",
        "PDF som hefte",
        "PDF som faktaark",
        "HTML-fragment",
    ),
    "nl": IndexLabels(
        "Besprekingen en leeslijsten",
        "Besprekingen",
        "Leeslijsten",
        "Zoeken op titel, auteur, jaar of trefwoord",
        "1 document",
        "{count} documenten",
        "{found} van {count} documenten",
        "Naar de documenten",
        "Grootletter-pdf",
        "Pdf als boekje",
        "Pdf als infoblad",
        "HTML-fragment",
    ),
    "pl": IndexLabels(
        "Recenzje i listy lektur",
        "Recenzje",
        "Listy lektur",
        "Szukaj według tytułu, autora, roku lub słowa kluczowego",
        "1 dokument",
        "Dokumenty: {count}",
        "Dokumenty: {found} z {count}",
        "Przejdź do dokumentów",
        "PDF z dużym drukiem",
        "PDF jako broszura",
        "PDF jako karta informacyjna",
        "Fragment HTML",
    ),
    "pt": IndexLabels(
        "Resenhas e listas de leituras",
        "Resenhas",
        "Listas de leituras",
        "Pesquisar por título, autor, ano ou palavra-chave",
        "1 documento",
        "{count} documentos",
        "{found} de {count} documentos",
        "Ir para os documentos",
        "PDF em letra grande",
        "PDF em livreto",
        "PDF em ficha",
        "Fragmento HTML",
    ),
    "sv": IndexLabels(
        "Recensioner och läslistor",
        "Recensioner",
        "Läslistor",
        "Sök på titel, författare, år eller nyckelord",
        "1 dokument",
        "{count} dokument",
        "{found} av {count} dokument",
        "Gå till dokumenten",
        "PDF med stor stil",
        "PDF som häfte",
        "PDF som faktablad",
        "HTML-fragment",
    ),
}


@dataclass(frozen=True, slots=True)
class Index:
    """All documents of a folder. `organisation` stands above the title, as in a running head."""

    entries: tuple[IndexEntry, ...]
    organisation: str = ""
    lang: str = field(default="")

    def language(self) -> str:
        """The one given, or the one that all documents share; another if it has no words here."""
        shared = {entry.lang for entry in self.entries}
        lang = self.lang or (next(iter(shared)) if len(shared) == 1 else "en-US")
        return lang if is_own_language(lang) else language_of_words(lang)


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one kind, newest first."""

    id: str
    title: str
    entries: tuple[IndexEntry, ...]


def write(index: Index, templates: Templates) -> Rendered:
    """The page as UTF-8. The same entries give the same bytes, whatever their order."""
    labels = labels_for(index.language())
    style = f"{style_sheet(templates, 'screen.css', {})} {style_sheet(templates, 'index.css', {})}"
    script = templates.text("index.js").strip()
    count = len(index.entries)
    html = (
        environment(templates)
        .get_template("index.html.j2")
        .render(
            index=index,
            labels=labels,
            groups=groups(index.entries, labels),
            count=count,
            count_text=labels.one if count == 1 else labels.many.format(count=count),
            style=Markup(style),  # noqa: S704  (ours, without user text)
            script=Markup(script),  # noqa: S704  (ours, without user text)
            policies=policies(style, script),
        )
    )
    return Rendered(html.encode("utf-8"), ".html", MEDIA_TYPE)


def labels_for(lang: str) -> IndexLabels:
    """The words in a language; English for those that are not here."""
    return _LABELS[language_of_words(lang)]


def groups(entries: Iterable[IndexEntry], labels: IndexLabels) -> tuple[Group, ...]:
    """Entries by kind; in each the newest first, undated ones last, then by title."""
    found = list(entries)
    kinds = (
        ("reviews", labels.reviews, DocumentKind.REVIEW),
        ("reading-lists", labels.reading_lists, DocumentKind.READING_LIST),
    )
    parted = (
        Group(id, title, _sorted([e for e in found if e.kind is kind])) for id, title, kind in kinds
    )
    return tuple(group for group in parted if group.entries)


def _sorted(entries: Sequence[IndexEntry]) -> tuple[IndexEntry, ...]:
    by_title = sorted(entries, key=lambda entry: (entry.title.casefold(), entry.href))
    return tuple(sorted(by_title, key=lambda entry: entry.date, reverse=True))


def readable_size(size: int) -> str:
    """`999` -> "1 kB", `34_567` -> "35 kB", `1_234_567` -> "1.2 MB" (decimal units)."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}kB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB"
