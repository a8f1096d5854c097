"""Majority rule with veto: no amount of one indicator buys off what is too bad in another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.ways import Criterion, Majority
from tiering.tiers.readings import Readings, Values
from tiering.tiers.score import LEAST_COVERAGE

Mask = NDArray[np.bool_]
Tiers = NDArray[np.int8]

_SLACK = 1e-9  # weights come as fractions: a majority that is just reached is reached
_SAME = 1e-12


@dataclass(frozen=True)
class Votes:
    """What the criteria say of n customers, by tier but the last (t, n).

    ``support``: share of the known weight (0..1) that is good enough for the tier. ``vetoed``: whether something is
    too bad for it. ``coverage`` (n,): share of the weight that is known. ``absent``: indicators nobody has.
    """

    support: NDArray[np.float64]
    vetoed: Mask
    coverage: NDArray[np.float64]
    absent: tuple[str, ...]


def majority_tiers(readings: Readings, majority: Majority, lines: int) -> Tiers:
    """Indicators of n customers → tiers (n,), 0 the top of ``lines`` + 1.

    A customer reaches a tier when the criteria that are at least as good as its profile hold ``majority`` of the
    weight and none is at or beyond its veto; going up from the worst, the first tier not reached ends the climb.
    Weights count over what is known of a customer; below 60 % known it is not tiered (one past the last), newcomers
    only where nothing is.

    References
    ----------
    Bouyssou & Marchant (2007), EJOR 178; Leroy, Mousseau & Pirlot (2011), Learning the parameters of MR-Sort.
    """
    least = np.where(readings.too_new, np.finfo(float).tiny, LEAST_COVERAGE - _SLACK)
    return climbed(votes(readings, majority, lines), majority.majority, least)


def climbed(votes: Votes, majority: float, least: NDArray[np.float64]) -> Tiers:
    """Votes → tiers (n,): one up for each tier reached without a gap below it; ``least`` (n,) has to be known."""
    reached = (votes.support >= majority - _SLACK) & ~votes.vetoed
    steps = np.cumprod(reached[::-1], axis=0).sum(axis=0)
    tiers = (len(reached) - steps).astype(np.int8)
    tiers[votes.coverage < least] = len(reached) + 1
    return tiers


def votes(readings: Readings, majority: Majority, lines: int) -> Votes:
    """Who is good enough for which tier, and for whom something is too bad."""
    columns = [(criterion, readings.of(criterion.indicator)) for criterion in majority.criteria]
    told = [(criterion, values) for criterion, values in columns if values is not None]
    known = np.zeros(readings.count)
    for_it, vetoed = np.zeros((lines, readings.count)), np.zeros((lines, readings.count), dtype=bool)
    for criterion, values in told:
        known += criterion.weight * np.isfinite(values)
        good, bad = _stand(criterion, values, readings.more_is_better(criterion.indicator))
        for_it += criterion.weight * good
        vetoed |= bad
    total = sum(criterion.weight for criterion, _ in told)
    support = for_it / np.where(known > 0, known, 1.0)
    absent = tuple(criterion.indicator for criterion, values in columns if values is None)
    return Votes(support, vetoed, known / total if total else known, absent)


def _stand(criterion: Criterion, values: Values, more_is_better: bool) -> tuple[Mask, Mask]:
    """Good enough and too bad, by tier (t, n); a missing value is neither."""
    way = 1.0 if more_is_better else -1.0
    profiles = np.array(criterion.profiles, dtype=np.float64)[:, None]
    vetoes = np.array(criterion.vetoes or (None,) * len(profiles), dtype=np.float64)[:, None]
    worth, near = way * values, _SAME * (1 + np.abs(profiles))
    good = worth >= way * profiles - near
    bad = worth <= way * vetoes + _SAME * (1 + np.abs(vetoes))
    return good, bad
