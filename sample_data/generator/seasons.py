"""The business calendar: when orders come, day by day, and the clock that runs with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sample_data.generator.market import DAYS, FIRST_DAY, YEAR, Floats, Ints

NEW_YEAR_FESTIVALS = (date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17))
QUARTER_ENDS = (3, 6, 9, 12)
WEEKDAYS = np.array([1.0, 1.05, 1.05, 1.05, 1.0, 0.10, 0.03])


@dataclass(frozen=True)
class Clock:
    """Business years passed by the end of each day; three of them in three years, none of it on holidays."""

    passed: Floats

    @property
    def end(self) -> float:
        """All business time there is."""
        return float(self.passed[-1])

    def day_at(self, time: Floats) -> Ints:
        """Day numbers on which the given business times fall."""
        return np.minimum(np.searchsorted(self.passed, time, side="left"), DAYS - 1)

    def time_of(self, day: int) -> float:
        """Business time at the start of a day."""
        return float(self.passed[day - 1]) if day > 0 else 0.0


def business_clock(months: list[float]) -> Clock:
    """Build the clock from twelve monthly levels (January first), weekends, holidays and quarter ends."""
    days = np.datetime64(FIRST_DAY) + np.arange(DAYS)
    month = days.astype("datetime64[M]").astype(int) % 12
    level = np.array(months)[month] * WEEKDAYS[(days.astype(int) + 3) % 7]
    level = level * _quarter_end(days, month + 1) * _holidays(days)
    return Clock(np.cumsum(level) / level.sum() * (DAYS / YEAR))


def working_days(days: Ints) -> Ints:
    """Move days that fall on a weekend to the nearest working day, within the window."""
    weekday = ((np.datetime64(FIRST_DAY) + days).astype(int) + 3) % 7
    moved = days + np.array([0, 0, 0, 0, 0, -1, 1])[weekday]
    return np.where((moved >= 0) & (moved < DAYS), moved, days)


def _quarter_end(days: NDArray[np.datetime64], month: Ints) -> Floats:
    """Sales teams close their quarters in its last days."""
    left = ((days.astype("datetime64[M]") + 1).astype("datetime64[D]") - days).astype(int)
    return np.where(np.isin(month, QUARTER_ENDS) & (left <= 10), 1.8, 1.0)


def _holidays(days: NDArray[np.datetime64]) -> Floats:
    """Nothing around Chinese New Year and in the National Day week, little in the weeks beside it."""
    level = np.ones(len(days))
    for festival in NEW_YEAR_FESTIVALS:
        distance = (days - np.datetime64(festival)).astype(int)
        level[(distance >= -12) & (distance <= 14)] = 0.35
        level[(distance >= -2) & (distance <= 6)] = 0.0
    text = np.datetime_as_string(days, unit="D")
    national = np.isin([day[5:] for day in text], [f"10-0{day}" for day in range(1, 8)])
    return np.where(national, 0.0, level)
