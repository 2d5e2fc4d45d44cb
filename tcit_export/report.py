"""Diagnostics as people and programs read them.

On a terminal each has its source line with a marker under the place, and its hints; in a pipe it
is one line, `path:line:column: error[CODE] message`. JSON and SARIF 2.1.0 are for editors and CI.
Text that comes from users' files is shown without control characters: a file must not be able to
write to the terminal.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from tcit_export.diagnostic import Diagnostic, Location, Severity, in_order
from tcit_export.source import Source, clean_text

_LONGEST_LINE: Final = 100
"""Characters of a source line that are shown."""
_BEFORE: Final = 30
"""Of them, at least these before the place, where a line is cut."""
_COLOURS: Final = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_QUIET, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"


def one_line(diagnostic: Diagnostic) -> str:
    """`content/a.md:14:20: error[C001] message (hint)`."""
    place = _place(diagnostic.location)
    hints = "".join(f" ({_shown(hint)})" for hint in diagnostic.hints)
    return f"{place}: {_head(diagnostic)} {_shown(diagnostic.message)}{hints}"


def as_lines(diagnostics: Iterable[Diagnostic]) -> str:
    """One line each, in reading order."""
    return "".join(f"{one_line(diagnostic)}\n" for diagnostic in in_order(diagnostics))


def as_terminal_text(diagnostics: Iterable[Diagnostic], *, colour: bool = True) -> str:
    """Each with its source line, marker and hints, and a line that counts them."""
    ordered = in_order(diagnostics)
    paragraphs = ["".join(f"{line}\n" for line in _paragraph(d, colour)) for d in ordered]
    if ordered:
        paragraphs.append(f"{counted(ordered)}\n")
    return "\n".join(paragraphs)


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    parts = [(errors, "error"), (warnings, "warning")]
    return ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in parts if n) or "no problems"


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of objects: code, name, severity, message, path, range, hints, related places."""
    data = [_object(diagnostic) for diagnostic in in_order(diagnostics)]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_sarif(diagnostics: Iterable[Diagnostic], version: str = "") -> str:
    """SARIF 2.1.0, which code hosts show beside the changed lines."""
    ordered = in_order(diagnostics)
    kinds = {d.code: d.kind for d in ordered}
    rules = [
        {
            "id": code,
            "name": kinds[code].name,
            "shortDescription": {"text": kinds[code].name.replace("-", " ")},
            "fullDescription": {"text": kinds[code].explanation.strip()},
        }
        for code in sorted(kinds)
    ]
    driver: dict[str, Any] = {"name": "tcit-export", "rules": rules}
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(diagnostic) for diagnostic in ordered],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    data = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


# ── text ─────────────────────────────────────────────────────────────────────────────────────────


def _shown(text: str) -> str:
    """A user's text on one line, without anything that steers a terminal."""
    return clean_text(" ".join(text.split()))[0]


def _place(location: Location) -> str:
    return f"{_shown(location.path)}:{location.line}:{location.column}"


def _head(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.severity.value}[{diagnostic.code}]"


def _paragraph(diagnostic: Diagnostic, colour: bool) -> Iterator[str]:
    """The form that house style knows from compilers: what, where, the line, what to do."""

    def styled(style: str, text: str) -> str:
        return f"{style}{text}{_PLAIN}" if colour else text

    head = styled(_COLOURS[diagnostic.severity], _head(diagnostic))
    message = styled(_BOLD, _shown(diagnostic.message))
    yield f"{head} {diagnostic.kind.name}: {message}"
    yield f"  {styled(_QUIET, _place(diagnostic.location))}"
    if diagnostic.location.source.text:
        for line in _excerpt(diagnostic.location):
            yield styled(_QUIET, line[0]) + line[1]
    for hint in diagnostic.hints:
        yield f"   hint: {_shown(hint)}"
    for related in diagnostic.related:
        yield f"   see: {_place(related.location)}: {_shown(related.message)}"
    yield styled(_QUIET, f"   more: tcit-export explain {diagnostic.code}")


def _excerpt(location: Location) -> Iterator[tuple[str, str]]:
    """The source line and the marker under the place, each as (margin, text)."""
    source, number, column = location.source, location.line, location.column
    line = _visible(source.line_text(number))
    start = column - 1
    end = min(start + max(location.span.end - location.span.start, 1), max(len(line), start + 1))
    first = max(0, start - _BEFORE) if len(line) > _LONGEST_LINE else 0
    shown = line[first : first + _LONGEST_LINE]
    start, end = start - first, min(end - first, len(shown) + 1)
    before = "…" if first else ""
    after = "…" if first + _LONGEST_LINE < len(line) else ""
    margin = " " * len(str(number))
    yield f"{number} | ", f"{before}{shown}{after}"
    marker = " " * (width(shown[:start]) + len(before)) + "^" * max(width(shown[start:end]), 1)
    yield f"{margin} | ", marker


def _visible(line: str) -> str:
    """A source line of the same length in characters; tabs are shown as one blank."""
    return clean_text(line.replace("\t", " "))[0]


def width(text: str) -> int:
    """Columns a text takes on a terminal: two for East Asian wide signs, none for combining."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


# ── data ─────────────────────────────────────────────────────────────────────────────────────────


def _object(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.kind.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_range(diagnostic.location),
        "hints": list(diagnostic.hints),
        "related": [
            {"message": related.message, **_range(related.location)}
            for related in diagnostic.related
        ],
    }


def _range(location: Location) -> dict[str, Any]:
    end_line, end_column = _end(location.source, location)
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _end(source: Source, location: Location) -> tuple[int, int]:
    return source.line_column(max(location.span.end, location.span.start))


def _sarif_result(diagnostic: Diagnostic) -> dict[str, Any]:
    text = ". ".join((diagnostic.message, *diagnostic.hints))
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.value,
        "message": {"text": text},
        "locations": [_sarif_location(diagnostic.location)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {**_sarif_location(related.location), "message": {"text": related.message}}
            for related in diagnostic.related
        ]
    return result


def _sarif_location(location: Location) -> dict[str, Any]:
    end_line, end_column = _end(location.source, location)
    region = {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": location.path}, "region": region}}
