"""A made-up base of business customers whose truth is known: heavy tails, projects, seasons, customers who leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tiering.movement.sale_days import SaleDays

Values = NDArray[np.float64]
FIRST, DAYS = date(2022, 1, 1), 1096  # three years
TAIL = 1.3  # spread of the logarithm of a customer's size: the top tenth brings half of the revenue
NOISE = 0.6  # spread of the logarithm from one year to the next
LEAVING = 0.2  # a year
PROJECTS = 0.1  # of the days with an order; they are worth ten usual ones
SEASON = 0.4  # by how much the pace swings over the year


@dataclass(frozen=True)
class Years:
    """n customers: ``before`` and ``after``, revenue of two years; ``score``: some of what is to come is in it."""

    before: Values
    after: Values
    score: Values


def years(chance: np.random.Generator, customers: int, foresight: float) -> Years:
    """Two years of revenue: sizes far apart, projects that come once, customers who leave."""
    size, luck = chance.normal(0, TAIL, customers), chance.normal(0, NOISE, customers)
    project = np.where(chance.random((2, customers)) < PROJECTS, chance.exponential(2.0, (2, customers)), 0.0)
    stays = chance.random(customers) > LEAVING
    before = np.exp(size) * (1 + project[0])
    after = np.exp(size + luck - NOISE**2 / 2) * (1 + project[1]) * stays
    return Years(before, after, size + foresight * luck + chance.normal(0, 0.5, customers))


def sale_days_of(chance: np.random.Generator, customers: int) -> SaleDays:
    """Three years of days with a sale: every customer at its own pace and regularity, by season, until it leaves."""
    gap = np.exp(chance.normal(3.4, 0.7, customers))
    shape = chance.choice([0.8, 2.0, 6.0], customers)
    begins, leaves = chance.uniform(0, DAYS / 2, customers), chance.exponential(365 / LEAVING, customers)
    most = int(np.ceil(DAYS / gap.min() * 1.5)) + 8
    gaps = chance.gamma(shape[:, None], (gap / shape)[:, None], (customers, most))
    day = np.cumsum(gaps, axis=1) + begins[:, None]
    busy = 1 + SEASON * np.sin(2 * np.pi * day / 365.25)
    seen = (day < DAYS) & (day < (begins + leaves)[:, None]) & (chance.random(day.shape) * (1 + SEASON) < busy)
    seen[:, 0] = True
    who, place = np.nonzero(seen)
    rows = np.unique(np.column_stack([who, np.minimum(day[who, place], DAYS - 1).astype(np.int64) + 1]), axis=0)
    ids = np.array([f"C{number:05d}" for number in range(customers)], dtype=object)
    return SaleDays(ids, rows[:, 0], rows[:, 1], np.ones(len(rows)), np.arange(DAYS + 1), FIRST, DAYS)


def states_of(chance: np.random.Generator, customers: int, dates: int = 9) -> NDArray[np.int8]:
    """Tiers (d, n) at quarterly dates: a lasting size, a year's luck that fades, and customers who leave (state 4)."""
    size, luck = chance.normal(0, 1.0, customers), chance.normal(0, 0.5, customers)
    states, gone = [], np.zeros(customers, dtype=bool)
    for _ in range(dates):
        place = size + luck
        states.append(np.where(gone, 4, np.select([place > 1.3, place > 0.3], [0, 1], 2)))
        luck = 0.7 * luck + chance.normal(0, 0.5 * np.sqrt(1 - 0.49), customers)
        gone = gone | (chance.random(customers) < LEAVING / 4)
    return np.array(states, dtype=np.int8)


LAST = FIRST + timedelta(DAYS - 1)
