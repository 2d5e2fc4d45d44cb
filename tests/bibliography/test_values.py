"""Values of fields: LaTeX, names, dates."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcit_export import limits
from tcit_export.bibliography.dates import DateValue, entry_date, parse_date
from tcit_export.bibliography.latex import TAG, strip_markup, to_plain, to_rich, verbatim
from tcit_export.bibliography.library import Field, Remark
from tcit_export.bibliography.names import parse_annotations, parse_names, split_list
from tcit_export.csl.item import Name
from tcit_export.source import Span
from tests.bibliography.cases import Case, label, pairs

NOWHERE = Span(0, 1)


def marks(remarks: Sequence[Remark]) -> str:
    return "".join(f" !{name}" for name in dict.fromkeys(remark.kind.name for remark in remarks))


# ---------------------------------------------------------------- LaTeX


@pytest.mark.parametrize("case", pairs("latex.txt"), ids=label)
def test_latex(case: Case) -> None:
    assert to_rich(case.given).text.replace("\u00a0", " ") == case.expected, case.prose


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"\url{https://a.b/c\_d?x=1\&y=2}", "https://a.b/c_d?x=1&y=2"),
        ("{https://x.y/~u}", "https://x.y/~u"),
        (r"https://x.y/$\sim$u/\%20", "https://x.y/~u/%20"),
        ("10.1002/1097<1661::AID>3.0.CO;2-2", "10.1002/1097<1661::AID>3.0.CO;2-2"),
        ("<https://x.y>", "https://x.y"),
        ("http://x/?a=1&amp;b=2", "http://x/?a=1&b=2"),
    ],
)
def test_verbatim_values(value: str, expected: str) -> None:
    assert verbatim(value) == expected


def test_what_latex_cannot_be_understood_is_reported() -> None:
    kinds = [remark.kind.name for remark in to_rich(r"\foo{a} } {b").remarks]
    assert kinds == ["unknown-latex-command", "unbalanced-braces", "unbalanced-braces"]


def test_deep_markup_is_shown_without_it() -> None:
    decoded = to_rich("{" * 5_000 + "x" + "}" * 5_000)
    assert decoded.text == "x"
    assert [remark.kind.name for remark in decoded.remarks] == ["markup-too-deep"]


LATEX = st.lists(
    st.sampled_from(
        r"""{ } \ $ ~ ^ _ ' ` " - -- --- `` '' < > & &amp; <i> </i> <b> </b> <sup> </sup> \emph{ \"
        \v \textsc \i \ss \frac \sqrt \enquote{ \foo \( \) \[ [ ] \href{ % # \$ a B 1 $\alpha$
        \texorpdfstring &#92; &#123;""".split()
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


def is_balanced(rich: str) -> bool:
    stack: list[str] = []
    for found in TAG.finditer(rich):
        name = found[0].strip("</>").split(" ")[0]
        if not found[0].startswith("</"):
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@given(LATEX)
@settings(max_examples=500, deadline=None)
def test_rich_text_is_always_balanced(value: str) -> None:
    rich = to_rich(value).text
    assert is_balanced(rich), rich
    assert strip_markup(rich) == to_plain(value).text
    assert not any(ord(character) < 32 and character not in "\n\t" for character in rich)
    verbatim(value)


@given(st.text(st.characters(categories=("L", "N", "Zs")) | st.sampled_from(".,;:!?()-/")))
@settings(deadline=None)
def test_plain_words_are_only_normalised(value: str) -> None:
    assert to_plain(to_plain(value).text).text == to_plain(value).text


# ---------------------------------------------------------------- names


def shown(name: Name) -> str:
    if name.literal:
        return f'"{name.literal}"'
    particle = f"[{name.non_dropping_particle}] " if name.non_dropping_particle else ""
    given_names = f", {name.given}" if name.given else ""
    dropping = f" ({name.dropping_particle})" if name.dropping_particle else ""
    suffix = f", {name.suffix}" if name.suffix else ""
    return f"{particle}{name.family}{given_names}{dropping}{suffix}"


@pytest.mark.parametrize("case", pairs("names.txt"), ids=label)
def test_names(case: Case) -> None:
    found = parse_names(case.given)
    parts = [*map(shown, found.names), *(["…"] if found.others else [])]
    assert "; ".join(parts) + marks(found.remarks) == case.expected, case.prose


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1=director", {1: ("director",)}),
        ("1=writer,director; 3=host", {1: ("writer", "director"), 3: ("host",)}),
        ('1="@a; b, c"', {1: ("@a; b, c",)}),
        ("=producers", {0: ("producers",)}),
        ("2:family=student", {2: ("student",)}),
        ("x=y", {}),
    ],
)
def test_annotations(value: str, expected: dict[int, tuple[str, ...]]) -> None:
    assert parse_annotations(value) == expected


def test_lists_are_split_outside_braces() -> None:
    assert split_list("{Holt and Co.} and De Gruyter and {X} Y") == (
        "Holt and Co.",
        "De Gruyter",
        "{X} Y",
    )


def test_too_many_names_are_cut_and_reported() -> None:
    found = parse_names(" and ".join(["Smith, J."] * (limits.BIBTEX_NAMES + 1)))
    assert len(found.names) == limits.BIBTEX_NAMES
    assert [remark.kind.name for remark in found.remarks] == ["too-many-names"]


NAMES = st.lists(
    st.sampled_from(
        [
            *r""", ; & { } \ ~ van Smith SMITH J. JK Jr. III others family= Association - ' = and
        """.split(),
            " and ",
            " ",
            "et al.",
        ]
    )
    | st.text(max_size=3),
    max_size=20,
).map("".join)


@given(NAMES)
@settings(max_examples=500, deadline=None)
def test_no_list_of_names_makes_it_raise(value: str) -> None:
    for name in parse_names(value).names:
        assert name.family or name.given or name.literal
    parse_annotations(value)
    split_list(value)


# ---------------------------------------------------------------- dates


def written(value: DateValue) -> str:
    text = f'"{value.status}"' if value.status else ""
    if value.date:
        parts = ["-".join(map(str, part)) for part in value.date.date_parts]
        text = ("c" if value.date.circa else "") + "/".join(parts)
    return (text + marks(value.remarks)).strip()


@pytest.mark.parametrize("case", pairs("dates.txt"), ids=label)
def test_dates(case: Case) -> None:
    assert written(parse_date(case.given)) == case.expected, case.prose


@pytest.mark.parametrize("case", pairs("months.txt"), ids=label)
def test_years_and_months(case: Case) -> None:
    typed = dict(part.split("=", 1) for part in case.given.split(", "))
    fields = {name: Field(name, value, NOWHERE, NOWHERE) for name, value in typed.items()}
    assert written(entry_date(fields)) == case.expected, case.prose


def test_other_dates_have_their_own_fields() -> None:
    fields = {"urldate": Field("urldate", "2020-01-09", NOWHERE, NOWHERE)}
    assert written(entry_date(fields, "url")) == "2020-1-9"
    assert entry_date(fields) == DateValue()


DATES = st.lists(
    st.sampled_from([*"2018 - / -- 01 13 .. ~ ? c. May { BC X 5 th".split(), " "])
    | st.text(max_size=3),
    max_size=8,
).map("".join)


@given(DATES, DATES)
@settings(max_examples=500, deadline=None)
def test_dates_are_on_the_calendar_or_reported(year: str, month: str) -> None:
    fields = {
        "year": Field("year", year, NOWHERE, NOWHERE),
        "month": Field("month", month, NOWHERE, NOWHERE),
    }
    for value in (parse_date(year), entry_date(fields)):
        if value.date is None:
            continue
        assert len(value.date.date_parts) in (1, 2)
        for part in value.date.date_parts:
            assert part == (0,) or len(part) in (1, 2, 3)
            assert len(part) < 2 or 1 <= part[1] <= 16
            assert len(part) < 3 or (1 <= part[1] <= 12 and 1 <= part[2] <= 31)


# ---------------------------------------------------------------- time

GROWING: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "names": (parse_names, lambda n: " and ".join(["van der Berg, J.K."] * (n % 4_000 + 1_000))),
    "one long name": (parse_names, lambda n: "x" * n),
    "words of a name": (parse_names, lambda n: "x " * n),
    "commas of a name": (parse_names, lambda n: "x, " * n),
    "stops of a name": (parse_names, lambda n: "x.y" * n),
    "braces of a name": (parse_names, lambda n: "{}" * n),
    "braces": (to_rich, lambda n: "{x}" * n),
    "open braces": (to_rich, lambda n: "{" * n),
    "dollars": (to_rich, lambda n: "$ " * n),
    "commands": (to_rich, lambda n: "\\foo " * n),
    "accents": (to_rich, lambda n: "\\'" * n),
    "tags": (to_rich, lambda n: "<i>" * n),
    "quotes": (to_rich, lambda n: "'a " * n),
    "entities": (to_rich, lambda n: "&amp" * n),
    "digits": (parse_date, lambda n: "1" * n),
    "brackets": (parse_date, lambda n: "[" * n + "]" * n),
    "annotations": (parse_annotations, lambda n: '1="' * n),
    "addresses": (verbatim, lambda n: "\\url{" * n),
    "dashes": (parse_date, lambda n: "2001-" * n),
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_value_and_not_faster(name: str) -> None:
    work, make = GROWING[name]

    def seconds(value: str) -> float:
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            work(value)
            best = min(best, time.process_time() - start)
        return best

    size = 500
    while (small := seconds(make(size))) < 0.02 and size < 64_000:
        size *= 2
    assert seconds(make(2 * size)) <= 2.6 * small + 0.05, size
