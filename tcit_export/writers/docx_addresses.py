"""Addresses as Word takes them in relationships."""

from __future__ import annotations

from tcit_export.model.addresses import uri


def target_address(address: str) -> str | None:
    """The address as a relationship target; None if Word could not hold it."""
    return uri(address)
