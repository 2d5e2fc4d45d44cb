"""Selecting, sorting and grouping the works of a library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcit_export.bibliography.group_words import KINDS, LANGUAGE_NAMES, group_words
from tcit_export.bibliography.load import load_library
from tcit_export.bibliography.reading import Vocabulary
from tcit_export.bibliography.selection import Listing, groups, matches, sorted_entries
from tcit_export.model.list_labels import _LANGUAGES
from tcit_export.model.nodes import ListedWork
from tcit_export.query.fields import FIELDS, GROUP_FIELDS, OPERATORS, SORT_FIELDS
from tcit_export.query.parse import parse_grouping, parse_query, parse_sort
from tcit_export.query.syntax import And, Grouping, Not, Operator, Or, Query, SortKey, Term
from tcit_export.source import Source, Span

BIB = r"""
@article{mueller2001, author = {M{\"u}ller, Anna and O'Brien, Pat}, journal = {Psychotherapy},
  title = {Crying in {T}herapy: Emotional expression}, year = 2001, pages = {117--131},
  keywords = {crying, Therapist tears, {tears, real}}, week = {1, 10}, importance = {essential},
  doi = {10.1037/a0031234}, annotation = {Good.}}
@book{kahn1999, author = {Kahn, Michael}, title = {Between therapist and client},
  publisher = {Freeman}, year = {1999}, keywords = {empathy; crying}, week = {2},
  importance = {3}, pagetotal = {200}, abstract = {About.}}
@incollection{alden2010, author = {Alden, Pat}, title = {The tears}, booktitle = {Weeping},
  editor = {Kahn, Susan}, publisher = {Erlbaum}, year = {2010}, pages = {5--9},
  langid = {german}, url = {https://example.org/}}
@online{who, author = {{World Health Organization}}, title = {Anxiety}, url = {https://who.int/},
  importance = {Recommended}, week = {Reading week}}
@book{zola, author = {Zola, {\'E}mile}, title = {L'{\oe}uvre}, publisher = {C}, date = {1885/1886},
  langid = {french}}
"""
LIBRARY = load_library([Source("a.bib", BIB)]).value
LISTED = Listing(cited={"zola": 0, "kahn1999": 1})


def keys(query: str, listed: Listing = LISTED) -> list[str]:
    parsed = parse_query(query, Source("q", query))
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return [entry.key for entry in LIBRARY if matches(parsed.value, entry, listed)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("author:muller", "mueller2001"),
        ("author:MÜLLER", "mueller2001"),
        ("author=Müller", "mueller2001"),
        ('author="Anna Müller"', "mueller2001"),
        ('author="Müller, Anna"', "mueller2001"),
        ("author=Anna", ""),
        ("author:anna", "mueller2001"),
        ("author:O'Brien or author:Emile", "mueller2001 zola"),
        ("author:pat", "mueller2001 alden2010"),
        ('author:"world health"', "who"),
        ("author:kahn", "kahn1999"),
        ("editor:kahn", "alden2010"),
        ("keyword:crying", "mueller2001 kahn1999"),
        ("keyword:tears", "mueller2001"),
        ("keyword=tears", ""),
        ('keyword="tears, real"', "mueller2001"),
        ("keyword:tear*", "mueller2001"),
        ("keyword:(empathy, tears)", "mueller2001 kahn1999"),
        ("keyword!=crying", "alden2010 who zola"),
        ('title:"emotional expression"', "mueller2001"),
        ('title:"expression emotional"', ""),
        ("title:ther", ""),
        ("title:ther*", "mueller2001 kahn1999"),
        ("title:tears", "alden2010"),
        ("journal:psychotherapy", "mueller2001"),
        ("journal:weeping", "alden2010"),
        ("type:book", "kahn1999 zola"),
        ("type:article-journal", "mueller2001"),
        ("type:(chapter, online)", "alden2010 who"),
        ("key:(kahn1999, WHO, nobody)", "kahn1999 who"),
        ("key:*1", ""),
        ("key:mueller*", "mueller2001"),
        ("language:de", "alden2010"),
        ("language:german", "alden2010"),
        ("language:(fr, de)", "alden2010 zola"),
        ("year:2001", "mueller2001"),
        ("year:1990-2005", "mueller2001 kahn1999"),
        ("year:1886", "zola"),
        ("year=1885", "zola"),
        ("year>=2001", "mueller2001 alden2010"),
        ("year<1886", "zola"),
        ("year!=2001", "kahn1999 alden2010 who zola"),
        ("year:0-9999", "mueller2001 kahn1999 alden2010 zola"),
        ("week:1", "mueller2001"),
        ("week:2-9", "kahn1999"),
        ("week>2", "mueller2001"),
        ("importance:essential", "mueller2001"),
        ("importance:(1, further)", "mueller2001 kahn1999"),
        ("importance!=essential", "kahn1999 alden2010 who zola"),
        ("importance:nonsense", ""),
        ("has-doi", "mueller2001"),
        ("has-url and not has-doi", "alden2010 who"),
        ("has-abstract or has-annotation", "mueller2001 kahn1999"),
        ("cited", "kahn1999 zola"),
        ("not (cited or has-url)", "mueller2001"),
    ],
)
def test_what_is_selected(query: str, expected: str) -> None:
    assert keys(query) == expected.split()


def test_what_the_list_says_goes_before_the_entry() -> None:
    work = ListedWork("kahn1999", "essential", weeks=("7",), topics=("joy",))
    listed = Listing({"kahn1999": work})
    assert keys("importance:essential", listed) == ["mueller2001", "kahn1999"]
    assert keys("week:7 or keyword:joy", listed) == ["kahn1999"]
    assert keys("week:2 or keyword:empathy", listed) == []
    renamed = Listing(vocabulary=Vocabulary(("Core", "More")))
    assert keys("importance:core", renamed) == []
    assert keys("importance:1", Listing(vocabulary=Vocabulary(("Essential",)))) == ["mueller2001"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("author", "alden2010 kahn1999 mueller2001 who zola"),
        ("-author", "zola who mueller2001 kahn1999 alden2010"),
        ("year", "zola kahn1999 mueller2001 alden2010 who"),
        ("-year", "alden2010 mueller2001 kahn1999 zola who"),
        ("title", "who kahn1999 mueller2001 zola alden2010"),
        ("key", "alden2010 kahn1999 mueller2001 who zola"),
        ("importance, author", "mueller2001 who kahn1999 alden2010 zola"),
        ("-importance, -author", "kahn1999 who mueller2001 zola alden2010"),
        ("week", "mueller2001 kahn1999 who zola alden2010"),
        ("pages", "alden2010 mueller2001 kahn1999 zola who"),
        ("cited, key", "zola kahn1999 alden2010 mueller2001 who"),
        ("type, author", "mueller2001 kahn1999 zola alden2010 who"),
        ("journal, key", "mueller2001 alden2010 kahn1999 who zola"),
        ("order", "mueller2001 kahn1999 alden2010 who zola"),
    ],
)
def test_the_order_in_which_equal_ones_stay(sort: str, expected: str) -> None:
    parsed = parse_sort(sort, Source("q", sort))
    found = sorted_entries(reversed(list(LIBRARY)), parsed.value, LISTED)
    assert [entry.key for entry in found] == expected.split()


def test_the_order_of_the_list_itself() -> None:
    works = {key: ListedWork(key) for key in ("zola", "alden2010")}
    found = sorted_entries(LIBRARY, (SortKey("order"),), Listing(works))
    assert [e.key for e in found] == ["zola", "alden2010", "mueller2001", "kahn1999", "who"]


@pytest.mark.parametrize(
    ("group", "sort", "expected"),
    [
        ("week", "", "Week 1: m|Week 2: k|Week 10: m|Reading week: w|Other readings: a z"),
        ("week", "-week", "Reading week: w|Week 10: m|Week 2: k|Week 1: m|Other readings: a z"),
        ("week: 10, *", "", "Week 10: m|Week 1: m|Week 2: k|Reading week: w|Other readings: a z"),
        ("week: Week 2", "", "Week 2: k|Other readings: m a w z"),
        (
            "topic",
            "",
            "Crying: m k|Empathy: k|Tears, real: m|Therapist tears: m|Other readings: a w z",
        ),
        (
            'topic: "therapist tears", *, Crying',
            "",
            "Therapist tears: m|Empathy: k|Tears, real: m|Crying: m k|Other readings: a w z",
        ),
        ("topic: empathy", "", "Empathy: k|Other readings: m a w z"),
        ("topic: nothing", "", "Other readings: m k a w z"),
        ("year", "", "1885: z|1999: k|2001: m|2010: a|No date: w"),
        ("year", "author, -year", "2010: a|2001: m|1999: k|1885: z|No date: w"),
        ("decade", "", "1880–1889: z|1990–1999: k|2000–2009: m|2010–2019: a|No date: w"),
        ("type", "", "Journal articles: m|Books: k z|Book chapters: a|Web pages: w"),
        (
            "type: books, chapter, *",
            "",
            "Books: k z|Book chapters: a|Journal articles: m|Web pages: w",
        ),
        ("type: online, journal articles", "", "Journal articles: m|Other readings: k a w z"),
        ("importance", "", "Essential: m|Recommended: w|Further: k|Other readings: a z"),
        ("importance: 3, essential", "", "Further: k|Essential: m|Other readings: a w z"),
        ("language", "", "Deutsch: a|Français: z|Other readings: m k w"),
        (
            "author",
            "",
            "Alden, Pat: a|Kahn, Michael: k|Müller, Anna: m|O’Brien, Pat: m"
            "|World Health Organization: w|Zola, Émile: z",
        ),
    ],
)
def test_groups(group: str, sort: str, expected: str) -> None:
    grouping = parse_grouping(group, Source("q", group)).value
    assert grouping is not None
    order = parse_sort(sort, Source("q", sort)).value if sort else ()
    found = groups(LIBRARY, grouping, LISTED, group_words("en"), order)
    shown = (f"{g.heading}: {' '.join(entry.key[0] for entry in g.entries)}" for g in found)
    assert "|".join(shown) == expected


def test_headings_in_the_readers_language() -> None:
    grouping = Grouping("week")
    german = groups(LIBRARY, grouping, LISTED, group_words("de-AT"))
    assert [group.heading for group in german][:2] == ["Woche 1", "Woche 2"]
    assert german[-1].heading == "Weitere Literatur"
    assert group_words("xx") == group_words("en")
    for language in _LANGUAGES:
        words = group_words(language)
        assert len(words.kinds) == len(set(words.kinds)) == len(KINDS)
        assert language == "en" or words != group_words("en")
        assert language in LANGUAGE_NAMES


# ── whatever is asked ────────────────────────────────────────────────────────────────────────────

_VALUES = st.sampled_from(["crying", "a*", "*", "1990-2005", "2001", "1", "", "–", "essential"])
_TERMS = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda name: st.builds(
        Term,
        st.just(name),
        st.sampled_from(sorted(OPERATORS[FIELDS[name]], key=str) or [Operator.HAS]),
        st.lists(_VALUES, min_size=1, max_size=2).map(tuple),
        st.just(Span(0, 0)),
    )
)
_QUERIES: st.SearchStrategy[Query] = st.recursive(
    _TERMS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(And, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@given(_QUERIES)
def test_every_query_has_an_answer_and_not_turns_it_round(query: Query) -> None:
    for entry in LIBRARY:
        assert matches(query, entry, LISTED) is not matches(Not(query), entry, LISTED)


@given(st.lists(st.builds(SortKey, st.sampled_from(SORT_FIELDS), st.booleans()), max_size=4))
def test_sorting_loses_nothing_and_twice_is_once(sort: list[SortKey]) -> None:
    once = sorted_entries(LIBRARY, sort, LISTED)
    assert sorted(entry.key for entry in once) == sorted(entry.key for entry in LIBRARY)
    assert sorted_entries(once, sort, LISTED) == once


@given(
    st.sampled_from([name for name in GROUP_FIELDS if name != "none"]),
    st.lists(
        st.sampled_from(["*", "1", "crying", "Books", "further", "x"]), max_size=3, unique=True
    ),
)
def test_every_work_stands_in_a_group(name: str, order: list[str]) -> None:
    found = groups(LIBRARY, Grouping(name, tuple(order)), LISTED, group_words("en"))
    assert {entry.key for group in found for entry in group.entries} == {e.key for e in LIBRARY}
    assert len({group.key for group in found}) == len(found)
    assert all(group.entries and group.heading for group in found)
    for group in found:
        positions = [list(LIBRARY).index(entry) for entry in group.entries]
        assert positions == sorted(set(positions))
