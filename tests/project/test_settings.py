"""tcit.toml: each setting, and each way to get it wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcit_export.config import SETTINGS, Config, read_config
from tcit_export.model.document import ListDefaults
from tcit_export.model.nodes import Density, ListLook
from tcit_export.model.options import Citations, Edition, Emphasis, Paper, Theme
from tcit_export.source import Source
from tests.projects import command, make_project


def lines(text: str) -> list[str]:
    found = read_config(Source("tcit.toml", text)).diagnostics
    return [
        f"{d.location.line}:{d.location.column} {d.code} {d.message} | {' '.join(d.hints)}"
        for d in found
    ]


def test_every_setting_is_read() -> None:
    text = """
paper = "a4"
style = "chicago-author-date"
locale = "en-GB"
organisation = "TCIT"
output = "handouts"
citations = "word"
docx-template = "letterhead.dotx"
contents = true
editions = ["large-print", "handout"]
theme = "sans"
emphasis = "underline"
accent = "#0B4F5C"
text-size = 11
logo = "content/logo.svg"
cover = true
duplex = true
watermark = "DRAFT"
qr = true
qr-references = true
pdf-seconds = 600

[lists]
importance = ["Core", "Useful"]
library = "https://library.example.org/search?q={isbn}"
pages-per-hour = 20
annotations = true
totals = true
ticks = false
qr = true
columns = 2
density = "compact"
"""
    parsed = read_config(Source("tcit.toml", text))
    assert parsed.diagnostics == ()
    assert parsed.value == Config(
        paper=Paper.A4,
        style="chicago-author-date",
        locale="en-GB",
        organisation="TCIT",
        output="handouts",
        citations=Citations.WORD,
        docx_template="letterhead.dotx",
        contents=True,
        editions=(Edition.LARGE_PRINT, Edition.HANDOUT),
        theme=Theme.SANS,
        emphasis=Emphasis.UNDERLINE,
        accent="#0B4F5C",
        text_size=11,
        logo="content/logo.svg",
        cover=True,
        duplex=True,
        watermark="DRAFT",
        qr=True,
        qr_references=True,
        pdf_seconds=600,
        lists=ListDefaults(
            importance=("Core", "Useful"),
            library="https://library.example.org/search?q={isbn}",
            pages_per_hour=20,
            look=ListLook(True, True, False, True, 2, Density.COMPACT),
        ),
    )


def test_an_empty_file_means_the_defaults() -> None:
    assert read_config(Source("tcit.toml", "")).value == Config()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('\npapper = "a4"', "2:1 P011 `papper` is no setting | did you mean `paper`?"),
        ("# x\n[stile]\n", "2:2 P011 `stile` is no setting | did you mean `style`?"),
        ('paper = "a5"', '1:1 P012 `paper` cannot be this | write "letter" or "a4"'),
        ("contents = 1", "1:1 P012 `contents` cannot be this | write true or false"),
        ("\n\nstyle = []", "3:1 P012 `style` cannot be this | write a text in quotes"),
        (
            'accent = "#00aacc"',
            "1:1 P013 `#00aacc` has a contrast of only 2.8 to 1 with white"
            " | choose a darker colour, of 4.5 to 1 or more; 7 to 1 suits all",
        ),
        (
            'accent = "teal"',
            '1:1 P012 `accent` cannot be this | write a colour such as "#0b4f5c"',
        ),
        (
            "text-size = 72",
            "1:1 P012 `text-size` cannot be this | write a number of points from 8 to 36",
        ),
        (
            'editions = ["handout", "braille"]',
            "1:1 P012 `editions` cannot be this | write a list of "
            '"handout", "large-print", "booklet", "fact-sheet", "fragment"',
        ),
        (
            "style = apa",
            '1:9 P010 the settings cannot be read: invalid value | each line reads key = "value"',
        ),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, line: str) -> None:
    assert lines(text) == [line]


def test_a_mistake_leaves_the_other_settings_standing() -> None:
    parsed = read_config(Source("tcit.toml", 'paper = 3\nlocale = "en-GB"'))
    assert parsed.value == Config(locale="en-GB")


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 3000, "a = " + "9" * 6000, '"\\ud800" = 1', "\x00", "[a"]
)
def test_nonsense_is_a_diagnostic_never_an_exception(text: str) -> None:
    assert lines(text)


LIBRARY = "for example: https://library.example.org/search?q={doi}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lists = true", ["1:1 P012 `lists` cannot be this | write a table: [lists]"]),
        (
            'ticks = 1\n[lists]\n# qr = false\nqr = "no"\n[other]\nqr = 1\n',
            [
                "4:1 P012 `qr` cannot be this | write true or false",
                "1:1 P011 `ticks` is no setting | known are " + ", ".join(SETTINGS),
                "5:2 P011 `other` is no setting | did you mean `theme`?",
            ],
        ),
        (
            "lists.columns = 3\nlists.colums = 1",
            [
                "1:7 P012 `columns` cannot be this | write a number from 1 to 2",
                "2:7 P011 `colums` is no setting of `lists` | did you mean `columns`?",
            ],
        ),
        (
            "lists = { ticks = true, importance = [1] }",
            ["1:25 P012 `importance` cannot be this | "
             "write a list of words, the most important first"],
        ),
        (
            '[lists]\nlibrary = "https://x.org/{isnb}"',
            [f"2:1 P012 `library` cannot be this: `{{isnb}}` is no part of a work | {LIBRARY}"],
        ),
        (
            '[lists]\nlibrary = "ftp://x.org/{doi}"',
            [f"2:1 P012 `library` cannot be this: this is no address of the web | {LIBRARY}"],
        ),
        (
            '[lists]\nlibrary = "https://x.org/"',
            ["2:1 P012 `library` cannot be this: no part of a work stands in this address | "
             + LIBRARY],
        ),
    ],
)  # fmt: skip
def test_mistakes_in_the_settings_of_lists(text: str, told: list[str]) -> None:
    assert lines(text) == told


def test_a_document_goes_before_its_project() -> None:
    project = ListDefaults(("A", "B"), "https://x.org/{doi}", 20, ListLook(ticks=True, columns=2))
    document = ListDefaults(("C",), look=ListLook(ticks=False))
    assert document.over(project) == ListDefaults(
        ("C",), "https://x.org/{doi}", 20, ListLook(ticks=False, columns=2)
    )


@pytest.mark.parametrize(
    ("setting", "code", "word"),
    [('style = "apaa"', "S001", "apaa"), ('locale = "xx-ZZ"', "S003", "xx-ZZ")],
)
def test_a_style_or_locale_that_does_not_exist_is_told_where_it_is_set(
    tmp_path: Path, setting: str, code: str, word: str
) -> None:
    head = "---\ntitle: T\n---\ntext\n"
    settings = f"# ours\n{setting}\n"
    make_project(tmp_path, {"content/a.md": head, "content/b.md": head, "tcit.toml": settings})
    (told,) = command("check", cwd=tmp_path).stderr.splitlines()
    assert told.startswith("tcit.toml:2:1: ")
    assert f"[{code}]" in told
    assert f"`{word}`" in told
