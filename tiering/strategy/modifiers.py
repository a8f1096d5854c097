"""Which adjustments of a playbook fit a customer: by size, industry, purchase frequency and decision chain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.levels import ordered_level
from tiering.ingest.meaning.class_words import class_words

Kinds = NDArray[np.object_]
MODIFIERS: dict[str, tuple[str, ...]] = {
    "size": ("small", "medium", "large"),
    "industry": ("manufacturing", "finance", "medical", "retail"),
    "frequency": ("high", "low"),
    "chain": ("short", "long"),
}
SIZES = ("small", "small", "medium", "large")  # by level: micro counts as small
OFTEN, SELDOM = 12, 3  # orders a year: monthly and more, and a project now and then; customary


def modifiers(customers: pd.DataFrame, window_months: int = 12) -> dict[str, Kinds]:
    """Customer table → for each side of `MODIFIERS` the kind of each customer (n,), empty where none fits.

    Between three and twelve orders a year no frequency stands out; a decision chain told in numbers has a scale we
    cannot know.
    """
    return {
        "size": _by_words(customers, "size", _size_of),
        "industry": _by_words(customers, "industry", _industry_of),
        "frequency": _frequency(customers, window_months),
        "chain": _by_words(customers, "decision_chain", _chain_of),
    }


def _by_words(customers: pd.DataFrame, column: str, kind_of: Callable[[str], str]) -> Kinds:
    """Kind of each customer by the distinct words of a column; a column of numbers tells none."""
    if column not in customers or pd.api.types.is_numeric_dtype(customers[column]):
        return np.full(len(customers), "", dtype=object)
    codes, distinct = pd.factorize(customers[column])
    kinds: Kinds = np.array([*(kind_of(str(word).strip().lower()) for word in distinct), ""], dtype=object)[codes]
    return kinds


def _size_of(word: str) -> str:
    level = ordered_level(pd.Series([word], dtype=object), "size").iloc[0]
    return "" if np.isnan(level) else SIZES[int(level)]


def _industry_of(word: str) -> str:
    return next((kind for kind, parts in class_words("industry").items() if any(part in word for part in parts)), "")


def _chain_of(word: str) -> str:
    return next((kind for kind, words in class_words("decision_chain").items() if word in words), "")


def _frequency(customers: pd.DataFrame, window_months: int) -> Kinds:
    if "annual_orders" not in customers:
        return np.full(len(customers), "", dtype=object)
    a_year = customers["annual_orders"].to_numpy(np.float64, na_value=np.nan) * 12 / window_months
    kinds: Kinds = np.array(["", "high", "low"], dtype=object)[
        np.select([a_year >= OFTEN, (a_year > 0) & (a_year <= SELDOM)], [1, 2], 0)
    ]
    return kinds
