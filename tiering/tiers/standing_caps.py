"""Caps that stand in every scheme: no revenue, no tier above the lowest; a provisional tier is none of the top."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from tiering.indicators.newcomers import Standing
from tiering.scenario.exceptions import CapRule
from tiering.tiers.conditions import Answer, asked

LAPSED: Final = "lapsed"
PROVISIONAL: Final = "provisional"

Held = tuple[CapRule, Answer]


def standing_caps(customers: pd.DataFrame, standing: Standing | None, tiers: tuple[str, ...]) -> tuple[Held, ...]:
    """Customer table (n rows) and how its histories are read → the caps that hold somebody, with whom (n,).

    Whoever brought no revenue in the period, or less than none, is in the lowest tier; who never bought is another
    matter. Whoever is tiered by potential and company data alone is at best in the tier below the top.
    """
    found = (_lapsed(customers, tiers), _provisional(standing, tiers))
    return tuple(held for held in found if held is not None and held[1].holds.any())


def _lapsed(customers: pd.DataFrame, tiers: tuple[str, ...]) -> Held | None:
    if "annual_revenue" not in customers:
        return None
    rule = CapRule(field="annual_revenue", test="at_most", value=0.0, tier=tiers[-1], ready=LAPSED)
    return rule, Answer(asked(customers, rule).holds)


def _provisional(standing: Standing | None, tiers: tuple[str, ...]) -> Held | None:
    if standing is None:
        return None
    rule = CapRule(field="tenure_days", test="known", tier=tiers[1], ready=PROVISIONAL)
    return rule, Answer(np.asarray(standing.apart))
