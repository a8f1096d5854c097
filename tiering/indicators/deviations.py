"""How far a customer's own orders and quarters lie apart: what tells how much of a short history to believe."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.metrics.windows import Window

QUARTERS: Final = 4
DEVIATIONS = frozenset({"order_value_std", "margin_rate_std", "growth_std", "growth_orders"})
_SMALLEST = 1e-4  # sums of whole numbers of this are exact, in whatever order the lines come

Values = NDArray[np.floating]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class _Orders:
    """One entry per order: place of its customer in ``names``, first day, money, and cost (NaN where not all known)."""

    names: pa.Array
    customer: Codes
    day: Codes
    amount: Values
    cost: Values | None

    def since(self, after: date) -> _Orders:
        """Those first ordered after a day."""
        kept = self.day > _number(after)
        cost = None if self.cost is None else self.cost[kept]
        return _Orders(self.names, self.customer[kept], self.day[kept], self.amount[kept], cost)

    def summed(self, values: Values, among: NDArray[np.bool_] | None = None) -> Values:
        """Sum by customer."""
        customer = self.customer if among is None else self.customer[among]
        sums: Values = np.bincount(customer, values if among is None else values[among], len(self.names)).astype(float)
        return sums


def deviations(sold: pa.Table, window: Window, asked: Collection[str]) -> pd.DataFrame:
    """Positive lines (``customer_id``, ``order_date``, ``amount``, ``cost`` and ``order_id`` where there are any) →
    one row per customer, indexed by ``customer_id``.

    ``order_value_std``: sample deviation of the order values in the window; untold below two orders.
    ``margin_rate_std``: the same of the orders' margin rates, each order weighed by its money. ``growth_std``: of the
    changes of the window's four quarters against those of the window before, in quarters of that window's sales;
    ``growth_orders``: orders in both windows. Untold where nothing stands behind it.
    """
    both = _by_order(sold.filter(pc.greater(sold["order_date"], window.prior)))
    inside = both.since(window.start)
    figures: dict[str, Values] = {}
    if "order_value_std" in asked:
        figures["order_value_std"] = _order_values(inside)
    if "margin_rate_std" in asked and inside.cost is not None:
        figures["margin_rate_std"] = _margin_rates(inside, inside.cost)
    if "growth_std" in asked:
        figures["growth_std"], figures["growth_orders"] = _growths(both, window)
    table = pd.DataFrame(figures, index=pd.Index(both.names.to_pylist(), name="customer_id"))
    return table.dropna(how="all")


def _by_order(sold: pa.Table) -> _Orders:
    """An order without a number is the customer's day; orders of a customer come in an order of their own."""
    who, names = _coded(sold["customer_id"])
    day = sold["order_date"].cast(pa.int32()).to_numpy().astype(np.int64)
    number = _coded(sold["order_id"])[0] if "order_id" in sold.column_names else day - day.min(initial=0)
    keys, order = np.unique(who * (number.max(initial=0) + 1) + number, return_inverse=True)
    customer = keys // (number.max(initial=0) + 1)
    first = np.full(keys.size, np.iinfo(np.int64).max)
    np.minimum.at(first, order, day)
    amount = np.bincount(order, _whole(sold["amount"]), keys.size) * _SMALLEST
    cost = None
    if "cost" in sold.column_names:
        cost = np.bincount(order, _whole(sold["cost"]), keys.size) * _SMALLEST
    place = np.lexsort((*(() if cost is None else (cost,)), first, amount, customer))
    return _Orders(names, customer[place], first[place], amount[place], None if cost is None else cost[place])


def _order_values(orders: _Orders) -> Values:
    count = orders.summed(np.ones(orders.customer.size))
    mean = _divided(orders.summed(orders.amount), count)
    squares = orders.summed((orders.amount - mean[orders.customer]) ** 2)
    return np.sqrt(_divided(squares, count - 1))


def _margin_rates(orders: _Orders, cost: Values) -> Values:
    """Deviation of the margin rates around the customer's own, whose mean weighed by money is its margin rate."""
    told = np.isfinite(cost)
    count, money = orders.summed(np.ones(told.size), told), orders.summed(orders.amount, told)
    rate = _divided(orders.summed(orders.amount - cost, told), money)
    apart = orders.amount * ((orders.amount - cost) / orders.amount - rate[orders.customer]) ** 2
    return np.sqrt(_divided(_divided(orders.summed(apart, told), money) * count, count - 1))


def _growths(orders: _Orders, window: Window) -> tuple[Values, Values]:
    """Quarters of both windows side by side: their mean change is the growth of the whole."""
    late = orders.day > _number(window.start)
    begin = np.where(late, _number(window.start), _number(window.prior))
    end = np.where(late, _number(window.as_of), _number(window.start))
    quarter = np.minimum(-((begin - orders.day) * QUARTERS // (end - begin)), QUARTERS) - 1
    signed = np.where(late, orders.amount, -orders.amount)
    changes = np.array([orders.summed(signed, quarter == number) for number in range(QUARTERS)])
    before = orders.summed(orders.amount, ~late)
    steps = _divided(changes * QUARTERS, before)
    count = orders.summed(np.ones(orders.customer.size))
    return np.sqrt(steps.var(axis=0, ddof=1) * count / QUARTERS), np.where(count > 0, count, np.nan)


def _divided(part: Values, whole: Values) -> Values:
    """NaN where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)


def _coded(column: pa.ChunkedArray) -> tuple[Codes, pa.Array]:
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary


def _whole(money: pa.ChunkedArray) -> Values:
    return np.rint(money.to_numpy() / _SMALLEST)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
