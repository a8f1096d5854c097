"""Every line of a file accounted for: the counts add up or the reading is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


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
