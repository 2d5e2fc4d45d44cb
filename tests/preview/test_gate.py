"""Who may ask the preview, and for what."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from tcit_export.preview.gate import refusal

PORT = 8000
OWN = {"host": "127.0.0.1:8000"}


def status(method: str = "GET", **headers: str) -> int:
    """The status of a refusal, or 200. Header names come with _ for -."""
    named = {name.replace("_", "-"): value for name, value in {**OWN, **headers}.items() if value}
    refused = refusal(method, Headers(named), PORT)
    return refused.status_code if refused else 200


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:8000", "[::1]", "[::1]:8000"],
)
def test_our_own_names_are_answered(host: str) -> None:
    assert status(host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1:8001",
        "localhost.evil.example",
        "localhost.",
        "127.0.0.1.nip.io",
        "0.0.0.0:8000",
        "[::]",
        "127.0.0.1@evil.example",
    ],
)
def test_other_names_are_refused(host: str) -> None:
    assert status(host=host) == 403


def test_two_hosts_are_refused() -> None:
    raw = [(b"host", b"127.0.0.1"), (b"host", b"evil.example")]
    refused = refusal("GET", Headers(raw=raw), PORT)
    assert refused
    assert refused.status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"])
def test_only_reading_is_allowed(method: str) -> None:
    assert status(method) == 405


@pytest.mark.parametrize(
    "origin",
    ["null", "http://evil.example", "https://127.0.0.1:8000", "http://127.0.0.1:9000"],
)
def test_other_origins_are_refused(origin: str) -> None:
    assert status(origin=origin) == 403


def test_our_own_origin_is_answered() -> None:
    assert status(origin="http://127.0.0.1:8000", sec_fetch_site="same-origin") == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "something-new"])
def test_requests_that_pages_elsewhere_make_are_refused(site: str) -> None:
    assert status(sec_fetch_site=site) == 403
    assert status(sec_fetch_site=site, sec_fetch_mode="no-cors", sec_fetch_dest="image") == 403
    assert status(sec_fetch_site=site, sec_fetch_mode="navigate", sec_fetch_dest="iframe") == 403


def test_following_a_link_to_the_preview_is_allowed() -> None:
    headers = {"sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert status(sec_fetch_site="cross-site", **headers) == 200
