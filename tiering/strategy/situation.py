"""The customers of one moment as the rules read them: who buys, who is silent, who may be sold more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.indicators.levels import CREDIT_GRADES
from tiering.strategy.evidence import Evidence, Values
from tiering.strategy.playbooks import upper_tiers
from tiering.tiers.score import MILLI
from tiering.tiers.single_changes import next_lines_up

Mask = NDArray[np.bool_]

SILENT_DAYS = 365
DORMANT_DAYS = 182
WEAK_CREDIT = float(CREDIT_GRADES.index("CCC"))
LONG_OVERDUE_DAYS = 30.0
FALL, FALL_OF_HALF = 0.20, 0.50


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
        lines = next_lines_up(self.tiering.adjustments, self.tiering.base_tiers, self.tiering.positions)
        return (lines - self.tiering.scores.milli) / MILLI

    @cached_property
    def usual_margin_rate(self) -> float:
        """Median margin rate of all who buy; NaN where no margin is known."""
        rates = self.evidence.column("margin_rate")[self.buying]
        known = rates[np.isfinite(rates)]
        return float(np.median(known)) if known.size else np.nan

    @cached_property
    def usual_revenue(self) -> float:
        """Median annual revenue of all who buy; NaN where nobody does."""
        revenue = self.evidence.column("annual_revenue")[self.buying]
        return float(np.median(revenue)) if revenue.size else np.nan

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

    @cached_property
    def falling(self) -> Mask:
        """Who buys a fifth less than in the window before; without one, half of it less in the window's second half."""
        if "growth" in self.evidence.columns:
            return self.evidence.column("growth") <= -FALL
        return self.half_growth <= -FALL_OF_HALF

    @cached_property
    def half_growth(self) -> Values:
        """Revenue of the second half of the window against the first, less one; NaN without revenue in the first."""
        earlier = self.evidence.column("earlier_half_revenue")
        return self.evidence.column("recent_half_revenue") / np.where(earlier > 0, earlier, np.nan) - 1

    @cached_property
    def weak_credit(self) -> Mask:
        """Whose credit grade is CCC or worse."""
        return self.evidence.column("credit_level") <= WEAK_CREDIT

    @cached_property
    def overdue(self) -> Mask:
        """Whose bills are overdue by more than thirty days."""
        return self.evidence.column("overdue_days") > LONG_OVERDUE_DAYS

    @cached_property
    def signs_told(self) -> dict[str, NDArray[np.object_]]:
        """Signs by kind of move, once somebody has asked for them: a call list asks for every customer on it."""
        return {}

    @cached_property
    def open_to_more(self) -> Mask:
        """Who may be asked to buy more: awake, paying, and not buying less than before."""
        return self.awake & ~self.falling & ~self.weak_credit & ~self.overdue
