"""Levels as they are put together in a geometric mean: what is weak pulls down more than strength can make up for."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

WEAKEST: Final = 0.01  # below it a level counts as this: nothing at all would leave nothing of everything else

Values = NDArray[np.float64]


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
