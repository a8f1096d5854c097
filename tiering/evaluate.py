"""The whole product as one pure function: data and choices in, tiers out. Nothing else decides a tier."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.indicators.customers import customer_table, told_by
from tiering.indicators.from_lines import PRODUCT_FIGURES, line_figures
from tiering.indicators.matrix import IndicatorMatrix, indicator_matrix
from tiering.indicators.newcomers import standing
from tiering.indicators.presets import PRESETS
from tiering.indicators.selection import chosen_indicators
from tiering.indicators.shrinkage import figures_behind
from tiering.ingest.clean.population import peopled
from tiering.ingest.clean.side_tables.figures import with_figures
from tiering.metrics import customer_metrics
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.tiers.cuts import proposed_cuts
from tiering.tiers.final_tier import Settlement, settlement
from tiering.tiers.influence import Square, level_covariance
from tiering.tiers.readings import Readings, readings
from tiering.tiers.score import MILLI, Scores, score_customers
from tiering.tiers.totals import TierTotals, tier_totals
from tiering.tiers.unweighted import unweighted
from tiering.tiers.ways import Stock, draw

Progress = Callable[[float], None]


@dataclass(frozen=True, eq=False)
class CustomerBase:
    """Everything about the customers of one date that no weight or line changes.

    ``customers`` has one row per customer, biggest annual revenue first; ``matrix`` columns, ``revenue`` (annual,
    0 where unknown) and every tier array are in that order.
    """

    customers: pd.DataFrame
    matrix: IndicatorMatrix
    revenue: NDArray[np.float64]
    covariance: Square
    as_of: date | None

    @property
    def readings(self) -> Readings:
        """The indicators as rules ask for them."""
        return readings(self.customers, self.matrix.indicators, self.matrix.standing)


@dataclass(frozen=True)
class Tiering:
    """Tiers of a customer base under one scenario.

    ``positions``: cut lines in thousandths of a point, none where the tiers have no line by score; ``base_tiers``,
    ``tiers``: tier numbers, 0 the top, ``len(scenario.tiers)`` where there is no score; ``settlement`` leads from
    the former to the latter, None where the scenario has neither rules nor tiers set by hand.
    """

    base: CustomerBase
    scenario: Scenario
    scores: Scores
    positions: tuple[int, ...]
    base_tiers: NDArray[np.int8]
    tiers: NDArray[np.int8]
    totals: TierTotals
    settlement: Settlement | None = None

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Who is in a tier (n,) by whatever draws the tiers, before rules and decisions by hand."""
        return self.base_tiers < len(self.scenario.tiers)


def default_as_of(dataset: Dataset) -> date | None:
    """The data's own now: the last order date, or the latest last-order column of a customers file."""
    if dataset.orders is not None:
        return dataset.last_order_date
    if dataset.customers is not None and "last_order" in dataset.customers.column_names:
        latest = pc.max(dataset.customers["last_order"]).as_py()
        return latest if isinstance(latest, date) else None
    return None


def customer_base(
    dataset: Dataset, scenario: Scenario, as_of: date | None, progress: Progress | None = None
) -> CustomerBase:
    """Orders and customers → one row per customer at ``as_of``, with the indicator matrix.

    Raises
    ------
    DataProblem
        AS_OF_BEFORE_DATA when no order lies on or before ``as_of``; NO_CUSTOMERS when the data has none.
    """
    metrics = None
    if dataset.orders is not None and as_of is not None:
        metrics = customer_metrics(dataset.orders, [as_of], window_months=scenario.window_months, progress=progress)
    return base_of_metrics(dataset, scenario, as_of, metrics)


def base_of_metrics(
    dataset: Dataset, scenario: Scenario, as_of: date | None, metrics: pd.DataFrame | None
) -> CustomerBase:
    """``customer_base`` from metrics of ``as_of`` that are at hand, one date of a pass over several.

    Raises
    ------
    DataProblem
        As ``customer_base``.
    """
    if dataset.orders is not None and metrics is not None:
        if metrics.empty:
            raise DataProblem(Problem.AS_OF_BEFORE_DATA, as_of=as_of, first=dataset.first_order_date)
        metrics = told_by(dataset.orders, metrics)
    listed = with_tables_beside(dataset, scenario, as_of, metrics).customers
    lines = _line_figures(dataset, scenario, as_of)
    customers = customer_table(metrics, listed, as_of, scenario.revenue, lines)
    if customers.empty:
        raise DataProblem(Problem.NO_CUSTOMERS)
    read = standing(customers, scenario.newcomers, scenario.window_months, as_of)
    matrix = indicator_matrix(customers, scenario.anchors, scenario.measures, read, scenario.newcomers.credibility)
    known = "annual_revenue" in customers
    revenue = customers["annual_revenue"].fillna(0.0).to_numpy(np.float64) if known else np.zeros(len(customers))
    return CustomerBase(customers, matrix, revenue, level_covariance(matrix), as_of)


def with_tables_beside(
    dataset: Dataset, scenario: Scenario, as_of: date | None, metrics: pd.DataFrame | None
) -> Dataset:
    """The dataset with what its payments and contacts tell at ``as_of`` among the customers."""
    annual = None if metrics is None else metrics.set_index("customer_id")["annual_orders"].fillna(0.0)
    return with_figures(dataset, as_of, scenario.window_months, annual)


def _line_figures(dataset: Dataset, scenario: Scenario, as_of: date | None) -> pd.DataFrame | None:
    """What only the order lines tell, as far as the scenario asks for it."""
    if dataset.orders is None or as_of is None:
        return None
    asked = asked_of_lines(scenario)
    return line_figures(dataset.orders, as_of, scenario.window_months, asked) if asked else None


def asked_of_lines(scenario: Scenario) -> frozenset[str]:
    """Figures of the scenario's indicators that the metrics do not hold: only the order lines tell them."""
    counted = {indicator.key for indicator in chosen_indicators(scenario.measures)}
    behind = figures_behind(counted) if scenario.newcomers.credibility else frozenset()
    return frozenset(counted & PRODUCT_FIGURES) | behind


def completed(scenario: Scenario, base: CustomerBase) -> Scenario:
    """Scenario with what it leaves open filled in from the data: weights of its goal, proposed cut lines."""
    weights = scenario.weights or dict(PRESETS.get(scenario.goal, PRESETS["balanced"]))
    filled = scenario.model_copy(update={"weights": weights})
    if filled.cuts is not None:
        return filled
    milli = score_customers(base.matrix, weights).milli
    return filled.model_copy(update={"cuts": proposed_cuts(milli, len(filled.tiers))})


def tier_customers(base: CustomerBase, scenario: Scenario, positions: tuple[int, ...] | None = None) -> Tiering:
    """Customer base + completed scenario → tiers. This is what a slider costs: no table is built.

    ``positions``: lines that were drawn among other customers or on another date; None draws them here.
    """
    assert scenario.cuts is not None, "complete the scenario first"
    scores = score_customers(base.matrix, scenario.weights)
    stock = Stock(base.readings, scores.milli, base.revenue)
    positions, drawn = draw(scenario, stock, positions)
    settled = _settled(base, scenario)
    tiers = drawn if settled is None else settled.final(drawn)
    totals = tier_totals(tiers, base.revenue, len(scenario.tiers))
    return Tiering(base, scenario, scores, positions, drawn, tiers, totals, settled)


def evaluate(
    dataset: Dataset, scenario: Scenario, as_of: date | None = None, progress: Progress | None = None
) -> Tiering:
    """Dataset + scenario at a date → tiers of every customer.

    ``as_of`` defaults to the scenario's date, then to the data's last order date.

    Raises
    ------
    DataProblem
        NO_INDICATORS when the data gives nothing to score by; where the tiers are drawn by score WEIGHTS_ALL_ZERO when
        no available indicator has a weight, WEIGHTS_UNKNOWN when only others have one; those of ``customer_base``.
    """
    dataset = peopled(dataset, scenario.population)
    base = customer_base(dataset, scenario, as_of or scenario.as_of or default_as_of(dataset), progress)
    return tiering_of(base, scenario)


def tiering_of(base: CustomerBase, scenario: Scenario) -> Tiering:
    """Customer base + scenario, what it leaves open filled in → tiers.

    Raises
    ------
    DataProblem
        NO_INDICATORS, WEIGHTS_ALL_ZERO, WEIGHTS_UNKNOWN as `evaluate`.
    """
    scenario = completed(scenario, base)
    if not base.matrix.keys:
        raise DataProblem(Problem.NO_INDICATORS, found=list(base.customers.columns))
    if scenario.drawn_by_score and not any(scenario.weights.get(key) for key in base.matrix.keys):
        raise unweighted(scenario.weights, base.matrix.keys)
    return tier_customers(base, scenario)


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


_SETTLED: WeakKeyDictionary[CustomerBase, tuple[object, Settlement | None]] = WeakKeyDictionary()


def _settled(base: CustomerBase, scenario: Scenario) -> Settlement | None:
    """Settlement of a base, remembered while the base lives: a slider that is dragged changes none of it."""
    asked = (scenario.rules, scenario.ledger, scenario.tiers)
    known = _SETTLED.get(base)
    if known is None or known[0] != asked:
        known = (asked, settlement(base.customers, asked[:2], scenario.tiers, base.as_of))
        _SETTLED[base] = known
    return known[1]
