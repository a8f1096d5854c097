"""Two tierings of the same customers: who moves along which path, and the revenue, margin and hours that move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering, tier_names
from tiering.scenario import Scenario
from tiering.scenario.touches import touching

NOT_THERE = -1


@dataclass(frozen=True)
class Comparison:
    """The first tiering against the second.

    Attributes
    ----------
    customers
        One row per customer of either side: ``customer_id``, ``before`` and ``after`` (tier names, empty without a
        score or where the side does not have the customer), ``from_tier`` and ``to_tier`` (tier numbers, the last
        one "no score"), ``milli_before``, ``milli_after`` (−1 without a score), ``revenue`` and ``margin`` (of the
        second side's window; ``margin`` only where costs are known), ``row_before`` and ``row_after`` (rows of the
        tierings, −1 where not there). Order: the second side's, then who is only in the first.
    same_ladder
        Whether both have the same tiers, so that up and down mean something.
    """

    customers: pd.DataFrame
    same_ladder: bool

    @property
    def moved(self) -> NDArray[np.bool_]:
        """Who changes tier: (n,)."""
        return np.asarray(self.customers["before"].to_numpy() != self.customers["after"].to_numpy())

    @property
    def directions(self) -> NDArray[np.int8]:
        """Per customer 1 up, −1 down, 0 stays; all 0 on different ladders."""
        if not self.same_ladder:
            return np.zeros(len(self.customers), np.int8)
        steps = self.customers["from_tier"].to_numpy() - self.customers["to_tier"].to_numpy()
        return np.sign(steps).astype(np.int8)


def compare(first: Tiering, second: Tiering) -> Comparison:
    """Two tierings → their comparison. Neither the order of rows nor different windows matter: ids are matched."""
    return Comparison(_matched(first, second), first.scenario.tiers == second.scenario.tiers)


def on_same_customers(baseline: Scenario, scenario: Scenario) -> Scenario:
    """The baseline's own rule for the customers of the scenario: at its date, window, scales and kind of revenue."""
    shared = touching(Scenario, lambda touches: touches.shared)
    return baseline.model_copy(update={name: getattr(scenario, name) for name in shared})


def paths(comparison: Comparison, hours_before: Mapping[str, float], hours_after: Mapping[str, float]) -> pd.DataFrame:
    """Comparison → one row per path that anybody takes, staying included; most revenue first among equal kinds.

    Columns: ``before``, ``after`` (tier names), ``moved`` (bool), ``direction`` (1 up, −1 down, 0), ``customers``,
    ``revenue``, ``margin`` where known, ``hours``: service hours a year more (+) or fewer (−) under the second.
    ``hours_before`` and ``hours_after``: hours a customer of each tier gets a year; a tier without any counts 0.
    """
    listed = comparison.customers.assign(moved=comparison.moved, direction=comparison.directions, customers=1)
    figures = ["customers", "revenue", *(["margin"] if "margin" in listed else [])]
    keys = ["before", "after", "from_tier", "to_tier", "moved", "direction"]
    by_path = listed.groupby(keys, sort=True)[figures].sum().reset_index()
    before, after = by_path["before"].map(dict(hours_before)), by_path["after"].map(dict(hours_after))
    by_path["hours"] = (after.fillna(0.0) - before.fillna(0.0)) * by_path["customers"]
    # stable: equal revenues stay in the order of the tiers
    return by_path.sort_values(["moved", "revenue"], ascending=False, kind="stable", ignore_index=True)


def _matched(first: Tiering, second: Tiering) -> pd.DataFrame:
    rows_after = np.arange(len(second.tiers))
    if first.base is second.base:
        return _side_by_side(first, second, rows_after, rows_after)
    ids = pd.Index(first.base.customers["customer_id"])
    rows_before = ids.get_indexer(pd.Index(second.base.customers["customer_id"]))
    only_first = np.setdiff1d(np.arange(len(ids)), rows_before)
    return _side_by_side(
        first,
        second,
        np.concatenate([rows_before, only_first]),
        np.concatenate([rows_after, np.full(only_first.size, NOT_THERE)]),
    )


def _side_by_side(
    first: Tiering, second: Tiering, rows_before: NDArray[np.intp], rows_after: NDArray[np.intp]
) -> pd.DataFrame:
    names = second.base.customers["customer_id"].to_numpy(object)
    others = first.base.customers["customer_id"].to_numpy(object)
    columns = {
        "customer_id": np.where(rows_after >= 0, names[rows_after], others[rows_before]),
        "before": _at(tier_names(first), rows_before, ""),
        "after": _at(tier_names(second), rows_after, ""),
        "from_tier": _at(first.tiers, rows_before, len(first.scenario.tiers)),
        "to_tier": _at(second.tiers, rows_after, len(second.scenario.tiers)),
        "milli_before": _at(first.scores.milli, rows_before, -1),
        "milli_after": _at(second.scores.milli, rows_after, -1),
        "revenue": _at(second.base.revenue, rows_after, 0.0),
        "row_before": rows_before,
        "row_after": rows_after,
    }
    if "margin" in second.base.customers:
        columns["margin"] = _at(second.base.customers["margin"].fillna(0.0).to_numpy(float), rows_after, 0.0)
    return pd.DataFrame(columns)


def _at(values: NDArray[Any], rows: NDArray[np.intp], absent: object) -> NDArray[Any]:
    """Values of the rows, ``absent`` where a side does not have the customer."""
    if not values.size:
        return np.full(rows.size, absent)
    found = values[rows].copy()
    found[rows < 0] = absent
    return found
