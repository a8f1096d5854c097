"""The tiers of the same customers at several dates, found in one pass over the orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.evaluate import CustomerBase, Progress, Tiering, base_of_metrics, tier_customers
from tiering.metrics import customer_metrics
from tiering.scenario import Scenario
from tiering.tiers.final_tier import TierAdjustments

UNSCORED, AWAY, NOT_YET = 0, 1, 2  # what comes after the last tier: T + UNSCORED, T + AWAY, T + NOT_YET
STATES_BESIDE_TIERS = 3
METRICS_SHARE = 0.7

Codes = NDArray[np.int8]
Milli = NDArray[np.int32]
Money = NDArray[np.float64]


@dataclass(frozen=True)
class Chain:
    """d dates × n customers, the customers in the order of the last date's customer base.

    Attributes
    ----------
    states
        (d, n) tier number, 0 the top; or, counted from the number of tiers on: too little known for a score
        (``UNSCORED``), no order in the window (``AWAY``), no order yet (``NOT_YET``).
    tiers, drawn
        (d, n) tier number as the scheme gives it, whether or not the customer ordered in the window; and the tier by
        the lines alone, before rules that name customers. One past the last tier where there is no score.
    milli
        (d, n) score in thousandths of a point, −1 where there is none.
    revenue
        (d, n) annual revenue at each date.
    first_order
        (n,) day of the first order, NaT where there is none.
    positions
        Lines at each date, in thousandths of a point; none where the tiers are not drawn by score.
    settlements
        The way from base to final tier at each date, and the row there of each customer, −1 where it is not there.
    """

    dates: tuple[date, ...]
    names: tuple[str, ...]
    customer_ids: NDArray[np.object_]
    states: Codes
    tiers: Codes
    drawn: Codes
    milli: Milli
    revenue: Money
    first_order: NDArray[np.datetime64]
    positions: tuple[tuple[int, ...], ...]
    settlements: tuple[tuple[TierAdjustments | None, NDArray[np.intp]], ...]

    @property
    def count(self) -> int:
        """Number of tiers."""
        return len(self.names)

    def final(self, at: int, drawn: Codes) -> Codes:
        """Base tiers (n,) as of one date → the tiers after points, caps and what is set by hand on that date."""
        adjustments, rows = self.settlements[at]
        if adjustments is None:
            return drawn
        return np.where(rows >= 0, adjustments.final(drawn, np.maximum(rows, 0)), self.count).astype(np.int8)


def tier_chain(
    dataset: Dataset, scenario: Scenario, dates: Sequence[date], progress: Callable[[float], None] | None = None
) -> Chain:
    """Data with orders + completed scenario + dates → the tiers at every date, each as ``evaluate`` gives it then.

    What a customers file says of a customer is the same on every date: it tells only of today.

    Raises
    ------
    DataProblem
        AS_OF_BEFORE_DATA when no order lies on or before one of the dates.
    """
    days = sorted(set(dates))
    tierings = [tier_customers(base, scenario) for base in bases_at(dataset, scenario, days, progress)]
    return _aligned(tuple(days), scenario, tierings)


def bases_at(
    dataset: Dataset, scenario: Scenario, dates: Sequence[date], progress: Progress | None = None
) -> list[CustomerBase]:
    """The customer bases of several dates, ascending, from one pass over the orders."""
    days = sorted(set(dates))
    metrics = metrics_at(dataset, days, scenario, progress=_first_part(progress))
    bases = []
    for done, day in enumerate(days, 1):
        bases.append(base_of_metrics(dataset, scenario, day, metrics[day]))
        if progress:
            progress(METRICS_SHARE + (1 - METRICS_SHARE) * done / len(days))
    return bases


def metrics_at(
    dataset: Dataset,
    dates: Sequence[date],
    scenario: Scenario,
    window_months: int | None = None,
    progress: Progress | None = None,
) -> dict[date, pd.DataFrame]:
    """Customer metrics by date, from one pass over the orders; the scenario's window where none is given."""
    assert dataset.orders is not None, "only orders tell of the past"
    every = customer_metrics(
        dataset.orders,
        dates,
        window_months=window_months or scenario.window_months,
        orders_from=scenario.newcomers.orders_from,
        progress=progress,
    )
    return {day: every[every["as_of"] == pd.Timestamp(day)].reset_index(drop=True) for day in dates}


def rows_of(ids: NDArray[np.object_], base: CustomerBase) -> NDArray[np.intp]:
    """Row of each customer of ``ids`` in a base, −1 where it is not there."""
    return pd.Index(base.customers["customer_id"]).get_indexer(pd.Index(ids))


def _first_part(progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda share: progress(share * METRICS_SHARE)


def _aligned(dates: tuple[date, ...], scenario: Scenario, tierings: Sequence[Tiering]) -> Chain:
    customers = tierings[-1].base.customers
    ids = customers["customer_id"].to_numpy(dtype=object)
    count = len(scenario.tiers)
    places = [rows_of(ids, tiering.base) for tiering in tierings]
    at = list(zip(tierings, places, strict=True))
    return Chain(
        dates=dates,
        names=scenario.tiers,
        customer_ids=ids,
        states=np.array([_states(tiering, rows, count) for tiering, rows in at]),
        tiers=np.array([_taken(tiering.tiers, rows, count) for tiering, rows in at]),
        drawn=np.array([_taken(tiering.base_tiers, rows, count) for tiering, rows in at]),
        milli=np.array([_taken(tiering.scores.milli, rows, -1) for tiering, rows in at]),
        revenue=np.array([_taken(tiering.base.revenue, rows, 0.0) for tiering, rows in at]),
        first_order=pd.to_datetime(customers["first_order"]).to_numpy().astype("datetime64[D]"),
        positions=tuple(tiering.positions for tiering in tierings),
        settlements=tuple((tiering.adjustments, rows) for tiering, rows in at),
    )


def _taken(values: NDArray, rows: NDArray[np.intp], absent: float) -> NDArray:
    return np.where(rows >= 0, values[rows], np.asarray(absent, dtype=values.dtype))


def _states(tiering: Tiering, rows: NDArray[np.intp], count: int) -> Codes:
    customers = tiering.base.customers
    has_ordered = customers["orders"].fillna(0).to_numpy() > 0
    orders_now = customers["annual_orders"].fillna(0).to_numpy() > 0
    silent = np.where(has_ordered, count + AWAY, count + NOT_YET)
    states = np.where(orders_now, tiering.tiers, silent).astype(np.int8)
    return _taken(states, rows, count + NOT_YET)
