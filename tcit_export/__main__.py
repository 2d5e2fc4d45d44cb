"""`python -m tcit_export` is the command `tcit-export`."""

from __future__ import annotations

import sys

from tcit_export.cli import main

if __name__ == "__main__":
    sys.exit(main())
