"""The tiers of the scenario beside those the customers file brought: who stands where, who moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering

COLUMN = "current_tier"
MOST_NAMES = 12


@dataclass(frozen=True)
class ExistingTiers:
    """Existing tier × tier.

    ``names``: the existing tiers, best first; ``known`` (n,): their number per customer, −1 without one; ``counts``
    and ``revenue`` (names × tiers and one column without a score); ``comparable``: the names are the scenario's, so
    that up and down mean something.
    """

    names: tuple[str, ...]
    known: NDArray[np.intp]
    counts: NDArray[np.int64]
    revenue: NDArray[np.float64]
    comparable: bool

    @property
    def same(self) -> int:
        """Customers whose tier is the existing one; only where the names are comparable."""
        return int(np.trace(self.counts)) if self.comparable else 0


def existing_tiers(tiering: Tiering) -> ExistingTiers | None:
    """Tiering → the existing tiers crossed with it; None where the data brings none, or more than twelve.

    Names that are all among the scenario's stand in its order; others in the order of the median annual revenue of
    their customers, equal medians in code-point order.
    """
    customers, tiers = tiering.base.customers, tiering.scenario.tiers
    if COLUMN not in customers or not customers[COLUMN].notna().any():
        return None
    said = customers[COLUMN].where(customers[COLUMN].notna(), None).map(_tidy, na_action="ignore")
    names = _in_order(said, tiering)
    if len(names) > MOST_NAMES:
        return None
    known = said.map({name: place for place, name in enumerate(names)}).fillna(-1).to_numpy(dtype=np.intp)
    width = len(tiers) + 1
    cells = known[known >= 0] * width + tiering.tiers[known >= 0]
    size = len(names) * width
    counts = np.bincount(cells, minlength=size).reshape(len(names), width)
    money = np.bincount(cells, weights=tiering.base.revenue[known >= 0], minlength=size).astype(np.float64)
    return ExistingTiers(names, known.astype(np.intp), counts, money.reshape(len(names), width), names == tiers)


def moved_rows(existing: ExistingTiers, tiering: Tiering) -> NDArray[np.intp]:
    """Rows of the customers whose tier differs from the existing one, in revenue order; those without one left out."""
    if not existing.comparable:
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero((existing.known >= 0) & (existing.known != tiering.tiers))


def _in_order(said: pd.Series, tiering: Tiering) -> tuple[str, ...]:
    found = set(said.dropna())
    if found <= set(tiering.scenario.tiers):
        return tiering.scenario.tiers
    medians = pd.Series(tiering.base.revenue, index=said.index).groupby(said).median()
    return tuple(sorted(found, key=lambda name: (-medians[name], name)))


def _tidy(name: object) -> str:
    """``A级``, ``a`` and ``Ａ`` are the tier A."""
    folded = str(name).strip().upper().translate(_NARROW)
    return folded.removesuffix("级").removesuffix("類").removesuffix("类").strip() or str(name)


_NARROW = {0xFF21 + place: 0x41 + place for place in range(26)}
