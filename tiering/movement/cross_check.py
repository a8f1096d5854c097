"""A second opinion on repurchase from purchase models, which need one window only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.movement.prediction_metrics import Interval, auc, brier
from tiering.movement.purchase_models import FAMILIES, Family, Histories, PurchaseModel, fit_purchase_model
from tiering.movement.snapshots import Snapshot, bought_between

Values = NDArray[np.float64]
WEEK = 7.0
FEWEST_HISTORIES = 30
FEWEST_REPEATERS = 10
MOST_FOR_PARETO = 1000  # customers: its likelihood takes minutes with more


@dataclass(frozen=True)
class CrossCheck:
    """One family on the file.

    ``coming``: sale days expected of all in the months to come; ``told`` and ``came``: the same at the test date,
    where there is one; ``brier`` and ``auc`` of its probabilities there, None for Pareto/NBD, which gives none.
    """

    family: Family
    model: PurchaseModel
    coming: float
    told: float | None = None
    came: int | None = None
    brier: float | None = None
    auc: Interval | None = None


def histories_of(snapshot: Snapshot) -> Histories:
    """Customers of a snapshot in weeks: repeats are sale days after the first."""
    table = snapshot.table
    age = table["tenure_days"].to_numpy(float) / WEEK
    last = age - table["recency_days"].to_numpy(float) / WEEK
    return Histories(table["gaps"].to_numpy(float), last, age)


def can_be_fitted(snapshot: Snapshot) -> bool:
    """Whether there are 30 customers, ten of them with a repeat."""
    return snapshot.ids.size >= FEWEST_HISTORIES and int((snapshot.table["gaps"] > 0).sum()) >= FEWEST_REPEATERS


def cross_check(before: Snapshot | None, today: Snapshot) -> tuple[CrossCheck, ...]:
    """Each family fitted to all that was known at ``before`` and today; empty where there are too few repeats.

    Pareto/NBD is left out beyond 1,000 customers. The horizon is the time between the two; without ``before``, or too
    few then, nothing is tested.
    """
    if not can_be_fitted(today) or before is None:
        return ()
    weeks = (today.day - before.day).days / WEEK
    families = FAMILIES if today.ids.size <= MOST_FOR_PARETO else FAMILIES[:2]
    return tuple(_checked(family, before, today, weeks) for family in families)


def _checked(family: Family, before: Snapshot, today: Snapshot, weeks: float) -> CrossCheck:
    now = histories_of(today)
    model = fit_purchase_model(family, now)
    coming = float(model.expected(now, weeks).sum())
    if not can_be_fitted(before):
        return CrossCheck(family, model, coming)
    then = histories_of(before)
    earlier = fit_purchase_model(family, then)
    told, came = float(earlier.expected(then, weeks).sum()), _sale_days_between(before, today)
    if family == "paretonbd":
        return CrossCheck(family, model, coming, told, came)
    happened, chance = bought_between(before, today), earlier.buys(then, weeks)
    return CrossCheck(family, model, coming, told, came, brier(happened, chance), auc(happened, chance))


def _sale_days_between(before: Snapshot, today: Snapshot) -> int:
    rows = pd.Index(today.ids).get_indexer(pd.Index(before.ids))
    return int(today.table["gaps"].to_numpy()[rows].sum() - before.table["gaps"].sum())
