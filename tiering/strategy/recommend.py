"""Recommendations: who calls for which move, what is at stake, and the facts that show why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.strategy.evidence import Evidence, Values, evidence_of
from tiering.strategy.reasons import Named, named
from tiering.strategy.rules import REACH_POINTS, RULES, SIGNS, Basis, Kind, Rule, first_signs
from tiering.strategy.situation import Situation

MOST_NAMED = 3
JUDGED_BY_PARTS: tuple[Kind, ...] = ("fix",)
Rows = NDArray[np.intp]


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
    signs
        What it shows by, gravest first, of those that name somebody; none for kinds that show in one way only.
    """

    kind: Kind
    tier: int
    rows: Rows
    money: float
    basis: Basis
    facts: Mapping[str, float]
    named: tuple[Named, ...]
    signs: tuple[str, ...] = ()


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


def partly_judged(evidence: Evidence) -> dict[Kind, tuple[str, ...]]:
    """Kinds that show in several ways of which the data tells only some → codes of what the others would need."""
    told = {}
    for rule in RULES:
        missing = tuple(dict.fromkeys(code for key in rule.needs if (code := evidence.lacks(key))))
        if rule.kind in JUDGED_BY_PARTS and missing and not rule.lacks(evidence):
            told[rule.kind] = missing
    return told


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
    facts, signs = _common_facts(now, rule.kind, tier), signs_of(now, rule.kind, rows)
    return Recommendation(rule.kind, tier, rows, money, _basis(now, rule), facts, first, signs)


def signs_of(now: Situation, kind: Kind, rows: Rows) -> tuple[str, ...]:
    """By what some customers show that they call for a kind of move: the gravest sign of each, no sign twice."""
    if kind not in SIGNS:
        return ()
    shown = set(first_signs(now, kind)[rows])
    return tuple(sign for sign in SIGNS[kind] if sign in shown)


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
