"""Which customers belong to one group: chains of parents followed to their top, circles found out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ids = NDArray[np.object_]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Grouping:
    """Group of each of n customers.

    ``groups`` (n,): id of the topmost parent, which need not be a customer itself; the customer's own id where it has
    none. ``circular`` (n,): the chain of parents runs in a circle, so the customer is counted alone.
    """

    groups: Ids
    circular: NDArray[np.bool_]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Customers in the group of each customer (n,)."""
        _, group, counts = np.unique(self.groups.astype(str), return_inverse=True, return_counts=True)
        return counts[group]


def has_parents(customers: pd.DataFrame) -> bool:
    """Whether the table says of anybody which group it belongs to."""
    return "parent_id" in customers and bool(customers["parent_id"].notna().any())


def grouping(customers: pd.DataFrame) -> Grouping:
    """Customer table (n rows) with ``parent_id`` → the group of each.

    A parent is found by its number, else by its name where only one customer has it, else it stands for itself (a
    holding that buys nothing). Chains are followed to the top; a customer that is its own parent has none.
    """
    ids = customers["customer_id"].astype(str).to_numpy(dtype=object)
    named = _named_parents(customers, ids)
    parent = _rows_of(customers, ids, named)
    own = np.arange(ids.size)
    direct = np.where((parent >= 0) & (parent != own), parent, own)
    top = direct
    for _ in range(int(np.ceil(np.log2(max(ids.size, 2)))) + 1):  # each round doubles the distance followed
        top = top[top]
    circular = direct[top] != top
    top = np.where(circular, own, top)
    outside = np.array([text is not None for text in named], dtype=bool) & (parent < 0)
    groups = np.where(outside[top] & ~circular, named[top], ids[top])
    return Grouping(groups.astype(object), circular)


def _named_parents(customers: pd.DataFrame, ids: Ids) -> Ids:
    """Text of each parent, None where there is none."""
    if "parent_id" not in customers:
        return np.full(ids.size, None, dtype=object)
    texts = [text.strip() if isinstance(text, str) else "" for text in customers["parent_id"]]
    return np.array([text or None for text in texts], dtype=object)


def _rows_of(customers: pd.DataFrame, ids: Ids, named: Ids) -> Rows:
    """Row of each named parent among the customers, −1 where it is none of them."""
    rows = {} if "customer_name" not in customers else _unique_names(customers["customer_name"])
    rows |= {who: row for row, who in enumerate(ids)}
    return np.array([-1 if text is None else rows.get(text, -1) for text in named], dtype=np.intp)


def _unique_names(names: pd.Series) -> dict[str, int]:
    counts = names.dropna().value_counts()
    return {name: row for row, name in enumerate(names) if isinstance(name, str) and counts.get(name) == 1}
