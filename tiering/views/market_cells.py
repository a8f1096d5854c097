"""A maker of equipment's way to look at its market: size × industry × frequency × value, a strategy for each cell."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.views.dimensions import Dimension

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
