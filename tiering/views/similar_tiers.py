"""Neighbouring tiers whose customers bring nearly the same: a line there decides nothing worth a decision."""

from __future__ import annotations

from typing import Final

import numpy as np

from tiering.evaluate import Tiering

HARDLY: Final = 0.2  # mean revenue of the upper tier above the lower one, below which they hardly differ


def similar_tiers(tiering: Tiering) -> tuple[tuple[tuple[int, ...], float], ...]:
    """Tiers of n customers → runs of neighbouring tiers that hardly differ, each with the widest distance in it.

    The distance (0..1) is that of mean annual revenue, the first of the run above the last. Tiers without customers
    or revenue are in no run.
    """
    count = len(tiering.scenario.tiers)
    customers = tiering.totals.customers[:count]
    means = np.divide(tiering.totals.revenue[:count], customers, out=np.zeros(count), where=customers > 0)
    runs: list[list[int]] = [[0]]
    for tier in range(1, count):
        near = means[tier] > 0 and means[tier - 1] / means[tier] - 1 < HARDLY
        if near:
            runs[-1].append(tier)
        else:
            runs.append([tier])
    return tuple((tuple(run), abs(float(means[run[0]] / means[run[-1]] - 1))) for run in runs if len(run) > 1)
