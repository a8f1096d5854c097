"""The customer table: what the orders tell and what the customers file says, one row per customer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from tiering.indicators.catalogue import CATALOGUE
from tiering.indicators.levels import ORDERED_COLUMNS
from tiering.metrics.customer_table import COLUMNS

# What the metrics cannot tell when the orders lack a column, whatever they say of customers without any line.
MADE_FROM: dict[str, tuple[str, ...]] = {
    "cost": ("margin", "margin_rate"),
    "category": ("categories", "top_category", "top_category_share"),
}
_WORDS = {"as_of", "customer_id", "first_order", "last_order", "top_category", *ORDERED_COLUMNS}
NUMBERS = frozenset({*COLUMNS, *(indicator.key for indicator in CATALOGUE)} - _WORDS)


def customer_table(
    metrics: pd.DataFrame | None,
    customers: pa.Table | None,
    as_of: date | None,
    revenue: Literal["net", "gross"] = "net",
    lines: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Metrics of one date + customers file → one row per customer, biggest annual revenue first.

    Customers of either source are kept: one who never bought has missing order columns, one who is not in the
    customers file has missing attributes. Where both sources hold a column, the orders win. Equal revenues are in
    code-point order of ``customer_id``, so the row order of the files changes nothing. A column of the customers
    file under the name of a figure is read as numbers; a word in it is missing. ``lines`` are further figures of the
    order lines, one row per ``customer_id``. An earlier first order in the customers file makes the tenure longer.
    """
    attributes = None if customers is None else _with_numbers(customers.to_pandas(date_as_object=True))
    if metrics is None:
        table = _from_attributes(attributes, as_of)
    else:
        told = _by_basis(metrics, revenue)
        told = told if lines is None else told.merge(lines, on="customer_id", how="left", sort=False)
        table = _with_attributes(told, attributes, as_of)
    return _biggest_first(with_ratios(table, as_of))


def supported_metrics(orders: pa.Table, metrics: pd.DataFrame) -> pd.DataFrame:
    """Metrics without the columns that nothing in the orders stands behind (no cost: no margin)."""
    told = {name for name in orders.column_names if orders[name].null_count < orders.num_rows}
    return without_unsupported(metrics, told)


def without_unsupported(metrics: pd.DataFrame, told: Collection[str]) -> pd.DataFrame:
    """Metrics without what needs a column of the orders that is not among those ``told``."""
    untold = [column for source, columns in MADE_FROM.items() if source not in told for column in columns]
    return metrics.drop(columns=untold)


def _with_numbers(attributes: pd.DataFrame) -> pd.DataFrame:
    words = [name for name in attributes if name in NUMBERS and not pd.api.types.is_numeric_dtype(attributes[name])]
    return attributes.assign(**{name: pd.to_numeric(attributes[name], errors="coerce") for name in words})


def _by_basis(metrics: pd.DataFrame, revenue: Literal["net", "gross"]) -> pd.DataFrame:
    """Metrics with ``revenue`` and ``annual_revenue`` on the chosen basis; growth stays net."""
    if revenue == "net":
        return metrics.drop(columns="as_of")
    orders = metrics["annual_orders"].where(metrics["annual_orders"] > 0)
    return metrics.drop(columns="as_of").assign(
        revenue=metrics["gross_revenue"],
        annual_revenue=metrics["annual_gross"],
        average_order_value=metrics["annual_gross"] / orders,
    )


def _with_attributes(metrics: pd.DataFrame, attributes: pd.DataFrame | None, as_of: date | None) -> pd.DataFrame:
    if attributes is None:
        return metrics
    own = ["customer_id", *(name for name in attributes.columns if name not in metrics.columns)]
    table = metrics.merge(attributes[own], on="customer_id", how="outer", sort=False)
    if "first_order" not in attributes or as_of is None:
        return table
    since = table["customer_id"].map(attributes.set_index("customer_id")["first_order"])
    earlier = (pd.Timestamp(as_of) - pd.to_datetime(since)).dt.days.astype("float64")
    # who never ordered has no tenure to be judged by
    longer = table["tenure_days"].notna() & (earlier > table["tenure_days"])
    return table.assign(tenure_days=table["tenure_days"].where(~longer, earlier))


def _from_attributes(attributes: pd.DataFrame | None, as_of: date | None) -> pd.DataFrame:
    """Customer columns under the names the orders would have given; absent ones stay absent."""
    if attributes is None:
        return pd.DataFrame({"customer_id": pd.Series(dtype=str), "revenue": pd.Series(dtype=float)})
    table = attributes.copy()
    if "annual_revenue" in table:
        table["revenue"] = table["annual_revenue"]
    if {"annual_revenue", "annual_orders"} <= set(table):
        table["average_order_value"] = table["annual_revenue"] / table["annual_orders"].where(
            table["annual_orders"] > 0
        )
    for source, days in (("last_order", "recency_days"), ("first_order", "tenure_days")):
        if source in table and as_of is not None:
            table[days] = (pd.Timestamp(as_of) - pd.to_datetime(table[source])).dt.days.astype("float64")
    return table


def _biggest_first(table: pd.DataFrame) -> pd.DataFrame:
    money = table["annual_revenue"] if "annual_revenue" in table else pd.Series(0.0, index=table.index)
    by_id = np.argsort(table["customer_id"].to_numpy(dtype=object), kind="stable")
    by_money = np.argsort(-money.fillna(0.0).to_numpy()[by_id], kind="stable")
    return table.iloc[by_id[by_money]].reset_index(drop=True)


def with_ratios(table: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Customer table → the same with further columns where their parts are there.

    ``gap_variation``: deviation of the gaps by their mean; ``silence``: recency in own gaps, both from three gaps
    on; ``trend``: half-year trend −1..1; ``retention``: share of the revenue of the window before that was kept,
    0..1; ``wallet_share``: annual revenue by wallet; ``contract_days``: days left of the contract. A column of the
    customers file stands where there are no parts.
    """
    told = {**_rhythm(table), **_trend(table), **_retention(table), **_wallet(table), **_contract(table, as_of)}
    return table.assign(**{name: _filled(values, table, name) for name, values in told.items()})


def _filled(values: pd.Series, table: pd.DataFrame, name: str) -> pd.Series:
    return values.fillna(table[name]) if name in FROM_EITHER & set(table) else values


FROM_EITHER = {"retention", "wallet_share", "contract_days"}


def _rhythm(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"gaps", "gap_mean_days", "gap_std_days", "recency_days"} <= set(table):
        return {}
    gap = table["gap_mean_days"].where((table["gaps"] >= 3) & (table["gap_mean_days"] > 0))
    return {"gap_variation": table["gap_std_days"] / gap, "silence": table["recency_days"] / gap}


def _trend(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"recent_half_revenue", "earlier_half_revenue"} <= set(table):
        return {}
    recent = table["recent_half_revenue"].clip(lower=0)
    earlier = table["earlier_half_revenue"].clip(lower=0)
    total = recent + earlier
    return {"trend": (recent - earlier) / total.where(total > 0)}


def _retention(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"annual_revenue", "growth", "prior_revenue"} <= set(table):
        return {}
    # growth is told only where the data cover the window before
    return {"retention": (table["growth"] + 1).clip(0, 1)}


def _wallet(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"annual_revenue", "wallet"} <= set(table):
        return {}
    return {"wallet_share": table["annual_revenue"] / table["wallet"].where(table["wallet"] > 0)}


def _contract(table: pd.DataFrame, as_of: date | None) -> dict[str, pd.Series]:
    if "contract_end" not in table or as_of is None:
        return {}
    left = pd.to_datetime(table["contract_end"], errors="coerce") - pd.Timestamp(as_of)
    return {"contract_days": left.dt.days.astype("float64")}
