"""Demand in the next period: a forecast, what such a forecast told last time, and plain rules where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.metrics.windows import months_before
from tiering.movement.intervals import Share
from tiering.movement.order_value import OrderValues, order_values
from tiering.movement.repurchase import Repurchase
from tiering.movement.sale_days import SaleDays
from tiering.movement.snapshots import Snapshot, bought_between, orders_between

Values = NDArray[np.float64]
MONTH_DAYS = 365.25 / 12
YEAR = 12


@dataclass(frozen=True)
class Demand:
    """Orders and net revenue (n,) of the customers of a snapshot in the months after it."""

    orders: Values
    money: Values


@dataclass(frozen=True)
class Forecast:
    """``coming`` for ``today``; for the test date what was ``told`` then and what ``came``.

    ``method``: how the value of an order was found.
    """

    coming: Demand
    told: Demand
    came: Demand
    method: Literal["gamma_gamma", "credibility", "own_mean"]


def forecast(found: Repurchase, days: SaleDays) -> Forecast:
    """Probabilities and sale days → demand of every customer.

    Orders are the probability to order times the orders of one who does: 1 and a multiple of the own yearly pace,
    learnt on the window before. Money is orders times what a sale day of the customer is worth without what it gave
    back, at the level that the orders of the window before had: later orders are often smaller than the first.
    """
    train, test, today = found.train, found.test, found.today
    first, then, now = (_value(days, at) for at in (train, test, today))
    told = _demand(found, (train, test), found.tested.told, (first, then))
    coming = _demand(found, (test, today), found.chance, (then, now))
    return Forecast(coming, told, Demand(orders_between(test, today), _revenue_between(test, today)), now.method)


def pace(snapshot: Snapshot, months: int) -> Values:
    """Orders in so many months at the pace of the last year, or since the first order where that is later."""
    lived = np.clip(snapshot.table["tenure_days"].to_numpy(float) / MONTH_DAYS, months, YEAR)
    return np.asarray(snapshot.table["annual_orders"].to_numpy(float) * months / lived)


def _pace_factor(before: Snapshot, after: Snapshot, months: int) -> float:
    """By how much the orders of those who ordered grow with their pace."""
    again = bought_between(before, after)
    beyond_first = (orders_between(before, after)[again] - 1).sum()
    expected = pace(before, months)[again].sum()
    return float(beyond_first / expected) if expected > 0 else 0.0


def _demand(
    found: Repurchase, windows: tuple[Snapshot, Snapshot], chance: Values, values: tuple[OrderValues, OrderValues]
) -> Demand:
    """Demand after the second snapshot, with what the window between the two teaches."""
    before, at = windows
    orders = chance * (1 + _pace_factor(before, at, found.months) * pace(at, found.months))
    return Demand(orders, orders * values[1].money * _level(before, at, values[0].money))


def _level(before: Snapshot, after: Snapshot, value: Values) -> float:
    """Net revenue of the window between, over what its orders would have brought at the values told before."""
    expected = float(orders_between(before, after) @ value)
    came = float(_revenue_between(before, after).sum())
    return came / expected if expected > 0 and came > 0 else 1.0


def _revenue_between(before: Snapshot, after: Snapshot) -> Values:
    rows = pd.Index(after.ids).get_indexer(pd.Index(before.ids))
    return np.asarray(after.table["revenue"].to_numpy(float)[rows] - before.table["revenue"].to_numpy(float))


def _value(days: SaleDays, snapshot: Snapshot) -> OrderValues:
    """What a sale day of each customer of a snapshot is worth by what was known then, less what went back."""
    seen = days.day <= days.number_of(snapshot.day)
    customer, sold = days.customer[seen], days.sold[seen]
    count = np.bincount(customer, minlength=days.ids.size).astype(np.float64)
    mean = np.bincount(customer, sold, days.ids.size) / np.where(count > 0, count, 1)
    squares = np.bincount(customer, (sold - mean[customer]) ** 2, days.ids.size)
    rows = pd.Index(days.ids).get_indexer(pd.Index(snapshot.ids))
    kept = _kept(snapshot)
    return order_values(count[rows], mean[rows] * kept, squares[rows] * kept**2)


def _kept(snapshot: Snapshot) -> Values:
    """Share (n,) of what each customer ever bought that did not go back."""
    bought, net = (snapshot.table[name].to_numpy(float) for name in ("gross_revenue", "revenue"))
    return np.clip(np.divide(net, bought, out=np.ones(bought.size), where=bought > 0), 0.0, 1.0)


BANDS = ("lately", "before", "long_ago")


@dataclass(frozen=True)
class PlainRule:
    """Customers whose last order was in a band before the test date: how many ordered again in the months after.

    ``now``: customers in that band today.
    """

    band: str
    again: Share
    now: int


def bands_of(snapshot: Snapshot, months: int) -> NDArray[np.intp]:
    """Code into `BANDS` (n,): last order within ``months`` of the date, within twice that, or longer ago."""
    last = snapshot.table["last_order"].to_numpy().astype("datetime64[D]")
    once, twice = (np.datetime64(months_before(snapshot.day, months * step), "D") for step in (1, 2))
    return np.select([last > once, last > twice], [0, 1], 2).astype(np.intp)


def plain_rules(before: Snapshot, today: Snapshot, months: int) -> tuple[PlainRule, ...]:
    """The last window → one rule per band that anybody was in; empty where nobody had ordered before it."""
    if not before.ids.size:
        return ()
    then, now = bands_of(before, months), bands_of(today, months)
    again = bought_between(before, today)
    return tuple(
        PlainRule(band, Share.of(again[then == code]), int((now == code).sum()))
        for code, band in enumerate(BANDS)
        if (then == code).any()
    )


def chances_by_rule(rules: tuple[PlainRule, ...], today: Snapshot, months: int) -> Values:
    """Probability to order (n,) of the customers of ``today`` by the rule of their band; NaN for a band without one.

    One more of each kind is counted than was seen (Laplace): few who all came back make nobody certain.
    """
    by_band = {rule.band: (rule.again.part + 1) / (rule.again.whole + 2) for rule in rules}
    return np.array([by_band.get(band, np.nan) for band in BANDS])[bands_of(today, months)]
