"""Rules as rows of an editable table, and back: every cell a person can get wrong is told so, nothing is dropped."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tiering.ingest.values.numbers import number_text, number_value
from tiering.said.rules import is_share, value_text
from tiering.scenario.exceptions import CapRule, PointRule

Rule = PointRule | CapRule
Row = dict[str, Any]

COLUMNS = ("field", "test", "value", "gives", "name")
WITHOUT_VALUE = ("known", "unknown")


def rows_of(rules: tuple[Rule, ...]) -> list[Row]:
    """Rules → one row each, in the order of ``COLUMNS``."""
    return [
        {
            "field": rule.field,
            "test": rule.test,
            "value": value_text(rule),
            "gives": rule.points if isinstance(rule, PointRule) else rule.tier,
            "name": rule.name,
        }
        for rule in rules
    ]


def with_changes(rows: list[Row], changes: dict[str, Any]) -> list[Row]:
    """Rows with what an editor reports: cells edited, rows deleted, rows added."""
    edited = [{**row, **changes.get("edited_rows", {}).get(number, {})} for number, row in enumerate(rows)]
    kept = [row for number, row in enumerate(edited) if number not in changes.get("deleted_rows", [])]
    return kept + [dict(row) for row in changes.get("added_rows", [])]


def missing_cell(row: Row) -> str | None:
    """Which cell a row still lacks to be a rule; None when it is one."""
    for name in ("field", "test", "value", "gives"):
        if name == "value" and row.get("test") in WITHOUT_VALUE:
            continue
        if _is_blank(row.get(name)) or (name == "gives" and row[name] == 0):
            return name
    return None


def rule_of(row: Row, before: tuple[Rule, ...] = ()) -> Rule:
    """A whole row → its rule; the mark of a ready rule stays while its column and test do."""
    known: dict[str, Any] = {
        "field": str(row["field"]),
        "test": str(row["test"]),
        "value": "" if row["test"] in WITHOUT_VALUE else read_value(str(row["value"]), str(row["field"])),
        "name": "" if _is_blank(row.get("name")) else str(row["name"]).strip()[:200],
    }
    known["ready"] = next((r.ready for r in before if (r.field, r.test) == (known["field"], known["test"])), "")
    if isinstance(row["gives"], str):
        return CapRule(**known, tier=row["gives"])
    return PointRule(**known, points=max(-100, min(100, int(row["gives"]))))


def read_value(text: str, field: str) -> float | str:
    """A cell as the number it is written as (50万, 1,000, 20%), else as text."""
    written = number_text(text)
    number = None if written is None else number_value(written, ".")
    if number is None or len(text.strip()) > len("1,000,000,000,000.00"):
        return text.strip()[:200]
    value = float(number)
    # a share is said in percent: 20 typed there is 20 %
    return value / 100 if is_share(field) and "%" not in text and "％" not in text and value > 1 else value


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (not isinstance(cell, str) and pd.isna(cell))
