"""One column of typed values, each distinct one once, with the rows that do not read marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tiering.ingest.values.columns import Distinct


@dataclass(frozen=True)
class TypedColumn:
    """Values of one column: typed ones and each row's place among them (None where every row has its own).

    ``signs`` gives the currency each value names ("" for none) where any does. ``bad`` marks rows that say something
    which is no such value, ``empty`` those that say nothing.
    """

    values: pa.Array
    places: pa.Array | None
    bad: np.ndarray
    empty: np.ndarray
    signs: pa.Array | None = None

    def rows(self, first: int, chosen: pa.Array, count: int) -> pa.Array:
        """Typed cells of the rows at ``chosen`` among ``count`` rows from ``first`` on."""
        if self.places is None:
            return self.values.slice(first, count).take(chosen)
        return self.values.take(self.places.slice(first, count).take(chosen))

    def row_signs(self) -> pa.Array | None:
        """Currency named in each row, as read ("$", "EUR", "" for none); None where no row names one."""
        if self.signs is None:
            return None
        return self.signs if self.places is None else self.signs.take(self.places)


def spread(cells: Distinct, values: pa.Array, bad: np.ndarray, empty: np.ndarray) -> TypedColumn:
    """Marks by distinct value → a column with marks by row."""
    return TypedColumn(values, cells.places, cells.rows(bad), cells.rows(empty))
