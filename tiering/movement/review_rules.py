"""Tiers held by review rules: simulated over the past, beside the tiers as they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tiering.metrics.windows import months_before
from tiering.movement.chain import Chain, Codes
from tiering.scenario.exceptions import Review
from tiering.tiers.cuts import base_tiers
from tiering.tiers.score import MILLI, TOP

REASONS: Final = ("none", "entry", "exit", "confirm", "stay", "grace")
LEAST_REVIEWS = 3  # below that no rule has anything to hold
QUARTER = 3
DAYS_A_YEAR = 365.25
LONG_SETTLED = 99  # reviews since a move that nobody has seen

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class ReviewInput:
    """What one review sees of n customers.

    ``raw``: tier by score, ``count`` where there is none; ``up`` and ``down``: the tier if every line lay higher by
    the entry buffer, or lower by the exit buffer; ``at_once``: the tier is set by hand or by a cap, and no rule
    holds another; ``newcomer``: within the grace period.
    """

    raw: Codes
    up: Codes
    down: Codes
    at_once: Flags
    newcomer: Flags


@dataclass(frozen=True)
class ReviewedTiers:
    """Tiers in force (d, n) under review rules, and why one differs from the tier by score, as a place in `REASONS`."""

    tiers: Codes
    reasons: Codes


@dataclass(frozen=True)
class Record:
    """What a way of reviewing did over the past.

    ``changes`` of tier in a year; ``reversed_changes``, also in a year: changes taken back at the very next review;
    ``wrong_customers`` and ``wrong_revenue``: at an average review, those whose tier in force during the quarter was
    not the one they turned out to have at its end, and their annual revenue.
    """

    changes: float
    reversed_changes: float
    wrong_customers: float
    wrong_revenue: float


def review_inputs(chain: Chain, rules: Review) -> list[ReviewInput]:
    """What each review of a chain sees. Tiers that are not drawn by score have no line and so no buffer."""
    return [
        ReviewInput(
            chain.tiers[at],
            _shifted(chain, at, rules.entry),
            _shifted(chain, at, -rules.exit),
            _at_once(chain, at),
            _newcomers(chain, at, rules.grace),
        )
        for at in range(len(chain.dates))
    ]


def held_tiers(reviews: Sequence[ReviewInput], rules: Review, count: int) -> ReviewedTiers:
    """Reviews in order → the tier in force after each of them.

    A customer starts with the tier by score. Up: at once when the score lies the entry buffer above a line. Down:
    when it lay the exit buffer below at each of the last ``confirm`` reviews, as far as all of these confirm. Inside
    the buffers the tier stays, as it does for ``stay`` reviews after a move and, downwards, within the grace period.
    What is set by hand and what a cap says holds at once. Without a score there is no tier, and the next one starts
    anew.
    """
    held, reasons = [reviews[0].raw], [np.zeros_like(reviews[0].raw)]
    since = np.full(held[0].size, LONG_SETTLED)
    for at in range(1, len(reviews)):
        now, before = reviews[at], held[-1]
        lasting = before < count
        confirmed = _confirmed(reviews, at, rules.confirm, count)
        settled = since >= rules.stay
        up = settled & (now.up < before)
        down = settled & ~now.newcomer & (confirmed > before)
        tier = np.where(up, now.up, np.where(down, confirmed, before))
        tier = np.where(~lasting | now.at_once | (now.raw == count), now.raw, tier).astype(np.int8)
        since = np.where(tier != before, 1, since + 1)
        held.append(tier)
        reasons.append(np.where(tier == now.raw, 0, _reasons(now, before, settled)).astype(np.int8))
    return ReviewedTiers(np.array(held), np.array(reasons))


def record(in_use: Codes, chain: Chain) -> Record:
    """Tiers in force (d, n) over a chain's dates → how much they changed and how often they were wrong."""
    known = in_use < chain.count
    moved = (in_use[1:] != in_use[:-1]) & known[1:] & known[:-1]
    back = moved[1:] & moved[:-1] & (in_use[2:] == in_use[:-2])
    wrong = (in_use[:-1] != chain.tiers[1:]) & known[:-1] & (chain.tiers[1:] < chain.count)
    years = (chain.dates[-1] - chain.dates[0]).days / DAYS_A_YEAR
    steps = len(chain.dates) - 1
    return Record(
        float(moved.sum() / years),
        float(back.sum() / years),
        float(wrong.sum() / steps),
        float(np.where(wrong, chain.revenue[:-1], 0.0).sum() / steps),
    )


def _confirmed(reviews: Sequence[ReviewInput], at: int, needed: int, count: int) -> Codes:
    """The tier that all of the last ``needed`` reviews would put each customer in or below; 0 where one is missing."""
    if at + 1 < needed:
        return np.zeros_like(reviews[at].down)
    last = np.array([review.down for review in reviews[at + 1 - needed : at + 1]])
    return np.where((last == count).any(axis=0), 0, last.min(axis=0)).astype(np.int8)


def _reasons(now: ReviewInput, before: Codes, settled: Flags) -> Codes:
    """Why a tier is held that differs from the one drawn."""
    better = now.raw < before  # drawn higher than in use
    upward = np.where(settled | (now.up >= before), REASONS.index("entry"), REASONS.index("stay"))
    inside = now.down <= before
    downward = np.select(
        [inside, now.newcomer, ~settled],
        [REASONS.index("exit"), REASONS.index("grace"), REASONS.index("stay")],
        REASONS.index("confirm"),
    )
    return np.where(better, upward, downward).astype(np.int8)


def _shifted(chain: Chain, at: int, points: float) -> Codes:
    """Final tiers if every line lay ``points`` higher."""
    if not chain.positions[at]:
        return chain.tiers[at]
    shift = round(points * MILLI)
    lines = tuple(min(max(position + shift, 0), TOP + 1) for position in chain.positions[at])
    return chain.final(at, base_tiers(chain.milli[at], lines))


def _at_once(chain: Chain, at: int) -> Flags:
    adjustments, rows = chain.settlements[at]
    if adjustments is None:
        return np.zeros(rows.size, dtype=bool)
    place = np.maximum(rows, 0)
    capped = (adjustments.points.caps[place] > chain.drawn[at]) & (chain.tiers[at] == adjustments.points.caps[place])
    return (rows >= 0) & ((adjustments.hand.tiers[place] >= 0) | capped)


def _newcomers(chain: Chain, at: int, grace: int) -> Flags:
    since = np.datetime64(months_before(chain.dates[at], QUARTER * grace), "D")
    return chain.first_order > since
