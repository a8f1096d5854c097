"""Prospects who have not bought yet, screened by their attributes alone and set beside the customers who have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.indicators.matrix import LEVELS
from tiering.tiers.score import LEAST_COVERAGE

BIGGEST = 0.2  # of the customers, by annual revenue
FEWEST_BUYERS = 10  # below that no comparison with those who bought

Rows = NDArray[np.intp]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Prospects:
    """Prospects (m,), best score first, then those about whom too little is known; equal ones in order of their ids.

    Attributes
    ----------
    rows
        Their rows in the customer base.
    score
        0..100 by the weighted attributes that are known, NaN where too few are.
    coverage
        Share (0..1) of the weight of these attributes that is known.
    above
        Share (0..1) of the customers with orders whose attributes give a lower score, equal ones half; NaN without
        a score, None below ten such customers.
    counted, offered
        Attributes with a weight that are known of some prospect, and those that are known but have no weight.
    biggest, others
        Median attribute score of the fifth of customers with the most revenue and of the rest; None below ten.
    """

    rows: Rows
    score: Numbers
    coverage: Numbers
    above: Numbers | None
    counted: tuple[str, ...]
    offered: tuple[str, ...]
    biggest: float | None
    others: float | None


def prospects(tiering: Tiering) -> Prospects | None:
    """Tiering → those without any order line, screened; None where no orders tell who has bought, or all have.

    Only attributes count: nothing an order tells. No figure of revenue holds them, as they have none. Who only
    returned something has bought before and is no prospect.
    """
    customers, never = tiering.base.customers, never_bought(tiering)
    if never is None:
        return None
    matrix, weights = tiering.base.matrix, tiering.scenario.weights
    known = matrix.patterns.T[:, matrix.pattern] > 0
    usable = np.array([not one.from_history for one in matrix.indicators], dtype=bool)
    usable &= known[:, never].any(axis=1)
    weight = np.array([weights.get(key, 0) for key in matrix.keys], dtype=np.float64) * usable
    score, coverage = _scored(matrix.levels.astype(np.float64), known, weight)
    rows = _best_first(np.flatnonzero(never), score, customers["customer_id"])
    bought = np.flatnonzero(~never & np.isfinite(score))
    enough = bought.size >= FEWEST_BUYERS
    biggest, others = _medians(score[bought], tiering.base.revenue[bought]) if enough else (None, None)
    return Prospects(
        rows=rows,
        score=score[rows],
        coverage=coverage[rows],
        above=_above(score[rows], score[bought]) if enough else None,
        counted=tuple(key for key, one in zip(matrix.keys, weight, strict=True) if one),
        offered=tuple(key for key, one, use in zip(matrix.keys, weight, usable, strict=True) if use and not one),
        biggest=biggest,
        others=others,
    )


def never_bought(tiering: Tiering) -> NDArray[np.bool_] | None:
    """Who has no order line at all (n,); None where no orders tell who has bought, or all have."""
    customers = tiering.base.customers
    if "orders" not in customers:
        return None
    never: NDArray[np.bool_] = customers["orders"].isna().to_numpy()
    return never if never.any() else None


def _scored(levels: Numbers, known: NDArray[np.bool_], weight: Numbers) -> tuple[Numbers, Numbers]:
    """Score (n,) 0..100 over what is known and the share of the weight that is; NaN below the least coverage."""
    told = weight @ known
    total = weight.sum()
    coverage = told / total if total else np.zeros(known.shape[1])
    points = np.divide(100 * (weight @ (levels * known)) / LEVELS, told, out=np.full(len(told), np.nan), where=told > 0)
    return np.where(coverage >= LEAST_COVERAGE, points, np.nan), coverage


def _best_first(rows: Rows, score: Numbers, ids: pd.Series) -> Rows:
    by_id = rows[np.argsort(ids.to_numpy(dtype=object)[rows], kind="stable")]
    return by_id[np.argsort(-np.nan_to_num(score[by_id], nan=-1.0), kind="stable")]


def _above(score: Numbers, of_buyers: Numbers) -> Numbers:
    ranked = np.sort(of_buyers)
    lower, upper = (np.searchsorted(ranked, score, side=side) for side in ("left", "right"))
    return np.where(np.isfinite(score), (lower + upper) / 2 / ranked.size, np.nan)


def _medians(score: Numbers, revenue: Numbers) -> tuple[float, float]:
    """Of the biggest fifth and of the others; who has the revenue of the last of the fifth belongs to it."""
    least = np.sort(revenue)[::-1][max(1, int(len(revenue) * BIGGEST)) - 1]
    big = revenue >= least
    rest = score[~big] if (~big).any() else score
    return float(np.median(score[big])), float(np.median(rest))
