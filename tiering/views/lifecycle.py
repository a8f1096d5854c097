"""Lifecycle: new, growing, mature by age, declining by the customer's own rhythm or trend; and the sales funnel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.ingest.meaning.word_lists import class_words

Values = NDArray[np.float64]
Codes = NDArray[np.int8]
STAGES = ("new", "growing", "mature", "declining")
NEW, GROWING, MATURE, DECLINING = range(4)
NO_STAGE = -1
LATE_BY_OWN_RHYTHM = 0.05
SEASONAL_MONTHS = 18


@dataclass(frozen=True)
class LifecycleFigures:
    """What is known of n customers; NaT or NaN where it is not.

    ``first_order`` datetime64[D]; ``tail``: probability of a longer silence by own rhythm; ``recent``: revenue of the
    last months, ``before``: of as many months before, or of the same months a year earlier.
    """

    first_order: NDArray[np.datetime64]
    tail: Values
    recent: Values
    before: Values


@dataclass(frozen=True)
class LifecycleRule:
    """New under ``new_months``, growing under ``mature_months``; declining from a fall to ``decline_to`` (0..1) on."""

    new_months: int = 3
    mature_months: int = 12
    decline_to: float = 0.7


def months_after(first: NDArray[np.datetime64], months: int) -> NDArray[np.datetime64]:
    """The same day ``months`` calendar months later; a day that month lacks becomes its last."""
    day_in_month = first.astype("datetime64[D]") - first.astype("datetime64[M]").astype("datetime64[D]")
    month = first.astype("datetime64[M]") + months
    last = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(month.astype("datetime64[D]") + day_in_month, last)


def lifecycle_stages(figures: LifecycleFigures, as_of: date, rule: LifecycleRule | None = None) -> Codes:
    """Codes into `STAGES`, −1 for who never ordered.

    Ages are calendar months, the lower bound included: on the day a relation is three months old it is growing.
    Declining overrides growing and mature, never new: late by the own rhythm (a chance under 5 % of so long a
    silence), or the recent months at or under ``decline_to`` of those before, where these had any revenue.
    """
    rule = rule or LifecycleRule()
    today = np.datetime64(as_of, "D")
    known = ~np.isnat(figures.first_order)
    is_new = months_after(figures.first_order, rule.new_months) > today
    is_growing = months_after(figures.first_order, rule.mature_months) > today
    stages = np.select([is_new, is_declining(figures, rule), is_growing], [NEW, DECLINING, GROWING], MATURE)
    return np.where(known, stages, NO_STAGE).astype(np.int8)


def is_declining(figures: LifecycleFigures, rule: LifecycleRule) -> NDArray[np.bool_]:
    """Whether rhythm or trend says so (n,); what is not known says nothing."""
    late = figures.tail < LATE_BY_OWN_RHYTHM
    # The tolerance keeps 70 of 100 at the limit of 0.7, which no double holds exactly.
    fallen = (figures.before > 0) & (figures.recent <= rule.decline_to * figures.before * (1 + 1e-12))
    return np.asarray(late | fallen)


STEPS = ("demand", "contract", "delivery", "operation", "repurchase", "churn")
NO_STEP = -1


def funnel_steps(stages: pd.Series) -> NDArray[np.int8]:
    """Stage words of n customers, in Chinese or English → codes into `STEPS`, −1 for a word of no step."""
    codes, names = pd.factorize(stages)
    steps = [_step(str(name)) for name in names]
    return np.array([*steps, NO_STEP], dtype=np.int8)[codes]


def _step(name: str) -> int:
    folded = name.strip().casefold()
    return next(
        (STEPS.index(step) for step, words in class_words("stage").items() if any(w in folded for w in words)), NO_STEP
    )
