"""Whether the numbers of a row that is labelled as a total add up, while all cells are still text."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa

from tiering.ingest.sheets.grid import Grid
from tiering.ingest.values.numbers import Mark, number_text, number_value

MOST_ROWS = 20_000  # in longer tables the label is believed
MARKS: tuple[Mark, ...] = (".", ",")
NEAR = Decimal("0.005")


def contradicts(grid: Grid, keep: np.ndarray, index: int) -> bool:
    """Whether a row has numbers of which none is the sum of the rows kept above it, all or the last of them."""
    above = np.flatnonzero(keep[:index])
    if not len(above) or len(above) > MOST_ROWS:
        return False
    sums = [_is_sum(column, above, column[index].as_py()) for column in grid.cells]
    told = [one for one in sums if one is not None]
    return bool(told) and not any(told)


def _is_sum(column: pa.Array, above: np.ndarray, cell: str) -> bool | None:
    """Whether a cell is the sum of those above, under either decimal mark; None where it is no number but 0."""
    texts = column.take(pa.array(above)).to_pylist()
    found = [_adds_up([_number(text, mark) for text in texts], _number(cell, mark)) for mark in MARKS]
    told = [one for one in found if one is not None]
    return any(told) if told else None


def _adds_up(above: list[Decimal | None], told: Decimal | None) -> bool | None:
    if not told:
        return None
    added = Decimal(0)
    for number in reversed(above):  # the last lines may be a group of their own
        added += number or 0
        if abs(added - told) <= NEAR:
            return True
    return False


def _number(cell: str, mark: Mark) -> Decimal | None:
    text = number_text(cell)
    return None if text is None else number_value(text, mark)
