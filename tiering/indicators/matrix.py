"""The indicator matrix behind every slider: small whole numbers in float32, so that sums are exact, and their means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.catalogue import Indicator
from tiering.indicators.levels import ORDERED_COLUMNS, ordered_level, stated_level
from tiering.indicators.newcomers import HistoryStatus
from tiering.indicators.normalise import Values, fit_anchors, scaled
from tiering.indicators.selection import chosen_indicators
from tiering.indicators.shrinkage import pull_of, shrunk_values
from tiering.scenario import Anchors
from tiering.scenario.measures import Measures

LEVELS = 8192
USUAL = Measures()
WEAKEST: Final = 0.01  # below it a level counts as this: nothing at all would leave nothing of everything else


@dataclass(frozen=True)
class IndicatorMatrix:
    """Indicators (k) × customers (n).

    Attributes
    ----------
    levels
        (k, n) float32 whole numbers 0..8192, more is better; 0 where missing.
    patterns, pattern
        Which indicators are known: (p, k) of 0 and 1, one row for each combination that occurs, and (n,) the row of
        each customer. There are few combinations, so a weight is looked up rather than added up per customer.
    unavailable
        Indicators the data cannot give → what they need.
    lenient
        (p,) combinations of customers too new for the orders to count: they are tiered by whatever else is known.
        None where there are none.
    standing
        How each customer's history was read; None where all were read as they are.
    geometric
        Whether levels stand on log steps, so that their mean is a geometric one.
    """

    indicators: tuple[Indicator, ...]
    levels: NDArray[np.float32]
    patterns: NDArray[np.float64]
    pattern: NDArray[np.intp]
    anchors: Mapping[str, Anchors]
    unavailable: Mapping[str, str]
    lenient: NDArray[np.bool_] | None = None
    standing: HistoryStatus | None = None
    geometric: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the available indicators, in catalogue order."""
        return tuple(indicator.key for indicator in self.indicators)


def indicator_matrix(
    customers: pd.DataFrame,
    frozen: Mapping[str, Anchors],
    measures: Measures = USUAL,
    standing: HistoryStatus | None = None,
    credibility: bool = False,
) -> IndicatorMatrix:
    """Customer table (n rows) → matrix of the indicators of ``measures``, read as ``standing`` says.

    An indicator in ``frozen`` keeps that scale, others are fitted here. ``credibility`` draws means of few orders
    towards that of all.
    """
    chosen, geometric = chosen_indicators(measures), measures.together == "geometric"
    levels = np.empty((len(chosen), len(customers)), dtype=np.float32)
    available: list[Indicator] = []
    anchors: dict[str, Anchors] = {}
    for indicator in chosen:
        raw = raw_values(customers, indicator)
        raw = raw if standing is None else standing.read(raw, indicator)
        if np.isfinite(raw).any():
            scale = frozen.get(indicator.key) or _fitted(customers, raw, indicator, credibility)
            scale = scale if credibility or not scale.pull else scale.model_copy(update={"pull": 0.0})
            values = shrunk_values(customers, raw, indicator, scale)
            levels[len(available)] = _levels(values, indicator, scale, geometric)
            anchors[indicator.key] = scale
            available.append(indicator)
    levels = levels[: len(available)]
    patterns, pattern, lenient = _patterns(levels, None if standing is None else standing.provisional)
    np.nan_to_num(levels, copy=False)
    levels.flags.writeable = False
    absent = {i.key: i.needs for i in chosen if i.key not in anchors}
    return IndicatorMatrix(tuple(available), levels, patterns, pattern, anchors, absent, lenient, standing, geometric)


def raw_values(customers: pd.DataFrame, indicator: Indicator) -> Values:
    """Raw column of an indicator (n,) as float64, NaN where missing; all NaN when the table has no such column.

    A word in a column of numbers is missing, and so is one that is not in the order of a column of words.
    """
    if indicator.source not in customers:
        return np.full(len(customers), np.nan)
    column = customers[indicator.source]
    if indicator.order:
        column = stated_level(column, indicator.order)
    elif indicator.key in ORDERED_COLUMNS:
        column = ordered_level(column, indicator.key)
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)


def _patterns(
    levels: NDArray[np.float32], provisional: NDArray[np.bool_] | None
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.bool_] | None]:
    """Levels (k, n), NaN where missing → the combinations of known indicators (p, k), each customer's (n,), and which
    combinations (p,) are those of provisional customers.
    """
    rows, customers = levels.shape
    code = np.zeros(customers, dtype=np.int64)
    for row in range(rows):
        code |= np.isfinite(levels[row]).astype(np.int64) << row
    if provisional is not None:
        code |= provisional.astype(np.int64) << rows
    codes, pattern = np.unique(code, return_inverse=True)
    lenient = None if provisional is None else (codes >> rows & 1).astype(bool)
    return (codes[:, None] >> np.arange(rows) & 1).astype(np.float64), pattern, lenient


def _fitted(customers: pd.DataFrame, raw: Values, indicator: Indicator, credibility: bool) -> Anchors:
    """Scale of an indicator from the customers at hand, short histories drawn towards what is usual first."""
    found = pull_of(customers, raw, indicator) if credibility else None
    if found is None:
        return fit_anchors(raw, indicator.scale)
    drawn = {"collective": found[0], "pull": found[1]}
    if indicator.scale == "range":  # its ends say how far a value counts before it is drawn
        return fit_anchors(raw, indicator.scale).model_copy(update=drawn)
    values = shrunk_values(customers, raw, indicator, Anchors(points=(0.0,), levels=(0.0,), **drawn))
    return fit_anchors(values, indicator.scale).model_copy(update=drawn)


def _levels(raw: Values, indicator: Indicator, anchors: Anchors, geometric: bool) -> Values:
    # rounding first keeps a ratio computed in another currency unit on the same side of a step
    benefit = np.round(scaled(raw, anchors), 9)
    if not indicator.more_is_better:
        benefit = 1.0 - benefit
    return np.rint((on_log_steps(benefit) if geometric else benefit) * LEVELS)


def on_log_steps(levels: Values) -> Values:
    """Levels 0..1 → 0..1 on equal steps of their logarithm: 1 % is 0, 10 % is ½, all is 1; NaN stays NaN.

    The weighted mean of these places customers as the weighted geometric mean of their levels does, and is taken in
    whole numbers like any other score; see `geometric_mean`.

    References
    ----------
    Weighted geometric mean, partly compensatory; cf. OECD/JRC (2008), Handbook on Constructing Composite Indicators.
    """
    return 1.0 - np.log(np.maximum(levels, WEAKEST)) / np.log(WEAKEST)


def level_on(step: float) -> float:
    """Place on log steps (0..1) → the level it stands for, ``WEAKEST`` to 1."""
    return float(WEAKEST ** (1.0 - step))


def geometric_mean(mean_of_steps: Values) -> Values:
    """Weighted mean of levels on log steps → weighted geometric mean of the levels, ``WEAKEST`` to 1."""
    return WEAKEST ** (1.0 - mean_of_steps)
