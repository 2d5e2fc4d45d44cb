"""The door of the bibliography: BibTeX sources in, a library out."""

from __future__ import annotations

from collections.abc import Sequence

from tcit_export.bibliography.bibtex import parse
from tcit_export.bibliography.library import Entry, Library, RawEntry
from tcit_export.bibliography.to_csl import Converted, to_csl
from tcit_export.diagnostic import Diagnostic, Parsed
from tcit_export.source import Source


def load_library(sources: Sequence[Source]) -> Parsed[Library]:
    """Every entry of the sources, in order, with its item; never raises on what users wrote."""
    parsed = parse(sources)
    raw = {entry.key: entry for entry in parsed.value}
    diagnostics = list(parsed.diagnostics)
    entries: dict[str, Entry] = {}
    aliases: dict[str, str] = {}
    for entry in raw.values():
        converted = to_csl(entry, raw)
        entries[entry.key] = _entry(entry, converted)
        diagnostics.extend(_diagnostics(entry, converted))
        for alias in entry.get("ids").split(","):
            if alias.strip() and alias.strip() not in raw:
                aliases.setdefault(alias.strip(), entry.key)
    return Parsed(Library(entries, aliases), tuple(diagnostics))


def _entry(raw: RawEntry, converted: Converted) -> Entry:
    return Entry(
        raw.key,
        raw.type,
        raw.fields,
        raw.source,
        raw.span,
        raw.key_span,
        converted.item,
        converted.changes,
    )


def _diagnostics(entry: RawEntry, converted: Converted) -> list[Diagnostic]:
    """Mistakes inside values, each at its field, each once."""
    unique = dict.fromkeys(converted.remarks)
    return [remark.at(entry.location(name)) for name, remark in unique]
