"""How many customers a test takes, and the smallest effect they can show; two equal arms, two-sided."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq
from scipy.stats import nct, norm, t

MOST = 1e9
LEAST_PER_ARM = 2


@dataclass(frozen=True)
class Rules:
    """``alpha``: chance of seeing an effect that is not there; ``power``: of seeing one that is."""

    alpha: float = 0.05
    power: float = 0.8


def customers_for_shares(base: float, other: float, rules: Rules = Rules()) -> float:
    """Customers per arm to tell the share ``other`` from ``base`` (0..1), not rounded.

    References
    ----------
    As R's power.prop.test: pooled variance without an effect, separate variances with one.
    """
    pooled = (base + other) / 2
    z_alpha, z_power = norm.isf(rules.alpha / 2), norm.ppf(rules.power)
    spread = z_alpha * math.sqrt(2 * pooled * (1 - pooled)) + z_power * _separate(base, other)
    return float((spread / (other - base)) ** 2)


def power_of_shares(per_arm: float, base: float, other: float, alpha: float = 0.05) -> float:
    """Chance 0..1 that ``per_arm`` customers an arm tell the two shares apart."""
    pooled = (base + other) / 2
    shift = math.sqrt(per_arm) * abs(other - base) - norm.isf(alpha / 2) * math.sqrt(2 * pooled * (1 - pooled))
    separate = _separate(base, other)
    return float(norm.cdf(shift / separate)) if separate > 0 else float(shift > 0)


def detectable_share(base: float, per_arm: float, rules: Rules = Rules()) -> float:
    """Smallest rise (0..1) above the share ``base`` that can be shown; NaN where not even a rise to 1 can."""
    if per_arm < LEAST_PER_ARM or base >= 1 or power_of_shares(per_arm, base, 1.0, rules.alpha) < rules.power:
        return math.nan
    found = brentq(lambda other: power_of_shares(per_arm, base, other, rules.alpha) - rules.power, base + 1e-9, 1.0)
    return float(found - base)


def customers_for_means(effect: float, rules: Rules = Rules()) -> float:
    """Customers per arm to show a difference of means of ``effect`` standard deviations (above 0), not rounded."""
    short = power_of_means(LEAST_PER_ARM, effect, rules.alpha) < rules.power
    if not short:
        return float(LEAST_PER_ARM)
    return float(brentq(lambda n: power_of_means(n, effect, rules.alpha) - rules.power, LEAST_PER_ARM, MOST))


def power_of_means(per_arm: float, effect: float, alpha: float = 0.05) -> float:
    """Chance 0..1 that ``per_arm`` customers an arm show a difference of ``effect`` standard deviations (t-test)."""
    freedom, shift = 2 * (per_arm - 1), effect * math.sqrt(per_arm / 2)
    limit = t.isf(alpha / 2, freedom)
    if not math.isfinite(limit):
        return 0.0
    if freedom > 1e5:  # the t-distributions are normal by then, and slow to compute
        return float(norm.sf(limit - shift))
    return float(nct.sf(limit, freedom, shift))


def detectable_mean(per_arm: float, rules: Rules = Rules()) -> float:
    """Smallest difference in standard deviations that the customers can show; NaN under two per arm."""
    if per_arm < LEAST_PER_ARM:
        return math.nan
    return float(brentq(lambda effect: power_of_means(per_arm, effect, rules.alpha) - rules.power, 1e-9, 60.0))


def _separate(base: float, other: float) -> float:
    return math.sqrt(base * (1 - base) + other * (1 - other))
