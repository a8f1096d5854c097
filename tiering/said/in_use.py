"""The tier in use under the review rules as columns beside the tier as drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tiering.dataset import Dataset
from tiering.evaluate import Tiering
from tiering.movement.chain import Chain, tier_chain
from tiering.movement.dates import review_dates
from tiering.movement.review_rules import LEAST_REVIEWS, REASONS, Held, held_tiers, seen_at
from tiering.scenario.review import AS_DRAWN
from tiering.words import Words


def tiers_in_use(tiering: Tiering, dataset: Dataset, words: Words) -> pd.DataFrame | None:
    """Tiers of n customers → n rows in their order: ``tier_in_use`` and, where it is not the tier drawn,
    ``held_because``; None without review rules, without orders, or with too few reviews in them.
    """
    as_of, rules = tiering.base.as_of, tiering.scenario.review
    if dataset.orders is None or as_of is None or rules == AS_DRAWN:
        return None
    dates = review_dates(dataset.first_order_date, as_of)
    if len(dates) < LEAST_REVIEWS:
        return None
    chain = tier_chain(dataset, tiering.scenario, dates)
    held = held_tiers(seen_at(chain, rules), rules, chain.count)
    columns = held_columns(chain, held, words).set_index("customer_id").loc[tiering.base.customers["customer_id"]]
    alike = columns["tier_held"].to_numpy() == columns["tier_drawn"].to_numpy()
    unscored = words("movement.state.unscored")
    return pd.DataFrame(
        {
            "tier_in_use": columns["tier_held"].where(columns["tier_held"] != unscored, "").to_numpy(dtype=object),
            "held_because": np.where(alike, "", columns["reason"]).astype(object),
        }
    )


def held_columns(chain: Chain, held: Held, words: Words) -> pd.DataFrame:
    """One row per customer, in the order of the chain: id, tier drawn, tier in use, and why they differ."""
    names = np.array([*chain.names, words("movement.state.unscored")], dtype=object)
    reasons = np.array([words(f"movement.review.because_{reason}") for reason in REASONS], dtype=object)
    return pd.DataFrame(
        {
            "customer_id": chain.customer_ids,
            "tier_drawn": names[chain.tiers[-1]],
            "tier_held": names[held.tiers[-1]],
            "reason": reasons[held.reasons[-1]],
        }
    )


def beside_tier(listed: pd.DataFrame, in_use: pd.DataFrame | None) -> pd.DataFrame:
    """Tiered customers with the columns of ``tiers_in_use``, rows in the same order, after the column ``tier``."""
    if in_use is None:
        return listed
    after = list(listed).index("tier") + 1
    return pd.concat([listed.iloc[:, :after], in_use.set_axis(listed.index), listed.iloc[:, after:]], axis=1)
