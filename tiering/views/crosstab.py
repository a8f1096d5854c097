"""Two-way tables of customers: what stands out against independence, how strong it is, and the market's cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaincc

from tiering.views.dimensions import Dimension

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


SIDES = ("size", "industry", "frequency", "value")
STRATEGIES = ("keep", "frequency", "value", "develop", "efficient", "reactivate")
OFTEN = 3  # class of frequency from which a customer orders often: four orders a year
MUCH = 3


def market_cells(sides: Mapping[str, Dimension], revenue: NDArray[np.float64]) -> pd.DataFrame:
    """The four `SIDES` of n customers → one row per cell with customers, most revenue first.

    Columns: codes ``size``, ``industry``, ``frequency``, ``value``; ``customers``, ``revenue``, ``strategy`` (a code
    into `STRATEGIES`). Customers of whom a side is not known are left out.
    """
    table = pd.DataFrame({key: sides[key].codes for key in SIDES} | {"revenue": revenue})
    known = table[(table[list(SIDES)] >= 0).all(axis=1)]
    cells = known.groupby(list(SIDES), sort=True).agg(customers=("revenue", "size"), revenue=("revenue", "sum"))
    cells = cells.reset_index()
    cells["strategy"] = strategies(cells)
    return cells.sort_values("revenue", ascending=False, kind="stable", ignore_index=True)


def strategies(cells: pd.DataFrame) -> NDArray[np.int64]:
    """Codes into `STRATEGIES` by frequency, value and size; the first class of size is the largest."""
    often, much = cells["frequency"] >= OFTEN, cells["value"] >= MUCH
    silent, large = cells["frequency"] == 0, cells["size"] == 0
    return np.select([silent, often & much, much, large, often], [5, 0, 1, 3, 2], 4)
