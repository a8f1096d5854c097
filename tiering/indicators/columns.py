"""What the data could give for each indicator: columns of customers, and figures read from the order lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.decimals import doubles
from tiering.indicators.catalogue import CATALOGUE, Indicator
from tiering.indicators.deviations import DEVIATIONS, deviations
from tiering.indicators.matrix import raw_values
from tiering.metrics.customer_table import COLUMNS
from tiering.metrics.windows import Window, window_of

MOST_WORDS = 40
_NOT_MEASURES = frozenset(
    {*COLUMNS, *DEVIATIONS, "customer_id", "customer_name", "parent_id", "owner", "contract_end"}
    | {indicator.key for indicator in CATALOGUE}
)
PRODUCT_FIGURES = frozenset({"top_product_share", "new_product_share"})


@dataclass(frozen=True)
class OfferedColumn:
    """A column an own indicator can be made of; ``words`` are its different values where these are few, sorted."""

    name: str
    is_numeric: bool
    words: tuple[str, ...]


def offered_columns(customers: pd.DataFrame) -> tuple[OfferedColumn, ...]:
    """Columns of the customer table that are numbers, or words of which there are at most 40, in their order.

    Identifiers, dates and what is an indicator already stay out.
    """
    names = [str(name) for name in customers if name not in _NOT_MEASURES]
    offered = (_offered(customers[name], name) for name in names)
    return tuple(column for column in offered if column is not None)


def words_of(column: pd.Series) -> tuple[str, ...]:
    """Different words of a column in code-point order; none where there are more than 40 or fewer than 2."""
    distinct = {_word(word) for word in column.dropna().unique()} - {""}
    return tuple(sorted(distinct)) if 2 <= len(distinct) <= MOST_WORDS else ()


def known_shares(
    customers: pd.DataFrame, order_columns: Collection[str], indicators: Collection[Indicator]
) -> dict[str, float | None]:
    """Share of customers (0..1) of whom the data tells each indicator; None for one read from the lines on request."""
    shares: dict[str, float | None] = {}
    for indicator in indicators:
        known = float(np.isfinite(raw_values(customers, indicator)).mean()) if len(customers) else 0.0
        waits = indicator.key in PRODUCT_FIGURES and "product" in order_columns and indicator.source not in customers
        shares[indicator.key] = None if waits else known
    return shares


def _offered(column: pd.Series, name: str) -> OfferedColumn | None:
    if pd.api.types.is_datetime64_any_dtype(column) or not column.notna().any():
        return None
    numeric = bool(pd.api.types.is_numeric_dtype(column))
    words = words_of(column) if _is_words(column) or numeric else ()
    return OfferedColumn(name, numeric, words) if numeric or words else None


def _is_words(column: pd.Series) -> bool:
    return all(isinstance(word, str) for word in column.dropna())


def _word(word: object) -> str:
    text = str(int(word)) if isinstance(word, float) and word.is_integer() else str(word)
    return text.strip()


def line_figures(
    orders: pa.Table, as_of: date, window_months: int, asked: Collection[str], orders_from: date | None = None
) -> pd.DataFrame | None:
    """Order lines → one row per customer with sales in the window: ``customer_id`` and the figures of ``asked``.

    ``top_product_share``: the product sold most, as a share of sales. ``new_product_share``: products that nobody
    bought before the window; untold where the orders, known to begin at ``orders_from`` or with the first sale at hand,
    do not cover the window before. The others: see `deviations`.
    Returns are left out. None where the orders have nothing of it.
    """
    window = window_of(as_of, window_months)
    sold = _sold(orders, as_of)
    parts = []
    if not PRODUCT_FIGURES.isdisjoint(asked) and "product" in orders.column_names:
        parts.append(_product_figures(sold, window, orders_from).set_index("customer_id"))
    if not DEVIATIONS.isdisjoint(asked):
        parts.append(deviations(sold, window, asked))
    if not sum(part.shape[1] for part in parts):
        return None
    table = pd.concat(parts, axis=1)
    return table[[name for name in table if name in asked]].rename_axis("customer_id").reset_index()


def _sold(orders: pa.Table, as_of: date) -> pa.Table:
    """Positive lines up to the date, money as double: these are shares and deviations, not sums of money."""
    positive = pc.and_(pc.greater(orders["amount"], 0), pc.less_equal(orders["order_date"], as_of))
    names = ["customer_id", "order_date", "amount", *({"product", "order_id", "cost"} & set(orders.column_names))]
    sold = orders.select(names).filter(positive)
    for money in {"amount", "cost"} & set(names):
        sold = sold.set_column(names.index(money), money, pa.array(doubles(sold[money])))
    return sold


def _in_window(sold: pa.Table, window: Window) -> pa.Table:
    return sold.filter(pc.greater(sold["order_date"], window.start))


def _product_figures(sold: pa.Table, window: Window, orders_from: date | None) -> pd.DataFrame:
    first = sold.group_by("product").aggregate([("order_date", "min")])
    fresh = first.filter(pc.greater(first["order_date_min"], window.start))["product"]
    known = _in_window(sold, window)
    known = known.filter(known["product"].is_valid())
    by_product = known.group_by(["customer_id", "product"]).aggregate([("amount", "sum")]).sort_by("product")
    is_new = pc.is_in(by_product["product"], value_set=fresh.combine_chunks())
    amount = by_product["amount_sum"]
    by_product = by_product.append_column("new", pc.if_else(is_new, amount, 0.0))
    totals = by_product.group_by("customer_id").aggregate(
        [("amount_sum", "sum"), ("amount_sum", "max"), ("new", "sum")]
    )
    figures = totals.to_pandas().rename(columns={"amount_sum_sum": "all", "amount_sum_max": "top", "new_sum": "fresh"})
    told = window.is_preceded_by(orders_from or pc.min(sold["order_date"]).as_py())
    return pd.DataFrame(
        {
            "customer_id": figures["customer_id"],
            "top_product_share": figures["top"] / figures["all"],
            "new_product_share": figures["fresh"] / figures["all"] if told else np.nan,
        }
    )
