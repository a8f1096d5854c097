"""Rows that cannot be used: one reason each, the first found, and the record as text for correction."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

REASONS = ("", "too_long", "missing", "amount", "date")
SHOWN = 2_000


class Aside:
    """Reason codes of the rows of a table, 0 for those that stay."""

    def __init__(self, rows: int) -> None:
        self.reasons = np.zeros(rows, np.int8)

    def mark(self, rows: np.ndarray, reason: str) -> None:
        """Set rows aside that are not so yet."""
        self.reasons[rows & (self.reasons == 0)] = REASONS.index(reason)

    def items(self) -> Iterator[tuple[int, str]]:
        """Index and reason of each row set aside."""
        for index in np.flatnonzero(self.reasons):
            yield int(index), REASONS[self.reasons[index]]


def record_text(cells: list[pa.Array], index: int, delimiter: str) -> str:
    """One record as it would stand in a file, cut where it is very long."""
    buffer = io.StringIO()
    single = delimiter if len(delimiter) == 1 else ","
    csv.writer(buffer, delimiter=single, lineterminator="").writerow([column[index].as_py() for column in cells])
    return buffer.getvalue()[:SHOWN]
