"""The whole product as one pure function: data and choices in, tiers out. Nothing else decides a tier."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.evaluate.base import (
    CustomerBase,
    Progress,
    base_of_metrics,
    customer_base,
    default_as_of,
    needed_line_figures,
    with_side_figures,
)
from tiering.indicators.presets import PRESETS, USUAL_GOAL
from tiering.ingest.clean.population import selected_population
from tiering.problems import DataProblem, Problem
from tiering.scenario import Cuts, Scenario
from tiering.tiers.cuts import proposed_cuts
from tiering.tiers.final_tier import TierAdjustments, tier_adjustments
from tiering.tiers.provisional import default_caps, fewer_tiers, is_small, small_cuts
from tiering.tiers.score import MILLI, Scores, score_customers, unweighted
from tiering.tiers.totals import TierTotals, tier_totals
from tiering.tiers.ways import Stock, draw

__all__ = [
    "CustomerBase",
    "Holding",
    "Progress",
    "Tiering",
    "base_of_metrics",
    "buyers",
    "completed",
    "customer_base",
    "default_as_of",
    "ensure_scorable",
    "ensure_something_to_tier_by",
    "evaluate",
    "needed_line_figures",
    "proposed_lines",
    "scores_in_points",
    "tier_customers",
    "tier_names",
    "tiering_of",
    "tiers_hash",
    "with_side_figures",
]


@dataclass(frozen=True)
class Holding:
    """What review rules hold, per customer (n,): the tier by score beside the tier in force, and why they differ as a
    place in ``movement.review_rules.REASONS`` (0 where they do not).
    """

    by_score: NDArray[np.int8]
    reasons: NDArray[np.int8]


@dataclass(frozen=True)
class Tiering:
    """Tiers of a customer base under one scenario.

    ``positions``: cut lines in thousandths of a point, none where the tiers have no line by score; ``base_tiers``,
    ``tiers``: tier numbers, 0 the top, ``len(scenario.tiers)`` where there is no score; ``settlement`` leads from
    the former to the latter, None where the scenario has neither rules nor tiers set by hand. ``tiers`` are those in
    force: where review rules hold somebody, ``held`` says whom (``movement.in_force``).
    """

    base: CustomerBase
    scenario: Scenario
    scores: Scores
    positions: tuple[int, ...]
    base_tiers: NDArray[np.int8]
    tiers: NDArray[np.int8]
    totals: TierTotals
    adjustments: TierAdjustments | None = None
    held: Holding | None = None

    @property
    def by_score(self) -> NDArray[np.int8]:
        """Tiers (n,) as the scheme gives them today, whatever review rules hold."""
        return self.tiers if self.held is None else self.held.by_score

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Who is in a tier (n,) by whatever draws the tiers, before rules and decisions by hand."""
        return self.base_tiers < len(self.scenario.tiers)


def completed(scenario: Scenario, base: CustomerBase) -> Scenario:
    """Scenario with what it leaves open filled in from the data: weights of its goal, proposed cut lines, and of the
    usual tiers fewer where only few customers bought.
    """
    weights = scenario.weights or dict(PRESETS.get(scenario.goal, PRESETS[USUAL_GOAL]))
    filled = scenario.model_copy(update={"weights": weights})
    if filled.cuts is not None:
        return filled
    chosen = filled.way is not None or bool(filled.hues)
    tiers = filled.tiers if chosen else fewer_tiers(filled.tiers, buyers(base))
    return filled.model_copy(update={"tiers": tiers, "cuts": proposed_lines(base, weights, len(tiers))})


def proposed_lines(base: CustomerBase, weights: Mapping[str, int], tiers: int) -> Cuts:
    """First lines for so many tiers: by share of customers, of few who bought by share of revenue."""
    milli = score_customers(base.matrix, weights).milli
    if is_small(buyers(base)):
        return small_cuts(milli, tiers, base.revenue)
    return proposed_cuts(milli, tiers, _known_revenue(base))


def buyers(base: CustomerBase) -> int:
    """How many customers brought revenue in the period."""
    return int((base.revenue > 0).sum())


def _known_revenue(base: CustomerBase) -> NDArray[np.float64] | None:
    """Annual revenue (n,), NaN where it is not known; None where nobody's is."""
    customers = base.customers
    if "annual_revenue" not in customers or not customers["annual_revenue"].notna().any():
        return None
    return np.asarray(customers["annual_revenue"].to_numpy(dtype=np.float64, na_value=np.nan))


def tier_customers(base: CustomerBase, scenario: Scenario, positions: tuple[int, ...] | None = None) -> Tiering:
    """Customer base + completed scenario → tiers. This is what a slider costs: no table is built.

    ``positions``: lines that were drawn among other customers or on another date; None draws them here.
    """
    assert scenario.cuts is not None, "complete the scenario first"
    scores = score_customers(base.matrix, scenario.weights)
    stock = Stock(base.readings, scores.milli, base.revenue)
    positions, drawn = draw(scenario, stock, positions)
    settled = _tier_adjustments(base, scenario)
    tiers = drawn if settled is None else settled.final(drawn)
    totals = tier_totals(tiers, base.revenue, len(scenario.tiers))
    return Tiering(base, scenario, scores, positions, drawn, tiers, totals, settled)


def evaluate(
    dataset: Dataset, scenario: Scenario, as_of: date | None = None, progress: Progress | None = None
) -> Tiering:
    """Dataset + scenario at a date → tiers of every customer by score; ``in_force.evaluated`` holds what rules hold.

    ``as_of`` defaults to the scenario's date, then to the data's last order date.

    Raises
    ------
    DataProblem
        NO_INDICATORS, NOBODY_BOUGHT, ALL_ALIKE when the data gives nothing to tier by;
        where the tiers are drawn by score WEIGHTS_ALL_ZERO when
        no available indicator has a weight, WEIGHTS_UNKNOWN when only others have one; those of ``customer_base``.
    """
    dataset = selected_population(dataset, scenario.population)
    base = customer_base(dataset, scenario, as_of or scenario.as_of or default_as_of(dataset), progress)
    return tiering_of(base, scenario)


def tiering_of(base: CustomerBase, scenario: Scenario) -> Tiering:
    """Customer base + scenario, what it leaves open filled in → tiers.

    Raises
    ------
    DataProblem
        NO_INDICATORS, NOBODY_BOUGHT, ALL_ALIKE, WEIGHTS_ALL_ZERO, WEIGHTS_UNKNOWN as `evaluate`.
    """
    scenario = completed(scenario, base)
    ensure_something_to_tier_by(base, scenario)
    if scenario.drawn_by_score and not any(scenario.weights.get(key) for key in base.matrix.keys):
        raise unweighted(scenario.weights, base.matrix.keys)
    return tier_customers(base, scenario)


def ensure_scorable(base: CustomerBase) -> None:
    """Check that the customers have at least one indicator.

    Raises
    ------
    DataProblem
        NO_INDICATORS (``found``: the columns there are).
    """
    if not base.matrix.keys:
        raise DataProblem(Problem.NO_INDICATORS, found=list(base.customers.columns))


def ensure_something_to_tier_by(base: CustomerBase, scenario: Scenario) -> None:
    """Check that the customers have an indicator, that somebody bought, and that not all are alike.

    Raises
    ------
    DataProblem
        NO_INDICATORS, NOBODY_BOUGHT, ALL_ALIKE (``n`` customers).
    """
    ensure_scorable(base)
    n, revenue = len(base.customers), _known_revenue(base)
    ever = base.customers["revenue"].gt(0).any() if "revenue" in base.customers else False
    nobody = revenue is not None and not (revenue > 0).any() and not ever  # else all have lapsed, which is told
    levels, pattern = base.matrix.levels, base.matrix.pattern
    alike = n > 1 and bool((levels == levels[:, :1]).all() and (pattern == pattern[0]).all())
    if scenario.drawn_by_score and (nobody or alike):
        raise DataProblem(Problem.ALL_ALIKE if alike else Problem.NOBODY_BOUGHT, n=n)


def tier_names(tiering: Tiering) -> NDArray[np.object_]:
    """Tier name per customer (n,), empty text where there is no score."""
    return np.array([*tiering.scenario.tiers, ""], dtype=object)[tiering.tiers]


def scores_in_points(tiering: Tiering) -> NDArray[np.float64]:
    """Score per customer (n,) 0..100 to three decimals, NaN where there is none."""
    milli = tiering.scores.milli
    return np.where(milli >= 0, milli / MILLI, np.nan)


def tiers_hash(tiering: Tiering) -> str:
    """SHA-256 over (customer_id, tier), sorted by id: equal hashes mean equal tiers for everybody."""
    names = tier_names(tiering)
    pairs = sorted(zip(tiering.base.customers["customer_id"], names, strict=True))
    return hashlib.sha256("\n".join(f"{who}\t{tier}" for who, tier in pairs).encode()).hexdigest()


_ADJUSTMENTS: WeakKeyDictionary[CustomerBase, tuple[object, TierAdjustments | None]] = WeakKeyDictionary()


def _tier_adjustments(base: CustomerBase, scenario: Scenario) -> TierAdjustments | None:
    """Settlement of a base, remembered while the base lives: a slider that is dragged changes none of it."""
    asked = (scenario.rules, scenario.ledger, scenario.tiers)
    known = _ADJUSTMENTS.get(base)
    if known is None or known[0] != asked:
        standing = default_caps(base.customers, base.matrix.standing, scenario.tiers)
        known = (asked, tier_adjustments(base.customers, asked[:2], scenario.tiers, base.as_of, standing))
        _ADJUSTMENTS[base] = known
    return known[1]
