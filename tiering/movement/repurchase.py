"""Repurchase probability: learnt on one past window, tested on the next, and refused where there is too little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.metrics import customer_metrics
from tiering.metrics.windows import months_before
from tiering.movement.prediction_metrics import Interval, auc, brier, brier_gain, calibration, calibration_error
from tiering.movement.probability_fit import Fit, fit_boosting, fit_logistic

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Progress = Callable[[float], None]
Method = Literal["recency", "logistic", "boosting"]

LEAST_HISTORY = 6  # months before the learning date
FEWEST_CUSTOMERS = 200
FEWEST_OF_EACH = 30  # who did and who did not order again
FEWEST_FOR_BOOSTING = 2000
RECENCY_ONLY = ("recency",)
FEATURES = ("recency", "orders", "tenure", "annual_orders", "annual_revenue")


@dataclass(frozen=True)
class Snapshot:
    """Who had ordered by ``day``, one row each in code-point order of ``ids``, with what was known of them then.

    ``features`` has the columns of `FEATURES`, logarithms all; ``table`` the customer metrics they are made of.
    """

    day: date
    ids: NDArray[np.object_]
    features: pd.DataFrame
    table: pd.DataFrame


@dataclass(frozen=True)
class Quality:
    """How one way of telling did on the test window: squared error, ranking, calibration error."""

    brier: float
    auc: Interval
    calibration_error: float


@dataclass(frozen=True)
class Tested:
    """The test window: probabilities told at ``day`` by each method, and who ordered in the months after.

    ``best`` is logistic regression, unless boosting's squared error is smaller beyond chance.
    """

    day: date
    happened: Flags
    chance: dict[Method, Values]
    quality: dict[Method, Quality]
    best: Method
    over_recency: Interval

    @property
    def calibration(self) -> pd.DataFrame:
        """Said against came, of the best method."""
        return calibration(self.happened, self.chance[self.best])


@dataclass(frozen=True)
class Repurchase:
    """Probabilities for today, and the test that says what they are worth.

    ``chance`` (n,) belongs to ``today.ids``; ``train``, ``test`` and ``today`` are ``months`` apart.
    """

    months: int
    train: Snapshot
    test: Snapshot
    today: Snapshot
    tested: Tested
    chance: Values


@dataclass(frozen=True)
class TooLittle:
    """Why no model is trained: ``reason`` history, customers or outcomes; ``needed`` of ``found``."""

    reason: Literal["history", "customers", "outcomes"]
    needed: int
    found: int


def snapshots(orders: pa.Table, as_of: date, months: int, progress: Progress | None = None) -> list[Snapshot]:
    """The customers two horizons ago, one horizon ago and at ``as_of``, from one pass over the orders."""
    days = [months_before(as_of, months * back) for back in (2, 1, 0)]
    metrics = customer_metrics(orders, days, progress=progress)
    return [_snapshot(day, metrics[metrics["as_of"] == pd.Timestamp(day)]) for day in days]


def bought_between(before: Snapshot, after: Snapshot) -> Flags:
    """Whether each customer of ``before`` ordered again by ``after``."""
    return orders_between(before, after) > 0


def orders_between(before: Snapshot, after: Snapshot) -> Values:
    """How many orders each customer of ``before`` placed from then to ``after``."""
    rows = pd.Index(after.ids).get_indexer(pd.Index(before.ids))
    placed = after.table["orders"].to_numpy(dtype=np.float64)[rows] - before.table["orders"].to_numpy(dtype=np.float64)
    return np.asarray(placed)


def too_little(seen: list[Snapshot], months: int, first: date) -> TooLittle | None:
    """Why a model cannot be trained and tested, None where it can."""
    train, test, today = seen
    reach = (test.day.year - first.year) * 12 + test.day.month - first.month
    if months_before(train.day, LEAST_HISTORY) < first and (train.day - first).days < LEAST_HISTORY * 28:
        return TooLittle("history", LEAST_HISTORY + 2 * months, max(reach + months, 0))
    fewest = min(train.ids.size, test.ids.size)
    if fewest < FEWEST_CUSTOMERS:
        return TooLittle("customers", FEWEST_CUSTOMERS, fewest)
    outcomes = [bought_between(train, test), bought_between(test, today)]
    rarest = min(int(min(flags.sum(), (~flags).sum())) for flags in outcomes)
    return TooLittle("outcomes", FEWEST_OF_EACH, rarest) if rarest < FEWEST_OF_EACH else None


def repurchase(orders: pa.Table, as_of: date, months: int, progress: Progress | None = None) -> Repurchase | TooLittle:
    """Orders up to ``as_of`` → probability of each customer to order in the next ``months``.

    Learnt at t0 on who ordered in (t0, t1], tested at t1 on who ordered in (t1, as_of]; then learnt anew at t1 for
    today. Customers whose first order is later than a date are not in it.
    """
    first = pc.min(orders["order_date"]).as_py()
    seen = snapshots(orders, as_of, months, progress)
    refused = too_little(seen, months, first)
    if refused is not None:
        return refused
    train, test, today = seen
    tested = _tested(train, test, today)
    newest = bought_between(test, today)
    final = _fit(tested.best, test, newest)
    return Repurchase(months, train, test, today, tested, final(_columns(today, tested.best)))


def _snapshot(day: date, metrics: pd.DataFrame) -> Snapshot:
    table = metrics[metrics["orders"] > 0].sort_values("customer_id").reset_index(drop=True)
    ids = table["customer_id"].to_numpy(dtype=object)
    order = np.argsort(ids, kind="stable")
    table, ids = table.iloc[order].reset_index(drop=True), ids[order]
    spent = table["annual_revenue"].clip(lower=0).to_numpy()
    usual = np.median(spent[spent > 0]) if (spent > 0).any() else 1.0
    counted = {"recency": "recency_days", "orders": "orders", "tenure": "tenure_days", "annual_orders": "annual_orders"}
    columns = {name: np.log1p(table[column].to_numpy(dtype=np.float64)) for name, column in counted.items()}
    features = pd.DataFrame(columns | {"annual_revenue": np.log1p(spent / usual)})
    return Snapshot(day, ids, features[list(FEATURES)], table)


def _columns(snapshot: Snapshot, method: Method) -> Values:
    names = RECENCY_ONLY if method == "recency" else FEATURES
    return snapshot.features[list(names)].to_numpy(dtype=np.float64)


def _fit(method: Method, at: Snapshot, happened: Flags) -> Fit:
    fit = fit_boosting if method == "boosting" else fit_logistic
    return fit(_columns(at, method), happened)


def _tested(train: Snapshot, test: Snapshot, today: Snapshot) -> Tested:
    """Each method learnt at the first date and tested at the second."""
    learnt, happened = bought_between(train, test), bought_between(test, today)
    methods: list[Method] = ["recency", "logistic"]
    if train.ids.size >= FEWEST_FOR_BOOSTING:
        methods.append("boosting")
    chance = {method: _fit(method, train, learnt)(_columns(test, method)) for method in methods}
    quality = {method: _quality(happened, told) for method, told in chance.items()}
    wins = "boosting" in chance and brier_gain(happened, chance["boosting"], chance["logistic"]).low > 0
    best: Method = "boosting" if wins else "logistic"
    gain = brier_gain(happened, chance[best], chance["recency"])
    return Tested(test.day, happened, chance, quality, best, gain)


def _quality(happened: Flags, chance: Values) -> Quality:
    return Quality(brier(happened, chance), auc(happened, chance), calibration_error(happened, chance))
