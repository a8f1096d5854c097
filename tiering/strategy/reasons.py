"""Why a customer is named: the facts behind a recommendation, one reason for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tiering.strategy.rules import Kind, first_signs
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


@dataclass(frozen=True)
class Named:
    """A customer named on a card: its name as given, and the facts behind the text ``reason``."""

    row: int
    name: str
    reason: str
    facts: Mapping[str, float | str]


def named(now: Situation, kind: Kind, row: int) -> Named:
    """A customer with the facts that show why it calls for the move."""
    reason, facts = _REASONS[kind](now, row)
    return Named(row, _name_of(now.tiering.base.customers, row), reason, facts)


def _name_of(customers: pd.DataFrame, row: int) -> str:
    """Name of the customer, or its number where the file has no name for it."""
    name = customers["customer_name"].iat[row] if "customer_name" in customers else None
    known = isinstance(name, str) and name.strip()
    return str(name) if known else str(customers["customer_id"].iat[row])


Reason = Callable[[Situation, int], tuple[str, dict[str, float | str]]]


def _plain(reason: str, **columns: str) -> Reason:
    """Reason whose facts are columns of the evidence: fact name → column."""

    def reason_of(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
        return reason, {fact: float(now.evidence.column(key)[row]) for fact, key in columns.items()}

    return reason_of


def _signed(kind: Kind, **by_sign: Reason) -> Reason:
    """The reason of the gravest sign a customer shows."""

    def reason_of(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
        return by_sign[str(first_signs(now, kind)[row])](now, row)

    return reason_of


def _grade(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    return "credit", {"grade": str(now.tiering.base.customers["credit"].iat[row])}


def _score(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    score = float(now.evidence.column("satisfaction")[row])
    return "satisfaction", {"score": score, "top": now.evidence.satisfaction_top}


def _fall(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    if "growth" in now.evidence.columns:
        return "falling", {"fall": -float(now.evidence.column("growth")[row])}
    return "falling_half", {"fall": -float(now.half_growth[row])}


def _distance(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    return "points", {"points": float(now.points_short[row])}


def _single(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    customers = now.tiering.base.customers
    category = customers["top_category"].iat[row] if "top_category" in customers else None
    return ("category", {"category": category}) if isinstance(category, str) else ("one_category", {})


_late = _plain("late", days="recency_days", usual="gap_mean_days")
_REASONS: dict[Kind, Reason] = {
    "collect": _signed("collect", overdue=_plain("overdue", days="overdue_days"), credit=_grade),
    "win_back": _plain("silent", days="recency_days"),
    "protect": _late,
    "fix": _signed(
        "fix",
        satisfaction=_score,
        returns=_plain("returns", share="returns_share"),
        faults=_plain("faults", share="fault_rate"),
        tickets=_plain("tickets", tickets="tickets"),
    ),
    "check_in": _signed("check_in", late=_late, falling=_fall),
    "remind": _late,
    "welcome": _plain("new", days="settled_tenure_days"),
    "right_size": _plain("margin", rate="margin_rate"),
    "grow": _distance,
    "wallet": _plain("wallet", share="wallet_share"),
    "watch": _plain("growing", growth="growth"),
    "broaden": _single,
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


def _grade_fact(now: Situation, row: int) -> float | str:
    customers = now.tiering.base.customers
    grade = customers["credit"].iat[row] if "credit" in customers else None
    return grade if isinstance(grade, str) else np.nan


_DERIVED: dict[str, Callable[[Situation, int], float | str]] = {
    "credit": _grade_fact,
    "half_growth": lambda now, row: float(now.half_growth[row]),
    "points_short": lambda now, row: float(now.points_short[row]),
    "usual_margin_rate": lambda now, _: now.usual_margin_rate,
    "usual_revenue": lambda now, _: now.usual_revenue,
    "usual_categories": lambda now, row: float(now.usual_categories[now.tiering.tiers[row]]),
}
