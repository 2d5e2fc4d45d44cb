"""The command itself: what it imports, its exit codes, and that it never shows a traceback."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tcit_export import cli
from tests.projects import BIBLIOGRAPHY, REVIEW, command, make_project

HEAVY = ("weasyprint", "docx", "rich", "jinja2", "pybtex", "PIL", "pikepdf", "markdown_it")


def modules_after(code: str, cwd: Path) -> set[str]:
    """The heavy modules that a piece of code has imported."""
    script = f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1])) & set(HEAVY)


MAIN = "from tcit_export.cli import main\ntry: main({0!r})\nexcept SystemExit: pass"


def test_importing_the_package_imports_nothing_heavy(tmp_path: Path) -> None:
    assert modules_after("import tcit_export", tmp_path) == set()


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    assert modules_after(MAIN.format(arguments), tmp_path) == set()


def test_html_alone_imports_neither_weasyprint_nor_python_docx(tmp_path: Path) -> None:
    make_project(tmp_path)
    loaded = modules_after(MAIN.format(["build", "--format", "html"]), tmp_path)
    assert (tmp_path / "output" / "review.html").is_file()
    assert not loaded & {"weasyprint", "docx", "pikepdf", "rich"}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("bild",),
        ("build", "--format", "epub"),
        ("build", "--jobs", "0"),
        ("build", "--jobs", "many"),
        ("build", "--paper", "a5"),
        ("build", "nowhere.md"),
        ("build", "/etc/passwd"),
        ("build", "--project", "nowhere"),
        ("verify", "nowhere.pdf"),
        ("verify",),
        ("references", "nowhere.bib"),
        ("references", "content/works.bib", "--key", "nobody"),
        ("references", "content/works.bib", "--style", "no-such-style"),
        ("explain", "Z999"),
        ("init", "content"),
        ("new", "review"),
        ("new", "…"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_one_message(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    make_project(tmp_path)
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "tcit-export" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_project_is_wrong_usage(tmp_path: Path) -> None:
    done = command("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "content" in done.stderr


def test_an_unwise_date_is_wrong_usage(tmp_path: Path) -> None:
    make_project(tmp_path)
    for text in ("yesterday", "-1", "9" * 30, "٣"):
        done = command("build", "--format", "html", cwd=tmp_path, env={"SOURCE_DATE_EPOCH": text})
        assert (done.returncode, "SOURCE_DATE_EPOCH" in done.stderr) == (2, True)


def test_a_mistake_of_the_program_is_one_calm_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise ZeroDivisionError("a secret\nsecond line")

    monkeypatch.setattr("tcit_export.cli.styles.run", fail)
    assert cli.main(["styles"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("tcit-export: a mistake in the program: ZeroDivisionError: a secret\n")
    assert "report" in said
    with pytest.raises(ZeroDivisionError):
        cli.main(["styles", "--debug"])


def test_a_reader_that_stops_reading_is_no_mistake(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tcit_export", "styles"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


def children_of(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in listed.split()]


def is_alive(process: int) -> bool:
    """Whether it runs; one that ended and that nobody asked about does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_an_interrupt_ends_the_build_and_its_workers(
    tmp_path: Path, number: signal.Signals, code: int, word: str
) -> None:
    files = {f"content/review-{n}.md": REVIEW for n in range(30)}
    make_project(tmp_path, {**files, "content/works.bib": BIBLIOGRAPHY})
    process = subprocess.Popen(
        [sys.executable, "-m", "tcit_export", "build", "--jobs", "2"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("output/*.html")) and time.monotonic() < deadline:
        time.sleep(0.02)
    children = children_of(process.pid)
    assert children
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert process.returncode == code
    assert out == ""
    assert err.count("\n") == 1
    assert word in err
    deadline = time.monotonic() + 2
    while any(map(is_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [child for child in children if is_alive(child)] == []
    assert [path.name for path in tmp_path.glob("output/.*")] == []


def test_what_a_terminal_cannot_show_is_no_reason_to_stop(tmp_path: Path) -> None:
    make_project(tmp_path)
    done = command(
        "references", "content/works.bib", cwd=tmp_path,
        env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )  # fmt: skip
    assert done.returncode == 0
    assert "M\\xfcller" in done.stdout
