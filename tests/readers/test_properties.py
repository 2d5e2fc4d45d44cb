"""What holds for every text: nothing raises, spans nest, time grows no faster than the text."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tcit_export import limits
from tcit_export.model.nodes import Block, Cite, Figure, Inline, Note
from tcit_export.model.walk import children, plain_text, walk
from tcit_export.readers.markdown import read
from tcit_export.readers.typography import quotes_of, smarten
from tcit_export.source import Source, Span

HEAD = "---\ntitle: T\n---\n"
PIECES = [
    *"[](){}<>@*_`~^'\"\\\n\t!a\x00\u202eé漢𝒳",
    *"-@b|; |, p. 3|[@a]|[@a; @b]|{.x}|{#i}|**|``|~~|^[|[^1]|--|...|    |> |- |1. |# |:::".split(
        "|"
    ),
    *"b |&amp;|<b>|<!--|http://x.org/|'s|: |![](i.png)|\n\n".split("|"),
    "\n[^1]: ",
    "::: a\n",
    "::: {.references select='keyword:x and yeer>' sort=-year group=\"week: 2\" qr=x z=1}\n",
    "- [@a, p. 3]{importance=essential minutes=x}",
    "\n:::\n",
    "| a | b |\n|---|---|\n",
    "| c |\n",
    "Table: x\n\n",
    "[a]: /u\n\n",
    "```\n",
    "---\n",
    "===\n",
    '![a](i.png "t")\n\n',
]
YAML = [
    *"a[]{}'\"\n\t#é",
    *"---\n|title|: |- |&x |*x|!t |  |date: 2018|authors:|? |\\x07".split("|"),
    "|\n",
]
markdown = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(max_size=200)


@settings(max_examples=300, deadline=None)
@given(markdown | anything)
@example("~~b ~~[~~~~~")
def test_reading_never_raises_and_spans_nest(body: str) -> None:
    source = Source("a.md", HEAD + body)
    parsed = read(source)
    whole = Span(0, len(source.text))
    for block in parsed.value.blocks:
        _check(block, whole)
    for diagnostic in parsed.diagnostics:
        span = diagnostic.location.span
        assert 0 <= span.start <= span.end <= len(source.text)


def _check(node: Block | Inline, around: Span) -> None:
    span = node.span
    if span is None:
        return
    assert around.start <= span.start <= span.end <= around.end, node
    if not isinstance(node, (Note, Figure)):
        for child in children(node):
            _check(child, span)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(YAML), max_size=40).map("".join))
def test_front_matter_never_raises(head: str) -> None:
    parsed = read(Source("a.md", f"---\n{head}\n---\ntext"))
    for diagnostic in parsed.diagnostics:
        assert diagnostic.location.line >= 1


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abc äß漢 .", max_size=80))
def test_plain_text_comes_out_as_it_went_in(text: str) -> None:
    blocks = read(Source("a.md", HEAD + "x" + text + "x")).value.blocks
    words = plain_text(blocks).replace("…", "...").split()
    assert words == ("x" + text + "x").split()


@given(st.lists(st.tuples(st.text(alphabet="a'\"-. ", max_size=12), st.booleans()), max_size=6))
def test_typography_keeps_the_pieces_and_their_letters(pieces: list[tuple[str, bool]]) -> None:
    printed = smarten(pieces, quotes_of("en"))
    assert len(printed) == len(pieces)
    for (typed, may_change), shown in zip(pieces, printed, strict=True):
        assert may_change or typed == shown
        assert typed.count("a") == shown.count("a")


def test_reading_twice_gives_the_same() -> None:
    text = HEAD + "".join(PIECES)
    assert read(Source("a.md", text)) == read(Source("a.md", text))


PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "brackets that open": lambda n: "[" * n,
    "brackets in brackets": lambda n: "[" * n + "a" + "]" * n + "\n\n[a]: http://x.org",
    "links in links": lambda n: "[" * n + "a" + "](b)" * n,
    "links that break off": lambda n: "[a](<b" * n,
    "citations that open": lambda n: "[@a; " * n,
    "citations in citations": lambda n: "[@a; " * n + "]" * n,
    "many works in one citation": lambda n: "[" + "see @b, p. 3; " * n + "@c]",
    "many citations": lambda n: "[@a, p. 3] " * n,
    "keys and brackets that open": lambda n: "@a[p. " * n,
    "one long key": lambda n: "@" + "a:" * n,
    "one long locator": lambda n: "[@a, " + "3, " * n + "]",
    "addresses": lambda n: "http://" * n,
    "quotation marks": lambda n: "\"a 'b " * n,
    "backticks of all lengths": lambda n: " ".join("`" * k for k in range(int((2 * n) ** 0.5))),
    "emphasis that opens": lambda n: "*a **b " * n,
    "emphasis in emphasis": lambda n: "*a " * n + "b* " * n,
    "angle brackets": lambda n: "<a " * n,
    "comments that open": lambda n: "<!--" * n,
    "quotes in quotes": lambda n: "> " * n + "a",
    "lists in lists": lambda n: "".join("  " * k + "- a\n" for k in range(int(n**0.5))),
    "divs that open": lambda n: "::: a\n" * (n // 2),
    "divs in divs": lambda n: "::: a\n" * (n // 4) + ":::\n" * (n // 4),
    "spans in spans": lambda n: "[" * n + "a" + "]{.x}" * n,
    "braces": lambda n: "[a]{" * n,
    "raised text": lambda n: "^a~b" * n,
    "notes in notes": lambda n: "^[" * n + "]" * n,
    "marks of one footnote": lambda n: "[^1]" * n + "\n\n[^1]: a",
    "a footnote that marks itself": lambda n: "[^1]\n\n[^1]: " + "[^1]" * n,
    "wide tables": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|",
    "long tables": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    "line ends": lambda n: "a\n" * n,
    "hard line ends": lambda n: "a  \n" * n,
    "headings of one name": lambda n: "# a\n" * n,
    "pictures in pictures": lambda n: "![" * n + "](a)" * n,
    "ampersands": lambda n: "&#1" * n,
    "control characters": lambda n: "\x01\n" * n,
}


def _seconds(text: str) -> float:
    """Processor time of one reading, the garbage collector's pauses aside."""
    source = Source("a.md", HEAD + text)
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        read(source)
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_grows_with_the_text_and_no_faster(name: str) -> None:
    """The least time of each size counts: others share the machine, and noise only adds."""
    text = PATHOLOGICAL[name]
    once = twice = float("inf")
    for _ in range(6):
        once, twice = min(once, _seconds(text(1500))), min(twice, _seconds(text(3000)))
        if twice <= 2.6 * once:
            break
    assert twice <= 2.6 * once + 0.01
    assert twice < 2


def test_nesting_is_cut_and_reported() -> None:
    for text in ("> " * 500 + "a", "*a " * 500 + "b* " * 500, "[" * 500 + "a" + "]{.x}" * 500):
        parsed = read(Source("a.md", HEAD + text))
        assert "M002" in {diagnostic.code for diagnostic in parsed.diagnostics}
        assert max(_depths(parsed.value.blocks)) <= 2 * limits.MARKDOWN_NESTING + 2


def _depths(nodes: tuple[Block | Inline, ...]) -> list[int]:
    return [1 + max(_depths(tuple(children(node))), default=0) for node in nodes]


@pytest.mark.parametrize("text", ["a" * (limits.MARKDOWN_BYTES + 1), "\n" * 20_001])
def test_too_much_text_is_refused_at_once(text: str) -> None:
    start = time.process_time()
    parsed = read(Source("a.md", text))
    assert [diagnostic.code for diagnostic in parsed.diagnostics] == ["M001"]
    assert time.process_time() - start < 0.5


def test_a_large_head_is_refused() -> None:
    parsed = read(
        Source("a.md", "---\ntitle: T\nx: " + "a" * limits.FRONT_MATTER_BYTES + "\n---\n")
    )
    assert [diagnostic.code for diagnostic in parsed.diagnostics] == ["F003"]


def test_deep_yaml_is_refused() -> None:
    for deep in ("[" * 3000 + "]" * 3000, "{a: " * 3000, "- " * 3000 + "a"):
        parsed = read(Source("a.md", f"---\ntitle: T\nx:\n  {deep}\n---\n"))
        assert {"F001", "F003"} & {diagnostic.code for diagnostic in parsed.diagnostics}


def test_mistakes_of_one_kind_do_not_flood() -> None:
    parsed = read(Source("a.md", HEAD + "<b>\n" * 5000))
    assert len(parsed.diagnostics) == 101
    assert "not shown" in parsed.diagnostics[-1].message


def test_repeated_footnotes_have_a_limit() -> None:
    text = "[^1]" * 3000 + "\n\n[^1]: " + "long " * 1000 + "[@a]"
    parsed = read(Source("a.md", HEAD + text))
    assert [diagnostic.code for diagnostic in parsed.diagnostics] == ["M014"]
    assert sum(isinstance(node, Cite) for node in walk(parsed.value.blocks)) < 500
