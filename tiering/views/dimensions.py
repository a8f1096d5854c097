"""The sides from which customers can be sorted into classes: tier, size, industry, value, frequency and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import CustomerBase, Tiering
from tiering.indicators.levels import ordered_level

Codes = NDArray[np.integer]
VALUE_BANDS = ("value_none", "value_low", "value_middle", "value_high")
FREQUENCY_BANDS = ("orders_0", "orders_1", "orders_2", "orders_4", "orders_12")
FREQUENCY_FLOORS = (1, 2, 4, 12)
ATTRIBUTES = ("size", "industry", "region", "city", "decision_chain", "stage", "owner", "top_category")
MOST_CLASSES = 12
OTHER = "other"


@dataclass(frozen=True)
class Dimension:
    """One side: ``codes`` (n,) into ``classes``, −1 where not known.

    ``classes`` are words of the file, or keys of texts where ``is_worded``.
    """

    key: str
    codes: Codes
    classes: Sequence[str]
    is_worded: bool = False


def dimensions(tiering: Tiering) -> dict[str, Dimension]:
    """All sides the customers of a tiering can be seen from, by key."""
    return {"tier": tier_dimension(tiering)} | base_dimensions(tiering.base)


def tier_dimension(tiering: Tiering) -> Dimension:
    """The tiers; who has none is not known."""
    return Dimension("tier", _tier_codes(tiering), tiering.scenario.tiers)


def base_dimensions(base: CustomerBase) -> dict[str, Dimension]:
    """The sides that no weight or line changes."""
    customers = base.customers
    found = [attribute(customers[key], key) for key in ATTRIBUTES if key in customers]
    if "annual_revenue" in customers:
        found.append(value_bands(base.revenue))
    if "annual_orders" in customers:
        found.append(frequency_bands(customers["annual_orders"].to_numpy(dtype=np.float64)))
    return {dimension.key: dimension for dimension in found if len(dimension.classes)}


def attribute(column: pd.Series, key: str) -> Dimension:
    """A column of words as classes: sizes from large to small, others by number of customers; blanks are not known."""
    codes, words = pd.factorize(column)
    counts = np.bincount(codes[codes >= 0], minlength=len(words))
    if key == "size":
        ranks = ordered_level(pd.Series(words, dtype=object), "size").fillna(-1).to_numpy()
        order = np.lexsort((-counts, -ranks))
    else:
        order = np.argsort(-counts, kind="stable")
    place = np.empty(len(words) + 1, dtype=np.int64)
    place[order], place[-1] = np.arange(len(words)), -1
    return Dimension(key, place[codes], [str(words[number]) for number in order])


def value_bands(revenue: NDArray[np.float64]) -> Dimension:
    """None, and thirds of the customers with revenue; equal revenues are together."""
    positive = revenue[revenue > 0]
    limits = np.quantile(positive, [1 / 3, 2 / 3]) if positive.size else np.array([0.0, 0.0])
    codes = np.where(revenue > 0, 1 + np.searchsorted(limits, revenue, side="left"), 0)
    return Dimension("value", codes, VALUE_BANDS, is_worded=True)


def frequency_bands(orders: NDArray[np.float64]) -> Dimension:
    """Orders in the window: none, 1, 2 or 3, 4 to 11, 12 and more; who never ordered has none."""
    codes = np.searchsorted(FREQUENCY_FLOORS, np.nan_to_num(orders), side="right")
    return Dimension("frequency", codes, FREQUENCY_BANDS, is_worded=True)


def shortened(dimension: Dimension, most: int = MOST_CLASSES) -> Dimension:
    """Classes beyond the first ``most − 1`` as one, `OTHER`."""
    if len(dimension.classes) <= most:
        return dimension
    codes = np.where(dimension.codes >= most - 1, most - 1, dimension.codes)
    return replace(dimension, codes=codes, classes=[*dimension.classes[: most - 1], OTHER])


def _tier_codes(tiering: Tiering) -> Codes:
    tiers = tiering.tiers.astype(np.int64)
    return np.where(tiers < len(tiering.scenario.tiers), tiers, -1)
