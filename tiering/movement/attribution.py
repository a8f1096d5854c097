"""Why a customer moved: each move split into four causes that add up to it exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.evaluate import CustomerBase, Tiering, base_of_metrics, tier_customers
from tiering.ingest.clean.side_tables.figures import with_figures
from tiering.movement.chain import metrics_at, rows_of
from tiering.scenario import Scenario

CAUSES: Final = ("window", "behaved", "rule", "others")
AGAIN = "\u21bb"  # marks the number of an order that is supposed to be placed once more
PARTS = 5  # of the work, for its progress

Rows = NDArray[np.intp]
Points = NDArray[np.int32]
Steps = NDArray[np.int8]


@dataclass(frozen=True)
class Attribution:
    """n customers with a tier at both dates, in the order of the later date's customer base.

    Attributes
    ----------
    points
        (4, n) change of the score by cause, in the order of ``CAUSES``, in thousandths of a point; zeros where a
        score is missing at either end. The sum over the causes is ``milli[1] - milli[0]``.
    steps
        (4, n) change of the tier by cause, in tiers, up is positive. The sum is ``tiers[0] - tiers[1]``.
    milli, tiers, revenue
        (2, n) score, tier number and annual revenue at the two dates.
    """

    customer_ids: NDArray[np.object_]
    points: Points
    steps: Steps
    milli: Points
    tiers: Steps
    revenue: NDArray[np.float64]

    @property
    def moved(self) -> Rows:
        """Rows of the customers in another tier than before, most money concerned first."""
        rows = np.flatnonzero(self.tiers[0] != self.tiers[1])
        return rows[np.argsort(-self.revenue.max(axis=0)[rows], kind="stable")]


@dataclass(frozen=True)
class Span:
    """Two dates, and the scenario (completed) that was the rule at each of them."""

    start: date
    end: date
    rule_before: Scenario
    rule_after: Scenario


def attribution(dataset: Dataset, span: Span, progress: Callable[[float], None] | None = None) -> Attribution:
    """Data with orders + two dates with their rules → every move, split into four causes.

    The way from the first score to the second goes through three states that nobody has seen but anybody can check,
    each of them tiered as any other; a cause is the difference between two neighbours on the way, so that the four
    add up by construction, per customer and in sum:

    ``window``
        What would have happened anyway: the customer goes on exactly as in the time before (the orders of an equally
        long time up to the first date are placed once more), older orders leave the window, time passes. Rule, scale
        and lines as on the first date.
    ``behaved``
        What the customer really ordered instead. Rule, scale and lines still as on the first date.
    ``rule``
        The later rule instead of the earlier one, on the scale and with the lines it had on the first date.
    ``others``
        The scale and the lines of the later date: they moved because the other customers did. Zero where the scale
        is frozen and the lines are drawn by score.

    A customer for whom a state between gives no score keeps that of the state before. Customers without a tier at
    either date are left out: there is no move to split. What a customers file says is the same at both dates.
    """
    states = _states(dataset, span, progress or (lambda share: None))
    ids = states[-1].base.customers["customer_id"].to_numpy(dtype=object)
    places = [rows_of(ids, state.base) for state in states]
    count = len(span.rule_after.tiers)
    tiers = np.array([_taken(s.tiers, at, count) for s, at in zip(states, places, strict=True)])
    milli = np.array([_taken(s.scores.milli, at, -1) for s, at in zip(states, places, strict=True)])
    revenue = np.array([_taken(states[end].base.revenue, places[end], 0.0) for end in (0, -1)])
    known = (tiers[0] < count) & (tiers[-1] < count)
    return _split(ids[known], tiers[:, known], milli[:, known], revenue[:, known], count)


def main_cause(split: Attribution, rows: Rows) -> NDArray[np.intp]:
    """The cause (its place in ``CAUSES``) of most points in the direction of each move; of equals that of most tiers.

    The points are what a reader sees beside it; where no score tells, or no cause goes that way, the tiers decide.
    """
    way = np.sign(split.tiers[0, rows].astype(int) - split.tiers[1, rows])
    points, steps = split.points[:, rows] * way, split.steps[:, rows] * way
    told = points.max(axis=0) > 0
    return np.argmax(np.where(told, points * 10 + steps, steps), axis=0)


def repeated_lines(orders: pa.Table, start: date, end: date) -> pa.Table:
    """Order lines up to ``start``, and those of an equally long time up to it once more, in the time up to ``end``."""
    known = orders.filter(pc.less_equal(orders["order_date"], pa.scalar(start)))
    length = end - start
    recent = known.filter(pc.greater(known["order_date"], pa.scalar(start - length)))
    return pa.concat_tables([known, _placed_again(recent, length)])


def _placed_again(lines: pa.Table, later: timedelta) -> pa.Table:
    days = pc.add(lines["order_date"].cast(pa.int32()), pa.scalar(later.days, pa.int32())).cast(pa.date32())
    again = lines.set_column(lines.column_names.index("order_date"), lines.schema.field("order_date"), days)
    if "order_id" not in lines.column_names:
        return again
    numbers = pc.binary_join_element_wise(lines["order_id"].cast(pa.string()), AGAIN, "")
    return again.set_column(again.column_names.index("order_id"), lines.schema.field("order_id"), numbers)


def _states(dataset: Dataset, span: Span, progress: Callable[[float], None]) -> Sequence[Tiering]:
    """The five states on the way, first and last as they are."""
    before, after, days = span.rule_before, span.rule_after, [span.start, span.end]
    told = metrics_at(dataset, days, before)
    progress(1 / PARTS)
    first = _tiered(dataset, before, span.start, told[span.start])
    held = before.model_copy(update={"anchors": dict(first.base.matrix.anchors)})
    going_on = _going_on(dataset, span, before.window_months)
    again = metrics_at(going_on, [span.end], before)[span.end]
    progress(2 / PARTS)
    window = _tiered(going_on, held, span.end, again, first.positions)
    behaved = _tiered(dataset, held, span.end, told[span.end], first.positions)
    progress(3 / PARTS)
    if _read(after) != _read(before):
        told = metrics_at(dataset, days, after)
    earlier = _tiered(dataset, after, span.start, told[span.start])
    progress(4 / PARTS)
    moved = after.model_copy(update={"anchors": dict(earlier.base.matrix.anchors)})
    rule = _tiered(dataset, moved, span.end, told[span.end], earlier.positions)
    last = _tiered(dataset, after, span.end, told[span.end])
    progress(1.0)
    return first, window, behaved, rule, last


def _going_on(dataset: Dataset, span: Span, months: int) -> Dataset:
    assert dataset.orders is not None, "only orders tell of the past"
    dataset = with_figures(dataset, span.start, months)  # to pay or to call is behaviour, not the window
    return replace(dataset, orders=repeated_lines(dataset.orders, span.start, span.end))


def _tiered(
    dataset: Dataset, scenario: Scenario, day: date, metrics: pd.DataFrame, positions: tuple[int, ...] | None = None
) -> Tiering:
    base: CustomerBase = base_of_metrics(dataset, scenario, day, metrics)
    return tier_customers(base, scenario, positions)


def _taken(values: NDArray, rows: Rows, absent: float) -> NDArray:
    return np.where(rows >= 0, values[rows], np.asarray(absent, dtype=values.dtype))


def _split(
    ids: NDArray[np.object_], tiers: Steps, milli: Points, revenue: NDArray[np.float64], count: int
) -> Attribution:
    """The five states (5, n) → differences between neighbours."""
    carried_tiers = _carried(tiers, tiers < count)
    carried_milli = _carried(milli, milli >= 0)
    scored = (milli[0] >= 0) & (milli[-1] >= 0)
    points = np.where(scored, np.diff(carried_milli, axis=0), 0).astype(np.int32)
    steps = -np.diff(carried_tiers.astype(np.int16), axis=0).astype(np.int8)
    return Attribution(ids, points, steps, milli[[0, -1]], tiers[[0, -1]], revenue)


def _carried(states: NDArray, known: NDArray[np.bool_]) -> NDArray:
    """States in which something unknown keeps what was known in the state before."""
    carried = states.copy()
    for state in range(1, len(states)):
        carried[state] = np.where(known[state], states[state], carried[state - 1])
    return carried


def _read(scenario: Scenario) -> tuple[int, date | None]:
    """What of a scenario changes the metrics of a date."""
    return scenario.window_months, scenario.newcomers.orders_from
