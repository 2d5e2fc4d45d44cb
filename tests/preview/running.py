"""A small project, and a preview of it in a process of its own."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BIB = """@book{kahn2001,
  author = {Kahn, Michael}, title = {A book}, year = {2001}, publisher = {Press},
  doi = {10.1000/kahn}
}
@book{alden2001, author = {Alden, Ann}, title = {Another book}, year = {2001}, publisher = {Press}}
"""
MORE_BIB = "@book{lee2010, author = {Lee, L.}, title = {A third}, year = {2010}, publisher = {P}}\n"
TEXT = "\n\n".join(f"Paragraph {number} of the text." for number in range(1, 41))


def document(title: str, text: str, more: str = "") -> str:
    """A review with a front matter."""
    head = f"title: {title}\nauthors: [Ann Author]\ndate: 2018-01\n{more}"
    return f"---\n{head}---\n\n{text}\n"


FIRST = document(
    "The first",
    f"## Beginning\n\nAs was said [@kahn2001; @alden2001].\n\n{TEXT}\n\n## End\n\nSee @kahn2001.",
    "bibliography: references.bib\nkeywords: [tears]\npublication: {publisher: A Society}\n",
)
SECOND = document("The second", "Lee says so [@lee2010].", "bibliography: more.bib\n")


def make_project(root: Path) -> Path:
    """Two reviews with a bibliography each, and a reading list."""
    content = root / "content"
    content.mkdir(parents=True)
    (content / "references.bib").write_text(BIB)
    (content / "more.bib").write_text(MORE_BIB)
    (content / "first.md").write_text(FIRST)
    (content / "second.md").write_text(SECOND)
    lists = "kind: reading-list\nbibliography: more.bib\n"
    (content / "third.md").write_text(document("Reading for Zoë", "[@lee2010]", lists))
    return root


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview."""

    root: Path
    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def write(self, name: str, text: str) -> None:
        """Save a file below content/, as a careful editor does."""
        path = self.root / "content" / name
        new = path.with_name(f".{name}.new")
        new.write_text(text)
        os.replace(new, path)

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body. `path` is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            own_host = not any(name.lower() == "host" for name in headers or {})
            connection.putrequest(method, path, skip_host=not own_host)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, names, answer.read()
        finally:
            connection.close()

    def wait_for(self, path: str, words: str, seconds: float = 20) -> str:
        """The page as soon as it holds the words."""
        end = time.monotonic() + seconds
        while True:
            text = self.ask(path)[2].decode()
            if words in text:
                return text
            assert time.monotonic() < end, f"{words!r} did not come to {path}"
            time.sleep(0.05)

    def interrupt(self, seconds: float = 10) -> tuple[int, str]:
        """Ctrl-C: the exit code and what was said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=seconds)
        return self.process.returncode, errors


@contextmanager
def running(root: Path, *options: str) -> Iterator[Preview]:
    """Start a preview on a free port; it is ended when the block is left."""
    command = [sys.executable, "-m", "tcit_export", "preview", "--project", str(root)]
    process = subprocess.Popen(
        [*command, "--no-open", *(options or ("--port", "0"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        assert select.select([process.stdout], [], [], 60)[0], "the preview does not start"
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert found, process.communicate()[1]
        yield Preview(root, int(found[1]), process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()
