"""Why a product changed: the change shared out over its factors without a remainder."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.strategy.formula.factors import AGAIN, FACTORS, NEW

Values = NDArray[np.float64]


def shapley(before: Values, after: Values) -> Values:
    """Contribution (3, k) of each of three factors (3, k) to the change of their product.

    The mean over all orders in which the factors can change one after the other; exact, symmetric, at ease with
    zeros and negative values.

    References
    ----------
    Shapley (1953); Sun (1998), Energy Economics 20, for the closed form of three factors.
    """
    contributions = np.empty_like(before, dtype=np.float64)
    for place in range(3):
        one, other = (part for part in range(3) if part != place)
        apart = before[one] * before[other] + after[one] * after[other]
        mixed = before[one] * after[other] + after[one] * before[other]
        contributions[place] = (after[place] - before[place]) * (apart / 3 + mixed / 6)
    return contributions


def decomposed(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Factors of the same groups in two periods → one row per group, a column of money for each of `FACTORS`.

    ``rest`` is the change of the rest. Each row adds up to the group's change in sales, all rows to that of the whole.
    """
    parts: dict[str, Values] = {}
    for names in (NEW, AGAIN):
        start, end = (factors[list(names)].to_numpy(np.float64).T for factors in (before, after))
        parts |= dict(zip(names, shapley(start, end), strict=True))
    rest = after["rest"].to_numpy(np.float64) - before["rest"].to_numpy(np.float64)
    return pd.DataFrame({**{name: parts[name] for name in FACTORS}, "rest": rest})
