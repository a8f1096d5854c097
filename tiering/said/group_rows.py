"""Tiers of groups and the sites that contradict them, as tables for pages and papers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering
from tiering.said.labels import customer_labels
from tiering.views.group_tiers import GroupTiers
from tiering.words import Words


def groups_table(tiering: Tiering, found: GroupTiers, words: Words) -> pd.DataFrame:
    """``group``, ``sites``, ``group_tier``, ``annual_revenue`` (of all sites), ``sites_apart``; biggest first."""
    return pd.DataFrame(
        {
            "group": _group_names(tiering, found.groups["group"]),
            "sites": found.groups["sites"].astype("float64"),
            "group_tier": _tiers(tiering, found.groups["tier"], words),
            "annual_revenue": found.groups["annual_revenue"],
            "sites_apart": found.groups["apart"].astype("float64"),
        }
    )


def contradictions_table(tiering: Tiering, found: GroupTiers, words: Words) -> pd.DataFrame:
    """``customer_id``, ``customer_name``, ``tier``, ``group_tier``, ``apart``, ``annual_revenue``, ``group``."""
    listed = found.contradictions
    customers = tiering.base.customers.iloc[listed["row"]]
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy(),
            "customer_name": customer_labels(customers),
            "tier": _tiers(tiering, listed["tier"], words),
            "group_tier": _tiers(tiering, listed["group_tier"], words),
            "apart": [_apart(int(steps), words) for steps in listed["apart"]],
            "annual_revenue": listed["annual_revenue"],
            "group": _group_names(tiering, listed["group"]),
        }
    )


def _group_names(tiering: Tiering, groups: pd.Series) -> list[str]:
    customers = tiering.base.customers
    known = customers[customers["customer_id"].isin(groups)]
    names = dict(zip(known["customer_id"].astype(str), customer_labels(known), strict=True))
    return [names.get(str(group), str(group)) for group in groups]


def _tiers(tiering: Tiering, numbers: pd.Series, words: Words) -> list[str]:
    names = np.array([*tiering.scenario.tiers, words("tier.unscored")], dtype=object)
    return names[numbers.to_numpy(dtype=np.intp)].tolist()


def _apart(steps: int, words: Words) -> str:
    return words("group.above" if steps > 0 else "group.below", n=abs(steps))
