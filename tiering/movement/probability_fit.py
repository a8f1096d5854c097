"""Fits that give probabilities: logistic regression and boosted trees, both calibrated on customers held out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Fit = Callable[[Values], Values]

FOLDS, BOOSTED_FOLDS = 5, 3
ISOTONIC_FROM = 1000  # cases; with fewer a step function follows the noise
MOST_BOOSTED = 10_000  # customers boosting learns from; more change little and take long
SEED = 0
ONE_THREAD = 1  # on so few customers threads wait for one another: thirty times as long on a busy machine


def fit_logistic(features: Values, happened: Flags) -> Fit:
    """Features (n, k) and outcomes (n,) → function from features to calibrated probabilities."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return _calibrated(make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)), features, happened)


def fit_boosting(features: Values, happened: Flags) -> Fit:
    """The same by gradient boosting of histogram trees, learnt from 10,000 customers at most."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    trees = HistGradientBoostingClassifier(learning_rate=0.1, max_iter=60, max_leaf_nodes=15, random_state=SEED)
    kept = np.linspace(0, len(features) - 1, min(len(features), MOST_BOOSTED)).astype(int)
    return _calibrated(trees, features[kept], happened[kept], BOOSTED_FOLDS)


def _calibrated(model: Any, features: Values, happened: Flags, parts: int = FOLDS) -> Fit:
    """The model on all, put right by what models without each part had told of the customers of that part."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.model_selection import StratifiedKFold
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    method = "isotonic" if happened.sum() >= ISOTONIC_FROM and (~happened).sum() >= ISOTONIC_FROM else "sigmoid"
    folds = StratifiedKFold(parts, shuffle=True, random_state=SEED)
    with threadpool_limits(ONE_THREAD):
        fitted = CalibratedClassifierCV(model, method=method, cv=folds, ensemble=False).fit(features, happened)
    return lambda asked: np.asarray(fitted.predict_proba(asked)[:, 1], dtype=np.float64)
