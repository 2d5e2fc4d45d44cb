"""The tree writer: every node of the model has a line or a word in it."""

from __future__ import annotations

from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers import writer
from tests.writers.samples import review, torture

WORDS = """paragraph heading bullets ordered definitions quote code break table figure div
references entry emph strong underline strikeout superscript subscript smallcaps link image span
note cite softbreak linebreak caption head row term""".split()


def test_every_node_is_named() -> None:
    rendered = writer("tree")(torture(), Options(), Templates.of())
    text = rendered.data.decode()
    assert rendered.suffix == ".txt"
    missing = [word for word in WORDS if word not in text]
    assert not missing


def test_the_same_bytes_twice() -> None:
    write = writer("tree")
    assert write(review(), Options(), Templates.of()) == write(review(), Options(), Templates.of())
