"""Fits that give probabilities: the base rate, logistic regression, boosted trees, and putting a fit right later on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Fit = Callable[[Values], Values]

MOST_BOOSTED = 10_000  # customers boosting learns from; more change little and take long
SEED = 0
ONE_THREAD = 1  # on so few customers threads wait for one another: thirty times as long on a busy machine
NEVER_SURE = 1e-4  # a probability is told from it to 1 − it where it is put right


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
