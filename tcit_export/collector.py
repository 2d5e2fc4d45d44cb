"""Python's garbage collector, held off while a document is made.

Making one document makes millions of objects that stay until its end. Each pass over them all finds
next to nothing, and together they take a tenth of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected(*, stays: bool = False) -> Iterator[None]:
    """No garbage collection inside; behind it all is as before. Blocks may nest.

    stays: what was made stays until the process ends, so that no later pass need look at it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if stays:
            gc.freeze()
        if was_on:
            gc.enable()
