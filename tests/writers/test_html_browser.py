"""The page in a real browser: previews, back links, copying, downloads, dark, print, phones."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tcit_export.model.nodes import ReferenceList
from tcit_export.model.options import Options
from tcit_export.model.walk import find, plain_text
from tcit_export.templates import Templates
from tcit_export.writers import html
from tests.writers import samples

VALIDATORS = Path(os.environ.get("VALID", Path.home() / ".cache" / "tcit-validators"))


@pytest.fixture(scope="module")
def happened(
    tmp_path_factory: pytest.TempPathFactory, tool: Callable[[str], str]
) -> dict[str, Any]:
    """What `page_in_browser.mjs` saw and did on the sample's page."""
    modules = VALIDATORS / "node_modules"
    if not (modules / "playwright-core").is_dir():
        pytest.skip("playwright-core is not installed (see `make validate`)")
    path = tmp_path_factory.mktemp("page") / "review.html"
    path.write_bytes(html.write(samples.review(), Options(), Templates.of()).data)
    command = [tool("node"), str(Path(__file__).with_name("page_in_browser.mjs")), str(path)]
    environment = {**os.environ, "NODE_MODULES": str(modules), "CHROMIUM": tool("chromium")}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_nothing_goes_wrong_and_nothing_is_fetched(happened: dict[str, Any]) -> None:
    assert (happened["said"], happened["network"]) == ([], [])


def test_a_citation_previews_its_reference_by_mouse(happened: dict[str, Any]) -> None:
    kahn = plain_text(samples.KAHN.content)
    assert happened["mouse"]["shown"]
    assert happened["mouse"]["text"].split("\n")[0] == kahn
    assert happened["mouse"]["name"] == "Kahn and Fromm, 2001"
    assert happened["inside"]
    assert happened["dismissed"]
    assert happened["phone"]


def test_a_citation_previews_its_reference_by_keyboard(happened: dict[str, Any]) -> None:
    assert happened["keyboard"] == {"shown": True, "focused": True}
    assert happened["escaped"] == {"hidden": True, "back": True}
    assert happened["followed"] == {"hash": "#ref-kahn2001", "hidden": True}


def test_an_entry_leads_back_to_the_text(happened: dict[str, Any]) -> None:
    assert happened["returned"] == "tcit-citation"


def test_the_own_citation_is_copied_plain_and_rich(happened: dict[str, Any]) -> None:
    plain, rich = happened["copied"]
    assert happened["status"] == "Copied"
    assert plain == plain_text(samples.CITE_THIS.content)
    assert "<em>The role of therapists crying in therapy: An article review</em>" in rich


def test_an_entry_is_copied_without_its_links(happened: dict[str, Any]) -> None:
    plain, rich = happened["entry"]
    assert plain == plain_text(samples.BLUME.content)
    assert "<a" not in rich
    assert "<button" not in rich


def test_files_are_taken_from_inside_the_page(happened: dict[str, Any]) -> None:
    files = happened["downloads"]
    assert files["references.bib"] == samples.review().bibtex
    records = json.loads(files["references.json"])
    entries = [e for part in find(samples.review().blocks, ReferenceList) for e in part.entries]
    assert records == [dict(entry.data) for entry in entries]
    assert files["references.ris"].count("TY  - ") == files["references.ris"].count("ER  - ") == 7
    assert happened["bibtex"] == files["therapists-crying-in-therapy.bib"]


def test_print_dark_mode_and_narrow_windows(happened: dict[str, Any]) -> None:
    assert happened["printed"] == {"buttons": 0, "skip": False}
    assert happened["dark"] == "rgb(18, 24, 26)"
    assert happened["wide"] == [320, 768, 1440]
