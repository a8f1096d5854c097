"""The tests of playbooks: intervals of their effects, false alarms, and the powers that a plan states."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage_base import Years, years
from tiering.strategy.experiments.blocks import blocks_of, drawn_arms
from tiering.strategy.experiments.sample_size import Rules, arms_of, detectable_share
from tiering.strategy.experiments.shares import (
    CommonEffect,
    Counts,
    MeanEffect,
    common_effect,
    detectable_rise,
    difference,
    mean_effect,
)

Answer = dict[str, bool | None]
Trial = Callable[[np.random.Generator], Answer]
SIZES, BASES, HELD_OUT = (30, 120, 400, 800), (0.1, 0.4, 0.7), (0.5, 0.2)
BLOCKS = 4


def POWERS() -> tuple[tuple[str, float, dict[str, Trial], str], ...]:
    """Name, nominal share, grid of trials, why the share lies off."""
    return (
        ("A/B test: difference of shares in a tier", 0.95, _differences(), ""),
        ("A/B test: odds ratio over blocks", 0.95, _ratios(), "wide where few say yes: counts come in steps"),
        ("A/B test: mean effect, with last period's revenue", 0.95, _effects(), ""),
        (
            "A/B test: false alarms of shares over blocks",
            0.05,
            _alarms(),
            "counts come in steps: seldom where few say yes",
        ),
        ("A/B test: false alarms of means", 0.05, _false_means(), ""),
        ("A/B test: power for shares, one tier", 0.80, _powers(1), ""),
        ("A/B test: power for shares, over blocks", 0.80, _powers(BLOCKS), ""),
        ("A/B test: power for means", 0.80, _mean_powers(False), ""),
        ("A/B test: power for means, with last period's revenue", 0.80, _mean_powers(True), ""),
    )


def _grid(trial: Callable[..., Answer], bases: tuple[float, ...]) -> dict[str, Trial]:
    return {
        f"n {n}, {base:.0%}, {1 - held:.0%}/{held:.0%}": partial(trial, n, base, held)
        for n in SIZES
        for base in bases
        for held in HELD_OUT
    }


def _answers(
    chance: np.random.Generator, customers: int, shares: tuple[float, float], held: float, blocks: int
) -> tuple[NDArray, NDArray, NDArray]:
    """Who is treated, in which block each is, and who said yes."""
    regions = [str(one) for one in chance.integers(0, blocks, customers)]
    within = blocks_of(["S"] * customers, regions, held)
    ids = [f"{number:05d}" for number in range(customers)]
    treated = drawn_arms(ids, within, 2, int(chance.integers(2**31)), held) == 0
    return (
        treated,
        np.unique(within, return_inverse=True)[1],
        chance.random(customers) < np.where(treated, shares[1], shares[0]),
    )


def _common(treated: NDArray, block: NDArray, yes: NDArray) -> CommonEffect | None:
    cells = (treated & yes, treated & ~yes, ~treated & yes, ~treated & ~yes)
    return common_effect(Counts(*(np.bincount(block, cell).astype(np.float64) for cell in cells)))


def _differences() -> dict[str, Trial]:
    def trial(customers: int, base: float, held: float, chance: np.random.Generator) -> Answer:
        arms = arms_of(customers, held)
        shares = (base + 0.1, base)
        yes = tuple(int(chance.binomial(n, share)) for n, share in zip(arms, shares, strict=True))
        _, low, high = difference((yes[0], yes[1]), arms)
        return {"": low <= 0.1 <= high}

    return _grid(trial, BASES)


def _ratios() -> dict[str, Trial]:
    def trial(customers: int, base: float, held: float, chance: np.random.Generator) -> Answer:
        other = 2 * base / (1 + base)  # odds twice as high
        found = _common(*_answers(chance, customers, (base, other), held, BLOCKS))
        return {"": None if found is None else bool(found.low <= 2.0 <= found.high)}

    return _grid(trial, BASES)


def _alarms() -> dict[str, Trial]:
    def trial(customers: int, base: float, held: float, chance: np.random.Generator) -> Answer:
        found = _common(*_answers(chance, customers, (base, base), held, BLOCKS))
        return {"": found is not None and found.p < 0.05}

    return _grid(trial, BASES)


def _powers(blocks: int) -> dict[str, Trial]:
    def trial(customers: int, base: float, held: float, rise: float, chance: np.random.Generator) -> Answer:
        found = _common(*_answers(chance, customers, (base, base + rise), held, blocks))
        return {"": found is not None and found.p < 0.05}

    rises = {
        (n, base, held): detectable_share(base, n, Rules(held_out=held))
        for n in SIZES
        for base in BASES
        for held in HELD_OUT
    }
    return {
        f"n {n}, {base:.0%}, {1 - held:.0%}/{held:.0%}": partial(trial, n, base, held, rise)
        for (n, base, held), rise in rises.items()
        if np.isfinite(rise)
    }


def _read(made: Years, treated: NDArray, rise: float, with_before: bool) -> MeanEffect | None:
    outcome = made.after + rise * treated
    return mean_effect(outcome, treated, np.zeros(outcome.size, dtype=np.intp), made.before if with_before else None)


def _drawn(chance: np.random.Generator, customers: int, held: float) -> NDArray:
    return chance.permutation(customers) < arms_of(customers, held)[0]


def _effects() -> dict[str, Trial]:
    def trial(customers: int, rise: float, held: float, chance: np.random.Generator) -> Answer:
        made, treated = years(chance, customers, 0.0), _drawn(chance, customers, held)
        found = _read(made, treated, rise, with_before=True)
        return {"": None if found is None else bool(found.low <= rise <= found.high)}

    return _grid(trial, (0.0, 1.0))


def _false_means() -> dict[str, Trial]:
    def trial(customers: int, rise: float, held: float, chance: np.random.Generator) -> Answer:
        made, treated = years(chance, customers, 0.0), _drawn(chance, customers, held)
        found = _read(made, treated, rise, with_before=False)
        return {"": None if found is None else found.p < 0.05}

    return _grid(trial, (0.0,))


def _mean_powers(with_before: bool) -> dict[str, Trial]:
    """The plan is made on the customers that the test is then made with."""

    def trial(customers: int, _: float, held: float, chance: np.random.Generator) -> Answer:
        made, treated = years(chance, customers, 0.0), _drawn(chance, customers, held)
        rise = detectable_rise(made.after, made.before if with_before else None, Rules(held_out=held))
        found = _read(made, treated, rise, with_before)
        return {"": None if found is None else found.p < 0.05}

    return _grid(trial, (0.0,))
