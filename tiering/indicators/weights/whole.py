"""Shares as the whole numbers a slider holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 100


def whole_weights(shares: NDArray[np.float64] | Sequence[float]) -> list[int]:
    """Shares (k,) ≥ 0 → whole weights 0..100 in the same order, the largest 100; what counts at all counts 1.

    All 0 stays all 0.

    Examples
    --------
    >>> whole_weights([0.5, 0.25, 0.001, 0.0])
    [100, 50, 1, 0]
    """
    given = np.asarray(shares, dtype=np.float64)
    largest = given.max(initial=0.0)
    if largest <= 0:
        return [0] * given.size
    return [int(max(round(MOST * share / largest), 1)) if share > 1e-9 * largest else 0 for share in given]
