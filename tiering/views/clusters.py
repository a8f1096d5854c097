"""Clusters: customers that are alike in chosen indicators, and whether they would be found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from tiering.indicators.catalogue import BY_KEY, Indicator
from tiering.indicators.matrix import raw_values

if TYPE_CHECKING:
    from sklearn.cluster import KMeans

Values = NDArray[np.float64]
Codes = NDArray[np.int64]
Scale = Literal["robust", "standard"]
RELIABLE = 0.6
LEAST_SILHOUETTE = 0.25  # below it there is no substantial structure (Kaufman & Rousseeuw 1990)
LEAST_PER_CLUSTER = 10
OFFERED = (3, 4, 5, 6)
STARTS = 50
_SEED = 20240101
_RESAMPLES = 20
_TRIAL_STARTS = 3
_FULL_STARTS = 20
_TRIAL_ROWS = 800
_FIT_ROWS = 4000


@dataclass(frozen=True)
class Scaled:
    """Customers × indicators on comparable scales; ``rows`` are the customers of whom all of ``keys`` are known."""

    keys: tuple[str, ...]
    rows: NDArray[np.intp]
    values: Values
    scale: Scale = "robust"


@dataclass(frozen=True)
class Trial:
    """How well ``k`` clusters fit: ``silhouette`` −1..1 and ``stability`` 0..1, the mean Jaccard of resamples."""

    k: int
    silhouette: float
    stability: float


@dataclass(frozen=True)
class Clusters:
    """Cluster of each scaled row, 0 the one of highest mean worth; ``within`` the sum of squares within clusters."""

    codes: Codes
    within: float


def scaled(
    customers: pd.DataFrame, keys: Sequence[str], named: Mapping[str, Indicator] = BY_KEY, scale: Scale = "robust"
) -> Scaled:
    """Customer table → indicators made comparable. Those that are the same for all are left out; ``named`` holds own
    ones too.

    ``robust``: money and counts by log1p(x / median), then median 0 and quartile range 1 (or deviation 1 where half of
    them are equal). ``standard``: as they are, mean 0 and standard deviation of a sample 1.
    """
    raw = {key: raw_values(customers, named[key]).astype(np.float64) for key in keys}
    known = (
        np.flatnonzero(np.all([np.isfinite(values) for values in raw.values()], axis=0)) if raw else np.array([], int)
    )
    columns = {key: _comparable(values[known], named[key], scale) for key, values in raw.items() if known.size}
    kept = {key: column for key, column in columns.items() if column.size and np.ptp(column) > 0}
    values = np.column_stack(list(kept.values())) if kept else np.empty((known.size, 0))
    return Scaled(tuple(kept), known, values, scale)


@contextmanager
def one_thread() -> Iterator[None]:
    """Many small fits: more than one thread spends its time waiting for the others, a hundred times as much."""
    _fit(np.zeros((2, 1)), 1, 1)  # the first fit loads the library whose threads are to be limited
    with threadpool_limits(limits=1):
        yield


@one_thread()
def clusters(values: Values, k: int, worth: Values) -> Clusters:
    """Scaled rows (n, m) → k clusters by k-means, numbered by the mean of ``worth`` (n,), the highest first.

    Beyond 4,000 rows the centres come from a sample of that size and every row joins its nearest one.

    References
    ----------
    Lloyd (1982); Arthur & Vassilvitskii (2007) for the starting centres, fifty starts.
    """
    fitted = _fit(_sample(values, _FIT_ROWS), k, STARTS if len(values) <= _FIT_ROWS else _FULL_STARTS)
    codes = fitted.predict(np.ascontiguousarray(values)).astype(np.int64)
    means = np.bincount(codes, weights=worth, minlength=k) / np.maximum(np.bincount(codes, minlength=k), 1)
    place = np.empty(k, dtype=np.int64)
    place[np.argsort(-means, kind="stable")] = np.arange(k)
    within = float(((values - fitted.cluster_centers_[codes]) ** 2).sum())
    return Clusters(place[codes], within)


@one_thread()
def trials(values: Values) -> tuple[Trial, ...]:
    """Fit and stability of each number of clusters that the rows allow, on at most 800 of them.

    References
    ----------
    Rousseeuw (1987) for the silhouette; Hennig (2007), CSDA 52:258, for the stability by resampling.
    """
    rows = _sample(values, _TRIAL_ROWS)
    distinct = len(np.unique(rows, axis=0))
    allowed = [k for k in OFFERED if len(rows) >= LEAST_PER_CLUSTER * k and distinct > k]
    return tuple(_trial(rows, k) for k in allowed)


def proposed_k(found: Sequence[Trial]) -> int | None:
    """The k of best silhouette among those found again in resamples (0.6 and more), None where there is none."""
    reliable = [trial for trial in found if is_reliable(trial)]
    return max(reliable, key=lambda trial: trial.silhouette).k if reliable else None


def is_reliable(trial: Trial) -> bool:
    """Whether the clusters would be found again, and stand apart at all."""
    return trial.stability >= RELIABLE and trial.silhouette >= LEAST_SILHOUETTE


def jaccard(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Members of both over members of either, 0 where neither has any."""
    either = int((one | other).sum())
    return float((one & other).sum() / either) if either else 0.0


def profile(values: Values, codes: Codes, k: int) -> Values:
    """Cluster mean less overall mean in overall deviations (k, m)."""
    deviation = values.std(axis=0)
    means = np.array([values[codes == code].mean(axis=0) for code in range(k)])
    return np.asarray((means - values.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0))


def _trial(rows: Values, k: int) -> Trial:
    from sklearn.metrics import silhouette_score  # a second to load: only where clusters are asked for

    codes = _fit(rows, k, _FULL_STARTS).labels_
    return Trial(k, float(silhouette_score(rows, codes)), _stability(rows, codes, k))


def _stability(rows: Values, codes: Codes, k: int) -> float:
    """Mean over clusters and resamples of the best Jaccard with a cluster of the resample."""
    chance = np.random.default_rng(_SEED)
    found = []
    for _ in range(_RESAMPLES):
        drawn = np.unique(chance.integers(0, len(rows), len(rows)))
        again = _fit(rows[drawn], k, _TRIAL_STARTS).labels_
        here = codes[drawn]
        found += [max(jaccard(here == a, again == b) for b in range(k)) for a in np.unique(here)]
    return float(np.mean(found))


def _fit(rows: Values, k: int, starts: int) -> KMeans:
    from sklearn.cluster import KMeans

    return KMeans(n_clusters=k, n_init=starts, random_state=_SEED).fit(rows)


def _sample(values: Values, most: int) -> Values:
    """At most ``most`` rows, the same ones every time."""
    if len(values) <= most:
        return values
    return values[np.sort(np.random.default_rng(_SEED).choice(len(values), most, replace=False))]


def _comparable(values: Values, indicator: Indicator, scale: Scale) -> Values:
    return _standard(values) if scale == "standard" else _robust(_logged(values, indicator))


def _standard(values: Values) -> Values:
    spread = values.std(ddof=1) if values.size > 1 else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros(values.shape)


def _logged(values: Values, indicator: Indicator) -> Values:
    if indicator.scale != "log" and indicator.unit != "money":
        return values
    positive = np.maximum(values, 0.0)
    middle = np.median(positive[positive > 0]) if (positive > 0).any() else 1.0
    return np.log1p(positive / middle)


def _robust(values: Values) -> Values:
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    spread = high - low if high > low else values.std()
    # Beyond five spreads a value says "far out" and nothing more.
    return np.clip((values - middle) / spread, -5.0, 5.0) if spread > 0 else np.zeros(values.shape)
