"""Weights fitted to what customers bought next, and whether they would have foretold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from scipy.optimize import nnls

from tiering.indicators.customers import customer_table, supported_metrics
from tiering.indicators.matrix import IndicatorMatrix, indicator_matrix
from tiering.metrics import customer_metrics, history_months
from tiering.metrics.windows import months_before
from tiering.scenario import Anchors

HORIZON_MONTHS = 6
FEWEST_CUSTOMERS = 100
NOTICEABLE = 0.02  # rank correlations closer than this are about the same
LATE_MONTHS = 1  # an export seldom holds an order on its very first day

Figures = NDArray[np.float64]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Fitted:
    """Weights and how well they foretold, on customers and months they were not fitted on.

    Attributes
    ----------
    weights
        Indicator → share, summing to 1; none negative, most of them 0.
    learnt, checked
        Dates at which the indicators were read; what was bought in the six months after each was to be told.
    agreement
        Rank correlation (Spearman) with the revenue that followed ``checked``: of these weights (``fitted``), of the
        weights set now (``present``) and of annual revenue alone (``revenue``).
    customers
        How many were checked.
    """

    weights: dict[str, float]
    learnt: date
    checked: date
    agreement: dict[str, float]
    customers: int

    @property
    def is_better(self) -> bool:
        """Whether these weights foretold noticeably better than annual revenue alone."""
        return self.agreement["fitted"] - self.agreement["revenue"] > NOTICEABLE


@dataclass(frozen=True)
class NotFitted:
    """Why the history does not allow a fit: ``reason`` orders, history, customers or flat; ``needed`` of ``found``."""

    reason: str
    needed: int = 0
    found: int = 0


@dataclass(frozen=True)
class _Period:
    matrix: IndicatorMatrix
    annual: Figures
    after: Figures


def fitted_weights(
    orders: pa.Table | None,
    as_of: date | None,
    present: dict[str, int],
    window_months: int = 12,
    progress: Progress | None = None,
) -> Fitted | NotFitted:
    """Orders up to ``as_of`` → weights of the indicators for the revenue of the next six months.

    Learnt twelve months before ``as_of`` on the net revenue of the six months after, checked six months before it
    on that of the six months up to it. Only indicators that the orders tell: what a customers file says is known
    for today alone. The scales are those of the learning date.
    """
    if orders is None or as_of is None:
        return NotFitted("orders")
    learnt, checked = (months_before(as_of, months) for months in (2 * HORIZON_MONTHS, HORIZON_MONTHS))
    reach, needed = history_months(orders, as_of), window_months + 2 * HORIZON_MONTHS
    if reach < needed - LATE_MONTHS:
        return NotFitted("history", needed, reach)
    metrics = customer_metrics(orders, [learnt, checked, as_of], window_months=window_months, progress=progress)
    at = dict(iter(supported_metrics(orders, metrics).groupby(metrics["as_of"].dt.date)))
    fewest = min(len(at.get(day, ())) for day in (learnt, checked))
    if fewest < FEWEST_CUSTOMERS:
        return NotFitted("customers", needed=FEWEST_CUSTOMERS, found=fewest)
    before = _period(at[learnt], at[checked], {})
    return _fit(before, _period(at[checked], at[as_of], dict(before.matrix.anchors)), (learnt, checked), present)


def non_negative_weights(levels: Figures, target: Figures) -> Figures:
    """Levels (k, n) and target (n,) → weights (k,) ≥ 0 summing to 1 of the least-squares fit with a free constant.

    All 0 where nothing helps. n rows are folded into k first, so that a million customers cost little.

    References
    ----------
    Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23.
    """
    centred = levels - levels.mean(axis=1, keepdims=True)
    reduced, rotation = np.linalg.qr(centred.T)[::-1]
    coefficients, _ = nnls(reduced, rotation.T @ (target - target.mean()))
    total = coefficients.sum()
    return coefficients / total if total > 0 else coefficients


def _period(now: pd.DataFrame, later: pd.DataFrame, anchors: dict[str, Anchors]) -> _Period:
    """Indicators at a date beside what the same customers bought until the later one."""
    table = customer_table(now, None, None)
    total = later.set_index("customer_id")["revenue"]
    after = total.reindex(table["customer_id"]).to_numpy() - table["revenue"].to_numpy()
    return _Period(indicator_matrix(table, anchors), table["annual_revenue"].to_numpy(), after)


def _fit(before: _Period, then: _Period, days: tuple[date, date], present: dict[str, int]) -> Fitted | NotFitted:
    bought = before.after[before.after > 0]
    scale = float(np.median(bought)) if bought.size else 1.0
    target = np.log1p(np.maximum(before.after, 0.0) / scale)
    shares = non_negative_weights(_centred_levels(before.matrix), target)
    if not shares.any():
        return NotFitted("flat")
    weights = dict(zip(before.matrix.keys, shares.tolist(), strict=True))
    agreement = {
        "fitted": _agreement(_score(then.matrix, weights), then.after),
        "present": _agreement(_score(then.matrix, present), then.after),
        "revenue": _agreement(then.annual, then.after),
    }
    return Fitted(weights, *days, agreement, then.after.size)


def _centred_levels(matrix: IndicatorMatrix) -> Figures:
    """Levels (k, n) with a missing one at its indicator's mean."""
    known = matrix.patterns.T[:, matrix.pattern]
    levels = matrix.levels.astype(np.float64)
    return levels + (1 - known) * (levels.sum(axis=1) / known.sum(axis=1))[:, None]


def _score(matrix: IndicatorMatrix, weights: dict[str, float] | dict[str, int]) -> Figures:
    """Weighted mean over what is known."""
    vector = np.array([weights.get(key, 0) for key in matrix.keys], dtype=np.float64)
    weight = (matrix.patterns @ vector)[matrix.pattern]
    return np.divide(vector @ matrix.levels, weight, out=np.zeros(weight.size), where=weight > 0)


def _agreement(score: Figures, after: Figures) -> float:
    if np.ptp(score) == 0 or np.ptp(after) == 0:
        return 0.0
    from scipy.stats import spearmanr  # half a second to load: only where weights are fitted

    return float(spearmanr(score, after).statistic)
