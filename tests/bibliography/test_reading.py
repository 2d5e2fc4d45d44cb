"""What an entry and a list tell of a reading, and what never leaves the .bib file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcit_export.bibliography.library import Entry
from tcit_export.bibliography.load import load_library
from tcit_export.bibliography.private import PRIVATE_FIELDS, is_private, public_bibtex
from tcit_export.bibliography.reading import (
    Vocabulary,
    annotation_of,
    library_address,
    library_mistake,
    page_count,
    pages_of,
    reading_of,
    rich_inlines,
    vocabulary,
    weeks,
)
from tcit_export.model.document import ListDefaults
from tcit_export.model.list_labels import list_labels
from tcit_export.model.nodes import (
    Emph,
    Importance,
    ListedWork,
    Locator,
    Paragraph,
    Reading,
    Str,
    Superscript,
    Url,
)
from tcit_export.source import Source

ENGLISH = list_labels("en")


def entry(fields: str, kind: str = "article") -> Entry:
    library = load_library([Source("a.bib", f"@{kind}{{key, {fields}}}\n")]).value
    return library["key"]


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("117--131", 15),
        ("117-31", 15),
        ("117–131", 15),
        ("12", 1),
        ("iv--xii", 9),
        ("iv", 1),
        ("iv-x, 3, 12--15", 12),
        ("S12--S20", 9),
        ("pp. 3-5 and 9", 4),
        ("e12345", 0),
        ("104523", 0),
        ("131--117", 0),
        ("12--e20", 0),
        ("iiii--v", 0),
        ("iv--20", 0),
        ("5+", 0),
        ("3, e20", 0),
        ("1--9999999", 0),
        ("", 0),
    ],
)
def test_pages_are_counted_where_they_can_be(typed: str, count: int) -> None:
    assert page_count(typed) == count


@given(st.text("0123456789ivxe-–,S p.", max_size=30))
def test_counting_pages_never_raises(text: str) -> None:
    assert 0 <= page_count(text) <= 5000


@given(st.integers(1, 4000), st.integers(0, 500))
def test_a_range_has_as_many_pages_as_it_spans(first: int, more: int) -> None:
    assert page_count(f"{first}--{first + more}") == more + 1


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ("pages = {117--131}", 15),
        ("pages = {117--131}, pointer = {pp. 120--122}", 3),
        ("pages = {117--131}, pointer = {Chapter 2}", 0),
        ("pages = {117--131}, pointer = {Chapter 2}, readingpages = {8}", 8),
        ("pages = {117--131}, readingpages = {8}", 8),
        ("pages = {5--3}, pagetotal = {200}", 0),
        ("pagetotal = {200}", 200),
        ("", 0),
    ],
)
def test_what_is_to_be_read_of_a_work(fields: str, pages: int) -> None:
    assert pages_of(entry(fields), None) == pages


def test_the_list_goes_before_the_entry() -> None:
    work = entry("pages = {1--9}, readingpages = {4}, importance = {2}, week = {1}, minutes = {9}")
    assert pages_of(work, ListedWork("key", pages=3)) == 3
    assert pages_of(work, ListedWork("key", pointer=Locator("page", "2-3"))) == 2
    assert pages_of(work, ListedWork("key", pointer=Locator("chapter", "2"))) == 4
    note = (Paragraph((Str("Note"),)),)
    listed = ListedWork("key", "essential", Locator("page", "2-3"), note, minutes=5)
    assert reading_of(work, listed, ListDefaults(), ENGLISH) == Reading(
        Importance(1, "Essential"), (Str("pp. 2–3"),), note, 2, 5
    )


def test_the_entry_alone() -> None:
    work = entry(
        r"pages = {1--9}, importance = {Recommended}, pointer = {pp. 2--3}, doi = {10.1037/a(1)}, "
        r"readnote = {First \emph{this}." + "\n\n" + "Then that.}"
    )
    library = "https://x.org/?q={doi}"
    assert reading_of(work, None, ListDefaults((), library, 20), ENGLISH) == Reading(
        Importance(2, "Recommended"),
        (Str("pp. 2–3"),),
        (
            Paragraph((Str("First "), Emph((Str("this"),)), Str("."))),
            Paragraph((Str("Then that."),)),
        ),
        2,
        6,
        Url("https://x.org/?q=10.1037%2Fa%281%29"),
    )


def test_another_word_of_importance_is_left_out() -> None:
    work = entry("importance = {nice}")
    assert reading_of(work, None, ListDefaults(), ENGLISH).importance is None


def test_words_of_importance_by_name_language_and_rank() -> None:
    renamed = vocabulary(ListDefaults(("Kern", "Mehr")), list_labels("de"))
    assert renamed.find(" kern ") == renamed.find("1") == Importance(1, "Kern")
    assert renamed.find("empfohlen") == renamed.find("RECOMMENDED") == Importance(2, "Mehr")
    assert (renamed.find("further"), renamed.find("3"), renamed.find("0")) == (None, None, None)
    assert vocabulary(ListDefaults(), list_labels("de")).names == list_labels("de").importance
    turned = Vocabulary(("Further", "Essential"), (ENGLISH.importance,))
    assert turned.find("further") == Importance(1, "Further")


@given(st.text(max_size=12))
def test_any_word_may_be_asked_for(word: str) -> None:
    found = Vocabulary().find(word)
    assert found is None or 1 <= found.rank <= 3


def test_weeks() -> None:
    assert weeks("1, 4-6; 10") == ("1", "4", "5", "6", "10")
    assert weeks("Week 03 and Reading week") == ("3", "Reading week")
    assert weeks("weeks 2--3, 2") == ("2", "3")
    assert weeks("6-4") == ("",)[:0]
    assert len(weeks("1-999")) == 100


def test_annotations_keep_paragraphs_and_markup() -> None:
    work = entry("annotation = {It is \\textit{new}, $x^2$ {UNESCO}\nline.\n\n  \n\nSecond.}")
    assert annotation_of(work, None) == (
        Paragraph(
            (
                Str("It is "),
                Emph((Str("new"),)),
                Str(", "),
                Emph((Str("x"),)),
                Superscript((Str("2"),)),
                Str(" UNESCO line."),
            )
        ),
        Paragraph((Str("Second."),)),
    )
    assert annotation_of(entry("annote = {Old name}"), None) == (Paragraph((Str("Old name"),)),)
    own = (Paragraph((Str("Mine"),)),)
    assert annotation_of(work, ListedWork("key", annotation=own)) == own


def test_rich_text_that_is_no_markup_stays_text() -> None:
    assert rich_inlines('a < b & <span class="nocase">C</span> <q>') == (Str("a < b & C <q>"),)


# ── the library ──────────────────────────────────────────────────────────────────────────────────


def test_the_address_of_a_work_in_the_library() -> None:
    work = entry("title = {Tears \\& “joy”}, isbn = {9780805836585}", "book")
    find = "https://x.org/s?t={title}&k={key}"
    assert library_address(find, work) == Url(
        "https://x.org/s?t=Tears%20%26%20%E2%80%9Cjoy%E2%80%9D&k=key"
    )
    assert library_address("https://x.org/{isbn}", work) is not None
    assert library_address("https://x.org/{doi}", work) is None
    assert library_address("", work) is None
    assert library_address("javascript:alert('{title}')", work) is None


def test_what_is_wrong_with_an_address() -> None:
    assert library_mistake("https://x.org/?q={doi}&t={title}") == ""
    assert "`{author}`" in library_mistake("https://x.org/{doi}{author}")
    assert library_mistake("https://x.org/") != ""
    assert library_mistake("file:///{key}") != ""


# ── private fields ───────────────────────────────────────────────────────────────────────────────


def test_private_fields_are_cut_out_with_their_lines_and_commas() -> None:
    text = """@article{key,
  title = {A, {B}},
  file = {:/home/me/a.pdf:PDF},
  year  = 2001 ,
  PrivateNote = "weak, {really}" # " paper",
  doi = {10.1/x},
  mendeley-tags = {x}
}"""
    work = load_library([Source("a.bib", text)]).value["key"]
    assert public_bibtex(work) == (
        "@article{key,\n  title = {A, {B}},\n  year  = 2001 ,\n  doi = {10.1/x}\n}"
    )


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("@book{key, file = {a}}", "@book{key,}"),
        ("@book{key, file = {a}, title = {T}}", "@book{key, title = {T}}"),
        ("@book{key, title = {T}, file = {a}}", "@book{key, title = {T}}"),
        ("@book{key, title = {T}, file = {a},}", "@book{key, title = {T},}"),
        ("@book(key, title = {T}, owner = me)", "@book(key, title = {T})"),
        ("@book{key,title={T},\n owner={a}, file={b}\n}", "@book{key,title={T}\n}"),
        ("@book{key, title = {a file: x}}", "@book{key, title = {a file: x}}"),
        ("@book{key, title = {file = x}}", "@book{key,\n  title = {file = x},\n}"),
        ("@book{key,\n % file = {secret},\n title = {T}}", "@book{key,\n  title = {T},\n}"),
        ("@book{key, file={a}, title={T}, file={secret}}", "@book{key,\n  title = {T},\n}"),
        ("@book{key, title={T} file={secret}}", "@book{key, title={T}}"),
    ],
)
def test_each_way_a_private_field_may_stand(typed: str, public: str) -> None:
    assert public_bibtex(load_library([Source("a.bib", typed)]).value["key"]) == public


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("@article{key, journal = jpsp, month = jan}", "journal = {J. of P.}, month = jan"),
        ('@article{key, journal = "The " # jpsp # { now}}', "journal = {The J. of P. now}"),
        ("@article{key, journal = {jpsp}, title = {a # b}}", "journal = {jpsp}, title = {a # b}"),
        ("@article{key, journal = jpsp, file = {a}}", "journal = {J. of P.}"),
        ("@article{key, year = 2001 # {a}, month = 3 # feb}", "year = 2001 # {a}, month = 3 # feb"),
    ],
)
def test_what_is_handed_on_needs_no_definition(typed: str, public: str) -> None:
    source = Source("a.bib", "@string{jpsp = {J. of P.}}\n" + typed)
    shown = public_bibtex(load_library([source]).value["key"])
    assert shown == f"@article{{key, {public}}}"


_VALUES = st.sampled_from(
    ["{plain}", "{a, {b} = c}", '"quoted {x}"', "2001", '"a" # "b"', "{two\n\n  lines}", "{}"]
)
_OURS = "title author year Abstract note FILE privatenote bdsk-url-1 comment-anna mendeley-groups"
_NAMES = st.sampled_from([*_OURS.split(), *sorted(PRIVATE_FIELDS)[:8]])
_BLANKS = st.sampled_from(["", " ", "\n  ", " \n\t"])


@given(
    st.lists(
        st.tuples(_NAMES, _VALUES, _BLANKS, _BLANKS), max_size=7, unique_by=lambda f: f[0].lower()
    ),
    st.sampled_from(["", ",", ",\n", "\n"]),
)
def test_what_is_public_reads_the_same_without_the_private(
    fields: list[tuple[str, str, str, str]], end: str
) -> None:
    typed = ",".join(f"{a}{name}{b}={b}{value}{b}" for name, value, a, b in fields)
    source = Source("a.bib", f"@misc{{key,{typed}{end if typed else ''}}}")
    before = load_library([source]).value["key"]
    text = public_bibtex(before)
    after = load_library([Source("b.bib", text)])
    kept = {n: f.value for n, f in before.fields.items() if not is_private(n)}
    assert {n: f.value for n, f in after.value["key"].fields.items()} == kept
    assert not any(is_private(name) for name in after.value["key"].fields)
    if len(kept) == len(before.fields):
        assert text == before.raw


@given(st.text("@a{}key,=file \"\n%#\\'", max_size=60))
def test_no_broken_entry_gives_a_private_value_away(noise: str) -> None:
    text = f"@misc{{key, title = {{T}}, {noise}\n  privatenote = {{SECRET}}\n}}\n"
    for found in load_library([Source("a.bib", text)]).value:
        if "privatenote" in found.fields:
            assert "SECRET" not in public_bibtex(found)
