"""Choices that scenario files of before may name and that are no longer there, and what takes their place."""

from __future__ import annotations

from typing import Any, Final

WAYS: Final = ("breaks", "majority")  # natural breaks are proposed as lines by score, a veto is a cap


def without_retired(fields: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Fields of a file → the same without retired choices, and their names for the sentence that is told.

    A retired way of drawing leaves the tiers to the lines that waited beside it.
    """
    way = fields.get("way")
    kind = way.get("kind") if isinstance(way, dict) else None
    return ({**fields, "way": None}, (kind,)) if kind in WAYS else (fields, ())
