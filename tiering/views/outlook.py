"""What a customer would have to order by the end of the review quarter to rise, or to keep its tier.

Nothing is estimated: the orders are added to the customer's own, the window moves on to that day, and the customer is
tiered again on today's scales and lines, rules included.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor, log10

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Dataset
from tiering.evaluate import Tiering, customer_base, tier_customers
from tiering.ingest.clean.side_tables.figures import with_figures
from tiering.scenario.exceptions import Ledger

LEAST_DAYS = 30  # a review that is nearer leaves no time to act: the next one is meant
MOST_ORDERS = 8
DOUBLINGS = range(-3, 7)  # sums tried first, in usual order values
FINE = 20


@dataclass(frozen=True)
class Extra:
    """Orders added to a customer's own: on which days, and of what value each."""

    days: tuple[date, ...] = ()
    value: float = 0.0


@dataclass(frozen=True)
class Goal:
    """The least that leads to ``tier`` (number): so many more orders of usual value, or one sum; None where neither."""

    tier: int
    orders: int | None
    money: float | None


@dataclass(frozen=True)
class Outlook:
    """One customer up to ``by``.

    ``usual``: its usual order value; ``pace``: orders it usually places in that time; ``idle``: tier number if it
    orders nothing more; ``rise``: what leads to a better tier than today's; ``keep``: what it takes not to fall.
    """

    by: date
    usual: float
    pace: float
    now: int
    idle: int
    rise: Goal | None
    keep: Goal | None


def review_day(as_of: date) -> date:
    """The last day of the quarter, or of the next where fewer than 30 days are left."""
    month = (as_of.month + 2) // 3 * 3
    end = date(as_of.year, month, monthrange(as_of.year, month)[1])
    return end if (end - as_of).days >= LEAST_DAYS else review_day(end + timedelta(days=1))


def outlook(dataset: Dataset, tiering: Tiering, row: int) -> Outlook | None:
    """Orders + tiers → what the customer in ``row`` needs by the review day.

    None without orders of its own, and without a tier. A mean that is drawn towards that of all is so here as well:
    every order added is history of one's own.
    """
    as_of, now = tiering.base.as_of, _ruled_tier(tiering, row)
    if dataset.orders is None or as_of is None or now == len(tiering.scenario.tiers):
        return None
    own = _own_lines(dataset.orders, str(tiering.base.customers["customer_id"].iloc[row]), as_of)
    usual, a_day = _habits(own, as_of)
    if usual <= 0:
        return None
    by = review_day(as_of)
    told = with_figures(dataset, as_of, tiering.scenario.window_months)
    trial = Trial(told, tiering, row, own, by)
    orders = [Extra(_spread(as_of, by, number), usual) for number in range(MOST_ORDERS + 1)]
    sums = [Extra((by,), _sayable(usual * 2.0**power)) for power in DOUBLINGS]
    tiers = trial.tiers([*orders, *sums])
    tried = (tiers[: len(orders)], sums, tiers[len(orders) :])
    idle = tiers[0]
    rise = _goal(trial, tried, now - 1) if now > 0 else None
    keep = _goal(trial, tried, now) if idle > now else None
    return Outlook(by, usual, a_day * (by - as_of).days, now, idle, rise, keep)


@dataclass(frozen=True)
class Trial:
    """A customer's own lines up to today, to be tiered on ``by`` with some orders more."""

    dataset: Dataset
    tiering: Tiering
    row: int
    own: pa.Table
    by: date

    def tiers(self, extras: Sequence[Extra]) -> list[int]:
        """Tier number by rule under each of ``extras``, on today's scales and lines; one pass for all of them."""
        names = [f"{number:04d}" for number in range(len(extras))]
        lines = [_with_extra(self.own, name, extra) for name, extra in zip(names, extras, strict=True)]
        orders = pa.concat_tables(lines)
        tried = replace(self.dataset, orders=orders, customers=self._attributes(names))
        tiering, newcomers = self.tiering, self.tiering.scenario.newcomers
        begun = newcomers.orders_from or orders_begin(self.dataset)
        same = {
            "anchors": dict(tiering.base.matrix.anchors),
            "ledger": Ledger(),
            "newcomers": newcomers.model_copy(update={"data_from": newcomers.data_from or begun, "orders_from": begun}),
        }
        scenario = tiering.scenario.model_copy(update=same)
        base = customer_base(tried, scenario, self.by)
        found = tier_customers(base, scenario, tiering.positions or None).tiers
        tier_of = dict(zip(base.customers["customer_id"], found.tolist(), strict=True))
        return [int(tier_of[name]) for name in names]

    def _attributes(self, names: list[str]) -> pa.Table | None:
        customers = self.dataset.customers
        if customers is None:
            return None
        who = str(self.tiering.base.customers["customer_id"].iloc[self.row])
        own = customers.filter(pc.equal(customers["customer_id"], who))
        return pa.concat_tables([_under(own, name) for name in names])


def orders_begin(dataset: Dataset) -> date | None:
    """The first day of the data: what tells a new customer from one whose earlier orders are not in the file."""
    return dataset.first_order_date


def _goal(trial: Trial, tried: tuple[list[int], list[Extra], list[int]], wanted: int) -> Goal | None:
    """The least of what was tried that leads to ``wanted`` or better; sums are looked at more closely."""
    by_orders, sums, by_money = tried
    orders = next((number for number, tier in enumerate(by_orders) if tier <= wanted), None)
    reached = next((place for place, tier in enumerate(by_money) if tier <= wanted), None)
    if orders is None and reached is None:
        return None
    money = None if reached is None else _finer(trial, sums, reached, wanted)
    tier = by_orders[orders] if orders is not None else by_money[reached or 0]
    return Goal(tier, orders, money)


def _finer(trial: Trial, sums: list[Extra], reached: int, wanted: int) -> float:
    """The smallest sum, in two figures, between the last that fell short and the first that did not."""
    high = sums[reached].value
    if not reached:  # an eighth of a usual order is enough: less is no order
        return high
    low = sums[reached - 1].value
    between = sorted({_sayable(low + (high - low) * step / FINE) for step in range(1, FINE)} - {low, high})
    tiers = trial.tiers([Extra((trial.by,), value) for value in between]) if between else []
    return next((value for value, tier in zip(between, tiers, strict=True) if tier <= wanted), high)


def _ruled_tier(tiering: Tiering, row: int) -> int:
    base = tiering.base_tiers
    return int(base[row] if tiering.adjustments is None else tiering.adjustments.by_rule(base)[row])


def _own_lines(orders: pa.Table, who: str, as_of: date) -> pa.Table:
    own = pc.and_(pc.equal(orders["customer_id"], who), pc.less_equal(orders["order_date"], as_of))
    return orders.filter(own).combine_chunks()


def _habits(own: pa.Table, as_of: date) -> tuple[float, float]:
    """Median value of the customer's orders of the last year (of all, where there was none), and orders a day."""
    lines = own.select(["order_date", "amount"]).to_pandas()
    lines["order"] = own["order_id"].to_pandas() if "order_id" in own.column_names else lines["order_date"]
    lines["amount"] = lines["amount"].astype(float)
    orders = lines[lines["amount"] > 0].groupby("order").agg(day=("order_date", "min"), value=("amount", "sum"))
    late = orders[orders["day"] > as_of - timedelta(days=365)]
    if orders.empty:
        return 0.0, 0.0
    value = (late if len(late) else orders)["value"].median()
    return float(value), len(late) / 365


def _spread(as_of: date, by: date, number: int) -> tuple[date, ...]:
    """Days for so many orders, evenly up to the last day."""
    days = (by - as_of).days
    return tuple(as_of + timedelta(days=ceil(days * place / number)) for place in range(1, number + 1))


def _with_extra(own: pa.Table, name: str, extra: Extra) -> pa.Table:
    """The customer's lines under another id, and the orders added: of its most bought category, at its usual cost."""
    lines = _under(own, name)
    if not extra.days:
        return lines
    share = _cost_share(own)
    added: dict[str, list[object]] = {
        "customer_id": [name] * len(extra.days),
        "order_date": list(extra.days),
        "amount": [_money(extra.value, own.schema.field("amount").type)] * len(extra.days),
        "order_id": [f"{name}+{number}" for number in range(len(extra.days))],
    }
    if share is not None:
        added["cost"] = [_money(extra.value * share, own.schema.field("cost").type)] * len(extra.days)
    for column in {"category", "product"} & set(own.column_names):
        added[column] = [_most_common(own[column])] * len(extra.days)
    columns = [pa.array(added.get(field.name, [None] * len(extra.days)), type=field.type) for field in own.schema]
    return pa.concat_tables([lines, pa.table(columns, schema=own.schema)])


def _under(table: pa.Table, name: str) -> pa.Table:
    place = table.column_names.index("customer_id")
    field = table.schema.field(place)
    return table.set_column(place, field, pa.array([name] * table.num_rows, type=field.type))


def _cost_share(own: pa.Table) -> float | None:
    if "cost" not in own.column_names or own["cost"].null_count == own.num_rows:
        return None
    amount, cost = (float(pc.sum(own[name]).as_py() or 0) for name in ("amount", "cost"))
    return cost / amount if amount > 0 else None


def _most_common(column: pa.ChunkedArray) -> str | None:
    counts = column.drop_null().value_counts().to_pylist()
    best = max(counts, key=lambda found: (found["counts"], str(found["values"])), default=None)
    return None if best is None else best["values"]


def _money(value: float, money: pa.DataType) -> Decimal:
    return Decimal(f"{value:.{money.scale}f}")


def _sayable(value: float) -> float:
    """Two figures, rounded up: a sum people can say."""
    if value <= 0:
        return 0.0
    step = 10.0 ** (floor(log10(value)) - 1)
    return ceil(round(value / step, 6)) * step
