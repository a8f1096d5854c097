"""A, B and C: bands of cumulative revenue, the limits the curve suggests, and items far apart by revenue and margin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from tiering.views.concentration import customers_reaching

Values = NDArray[np.float64]
Bands = NDArray[np.int8]
A, B, C = 0, 1, 2
_GRID = 1000
_COARSE_GRID = 100
_FEW = 100


@dataclass(frozen=True)
class Point:
    """A point of the curve: share of items (``effort``) and share of revenue they bring (``yielded``), 0..1."""

    effort: float
    yielded: float


@dataclass(frozen=True)
class ComputedLimits:
    """Where the curve itself separates A, B and C; ``bands`` is the class of each value."""

    a: Point
    c: Point
    bands: Bands


def abc_bands(values: Values, limits: tuple[float, float] = (0.8, 0.95)) -> Bands:
    """Values (n,), any order → 0 (A), 1 (B), 2 (C) for each.

    A is the smallest set of biggest values that reaches the first limit, A and B together the second. The value that
    crosses a limit is in, equal values are together, and what is not positive is C; shares are of the positive sum.
    """
    bands = np.full(values.shape, C, dtype=np.int8)
    descending = np.sort(values[values > 0])[::-1]
    if descending.size == 0:
        return bands
    for band, limit in ((B, limits[1]), (A, limits[0])):
        least = descending[customers_reaching(descending, limit) - 1]
        bands[values >= least] = band
    bands[values <= 0] = C
    return bands


def computed_limits(values: Values) -> ComputedLimits | None:
    """Limits by the shape of the curve; None with under three positive values.

    A lies nearest to the ideal (no effort, all revenue), B where the curve's slope is 1, the left one of the two is
    the limit of A; C lies nearest to (the other one's effort, all revenue). The item on the limit of A belongs to B,
    except where A would then be empty; the one on the limit of B is in.

    References
    ----------
    Ultsch & Lötsch (2015), Computed ABC Analysis, PLoS ONE 10(6): e0129767.
    """
    descending = np.sort(values[values > 0])[::-1]
    if descending.size < 3:
        return None
    effort, yielded, slope = _curve(descending)
    nearest = int(np.argmin(effort**2 + (1 - yielded) ** 2))
    level = int(np.argmin(np.abs(slope - 1)))
    first, second = sorted((nearest, level))
    last = int(np.argmin((effort - effort[second]) ** 2 + (1 - yielded) ** 2))
    bands = _banded(values, descending, (effort[first], effort[last]))
    return ComputedLimits(_point(effort, yielded, first), _point(effort, yielded, last), bands)


def _curve(descending: Values) -> tuple[Values, Values, Values]:
    """Cumulative revenue over share of items, as a smooth curve on an even grid, with its slope."""
    knots = np.arange(descending.size + 1) / descending.size
    running = np.concatenate([[0.0], np.cumsum(descending) / descending.sum()])
    grid = np.linspace(0, 1, (_COARSE_GRID if descending.size < _FEW else _GRID) + 1)
    curve = CubicSpline(knots, running)
    return grid, np.clip(curve(grid), 0.0, 1.0), curve(grid, 1)


def _banded(values: Values, descending: Values, efforts: tuple[float, float]) -> Bands:
    limits = [descending[max(round(effort * descending.size), 1) - 1] for effort in efforts]
    bands = np.where(values > limits[0], A, np.where(values >= limits[1], B, C)).astype(np.int8)
    if not (bands == A).any():
        bands[values >= limits[0]] = A
    return bands


def _point(effort: Values, yielded: Values, place: int) -> Point:
    return Point(float(effort[place]), float(yielded[place]))


def rank_flips(sales: pd.DataFrame, limits: tuple[float, float] = (0.8, 0.95)) -> pd.DataFrame:
    """``item``, ``revenue``, ``margin`` per item → those in A by one of the two and not by the other.

    Adds ``revenue_rank``, ``margin_rank`` (1 the biggest; equals share the best place) and ``margin_rate``; the
    biggest difference of places first. Items without a known margin are left out.
    """
    known = sales[sales["margin"].notna()].reset_index(drop=True)
    in_revenue = abc_bands(known["revenue"].to_numpy(), limits) == A
    in_margin = abc_bands(known["margin"].to_numpy(), limits) == A
    ranked = known.assign(
        revenue_rank=known["revenue"].rank(ascending=False, method="min").astype(int),
        margin_rank=known["margin"].rank(ascending=False, method="min").astype(int),
        margin_rate=known["margin"] / known["revenue"].where(known["revenue"] > 0),
    )
    flips = ranked[in_revenue != in_margin]
    distance = (flips["revenue_rank"] - flips["margin_rank"]).abs().to_numpy()
    return flips.iloc[np.argsort(-distance, kind="stable")].reset_index(drop=True)
