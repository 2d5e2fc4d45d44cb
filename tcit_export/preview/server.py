"""Running the preview: one listening socket on 127.0.0.1, the watcher, the workers, and the end."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from tcit_export.builder import worker_pool
from tcit_export.preview.app import application
from tcit_export.preview.session import Session
from tcit_export.preview.watch import watch

HOST: Final = "127.0.0.1"
WORKERS: Final = 2
"""So that a page need not wait for a PDF."""
GRACE: Final = 1
"""Seconds that open connections have at the end."""


class PortTaken(Exception):  # noqa: N818 - says what is wrong
    """The port cannot be listened on, and why."""


def serve(root: Path, port: int, started: Callable[[str], None]) -> None:
    """Preview a project until the process is interrupted; `started` gets the address.

    Port 0 means any that is free. Raises PortTaken, NoProject, OSError; KeyboardInterrupt at the
    end, when all workers have ended.
    """
    with _listening(port) as listener, ExitStack() as workers:
        session = Session(root, lambda: workers.enter_context(worker_pool(WORKERS)))
        number: int = listener.getsockname()[1]
        asyncio.run(_run(session, listener, number, started))


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # Without it, a preview that has just ended would keep its port for a minute.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTaken(_reason(port, error)) from None
    return listener


def _reason(port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"port {port} is in use; name another one with --port, or 0 for any"
        case errno.EACCES:
            return f"port {port} is not yours to use; name one above 1023 with --port"
        case _:
            return f"port {port} cannot be used: {(error.strerror or str(error)).lower()}"


async def _run(
    session: Session, listener: socket.socket, port: int, started: Callable[[str], None]
) -> None:
    config = uvicorn.Config(
        application(session, port),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    stop = asyncio.Event()
    server = _Server(config, session, stop)
    watching = asyncio.create_task(watch(session, stop))
    started(f"http://{HOST}:{port}/")
    try:
        await server.serve(sockets=[listener])
    finally:
        stop.set()
        watching.cancel()


class _Server(uvicorn.Server):
    """Tells the streams of news that the end has come, so that nobody waits for them."""

    def __init__(self, config: uvicorn.Config, session: Session, stop: asyncio.Event) -> None:
        super().__init__(config)
        self._session = session
        self._stop = stop
        self._loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._loop.call_soon_threadsafe(self._session.close)
        self._loop.call_soon_threadsafe(self._stop.set)
        super().handle_exit(sig, frame)
