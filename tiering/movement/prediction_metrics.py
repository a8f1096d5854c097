"""Probabilities fitted, and how good they were: squared error, ranking with its interval, calibration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit
from scipy.stats import rankdata

from tiering.movement.intervals import Z95

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
BINS = 10
Fit = Callable[[Values], Values]

MOST_BOOSTED = 10_000  # customers boosting learns from; more change little and take long
SEED = 0
ONE_THREAD = 1  # on so few customers threads wait for one another: thirty times as long on a busy machine
NEVER_SURE = 1e-4  # a probability is told from it to 1 − it where it is put right


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


def brier(happened: Flags, chance: Values) -> float:
    """Mean squared error of the probabilities, 0 the best; a guess of 50 % for everybody gives 0.25.

    References
    ----------
    Brier (1950), Monthly Weather Review 78.
    """
    return float(np.mean((chance - happened) ** 2))


def brier_gain(happened: Flags, chance: Values, other: Values) -> Interval:
    """By how much the squared error of ``other`` is larger, customer by customer; above 0 ``chance`` is better."""
    gain = (other - happened) ** 2 - (chance - happened) ** 2
    half = Z95 * float(gain.std(ddof=1)) / sqrt(gain.size) if gain.size > 1 else np.inf
    return Interval(float(gain.mean()), float(gain.mean()) - half, float(gain.mean()) + half)


def auc(happened: Flags, chance: Values) -> Interval:
    """Probability that one who did is ranked above one who did not (0.5: by chance), with DeLong's interval.

    Ties count half. NaN where all did or none.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44; by midranks: Sun & Xu (2014), IEEE SPL 21.
    """
    ones, zeros = int(happened.sum()), int((~happened).sum())
    if not ones or not zeros:
        return Interval(np.nan, np.nan, np.nan)
    rank = rankdata(chance)
    above = (rank[happened] - rankdata(chance[happened])) / zeros
    below = 1 - (rank[~happened] - rankdata(chance[~happened])) / ones
    area = float(above.mean())
    variance = _variance(above) / ones + _variance(below) / zeros
    half = Z95 * sqrt(variance)
    return Interval(area, max(area - half, 0.0), min(area + half, 1.0))


def _variance(values: Values) -> float:
    return float(values.var(ddof=1)) if values.size > 1 else 0.0


def calibration(happened: Flags, chance: Values, bins: int = BINS) -> pd.DataFrame:
    """One row per bin of equal width that holds anybody: ``said`` and ``came`` (mean shares), ``customers``.

    A probability on the border belongs to the lower bin.
    """
    edges = np.linspace(0, 1, bins + 1)
    place = np.searchsorted(edges[1:-1], chance, side="left")
    count = np.bincount(place, minlength=bins)
    held = np.flatnonzero(count)
    said, came = (np.bincount(place, values, bins)[held] / count[held] for values in (chance, happened.astype(float)))
    return pd.DataFrame({"said": said, "came": came, "customers": count[held]})


def calibration_error(happened: Flags, chance: Values, bins: int = BINS) -> float:
    """Mean distance between said and came, each bin weighed by its customers (ECE)."""
    table = calibration(happened, chance, bins)
    return float(((table["said"] - table["came"]).abs() * table["customers"]).sum() / table["customers"].sum())


def lift(happened: Flags, chance: Values, top: float = 0.1) -> float:
    """Rate among the ``top`` share with the highest probability (rounded up), over the rate of all.

    References
    ----------
    Neslin et al. (2006), Journal of Marketing Research 43.
    """
    first = np.argsort(-chance, kind="stable")[: ceil(round(top * chance.size, 9))]
    base = happened.mean()
    return float(happened[first].mean() / base) if base > 0 else np.nan


def fit_base_rate(features: Values, happened: Flags) -> Fit:
    """Outcomes (n,) → the same share for everybody."""
    rate = float(happened.mean())
    return lambda asked: np.full(len(asked), rate)


def fit_logistic(features: Values, happened: Flags) -> Fit:
    """Features (n, k) and outcomes (n,) → function from features to probabilities."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    fitted = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(features, happened)
    return lambda asked: np.asarray(fitted.predict_proba(asked)[:, 1], dtype=np.float64)


def fit_boosting(features: Values, happened: Flags) -> Fit:
    """The same by gradient boosting of histogram trees, learnt from 10,000 customers at most."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    trees = HistGradientBoostingClassifier(learning_rate=0.1, max_iter=60, max_leaf_nodes=15, random_state=SEED)
    kept = np.linspace(0, len(features) - 1, min(len(features), MOST_BOOSTED)).astype(int)
    with threadpool_limits(ONE_THREAD):
        fitted = trees.fit(features[kept], happened[kept])
    return lambda asked: np.asarray(fitted.predict_proba(asked)[:, 1], dtype=np.float64)


def put_right(told: Values, happened: Flags) -> Fit:
    """Probabilities told (n,) and what then happened → function that puts such probabilities right.

    References
    ----------
    Platt (1999): a logistic regression on the logit of what was told.
    """
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(_logits(told), happened)
    return lambda asked: np.asarray(fitted.predict_proba(_logits(asked))[:, 1], dtype=np.float64)


def _logits(told: Values) -> Values:
    return np.asarray(logit(np.clip(told, NEVER_SURE, 1 - NEVER_SURE)))[:, None]
