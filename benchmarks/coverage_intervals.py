"""The intervals of the product, each tried on customers whose truth is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.coverage_base import LAST, sale_days_of, states_of, years
from tiering.movement.backtest import Backtest
from tiering.movement.captured import captured
from tiering.movement.intervals import Z95, Share
from tiering.movement.long_run import next_sizes
from tiering.movement.migration import stay_shares
from tiering.movement.prediction_metrics import Interval, auc, brier_gain
from tiering.movement.survival import kaplan_meier
from tiering.movement.warning import alarm_record

Answer = dict[str, bool | None]
Trial = Callable[[np.random.Generator], Answer]
MANY = 40_000  # customers that stand for all there could be


def INTERVALS() -> tuple[tuple[str, float, dict[str, Trial], str], ...]:
    """Name, nominal share, grid of trials, why the share lies off."""
    return (
        ("Share of customers (kept, plain rules)", 0.95, _shares(), ""),
        ("Churn warning: lost of the warned", 0.95, _alarms(), ""),
        ("Customers who keep their tier, over nine reviews", 0.95, _stays(), ""),
        ("Scheme less ranking by revenue", 0.95, _backtests(), "few customers near the line at n 100"),
        ("AUC of the repurchase models", 0.95, _areas(), ""),
        ("Gain in squared error over recency", 0.95, _gains(), ""),
        ("Survival at 12 months", 0.95, _survivals(), ""),
        ("Sizes of the tiers at the next review", 0.95, _sizes(), ""),
    )


def _holds(ends: tuple[float, float], truth: float) -> bool | None:
    return None if np.isnan(ends[0]) else bool(ends[0] <= truth <= ends[1])


def _shares() -> dict[str, Trial]:
    """Customers differ in their chance; each is seen once."""

    def trial(customers: int, share: float, chance: np.random.Generator) -> Answer:
        own = chance.beta(share * 2, (1 - share) * 2, customers)
        return {"": _holds(Share.of(chance.random(customers) < own).interval, share)}

    return {f"n {n}, {share:.0%}": partial(trial, n, share) for n in (20, 60, 200, 1000) for share in (0.1, 0.5, 0.9)}


@cache
def _lost_of_all() -> dict[str, float]:
    record = alarm_record(sale_days_of(np.random.default_rng(1), MANY), LAST)
    assert record is not None, "three years hold a record"
    return {level: share.value for level, share in record.lost.items()}


def _alarms() -> dict[str, Trial]:
    def trial(customers: int, chance: np.random.Generator) -> Answer:
        record = alarm_record(sale_days_of(chance, customers), LAST)
        assert record is not None, "three years hold a record"
        return {f", {level}": _holds(record.lost[level].interval, truth) for level, truth in _lost_of_all().items()}

    return {f"n {n}": partial(trial, n) for n in (60, 200, 500)}


@cache
def _stays_of_all() -> tuple[float, ...]:
    return tuple(stay.value for stay in stay_shares(states_of(np.random.default_rng(2), 20 * MANY), 3))


def _stays() -> dict[str, Trial]:
    def trial(customers: int, chance: np.random.Generator) -> Answer:
        stays = stay_shares(states_of(chance, customers), 3)
        told = zip("SAB", stays, _stays_of_all(), strict=True)
        return {f", {name}": _holds(stay.interval, truth) for name, stay, truth in told}

    return {f"n {n}": partial(trial, n) for n in (60, 200, 800)}


LINES = (0.9, 0.6)  # of the customers are below the line of the first tier, of the second


@cache
def _gaps_of_all(foresight: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Lines in the score, and by how much the scheme then holds more than revenue, of all there could be."""
    made = years(np.random.default_rng(3), 50 * MANY, foresight)
    lines = tuple(np.quantile(made.score, LINES))
    order, money = np.argsort(-made.before), made.after / made.after.sum()
    held = [(float(money[made.score > line].sum()), int((made.score > line).sum())) for line in lines]
    return lines, tuple(share - float(money[order[:number]].sum()) for share, number in held)


def _backtests() -> dict[str, Trial]:
    def trial(customers: int, foresight: float, chance: np.random.Generator) -> Answer:
        lines, truth = _gaps_of_all(foresight)
        made = years(chance, customers, foresight)
        found = captured(_backtest(made.before, made.after, np.sum([made.score <= cut for cut in lines], axis=0)))
        ends = zip(found.low, found.high, truth, strict=True)
        return {f", line {line}": _holds((low, high), gap) for line, (low, high, gap) in enumerate(ends, 1)}

    return {
        f"n {n}, foresight {foresight:g}": partial(trial, n, foresight)
        for n in (100, 200, 600)
        for foresight in (0.0, 0.5, 1.0)
    }


def _backtest(before: NDArray, after: NDArray, tiers: NDArray) -> Backtest:
    day, ones = date(2025, 1, 1), np.ones(before.size)
    milli = np.zeros(before.size, dtype=np.int32)
    return Backtest(day, day, 12, tiers.astype(np.int8), milli, before, before, after, ones, ones, 0.0, 3)


def _told(chance: np.random.Generator, customers: int, level: float) -> tuple[NDArray, NDArray, NDArray]:
    """What two models tell, and what came."""
    truth = chance.normal(level, 1.2, customers)
    better, worse = (expit(truth + chance.normal(0, spread, customers)) for spread in (0.4, 0.8))
    return better, worse, chance.random(customers) < expit(truth)


def _predicted(measure: Callable[..., Interval]) -> dict[str, Trial]:
    @cache
    def of_all(level: float) -> float:
        better, worse, came = _told(np.random.default_rng(4), 50 * MANY, level)
        return measure(came, better, worse).value

    def trial(customers: int, level: float, chance: np.random.Generator) -> Answer:
        better, worse, came = _told(chance, customers, level)
        found = measure(came, better, worse)
        return {"": _holds((found.low, found.high), of_all(level))}

    return {
        f"n {n}, level {level:+g}": partial(trial, n, level) for n in (200, 600, 2000) for level in (-2.0, 0.0, 1.0)
    }


def _areas() -> dict[str, Trial]:
    return _predicted(lambda came, better, _: auc(came, better))


def _gains() -> dict[str, Trial]:
    return _predicted(brier_gain)


def _survivals() -> dict[str, Trial]:
    """A customer's rate of leaving is its own; who is still there counts as long as seen."""

    def trial(customers: int, rate: float, chance: np.random.Generator) -> Answer:
        lasts = chance.exponential(1 / (rate * chance.gamma(2.0, 0.5, customers)))
        seen = chance.uniform(6, 36, customers)
        curve = kaplan_meier(np.minimum(lasts, seen), lasts <= seen)
        upto = curve[curve["months"] <= 12]
        if upto.empty:
            return {"": None}
        return {"": _holds((upto["low"].iloc[-1], upto["high"].iloc[-1]), (1 + 0.5 * 12 * rate) ** -2.0)}

    return {f"n {n}, {rate:.0%} a month": partial(trial, n, rate) for n in (40, 150, 600) for rate in (0.02, 0.05, 0.1)}


def _sizes() -> dict[str, Trial]:
    """What is told for the next review against the sizes that then came, of the customers who stay."""
    rates = np.array([[0.85, 0.13, 0.02], [0.08, 0.82, 0.1], [0.01, 0.09, 0.9]])
    parts = np.array([0.1, 0.3, 0.6])

    def trial(customers: int, chance: np.random.Generator) -> Answer:
        sizes = chance.multinomial(customers, parts)
        seen = np.array([chance.multinomial(4 * size, row) for size, row in zip(sizes, rates, strict=True)])
        told, error = next_sizes(sizes, seen)
        came = np.array([chance.multinomial(size, row) for size, row in zip(sizes, rates, strict=True)]).sum(axis=0)
        low, high = told - Z95 * error - 0.5, told + Z95 * error + 0.5
        return {f", {name}": bool(low[at] <= came[at] <= high[at]) for at, name in enumerate("SAB")}

    return {f"n {n}": partial(trial, n) for n in (60, 200, 800)}
