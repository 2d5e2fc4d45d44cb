"""A built page with the preview's bar, and the policy that goes with it."""

from __future__ import annotations

from tcit_export.diagnostic import Kind, Location, Severity
from tcit_export.preview import pages
from tcit_export.preview.live import SCRIPT, STYLE, live, policy, version
from tcit_export.preview.pages import Place
from tcit_export.source import Source, Span
from tcit_export.templates import Templates
from tcit_export.writers.index import Index, write
from tcit_export.writers.index_entry import IndexEntry

BUILT = write(Index((IndexEntry("A"), IndexEntry("B"))), Templates.of()).data.decode()
KIND = Kind("X001", "wrong-thing", Severity.ERROR, "Some <b>text</b>.")


def test_the_page_is_the_built_one_but_for_policy_style_script_and_bar() -> None:
    shown = live(BUILT, "<aside>bar</aside>")
    assert "Content-Security-Policy" not in shown
    for addition in (
        "<aside>bar</aside>",
        '<link rel="icon" href="data:,">\n',
        f"<style>{STYLE}</style>\n",
        f"<script>{SCRIPT}</script>\n",
    ):
        assert shown.count(addition) == 1
        shown = shown.replace(addition, "")
    kept = [line for line in BUILT.splitlines() if "Content-Security-Policy" not in line]
    assert shown.splitlines() == kept


def test_the_bar_stands_last_though_the_text_speaks_of_body_ends() -> None:
    page = "<html><head></head><body><pre>&lt;/body&gt;</pre></body></html>"
    assert live(page, "BAR").endswith(f"BAR<script>{SCRIPT}</script>\n</body></html>")


def test_a_template_without_head_and_body_gets_the_bar_all_the_same() -> None:
    shown = live("<p>text", "BAR")
    assert shown.index("<p>text") < shown.index(STYLE) < shown.index("BAR") < shown.index(SCRIPT)


def test_style_and_script_cannot_end_early() -> None:
    assert "</" not in STYLE
    assert "</" not in SCRIPT


def test_the_policy_keeps_the_hashes_and_forbids_everything_elsewhere() -> None:
    allowed = policy(BUILT)
    assert "default-src 'none'" in allowed
    assert "'unsafe-inline'" not in allowed
    styles, scripts = allowed.split("; ")[1:3]
    assert styles.count("'sha256-") == 2
    assert scripts.count("'sha256-") == 2
    assert "http" not in allowed


def test_a_version_changes_with_each_text_and_with_the_border_between_them() -> None:
    assert version("a", "b") == version("a", "b")
    assert len({version("a", "b"), version("ab", ""), version("", "ab"), version("a", "c")}) == 4


def test_problems_show_place_line_mark_and_hint_with_all_text_escaped() -> None:
    nasty = "<script>alert(1)</script>"
    source = Source(f"content/{nasty}.md", f"first\nsee {nasty} here\n")
    span = Span(10, 10 + len(nasty))
    found = KIND.at(Location(source, span), f"`{nasty}` is wrong", hints=[f"write `{nasty}`"])
    html = pages.problems([found])
    assert "<script>" not in html
    assert ".md:2:5" in html
    assert "see <mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark> here" in html
    assert "write <code>&lt;script&gt;" in html
    assert "Some &lt;b&gt;text" in html


def test_of_a_very_long_line_the_part_around_the_place_is_shown() -> None:
    source = Source("a.md", "x" * 10_000 + "wrong" + "y" * 10_000)
    place = Place.of(Location(source, Span(10_000, 10_005)))
    assert place.marked == "wrong"
    assert len(place.before) + len(place.after) < 400
    assert place.before.startswith("…")
    assert place.after.endswith("…")


def test_a_place_over_several_lines_marks_to_the_end_of_the_first() -> None:
    source = Source("a.md", "one two\nthree")
    place = Place.of(Location(source, Span(4, 13)))
    assert (place.before, place.marked, place.after) == ("one ", "two", "")


def test_errors_stand_before_warnings() -> None:
    source = Source("a.md", "one\ntwo\n")
    warning = Kind("X002", "odd-thing", Severity.WARNING, "").at(
        Location(source, Span(0, 3)), "odd"
    )
    error = KIND.at(Location(source, Span(4, 7)), "bad")
    html = pages.problems([warning, error])
    assert html.index("bad") < html.index("odd")
