"""What the values of a column are, as far as writing them goes: which decimals, which cell format."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd

from tiering.dataset import Dataset
from tiering.indicators.catalogue import CATALOGUE, Unit
from tiering.indicators.shrinkage import BASES

Kind = Literal["text", "date", "score", "money", "share", "count", "ratio", "number"]

COMPUTED_DECIMALS = 6
MOST_MONEY_DECIMALS = 6

_OF_UNIT: dict[Unit, Kind] = {
    "money": "money",
    "share": "share",
    "count": "count",
    "days": "count",
    "months": "count",
    "ratio": "ratio",
    "level": "number",
    "grade": "number",
    "number": "number",
}
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("score", "score_before", "score_after"), "score"),
    **{indicator.key: _OF_UNIT[indicator.unit] for indicator in CATALOGUE},
    **dict.fromkeys(("revenue", "gross_revenue", "annual_gross", "annual_returns", "prior_revenue"), "money"),
    **dict.fromkeys(("recent_half_revenue", "earlier_half_revenue"), "money"),
    **dict.fromkeys(("orders", "gaps"), "count"),
    **dict.fromkeys(("gap_mean_days", "gap_std_days", "gap_log_mean"), "ratio"),
    "money": "money",
    "customers": "count",
    "margin_rate": "share",
    **{f"own_share_{key}": "share" for key in BASES},
}


def kind_of(column: pd.Series) -> Kind:
    """Kind of a column by its type and, for numbers, its machine name; the file's own numbers are ``number``."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    if pd.api.types.is_numeric_dtype(column):
        return _KINDS.get(str(column.name), "number")
    known = column.dropna()
    return "date" if len(known) and known.map(lambda cell: isinstance(cell, date)).all() else "text"


def decimals_of(kind: Kind, money_decimals: int) -> int | None:
    """Decimals to which figures of a kind are rounded, None where they stay as the file has them."""
    if kind == "money":
        return money_decimals
    return {"score": 3, "number": None}.get(kind, COMPUTED_DECIMALS)


def money_decimals(dataset: Dataset) -> int:
    """Decimals that money of this data needs, 2 to 6: those of the amounts, or of the customers' annual revenue."""
    if dataset.orders is not None:
        return min(max(2, int(dataset.orders.schema.field("amount").type.scale)), MOST_MONEY_DECIMALS)
    if dataset.customers is None or "annual_revenue" not in dataset.customers.column_names:
        return 2
    revenue = dataset.customers["annual_revenue"].to_pandas().dropna()
    exact = (places for places in range(2, MOST_MONEY_DECIMALS) if (revenue.round(places) == revenue).all())
    return next(exact, MOST_MONEY_DECIMALS)
