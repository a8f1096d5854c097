"""Every line of a file accounted for: the counts add up, and rows that cannot be used have one reason each."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Account:
    """Where the lines (records) of one file went."""

    read: int
    header: int
    excluded: Mapping[str, int]
    clean: int
    repaired: int
    set_aside: int

    def ensure_adds_up(self) -> None:
        """Lines read are header, excluded, clean, repaired and set-aside lines together, none twice, none lost."""
        parts = self.header + sum(self.excluded.values()) + self.clean + self.repaired + self.set_aside
        if parts != self.read:
            raise AssertionError(f"{self.read} lines read, {parts} accounted for: {self}")

    def as_report(self) -> dict[str, int]:
        """The counts for a report; reasons of exclusion stand beside each other."""
        shown = Counter(self.excluded)
        return {
            "read": self.read,
            "header": self.header,
            **{reason: shown[reason] for reason in sorted(shown)},
            "clean": self.clean,
            "repaired": self.repaired,
            "set_aside": self.set_aside,
        }
