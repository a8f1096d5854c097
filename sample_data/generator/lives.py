"""The life of each customer: when it begins and ends, how much it buys, how often, and where it is heading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.generator.market import DAYS, Flags, Floats, Habits, Ints
from sample_data.generator.seasons import Clock

FATES = ("established", "joined", "newcomer", "lost", "one_off")
FATE_SHARES = (0.56, 0.205, 0.085, 0.11, 0.04)
FATE_SPEND = (1.15, 0.9, 0.6, 0.6, 1.4)
LARGEST_LEVEL = 2.6  # in standard deviations; beyond it one customer would be the whole business
LAST_HALF_YEAR = DAYS - 183
LAST_YEAR = DAYS - 365


@dataclass(frozen=True)
class Lives:
    """One entry per customer; times in business years, money in yuan a year, growth as a yearly logarithm."""

    start: Floats
    end: Floats
    fresh: Flags  # the first order of its life is in the window
    one_off: Flags
    spend: Floats
    rate: Floats
    growth: Floats
    regularity: Floats

    @property
    def span(self) -> Floats:
        """Business years between start and end."""
        return self.end - self.start


def draw_lives(rng: np.random.Generator, habits: Habits, clock: Clock) -> Lives:
    """Draw the lives of all customers and prospects; log-normal spend gives a fifth of them most of the money."""
    count = habits.customers + habits.prospects
    fate = np.searchsorted(np.cumsum(FATE_SHARES), rng.random(count) * sum(FATE_SHARES), side="right")
    start, end = _times(rng, fate, clock)
    level = np.clip(rng.standard_normal(count), -LARGEST_LEVEL, LARGEST_LEVEL)
    spend = habits.median_spend * np.exp(habits.spread * level) * np.array(FATE_SPEND)[fate]
    rate = habits.orders_a_year * np.exp(0.35 * habits.spread * level + 0.45 * rng.standard_normal(count))
    return Lives(
        start=start,
        end=end,
        fresh=start > 0,
        one_off=fate == FATES.index("one_off"),
        spend=spend,
        rate=np.clip(rate, 0.6, 40.0),
        growth=_growth(rng, fate),
        regularity=np.clip(np.exp(1.1 + 0.7 * rng.standard_normal(count)), 0.8, 15.0),
    )


def _times(rng: np.random.Generator, fate: Ints, clock: Clock) -> tuple[Floats, Floats]:
    """Start and end of each life, by its fate."""
    half_year, year = clock.time_of(LAST_HALF_YEAR), clock.time_of(LAST_YEAR)
    first = np.array([0.0, 0.0, half_year, 0.0, 0.0])[fate]
    last = np.array([0.0, half_year, clock.end, year - 0.6, clock.end])[fate]
    start = first + rng.random(len(fate)) * (last - first)
    before = rng.random(len(fate)) < 0.6
    start = np.where((fate == FATES.index("lost")) & before, 0.0, start)
    left = start + 0.25 + rng.random(len(fate)) * np.maximum(year - start - 0.3, 0.0)
    return start, np.where(fate == FATES.index("lost"), left, clock.end)


def _growth(rng: np.random.Generator, fate: Ints) -> Floats:
    """Some grow, some decline, most drift; those who leave decline before."""
    course = rng.random(len(fate))
    growth = 0.08 * rng.standard_normal(len(fate)) - 0.02
    growth = growth + np.where(course < 0.16, 0.30, 0.0) - np.where(course > 0.84, 0.36, 0.0)
    return np.where(fate == FATES.index("lost"), -0.35, growth)
