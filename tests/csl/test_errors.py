"""What is wrong with a style or an item is said once, clearly, with the line."""

from __future__ import annotations

import pytest

from tcit_export.csl.item import Item, ItemError
from tcit_export.csl.load import load_locale, load_style
from tcit_export.csl.style import StyleError

from .making import NAMESPACE, style_xml

HEAD = f'<style xmlns="{NAMESPACE}" version="1.0" class="in-text">\n'
DEPENDENT = (
    f'<style xmlns="{NAMESPACE}" version="1.0"><info><title>Child</title>\n'
    '<link href="http://www.zotero.org/styles/parent" rel="independent-parent"/></info></style>'
)
WRONG = [
    ("no XML at all", "Dear reader", "not well-formed XML", 1),
    ("an unclosed element", f"{HEAD}<citation>\n<layout>", "not well-formed XML", 3),
    ("nothing", "", "not well-formed XML", 1),
    ("another language", "<html><body/></html>", "not in the CSL namespace", 1),
    ("a locale instead", f'<locale xmlns="{NAMESPACE}"/>', "not `style`", 1),
    (
        "a document type",
        f'<?xml version="1.0"?>\n<!DOCTYPE style [<!ENTITY x "y">]>\n{HEAD}</style>',
        "DOCTYPE",
        2,
    ),
    ("no citation", f"{HEAD}</style>", "no `citation`", 1),
    ("no layout", f"{HEAD}<citation/></style>", "no `layout`", 2),
    (
        "an unknown macro",
        f'{HEAD}<citation><layout>\n<text macro="titel"/></layout></citation></style>',
        "no macro `titel`",
        3,
    ),
    (
        "a macro that calls itself",
        f'{HEAD}<macro name="a">\n<text macro="a"/></macro><citation><layout/></citation></style>',
        "`a` calls itself",
        3,
    ),
    (
        "macros in a circle",
        f'{HEAD}<macro name="a"><text macro="b"/></macro>\n'
        '<macro name="b"><text macro="a"/></macro>'
        "<citation><layout/></citation></style>",
        "calls itself",
        3,
    ),
    (
        "a number that is none",
        f'{HEAD}<citation et-al-min="three"><layout/></citation></style>',
        "`et-al-min` needs a whole number",
        2,
    ),
    (
        "too deep",
        style_xml("<layout>" + "<group>" * 500 + "</group>" * 500 + "</layout>"),
        "deeper",
        1,
    ),
    (
        "an element that CSL does not know",
        f'{HEAD}<citation><layout>\n<textt variable="title"/></layout></citation></style>',
        "`textt` cannot stand in `layout`",
        3,
    ),
    (
        "an element that says not what it renders",
        f"{HEAD}<citation><layout>\n\n<number/></layout></citation></style>",
        "`number` lacks `variable`",
        4,
    ),
    (
        "a macro twice",
        f'{HEAD}<macro name="a"/>\n<macro name="a"/><citation><layout/></citation></style>',
        "a second macro `a`",
        3,
    ),
    (
        "a second citation",
        f"{HEAD}<citation><layout/></citation>\n<citation><layout/></citation></style>",
        "a second `citation` in `style`",
        3,
    ),
    (
        "another class",
        f'<style xmlns="{NAMESPACE}" class="footnote"><citation><layout/></citation></style>',
        "not `footnote`",
        1,
    ),
    ("ten thousand groups", style_xml("<group>" * 10_000 + "</group>" * 10_000), "deeper", 1),
    (
        "entities that multiply",
        '<!DOCTYPE s [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>\n' + HEAD + "&b;</style>",
        "DOCTYPE",
        1,
    ),
    (
        "an unknown encoding",
        b'<?xml version="1.0" encoding="x-own"?><style/>',
        "encoding",
        1,
    ),
    ("no parent at hand", DEPENDENT, "depends on `http://www.zotero.org/styles/parent`", 2),
]


@pytest.mark.parametrize(
    ("xml", "message", "line"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_style_that_cannot_be_used(xml: str | bytes, message: str, line: int) -> None:
    with pytest.raises(StyleError) as caught:
        load_style(xml)
    assert message in caught.value.message
    assert caught.value.line == line


def test_unknown_attributes_and_values_are_passed_over() -> None:
    from .making import cited

    xml = style_xml(
        '<layout><text variable="title" colour="red" text-case="camel" font-style="wavy"/>'
        '<text term="page" form="tiny" prefix=" "/></layout>'
    )
    assert cited(xml, [{"id": "1", "type": "book", "title": "a B"}]) == "a B page"


def test_deep_macros_are_refused_too() -> None:
    macros = "".join(
        f'<macro name="m{n}"><group><group><text macro="m{n + 1}"/></group></group></macro>'
        for n in range(80)
    )
    xml = style_xml("<layout/>", head=macros + '<macro name="m80"><text value="x"/></macro>')
    with pytest.raises(StyleError, match="deeper"):
        load_style(xml)


def test_the_deepest_allowed_nesting_renders() -> None:
    from .making import cited

    depth = 140
    xml = style_xml(
        "<layout>" + "<group>" * depth + '<text value="x"/>' + "</group>" * depth + "</layout>"
    )
    assert cited(xml, [{"id": "1", "type": "book"}]) == "x"


def test_a_missing_parent_is_named() -> None:
    def nowhere(uri: str) -> bytes:
        raise LookupError(uri)

    with pytest.raises(StyleError, match="the parent style `http"):
        load_style(DEPENDENT, resolve_parent=nowhere)


def test_a_style_that_is_its_own_parent() -> None:
    with pytest.raises(StyleError, match="depends on itself"):
        load_style(DEPENDENT, resolve_parent=lambda _uri: DEPENDENT)


def test_a_dependent_style_keeps_its_title_and_locale() -> None:
    child = DEPENDENT.replace('version="1.0"', 'version="1.0" default-locale="fr-FR"')
    style = load_style(child, resolve_parent=lambda _uri: style_xml())
    assert style.info.title == "Child"
    assert style.default_locale == "fr-FR"


def test_a_locale_that_is_none() -> None:
    with pytest.raises(StyleError, match="not `locale`"):
        load_locale(style_xml())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "an item must be an object"),
        ({"id": 1, "author": 7}, "item `1`, `author`: a list of names"),
        ({"id": "k", "issued": {"date-parts": [["soon"]]}}, "`k`, `issued`: `soon` is no year"),
        ({"id": "k", "issued": {"date-parts": 5}}, "`date-parts` must be a list"),
        ({"id": "k", "title": {"a": {}}, "volume": [[1]]}, "`volume`"),
    ],
)
def test_an_item_that_cannot_be_read(data: object, message: str) -> None:
    with pytest.raises(ItemError) as caught:
        Item.from_json(data)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_sloppy_items_are_understood() -> None:
    item = Item.from_json(
        {
            "id": 7,
            "volume": 12,
            "issue": 3.0,
            "author": {"family": "Doe", "given": None},
            "editor": "The Editors",
            "issued": "2001-05-03",
            "accessed": {"date-parts": [["2002", "", ""]]},
            "note": None,
        }
    )
    assert (item.id, item.type, item.fields["volume"], item.fields["issue"]) == ("7", "", "12", "3")
    assert item.names["author"][0].family == "Doe"
    assert item.names["editor"][0].literal == "The Editors"
    assert item.dates["issued"].date_parts == ((2001, 5, 3),)
    assert item.dates["accessed"].date_parts == ((2002,),)


def test_items_survive_a_round_trip() -> None:
    data = {
        "id": "k",
        "type": "book",
        "author": [{"family": "Doe", "given": "J.", "suffix": "Jr."}],
        "issued": {"date-parts": [[2001, 5], [2002]], "circa": True},
        "title": "A <i>b</i>",
        "x-own": "kept",
    }
    item = Item.from_json(data)
    assert item.to_json() == data
    assert Item.from_json(item.to_json()) == item


def test_fields_in_a_note_are_read() -> None:
    note = "original-date: 1880\nillustrator: Doe || Jane\nA remark: kept."
    item = Item.from_json({"id": "k", "type": "book", "note": note})
    assert item.dates["original-date"].date_parts == ((1880,),)
    assert item.names["illustrator"][0].given == "Jane"
    assert item.fields["note"] == "A remark: kept."
