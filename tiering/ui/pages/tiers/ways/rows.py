"""Rows of an editable table: what was typed over what is there, without losing what cannot be used yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def rows_after(rows: Sequence[Row], typed: dict[str, Any]) -> list[Row]:
    """Rows with the table's edits: cells typed over, rows added at the end, rows deleted."""
    edited = {int(place): cells for place, cells in typed.get("edited_rows", {}).items()}
    gone = {int(place) for place in typed.get("deleted_rows", ())}
    kept = [{**row, **edited.get(place, {})} for place, row in enumerate(rows) if place not in gone]
    return [*kept, *typed.get("added_rows", ())]


def is_begun(row: Row, names: Sequence[str]) -> bool:
    """Whether all of ``names`` are filled in; a row that was only begun waits."""
    return all(row.get(name) not in (None, "") for name in names)
