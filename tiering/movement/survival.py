"""How long customers go on ordering, those included who have not stopped yet (Kaplan–Meier)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf

from tiering.metrics.windows import months_before

Values = NDArray[np.float64]
Days = NDArray[np.datetime64]
MONTH_DAYS = 365.25 / 12
MOST_COHORTS = 4
FEWEST_IN_COHORT = 10


@dataclass(frozen=True)
class Relations:
    """Customers who began by the cut-off ``seen_until``, n of them.

    ``months`` from the first to the last order, or to the cut-off for who ordered after it; ``ended``: no order for
    ``silence`` months after the last one; ``began`` (n,) the first order.
    """

    months: Values
    ended: NDArray[np.bool_]
    began: Days
    seen_until: date
    silence: int


def relations(first: Days, last: Days, as_of: date, silence: int = 12) -> Relations:
    """First and last orders (datetime64) → relations; those begun in the last ``silence`` months cannot be judged.

    A relation ended with its last order when ``silence`` months have passed since without another.
    """
    cut = np.datetime64(months_before(as_of, silence), "D")
    old = ~np.isnat(first) & (first.astype("datetime64[D]") <= cut)
    began, ended = first[old].astype("datetime64[D]"), last[old].astype("datetime64[D]") <= cut
    until = np.where(ended, last[old].astype("datetime64[D]"), cut)
    months = (until - began).astype(np.float64) / MONTH_DAYS
    return Relations(months, ended, began, cut.astype(object), silence)


def kaplan_meier(months: Values, ended: NDArray[np.bool_]) -> pd.DataFrame:
    """Durations (n,) and whether they ended → one row per different duration, ascending.

    ``at_risk``: still going on before it; ``ended``; ``survival``: share that lasts longer, with the 95 % interval
    ``low``, ``high`` on the log–log scale. Who has not ended yet counts as long as seen.

    References
    ----------
    Kaplan & Meier (1958), JASA 53; variance: Greenwood (1926); interval: Kalbfleisch & Prentice (2002).
    """
    found = ecdf(CensoredData.right_censored(months, ~ended)).sf
    with warnings.catch_warnings():  # before the first and after the last end there is no interval
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = found.confidence_interval(0.95, method="log-log")
    sure = (found.probabilities == 1) | (found.probabilities == 0)
    return pd.DataFrame(
        {
            "months": found.quantiles,
            "at_risk": months.size - np.searchsorted(np.sort(months), found.quantiles),
            "ended": np.bincount(np.searchsorted(found.quantiles, months[ended]), minlength=found.quantiles.size),
            "survival": found.probabilities,
            "low": np.where(sure, found.probabilities, interval.low.probabilities),
            "high": np.where(sure, found.probabilities, interval.high.probabilities),
        }
    )


def median_months(curve: pd.DataFrame) -> float:
    """Duration by which half have ended, NaN where fewer than half have."""
    below = curve.loc[curve["survival"] <= 0.5 + 1e-12, "months"]
    return float(below.iloc[0]) if len(below) else float("nan")


def cohorts(known: Relations) -> dict[str, NDArray[np.bool_]]:
    """Year (or, within two years, half-year) of the first order → its relations; the newest four with ten at least."""
    if not known.began.size:
        return {}
    years = known.began.astype("datetime64[Y]").astype(int) + 1970
    half = (known.began.astype("datetime64[M]").astype(int) % 12) // 6 + 1
    by_half = years.max() - years.min() < 2
    names = np.array([f"{year} H{part}" if by_half else str(year) for year, part in zip(years, half, strict=True)])
    found = {str(name): names == name for name in np.unique(names)}
    big = {name: members for name, members in found.items() if members.sum() >= FEWEST_IN_COHORT}
    return dict(list(big.items())[-MOST_COHORTS:])
