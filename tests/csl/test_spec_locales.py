"""The specification's chapters on locales: fallback, terms, ordinals, dates, options."""

from __future__ import annotations

from .sentences import Case, check, issued, sentences, terms

AND = '<text term="and"/>'
ANY, LANG, DIALECT = (
    terms('<term name="and">any</term><term name="in">inside</term>'),
    terms('<term name="and">language</term>', "de"),
    terms('<term name="and">dialect</term>', "de-AT"),
)
EDITION = '<number variable="edition" form="ordinal"/>'
LONG = '<number variable="edition" form="long-ordinal"/>'
ENDINGS = terms(
    '<term name="ordinal">.</term><term name="ordinal-00" match="last-two-digits">oo</term>'
    '<term name="ordinal-01" match="whole-number">!</term><term name="ordinal-02">nd</term>'
    '<term name="ordinal-12">twelve</term><term name="ordinal-13" match="whole-number">13</term>'
)
TEXT_DATE = '<date variable="issued" form="text"/>'
OWN_DATES = (
    '<locale><date form="text" delimiter=" "><date-part name="day" suffix="."/>'
    '<date-part name="month" form="short"/><date-part name="year"/></date></locale>'
)
ORDINAL_DAY = '<date variable="issued" form="text"><date-part name="day" form="ordinal"/></date>'


def limited(value: str) -> str:
    return f'<locale><style-options limit-day-ordinals-to-day-1="{value}"/></locale>'


@sentences(
    Case("the dialect comes before the language", AND, [{}], "dialect",
         head=ANY + LANG + DIALECT, style='default-locale="de-AT"'),
    Case("the language comes before elements without one", AND, [{}], "language",
         head=ANY + LANG, style='default-locale="de-AT"'),
    Case("elements without a language hold for all", AND, [{}], "any",
         head=ANY, style='default-locale="fr-FR"'),
    Case("each unit falls back on its own", f'<group delimiter=" ">{AND}<text term="in"/></group>',
         [{}], "dialect inside", head=ANY + DIALECT, style='default-locale="de-AT"'),
    Case("other dialects are not for this one", AND, [{}], "und",
         head=DIALECT, style='default-locale="de-CH"'),
    Case("a secondary dialect falls back to the primary one", '<text term="editor" form="short"/>',
         [{}], "Hrsg.", style='default-locale="de-AT"'),
    Case("a language stands for its primary dialect", AND, [{}], "und",
         style='default-locale="de"'),
    Case("the last resort is American English", AND, [{}], "and", style='default-locale="xx-XX"'),
    Case("an empty term stops the fallback", f'<group delimiter="-"><text value="a"/>{AND}</group>',
         [{}], "a", head=terms('<term name="and"/>')),
    Case("so does one that closes at once", f'<group delimiter="-"><text value="a"/>{AND}</group>',
         [{}], "a", head=terms('<term name="and"></term>')),
    Case("locales come before forms", '<text term="editor" form="short"/>', [{}], "ed.",
         head=terms('<term name="editor">redactor</term>')),
)  # fmt: skip
def test_locale_fallback(case: Case) -> None:
    check(case)


@sentences(
    Case("singular", '<text term="page"/>', [{}], "page"),
    Case("plural", '<text term="page" plural="true"/>', [{}], "pages"),
    Case("one text for both", '<text term="and others" plural="true"/>', [{}], "and others"),
    Case("verb-short falls back to verb", '<text term="guest" form="verb-short"/>', [{}], "by",
         head=terms('<term name="guest" form="verb">by</term>'), style='default-locale="xx"'),
    Case("symbol falls back to short", '<text term="volume" form="symbol"/>', [{}], "vol."),
    Case("short falls back to long", '<text term="in" form="short"/>', [{}], "in"),
    Case("verb falls back to long", '<text term="in" form="verb"/>', [{}], "in"),
    Case("no such term: an empty string", '<group delimiter="-"><text value="a"/>'
         '<text term="no such term"/></group>', [{}], "a"),
    Case("a term of the style's own", '<text term="my term"/>', [{}], "mine",
         head=terms('<term name="my term">mine</term>')),
    Case("superscript letters become superscripts", '<text term="page"/>', [{}],
         "n<sup>o</sup>", head=terms('<term name="page">nº</term>')),
)  # fmt: skip
def test_terms(case: Case) -> None:
    check(case)


@sentences(
    *(Case(f"{number} is {shown} in English", EDITION, [{"edition": number}], shown)
      for number, shown in (("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("11", "11th"),
                            ("12", "12th"), ("13", "13th"), ("21", "21st"), ("101", "101st"),
                            ("111", "111th"), ("112", "112th"))),
    *(Case(f"{number} matches {shown}", EDITION, [{"edition": number}], shown, head=ENDINGS)
      for number, shown in (("1", "1!"), ("21", "21."), ("2", "2nd"), ("22", "22nd"),
                            ("12", "12twelve"), ("112", "112twelve"), ("13", "1313"),
                            ("113", "113."), ("10", "10."), ("100", "100oo"), ("200", "200oo"))),
    *(Case(f"{number} is {shown} by the scheme of CSL 1.0", EDITION, [{"edition": number}], shown,
           head=terms('<term name="ordinal-01">st</term><term name="ordinal-02">nd</term>'
                      '<term name="ordinal-03">rd</term><term name="ordinal-04">th</term>'))
      for number, shown in (("1", "1st"), ("21", "21st"), ("11", "11th"), ("12", "12th"),
                            ("13", "13th"), ("14", "14th"), ("20", "20th"), ("23", "23rd"))),
    Case("one ordinal term replaces them all", EDITION, [{"edition": "2"}], "2.",
         head=terms('<term name="ordinal">.</term>')),
    Case("a number that begins with a nought is a code", EDITION, [{"edition": "007"}], "007"),
)  # fmt: skip
def test_ordinal_suffixes(case: Case) -> None:
    check(case)


@sentences(
    Case("words for one to ten", LONG, [{"edition": "2"}], "second"),
    Case("ten", LONG, [{"edition": "10"}], "tenth"),
    Case("other numbers fall back to the suffixes", LONG, [{"edition": "11"}], "11th"),
    Case("words are matched as whole numbers", LONG, [{"edition": "12"}], "12th",
         head=terms('<term name="long-ordinal-02" match="last-digit">two</term>')),
    Case("a language of two genders is not mixed with English", LONG, [{"edition": "2"}],
         "segunda", style='default-locale="pt-PT"'),
)  # fmt: skip
def test_long_ordinals(case: Case) -> None:
    check(case)


FRENCH = terms(
    '<term name="edition" gender="feminine">édition</term><term name="issue">numéro</term>'
    '<term name="month-01" gender="masculine">janvier</term><term name="ordinal">e</term>'
    '<term name="ordinal-01" gender-form="feminine" match="whole-number">re</term>'
    '<term name="ordinal-01" gender-form="masculine" match="whole-number">er</term>'
    '<term name="long-ordinal-01">un</term>'
    '<term name="long-ordinal-01" gender-form="feminine">première</term>'
)


@sentences(
    Case("the gender of the noun", EDITION, [{"edition": "1"}], "1re", head=FRENCH),
    Case("else the neuter", EDITION, [{"edition": "3"}], "3e", head=FRENCH),
    Case("a noun without gender is neuter", '<number variable="issue" form="ordinal"/>',
         [{"issue": "1"}], "1e", head=FRENCH),
    Case("days go with their month", '<date variable="issued"><date-part name="day" '
         'form="ordinal" suffix=" "/><date-part name="month"/></date>',
         [issued([2001, 1, 1])], "1er janvier", head=FRENCH + limited("false")),
    Case("words have genders too", LONG, [{"edition": "1"}], "première", head=FRENCH),
)  # fmt: skip
def test_genders(case: Case) -> None:
    check(case)


@sentences(
    Case("numeric", '<date variable="issued" form="numeric"/>', [issued([2005, 12, 15])],
         "12/15/2005"),
    Case("text", TEXT_DATE, [issued([2005, 12, 15])], "December 15, 2005"),
    Case("in another language", TEXT_DATE, [issued([2005, 12, 15])], "15 décembre 2005",
         style='default-locale="fr-FR"'),
    Case("the style's own format", TEXT_DATE, [issued([2005, 12, 15])], "15. Dec. 2005",
         head=OWN_DATES),
    Case("its delimiter needs two parts", TEXT_DATE, [issued([2005])], "2005", head=OWN_DATES),
    Case("only months and years", '<date variable="issued" form="text" date-parts="year-month"/>',
         [issued([2005, 12, 15])], "December 2005"),
    Case("only years", '<date variable="issued" form="text" date-parts="year"/>',
         [issued([2005, 12, 15])], "2005"),
    Case("date-part elements override attributes", '<date variable="issued" form="text">'
         '<date-part name="month" form="short" strip-periods="true"/></date>',
         [issued([2005, 12, 15])], "Dec 15, 2005"),
    Case("they change neither parts nor order", '<date variable="issued" form="text" '
         'date-parts="year-month"><date-part name="day"/><date-part name="month" form="short"/>'
         "</date>", [issued([2005, 12, 15])], "Dec. 2005"),
    Case("their affixes are the locale's", '<date variable="issued" form="text">'
         '<date-part name="year" prefix="("/></date>', [issued([2005])], "2005"),
    Case("affixes of cs:date are the style's", '<date variable="issued" form="text" prefix="(" '
         'suffix=")"/>', [issued([2005])], "(2005)"),
)  # fmt: skip
def test_localized_dates(case: Case) -> None:
    check(case)


QUOTED = '<text variable="title" quotes="true" suffix=", "/><text value="x"/>'
INSIDE = '<locale><style-options punctuation-in-quote="true"/></locale>'
OUTSIDE = '<locale><style-options punctuation-in-quote="false"/></locale>'


@sentences(
    Case("all days are ordinals", ORDINAL_DAY, [issued([2001, 1, 2])], "January 2nd, 2001"),
    Case("only the first day", ORDINAL_DAY, [issued([2001, 1, 2])], "January 2, 2001",
         head=limited("true")),
    Case("the first day still", ORDINAL_DAY, [issued([2001, 1, 1])], "January 1st, 2001",
         head=limited("true")),
    Case("French does so by itself", ORDINAL_DAY, [issued([2001, 1, 2])], "2 janvier 2001",
         style='default-locale="fr-FR"'),
    Case("punctuation inside the quotes", QUOTED, [{"title": "T"}], "“T,” x", head=INSIDE),
    Case("punctuation outside the quotes", QUOTED, [{"title": "T"}], "“T”, x", head=OUTSIDE),
    Case("the locale decides", QUOTED, [{"title": "T"}], "‘T’, x", style='default-locale="en-GB"'),
    Case("a style's options are per language", QUOTED, [{"title": "T"}], "“T,” x",
         head='<locale xml:lang="de"><style-options punctuation-in-quote="false"/></locale>'),
    Case("semicolons stay outside", QUOTED.replace(", ", "; "), [{"title": "T"}], "“T”; x",
         head=INSIDE),
)  # fmt: skip
def test_locale_options(case: Case) -> None:
    check(case)
