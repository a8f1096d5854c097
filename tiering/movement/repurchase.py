"""Repurchase probability: the way of telling that did best on the newest window, refused where there is too little."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.metrics.windows import months_before
from tiering.movement.prediction_metrics import (
    Fit,
    Interval,
    auc,
    brier,
    brier_gain,
    calibration,
    calibration_error,
    fit_base_rate,
    fit_boosting,
    fit_logistic,
    put_right,
)
from tiering.movement.snapshots import FEATURES, Flags, Progress, Snapshot, Values, bought_between, snapshots

Method = Literal["base", "recency", "recency_orders", "logistic", "boosting"]

LEAST_HISTORY = 6  # months before the learning date
FEWEST_CUSTOMERS = 200
FEWEST_OF_EACH = 30  # who did and who did not order again
FEWEST_FOR_BOOSTING = 2000
READ_BY: dict[Method, tuple[str, ...]] = {  # the simplest first
    "base": (),
    "recency": ("recency",),
    "recency_orders": ("recency", "orders"),
    "logistic": FEATURES,
    "boosting": FEATURES,
}


@dataclass(frozen=True)
class Quality:
    """How one way of telling did on the test window: squared error, ranking, calibration error."""

    brier: float
    auc: Interval
    calibration_error: float


@dataclass(frozen=True)
class Tested:
    """The test window: probabilities told at ``day`` by each method, and who ordered in the months after.

    ``best``: the method with the smallest squared error, or a simpler one whose error is no larger beyond chance;
    ``told`` (n,): what it tells, put right by the window before where ``is_put_right`` says that this helped;
    ``over_recency``: by how much that is better than recency alone.
    """

    day: date
    happened: Flags
    chance: dict[Method, Values]
    quality: dict[Method, Quality]
    best: Method
    told: Values
    is_put_right: bool
    over_recency: Interval

    @property
    def used(self) -> Quality:
        """How what is told did."""
        return _quality(self.happened, self.told)

    @property
    def calibration(self) -> pd.DataFrame:
        """Said against came, of the best method."""
        return calibration(self.happened, self.told)


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


def too_little(seen: list[Snapshot], months: int, first: date) -> TooLittle | None:
    """Why a model cannot be trained and tested, None where it can."""
    train, test, today = seen
    reach = (test.day.year - first.year) * 12 + test.day.month - first.month
    if not _is_seen(train.day, first):
        return TooLittle("history", LEAST_HISTORY + 2 * months, max(reach + months, 0))
    fewest = min(train.ids.size, test.ids.size)
    if fewest < FEWEST_CUSTOMERS:
        return TooLittle("customers", FEWEST_CUSTOMERS, fewest)
    rarest = min(_rarest(train, test), _rarest(test, today))
    return TooLittle("outcomes", FEWEST_OF_EACH, rarest) if rarest < FEWEST_OF_EACH else None


def repurchase(orders: pa.Table, as_of: date, months: int, progress: Progress | None = None) -> Repurchase | TooLittle:
    """Orders up to ``as_of`` → probability of each customer to order in the next ``months``.

    Learnt at t0 on who ordered in (t0, t1], tested at t1 on who ordered in (t1, as_of]; then learnt anew at t1 for
    today. What the best method tells is put right by a window after the one it was learnt on, where a window before
    t0 shows that this helps. Customers whose first order is later than a date are not in it.
    """
    first = pc.min(orders["order_date"]).as_py()
    earlier, *seen = snapshots(orders, as_of, months, progress, windows=3)
    refused = too_little(seen, months, first)
    if refused is not None:
        return refused
    train, test, today = seen
    before = earlier if _teaches(earlier, train, first) else None
    tested = _tested((before, train, test, today))
    learnt = (train, test, today) if tested.is_put_right else (test, today)
    return Repurchase(months, train, test, today, tested, _told(tested.best, learnt, today))


def _is_seen(day: date, first: date) -> bool:
    """Whether half a year lies before a date."""
    return months_before(day, LEAST_HISTORY) >= first or (day - first).days >= LEAST_HISTORY * 28


def _rarest(before: Snapshot, after: Snapshot) -> int:
    """Customers who ordered again, or who did not, whichever are fewer."""
    happened = bought_between(before, after)
    return int(min(happened.sum(), (~happened).sum()))


def _teaches(before: Snapshot, after: Snapshot, first: date) -> bool:
    """Whether a model can be learnt on the window between two dates."""
    enough = before.ids.size >= FEWEST_CUSTOMERS and _is_seen(before.day, first)
    return enough and _rarest(before, after) >= FEWEST_OF_EACH


def _columns(snapshot: Snapshot, method: Method) -> Values:
    return snapshot.features[list(READ_BY[method])].to_numpy(dtype=np.float64)


def _fit(method: Method, before: Snapshot, after: Snapshot) -> Fit:
    """The method learnt on who ordered between two dates."""
    fit = fit_base_rate if method == "base" else fit_boosting if method == "boosting" else fit_logistic
    return fit(_columns(before, method), bought_between(before, after))


def _told(method: Method, learnt: tuple[Snapshot, ...], at: Snapshot) -> Values:
    """What a method learnt between the first two dates tells at another; a third date puts it right."""
    first, second, *later = learnt
    fitted = _fit(method, first, second)
    told = fitted(_columns(at, method))
    if not later:
        return told
    return put_right(fitted(_columns(second, method)), bought_between(second, later[0]))(told)


def _tested(dates: tuple[Snapshot | None, Snapshot, Snapshot, Snapshot]) -> Tested:
    """Each method learnt on the window before the test, and the best of them also put right by it."""
    before, train, test, today = dates
    happened = bought_between(test, today)
    methods = [name for name in READ_BY if name != "boosting" or train.ids.size >= FEWEST_FOR_BOOSTING]
    chance = {method: _told(method, (train, test), test) for method in methods}
    best = best_method(happened, chance)
    told, is_put_right = chance[best], False
    if before is not None and best != "base":
        righted = _told(best, (before, train, test), test)
        is_put_right = brier_gain(happened, righted, told).low > 0
        told = righted if is_put_right else told
    quality = {method: _quality(happened, said) for method, said in chance.items()}
    gain = brier_gain(happened, told, chance["recency"])
    return Tested(test.day, happened, chance, quality, best, told, is_put_right, gain)


def best_method(happened: Flags, chance: dict[Method, Values]) -> Method:
    """The method of the smallest squared error, or the simplest whose error is not larger beyond chance.

    ``chance``: what each told, the simplest first. The same figure for everybody says nothing of anybody: the base
    rate is best only where no method has a smaller error.
    """
    errors = {method: brier(happened, told) for method, told in chance.items()}
    smallest = min(errors, key=lambda method: errors[method])
    if smallest == "base":
        return smallest
    rest = (method for method in chance if method != "base")
    return next(one for one in rest if one == smallest or brier_gain(happened, chance[smallest], chance[one]).low <= 0)


def _quality(happened: Flags, chance: Values) -> Quality:
    return Quality(brier(happened, chance), auc(happened, chance), calibration_error(happened, chance))
