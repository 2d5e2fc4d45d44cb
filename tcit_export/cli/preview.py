"""`preview`: the documents in the browser, new on every save."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import webbrowser

from tcit_export.builder import source_date
from tcit_export.cli.usage import Usage, open_here
from tcit_export.preview import PortTaken, serve


def run(arguments: argparse.Namespace) -> int:
    """Runs until Ctrl-C; exit code 130. Raises Usage."""
    project = open_here(arguments).value

    def started(address: str) -> None:
        print(f"Preview of {project.root.name}: {address} (Ctrl-C ends it)", flush=True)
        if not arguments.no_open and has_display():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    try:
        source_date()
        serve(project.root, arguments.port, started)
    except (PortTaken, ValueError) as error:
        raise Usage(str(error)) from None
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("tcit-export: the preview has ended", file=sys.stderr)
        return 130
    return 0


def has_display() -> bool:
    """Whether a browser can open a window: without one, some would take over the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
