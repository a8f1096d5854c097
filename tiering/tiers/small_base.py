"""Lines where only few customers bought: by share of revenue, and fewer tiers than a long list would have."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tiering.scenario import SCHEMES, Cuts
from tiering.tiers.cuts import cuts_at

FEW: Final = 20  # customers with revenue up to which a share of the customers is a handful of names
VERY_FEW: Final = 5
USUAL: Final = SCHEMES["sabc"]
FEWER: Final = (("A", "B"), SCHEMES["sab"])
SHARES: Final[dict[int, tuple[float, ...]]] = {
    2: (0.50,),
    3: (0.50, 0.80),
    4: (0.40, 0.65, 0.85),
    5: (0.35, 0.55, 0.75, 0.90),
    6: (0.30, 0.50, 0.65, 0.80, 0.92),
}


def is_small(buyers: int) -> bool:
    """Whether so many customers with revenue are too few for lines by share of customers."""
    return 2 <= buyers <= FEW


def fewer_tiers(tiers: tuple[str, ...], buyers: int) -> tuple[str, ...]:
    """The tiers that nobody has chosen yet, fewer of them for few customers; chosen ones stay."""
    if tiers != USUAL or not is_small(buyers):
        return tiers
    return FEWER[0] if buyers <= VERY_FEW else FEWER[1]


def small_cuts(milli: NDArray[np.int32], tiers: int, revenue: NDArray[np.float64]) -> Cuts:
    """Lines by score that lie where the revenue above them, in the order of the scores, reaches the shares.

    Half of it is the top tier's; with three tiers four fifths are above the last line.
    """
    return cuts_at(milli, SHARES[tiers], np.maximum(revenue, 0.0))
