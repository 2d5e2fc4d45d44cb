"""Diagnostics as text and as data."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tcit_export import report
from tcit_export.diagnostic import Diagnostic, Kind, Location, Related, Severity
from tcit_export.source import Source, Span

KIND = Kind("C001", "unknown-citation-key", Severity.ERROR, "Why it matters.")
QUIET = Kind("M020", "missing-alt-text", Severity.WARNING, "Why.")
BIB = Source("content/references.bib", "@book{kahn2001,\n}\n")
TEXT = Source("content/a.md", "# Title\n\nAs argued before [@khan2001, p. 12], schools\n")


def mistake() -> Diagnostic:
    related = Related("`kahn2001` is here", Location(BIB, Span(6, 14)))
    return KIND.at(
        Location(TEXT, Span(28, 36)),
        "`khan2001` is not in the library",
        hints=["did you mean `kahn2001`?"],
        related=[related],
    )


def test_a_terminal_shows_the_line_and_a_marker_under_the_word() -> None:
    assert report.as_terminal_text([mistake()], colour=False) == (
        "error[C001] unknown-citation-key: `khan2001` is not in the library\n"
        "  content/a.md:3:20\n"
        "3 | As argued before [@khan2001, p. 12], schools\n"
        "  |                    ^^^^^^^^\n"
        "   hint: did you mean `kahn2001`?\n"
        "   see: content/references.bib:1:7: `kahn2001` is here\n"
        "   more: tcit-export explain C001\n"
        "\n"
        "1 error\n"
    )


def test_a_pipe_gets_one_line_each() -> None:
    assert report.as_lines([mistake(), mistake()]) == (
        "content/a.md:3:20: error[C001] `khan2001` is not in the library "
        "(did you mean `kahn2001`?)\n"
    )


def test_the_order_is_that_of_the_text() -> None:
    later = QUIET.at(Location(TEXT, Span(40, 41)), "later")
    first = QUIET.at(Location(TEXT, Span(0, 1)), "first")
    lines = report.as_lines([later, mistake(), first]).splitlines()
    assert [line.split(": ", 1)[0] for line in lines] == [
        "content/a.md:1:1",
        "content/a.md:3:20",
        "content/a.md:3:32",
    ]
    assert report.counted([later, mistake(), first]) == "1 error, 2 warnings"


def test_long_lines_are_cut_around_the_place() -> None:
    source = Source("a.md", "x" * 300 + "HERE" + "y" * 300)
    text = report.as_terminal_text([KIND.at(Location(source, Span(300, 304)), "m")], colour=False)
    line, marker = text.splitlines()[2:4]
    assert len(line) < 120
    start = marker.index("^")
    assert line[start : start + 4] == "HERE"
    assert marker.count("^") == 4


def test_wide_characters_keep_the_marker_in_its_column() -> None:
    source = Source("a.md", "漢字 @x")
    text = report.as_terminal_text([KIND.at(Location(source, Span(4, 5)), "m")], colour=False)
    assert text.splitlines()[3] == "  |       ^"


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_no_text_can_steer_the_terminal(text: str, start: int, length: int) -> None:
    source = Source("a\x1b[2J.md", text)
    span = Span(min(start, len(text)), min(start + length, len(text)))
    diagnostic = KIND.at(Location(source, span), text, hints=[text])
    for shown in (
        report.as_terminal_text([diagnostic], colour=False),
        report.as_lines([diagnostic]),
    ):
        assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in shown)
    report.as_json([diagnostic])


def test_json_says_all_of_it() -> None:
    (data,) = json.loads(report.as_json([mistake()]))
    assert data == {
        "code": "C001",
        "name": "unknown-citation-key",
        "severity": "error",
        "message": "`khan2001` is not in the library",
        "path": "content/a.md",
        "line": 3,
        "column": 20,
        "end_line": 3,
        "end_column": 28,
        "hints": ["did you mean `kahn2001`?"],
        "related": [
            {
                "message": "`kahn2001` is here",
                "path": "content/references.bib",
                "line": 1,
                "column": 7,
                "end_line": 1,
                "end_column": 15,
            }
        ],
    }


def test_sarif_has_a_rule_for_each_result() -> None:
    data = json.loads(report.as_sarif([mistake()], version="1.0"))
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    assert run["tool"]["driver"]["version"] == "1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["C001"]
    (result,) = run["results"]
    assert result["level"] == "error"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 20, "endLine": 3, "endColumn": 28}
