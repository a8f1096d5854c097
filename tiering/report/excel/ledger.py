"""Sheets of what stands beside the lines: rules with what they move, tiers set by hand, appeals, groups."""

from __future__ import annotations

import pandas as pd

from tiering.evaluate import Tiering
from tiering.report.excel.sheets import Sheets
from tiering.report.handout import Handout
from tiering.said.group_rows import contradictions_table, groups_table
from tiering.said.kinds import money_decimals
from tiering.said.labels import column_labels
from tiering.said.ledger_rows import appeals_table, ledger_table
from tiering.said.rules import points_text, rule_name
from tiering.scenario.exceptions import PointRule
from tiering.tiers.groups import has_parents
from tiering.tiers.points import effects
from tiering.views.group_tiers import group_tiers
from tiering.words import Words


def write_exceptions(sheets: Sheets, handout: Handout) -> None:
    """One sheet for the rules, the ledger, the appeals, the groups and their contradictions, where there are any."""
    tiering, words = handout.tiering, handout.words
    ledger = tiering.scenario.ledger
    if tiering.scenario.rules.points or tiering.scenario.rules.caps:
        _write(sheets, handout, "rules", rules_table(tiering, words))
    if ledger.overrides:
        _write(sheets, handout, "ledger", ledger_table(tiering, words))
    if ledger.appeals:
        _write(sheets, handout, "appeals", appeals_table(tiering, words))
    if has_parents(tiering.base.customers):
        found = group_tiers(handout.dataset, tiering)
        if len(found.groups):
            _write(sheets, handout, "groups", groups_table(tiering, found, words))
        if len(found.contradictions):
            _write(sheets, handout, "contradictions", contradictions_table(tiering, found, words))


def rules_table(tiering: Tiering, words: Words) -> pd.DataFrame:
    """One row per rule: name, what it gives, whom it holds of, whom it moves, their annual revenue, and any fault."""
    assert tiering.settlement is not None, "a tiering with rules is settled"
    found = effects(tiering.settlement.points, tiering.base_tiers, tiering.scenario.tiers, tiering.base.revenue)
    return pd.DataFrame(
        {
            "rule": [rule_name(effect.rule, words) for effect in found],
            "gives": [_gives(effect.rule, words) for effect in found],
            "rule_customers": [float(effect.customers) for effect in found],
            "rule_up": [float(effect.up) for effect in found],
            "rule_down": [float(effect.down) for effect in found],
            "annual_revenue": [effect.revenue for effect in found],
            "rule_unknown": [float(effect.unknown) for effect in found],
            "rule_fault": [words(f"rules.unusable.{effect.fault}") if effect.fault else "" for effect in found],
        }
    )


def _gives(rule: object, words: Words) -> str:
    if isinstance(rule, PointRule):
        return points_text(rule.points, words)
    return words("rules.at_most", tier=getattr(rule, "tier", ""))


def _write(sheets: Sheets, handout: Handout, name: str, table: pd.DataFrame) -> None:
    labels = column_labels(table.columns, handout.words)
    sheets.add_table(handout.words(f"report.sheet.{name}"), table, labels, money_decimals(handout.dataset))
