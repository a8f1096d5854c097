"""Prospects screened by their attributes alone, and what the top tiers have in common against the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.indicators.matrix import LEVELS
from tiering.tiers.score import LEAST_COVERAGE
from tiering.views.dimensions import Dimension

BIGGEST = 0.2  # of the customers, by annual revenue
FEWEST_BUYERS = 10  # below that no comparison with those who bought

Rows = NDArray[np.intp]
Numbers = NDArray[np.float64]
LEAST_TOP = 5
STANDS_OUT = 2.0
# What can be known of a company before it buys.
OUTSIDE = ("industry", "size", "region", "city", "decision_chain")
Flags = NDArray[np.bool_]


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


def traits(sides: Mapping[str, Dimension], is_top: Flags) -> pd.DataFrame:
    """Sides of n customers and who is on top → one row per class, what marks the top most first.

    Columns: ``side``, ``code``, ``top_share`` and ``rest_share`` (0..1 of those of whom the side is known),
    ``lift`` (their ratio, infinite where nobody of the rest has it), ``z`` (difference in standard errors),
    ``customers`` of the class on top. Classes that nobody on top has are left out.
    """
    found = [row for key, side in sides.items() for row in _classes(key, side, is_top)]
    columns = ["side", "code", "top_share", "rest_share", "lift", "z", "customers"]
    return pd.DataFrame(found, columns=columns).sort_values("z", ascending=False, kind="stable", ignore_index=True)


def marks(found: pd.DataFrame) -> pd.DataFrame:
    """The traits that stand out: at least five customers, two standard errors above the rest."""
    return found[(found["z"] >= STANDS_OUT) & (found["customers"] >= LEAST_TOP)].reset_index(drop=True)


def likeness(sides: Mapping[str, Dimension], marked: pd.DataFrame) -> NDArray[np.int64]:
    """How many sides of each customer (n,) are of a class that marks the top."""
    size = next(iter(sides.values())).codes.size
    count = np.zeros(size, dtype=np.int64)
    for key, classes in marked.groupby("side")["code"]:
        count += np.isin(sides[str(key)].codes, classes.to_numpy())
    return count


def _classes(key: str, side: Dimension, is_top: Flags) -> list[tuple[str, int, float, float, float, float, int]]:
    known, classes = side.codes >= 0, len(side.classes)
    top = np.bincount(side.codes[known & is_top], minlength=classes)
    rest = np.bincount(side.codes[known & ~is_top], minlength=classes)
    if not top.sum() or not rest.sum():
        return []
    top_share, rest_share = top / top.sum(), rest / rest.sum()
    pooled = (top + rest) / (top.sum() + rest.sum())
    error = np.sqrt(pooled * (1 - pooled) * (1 / top.sum() + 1 / rest.sum()))
    z = np.divide(top_share - rest_share, error, out=np.zeros(classes), where=error > 0)
    lift = np.divide(top_share, rest_share, out=np.full(classes, np.inf), where=rest_share > 0)
    return [
        (
            key,
            int(code),
            float(top_share[code]),
            float(rest_share[code]),
            float(lift[code]),
            float(z[code]),
            int(top[code]),
        )
        for code in np.flatnonzero(top)
    ]
