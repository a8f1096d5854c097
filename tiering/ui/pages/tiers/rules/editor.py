"""The table in which rules are written: one row a rule, checked as it is typed."""

from __future__ import annotations

from typing import Any, Literal, get_args

import pandas as pd
import streamlit as st

from tiering.ingest.values.numbers import number_text, number_value
from tiering.said.rules import SIGNS, field_labels, is_share, value_text
from tiering.scenario.exceptions import CapRule, PointRule, Test
from tiering.tiers.conditions import fields_of
from tiering.ui.base import regions, state
from tiering.ui.base.cached import Shown
from tiering.words import Words

Kind = Literal["points", "caps"]
TESTS: tuple[Test, ...] = get_args(Test)


def rule_editor(shown: Shown, kind: Kind, words: Words) -> None:
    """The scenario's rules of one kind, to edit; a row that is not whole yet says what it lacks and does nothing."""
    key = f"rules-{kind}"
    stored: tuple[Rule, ...] = getattr(shown.tiering.scenario.rules, kind)
    if state.widget_value(f"{key}-stands-for") != stored or state.widget_value(state.rotate(key)) is None:
        # changed elsewhere (undo, a file, a ready rule), or drawn anew: the table starts from the scenario
        state.turn(key)
        state.set_widget(f"{key}-rows", rows_of(stored))
        state.set_widget(f"{key}-stands-for", stored)
    rows: list[Row] = state.widget_value(f"{key}-rows")
    edited = st.data_editor(
        _table(rows),
        num_rows="dynamic",
        hide_index=True,
        key=state.rotate(key),
        column_config=_columns(shown, kind, words),
        on_change=_take,
        args=(kind,),
        placeholder="",
    )
    for number, row in enumerate(edited.to_dict("records"), start=1):
        lacking = missing_cell({str(name): cell for name, cell in row.items()})
        if lacking is not None:
            st.caption(words("rules.row_incomplete", row=number, cell=words(f"rules.column.{_cell(lacking, kind)}")))


def _table(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _take(kind: Kind) -> None:
    key = f"rules-{kind}"
    scenario = state.choices().scenario
    rows = with_changes(state.widget_value(f"{key}-rows"), state.widget_value(state.rotate(key)) or {})
    stored: tuple[Rule, ...] = getattr(scenario.rules, kind)
    rules = tuple(rule_of(row, stored) for row in rows if missing_cell(row) is None)
    state.set_widget(f"{key}-stands-for", rules)
    if rules != stored:
        state.change_scenario(rules=scenario.rules.model_copy(update={kind: rules}))
        regions.follow_release()


def _columns(shown: Shown, kind: Kind, words: Words) -> dict[str, Any]:
    tiers = shown.tiering.scenario.tiers
    labels = _labels(shown, kind, words)
    gives: Any = st.column_config.NumberColumn(
        words("rules.column.points"),
        min_value=-100,
        max_value=100,
        step=1,
        format="%+d",
        help=words("rules.points_help"),
    )
    if kind == "caps":
        gives = st.column_config.SelectboxColumn(words("rules.column.tier"), options=list(tiers[1:]))
    return {
        "field": st.column_config.SelectboxColumn(
            words("rules.column.field"), options=list(labels), format_func=lambda name: labels.get(str(name), str(name))
        ),
        "test": st.column_config.SelectboxColumn(
            words("rules.column.test"), options=list(TESTS), format_func=lambda test: _test(str(test), words)
        ),
        "value": st.column_config.TextColumn(words("rules.column.value"), help=words("rules.value_help")),
        "gives": gives,
        "name": st.column_config.TextColumn(words("rules.column.name"), help=words("rules.name_help"), max_chars=200),
    }


def _labels(shown: Shown, kind: Kind, words: Words) -> dict[str, str]:
    """Columns to choose from, by label; those that a rule asks about though this data lacks them stay choosable."""
    stored: tuple[Rule, ...] = getattr(shown.tiering.scenario.rules, kind)
    names = dict.fromkeys([*fields_of(shown.tiering.base.customers), *(rule.field for rule in stored)])
    labels = field_labels(names, words)
    return dict(sorted(labels.items(), key=lambda pair: pair[1]))


def _test(test: str, words: Words) -> str:
    return SIGNS.get(test) or words(f"rules.test.{test}")


def _cell(lacking: str, kind: Kind) -> str:
    return ("points" if kind == "points" else "tier") if lacking == "gives" else lacking


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
