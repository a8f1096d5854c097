"""A finished test: outcomes matched with the customers, read out by tier and over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.ingest.meaning.word_lists import class_words
from tiering.strategy.experiments.shares import (
    CommonEffect,
    Counts,
    MeanEffect,
    common_effect,
    difference,
    holm,
    mean_effect,
)

Values = NDArray[np.float64]
Kind = Literal["share", "mean"]


@dataclass(frozen=True)
class Outcomes:
    """One row per customer of the test: ``treated``, ``tiers`` (numbers), ``blocks``, ``outcome``, ``before``."""

    kind: Kind
    treated: NDArray[np.bool_]
    tiers: NDArray[np.intp]
    blocks: NDArray[np.intp]
    outcome: Values
    before: Values | None

    def of_tier(self, tier: int) -> Outcomes:
        """The rows of one tier."""
        rows = self.tiers == tier
        before = None if self.before is None else self.before[rows]
        return Outcomes(self.kind, self.treated[rows], self.tiers[rows], self.blocks[rows], self.outcome[rows], before)


@dataclass(frozen=True)
class Readout:
    """``tiers``: one row per tier with ``tier``, ``treated``, ``control`` (customers), ``of_treated``, ``of_control``
    (share or mean), ``effect``, ``low``, ``high``, ``p``, ``holm``; ``shares`` or ``means``: all tiers together."""

    tiers: pd.DataFrame
    shares: CommonEffect | None
    means: MeanEffect | None


def outcome_values(column: pd.Series) -> tuple[Values, Kind]:
    """Yes and no as 1 and 0, numbers as they are; NaN for what is neither. The kind: only 0 and 1, or numbers."""
    texts = column.map(lambda cell: str(cell).strip().lower(), na_action="ignore")
    numbers = pd.to_numeric(texts, errors="coerce")
    said = class_words("outcome")
    answers = np.where(texts.isin(said["yes"]), 1.0, np.where(texts.isin(said["no"]), 0.0, np.nan))
    values = np.where(numbers.notna(), numbers, answers).astype(np.float64)
    known = values[np.isfinite(values)]
    return values, "share" if known.size and np.isin(known, (0.0, 1.0)).all() else "mean"


def readout(outcomes: Outcomes, tiers: int, alpha: float = 0.05) -> Readout:
    """Outcomes → the effect in every tier (corrected for looking at several) and over blocks together."""
    rows = [
        {"tier": tier, **_tier(outcomes.of_tier(tier), alpha)}
        for tier in range(tiers + 1)
        if (outcomes.tiers == tier).any()
    ]
    table = pd.DataFrame(rows)
    if table.empty:
        return Readout(table, None, None)
    table["holm"] = holm(table["p"].to_numpy(np.float64))
    if outcomes.kind == "share":
        return Readout(table, common_effect(_counts(outcomes), alpha), None)
    return Readout(
        table, None, mean_effect(outcomes.outcome, outcomes.treated, outcomes.blocks, outcomes.before, alpha)
    )


def _tier(outcomes: Outcomes, alpha: float) -> dict[str, float]:
    one, other = outcomes.outcome[outcomes.treated], outcomes.outcome[~outcomes.treated]
    found = {
        "treated": one.size,
        "control": other.size,
        "of_treated": float(one.mean()) if one.size else np.nan,
        "of_control": float(other.mean()) if other.size else np.nan,
    }
    blank = dict.fromkeys(("effect", "low", "high", "p"), np.nan)
    if not one.size or not other.size:
        return found | blank
    if outcomes.kind == "share":
        yes, customers = (int(one.sum()), int(other.sum())), (one.size, other.size)
        gap, low, high = difference(yes, customers, alpha)
        together = common_effect(_counts(outcomes), alpha)
        return found | {"effect": gap, "low": low, "high": high, "p": 1.0 if together is None else together.p}
    effect = mean_effect(outcomes.outcome, outcomes.treated, outcomes.blocks, outcomes.before, alpha)
    if effect is None:
        return found | blank
    return found | {"effect": effect.effect, "low": effect.low, "high": effect.high, "p": effect.p}


def _counts(outcomes: Outcomes) -> Counts:
    places = np.unique(outcomes.blocks, return_inverse=True)[1]
    treated, yes = outcomes.treated, outcomes.outcome > 0.5
    cells = (treated & yes, treated & ~yes, ~treated & yes, ~treated & ~yes)
    return Counts(*(np.bincount(places, cell).astype(np.float64) for cell in cells))
