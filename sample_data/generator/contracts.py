"""Subscription contracts: how each customer pays, when its bills fall due, and when its contract ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.generator.lives import Lives
from sample_data.generator.market import DAYS, FIRST_DAY, YEAR, Habits, Ints, pick
from sample_data.generator.seasons import Clock, working_days

BILLING_MONTHS = {"none": 0, "month_1": 1, "month_3": 3, "month_12": 12}
NO_CONTRACT = -1
LARGE = 3.0
DAYS_A_MONTH = YEAR / 12


@dataclass(frozen=True)
class Contracts:
    """One entry per customer: months paid at a time (0: no contract), first and last day of service."""

    months: Ints
    first: Ints
    last: Ints


def draw_contracts(rng: np.random.Generator, habits: Habits, lives: Lives, clock: Clock) -> Contracts:
    """Draw how each customer pays; large ones seldom by the month, one-off customers have no contract."""
    months = np.array([BILLING_MONTHS[way] for way in habits.billing])
    weights = np.tile(np.array(list(habits.billing.values())), (len(lives.spend), 1))
    large = lives.spend > LARGE * habits.median_spend
    weights = np.where(large[:, None] & (months == 1), weights * 0.4, weights)
    chosen = np.where(lives.one_off, 0, months[pick(rng, weights)])
    signed_before = rng.integers(0, 30 * np.maximum(chosen, 1) + 1)
    first = np.where(lives.fresh, clock.day_at(lives.start), signed_before)
    return Contracts(chosen, np.minimum(first, DAYS - 1), clock.day_at(lives.end))


def due_dates(contracts: Contracts) -> tuple[Ints, Ints]:
    """Customer and working day of every bill: each so many calendar months after the first."""
    count = np.where(contracts.months > 0, 36 // np.maximum(contracts.months, 1) + 1, 0)
    customer = np.repeat(np.arange(len(count)), count)
    turn = np.arange(len(customer)) - np.repeat(np.cumsum(count) - count, count)
    first = np.datetime64(FIRST_DAY) + contracts.first[customer]
    month = first.astype("datetime64[M]")
    into = np.minimum((first - month).astype(int), 27)  # the 28th is a day of every month
    due = (month + turn * contracts.months[customer]).astype("datetime64[D]") + into
    day = working_days((due - np.datetime64(FIRST_DAY)).astype(int))
    kept = day <= np.minimum(contracts.last[customer], DAYS - 1)
    return customer[kept], day[kept]


def contract_ends(contracts: Contracts, customer: Ints, day: Ints) -> Ints:
    """Day number on which each contract ends, by its last bill; contracts run for whole years."""
    last = np.full(len(contracts.months), -1)
    np.maximum.at(last, customer, day)
    paid = last + contracts.months * DAYS_A_MONTH
    years = np.ceil((paid - contracts.first) / YEAR - 0.05)  # a bill moved to Monday starts no new year
    ends = (contracts.first + np.round(years * YEAR) - 1).astype(np.int64)
    return np.where(last >= 0, ends, NO_CONTRACT)
