"""What the data could give for each ready indicator, and which columns an own one can be made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tiering.indicators.catalogue import CATALOGUE, Indicator
from tiering.indicators.deviations import DEVIATIONS
from tiering.indicators.from_lines import PRODUCT_FIGURES
from tiering.indicators.matrix import raw_values
from tiering.metrics.customer_table import COLUMNS

MOST_WORDS = 40
_NOT_MEASURES = frozenset(
    {*COLUMNS, *DEVIATIONS, "customer_id", "customer_name", "parent_id", "owner", "contract_end"}
    | {indicator.key for indicator in CATALOGUE}
)


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
