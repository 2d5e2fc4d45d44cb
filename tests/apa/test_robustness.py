"""Whatever users type, there is a reference and no exception."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tcit_export.bibliography.load import load_library
from tcit_export.bibliography.rules.editions import edition_number
from tcit_export.bibliography.rules.identifiers import normal_doi
from tcit_export.bibliography.rules.kind import CSL_TYPES
from tcit_export.bibliography.rules.record import TCIT_VARIABLES
from tcit_export.intext import CITE_VARIABLES
from tcit_export.references import format_references
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style
from tcit_export.templates import Templates

FIELDS = """author editor translator title subtitle booktitle maintitle journaltitle journal volume
number issue pages eid edition series date year month origdate eventdate urldate publisher
institution school address location howpublished note addendum type entrysubtype titleaddon
eprint eprinttype doi url version pubstate related relatedtype citation source article section
amendment appentry shortauthor shorttitle origtitle langid keywords eventtitle venue volumes part
chapter organization sortname with narrator author+an:role author+an:username""".split()
VALUES = st.one_of(
    st.text(alphabet="abcÄ 19-/.,:;?!'`~&\\{}[]()<>|@#%$^_*+=\"§", max_size=24),
    st.lists(
        st.sampled_from(
            """in press 2001/2003 {{A}} and C, D 1=director https://x.org/a e12 x # . No. (Ed.) In:
            [Video] Talk, Vol. 3 2nd ed., 1, 2--9 A.-B. van University of Lund: (Report Part
            II Hearing Publisher: Trans.)""".split()
        ),
        min_size=1,
        max_size=5,
    ).map(" ".join),
)
TYPES = st.sampled_from([*CSL_TYPES, "misc", "nothing"])


def balanced(value: str) -> bool:
    depth = 0
    for char in re.sub(r"\\.", "", value):
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0 and not value.endswith("\\")


@settings(max_examples=120, deadline=None)
@example("image", {"title": ".", "subtitle": "Waiting"})
@example("article", {"journal": "Patience, 12(3), 4-9"})
@example("report", {"title": "Waiting", "number": "#"})
@given(TYPES, st.dictionaries(st.sampled_from(FIELDS), VALUES.filter(balanced), max_size=9))
def test_any_entry_has_a_reference(kind: str, fields: dict[str, str]) -> None:
    body = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    library = load_library([Source("x.bib", f"@{kind}{{a, {body}}}")]).value
    for name in ("apa", "csl:chicago-author-date"):
        style = load_style(name).value
        assert style is not None
        found = format_references(library, None, style, load_locale(style).value)
        assert [entry.key for entry in found] == list(library.entries)
        for entry in found:
            assert set(re.findall(r"</?([a-z]+)>", entry.html)) <= {"i", "b", "sup", "sub"}


@pytest.mark.parametrize("name", ["apa", "apa-6th-edition"])
def test_variables_of_our_own_are_explained(name: str) -> None:
    """The styles read no `tcit-` variable that is not documented."""
    style = Templates.of().text(f"styles/{name}.csl")
    read = set(re.findall(r"tcit-(?!export)[a-z-]+", style))
    assert read
    assert read - {"tcit-", *TCIT_VARIABLES, *CITE_VARIABLES} == set()


@given(st.integers(2, 99))
def test_editions_are_numbers_in_any_spelling(number: int) -> None:
    last = "" if number % 100 in (11, 12, 13) else str(number % 10)
    ordinal = f"{number}{ {'1': 'st', '2': 'nd', '3': 'rd'}.get(last, 'th') }"
    for text in (str(number), ordinal, f"{ordinal} ed.", f"{ordinal} edition", f"{number}. ed"):
        assert edition_number(text) == str(number)


@given(st.from_regex(r"10\.[0-9]{4,5}/[a-z0-9.]{1,12}[a-z0-9]", fullmatch=True))
def test_dois_are_found_in_any_spelling(doi: str) -> None:
    for before in ("", "doi:", "DOI: ", "https://doi.org/", "http://dx.doi.org/", "doi.org/"):
        assert normal_doi(before + doi) == doi
        assert normal_doi(before + doi + ".") == doi
