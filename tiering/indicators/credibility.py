"""How much of a customer's own mean to believe: short histories are drawn towards what is usual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Credibility:
    """What all customers together say.

    Attributes
    ----------
    collective
        The mean a customer without any history is given.
    pull
        s² / a: the weight of history at which half of the estimate is the customer's own. Infinite where customers
        do not differ beyond chance.
    between, within
        a and s²: variance of the customers' true means, and of one observation of weight 1 around its own mean.
    """

    collective: float
    pull: float
    between: float
    within: float


def own_share(weight: Figures, pull: float) -> Figures:
    """Weight of history (n,) → share of own data Z = w / (w + s² / a), 0..1."""
    return np.divide(weight, weight + pull, out=np.zeros_like(weight), where=weight > 0)


def credible_means(mean: Figures, weight: Figures, collective: float, pull: float) -> Figures:
    """Own means (n,) → Z · own + (1 − Z) · collective; NaN where there is no own mean."""
    share = own_share(weight, pull)
    return share * mean + (1 - share) * collective


def fitted_credibility(mean: Figures, weight: Figures, squares: Figures, freedom: Figures) -> Credibility | None:
    """Means and total weights of n customers, and the weighted squares around each mean → what all say together.

    ``squares`` (n,) is Σ w · (x − mean)² over a customer's observations, ``freedom`` (n,) their number less one.
    None where nothing can be said: fewer than two customers, or nobody observed twice.

    References
    ----------
    Bühlmann & Straub (1970), Glaubwürdigkeit für Schadensätze; unbiased estimators. Example of Hachemeister (1975).
    """
    known = np.isfinite(mean) & (weight > 0)
    mean, weight = mean[known], weight[known]
    degrees = float(np.nansum(np.maximum(freedom[known], 0)))
    if mean.size < 2 or degrees == 0:
        return None
    within = float(np.nansum(squares[known]) / degrees)
    total = weight.sum()
    middle = (weight * mean).sum() / total
    spread = (weight * (mean - middle) ** 2).sum() - (mean.size - 1) * within
    between = float(max(spread / (total - (weight**2).sum() / total), 0.0))
    if between == 0:
        return Credibility(float(middle), float("inf"), 0.0, within)
    share = own_share(weight, within / between)
    return Credibility(float((share * mean).sum() / share.sum()), within / between, between, within)
