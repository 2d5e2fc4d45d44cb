"""Worker processes, and what keeps one document from taking a machine.

A layout may run for ever, and no argument of WeasyPrint stops it.  So the command line builds in
worker processes: each may use so much memory, and each PDF so much processor time.  Where documents
are built in the caller's own process (the Python function without an executor, or threads), none of
this applies: limits that are right for our process are not for somebody else's.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from tcit_export import limits

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_in_own_process = False


class LimitExceeded(BaseException):
    """Too much time was used. No Exception: nothing on the way may take it for a bad image."""


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that build documents. However the block is left, none of them stays behind."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker
    )
    try:
        yield pool
    except BaseException:
        for child in set(multiprocessing.active_children()) - before:
            child.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: processes started meanwhile begin without it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _start_worker() -> None:
    """Prepare a worker: the parent alone handles Ctrl-C, and nobody outlives the parent."""
    global _in_own_process
    _in_own_process = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_follow_parent, daemon=True).start()
    # What fails while memory runs out is told once, by the diagnostic of the document.
    sys.unraisablehook = lambda _unraisable: None
    _limit_memory()


def _follow_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limits.PDF_MEMORY, hard))


@contextmanager
def own_process() -> Iterator[None]:
    """The command line says that this process is its own, so that `restrained` holds here too."""
    global _in_own_process
    before, _in_own_process = _in_own_process, True
    try:
        yield
    finally:
        _in_own_process = before


@contextmanager
def restrained(seconds: int = limits.PDF_SECONDS) -> Iterator[None]:
    """In the main thread of a process of ours, LimitExceeded after so much processor time."""
    main = threading.current_thread() is threading.main_thread()
    if not (_in_own_process and main and hasattr(signal, "setitimer")):
        yield
        return
    previous = signal.signal(signal.SIGPROF, _out_of_time)
    # It comes again every second, in case the first one ends in code that swallows it.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise LimitExceeded
