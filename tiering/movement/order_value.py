"""What one more order of a customer is worth: its own mean, weighed against that of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import gammaln

from tiering.indicators.shrinkage import credibility_weight, fitted_credibility

Values = NDArray[np.float64]
TIED = 0.3  # correlation of frequency and value beyond which Gamma-Gamma's assumption fails
FEWEST_REPEATERS = 30


@dataclass(frozen=True)
class SpendModel:
    """Gamma-Gamma: parameters p, q, v and the log-likelihood."""

    p: float
    q: float
    v: float
    log_likelihood: float

    def expected(self, orders: Values, mean: Values) -> Values:
        """Mean value (n,) of a customer's orders to come from the number and mean of those seen."""
        return self.p * (self.v + orders * mean) / (self.p * orders + self.q - 1)


@dataclass(frozen=True)
class OrderValues:
    """Expected value of an order (n,), and how it was found."""

    money: Values
    method: Literal["gamma_gamma", "credibility", "own_mean"]


def fit_spend_model(orders: Values, mean: Values) -> SpendModel:
    """Number and mean value of orders (n,), both above 0 → the model of largest likelihood.

    References
    ----------
    Fader, Hardie & Lee (2005), Journal of Marketing Research 42; Fader & Hardie (2013), note 025.
    """
    unit = float(np.median(mean))
    value = mean / unit

    def loss(logs: Values) -> float:
        p, q, v = np.exp(logs)
        told = gammaln(p * orders + q) - gammaln(p * orders) - gammaln(q) + q * np.log(v)
        told += (p * orders - 1) * np.log(value) + p * orders * np.log(orders)
        return float(-(told - (p * orders + q) * np.log(orders * value + v)).mean())

    found = minimize(loss, np.zeros(3), method="L-BFGS-B", bounds=[(-10, 10)] * 3)
    polished = minimize(loss, found.x, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 2000})
    p, q, v = np.exp(polished.x)
    return SpendModel(float(p), float(q), float(v) * unit, float(-polished.fun * mean.size - mean.size * np.log(unit)))


def order_values(orders: Values, mean: Values, squares: Values) -> OrderValues:
    """Number, mean and squared deviations of each customer's orders (n,) → what its next one is worth.

    By Gamma-Gamma where how often customers buy says little of how much (|r| under 0.3) and a mean exists (q > 1),
    else by credibility. A customer without orders is worth the mean of all.
    """
    bought = (orders > 0) & (mean > 0)
    repeat = bought & (orders > 1)
    if repeat.sum() < FEWEST_REPEATERS:
        overall = float(np.average(mean[bought], weights=orders[bought])) if bought.any() else 0.0
        return OrderValues(np.where(bought, mean, overall), "own_mean")
    if abs(float(np.corrcoef(orders[repeat], mean[repeat])[0, 1])) < TIED:
        model = fit_spend_model(orders[repeat], mean[repeat])
        if model.q > 1:
            return OrderValues(
                model.expected(np.where(bought, orders, 0.0), np.where(bought, mean, 0.0)), "gamma_gamma"
            )
    weights = np.where(bought, orders, 0.0)
    found = credible_means_of_all(
        np.where(bought, mean, np.nan), weights, np.where(bought, squares, 0.0), (weights - 1).clip(0)
    )
    return OrderValues(found.estimates, "credibility")


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
        collective, share = found.collective, credibility_weight(seen, found.pull)
    return CredibleMeans(collective, share, share * own + (1 - share) * collective)
