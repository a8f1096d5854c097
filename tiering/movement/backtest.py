"""The scheme as it stands, applied in the past: what each tier then did, and whether revenue alone had done as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.evaluate import base_of_metrics, tier_customers
from tiering.metrics.windows import months_before
from tiering.movement.chain import metrics_at
from tiering.scenario import Scenario

READ = 0.6  # of the work, for its progress

Money = NDArray[np.float64]
Codes = NDArray[np.int8]
Order = NDArray[np.intp]


@dataclass(frozen=True)
class Backtest:
    """n customers who were there and had a tier ``months`` ago, in the order of their annual revenue then.

    Attributes
    ----------
    as_of, end
        The day the scheme was applied, and the last day of what came after.
    tiers
        (n,) tier number then.
    milli
        (n,) score then, in thousandths of a point; −1 for who has a tier without a score.
    annual
        (n,) annual revenue on that day.
    before, after
        (n,) revenue of the same number of months before and after that day.
    orders_before, orders_after
        (n,) their orders.
    newcomers
        Revenue after that day from customers nobody knew on it: no scheme can capture it.
    """

    as_of: date
    end: date
    months: int
    tiers: Codes
    milli: NDArray[np.int32]
    annual: Money
    before: Money
    after: Money
    orders_before: Money
    orders_after: Money
    newcomers: float
    count: int


@dataclass(frozen=True)
class Outcome:
    """What the customers of each tier did afterwards; NaN where a tier had nobody it could be asked of.

    ``customers``; ``kept``: revenue after / before, of those with revenue before; ``lost_rate``: share of those who
    ordered before and not after; ``growing``: share of those with revenue before who brought more after;
    ``orders``: mean orders after; ``revenue_share``: of all revenue after from the customers then known.
    """

    customers: NDArray[np.int64]
    kept: Money
    lost_rate: Money
    growing: Money
    orders: Money
    revenue_share: Money


def backtest(
    dataset: Dataset, scenario: Scenario, end: date, months: int, progress: Callable[[float], None] | None = None
) -> Backtest:
    """Data with orders + completed scenario → the tiers of ``months`` before ``end``, and what came in between.

    The tiers are made from the orders up to that day alone, by weights and lines as they are today. Scales that are
    not frozen are those of that day. What a customers file says is of today, so it may know what was to come.

    Raises
    ------
    DataProblem
        AS_OF_BEFORE_DATA when no order lies on or before that day.
    """
    as_of = months_before(end, months)
    periods = metrics_at(dataset, [as_of, end], scenario, months)
    if progress:
        progress(READ)
    same = scenario.window_months == months
    then = periods[as_of] if same else metrics_at(dataset, [as_of], scenario)[as_of]
    tiering = tier_customers(base_of_metrics(dataset, scenario, as_of, then), scenario)
    has_bought = tiering.base.customers["orders"].fillna(0).to_numpy() > 0
    rows = np.flatnonzero((tiering.tiers < len(scenario.tiers)) & has_bought)
    ids = pd.Index(tiering.base.customers["customer_id"].to_numpy(dtype=object)[rows])
    column = "annual_revenue" if scenario.revenue == "net" else "annual_gross"
    known_then = set(then.loc[then["orders"] > 0, "customer_id"])
    after = periods[end]
    return Backtest(
        as_of=as_of,
        end=end,
        months=months,
        tiers=tiering.tiers[rows],
        milli=tiering.scores.milli[rows],
        annual=tiering.base.revenue[rows],
        before=_figure(periods[as_of], column, ids),
        after=_figure(after, column, ids),
        orders_before=_figure(periods[as_of], "annual_orders", ids),
        orders_after=_figure(after, "annual_orders", ids),
        newcomers=float(after.loc[~after["customer_id"].isin(known_then), column].sum()),
        count=len(scenario.tiers),
    )


def outcome(test: Backtest) -> Outcome:
    """What each tier did in the time after; tiers are those of the day the scheme was applied (none looks ahead)."""
    had, bought = test.before > 0, test.orders_before > 0
    gone, more = bought & (test.orders_after == 0), had & (test.after > test.before)
    customers = _by_tier(test, np.ones(test.tiers.size))
    total = np.maximum(test.after, 0.0).sum()
    return Outcome(
        customers=customers.astype(np.int64),
        kept=ratio(_by_tier(test, np.where(had, test.after, 0.0)), _by_tier(test, np.where(had, test.before, 0.0))),
        lost_rate=ratio(_by_tier(test, gone), _by_tier(test, bought)),
        growing=ratio(_by_tier(test, more), _by_tier(test, had)),
        orders=ratio(_by_tier(test, test.orders_after), customers),
        revenue_share=ratio(_by_tier(test, np.maximum(test.after, 0.0)), np.full(test.count, total)),
    )


def _figure(metrics: pd.DataFrame, column: str, ids: pd.Index) -> Money:
    values = pd.Series(metrics[column].to_numpy(dtype=np.float64), index=metrics["customer_id"].to_numpy(dtype=object))
    return values.reindex(ids).fillna(0.0).to_numpy()


def _by_tier(test: Backtest, values: NDArray) -> Money:
    return np.bincount(test.tiers, weights=values, minlength=test.count).astype(np.float64)[: test.count]


def ratio(part: Money, whole: Money) -> Money:
    """Part over whole (n,), NaN of nothing."""
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
