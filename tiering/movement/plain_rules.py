"""Plain rules where a model has too little to learn from: of those last seen as long ago, how many ordered again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.metrics.windows import months_before
from tiering.movement.intervals import Share
from tiering.movement.snapshots import Snapshot, bought_between

Values = NDArray[np.float64]
BANDS = ("lately", "before", "long_ago")


@dataclass(frozen=True)
class PlainRule:
    """Customers whose last order was in a band before the test date: how many ordered again in the months after.

    ``now``: customers in that band today.
    """

    band: str
    again: Share
    now: int


def bands_of(snapshot: Snapshot, months: int) -> NDArray[np.intp]:
    """Code into `BANDS` (n,): last order within ``months`` of the date, within twice that, or longer ago."""
    last = snapshot.table["last_order"].to_numpy().astype("datetime64[D]")
    once, twice = (np.datetime64(months_before(snapshot.day, months * step), "D") for step in (1, 2))
    return np.select([last > once, last > twice], [0, 1], 2).astype(np.intp)


def plain_rules(before: Snapshot, today: Snapshot, months: int) -> tuple[PlainRule, ...]:
    """The last window → one rule per band that anybody was in; empty where nobody had ordered before it."""
    if not before.ids.size:
        return ()
    then, now = bands_of(before, months), bands_of(today, months)
    again = bought_between(before, today)
    return tuple(
        PlainRule(band, Share.of(again[then == code]), int((now == code).sum()))
        for code, band in enumerate(BANDS)
        if (then == code).any()
    )


def chances_by_rule(rules: tuple[PlainRule, ...], today: Snapshot, months: int) -> Values:
    """Probability to order (n,) of the customers of ``today`` by the rule of their band; NaN for a band without one.

    One more of each kind is counted than was seen (Laplace): few who all came back make nobody certain.
    """
    by_band = {rule.band: (rule.again.part + 1) / (rule.again.whole + 2) for rule in rules}
    return np.array([by_band.get(band, np.nan) for band in BANDS])[bands_of(today, months)]
