"""The specification's chapter on rendering elements: text, date, number, names, label, choose."""

from __future__ import annotations

import pytest

from tcit_export.csl.output import to_text
from tcit_export.csl.processor import Citation, CitationItem

from .making import book, cite, run, style_xml
from .sentences import DOE, POE, ROE, Case, check, issued, macro, sentences, terms

PARTS = (
    '<date variable="issued" delimiter=" "><date-part name="day"/><date-part name="month"/>'
    '<date-part name="year"/></date>'
)
NUMERIC = (
    '<date variable="issued" delimiter="-"><date-part name="year"/>'
    '<date-part name="month" form="numeric-leading-zeros"/>'
    '<date-part name="day" form="numeric-leading-zeros"/></date>'
)
YEAR = '<date variable="issued"><date-part name="year" prefix="(" suffix=")"/></date>'


@sentences(
    Case("a variable", '<text variable="title"/>', [{"title": "T"}], "T"),
    Case("its short form", '<text variable="title" form="short"/>',
         [{"title": "T", "title-short": "s"}], "s"),
    Case("the long form where there is no short one", '<text variable="title" form="short"/>',
         [{"title": "T"}], "T"),
    Case("a macro", '<text macro="m"/>', [{"title": "T"}], "T",
         head=macro("m", '<text variable="title"/>')),
    Case("a term", '<text term="page" form="short" plural="true"/>', [{}], "pp."),
    Case("the value itself", '<text value="v"/>', [{}], "v"),
    Case("affixes need output", '<text variable="title" prefix="(" suffix=")"/>'
         '<text value="x"/>', [{}], "x"),
    Case("delimiters do not reach into a macro", '<group delimiter=", "><text macro="m"/>'
         '<text value="c"/></group>', [{}], "ab, c",
         head=macro("m", '<text value="a"/><text value="b"/>')),
)  # fmt: skip
def test_text(case: Case) -> None:
    check(case)


@sentences(
    Case("parts in the order of the style", PARTS, [issued([2005, 12, 15])], "15 December 2005"),
    Case("parts that are missing leave no delimiter", PARTS, [issued([2005])], "2005"),
    Case("leading noughts", NUMERIC, [issued([2005, 1, 5])], "2005-01-05"),
    Case("short years", '<date variable="issued"><date-part name="year" form="short"/></date>',
         [issued([2005])], "05"),
    Case("ordinal days", '<date variable="issued"><date-part name="day" form="ordinal"/></date>',
         [issued([2005, 1, 1])], "1st"),
    Case("short months without periods", '<date variable="issued"><date-part name="month" '
         'form="short" strip-periods="true"/></date>', [issued([2005, 1])], "Jan"),
    Case("a range of days", PARTS, [issued([2005, 1, 5], [2005, 1, 7])], "5–7 January 2005"),
    Case("a range of months", PARTS, [issued([2005, 1, 5], [2005, 3, 7])],
         "5 January–7 March 2005"),
    Case("a range of years", PARTS, [issued([2005, 1], [2006, 3])], "January 2005–March 2006"),
    Case("a range that differs in parts not shown", YEAR, [issued([2005, 1], [2005, 3])], "(2005)"),
    Case("years of fewer than four digits are AD", '<date variable="issued" form="text"/>',
         [issued([79])], "79 AD"),
    Case("negative years are BC", '<date variable="issued" form="text"/>', [issued([-2500])],
         "2500 BC"),
    Case("a season stands for the month", PARTS, [issued([2009], season=4)], "Winter 2009"),
    Case("by its name even among numbers", NUMERIC, [issued([2009], season=4)], "2009-Winter"),
    Case("a season without a year", PARTS, [{"issued": {"season": "3"}}], "Autumn"),
    Case("words for a date are dressed as the year", YEAR, [{"issued": {"literal": "in press"}}],
         "(in press)"),
    Case("approximate dates", '<choose><if is-uncertain-date="issued"><text term="circa" '
         'form="short" suffix=" "/></if></choose>' + YEAR, [issued([2003], circa=True)],
         "c. (2003)"),
    Case("a date as people in Japan write it", PARTS, [{"issued": {"raw": "2001年5月10日"}}],
         "10 May 2001"),
)  # fmt: skip
def test_dates(case: Case) -> None:
    check(case)


def number(form: str, variable: str = "edition") -> str:
    return f'<number variable="{variable}" form="{form}"/>'


@sentences(
    Case("blanks around a hyphen go", number("numeric"), [{"edition": "2 - 4"}], "2–4"),
    Case("one blank after a comma", number("numeric"), [{"edition": "2 , 3"}], "2, 3"),
    Case("blanks around an ampersand", number("numeric"), [{"edition": "2&3"}], "2 &#38; 3"),
    Case("each number on its own", number("ordinal"), [{"edition": "2, 3"}], "2nd, 3rd"),
    Case("in words", number("long-ordinal"), [{"edition": "2, 3"}], "second, third"),
    Case("in roman numerals", number("roman"), [{"edition": "2, 3"}], "ii, iii"),
    Case("affixes are left alone", number("ordinal"), [{"edition": "2E"}], "2E"),
    Case("no number, as it is", number("ordinal"), [{"edition": "Special edition"}],
         "Special edition"),
    Case("a rising pair is a range, whatever it counts", number("numeric", "number"),
         [{"number": "2-4"}], "2–4"),
    Case("a report's number is no range", number("numeric", "number"), [{"number": "2005-12"}],
         "2005-12"),
    Case("numbers of three parts are codes but for the last", '<text variable="volume"/>',
         [{"volume": "1-2-3"}], "1-2–3"),
    Case("upper case", '<number variable="edition" form="roman" text-case="uppercase"/>',
         [{"edition": "4"}], "IV"),
)  # fmt: skip
def test_numbers(case: Case) -> None:
    check(case)


BOTH = {"editor": [DOE], "translator": [DOE]}
LABELLED = '<names variable="editor translator" delimiter="; "><name form="short"/>{}</names>'


@sentences(
    Case("each variable in the order given", LABELLED.format(""),
         [{"editor": [DOE, ROE], "translator": [POE]}], "Doe, Roe; Poe"),
    Case("equal editors and translators once", LABELLED.format('<label prefix=" (" suffix=")"/>'),
         [BOTH], "Doe (editor &#38; translator)"),
    Case("a label before the name", '<names variable="editor"><label form="verb" suffix=" "/>'
         '<name form="short"/></names>', [{"editor": [DOE]}], "edited by Doe"),
    Case("a label after it", '<names variable="editor"><name form="short"/>'
         '<label form="short" prefix=", "/></names>', [{"editor": [DOE, ROE]}], "Doe, Roe, eds."),
    Case("count counts what would be shown", '<names variable="author"><name form="count" '
         'et-al-min="2" et-al-use-first="1"/></names>', [{"author": [DOE, ROE, POE]}], "1"),
    Case("et-al takes another term", '<names variable="author"><name form="short" et-al-min="2" '
         'et-al-use-first="1"/><et-al term="and others"/></names>', [{"author": [DOE, ROE]}],
         "Doe and others"),
    Case("et-al has its own font", '<names variable="author"><name form="short" et-al-min="2" '
         'et-al-use-first="1"/><et-al font-style="italic"/></names>', [{"author": [DOE, ROE]}],
         "Doe <i>et al.</i>"),
    Case("name parts in their own case", '<names variable="author"><name><name-part name="family" '
         'text-case="uppercase"/></name></names>', [{"author": [ROE]}], "Jane Mary ROE"),
    Case("affixes of the family name hold its suffix", '<names variable="author"><name><name-part '
         'name="family" prefix="[" suffix="]"/></name></names>',
         [{"author": [{"family": "King", "given": "M.", "suffix": "Jr."}]}], "M. [King Jr.]"),
    Case("affixes of the given name hold demoted particles", '<names variable="author"><name '
         'name-as-sort-order="all"><name-part name="given" prefix="[" suffix="]"/></name></names>',
         [{"author": [{"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}]}],
         "Gogh, [V. van]"),
    Case("initials keep their order", '<names variable="author"><name initialize-with=". " '
         'name-as-sort-order="first"/></names>', [{"author": [ROE, POE]}], "Roe, J. M., E. A. Poe"),
    Case("signs of transliteration have no initial", '<names variable="author"><name '
         'initialize-with="."/></names>', [{"author": [{"family": "ʿAbd", "given": "ʿAlī"}]}],
         "A. ʿAbd"),
)  # fmt: skip
def test_names(case: Case) -> None:
    check(case)


SUBSTITUTED = (
    '<group delimiter=". "><names variable="author"><name form="short"/><label prefix=" "/>'
    '<substitute><names variable="editor"/><text variable="title"/></substitute></names>'
    '<names variable="editor"/><text variable="title"/></group>'
)


@sentences(
    Case("names that are there need no substitute", SUBSTITUTED,
         [{"author": [DOE], "title": "T"}], "Doe. T"),
    Case("the first substitute with output; it takes name and label of the names around it",
         SUBSTITUTED, [{"editor": [DOE], "title": "T"}], "Doe editor. T"),
    Case("what was substituted is not shown again", SUBSTITUTED, [{"title": "T"}], "T"),
    Case("what was shown before stays", '<group delimiter=" "><text variable="title"/>'
         '<names variable="author"><substitute><text variable="title"/></substitute></names>'
         "</group>", [{"title": "T"}], "T T"),
    Case("a substituted variable is empty for groups", '<names variable="author"><substitute>'
         '<text variable="title"/></substitute></names><group prefix=" "><text term="in"/>'
         '<text variable="title"/></group>', [{"title": "T"}], "T"),
)  # fmt: skip
def test_substitute(case: Case) -> None:
    check(case)


def labelled(variable: str, attributes: str = "") -> str:
    return f'<label variable="{variable}" form="short" {attributes}/>'


@sentences(
    *(Case(f"{variable} {value} has the label {shown}", labelled(variable), [{variable: value}],
           shown)
      for variable, value, shown in (
          ("page", "3", "p."), ("page", "5-7", "pp."), ("page", "5, 7", "pp."),
          ("volume", "2", "vol."), ("volume", "2 & 4", "vols."), ("page", "N12", "p."),
          ("number-of-pages", "1", "p."), ("number-of-pages", "3", "pp."),
          ("number-of-pages", "iv-ix", "pp."), ("number-of-volumes", "1", "vol."),
          ("number-of-volumes", "3", "vols."))),
    Case("no content, no label", labelled("page") + '<text value="x"/>', [{}], "x"),
    Case("always plural", labelled("page", 'plural="always"'), [{"page": "1"}], "pp."),
    Case("never plural", labelled("page", 'plural="never"'), [{"page": "1-3"}], "p."),
    Case("apostrophes are curly", '<label variable="page"/>', [{"page": "1-3"}], "pagina’s",
         style='default-locale="nl-NL"'),
    Case("without periods", labelled("page", 'strip-periods="true"'), [{"page": "1"}], "p"),
)  # fmt: skip
def test_labels(case: Case) -> None:
    check(case)


GROUP = '<text value="["/><group delimiter=" " prefix="(" suffix=")">{}</group><text value="]"/>'


@sentences(
    Case("terms alone stay", GROUP.format('<text term="in"/>'), [{}], "[(in)]"),
    Case("terms go with empty variables", GROUP.format('<text term="in"/><text variable="title"/>'),
         [{}], "[]"),
    Case("labels too", GROUP.format('<label variable="page"/><text variable="page"/>'), [{}], "[]"),
    Case("one variable is enough", GROUP.format('<text variable="page"/><text variable="title"/>'),
         [{"title": "T"}], "[(T)]"),
    Case("macros count by what they call", GROUP.format('<text term="in"/><text macro="m"/>'),
         [{}], "[]", head=macro("m", '<text variable="title"/>')),
    Case("a group inside with output is a variable with content",
         GROUP.format('<group><text term="in"/></group><text variable="title"/>'), [{}], "[(in)]"),
    Case("a group inside without output is one without",
         GROUP.format('<text term="in"/><group><text variable="title"/></group>'), [{}], "[]"),
    Case("a macro with output counts as content",
         GROUP.format('<text macro="m"/><text variable="title"/>'), [{}], "[(in)]",
         head=macro("m", '<text term="in"/>')),
)  # fmt: skip
def test_groups(case: Case) -> None:
    check(case)


def decided(tests: str) -> str:
    return f'<choose><if {tests}><text value="yes"/></if><else><text value="no"/></else></choose>'


@sentences(
    *(Case(f"{tests} is {answer}", decided(tests), [{"title": "T", "volume": "2nd", "page": " "}],
           answer)
      for tests, answer in (
          ('variable="title"', "yes"), ('variable="note"', "no"), ('variable="page"', "no"),
          ('variable="title note"', "no"), ('variable="title note" match="any"', "yes"),
          ('variable="title note" match="none"', "no"), ('variable="note" match="none"', "yes"),
          ('is-numeric="volume"', "yes"), ('is-numeric="title"', "no"),
          ('is-numeric="note"', "no"), ('type="book"', "yes"), ('type="chapter"', "no"),
          ('type="book chapter"', "yes"), ('type="book" variable="note"', "no"),
          ('type="book" variable="note" match="any"', "yes"), ('position="first"', "yes"),
          ('position="subsequent"', "no"), ('locator="page"', "no"))),
    Case("the first branch that holds", '<choose><if type="chapter"><text value="1"/></if>'
         '<else-if type="book"><text value="2"/></else-if><else-if variable="title">'
         '<text value="3"/></else-if><else><text value="4"/></else></choose>', [{"title": "T"}],
         "2"),
    Case("the delimiter around reaches into the branch", '<group delimiter=", "><choose>'
         '<if type="book"><text value="a"/><text value="b"/></if></choose></group>', [{}], "a, b"),
    Case("a short title by its old name is one", decided('variable="title-short"'),
         [{"shortTitle": "s"}], "yes"),
    Case("positions are false in the bibliography", decided('position="first"'), [{}], "no",
         listed=True),
)  # fmt: skip
def test_conditions(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    ("locators", "label", "answer"),
    [("page", "page", "yes"), ("chapter", "page", "no"), ("sub-verbo", "sub verbo", "yes"),
     ("chapter page", "page", "no"), ("page", "", "yes")],
)  # fmt: skip
def test_locators(locators: str, label: str, answer: str) -> None:
    xml = style_xml(f"<layout>{decided(f'locator={chr(34)}{locators}{chr(34)}')}</layout>")
    cited = Citation((CitationItem("1", locator="5", label=label),))
    assert str(run(xml, [book("1")], [cited]).citations[0]).count(answer) == 1


def test_a_macro_is_compiled_for_each_scope() -> None:
    """position is false in the bibliography even where a macro is shared."""
    head = macro("m", decided('position="first"'))
    xml = style_xml(
        '<layout><text macro="m"/></layout>', '<layout><text macro="m"/></layout>', head=head
    )
    result = run(xml, [book("1")], [cite("1")])
    assert "yes" in str(result.citations[0])
    assert "no" in str(result.bibliography[0].output)


def test_terms_of_the_style_reach_labels() -> None:
    check(Case("a term for a role", '<names variable="chair"><name form="short"/>'
               '<label prefix=" "/></names>', [{"chair": [DOE]}], "Doe head",
               head=terms('<term name="chair">head</term>')))  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "layout", "shown"),
    [("p. 5", '<text variable="locator" prefix="p. "/>', "p. 5"),
     ("§§ 5-6", '<label variable="locator" form="symbol"/><text variable="locator"/>', "§§5–6"),
     ("chap. 3", '<label variable="locator" form="short" suffix=" "/><text variable="locator"/>',
      "chap. 3")],
)  # fmt: skip
def test_labels_typed_with_locators(typed: str, layout: str, shown: str) -> None:
    cites = Citation((CitationItem("1", locator=typed),))
    found = run(style_xml(f"<layout>{layout}</layout>"), [book("1")], [cites]).citations[0]
    assert to_text(found) == shown
