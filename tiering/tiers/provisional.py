"""Which tiers are provisional, which figures were put on a whole window, and who is too new for a tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix
from tiering.tiers.score import UNSCORED

Kind = Literal["", "yearly", "provisional", "too_new"]
KINDS: tuple[Kind, ...] = ("", "yearly", "provisional", "too_new")


@dataclass(frozen=True)
class StandingCounts:
    """How many customers have figures put on a window, a provisional tier, or none because they are too new."""

    yearly: int
    provisional: int
    too_new: int


def standing_kinds(matrix: IndicatorMatrix, milli: NDArray[np.int32]) -> NDArray[np.int8]:
    """Matrix and scores (n,) → number in ``KINDS`` of each customer (n,): 0 for a history that is read as it is."""
    kinds = np.zeros(milli.size, dtype=np.int8)
    if matrix.standing is None:
        return kinds
    kinds[matrix.standing.factor > 1] = KINDS.index("yearly")
    early = matrix.standing.provisional
    kinds[early] = KINDS.index("provisional")
    kinds[early & (milli == UNSCORED)] = KINDS.index("too_new")
    return kinds


def standing_counts(matrix: IndicatorMatrix, milli: NDArray[np.int32]) -> StandingCounts:
    """Matrix and scores of n customers → how many stand how."""
    found = np.bincount(standing_kinds(matrix, milli), minlength=len(KINDS))
    return StandingCounts(*(int(count) for count in found[1:]))


def standing_names(matrix: IndicatorMatrix, milli: NDArray[np.int32]) -> NDArray[np.object_]:
    """One of ``KINDS`` for each customer (n,)."""
    return np.array(KINDS, dtype=object)[standing_kinds(matrix, milli)]
