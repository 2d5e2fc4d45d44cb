"""Document + Library -> diagnostics: what is right to read, yet wrong to publish.

One file a check in `rules`; `run` asks them all.
"""

from __future__ import annotations

from tcit_export.lint.rule import Context, Rule, run

__all__ = ["Context", "Rule", "run"]
