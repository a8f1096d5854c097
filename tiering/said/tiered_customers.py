"""The answer as one table: each customer with its tier, in columns of a fixed order under English machine names."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering, scores_in_points, tier_names
from tiering.indicators.catalogue import CATALOGUE
from tiering.indicators.shrinkage import shares_of_own
from tiering.said.decided_by import SETTLED, adjustment_columns
from tiering.said.held import held_columns
from tiering.tiers.provisional import provisional_names
from tiering.words import Words

Order = Literal["revenue", "id"]

LEAD = (
    "customer_id", "score", "base_tier", "tier", "revenue", "annual_revenue", "orders", "recency_days", "standing",
)  # fmt: skip
OWN_SHARE = "own_share_"
NEVER_BOUGHT = ("revenue", "gross_revenue", "annual_revenue", "annual_gross", "annual_orders", "orders")
_DECIDED = ("score", "base_tier", "tier", "tier_by_score", "held_because", "standing")


def tiered_customers(tiering: Tiering, *, order: Order = "revenue", words: Words | None = None) -> pd.DataFrame:
    """Tiers of n customers → n rows, one per customer.

    Columns: ``customer_id``, ``customer_name`` where known, ``score`` (0..100, three decimals), ``base_tier``,
    ``tier`` (names, empty without a score), ``revenue`` (all of the file up to the date, net of returns unless the
    scenario says gross), ``annual_revenue``, ``orders``, ``recency_days``, ``standing`` (empty, or yearly, provisional
    or too_new for a newcomer); then the other indicators in catalogue order; then what else the metrics and the
    customers file hold, in their order. The columns named here up to ``standing`` are always there. A column of the
    customers file that has the name of one of ours gets ``_2``.

    ``tier`` is the one in force; where review rules hold it, ``tier_by_score`` and ``held_because`` stand behind it.
    Where the scenario has rules or tiers set by hand, ``points``, ``rules_applied``, ``capped_by`` and ``by_hand_…``
    follow those, the rules named in the language of ``words``, for programs in English. Where means of few orders are
    drawn towards that of all, ``own_share_…`` (0..1) says of each such indicator how much is the customer's own.

    A customer who never bought has 0 revenue and 0 orders beside an order file; what is not known is missing.
    Order: biggest annual revenue first, or by code point of the id.
    """
    customers = _own_names(tiering.base.customers)
    columns: dict[str, pd.Series] = {str(name): customers[name] for name in customers}
    if _has_order_history(customers):
        columns |= {name: customers[name].fillna(0) for name in NEVER_BOUGHT if name in columns}
    held, settled, shares = held_columns(tiering, words), adjustment_columns(tiering, words), _own_shares(tiering)
    columns |= _decided(tiering) | held | settled | shares
    missing = pd.Series(np.nan, index=customers.index)
    listed = pd.DataFrame(
        {name: columns.get(name, missing) for name in _column_order(customers, (*held, *settled, *shares))}
    )
    if order == "revenue":
        return listed
    return listed.iloc[np.argsort(listed["customer_id"].to_numpy(dtype=object), kind="stable")].reset_index(drop=True)


def _decided(tiering: Tiering) -> dict[str, pd.Series]:
    names = np.array([*tiering.scenario.tiers, ""], dtype=object)
    return {
        "score": pd.Series(scores_in_points(tiering)),
        "base_tier": pd.Series(names[tiering.base_tiers], dtype=object),
        "tier": pd.Series(tier_names(tiering), dtype=object),
        "standing": pd.Series(provisional_names(tiering.base.matrix, tiering.drawn), dtype=object),
    }


def _own_shares(tiering: Tiering) -> dict[str, pd.Series]:
    matrix, customers = tiering.base.matrix, tiering.base.customers
    found = {i.key: shares_of_own(customers, i, matrix.anchors[i.key]) for i in matrix.indicators}
    return {f"{OWN_SHARE}{key}": pd.Series(shares) for key, shares in found.items() if shares is not None}


def _own_names(customers: pd.DataFrame) -> pd.DataFrame:
    """Columns of the file that would hide a decided one, under a name of their own."""
    taken = set(customers.columns) | set(LEAD) | set(SETTLED)
    renamed = {}
    for name in {*_DECIDED, *SETTLED} & set(customers.columns):
        number = 2
        while f"{name}_{number}" in taken:
            number += 1
        renamed[name] = f"{name}_{number}"
    return customers.rename(columns=renamed)


def _has_order_history(customers: pd.DataFrame) -> bool:
    """Whether an orders file stands behind the table; a customers file alone never gives this column."""
    return "gross_revenue" in customers


def _column_order(customers: pd.DataFrame, settled: tuple[str, ...]) -> list[str]:
    indicators = [indicator.key for indicator in CATALOGUE if indicator.key in customers]
    named = ["customer_name"] if "customer_name" in customers else []
    return list(dict.fromkeys([LEAD[0], *named, *LEAD[1:], *settled, *indicators, *customers.columns]))
