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


def lmdi(before: Values, after: Values) -> Values:
    """Contribution (m, k) of each factor by the logarithmic mean Divisia index (LMDI-I, additive).

    NaN in a column where some factor is not positive: a logarithm has no answer there.

    References
    ----------
    Ang (2005), Energy Policy 33.
    """
    positive = (before > 0).all(axis=0) & (after > 0).all(axis=0)
    start, end = np.where(positive, before, 1.0), np.where(positive, after, 1.0)
    weights = _logarithmic_mean(start.prod(axis=0), end.prod(axis=0))
    contributions: Values = weights * np.log(end / start)
    return np.where(positive, contributions, np.nan)


def decomposed(before: pd.DataFrame, after: pd.DataFrame, by_logarithms: bool = False) -> pd.DataFrame:
    """Factors of the same groups in two periods → one row per group, a column of money for each of `FACTORS`.

    ``rest`` is the change of the rest, ``open`` what logarithms cannot share out (0 with Shapley). Each row adds up
    to the group's change in sales, all rows to that of the whole.
    """
    share_out = lmdi if by_logarithms else shapley
    parts: dict[str, Values] = {}
    unshared = np.zeros(len(before))
    for names in (NEW, AGAIN):
        start, end = (factors[list(names)].to_numpy(np.float64).T for factors in (before, after))
        contributions = share_out(start, end)
        untold = np.isnan(contributions).any(axis=0)
        unshared += np.where(untold, end.prod(axis=0) - start.prod(axis=0), 0.0)
        parts |= dict(zip(names, np.where(untold, 0.0, contributions), strict=True))
    rest = after["rest"].to_numpy(np.float64) - before["rest"].to_numpy(np.float64)
    return pd.DataFrame({**{name: parts[name] for name in FACTORS}, "rest": rest, "open": unshared})


def multipliers(contributions: Values, before: float, after: float) -> Values:
    """By how much each contribution (m,) of `lmdi` multiplied the whole; NaN unless both wholes are above 0.

    They multiply to ``after`` / ``before`` where the contributions add up to the change, the rest and what
    logarithms left open among them.

    References
    ----------
    Ang & Liu (2001), Energy 26: the multiplicative LMDI-I.
    """
    if before <= 0 or after <= 0:
        return np.full(len(contributions), np.nan)
    mean = _logarithmic_mean(np.array([before]), np.array([after]))[0]
    factors: Values = np.exp(contributions / mean)
    return factors


def _logarithmic_mean(one: Values, other: Values) -> Values:
    equal = np.isclose(one, other, rtol=1e-12, atol=0.0)
    ratio = np.where(equal, np.e, other / one)
    return np.where(equal, one, (other - one) / np.log(ratio))
