"""The same metrics by Polars as well as one can write them: lazy, names as categories, money as whole cents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from tiering.metrics.windows import Window, window_of

NAMES = ("customer_id", "order_id", "category")


def polars_metrics(path: Path, as_of: Sequence[date]) -> pl.DataFrame:
    """One row per snapshot date and customer, sorted, with what `pandas_metrics` tells."""
    lines = pl.scan_parquet(path).select(
        pl.col("customer_id"),
        pl.col("order_id"),
        pl.col("category").cast(pl.Categorical),
        pl.col("order_date").alias("day"),
        *((pl.col(name) * 100).cast(pl.Int64).alias(name) for name in ("amount", "cost")),
    )
    days, orders, sales = pl.collect_all([_days(lines), _orders(lines), _sales(lines)], engine="streaming")
    return pl.concat([_snapshot(days, orders, sales, window_of(day, 12)) for day in as_of])


def _days(lines: pl.LazyFrame) -> pl.LazyFrame:
    """One row per customer and day, with the gap to the customer's sale day before."""
    sold = pl.col("amount").filter(pl.col("amount") > 0).sum()
    totals = lines.group_by("customer_id", "day").agg(
        pl.col("amount").sum().alias("net"), sold.alias("gross"), pl.col("cost").sum()
    )
    sale_day = pl.when(pl.col("gross") > 0).then(pl.col("day"))
    before = sale_day.forward_fill().shift(1).over("customer_id")
    return totals.sort("customer_id", "day").with_columns((sale_day - before).dt.total_days().alias("gap"))


def _orders(lines: pl.LazyFrame) -> pl.LazyFrame:
    """One row per order: its customer and the day of its first sale."""
    return lines.filter(pl.col("amount") > 0).group_by("customer_id", "order_id").agg(pl.col("day").min())


def _sales(lines: pl.LazyFrame) -> pl.LazyFrame:
    """One row per customer, category and day with sales."""
    return lines.filter(pl.col("amount") > 0).group_by("customer_id", "category", "day").agg(pl.col("amount").sum())


def _snapshot(days: pl.DataFrame, orders: pl.DataFrame, sales: pl.DataFrame, window: Window) -> pl.DataFrame:
    day = pl.col("day")
    plan = (
        days.lazy()
        .filter(day <= window.as_of)
        .group_by("customer_id")
        .agg(*_money(window), *_rhythm(), _months(window))
        .join(_counted(orders, window), on="customer_id", how="left")
        .join(_breadth(sales, window), on="customer_id", how="left")
        .with_columns(
            pl.lit(window.as_of).alias("as_of"),
            (pl.col("annual_revenue") / pl.col("prior_revenue") - 1).alias("growth"),
            (pl.lit(window.as_of) - pl.col("last_order")).dt.total_days().alias("recency_days"),
        )
        .sort("customer_id")
    )
    return plan.collect()


def _money(window: Window) -> list[pl.Expr]:
    day, net = pl.col("day"), pl.col("net")
    year = day > window.start
    return [
        (net.sum() / 100).alias("revenue"),
        (pl.col("gross").sum() / 100).alias("gross_revenue"),
        (net.filter(year).sum() / 100).alias("annual_revenue"),
        (pl.col("gross").filter(year).sum() / 100).alias("annual_gross"),
        (pl.col("cost").filter(year).sum() / 100).alias("annual_cost"),
        (net.filter(day > window.half).sum() / 100).alias("recent_half_revenue"),
        (net.filter((day > window.prior) & (day <= window.start)).sum() / 100).alias("prior_revenue"),
    ]


def _rhythm() -> list[pl.Expr]:
    gap = pl.col("gap")
    return [gap.count().alias("gaps"), gap.mean().alias("gap_mean_days"), gap.std().alias("gap_std_days")]


def _months(window: Window) -> pl.Expr:
    sold = (pl.col("gross") > 0) & (pl.col("day") > window.start)
    return pl.col("day").filter(sold).dt.truncate("1mo").n_unique().alias("active_months")


def _counted(orders: pl.DataFrame, window: Window) -> pl.LazyFrame:
    day = pl.col("day")
    return (
        orders.lazy()
        .filter(day <= window.as_of)
        .group_by("customer_id")
        .agg(
            pl.len().alias("orders"),
            day.min().alias("first_order"),
            day.max().alias("last_order"),
            (day > window.start).sum().alias("annual_orders"),
        )
    )


def _breadth(sales: pl.DataFrame, window: Window) -> pl.LazyFrame:
    sold = pl.col("amount")
    return (
        sales.lazy()
        .filter((pl.col("day") > window.start) & (pl.col("day") <= window.as_of))
        .group_by("customer_id", "category")
        .agg(sold.sum())
        .group_by("customer_id")
        .agg(
            pl.len().alias("categories"),
            (sold.max() / sold.sum()).alias("top_category_share"),
            pl.col("category").sort_by([-sold, pl.col("category").cast(pl.String)]).first().alias("top_category"),
        )
    )
