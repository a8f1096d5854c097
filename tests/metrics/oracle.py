"""The definitions of the customer metrics once more, for one customer and date at a time, as plainly as possible."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from tests.metrics.orders import Line
from tiering.metrics.customer_table import COLUMNS


def expected_metrics(lines: Sequence[Line], as_of: Sequence[date], months: int) -> pd.DataFrame:
    """One row per snapshot date and customer with a line by then, by date, then by code point."""
    first_day = min(line.order_date for line in lines)
    rows = [
        expected_row([line for line in lines if line.customer_id == customer], day, months, first_day)
        for day in sorted(set(as_of))
        for customer in sorted({line.customer_id for line in lines if line.order_date <= day})
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"customer_id": str, "top_category": str})


def expected_row(own: Sequence[Line], as_of: date, months: int, first_day: date) -> dict[str, object]:
    start, prior = _back(as_of, months), _back(as_of, 2 * months)
    half = _back(as_of, months // 2) if months % 2 == 0 else as_of - (as_of - start) // 2
    so_far = [line for line in own if line.order_date <= as_of]
    window = [line for line in so_far if line.order_date > start]
    before = [line for line in so_far if prior < line.order_date <= start]
    orders = _order_days(so_far)
    return {
        "as_of": pd.Timestamp(as_of),
        "customer_id": own[0].customer_id,
        "revenue": _net(so_far),
        "gross_revenue": _gross(so_far),
        "first_order": pd.Timestamp(min(orders)) if orders else pd.NaT,
        "last_order": pd.Timestamp(max(orders)) if orders else pd.NaT,
        "recency_days": float((as_of - max(orders)).days) if orders else math.nan,
        "tenure_days": float((as_of - min(orders)).days) if orders else math.nan,
        "orders": len(orders),
        "prior_revenue": _net(before),
        "growth": _growth(window, before, first_day, start, prior),
        "active_months": len({(day.year, day.month) for day in _sale_days(window)}),
        "recent_half_revenue": _net([line for line in window if line.order_date > half]),
        "earlier_half_revenue": _net([line for line in window if line.order_date <= half]),
        **_annual(window, sum(day > start for day in orders)),
        **_gaps(_sale_days(so_far)),
        **_categories(window),
    }


def _back(day: date, months: int) -> date:
    return (pd.Timestamp(day) - pd.DateOffset(months=months)).date()


def _net(lines: Sequence[Line]) -> float:
    return float(sum((line.amount for line in lines), Decimal(0)))


def _gross(lines: Sequence[Line]) -> float:
    return _net([line for line in lines if line.amount > 0])


def _sale_days(lines: Sequence[Line]) -> list[date]:
    return sorted({line.order_date for line in lines if line.amount > 0})


def _order_days(lines: Sequence[Line]) -> list[date]:
    """Day of the first sale of each order."""
    sales = defaultdict(list)
    for line in lines:
        if line.amount > 0:
            sales[line.order_id or line.order_date].append(line.order_date)
    return [min(days) for days in sales.values()]


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _growth(window: Sequence[Line], before: Sequence[Line], first_day: date, start: date, prior: date) -> float:
    late_days = (first_day - prior).days - 1
    return _share(_net(window), _net(before)) - 1 if late_days <= (start - prior).days / 24 else math.nan


def _annual(window: Sequence[Line], orders: int) -> dict[str, object]:
    net, gross, returns = _net(window), _gross(window), -_net([line for line in window if line.amount < 0])
    costs = [line.cost for line in window]
    margin = math.nan if None in costs else float(sum((row.amount - row.cost for row in window), Decimal(0)))
    return {
        "annual_revenue": net,
        "annual_gross": gross,
        "annual_returns": returns,
        "annual_orders": orders,
        "average_order_value": _share(net, orders),
        "returns_share": _share(returns, gross),
        "margin": margin,
        "margin_rate": _share(margin, net),
    }


def _gaps(sale_days: Sequence[date]) -> dict[str, object]:
    gaps = [(later - earlier).days for earlier, later in pairwise(sale_days)]
    return {
        "gaps": len(gaps),
        "gap_mean_days": statistics.mean(gaps) if gaps else math.nan,
        "gap_std_days": statistics.stdev(gaps) if len(gaps) > 1 else math.nan,
        "gap_log_mean": statistics.mean(_whole_log(gap) for gap in gaps) if gaps else math.nan,
    }


def _whole_log(gap: int) -> float:
    return round(math.log(gap) * 2**24) / 2**24


def _categories(window: Sequence[Line]) -> dict[str, object]:
    sold: dict[str, Decimal] = defaultdict(Decimal)
    for line in window:
        if line.amount > 0 and line.category is not None:
            sold[line.category] += line.amount
    top = min(sold, key=lambda name: (-sold[name], name)) if sold else None
    return {
        "categories": float(len(sold)),
        "top_category": top,
        "top_category_share": _share(float(sold[top]), float(sum(sold.values()))) if top else math.nan,
    }
