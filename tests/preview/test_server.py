"""The preview as a whole, over the wire."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.preview.running import FIRST, Preview, document, make_project, running


def test_the_list_of_all_leads_to_every_document(preview: Preview) -> None:
    status, headers, body = preview.ask("/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    text = body.decode()
    for slug, title in (("first", "The first"), ("second", "The second"), ("third", "Zoë")):
        assert f'href="/{slug}.html"' in text
        assert title in text


@pytest.mark.parametrize(
    ("path", "media_type", "start"),
    [
        ("/first.html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("/first.pdf", "application/pdf", b"%PDF-"),
        (
            "/first.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK",
        ),
    ],
)
def test_the_outputs_have_the_names_that_build_gives_them(
    preview: Preview, path: str, media_type: str, start: bytes
) -> None:
    status, headers, body = preview.ask(path)
    assert (status, headers["content-type"]) == (200, media_type)
    assert body.startswith(start)


def test_nothing_is_written(preview: Preview) -> None:
    assert preview.ask("/first.pdf")[0] == 200
    assert sorted(path.name for path in preview.root.iterdir()) == ["content"]


@pytest.mark.parametrize(
    "path",
    [
        "/first",
        "/first.md",
        "/content/first.md",
        "/content/references.bib",
        "/output/first.html",
        "/nothing.html",
        "/first-fragment.html",  # an edition that the settings do not ask for
        "/first-large-print.pdf",
        "/first-handout.html",
        "/../tcit.toml",
        "/..%2f..%2fetc%2fpasswd.html",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/first.html/",
        "/first.html%00.pdf",
        "/first.tree",
        "/-/preview.py",
        "/-/preview.js",
        "/-/bar.html.j2",
        "/-/",
        "/view/",
        "/view/..%2freferences.bib",
        "/view/references.bib",
        "/-/events?document=../x",
        "/" + "a" * 5000 + ".html",
    ],
)
def test_what_is_no_output_is_not_there(preview: Preview, path: str) -> None:
    status, _, body = preview.ask(path)
    assert status == 404
    assert b"root:" not in body


def test_refusals_hold_over_the_wire(preview: Preview) -> None:
    assert preview.ask("/", headers={"Host": "evil.example"})[0] == 403
    assert preview.ask("/", headers={"Origin": "http://evil.example"})[0] == 403
    assert preview.ask("/first.pdf", headers={"Sec-Fetch-Site": "cross-site"})[0] == 403
    status, headers, _ = preview.ask("/", "POST")
    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_head_is_answered_without_a_body_and_without_waiting(preview: Preview) -> None:
    for path in ("/", "/first.html", "/-/events"):
        status, _, body = preview.ask(path, "HEAD")
        assert (status, body) == (200, b"")


@pytest.mark.parametrize("path", ["/", "/first.html", "/first.pdf", "/nothing.html", "/-/events"])
def test_every_answer_says_how_it_may_be_used(preview: Preview, path: str) -> None:
    _, headers, _ = preview.ask(path, "HEAD")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_it_listens_on_this_machine_alone(preview: Preview) -> None:
    for family, address in ((socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as other:
            other.settimeout(2)
            assert other.connect_ex((address, preview.port)) != 0


def test_a_saved_document_is_built_anew(preview: Preview) -> None:
    preview.write("second.md", document("The second", "Zebras now.", "bibliography: more.bib\n"))
    preview.wait_for("/second.html", "Zebras now.")


def test_a_mistake_is_told_with_file_line_source_and_hint(preview: Preview) -> None:
    preview.write("first.md", FIRST.replace("@alden2001", "@aldne2001"))
    try:
        text = preview.wait_for("/first.html", "aldne2001")
        line = FIRST.splitlines().index("As was said [@kahn2001; @alden2001].") + 1
        assert f"content/first.md:{line}:" in text
        assert "<mark>aldne2001</mark>" in text
        assert "did you mean <code>alden2001</code>" in text
        assert "Paragraph 40" in text
        assert "1 error" in preview.ask("/")[2].decode()
        for path in ("/first.pdf", "/first.docx"):
            status, headers, body = preview.ask(path)
            assert (status, headers["content-type"]) == (409, "text/html; charset=utf-8")
            assert b"aldne2001" in body
    finally:
        preview.write("first.md", FIRST)
    assert "aldne2001" not in preview.wait_for("/first.html", "ref-alden2001")


def test_a_document_that_cannot_be_read_has_a_page_that_says_so(preview: Preview) -> None:
    path = preview.root / "content" / "new.md"
    path.write_bytes(b"---\ntitle: caf\xe9\n---\n")
    try:
        text = preview.wait_for("/new.html", "There is no page")
        assert "content/new.md:2:11" in text
        assert "UTF-8" in text
    finally:
        path.unlink()


def test_text_of_users_is_escaped_wherever_it_stands(preview: Preview) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    preview.write("second.md", document(f"'{nasty}'", f"[@{{{nasty}}}] {nasty}", "odd<b>: 1\n"))
    try:
        for path in ("/second.html", "/", "/second.pdf"):
            assert nasty.encode() not in preview.ask(path)[2]
        assert "&lt;img src=x" in preview.wait_for("/second.html", "&lt;img src=x")
    finally:
        preview.write("second.md", document("The second", "Text."))


def test_news_are_an_event_stream_of_states(preview: Preview) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=20) as wire:
        host = f"127.0.0.1:{preview.port}"
        wire.sendall(f"GET /-/events?document=third.md HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        told = b""
        while b"event: state" not in told:
            told += wire.recv(4096)
        assert b"content-type: text/event-stream" in told.lower()
        before = told.count(b"event: state")
        text = (preview.root / "content" / "third.md").read_text()
        preview.write("third.md", text + "\nMore.\n")
        while told.count(b"event: state") == before:
            told += wire.recv(4096)


def test_a_port_in_use_is_one_clear_line(preview: Preview) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tcit_export", "preview", "--no-open", "--port", str(preview.port)],
        cwd=preview.root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"tcit-export: port {preview.port} is in use; name another one with --port, or 0 for any"
    ]


def test_no_project_is_wrong_usage(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tcit_export", "preview", "--no-open", "--project", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def left_behind(session: int) -> list[str]:
    """What runs on in the session that a preview led, after a moment to end."""
    command = ["ps", "-s", str(session), "-o", "pid=,args="]
    for _ in range(20):
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        if not found:
            break
        time.sleep(0.1)
    return found.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_ctrl_c_ends_it_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    with running(make_project(tmp_path)) as preview:
        assert preview.ask("/first.html")[0] == 200
        host = f"127.0.0.1:{preview.port}"
        with socket.create_connection(("127.0.0.1", preview.port)) as wire:
            wire.sendall(
                f"GET /-/events?document=first.md HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
            )
            wire.recv(4096)
            begun = time.monotonic()
            code, errors = preview.interrupt()
        assert time.monotonic() - begun < 2
        assert code == 130
        assert errors.splitlines() == ["tcit-export: the preview has ended"]
        assert left_behind(preview.process.pid) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_ctrl_c_does_not_wait_for_a_pdf(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    long = "\n\n".join("Word after word. " * 60 for _ in range(400))
    (root / "content" / "long.md").write_text(document("Long", long))
    with running(root) as preview, socket.create_connection(("127.0.0.1", preview.port)) as wire:
        assert preview.ask("/long.html")[0] == 200
        wire.sendall(f"GET /long.pdf HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
        time.sleep(0.5)
        begun = time.monotonic()
        code, errors = preview.interrupt()
        assert time.monotonic() - begun < 2
        assert (code, errors) == (130, "tcit-export: the preview has ended\n")
        assert left_behind(preview.process.pid) == []


def test_the_port_is_free_again_after_the_end(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    with running(root) as preview:
        port = preview.port
        preview.ask("/")
    with running(root, "--port", str(port)) as again:
        assert again.port == port
    assert os.path.isdir(root)


def test_settings_templates_and_folders_elsewhere_are_followed_too(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    more = "bibliography: ../refs/own.bib\n"
    (root / "content" / "second.md").write_text(document("The second", "[@own2020]", more))
    (root / "refs").mkdir()
    bib = root / "refs" / "own.bib"
    bib.write_text("@book{own2020, author={Own, O.}, title={Old}, year={2020}, publisher={P}}")
    with running(root) as preview:
        preview.wait_for("/second.html", "<em>Old</em>")
        # Changes that come before a folder is watched count as well, a moment later.
        bib.write_text(bib.read_text().replace("Old", "New"))
        preview.wait_for("/second.html", "<em>New</em>")
        (root / "tcit.toml").write_text('organisation = "A Society"\n')
        preview.wait_for("/", "A Society")
        (root / "tcit.toml").write_text("nonsense = 1\n")
        assert "tcit.toml:1:1" in preview.wait_for("/second.html", "<code>nonsense</code>")
        (root / "templates").mkdir()
        template = root / "templates" / "handout.html.j2"
        template.write_text("<!DOCTYPE html><title>x</title><p>Of our own")
        preview.wait_for("/second.html", "Of our own")
        template.write_text("{{ nothing.at.all }}")
        preview.wait_for("/second.html", "handout.html.j2")
        template.unlink()
        preview.wait_for("/second.html", "<em>New</em>")
        (root / "templates" / "index.html.j2").write_text("{% for %}")
        preview.wait_for("/", "There is no list yet")


def test_folders_may_go_and_come_back(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    with running(root) as preview:
        preview.wait_for("/second.html", "Lee says so")
        (root / "content").rename(root / "before")
        preview.wait_for("/second.html", "the project cannot be read")
        make_project(root)
        preview.wait_for("/second.html", "Lee says so")
        preview.write("second.md", document("The second", "Followed again."))
        preview.wait_for("/second.html", "Followed again.")


@pytest.mark.parametrize("port", ["-1", "65536", "8000000", "0000099999999", "eighty", "8o"])
def test_only_ports_are_ports(tmp_path: Path, port: str) -> None:
    from tcit_export.cli.arguments import parse

    with pytest.raises(SystemExit) as ended:
        parse(["preview", f"--port={port}"])
    assert ended.value.code == 2
