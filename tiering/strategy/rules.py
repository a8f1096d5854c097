"""Which next move a customer calls for: one rule per kind of move, in the order in which they take precedence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.indicators.levels import CREDIT_GRADES
from tiering.movement.rhythm import AMBER, RED
from tiering.strategy.evidence import Evidence, Values
from tiering.strategy.playbooks import upper_tiers
from tiering.tiers.reach import next_lines_up
from tiering.tiers.score import MILLI

Mask = NDArray[np.bool_]
Kind = Literal[
    "collect", "win_back", "protect", "fix", "check_in", "remind", "welcome", "right_size", "grow", "wallet",
    "watch", "broaden"
]  # fmt: skip
Basis = Literal["annual_revenue", "prior_revenue", "margin_gap", "wallet_gap"]

SILENT_DAYS = 365
DORMANT_DAYS = 182
NEW_DAYS = 91
WEAK_CREDIT = float(CREDIT_GRADES.index("CCC"))
LOW_SATISFACTION = 0.5
MANY_RETURNS = 0.10
MANY_FAULTS = 0.10
MANY_TICKETS, TICKETS_OVER_USUAL = 5.0, 3.0
LONG_OVERDUE_DAYS = 30.0
SMALL_WALLET_SHARE = 0.30
LOW_MARGIN = 0.70
REACH_POINTS = 3
FAST_GROWTH = 0.50
LEAST_ORDERS = 3
BROAD = 3


@dataclass(frozen=True)
class Situation:
    """The tiers of one moment beside what is known of the customers; every array has one entry per customer."""

    tiering: Tiering
    evidence: Evidence

    @cached_property
    def buying(self) -> Mask:
        """Who has revenue in the window."""
        return self.tiering.base.revenue > 0

    @cached_property
    def awake(self) -> Mask:
        """Who buys and has done so in the last half year: nobody sells more to those who have stopped."""
        return self.buying & ~(self.evidence.column("recency_days") > DORMANT_DAYS)

    @cached_property
    def upper(self) -> Mask:
        """Who is in the tiers that get close personal service."""
        return self.tiering.tiers < upper_tiers(len(self.tiering.scenario.tiers))

    @cached_property
    def lower(self) -> Mask:
        """Who is in the tiers below those; customers without a score are in neither."""
        return ~self.upper & (self.tiering.tiers < len(self.tiering.scenario.tiers))

    @cached_property
    def precious(self) -> Mask:
        """Who is in the upper tiers or sells like the middle customer there: silence itself costs score and tier."""
        revenue = self.tiering.base.revenue
        upper = revenue[self.upper & self.buying]
        return self.upper | (revenue >= np.median(upper)) if upper.size else self.upper

    @cached_property
    def points_short(self) -> Values:
        """Points to the line that betters the tier; infinite where none does, and where no line is by score."""
        if not self.tiering.positions:
            return np.full(self.tiering.tiers.size, np.inf)
        lines = next_lines_up(self.tiering.settlement, self.tiering.base_tiers, self.tiering.positions)
        return (lines - self.tiering.scores.milli) / MILLI

    @cached_property
    def usual_margin_rate(self) -> float:
        """Median margin rate of all who buy; NaN where no margin is known."""
        rates = self.evidence.column("margin_rate")[self.buying]
        known = rates[np.isfinite(rates)]
        return float(np.median(known)) if known.size else np.nan

    @cached_property
    def usual_categories(self) -> Values:
        """Median number of categories by tier, the unscored last; NaN where nobody's is known."""
        categories = self.evidence.column("categories")
        tiers = np.where(np.isfinite(categories), self.tiering.tiers, -1)
        groups = (categories[tiers == tier] for tier in range(len(self.tiering.scenario.tiers) + 1))
        return np.array([np.median(group) if group.size else np.nan for group in groups])

    @cached_property
    def silent(self) -> Mask:
        """Who has not ordered in the window; without order counts, not for a year."""
        if "annual_orders" in self.evidence.columns:
            return self.evidence.column("annual_orders") == 0
        return self.evidence.column("recency_days") > SILENT_DAYS

    @cached_property
    def lost_revenue(self) -> Values:
        """Revenue of the window before; without one, the annual revenue."""
        known = "prior_revenue" in self.evidence.columns
        return self.evidence.column("prior_revenue" if known else "annual_revenue")


@dataclass(frozen=True)
class Rule:
    """One kind of move.

    Attributes
    ----------
    applies
        Situation → who it is for (n,).
    needs
        Columns of the evidence it reads; all of them, or any one where ``any_will_do``.
    basis
        What the money at stake is: annual revenue of the customers named, their revenue in the window before, or
        what their margin lacks to the usual rate.
    """

    kind: Kind
    applies: Callable[[Situation], Mask]
    needs: tuple[str, ...] = ()
    basis: Basis = "annual_revenue"
    any_will_do: bool = False

    def lacks(self, evidence: Evidence) -> str:
        """Code of what the data would need for this rule; empty when it can be applied."""
        codes = [evidence.lacks(key) for key in self.needs]
        missing = [code for code in codes if code]
        if not codes or not missing or (self.any_will_do and len(missing) < len(codes)):
            return evidence.lacks("annual_revenue")
        return missing[0]


def _collect(now: Situation) -> Mask:
    weak = now.upper & (now.evidence.column("credit_level") <= WEAK_CREDIT)
    return now.buying & (weak | is_overdue(now.evidence))


def _win_back(now: Situation) -> Mask:
    return now.silent & (now.lost_revenue > 0)


def _protect(now: Situation) -> Mask:
    return now.precious & now.buying & (now.evidence.column("tail") < RED)


def _fix(now: Situation) -> Mask:
    failing = now.evidence.column("fault_rate") > MANY_FAULTS
    returning = now.evidence.column("returns_share") > MANY_RETURNS
    return now.buying & (is_dissatisfied(now.evidence) | returning | failing | _asks_often(now.evidence))


def _check_in(now: Situation) -> Mask:
    return now.upper & now.buying & (now.evidence.column("tail") < AMBER)


def _remind(now: Situation) -> Mask:
    return now.lower & now.buying & (now.evidence.column("tail") < RED)


def _welcome(now: Situation) -> Mask:
    return now.buying & (now.evidence.column("settled_tenure_days") < NEW_DAYS)


def _right_size(now: Situation) -> Mask:
    return now.upper & now.buying & (now.evidence.column("margin_rate") < LOW_MARGIN * now.usual_margin_rate)


def _grow(now: Situation) -> Mask:
    scored = now.upper | now.lower
    return now.awake & scored & (now.points_short <= REACH_POINTS)


def _wallet(now: Situation) -> Mask:
    return now.awake & now.upper & (now.evidence.column("wallet_share") < SMALL_WALLET_SHARE)


def _watch(now: Situation) -> Mask:
    one_offs = now.evidence.column("annual_orders") < LEAST_ORDERS
    return now.lower & now.awake & ~one_offs & (now.evidence.column("growth") >= FAST_GROWTH)


def _broaden(now: Situation) -> Mask:
    usual = now.usual_categories[now.tiering.tiers]
    return now.awake & (now.evidence.column("categories") == 1) & (usual >= BROAD)


def is_dissatisfied(evidence: Evidence) -> Mask:
    """Whose satisfaction is in the lower half of its scale (2.5 or less of 5)."""
    return evidence.column("satisfaction_share") <= LOW_SATISFACTION


def is_overdue(evidence: Evidence) -> Mask:
    """Whose bills are overdue by more than thirty days."""
    return evidence.column("overdue_days") > LONG_OVERDUE_DAYS


def _asks_often(evidence: Evidence) -> Mask:
    """Who has five tickets or more, and over three times as many as the middle customer."""
    tickets = evidence.column("tickets")
    known = tickets[np.isfinite(tickets)]
    usual = float(np.median(known)) if known.size else 0.0
    return (tickets >= MANY_TICKETS) & (tickets > TICKETS_OVER_USUAL * usual)


# A customer gets the first move that applies and no other, so that no two contradict and no money counts twice:
# nobody is sold more on weak credit, nobody lost, late or unhappy is asked to buy more before that is mended.
RULES: tuple[Rule, ...] = (
    Rule("collect", _collect, ("credit_level", "overdue_days"), any_will_do=True),
    Rule("win_back", _win_back, ("recency_days",), "prior_revenue"),
    Rule("protect", _protect, ("tail",)),
    Rule("fix", _fix, ("satisfaction_share", "returns_share", "fault_rate", "tickets"), any_will_do=True),
    Rule("check_in", _check_in, ("tail",)),
    Rule("remind", _remind, ("tail",)),
    Rule("welcome", _welcome, ("settled_tenure_days",)),
    Rule("right_size", _right_size, ("margin_rate",), "margin_gap"),
    Rule("grow", _grow),
    Rule("wallet", _wallet, ("wallet", "wallet_share"), "wallet_gap"),
    Rule("watch", _watch, ("growth",)),
    Rule("broaden", _broaden, ("categories",)),
)
