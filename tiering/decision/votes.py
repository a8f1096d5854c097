"""Several people's weights: their median and spread, and the customers whose tier depends on whom you ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import CustomerBase, Tiering, tier_customers
from tiering.indicators.weights.whole import whole_weights
from tiering.scenario import Cuts, Scenario
from tiering.tiers.cuts import crossings
from tiering.tiers.score import MILLI, TOP, score_customers

Shares = NDArray[np.float64]
TENTH = 100  # lines by score lie on tenths of a point, counted in thousandths


@dataclass(frozen=True)
class Spread:
    """Shares of the weight, 0..1, by voter and indicator (voters, k), and over the voters (k,)."""

    shares: Shares
    median: Shares
    lowest: Shares
    highest: Shares


@dataclass(frozen=True)
class Contested:
    """Customers whom the voters put in different tiers, most revenue at stake first.

    ``rows`` (m,) of the customer base; ``tiers`` (voters, m) tier numbers; ``agreed`` (m,) share of the voters who
    give the tier that most give.
    """

    rows: NDArray[np.intp]
    tiers: NDArray[np.int8]
    agreed: Shares


def spread(votes: Sequence[Mapping[str, int]], keys: Sequence[str]) -> Spread:
    """Votes (weights by key, each with one above 0) → shares and their median, lowest and highest per indicator.

    Each vote counts as shares of its own sum, so that nobody gains by setting everything high.
    """
    weights = np.array([[vote.get(key, 0) for key in keys] for vote in votes], dtype=np.float64)
    shares = weights / weights.sum(axis=1, keepdims=True)
    return Spread(shares, np.median(shares, axis=0), shares.min(axis=0), shares.max(axis=0))


def middle(found: Spread, keys: Sequence[str]) -> dict[str, float]:
    """Median shares by indicator; where the medians are all 0 the means stand in."""
    shares = found.median if found.median.any() else found.shares.mean(axis=0)
    return dict(zip(keys, shares.tolist(), strict=True))


def blended(present: Mapping[str, int], vote: Mapping[str, float]) -> dict[str, int]:
    """Present weights and a vote on some of the indicators → whole weights of all, the largest 100.

    What was not voted on keeps its part of the whole; the vote deals out the rest. Where nothing that was voted on
    had a weight before, each indicator gets the same part.
    """
    others = {key: weight for key, weight in present.items() if weight and key not in vote}
    before = sum(present.get(key, 0) for key in vote)
    part = before / (before + sum(others.values())) if before else len(vote) / (len(vote) + len(others))
    dealt = _dealt(vote, part) | _dealt(others, 1 - part)
    return dict(zip(dealt, whole_weights(list(dealt.values())), strict=True))


def _dealt(weights: Mapping[str, float], part: float) -> dict[str, float]:
    """The part shared out in proportion to the weights."""
    total = sum(weights.values())
    return {key: part * weight / total for key, weight in weights.items()}


def weighed_anew(tiering: Tiering, vote: Mapping[str, float]) -> Scenario:
    """The scenario by a vote, its tiers as large as they are now: the order decides, not the level.

    Lines by score move to where they leave as many customers above as before (ties stay together); every other way
    of drawing lines stays as it is. Indicators that were not voted on keep their part of the weight.
    """
    scenario = tiering.scenario
    weights = blended(scenario.weights, vote)
    anew = scenario.model_copy(update={"weights": weights, "goal": "own"})
    if scenario.line_kind != "score":
        return anew
    milli = score_customers(tiering.base.matrix, weights).milli
    return anew.model_copy(update={"cuts": _cuts_of_size(tiering, milli)})


def tiers_by_vote(tiering: Tiering, votes: Sequence[Mapping[str, int]]) -> NDArray[np.int8]:
    """Tier numbers (voters, n) as each vote alone would have it."""
    return np.array([_tiers(tiering.base, weighed_anew(tiering, vote)) for vote in votes])


def contested(tiers: NDArray[np.int8], revenue: NDArray[np.float64]) -> Contested:
    """Tier numbers (voters, n) → the customers on whom the voters differ.

    At stake is revenue × the share of voters outside the largest group; equal stakes in the given order.
    """
    rows = np.flatnonzero((tiers != tiers[0]).any(axis=0))
    differing = tiers[:, rows]
    size = int(tiers.max(initial=0)) + 1
    votes = np.array([(differing == tier).sum(axis=0) for tier in range(size)]).reshape(size, rows.size)
    agreed = votes.max(axis=0) / len(tiers)
    order = np.argsort(-np.maximum(revenue[rows], 0.0) * (1 - agreed), kind="stable")
    return Contested(rows[order], differing[:, order], agreed[order])


def _tiers(base: CustomerBase, scenario: Scenario) -> NDArray[np.int8]:
    return tier_customers(base, scenario).tiers


def _cuts_of_size(tiering: Tiering, milli: NDArray[np.int32]) -> Cuts:
    """Lines by score, on tenths, above which about as many customers lie as above the present ones."""
    counts = np.bincount(tiering.base_tiers, minlength=len(tiering.scenario.tiers) + 1)[:-1]
    shares = np.cumsum(counts)[:-1] / max(int(counts.sum()), 1)
    positions = crossings(milli, None, tuple(shares.tolist()))
    lines = (min(position, TOP) // TENTH * TENTH / MILLI for position in positions)
    return Cuts(kind="score", lines=tuple(round(line, 1) for line in lines))
