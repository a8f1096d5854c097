"""On a customer's card: the way from base tier to final tier, and what the next tier up or down takes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.dataset import Dataset
from tiering.evaluate import Tiering
from tiering.said.decided_by import decided_by
from tiering.said.rules import points_text, rule_name
from tiering.tiers.final_tier import TierAdjustments
from tiering.tiers.overrides import BY_RULE, entry_of
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.base.frame import plain
from tiering.ui.charts.customers import waterfall_chart
from tiering.ui.pages.tiers.rules.overrides import override_form
from tiering.views.outlook import MOST_ORDERS, Goal, Outlook, outlook
from tiering.words import Words


def decided(shown: Shown, row: int, words: Words) -> None:
    """The steps in words, the points as a waterfall; and the way to set this customer's tier by hand."""
    settled = shown.tiering.adjustments
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


def way(shown: Shown, settled: TierAdjustments, row: int, words: Words) -> list[str]:
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


def waterfall(settled: TierAdjustments, row: int, words: Words) -> pd.DataFrame:
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


def _cap_name(settled: TierAdjustments, row: int, tier: int, names: list[str], words: Words) -> str:
    caps = zip(settled.points.rules.caps, settled.points.cap_answers, strict=True)
    return next(rule_name(rule, words) for rule, answer in caps if answer.holds[row] and rule.tier == names[tier])


def _unlike(label: str, rows: list[tuple[str, int, int, str, bool]]) -> str:
    """Two rules of one name are two bars."""
    return label if all(label != row[0] for row in rows) else f"{label} ({len(rows) + 1})"


def outlook_lines(shown: Shown, row: int, words: Words) -> None:
    """Sentences for the customer in ``row``; what would unlock them where the data has no orders."""
    settled = shown.tiering.adjustments
    if settled is not None and settled.hand.tiers[row] != BY_RULE:
        return
    if shown.dataset.orders is None:
        st.caption(words("outlook.no_orders"))
        return
    with st.spinner(words("outlook.working"), show_time=False):
        found = _cached_outlook(shown, row)
    if found is None:
        if shown.tiering.drawn[row]:
            st.caption(words("outlook.never"))
        return
    for line in outlook_sentences(found, shown, words):
        st.markdown(f"- {plain(line)}")
    facts = {"usual": words.money(found.usual, shown.dataset.currency), "pace": words.number(found.pace, 1)}
    st.caption(plain(words("outlook.basis", **facts)))


def outlook_sentences(found: Outlook, shown: Shown, words: Words) -> list[str]:
    """Up first, then what keeps the tier."""
    tiers = shown.tiering.scenario.tiers
    said = []
    if found.idle < found.now:
        said.append(words("outlook.rises_anyway", by=found.by, tier=tiers[found.idle]))
    elif found.rise is not None:
        way = _way(found.rise, found, shown, words)
        said.append(words("outlook.rise", by=found.by, tier=tiers[found.rise.tier], way=way))
    elif found.now > 0:
        said.append(words("outlook.no_rise", by=found.by, n=MOST_ORDERS))
    if found.idle <= found.now:
        said.append(words("outlook.stays", by=found.by))
    elif found.keep is not None:
        facts = {"by": found.by, "tier": tiers[found.idle], "now": tiers[found.now]}
        said.append(words("outlook.keep", way=_way(found.keep, found, shown, words), **facts))
    else:
        said.append(words("outlook.falls", by=found.by, tier=tiers[found.idle]))
    return said


def _way(goal: Goal, found: Outlook, shown: Shown, words: Words) -> str:
    """``2 more orders or one order of ¥38,000``, the one nearer to what the customer usually does first."""
    ways = []
    if goal.orders:
        ways.append(words("outlook.orders", n=goal.orders))
    if goal.money is not None:
        ways.append(words("outlook.money", money=words.money(goal.money, shown.dataset.currency)))
    if goal.orders and goal.orders > max(2 * found.pace, 1):
        ways.reverse()
    return words("outlook.or", first=ways[0], second=ways[1]) if len(ways) == 2 else ways[0]


def _cached_outlook(shown: Shown, row: int) -> Outlook | None:
    settings = shown.tiering.scenario.model_dump_json()
    return _found(shown.dataset.fingerprint, settings, row, _dataset=shown.dataset, _tiering=shown.tiering)


@st.cache_resource(scope="session", max_entries=50, show_spinner=False)
def _found(fingerprint: str, settings: str, row: int, _dataset: Dataset, _tiering: Tiering) -> Outlook | None:
    return outlook(_dataset, _tiering, row)
