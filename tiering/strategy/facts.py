"""The figures a rule reads of one customer: whoever checks a recommendation by hand needs these and no others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tiering.strategy.situation import Situation

READ_BY: dict[str, tuple[str, ...]] = {
    "collect": ("overdue_days", "credit"),
    "win_back": ("annual_orders", "recency_days", "prior_revenue"),
    "protect": ("recency_days", "gap_mean_days", "gaps", "tail"),
    "fix": ("satisfaction", "returns_share", "fault_rate", "tickets"),
    "check_in": ("recency_days", "gap_mean_days", "gaps", "tail", "growth", "half_growth"),
    "remind": ("recency_days", "gap_mean_days", "gaps", "tail"),
    "welcome": ("settled_tenure_days",),
    "right_size": ("margin_rate", "usual_margin_rate", "annual_revenue"),
    "grow": ("points_short", "growth", "recency_days"),
    "wallet": ("wallet", "wallet_share", "annual_revenue"),
    "watch": ("annual_revenue", "usual_revenue", "growth", "annual_orders"),
    "broaden": ("categories", "usual_categories"),
    "cross": ("categories", "growth", "recency_days"),
}


def facts_read(now: Situation, kind: str, row: int) -> dict[str, float | str]:
    """Name → value of each figure that the rule of a kind reads of the customer in ``row``; unknown ones left out.

    Where growth against the window before is known, that of the halves plays no part and is not told.
    """
    told: dict[str, float | str] = {}
    for name in READ_BY[kind]:
        if name == "half_growth" and "growth" in now.evidence.columns:
            continue
        value = _DERIVED[name](now, row) if name in _DERIVED else float(now.evidence.column(name)[row])
        if isinstance(value, str) or np.isfinite(value):
            told[name] = value
    return told


def _grade(now: Situation, row: int) -> float | str:
    customers = now.tiering.base.customers
    grade = customers["credit"].iat[row] if "credit" in customers else None
    return grade if isinstance(grade, str) else np.nan


_DERIVED: dict[str, Callable[[Situation, int], float | str]] = {
    "credit": _grade,
    "half_growth": lambda now, row: float(now.half_growth[row]),
    "points_short": lambda now, row: float(now.points_short[row]),
    "usual_margin_rate": lambda now, _: now.usual_margin_rate,
    "usual_revenue": lambda now, _: now.usual_revenue,
    "usual_categories": lambda now, row: float(now.usual_categories[now.tiering.tiers[row]]),
}
