"""The tier in force of every customer: what review rules hold where they are switched on, else the tier by score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain as chained

import numpy as np

from tiering.dataset import Dataset
from tiering.evaluate import Holding, Progress, Tiering, evaluate
from tiering.ingest.clean.population import selected_population
from tiering.movement.chain import Chain, Codes, tier_chain
from tiering.movement.review_rules import LEAST_REVIEWS, held_tiers, review_inputs
from tiering.movement.snapshots import full_window, review_dates
from tiering.scenario import Scenario
from tiering.tiers.totals import tier_totals

THIRD = 1 / 3


def evaluated(
    dataset: Dataset, scenario: Scenario, as_of: date | None = None, progress: Progress | None = None
) -> Tiering:
    """Dataset + scenario at a date → the tier in force of every customer.

    Raises
    ------
    DataProblem
        Those of ``evaluate``.
    """
    if not scenario.review.on:
        return evaluate(dataset, scenario, as_of, progress)
    tiering = evaluate(dataset, scenario, as_of, progress and (lambda share: progress(share * THIRD)))
    peopled_too = selected_population(dataset, scenario.population)
    return in_force(tiering, peopled_too, progress and (lambda share: progress(THIRD + share * (1 - THIRD))))


def in_force(tiering: Tiering, dataset: Dataset, progress: Progress | None = None) -> Tiering:
    """Tiers by score + the data behind them, its customers left out already → the tiers in force."""
    dates = holding_dates(tiering, dataset)
    if not dates:
        return tiering
    return held_by(tiering, tier_chain(dataset, tiering.scenario, dates, progress))


def holding_dates(tiering: Tiering, dataset: Dataset) -> tuple[date, ...]:
    """Reviews at which rules can hold a tier, the last of them the tiering's own date.

    None where the rules are off, without orders, or with fewer than three reviews that see a full window: in one that
    still fills, what moves is the window.
    """
    as_of, scenario = tiering.base.as_of, tiering.scenario
    if not scenario.review.on or dataset.orders is None or as_of is None:
        return ()
    return full_reviews(dataset, as_of, scenario.window_months)


def full_reviews(dataset: Dataset, as_of: date, window_months: int) -> tuple[date, ...]:
    """Review dates up to ``as_of`` that see a full window; none where they are fewer than three."""
    first = dataset.first_order_date
    full = tuple(day for day in review_dates(first, as_of) if full_window(first, day, window_months))
    return full if len(full) >= LEAST_REVIEWS else ()


def chain_in_force(
    dataset: Dataset, scenario: Scenario, dates: Sequence[date], progress: Progress | None = None
) -> Chain:
    """``tier_chain`` with the tiers in force at every date, each held by the reviews before it."""
    if not scenario.review.on:
        return tier_chain(dataset, scenario, dates, progress)
    days = sorted(set(dates))
    reviews = {day: full_reviews(dataset, day, scenario.window_months) for day in days}
    chain = tier_chain(dataset, scenario, [*days, *chained(*reviews.values())], progress)
    tiers = [_held_on(chain, day, reviews[day], scenario) for day in days]
    asked = _parted(chain, days)
    held = np.array(tiers)
    return replace(asked, tiers=held, states=np.where(asked.states <= chain.count, held, asked.states).astype(np.int8))


def _held_on(chain: Chain, day: date, reviews: tuple[date, ...], scenario: Scenario) -> Codes:
    """Tiers (n,) in force on a day: those by score where no review before it holds anything."""
    if not reviews:
        return chain.tiers[chain.dates.index(day)]
    past = _parted(chain, reviews)
    return held_tiers(review_inputs(past, scenario.review), scenario.review, chain.count).tiers[-1]


def _parted(chain: Chain, days: Sequence[date]) -> Chain:
    """The chain at some of its dates."""
    at = [chain.dates.index(day) for day in days]
    return replace(
        chain,
        dates=tuple(days),
        states=chain.states[at],
        tiers=chain.tiers[at],
        drawn=chain.drawn[at],
        milli=chain.milli[at],
        revenue=chain.revenue[at],
        positions=tuple(chain.positions[place] for place in at),
        settlements=tuple(chain.settlements[place] for place in at),
    )


def held_by(tiering: Tiering, chain: Chain) -> Tiering:
    """Tiers by score + the same customers at their reviews → what the scenario's rules make of them.

    The last review is the tiering's own date, so its customers stand in the same order.
    """
    held = held_tiers(review_inputs(chain, tiering.scenario.review), tiering.scenario.review, chain.count)
    tiers, by_score = held.tiers[-1], tiering.by_score
    reasons = np.where(tiers == by_score, 0, held.reasons[-1]).astype(np.int8)
    totals = tier_totals(tiers, tiering.base.revenue, chain.count)
    return replace(tiering, tiers=tiers, totals=totals, held=Holding(by_score, reasons))
