"""Lines where only few customers bought: by share of revenue, and fewer tiers than a long list would have."""

from __future__ import annotations

from typing import Final

from tiering.scenario import SCHEMES, Cuts

FEW: Final = 20  # customers with revenue up to which a share of the customers is a handful of names
VERY_FEW: Final = 5
USUAL: Final = SCHEMES["sabc"]
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
    return ("A", "B") if buyers <= VERY_FEW else SCHEMES["sab"]


def small_cuts(tiers: int) -> Cuts:
    """Lines by cumulative revenue: half of it is the top tier's, for three tiers four fifths above the last line."""
    return Cuts(kind="revenue", lines=SHARES[tiers])
