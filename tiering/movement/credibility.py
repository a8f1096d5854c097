"""A mean for every customer of a group, those of whom little or nothing was seen included."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.credibility import fitted_credibility, own_share

Values = NDArray[np.float64]


@dataclass(frozen=True)
class CredibleMeans:
    """``estimates`` (n,) and how much of each is the customer's ``own_share``, 0..1; ``collective``: of the group."""

    collective: float
    own_share: Values
    estimates: Values


def credible_means_of_all(means: Values, weights: Values, squares: Values, degrees: Values) -> CredibleMeans:
    """Own means, their weights, squared deviations from them and degrees of freedom (n,) → estimates (n,).

    A customer of weight 0 gets the collective mean; so does everybody where the means differ no more than chance
    would have them differ, or where nobody was seen twice. NaN where nobody was seen at all.
    """
    seen = np.where(weights > 0, weights, 0.0)
    own = np.where(seen > 0, means, 0.0)
    found = fitted_credibility(means, seen, squares, degrees)
    if found is None:
        collective, share = (float(seen @ own / seen.sum()) if seen.sum() > 0 else np.nan), np.zeros(seen.size)
    else:
        collective, share = found.collective, own_share(seen, found.pull)
    return CredibleMeans(collective, share, share * own + (1 - share) * collective)
