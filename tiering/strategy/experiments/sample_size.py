"""How many customers a test takes, and the smallest effect they show by the very test that reads it out; two-sided."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import binom, chi2, nct, norm, t

MOST = 1e9
LEAST_PER_ARM = 2
MOST_COUNTED = 40_000  # pairs of answers that are gone through one by one; beyond, the normal approximation is as good
Arms = tuple[float, float]


@dataclass(frozen=True)
class Rules:
    """``alpha``: chance of seeing an effect that is not there; ``power``: of seeing one that is.

    ``held_out``: share 0..1 of the customers who stay without the playbook.
    """

    alpha: float = 0.05
    power: float = 0.8
    held_out: float = 0.5


def arms_of(customers: int, held_out: float = 0.5) -> tuple[int, int]:
    """Customers with and without the playbook."""
    without = math.floor(customers * held_out + 0.5)
    return customers - without, without


def power_of_shares(arms: Arms, base: float, other: float, alpha: float = 0.05) -> float:
    """Chance 0..1 that arms of so many customers tell the share ``other`` (with) from ``base`` (without).

    By the Cochran-Mantel-Haenszel test without continuity correction, exact for small arms.
    """
    if arms[0] * arms[1] <= MOST_COUNTED:
        ones, zeros = round(arms[0]), round(arms[1])
        shares = (binom.pmf(np.arange(n + 1), n, share) for n, share in ((ones, other), (zeros, base)))
        treated, control = shares
        return float(treated @ _told_apart(ones, zeros, alpha) @ control)
    limit = norm.isf(alpha / 2) * _spread(arms, (arms[0] * other + arms[1] * base) / sum(arms))
    separate = math.sqrt(other * (1 - other) / arms[0] + base * (1 - base) / arms[1])
    gap = abs(other - base)
    return float(norm.cdf((gap - limit) / separate)) if separate > 0 else float(gap > limit)


def customers_for_shares(base: float, other: float, rules: Rules = Rules()) -> float:
    """Customers in both arms to tell the share ``other`` from ``base`` (0..1); not rounded where they are many.

    References
    ----------
    As R's power.prop.test: pooled variance without an effect, separate variances with one.
    """
    parts = (1 - rules.held_out, rules.held_out)
    separate = math.sqrt(other * (1 - other) / parts[0] + base * (1 - base) / parts[1])
    spread = norm.isf(rules.alpha / 2) * _spread(parts, parts[0] * other + parts[1] * base)
    found = float(((spread + norm.ppf(rules.power) * separate) / (other - base)) ** 2)
    if found**2 * parts[0] * parts[1] > MOST_COUNTED:
        return found
    return float(_counted(math.ceil(found), (base, other), rules))


def _counted(customers: int, shares: tuple[float, float], rules: Rules) -> int:
    """The number near ``customers`` from which on the exact power is enough."""

    def is_enough(number: int) -> bool:
        return power_of_shares(arms_of(number, rules.held_out), *shares, rules.alpha) >= rules.power

    while not is_enough(customers):
        customers += 1
    while customers > 2 * LEAST_PER_ARM and is_enough(customers - 1):
        customers -= 1
    return customers


def detectable_share(base: float, customers: int, rules: Rules = Rules()) -> float:
    """Smallest rise (0..1) above the share ``base`` that can be shown; NaN where not even a rise to 1 can."""
    arms = arms_of(customers, rules.held_out)
    if min(arms) < LEAST_PER_ARM or base >= 1 or power_of_shares(arms, base, 1.0, rules.alpha) < rules.power:
        return math.nan
    found = brentq(lambda other: power_of_shares(arms, base, other, rules.alpha) - rules.power, base + 1e-9, 1.0)
    return float(found - base)


def customers_for_means(effect: float, rules: Rules = Rules()) -> float:
    """Customers in both arms to show a difference of means of ``effect`` standard deviations (above 0), not rounded."""
    parts = (1 - rules.held_out, rules.held_out)

    def short(customers: float) -> float:
        return power_of_means((customers * parts[0], customers * parts[1]), effect, rules.alpha) - rules.power

    least = LEAST_PER_ARM / min(parts)
    return least if short(least) >= 0 else float(brentq(short, least, MOST))


def power_of_means(arms: Arms, effect: float, alpha: float = 0.05) -> float:
    """Chance 0..1 that the arms show a difference of ``effect`` standard deviations (t-test)."""
    freedom, shift = sum(arms) - 2, effect * math.sqrt(arms[0] * arms[1] / sum(arms))
    limit = t.isf(alpha / 2, freedom)
    if not math.isfinite(limit):
        return 0.0
    if freedom > 1e5:  # the t-distributions are normal by then, and slow to compute
        return float(norm.sf(limit - shift))
    return float(nct.sf(limit, freedom, shift))


def detectable_mean(customers: int, rules: Rules = Rules()) -> float:
    """Smallest difference in standard deviations that the customers can show; NaN under two per arm."""
    arms = arms_of(customers, rules.held_out)
    if min(arms) < LEAST_PER_ARM:
        return math.nan
    return float(brentq(lambda effect: power_of_means(arms, effect, rules.alpha) - rules.power, 1e-9, 60.0))


@lru_cache(maxsize=64)
def _told_apart(ones: int, zeros: int, alpha: float) -> NDArray[np.float64]:
    """1 for each pair of yes-counts (ones + 1, zeros + 1) that the test calls different."""
    treated, control = np.arange(ones + 1)[:, None], np.arange(zeros + 1)[None, :]
    whole, yes = ones + zeros, treated + control
    variance = ones * zeros * yes * (whole - yes) / (whole**2 * (whole - 1))
    gaps = (treated - ones * yes / whole) ** 2
    statistic = np.divide(gaps, variance, out=np.zeros(variance.shape), where=variance > 0)
    return (statistic > chi2.isf(alpha, 1)).astype(np.float64)


def _spread(arms: Arms, share: float) -> float:
    return math.sqrt(share * (1 - share) * (1 / arms[0] + 1 / arms[1]))
