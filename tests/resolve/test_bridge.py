"""The engine's output as inlines: fonts that nest freely become nodes that only add."""

from __future__ import annotations

import pytest

from tcit_export.csl.output import Block, Content, Formatted, Linked, Opaque, Tagged, Text
from tcit_export.model.nodes import Anchor, Emph, Inline, Str, Strong, Url
from tcit_export.resolve.bridge import Destination, Links, opaque, to_inlines, web_address
from tcit_export.writers.tree import inlines_tree


def italic(*children: Text | Formatted | Linked | Tagged) -> Formatted:
    return Formatted(tuple(children), font_style="italic")


def roman(text: str) -> Formatted:
    return Formatted((Text(text),), font_style="normal")


LINKS = Links(
    lambda key: Destination(Anchor(f"ref-{key}")) if key != "unlisted" else None,
    lambda address: Destination(Url(address), "where"),
)


@pytest.mark.parametrize(
    ("output", "tree"),
    [
        ((Text("a"), Text("b")), '"ab"'),
        ((italic(Text("a")), italic(Text("b"))), '(emph "ab")'),
        ((italic(Text("a "), roman("b"), Text(" c")),), '(emph "a ") "b" (emph " c")'),
        (
            (Formatted((italic(Text("a")), Text("b")), font_weight="bold"),),
            '(strong (emph "a") "b")',
        ),
        ((Formatted((Text("2"),), vertical_align="sup"),), '(superscript "2")'),
        ((Formatted((Text("2"),), vertical_align="sub"),), '(subscript "2")'),
        ((Formatted((Text("x"),), font_variant="small-caps"),), '(smallcaps "x")'),
        ((Formatted((Text("x"),), text_decoration="underline"),), '(underline "x")'),
        ((Formatted((Text("x"),), font_weight="light"),), '"x"'),
        ((Text("("), Tagged("k", (italic(Text("K")), Text(", 1"))), Text(")")),
         '"(" (link #ref-k: (emph "K") ", 1") ")"'),
        ((Tagged("unlisted", (Text("K"),)),), '"K"'),
        ((italic(Linked("http://x", (Text("t"),))),), '(link <http://x> "where": (emph "t"))'),
        ((Tagged("k", (Linked("http://x", (Text("t"),)),)),), '(link #ref-k: "t")'),
        ((Text("a"), Block("indent", (Text("b"),))), '"a" linebreak "b"'),
        ((Block("right-inline", (Text("b"),)),), '"b"'),
    ],
)  # fmt: skip
def test_output_becomes_inlines(output: Content, tree: str) -> None:
    assert inlines_tree(to_inlines(output, LINKS)) == tree


PREFIX: tuple[Inline, ...] = (Str("see "), Emph((Str("also"), Strong((Str("!"),)))), Str(" "))


@pytest.mark.parametrize(
    ("cut_start", "cut_end", "tree"),
    [
        (0, 0, '"see " (emph "also" (strong "!")) " "'),
        (1, 0, '"ee " (emph "also" (strong "!")) " "'),
        (5, 0, '(emph "lso" (strong "!")) " "'),
        (0, 1, '"see " (emph "also" (strong "!"))'),
        (0, 2, '"see " (emph "also")'),
        (0, 3, '"see " (emph "als")'),
        (4, 6, ""),
    ],
)
def test_foreign_markup_comes_back_without_what_was_cut(
    cut_start: int, cut_end: int, tree: str
) -> None:
    sent = opaque(PREFIX)
    assert sent.text == "see also! "
    back = Opaque(sent.payload, "", cut_start, cut_end)
    assert inlines_tree(to_inlines((back,), LINKS)) == tree


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://doi.org/10.1/x", True),
        ("HTTP://x.org", True),
        ("javascript:alert(1)", False),
        ("ftp://x.org", False),
        ("https://", False),
        ("10.1/x", False),
    ],
)
def test_only_web_addresses_are_links(address: str, allowed: bool) -> None:
    assert (web_address(address) is not None) is allowed
