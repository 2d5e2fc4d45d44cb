"""Reading BibTeX: what entries hold, what they inherit, and every mistake with its place."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcit_export import limits
from tcit_export.bibliography.bibtex import parse
from tcit_export.bibliography.library import RawEntry
from tcit_export.diagnostic import Diagnostic, Parsed
from tcit_export.source import Source
from tests.bibliography.cases import Case, blocks, label

Result = Parsed[tuple[RawEntry, ...]]


def read(text: str) -> Result:
    return parse([Source("references.bib", text)])


def described(result: Result) -> str:
    """Entries, fields (`<` where inherited) and mistakes, one line each."""
    lines: list[str] = []
    for entry in result.value:
        line, column = entry.source.line_column(entry.span.start)
        lines.append(f"{entry.type} {entry.key} {line}:{column}")
        for field in entry.fields.values():
            value = field.value.replace("\n", "¶")
            lines.append(f"  {field.name} {'<' if field.inherited else '='} {value}")
    ordered = sorted(result.diagnostics, key=lambda found: found.location.span)
    return "\n".join([*lines, *map(_line, ordered)])


def _line(found: Diagnostic) -> str:
    where = f"{found.location.line}:{found.location.column}"
    related = "".join(
        f" [{other.message.removeprefix('the ')} {other.location.line}:{other.location.column}]"
        for other in found.related
    )
    kind = found.kind
    return f"{kind.severity.value} {where} {kind.code} {kind.name}: {found.message}{related}"


@pytest.mark.parametrize("case", [*blocks("entries.txt"), *blocks("inheritance.txt")], ids=label)
def test_cases(case: Case) -> None:
    assert described(read(case.given)) == case.expected, case.prose


def test_strings_of_other_files_are_known() -> None:
    first = Source("a.bib", "@book{a, publisher = hup}")
    second = Source("strings.bib", "@string{hup = {Harvard}} @book{b, publisher = hup}")
    result = parse([first, second])
    assert [entry.get("publisher") for entry in result.value] == ["Harvard", "Harvard"]
    assert not result.diagnostics


def test_inherited_fields_are_placed_where_they_were_typed() -> None:
    child = Source("a.bib", "@incollection{a, crossref = {b}}")
    parent = Source("b.bib", "@collection{b,\n  title = {Changes}}")
    entry = parse([child, parent]).value[0]
    location = entry.location("booktitle")
    assert (location.path, location.line, location.column) == ("b.bib", 2, 11)


def test_control_characters_are_reported_and_read_as_blanks() -> None:
    result = read("@book{a, title = {One\x00\x1b Two}}")
    assert result.value[0].get("title") == "One Two"
    assert [found.kind.name for found in result.diagnostics] == ["control-character"]


# ---------------------------------------------------------------- limits and time


def test_doubling_strings_stop_at_a_limit() -> None:
    steps = "\n".join(f"@string{{s{n + 1} = s{n} # s{n}}}" for n in range(60))
    result = read(f"@string{{s0 = {{0123456789}}}}\n{steps}\n@book{{a, title = s60}}")
    assert {found.kind.name for found in result.diagnostics} >= {"value-too-long"}
    assert len(result.value[0].get("title")) <= limits.BIBTEX_VALUE


def test_a_long_string_used_often_stops_at_a_limit() -> None:
    long = "x" * 900_000
    fields = ",\n".join(f"f{n} = long" for n in range(60))
    result = read(f"@string{{long = {{{long}}}}}\n@book{{a, {fields}}}")
    assert [found.kind.name for found in result.diagnostics] == ["bibliography-too-large"]
    assert sum(len(f.value) for f in result.value[0].fields.values()) <= limits.BIBTEX_BYTES


def test_deep_braces_are_refused() -> None:
    deep = "{" * 150 + "x" + "}" * 150
    result = read(f"@book{{a, title = {{{deep}}}, year = 2001}}\n@book{{b, title = {{B}}}}")
    assert [found.kind.name for found in result.diagnostics] == ["braces-too-deep"]
    assert [entry.key for entry in result.value] == ["a", "b"]
    assert result.value[0].get("year") == "2001"


def test_a_huge_file_is_refused_at_once() -> None:
    result = read("%" * (limits.BIBTEX_BYTES + 1))
    assert [found.kind.name for found in result.diagnostics] == ["bibliography-too-large"]


def entry(number: int) -> str:
    return f"""@article{{key{number},
  author = {{Smith, John A. and M{{\\"u}}ller, Jürgen and van der Berg, Karel}},
  title = {{The Effect of {{Cognitive}} Therapy on Depression {number}: A Study}},
  journal = "Journal of Clinical Psychology",
  year = 2001, month = jan, volume = {number}, pages = {{{number}--{number + 9}}},
  doi = {{10.1000/xyz{number}}},
}}
"""


def seconds(text: str) -> float:
    """CPU time of one reading, the best of three."""
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        read(text)
        best = min(best, time.process_time() - start)
    return best


GROWING = {
    "entries": lambda n: "".join(entry(i) for i in range(n)),
    "entries of one line": lambda n: "".join(f"@book{{a{i}}}" for i in range(n)),
    "unclosed entries": lambda n: "".join(f"@book{{a{i}, title = {{x\n" for i in range(n)),
    "missing commas": lambda n: "@book{a" + "".join(f"\n f{i} = {{x}}" for i in range(n)) + "}",
    "opening braces": lambda n: "@book{a, title = " + "{" * n,
    "closing braces": lambda n: "@book{a, title = {x" + "}" * n,
    "signs": lambda n: "@" * n,
    "unclosed comments": lambda n: "@comment{" * n,
    "unclosed comments by line": lambda n: "@comment{\n" * n,
    "unclosed values": lambda n: "@book{a" + "".join(f",\nf{i} = {{x" for i in range(n)),
    "unclosed quotes": lambda n: "@book{a" + "".join(f',\nf{i} = "{{x' for i in range(n)),
    "strings": lambda n: "".join(f"@string{{s{i} = {{x}}}}\n" for i in range(n)),
    "undefined strings": lambda n: "@book{a" + "".join(f", f{i} = x{i}" for i in range(n)) + "}",
    "crossref chain": lambda n: "".join(
        f"@book{{a{i}, crossref = {{a{i + 1}}}}}\n" for i in range(n)
    ),
    "crossref circle": lambda n: "".join(
        f"@book{{a{i}, crossref = {{a{(i + 1) % n}}}}}\n" for i in range(n)
    ),
    "unknown parents": lambda n: "".join(f"@book{{a{i}, crossref = {{b{i}}}}}\n" for i in range(n)),
    "text between": lambda n: "@book{a}" + "x = {y}\n" * n,
    "quotes": lambda n: '@book{a, title = "x' + '" "' * n,
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_input_and_not_faster(name: str) -> None:
    make = GROWING[name]
    size = 500
    while (small := seconds(make(size))) < 0.02 and size < 64_000:
        size *= 2
    assert seconds(make(2 * size)) <= 2.6 * small + 0.05, size


def test_a_thousand_entries_in_a_third_of_a_second() -> None:
    assert seconds("".join(entry(n) for n in range(1_000))) < 0.3


# ---------------------------------------------------------------- properties

CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
PIECES = st.sampled_from(
    [
        *r"""@ @book{ @article( @string{ @comment{ @preamble{ key , = # " { } ( ) % \ title jan 1 ü
    crossref={key} year=2001 xdata={a,b} title={x} @book{key,title={x}} ids={key} related={a}
    """.split(),
        "\n",
        " ",
        "\x00",
    ]
)
NOISE = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


@given(NOISE)
@settings(max_examples=400, deadline=None)
def test_no_text_makes_it_raise_and_places_are_in_the_source(text: str) -> None:
    result = read(text)
    for found in result.diagnostics:
        span = found.location.span
        assert 0 <= span.start <= span.end <= max(len(text), 1)
        assert found.message
    for each in result.value:
        assert 0 <= each.span.start <= each.key_span.start <= each.key_span.end <= each.span.end
        typed = text[each.key_span.start : each.key_span.end]
        assert CONTROL.sub(" ", typed) == each.key
        for field in each.fields.values():
            assert field.name == field.name.lower()
            if not field.inherited:
                assert each.span.start <= field.name_span.start
                assert field.name_span.end <= field.value_span.start <= field.value_span.end
                assert field.value_span.end <= len(text)


@given(NOISE.filter(lambda text: "@comment" not in text and "@preamble" not in text))
@settings(max_examples=400, deadline=None)
def test_an_entry_after_a_bad_one_is_read(text: str) -> None:
    result = read(f"@book{{first, {text}\n@book{{last-of-all, title = {{Safe}}}}\n")
    last = [each for each in result.value if each.key == "last-of-all"]
    assert last
    assert last[0].get("title") == "Safe"


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9+-]{0,10}", fullmatch=True).filter(
            lambda name: name not in ("crossref", "xdata", "ids", "related", "xref")
        ),
        st.text(st.characters(exclude_characters='{}\\"', exclude_categories=("C", "Z"))),
        min_size=1,
        max_size=6,
    )
)
@settings(deadline=None)
def test_what_is_written_well_is_read_without_a_word(fields: dict[str, str]) -> None:
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    result = read(f"@misc{{key,\n{body}\n}}\n")
    assert not result.diagnostics
    assert {name: field.value for name, field in result.value[0].fields.items()} == fields
