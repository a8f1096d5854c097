"""Which tiers are provisional, which figures were put on a whole window, and who is too new for a tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix

Flags = NDArray[np.bool_]
Kind = Literal["", "yearly", "provisional", "too_new"]
KINDS: tuple[Kind, ...] = ("", "yearly", "provisional", "too_new")


@dataclass(frozen=True)
class StandingCounts:
    """How many customers have figures put on a window, a provisional tier, or none because they are too new."""

    yearly: int
    provisional: int
    too_new: int


def standing_kinds(matrix: IndicatorMatrix, drawn: Flags) -> NDArray[np.int8]:
    """Matrix and who is drawn into a tier (n,) → number in ``KINDS`` of each customer (n,).

    0 for a history that is read as it is. ``drawn`` is by whatever draws the tiers: a score or standards.
    """
    kinds = np.zeros(drawn.size, dtype=np.int8)
    if matrix.standing is None:
        return kinds
    kinds[matrix.standing.factor > 1] = KINDS.index("yearly")
    early = matrix.standing.provisional
    kinds[early] = KINDS.index("provisional")
    kinds[early & ~drawn] = KINDS.index("too_new")
    return kinds


def standing_counts(matrix: IndicatorMatrix, drawn: Flags) -> StandingCounts:
    """Matrix and who of n customers is drawn into a tier → how many stand how."""
    found = np.bincount(standing_kinds(matrix, drawn), minlength=len(KINDS))
    return StandingCounts(*(int(count) for count in found[1:]))


def standing_names(matrix: IndicatorMatrix, drawn: Flags) -> NDArray[np.object_]:
    """One of ``KINDS`` for each customer (n,)."""
    return np.array(KINDS, dtype=object)[standing_kinds(matrix, drawn)]
