"""Variants of the suite's fixtures, compared with citeproc-js.

    python -m tests.bench.csl.variants FOLDER [--each N] [--seed N] [--only PREFIX] [--show N]

A fixture is one point of a large space. Each variant changes one thing of it (an attribute
of the style, a field, a date, a name, a cite), so that rules are tried where no fixture
stands. FOLDER is the suite, with its `csl_suite.py`. Where the two processors differ, the
specification decides which of them is to be looked at.
"""

from __future__ import annotations

import argparse
import collections
import copy
import importlib.util
import json
import random
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tcit_export.csl.suite import render
from tests.bench.csl.speed import DRIVERS

Request = dict[str, Any]
Change = Callable[[Request, random.Random], str]
NAMESPACE = "http://purl.org/net/xbiblio/csl"
ET.register_namespace("", NAMESPACE)

_AFFIXES = ["", " ", ", ", ". ", ".", ": ", " (", ")", "; ", "?", "“", "/", "-"]
_BOOLEAN = ["true", "false"]
_NAME = {
    "and": ["text", "symbol"],
    "delimiter-precedes-last": ["always", "never", "contextual", "after-inverted-name"],
    "delimiter-precedes-et-al": ["always", "never", "contextual", "after-inverted-name"],
    "et-al-min": ["1", "2", "3", "4"],
    "et-al-use-first": ["1", "2", "3"],
    "et-al-use-last": _BOOLEAN,
    "form": ["long", "short", "count"],
    "initialize": _BOOLEAN,
    "initialize-with": ["", ".", ". ", " "],
    "name-as-sort-order": ["first", "all"],
    "sort-separator": [", ", " ", ""],
    "delimiter": [", ", "; ", "/", " "],
}
_FONT = {
    "font-style": ["italic", "normal", "oblique"],
    "font-weight": ["bold", "normal", "light"],
    "font-variant": ["small-caps", "normal"],
    "text-decoration": ["underline"],
    "vertical-align": ["sup", "sub"],
}
_CASE = {
    "text-case": [
        "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"
    ]
}  # fmt: skip
_AFFIX = {"prefix": _AFFIXES, "suffix": _AFFIXES}
_DELIMITER = {"delimiter": [*_AFFIXES]}
_DISPLAY = {"display": ["block", "left-margin", "right-inline", "indent"]}
_CITATION_NAMES = {
    name: values for name, values in _NAME.items() if name not in ("form", "delimiter")
} | {
    "name-form": ["long", "short", "count"],
    "name-delimiter": ["; ", "/"],
    "names-delimiter": ["; ", "/"],
    "et-al-subsequent-min": ["1", "2", "3"],
    "et-al-subsequent-use-first": ["1", "2"],
}
ATTRIBUTES: dict[str, dict[str, list[str]]] = {
    "style": {
        "class": ["in-text", "note"],
        "default-locale": ["de-DE", "fr-FR", "en-US", "en-GB", "es-ES", "zh-CN", "nl-NL", "ru-RU"],
        "demote-non-dropping-particle": ["never", "sort-only", "display-and-sort"],
        "initialize-with-hyphen": _BOOLEAN,
        "page-range-format": [
            "chicago", "chicago-15", "chicago-16", "expanded", "minimal", "minimal-two"
        ],
        **_CITATION_NAMES,
    },
    "citation": {
        "collapse": ["citation-number", "year", "year-suffix", "year-suffix-ranged"],
        "cite-group-delimiter": [", ", "; ", " / "],
        "year-suffix-delimiter": [",", "; "],
        "after-collapse-delimiter": ["; ", " / "],
        "disambiguate-add-names": _BOOLEAN,
        "disambiguate-add-givenname": _BOOLEAN,
        "disambiguate-add-year-suffix": _BOOLEAN,
        "givenname-disambiguation-rule": [
            "all-names", "all-names-with-initials", "primary-name", "primary-name-with-initials",
            "by-cite",
        ],
        "near-note-distance": ["1", "3"],
        **_CITATION_NAMES,
    },
    "bibliography": {
        "second-field-align": ["flush", "margin"],
        "subsequent-author-substitute": ["---", "—"],
        "subsequent-author-substitute-rule": [
            "complete-all", "complete-each", "partial-each", "partial-first"
        ],
        **_CITATION_NAMES,
    },
    "layout": _AFFIX | _DELIMITER | _FONT,
    "text": _AFFIX | _FONT | _CASE | _DISPLAY
    | {"quotes": _BOOLEAN, "strip-periods": _BOOLEAN, "plural": _BOOLEAN,
       "form": ["short", "long"]},
    "number": _AFFIX | _FONT | _CASE
    | {"form": ["numeric", "ordinal", "long-ordinal", "roman"]},
    "label": _AFFIX | _FONT | _CASE
    | {"plural": ["always", "never", "contextual"], "form": ["long", "short", "symbol"],
       "strip-periods": _BOOLEAN},
    "names": _AFFIX | _FONT | _DISPLAY | {"delimiter": ["; ", ", "]},
    "name": _NAME | _AFFIX | _FONT,
    "name-part": _AFFIX | _FONT | _CASE,
    "et-al": _FONT | {"term": ["et-al", "and others"]},
    "date": _AFFIX | _FONT | _CASE | _DISPLAY
    | {"form": ["text", "numeric"], "date-parts": ["year", "year-month", "year-month-day"],
       "delimiter": [" ", "/"]},
    "date-part": _AFFIX | _FONT | _CASE
    | {"form": ["numeric", "numeric-leading-zeros", "ordinal", "long", "short"],
       "range-delimiter": ["-", "/"], "strip-periods": _BOOLEAN},
    "group": _AFFIX | _DELIMITER | _FONT | _DISPLAY,
    "if": {"match": ["any", "all", "none"]},
    "else-if": {"match": ["any", "all", "none"]},
    "key": {"sort": ["ascending", "descending"], "names-min": ["1", "2"],
            "names-use-first": ["1"], "names-use-last": _BOOLEAN},
}  # fmt: skip
_VARIABLES = [
    "title", "container-title", "volume", "issue", "page", "publisher", "publisher-place",
    "edition", "DOI", "note", "citation-number", "locator", "number-of-pages", "title-short",
    "genre", "URL", "page-first", "chapter-number", "year-suffix", "citation-label",
]  # fmt: skip
_NAME_VARIABLES = ["author", "editor", "translator", "editor translator", "container-author"]
_TERMS = ["in", "et-al", "and", "page", "editor", "no date", "accessed", "ibid", "edition"]
_CONDITIONS = [
    ("variable", "title volume"), ("variable", "author"), ("type", "book chapter"),
    ("type", "article-journal"), ("is-numeric", "volume edition"), ("is-numeric", "page"),
    ("is-uncertain-date", "issued"), ("locator", "page chapter"), ("position", "first"),
    ("position", "subsequent"), ("disambiguate", "true"), ("variable", "issued locator"),
]  # fmt: skip
_TEXTS = [
    "A title ending in a stop.", "What is it?", "A “quoted” word", "Two 'single' and \"double\"",
    "the end of an <i>affair: a study</i>", "<span class=\"nocase\">iPhone</span> and the others",
    "A title, <b>bold</b>!", "L'œuvre d'art", "3–5", "12", "12-18", "1-4, 7 & 9", "2nd", "XIV",
    "123-128", "1123-8", "N110-5", "10, 12", "e12-e19", "Vol. 2", "12a", "UPPER CASE TITLE",
    "A mixed-Case title of the XML era", "H<sub>2</sub>O and x<sup>2</sup>", "ends with a comma,",
    "", "über die Brücke", "Straße: eine kurze Geschichte", "Ps. 23:1", "5", "'s-Gravenhage",
    "A title… and more", "one: two: three", "what? no!", "Über", "de la “rose’s” name",
]  # fmt: skip
_DATES: list[dict[str, Any]] = [
    {"date-parts": [[2001]]}, {"date-parts": [[2001, 5]]}, {"date-parts": [[2001, 5, 1]]},
    {"date-parts": [[2001, 12, 22]]}, {"date-parts": [[2001, 5, 1], [2001, 5, 4]]},
    {"date-parts": [[2001, 5, 1], [2001, 7, 4]]}, {"date-parts": [[2001, 5], [2001, 7]]},
    {"date-parts": [[2001, 5], [2002, 7]]}, {"date-parts": [[2001], [2002]]},
    {"date-parts": [[2001, 5, 1], [2002, 7, 4]]}, {"date-parts": [[2001], [0]]},
    {"date-parts": [[2001]], "circa": True}, {"date-parts": [[2001]], "season": "3"},
    {"date-parts": [[2001, 13]]}, {"date-parts": [[2001, 22]]}, {"date-parts": [[-100]]},
    {"date-parts": [[79]]}, {"literal": "Spring term 2001"}, {"raw": "5 May 2001"},
    {"date-parts": [["2001", "05", "09"]]}, {"date-parts": [[2001, 5, 1], [2001, 5, 1]]}, {},
    {"date-parts": [[-100], [50]]}, {"date-parts": [[2001, 5, 30], [2001, 6, 2]]},
]  # fmt: skip
_NAMES: list[dict[str, Any]] = [
    {"family": "Doe", "given": "John"}, {"family": "Doe", "given": "Jane"},
    {"family": "Doe", "given": "J."}, {"family": "van Gogh", "given": "Vincent"},
    {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
    {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
    {"family": "Fontaine", "given": "Jean", "dropping-particle": "de",
     "non-dropping-particle": "La"},
    {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    {"family": "King", "given": "Martin Luther", "suffix": "III", "comma-suffix": True},
    {"family": "Sartre", "given": "Jean-Paul"}, {"literal": "World Health Organization"},
    {"family": "毛", "given": "泽东"}, {"family": "Plato"}, {"given": "Madonna"},
    {"family": "Beauvoir", "given": "Simone de"}, {"family": "d'Alembert", "given": "Jean"},
    {"family": "O'Brien", "given": "F. X."}, {"family": "al-Khwarizmi", "given": "Muhammad"},
    {"family": "Smith", "given": "JM"}, {"family": "Smith", "given": "Ph. M.E."},
    {"family": "Ng", "given": "K", "static-ordering": True},
    {"family": "de la Cruz", "given": "Juana Inés"}, {"family": "Иванов", "given": "Иван"},
    {"family": "Guo-ping", "given": "Xiao-li"}, {"family": "The Institute", "given": ""},
]  # fmt: skip


# ------------------------------------------------------------------ changes to the style


def _root(request: Request) -> ET.Element:
    return ET.fromstring(request["csl"])


def _put(request: Request, root: ET.Element) -> None:
    request["csl"] = ET.tostring(root, encoding="unicode")


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _choose(rng: random.Random, root: ET.Element, *tags: str) -> ET.Element | None:
    inside_info = {id(e) for info in root.iter(f"{{{NAMESPACE}}}info") for e in info.iter()}
    inside_info |= {id(e) for loc in root.iter(f"{{{NAMESPACE}}}locale") for e in loc.iter()}
    found = [e for e in root.iter() if id(e) not in inside_info and _tag(e) in (tags or ATTRIBUTES)]
    return rng.choice(found) if found else None


def change_attribute(request: Request, rng: random.Random) -> str:
    root = _root(request)
    element = _choose(rng, root)
    assert element is not None
    choices = ATTRIBUTES[_tag(element)]
    name = rng.choice(sorted(choices))
    value = rng.choice(choices[name])
    if element.get(name) == value:
        return ""
    if _tag(element) in ("if", "else-if") and not (set(element.keys()) - {"match"}):
        return ""
    element.set(name, value)
    _put(request, root)
    return f"{_tag(element)} {name}={value!r}"


def drop_attribute(request: Request, rng: random.Random) -> str:
    root = _root(request)
    element = _choose(rng, root)
    assert element is not None
    kept = {"variable", "macro", "term", "value", "name", "class", "version", "type", "position",
            "is-numeric", "is-uncertain-date", "locator", "disambiguate"}  # fmt: skip
    names = sorted(set(element.keys()) - kept)
    if not names:
        return ""
    name = rng.choice(names)
    value = element.attrib.pop(name)
    _put(request, root)
    return f"{_tag(element)} without {name}={value!r}"


def drop_element(request: Request, rng: random.Random) -> str:
    root = _root(request)
    parents = [
        (parent, kid)
        for parent in root.iter()
        if _tag(parent) in ("layout", "group", "names", "name", "date", "if", "else", "substitute")
        for kid in parent
    ]
    if not parents:
        return ""
    parent, kid = rng.choice(parents)
    parent.remove(kid)
    if _tag(parent) in ("substitute", "layout", "if", "else", "group") and len(parent) == 0:
        return ""
    _put(request, root)
    return f"no {_tag(kid)} in {_tag(parent)}"


def add_element(request: Request, rng: random.Random) -> str:
    root = _root(request)
    parent = _choose(rng, root, "layout", "group")
    if parent is None:
        return ""
    kid = _new_element(rng)
    parent.insert(rng.randint(0, len(parent)), kid)
    _put(request, root)
    return f"new {_tag(kid)} {dict(kid.attrib)} in {_tag(parent)}"


def _new_element(rng: random.Random) -> ET.Element:
    def make(tag: str, **attributes: str) -> ET.Element:
        return ET.Element(f"{{{NAMESPACE}}}{tag}", attributes)

    match rng.randint(0, 8):
        case 0:
            return make("text", variable=rng.choice(_VARIABLES), prefix=rng.choice(_AFFIXES))
        case 1:
            return make("text", term=rng.choice(_TERMS), suffix=rng.choice(_AFFIXES))
        case 2:
            name = rng.choice(["volume", "edition", "number", "page"])
            forms = ["numeric", "ordinal", "long-ordinal", "roman"]
            return make("number", variable=name, form=rng.choice(forms))
        case 3:
            name = rng.choice(["page", "volume", "edition", "locator", "issue"])
            group = make("group", delimiter=" ")
            label = make("label", variable=name, form=rng.choice(["short", "long", "symbol"]))
            group.extend([label, make("number", variable=name)])
            return group
        case 4:
            return make("date", variable=rng.choice(["issued", "accessed"]),
                        form=rng.choice(["text", "numeric"]))  # fmt: skip
        case 5:
            names = make("names", variable=rng.choice(_NAME_VARIABLES))
            attributes = {name: rng.choice(_NAME[name]) for name in rng.sample(sorted(_NAME), 3)}
            names.append(make("name", **attributes))
            if rng.random() < 0.5:
                names.append(make("label", form="short", prefix=" (", suffix=")"))
            return names
        case 6:
            choose = make("choose")
            name, value = rng.choice(_CONDITIONS)
            branch = make("if", **{name: value, "match": rng.choice(["any", "all", "none"])})
            branch.append(make("text", value="yes"))
            other = make("else")
            other.append(make("text", value="no"))
            choose.extend([branch, other])
            return choose
        case 7:
            group = make("group", delimiter=rng.choice(_AFFIXES), suffix=rng.choice(_AFFIXES))
            group.extend([make("text", term=rng.choice(_TERMS)),
                          make("text", variable=rng.choice(_VARIABLES))])  # fmt: skip
            return group
        case _:
            return make("text", variable=rng.choice(_VARIABLES), **{
                name: rng.choice((_FONT | _CASE | {"quotes": ["true"]})[name])
                for name in rng.sample(sorted(_FONT | _CASE | {"quotes": []}), 2)
            })  # fmt: skip


def add_option(request: Request, rng: random.Random) -> str:
    root = _root(request)
    locale = ET.Element(f"{{{NAMESPACE}}}locale")
    name = rng.choice(["punctuation-in-quote", "limit-day-ordinals-to-day-1"])
    value = rng.choice(_BOOLEAN)
    locale.append(ET.Element(f"{{{NAMESPACE}}}style-options", {name: value}))
    root.insert(1, locale)
    _put(request, root)
    return f"{name}={value}"


# ------------------------------------------------------------------ changes to the items


def change_text(request: Request, rng: random.Random) -> str:
    item = rng.choice(request["input"])
    fields = [
        name for name, value in item.items()
        if isinstance(value, (str, int)) and name not in ("id", "type", "language")
    ]  # fmt: skip
    name = rng.choice(sorted(fields)) if fields and rng.random() < 0.8 else rng.choice(_VARIABLES)
    value = rng.choice(_TEXTS)
    item[name] = value
    return f"{name}: {value!r}"


def change_date(request: Request, rng: random.Random) -> str:
    item = rng.choice(request["input"])
    value = rng.choice(_DATES)
    item[rng.choice(["issued", "issued", "issued", "accessed"])] = copy.deepcopy(value)
    return f"date {value}"


def change_name(request: Request, rng: random.Random) -> str:
    item = rng.choice(request["input"])
    people = item.setdefault(rng.choice(["author", "author", "author", "editor"]), [])
    name = dict(rng.choice(_NAMES))
    if people and rng.random() < 0.5:
        people[rng.randrange(len(people))] = name
    else:
        people.insert(rng.randint(0, len(people)), name)
    return f"name {name}"


def drop_field(request: Request, rng: random.Random) -> str:
    item = rng.choice(request["input"])
    names = sorted(item.keys() - {"id", "type"})
    if not names:
        return ""
    name = rng.choice(names)
    del item[name]
    return f"no {name}"


def change_language(request: Request, rng: random.Random) -> str:
    item = rng.choice(request["input"])
    item["language"] = rng.choice(["en", "en-GB", "de", "de-DE", "fr", "zh", "ru"])
    return f"language {item['language']}"


def change_type(request: Request, rng: random.Random) -> str:
    item = rng.choice(request["input"])
    item["type"] = rng.choice(
        ["book", "chapter", "article-journal", "webpage", "thesis", "legal_case", "bill"]
    )
    return f"type {item['type']}"


def double_item(request: Request, rng: random.Random) -> str:
    """Another item that reads nearly alike: food for disambiguation and sorting."""
    if request["document"] or request["bibentries"] or request["citation_items"]:
        return ""
    item = copy.deepcopy(rng.choice(request["input"]))
    item["id"] = "twin"
    for name in sorted(item.keys() - {"id", "type", "author", "issued"}):
        if isinstance(item[name], str) and rng.random() < 0.5:
            item[name] = rng.choice(_TEXTS)
    if item.get("author") and rng.random() < 0.5:
        item["author"] = item["author"][: rng.randint(1, 3)]
        if rng.random() < 0.5:
            item["author"].append(dict(rng.choice(_NAMES)))
    request["input"].insert(rng.randint(0, len(request["input"])), item)
    return "twin"


# ------------------------------------------------------------------ changes to the cites


def change_cite(request: Request, rng: random.Random) -> str:
    if request["mode"] != "citation":
        return ""
    document = request["document"]
    if not request["citation_items"] and not document:
        keys = list(dict.fromkeys(str(item.get("id")) for item in request["input"]))
        if "None" in keys:
            return ""
        request["citation_items"] = [[{"id": key} for key in keys]]
    lists = [c["citationItems"] for c in document] if document else request["citation_items"]
    cite = rng.choice([cite for cites in lists for cite in cites] or [{}])
    name, values = rng.choice(
        [("locator", ["5", "5-7", "12 & 14", "iv", "chap. 3", "5, 7", "22-29, 31", "abc",
                      "vol. 2, p. 3"]),
         ("label", ["page", "chapter", "section", "verse", "volume", "paragraph", "figure"]),
         ("prefix", ["see ", "See ", "e.g., ", "<i>cf.</i> ", "in ", "Compare. "]),
         ("suffix", [", and others", ".", " passim", "?", ", <b>note</b>", " and"]),
         ("position", [1, 2, 3]), ("near-note", [True])]
    )  # fmt: skip
    if document and name in ("position", "near-note"):
        return ""
    cite[name] = rng.choice(values)
    if name == "label":
        cite.setdefault("locator", rng.choice(["5", "5-7"]))
    return f"cite {name}={cite[name]!r}"


CHANGES: dict[str, tuple[int, Change]] = {
    "attribute": (30, change_attribute),
    "less an attribute": (8, drop_attribute),
    "less an element": (6, drop_element),
    "another element": (12, add_element),
    "option": (3, add_option),
    "text": (14, change_text),
    "date": (6, change_date),
    "name": (10, change_name),
    "less a field": (4, drop_field),
    "language": (3, change_language),
    "type": (2, change_type),
    "twin": (7, double_item),
    "cite": (8, change_cite),
}


def variants(
    request: Request, count: int, changes: int, rng: random.Random
) -> Iterator[tuple[str, str, Request]]:
    """(last kind of change, what was changed, the changed request)"""
    kinds = list(CHANGES)
    weights = [CHANGES[kind][0] for kind in kinds]
    for _ in range(count):
        changed = copy.deepcopy(request)
        done: list[tuple[str, str]] = []
        for kind in rng.choices(kinds, weights, k=changes):
            what = CHANGES[kind][1](changed, rng)
            if what:
                done.append((kind, what))
        if done:
            yield done[-1][0], "; ".join(what for _, what in done), changed


# ------------------------------------------------------------------ comparing


def load_runner(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("csl_suite", folder / "csl_suite.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["csl_suite"] = module
    spec.loader.exec_module(module)
    return module


class Reference:
    """citeproc-js, asked one request at a time."""

    def __init__(self, env: Path, runner: ModuleType) -> None:
        script = env / "js" / "suite_citeproc_js.js"
        shutil.copy(DRIVERS / script.name, script)
        self.processor = runner.Processor(f"node {script}", 20, 20)
        self.failure = runner.Failure

    def ask(self, request: Request) -> str | None:
        try:
            return str(self.processor.ask(request))
        except self.failure:
            return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--kind", default="")
    parser.add_argument("--changes", type=int, default=1, help="changes in each variant")
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--json", type=Path, help="where to write the differing variants")
    parser.add_argument("--env", type=Path, default=Path.home() / ".cache" / "tcit-bench")
    args = parser.parse_args()
    runner = load_runner(args.folder)
    reference = Reference(args.env, runner)
    tally: collections.Counter[tuple[str, str]] = collections.Counter()
    differing = []
    excluded = {line.split("#")[0].strip() for line in (args.folder / "excluded.txt").open()}
    for path in sorted((args.folder / "fixtures").glob(f"{args.only}*.txt")):
        if path.stem in excluded:
            continue
        fixture = runner.Fixture(path)
        request = fixture.request(str(args.folder / "locales"))
        rng = random.Random(f"{args.seed} {path.stem}")
        for kind, what, changed in variants(request, args.each, args.changes, rng):
            if args.kind and kind != args.kind:
                continue
            theirs = reference.ask(changed)
            if theirs is None:
                tally[kind, "refused"] += 1
                continue
            try:
                own = render(changed)
            except Exception as error:
                own = f"{type(error).__name__}: {error}"
            one, other = (
                runner.normalise(text, strict=False, drop_markers=True) for text in (theirs, own)
            )
            tally[kind, "same" if one == other else "differs"] += 1
            if one != other:
                differing.append((path.stem, kind, what, one, other, changed))
    reference.processor.close()
    for kind in CHANGES:
        same, differs = tally[kind, "same"], tally[kind, "differs"]
        print(f"{kind:<20} {same:>6} same {differs:>5} differ {tally[kind, 'refused']:>4} refused")
    total = sum(count for (_, verdict), count in tally.items() if verdict != "refused")
    print(f"{total} variants, {len(differing)} differ ({len(differing) / max(1, total):.1%})")
    for name, kind, what, one, other, _ in differing[: args.show]:
        print(f"\n{name} [{kind}] {what}\n  js   {one}\n  ours {other}")
    if args.json:
        args.json.write_text(
            json.dumps([d[5] | {"what": d[2], "js": d[3], "ours": d[4]} for d in differing])
        )


if __name__ == "__main__":
    main()
