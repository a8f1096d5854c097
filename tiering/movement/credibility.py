"""How much to trust a customer's own mean against that of its group, by what the group itself shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Credibility:
    """A group of n customers.

    ``collective``: mean of the group; ``within``, ``between``: variance of one observation of weight 1 and of the
    customers' true means; ``own_share`` (n,): weight of the own mean, 0..1; ``estimates`` (n,).
    """

    collective: float
    within: float
    between: float
    own_share: Values
    estimates: Values


def credibility(means: Values, weights: Values, squares: Values, degrees: Values) -> Credibility:
    """Own means, their weights, squared deviations from them and degrees of freedom (n,) → estimates (n,).

    A customer of weight 0 gets the collective mean; so does everybody where the means differ no more than chance
    would have them differ.

    References
    ----------
    Bühlmann & Straub (1970), Mitteilungen der Vereinigung schweizerischer Versicherungsmathematiker 70.
    """
    weighed = weights > 0
    total, own = weights.sum(), np.where(weighed, means, 0.0)
    if total <= 0:
        return Credibility(np.nan, np.nan, np.nan, np.zeros(means.size), np.full(means.size, np.nan))
    plain = float(weights @ own / total)
    within = float(squares[weighed].sum() / max(degrees[weighed].sum(), 1))
    between = _between(weights, own, plain, within)
    trusted = weights * between
    own_share = np.divide(trusted, trusted + within, out=np.zeros(means.size), where=trusted > 0)
    collective = float(own_share @ own / own_share.sum()) if own_share.sum() > 0 else plain
    return Credibility(collective, within, between, own_share, own_share * own + (1 - own_share) * collective)


def _between(weights: Values, own: Values, plain: float, within: float) -> float:
    """Variance of the true means, 0 where the observed ones differ by chance alone."""
    total = weights.sum()
    spread = total - (weights**2).sum() / total
    if spread <= 0:
        return 0.0
    found = weights @ (own - plain) ** 2 - (np.count_nonzero(weights) - 1) * within
    return max(float(found / spread), 0.0)
