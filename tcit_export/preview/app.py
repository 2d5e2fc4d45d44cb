"""The preview's answers: the documents with their bar, the list of all, the stream of news.

Outputs are answered from memory under the names that `build` gives them; there is no other path.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from tcit_export.model.options import Edition
from tcit_export.preview import pages
from tcit_export.preview.gate import Gate
from tcit_export.preview.session import HOME, Session
from tcit_export.project import CONTENT

PDF_POLICY: Final = "object-src 'self'"
"""A stricter one would keep the browser's own viewer from its style."""
FRAGMENT_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""A fragment has style attributes, and neither a script nor a policy of its own."""
FILE_POLICY: Final = "default-src 'none'"
PAUSE: Final = 15.0
"""Seconds between signs of life in a stream of news."""
_STREAMS: Final = 60
_KINDS: Final = {"pdf": "PDF", "docx": "Word file", "html": "fragment"}


def application(session: Session, port: int) -> ASGIApp:
    """The ASGI application for one project."""
    answers = Answers(session)
    routes = [
        Route("/", answers.home),
        Route("/view/{name}", answers.view),
        Route("/-/events", answers.events),
        Route("/{name}.html", answers.page),
        Route("/{name}.pdf", answers.pdf),
        Route("/{name}.docx", answers.docx),
    ]
    errors: Any = {HTTPException: _not_there, Exception: _failed}
    starlette = Starlette(routes=routes, exception_handlers=errors)
    starlette.router.redirect_slashes = False
    return Gate(starlette, port)


class Answers:
    """One method for each kind of address."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.streams = 0

    async def home(self, request: Request) -> Response:
        """The list of all documents."""
        return _html(pages.of_home(self.session, await self.session.sheets()))

    async def page(self, request: Request) -> Response:
        """A document's page; `index.html` is the list unless a document has that name."""
        name = request.path_params["name"]
        if name == "index" and self.session.by_slug(name) is None:
            return RedirectResponse("/")
        path, edition = self._output(name, "html")
        if edition is not Edition.HANDOUT:
            return await self._made(request, "html", "inline", FRAGMENT_POLICY)
        return await self._page(path)

    async def view(self, request: Request) -> Response:
        """A document by its file's name, also if it has no outputs."""
        path = self._document(request.path_params["name"])
        if slug := self.session.slug(path):
            return RedirectResponse(f"/{slug}.html")
        return await self._page(path)

    async def _page(self, path: str) -> Response:
        sheet = await self.session.sheet(path)
        if sheet is None:
            raise HTTPException(404)
        return _html(pages.of_document(self.session, sheet))

    async def pdf(self, request: Request) -> Response:
        return await self._made(request, "pdf", "inline", PDF_POLICY)

    async def docx(self, request: Request) -> Response:
        return await self._made(request, "docx", "attachment", FILE_POLICY)

    async def _made(self, request: Request, format: str, how: str, policy: str) -> Response:
        """An output that is made when it is asked for, or a page that says why there is none."""
        path, edition = self._output(request.path_params["name"], format)
        rendered, sheet = await self.session.output(path, format, edition)
        if sheet is None:
            raise HTTPException(404)
        if rendered is None:
            found = (*self.session.diagnostics, *sheet.diagnostics)
            title = f"There is no {_KINDS[format]} yet"
            return _html(pages.State(title, pages.problem_page(title, found)), 409, bar=False)
        name = f"{sheet.job.slug}{rendered.suffix}"
        headers = {
            "Content-Disposition": f'{how}; filename="{name}"',
            "Content-Security-Policy": policy,
        }
        return Response(rendered.data, 200, headers, rendered.media_type)

    async def events(self, request: Request) -> Response:
        """News of one document, or of the list of all, as server-sent events."""
        name = request.query_params.get("document", "")
        path = self._document(name) if name else HOME
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        if self.streams >= _STREAMS:
            raise HTTPException(503)
        return StreamingResponse(self._news(path), media_type="text/event-stream")

    async def _news(self, path: str) -> AsyncIterator[str]:
        self.streams += 1
        before = ""
        try:
            yield "retry: 1000\n\n"
            async for _ in self.session.news(path, PAUSE):
                state = await self._state(path)
                text = _event(state)
                yield text if text != before else ": still there\n\n"
                before = text
        finally:
            self.streams -= 1

    async def _state(self, path: str) -> pages.State | None:
        """What is to be seen now; None if the document is gone."""
        if path == HOME:
            return pages.of_home(self.session, await self.session.sheets())
        sheet = await self.session.sheet(path)
        return pages.of_document(self.session, sheet) if sheet is not None else None

    def _document(self, name: str) -> str:
        """A document by its name below content/. Raises HTTPException (404)."""
        path = f"{CONTENT}/{name}"
        if path not in self.session.jobs:
            raise HTTPException(404)
        return path

    def _output(self, name: str, format: str) -> tuple[str, Edition]:
        """The document and the edition that `build` gives this name. Raises HTTPException (404)."""
        if (path := self.session.by_slug(name)) is not None:
            return path, Edition.HANDOUT
        for edition in Edition:
            slug = name.removesuffix(f"-{edition.value}")
            path = self.session.by_slug(slug) if slug != name else None
            if path and format in edition.formats and edition in self.session.editions(path):
                return path, edition
        raise HTTPException(404)


def _event(state: pages.State | None) -> str:
    """One event. A document that is gone may come back: some editors save so."""
    if state is None:
        return "event: gone\ndata: {}\n\n"
    known = {"address": state.address, "build": state.build, "slug": state.slug}
    return f"event: state\ndata: {json.dumps({**known, 'version': state.version})}\n\n"


def _html(state: pages.State, status: int = 200, *, bar: bool = True) -> HTMLResponse:
    page = state.html() if bar else pages.plain(state.page)
    return HTMLResponse(page, status, {"Content-Security-Policy": state.policy})


async def _not_there(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "there is no such output", 503: "too many tabs"}.get(status, "not possible")
    return PlainTextResponse(f"{words}\n", status)


async def _failed(request: Request, error: Exception) -> Response:
    """A mistake in a template of the list, or one of ours: one calm line."""
    first = (str(error).splitlines() or [""])[0][:300]
    return PlainTextResponse(f"a mistake in the program: {type(error).__name__}: {first}\n", 500)
