"""APA sentence case (APA 7, sections 6.17 and 9.19), with a record of each change."""

from __future__ import annotations

from tcit_export.bibliography.library import Change


def sentence_case(
    rich: str, *, lang: str = "", field: str = "title"
) -> tuple[str, tuple[Change, ...]]:
    """A title in sentence case; proper nouns, acronyms and protected text are kept.

    rich: rich text as `latex.to_rich` makes it, nocase spans where braces protect case (spans that
    wrap the whole title or nearly every word are ignored and taken out).
    lang: `langid` or `language` of the entry, or a BCP 47 tag; empty counts as English. Other
    languages are left alone.
    """
    raise NotImplementedError
