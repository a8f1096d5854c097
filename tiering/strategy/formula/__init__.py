"""Sales as new business and repeat business: six factors per tier, what each is worth, and why sales changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.metrics import customer_metrics
from tiering.metrics.windows import growth_is_known, months_before

Values = NDArray[np.float64]
NEW, AGAIN = ("leads", "conversion", "purchase"), ("existing", "retention", "repurchase")
FACTORS = (*NEW, *AGAIN)
SHARES = ("conversion", "retention")


@dataclass(frozen=True)
class Period:
    """What n customers did in one period: money, whether they ordered in it, and in the period before."""

    revenue: Values
    bought: NDArray[np.bool_]
    bought_before: NDArray[np.bool_]


def sales_factors(period: Period, groups: NDArray[np.intp], count: int, conversion: float) -> pd.DataFrame:
    """Period + group of each customer (0 … ``count`` − 1) → one row per group with the six `FACTORS` and ``rest``.

    Existing are those who ordered in the period before, retained those of them who ordered again, new all others who
    ordered. ``leads`` are the new ones over the asked ``conversion`` (0..1]: order data cannot tell who was lost on
    the way. ``rest`` is money of customers without an order in the period, mostly returns. An average over nobody is
    0. The parts of all groups add up to the period's money.
    """
    won, kept = period.bought & ~period.bought_before, period.bought & period.bought_before
    sums = {
        name: (np.bincount(groups, who, count), np.bincount(groups, np.where(who, period.revenue, 0.0), count))
        for name, who in (("won", won), ("kept", kept), ("none", ~period.bought))
    }
    existing = np.bincount(groups, period.bought_before, count)
    return pd.DataFrame(
        {
            "leads": sums["won"][0] / conversion,
            "conversion": np.full(count, conversion),
            "purchase": _ratio(sums["won"][1], sums["won"][0]),
            "existing": existing,
            "retention": _ratio(sums["kept"][0], existing),
            "repurchase": _ratio(sums["kept"][1], sums["kept"][0]),
            "rest": sums["none"][1],
        }
    )


def all_existing(revenue: Values, groups: NDArray[np.intp], count: int) -> pd.DataFrame:
    """Factors where nothing tells old customers from new: all who bought are existing and came back."""
    bought = revenue > 0
    period = Period(revenue, bought, bought)
    return sales_factors(period, groups, count, conversion=1.0)


def new_sales(factors: pd.DataFrame) -> Values:
    """Sales with new customers (k,)."""
    return factors[list(NEW)].to_numpy(np.float64).prod(axis=1)


def repeat_sales(factors: pd.DataFrame) -> Values:
    """Sales with existing customers (k,)."""
    return factors[list(AGAIN)].to_numpy(np.float64).prod(axis=1)


def sales(factors: pd.DataFrame) -> Values:
    """Sales by the formula (k,), the rest included."""
    whole: Values = new_sales(factors) + repeat_sales(factors) + factors["rest"].to_numpy(np.float64)
    return whole


def changed(factors: pd.DataFrame, changes: Mapping[str, float], rows: NDArray[np.bool_]) -> pd.DataFrame:
    """Factors with those of ``rows`` raised by relative ``changes`` (0.1: ten percent more); shares stop at 1."""
    after = factors.astype(np.float64).copy()
    for name, change in changes.items():
        raised = after[name].to_numpy() * (1 + np.where(rows, change, 0.0))
        after[name] = np.minimum(raised, np.maximum(1.0, after[name])) if name in SHARES else raised
    return after


def combined_factors(factors: pd.DataFrame) -> pd.Series:
    """The six factors of all groups as one: counts add up, averages and shares are weighted so that sales stay."""
    won, kept = factors["leads"] * factors["conversion"], factors["existing"] * factors["retention"]
    leads, existing = factors["leads"].sum(), factors["existing"].sum()
    values = {
        "leads": leads,
        "conversion": won.sum() / leads if leads else 0.0,
        "purchase": new_sales(factors).sum() / won.sum() if won.sum() else 0.0,
        "existing": existing,
        "retention": kept.sum() / existing if existing else 0.0,
        "repurchase": repeat_sales(factors).sum() / kept.sum() if kept.sum() else 0.0,
        "rest": factors["rest"].sum(),
    }
    return pd.Series(values, dtype=np.float64)


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> Values:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


LENGTHS = (12, 6, 3)


def lengths_known(orders: pa.Table, as_of: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Months a period can have so that the one before it is covered too, and so that two periods can be compared."""
    told = tuple(months for months in LENGTHS if growth_is_known(orders, as_of, months))
    compared = tuple(months for months in told if growth_is_known(orders, months_before(as_of, months), months))
    return told, compared


def period_metrics(orders: pa.Table, as_of: date, months: int) -> pd.DataFrame:
    """Metrics of three periods of ``months`` in a row, the last up to ``as_of``, in one pass over the orders."""
    return customer_metrics(orders, [months_before(as_of, months * back) for back in (2, 1, 0)], window_months=months)


def periods(metrics: pd.DataFrame, tiering: Tiering, months: int) -> tuple[Period, Period]:
    """The period before and the present one, for the customers of the tiering in their order."""
    as_of = tiering.base.as_of
    assert as_of is not None, "periods end at a date"
    ids = tiering.base.customers["customer_id"]
    money = "annual_revenue" if tiering.scenario.revenue == "net" else "annual_gross"
    ends = [pd.Timestamp(months_before(as_of, months * back)) for back in (2, 1, 0)]
    first, second, third = (_at(metrics, ids, end, ("annual_orders", money)) for end in ends)
    before = Period(second[1], second[0] > 0, first[0] > 0)
    return before, Period(third[1], third[0] > 0, second[0] > 0)


def _at(metrics: pd.DataFrame, ids: pd.Series, end: pd.Timestamp, columns: Sequence[str]) -> list[Values]:
    """Columns (n,) at one date, 0 for who had no line yet."""
    rows = metrics[metrics["as_of"] == end].set_index("customer_id")
    return [rows[name].reindex(ids).fillna(0.0).to_numpy(np.float64) for name in columns]


def shapley(before: Values, after: Values) -> Values:
    """Contribution (3, k) of each of three factors (3, k) to the change of their product.

    The mean over all orders in which the factors can change one after the other; exact, symmetric, at ease with
    zeros and negative values.

    References
    ----------
    Shapley (1953); Sun (1998), Energy Economics 20, for the closed form of three factors.
    """
    contributions = np.empty_like(before, dtype=np.float64)
    for place in range(3):
        one, other = (part for part in range(3) if part != place)
        apart = before[one] * before[other] + after[one] * after[other]
        mixed = before[one] * after[other] + after[one] * before[other]
        contributions[place] = (after[place] - before[place]) * (apart / 3 + mixed / 6)
    return contributions


def decomposed(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Factors of the same groups in two periods → one row per group, a column of money for each of `FACTORS`.

    ``rest`` is the change of the rest. Each row adds up to the group's change in sales, all rows to that of the whole.
    """
    parts: dict[str, Values] = {}
    for names in (NEW, AGAIN):
        start, end = (factors[list(names)].to_numpy(np.float64).T for factors in (before, after))
        parts |= dict(zip(names, shapley(start, end), strict=True))
    rest = after["rest"].to_numpy(np.float64) - before["rest"].to_numpy(np.float64)
    return pd.DataFrame({**{name: parts[name] for name in FACTORS}, "rest": rest})
