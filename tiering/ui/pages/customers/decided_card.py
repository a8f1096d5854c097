"""On a customer's card: the way from base tier to final tier, with every rule and decision on it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.said.decided_by import decided_by
from tiering.said.rules import points_text, rule_name
from tiering.tiers.final_tier import Settlement
from tiering.tiers.overrides import entry_of
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.waterfall import waterfall_chart
from tiering.ui.pages.tiers.rules.hand import override_form
from tiering.words import Words


def decided(shown: Shown, row: int, words: Words) -> None:
    """The steps in words, the points as a waterfall; and the way to set this customer's tier by hand."""
    settled = shown.tiering.settlement
    if settled is not None:
        said = way(shown, settled, row, words)
        if len(said) > 1:
            st.markdown("\n".join(f"{number}. {frame.plain(line)}" for number, line in enumerate(said, start=1)))
        steps = waterfall(settled, row, words)
        if len(steps):
            chart = waterfall_chart(steps, settled.points.rules.step_at, words, frame.is_dark())
            draw(chart, words, key="points-chart")
    with st.popover(words("decided.set")):
        override_form(shown, str(shown.tiering.base.customers["customer_id"].iloc[row]), words)


def way(shown: Shown, settled: Settlement, row: int, words: Words) -> list[str]:
    """Base tier, then what points, a cap and a decision by hand made of it, each as one sentence."""
    tiering = shown.tiering
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    base = int(tiering.base_tiers[row])
    said = [words("decided.base", tier=names[base])]
    tier = base
    if base < settled.count and settled.points.sums[row]:
        tier = min(max(base - int(settled.points.steps[row]), 0), settled.count - 1)
        total = points_text(int(settled.points.sums[row]), words)
        stuck = "decided.at_the_end" if settled.points.steps[row] else "decided.not_stepped"
        key = "decided.stepped" if tier != base else stuck
        said.append(words(key, points=total, tier=names[tier], step=settled.points.rules.step_at))
    if base < settled.count and settled.points.caps[row] > tier:
        tier = int(settled.points.caps[row])
        said.append(words("decided.capped", tier=names[tier], rule=_cap_name(settled, row, tier, names, words)))
    entry = entry_of(settled.hand, row)
    if entry is not None:
        facts = entry.override.model_dump(include={"tier", "owner", "expires", "reason"})
        said.append(words("decided.by_hand", **facts))
    return said


def waterfall(settled: Settlement, row: int, words: Words) -> pd.DataFrame:
    """Points of each rule that holds, from where the one before ended, and their sum; empty where none holds."""
    rows: list[tuple[str, int, int, str, bool]] = []
    total = 0
    for rule, answer in zip(settled.points.rules.points, settled.points.point_answers, strict=True):
        if answer.holds[row]:
            label = _unlike(rule_name(rule, words), rows)
            rows.append((label, total, total + rule.points, points_text(rule.points, words), False))
            total += rule.points
    if rows:
        rows.append((words("decided.sum"), 0, total, points_text(total, words), True))
    return pd.DataFrame(rows, columns=["label", "start", "end", "note", "total"])


def tier_note(shown: Shown, row: int, words: Words) -> str | None:
    """What stands beside the tier in the headline; None where the lines alone decide."""
    return decided_by(shown.tiering, pd.RangeIndex(row, row + 1).to_numpy(), words)[0] or None


def _cap_name(settled: Settlement, row: int, tier: int, names: list[str], words: Words) -> str:
    caps = zip(settled.points.rules.caps, settled.points.cap_answers, strict=True)
    return next(rule_name(rule, words) for rule, answer in caps if answer.holds[row] and rule.tier == names[tier])


def _unlike(label: str, rows: list[tuple[str, int, int, str, bool]]) -> str:
    """Two rules of one name are two bars."""
    return label if all(label != row[0] for row in rows) else f"{label} ({len(rows) + 1})"
