"""The words that a reading list adds to its author's own, by language.

Words that are counted have their forms side by side, as translators write them:
`"{count} page|{count} pages"`; three forms are one, few, and many, as Slavic languages have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ListLabels:
    """The words of reading lists, in the document's language."""

    importance: tuple[str, ...] = ("Essential", "Recommended", "Further")
    """The vocabulary of importance, the most important first."""
    heading: str = "Readings"
    """Above the list of a reading list that has no heading of its own."""
    nothing: str = "Nothing is listed here yet."
    readings: str = "{count} reading|{count} readings"
    pages: str = "{count} page|{count} pages"
    minutes: str = "{count} minute|{count} minutes"
    hours: str = "{count} hour|{count} hours"
    about: str = "about {amount}"
    at_least: str = "at least {amount}"
    library: str = "Find in the library"
    library_of: str = "{work}, in the library"
    tick: str = "I have read {work}"
    cite_this: str = "Cite this reading list"


_LANGUAGES: Final = {
    "en": ListLabels(),
    "de": ListLabels(
        ("Grundlegend", "Empfohlen", "Weiterführend"),
        "Lektüre",
        "Hier steht noch nichts.",
        "{count} Text|{count} Texte",
        "{count} Seite|{count} Seiten",
        "{count} Minute|{count} Minuten",
        "{count} Stunde|{count} Stunden",
        "etwa {amount}",
        "mindestens {amount}",
        "In der Bibliothek suchen",
        "{work}, in der Bibliothek",
        "{work} gelesen",
        "Diese Literaturliste zitieren",
    ),
    "fr": ListLabels(
        ("Indispensable", "Recommandé", "Pour aller plus loin"),
        "Lectures",
        "Rien n’est encore proposé ici.",
        "{count} lecture|{count} lectures",
        "{count} page|{count} pages",
        "{count} minute|{count} minutes",
        "{count} heure|{count} heures",
        "environ {amount}",
        "au moins {amount}",
        "Trouver à la bibliothèque",
        "{work}, à la bibliothèque",
        "J’ai lu {work}",
        "Citer cette liste de lectures",
    ),
    "es": ListLabels(
        ("Imprescindible", "Recomendada", "Complementaria"),
        "Lecturas",
        "Aquí todavía no hay nada.",
        "{count} lectura|{count} lecturas",
        "{count} página|{count} páginas",
        "{count} minuto|{count} minutos",
        "{count} hora|{count} horas",
        "aproximadamente {amount}",
        "al menos {amount}",
        "Buscar en la biblioteca",
        "{work}, en la biblioteca",
        "He leído {work}",
        "Citar esta lista de lecturas",
    ),
    "it": ListLabels(
        ("Essenziale", "Consigliata", "Approfondimento"),
        "Letture",
        "Qui non c’è ancora nulla.",
        "{count} lettura|{count} letture",
        "{count} pagina|{count} pagine",
        "{count} minuto|{count} minuti",
        "{count} ora|{count} ore",
        "circa {amount}",
        "almeno {amount}",
        "Cerca in biblioteca",
        "{work}, in biblioteca",
        "Ho letto {work}",
        "Cita questo elenco di letture",
    ),
    "pt": ListLabels(
        ("Essencial", "Recomendada", "Complementar"),
        "Leituras",
        "Ainda não há nada aqui.",
        "{count} leitura|{count} leituras",
        "{count} página|{count} páginas",
        "{count} minuto|{count} minutos",
        "{count} hora|{count} horas",
        "cerca de {amount}",
        "pelo menos {amount}",
        "Procurar na biblioteca",
        "{work}, na biblioteca",
        "Li {work}",
        "Citar esta lista de leituras",
    ),
    "nl": ListLabels(
        ("Verplicht", "Aanbevolen", "Verdieping"),
        "Literatuur",
        "Hier staat nog niets.",
        "{count} tekst|{count} teksten",
        "{count} pagina|{count} pagina’s",
        "{count} minuut|{count} minuten",
        "{count} uur|{count} uur",
        "ongeveer {amount}",
        "minstens {amount}",
        "Zoeken in de bibliotheek",
        "{work}, in de bibliotheek",
        "{work} gelezen",
        "Deze literatuurlijst citeren",
    ),
    "sv": ListLabels(
        ("Obligatorisk", "Rekommenderad", "Fördjupning"),
        "Läsning",
        "Här finns ingenting ännu.",
        "{count} text|{count} texter",
        "{count} sida|{count} sidor",
        "{count} minut|{count} minuter",
        "{count} timme|{count} timmar",
        "ungefär {amount}",
        "minst {amount}",
        "Sök i biblioteket",
        "{work}, i biblioteket",
        "Jag har läst {work}",
        "Citera denna litteraturlista",
    ),
    "da": ListLabels(
        ("Obligatorisk", "Anbefalet", "Supplerende"),
        "Læsning",
        "Her står endnu ingenting.",
        "{count} tekst|{count} tekster",
        "{count} side|{count} sider",
        "{count} minut|{count} minutter",
        "{count} time|{count} timer",
        "cirka {amount}",
        "mindst {amount}",
        "Find på biblioteket",
        "{work}, på biblioteket",
        "Jeg har læst {work}",
        "Citer denne litteraturliste",
    ),
    "nb": ListLabels(
        ("Obligatorisk", "Anbefalt", "Fordypning"),
        "Lesestoff",
        "Her står det ingenting ennå.",
        "{count} tekst|{count} tekster",
        "{count} side|{count} sider",
        "{count} minutt|{count} minutter",
        "{count} time|{count} timer",
        "omtrent {amount}",
        "minst {amount}",
        "Finn i biblioteket",
        "{work}, i biblioteket",
        "Jeg har lest {work}",
        "Siter denne litteraturlisten",
    ),
    "pl": ListLabels(
        ("Obowiązkowa", "Zalecana", "Uzupełniająca"),
        "Lektury",
        "Tu jeszcze nic nie ma.",
        "{count} lektura|{count} lektury|{count} lektur",
        "{count} strona|{count} strony|{count} stron",
        "{count} minuta|{count} minuty|{count} minut",
        "{count} godzina|{count} godziny|{count} godzin",
        "mniej więcej {amount}",
        "co najmniej {amount}",
        "Znajdź w bibliotece",
        "{work}, w bibliotece",
        "Przeczytane: {work}",
        "Cytuj tę listę lektur",
    ),
}
_NORWEGIAN: Final = ("no", "nn")


def list_labels(lang: str) -> ListLabels:
    """The words of a language tag; English ones where there are none."""
    language = lang.lower().split("-", maxsplit=1)[0]
    return _LANGUAGES.get("nb" if language in _NORWEGIAN else language, _LANGUAGES["en"])


def counted(forms: str, count: int) -> str:
    """ "3 pages": the form that a number takes (CLDR's rules for whole numbers)."""
    one, *more = forms.split("|")
    if count == 1:
        form = one
    elif len(more) < 2:
        form = more[-1] if more else one
    else:
        few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
        form = more[0] if few else more[1]
    return form.format(count=count)


def time_in_words(labels: ListLabels, minutes: int, *, at_least: bool = False) -> str:
    """ "about 40 minutes", "at least 3 hours": no more exact than an estimate is."""
    if minutes < 10:
        amount = counted(labels.minutes, minutes)
    elif minutes < 120:
        amount = counted(labels.minutes, 5 * ((minutes + 2) // 5))
    else:
        amount = counted(labels.hours, (minutes + 30) // 60)
    return (labels.at_least if at_least else labels.about).format(amount=amount)
