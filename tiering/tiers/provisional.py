"""Which tiers are provisional and which customers too new for one, lines where few bought, and caps that stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix
from tiering.indicators.newcomers import HistoryStatus
from tiering.scenario import SCHEMES, Cuts
from tiering.scenario.exceptions import CapRule
from tiering.tiers.conditions import Answer, satisfied
from tiering.tiers.cuts import cuts_at

Flags = NDArray[np.bool_]
Kind = Literal["", "yearly", "provisional", "too_new"]
KINDS: tuple[Kind, ...] = ("", "yearly", "provisional", "too_new")
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
LAPSED: Final = "lapsed"
PROVISIONAL: Final = "provisional"

Held = tuple[CapRule, Answer]


@dataclass(frozen=True)
class ProvisionalCounts:
    """How many customers have figures put on a window, a provisional tier, or none because they are too new."""

    yearly: int
    provisional: int
    too_new: int


def provisional_kinds(matrix: IndicatorMatrix, drawn: Flags) -> NDArray[np.int8]:
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


def provisional_counts(matrix: IndicatorMatrix, drawn: Flags) -> ProvisionalCounts:
    """Matrix and who of n customers is drawn into a tier → how many stand how."""
    found = np.bincount(provisional_kinds(matrix, drawn), minlength=len(KINDS))
    return ProvisionalCounts(*(int(count) for count in found[1:]))


def provisional_names(matrix: IndicatorMatrix, drawn: Flags) -> NDArray[np.object_]:
    """One of ``KINDS`` for each customer (n,)."""
    return np.array(KINDS, dtype=object)[provisional_kinds(matrix, drawn)]


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


def default_caps(customers: pd.DataFrame, standing: HistoryStatus | None, tiers: tuple[str, ...]) -> tuple[Held, ...]:
    """Customer table (n rows) and how its histories are read → the caps that hold somebody, with whom (n,).

    Whoever brought no revenue in the period, or less than none, is in the lowest tier; who never bought is another
    matter. Whoever is tiered by potential and company data alone is at best in the tier below the top.
    """
    found = (_lapsed(customers, tiers), _provisional(standing, tiers))
    return tuple(held for held in found if held is not None and held[1].holds.any())


def _lapsed(customers: pd.DataFrame, tiers: tuple[str, ...]) -> Held | None:
    if "annual_revenue" not in customers:
        return None
    rule = CapRule(field="annual_revenue", test="at_most", value=0.0, tier=tiers[-1], ready=LAPSED)
    return rule, Answer(satisfied(customers, rule).holds)


def _provisional(standing: HistoryStatus | None, tiers: tuple[str, ...]) -> Held | None:
    if standing is None:
        return None
    rule = CapRule(field="tenure_days", test="known", tier=tiers[1], ready=PROVISIONAL)
    return rule, Answer(np.asarray(standing.apart))
