"""What a change builds again, and what it leaves alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tcit_export.model.options import Edition
from tcit_export.preview.session import HOME, Session
from tests.preview.running import FIRST, document, make_project

FIRST_MD, SECOND_MD, THIRD_MD = "content/first.md", "content/second.md", "content/third.md"


def preview(root: Path, steps: Callable[[Session], Awaitable[None]]) -> None:
    """Run steps on a session whose work is done in a thread."""

    async def main(pool: Executor) -> None:
        await steps(Session(root, lambda: pool))

    with ThreadPoolExecutor(1) as pool:
        run(main(pool))


def run(steps: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: another test's browser may have a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, steps).result()


async def look(session: Session, *paths: str) -> list[Any]:
    """Somebody looks at these from now on."""
    streams = [session.news(path, 60) for path in paths]
    for stream in streams:
        await anext(stream)
    return streams


async def builds(session: Session) -> dict[str, int]:
    """How often each document was built, by its name."""
    return {sheet.job.slug: sheet.build for sheet in await session.sheets()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_a_document_is_built_when_it_is_asked_for_and_once(root: Path) -> None:
    async def steps(session: Session) -> None:
        sheet = await session.sheet(FIRST_MD)
        assert sheet
        assert sheet.page
        assert b"Paragraph 40" in sheet.page
        again = await session.sheet(FIRST_MD)
        assert again is sheet

    preview(root, steps)


def test_a_document_changes_alone(root: Path) -> None:
    async def steps(session: Session) -> None:
        await session.sheets()
        (root / FIRST_MD).write_text(FIRST.replace("Beginning", "Zebra"))
        await session.change(frozenset({root / FIRST_MD}))
        sheet = await session.sheet(FIRST_MD)
        assert sheet
        assert b"Zebra" in (sheet.page or b"")
        assert await builds(session) == {"first": 2, "second": 1, "third": 1}

    preview(root, steps)


def test_a_bibliography_changes_the_documents_that_use_it(root: Path) -> None:
    async def steps(session: Session) -> None:
        await session.sheets()
        bib = root / "content" / "more.bib"
        bib.write_text(bib.read_text().replace("A third", "A changed title"))
        await session.change(frozenset({bib}))
        sheet = await session.sheet(SECOND_MD)
        assert b"A changed title" in ((sheet and sheet.page) or b"")
        assert await builds(session) == {"first": 1, "second": 2, "third": 2}

    preview(root, steps)


def test_a_document_that_names_no_bibliography_uses_new_ones_too(root: Path) -> None:
    async def steps(session: Session) -> None:
        (root / SECOND_MD).write_text(document("The second", "See [@new2020]."))
        before = await session.sheet(SECOND_MD)
        assert before
        assert before.has_errors
        bib = root / "content" / "new.bib"
        bib.write_text("@book{new2020, author={New, N.}, title={T}, year={2020}, publisher={P}}")
        await session.change(frozenset({bib}))
        after = await session.sheet(SECOND_MD)
        assert after
        assert not after.has_errors

    preview(root, steps)


@pytest.mark.parametrize("name", ["tcit.toml", "templates/screen.css", "templates/styles/own.csl"])
def test_settings_templates_and_styles_change_everything(root: Path, name: str) -> None:
    async def steps(session: Session) -> None:
        await session.sheets()
        await session.change(frozenset({root / name}))
        assert await builds(session) == {"first": 2, "second": 2, "third": 2}

    preview(root, steps)


def test_a_changed_template_is_read_anew(root: Path) -> None:
    async def steps(session: Session) -> None:
        first = await session.sheet(FIRST_MD)
        assert b"Of our own" not in ((first and first.page) or b"")
        path = root / "templates" / "handout.html.j2"
        for words in ("Of our own", "Changed again"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"<!DOCTYPE html><title>{words}</title>")
            await session.change(frozenset({path}))
            sheet = await session.sheet(FIRST_MD)
            assert words.encode() in ((sheet and sheet.page) or b"")

    preview(root, steps)


def test_a_mistake_in_a_template_is_a_problem_and_no_end(root: Path) -> None:
    async def steps(session: Session) -> None:
        path = root / "templates" / "handout.html.j2"
        path.parent.mkdir()
        path.write_text("{% if %}")
        await session.change(frozenset({path}))
        broken = await session.sheet(FIRST_MD)
        assert broken
        assert [d.code for d in broken.diagnostics] == ["W005"]
        assert broken.diagnostics[0].location.path == "templates/handout.html.j2"
        path.unlink()
        await session.change(frozenset({path}))
        mended = await session.sheet(FIRST_MD)
        assert mended
        assert not mended.diagnostics

    preview(root, steps)


def test_a_picture_changes_the_document_that_shows_it(root: Path) -> None:
    async def steps(session: Session) -> None:
        (root / SECOND_MD).write_text(document("The second", "![A dot](dot.png)"))
        await session.sheets()
        await session.change(frozenset({root / "content" / "dot.png"}))
        assert await builds(session) == {"first": 1, "second": 2, "third": 1}

    preview(root, steps)


def test_what_is_on_a_screen_is_built_at_once_the_rest_when_it_is_asked_for(root: Path) -> None:
    async def steps(session: Session) -> None:
        await session.sheets()
        streams = await look(session, SECOND_MD)
        done: list[str] = []
        session.pool = lambda: Counting(done)
        session._executor = None
        await session.change(frozenset({root / "content" / "more.bib"}))
        assert done == [SECOND_MD]
        await session.sheet(THIRD_MD)
        assert done == [SECOND_MD, THIRD_MD]
        for stream in streams:
            await stream.aclose()

    preview(root, steps)


class Counting(Executor):
    """Works at once, and notes on what."""

    def __init__(self, done: list[str]) -> None:
        self.done = done

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.done.append(args[0].path)
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_documents_come_and_go(root: Path) -> None:
    async def steps(session: Session) -> None:
        await session.sheets()
        new = root / "content" / "new.md"
        new.write_text(document("The new one", "Text."))
        await session.change(frozenset({new}))
        assert "new" in await builds(session)
        new.unlink()
        await session.change(frozenset({new}))
        assert "new" not in await builds(session)
        assert await session.sheet("content/new.md") is None

    preview(root, steps)


def test_a_name_that_two_documents_claim_belongs_to_neither(root: Path) -> None:
    async def steps(session: Session) -> None:
        (root / SECOND_MD).write_text(document("The second", "Text.", "slug: first\n"))
        await session.change(frozenset({root / SECOND_MD}))
        assert session.by_slug("first") is None
        sheet = await session.sheet(FIRST_MD)
        assert sheet
        assert "P020" in {d.code for d in sheet.diagnostics}
        (root / SECOND_MD).write_text(document("The second", "Text."))
        await session.change(frozenset({root / SECOND_MD}))
        assert session.by_slug("first") == FIRST_MD
        mended = await session.sheet(FIRST_MD)
        assert mended
        assert not mended.has_errors

    preview(root, steps)


def test_no_word_file_is_made_of_a_document_with_errors(root: Path) -> None:
    async def steps(session: Session) -> None:
        rendered, _ = await session.output(FIRST_MD, "docx")
        assert rendered
        (root / FIRST_MD).write_text(FIRST.replace("@alden2001", "@nobody"))
        await session.change(frozenset({root / FIRST_MD}))
        rendered, sheet = await session.output(FIRST_MD, "docx")
        assert rendered is None
        assert sheet
        assert sheet.has_errors
        assert b"nobody?" in (sheet.page or b"")

    preview(root, steps)


def test_an_output_is_made_once_for_each_state_of_its_document(root: Path) -> None:
    async def steps(session: Session) -> None:
        first, _ = await session.output(FIRST_MD, "docx")
        second, _ = await session.output(FIRST_MD, "docx")
        assert first is second
        await session.change(frozenset({root / FIRST_MD}))
        third, _ = await session.output(FIRST_MD, "docx")
        assert third is not first

    preview(root, steps)


def test_news_come_with_every_change_and_end_with_the_preview(root: Path) -> None:
    async def steps(session: Session) -> None:
        stream = session.news(HOME, 60)
        await anext(stream)
        waiting = asyncio.ensure_future(anext(stream, "end"))
        await asyncio.sleep(0)
        await session.change(frozenset({root / FIRST_MD}))
        assert await waiting is None
        waiting = asyncio.ensure_future(anext(stream, "end"))
        await asyncio.sleep(0)
        session.close()
        assert await waiting == "end"

    preview(root, steps)


class Dying(Executor):
    """Breaks on the first piece of work, like a pool whose process was killed."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise BrokenExecutor


def test_work_is_tried_again_when_a_worker_died_and_given_up_after_that(root: Path) -> None:
    async def main() -> None:
        with ThreadPoolExecutor(1) as healthy:
            pools: list[Executor] = [Dying(), healthy]
            session = Session(root, lambda: pools.pop(0))
            sheet = await session.sheet(FIRST_MD)
            assert sheet
            assert sheet.page
        session = Session(root, Dying)
        sheet = await session.sheet(FIRST_MD)
        assert sheet
        assert [d.code for d in sheet.diagnostics] == ["P030"]

    run(main())


def test_a_project_that_is_gone_keeps_its_last_pages(root: Path) -> None:
    async def steps(session: Session) -> None:
        await session.sheets()
        (root / "content").rename(root / "elsewhere")
        await session.change(frozenset({root / FIRST_MD}))
        assert [d.code for d in session.diagnostics] == ["P031"]
        assert await session.sheet(SECOND_MD)

    preview(root, steps)


def test_the_page_is_the_handout_whatever_editions_are_built(root: Path) -> None:
    (root / "tcit.toml").write_text('editions = ["fragment", "handout"]\n')

    async def steps(session: Session) -> None:
        sheet = await session.sheet(FIRST_MD)
        assert sheet
        assert (sheet.page or b"").startswith(b"<!DOCTYPE html>")
        rendered, _ = await session.output(FIRST_MD, "docx")
        assert rendered
        assert rendered.suffix == ".docx"

    preview(root, steps)


def test_other_editions_are_made_when_they_are_asked_for_and_anew_after_a_change(
    root: Path,
) -> None:
    (root / "tcit.toml").write_text('editions = ["handout", "fragment"]\n')

    async def steps(session: Session) -> None:
        assert session.editions(FIRST_MD) == (Edition.FRAGMENT,)
        rendered, _ = await session.output(FIRST_MD, "html", Edition.FRAGMENT)
        assert rendered
        assert rendered.suffix == "-fragment.html"
        again, _ = await session.output(FIRST_MD, "html", Edition.FRAGMENT)
        assert again is rendered
        path = root / FIRST_MD
        path.write_text(path.read_text().replace("Beginning", "Another heading"))
        await session.change(frozenset({path}))
        anew, _ = await session.output(FIRST_MD, "html", Edition.FRAGMENT)
        assert anew
        assert b"Another heading" in anew.data

    preview(root, steps)
