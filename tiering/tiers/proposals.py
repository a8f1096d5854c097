"""First standards, from the data at hand or as they are customary, for somebody to change."""

from __future__ import annotations

from typing import Literal

import numpy as np

from tiering.scenario.ways.standards import Condition, Standards, TierRule
from tiering.tiers.cuts import PROPOSED_SHARES
from tiering.tiers.indicator_values import Readings

Ready = Literal["order_value", "frequent_satisfied", "half_million"]
MILLION, HALF_MILLION = 1_000_000.0, 500_000.0
MONTHLY = 12.0
WHOLE = frozenset({"count", "days", "months"})
CONTENT = 4.0  # of five, where the file says nothing of satisfaction
READY_TIERS: dict[Ready, int] = {"order_value": 3, "frequent_satisfied": 3, "half_million": 2}


def ready_standards(ready: Ready, readings: Readings) -> Standards:
    """The customary standards by annual order value.

    ``order_value``: strictly over 1,000,000 · 500,000 up to 1,000,000 · less. ``frequent_satisfied``: the same, the
    first tier with an order a month and at least the middle customer's satisfaction besides. ``half_million``: from
    500,000 on, or less.
    """
    over, from_half = _revenue(">", MILLION), _revenue(">=", HALF_MILLION)
    match ready:
        case "half_million":
            return Standards(rules=(TierRule(conditions=(from_half,)),))
        case "frequent_satisfied":
            satisfaction = readings.of("satisfaction")
            level = CONTENT if satisfaction is None else in_figures(float(np.nanmedian(satisfaction)))
            over_too = (
                over,
                Condition(indicator="annual_orders", sign=">=", value=MONTHLY),
                Condition(indicator="satisfaction", sign=">=", value=level),
            )
            return Standards(rules=(TierRule(conditions=over_too), TierRule(conditions=(from_half,))))
    return Standards(rules=(TierRule(conditions=(over,)), TierRule(conditions=(from_half,))))


def proposed_standards(readings: Readings, lead: str, tiers: int) -> Standards:
    """One limit a tier on the indicator ``lead``, so that the customary shares of the customers reach it."""
    better = readings.more_is_better(lead)
    limits = [0.0] * (tiers - 1) if readings.of(lead) is None else _at_shares(readings, lead, PROPOSED_SHARES[tiers])
    sign: Literal[">=", "<="] = ">=" if better else "<="
    return Standards(
        rules=tuple(TierRule(conditions=(Condition(indicator=lead, sign=sign, value=limit),)) for limit in limits)
    )


def in_figures(value: float, figures: int = 3) -> float:
    """A value in as many figures as people say: ``1_234_567`` → ``1_230_000``."""
    return float(f"{value:.{figures}g}")


def _revenue(sign: Literal[">", ">="], value: float) -> Condition:
    return Condition(indicator="annual_revenue", sign=sign, value=value)


def _at_shares(readings: Readings, key: str, shares: tuple[float, ...]) -> list[float]:
    """Values that the best share of the customers reach, one for each share, in figures people say.

    Orders, days and months are whole, those of newcomers too, which make up for a window they did not have.
    """
    values, better = readings.of(key), readings.more_is_better(key)
    assert values is not None, "only what somebody has is proposed"
    known = np.sort(values[np.isfinite(values)])
    best_first = known[::-1] if better else known
    places = [min(int(np.ceil(share * known.size)), known.size) - 1 for share in shares]
    found = [in_figures(float(best_first[max(place, 0)])) for place in places]
    if key not in readings.indicators or readings.indicators[key].unit not in WHOLE:
        return found
    return [float(np.floor(limit) if better else np.ceil(limit)) for limit in found]
