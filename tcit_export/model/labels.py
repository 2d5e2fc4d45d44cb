"""The words that a handout adds to its author's own, by language.

A language that is not here gets English words; regional tags fall back to their language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tcit_export.model.nodes import Labels

_GERMAN: Final = Labels(
    review="Artikelbesprechung",
    reading_list="Literaturliste",
    reviewed_work="Besprochener Artikel",
    read_original="Zum Originalartikel",
    cite_this="Diesen Artikel zitieren",
    references="Literatur",
    abstract="Zusammenfassung",
    keywords="Schlagwörter",
    contents="Inhalt",
    page="Seite",
    of="von",
    skip_to_content="Zum Text springen",
    notes="Anmerkungen",
    in_the_list="{work}, im Literaturverzeichnis",
    doi_of="DOI von {work}",
    address_of="Adresse von {work}",
    join="und",
    table="Tabelle",
    figure="Abbildung",
    note="Anmerkung {number}",
    back_to_note="Zurück zu Anmerkung {number} im Text",
    cited_in="Zitiert in",
    back_to_citation="Zurück zu Zitat {number} von {work}",
    qr_code="QR-Code: {address}",
    copy="Kopieren",
    copy_reference="Den Literaturhinweis {work} kopieren",
    copied="Kopiert",
    not_copied="Dieser Browser hat das Kopieren nicht erlaubt",
    show_in_list="In der Liste zeigen",
    download="Herunterladen",
    download_references="Diese Literatur herunterladen",
    web_article="Webartikel",
)
_FRENCH: Final = Labels(
    review="Compte rendu d’article",
    reading_list="Liste de lectures",
    reviewed_work="Article examiné",
    read_original="Lire l’article original",
    cite_this="Citer cet article",
    references="Références",
    abstract="Résumé",
    keywords="Mots-clés",
    contents="Sommaire",
    page="Page",
    of="sur",
    skip_to_content="Aller au texte",
    notes="Notes",
    in_the_list="{work}, dans les références",
    doi_of="DOI de {work}",
    address_of="Adresse de {work}",
    join="et",
    table="Tableau",
    figure="Figure",
    note="Note {number}",
    back_to_note="Retour à la note {number} dans le texte",
    cited_in="Cité dans",
    back_to_citation="Retour à la citation {number} de {work}",
    qr_code="Code QR : {address}",
    copy="Copier",
    copy_reference="Copier la référence {work}",
    copied="Copié",
    not_copied="Ce navigateur n’a pas permis la copie",
    show_in_list="Voir dans la liste",
    download="Télécharger",
    download_references="Télécharger ces références",
    web_article="article en ligne",
)
_SPANISH: Final = Labels(
    review="Reseña de artículo",
    reading_list="Lista de lecturas",
    reviewed_work="Artículo reseñado",
    read_original="Leer el artículo original",
    cite_this="Citar este artículo",
    references="Referencias",
    abstract="Resumen",
    keywords="Palabras clave",
    contents="Índice",
    page="Página",
    of="de",
    skip_to_content="Ir al texto",
    notes="Notas",
    in_the_list="{work}, en las referencias",
    doi_of="DOI de {work}",
    address_of="Dirección de {work}",
    join="y",
    table="Tabla",
    figure="Figura",
    note="Nota {number}",
    back_to_note="Volver a la nota {number} en el texto",
    cited_in="Citado en",
    back_to_citation="Volver a la cita {number} de {work}",
    qr_code="Código QR: {address}",
    copy="Copiar",
    copy_reference="Copiar la referencia {work}",
    copied="Copiado",
    not_copied="Este navegador no permitió copiar",
    show_in_list="Ver en la lista",
    download="Descargar",
    download_references="Descargar estas referencias",
    web_article="artículo en línea",
)
_LANGUAGES: Final = {"en": Labels(), "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}

_BOOKS: Final = {
    "en": ("Book review", "Reviewed book", "Find the book"),
    "de": ("Buchbesprechung", "Besprochenes Buch", "Zum Buch"),
    "fr": ("Compte rendu de livre", "Livre examiné", "Voir le livre"),
    "es": ("Reseña de libro", "Libro reseñado", "Ver el libro"),
}
_WORK: Final = {
    "en": ("Review", "Reviewed work", "Find the original"),
    "de": ("Besprechung", "Besprochenes Werk", "Zum Original"),
    "fr": ("Compte rendu", "Œuvre examinée", "Voir l’original"),
    "es": ("Reseña", "Obra reseñada", "Ver el original"),
}
_WORKS: Final = {
    "en": ("Review", "Reviewed works", "Read the originals"),
    "de": ("Besprechung", "Besprochene Werke", "Zu den Originalen"),
    "fr": ("Compte rendu", "Ouvrages examinés", "Lire les originaux"),
    "es": ("Reseña", "Obras reseñadas", "Leer los originales"),
}


_ARTICLES: Final = frozenset(
    ["article", "article-journal", "article-magazine", "article-newspaper"]
)


def labels_for(lang: str, reviewed_types: tuple[str, ...] = ()) -> Labels:
    """The labels of a language tag; `reviewed_types` are the CSL types of what is reviewed."""
    language = lang.lower().split("-", maxsplit=1)[0]
    language = language if language in _LANGUAGES else "en"
    labels = _LANGUAGES[language]
    if not reviewed_types or (len(reviewed_types) == 1 and reviewed_types[0] in _ARTICLES):
        return labels
    if len(reviewed_types) > 1:
        words = _WORKS[language]
    else:
        words = _BOOKS[language] if reviewed_types[0] == "book" else _WORK[language]
    return replace(labels, review=words[0], reviewed_work=words[1], read_original=words[2])
