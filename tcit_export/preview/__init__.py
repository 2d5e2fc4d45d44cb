"""The live preview: a project's documents in the browser, new on every save.

`uses` knows what a document is made of, `session` holds what is built (in memory alone) and builds
again what a change touches, `watch` hears of changes, `app` answers requests behind the `gate`,
`pages` draws what stands around the documents, `server` runs it all until Ctrl-C.
"""

from __future__ import annotations

from tcit_export.preview.server import PortTaken, serve

__all__ = ["PortTaken", "serve"]
