"""Two-way tables of customers: what stands out against independence, and how strong the relation is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc

Values = NDArray[np.float64]
Codes = NDArray[np.integer]
STANDS_OUT = 2.0
LEAST_EXPECTED = 5.0
BY_CHANCE = 0.05  # a relation this likely by luck alone is none that could be told


@dataclass(frozen=True)
class CrossTable:
    """Rows × columns: ``counts``, ``revenue``, ``expected`` counts and standardised ``residuals`` (0 where untold).

    ``cramer`` 0..1 is the strength of the relation and ``p`` its chance by luck, both NaN below two rows or columns
    with customers; ``thin`` the share of cells with fewer than five expected.
    """

    counts: NDArray[np.int64]
    revenue: Values
    expected: Values
    residuals: Values
    cramer: float
    p: float
    thin: float

    @property
    def too_few(self) -> bool:
        """Whether most cells expect so few customers that neither strength nor chance can be told."""
        return self.thin > 0.5

    @property
    def tells(self) -> bool:
        """Whether there is a relation to speak of: customers enough, and hardly by chance."""
        return not self.too_few and self.p < BY_CHANCE


def cross_table(rows: Codes, columns: Codes, revenue: Values, shape: tuple[int, int]) -> CrossTable:
    """Row code, column code and revenue of n customers → their table; a negative code is left out."""
    known = (rows >= 0) & (columns >= 0)
    place = rows[known].astype(np.int64) * shape[1] + columns[known]
    size = shape[0] * shape[1]
    money = np.bincount(place, weights=revenue[known], minlength=size).reshape(shape)
    return table_of_counts(np.bincount(place, minlength=size).reshape(shape), money.astype(np.float64))


def table_of_counts(counts: NDArray[np.int64], revenue: Values) -> CrossTable:
    """Counts (r, c) and revenue (r, c) → the table.

    References
    ----------
    Haberman (1973), Biometrics 29 (adjusted residuals); Cramér (1946).
    """
    total = max(int(counts.sum()), 1)
    across, down = counts.sum(axis=1) / total, counts.sum(axis=0) / total
    expected = np.outer(across, down) * total
    spread = np.sqrt(expected * np.outer(1 - across, 1 - down))
    residuals = np.divide(counts - expected, spread, out=np.zeros(counts.shape), where=spread > 0)
    filled = np.ix_(across > 0, down > 0)
    cramer, p = _strength(counts[filled], expected[filled])
    thin = float((expected[filled] < LEAST_EXPECTED).mean()) if expected[filled].size else 0.0
    return CrossTable(counts, revenue, expected, residuals, cramer, p, thin)


def _strength(counts: NDArray[np.int64], expected: Values) -> tuple[float, float]:
    smaller = min(counts.shape) - 1
    if smaller < 1:
        return np.nan, np.nan
    chi = float(((counts - expected) ** 2 / expected).sum())
    freedom = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    return float(np.sqrt(chi / counts.sum() / smaller)), float(gammaincc(freedom / 2, chi / 2))
