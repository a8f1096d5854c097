"""Recommendations: who calls for which move, what is at stake, and the facts that show why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.strategy.evidence import Evidence, Values, evidence_of
from tiering.strategy.rules import (
    MANY_FAULTS,
    MANY_RETURNS,
    REACH_POINTS,
    RULES,
    Basis,
    Kind,
    Rule,
    Situation,
    is_dissatisfied,
    is_overdue,
)

MOST_NAMED = 3
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Named:
    """A customer named on a card: its name as given, and the facts behind the text ``reason``."""

    row: int
    name: str
    reason: str
    facts: Mapping[str, float | str]


@dataclass(frozen=True)
class Recommendation:
    """One move for some customers of one tier.

    Attributes
    ----------
    tier
        Tier number, 0 the top; the number of tiers for customers without a score.
    rows
        Rows of the customer table, most money first.
    money
        Sum over ``rows`` of what ``basis`` says, in the data's currency.
    facts
        What the group has in common (a threshold, a median), for the sentence.
    """

    kind: Kind
    tier: int
    rows: Rows
    money: float
    basis: Basis
    facts: Mapping[str, float]
    named: tuple[Named, ...]


def recommendations(tiering: Tiering, evidence: Evidence | None = None) -> tuple[Recommendation, ...]:
    """Tiers → at most one recommendation per kind and tier, most money at stake first.

    Each customer is in one recommendation at most, that of the first rule that applies (``rules.RULES``); kinds the
    data cannot support are left out and told by ``kinds_unavailable``. ``evidence`` may be handed in where it is
    kept between two tierings of the same customers.
    """
    now = Situation(tiering, evidence or evidence_of(tiering.base))
    found = [part for rule, rows in _assigned(now) for part in _by_tier(now, rule, rows)]
    return tuple(sorted(found, key=lambda part: -part.money))


def kinds_unavailable(evidence: Evidence) -> dict[Kind, str]:
    """Kinds of recommendation the data cannot support → code of what it would need."""
    return {rule.kind: code for rule in RULES if (code := rule.lacks(evidence))}


def _assigned(now: Situation) -> Iterator[tuple[Rule, Rows]]:
    """Rules with the customers that no earlier rule took."""
    free = np.ones(now.tiering.tiers.size, dtype=bool)
    for rule in RULES:
        if rule.lacks(now.evidence):
            continue
        taken = rule.applies(now) & free
        free &= ~taken
        yield rule, np.flatnonzero(taken)


def _by_tier(now: Situation, rule: Rule, rows: Rows) -> Iterator[Recommendation]:
    money = at_stake(now, rule.basis, rows)
    order = np.argsort(-money, kind="stable")
    rows, money = rows[order], money[order]
    tiers = now.tiering.tiers[rows]
    for tier in range(len(now.tiering.scenario.tiers) + 1):
        here = tiers == tier
        if here.any():
            yield _recommendation(now, rule, tier, (rows[here], float(money[here].sum())))


def at_stake(now: Situation, basis: Basis, rows: Rows) -> Values:
    """Money at stake of each of ``rows`` by a basis."""
    if basis == "prior_revenue":
        return now.lost_revenue[rows]
    revenue = now.tiering.base.revenue[rows]
    if basis == "wallet_gap":
        return np.maximum(now.evidence.column("wallet")[rows] - revenue, 0.0)
    if basis == "margin_gap":
        return (now.usual_margin_rate - now.evidence.column("margin_rate")[rows]) * revenue
    return revenue


def _recommendation(now: Situation, rule: Rule, tier: int, found: tuple[Rows, float]) -> Recommendation:
    rows, money = found
    first = tuple(named(now, rule.kind, int(row)) for row in rows[:MOST_NAMED])
    return Recommendation(rule.kind, tier, rows, money, _basis(now, rule), _common_facts(now, rule.kind, tier), first)


def _basis(now: Situation, rule: Rule) -> Basis:
    """The rule's basis, or what stands in for it where the data has no window before."""
    no_window_before = rule.basis == "prior_revenue" and "prior_revenue" not in now.evidence.columns
    return "annual_revenue" if no_window_before else rule.basis


def _common_facts(now: Situation, kind: Kind, tier: int) -> dict[str, float]:
    if kind == "right_size":
        return {"usual_rate": now.usual_margin_rate}
    if kind == "broaden":
        return {"usual_categories": float(now.usual_categories[tier])}
    return {"reach": float(REACH_POINTS)} if kind == "grow" else {}


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


def _credit(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    """What is wrong: bills long overdue before a weak grade."""
    if is_overdue(now.evidence)[row]:
        return "overdue", {"days": float(now.evidence.column("overdue_days")[row])}
    return "credit", {"grade": str(now.tiering.base.customers["credit"].iat[row])}


def _complaint(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    """What is wrong: a low satisfaction before many returns, faults and tickets."""
    if is_dissatisfied(now.evidence)[row]:
        score = float(now.evidence.column("satisfaction")[row])
        return "satisfaction", {"score": score, "top": now.evidence.satisfaction_top}
    if now.evidence.column("returns_share")[row] > MANY_RETURNS:
        return "returns", {"share": float(now.evidence.column("returns_share")[row])}
    if now.evidence.column("fault_rate")[row] > MANY_FAULTS:
        return "faults", {"share": float(now.evidence.column("fault_rate")[row])}
    return "tickets", {"tickets": float(now.evidence.column("tickets")[row])}


def _distance(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    return "points", {"points": float(now.points_short[row])}


def _single(now: Situation, row: int) -> tuple[str, dict[str, float | str]]:
    customers = now.tiering.base.customers
    category = customers["top_category"].iat[row] if "top_category" in customers else None
    return ("category", {"category": category}) if isinstance(category, str) else ("one_category", {})


_late = _plain("late", days="recency_days", usual="gap_mean_days")
_REASONS: dict[Kind, Reason] = {
    "collect": _credit,
    "win_back": _plain("silent", days="recency_days"),
    "protect": _late,
    "fix": _complaint,
    "check_in": _late,
    "remind": _late,
    "welcome": _plain("new", days="settled_tenure_days"),
    "right_size": _plain("margin", rate="margin_rate"),
    "grow": _distance,
    "wallet": _plain("wallet", share="wallet_share"),
    "watch": _plain("growing", growth="growth"),
    "broaden": _single,
}
