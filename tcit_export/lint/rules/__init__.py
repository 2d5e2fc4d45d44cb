"""The checks, in the order of their codes."""

from __future__ import annotations

from typing import Final

from tcit_export.lint.rule import Rule
from tcit_export.lint.rules import (
    duplicate_work,
    empty_selection,
    missing_alt_text,
    missing_required_field,
    publisher_spelled_differently,
    reviewed_work_not_cited,
    unknown_citation_key,
    unknown_group,
    unknown_importance,
    unknown_nocite_key,
    unknown_reviewed_key,
    work_listed_twice,
)

RULES: Final[tuple[Rule, ...]] = (
    unknown_citation_key.RULE,
    unknown_reviewed_key.RULE,
    unknown_nocite_key.RULE,
    reviewed_work_not_cited.RULE,
    missing_alt_text.RULE,
    empty_selection.RULE,
    unknown_importance.RULE,
    work_listed_twice.RULE,
    unknown_group.RULE,
    missing_required_field.RULE,
    duplicate_work.RULE,
    publisher_spelled_differently.RULE,
)
