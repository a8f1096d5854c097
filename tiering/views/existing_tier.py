"""The tiers of the scenario beside those the customers file brought: who stands where, who moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.ingest.meaning.word_lists import class_words
from tiering.tiers.totals import Movers, movers

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

    Names stand for the tiers that the scenario says. Those that are all among its tiers are in its order; others in the
    order of the median annual revenue of their customers, equal medians in code-point order.
    """
    tiers, said = tiering.scenario.tiers, _said(tiering)
    if said is None:
        return None
    said = said.replace(tiering.scenario.existing.names)
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


def names_in_file(tiering: Tiering) -> tuple[str, ...]:
    """The tiers as the file names them, by the median annual revenue of their customers; none, or more than twelve."""
    said = _said(tiering)
    names = () if said is None else _by_median(said, tiering)
    return names if len(names) <= MOST_NAMES else ()


def existing_baseline(tiering: Tiering) -> ExistingTiers | None:
    """The existing tiers where the scenario counts moves from them and every name stands for one of its tiers."""
    found = existing_tiers(tiering) if tiering.scenario.existing.baseline else None
    return found if found is not None and found.comparable else None


def tiers_before(existing: ExistingTiers, tiering: Tiering) -> NDArray[np.int8]:
    """Tier number per customer (n,) as the file has it; who has none there is where the scenario puts them."""
    return np.where(existing.known >= 0, existing.known, tiering.tiers).astype(np.int8)


def movers_from_existing(existing: ExistingTiers, tiering: Tiering) -> Movers:
    """The moves from the existing tiers to those of the scenario, biggest revenue first; who had none did not move."""
    return movers(tiers_before(existing, tiering), tiering.tiers, tiering.base.revenue)


def are_tiers_of(customers: pa.Table | None, tiers: Sequence[str]) -> bool:
    """Whether a customers file brings existing tiers, each of them one of ``tiers``."""
    if customers is None or COLUMN not in customers.column_names:
        return False
    names = {_tidy(name) for name in customers[COLUMN].unique().drop_null().to_pylist()}
    return bool(names) and names <= set(tiers)


def moved_rows(existing: ExistingTiers, tiering: Tiering) -> NDArray[np.intp]:
    """Rows of the customers whose tier differs from the existing one, in revenue order; those without one left out."""
    if not existing.comparable:
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero((existing.known >= 0) & (existing.known != tiering.tiers))


def _in_order(said: pd.Series, tiering: Tiering) -> tuple[str, ...]:
    found = set(said.dropna())
    if found <= set(tiering.scenario.tiers):
        return tiering.scenario.tiers
    return _by_median(said, tiering)


def _by_median(said: pd.Series, tiering: Tiering) -> tuple[str, ...]:
    medians = pd.Series(tiering.base.revenue, index=said.index).groupby(said).median()
    return tuple(sorted(medians.index, key=lambda name: (-medians[name], name)))


def _said(tiering: Tiering) -> pd.Series | None:
    """The tier of the file per customer in one way of writing; None where it brings none."""
    customers = tiering.base.customers
    if COLUMN not in customers or not customers[COLUMN].notna().any():
        return None
    return customers[COLUMN].where(customers[COLUMN].notna(), None).map(_tidy, na_action="ignore")


def _tidy(name: object) -> str:
    """``A级``, ``a`` and ``Ａ`` are the tier A."""
    folded = str(name).strip().upper().translate(_NARROW)
    for ending in class_words("tier_name")["endings"]:
        folded = folded.removesuffix(ending)
    return folded.strip() or str(name)


_NARROW = {0xFF21 + place: 0x41 + place for place in range(26)}
