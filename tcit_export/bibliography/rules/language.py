"""The language of a work: biblatex's names of languages as tags (CSL's `language`)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.bibliography.rules.record import Record

_TAGS: Final = {
    "en": "english american british usenglish ukenglish canadian australian newzealand eng",
    "de": "german ngerman austrian naustrian nswissgerman swissgerman deutsch ger deu",
    "fr": "french francais français acadian canadien fre fra",
    "es": "spanish espanol español mexican spa",
    "it": "italian italiano ita",
    "pt": "portuguese portuges brazilian brazil por",
    "nl": "dutch nederlands nld dut",
    "da": "danish dansk dan",
    "sv": "swedish svenska swe",
    "nb": "norwegian norsk nor nob",
    "nn": "nynorsk nno",
    "fi": "finnish suomi fin",
    "pl": "polish polski pol",
    "ru": "russian rus",
    "cs": "czech cze ces",
    "hu": "hungarian magyar hun",
    "tr": "turkish tur",
    "el": "greek gre ell",
    "la": "latin lat",
    "ja": "japanese jpn",
    "zh": "chinese zho chi",
    "ko": "korean kor",
    "ca": "catalan cat",
    "ro": "romanian ron rum",
    "uk": "ukrainian ukr",
    "he": "hebrew heb",
    "ar": "arabic ara",
}
_BY_NAME: Final = {name: tag for tag, names in _TAGS.items() for name in names.split()}


def set_language(record: Record) -> None:
    """Titles of works in other languages than English keep their capitals (6.17, 9.38)."""
    typed = record.language.strip().strip("{}")
    if not typed:
        return
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*", typed):
        code = typed.replace("_", "-")
        record.put("language", _BY_NAME.get(code.lower(), code))
    else:
        record.put("language", _BY_NAME.get(typed.lower(), ""))
