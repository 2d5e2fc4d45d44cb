"""Who may ask, and for what: the reader's own browser, reading.

A page of somebody else's, open in the same browser, can send requests to 127.0.0.1, and by DNS
rebinding even under a name of its own.  So a request must name one of our hosts and must not come
from another origin.  Every answer says that others may not frame, sniff, keep or read it.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS: Final = ("GET", "HEAD")
HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
STRICT_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'"
SECURITY: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Gate:
    """ASGI: refuses what the rules forbid, and adds security headers to every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers[name] = value
                policy = headers.get("Content-Security-Policy", STRICT_POLICY)
                headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'self'"
            await send(message)

        refused = refusal(scope["method"], Headers(scope=scope), self.port)
        await (refused or self.app)(scope, receive, guarded)


def refusal(method: str, headers: Headers, port: int) -> PlainTextResponse | None:
    """Why a request is not answered; None if it is."""
    if method not in METHODS:
        return PlainTextResponse("only GET and HEAD\n", 405, {"Allow": ", ".join(METHODS)})
    hosts = [value.lower() for value in headers.getlist("host")]
    if len(hosts) != 1 or hosts[0] not in own_hosts(port):
        return PlainTextResponse("the preview answers to 127.0.0.1 and localhost only\n", 403)
    origins = headers.getlist("origin")
    if any(origin.lower() != f"http://{hosts[0]}" for origin in origins):
        return PlainTextResponse("not for other origins\n", 403)
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not _visit(headers):
        return PlainTextResponse("not for other origins\n", 403)
    return None


def own_hosts(port: int) -> frozenset[str]:
    """The values of `Host` that mean this server."""
    return frozenset(name for host in HOSTS for name in (host, f"{host}:{port}"))


def _visit(headers: Headers) -> bool:
    """Whether somebody followed a link to here: that opens a page and tells the other nothing."""
    mode, destination = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    return mode == "navigate" and destination == "document"
