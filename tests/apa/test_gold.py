"""The reference strings of APA 7: what was right once, in letters and italics, must stay right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_what_was_right_is_still_right(root: Path, shared: Path) -> None:
    scorer = root / "tests" / "bench" / "apa" / "score_gold.py"
    command = [sys.executable, str(scorer), "--shared", str(shared), "--quiet"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
