"""The tier by score beside the tier in force, and why review rules hold another."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.movement.chain import Chain
from tiering.movement.review_rules import REASONS, ReviewedTiers
from tiering.words import Words


def held_columns(tiering: Tiering, words: Words | None = None) -> dict[str, pd.Series]:
    """Columns for exports, n rows: ``tier_by_score`` and ``held_because``, empty where both tiers are one.

    No column where review rules hold nobody. The reason is in the words' language, for programs (no words) its key.
    """
    if tiering.held is None:
        return {}
    names = np.array([*tiering.scenario.tiers, ""], dtype=object)
    told = ["", *(_because(key, words) for key in REASONS[1:])]
    return {
        "tier_by_score": pd.Series(names[tiering.held.by_score], dtype=object),
        "held_because": pd.Series(np.array(told, dtype=object)[tiering.held.reasons], dtype=object),
    }


def held_sentences(tiering: Tiering, rows: NDArray[np.intp], words: Words) -> list[str]:
    """For each of ``rows``: the tier by score and why another is in force; empty where it is the same."""
    if tiering.held is None:
        return [""] * rows.size
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    return [
        words("movement.held.beside", drawn=names[tier], reason=_because(REASONS[reason], words)) if reason else ""
        for tier, reason in zip(tiering.held.by_score[rows], tiering.held.reasons[rows], strict=True)
    ]


def held_notes(tiering: Tiering, words: Words) -> list[str]:
    """How many customers review rules hold in another tier than their score gives; that they hold nobody."""
    if not tiering.scenario.review.on:
        return []
    if tiering.held is None:
        return [words("movement.held.not_yet", months=tiering.scenario.window_months)]
    return [words("movement.held.count", n=int(np.count_nonzero(tiering.tiers != tiering.held.by_score)))]


def reviewed_columns(chain: Chain, held: ReviewedTiers, words: Words) -> pd.DataFrame:
    """One row per customer, in the order of the chain: id, tier by score, tier the rules hold, and why they differ."""
    names = np.array([*chain.names, words("movement.state.unscored")], dtype=object)
    reasons = np.array([_because(reason, words) for reason in REASONS], dtype=object)
    return pd.DataFrame(
        {
            "customer_id": chain.customer_ids,
            "tier_drawn": names[chain.tiers[-1]],
            "tier_held": names[held.tiers[-1]],
            "reason": reasons[held.reasons[-1]],
        }
    )


def _because(reason: str, words: Words | None) -> str:
    return reason if words is None else words(f"movement.review.because_{reason}")
