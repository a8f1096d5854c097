"""The customers of one date with everything that no weight or line changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.indicators.columns import PRODUCT_FIGURES, line_figures
from tiering.indicators.customers import customer_table, supported_metrics
from tiering.indicators.matrix import IndicatorMatrix, indicator_matrix
from tiering.indicators.newcomers import history_status
from tiering.indicators.selection import chosen_indicators
from tiering.indicators.shrinkage import figures_behind
from tiering.ingest.clean.side_tables.figures import with_figures
from tiering.metrics import customer_metrics
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.tiers.indicator_values import Readings, readings
from tiering.tiers.score import Square, level_covariance

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
        metrics = customer_metrics(
            dataset.orders,
            [as_of],
            window_months=scenario.window_months,
            orders_from=scenario.newcomers.orders_from,
            progress=progress,
        )
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
        metrics = supported_metrics(dataset.orders, metrics)
    listed = with_side_figures(dataset, scenario, as_of, metrics).customers
    lines = _line_figures(dataset, scenario, as_of)
    customers = customer_table(metrics, listed, as_of, scenario.revenue, lines)
    if customers.empty:
        raise DataProblem(Problem.NO_CUSTOMERS)
    read = history_status(customers, scenario.newcomers, scenario.window_months, as_of)
    matrix = indicator_matrix(customers, scenario.anchors, scenario.measures, read, scenario.newcomers.credibility)
    return CustomerBase(customers, matrix, _annual_revenue(customers), level_covariance(matrix), as_of)


def with_side_figures(
    dataset: Dataset, scenario: Scenario, as_of: date | None, metrics: pd.DataFrame | None
) -> Dataset:
    """The dataset with what its payments and contacts tell at ``as_of`` among the customers."""
    annual = None if metrics is None else metrics.set_index("customer_id")["annual_orders"].fillna(0.0)
    return with_figures(dataset, as_of, scenario.window_months, annual)


def _line_figures(dataset: Dataset, scenario: Scenario, as_of: date | None) -> pd.DataFrame | None:
    """What only the order lines tell, as far as the scenario asks for it."""
    if dataset.orders is None or as_of is None:
        return None
    asked = needed_line_figures(scenario)
    if not asked:
        return None
    return line_figures(dataset.orders, as_of, scenario.window_months, asked, scenario.newcomers.orders_from)


def needed_line_figures(scenario: Scenario) -> frozenset[str]:
    """Figures of the scenario's indicators that the metrics do not hold: only the order lines tell them."""
    counted = {indicator.key for indicator in chosen_indicators(scenario.measures)}
    behind = figures_behind(counted) if scenario.newcomers.credibility else frozenset()
    return frozenset(counted & PRODUCT_FIGURES) | behind


def _annual_revenue(customers: pd.DataFrame) -> NDArray[np.float64]:
    if "annual_revenue" not in customers:
        return np.zeros(len(customers))
    return customers["annual_revenue"].fillna(0.0).to_numpy(dtype=np.float64)
