"""Purchase models of customers who may leave unseen: BG/NBD, MBG/NBD and Pareto/NBD from three figures a customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1

Values = NDArray[np.float64]
Family = Literal["bgnbd", "mbgnbd", "paretonbd"]
FAMILIES: tuple[Family, ...] = ("mbgnbd", "bgnbd", "paretonbd")
MOST_FITTED = 5000  # different histories a fit reads; four parameters need no more


@dataclass(frozen=True)
class Histories:
    """n customers: ``repeats`` after the first purchase, ``last`` time of the last one and ``age`` since the first.

    Both times count from the first purchase, in one unit (weeks); ``last`` is 0 without a repeat.
    """

    repeats: Values
    last: Values
    age: Values


@dataclass(frozen=True)
class PurchaseModel:
    """A fitted model: parameters in the order of its paper and the log-likelihood of the histories it was fitted to.

    ``bgnbd``, ``mbgnbd``: r, alpha, a, b. ``paretonbd``: r, alpha, s, beta.
    """

    family: Family
    parameters: tuple[float, float, float, float]
    log_likelihood: float

    def alive(self, histories: Histories) -> Values:
        """Probability (n,) that the customer has not left.

        Under BG/NBD it is 1 for everybody without a repeat: never to be shown for them.
        """
        return np.asarray(_ALIVE[self.family](np.array(self.parameters), histories))

    def expected(self, histories: Histories, ahead: float) -> Values:
        """Purchases (n,) expected in the time ``ahead``."""
        return np.asarray(_EXPECTED[self.family](np.array(self.parameters), histories, ahead))

    def buys(self, histories: Histories, ahead: float) -> Values:
        """Probability (n,) of at least one purchase in the time ``ahead``; not for Pareto/NBD, who leaves between."""
        assert self.family != "paretonbd", "a customer of Pareto/NBD may leave before the next purchase"
        r, alpha = self.parameters[:2]
        still = ((alpha + histories.age) / (alpha + histories.age + ahead)) ** (r + histories.repeats)
        return self.alive(histories) * (1 - still)


def fit_purchase_model(family: Family, histories: Histories) -> PurchaseModel:
    """Histories → the model of largest likelihood.

    References
    ----------
    Fader, Hardie & Lee (2005), Marketing Science 24 (BG/NBD); Batislam, Denizel & Filiztekin (2007), IJRM 24
    (MBG/NBD); Schmittlein, Morrison & Colombo (1987), Management Science 33 (Pareto/NBD).
    """
    rows, weights = _distinct(histories)
    score = _LIKELIHOOD[family]

    def loss(logs: Values) -> float:
        with np.errstate(all="ignore"):
            told = float(-(weights @ score(np.exp(logs), rows)) / weights.sum())
        return told if np.isfinite(told) else 1e10

    start = np.zeros(4)
    start[1] = np.log(max(float(np.average(rows.age, weights=weights)) / 4, 1e-3))
    if family == "paretonbd":
        start[3] = start[1]
    found = minimize(loss, start, method="L-BFGS-B", bounds=[(-12, 12)] * 4, options={"maxiter": 500, "ftol": 1e-13})
    polished = minimize(loss, found.x, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-11, "maxiter": 2000})
    return PurchaseModel(family, tuple(np.exp(polished.x).tolist()), float(-polished.fun * weights.sum()))


def _distinct(histories: Histories) -> tuple[Histories, Values]:
    """Different histories and how many customers have each; of very many, evenly spread ones."""
    table = np.column_stack([histories.repeats, histories.last, histories.age])
    rows, counts = np.unique(table, axis=0, return_counts=True)
    if len(rows) > MOST_FITTED:
        kept = np.linspace(0, len(rows) - 1, MOST_FITTED).astype(int)
        rows, counts = rows[kept], counts[kept]
    return Histories(rows[:, 0], rows[:, 1], rows[:, 2]), counts.astype(np.float64)


def _bg_likelihood(parameters: Values, seen: Histories) -> Values:
    r, alpha, a, b = parameters
    x, first = seen.repeats, np.maximum(seen.repeats, 1)
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    common += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    stayed = -(r + x) * np.log(alpha + seen.age)
    left = np.log(a) - np.log(b + first - 1) - (r + x) * np.log(alpha + seen.last)
    return common + np.where(x > 0, np.logaddexp(stayed, left), stayed)


def _mbg_likelihood(parameters: Values, seen: Histories) -> Values:
    r, alpha, a, b = parameters
    x = seen.repeats
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    common += gammaln(a + b) + gammaln(b + x + 1) - gammaln(b) - gammaln(a + b + x + 1)
    left = np.log(a) - np.log(b + x) - (r + x) * np.log(alpha + seen.last)
    return common + np.logaddexp(-(r + x) * np.log(alpha + seen.age), left)


def _pareto_likelihood(parameters: Values, seen: Histories) -> Values:
    r, alpha, s, beta = parameters
    x = seen.repeats
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    stayed = -(r + x) * np.log(alpha + seen.age) - s * np.log(beta + seen.age)
    left = np.log(s) - np.log(r + s + x) + _pareto_log_left(parameters, seen)
    return common + np.logaddexp(stayed, left)


def _pareto_log_left(parameters: Values, seen: Histories) -> Values:
    """Logarithm of the integral over leaving between the last purchase and now."""
    r, alpha, s, beta = parameters
    x, big = seen.repeats, max(alpha, beta)
    second = s + 1 if alpha >= beta else r + x
    power = r + s + x

    def term(time: Values) -> tuple[Values, Values]:
        shape = hyp2f1(power, second, power + 1, abs(alpha - beta) / (big + time))
        return np.log(shape), -power * np.log(big + time)

    early, late = (sum(term(time)) for time in (seen.last, seen.age))
    gap = np.minimum(late - early, -1e-15)
    return np.asarray(early + np.log(-np.expm1(gap)))


def _bg_alive(parameters: Values, seen: Histories) -> Values:
    r, alpha, a, b = parameters
    x = seen.repeats
    ratio = np.exp((r + x) * (np.log(alpha + seen.age) - np.log(alpha + seen.last)))
    return np.where(x > 0, 1 / (1 + a / (b + np.maximum(x, 1) - 1) * ratio), 1.0)


def _mbg_alive(parameters: Values, seen: Histories) -> Values:
    r, alpha, a, b = parameters
    ratio = np.exp((r + seen.repeats) * (np.log(alpha + seen.age) - np.log(alpha + seen.last)))
    return np.asarray(1 / (1 + a / (b + seen.repeats) * ratio))


def _pareto_alive(parameters: Values, seen: Histories) -> Values:
    r, alpha, s, beta = parameters
    x = seen.repeats
    left = np.log(s) - np.log(r + s + x) + _pareto_log_left(parameters, seen)
    stayed = (r + x) * np.log(alpha + seen.age) + s * np.log(beta + seen.age)
    return np.asarray(1 / (1 + np.exp(left + stayed)))


def _bg_expected(parameters: Values, seen: Histories, ahead: float) -> Values:
    r, alpha, a, b = parameters
    x = seen.repeats
    shape = hyp2f1(r + x, b + x, a + b + x - 1, ahead / (alpha + seen.age + ahead))
    fewer = 1 - ((alpha + seen.age) / (alpha + seen.age + ahead)) ** (r + x) * shape
    return np.asarray((a + b + x - 1) / (a - 1) * fewer * _bg_alive(parameters, seen))


def _mbg_expected(parameters: Values, seen: Histories, ahead: float) -> Values:
    r, alpha, a, b = parameters
    x = seen.repeats
    shape = hyp2f1(r + x, b + x + 1, a + b + x, ahead / (alpha + seen.age + ahead))
    fewer = 1 - ((alpha + seen.age) / (alpha + seen.age + ahead)) ** (r + x) * shape
    return np.asarray((a + b + x) / (a - 1) * fewer * _mbg_alive(parameters, seen))


def _pareto_expected(parameters: Values, seen: Histories, ahead: float) -> Values:
    r, alpha, s, beta = parameters
    fewer = 1 - ((beta + seen.age) / (beta + seen.age + ahead)) ** (s - 1)
    rate = (r + seen.repeats) * (beta + seen.age) / ((alpha + seen.age) * (s - 1))
    return np.asarray(rate * fewer * _pareto_alive(parameters, seen))


_LIKELIHOOD: dict[Family, Callable[[Values, Histories], Values]] = {
    "bgnbd": _bg_likelihood,
    "mbgnbd": _mbg_likelihood,
    "paretonbd": _pareto_likelihood,
}
_ALIVE: dict[Family, Callable[[Values, Histories], Values]] = {
    "bgnbd": _bg_alive,
    "mbgnbd": _mbg_alive,
    "paretonbd": _pareto_alive,
}
_EXPECTED: dict[Family, Callable[[Values, Histories, float], Values]] = {
    "bgnbd": _bg_expected,
    "mbgnbd": _mbg_expected,
    "paretonbd": _pareto_expected,
}
