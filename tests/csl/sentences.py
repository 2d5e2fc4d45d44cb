"""Sentences of the CSL 1.0.2 specification as cases: what is said, a style, works, the output."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tcit_export.csl.output import to_html

from .making import NAMESPACE, cited, run

Work = dict[str, Any]
DOE: Work = {"family": "Doe", "given": "John"}
ROE: Work = {"family": "Roe", "given": "Jane Mary"}
POE: Work = {"family": "Poe", "given": "Edgar Allan"}


class Case(NamedTuple):
    """`layout` is that of the citation, or of the bibliography where `listed`.

    `head` is what stands before cs:citation; the attributes go to the element they name.
    Cites are of all works in one citation; entries are joined by ` | `.
    """

    sentence: str
    layout: str
    works: list[Work]
    expected: str
    head: str = ""
    style: str = ""
    owner: str = ""
    sort: str = ""
    frame: str = ""
    listed: bool = False


def check(case: Case) -> None:
    layout = f"{_sort(case.sort)}<layout {case.frame}>{case.layout}</layout>"
    works = [{"id": str(n), "type": "book", **work} for n, work in enumerate(case.works, start=1)]
    if case.listed:
        xml = _style(case, f"<citation><layout/></citation><bibliography {case.owner}>"
                     f"{layout}</bibliography>")  # fmt: skip
        found = " | ".join(to_html(entry.output) for entry in run(xml, works).bibliography)
    else:
        xml = _style(case, f"<citation {case.owner}>{layout}</citation>")
        found = cited(xml, works)
    assert found == case.expected, case.sentence


def _sort(keys: str) -> str:
    return f"<sort>{keys}</sort>" if keys else ""


def _style(case: Case, body: str) -> str:
    in_class = "" if "class=" in case.style else 'class="in-text"'
    start = f'<style xmlns="{NAMESPACE}" version="1.0" {in_class} {case.style}>'
    return f"{start}{case.head}{body}</style>"


def sentences(*cases: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.sentence for case in cases])


def issued(*parts: list[int], **more: Any) -> Work:
    return {"issued": {"date-parts": list(parts), **more}}


def terms(content: str, lang: str = "") -> str:
    at = f' xml:lang="{lang}"' if lang else ""
    return f"<locale{at}><terms>{content}</terms></locale>"


def macro(name: str, content: str) -> str:
    return f'<macro name="{name}">{content}</macro>'
