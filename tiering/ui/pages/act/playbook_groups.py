"""The groups that have a playbook: what they are called and who is in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiering.strategy.segment_playbooks import (
    RISKS,
    SegmentPlaybook,
    risk_playbook,
    risks,
    segment_playbook,
    tier_playbook,
)
from tiering.ui.base import cached
from tiering.ui.base.cached import Shown
from tiering.ui.pages.customers.lifecycle import stages_of
from tiering.ui.pages.customers.rfm import figures_of
from tiering.views.lifecycle import STAGES
from tiering.views.rfm import quantile_limits
from tiering.views.rfm_groups import FOUR, four_groups
from tiering.words import Words

FAMILIES = ("tier", "rfm", "lifecycle", "risk")
WINDOW = ("recency_days", "annual_orders", "annual_revenue")


@dataclass(frozen=True)
class Group:
    """One group with its name, its customers (n,) and its playbook."""

    key: str
    name: str
    members: np.ndarray
    book: SegmentPlaybook


def groups(shown: Shown, family: str, words: Words) -> list[Group]:
    """Groups of a family; none where the data cannot tell them."""
    return {"tier": _tiers, "rfm": _rfm, "lifecycle": _lifecycle, "risk": _risks}[family](shown, words)


def _tiers(shown: Shown, words: Words) -> list[Group]:
    scenario, tiers = shown.tiering.scenario, shown.tiering.tiers
    return [
        Group(name, name, tiers == place, tier_playbook(scenario, place)) for place, name in enumerate(scenario.tiers)
    ]


def _rfm(shown: Shown, words: Words) -> list[Group]:
    customers = shown.tiering.base.customers
    if not set(WINDOW) <= set(customers):
        return []
    figures = figures_of(customers, "window")
    if not figures.known().any():
        return []
    codes = four_groups(figures, quantile_limits(figures, 2), cached.evidence(shown).column("tail"))
    return [
        Group(
            name,
            words(f"segments.rfm.group.{name}"),
            codes == place,
            segment_playbook(shown.tiering.scenario, "rfm", name),
        )
        for place, name in enumerate(FOUR)
    ]


def _lifecycle(shown: Shown, words: Words) -> list[Group]:
    if "first_order" not in shown.tiering.base.customers or shown.tiering.base.as_of is None:
        return []
    codes, scenario = stages_of(shown), shown.tiering.scenario
    return [
        Group(
            name,
            words(f"segments.lifecycle.stage.{name}"),
            codes == place,
            segment_playbook(scenario, "lifecycle", name),
        )
        for place, name in enumerate(STAGES)
    ]


def _risks(shown: Shown, words: Words) -> list[Group]:
    codes, scenario = risks(cached.evidence(shown)), shown.tiering.scenario
    if (codes < 0).all():
        return []
    return [
        Group(
            f"{tier_name} {risk}",
            f"{tier_name} · {words(f'playbook.risk.{risk}')}",
            (shown.tiering.tiers == tier) & (codes == place),
            risk_playbook(scenario, tier, risk),
        )
        for tier, tier_name in enumerate(scenario.tiers)
        for place, risk in enumerate(RISKS)
    ]
